"""Quotations that a label names the speaker of: `Chairwoman X: "…"`, `"…" – Commissioner X`."""

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.quotes import Quote
from secondsource.analysis.spans import cue_ranges
from secondsource.analysis.speakers import speaks
from secondsource.analysis.subjects import subject_of
from secondsource.language.parse import text_of
from secondsource.model import Label, Stance

_WITHIN = 120
"""Code points before and behind a quotation that are looked at for a label."""
_LONGEST = 14
"""Tokens of a label; more is a sentence that ends in a colon."""
_BEFORE = re.compile(
    r"(?:^|[.?!\n]\s*)(?:And |But )?(?:[Ff]rom |[Hh]ere's |[Hh]ere is )?([A-Z][^\n.:?!\"“”]{1,80}):\s*$"
)
_BEHIND = re.compile(r"^\s*[–—-]{1,2}\s*([A-Z][^\n\"“”]{2,90}?)(?:[.\n]|$)")


@dataclass(frozen=True)
class Named:
    """A label: its cue if it has one (`X urged them to act: "…"`), and the source it names."""

    cue: list[Range]
    source: list[Range]
    head: Token

    def draft(self, stance: Stance) -> Draft:
        """The attribution, its content still to be given."""
        return Draft(None, self.cue, self.source, [], stance, Label.SPEECH, "label", source_head=self.head)


def label_of(doc: Doc, q: Quote) -> Named | None:
    """The label before or behind a quotation, if it has one."""
    text = text_of(doc)
    begin = max(text.rfind("\n", 0, q.start) + 1, q.start - _WITHIN)
    if m := _BEFORE.search(text[begin : q.start]):
        s, e = begin + m.start(1), begin + m.end(1)
    elif m := _BEHIND.match(text[q.end : q.end + _WITHIN]):
        s, e = q.end + m.start(1), q.end + m.end(1)
    else:
        return None
    span = doc.char_span(s, e, alignment_mode="expand")
    if span is None:
        return None
    verb = next(
        (t for t in span if t.tag_ in ("VBD", "VBZ", "VBP") and any(c.dep_ == "nsubj" for c in t.children)), None
    )
    if verb is not None:
        subject, ranges = subject_of(verb)
        return Named(cue_ranges(verb), ranges, subject) if subject is not None and speaks(subject) else None
    return Named([], [(s, e)], span.root) if len(span) <= _LONGEST else None
