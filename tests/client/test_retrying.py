"""What is tried again, after how long, and what is not."""

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from secondsource_client import (
    ActorGiven,
    BadRequest,
    Client,
    Conflict,
    Forbidden,
    NotFound,
    PreconditionFailed,
    ProblemError,
    ServerFailed,
    Submission,
    TooManyRequests,
    Unauthorized,
    UnexpectedAnswer,
    Unreachable,
)
from tests.client.answers import HEALTH, KEY, REPORT, Answers, ok, problem

STORY = Submission(text="The dam is unsafe.")
ACTOR = ActorGiven(name="Varn Water", kind="corporate")
ACTOR_OUT = {
    "id": "varn-water",
    "name": "Varn Water",
    "aliases": [],
    "kind": "corporate",
    "relations": [],
    "version": 1,
    "created_at": "2026-05-04T09:00:00Z",
    "updated_at": "2026-05-04T09:00:00Z",
    "links": {},
}
LOST = (
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("slow"),
    httpx.ReadTimeout("slow"),
    httpx.ReadError("reset"),
    httpx.WriteError("reset"),
    httpx.RemoteProtocolError("closed"),
)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_tried_again(status: int) -> None:
    answers = Answers(problem(status), problem(status), ok(HEALTH))

    assert answers.client().health().version == "0.1.0"
    assert len(answers.asked) == 3


@pytest.mark.parametrize("error", LOST, ids=lambda error: type(error).__name__)
def test_a_connection_that_is_lost_is_tried_again(error: Exception) -> None:
    answers = Answers(error, ok(HEALTH))

    assert answers.client().health().status == "ok"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 413, 415, 422, 500])
def test_what_does_not_pass_is_not_tried_again(status: int) -> None:
    answers = Answers(problem(status))

    with pytest.raises(ProblemError):
        answers.client().health()
    assert answers.slept == []


def test_the_pauses_double_and_each_is_a_random_part() -> None:
    answers = Answers(*[problem(503)] * 4, ok(HEALTH))
    chances = iter([1.0, 0.5, 0.0, 1.0])

    answers.client(chance=lambda: next(chances)).health()

    assert answers.slept == [0.5, 0.5, 0.0, 4.0]


def test_no_pause_is_longer_than_the_longest() -> None:
    answers = Answers(*[problem(502)] * 4, ok(HEALTH))

    answers.client(first=10.0, longest=15.0).health()

    assert answers.slept == [10.0, 15.0, 15.0, 15.0]


def test_who_is_told_when_to_come_again_comes_no_sooner() -> None:
    answers = Answers(problem(429, Retry_After="7"), problem(503, Retry_After="2"), ok(HEALTH))

    answers.client(chance=lambda: 0.5).health()

    assert answers.slept == [7.25, 2.25]


def test_the_time_to_come_again_may_be_a_date() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    answers = Answers(problem(503, Retry_After=at), ok(HEALTH))

    answers.client(chance=lambda: 0.0).health()

    assert 17 < answers.slept[0] <= 20


@pytest.mark.parametrize("value", ["soon", "-1", "1.5", "²", "", f"Mon, 01 Jan {10**12} 00:00:00 GMT"])
def test_a_time_that_is_none_is_as_if_it_were_not_there(value: str) -> None:
    answers = Answers(httpx.Response(503, headers=[(b"Retry-After", value.encode())]), ok(HEALTH))

    answers.client().health()

    assert answers.slept == [0.5]


def test_a_quota_that_is_spent_until_tomorrow_is_not_waited_for() -> None:
    answers = Answers(problem(429, "daily-quota-spent", Retry_After="40000"))

    with pytest.raises(TooManyRequests) as caught:
        answers.client().health()

    assert (caught.value.code, caught.value.retry_after, answers.slept) == ("daily-quota-spent", 40000, [])


