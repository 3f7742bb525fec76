import io
import json
from datetime import UTC, datetime

import pytest

from secondsource.errors import InvalidInput, MalformedJson, TooLarge, UnprocessableInput
from secondsource.local import inputs
from secondsource.local.inputs import from_object, submission
from secondsource.model import Submission


@pytest.fixture
def on_stdin(monkeypatch):
    def put(body):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(body)))

    return put


def test_an_address_stands_for_itself():
    assert submission("https://courier.example/a") == Submission(url="https://courier.example/a")
    assert submission("HTTP://courier.example/a") == Submission(url="HTTP://courier.example/a")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "<b>No markup here", Submission(text="<b>No markup here")),
        ("a.html", "Bare words", Submission(html="Bare words")),
        ("a.HTM", "<p>x", Submission(html="<p>x")),
        ("a.json", '{"text": "T", "title": "A", "label": 7}', Submission(text="T", title="A")),
        ("page", "  <!DOCTYPE html><p>x", Submission(html="  <!DOCTYPE html><p>x")),
        ("page", '\ufeff{"html": "<p>x"}', Submission(html="<p>x")),
        ("story", "Plain words.", Submission(text="Plain words.")),
        ("empty.txt", "", Submission(text="")),
    ],
)
def test_a_file_is_read_as_its_name_or_its_content_says(tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_bytes(content.encode())

    assert submission(str(path)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"Plain words.", Submission(text="Plain words.")),
        (b"<html><p>x", Submission(html="<html><p>x")),
        (b'{"text": "T"}', Submission(text="T")),
        (b"", Submission(text="")),
    ],
)
def test_standard_input_is_read_as_its_content_says(on_stdin, body, expected):
    on_stdin(body)

    assert submission("-") == expected


def test_old_encodings_keep_their_quotation_marks(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("“Yes,” he said.".encode("cp1252"))

    assert submission(str(path)).text == "“Yes,” he said."


def test_what_cannot_be_read_is_told_without_the_machine_s_words_around_it(tmp_path):
    for argument in (str(tmp_path), str(tmp_path / "missing.txt"), "nul\0name"):
        with pytest.raises(InvalidInput, match="cannot be read"):
            submission(argument)


def test_a_file_that_is_far_too_large_is_refused_before_it_fills_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "MOST_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_text("eleven char")

    with pytest.raises(TooLarge):
        submission(str(path))
    path.write_text("ten chars.")
    assert submission(str(path)).text == "ten chars."


def test_a_json_file_that_is_no_object_is_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("[1]")

    with pytest.raises(MalformedJson):
        submission(str(path))


def test_all_that_is_known_of_an_article_is_taken_over():
    found = {
        "id": "a1",
        "text": "T",
        "url": "https://courier.example/a",
        "title": "A",
        "publisher": "The Courier",
        "byline": "P. L.",
        "published_at": "2025-03-11T05:30:00+02:00",
    }

    made = from_object(found)

    assert made.model_dump(exclude={"published_at", "html"}) == {
        name: value for name, value in found.items() if name not in {"id", "published_at"}
    }
    assert made.published_at == datetime(2025, 3, 11, 3, 30, tzinfo=UTC)


def test_a_date_without_a_zone_is_taken_as_utc():
    assert from_object({"text": "T", "published_at": "2016-09-12"}).published_at == datetime(2016, 9, 12, tzinfo=UTC)


def test_members_that_are_null_or_empty_are_not_known():
    assert from_object({"text": "T", "html": None, "title": "", "url": None}) == Submission(text="T")


def test_text_counts_before_html_and_both_before_the_address():
    assert from_object({"text": "T", "html": "<p>H"}) == Submission(text="T")
    assert from_object({"text": "", "html": "<p>H"}) == Submission(text="")
    assert from_object({"html": "<p>H", "url": "https://a.example"}) == Submission(html="<p>H", url="https://a.example")
    assert from_object({"url": "https://a.example"}) == Submission(url="https://a.example")


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({}, "neither text nor html"),
        ({"text": None, "title": "A"}, "neither text nor html"),
        ({"text": 7}, "text: Input should be a valid string"),
        ({"text": "T", "published_at": "yesterday"}, "published_at: "),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(found, reason):
    with pytest.raises(UnprocessableInput, match=reason):
        from_object(found)


def test_whatever_json_holds_it_is_an_article_or_an_error_of_the_input():
    for text in ("null", "[]", "{}", '{"text": {}}', '{"text": "\\ud800"}', '{"text": NaN}', '{"text": "a"} b', "{"):
        path_error = None
        try:
            made = from_object(inputs.json_body.parse(text))
        except InvalidInput as error:
            path_error = error
        assert path_error is not None, f"{json.dumps(text)} gave {made}"
