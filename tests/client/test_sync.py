"""The client against the local server, over a real socket."""

import time
from collections.abc import Iterator

import httpx
import pytest

from secondsource.local import serve
from secondsource.services.annotate import PAUSES
from secondsource.web.actors import MAX_IMPORT_LINES
from secondsource.web.fetch import Limits
from secondsource_client import (
    ActorGiven,
    BadRequest,
    Client,
    Job,
    JobFailed,
    NotFound,
    PreconditionFailed,
    RelationGiven,
    Report,
    StillRunning,
    Submission,
    Unauthorized,
    calls,
)
from secondsource_client.waiting import WAIT_SECONDS
from tests.client.answers import REPORT, Answers, ok, problem

ACTOR = ActorGiven(
    name="Varn Water",
    aliases=("VW",),
    kind="corporate",
    relations=(
        RelationGiven(type="owned_by", object="Owen Strand", source_url="https://register.test/1", date="2026-01-02"),
    ),
)
JOB = {
    "id": "job_1",
    "article_id": None,
    "error": None,
    "created_at": "2026-05-04T09:00:00Z",
    "updated_at": "2026-05-04T09:00:00Z",
    "expires_at": "2026-05-05T09:00:00Z",
    "links": {},
}
EVENT = {"at": "2026-05-04T09:00:00Z", "claim_id": "clm_1", "version": 2}


@pytest.fixture
def client(running: serve.Running) -> Iterator[Client]:
    with Client(running.url, running.api_key) as found:
        yield found


def _submitted(client: Client, text: str) -> Report:
    found = client.submit(Submission(text=text))
    assert isinstance(found, Report)
    return found


def test_an_article_goes_in_and_its_report_comes_out(client: Client) -> None:
    report = _submitted(client, "The dam is unsafe. Größe 🦆.")

    assert client.article(report.id) == report
    assert report.claims[0].text == "The dam is unsafe"
    assert "The dam is unsafe" in client.summary(report.id)
    assert client.report_page(report.id).startswith("<!DOCTYPE html>")
    assert client.annotations(report.id)["type"] == "AnnotationCollection"
    assert client.annotations(report.id, page=0)["type"] == "AnnotationPage"
    assert client.versions(report.id).items == ()


def test_a_job_is_waited_for(client: Client) -> None:
    job = client.submit(Submission(text="Later than the rest."), later=True)
    assert isinstance(job, Job)

    assert client.article(client.wait(job.id)).text == "Later than the rest."


def test_one_key_is_one_article_however_often_it_is_sent(client: Client) -> None:
    first, again = (client.annotate(Submission(text="Once."), idempotency_key="run 7") for _ in range(2))

    assert first.id == again.id
    with pytest.raises(BadRequest) as caught:
        client.annotate(Submission(text="Other."), idempotency_key="run 7")
    assert caught.value.code == "idempotency-key-reused"


def test_lists_go_over_all_their_pages(client: Client) -> None:
    ids = [_submitted(client, f"Listed {number}.").id for number in range(5)]

    found = [article.id for article in client.articles(page_size=2)]

    assert [article_id for article_id in found if article_id in ids] == ids[::-1]
    assert len(found) == len(set(found))


def test_a_deleted_article_is_gone(client: Client) -> None:
    report = _submitted(client, "To be deleted.")

    client.delete_article(report.id)

    with pytest.raises(NotFound):
        client.article(report.id)
    with pytest.raises(NotFound):
        client.delete_article(report.id)


def test_what_is_wrong_with_a_field_is_told(client: Client) -> None:
    with pytest.raises(BadRequest) as caught:
        client.submit(Submission(text="a", html="b"))

    assert (caught.value.status, caught.value.code) == (422, "unprocessable")
    assert "text or html" in str([found.detail for found in caught.value.fields]) + str(caught.value)


def test_a_key_that_is_not_valid_is_told(running: serve.Running) -> None:
    with Client(running.url, "ss_wrong") as client, pytest.raises(Unauthorized):
        next(client.articles())


