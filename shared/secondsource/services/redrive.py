"""Work that was given up, taken up again once what stood in its way is gone."""

from collections.abc import Iterator
from dataclasses import dataclass

from secondsource.errors import SecondSourceError
from secondsource.model import JobStatus
from secondsource.ports import Clock, DeadLetter, DeadLetters, Store
from secondsource.services.annotate import Annotate
from secondsource.services.deliver import Deliver
from secondsource.services.mentioned import recount_pages
from secondsource.services.recount import recount


@dataclass(frozen=True)
class Outcome:
    """What became of one letter, in words; one that is not ``done`` waits on."""

    done: bool
    text: str


def redrive(
    letters: DeadLetters, annotate: Annotate, deliver: Deliver, store: Store, clock: Clock
) -> Iterator[Outcome]:
    """Queue jobs and deliveries again, count claims and have events sent, letter by letter; each leaves when done.

    Safe to repeat. One that cannot be dealt with is put back, and does not keep the others from it.
    """
    for letter in letters:
        try:
            text = _deal_with(letter, annotate, deliver, store, clock)
        except SecondSourceError as error:
            letters.put_back(letter)
            yield Outcome(False, f"{_name(letter)}: {error}")
            continue
        letters.remove(letter)
        yield Outcome(True, text)


def _deal_with(letter: DeadLetter, annotate: Annotate, deliver: Deliver, store: Store, clock: Clock) -> str:
    if letter.reason:
        raise SecondSourceError(letter.reason)
    if letter.delivery is not None:
        again = deliver.repeat(*letter.delivery)
        return f"{_name(letter)}: {'queued again' if again else 'nothing is left to send'}"
    if letter.job is None:
        for tenant, claim_id in letter.claims:
            recount(store, clock, tenant, claim_id)
        for tenant, named in letter.named:
            recount_pages(store, clock, tenant, named)
        # Last, for it is what needs a queue.
        for tenant, event_id in letter.events:
            deliver.announce(tenant, event_id)
        return f"{_name(letter)}: counted"
    job = annotate.repeat_job(*letter.job)
    if job.status is JobStatus.DONE:
        return f"{_name(letter)}: was done already"
    return f"{_name(letter)}: queued again" + (f" as {job.id}" if job.id != letter.job[1] else "")


def _name(letter: DeadLetter) -> str:
    if letter.job:
        return letter.job[1]
    if letter.delivery:
        return letter.delivery[1]
    return " ".join(name for _, name in (*letter.claims, *letter.named, *letter.events)) or "a message"
