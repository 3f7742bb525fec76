"""Has this been said, by whom, and from how many origins? A sentence looked up among the claim records of a tenant."""

from collections.abc import Callable, Iterable
from typing import Literal

from secondsource.corpus.denying import settled
from secondsource.corpus.versions import newest
from secondsource.flags.case import disputers
from secondsource.model import Claim, ClaimRecord, Occurrence, Source
from secondsource.ports import Store
from secondsource.present.report import count
from secondsource.present.search import Findings, SaidClaim, Voice
from secondsource.services.matching import Matcher
from secondsource.services.merging import resolve
from secondsource.text.language import assess

_NOT_CHECKABLE = "no-claims: The sentence makes no statement that could be checked."


class Search:
    """Looks sentences up.

    Parameters
    ----------
    store
        Where the claim records are.
    matcher
        Finds those that say the same or the opposite.
    read
        What a sentence states; None when that cannot be checked. Loading language models is its own affair.
    """

    def __init__(self, store: Store, matcher: Matcher, read: Callable[[str], Claim | None]) -> None:
        self._store, self._matcher, self._read = store, matcher, read

    def find(self, tenant: str, sentence: str, limit: int, prefix: str = "") -> Findings:
        """At most ``limit`` claims that say the same or contradict it. ``prefix`` stands before the links."""
        sentence = " ".join(sentence.split())  # as it was copied from a page, with its line breaks
        claim = self._read(sentence)
        if claim is None:
            return Findings(query=sentence, reason=_reason(sentence))
        found = self._matcher.find(tenant, self._matcher.sign_sentence(claim), asked=True)
        scores = dict(found.same)
        wanted = [*scores, *(claim_id for claim_id in found.contradicts if claim_id not in scores)][:limit]
        # Those that are being merged stand in the index under both ids: each once, by the better.
        records: dict[str, tuple[ClaimRecord, float | None]] = {}
        for claim_id, record in resolve(self._store, tenant, wanted).items():
            records.setdefault(record.claim_id, (record, scores.get(claim_id)))
        return Findings(
            query=sentence,
            statement=claim.text,
            items=tuple(self._said(tenant, record, score, prefix) for record, score in records.values()),
            cut=found.cut,
        )

    def _said(self, tenant: str, record: ClaimRecord, score: float | None, prefix: str) -> SaidClaim:
        occurrences = settled(newest(self._store.occurrences(tenant, record.claim_id)).counted)
        relation: Literal["same", "contradicts"] = "contradicts" if score is None else "same"
        address = f"{prefix}/v1/claims/{record.claim_id}"
        return SaidClaim(
            claim_id=record.claim_id,
            text=record.text,
            relation=relation,
            score=None if score is None else round(score, 3),
            articles=record.articles,
            reports=len({o.article_id for o in occurrences if o.reporting}),
            said_by=_voices(source for o in occurrences for source in _carriers(o)),
            denied_by=_voices(source for o in occurrences for source in disputers(o)),
            outlets=tuple(dict.fromkeys(o.publisher for o in occurrences if o.publisher)),
            origins=count(record.origins) if record.origins else None,
            flags=tuple(dict.fromkeys(flag.code for flag in record.flags)),
            links={"self": address, "origins": f"{address}/origins"},
        )


def _carriers(occurrence: Occurrence) -> list[Source]:
    """The sources by whom the article has the claim said."""
    carrying = {name for attribution in occurrence.attributions for name in attribution.source_ids}
    return [source for source in occurrence.sources if source.id in carrying]


def _voices(sources: Iterable[Source]) -> tuple[Voice, ...]:
    return tuple(dict.fromkeys(Voice(name=source.name, kind=source.kind) for source in sources))


def _reason(sentence: str) -> str:
    """Why a sentence cannot be looked up: a stable code, and a sentence for a reader."""
    assessment = assess(sentence)
    if assessment.reason in (None, "too-short"):
        return _NOT_CHECKABLE
    return f"{assessment.reason}: {assessment.detail}"
