"""Attributions: who is said to have said, written, shown, believed, intended or denied what.

Rules over the parse and over quote pairs. First every cue of a sentence proposes a draft (source, cue,
content); then the quotations are given to the cue that frames them; what is left over is joined to the
speech that it continues. Conventions of the spans follow the project's annotation guide: content without
a leading "that" and without the final full stop, quote marks included.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from secondsource.analysis.beside import extend_source, find_subject, trailing_speaker
from secondsource.analysis.cues import ADVERBS, NOUNS
from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.frames import active, heard
from secondsource.analysis.nominals import according, adjective, adverb, noun
from secondsource.analysis.passives import passive_draft
from secondsource.analysis.quotes import Quote
from secondsource.analysis.quoting import give_quotes
from secondsource.analysis.tree import mark_quoted, passive
from secondsource.language.parse import text_of

__all__ = ["Draft", "Range", "draft"]

_WORD = re.compile(r"\w+")
_THIN_RULES = frozenset("object preposition clause".split())
"""Rules whose content of one word says nothing: "announced reforms"."""


def draft(doc: Doc, quotes: tuple[Quote, ...]) -> list[Draft]:
    """All attributions of a document, in order of their content."""
    found: list[Draft] = []
    idle: list[Draft] = []
    mark_quoted(doc, quotes)
    for token in doc:
        for proposal in _propose(token):
            (found if proposal.content else idle).append(proposal)
    found = _settle(found)
    for d in [*found, *idle]:
        trailing_speaker(doc, d)
        find_subject(doc, d)
        extend_source(doc, d)
    found += [d for d in idle if d.content]
    idle = [d for d in idle if not d.content]
    give_quotes(doc, quotes, found, idle)
    found = [d for d in found if d.content and _worth(d, text_of(doc))]
    found.sort(key=lambda d: (d.content[0], d.cue[0] if d.cue else d.content[0]))
    return found


def _propose(token: Token) -> Iterator[Draft]:
    """What one word of the text reports, taken as the cue's main word."""
    lemma = token.lemma_.lower()
    if token.lower_ in ("heard", "told") and (in_court := list(heard(token))):
        yield from in_court
    elif token.lower_ != "according" and token.pos_ in ("VERB", "AUX") and token.tag_.startswith("VB"):
        if lemma == "be":
            yield from adjective(token)
        elif passive(token):
            yield from passive_draft(token, lemma)
        else:
            yield from active(token, lemma)
    elif token.lower_ == "according" or (token.lower_ == "per" and token.dep_ == "prep" and not _is_name(token)):
        yield from according(token)
    elif token.pos_ == "NOUN" and lemma in NOUNS:
        yield from noun(token, lemma)
    elif token.lower_ in ADVERBS and token.pos_ == "ADV":
        yield from adverb(token)


def _is_name(token: Token) -> bool:
    """Whether "Per" is somebody's first name."""
    return token.text[0].isupper() and (token.ent_type_ == "PERSON" or not token.is_sent_start)


def _settle(found: list[Draft]) -> list[Draft]:
    """One draft for one cue: the one with the highest score, the first among equals."""
    by_cue: dict[Range, Draft] = {}
    for d in found:
        key = d.cue[0]
        if key not in by_cue or d.score > by_cue[key].score:
            by_cue[key] = d
    return list(by_cue.values())


def _worth(d: Draft, text: str) -> bool:
    """Whether a draft says enough to be kept: its content has words, and is not the cue itself."""
    words = sum(len(_WORD.findall(text[s:e])) for s, e in d.content)
    if words == 0 or (d.rule in _THIN_RULES and words < 2 and not (d.quotes or d.plain)):
        return False
    cue_within = d.cue and any(s <= d.cue[0][0] and d.cue[0][1] <= e for s, e in d.content)
    return d.rule == "label" or not cue_within
