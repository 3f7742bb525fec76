"""A story in the store: what routes about claims, comparisons and jobs have to show, without an analysis."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from secondsource.model import (
    Analysis,
    Article,
    Claim,
    ClaimRecord,
    Evidence,
    Facts,
    Job,
    JobStatus,
    MediaKind,
    Occurrence,
    Origins,
    Submission,
)

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
_NUMBERS = count(1)


def store_story(cloud: Any, tenant: str, articles: int = 1) -> dict[str, Any]:
    """Articles that carry one claim, its record, and a job that is done; answers their ids."""
    store, number = cloud.wiring.store, next(_NUMBERS)
    claim_id = f"clm_{number:026d}"
    article_ids = tuple(f"art_{number:013d}{place:013d}" for place in range(articles))
    text = "The dam at Varn is unsafe."
    for article_id in article_ids:
        claim = Claim(id="c1", text=text[:-1], spans=((0, len(text) - 1),), headline=True, claim_id=claim_id)
        store.add_article(
            tenant,
            Article(id=article_id, text=text, kind=MediaKind.TEXT, added_at=NOW, analysis=Analysis(claims=(claim,))),
        )
        store.put_occurrence(
            tenant,
            Occurrence(
                claim_id=claim_id,
                article_id=article_id,
                article_claim_id="c1",
                headline=True,
                title=None,
                publisher=None,
                url=None,
                published_at=None,
                added_at=NOW,
                text=text[:-1],
                own_witness=False,
                sentences=(Evidence(article_id=article_id, start=0, end=len(text), exact=text),),
            ),
        )
    store.add_claim(
        tenant,
        ClaimRecord(
            claim_id=claim_id,
            text=text[:-1],
            created_at=NOW,
            facts=Facts(keys=("dam|unsaf",)),
            articles=article_ids,
            origins=Origins(low=1, best=1, high=1, groups=(article_ids,)),
        ),
    )
    job = Job(
        id=f"job_{number:026d}",
        status=JobStatus.DONE,
        submission=Submission(url="https://courier.test/dam?token=secret"),
        article_id=article_ids[0],
        created_at=NOW,
        updated_at=NOW,
        expires_at=datetime.now(UTC) + timedelta(days=1),
    )
    store.add_job(tenant, job)
    return {"article": article_ids[0], "articles": article_ids, "claim": claim_id, "job": job.id}
