"""What a CMS sends, read as a post: Ghost's payloads, Standard Webhooks, and JSON of any shape."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from secondsource.errors import MalformedJson, TooLarge, Unauthorized, UnprocessableInput
from secondsource.model import Incoming, Mapping, Secret, Webhook, WebhookKind
from secondsource.web.posts import Received, read, resolve
from secondsource.web.signatures import sign
from tests.unit.web.test_signatures import SECRET, ghost_header

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
MILLISECONDS = int(NOW.timestamp() * 1000)

GHOST_POST = {
    "id": "63f5d0c2a1b2c3d4e5f60718",
    "uuid": "b8f5b2a0-0000-4000-8000-000000000000",
    "title": "Northern dam is unsafe, officials say",
    "slug": "northern-dam",
    "html": "<p>The dam at Varn is unsafe, two officials said.</p>",
    "status": "published",
    "visibility": "public",
    "url": "https://courier.test/northern-dam/",
    "published_at": "2026-05-04T08:00:00.000Z",
    "updated_at": "2026-05-04T08:30:00.000Z",
    "authors": [{"name": "Owen Strand"}, {"name": "Dela Marsh"}],
    "primary_author": {"name": "Owen Strand"},
}
"""As Ghost's API shows a post, in the parts that are read here and some more."""

STANDARD_MESSAGE: dict[str, Any] = {
    "type": "article.published",
    "data": {"id": "a-1", "text": "The dam is unsafe.", "other": [1]},
}


def webhook(kind: WebhookKind, secret: str, mapping: Mapping | None = None, publisher: str | None = None) -> Webhook:
    return Webhook(
        id="courier.1",
        secrets=(Secret(value=secret, created_at=NOW),),
        incoming=Incoming(kind=kind, mapping=mapping, publisher=publisher),
        created_at=NOW,
        updated_at=NOW,
    )


def from_ghost(post: Any, event: str | None = "post.published", publisher: str | None = None) -> Received:
    body = json.dumps(({"event": event} if event else {}) | {"post": {"current": post, "previous": {}}}).encode()
    headers = {"x-ghost-signature": (ghost_header(body, MILLISECONDS, "s" * 20),)}
    return read(webhook(WebhookKind.GHOST, "s" * 20, publisher=publisher), headers, body, NOW)


def by_standard(content: Any) -> Received:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    headers = {name: (value,) for name, value in sign([SECRET], "msg_1", NOW, body).items()}
    return read(webhook(WebhookKind.STANDARD, SECRET), headers, body, NOW)


MAPPING = Mapping(
    signature_header="x-signature",
    id="/entry/uid",
    html="/entry/fields/body~1html",
    title="/entry/fields/title",
    url="/entry/links/0/href",
    author="/entry/author",
    date="/entry/date",
)
ENTRY = {
    "uid": 17,
    "fields": {"body/html": "<p>The dam at Varn is unsafe.</p>", "title": "Dam"},
    "links": [{"href": "https://courier.test/dam"}],
    "author": "Owen Strand",
    "date": "2026-05-04",
}


def mapped(entry: Any, mapping: Mapping = MAPPING) -> Received:
    body = json.dumps({"entry": entry}).encode()
    digest = hmac.new(b"s" * 20, body, hashlib.sha256).hexdigest()
    return read(webhook(WebhookKind.MAPPED, "s" * 20, mapping), {"x-signature": (digest,)}, body, NOW)


class TestGhost:
    @pytest.mark.parametrize("event", ["post.published", "post.edited", "post.published.edited", None])
    def test_a_post_that_readers_can_see_is_read(self, event: str | None) -> None:
        found = from_ghost(GHOST_POST, event, publisher="The Varn Courier")

        assert found.external_id == GHOST_POST["id"]
        assert found.submission is not None
        assert found.submission.model_dump(exclude_none=True) == {
            "html": GHOST_POST["html"],
            "title": GHOST_POST["title"],
            "url": GHOST_POST["url"],
            "byline": "Owen Strand, Dela Marsh",
            "publisher": "The Varn Courier",
            "published_at": datetime(2026, 5, 4, 8, tzinfo=UTC),
        }

    @pytest.mark.parametrize(
        "post", [{**GHOST_POST, "status": "draft"}, {**GHOST_POST, "status": "scheduled"}, None, "x", []]
    )
    def test_what_readers_do_not_see_is_left_alone(self, post: Any) -> None:
        assert from_ghost(post).submission is None

    @pytest.mark.parametrize("event", ["post.deleted", "post.unpublished", "page.published"])
    def test_other_events_are_left_alone(self, event: str) -> None:
        assert from_ghost(GHOST_POST, event).submission is None

    @pytest.mark.parametrize("changes", [{"html": None}, {"html": ""}, {"id": None}, {"id": True}, {"id": "x" * 513}])
    def test_a_post_without_text_or_id_is_refused(self, changes: dict[str, Any]) -> None:
        with pytest.raises(UnprocessableInput):
            from_ghost({**GHOST_POST, **changes})

    def test_an_address_that_is_none_is_left_out(self) -> None:
        found = from_ghost({**GHOST_POST, "url": "ftp://courier.test/", "authors": [{"name": 5}, "x"]})
        assert found.submission is not None
        assert (found.submission.url, found.submission.byline) == (None, None)

    @pytest.mark.parametrize("authors", [1, True, "Owen Strand", {"name": "Owen Strand"}, [], None])
    def test_authors_that_are_no_list_are_left_out(self, authors: Any) -> None:
        found = from_ghost({**GHOST_POST, "authors": authors})
        assert found.submission is not None
        assert found.submission.byline is None


