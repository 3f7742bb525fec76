"""The client for programs that wait."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from secondsource_client import calls, models
from secondsource_client.calls import Call, Page
from secondsource_client.errors import JobFailed, StillRunning, TookTooLong
from secondsource_client.following import Position
from secondsource_client.retrying import Attempts, Retrying
from secondsource_client.settings import TIMEOUT_SECONDS, http_settings
from secondsource_client.waiting import WAIT_SECONDS, Patience

T = TypeVar("T")


class Client:
    """Calls the API with one key. Use it in a ``with`` statement, or ``close`` it; threads may share one.

    Parameters
    ----------
    base_url
        Where the API is, without ``/v1``.
    api_key
        It goes into the header of each request and nowhere else: into no log, no error and no other address.
    timeout
        Seconds to wait for a connection, and for each part of an answer.
    retrying
        How often and how patiently to try again.
    transport, sleep
        For tests: what sends, and what waits.

    All calls raise ClientError, the tree of which is drawn in errors.py; only ValueError is for what cannot be sent.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        timeout: float = TIMEOUT_SECONDS,
        retrying: Retrying | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = httpx.Client(transport=transport, **http_settings(base_url, api_key, timeout))
        self._retrying = retrying or Retrying()
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def health(self) -> models.Health:
        """Whether the service runs, and which version of it."""
        return self._send(calls.health())

    def submit(
        self, submission: models.Submission, *, later: bool = False, idempotency_key: str | None = None
    ) -> models.Report | models.Job:
        """Submit an article: its report, or a job where a page takes long to fetch, and always with ``later``.

        ``idempotency_key``: by default a new one for each call, under which the call's own attempts are one request.
        Give one to make a call of a later run the same request as well; it counts for a day.
        """
        return self._send(calls.submit(submission, later, idempotency_key))

    def annotate(
        self, submission: models.Submission, *, timeout: float = WAIT_SECONDS, idempotency_key: str | None = None
    ) -> models.Report:
        """Submit an article and wait for its report: where that takes longer than the API answers at once, for a job.

        Raises JobFailed, and StillRunning where there is no report after ``timeout`` seconds, counted from the call.
        """
        patience = Patience(timeout)
        try:
            found = self._send(calls.annotate(submission, idempotency_key))
        except TookTooLong:
            found = self._send(calls.annotate_later(submission, idempotency_key))
        if isinstance(found, models.Report):
            return found
        return self.article(self._wait(found.id, patience))

    def job(self, job_id: str) -> models.Job:
        """A job as it stands."""
        return self._send(calls.job(job_id))

    def wait(self, job_id: str, *, timeout: float = WAIT_SECONDS) -> str:
        """The id of the article that a job has made. Raises JobFailed, and StillRunning after ``timeout`` seconds."""
        return self._wait(job_id, Patience(timeout))

    def article(self, article_id: str, *, label: str | None = None) -> models.Report:
        """The report of an article as things stand now; ``label``: ``speech`` or ``stance`` attributions alone."""
        return self._send(calls.article(article_id, label))

    def summary(self, article_id: str) -> str:
        """The claim summary of an article as plain text."""
        return self._send(calls.summary(article_id))

    def report_page(self, article_id: str) -> str:
        """The report as an HTML page, without script; it loads nothing."""
        return self._send(calls.report_page(article_id))

    def annotations(self, article_id: str, *, page: int | None = None) -> models.Annotations:
        """The findings as W3C Web Annotations: the collection, or one of its pages, from 0."""
        return self._send(calls.annotations(article_id, page))

    def versions(self, article_id: str) -> models.Publications:
        """The versions of the post of a CMS that an article is."""
        return self._send(calls.versions(article_id))

    def delete_article(self, article_id: str) -> None:
        """Delete an article and all that came from it. Raises NotFound when there is none."""
        self._send(calls.delete_article(article_id))

    def articles(self, *, page_size: int | None = None) -> Iterator[models.ArticleSummary]:
        """All articles, newest first, a page at a time as they are asked for."""
        return self._each(lambda cursor: calls.articles(page_size, cursor))

    def claims(self, *, page_size: int | None = None) -> Iterator[models.Claim]:
        """All claims, newest first."""
        return self._each(lambda cursor: calls.claims(page_size, cursor))

    def find(self, sentence: str, *, limit: int | None = None) -> models.Findings:
        """Whether a sentence has been said: by whom, from how many origins, and what contradicts it."""
        return self._send(calls.find(sentence, limit))

    def claim(self, claim_id: str) -> models.Claim:
        """A claim across the articles that carry it."""
        return self._send(calls.claim(claim_id))

    def origins(self, claim_id: str) -> models.ClaimOrigins:
        """On how many independent origins a claim rests, and why."""
        return self._send(calls.origins(claim_id))

    def events(self, after: str | None = None, *, page_size: int | None = None) -> "Events":
        """What has become of claims and jobs, oldest first; ``after``: the ``position`` of an earlier look."""
        return Events(self._send, after, page_size)

    def compare(self, article_ids: Iterable[str], *, idempotency_key: str | None = None) -> models.Comparison:
        """Whether 2 to 20 articles are independent on the claims they share."""
        return self._send(calls.compare(article_ids, idempotency_key))

    def actors(self, *, name: str | None = None, page_size: int | None = None) -> Iterator[models.Actor]:
        """All actors of the register, newest first, or those who bear a name."""
        return self._each(lambda cursor: calls.actors(name, page_size, cursor))

    def actor(self, actor_id: str) -> models.Actor:
        """An actor of the register, with the ``tag`` of this state."""
        return self._send(calls.actor(actor_id))

    def put_actor(
        self, actor_id: str, actor: models.ActorGiven, *, if_match: str | None = None, only_new: bool = False
    ) -> models.Actor:
        """Create or replace an actor.

        Raises PreconditionFailed when its tag is not ``if_match``, or when with ``only_new`` there is one.
        """
        return self._send(calls.put_actor(actor_id, actor, if_match, only_new))

    def delete_actor(self, actor_id: str, *, if_match: str | None = None) -> None:
        """Delete an actor. Raises NotFound when there is none, PreconditionFailed when its tag is another."""
        self._send(calls.delete_actor(actor_id, if_match))

    def import_actors(self, lines: Iterable[Mapping[str, Any]]) -> models.Imported:
        """Put many actors, each with its ``id``, 200 a call; what a line was refused for is in ``failed``.

        Where a call fails, those before it were carried out; the same lines again change nothing of them.
        """
        return calls.all_imported([self._send(call) for call in calls.import_actors(lines)])

    def export_actors(self) -> Iterator[dict[str, Any]]:
        """All actors, as they can be imported."""
        return self._each(calls.export_actors)

    def _wait(self, job_id: str, patience: Patience) -> str:
        while True:
            job = self.job(job_id)
            if job.status == "done" and job.article_id is not None:
                return job.article_id
            if job.status not in ("queued", "running"):
                raise JobFailed(job)
            pause = patience.pause()
            if pause is None:
                raise StillRunning(job)
            self._sleep(pause)

    def _each(self, page_of: Callable[[str | None], Call[Page[T]]]) -> Iterator[T]:
        cursor: str | None = None
        while True:
            page = self._send(page_of(cursor))
            yield from page.items
            # A list that leads back to where it was would never end.
            if page.next is None or page.next == cursor:
                return
            cursor = page.next

    def _send(self, call: Call[T]) -> T:
        attempts = Attempts(call, self._retrying)
        while True:
            try:
                response = self._http.request(
                    call.method, call.path, params=call.params, headers=call.headers, content=call.body
                )
            except httpx.RequestError as error:
                pause = attempts.after_failure(error)
            else:
                if attempts.is_over(response):
                    return attempts.value(response)
                pause = attempts.after_answer(response)
            self._sleep(pause)


class Events:
    """Events, oldest first. Each time it is iterated over, it answers those that have not come before, up to now.

    ``position`` is what to give ``Client.events`` as ``after`` in a later run: None at the beginning. The API tells the
    newest events twice; within one ``Events`` each comes once, in a later run those of the last seconds come again.
    """

    def __init__(
        self, send: Callable[[Call[Page[models.Event]]], Page[models.Event]], after: str | None, page_size: int | None
    ) -> None:
        self._send, self._page_size = send, page_size
        self._position = Position(after)

    @property
    def position(self) -> str | None:
        """Behind the last page that has been taken whole."""
        return self._position.after

    def __iter__(self) -> Iterator[models.Event]:
        more = True
        while more:
            page = self._send(calls.events(self._page_size, self._position.after))
            yield from self._position.unseen(page)
            more = self._position.move(page)