def test_the_register_is_kept(client: Client) -> None:
    made = client.put_actor("varn-water", ACTOR, only_new=True)
    with pytest.raises(PreconditionFailed):
        client.put_actor("varn-water", ACTOR, only_new=True)
    changed = client.put_actor("varn-water", ActorGiven(name="Varn Waters", kind="corporate"), if_match=made.tag)
    with pytest.raises(PreconditionFailed):
        client.delete_actor("varn-water", if_match=made.tag)

    assert client.actor("varn-water").tag == changed.tag != made.tag
    assert made.relations[0].object == "Owen Strand"
    assert [actor.id for actor in client.actors(name="Varn Waters")] == ["varn-water"]
    client.delete_actor("varn-water", if_match=changed.tag)
    assert list(client.actors()) == []


def test_the_register_goes_out_and_in_again(client: Client) -> None:
    lines = [{"id": f"actor-{number}", "name": f"Actor {number}", "kind": "person"} for number in range(3)]
    done = client.import_actors([*lines, {"id": "bad"}])

    assert (done.created, [failed.line for failed in done.failed]) == (3, [4])
    assert client.import_actors(client.export_actors()).unchanged == 3
    assert [actor.id for actor in client.actors(page_size=1)] == ["actor-2", "actor-1", "actor-0"]


def test_many_more_go_in_than_one_call_takes(client: Client) -> None:
    lines = [{"id": f"many-{number}", "name": f"Actor {number}", "kind": "person"} for number in range(450)]
    wrong = {"id": "bad"}

    done = client.import_actors([*lines[:210], wrong, *lines[210:], wrong])

    assert (done.created, [failed.line for failed in done.failed]) == (450, [211, 452])
    listed = [actor.id for actor in client.actors() if actor.id.startswith("many-")]
    assert listed == [line["id"] for line in lines][::-1]
    assert client.import_actors(line for line in lines).unchanged == 450


def test_a_call_takes_as_many_lines_as_the_api() -> None:
    assert calls.IMPORTED_AT_ONCE == MAX_IMPORT_LINES


def test_of_an_empty_list_nothing_is_sent() -> None:
    done = Answers().client().import_actors([])
    assert (done.created, done.changed, done.unchanged, done.failed) == (0, 0, 0, ())


def test_lines_are_read_before_any_is_sent() -> None:
    lines = [{"id": str(number)} for number in range(200)]
    answers = Answers()

    with pytest.raises(TypeError):
        answers.client().import_actors([*lines, {"id": object()}])

    assert answers.asked == []


def test_the_service_runs(client: Client) -> None:
    assert client.health().status == "ok"


