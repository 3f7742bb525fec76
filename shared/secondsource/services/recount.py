"""Counting a claim record anew: it follows from its occurrences and from nothing else.

What holds, in any order, however often it is repeated, and whoever else writes: when all recounts have ended, each
record is what its occurrences make of it, no occurrence is without a record, and no record without an occurrence.

- Whoever puts or deletes an occurrence recounts after it. A recount reads the record first and its occurrences then,
  and always writes the record's next version, also where nothing else changed. So the last version of all was counted
  from occurrences that were read after those before it were written. Were nothing written where nothing changed, a
  recount of older occurrences that is still under way could come last.
- A record is deleted only in the version for which no occurrence was found. An occurrence that comes in between finds
  no record when it is counted, and has it made again.
- A record that is made again is not counted with the same write, but by the next turn, for its occurrence may be gone
  by then.
- A record that was merged into another one is not counted: what is left of its occurrences moves, and the other is.
- A writer that stops between its write and its count has it done by functions/notify, which the table's stream tells of
  every occurrence that was written or deleted and of every record that was made or merged.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from secondsource.corpus.denying import settled
from secondsource.corpus.origins import trace
from secondsource.corpus.signature import of_record
from secondsource.corpus.stakes import asked_for, stakes_of
from secondsource.corpus.versions import newest
from secondsource.errors import VersionConflict
from secondsource.flags import raise_flags
from secondsource.flags.case import Case, denies_itself, disputers, outlet
from secondsource.model import ClaimRecord, Occurrence, Relation, Signature, Statement
from secondsource.ports import Clock, Store
from secondsource.services import changes
from secondsource.services.changes import change, end
from secondsource.services.knowledge import Memo, known
from secondsource.services.merging import forget, move

_TRIES = 8
"""Turns before a recount gives up. Who loses the first turn has met a writer that may have read before; who loses two
has been counted by whoever won the second, for that one read the record after the first had been written. With a record
that was read before the occurrence was written, it takes one turn more."""
Signed = dict[str, tuple[int, Signature]]
"""What records are compared by, each with the version that it was counted for."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def recount(
    store: Store,
    clock: Clock,
    tenant: str,
    claim_id: str,
    pointing: tuple[str, ...] = (),
    memo: Memo | None = None,
    read: Mapping[str, ClaimRecord] | None = None,
    signed: Signed | None = None,
) -> ClaimRecord | None:
    """Bring a claim record up to date with its occurrences; make it where it is missing, delete it when none is left.

    When its flags change, the event is stored with the record or not at all. Safe to repeat and in any order. Answers
    the record, of one that was merged that which it became. ``pointing``: records that are known to point to it.
    For whoever counts several claims at once, ``memo`` is what is known of actors already (see ``knowledge``), ``read``
    are records that were read together, a moment ago: a count from them that meets another one begins anew; and
    ``signed`` takes up what the record is compared by, to be stored with others afterwards. Raises VersionConflict when
    other writers win every time.
    """
    record, is_read = (read or {}).get(claim_id), read is not None
    for _ in range(_TRIES):
        if not is_read:
            record = store.get_claims(tenant, [claim_id]).get(claim_id)
        is_read = False
        if record is not None and record.merged_into is not None:
            try:
                target_id = move(store, tenant, record)
            except VersionConflict:
                continue
            return recount(store, clock, tenant, target_id, (*pointing, claim_id), memo, signed=signed)
        occurrences = store.occurrences(tenant, claim_id)
        if record is None and occurrences:
            made = _made(claim_id, occurrences, clock.now())
            if store.add_claim(tenant, made):
                record, is_read = made, True
            continue
        try:
            if record is None or not occurrences:
                _delete(store, clock, tenant, claim_id, record, pointing)
                return None
            memo = memo or Memo()
            said = known(store, tenant, asked_for(newest(occurrences).counted), memo)
            counted = _counted(record, occurrences, pointing, said, memo.ends)
            _forget(store, tenant, record, changes.lost(record, counted), counted.stale_at)
            store.update_claim(tenant, counted, change(record, counted, clock.now()))
        except VersionConflict:
            memo = None
            continue
        signature = _signature(counted, occurrences)
        if signature is not None:
            taken = {claim_id: (counted.version, signature)}
            if signed is None:
                store.put_signatures(tenant, taken)
            else:
                signed.update(taken)
        return counted
    raise VersionConflict