def test_after_the_last_attempt_the_error_is_the_last_answers() -> None:
    answers = Answers(*[problem(503, Retry_After="2")] * 3)

    with pytest.raises(ServerFailed) as caught:
        answers.client(most=2).health()

    assert (caught.value.status, caught.value.code, caught.value.retry_after) == (503, "unavailable", 2)
    assert len(answers.asked) == 3


def test_after_the_last_attempt_without_an_answer_it_is_unreachable() -> None:
    answers = Answers(*[httpx.ConnectError("refused")] * 2)

    with pytest.raises(Unreachable, match=r"GET /v1/health: ConnectError") as caught:
        answers.client(most=1).health()

    assert isinstance(caught.value.__cause__, httpx.ConnectError)


class TestIdempotencyKeys:
    def test_all_attempts_of_a_call_carry_one_key(self) -> None:
        answers = Answers(httpx.ReadTimeout("slow"), problem(504), ok(REPORT, 201))

        answers.client().submit(STORY)

        assert len(set(answers.keys)) == 1
        assert answers.keys[0]
        assert answers.keys[0].startswith('"')

    def test_two_calls_have_two_keys(self) -> None:
        answers = Answers(ok(REPORT, 201), ok(REPORT, 201))
        client = answers.client()

        client.submit(STORY)
        client.submit(STORY)

        assert len(set(answers.keys)) == 2

    def test_a_key_may_be_given(self) -> None:
        answers = Answers(ok(REPORT, 201))

        answers.client().submit(STORY, idempotency_key='story "7" \\ 2')

        assert answers.keys == ['"story \\"7\\" \\\\ 2"']

    @pytest.mark.parametrize("key", ["", "a\nb", "ü", "x" * 256])
    def test_a_key_that_cannot_be_sent_is_refused(self, key: str) -> None:
        with pytest.raises(ValueError, match="idempotency key"):
            Answers().client().submit(STORY, idempotency_key=key)

    def test_while_the_first_attempt_still_runs_it_is_waited_for(self) -> None:
        answers = Answers(problem(504, "timeout"), problem(409, "conflict"), ok(REPORT, 201))

        report = answers.client().submit(STORY)

        assert report.id == "art_1"
        assert answers.slept == [0.5, 1.0]

    def test_another_conflict_is_not_waited_for(self) -> None:
        answers = Answers(problem(409, "version-conflict"))

        with pytest.raises(Conflict):
            answers.client().submit(STORY)

    def test_comparisons_carry_one_too(self) -> None:
        answers = Answers(ok({"articles": [], "independent": None, "verdict": "None shared."}))

        answers.client().compare(["a", "b"])

        assert answers.keys[0]


class TestWhatHasPerhapsBeenDone:
    def test_an_article_that_is_gone_at_the_second_attempt_was_deleted_by_the_first(self) -> None:
        answers = Answers(httpx.ReadTimeout("slow"), problem(404, "not-found"))

        answers.client().delete_article("art_1")

        assert len(answers.asked) == 2

    @pytest.mark.parametrize("before", [(), (httpx.ConnectError("refused"),), (problem(429),)])
    def test_what_no_attempt_can_have_deleted_is_not_found(
        self, before: tuple[httpx.Response | Exception, ...]
    ) -> None:
        with pytest.raises(NotFound):
            Answers(*before, problem(404, "not-found")).client().delete_article("art_1")

    def test_a_change_without_a_condition_is_made_again(self) -> None:
        answers = Answers(httpx.ReadTimeout("slow"), ok(ACTOR_OUT, ETag='"1-2026"'))

        assert answers.client().put_actor("varn-water", ACTOR).tag == '"1-2026"'

    @pytest.mark.parametrize("condition", [{"if_match": '"1-2026"'}, {"only_new": True}])
    @pytest.mark.parametrize(
        ("lost", "kind"), [(httpx.ReadTimeout("slow"), Unreachable), (problem(504, "timeout"), ServerFailed)]
    )
    def test_a_change_under_a_condition_is_not_made_again(
        self, condition: dict[str, object], lost: httpx.Response | Exception, kind: type[Exception]
    ) -> None:
        with pytest.raises(kind):
            Answers(lost).client().put_actor("varn-water", ACTOR, **condition)  # type: ignore[arg-type]

    def test_a_change_under_a_condition_that_was_never_sent_is(self) -> None:
        answers = Answers(httpx.ConnectError("refused"), problem(429), ok(ACTOR_OUT))

        answers.client().put_actor("varn-water", ACTOR, only_new=True)

        assert [request.headers["If-None-Match"] for request in answers.asked] == ["*"] * 3


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (412, PreconditionFailed),
        (413, BadRequest),
        (422, BadRequest),
        (500, ServerFailed),
    ],
)
def test_problems_are_errors_of_one_tree(status: int, kind: type[ProblemError]) -> None:
    with pytest.raises(kind) as caught:
        Answers(problem(status, "some-code")).client().health()

    assert (caught.value.code, caught.value.problem.instance) == ("some-code", "/v1/x")
    assert str(caught.value) == f"{status} A title: A detail."


