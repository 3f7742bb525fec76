"""The use case this service exists for: an article in, its annotations, claims and flags stored."""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from secondsource.backoff import pause
from secondsource.corpus.occurrence import behind, build, turned
from secondsource.corpus.signature import Signed as SignedClaims
from secondsource.errors import (
    FetchFailed,
    NotFound,
    SecondSourceError,
    Unavailable,
    UnprocessableInput,
    VersionConflict,
)
from secondsource.model import (
    Analysis,
    Article,
    ArticleVersion,
    Claim,
    ClaimRecord,
    Extracted,
    Job,
    JobError,
    JobStatus,
    MediaKind,
    Model,
    Occurrence,
    Post,
    Publication,
    Statement,
    Submission,
)
from secondsource.ports import Clock, Fetcher, Queue, Store
from secondsource.services import changes
from secondsource.services.ids import digest_id
from secondsource.services.knowledge import Memo, names_of
from secondsource.services.limits import Limiter
from secondsource.services.matching import Matcher
from secondsource.services.merging import merge, resolve
from secondsource.services.recount import Signed, recount
from secondsource.stored import JOB_DAYS, MOST_VERSIONS, REQUEST_HOURS, has_expired
from secondsource.text.fields import web_url
from secondsource.text.html import extract
from secondsource.text.plain import accept

_OVER = (JobStatus.DONE, JobStatus.FAILED)
AT_ONCE_SECONDS = 2.5
"""How long a submitted URL may take before it becomes a job: a person still waits that long."""
_TRIES = 8
"""Turns before a version of a post gives up, where others change the same post every time."""
PAUSES = (30, 300)
"""Seconds before a page is tried again that could not be fetched: whoever waits for it (a client, two minutes) sees the
second try, and a site that is down for some minutes is found by the third."""
MAX_ATTEMPTS = 1 + len(PAUSES)
"""Deliveries of a job, for whatever reason, behind which a page that cannot be fetched is a failure of the job."""
LONGEST_PAUSE = 480
"""Seconds that are waited where a site asks for that (Retry-After). That jobs wait for ten minutes is a reason to look:
the alarm QueueAge."""


class Analyser(Protocol):
    """The analysis of one text; loading language models is its own affair."""

    def __call__(self, extracted: Extracted, article_id: str) -> Analysis: ...


class Submitted(Model):
    """What became of a submission: an article (``created``, or known already), or a job."""

    article_id: str | None = None
    job: Job | None = None
    created: bool = False