def _made(claim_id: str, occurrences: tuple[Occurrence, ...], now: datetime) -> ClaimRecord:
    """A new record, not counted yet, that says what the first article to carry the claim says."""
    said = _said(occurrences)
    version = (now - _EPOCH) // timedelta(microseconds=1)
    return ClaimRecord(claim_id=claim_id, text=said.text, created_at=now, facts=said.facts, version=version)


def _said(occurrences: tuple[Occurrence, ...]) -> Statement:
    """What the claim is, in the words of the first article that carries it: those of a deleted one go with it."""
    own = [o for o in occurrences if o.opposes is None] or occurrences
    first = next((o for o in own if o.reporting), own[0])
    return first.opposes or Statement(text=first.text, facts=first.facts.model_copy(update={"keys": ()}))


def _contesting(o: Occurrence) -> list[str]:
    """Who disputes a claim in an article, by name; the article's outlet, where it does so itself."""
    return [outlet(o)] if denies_itself(o) and o.publisher else [s.name for s in disputers(o)]


def _signature(record: ClaimRecord, occurrences: tuple[Occurrence, ...]) -> Signature | None:
    """What the record is compared by: all its reports together; None where none of them was signed."""
    reports = [
        Signature(facts=o.facts, vector=o.vector, story=o.story)
        for o in occurrences
        if o.vector is not None and o.opposes is None
    ]
    return of_record(record.facts, reports)


def _delete(
    store: Store, clock: Clock, tenant: str, claim_id: str, record: ClaimRecord | None, pointing: tuple[str, ...]
) -> None:
    """Delete a record and those that point to it: the way by which it was come to last, for a repeat comes by it."""
    if record is None:
        # Nobody's version: what somebody made meanwhile stays; a deletion that was broken off is taken up.
        store.delete_claim(tenant, claim_id, version=-1)
    else:
        _forget(store, tenant, record, changes.articles_of(record))
        forget(store, tenant, [other for other in record.merged if other not in pointing])
        store.delete_claim(tenant, claim_id, record.version, end(record, clock.now()))
    forget(store, tenant, pointing[::-1])


def _forget(store: Store, tenant: str, record: ClaimRecord, gone: set[str], stale_at: datetime | None = None) -> None:
    """Take out of the claim's events what they say of articles that are gone: before the record loses sight of them,
    so that whoever stops in between does it again."""
    for claim_id in (record.claim_id, *record.merged) if gone else ():
        for event in store.events_of(tenant, claim_id):
            if changes.forget(event, gone) is not None:
                store.change_event(tenant, event.id, partial(changes.forget, gone=gone, stale_at=stale_at))


def _counted(
    record: ClaimRecord,
    occurrences: tuple[Occurrence, ...],
    pointing: tuple[str, ...],
    beside: Sequence[Relation],
    ends: Mapping[str, datetime],
) -> ClaimRecord:
    """The record's next version; ``beside``: what is known of its sources' sides from elsewhere; ``ends``: when the
    articles that state it expire."""
    counted, replaced = newest(occurrences)
    counted = settled(counted)
    origins = trace(counted)
    stakes = stakes_of(counted, beside)
    flags, unknown = raise_flags(Case(counted, origins, stakes))
    now = {o.article_id: o for o in counted}
    said = _said(tuple(now.get(o.article_id, o) for o in occurrences))
    evidence = [*(flag.evidence for flag in flags), *(stake.evidence for stake in stakes)]
    shown = {words.article_id for found in evidence for words in found}
    # What events have told of them is found by the record alone: it knows those as well that it shows no more.
    stating = {relation.evidence.article_id for relation in beside if relation.evidence is not None}
    stating = stating.intersection({*shown, *record.beside}) - {o.article_id for o in occurrences}
    return record.model_copy(
        update={
            "text": said.text,
            "facts": said.facts,
            "articles": tuple(dict.fromkeys(o.article_id for o in counted)),
            "beside": tuple(sorted(stating)),
            "replaced": replaced,
            "origins": origins,
            "flags": flags,
            "not_assessable": unknown,
            "stakes": stakes,
            "contested_by": tuple(dict.fromkeys(name for o in counted for name in _contesting(o))),
            "merged": tuple(dict.fromkeys([*record.merged, *pointing])),
            "stale_at": min(
                [
                    *(o.expires_at for o in occurrences if o.expires_at is not None),
                    *(ends[article_id] for article_id in stating if article_id in ends),
                ],
                default=None,
            ),
            "version": record.version + 1,
        }
    )
