"""The table's stream on this machine, and the function that Lambda would wake for what comes along it."""

from collections.abc import Callable
from typing import Any, Final

from secondsource.aws.stream import wakes
from secondsource.local.gateway import Handler, LambdaContext

BATCH: Final = 50
"""As in template.yaml: records that the function gets at once."""
MILLISECONDS: Final = 60_000
"""As in template.yaml: the function's timeout."""
RETRIES: Final = 8
"""As in template.yaml: so often a batch that was handed back comes again."""


class Stream:
    """Reads a stream from its beginning, on and on.

    Parameters
    ----------
    client
        Of DynamoDB Streams.
    arn
        The stream's name.
    function
        The handler that the records are given to.
    """

    def __init__(self, client: Any, arn: str, function: Callable[[], Handler]) -> None:
        self._client, self._arn, self._function = client, arn, function
        self._iterators: dict[str, str | None] = {}

    def drain(self) -> int:
        """Give the function all that has come since; answers how many records that were."""
        for shard in self._client.describe_stream(StreamArn=self._arn)["StreamDescription"]["Shards"]:
            if shard["ShardId"] not in self._iterators:
                answer = self._client.get_shard_iterator(
                    StreamArn=self._arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
                )
                self._iterators[shard["ShardId"]] = answer["ShardIterator"]
        return sum(self._drain(shard) for shard in self._iterators)

    def _drain(self, shard: str) -> int:
        given = 0
        while iterator := self._iterators[shard]:
            answer = self._client.get_records(ShardIterator=iterator)
            self._iterators[shard] = answer.get("NextShardIterator")
            records = [record for record in answer["Records"] if wakes(record)]
            for start in range(0, len(records), BATCH):
                self._give(records[start : start + BATCH])
            given += len(records)
            if not answer["Records"]:
                break
        return given

    def _give(self, records: list[Any]) -> None:
        """As Lambda's event source mapping does: from the first that was handed back on, all come again."""
        for _ in range(1 + RETRIES):
            try:
                answer = self._function()({"Records": records}, LambdaContext("notify", milliseconds=MILLISECONDS))
                back = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
            except Exception:
                continue
            places = [record["dynamodb"]["SequenceNumber"] for record in records]
            records = records[min((places.index(place) for place in back), default=len(records)) :]
            if not records:
                return
