"""Clients of AWS with deadlines and retries that fit a request which somebody waits for."""

from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import NoRegionError

from secondsource.aws.room import READERS
from secondsource.errors import UnprocessableInput

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

_CONFIG = Config(
    connect_timeout=2,
    read_timeout=2,
    retries={"mode": "standard", "total_max_attempts": 4},
    max_pool_connections=READERS + 2,
    tcp_keepalive=True,
)
"""Both services answer within tens of milliseconds; what takes seconds is lost, and a second try is faster.
A connection for each reader of the index, and two for whoever else shares the client.

Four times four seconds and pauses of at most 1, 2 and 4 make 23: whoever answers a request must have longer than that,
or he is ended before he can say that the service is unavailable. A test compares template.yaml."""


_NO_REGION = "No AWS region is set: export AWS_DEFAULT_REGION, for example eu-west-1."


def dynamodb(region: str | None = None, endpoint_url: str | None = None) -> "DynamoDBClient":
    """A client of DynamoDB, or of what answers like it at ``endpoint_url``; UnprocessableInput without a region."""
    try:
        return boto3.client("dynamodb", region_name=region, endpoint_url=endpoint_url, config=_CONFIG)
    except NoRegionError as error:
        raise UnprocessableInput(_NO_REGION) from error


def streams(region: str | None = None, endpoint_url: str | None = None) -> Any:
    """A client of DynamoDB Streams, as ``dynamodb``: for the local server; in AWS, Lambda reads the stream."""
    # By its own name: moto knows no address that an account is part of.
    config = _CONFIG.merge(Config(account_id_endpoint_mode="disabled"))
    try:
        return boto3.client("dynamodbstreams", region_name=region, endpoint_url=endpoint_url, config=config)
    except NoRegionError as error:
        raise UnprocessableInput(_NO_REGION) from error


def sqs(region: str | None = None, endpoint_url: str | None = None) -> "SQSClient":
    """A client of SQS, or of what answers like it at ``endpoint_url``. Raises UnprocessableInput without a region."""
    try:
        return boto3.client("sqs", region_name=region, endpoint_url=endpoint_url, config=_CONFIG)
    except NoRegionError as error:
        raise UnprocessableInput(_NO_REGION) from error
