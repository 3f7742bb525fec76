"""The report page as a browser shows it: accessible, readable at any width, and deaf to what articles say."""

import re

import pytest

from tests.browser.conftest import NARROW, WIDE, page_names

PAGES = page_names()
LOOKS = [(size, scheme) for size in (WIDE, NARROW) for scheme in ("light", "dark")]
JUDGED = [(name, look) for name in ("alliance-1", "awkward") for look in LOOKS] + [
    (name, LOOKS[number % len(LOOKS)]) for number, name in enumerate(PAGES) if name not in ("alliance-1", "awkward")
]
"""Two pages in every look, the others in one each: an axe run takes seconds."""

OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
WORDS = """element => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('.ref').forEach(each => each.remove());
  return copy.textContent;
}"""


def paragraph_of(note):
    """The paragraph beside which a note stands."""
    return note.evaluate_handle("note => note.closest('.row').querySelector('p')").as_element()


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.mark.parametrize(("name", "look"), JUDGED, ids=[f"{name}-{look[0][0]}-{look[1]}" for name, look in JUDGED])
def test_axe_finds_nothing(show, axe, name, look):
    page = show(name, *look)
    page.evaluate(OPEN_ALL)

    found = axe.run(page).response["violations"]

    assert [(each["id"], each["nodes"][0]["html"], each["nodes"][0]["failureSummary"]) for each in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_it_is_never_wider_than_the_window(show, name):
    page = show(name)
    page.evaluate(OPEN_ALL)

    for width in (1400, 800, 360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_it_asks_for_nothing_and_complains_of_nothing(show, name):
    page = show(name)
    page.wait_for_load_state("networkidle")

    assert page.troubles == []


@pytest.mark.parametrize("name", PAGES)
def test_it_shows_the_articles_words_and_all_of_them(show, name):
    page = show(name)

    shown = [page.eval_on_selector_all(f"article:nth-of-type({n}) .row > p", f"all => all.map({WORDS})")
             for n in range(1, len(page.texts) + 1)]  # fmt: skip

    def plain(text):
        return re.sub(r"[\s\u202d\u202e\x00-\x1f\ufffd]+", "", text)

    assert [plain("".join(words)) for words in shown] == [plain(text) for text in page.texts]


def test_nothing_an_article_says_is_run(show):
    page = show("awkward")

    assert page.query_selector_all("script, iframe, img, object, embed, form, base") == []
    assert (
        page.eval_on_selector_all("*", "all => all.flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))")
        == []
    )
    assert page.eval_on_selector_all("a", "all => all.map(a => a.protocol)").count("javascript:") == 0
    assert page.troubles == []


def test_a_script_that_got_in_would_not_run(show):
    page = show("awkward")

    page.evaluate("""() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.ran = true"><p style="color: red">');
    }""")
    page.wait_for_timeout(100)

    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in each for each in page.troubles)


def test_an_override_in_a_quotation_turns_nothing_around_it(show):
    page = show("awkward")

    directions = page.eval_on_selector_all("bdi", "all => all.map(e => getComputedStyle(e).unicodeBidi)")

    assert directions and set(directions) == {"isolate"}


def test_all_notes_stand_beside_the_text_where_there_is_room(show):
    page = show("alliance-1")
    notes = page.query_selector_all(".notes li")

    assert len(notes) > 10
    for note in notes:
        words = paragraph_of(note).bounding_box()
        assert note.bounding_box()["x"] > words["x"] + words["width"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_on_a_narrow_screen_a_number_shows_its_note_under_its_paragraph(show, script):
    page = show("alliance-1", NARROW, script=script)
    notes = page.query_selector_all(".notes li")
    assert not any(note.is_visible() for note in notes)

    page.locator(".ref").nth(2).click()
    visible = [note for note in notes if note.is_visible()]

    assert [note.get_attribute("id") for note in visible] == ["a1-n3"]
    box, words = visible[0].bounding_box(), paragraph_of(visible[0]).bounding_box()
    assert box["y"] >= words["y"] + words["height"]
    assert box["y"] >= 0 and box["y"] + box["height"] <= NARROW[1]

    visible[0].query_selector(".back").click()
    assert not any(note.is_visible() for note in notes)


def test_the_keyboard_reaches_a_note_and_comes_back(show):
    page = show("alliance-1", NARROW)
    page.locator(".ref").first.focus()

    page.keyboard.press("Enter")
    assert page.url.endswith("#a1-n1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.notes li').id") == "a1-n1"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#a1-r1")


def test_the_first_stop_of_the_keyboard_skips_to_the_report(show):
    page = show("alliance-1")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0


def test_what_has_the_focus_can_be_seen(show):
    page = show("alliance-1")

    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))")
        assert style == ["solid", "3px"]