def test_an_error_without_problem_details_still_tells_its_status() -> None:
    bare = httpx.Response(502, text="<h1>Bad gateway</h1>")

    with pytest.raises(ServerFailed) as caught:
        Answers(bare, bare).client(most=1).health()

    assert (caught.value.status, caught.value.code) == (502, "about:blank")


@pytest.mark.parametrize(
    "answered",
    [httpx.Response(200, text="<h1>Hello</h1>"), ok({"status": "ok"}), ok([]), httpx.Response(200, content=b"\xff")],
)
def test_an_answer_of_something_else_is_unexpected(answered: httpx.Response) -> None:
    with pytest.raises(UnexpectedAnswer, match="GET /v1/health"):
        Answers(answered).client().health()


class TestTheKey:
    def test_it_goes_with_no_redirect(self) -> None:
        answers = Answers(httpx.Response(307, headers={"Location": "https://elsewhere.test/"}))

        with pytest.raises(UnexpectedAnswer, match="leads elsewhere"):
            answers.client().health()

        assert [request.url.host for request in answers.asked] == ["api.test"]

    def test_it_is_in_no_log_no_error_and_no_representation(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        answers = Answers(problem(503), httpx.ReadTimeout("slow"), problem(401, "unauthorized"))
        client = answers.client()

        with pytest.raises(Unauthorized) as caught:
            client.health()

        assert answers.asked[0].headers["Authorization"] == f"Bearer {KEY}"
        assert "GET /v1/health: 503, again in 0.5 s" in caplog.text
        told = (
            caplog.text + repr(client) + repr(vars(caught.value)) + str(caught.value) + repr(answers.asked[0].headers)
        )
        assert "secret-of-the-key" not in told

    @pytest.mark.parametrize("key", ["", "ss_a\n", "ss_a b", "ss_ü"])
    def test_one_that_cannot_be_sent_is_refused_without_being_told(self, key: str) -> None:
        with pytest.raises(ValueError) as caught:
            Client("https://api.test", key)

        assert "ss_" not in str(caught.value)

    @pytest.mark.parametrize(
        "url", ["api.test", "ftp://api.test", "https://user:pass@api.test", "https://", "https://a?b"]
    )
    def test_an_address_that_is_none_is_refused(self, url: str) -> None:
        with pytest.raises(ValueError, match="base_url"):
            Client(url, KEY)


@pytest.mark.parametrize("article_id", ["../claims", "a/b", "a?b=c", "a#b", "ü"])
def test_an_id_stays_one_part_of_the_path(article_id: str) -> None:
    answers = Answers(httpx.Response(204))

    answers.client().delete_article(article_id)

    raw = answers.asked[0].url.raw_path.decode()
    assert raw.startswith("/v1/articles/")
    assert (raw.count("/"), "?" in raw) == (3, False)


@pytest.mark.parametrize("article_id", ["", ".", ".."])
def test_an_id_that_leads_to_another_path_is_refused(article_id: str) -> None:
    with pytest.raises(ValueError, match="id"):
        Answers().client().delete_article(article_id)
