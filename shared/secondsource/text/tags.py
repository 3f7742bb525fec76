"""What HTML's elements do to the text in them: data after the WHATWG standard, sections 13 and 15."""


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


VOID = _names("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
"""Elements without content and without an end tag."""

RAW_TEXT = _names("script style iframe noembed noframes xmp title textarea")
"""Elements whose content is characters up to their own end tag, whatever it looks like."""

NOT_SHOWN = _names(
    "script style template noscript iframe noembed noframes title textarea svg math canvas object applet audio video"
    " select datalist del"
)
"""Elements whose text is not read as part of a page: code, choices, what stands in where something does not work, and
what an editor has struck out."""

FOREIGN = frozenset(["svg", "math"])
"""Elements inside which ``<x/>`` closes itself, as in XML."""

LEAVES_FOREIGN = _names(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta"
    " nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
"""Start tags that end the SVG or MathML they stand in (section 13.2.6.5), and ``font`` with one of FONT_ATTRIBUTES."""

FONT_ATTRIBUTES = frozenset(["color", "face", "size"])

HOSTS_HTML = _names("foreignobject desc annotation-xml mi mo mn ms mtext")
"""Elements of SVG and MathML in which HTML may stand."""

BLOCK = _names(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu"
    " nav ol p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp"
)
"""Elements that begin and end a line of text."""

CLOSES_PARAGRAPH = BLOCK - _names("body caption col colgroup frameset head html legend tbody td tfoot th thead tr")
"""Start tags that end an open paragraph."""

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])

IN_HEAD = _names("base link meta noscript script style template title")
"""Elements that may stand in the head of a page: any other one ends it."""

CLOSED_BY_SIBLING: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "menu", "dir", "td", "th"])),
    "dd": (frozenset(["dd", "dt"]), frozenset(["dl", "td", "th"])),
    "dt": (frozenset(["dd", "dt"]), frozenset(["dl", "td", "th"])),
    "option": (frozenset(["option"]), frozenset(["select", "datalist"])),
    "optgroup": (frozenset(["option", "optgroup"]), frozenset(["select"])),
    "td": (frozenset(["td", "th"]), frozenset(["table", "tr"])),
    "th": (frozenset(["td", "th"]), frozenset(["table", "tr"])),
    "tr": (frozenset(["tr", "caption", "colgroup"]), frozenset(["table"])),
    **dict.fromkeys(
        ["tbody", "thead", "tfoot"],
        (frozenset(["tbody", "thead", "tfoot", "caption", "colgroup"]), frozenset(["table"])),
    ),
}
"""Start tags that end an open element of their own kind: which, and what stops the search for it."""

TABLE_PARTS = _names("table caption tbody thead tfoot tr td th")
"""Elements whose end tags reach across anything but another table."""

SCOPE = _names("html body table caption td th button object applet marquee template")
"""Elements that other end tags do not reach across."""

ASIDE = _names("nav aside footer header form button menu dialog figcaption")
"""Elements around the main text of a page: left out where the main text could not be told from the rest."""
