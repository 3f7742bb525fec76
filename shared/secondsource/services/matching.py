"""What a claim is to the claim records of a tenant: found through the index, verified by signature."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from secondsource.corpus.match import ONE_STORY, Relation, answers, copied, differ, nearest, relate, told_alike
from secondsource.corpus.signature import Embed, Signed, sign, sign_sentence
from secondsource.corpus.story import likeness
from secondsource.model import Analysis, Claim, Model, Signature
from secondsource.ports import Store

NEWEST = 25
"""Entries read of each index key: with 31 keys, the most of a claim, one look-up reads at most 775 small
entries."""
VERIFIED = 15
"""Candidates whose signatures are compared, those with most keys in common first."""
SEARCHED = 50
"""The same for who asks for all claims that say the same, not for the one that is nearest."""


class Found(Model):
    """Claim records that say the same as a claim, with a score and best first, and those that contradict it.

    ``cut``: index keys of which only the newest entries were read.
    """

    same: tuple[tuple[str, float], ...] = ()
    contradicts: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


class Matcher(Protocol):
    """Signs claims, and finds what a claim is to the claims that are known."""

    def sign(self, title: str | None, text: str, analysis: Analysis) -> Signed: ...

    def sign_sentence(self, claim: Claim) -> Signature: ...

    def find(self, tenant: str, signature: Signature, asked: bool = False) -> Found:
        """``asked``: for somebody who wants all that was said of it, not for the record that it belongs to."""
        ...

    def find_all(self, tenant: str, signatures: Sequence[Signature]) -> list[Found]:
        """For several claims, in their order, each as if it were alone."""
        ...

    def alike(self, tenant: str, claim_id: str, others: Sequence[str]) -> tuple[str, ...]: ...


class SignatureMatcher:
    """A ``Matcher`` by the store's index and signatures.

    Parameters
    ----------
    store
        Where index and signatures are.
    embed
        Sentence vectors; loading the network is its own affair.
    """

    def __init__(self, store: Store, embed: Embed) -> None:
        self._store, self._embed = store, embed

    def sign(self, title: str | None, text: str, analysis: Analysis) -> Signed:
        """The signatures of all claims of an article."""
        return sign(title, text, analysis, self._embed)

    def sign_sentence(self, claim: Claim) -> Signature:
        """The signature of what a sentence states."""
        return sign_sentence(claim, self._embed)

    def find(self, tenant: str, signature: Signature, asked: bool = False) -> Found:
        """The records that say the same, and those that contradict it."""
        (found,) = self._found(tenant, [signature], asked)
        return found

    def find_all(self, tenant: str, signatures: Sequence[Signature]) -> list[Found]:
        """As ``find``, for several claims: all are looked up at once."""
        return self._found(tenant, signatures, asked=False)

    def _found(self, tenant: str, signatures: Sequence[Signature], asked: bool) -> list[Found]:
        most = SEARCHED if asked else VERIFIED
        candidates = self._store.candidates_of_each(tenant, [signature.facts.keys for signature in signatures], NEWEST)
        near = [[candidate.claim_id for candidate in each.found[:most]] for each in candidates]
        known = self._store.signatures(tenant, list(dict.fromkeys(claim_id for ids in near for claim_id in ids)))
        return [
            _judged(signature, {i: known[i] for i in ids if i in known}, each.cut, asked)
            for signature, ids, each in zip(signatures, near, candidates, strict=True)
        ]

    def alike(self, tenant: str, claim_id: str, others: Sequence[str]) -> tuple[str, ...]:
        """Those of the other records whose reports tell the same story as this one's, so that both are one claim."""
        signatures = self._store.signatures(tenant, [claim_id, *others])
        mine = signatures.get(claim_id)
        if mine is None or mine.story is None:
            return ()
        return tuple(
            other
            for other in others
            if (theirs := signatures.get(other)) is not None
            and theirs.story is not None
            and likeness(mine.story, theirs.story) >= ONE_STORY
            and told_alike(mine, theirs)
            and not differ(mine, theirs)
        )


def _judged(signature: Signature, records: Mapping[str, Signature], cut: tuple[str, ...], asked: bool) -> Found:
    """What these records are to a claim."""
    compared = answers if asked else relate
    related = [(claim_id, *compared(signature, record)) for claim_id, record in records.items()]
    same = sorted(((i, score) for i, relation, score in related if relation is Relation.SAME), key=_best_first)
    if signature.story is not None:
        # What heads the same story goes before what merely says the same within another one.
        same.sort(key=lambda found: records[found[0]].story is None)
    against = [(i, score) for i, relation, score in related if relation is Relation.CONTRADICTS]
    if not asked and not against and not any(records[claim_id].story is not None for claim_id, _ in same):
        only = nearest(signature, records) or copied(signature, records)
        same = [*([] if only is None else [only]), *same]
    return Found(same=tuple(same), contradicts=tuple(i for i, _ in sorted(against, key=_best_first)), cut=cut)


def _best_first(found: tuple[str, float]) -> tuple[float, str]:
    return -found[1], found[0]