class Annotate:
    """Takes submissions in, runs jobs, deletes articles.

    ``wait`` lets so many seconds pass.
    """

    def __init__(
        self,
        store: Store,
        analyser: Analyser,
        matcher: Matcher,
        fetcher: Fetcher,
        queue: Queue,
        clock: Clock,
        job_ids: Callable[[], str],
        limits: Limiter | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store, self._analyser, self._matcher, self._fetcher = store, analyser, matcher, fetcher
        self._queue, self._clock, self._job_ids = queue, clock, job_ids
        self._limits, self._wait = limits or Limiter(store, clock), wait

    def submit(
        self, tenant: str, submission: Submission, respond_async: bool = False, request: str | None = None
    ) -> Submitted:
        """Annotate at once, or queue a job when asked to or when a URL does not answer quickly.

        ``request``: names what is sent, if whoever sends it can: sent again within a day, it is no second job.
        Raises UnprocessableInput unless there is text, html or a url (text and html exclude each other),
        TooLarge over the limits, FetchFailed when a URL can never be fetched, DailyQuotaSpent and StorageQuotaSpent
        where the tenant may add no more.
        """
        if (submission.text is None) == (submission.html is None) and not (
            submission.text is None and submission.url is not None
        ):
            raise UnprocessableInput("Send one of text, html or url; html may come with the url it stands at.")
        if respond_async:
            return Submitted(job=self._enqueue(tenant, submission, request=request))
        if submission.text is None and submission.html is None:
            try:
                submission, kind = self._fetched(submission, AT_ONCE_SECONDS), MediaKind.URL
            except FetchFailed as failure:
                if not failure.retryable:
                    raise
                return Submitted(job=self._enqueue(tenant, submission, request=request, delay=_asked(failure)))
            return self._annotate(tenant, submission, kind)
        return self._annotate(tenant, submission, MediaKind.TEXT if submission.html is None else MediaKind.HTML)

    def run_job(self, tenant: str, job_id: str) -> Job:
        """Do the work of a job; safe to repeat, also when another worker has done it or is at it just now.

        Its article is written with the job, in one step and once: whoever comes late, when it was written and perhaps
        deleted again, writes nothing, and takes back what he has put before he knew.

        Raises FetchFailed when it should be put off, Unavailable or VersionConflict when the queue should deliver it
        again; a failure that lasts ends in a job of status failed. Raises NotFound when there is no such job (any
        more).
        """
        job = self._store.get_job(tenant, job_id)
        if job is None:
            raise NotFound("No such job.")
        if job.status not in _OVER:
            job = self._advance(tenant, job, status=JobStatus.RUNNING, attempts=job.attempts + 1)
        if job.status in _OVER:
            self._clear_up(tenant, job)
            return job
        try:
            article_id = self._do(tenant, job)
        except FetchFailed as failure:
            if failure.retryable and job.attempts < MAX_ATTEMPTS:
                raise
            return self._fail(tenant, job, failure.code, failure.detail)
        except SecondSourceError as failure:
            if failure.status >= 500 or isinstance(failure, VersionConflict):
                raise
            return self._fail(tenant, job, failure.code, failure.detail)
        return self._advance(tenant, job, status=JobStatus.DONE, article_id=article_id, submission=Submission())

    def put_off_job(self, tenant: str, job_id: str, failure: FetchFailed) -> None:
        """Queue a job once more whose page could not be fetched, for when it may be there.

        Its old message has done then: handed back, it would stay hidden for as long as a whole batch may take. How
        often the page was tried stands with the job. Raises Unavailable where nothing was queued.
        """
        job = self._store.get_job(tenant, job_id)
        if job is not None and job.status not in _OVER:
            pause = PAUSES[min(job.attempts, len(PAUSES)) - 1]
            self._queue.send(tenant, job_id, max(pause, _asked(failure)))

    def fail_job(self, tenant: str, job_id: str, code: str, detail: str) -> None:
        """Mark a job failed whose message can not be worked on any more."""
        job = self._store.get_job(tenant, job_id)
        if job is not None and job.status not in _OVER:
            self._advance(tenant, job, status=JobStatus.FAILED, error=JobError(code=code, detail=detail))

    def repeat_job(self, tenant: str, job_id: str) -> Job:
        """Queue a job again that was given up; as it is when it is done. Raises NotFound when there is no such job.

        A job that has failed stays failed, for who asked was told so: its work is a new job, which is answered.
        """
        job = self._store.get_job(tenant, job_id)
        if job is None:
            raise NotFound("No such job.")
        if job.status is JobStatus.FAILED:
            return self._enqueue(tenant, job.submission, job.post, written=job.article_id, came_in=_came_in(job))
        if job.status is not JobStatus.DONE:
            self._queue.send(tenant, job_id)
        return job

    def delete(self, tenant: str, article_id: str) -> bool:
        """Delete an article and all that came from it; its claims are counted anew. False when there was none.

        A repeat after a crash finishes what was begun.
        """
        article = self._store.get_article(tenant, article_id)
        claims = article.analysis.claims if article is not None else ()
        known = [i for c in claims for i in (c.claim_id, *c.contradicts) if i]
        # What it states of others goes first, or its own claims would still be counted with it.
        self._store.delete_mentions(tenant, article_id)
        self._take_back(tenant, known, article_id)
        self._unpublish(tenant, article_id)
        # Late, so that a repeat after a crash still finds which claims have to be counted anew.
        deleted = self._store.delete_article(tenant, article_id)
        if deleted and article is not None:
            self._limits.deleted(tenant, article.expires_at)
        # Who moved one of its occurrences to another record meanwhile, entered it as a version of a post or told of it
        # may have done so behind our back.
        self._take_back(tenant, (), article_id)
        self._unpublish(tenant, article_id)
        return deleted

    def _settle(self, tenant: str, article_id: str) -> None:
        """Make what is put for an article agree with whether it is there; safe to repeat.

        Who takes back what he has put in vain takes back what somebody else has put for the same article as well, and
        who puts it again does so while it may be deleted: each looks once more when he is through.
        """
        for _ in range(_TRIES):
            article = self._store.get_article(tenant, article_id)
            if article is None:
                self._withdraw(tenant, article_id)
            else:
                self._put_again(tenant, article)
            if self._store.has_article(tenant, article_id) == (article is not None):
                return

    def _put_again(self, tenant: str, article: Article, put: Sequence[Occurrence] | None = None) -> bool:
        """Put what of an article's occurrences is not there though it should be; whether anything was missing.

        ``put``: all its occurrences, where they are at hand. A version that a later one has replaced has none.
        """
        claims = article.analysis.claims
        named = {i for claim in claims for i in (claim.claim_id, *claim.contradicts) if i}
        there = set(self._store.claims_of(tenant, article.id))
        if named <= there:
            return False
        # Under another record that theirs has become they are there as well.
        became = {i: record.claim_id for i, record in resolve(self._store, tenant, sorted(named - there)).items()}
        stated = {claim.claim_id for claim in claims}
        lost = {i for i in named - there if became.get(i, i) not in there and (i in stated or i in became)}
        found = self._store.publications_of(tenant, article.id) if lost else ()
        if not lost or (found and article.id not in {one.versions[-1].article_id for one in found}):
            return False
        if put is None:
            signed = self._matcher.sign(article.title, article.text, article.analysis)
            put = self._occurrences(tenant, article, signed)
        if names := names_of(article.analysis):
            self._store.put_mentions(tenant, article.id, article.added_at, names, article.expires_at)
        for occurrence in put:
            if occurrence.claim_id in lost:
                self._store.put_occurrence(tenant, occurrence)
                claim_id = self._recount(tenant, occurrence.claim_id)
                if occurrence.opposes is not None:
                    self._drop(tenant, claim_id)
        return True

    def _withdraw(self, tenant: str, article_id: str) -> None:
        """Take back what was put for an article that is not there; safe to repeat."""
        self._store.delete_mentions(tenant, article_id)
        self._take_back(tenant, (), article_id)
        self._unpublish(tenant, article_id)

    def _take_back(self, tenant: str, known: Sequence[str], article_id: str) -> None:
        touched = self._store.delete_occurrences(tenant, article_id)
        for claim_id in dict.fromkeys([*known, *touched]):
            self._drop(tenant, self._recount(tenant, claim_id))

    def _drop(self, tenant: str, claim_id: str) -> None:
        """Forget a claim that nobody says any more, with what was said against it."""
        left = self._store.occurrences(tenant, claim_id)
        if left and all(occurrence.opposes is not None for occurrence in left):
            for occurrence in left:
                self._store.delete_occurrence(tenant, claim_id, occurrence.article_id)
            self._recount(tenant, claim_id)

    # -- the work of a job

    def _do(self, tenant: str, job: Job) -> str:
        """Have a job's article written, and entered as a version of its post; answers the article's id."""
        submission, kind = job.submission, MediaKind.TEXT if job.submission.html is None else MediaKind.HTML
        if job.article_id is not None:
            article_id = job.article_id
        else:
            if submission.text is None and submission.html is None:
                submission, kind = self._fetched(submission, None), MediaKind.URL
            extracted, article_id = identify(tenant, submission)
            if job.post is None:
                self._added(tenant, article_id, extracted, kind, job)
            else:
                self._publish(tenant, job, job.post, article_id, extracted, kind)
        if job.post is not None:
            self._enter(tenant, job, job.post, article_id)
        return article_id

    def _may_write(self, tenant: str, job: Job) -> bool:
        """Whether no delivery of the job has written its article yet, and it is not over."""
        stored = self._store.get_job(tenant, job.id)
        return stored is not None and stored.status not in _OVER and stored.article_id is None

    def _clear_up(self, tenant: str, job: Job) -> None:
        """Finish what a late delivery of a job that is over has left, if it stopped on its way back."""
        if job.article_id is not None:
            self._settle(tenant, job.article_id)
        if job.post is not None and (known := self._store.get_publication(tenant, job.post)) is not None:
            self._retire(tenant, known)
            self._settle(tenant, known.versions[-1].article_id)

    # -- one article

    def _annotate(self, tenant: str, submission: Submission, kind: MediaKind) -> Submitted:
        extracted, article_id = identify(tenant, submission)
        return Submitted(article_id=article_id, created=self._added(tenant, article_id, extracted, kind))

    def _added(
        self,
        tenant: str,
        article_id: str,
        extracted: Extracted,
        kind: MediaKind,
        job: Job | None = None,
        replaced: str | None = None,
        former: Article | None = None,
    ) -> bool:
        """Annotate and store an article, within the tenant's limits; False when it is there already.

        ``job``: whose article it is; False also where that must not write it. ``former``: what it takes the place of.
        """
        if former is None and self._store.has_article(tenant, article_id):
            return False
        day = self._limits.begin(tenant, adds=former is None)
        created = False
        try:
            created = self._add(tenant, article_id, extracted, kind, job, replaced, former)
        finally:
            if not created:
                with suppress(SecondSourceError):
                    self._limits.give_back(tenant, day)
        return created

    # -- versions of a post

    def _publish(
        self, tenant: str, job: Job, post: Post, article_id: str, extracted: Extracted, kind: MediaKind
    ) -> None:
        """Annotate a version of a post. From then on it is the report, and those before it can only be read.

        A repeat after a crash finishes what was begun.
        """
        known = self._store.get_publication(tenant, post)
        former = replaced = None
        if known is not None:
            if _entered(known, article_id, _came_in(job)):
                return
            if article_id in {version.article_id for version in known.versions}:
                # It is again as it once was: what it says was taken back since, and has to be said anew.
                former = self._store.get_article(tenant, article_id)
            replaced = known.versions[-1].article_id if known.versions[-1].at <= _came_in(job) else None
        self._added(tenant, article_id, extracted, kind, job, replaced, former)

    def _enter(self, tenant: str, job: Job, post: Post, article_id: str) -> None:
        """Enter the article among the versions of its post, tell of it, and take back what those before have said."""
        article = self._store.get_article(tenant, article_id)
        if article is None:
            if self._may_write(tenant, job):
                raise Unavailable("The article was deleted while it was annotated.")
            # It was written for this job and deleted since: so it stays.
            self._settle(tenant, article_id)
            return
        self._retire(tenant, self._put_version(tenant, post, _came_in(job), article))
        # Whoever deletes it looks once more when it is gone; whoever had done so before cannot have found it here.
        # And it may have been retired by a later version that is gone since.
        self._settle(tenant, article_id)

    def _put_version(self, tenant: str, post: Post, at: datetime, article: Article) -> Publication:
        """The post with this version, which is told of when it is entered."""
        records = resolve(self._store, tenant, [c.claim_id for c in article.analysis.claims if c.claim_id])
        version = ArticleVersion(
            article_id=article.id,
            at=at,
            flags=changes.flags_of(article.id, article.analysis.claims, records),
            expires_at=article.expires_at,
        )
        for turn in range(1, _TRIES + 1):
            known = self._store.get_publication(tenant, post)
            if known is not None and _entered(known, article.id, at):
                return known
            now = self._clock.now()
            before = [v for v in known.versions if not has_expired(v, now)] if known is not None else []
            versions = sorted([*(v for v in before if v.article_id != article.id), version], key=lambda one: one.at)
            place = versions.index(version)
            new = Publication(
                post=post,
                versions=tuple(versions[-MOST_VERSIONS:]),
                revision=known.revision + 1 if known is not None else 1,
            )
            try:
                event = changes.published(post, version, versions[place - 1] if place else None, now)
                self._store.put_publication(tenant, new, event)
            except VersionConflict:
                if turn == _TRIES:
                    raise
                self._wait(pause(turn))
                continue
            return new
        raise VersionConflict  # pragma: no cover - the last turn raises

    def _retire(self, tenant: str, publication: Publication) -> None:
        """Take back what the versions before the last have said: a post is one report, however often it is edited."""
        *earlier, last = (version.article_id for version in publication.versions)
        for article_id in dict.fromkeys(earlier):
            # Also of this post, for it may have been edited since it was read.
            found = self._store.publications_of(tenant, article_id)
            if article_id not in {last, *(one.versions[-1].article_id for one in found)}:
                self._store.delete_mentions(tenant, article_id)
                self._take_back(tenant, (), article_id)

    def _unpublish(self, tenant: str, article_id: str) -> None:
        """Take an article out of the posts that it is a version of, and out of what events tell."""
        for event in self._store.events_about(tenant, article_id):
            if event.article_id == article_id:
                self._store.delete_event(tenant, event.id)
            else:
                self._store.change_event(tenant, event.id, partial(changes.forget, gone={article_id}))
        for left in reversed(range(_TRIES)):
            try:
                for publication in self._store.publications_of(tenant, article_id):
                    kept = tuple(version for version in publication.versions if version.article_id != article_id)
                    new = publication.model_copy(update={"versions": kept, "revision": publication.revision + 1})
                    if kept:
                        self._store.put_publication(tenant, new)
                    else:
                        self._store.delete_publication(tenant, publication.post, publication.revision)
            except VersionConflict:
                if not left:
                    raise
                continue
            return

    def _add(
        self,
        tenant: str,
        article_id: str,
        extracted: Extracted,
        kind: MediaKind,
        job: Job | None,
        replaced: str | None,
        former: Article | None,
    ) -> bool:
        """Annotate and store an article; False when somebody else was faster, or deleted what was written for the job.

        A version of a post is told of with that. ``replaced``: the version before it. ``former``: the article of this
        id that was a version before.
        """
        now = self._clock.now()
        analysis = self._analyser(extracted, article_id)
        article = Article(
            id=article_id,
            text=extracted.text,
            kind=kind,
            title=extracted.title,
            url=extracted.url,
            publisher=extracted.publisher,
            byline=extracted.byline,
            published_at=extracted.published_at,
            language=analysis.language or extracted.language,
            truncated=extracted.truncated,
            added_at=now,
            expires_at=self._limits.expiry(tenant, now),
            analysis=analysis,
        )
        signed = self._matcher.sign(extracted.title, extracted.text, analysis)
        claims: list[Claim] = []
        opposites: list[tuple[str, ...]] = []
        rivals: dict[str, tuple[str, ...]] = {}
        looked_up = self._matcher.find_all(tenant, [signed.claims[stated.id] for stated in analysis.claims])
        for stated, found in zip(analysis.claims, looked_up, strict=True):
            claim_id = found.same[0][0] if found.same else digest_id("clm", tenant, article_id, stated.id)
            # What nobody is named for, and no headline says, is put against nothing, but what others have said against
            # it is noted with it.
            opposites.append(tuple(sorted(found.contradicts)))
            contradicted = opposites[-1] if stated.attribution_ids or stated.headline else ()
            claim = stated.model_copy(
                update={"claim_id": claim_id, "contradicts": contradicted, "lookup_cut": bool(found.cut)}
            )
            claims.append(claim)
            if claim.headline:
                rivals[claim_id] = tuple(other for other, _ in found.same[1:])
        article = article.model_copy(update={"analysis": analysis.model_copy(update={"claims": tuple(claims)})})
        occurrences = self._occurrences(tenant, article, signed)
        if job is not None and not self._may_write(tenant, job):
            return False
        # Whom it names comes first: whoever changes what is known of them from here on finds the article by it, and
        # counts whatever of it is there by then; what comes later is counted with what is known then.
        if names := names_of(analysis):
            self._store.put_mentions(tenant, article_id, now, names, article.expires_at)
        # What is read and written of several claims at once is so for speed alone: see recount.
        memo = Memo()
        signatures: Signed = {}
        records: dict[str, ClaimRecord] = {}
        read = self._store.get_claims(tenant, [occurrence.claim_id for occurrence in occurrences])
        for occurrence in occurrences:
            self._store.put_occurrence(tenant, occurrence)
            if replaced is not None:
                # Before it is counted, or the claim would for a moment have two reports that are one post.
                self._store.delete_occurrence(tenant, occurrence.claim_id, replaced)
            claim_id = self._recount(tenant, occurrence.claim_id, records, memo, read, signatures)
            if occurrence.opposes is not None:
                self._drop(tenant, claim_id)  # whose last article was deleted meanwhile
        self._store.put_signatures(tenant, signatures)
        for claim, contradicts in zip(claims, opposites, strict=True):
            self._oppose(tenant, claim, contradicts)
        for claim_id, others in rivals.items():
            self._merge(tenant, claim_id, others)
        # The article comes last: once it can be read, all that belongs to it is there. So its job ends with it.
        event = written = None
        if job is None or job.post is None:
            # Not of when it came in: whoever follows may have passed that moment, for an analysis takes its time.
            flags = changes.flags_of(article_id, claims, records)
            event = changes.annotated(article, flags, self._clock.now())
        if job is not None:
            # What was sent is in the article now, and must not outlive it in the job.
            status = JobStatus.DONE if job.post is None else job.status
            changed = {"status": status, "article_id": article_id, "submission": Submission(), "updated_at": now}
            written = job.model_copy(update=changed)
        if former is not None and written is not None and self._store.replace_article(tenant, article, written):
            self._limits.deleted(tenant, former.expires_at)
        elif not self._store.add_article(tenant, article, event, written):
            self._settle(tenant, article_id)
            if replaced is not None:
                self._settle(tenant, replaced)
            return False
        self._limits.stored(tenant, article.expires_at)
        # A late delivery of another job with the same article may have taken it for its own, and taken it back.
        if self._put_again(tenant, article, occurrences):
            self._settle(tenant, article_id)
        return True

    def _occurrences(self, tenant: str, article: Article, signed: SignedClaims) -> list[Occurrence]:
        """What is put for an article: its claims under their records, and what it says against others.

        One occurrence for one record and article: statements of one record are joined, and what the article itself says
        of a claim stands before what only contradicts it.
        """
        carried: dict[str, Claim] = {}
        against: dict[str, Claim] = {}
        for claim in article.analysis.claims:
            if claim.claim_id is None:
                continue  # of an article that was never looked up
            carried[claim.claim_id] = _merged(carried.get(claim.claim_id), claim)
        now = article.added_at
        once = behind(article, signed)
        found = [build(article, claim, claim_id, now, signed, once) for claim_id, claim in carried.items()]
        calls_false = {o.article_claim_id for o in found if _calls_false(o)}
        for claim in article.analysis.claims:
            for other in claim.contradicts if claim.claim_id and claim.id not in calls_false else ():
                against[other] = _merged(against.get(other), _turned(claim))
        # Against a record that has been deleted since it was found there is nothing to say.
        for record in self._store.get_claims(tenant, [k for k in against if k not in carried]).values():
            opposed = {"opposes": Statement(text=record.text, facts=record.facts), "reporting": False}
            occurrence = build(article, against[record.claim_id], record.claim_id, now)
            found.append(occurrence.model_copy(update=opposed))
        return found

    def _oppose(self, tenant: str, claim: Claim, contradicts: Sequence[str]) -> None:
        """Note with a claim's record who has said the opposite before, under these records."""
        assert claim.claim_id is not None
        if not contradicts:
            return
        known = resolve(self._store, tenant, [claim.claim_id, *contradicts])
        if claim.claim_id not in known:
            return  # deleted meanwhile
        mine = known.pop(claim.claim_id).claim_id
        present = {o.article_id for o in self._store.occurrences(tenant, mine)}
        saying = Statement(text=claim.text, facts=claim.facts.model_copy(update={"keys": ()}))
        for other in dict.fromkeys(record.claim_id for record in known.values()):
            put = []
            for occurrence in self._store.occurrences(tenant, other):
                says = occurrence.opposes is None and (occurrence.attributions or occurrence.headline)
                if says and not _calls_false(occurrence) and occurrence.article_id not in present:
                    present.add(occurrence.article_id)
                    put.append(occurrence.article_id)
                    self._store.put_occurrence(tenant, turned(occurrence, mine, saying))
            # Whoever deletes an article has deleted its occurrences before. What was still there when these had been
            # written, he finds; of what was not, only a deletion that is under way looks once more.
            left = {occurrence.article_id for occurrence in self._store.occurrences(tenant, other)} if put else set()
            for article_id in put:
                if article_id not in left and not self._store.has_article(tenant, article_id):
                    self._store.delete_occurrence(tenant, mine, article_id)
        self._recount(tenant, mine)

    def _merge(self, tenant: str, claim_id: str, others: tuple[str, ...]) -> None:
        """Make one record of this one and those others that tell the same story, now that this one has grown."""
        for other in self._matcher.alike(tenant, claim_id, others) if others else ():
            # Who writes one of them every time has met the other as well, and merges them if nobody has.
            with suppress(VersionConflict):
                merge(self._store, self._clock, tenant, claim_id, other)
        # Those that are merged by now, if by somebody who did not come to move their occurrences: the index has them.
        records = self._store.get_claims(tenant, [claim_id, *others]) if others else {}
        for record in records.values():
            if record.merged_into is not None:
                self._recount(tenant, record.claim_id)

    def _recount(
        self,
        tenant: str,
        claim_id: str,
        counted: dict[str, ClaimRecord] | None = None,
        memo: Memo | None = None,
        read: Mapping[str, ClaimRecord] | None = None,
        signed: Signed | None = None,
    ) -> str:
        """Count a claim; answers the id that its record has now, and notes the record under the old one."""
        # Whoever wins every time has counted what was written here: see recount.
        with suppress(VersionConflict):
            record = recount(self._store, self._clock, tenant, claim_id, memo=memo, read=read, signed=signed)
            if record is not None and counted is not None:
                counted[claim_id] = record
            return claim_id if record is None else record.claim_id
        return claim_id

    # -- jobs

    def _enqueue(
        self,
        tenant: str,
        submission: Submission,
        post: Post | None = None,
        request: str | None = None,
        written: str | None = None,
        came_in: datetime | None = None,
        delay: int = 0,
    ) -> Job:
        now, job_id = self._clock.now(), self._job_ids()
        if request is not None:
            named = digest_id("job", tenant, request)
            known = self._store.get_job(tenant, named)
            if known is not None and now - known.created_at < timedelta(hours=REQUEST_HOURS):
                return self._again(tenant, known)
            job_id = named if known is None else job_id
        # Whoever waits for a job should not wait for a refusal.
        self._limits.check(tenant)
        last = now + timedelta(days=JOB_DAYS)
        job = Job(
            id=job_id,
            status=JobStatus.QUEUED,
            submission=submission,
            post=post,
            article_id=written,
            came_in=came_in,
            created_at=now,
            updated_at=now,
            expires_at=min(last, self._limits.expiry(tenant, now) or last),
        )
        if not self._store.add_job(tenant, job):
            return self._again(tenant, self._store.get_job(tenant, job.id) or job)
        self._queue.send(tenant, job.id, delay)
        return job

    def _again(self, tenant: str, job: Job) -> Job:
        """The job of who sent this before, and may have stopped before it was queued."""
        if job.status is JobStatus.QUEUED:
            self._queue.send(tenant, job.id)  # twice in the queue is once done
        return job

    def _fail(self, tenant: str, job: Job, code: str, detail: str) -> Job:
        # As it is stored: it may have written its article since it was read, and forgotten what was sent.
        job = self._store.get_job(tenant, job.id) or job
        return self._advance(tenant, job, status=JobStatus.FAILED, error=JobError(code=code, detail=detail))

    def _advance(self, tenant: str, job: Job, **new: object) -> Job:
        now = self._clock.now()
        changed = job.model_copy(update={**new, "updated_at": now})
        event = changes.failed(changed, now) if changed.status is JobStatus.FAILED else None
        if self._store.update_job(tenant, changed, event):
            return changed
        stored = self._store.get_job(tenant, job.id)
        if stored is None:
            raise NotFound("No such job.")
        return stored

    def _fetched(self, submission: Submission, deadline: float | None) -> Submission:
        assert submission.url is not None
        page = self._fetcher.fetch(submission.url, deadline)
        body = {"text": page.body} if page.media_type == "text/plain" else {"html": page.body}
        return submission.model_copy(update={**body, "url": page.url})


def _asked(failure: FetchFailed) -> int:
    """The seconds that a site asks to wait, as far as they are waited."""
    return min(failure.retry_after or 0, LONGEST_PAUSE)


def _came_in(job: Job) -> datetime:
    """When what a job is to annotate came in, also where it repeats another one."""
    return job.came_in or job.created_at


def _entered(publication: Publication, article_id: str, at: datetime) -> bool:
    """Whether nothing is to be entered of a version of this time: it is the last one, or known and late."""
    known = article_id in {version.article_id for version in publication.versions}
    last = publication.versions[-1]
    return known and (last.article_id == article_id or last.at > at)


def identify(tenant: str, submission: Submission) -> tuple[Extracted, str]:
    """What a submission of text or HTML holds, and the id that it is stored under.

    Raises TooLarge and UnprocessableInput for what is no article.
    """
    extracted = _extracted(submission)
    return extracted, _article_id(tenant, extracted)


def _extracted(submission: Submission) -> Extracted:
    """The text with what is known of it; what the caller says of an article goes before what its markup says."""
    found = accept(submission.text) if submission.text is not None else extract(submission.html or "", submission.url)
    given = {
        name: value
        for name in ("title", "publisher", "byline", "published_at")
        if (value := getattr(submission, name)) is not None
    }
    if found.url is None and submission.url is not None:
        given["url"] = web_url(submission.url)
    return found.model_copy(update=given)


def _article_id(tenant: str, extracted: Extracted) -> str:
    """The id follows from what identifies an article: its text, where it stands, who published it, when."""
    digest = hashlib.sha256()
    published = extracted.published_at.isoformat() if extracted.published_at else ""
    for part in (extracted.text, extracted.url or "", extracted.publisher or "", extracted.title or "", published):
        digest.update(part.encode("utf-8", "replace") + b"\0")
    return digest_id("art", tenant, digest.hexdigest())


def _calls_false(occurrence: Occurrence) -> bool:
    """Whether the article calls false what it tells, so that it is not for what its claim says against others."""
    return any(denial.outright for denial in occurrence.denials)


def _turned(claim: Claim) -> Claim:
    """A claim that contradicts a record, seen from there: those who carry it dispute the record's claim."""
    return claim.model_copy(update={"attribution_ids": (), "disputed_by": claim.attribution_ids, "headline": False})


def _merged(first: Claim | None, second: Claim) -> Claim:
    """Two statements of one article that belong to one record, as one."""
    if first is None:
        return second
    return first.model_copy(
        update={
            "spans": tuple(dict.fromkeys([*first.spans, *second.spans])),
            "attribution_ids": tuple(dict.fromkeys([*first.attribution_ids, *second.attribution_ids])),
            "disputed_by": tuple(dict.fromkeys([*first.disputed_by, *second.disputed_by])),
            "states": tuple(dict.fromkeys([*first.states, *second.states])),
            "headline": first.headline or second.headline,
            "own_witness": first.own_witness or second.own_witness,
            "place": first.place or second.place,
        }
    )