@pytest.mark.parametrize("name", ["alliance-1", "awkward", "alliance"])
def test_a_link_to_evidence_shows_its_words_and_no_others(show, name):
    page = show(name)
    links = page.eval_on_selector_all(".there", "all => [...new Set(all.map(a => a.getAttribute('href')))]")

    for link in links:
        page.evaluate("link => { location.hash = link; }", link)
        shown = page.evaluate("""() => {
          const sample = document.createElement('p');
          sample.className = 'sample';
          document.body.append(sample);
          const colour = getComputedStyle(document.documentElement).getPropertyValue('--shown').trim();
          const rgb = 'rgb(' + colour.match(/\\w\\w/g).map(each => parseInt(each, 16)).join(', ') + ')';
          return [...document.querySelectorAll('.text mark')]
            .filter(mark => getComputedStyle(mark).backgroundColor === rgb).map(mark => mark.textContent).join('');
        }""")
        article, start, end = map(int, re.fullmatch(r"#a(\d+)-t(\d+)-(\d+)", link).groups())
        words = page.texts[article - 1][start:end]
        assert re.sub(r"[\s\u202d\u202e\x00-\x1f\ufffd]", "", shown) == re.sub(r"[\s\u202d\u202e\x00-\x1f]", "", words)

    assert links


@pytest.mark.parametrize("name", PAGES)
def test_labels_of_the_picture_stay_within_their_boxes(show, name):
    page = show(name)
    page.evaluate(OPEN_ALL)

    outside = page.eval_on_selector_all(".box", """all => all.flatMap(box => {
      const rect = box.querySelector('rect').getBBox();
      return [...box.querySelectorAll('text')].filter(text => {
        const at = text.getBBox();
        return at.x < rect.x || at.x + at.width > rect.x + rect.width || at.y + at.height > rect.y + rect.height + 2;
      }).map(text => text.textContent);
    })""")  # fmt: skip

    assert outside == []


def test_a_circle_of_citations_is_told_in_the_picture_and_in_words(show):
    page = show("awkward")
    picture = page.locator("svg.graph[role=img]").first

    assert picture.locator(".link.loop.cites").count() == 3
    assert "part of a circle" in page.locator(".drawn .legend").first.inner_text()
    page.evaluate(OPEN_ALL)
    words = page.locator(f"[id='{picture.get_attribute('aria-describedby')}']").inner_text()
    assert "Label a1 cites Label a2" in words and "Label a3 cites Label a1" in words


def test_the_print_has_all_notes_and_nothing_to_click(show):
    page = show("alliance-1", NARROW)
    page.emulate_media(media="print")

    assert all(note.is_visible() for note in page.locator(".notes li").all())
    assert not any(each.is_visible() for each in page.locator(".there, .back, .skip").all())
    assert all(each.is_visible() for each in page.locator("details.card .question").all())
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_print_keeps_a_picture_with_what_stands_above_it(show):
    page = show("alliance-1")
    page.emulate_media(media="print")

    above = page.eval_on_selector_all(
        "figure > :is(.question, .about)", "all => all.map(each => getComputedStyle(each).breakAfter)"
    )

    assert above and set(above) == {"avoid"}
    assert page.eval_on_selector(".drawn", "drawn => getComputedStyle(drawn).breakInside") == "avoid"


def test_it_reads_the_same_without_script(show):
    with_script, without = show("alliance-1"), show("alliance-1", script=False)

    assert with_script.locator("main").inner_text() == without.locator("main").inner_text()
