"""Well-formed requests that ask for what nobody may have, or bring what must not be stored as it is."""

import json

import pytest

from tests.http.client import Client, code_of
from tests.http.records import store_story

SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><!--",
    "before\u2028after",
    "{{7*7}}",
    "<svg onload=alert(1)>",
    "=cmd|' /C calc'!A0",
    "\u202egnp.exe",
]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//courier.test/dam",
        "courier.test/dam",
        "https://",
        "https://reader:secret@courier.test/dam",
        "https://courier.test/\u2028<script>",
        'https://courier.test/"onmouseover=alert(1)',
    ],
)
@pytest.mark.parametrize("content", [{"text": "The dam is unsafe."}, {"html": "<p>The dam is unsafe.</p>"}])
def test_an_address_that_no_reader_should_follow_is_not_stored(
    client: Client, url: str, content: dict[str, str]
) -> None:
    answered = client.post("/v1/articles", {**content, "url": url})

    assert (answered.status, code_of(answered)) == (422, "unprocessable")
    assert client.get("/v1/articles").json()["items"] == []


def test_an_address_in_a_page_is_followed_nowhere_either(client: Client) -> None:
    page = "<head><base href='http://127.0.0.1/'><link rel=canonical href='javascript:alert(1)'></head><p>The dam is unsafe.</p>"

    report = client.post("/v1/articles", {"html": page, "url": "https://courier.test/dam"}).json()

    assert report["url"] == "https://courier.test/dam"


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_looks_like_a_script_comes_back_as_text_and_is_served_as_nothing_else(client: Client, script: str) -> None:
    text = f"The dam is unsafe {script}."
    article = f"/v1/articles/{client.submit(text, title=script, publisher=script, byline=script)}"

    answers = [client.get(f"{article}{part}") for part in ("", "/annotations", "/annotations?page=0", "/summary")]
    answers += [client.get("/v1/articles"), client.get("/v1/claims"), client.get("/v1/events")]

    assert answers[0].json()["text"] == text
    assert answers[0].json()["title"].strip() == script.strip()
    for answered in answers:
        assert answered.status == 200
        assert answered.header("X-Content-Type-Options") == "nosniff"
        assert (answered.header("Content-Type") or "").partition(";")[0] in (
            "application/json",
            "application/ld+json",
            "text/plain",
        )


@pytest.mark.parametrize(
    "name",
    "tenant_id tenant status confidence owner id added_at expires_at analysis claims scopes __proto__ constructor".split(),
)
def test_a_field_that_is_not_documented_is_refused_and_named(client: Client, name: str) -> None:
    answered = client.post("/v1/articles", {"text": "The dam is unsafe.", name: "x"})

    assert (answered.status, code_of(answered)) == (422, "unprocessable")
    assert [error["field"] for error in answered.json()["errors"]] == [f"/{name}"]
    assert client.get("/v1/articles").json()["items"] == []


def test_of_many_faults_twenty_are_named(client: Client) -> None:
    answered = client.post("/v1/articles", {"text": "The dam is unsafe.", **{f"field{n}": "x" for n in range(50)}})

    assert code_of(answered) == "unprocessable"
    assert len(answered.json()["errors"]) == 20


@pytest.mark.parametrize(
    "strange", ["../x", "%2e%2e%2f", "", "a" * 1000, "TENANT#b#JOB#1", "#", "\x00", "🦆", "art_1#HEAD"]
)
def test_what_is_no_id_can_be_compared_with_nothing(client: Client, strange: str) -> None:
    own = client.submit("The dam is unsafe.")

    answered = client.post("/v1/comparisons", {"articles": [own, strange]})

    assert answered.status in (404, 422)
    code_of(answered)


class TestCursors:
    @pytest.fixture
    def cursor(self, client: Client) -> str:
        for number in range(3):
            client.submit(f"The dam number {number} is unsafe.")
        found: str = client.get("/v1/articles?limit=1").json()["next"]
        return found

    def test_one_that_was_changed_is_refused(self, client: Client, cursor: str) -> None:
        for at in (0, 5, len(cursor) // 2, len(cursor) - 1):
            changed = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]

            answered = client.get(f"/v1/articles?cursor={changed}")

            assert (answered.status, code_of(answered)) == (400, "invalid-cursor")

    @pytest.mark.parametrize("target", ["/v1/claims?cursor={}", "/v1/events?after={}"])
    def test_one_of_another_list_is_refused(self, client: Client, cursor: str, target: str) -> None:
        answered = client.get(target.format(cursor))

        assert (answered.status, code_of(answered)) == (400, "invalid-cursor")

    def test_one_with_a_question_it_was_not_given_for_is_refused(self, client: Client, cursor: str) -> None:
        assert client.get(f"/v1/claims?q=The+dam+is+unsafe&cursor={cursor}").status == 400

    def test_it_may_be_used_again_and_with_another_limit(self, client: Client, cursor: str) -> None:
        once, again = client.get(f"/v1/articles?cursor={cursor}"), client.get(f"/v1/articles?cursor={cursor}&limit=1")

        assert once.json()["items"][0] == again.json()["items"][0]

    @pytest.mark.parametrize("limit", ["0", "-1", "1.5", "ten", "", "%00", "٣", "1&limit=2"])
    def test_a_limit_that_is_none_is_refused_beside_it(self, client: Client, cursor: str, limit: str) -> None:
        assert client.get(f"/v1/articles?cursor={cursor}&limit={limit}").status == 400

    def test_an_old_one_leads_on_though_what_it_pointed_to_is_gone(self, client: Client, cursor: str) -> None:
        for item in client.get("/v1/articles").json()["items"][:2]:
            client.delete(f"/v1/articles/{item['id']}")

        assert len(client.get(f"/v1/articles?cursor={cursor}").json()["items"]) == 1


class TestAddresses:
    @pytest.mark.parametrize(
        "path", ["/v0/articles", "/v2/articles", "/articles", "/api/v1/articles", "/v1/admin", "/v1/tenants"]
    )
    def test_another_version_and_what_is_not_offered_are_not_found(self, client: Client, path: str) -> None:
        assert (client.get(path).status, code_of(client.get(path))) == (404, "not-found")

    def test_what_is_asked_for_in_a_header_is_repeated_in_none(
        self, client: Client, cloud: object, tenant: str
    ) -> None:
        ids = store_story(cloud, tenant)
        for name in ("X-Request-Id", "Prefer", "If-None-Match", "Origin", "User-Agent", "X-Forwarded-Host"):
            answered = client.send("GET", f"/v1/articles/{ids['article']}", headers=[(name, "x\r\nX-Injected: 1")])

            assert answered.header("X-Injected") is None
            assert "X-Injected" not in json.dumps(list(answered.headers))
