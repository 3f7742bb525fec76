"""POST, GET and DELETE of articles."""

import pytest

from secondsource.local.gateway import HttpResponse
from tests.http.client import Client, code_of
from tests.http.fakes import Web

STORY = {"text": "The dam at Varn is unsafe. Two officials said so on Monday.", "title": "Dam unsafe"}


class TestSubmitting:
    def test_a_new_text_is_annotated_at_once(self, client: Client) -> None:
        answered = client.post("/v1/articles", STORY)

        assert answered.status == 201
        report = answered.json()
        assert answered.header("Location") == f"/v1/articles/{report['id']}"
        assert report["text"] == STORY["text"]
        assert report["title"] == "Dam unsafe"
        assert [claim["text"] for claim in report["claims"]] == ["The dam at Varn is unsafe"]

    def test_the_same_text_again_answers_what_is_known(self, client: Client) -> None:
        first = client.post("/v1/articles", STORY)
        second = client.post("/v1/articles", STORY)

        assert (first.status, second.status) == (201, 200)
        assert second.json() == first.json()
        assert second.header("Location") == first.header("Location")

    def test_empty_text_is_a_report_without_claims_and_with_the_reason(self, client: Client) -> None:
        answered = client.post("/v1/articles", {"text": ""})

        assert answered.status == 201
        assert answered.json()["claims"] == []
        assert answered.json()["reason"]

    def test_html_is_annotated_at_once(self, client: Client) -> None:
        page = "<html><body><article><p>The dam at Varn is unsafe.</p></article></body></html>"

        answered = client.post("/v1/articles", {"html": page, "url": "https://courier.test/dam"})

        assert answered.status == 201
        assert "The dam at Varn is unsafe." in answered.json()["text"]

    def test_a_url_that_answers_is_annotated_at_once(self, client: Client, web: Web) -> None:
        web.pages["https://courier.test/dam"] = "<p>The dam at Varn is unsafe, it was said on Monday.</p>"

        answered = client.post("/v1/articles", {"url": "https://courier.test/dam"})

        assert answered.status == 201
        assert web.asked == ["https://courier.test/dam"]

    def test_a_url_that_is_not_allowed_is_a_problem_with_the_code_of_the_refusal(self, client: Client) -> None:
        answered = client.post("/v1/articles", {"url": "http://127.0.0.1/"})

        assert answered.status == 422
        assert code_of(answered) == "url-not-allowed"

    def test_a_form_that_is_not_documented_names_the_fields(self, client: Client) -> None:
        answered = client.post("/v1/articles", {"text": 5, "tenant_id": "tribune", "status": "done"})

        assert answered.status == 422
        assert code_of(answered) == "unprocessable"
        assert {error["field"] for error in answered.json()["errors"]} == {"/text", "/tenant_id", "/status"}

    @pytest.mark.parametrize("body", [{}, {"text": "a", "html": "b"}, {"title": "only"}, {"text": None}])
    def test_exactly_one_content_is_asked_for(self, client: Client, body: dict[str, object]) -> None:
        answered = client.post("/v1/articles", body)

        assert answered.status == 422
        assert code_of(answered) == "unprocessable"

    @pytest.mark.parametrize(
        "moment", ["yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 5, True, "2026-13-01", "٢٠٢٦"]
    )
    def test_a_date_that_is_none_is_refused(self, client: Client, moment: object) -> None:
        answered = client.post("/v1/articles", {"text": "A.", "published_at": moment})

        assert answered.status == 422
        assert answered.json()["errors"][0]["field"] == "/published_at"

    def test_a_date_without_a_zone_is_taken_as_utc(self, client: Client) -> None:
        answered = client.post("/v1/articles", {"text": "A.", "published_at": "2026-05-04T09:00:00"})

        assert answered.json()["published_at"] == "2026-05-04T09:00:00Z"


class TestReading:
    def test_the_report_has_a_strong_etag_and_304_follows_from_it(self, client: Client) -> None:
        article = f"/v1/articles/{client.submit('The dam is unsafe.')}"
        first = client.get(article)
        tag = first.header("ETag") or ""

        again = client.get(article, If_None_Match=f'"other", W/{tag}')

        assert first.status == 200
        assert tag.startswith('"')
        assert again.status == 304
        assert again.body == b""
        assert again.header("ETag") == tag

    def test_another_etag_gets_the_report(self, client: Client) -> None:
        article = f"/v1/articles/{client.submit('The dam is unsafe.')}"

        assert client.get(article, If_None_Match='"other"').status == 200

    def test_the_etag_changes_with_the_content(self, client: Client) -> None:
        one = client.get(f"/v1/articles/{client.submit('One.')}")
        two = client.get(f"/v1/articles/{client.submit('Two.')}")

        assert one.header("ETag") != two.header("ETag")

    def test_the_summary_is_plain_text(self, client: Client) -> None:
        answered = client.get(f"/v1/articles/{client.submit('The dam is unsafe.')}/summary")

        assert answered.status == 200
        assert answered.header("Content-Type") == "text/plain; charset=utf-8"
        assert "The dam is unsafe" in answered.body.decode()

    def test_the_page_says_what_it_may_load_and_has_an_etag(self, client: Client) -> None:
        address = f"/v1/articles/{client.submit('The dam is unsafe.')}/report"
        answered = client.get(address)
        policy = answered.header("Content-Security-Policy") or ""

        assert answered.status == 200
        assert answered.header("Content-Type") == "text/html; charset=utf-8"
        assert answered.header("X-Content-Type-Options") == "nosniff"
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert "The dam is unsafe" in answered.body.decode()
        assert client.get(address, If_None_Match=answered.header("ETag") or "").status == 304

    def test_markup_in_an_article_stays_text_on_its_page(self, client: Client) -> None:
        text = 'The dam is unsafe. "><img src=x onerror=alert(1)></title></style><script>alert(1)</script>\u2028{{7*7}}'

        page = client.get(f"/v1/articles/{client.submit(text)}/report").body.decode()

        assert "<img" not in page and "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "{{7*7}}" in page

    def test_annotations_are_a_collection_with_absolute_ids_and_pages(self, client: Client) -> None:
        address = f"/v1/articles/{client.submit('The dam is unsafe.')}/annotations/"

        collection = client.get(address)
        page = client.get(address + "?page=0")

        assert collection.header("Content-Type") == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
        assert collection.header("ETag")
        assert collection.json()["type"] == "AnnotationCollection"
        assert collection.json()["id"] == f"http://api.test{address}"
        assert page.json()["type"] == "AnnotationPage"
        assert page.json()["items"]

    @pytest.mark.parametrize("page", ["1", "999999999999999999999"])
    def test_a_page_that_is_not_there_is_not_found(self, client: Client, page: str) -> None:
        answered = client.get(f"/v1/articles/{client.submit('The dam is unsafe.')}/annotations/?page={page}")

        assert (answered.status, code_of(answered)) == (404, "not-found")

    @pytest.mark.parametrize("page", ["-1", "x", "1.5", "", "٣", "1_0"])
    def test_a_page_that_is_no_number_is_malformed(self, client: Client, page: str) -> None:
        answered = client.get(f"/v1/articles/{client.submit('The dam is unsafe.')}/annotations/?page={page}")

        assert (answered.status, code_of(answered)) == (400, "malformed-request")


class TestListing:
    def test_a_list_is_paged_by_an_opaque_cursor(self, client: Client) -> None:
        ids = {client.submit(f"Story {number}.") for number in range(5)}

        seen, target = [], "/v1/articles?limit=2"
        while target:
            page = client.get(target).json()
            seen += [item["id"] for item in page["items"]]
            target = f"/v1/articles?limit=2&cursor={page['next']}" if page["next"] else ""

        assert len(seen) == 5
        assert set(seen) == ids

    @pytest.mark.parametrize("limit", ["0", "-1", "NaN", "1e9", "", "1_0", "٥", "1&limit=2", "null"])
    def test_a_limit_that_is_no_number_from_1_is_malformed(self, client: Client, limit: str) -> None:
        answered = client.get(f"/v1/articles?limit={limit}")

        assert (answered.status, code_of(answered)) == (400, "malformed-request")
        assert answered.json()["errors"][0]["field"] == "limit"

    @pytest.mark.parametrize("limit", ["101", "1000000000", "9" * 5000])
    def test_a_limit_above_a_hundred_is_a_hundred(self, client: Client, limit: str) -> None:
        client.submit("A story.")

        assert len(client.get(f"/v1/articles?limit={limit}").json()["items"]) == 1

    @pytest.mark.parametrize("cursor", ["x", "%00", "YWJj", "%F0%9F%8D%8B", "a" * 5000])
    def test_a_cursor_that_was_not_given_out_is_refused(self, client: Client, cursor: str) -> None:
        answered = client.get(f"/v1/articles?cursor={cursor}")

        assert (answered.status, code_of(answered)) == (400, "invalid-cursor")

    def test_a_cursor_of_another_list_is_refused(self, client: Client) -> None:
        client.submit("One.")
        client.submit("Two.")
        cursor = client.get("/v1/articles?limit=1").json()["next"]

        answered = client.get(f"/v1/claims?cursor={cursor}")

        assert (answered.status, code_of(answered)) == (400, "invalid-cursor")


class TestDeleting:
    def test_a_deleted_article_is_gone(self, client: Client) -> None:
        article = f"/v1/articles/{client.submit('The dam is unsafe.')}"

        deleted: HttpResponse = client.delete(article)

        assert (deleted.status, deleted.body) == (204, b"")
        assert client.get(article).status == 404
        assert client.delete(article).status == 404
        assert client.get("/v1/articles").json()["items"] == []
