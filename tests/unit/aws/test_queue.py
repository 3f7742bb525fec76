import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.aws import clients
from secondsource.aws.queue import NameMessage, SqsQueue, read_message
from secondsource.errors import InvalidInput, Unavailable, UnprocessableInput
from secondsource.stored import digest
from tests.contract import strict, unruly
from tests.contract.mocked import mocked


@pytest.fixture
def sqs() -> Iterator[Any]:
    with mocked():
        client = clients.sqs()
        strict.install(client)
        yield client


@pytest.fixture
def url(sqs: Any) -> str:
    return str(sqs.create_queue(QueueName="jobs")["QueueUrl"])


def test_what_is_sent_is_read_again(sqs: Any, url: str) -> None:
    SqsQueue(sqs, url).send("here", "job_1")
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert read_message(message["Body"]) == ("here", "job_1")


@pytest.mark.parametrize(("asked", "sent"), [(0, 0), (5, 5), (-3, 0), (100_000, 900)])
def test_a_delay_is_cut_to_what_sqs_can_do(sqs: Any, url: str, asked: int, sent: int) -> None:
    delays = []

    def note(params: dict[str, Any], **_: Any) -> None:
        delays.append(params["DelaySeconds"])

    with unruly.hooked(sqs, "before-parameter-build", note):
        SqsQueue(sqs, url).send("here", "job_1", delay_seconds=asked)
    assert delays == [sent]


@pytest.mark.parametrize(("tenant", "job_id"), [("here", ""), ("here", "a#b"), ("", "job_1"), ("he\x00re", "job_1")])
def test_what_is_no_id_is_not_sent(sqs: Any, url: str, tenant: str, job_id: str) -> None:
    with pytest.raises(UnprocessableInput):
        SqsQueue(sqs, url).send(tenant, job_id)
    assert "Messages" not in sqs.receive_message(QueueUrl=url)


def test_a_queue_that_throttles_is_unavailable(sqs: Any, url: str) -> None:
    with unruly.refusing(sqs, "RequestThrottled"), pytest.raises(Unavailable):
        SqsQueue(sqs, url).send("here", "job_1")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{}",
        '"x"',
        '{"tenant": "here"}',
        '{"tenant": "here", "job_id": null}',
        '{"tenant": "here", "job_id": 1}',
        '{"tenant": "here", "job_id": "a#b"}',
        '{"tenant": ["here"], "job_id": "job_1"}',
        "[" * 100_000,
        "\ufeff{}",
        "1" * 5_000,
    ],
    ids=lambda body: body[:20] or "empty",
)
def test_a_message_that_names_no_job_is_refused(body: str) -> None:
    with pytest.raises(InvalidInput):
        read_message(body)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["tenant", "job_id", "x"]), inner),
    ).map(json.dumps)
    | st.text()
)
def test_any_message_names_a_job_or_is_refused(body: str) -> None:
    try:
        message = read_message(body)
    except InvalidInput:
        return
    assert json.loads(body)["tenant"] == message.tenant


@pytest.mark.parametrize("cursor", [None, "abc"])
def test_a_name_that_is_sent_is_read_again(sqs: Any, url: str, cursor: str | None) -> None:
    SqsQueue(sqs, url).send_name("here", digest("varn league"), cursor)
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert read_message(message["Body"]) == NameMessage("here", digest("varn league"), cursor)


def test_a_name_is_not_sent_as_it_is(sqs: Any, url: str) -> None:
    with pytest.raises(UnprocessableInput):
        SqsQueue(sqs, url).send_name("here", "varn league")
    assert "Messages" not in sqs.receive_message(QueueUrl=url)


@pytest.mark.parametrize(
    "content",
    [
        {"tenant": "here", "named": ""},
        {"tenant": "here", "named": 5},
        {"tenant": "#", "named": "x"},
        {"named": "x"},
        {"tenant": "here", "named": "x", "cursor": 5},
    ],
)
def test_what_names_nobody_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        read_message(json.dumps(content))
