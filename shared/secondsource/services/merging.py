"""Two claim records that turn out to be one: the older id stays, and the younger points to it.

Which is the older follows from when the records were made and, for the same moment, from their ids, so that two
writers who merge the same two do the same. The younger one is marked first; from then on whoever counts it, the stream
included, moves what is left of its occurrences and counts the older one. So a merge that was broken off is finished by
the next count, and an occurrence that comes late finds its way. Until then the younger is found by the occurrences that
it still has, and whoever finds it so counts it.

A record that points on is written anew by whoever moves occurrences through it, before they are read, and goes only in
the version for which neither it nor the record at the end of its way had any: so none goes under an occurrence.
"""

from collections.abc import Sequence
from contextlib import suppress

from secondsource.errors import VersionConflict
from secondsource.model import ClaimRecord
from secondsource.ports import Clock, Store
from secondsource.services.changes import end

_TRIES = 4
"""As often as two records are marked anew when somebody else has just written one of them."""


def resolve(store: Store, tenant: str, claim_ids: Sequence[str]) -> dict[str, ClaimRecord]:
    """The records of these ids in their order, each that was merged under its own id and the record it became.

    Each way ends: it leads to ever older records, and is as long as there were merges into ever older ones.
    """
    asked = list(dict.fromkeys(claim_ids))
    known = store.get_claims(tenant, asked)
    found = {claim_id: known[claim_id] for claim_id in asked if claim_id in known}
    while onward := {i: r.merged_into for i, r in found.items() if r.merged_into is not None}:
        targets = store.get_claims(tenant, list(dict.fromkeys(onward.values())))
        for claim_id, target in onward.items():
            if target in targets and targets[target].merged_into != claim_id:
                found[claim_id] = targets[target]
            else:
                del found[claim_id]
    return found


def merge(store: Store, clock: Clock, tenant: str, one_id: str, other_id: str) -> str | None:
    """Let the younger of two records point to the older; of merged ones, of those that they became.

    Answers the younger's id, for its occurrences are moved by the count that has to follow; None where there is nothing
    to do. Raises VersionConflict when somebody else writes one of them every time.
    """
    for left in reversed(range(_TRIES)):
        known = resolve(store, tenant, [one_id, other_id])
        if len(known) < 2 or known[one_id].claim_id == known[other_id].claim_id:
            return None
        try:
            return _mark(store, clock, tenant, known[one_id], known[other_id])
        except VersionConflict:
            if not left:
                raise
    return None


def _mark(store: Store, clock: Clock, tenant: str, one: ClaimRecord, other: ClaimRecord) -> str:
    older, younger = sorted((one, other), key=lambda record: (record.created_at, record.claim_id))
    known = tuple(dict.fromkeys([*older.merged, *younger.merged, younger.claim_id]))
    beside = tuple(sorted({*older.beside, *younger.beside}))
    changed = {"merged": known, "beside": beside, "version": older.version + 1}
    store.update_claim(tenant, older.model_copy(update=changed))
    pointing = younger.model_copy(
        update={
            "merged_into": older.claim_id,
            "merged": (),
            "articles": (),
            "beside": (),
            "replaced": {},
            "origins": None,
            "flags": (),
            "not_assessable": (),
            "stakes": (),
            "contested_by": (),
            "stale_at": None,
            "version": younger.version + 1,
        }
    )
    store.update_claim(tenant, pointing, end(younger, clock.now()))
    return younger.claim_id


def move(store: Store, tenant: str, record: ClaimRecord) -> str:
    """Put the occurrences of a merged record under the one it became, and answer that one's id; safe to repeat.

    Raises VersionConflict when somebody else has written the record.
    """
    from secondsource.corpus.occurrence import joined  # who only reads needs none of it

    target = resolve(store, tenant, [record.claim_id]).get(record.claim_id)
    target_id = target.claim_id if target is not None else record.merged_into
    assert target_id is not None
    # The next version, whether the way is shorter now or not: see above.
    store.update_claim(tenant, record.model_copy(update={"merged_into": target_id, "version": record.version + 1}))
    ids = [o.article_id for o in store.occurrences(tenant, record.claim_id)]
    readable = {article_id for article_id in ids if store.has_article(tenant, article_id)}
    here = store.occurrences(tenant, record.claim_id) if ids else ()
    there = {o.article_id: o for o in store.occurrences(tenant, target_id)} if here else {}
    for occurrence in here:
        article_id = occurrence.article_id
        moved = occurrence.model_copy(update={"claim_id": target_id})
        present = there.get(article_id)
        store.put_occurrence(tenant, moved if present is None else joined(present, moved))
        if store.delete_occurrence(tenant, record.claim_id, article_id) or article_id not in readable:
            continue
        # Gone meanwhile: somebody else has moved it, too, or its article has been deleted. An article goes before
        # what is left of its occurrences is looked for once more.
        if not store.has_article(tenant, article_id):
            store.delete_occurrence(tenant, target_id, article_id)
    return target_id


def forget(store: Store, tenant: str, claim_ids: Sequence[str]) -> None:
    """Delete those of these records that were merged into one which has no occurrences, as they have none."""
    for claim_id in claim_ids:
        pointing = store.get_claims(tenant, [claim_id]).get(claim_id)
        if pointing is None or pointing.merged_into is None or store.occurrences(tenant, claim_id):
            continue
        target = resolve(store, tenant, [claim_id]).get(claim_id)
        target_id = target.claim_id if target is not None else pointing.merged_into
        if not store.occurrences(tenant, target_id):
            # Of another version, something has come to it since.
            with suppress(VersionConflict):
                store.delete_claim(tenant, claim_id, pointing.version)
