"""Counting a claim record anew: its origins and flags follow from its occurrences and from nothing else."""

from secondsource.corpus.origins import trace
from secondsource.errors import VersionConflict
from secondsource.flags import raise_flags
from secondsource.flags.case import Case, disputers
from secondsource.model import ClaimRecord
from secondsource.ports import Store

_TRIES = 8
"""Two writers that meet each read again; with so many turns both get through."""


def recount(store: Store, tenant: str, claim_id: str) -> ClaimRecord | None:
    """Bring a claim record up to date with its occurrences; delete it when none is left.

    Safe to repeat and in any order. Raises VersionConflict when other writers win every time.
    """
    for turn in range(_TRIES):
        record = store.get_claims(tenant, [claim_id]).get(claim_id)
        if record is None:
            return None
        occurrences = store.occurrences(tenant, claim_id)
        if not occurrences:
            store.delete_claim(tenant, claim_id)
            return None
        origins = trace(occurrences)
        case = Case(occurrences, origins)
        flags, unknown = raise_flags(case)
        update = {
            "articles": tuple(dict.fromkeys(o.article_id for o in occurrences)),
            "origins": origins,
            "flags": flags,
            "not_assessable": unknown,
            "stakes": tuple(s for o in occurrences for s in o.stakes),
            "contested_by": tuple(dict.fromkeys(s.name for o in occurrences for s in disputers(o))),
        }
        if all(getattr(record, name) == value for name, value in update.items()):
            return record
        counted = record.model_copy(update={**update, "version": record.version + 1})
        try:
            store.update_claim(tenant, counted)
        except VersionConflict:
            if turn == _TRIES - 1:
                raise
            continue
        return counted
    return None
