import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.web import answers


@given(st.text())
def test_an_etag_is_strong_quoted_and_of_visible_characters(body: str) -> None:
    tag = answers.etag(body)

    assert tag[0] == tag[-1] == '"'
    assert tag[1:-1].isascii()
    assert tag[1:-1].replace("-", "").replace("_", "").isalnum()
    assert answers.matches(tag, tag)


@given(st.text(), st.text())
def test_only_the_same_content_has_the_same_etag(one: str, other: str) -> None:
    assert (answers.etag(one) == answers.etag(other)) == (one == other)


@pytest.mark.parametrize("header", ['"t"', 'W/"t"', '"a", "t"', '"a",W/"t" ,"b"', "*", " * "])
def test_the_header_may_name_the_tag_in_any_of_its_forms(header: str) -> None:
    assert answers.matches(header, '"t"')


@pytest.mark.parametrize("header", ["", "t", '"T"', '"a"', '"at"', '"', "**", 'w/"x"'])
def test_another_tag_is_not_this_one(header: str) -> None:
    assert not answers.matches(header, '"t"')


def test_json_is_utf_8_without_white_space_between() -> None:
    assert answers.as_json({"a": ["ü", 1]}) == '{"a":["ü",1]}'
