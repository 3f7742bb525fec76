"""What hangs on what: from the settings to the services, made once a process, so that a warm Lambda uses them again.

Each service is made when it is first asked for, and imports what it needs only then: a function that reads never
imports the analysis, and none loads spaCy's model before there is a text to parse.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from secondsource.ports import Clock, Fetcher, Poster, Queue, Store
from secondsource.settings import Settings, from_environment

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from secondsource.analysis.pipeline import Pipeline
    from secondsource.corpus.signature import Embed
    from secondsource.model import Analysis, Claim, Extracted
    from secondsource.services.annotate import Analyser, Annotate
    from secondsource.services.compare import Compare
    from secondsource.services.deliver import Deliver
    from secondsource.services.follow import Follow
    from secondsource.services.limits import Limiter
    from secondsource.services.matching import Matcher
    from secondsource.services.read import Read
    from secondsource.services.register import Register
    from secondsource.services.search import Search
    from secondsource.services.webhooks import Webhooks
    from secondsource.text.vectors import Floats
    from secondsource.web.idempotency import Once


class SystemClock:
    """``ports.Clock`` by the machine's clock."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC)


class LazyAnalyser:
    """The analysis, imported and loaded at its first text."""

    @cached_property
    def _pipeline(self) -> "Pipeline":
        from secondsource.analysis.pipeline import Pipeline
        from secondsource.language.parse import spacy_parser
        from secondsource.language.tagger import Tagger

        return Pipeline(spacy_parser, Tagger())

    def __call__(self, extracted: "Extracted", article_id: str) -> "Analysis":
        """What the article says."""
        return self._pipeline(extracted, article_id)

    def sentence(self, text: str) -> "Claim | None":
        """What the sentence states."""
        return self._pipeline.sentence(text)


class LazyEmbedder:
    """Sentence vectors, their network imported and loaded at the first sentence."""

    @cached_property
    def _embedder(self) -> "Embed":
        from secondsource.language.embed import Embedder

        return Embedder()

    def __call__(self, texts: Sequence[str]) -> "Floats":
        """The vectors of these texts."""
        return self._embedder(texts)


class Wiring:
    """The services of one deployment. What is not given is made from the settings.

    Parameters
    ----------
    settings
        Names and addresses.
    dynamodb
        A client to use in place of one made for the settings' endpoint.
    queue, fetcher, poster, analyser, sentences, embed, clock
        Other ways out; the local server and tests give their own. ``sentences`` answers what a sentence states,
        ``embed`` its vector.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        dynamodb: "DynamoDBClient | None" = None,
        queue: Queue | None = None,
        fetcher: Fetcher | None = None,
        poster: Poster | None = None,
        analyser: "Analyser | None" = None,
        sentences: "Callable[[str], Claim | None] | None" = None,
        embed: "Embed | None" = None,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings
        self.clock: Clock = clock or SystemClock()
        self._dynamodb = dynamodb
        self._queue = queue
        self._fetcher = fetcher
        self._poster = poster
        # One of them, so that a warm function holds the language models once.
        models = LazyAnalyser()
        self._analyser: Analyser = analyser or models
        self._sentences: Callable[[str], Claim | None] = sentences or models.sentence
        self._embed: Embed = embed or LazyEmbedder()

    @cached_property
    def dynamodb(self) -> "DynamoDBClient":
        """The client that store and idempotency share."""
        from secondsource.aws import clients

        return self._dynamodb or clients.dynamodb(endpoint_url=self.settings.endpoint_url)

    @cached_property
    def store(self) -> Store:
        """Storage."""
        from secondsource.aws.store import DynamoStore

        return DynamoStore(self.dynamodb, self.settings.table, self.clock)

    @cached_property
    def unexpired(self) -> Store:
        """Storage, as who reads it sees it."""
        from secondsource.services.retention import unexpired

        return unexpired(self.store, self.clock)

    @cached_property
    def queue(self) -> Queue:
        """Where jobs wait."""
        from secondsource.aws import clients
        from secondsource.aws.queue import SqsQueue

        return self._queue or SqsQueue(clients.sqs(), self.settings.queue_url, self.settings.deliveries_url)

    @cached_property
    def once(self) -> "Once":
        """Requests under an Idempotency-Key."""
        from secondsource.aws.requests import RequestRecords
        from secondsource.web.idempotency import Once

        return Once(RequestRecords(self.dynamodb, self.settings.table))

    @cached_property
    def limits(self) -> "Limiter":
        """What tenants may do."""
        from secondsource.services.limits import Limiter

        return Limiter(self.store, self.clock, self.settings.limits)

    @cached_property
    def read(self) -> "Read":
        """Reading what is stored."""
        from secondsource.services.read import Read

        return Read(self.unexpired)

    @cached_property
    def compare(self) -> "Compare":
        """Comparing articles."""
        from secondsource.services.compare import Compare

        return Compare(self.unexpired)

    @cached_property
    def follow(self) -> "Follow":
        """Following what happens."""
        from secondsource.services.follow import Follow

        return Follow(self.unexpired, self.clock)

    @cached_property
    def register(self) -> "Register":
        """The register; the table's stream tells of its changes."""
        from secondsource.services.register import Register

        return Register(self.store, self.clock)

    @cached_property
    def poster(self) -> Poster:
        """What sends callbacks."""
        from secondsource.web.posting import SafePoster

        return self._poster or SafePoster()

    def _vet(self, url: str) -> str:
        """Made for who registers an endpoint, not for every post that comes in."""
        return self.poster.vet(url)

    @cached_property
    def webhooks(self) -> "Webhooks":
        """Endpoints that tenants have registered."""
        from secondsource.services.webhooks import Webhooks

        return Webhooks(self.store, self.queue, self.clock, self.limits, self._vet)

    @cached_property
    def deliver(self) -> "Deliver":
        """Callbacks."""
        from secondsource.services.deliver import Deliver
        from secondsource.web.signatures import sign

        return Deliver(self.unexpired, self.poster, self.queue, self.clock, self.webhooks, sign)

    @cached_property
    def search(self) -> "Search":
        """Looking up a sentence."""
        from secondsource.services.search import Search

        return Search(self.unexpired, self.matcher, self._sentences)

    @cached_property
    def matcher(self) -> "Matcher":
        """Finding what a claim is to those that are known."""
        from secondsource.services.matching import SignatureMatcher

        return SignatureMatcher(self.store, self._embed)

    @cached_property
    def annotate(self) -> "Annotate":
        """Taking articles in, and deleting them."""
        from secondsource.services.annotate import Annotate
        from secondsource.services.ids import job_ids

        return Annotate(
            store=self.store,
            analyser=self._analyser,
            matcher=self.matcher,
            fetcher=self._fetcher or _fetcher(),
            queue=self.queue,
            clock=self.clock,
            job_ids=job_ids(self.clock),
            limits=self.limits,
        )


def _fetcher() -> Fetcher:
    from secondsource.web.fetch import SafeFetcher

    return SafeFetcher()


_current: Wiring | None = None


def current(environment: Mapping[str, str] = os.environ) -> Wiring:
    """The wiring of this process; made from the environment when none has been put in place."""
    global _current
    if _current is None:
        _current = Wiring(from_environment(environment))
    return _current


def use(wiring: Wiring | None) -> Wiring | None:
    """Put another wiring in place, None for the one of the environment; answers the one that was there."""
    global _current
    previous, _current = _current, wiring
    return previous
