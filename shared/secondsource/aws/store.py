"""All of storage on one DynamoDB table."""

from secondsource.aws.apikeys import DynamoKeys
from secondsource.aws.articles import DynamoArticles
from secondsource.aws.claims import DynamoClaims
from secondsource.aws.events import DynamoEvents
from secondsource.aws.jobs import DynamoJobs
from secondsource.aws.limits import DynamoLimits
from secondsource.aws.mentions import DynamoMentions
from secondsource.aws.publications import DynamoPublications
from secondsource.aws.register import DynamoRegister
from secondsource.aws.webhooks import DynamoWebhooks
from secondsource.ports import Store


class DynamoStore(
    DynamoArticles,
    DynamoClaims,
    DynamoRegister,
    DynamoMentions,
    DynamoEvents,
    DynamoJobs,
    DynamoPublications,
    DynamoWebhooks,
    DynamoKeys,
    DynamoLimits,
):
    """``ports.Store`` on the table that ``schema.create_table`` or the deployment's template made.

    Safe to share between threads. Methods raise Unavailable when DynamoDB is out of reach or throttles beyond
    what the retries bear, TooLarge and UnprocessableInput for what cannot be stored, and never a ClientError.
    """


def _is_a_store(store: DynamoStore) -> Store:
    """Nothing to run: the type checker compares the two."""
    return store
