"""Which attribution each quotation belongs to: one that holds it, a cue beside it, a label, or the speech before it."""

import re

from spacy.tokens import Doc

from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.labels import label_of
from secondsource.analysis.quotes import Quote
from secondsource.analysis.spans import trim
from secondsource.language.parse import text_of
from secondsource.model import Label, Stance

_WORD = re.compile(r"\w+")
_CONNECT = re.compile(r"^[\s,:;.–—\-]*$")
_SENTENCE_END = re.compile(r"[.?!]\s")
_ENDED = re.compile(r"[.…]\W{0,2}\Z")
"""A quotation that is a sentence by itself: what follows with a capital is another."""

_STATEMENT_WORDS = 4
"""Words from which a quotation without a cue can be a statement and not a term in quote marks."""
_SPEECH_WORDS = 3
"""Words from which a quotation is speech that another may go on with."""
_BETWEEN_WORDS = 30
"""Words between two quotations of one paragraph over which the speech goes on."""
_ALONE_WORDS = 5
"""Words beside a quotation that still is its paragraph."""
_GAP_BEFORE, _GAP_BEHIND = 12, 3
"""Words between a cue and the quotation behind it, and between a quotation and its cue."""
_GAP_TAKEN = 4
"""Words between a cue that already has a quotation and another behind it."""
_GAP_UNKNOWN = 1
"""Words between a quotation and a cue that is not in the lexicon."""
_PENALTY = 2
"""Words by which a cue without a speaker, or outside the lexicon, counts as further away."""
_OPEN_RULES = frozenset("object preposition predicate clause passive".split())
"""Rules whose content a quotation may go on with: `confirmed the reports saying "…"`."""
_UNSPOKEN_RULES = frozenset("infinitive noun adjective".split())
"""Rules whose content, if no speech, a quotation in it does not belong to: `wants to "…"`."""


def give_quotes(doc: Doc, quotes: tuple[Quote, ...], found: list[Draft], idle: list[Draft]) -> None:
    """Give every quotation to its attribution; drafts that only quotations make are added to ``found``."""
    last: Draft | None = None
    previous: Quote | None = None
    for q in quotes:
        words = _words(text_of(doc)[q.start : q.end])
        framed = None
        owner = _owner(q, found)
        if owner is None:
            owner = framed = _framing(text_of(doc), q, idle)
        if owner is None:
            owner = _introducing(text_of(doc), q, found)
        if owner is None and last is not None and previous is not None:
            owner = last if _goes_on(text_of(doc), previous, q, words, last, found) else None
        if owner is None:
            owner = _unframed(doc, q, words, last)
        if owner is None:
            continue
        if owner not in found:
            found.append(owner)
        owner.quotes.append(q)
        owner.content = _join(text_of(doc), owner, (q.start, q.end))
        if words >= _SPEECH_WORDS or framed is not None:  # `"No," she said. "It fell."`
            last = owner
        previous = q


def _words(text: str) -> int:
    """The number of words in a text."""
    return len(_WORD.findall(text))


def _owner(q: Quote, found: list[Draft]) -> Draft | None:
    """The draft whose content already holds a part of this quotation, its cue being outside."""
    best: Draft | None = None
    most = 1
    for d in found:
        if any(q.start <= c[0] < q.end for c in d.cue):
            continue
        if d.label == Label.STANCE and d.rule in _UNSPOKEN_RULES:
            continue
        overlap = sum(max(0, min(e, q.end) - max(s, q.start)) for s, e in d.content)
        if overlap > most:
            best, most = d, overlap
    return best


def _framing(text: str, q: Quote, idle: list[Draft]) -> Draft | None:
    """The nearest idle cue: `"…," said X`, `X said: "…"`, `X, asked about it, replied, "…"`."""
    best: Draft | None = None
    nearest = 0
    for d in idle:
        distance = _distance(text, q, d)
        if distance is None:
            continue
        if not d.source:
            distance += _PENALTY
        if d.rule == "quote-unknown":
            distance += _PENALTY
        if best is None or distance < nearest:
            best, nearest = d, distance
    return best


