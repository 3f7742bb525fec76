"""The words in which findings are said to people: one place for the terminal, the page and the annotations.

Nobody is called biased or a liar: a source "has a stake in this claim", and a claim with a stake can be true.
"""

import textwrap
from collections.abc import Iterable, Sequence

from secondsource.model import FlagCode, FlagLevel, SourceKind, StakeLevel, Stance
from secondsource.text.characters import CONTROLS, LINE_ENDS, code_points, each_as

FLAGS: dict[FlagCode, str] = {
    FlagCode.SINGLE_SOURCE: "rests on one source",
    FlagCode.SHARED_ORIGIN: "several reports, one origin",
    FlagCode.CIRCULAR_REPORTING: "reports that cite each other in a circle",
    FlagCode.ANONYMOUS_SOURCE: "no source is named",
    FlagCode.MOTIVATED_SOURCE: "a source has a stake in this claim",
    FlagCode.UNATTRIBUTED: "stated as fact with no source",
    FlagCode.REMOTE_SOURCE: "sources speak from elsewhere",
    FlagCode.DISPUTED: "disputed",
}

QUESTIONS: dict[FlagCode, str] = {
    FlagCode.SINGLE_SOURCE: "whether it rests on one source",
    FlagCode.SHARED_ORIGIN: "whether its reports have one origin",
    FlagCode.CIRCULAR_REPORTING: "whether its reports cite each other in a circle",
    FlagCode.ANONYMOUS_SOURCE: "whether a source is named",
    FlagCode.MOTIVATED_SOURCE: "whether a source has a stake in it",
    FlagCode.UNATTRIBUTED: "whether it has a source",
    FlagCode.REMOTE_SOURCE: "whether its sources speak from elsewhere",
    FlagCode.DISPUTED: "whether it is disputed",
}
"""What each rule asks of a claim, for when it could not tell."""

LEVELS: dict[FlagLevel, str] = {
    FlagLevel.WARNING: "Warning",
    FlagLevel.CAUTION: "Caution",
    FlagLevel.NOTE: "Note",
}

KINDS: dict[SourceKind, str] = {
    SourceKind.NAMED_PERSON: "named person",
    SourceKind.UNNAMED_PERSON: "unnamed person",
    SourceKind.NAMED_GROUP: "named group",
    SourceKind.UNNAMED_GROUP: "unnamed group",
    SourceKind.DOCUMENT: "document",
    SourceKind.POLL: "poll",
    SourceKind.OUTLET: "news outlet",
    SourceKind.POST: "post",
    SourceKind.OUTLET_ITSELF: "the newsroom itself",
}

STAKES: dict[StakeLevel, str] = {
    StakeLevel.NONE: "no stake found",
    StakeLevel.POSSIBLE: "a possible stake",
    StakeLevel.LIKELY: "a likely stake",
    StakeLevel.STATED: "a stated stake",
}
"""How sure it is that the claim is something to a source."""

BY: dict[Stance, str] = {
    Stance.ASSERT: "said by",
    Stance.DENY: "denied by",
    Stance.DOUBT: "doubted by",
    Stance.ACCUSE: "an accusation by",
    Stance.CONFIRM: "confirmed by",
    Stance.ADMIT: "admitted by",
    Stance.ORDER: "ordered by",
    Stance.PREDICT: "predicted by",
    Stance.ASK: "asked by",
    Stance.BELIEVE: "believed by",
    Stance.INTEND: "intended by",
    Stance.OTHER: "reported of",
}
"""What a source does, before its name, for one and for many alike."""

FIRST_WORDS = 40
"""Code points shown of how a text begins."""

_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TO_ONE_LINE: dict[int, str | None] = {
    **each_as(None, code_points(CONTROLS)),
    **each_as(None, map(ord, _BIDI_CONTROLS)),
    **each_as(" ", map(ord, LINE_ENDS)),
}


def one_line(text: str) -> str:
    """``text`` on one line, fit for a terminal: no control codes, no bidi controls, single spaces.

    An article may hold escape sequences that would move a terminal's cursor or turn its text around.
    """
    return " ".join(text.translate(_TO_ONE_LINE).split())


def quoted(text: str) -> str:
    """``text`` on one line in quotation marks, once: a quotation that has its own marks gets no second pair."""
    line = one_line(text)
    return line if has_marks(line) else f"“{line}”"


def first_words(text: str) -> str:
    """How ``text`` begins, in quotation marks: what to call an article that has no name."""
    line = one_line(text[: 4 * FIRST_WORDS]).strip('“”"«»')
    return f"“{textwrap.shorten(line, FIRST_WORDS, placeholder=' …').strip()}”"


def has_marks(line: str) -> bool:
    """Whether a line begins and ends with quotation marks of its own."""
    return len(line) > 1 and line[:1] in '“"«' and line[-1:] in '”"»'


def number(value: float) -> str:
    """A count without needless decimals: 1, 2, 1.5."""
    return f"{value:.1f}".removesuffix(".0")


def counted(value: float, noun: str) -> str:
    """A count with its noun: "1 origin", "1.5 origins"."""
    shown = number(value)
    return f"{shown} {noun}" if shown == "1" else f"{shown} {noun}s"


def ranged(low: float, best: float, high: float, noun: str) -> str:
    """A count with its range: "1 origin", "1 to 2 origins (most likely 2)"."""
    if number(low) == number(high):
        return counted(best, noun)
    return f"{number(low)} to {number(high)} {noun}s (most likely {number(best)})"


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: "A", "A and B", "A, B and C"."""
    known: Sequence[str] = list(names)
    if len(known) < 2:
        return "".join(known)
    return f"{', '.join(known[:-1])} and {known[-1]}"
