"""A newsroom without a language model: articles of one sentence a line, "Owen Strand says: The bridge fell"."""

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np

from secondsource.errors import FetchFailed
from secondsource.local.memory import MemoryStore
from secondsource.model import (
    Analysis,
    Article,
    Attribution,
    Claim,
    ClaimRecord,
    Extracted,
    Facts,
    Occurrence,
    Source,
    SourceKind,
    Stance,
    Submission,
)
from secondsource.ports import Answered, Store
from secondsource.services.annotate import Annotate, Submitted
from secondsource.services.deliver import Deliver
from secondsource.services.limits import Limiter
from secondsource.services.matching import SignatureMatcher
from secondsource.services.merging import resolve
from secondsource.services.webhooks import Webhooks
from secondsource.text.terms import rarity, stems
from secondsource.text.vectors import WIDTH, Floats
from secondsource.web.signatures import sign

TENANT = "newsroom"
START = datetime(2025, 3, 11, 6, 0, tzinfo=UTC)

SEIZED = "Gunmen seized the customs house at Dremna and raised a flag over the harbour"
SMOKE = "Fishermen saw smoke over Dremna harbour while the ferry to Marrenport turned back"
STORY = (
    f"Owen Strand says: {SEIZED}",
    f"Dela Marsh says: {SMOKE}",
    "Helen Brann says: Gunmen seized the customs house at Dremna and the ferry to Marrenport turned back from the "
    "harbour under smoke",
)
"""Two reports of one story that share too little to be known as one, and a third that has to do with both."""

FALSE = f"Helen Brann says: Reports that {SEIZED.replace('Gunmen', 'gunmen')} are false"
"""An article that tells the same story to say that it is not so."""

NOBODY = "Nobody"
"""Who "says" what an article states itself."""
_LINE = re.compile(r"(?P<who>[^:\n]+) (?P<cue>says|denies): (?P<what>[^\n]+)")
_CITES = re.compile(r"The (?P<outlet>[A-Z]\w+) reports: (?P<what>[^\n]+)")


class Clock:
    """A clock that goes on by one second each time it is read, or stands still."""

    def __init__(self, step: float = 1.0) -> None:
        self.at, self.step = START, timedelta(seconds=step)

    def now(self) -> datetime:
        self.at += self.step
        return self.at


def analyse(extracted: Extracted, article_id: str) -> Analysis:
    """Each line a claim with its source; the first is the headline. An outlet that reports is a source, too."""
    attributions, sources, claims = [], [], []
    lines = [*_LINE.finditer(extracted.text), *_CITES.finditer(extracted.text)]
    for n, line in enumerate(sorted(lines, key=lambda m: m.start()), 1):
        outlet = "outlet" in line.groupdict()
        who, what = line.span("outlet" if outlet else "who"), line.span("what")
        denies = not outlet and line["cue"] == "denies"
        carried = not denies and extracted.text[slice(*who)] != NOBODY
        sources.append(
            Source(
                id=f"s{n}",
                name=extracted.text[slice(*who)],
                kind=SourceKind.OUTLET if outlet else SourceKind.NAMED_PERSON,
                mentions=(who,),
                role=None if outlet else "engineer",
            )
        )
        attributions.append(
            Attribution(
                id=f"a{n}",
                source=(who,),
                cue=((who[1] + 1, what[0] - 2),),
                content=(what,),
                stance=Stance.DENY if denies else Stance.ASSERT,
                source_id=f"s{n}",
            )
        )
        text = line["what"]
        claims.append(
            Claim(
                id=f"c{n}",
                text=text,
                spans=(what,),
                attribution_ids=(f"a{n}",) if carried else (),
                disputed_by=(f"a{n}",) if denies else (),
                headline=n == 1,
                facts=facts(text),
            )
        )
    return Analysis(
        attributions=tuple(attributions),
        sources=tuple(sources),
        claims=tuple(claims),
        language="en",
        reason=None if claims else "no-claims: nobody says anything",
    )