class TestWaiting:
    def test_a_job_that_fails_says_why(self) -> None:
        error = {"code": "dns-failed", "detail": "There is no such host."}
        answers = Answers(
            ok({"job": {**JOB, "status": "queued"}}, 202), ok({**JOB, "status": "failed", "error": error})
        )

        with pytest.raises(JobFailed, match="dns-failed: There is no such host") as caught:
            answers.client().annotate(Submission(url="https://gone.test/"))

        assert caught.value.job.status == "failed"

    def test_a_job_that_goes_on_is_not_waited_for_for_ever(self) -> None:
        answers = Answers(ok({**JOB, "status": "running"}))

        with pytest.raises(StillRunning, match="job_1 is running"):
            answers.client().wait("job_1", timeout=0)

    def test_an_article_that_takes_too_long_is_asked_for_as_a_job(self) -> None:
        done = ok({**JOB, "status": "done", "article_id": "art_1"})
        answers = Answers(problem(504, "timeout"), ok({"job": {**JOB, "status": "queued"}}, 202), done, ok(REPORT))

        assert answers.client().annotate(Submission(text="A long read.")).id == "art_1"
        first, second, *_ = answers.asked
        assert ("Prefer" in first.headers, second.headers["Prefer"]) == (False, "respond-async")
        assert first.content == second.content
        # Another request, for which the key of the first would be refused.
        assert answers.keys[0] != answers.keys[1]
        assert answers.slept == []

    def test_that_job_has_a_key_that_follows_from_one_that_is_given(self) -> None:
        keys = []
        for given in ("run 7", "run 7", "run 8"):
            answers = Answers(problem(504, "timeout"), ok(REPORT))
            answers.client().annotate(Submission(text="A long read."), idempotency_key=given)
            assert answers.keys[0] == f'"{given}"' != answers.keys[1]
            keys.append(answers.keys[1])

        assert keys[0] == keys[1] != keys[2]

    @pytest.mark.parametrize("answered", [problem(503), problem(504), problem(502, "timeout")])
    def test_other_failures_are_tried_again_as_ever(self, answered: httpx.Response) -> None:
        answers = Answers(answered, ok(REPORT))

        answers.client().annotate(Submission(text="The dam is unsafe."))

        assert [request.headers.get("Prefer") for request in answers.asked] == [None, None]
        assert answers.keys[0] == answers.keys[1]

    def test_a_page_that_took_too_long_to_fetch_is_told(self) -> None:
        with pytest.raises(BadRequest):
            Answers(problem(422, "timeout")).client().annotate(Submission(url="https://slow.test/"))

    def test_the_time_is_counted_from_the_call(self, monkeypatch: pytest.MonkeyPatch) -> None:
        queued = {**JOB, "status": "queued"}
        answers = Answers(problem(504, "timeout"), ok({"job": queued}, 202), ok(queued))
        monkeypatch.setattr(time, "monotonic", lambda: 10.0 * len(answers.asked))

        with pytest.raises(StillRunning):
            answers.client().annotate(Submission(text="A long read."), timeout=25.0)

        assert answers.slept == []

    def test_it_asks_less_and_less_often(self) -> None:
        queued = ok({**JOB, "status": "queued"})
        answers = Answers(queued, queued, queued, ok({**JOB, "status": "done", "article_id": "art_1"}), ok(REPORT))

        assert answers.client().wait("job_1") == "art_1"
        assert answers.slept == [1.0, 1.5, 2.25]


def test_who_waits_for_as_long_as_is_usual_sees_the_second_try_of_a_page() -> None:
    assert PAUSES[0] + 2 * Limits().deadline_seconds < WAIT_SECONDS


class TestPages:
    def test_no_page_is_asked_for_before_it_is_needed(self) -> None:
        item = {"id": "art_1", "added_at": "2026-05-04T09:00:00Z"}
        answers = Answers(ok({"items": [item], "next": "b"}))

        found = answers.client().articles()
        assert answers.asked == []
        next(found)

        assert len(answers.asked) == 1

    def test_a_list_that_leads_back_to_itself_ends(self) -> None:
        page = ok({"items": [], "next": "a"})

        assert list(Answers(page, page).client().articles()) == []


class TestEvents:
    def test_each_comes_once_though_the_newest_are_told_twice(self) -> None:
        first = ok({"items": [{**EVENT, "id": "a"}, {**EVENT, "id": "b"}], "next": "after-a"})
        again = ok({"items": [{**EVENT, "id": "b"}], "next": "after-a"})
        later = ok({"items": [{**EVENT, "id": "b"}, {**EVENT, "id": "c"}], "next": "after-b"})
        none = ok({"items": [], "next": "after-b"})
        answers = Answers(first, again, later, none)
        events = answers.client().events()

        assert [event.id for event in events] == ["a", "b"]
        assert events.position == "after-a"
        assert [event.id for event in events] == ["c"]
        assert events.position == "after-b"
        assert [request.url.params.get("after") for request in answers.asked] == [None, "after-a", "after-a", "after-b"]

    def test_who_stops_in_the_middle_of_a_page_misses_none(self) -> None:
        page = ok({"items": [{**EVENT, "id": "a"}, {**EVENT, "id": "b"}], "next": "after-b"})
        events = Answers(page, page, ok({"items": [], "next": "after-b"})).client().events("start")

        for event in events:
            assert event.id == "a"
            break

        assert events.position == "start"
        assert [event.id for event in events] == ["a", "b"]

    def test_while_nothing_is_settled_there_is_no_position(self) -> None:
        events = Answers(ok({"items": [{**EVENT, "id": "a"}], "next": None})).client().events()

        assert [event.id for event in events] == ["a"]
        assert events.position is None
