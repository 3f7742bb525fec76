"""Clients say what they miss."""

import pytest

from secondsource.aws import clients
from secondsource.errors import UnprocessableInput


@pytest.mark.parametrize("make", [clients.dynamodb, clients.sqs])
def test_without_a_region_the_error_says_what_to_set(make, monkeypatch):
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")

    with pytest.raises(UnprocessableInput, match="AWS_DEFAULT_REGION"):
        make()
