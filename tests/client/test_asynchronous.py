"""The client for asyncio: it says the same as the other, and lets other tasks run meanwhile."""

import asyncio
import inspect
import time

import httpx
import pytest

from secondsource.local import serve
from secondsource_client import (
    ActorGiven,
    AsyncClient,
    Client,
    JobFailed,
    NotFound,
    ServerFailed,
    StillRunning,
    Submission,
    Unauthorized,
    Unreachable,
)
from tests.client.answers import HEALTH, KEY, REPORT, Answers, ok, problem
from tests.client.test_sync import EVENT, JOB

CALLS = [name for name, found in vars(Client).items() if callable(found) and not name.startswith("_")]
STORY = Submission(text="The dam is unsafe.")


def test_both_clients_have_the_same_calls() -> None:
    assert {name for name in vars(AsyncClient) if not name.startswith("_")} == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_call_takes_and_says_the_same_in_both(name: str) -> None:
    waits, awaits = getattr(Client, name), getattr(AsyncClient, name)

    assert list(inspect.signature(waits).parameters.values()) == list(inspect.signature(awaits).parameters.values())
    assert str(inspect.signature(waits).return_annotation).replace("Events", "").replace("Iterator", "") == (
        str(inspect.signature(awaits).return_annotation).replace("AsyncEvents", "").replace("AsyncIterator", "")
    )
    assert inspect.getdoc(awaits) == (inspect.getdoc(waits) or "").replace("``with``", "``async with``")


def test_articles_go_in_at_once_and_come_out_in_pages(running: serve.Running) -> None:
    async def run() -> None:
        async with AsyncClient(running.url, running.api_key) as client:
            texts = [f"Sent at once, {number}." for number in range(5)]
            reports = await asyncio.gather(*(client.annotate(Submission(text=text)) for text in texts))
            listed = [article.id async for article in client.articles(page_size=2)]

            assert [report.text for report in reports] == texts
            assert {report.id for report in reports} <= set(listed)
            assert (await client.article(reports[0].id)).text == texts[0]
            assert "Sent at once" in await client.summary(reports[0].id)
            await client.delete_article(reports[0].id)
            with pytest.raises(NotFound):
                await client.article(reports[0].id)

    asyncio.run(run())


def test_a_job_is_waited_for(running: serve.Running) -> None:
    async def run() -> str:
        async with AsyncClient(running.url, running.api_key) as client:
            job = await client.submit(Submission(text="Later, for asyncio."), later=True)
            return (await client.article(await client.wait(job.id))).text

    assert asyncio.run(run()) == "Later, for asyncio."


def test_the_register_goes_out_and_in_again(running: serve.Running) -> None:
    async def run() -> None:
        async with AsyncClient(running.url, running.api_key) as client:
            made = await client.put_actor("varn-dam", ActorGiven(name="Varn Dam", kind="corporate"))
            lines = [line async for line in client.export_actors()]

            assert (await client.actor("varn-dam")).tag == made.tag
            assert (await client.import_actors(lines)).unchanged == len(lines) == 1
            await client.delete_actor("varn-dam", if_match=made.tag)

    asyncio.run(run())


def test_what_passes_is_tried_again_under_one_key() -> None:
    answers = Answers(httpx.ReadTimeout("slow"), problem(503, Retry_After="2"), ok(REPORT, 201))

    asyncio.run(answers.async_client().submit(STORY))

    assert answers.slept == [0.5, 2.5]
    assert len(answers.keys) == 3
    assert len(set(answers.keys)) == 1


def test_what_does_not_pass_is_told() -> None:
    with pytest.raises(ServerFailed):
        asyncio.run(Answers(*[problem(504)] * 5).async_client().health())
    with pytest.raises(Unreachable):
        asyncio.run(Answers(*[httpx.ConnectError("refused")] * 5).async_client().health())
    with pytest.raises(Unauthorized):
        asyncio.run(Answers(problem(401)).async_client().health())


def test_jobs_that_fail_or_go_on_are_told() -> None:
    with pytest.raises(JobFailed):
        asyncio.run(Answers(ok({**JOB, "status": "failed"})).async_client().wait("job_1"))
    with pytest.raises(StillRunning):
        asyncio.run(Answers(ok({**JOB, "status": "running"})).async_client().wait("job_1", timeout=0))


def test_an_article_that_takes_too_long_is_asked_for_as_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    queued, done = {**JOB, "status": "queued"}, {**JOB, "status": "done", "article_id": "art_1"}
    answers = Answers(problem(504, "timeout"), ok({"job": queued}, 202), ok(done), ok(REPORT))
    assert asyncio.run(answers.async_client().annotate(STORY)).id == "art_1"
    assert [request.headers.get("Prefer") for request in answers.asked[:2]] == [None, "respond-async"]

    late = Answers(problem(504, "timeout"), ok({"job": queued}, 202), ok(queued))
    client = late.async_client()
    monkeypatch.setattr(time, "monotonic", lambda: 10.0 * len(late.asked))
    with pytest.raises(StillRunning):
        asyncio.run(client.annotate(STORY, timeout=25.0))


def test_lines_go_in_as_many_a_call_as_the_api_takes() -> None:
    counts = {"created": 200, "changed": 0, "unchanged": 0}
    left_out = {"line": 5, "reason": "No name."}
    answers = Answers(ok({**counts, "failed": []}), ok({**counts, "created": 9, "failed": [left_out]}))

    done = asyncio.run(answers.async_client().import_actors({"id": str(number)} for number in range(210)))

    assert (done.created, [failed.line for failed in done.failed]) == (209, [205])
    assert [request.content.count(b"\n") for request in answers.asked] == [200, 10]


def test_a_call_that_is_cancelled_is_not_tried_again() -> None:
    async def run() -> int:
        asked = 0
        begun = asyncio.Event()

        async def never(request: httpx.Request) -> httpx.Response:
            nonlocal asked
            asked += 1
            begun.set()
            await asyncio.Event().wait()
            return ok(HEALTH)

        async with AsyncClient("https://api.test", KEY, transport=httpx.MockTransport(never)) as client:
            call = asyncio.create_task(client.health())
            await begun.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
        return asked

    assert asyncio.run(run()) == 1


def test_events_come_once_and_the_position_moves() -> None:
    first = ok({"items": [{**EVENT, "id": "a"}, {**EVENT, "id": "b"}], "next": "after-a"})
    answers = Answers(first, ok({"items": [{**EVENT, "id": "b"}], "next": "after-a"}))

    async def run() -> tuple[list[str], str | None]:
        events = answers.async_client().events()
        return [event.id async for event in events], events.position

    assert asyncio.run(run()) == (["a", "b"], "after-a")
