"""An attribution in the making: what the steps of the extraction hand to each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from secondsource.analysis.quotes import Quote
from secondsource.language.parse import text_of
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
    plain: bool = False
    """Whether its form leaves no doubt that somebody says it: "…, a court heard on Monday", "denied the charges"."""
    score: float = 1.0
    """Which draft stays when two have one cue; also how far a quotation's frame is to be trusted."""


class Unstated:
    """The content of attributions that nobody states: it is denied, doubted or asked, or was never said.

    What a text adds of its own, in a relative clause or an appositive, it states; and what is not denied, too.
    """

    def __init__(self, doc: Doc, drafts: Iterable[Draft]) -> None:
        self._within = bytearray(len(text_of(doc)))
        for d in drafts:
            denies = d.stance in (Stance.DENY, Stance.DOUBT)
            if denies == d.factual or d.stance == Stance.ASK:
                for s, e in d.content:
                    self._within[s:e] = b"\x01" * (e - s)
        for t in doc:
            if t.dep_ in ("relcl", "appos"):
                s, e = doc[t.left_edge.i].idx, doc[t.right_edge.i].idx + len(doc[t.right_edge.i])
                self._within[s:e] = bytes(e - s)

    def __contains__(self, words: Range) -> bool:
        """Whether more than half of these words are stated by nobody."""
        start, end = words
        return 2 * sum(self._within[start:end]) > end - start
