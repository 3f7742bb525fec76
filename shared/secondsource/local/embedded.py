"""The services on one machine for one person: no account, no server, nothing kept when the process ends."""

from functools import partial

from secondsource.corpus.signature import Embed
from secondsource.errors import FetchFailed, UnprocessableInput
from secondsource.model import JobStatus, Submission
from secondsource.ports import Fetched, Fetcher, Store
from secondsource.services.annotate import Analyser, Annotate
from secondsource.services.compare import Compare
from secondsource.services.ids import job_ids
from secondsource.services.matching import Matcher, SignatureMatcher
from secondsource.services.mentioned import recount_named
from secondsource.services.read import Read
from secondsource.services.register import Register
from secondsource.wiring import LazyAnalyser, LazyEmbedder, SystemClock

TENANT = "local"
"""Whose articles these are."""


class Embedded:
    """Annotate, read, compare and keep a register over one store.

    Parameters
    ----------
    store
        Where all lies.
    analyser
        Analyses the articles; by default the one that runs everywhere, loaded at the first article.
    fetcher
        Gets the pages of addresses; by default the safe one.
    embed
        Makes sentence vectors; by default with the network that does everywhere.
    matcher
        Finds what claims are to those that are known; by default by the store's index.
    """

    def __init__(
        self,
        store: Store,
        analyser: Analyser | None = None,
        fetcher: Fetcher | None = None,
        embed: Embed | None = None,
        matcher: Matcher | None = None,
    ) -> None:
        clock = SystemClock()
        self._annotate = Annotate(
            store=store,
            analyser=analyser or LazyAnalyser(),
            matcher=matcher or SignatureMatcher(store, embed or LazyEmbedder()),
            fetcher=fetcher or _LazyFetcher(),
            queue=_NoQueue(),
            clock=clock,
            job_ids=job_ids(clock),
        )
        self.read = Read(store)
        self.compare = Compare(store)
        self.register = Register(store, clock, partial(recount_named, store, clock))

    def add(self, submission: Submission) -> str:
        """Annotate an article and answer its id; the page of an address is fetched here and now.

        Raises TooLarge, UnprocessableInput, and FetchFailed for an address that gives no page.
        """
        submitted = self._annotate.submit(TENANT, submission)
        if submitted.article_id:
            return submitted.article_id
        if submitted.job is None:
            raise UnprocessableInput("It could not be taken in.")
        job = self._annotate.run_job(TENANT, submitted.job.id)
        if job.status is JobStatus.DONE and job.article_id:
            return job.article_id
        if job.error:
            raise FetchFailed(job.error.code, f"{job.error.detail} ({job.error.code})")
        raise UnprocessableInput("It could not be taken in.")


class _NoQueue:
    """``ports.Queue`` for who does the work himself, right after it was queued."""

    def send(self, tenant: str, job_id: str, delay_seconds: int = 0) -> None:
        """Nothing to do."""

    def send_name(self, tenant: str, named: str, cursor: str | None = None) -> None:
        """Nothing to do."""

    def send_delivery(self, tenant: str, delivery_id: str, tried: int, delay_seconds: int = 0) -> None:
        """Nothing to do."""


class _LazyFetcher:
    """The safe fetch, imported when there is an address to fetch."""

    def fetch(self, url: str, deadline_seconds: float | None = None) -> Fetched:
        """As ``ports.Fetcher``."""
        from secondsource.web.fetch import SafeFetcher

        return SafeFetcher().fetch(url, deadline_seconds)
