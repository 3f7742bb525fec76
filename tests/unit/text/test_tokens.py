"""HTML cut into pieces as a browser would."""

from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.tokens import MAX_ATTRIBUTE_CHARS, MAX_ATTRIBUTES, Token, tokens

MARKUP = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "</",
            "<!--",
            "-->",
            "<!",
            "=",
            '"',
            "'",
            "&",
            "#",
            ";",
            " ",
            "\n",
            "/",
            "<p",
            "<script>",
            "</script",
            "a",
            "&amp;",
        ]
    ),
    max_size=60,
).map("".join)


def kinds(page: str) -> list[tuple[str, str]]:
    return [(token.kind, token.data) for token in tokens(page)]


@given(st.one_of(MARKUP, st.text(max_size=100)))
def test_any_string_is_cut_into_no_more_pieces_than_it_has_characters(page: str) -> None:
    assert len(list(tokens(page))) <= len(page) + 1


def test_text_and_tags_come_in_order() -> None:
    assert kinds("a<P>b</p >c<br/>") == [
        ("text", "a"),
        ("start", "p"),
        ("text", "b"),
        ("end", "p"),
        ("text", "c"),
        ("start", "br"),
    ]


def test_character_references_are_read_in_text_and_in_values() -> None:
    text, tag = tokens("&ldquo;R&amp;D&rdquo;<a title='&quot;x&quot;'>")
    assert text.data == "\u201cR&D\u201d"
    assert tag.attributes == {"title": '"x"'}


def test_numbers_beyond_unicode_become_the_replacement_character() -> None:
    assert kinds("&#" + "9" * 10_000 + ";&#x" + "f" * 10_000 + ";&#xd800;&#0;") == [("text", "\ufffd" * 4)]


def test_what_is_no_tag_is_text() -> None:
    assert kinds("1 < 2 <3 a<") == [("text", "1 < 2 <3 a<")]


def test_comments_and_declarations_are_left_out_however_they_end() -> None:
    page = "<!DOCTYPE html><?xml version='1.0'?>a<!-- <p>no</p> --><!-->b<!--->c<!-- x --!>d</3>e<![CDATA[f>g"
    assert "".join(data for _, data in kinds(page)) == "abcdeg"


def test_an_entity_declaration_declares_nothing() -> None:
    page = '<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/passwd">]><p>&a;&b;</p>'
    assert "".join(data for kind, data in kinds(page) if kind == "text") == "]>&a;&b;"


def test_attributes_are_read_quoted_unquoted_and_without_value() -> None:
    (tag,) = tokens("<a HREF=/x?a=1 title=\"a>b\" data-x='y' hidden class=c/d id=a id=b>")
    assert tag.attributes == {"href": "/x?a=1", "title": "a>b", "data-x": "y", "hidden": "", "class": "c/d", "id": "a"}


def test_scripts_are_one_piece_up_to_their_own_end_tag() -> None:
    assert kinds("<script>if (a</b>c) '</scripty>'</SCRIPT >x") == [
        ("start", "script"), ("raw", "if (a</b>c) '</scripty>'"), ("end", "script"), ("text", "x"),
    ]  # fmt: skip


def test_a_comment_a_tag_or_a_script_without_an_end_is_reported() -> None:
    for page, lost in (("a<!-- b", "a comment"), ("a<p b", "a tag"), ('a<p b="c', "a tag"), ("a<script>b", "a script")):
        last = list(tokens(page))[-1]
        assert last == Token("hole", lost, cut="unclosed")


def test_a_tag_with_too_many_attributes_keeps_the_first_and_says_so() -> None:
    tag, text = tokens("<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x")
    assert (len(tag.attributes), tag.cut, text.data) == (MAX_ATTRIBUTES, "attributes", "x")


def test_very_long_values_are_left_out() -> None:
    (tag,) = tokens(f'<img src="{"x" * (MAX_ATTRIBUTE_CHARS + 1)}" alt=a>')
    assert tag.attributes == {"alt": "a"}
