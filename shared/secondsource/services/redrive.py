"""Work that was given up, taken up again once what stood in its way is gone."""

from collections.abc import Iterator
from dataclasses import dataclass

from secondsource.errors import SecondSourceError
from secondsource.model import JobStatus
from secondsource.ports import Clock, DeadLetter, DeadLetters, Store
from secondsource.services.annotate import Annotate
from secondsource.services.mentioned import recount_named
from secondsource.services.recount import recount


@dataclass(frozen=True)
class Outcome:
    """What became of one letter, in words; one that is not ``done`` waits on."""

    done: bool
    text: str


def redrive(letters: DeadLetters, annotate: Annotate, store: Store, clock: Clock) -> Iterator[Outcome]:
    """Queue jobs again and count claims, letter by letter; each leaves when that is done. Safe to repeat.

    One that cannot be dealt with is put back, and does not keep the others from it.
    """
    for letter in letters:
        try:
            text = _deal_with(letter, annotate, store, clock)
        except SecondSourceError as error:
            letters.put_back(letter)
            yield Outcome(False, f"{_name(letter)}: {error}")
            continue
        letters.remove(letter)
        yield Outcome(True, text)


def _deal_with(letter: DeadLetter, annotate: Annotate, store: Store, clock: Clock) -> str:
    if letter.reason:
        raise SecondSourceError(letter.reason)
    if letter.job is None:
        for tenant, claim_id in letter.claims:
            recount(store, clock, tenant, claim_id)
        for tenant, name in letter.names:
            recount_named(store, clock, tenant, [name])
        return f"{_name(letter)}: counted"
    job = annotate.repeat_job(*letter.job)
    if job.status is JobStatus.DONE:
        return f"{_name(letter)}: was done already"
    return f"{_name(letter)}: queued again" + (f" as {job.id}" if job.id != letter.job[1] else "")


def _name(letter: DeadLetter) -> str:
    if letter.job:
        return letter.job[1]
    return " ".join([claim_id for _, claim_id in letter.claims] + [name for _, name in letter.names]) or "a message"