def facts(text: str) -> Facts:
    """The facts of one statement: capitalised words but the first are names, "not" negates."""
    words = text.rstrip(".").split()
    return Facts(
        stems=tuple(dict.fromkeys(stems(text))),
        actors=tuple(sorted({stem for word in words[1:] if word[:1].isupper() for stem in stems(word)})),
        numbers=tuple(word for word in words if word.isdigit()),
        negated="not" in words,
    )


@dataclass(frozen=True)
class Page:
    """A fetched page."""

    url: str
    body: str
    media_type: str = "text/html"


@dataclass
class Web:
    """What a URL answers: a page or a failure. ``asked`` lists the URLs with their deadlines."""

    answers: dict[str, Page | FetchFailed] = field(default_factory=dict)
    asked: list[tuple[str, float | None]] = field(default_factory=list)

    def fetch(self, url: str, deadline_seconds: float | None = None) -> Page:
        self.asked.append((url, deadline_seconds))
        answer = self.answers[url]
        if isinstance(answer, FetchFailed):
            raise answer
        return answer


class Line:
    """The queue; it remembers what was sent and whether the job could be read by then."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.sent: list[tuple[str, str]] = []
        self.delays: list[int] = []
        self.readable: list[bool] = []
        self.names: list[tuple[str, str, str | None]] = []
        self.deliveries: list[tuple[str, str, int, int]] = []

    def send(self, tenant: str, job_id: str, delay_seconds: int = 0) -> None:
        self.sent.append((tenant, job_id))
        self.delays.append(delay_seconds)
        self.readable.append(self._store.get_job(tenant, job_id) is not None)

    def send_name(self, tenant: str, named: str, cursor: str | None = None) -> None:
        self.names.append((tenant, named, cursor))

    def send_delivery(self, tenant: str, delivery_id: str, tried: int, delay_seconds: int = 0) -> None:
        self.deliveries.append((tenant, delivery_id, tried, delay_seconds))


class Endpoints:
    """What endpoints answer, by address: a status, an answer, or no answer; 200 unless it is said. ``posted``: what was
    sent. Addresses of which ``denied`` holds are not vetted."""

    def __init__(self) -> None:
        self.answers: dict[str, int | Answered | FetchFailed] = {}
        self.posted: list[tuple[str, dict[str, str], bytes]] = []
        self.denied: set[str] = set()

    def vet(self, url: str) -> str:
        if url in self.denied:
            raise FetchFailed("url-not-allowed", "This URL is not allowed.")
        return url

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answered:
        self.vet(url)
        self.posted.append((url, dict(headers), body))
        answer = self.answers.get(url, 200)
        if isinstance(answer, FetchFailed):
            raise answer
        return Answered(answer) if isinstance(answer, int) else answer


def embed(texts: Sequence[str]) -> Floats:
    """Vectors without a network: each stem a direction of its own, so that texts are near by the rare stems they share."""
    rows = np.zeros((len(texts), WIDTH), np.float32)
    for n, text in enumerate(texts):
        rows[n, 0] = 0.01
        for stem in set(stems(text)):
            rows[n] += rarity(stem) * _direction(stem)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


@cache
def _direction(stem: str) -> Floats:
    return np.random.default_rng(zlib.crc32(stem.encode())).standard_normal(WIDTH).astype(np.float32)


class Newsroom:
    """The service on an embedded store, with all that it asks from outside made by hand."""

    def __init__(
        self,
        clock: Clock | None = None,
        store: Any = None,
        analyser: Callable[[Extracted, str], Analysis] = analyse,
    ) -> None:
        self.clock = clock or Clock()
        self.store = store or MemoryStore(self.clock)
        self.web = Web()
        self.queue = Line(self.store)
        self.analysed: list[str] = []
        self._analyser = analyser
        self._jobs = 0
        self.paused: list[float] = []
        self.annotate = Annotate(
            self.store,
            self._analyse,
            SignatureMatcher(self.store, embed),
            self.web,
            self.queue,
            self.clock,
            self._job_id,
            wait=self.paused.append,
        )
        self.endpoints = Endpoints()
        limits = Limiter(self.store, self.clock)
        self.webhooks = Webhooks(self.store, self.queue, self.clock, limits, self.endpoints.vet)
        self.deliver = Deliver(
            self.store, self.endpoints, self.queue, self.clock, self.webhooks, sign, chance=lambda: 0.5
        )

    def _analyse(self, extracted: Extracted, article_id: str) -> Analysis:
        self.analysed.append(article_id)
        return self._analyser(extracted, article_id)

    def _job_id(self) -> str:
        self._jobs += 1
        return f"job_{self._jobs}"

    def submit(self, text: str | None, respond_async: bool = False, tenant: str = TENANT, **given: Any) -> Submitted:
        """Hand in an article."""
        return self.annotate.submit(tenant, Submission(text=text, **given), respond_async)

    def add(self, *lines: str, publisher: str | None = None) -> str:
        """Hand in an article of these lines; answers its id."""
        article_id = self.submit("\n".join(lines), publisher=publisher).article_id
        assert article_id is not None
        return article_id

    def article(self, article_id: str | None, tenant: str = TENANT) -> Article:
        """The stored article."""
        assert article_id is not None
        found = self.store.get_article(tenant, article_id)
        assert found is not None
        return found

    def record(self, article_id: str, n: int = 0) -> ClaimRecord:
        """The claim record of the n-th claim of an article."""
        claim_id = self.article(article_id).analysis.claims[n].claim_id
        assert claim_id is not None
        return self.store.get_claims(TENANT, [claim_id])[claim_id]

    def records(self, tenant: str = TENANT) -> list[ClaimRecord]:
        """All claim records."""
        return list(self.store.list_claims(tenant, 200).items)

    def state(self) -> tuple[dict[str, Article], dict[str, ClaimRecord], dict[str, tuple[Occurrence, ...]]]:
        """All that is stored of the tenant, how often records were rewritten left out; articles as they are answered."""
        articles = {summary.id: self._now(summary.id) for summary in self.store.list_articles(TENANT, 200).items}
        records = {record.claim_id: record for record in self.records()}
        merged = [claim_id for record in records.values() for claim_id in record.merged]
        records |= self.store.get_claims(TENANT, merged)
        records = {claim_id: record.model_copy(update={"version": 0}) for claim_id, record in records.items()}
        known = {*records, *(c.claim_id for a in articles.values() for c in a.analysis.claims if c.claim_id)}
        return articles, records, {claim_id: self.store.occurrences(TENANT, claim_id) for claim_id in sorted(known)}

    def _now(self, article_id: str) -> Article:
        """The article with the ids that its claim records have now."""
        article = self.article(article_id)
        known = resolve(self.store, TENANT, [claim.claim_id for claim in article.analysis.claims if claim.claim_id])
        claims = tuple(
            claim.model_copy(update={"claim_id": known[claim.claim_id].claim_id if claim.claim_id in known else None})
            for claim in article.analysis.claims
        )
        return article.model_copy(update={"analysis": article.analysis.model_copy(update={"claims": claims})})


class Crash(BaseException):
    """The process ends here. Not an Exception: nothing on the way may catch it."""


class Crashing:
    """A store before or behind whose k-th call the process ends, once."""

    def __init__(self, store: Any, call: int, after: bool) -> None:
        self._store, self._left, self._after = store, call, after

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._store, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._after:
                raise Crash
            answer = inner(*args, **kwargs)
            if self._left == 0:
                raise Crash
            return answer

        return call

    @property
    def spent(self) -> bool:
        """Whether the crash has come."""
        return self._left <= 0
