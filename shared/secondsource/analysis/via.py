"""The channel of an attribution: "told the Daily X", "in an interview with", "on Twitter", "quoted by agency Y"."""

import re
from collections.abc import Sequence

from secondsource.analysis.attribution import Draft, Range
from secondsource.analysis.names import is_outlet
from secondsource.model import Citation

_NAME = r"(?:[Tt]he |[Aa]n? )?(?:[A-Z0-9][\w.&'’-]*)(?: (?:of |de |for |and |& )?(?:[A-Z0-9][\w.&'’-]*))*"
_TOLD = re.compile(
    r"\b(?:told|tells|informed|speaking to|spoke to|interview(?:ed)? (?:with|by|to|for|on)|quoted (?:by|in)|"
    r"statement to|remarks to|comments to|talking to|reported by|published (?:by|in|on)|appeared (?:in|on)|"
    r"article (?:in|for)|column (?:in|for)|op-ed (?:in|for)|email to|e-mail to|speaking (?:on|with)|said (?:on|in|to)|"
    rf"according to)\s+(?P<who>{_NAME})"
)
_PLATFORM = re.compile(
    r"\b(?:on|via|to|in)\s+(?:(?:his|her|their|its|a|the)\s+)?(?:\w+\s+)?(?P<who>Twitter|Facebook|Instagram|YouTube|Telegram|"
    r"Weibo|TikTok|WhatsApp|Truth Social|LinkedIn|Reddit|Medium|blog|website|social media)\b"
)
_WEEKDAY = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|^(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b"
)
_QUOTED_BY = re.compile(r"\b(?:quoted|cited) (?:by|in) (?:the )?\Z", re.IGNORECASE)
_QUOTES = re.compile(r"[^.;:\n“\"]{0,20}?\b(?:quot|cit)(?:ed|es|ing) \Z")
_NEAR = 40
"""Code points in which "quoted by" is looked for before an outlet's name, and who is quoted behind it."""
_ANOTHER = re.compile(r"[,;:.!?–—\n]|\b(?:and|but|that|after|before|as|because|while|when)\b")
"""What stands before a name that is told something in another clause."""
_NOT_NOW = re.compile(r"\b(?:never|not|once|according)\b|n['’]t\b")
_AFTER_CUE, _HEAD = 30, 5
"""Code points behind a cue in which it is told who was; those at a source's beginning that are the source itself."""
_THE = re.compile(r"^[Tt]he\s")


def channel(text: str, d: Draft, credits: Sequence[Citation] = ()) -> tuple[str, Range] | None:
    """The name of the outlet or platform through which the words came, with its place, when the text says so.

    ``credits``: the outlets that the text credits.
    """
    if not d.cue:
        return None
    first = min([*d.cue, *d.source])[0]
    last = max([*d.cue, *d.source], key=lambda r: r[1])[1]
    end = min(len(text), last + 90)
    stop = re.search(r"[.;\n“\"]", text[last:end])
    window_end = last + stop.start() if stop else end
    begin = min(first, d.cue[0][0])
    for m in _TOLD.finditer(text, begin, window_end):
        name = m.group("who").strip().rstrip(",.")
        if m.group(0).lower().startswith("according to"):
            continue
        if _WEEKDAY.match(name) or any(a <= m.start("who") < b for a, b in [*d.source, *d.content]):
            continue
        if is_outlet(name):
            start = m.start("who")
            bare = re.sub(r"^(?:the|a|an) ", "", name, flags=re.IGNORECASE)
            start += len(name) - len(bare)
            return bare, (start, start + len(bare))
    for credit in credits:
        if _through(text, d, credit):
            start, end = credit.span
            start += len(credit.outlet) - len(bare := _THE.sub("", credit.outlet))
            return bare, (start, end)
    m2 = _PLATFORM.search(text, begin, window_end)
    if m2 is not None and not any(a <= m2.start() < b for a, b in d.content):
        return m2.group("who"), (m2.start("who"), m2.end("who"))
    return None


def _through(text: str, d: Draft, credit: Citation) -> bool:
    """Whether the words came through an outlet that the text credits: who says them told it, or it quotes them."""
    start, end = credit.span
    if any(a <= start < b for a, b in d.content):
        return False
    among_source = any(a + _HEAD <= start < b and not _NOT_NOW.search(text, a, start) for a, b in d.source)
    if credit.form == "told":
        told = any(
            a <= start < b or (b <= start <= b + _AFTER_CUE and not _ANOTHER.search(text, b, start)) for a, b in d.cue
        )
        return told or among_source
    if credit.form == "credited":
        behind = any(b <= start <= b + _NEAR and not _NOT_NOW.search(text, b, start) for _, b in d.source)
        return (among_source or behind) and _QUOTED_BY.search(text[max(0, start - _NEAR) : start]) is not None
    quoted = d.source[0][0] if d.source else end
    return credit.form == "reports" and end < quoted <= end + _NEAR and _QUOTES.match(text[end:quoted]) is not None
