"""An attribution in the making: what the steps of the extraction hand to each other."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from secondsource.analysis.quotes import Quote
from secondsource.model import Label, Stance

Range = tuple[int, int]
"""[start, end) in code points of the parsed text."""


@dataclass
class Draft:
    """An attribution in the making. ``cue``, ``source`` and ``content`` in code points of the parsed text."""

    head: Token | None
    """The cue's main word; None for a label (`Chairwoman X: "…"`) and for speech that goes on without a cue."""
    cue: list[Range]
    source: list[Range]
    content: list[Range]
    stance: Stance
    label: Label
    rule: str
    """Which rule found it, by name."""
    factual: bool = True
    """False where the cue is negated, conditional or asked: "did not say", "if they said"."""
    continues: bool = False
    """Whether it goes on with the speech of ``speaker_of``, without a cue of its own."""
    source_head: Token | None = None
    quotes: list[Quote] = field(default_factory=list)
    speaker_of: "Draft | None" = None
    score: float = 1.0
    """Which draft stays when two have one cue; also how far a quotation's frame is to be trusted."""
