"""Has this been said, by whom, and from how many origins? A sentence looked up among the claim records of a tenant."""

from collections.abc import Callable, Iterable
from typing import Literal, Protocol

from secondsource.corpus.facts import with_keys
from secondsource.corpus.match import Relation, compare
from secondsource.flags.case import disputers
from secondsource.model import Claim, ClaimRecord, Model, Occurrence, Source
from secondsource.ports import Store
from secondsource.present.report import count
from secondsource.present.search import Findings, SaidClaim, Voice
from secondsource.text.language import assess

_NEWEST = 25
"""Entries read of each index key, as for the claims of an article."""
_COMPARED = 50
"""Candidates whose facts are compared: who asks wants all, while a claim of an article only has to find its record."""

_NOT_CHECKABLE = "no-claims: The sentence makes no statement that could be checked."


class Found(Model):
    """Claim records that say the same as a claim, with a score and best first, and those that contradict it.

    ``cut``: index keys of which only the newest entries were read.
    """

    same: tuple[tuple[str, float], ...] = ()
    contradicts: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


class Matcher(Protocol):
    """Finds what a claim is to the claims that are known."""

    def find(self, tenant: str, claim: Claim) -> Found: ...


class FactsMatcher:
    """A ``Matcher`` by index keys and facts alone."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, tenant: str, claim: Claim) -> Found:
        """As ``Matcher``."""
        facts = with_keys(claim.facts)
        candidates = self._store.candidates(tenant, facts.keys, _NEWEST)
        records = self._store.get_claims(tenant, [c.claim_id for c in candidates.found[:_COMPARED]])
        compared = [(record.claim_id, *compare(facts, record.facts)) for record in records.values()]
        same = sorted(((i, score) for i, relation, score in compared if relation is Relation.SAME), key=_best_first)
        against = [(i, score) for i, relation, score in compared if relation is Relation.CONTRADICTS]
        return Found(
            same=tuple(same), contradicts=tuple(i for i, _ in sorted(against, key=_best_first)), cut=candidates.cut
        )


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
        claim = self._read(sentence)
        if claim is None:
            return Findings(query=sentence, reason=_reason(sentence))
        found = self._matcher.find(tenant, claim)
        scores = dict(found.same)
        wanted = [*scores, *(claim_id for claim_id in found.contradicts if claim_id not in scores)][:limit]
        records = self._store.get_claims(tenant, wanted)
        return Findings(
            query=sentence,
            statement=claim.text,
            items=tuple(
                self._said(tenant, records[claim_id], scores.get(claim_id), prefix)
                for claim_id in wanted
                if claim_id in records
            ),
            cut=found.cut,
        )

    def _said(self, tenant: str, record: ClaimRecord, score: float | None, prefix: str) -> SaidClaim:
        occurrences = self._store.occurrences(tenant, record.claim_id)
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


def _best_first(found: tuple[str, float]) -> tuple[float, str]:
    return -found[1], found[0]


def _carriers(occurrence: Occurrence) -> list[Source]:
    """The sources by whom the article has the claim said."""
    carrying = {attribution.source_id for attribution in occurrence.attributions}
    return [source for source in occurrence.sources if source.id in carrying]


def _voices(sources: Iterable[Source]) -> tuple[Voice, ...]:
    return tuple(dict.fromkeys(Voice(name=source.name, kind=source.kind) for source in sources))


def _reason(sentence: str) -> str:
    """Why a sentence cannot be looked up: a stable code, and a sentence for a reader."""
    assessment = assess(sentence)
    if assessment.reason in (None, "too-short"):
        return _NOT_CHECKABLE
    return f"{assessment.reason}: {assessment.detail}"