class TestStandard:
    def test_a_post_is_read(self) -> None:
        found = by_standard(STANDARD_MESSAGE)
        assert (found.message_id, found.external_id) == ("msg_1", "a-1")
        assert found.submission is not None and found.submission.text == "The dam is unsafe."

    def test_other_types_are_left_alone(self) -> None:
        assert by_standard({**STANDARD_MESSAGE, "type": "member.added"}).submission is None
        assert by_standard({**STANDARD_MESSAGE, "type": "article.draft"}).submission is None

    @pytest.mark.parametrize(
        "content",
        [
            {},
            STANDARD_MESSAGE["data"],
            {"data": STANDARD_MESSAGE["data"]},
            {"type": 5, "data": STANDARD_MESSAGE["data"]},
            {"type": "article.published", **STANDARD_MESSAGE["data"]},
            {"type": "post", **STANDARD_MESSAGE["data"]},
        ],
    )
    def test_a_post_without_its_envelope_is_told_what_is_missing(self, content: dict[str, Any]) -> None:
        with pytest.raises(UnprocessableInput, match=r"`type`, such as article\.published, and the post in `data`"):
            by_standard(content)

    def test_an_address_alone_is_not_fetched_and_the_answer_says_so(self) -> None:
        with pytest.raises(UnprocessableInput, match="not fetched"):
            by_standard({"type": "post.updated", "data": {"id": "a", "url": "https://courier.test/a"}})

    @pytest.mark.parametrize("data", [None, [], {"id": "a"}, {"text": "a"}, {"id": "a", "text": 5}])
    def test_what_is_no_post_is_refused(self, data: Any) -> None:
        with pytest.raises(UnprocessableInput):
            by_standard({"type": "article.published", "data": data})

    def test_what_is_wrong_with_the_whole_post_is_said_of_it(self) -> None:
        with pytest.raises(UnprocessableInput, match=r"^The post: give text or html, not both\.$"):
            by_standard({"type": "article.published", "data": {"id": "a", "text": "x", "html": "x"}})

    @pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"a": NaN}', b'{"type": 1', b"[" * 100_000])
    def test_what_is_signed_and_no_json_object_is_malformed(self, body: bytes) -> None:
        with pytest.raises(MalformedJson):
            by_standard(body)

    def test_more_than_the_limit_is_too_large(self) -> None:
        with pytest.raises(TooLarge):
            by_standard({"type": "article.published", "data": {"id": "a", "html": "x" * 1_100_000}})


class TestMapped:
    def test_the_parts_are_found_by_their_pointers(self) -> None:
        found = mapped(ENTRY)
        assert found.external_id == "17"
        assert found.submission is not None
        assert found.submission.model_dump(exclude_none=True) == {
            "html": "<p>The dam at Varn is unsafe.</p>",
            "title": "Dam",
            "url": "https://courier.test/dam",
            "byline": "Owen Strand",
            "published_at": datetime(2026, 5, 4, tzinfo=UTC),
        }

    def test_a_date_or_name_that_is_none_is_left_out(self) -> None:
        found = mapped({**ENTRY, "date": "yesterday", "author": {"name": "x"}, "links": []})
        assert found.submission is not None
        assert (found.submission.published_at, found.submission.byline, found.submission.url) == (None, None, None)

    def test_title_and_author_are_read_as_the_html_that_they_may_be(self) -> None:
        fields = {**ENTRY["fields"], "title": "Mayor&#8217;s <em>dam</em> &amp; ours"}
        found = mapped({**ENTRY, "fields": fields, "author": "Owen &#8220;O.&#8221; Strand"})
        assert found.submission is not None
        assert (found.submission.title, found.submission.byline) == ("Mayor’s dam & ours", "Owen “O.” Strand")

    @pytest.mark.parametrize("date", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
    def test_a_date_that_is_none_in_utc_is_left_out(self, date: str) -> None:
        found = mapped({**ENTRY, "date": date})
        assert found.submission is not None
        assert found.submission.published_at is None

    @pytest.mark.parametrize("entry", [None, {}, {**ENTRY, "uid": None}, {**ENTRY, "fields": {"body/html": 5}}])
    def test_a_pointer_that_must_lead_somewhere_and_does_not_is_refused(self, entry: Any) -> None:
        with pytest.raises(UnprocessableInput):
            mapped(entry)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", {"a": [1, {"": 2}], "m~n": 3, "x/y": 4, "0": 5}),
        *[("/a/0", 1), ("/a/1/", 2), ("/m~0n", 3), ("/x~1y", 4), ("/0", 5), ("/a/2", None), ("/a/-", None)],
        *[("/a/01", None), ("/a/-1", None), ("/a/٠", None), ("/b", None), ("/a/0/c", None), ("/a/" + "9" * 20, None)],
    ],
)
def test_a_json_pointer_is_followed_as_rfc_6901_says(pointer: str, value: Any) -> None:
    assert resolve({"a": [1, {"": 2}], "m~n": 3, "x/y": 4, "0": 5}, pointer) == value


def test_a_webhook_that_does_not_exist_and_a_bad_signature_look_the_same() -> None:
    with pytest.raises(Unauthorized) as nobody:
        read(None, {}, b"{}", NOW)
    with pytest.raises(Unauthorized) as unsigned:
        read(webhook(WebhookKind.STANDARD, SECRET), {}, b"{}", NOW)
    assert str(nobody.value) == str(unsigned.value)
