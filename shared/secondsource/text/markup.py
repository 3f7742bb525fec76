"""A page made safe to parse: the same text in balanced tags, not too deep, without what a reader does not see.

lxml loses text without a word below 255 elements of depth, and much of what is built on it takes quadratic time on
odd pages. So the page is written anew first, in one pass whose work is bounded by the number of pieces times MAX_DEPTH.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape

from secondsource.text import tags
from secondsource.text.characters import (
    NONCHARACTERS,
    REPLACEMENT,
    SURROGATES,
    code_points,
    each_as,
)
from secondsource.text.hidden import hides, is_aria_hidden
from secondsource.text.nesting import Beyond, barrier, place_of
from secondsource.text.tokens import MAX_ATTRIBUTE_CHARS, MAX_ATTRIBUTES, Token, characters, tokens

MAX_DEPTH = 220
"""Elements within elements. lxml keeps text down to 254, html and body included."""

MAX_ELEMENTS = 10_000
"""Elements of a page that are given to a parser; pages of news have 1,000 to 8,000. Some steps of the extraction take
time with the square of their number: 20,000 empty ones took 4 s, 10,000 one; 5,000 lists or tables of one item 3 s,
half as many one."""

MAX_DEPTH_SUM = 400_000
"""Sum of the depths of those elements, for other steps take time with both; pages of news have some 100,000. 15,000
paragraphs at a depth of 220 took 11 s."""

_UP_TO = {"html": {"html"}, "head": {"html", "head"}, "body": {"html", "head", "body"}}
_PREFORMATTED = frozenset(["pre", "listing"])
"""Elements whose line ends are shown: they are written as line breaks, in an element of no particular kind."""
_UNSAFE = frozenset(["plaintext", "frameset"]) | _PREFORMATTED
"""Elements that make a parser read what follows in another way."""
_MARKS_OF_Q = (("\u201c", "\u201d"), ("\u2018", "\u2019"))
"""What a browser shows around <q>, and around one within it: written as text, without the element, which trafilatura
takes for a paragraph."""
_OPENING_MARKS = frozenset('"\u201c\u201e\u00ab')
_NAME = re.compile(r"[a-z][a-z0-9-]*(?::[a-z0-9-]+)?")
_ATTRIBUTE_NAME = re.compile(r"[a-z_][a-z0-9_.-]*(?::[a-z0-9_.-]+)?")
_CONTROLS_OF_XML = (*range(0x01, 0x09), 0x0B, *range(0x0E, 0x20))
"""Controls that an XML tree refuses to hold."""
_READABLE = (
    each_as(REPLACEMENT, code_points(SURROGATES, NONCHARACTERS)) | each_as(" ", _CONTROLS_OF_XML) | {0: REPLACEMENT}
)


@dataclass(frozen=True, slots=True)
class Markup:
    """A page written anew.

    ``html``: balanced, at most MAX_DEPTH deep and MAX_ELEMENTS elements long, without hidden elements, scripts and
    comments. ``lines``: the text of the page as a reader sees it, a block or line each; ``main_lines`` without
    navigation, footers, forms and the like. ``json_ld``: the contents of its JSON-LD scripts. ``notes``: one phrase
    for each cap that cut something. ``complete``: ``html`` holds all of ``lines``. ``aria_letters``: characters of text
    left out for aria-hidden alone.
    """

    html: str
    lines: tuple[str, ...]
    main_lines: tuple[str, ...]
    json_ld: tuple[str, ...]
    notes: tuple[str, ...]
    complete: bool
    elements: int
    depth: int
    pieces: int
    aria_letters: int


def rewrite(page: str, *, honour_aria: bool = True) -> Markup:
    """The page written anew. ``honour_aria``: take elements with aria-hidden=true for hidden."""
    writer = _Writer(honour_aria)
    for token in tokens(page.translate(_READABLE)):
        writer.take(token)
    return writer.finish()


class _Writer:
    """Writes balanced HTML from tokens, keeping track of the open elements roughly as a browser does.

    Elements too deep are not written but counted by name in ``beyond``; where blocks begin or end among them, their
    text goes into plain paragraphs ("flat"). Hidden elements are kept track of, and nothing in them is written.
    """

    def __init__(self, honour_aria: bool) -> None:
        self.honour_aria = honour_aria
        self.out: list[str] = []
        self.open: list[str] = []
        self.hidden_from: int | None = None  # place in ``open`` of the outermost hidden element
        self.beyond: Beyond | None = None
        self.flat = False
        self.line: list[str] = []
        self.lines: list[str] = []
        self.main_lines: list[str] = []
        self.json_ld: list[str] = []
        self.raw_use: str | None = None
        self.quoted: list[str | None] = []  # for each open <q> the mark that ends it; None: nothing stands in it yet
        self.seen: set[str] = set()
        self.notes: dict[str, None] = {}  # in order, each once
        self.full = False
        self.aria_hidden = False  # whether the outermost hidden element is hidden by aria-hidden alone
        self.aria_letters = 0
        self.elements = self.depth = self.depth_sum = self.pieces = 0

    def take(self, token: Token) -> None:
        """One piece of the page."""
        self.pieces += 1
        if token.cut == "attributes":
            self.notes[f"a tag has more than {MAX_ATTRIBUTES} attributes; the others were left out"] = None
        match token.kind:
            case "text":
                self.text(token.data)
            case "raw":
                self.raw(token.data)
            case "start":
                self.start(token.data, token.attributes, token.self_closing)
            case "end":
                self.end(token.data)
            case "hole":
                self.notes[f"{token.data} never ends and takes the rest of the page with it"] = None

    def finish(self) -> Markup:
        """The page as written, once all of it has been taken."""
        self.pop_to(0)
        self.break_line()
        return Markup(
            html="".join(self.out),
            lines=tuple(self.lines),
            main_lines=tuple(self.main_lines),
            json_ld=tuple(self.json_ld),
            notes=tuple(self.notes),
            complete=not self.full,
            elements=self.elements,
            depth=self.depth,
            pieces=self.pieces,
            aria_letters=self.aria_letters,
        )

    # --- text ------------------------------------------------------------------------------------------------------

    @property
    def hidden(self) -> bool:
        return self.hidden_from is not None or (self.beyond is not None and self.beyond.hidden is not None)

    def write(self, markup: str) -> None:
        if not self.full:
            self.out.append(markup)

    def text(self, text: str) -> None:
        if self.hidden:
            self.aria_letters += self.aria_hidden * sum(map(len, text.split()))
            return
        blank = not text or text.isspace()
        if not blank:
            self.leave_head()
            if not self.flat and self.beyond and self.beyond.blocks:
                self.write_start("p", {})
                self.flat = True
            text = self.opening_marks(text) + text
        self.line.append(text)
        if _PREFORMATTED.isdisjoint(self.open):
            self.write(escape(text, quote=False))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.write_start("br", {})
            self.write(escape(line, quote=False))

    def opening_marks(self, text: str) -> str:
        """The marks that a browser shows where <q> begins, before its first text; none where the page has its own."""
        first = len(self.quoted)
        while first and self.quoted[first - 1] is None:
            first -= 1
        if first == len(self.quoted):
            return ""
        before = "".join(self.line[-1:]).rstrip()
        own = text.lstrip()[:1] in _OPENING_MARKS or before[-1:] in _OPENING_MARKS
        marks = [("", "") if own else _MARKS_OF_Q[place % 2] for place in range(first, len(self.quoted))]
        self.quoted[first:] = [closing for _, closing in marks]
        return "".join(opening for opening, _ in marks)

    def raw(self, content: str) -> None:
        if self.raw_use == "title":
            self.write(f"<title>{escape(characters(content), quote=False)}</title>")
        elif self.raw_use == "json-ld":
            self.json_ld.append(content)
        elif self.raw_use == "xmp":
            self.break_line()
            self.text(content)
            self.break_line()
        self.raw_use = None

    def break_line(self) -> None:
        """Where a block begins or ends: what follows is a new line, and a new flat paragraph."""
        if self.flat:
            self.write("</p>")
            self.flat = False
        if not self.line:
            return
        text = "".join(self.line)
        self.line = []
        pieces = [text] if _PREFORMATTED.isdisjoint(self.open) else text.splitlines()
        lines = [" ".join(piece.split()) for piece in pieces if piece and not piece.isspace()]
        self.lines += lines
        if tags.ASIDE.isdisjoint(self.open) and not (self.beyond and self.beyond.asides):
            self.main_lines += lines

    # --- elements --------------------------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str], self_closing: bool) -> None:
        if tag in tags.LEAVES_FOREIGN or (tag == "font" and not tags.FONT_ATTRIBUTES.isdisjoint(attributes)):
            self.leave_foreign()
        if tag in tags.RAW_TEXT:
            self.raw_use = None if self.hidden else self.use_of(tag, attributes)
        elif tag in ("html", "head", "body"):
            self.start_frame(tag, attributes)
        elif self_closing and self.is_foreign(tag):
            return
        else:
            if not self.beyond:
                self.close_implied(tag)
            if not self.hidden and (tag in tags.BLOCK or tag == "br"):
                self.break_line()
            if tag in tags.VOID:
                self.write_start(tag, attributes)
            elif self.beyond or len(self.open) >= MAX_DEPTH:
                self.start_beyond(tag, attributes)
            else:
                self.push(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == "p":
            self.leave_foreign()
        if tag == "br":
            self.start("br", {}, False)
        elif tag == "head":
            self.leave_head()
        elif self.beyond and self.beyond.names[tag]:
            self.end_beyond(tag, self.beyond)
        elif tag not in ("html", "body"):
            place = place_of(self.open, [tag], barrier(tag))
            if place is not None:
                self.pop_to(place)
            elif tag in tags.BLOCK and not self.hidden:
                self.break_line()

    def push(self, tag: str, attributes: Mapping[str, str]) -> None:
        if not self.hidden and (cause := self.hiding(tag, attributes)):
            self.hidden_from = len(self.open)
            self.aria_hidden = cause == "aria"
        self.open.append(tag)
        if tag == "q":
            self.quoted.append(None)
        self.write_start(tag, attributes)

    def pop_to(self, place: int) -> None:
        """Close open elements until ``place`` of them are left."""
        while len(self.open) > place:
            if not self.hidden and self.open[-1] in tags.BLOCK:
                self.break_line()
            self.beyond = None
            tag = self.open[-1]
            if tag == "q" and (mark := self.quoted.pop()) and self.line and not self.hidden:
                self.text(mark)
            if not self.hidden:
                if self.flat:
                    self.break_line()
                if tag != "q":
                    self.write(f"</{_written(tag)}>")
            self.open.pop()
            if self.hidden_from == len(self.open):
                self.hidden_from = None
                self.aria_hidden = False

    def write_start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.hidden or self.full or tag == "q":
            return
        if self.elements >= MAX_ELEMENTS or self.depth_sum + len(self.open) > MAX_DEPTH_SUM:
            self.full = True
            self.notes["the page has too many elements; its text was taken as it stands"] = None
            return
        self.elements += 1
        self.depth_sum += len(self.open)
        self.depth = max(self.depth, len(self.open))
        written = "".join(
            f' {name}="{escape(value)}"'
            for name, value in attributes.items()
            if len(value) <= MAX_ATTRIBUTE_CHARS and _ATTRIBUTE_NAME.fullmatch(name)
        )
        self.out.append(f"<{_written(tag)}{written}>")

    def start_beyond(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.notes[f"elements nested deeper than {MAX_DEPTH} were flattened; their text is kept"] = None
        self.beyond = self.beyond or Beyond()
        self.beyond.add(tag, hidden=not self.hidden and self.hiding(tag, attributes) is not None)

    def end_beyond(self, tag: str, beyond: Beyond) -> None:
        if not self.hidden and tag in tags.BLOCK:
            self.break_line()
        beyond.remove(tag)
        if not beyond.all:
            self.beyond = None

    def is_foreign(self, tag: str) -> bool:
        """Whether the tag stands in SVG or MathML, or begins it."""
        beyond = self.beyond is not None and self.beyond.foreign > 0
        return tag in tags.FOREIGN or beyond or not tags.FOREIGN.isdisjoint(self.open)

    def leave_foreign(self) -> None:
        """Close the SVG or MathML that is open, up to an element of it in which HTML may stand."""
        if self.beyond and self.beyond.foreign:
            if all(not self.beyond.names[host] for host in tags.HOSTS_HTML):
                self.beyond.leave_foreign()
            return
        if tags.FOREIGN.isdisjoint(self.open):
            return
        outermost = None
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place] in tags.HOSTS_HTML:
                break
            if self.open[place] in tags.FOREIGN:
                outermost = place
        if outermost is not None:
            self.pop_to(outermost)

    def start_frame(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The first <html>, <head> and <body> in their places; others mean nothing."""
        if tag == "body":
            self.leave_head()
        if tag not in self.seen and (not self.open or (tag != "html" and self.open == ["html"])):
            self.seen |= _UP_TO[tag]
            self.push(tag, attributes)

    def leave_head(self) -> None:
        if self.open and self.open[-1] == "head":
            self.pop_to(len(self.open) - 1)

    def close_implied(self, tag: str) -> None:
        """Close what the standard says a start tag closes."""
        if tag not in tags.IN_HEAD:
            self.leave_head()
        if tag in tags.CLOSES_PARAGRAPH:
            self.close(["p"], tags.SCOPE)
        if tag in tags.HEADINGS and self.open and self.open[-1] in tags.HEADINGS:
            self.pop_to(len(self.open) - 1)
        if tag == "a":
            self.close(["a"], tags.BLOCK)
        if tag in tags.CLOSED_BY_SIBLING:
            self.close(*tags.CLOSED_BY_SIBLING[tag])

    def close(self, names: Collection[str], fence: frozenset[str]) -> None:
        place = place_of(self.open, names, fence)
        if place is not None:
            self.pop_to(place)

    def hiding(self, tag: str, attributes: Mapping[str, str]) -> str | None:
        """What hides the text of an element: "page", "aria", or nothing."""
        if hides(tag, attributes):
            return "page"
        return "aria" if self.honour_aria and is_aria_hidden(attributes) else None

    def use_of(self, tag: str, attributes: Mapping[str, str]) -> str | None:
        """What the raw text of an element is for: the title, JSON-LD, shown as it is, or nothing."""
        if tag == "script":
            is_json_ld = attributes.get("type", "").split(";")[0].strip().lower() == "application/ld+json"
            return "json-ld" if is_json_ld else None
        if tag == "title" and "title" not in self.seen:
            self.seen.add("title")
            return "title"
        return "xmp" if tag == "xmp" else None


def _written(tag: str) -> str:
    """The name under which an element is written."""
    if _NAME.fullmatch(tag) and tag not in _UNSAFE:
        return tag
    return "div" if tag in tags.BLOCK else "span"
