"""Where a source speaks from, when the words of the attribution say so: "reached by telephone in X"."""

import re

from spacy.tokens import Doc, Span

from secondsource.analysis.draft import Draft
from secondsource.analysis.names import is_outlet
from secondsource.analysis.phrases import role_word
from secondsource.language.parse import names_within, text_of
from secondsource.model import Place

_FROM = re.compile(
    r"(?:speaking|spoke|reached|telephone|phone|based|exiled?|living|lives|live|(?<!took )(?<!takes )(?<!left )office|"
    r"operating|message|call) "
    r"(?:\w+ )?(?:\w+ )?(?:from|in|at|outside) (?:the |nearby )?$|"
    r"from (?:his|her|their|its) (?:\w+ )?(?:home|house|base|headquarters) (?:in|at|outside|near) (?:the )?$"
)
"""Words after which a name is that of the place, whatever the model takes it for."""
_TOLD_IN = re.compile(
    r"(?:said|says|interview(?:ed)?|reporters|journalists|conference|briefing|rally|meeting|summit|forum|speech|"
    r"hearing|inquest|court) "
    r"(?:\w+ )?(?:\w+ )?(?:from|in|at|outside) (?:the |nearby )?$"
)
"""Words after which a name may also be that of a paper or a language: the model has to call it a place."""
_FROM_ABROAD = ("exile in ", "exiles in ", "abroad in ", "-based in ")
_THERE = re.compile(
    r"\b(?:said|says|speaking|spoke|told \w+|reporters|journalists) (?:at|from|on) the (scene|spot|site)\b(?! of)",
    re.IGNORECASE,
)
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_NO_PLACES = frozenset("DATE TIME CARDINAL ORDINAL MONEY PERCENT QUANTITY LANGUAGE NORP EVENT LAW WORK_OF_ART".split())
_NOT_A_PLACE = re.compile(
    r"(?:early |late |mid-)?(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter)\b|[\d\W]",
    re.IGNORECASE,
)
"""Times, which the model now and then takes for names."""
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
        if any(a <= ent.start_char < b for a, b in d.content) or ent.start == 0 or not _may_be_place(ent):
            continue
        lead = text[max(0, ent.start_char - _BEFORE) : ent.start_char].lower()
        told = (ent.label_ in _PLACES or _in_what_is_said(ent, d)) and (_TOLD_IN.search(lead) or _is_there(ent, d))
        if told or _FROM.search(lead) or lead.endswith(_FROM_ABROAD):
            return Place(name=ent.text, span=(ent.start_char, ent.end_char))
    there = _THERE.search(text, window.start_char, window.end_char)
    if there is None or any(a <= there.start(1) < b for a, b in d.content):
        return None
    return Place(name=f"the {there[1].lower()}", span=(there.start(1) - len("the "), there.end(1)))


def _may_be_place(ent: Span) -> bool:
    return ent.label_ not in _NO_PLACES and _NOT_A_PLACE.match(ent.text) is None and not is_outlet(ent.text)


def _in_what_is_said(ent: Span, d: Draft) -> bool:
    """Whether what is said names it, too: then a source that speaks there is on the spot, whatever the model takes
    the name for."""
    return any(ent.text in text_of(ent.doc)[a:b] for a, b in d.content)


def _is_there(ent: Span, d: Draft) -> bool:
    """Whether the source is told of as somebody in that place: "a rebel spokesman in London"."""
    at = ent.root
    if at.dep_ != "pobj" or at.head.lower_ != "in" or ent.label_ == "FAC":
        return False
    who = at.head.head
    return who.pos_ in ("NOUN", "PROPN") and role_word(who) and any(s <= who.idx < e for s, e in d.source)
