"""Where a source speaks from, when the words of the attribution say so: "reached by telephone in X"."""

import re

from spacy.tokens import Doc

from secondsource.analysis.draft import Draft
from secondsource.language.parse import names_within, text_of
from secondsource.model import Place

_FROM = re.compile(
    r"(?:speaking|spoke|said|reached|telephone|phone|interview(?:ed)?|based|exiled?|living|lives|live|office|"
    r"operating|message|call) "
    r"(?:\w+ )?(?:\w+ )?(?:from|in|at|outside) (?:the |nearby )?$"
)
_FROM_ABROAD = ("exile in ", "exiles in ", "abroad in ", "-based in ")
_BEFORE = 40
"""Code points before a name in which such words are looked for."""
_AFTER = 90
"""Code points after source and cue within which the place is still theirs."""


def place_of(doc: Doc, d: Draft) -> Place | None:
    """Where the source of an attribution speaks from, with its span in the parsed text, or None."""
    if d.head is None or not d.source:
        return None
    text = text_of(doc)
    s = min(d.source[0][0], d.cue[0][0] if d.cue else d.source[0][0])
    first = d.head.sent.start_char
    if first < s and not any(a < s and first < b for a, b in d.content):
        s = first  # "Speaking from X, she said"
    e = max(d.source[-1][1], d.cue[-1][1] if d.cue else 0)
    sent_end = d.head.sent.end_char
    window = doc.char_span(s, min(len(text), max(e, min(sent_end, e + _AFTER))), alignment_mode="contract")
    if window is None:
        return None
    for ent in names_within(doc, window.start, window.end):
        # any name: after "speaking from" the words decide, not the model's label
        if any(a <= ent.start_char < b for a, b in d.content) or ent.start == 0:
            continue
        lead = text[max(0, ent.start_char - _BEFORE) : ent.start_char].lower()
        if _FROM.search(lead) or lead.endswith(_FROM_ABROAD):
            return Place(name=ent.text, span=(ent.start_char, ent.end_char))
    return None
