"""Clients say what they miss, and give up in time."""

import botocore.endpoint
import pytest
from botocore.exceptions import ReadTimeoutError

from secondsource.aws import clients
from secondsource.errors import UnprocessableInput


@pytest.mark.parametrize("make", [clients.dynamodb, clients.sqs])
def test_without_a_region_the_error_says_what_to_set(make, monkeypatch):
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")

    with pytest.raises(UnprocessableInput, match="AWS_DEFAULT_REGION"):
        make()


@pytest.mark.parametrize("make", [clients.dynamodb, clients.sqs])
def test_a_call_that_is_lost_each_time_is_tried_as_often_as_is_set_with_short_pauses(make, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    client, lost, pauses = make("eu-west-1"), [], []
    monkeypatch.setattr(botocore.endpoint, "time", type("Time", (), {"sleep": staticmethod(pauses.append)}))

    def lose(request, **_):
        lost.append(request)
        raise ReadTimeoutError(endpoint_url=request.url)

    client.meta.events.register("before-send", lose)
    with pytest.raises(ReadTimeoutError):
        client.list_tables() if make is clients.dynamodb else client.list_queues()

    assert len(lost) == len(pauses) + 1 == client.meta.config.retries["total_max_attempts"]
    assert all(pause <= 2**number for number, pause in enumerate(pauses))
