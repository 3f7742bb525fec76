"""What has happened, as events tell of it: a claim's flags are others than they were, an article has come in, a job has
failed."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from secondsource.model import (
    Article,
    ArticleVersion,
    Claim,
    ClaimRecord,
    Event,
    EventType,
    Flag,
    Job,
    Post,
    RaisedFlag,
)
from secondsource.present.report import concerns
from secondsource.services.ids import digest_id
from secondsource.stored import stamp

GONE: Final = "It rested on an article that is gone."
"""What an event says in the place of a flag's reason, which may hold names and words of that article."""

SHARED: Final = "It looks at several articles: see the report."
"""What an event of an article says in the place of the reason of such a flag."""

_NAMED = ("source", "outlet")
"""Nodes of the origin graph whose labels are names that a flag's reason may hold."""


def change(before: ClaimRecord, after: ClaimRecord, at: datetime) -> Event | None:
    """The event of one count of a record; None for its first count, and where no flag changed.

    A flag has changed when its level, the articles that it concerns or the sources that it names have; not when there
    are only more articles or other words for the same, nor when an article has taken the place of another that is gone
    (a post of a CMS that was edited).
    """
    if before.origins is None:
        return None
    old, new = raised(before), raised(after)
    kept = set(before.articles) & set(after.articles)
    if _essence(old, kept) == _essence(new, kept):
        return None
    told = _event(before, after.version, after.articles, _without(old, lost(before, after)), new, at)
    return told.model_copy(update={"stale_at": after.stale_at})


def lost(before: ClaimRecord, after: ClaimRecord) -> set[str]:
    """The articles that a count has lost: those that carried the claim, and those that stated something beside it."""
    carried = {*before.articles, *before.replaced}.difference(after.articles, after.replaced)
    return carried | set(before.beside).difference(articles_of(after))


def articles_of(record: ClaimRecord) -> set[str]:
    """All articles that a record's events may tell of."""
    return {*record.articles, *record.replaced, *record.beside}


def end(record: ClaimRecord, at: datetime) -> Event | None:
    """The event of a record's deletion: its flags are gone; None where it had none."""
    old = raised(record)
    return _event(record, record.version + 1, (), _without(old, articles_of(record)), (), at) if old else None


def annotated(article: Article, flags: tuple[RaisedFlag, ...], at: datetime) -> Event:
    """The event that an article has come in, which is no version of a post."""
    return Event(
        id=digest_id("evt", "article", article.id, stamp(article.added_at)),
        type=EventType.ARTICLE_ANNOTATED,
        at=at,
        article_id=article.id,
        after=flags,
        expires_at=article.expires_at,
    )


def published(post: Post, version: ArticleVersion, before: ArticleVersion | None, at: datetime) -> Event:
    """The event that a version of a post has come in, with the flags of the version before it."""
    told = (post.webhook_id, post.external_id, version.article_id, stamp(version.at))
    return Event(
        id=digest_id("evt", "post", *told),
        type=EventType.ARTICLE_ANNOTATED,
        at=at,
        article_id=version.article_id,
        replaces=before.article_id if before else None,
        post=post,
        before=before.flags if before else (),
        after=version.flags,
        expires_at=version.expires_at,
        stale_at=before.expires_at if before else None,
    )


def failed(job: Job, at: datetime) -> Event:
    """The event that a job has failed."""
    return Event(
        id=digest_id("evt", "job", job.id, stamp(job.created_at)),
        type=EventType.JOB_FAILED,
        at=at,
        job_id=job.id,
        post=job.post,
        error=job.error,
        expires_at=job.expires_at,
    )


