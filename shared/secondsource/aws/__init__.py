"""The adapters to AWS: DynamoDB behind ``ports.Store``, SQS behind ``ports.Queue``. Only this room imports boto3."""
