"""Paragraphs of a main text, none glued to the next."""

from lxml import etree

from secondsource.text.article_body import paragraphs_of, unglued


def paragraphs(body: str) -> list[str]:
    return paragraphs_of(etree.fromstring(f"<body>{body}</body>"))


def test_each_block_is_a_paragraph() -> None:
    body = "<head>H</head><p>a <hi>b</hi>\n c</p><list><item>d</item><item>e<p>f</p>g</item></list><quote><p>h</p>i</quote>j<p/>"
    assert paragraphs(body) == ["H", "a b c", "d", "e", "f", "g", "h", "i", "j"]


def test_a_break_is_a_newline_and_two_end_the_paragraph() -> None:
    assert paragraphs("<p>a<lb/>b<lb/><lb/>c<lb/> <lb/>d</p>") == ["a\nb", "c", "d"]


def test_a_row_of_figures_is_one_line_and_a_row_of_prose_is_not() -> None:
    prose = "The mayor of the town resigned. " * 5
    body = f"<table><row><cell>May</cell><cell>12</cell></row><row><cell>{prose}</cell><cell>b</cell></row></table>"
    assert paragraphs(body) == ["May\t12", prose.strip(), "b"]


def test_paragraphs_run_together_are_taken_apart_where_the_page_broke_them() -> None:
    lines = ["Mayor resigns", "Mayor resigns today.", "She said so."]
    assert unglued(["Mayor resigns Mayor resigns today. She said so."], lines) == lines
    assert unglued(["Mayor resigns today. She said no."], lines) == ["Mayor resigns today. She said no."]
    assert unglued(["She said so."], lines) == ["She said so."]


def test_of_lines_run_together_those_of_menus_go_where_there_are_others() -> None:
    lines = ["Home News", "Mayor resigns today.", "She said so."]
    assert unglued([" ".join(lines)], lines, lines[1:]) == lines[1:]
    assert unglued([" ".join(lines)], lines, ["Elsewhere."]) == lines
    assert unglued(lines, lines, lines[1:]) == lines


def test_taking_paragraphs_apart_ends_however_many_lines_may_begin_at_each_word() -> None:
    lines = ["a", *("a " + "b" * length for length in range(2, 800))]
    assert unglued(["a bb a"], lines) == ["a bb", "a"]
    glued = ["a " * 1_000 + "c", "a bb a"]
    assert unglued(glued, lines) == glued
