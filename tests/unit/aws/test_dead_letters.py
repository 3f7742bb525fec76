"""The dead-letter queue: jobs, batches of the stream, and what is neither; each letter once."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError

from secondsource.aws import clients
from secondsource.aws.dead_letters import SqsDeadLetters
from secondsource.aws.queue import SqsQueue
from secondsource.aws.schema import create_table
from secondsource.aws.store import DynamoStore
from secondsource.aws.stream import wakes
from tests.contract.mocked import mocked
from tests.contract.samples import SetClock, article, occurrence


@dataclass
class Place:
    """A dead-letter queue, and a table with its stream."""

    sqs: Any
    url: str
    store: DynamoStore
    streams: Any
    arn: str

    @property
    def letters(self) -> SqsDeadLetters:
        return SqsDeadLetters(self.sqs, self.streams, self.url)

    def records(self) -> list[Any]:
        shard = self.streams.describe_stream(StreamArn=self.arn)["StreamDescription"]["Shards"][0]["ShardId"]
        iterator = self.streams.get_shard_iterator(StreamArn=self.arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
        found: list[Any] = self.streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
        return found

    def give_up(self, first: int, last: int, **changes: Any) -> None:
        """Send what Lambda sends of a batch of the stream that it has tried often enough."""
        shard = self.streams.describe_stream(StreamArn=self.arn)["StreamDescription"]["Shards"][0]["ShardId"]
        places = [record["dynamodb"]["SequenceNumber"] for record in self.records()]
        batch = {
            "shardId": shard,
            "startSequenceNumber": places[first],
            "endSequenceNumber": places[last],
            "batchSize": last - first + 1,
            "streamArn": self.arn,
        }
        body = {"requestContext": {"condition": "RetryAttemptsExhausted"}, "DDBStreamBatchInfo": batch | changes}
        self.sqs.send_message(QueueUrl=self.url, MessageBody=json.dumps(body))


@pytest.fixture
def place():
    with mocked():
        dynamodb, sqs = clients.dynamodb(), clients.sqs()
        create_table(dynamodb, "table")
        arn = dynamodb.describe_table(TableName="table")["Table"]["LatestStreamArn"]
        url = sqs.create_queue(QueueName="dead")["QueueUrl"]
        store = DynamoStore(dynamodb, "table", SetClock(), sleep=lambda seconds: None)
        yield Place(sqs, url, store, clients.streams(), arn)


def test_jobs_are_handed_out_each_once_however_many(place: Place) -> None:
    for number in range(23):
        SqsQueue(place.sqs, place.url).send("here", f"job_{number}")

    found = [letter.job for letter in place.letters]

    assert sorted(found) == sorted(("here", f"job_{number}") for number in range(23))


def test_what_was_removed_is_gone_and_what_was_put_back_comes_again(place: Place) -> None:
    for number in range(2):
        SqsQueue(place.sqs, place.url).send("here", f"job_{number}")
    letters = place.letters
    for letter in letters:
        (letters.remove if letter.job == ("here", "job_0") else letters.put_back)(letter)

    assert [letter.job for letter in place.letters] == [("here", "job_1")]


def test_one_that_is_put_back_does_not_come_again_in_the_same_round(place: Place) -> None:
    SqsQueue(place.sqs, place.url).send("here", "job_1")
    letters = place.letters
    came = 0
    for letter in letters:
        letters.put_back(letter)
        came += 1
        assert came < 5

    assert came == 1


def test_a_batch_of_the_stream_tells_of_its_claims_and_no_others(place: Place) -> None:
    for number in range(1, 5):
        place.store.put_occurrence("here", occurrence(number, 1))
    heads = [number for number, record in enumerate(place.records()) if wakes(record)]
    place.give_up(heads[1], heads[2])

    (letter,) = place.letters

    assert letter.claims == (("here", "clm_2"), ("here", "clm_3"))
    assert (letter.job, letter.reason) == (None, "")


def test_a_claim_of_which_a_batch_tells_often_is_named_once(place: Place) -> None:
    place.store.put_occurrence("here", occurrence(1, 1))
    place.store.put_occurrence("here", occurrence(1, 2))
    place.store.add_article("here", article())
    place.give_up(0, -1)

    (letter,) = place.letters

    assert letter.claims == (("here", "clm_1"),)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"startSequenceNumber": ""}, "no place in a stream"),
        ({"endSequenceNumber": "last"}, "no place in a stream"),
        ({"shardId": None}, "no place in a stream"),
    ],
)
def test_a_batch_that_cannot_be_read_says_why(place: Place, changes: dict[str, Any], reason: str) -> None:
    place.store.put_occurrence("here", occurrence())
    place.give_up(0, 0, **{name: value or "" for name, value in changes.items()})

    (letter,) = place.letters

    assert reason in letter.reason
    assert letter.claims == ()


@pytest.mark.parametrize(
    ("code", "reason"), [("TrimmedDataAccessException", "a day"), ("LimitExceededException", "LimitExceededException")]
)
def test_a_batch_that_the_stream_does_not_give_says_why(place: Place, code: str, reason: str) -> None:
    place.store.put_occurrence("here", occurrence())
    place.give_up(0, 0)

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": code, "Message": "No."}}, "GetRecords")

    place.streams.meta.events.register("before-call.dynamodb-streams.GetRecords", refuse)

    (letter,) = place.letters

    assert (letter.claims, reason in letter.reason) == ((), True)


@pytest.mark.parametrize("body", ["nonsense", "[1]", '{"tenant": "here"}', "[" * 100_000])
def test_what_is_neither_says_so(place: Place, body: str) -> None:
    place.sqs.send_message(QueueUrl=place.url, MessageBody=body)

    (letter,) = place.letters

    assert (letter.job, letter.claims) == (None, ())
    assert letter.reason
