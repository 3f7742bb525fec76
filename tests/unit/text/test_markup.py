"""Pages written anew: balanced, bounded, and with the text a reader sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from secondsource.text.markup import MAX_DEPTH, MAX_DEPTH_SUM, MAX_ELEMENTS, rewrite

TAIL = "<p>The tail of the page, said the mayor.</p>"
TAGS = st.sampled_from(
    ["p", "div", "b", "a", "li", "ul", "table", "tr", "td", "h1", "br", "article", "pre", "svg", "span", "body", "head",
     "template", "select", "option", "dl", "dd", "x-y", "plaintext", "frameset", "form", "title", "q"]
)  # fmt: skip
PIECES = st.one_of(
    TAGS.map("<{}>".format), TAGS.map("</{}>".format), TAGS.map("<{} hidden>".format), TAGS.map("<{}/>".format),
    st.sampled_from(["word ", "&lt;b&gt;", "&#0;", "\x00", "\ud800", "\ufffe", "\n"]), st.text(max_size=5),
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=60).map("".join)


def seen(page: str) -> str:
    return " ".join(rewrite(page).lines)


@given(PAGES)
def test_what_is_written_is_balanced_and_holds_the_lines_text(page: str) -> None:
    markup = rewrite(page)
    opened = markup.html.count("<") - 2 * markup.html.count("</")
    voids = sum(markup.html.count(f"<{name}") for name in ("br>", "br "))
    assert opened == voids
    assert markup.depth <= MAX_DEPTH
    if markup.lines:
        tree = lxml_html.document_fromstring(markup.html)
        letters = "".join(tree.text_content().split())
        assert len(letters) >= len("".join("".join(markup.lines).split()))


@given(PAGES)
def test_no_page_leaves_a_character_that_cannot_be_stored(page: str) -> None:
    markup = rewrite(page)
    for text in (markup.html, *markup.lines):
        text.encode("utf-8")
        assert "\x00" not in text and "\ufffe" not in text


@pytest.mark.parametrize("depth", [200, 255, 256, 2_000, 5_000, 100_000])
def test_text_below_any_depth_reaches_the_tree(depth: int) -> None:
    markup = rewrite("<div>" * depth + TAIL)
    assert "The tail of the page" in lxml_html.document_fromstring(markup.html).text_content()
    assert markup.depth <= MAX_DEPTH
    assert bool(markup.notes) == (depth > MAX_DEPTH)


def test_paragraphs_below_the_depth_stay_apart() -> None:
    page = "<div>" * 300 + "<p>One.</p><div><div>Two.</div></div><ul><li>Three.<li>Four.</ul>"
    tree = lxml_html.document_fromstring(rewrite(page).html)
    assert [paragraph.text_content() for paragraph in tree.iter("p")] == ["One.", "Two.", "Three.", "Four."]


def test_inline_elements_below_the_depth_do_not_break_a_sentence() -> None:
    page = "<p>He " + "<span>" * 300 + "said" + "</span>" * 300 + " so.</p>"
    assert rewrite(page).lines == ("He said so.",)
    assert len(list(lxml_html.document_fromstring(rewrite(page).html).iter("p"))) == 1


def test_hidden_elements_below_the_depth_are_hidden() -> None:
    page = "<div>" * 300 + "<p hidden>Secret</p>" + TAIL + "<div style='display:none'><p>Secret</p></div>Seen"
    assert seen(page) == "The tail of the page, said the mayor. Seen"


@pytest.mark.parametrize(
    "page",
    [
        "<a><b>" * 2_000, "<p>" * 2_000, "<b>x" * 50_000, "<table><tr><td>" * 20_000, "<ul><li>" * 20_000,
        "<br>x" * 50_000, "<x1></x2>" * 50_000, "</b>" * 50_000, "<p><button>" + "<div>" * 50_000, "<option>" * 50_000,
        "".join(f"<x{number}>y" for number in range(50_000)),
    ],
    ids=lambda page: page[:16],
)  # fmt: skip
def test_misnested_and_endless_elements_cost_a_bounded_tree(page: str) -> None:
    markup = rewrite(page + TAIL)
    assert markup.pieces <= len(page + TAIL)
    assert markup.elements <= MAX_ELEMENTS
    assert markup.html.count("<") <= 2 * MAX_ELEMENTS + 2
    assert markup.depth * 1 <= MAX_DEPTH
    assert "The tail of the page, said the mayor." in " ".join(markup.lines)
    assert markup.complete or markup.notes


def test_many_elements_at_a_great_depth_are_bounded_together() -> None:
    markup = rewrite("<div>" * 200 + "<p>x</p>" * 9_000)
    assert not markup.complete
    assert markup.elements < MAX_DEPTH_SUM / 190
    assert len(markup.lines) == 9_000


@pytest.mark.parametrize(
    "page", ["<!--" + "-" * 500_000 + ">", "<a" + " " * 500_000 + ">", "<p a='" + "=" * 500_000 + "'>"]
)
def test_a_huge_piece_is_one_piece(page: str) -> None:
    markup = rewrite(page + TAIL)
    assert markup.pieces <= 4
    assert markup.lines == ("The tail of the page, said the mayor.",)


@pytest.mark.parametrize("mark", ["<", "&", "<!", "</"])
def test_a_million_marks_after_the_text_are_text_or_a_hole(mark: str) -> None:
    markup = rewrite(TAIL + mark * (900_000 // len(mark)))
    assert markup.pieces <= 5
    assert markup.lines[0] == "The tail of the page, said the mayor."
    assert len(markup.lines) == 2 or "never ends" in markup.notes[0]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>no</p>", "<div style='display:none'><p>no</p></div>", "<div style='color:red; DISPLAY : none'>no</div>",
        "<span style='visibility:hidden'>no</span>", "<p style='font-size:0'>no</p>", "<p style='font-size: 0px;'>no</p>",
        "<div aria-hidden='true'><p>no</p></div>", "<script>no</script>", "<style>no</style>", "<template><p>no</p></template>",
        "<noscript><p>no</p></noscript>", "<textarea>no</textarea>", "<svg><title>no</title><text>no</text></svg>",
        "<select><option>no</select>", "<iframe>no</iframe>", "<dialog><p>no</p></dialog>", "<span class='a sr-only'>no</span>",
        "<del>no</del>", "<math><mi>no</mi></math>", "<p hidden>no",
        "<noscript><p>no</noscript>", "<template><table><tr><td>no</template>", "<svg><text>no</svg>", "<button hidden><div>no</button>",
    ],
)  # fmt: skip
def test_what_a_reader_does_not_see_is_left_out(hidden: str) -> None:
    markup = rewrite(f"<div><p>Before.</p>{hidden}<p>After.</p></div>")
    assert markup.lines == ("Before.", "After.")
    assert "no<" not in markup.html


@pytest.mark.parametrize(
    "shown",
    ["<p style='font-size:0.9em'>yes</p>", "<p style='background:display'>yes</p>", "<p aria-hidden=false>yes</p>",
     "<dialog open>yes</dialog>", "<details><p>yes</p></details>", "<xmp>yes</xmp>"],
)  # fmt: skip
def test_what_only_looks_hidden_is_kept(shown: str) -> None:
    assert seen(shown) == "yes"


def test_a_page_that_waits_for_its_script_is_not_hidden() -> None:
    assert seen("<body style='visibility:hidden'><p>yes</p>") == "yes"


@pytest.mark.parametrize(
    "unclosed",
    [
        "<svg>", "<math>", "<svg><g><path>", "<svg><svg><text>no", "<math><mrow>", "<svg><desc>no</desc><foreignObject><svg>",
        "<div>" * 230 + "<svg><g>",
    ],
)  # fmt: skip
def test_svg_that_never_ends_hides_nothing_behind_the_tag_at_which_a_browser_leaves_it(unclosed: str) -> None:
    for behind in ("<p>b</p>c", "<h1>b</h1><ul><li>c</ul>", "<table><tr><td>b</table>c", "<font color=red>b</font> c"):
        if "foreignObject" in unclosed:
            assert seen(f"<p>a</p>{unclosed}{behind}</foreignObject></svg><p>b c") == "a b c"
        else:
            assert seen(f"<p>a</p>{unclosed}{behind}") == "a b c"


def test_html_that_stands_in_svg_where_it_may_is_hidden_with_it() -> None:
    assert seen("<svg><foreignObject><p>no</p><svg><g><p>no</p></foreignObject></svg><p>a</p>") == "a"
    assert seen("<math><mtext><p>no</p></mtext></math><p>a</p>") == "a"
    assert seen("<svg><text>no<a>no</a><font>no</font></text></svg><p>a</p>") == "a"


@pytest.mark.parametrize(
    "attribute",
    [
        f"style='{'a:b;' * 2_000}display:none'", f"class='{'wide ' * 2_000}sr-only'", f"hidden='{'x' * 5_000}'",
        f"aria-hidden='{' ' * 5_000}true'",
    ],
    ids=lambda attribute: attribute.partition("=")[0],
)  # fmt: skip
def test_an_attribute_of_any_length_hides_and_none_that_is_long_is_written(attribute: str) -> None:
    assert seen(f"<div {attribute}>no</div><p>a</p>") == "a"
    assert "wide" not in rewrite(f"<p class='{'wide ' * 2_000}'>a</p>").html
    assert seen(f"<dialog open='{'x' * 5_000}'>a</dialog>") == "a"


def test_svg_that_closes_itself_hides_nothing_after_it() -> None:
    assert seen("<p>a <svg/>b</p><svg><path/><path/></svg><p>c</p>") == "a b c"


def test_blocks_cells_items_and_breaks_each_begin_a_line() -> None:
    page = "<p>a<p>b <i>c</i><br>d<ul><li>e<li>f</ul><table><tr><td>g<td>h</table><pre>i\nj</pre>k<div>l</div>m"
    assert rewrite(page).lines == ("a", "b c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m")


def test_lines_around_the_main_text_are_told_apart() -> None:
    markup = rewrite("<nav>Home</nav><p>Text.</p><footer><p>Imprint</p></footer>")
    assert markup.lines == ("Home", "Text.", "Imprint")
    assert markup.main_lines == ("Text.",)


def test_json_ld_is_handed_over_and_other_scripts_are_not() -> None:
    assert rewrite('<script type="application/ld+json">{"a": 1}</script><script>{"b": 2}</script>').json_ld == (
        '{"a": 1}',
    )


def test_an_end_tag_does_not_reach_out_of_its_cell() -> None:
    markup = rewrite("<div><table><tr><td>a</div></p></b><td>b</table>c</div>d")
    assert markup.lines == ("a", "b", "c", "d")
    assert markup.html == "<div><table><tr><td>a</td><td>b</td></tr></table>c</div>d"


def test_values_cannot_break_out_of_their_attribute() -> None:
    assert rewrite("<p title='\"><script>x'>y</p>").html == '<p title="&quot;&gt;&lt;script&gt;x">y</p>'
