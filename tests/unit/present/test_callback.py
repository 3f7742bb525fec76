"""The body of a callback: small whatever has happened, and a way to the report."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.model import Event, EventType, JobError, Post
from secondsource.present.callback import MAX_BYTES, body
from tests.contract.samples import START, annotated, event

API = "https://api.test/live"


def content(of: Event) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body(of, API))
    return found


def test_flags_that_changed_are_told_with_the_claim_and_a_report() -> None:
    found = content(event())

    assert found["type"] == "claim.flags.changed"
    assert found["timestamp"] == "2026-03-01T12:00:01Z"
    data = found["data"]
    assert (data["event_id"], data["claim_id"], data["articles"], data["before"]) == ("evt_1", "clm_1", ["art_1"], [])
    assert data["after"] == [
        {
            "code": "single_source",
            "level": "caution",
            "reason": "It rests on Owen Strand alone.",
            "sources": ["Owen Strand"],
        }
    ]
    assert data["links"] == {
        "report": f"{API}/v1/articles/art_1/report",
        "article": f"{API}/v1/articles/art_1",
        "claim": f"{API}/v1/claims/clm_1",
    }


def test_an_edit_is_told_with_what_it_replaces() -> None:
    post = Post(webhook_id="here.1", external_id="p-1")
    data = content(annotated(2, replaces="art_1", post=post))["data"]

    assert (data["article_id"], data["replaces"], data["post"]) == ("art_2", "art_1", post.model_dump())
    assert data["links"]["report"] == f"{API}/v1/articles/art_2/report"


def test_a_job_that_failed_is_told_with_its_reason() -> None:
    error = JobError(code="timeout", detail="The site did not answer in time.")
    failed = Event(id="evt_1", type=EventType.JOB_FAILED, at=START, job_id="job_1", error=error)

    assert content(failed)["data"] == {
        "event_id": "evt_1",
        "job_id": "job_1",
        "error": error.model_dump(),
        "links": {"job": f"{API}/v1/jobs/job_1"},
    }


@pytest.mark.parametrize("reason", ["x" * 50_000, "\N{GRINNING FACE}" * 50_000, "\x00" * 50_000])
def test_whatever_has_happened_it_stays_under_20_kb_and_says_what_was_left_out(reason: str) -> None:
    (flag,) = event().after
    flags = tuple(
        flag.model_copy(update={"reason": reason, "sources": (reason,) * 40, "articles": (f"art_{n}",)})
        for n in range(300)
    )
    large = event(before=flags, after=flags, articles=tuple(f"art_{n}" for n in range(5_000)))

    assert len(body(large, API)) <= MAX_BYTES
    assert content(large)["data"]["truncated"] is True
    assert "truncated" not in content(event())["data"]


@pytest.mark.parametrize("left_out", ["articles", "flags", "sources", "reason"])
def test_what_is_left_out_of_a_small_one_is_told_too(left_out: str) -> None:
    (flag,) = event().after
    few = [f"n{n}" for n in range(60)]
    changed = {
        "articles": event(articles=tuple(few)),
        "flags": event(before=(flag.model_copy(update={"reason": "", "sources": ()}),) * 60),
        "sources": event(after=(flag.model_copy(update={"sources": tuple(few)}),)),
        "reason": event(after=(flag.model_copy(update={"reason": "x" * 501}),)),
    }[left_out]

    assert content(changed)["data"]["truncated"] is True


@settings(max_examples=50)
@given(st.text(max_size=512), st.integers(0, 60))
def test_it_is_json_in_utf_8_whatever_the_id_in_the_cms(name: str, count: int) -> None:
    (flag,) = event().after
    found = annotated(1, after=(flag,) * count, post=Post(webhook_id="here.1", external_id=name))
    assert content(found)["data"]["post"]["external_id"] == name
    assert len(body(found, API)) <= MAX_BYTES
