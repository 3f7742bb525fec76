"""Moto for one test, by the quick ways, and with the description of AWS that boto3 keeps read once for all tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from moto import mock_aws

from secondsource.local import quick


@contextmanager
def mocked() -> Iterator[None]:
    """While it lasts, AWS is in this process and begins empty. A new session would read megabytes for its first client."""
    quick.install()
    with mock_aws(config={"core": {"reset_boto3_session": False}}):
        yield