def _distance(text: str, q: Quote, d: Draft) -> int | None:
    """Words between a quotation and a cue with its speaker; None where the cue cannot be the quotation's."""
    if any(q.start <= c[0] < q.end for c in d.cue):
        return None
    spans = [*d.cue, *d.source]
    s, e = min(r[0] for r in spans), max(r[1] for r in spans)
    if e <= q.start:
        gap, limit = text[e : q.start], _GAP_TAKEN if d.content else _GAP_BEFORE
        if "\n" in gap and gap.strip(" ") not in (":\n\n", ":\n"):
            return None
    elif s >= q.end:
        gap, limit = text[q.end : s], _GAP_BEHIND
        if "\n" in gap:
            return None
    else:
        return None
    if _SENTENCE_END.search(gap.strip() + " ") and not (s >= q.end and _CONNECT.match(gap)):
        return None
    if not d.factual:
        return None  # "The council did not comment" frames nothing
    if d.rule == "quote-unknown":
        if not d.source or (s >= q.end and _ENDED.search(text, q.start, q.end) and text[s].isupper()):
            return None
        limit = _GAP_UNKNOWN
    distance = _words(gap)
    return distance if distance <= limit else None


def _introducing(text: str, q: Quote, found: list[Draft]) -> Draft | None:
    """A cue with content of its own that also introduces the quotation: `confirmed the reports saying "…"`."""
    for d in found:
        if d.rule not in _OPEN_RULES or not d.content:  # all of it may have been cue and speaker
            continue
        e = max(r[1] for r in d.content)
        if e > q.start:
            continue
        gap = text[e : q.start]
        if gap.strip() in ("", ",", ":", ", saying", "saying") and "\n" not in gap:
            return d
    return None


def _goes_on(text: str, previous: Quote, q: Quote, words: int, last: Draft, found: list[Draft]) -> bool:
    """Whether the paragraph's speech goes on: `"…," he said. "…"`."""
    between = text[previous.end : q.start]
    if "\n" in between or _words(between) > _BETWEEN_WORDS or not _is_statement(text, q, words):
        return False
    return not any(
        d is not last and d.label == Label.SPEECH and any(previous.end <= c[0] < q.start for c in d.cue) for d in found
    )


def _is_statement(text: str, q: Quote, words: int) -> bool:
    """Whether a quotation is a sentence or ends one, not a term in quote marks."""
    inner = text[q.start + 1 : q.end - 1].strip()
    return words >= _STATEMENT_WORDS and (inner[:1].isupper() or inner[:1] in "[(…." or inner[-1:] in ".?!,")


def _unframed(doc: Doc, q: Quote, words: int, last: Draft | None) -> Draft | None:
    """A draft for a quotation without a cue: its label's, or the speech of the last one, going on."""
    alone = words >= _STATEMENT_WORDS and (q.continues or _alone(text_of(doc), q))
    stance = last.stance if alone and last is not None else Stance.ASSERT
    if words >= _SPEECH_WORDS and (label := label_of(doc, q)) is not None:
        return label.draft(stance)
    if not alone:
        return None
    return Draft(None, [], [], [], stance, Label.SPEECH, "continued", continues=last is not None, speaker_of=last)


def _alone(text: str, q: Quote) -> bool:
    """Whether the quotation is its paragraph."""
    begin = text.rfind("\n", 0, q.start) + 1
    end = text.find("\n", q.end)
    end = len(text) if end < 0 else end
    return _words(text[begin : q.start] + text[q.end : end]) <= _ALONE_WORDS


def _join(text: str, owner: Draft, new: Range) -> list[Range]:
    """The content with a quotation added: touching pieces become one, cue and source are cut out."""
    joined: list[Range] = []
    for s, e in sorted([*owner.content, new]):
        if joined and s <= joined[-1][1] + 1 and not text[joined[-1][1] : s].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], e))
        else:
            joined.append((s, e))
    cuts = [
        (a, b)
        for a, b in sorted([*owner.cue, *owner.source])
        if not any(q.start <= a and b <= q.end for q in owner.quotes)
    ]
    final: list[Range] = []
    for s, e in joined:
        at = s
        for a, b in cuts:
            if a >= e or b <= at:
                continue
            if a > at:
                final.append(trim(text, at, a))
            at = max(at, b)
        if at < e:
            final.append((at, e) if at == s else trim(text, at, e))
    return [(s, e) for s, e in final if e - s > 1 and _WORD.search(text[s:e])]