def flags_of(article_id: str, claims: Iterable[Claim], records: Mapping[str, ClaimRecord]) -> tuple[RaisedFlag, ...]:
    """The flags of an article, each with its claim, by the records of these ids.

    What a flag says of other articles is left to the report: an event of one article outlives none of its own words,
    and need not be looked through when another is deleted.
    """
    found: dict[RaisedFlag, None] = {}
    for claim_id in dict.fromkeys(claim.claim_id for claim in claims if claim.claim_id in records):
        record = records[claim_id or ""]
        for flag in record.flags:
            if concerns(flag, article_id):
                found[_own(_raised(flag, _names(record)), flag, article_id, record.claim_id)] = None
    return tuple(found)


def _own(told: RaisedFlag, flag: Flag, article_id: str, claim_id: str) -> RaisedFlag:
    its_own = flag.scope.kind == "article" and all(shown.article_id == article_id for shown in flag.evidence)
    changes: dict[str, object] = {"claim": claim_id, "articles": (article_id,)}
    if not its_own:
        changes |= {"reason": SHARED, "sources": ()}
    return told.model_copy(update=changes)


def forget(event: Event, gone: Collection[str], stale_at: datetime | None = None) -> Event | None:
    """The event without what it says of articles that are gone; None where it says nothing of them.

    ``stale_at``: when the next of those that it may tell of expires.
    """
    changed = event.model_copy(
        update={
            "articles": tuple(article_id for article_id in event.articles if article_id not in gone),
            "before": _without(event.before, gone),
            "after": _without(event.after, gone),
            "replaces": None if event.replaces in gone else event.replaces,
            "stale_at": stale_at,
        }
    )
    told = {*event.articles, event.replaces, *(i for flag in (*event.before, *event.after) for i in flag.articles)}
    return changed if told.intersection(gone) else None


def _without(flags: tuple[RaisedFlag, ...], gone: Collection[str]) -> tuple[RaisedFlag, ...]:
    """The flags without the words of those that such an article had a part in: all that look at several articles."""
    return tuple(
        flag.model_copy(
            update={
                "reason": GONE,
                "articles": tuple(article_id for article_id in flag.articles if article_id not in gone),
                "sources": (),
            }
        )
        if gone and (flag.scope.kind != "article" or set(flag.articles).intersection(gone))
        else flag
        for flag in flags
    )


def raised(record: ClaimRecord) -> tuple[RaisedFlag, ...]:
    """The record's flags as events tell of them."""
    return tuple(_raised(flag, _names(record)) for flag in record.flags)


def _raised(flag: Flag, names: tuple[str, ...]) -> RaisedFlag:
    return RaisedFlag(
        code=flag.code,
        level=flag.level,
        reason=flag.reason,
        rule=flag.rule,
        scope=flag.scope,
        articles=tuple(sorted({shown.article_id for shown in flag.evidence})),
        sources=tuple(name for name in names if _names_in(flag.reason, name)),
    )


def _names(record: ClaimRecord) -> tuple[str, ...]:
    """All names of sources and outlets that the record knows of."""
    nodes = record.origins.nodes if record.origins else ()
    found = {node.label for node in nodes if node.type in _NAMED}
    return tuple(sorted({*found, *record.contested_by, *(stake.source_name for stake in record.stakes)} - {""}))


def _names_in(reason: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", reason, re.IGNORECASE) is not None


def _essence(flags: tuple[RaisedFlag, ...], kept: Collection[str]) -> list[tuple[object, ...]]:
    """What has to differ for a change. Of the articles that have come or gone meanwhile only how many they are."""
    return sorted(
        (
            flag.code.value,
            flag.level.value,
            len(flag.articles),
            tuple(article_id for article_id in flag.articles if article_id in kept),
            flag.sources,
        )
        for flag in flags
    )


def _event(
    record: ClaimRecord,
    version: int,
    articles: tuple[str, ...],
    before: tuple[RaisedFlag, ...],
    after: tuple[RaisedFlag, ...],
    at: datetime,
) -> Event:
    return Event(
        id=digest_id("evt", record.claim_id, str(version)),
        claim_id=record.claim_id,
        at=at,
        version=version,
        articles=articles,
        before=before,
        after=after,
    )
