"""Attributions as the tagger sees them: for every likely cue its linked source and content words, as drafts."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Token

from secondsource.analysis.attribution import Draft, Range
from secondsource.analysis.names import ANONYMITY
from secondsource.language.parse import text_of
from secondsource.language.tagger import KINDS, STANCES, Tags
from secondsource.model import Label, Stance

LIKELY_ANCHOR = 0.15
"""Cues less likely than this are not proposed; the joiner weighs what is, so this only bounds its work."""
_CONTENT, _SOURCE, _CUE = 0.45, 0.4, 0.5
"""Link and head probabilities from which a word is taken in: those at which taggers were compared while training."""
_GAP = 2
"""Words not linked between two linked runs that still are one piece."""
_STRAY = 3
"""A run shorter than this, far from a longer one, is noise."""

Flags = npt.NDArray[np.bool_]


class TextTagger(Protocol):
    """Anything that tags the words of a text."""

    def tag(self, text: str) -> Tags:
        """The probabilities of every head for every word."""
        ...


def propose(doc: Doc, tags: Tags) -> list[Draft]:
    """One draft for each likely anchor, most likely first, near-doubles left out; offsets into ``doc``'s text."""
    found: list[tuple[float, set[int], Draft]] = []
    anchor_column = tags.head("anchor")
    for n, anchor in enumerate(tags.anchors):
        likely = float(anchor_column[anchor])
        if likely < LIKELY_ANCHOR:
            continue
        made = _draft(doc, tags, n, anchor)
        if made is not None:
            found.append((likely, made[0], made[1]))
    found.sort(key=lambda f: (-f[0], f[2].content[0]))
    kept: list[tuple[float, set[int], Draft]] = []
    # Those that share a word: no others can be doubles, and a text may have thousands.
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for f in found:
        beside = (kept[k] for k in {k for word in f[1] for k in holders[word]})
        if all(len(f[1] & k[1]) <= 0.7 * len(f[1] | k[1]) for k in beside):
            for word in f[1]:
                holders[word].append(len(kept))
            kept.append(f)
    return [draft for _, _, draft in kept]


def _draft(doc: Doc, tags: Tags, n: int, anchor: int) -> tuple[set[int], Draft] | None:
    begin, _ = tags.reach[n]
    source_row, content_row = tags.links[n]
    linked = list(_runs(content_row > _CONTENT, _GAP))
    longest = max((b - a for a, b in linked), default=0)
    pieces = [(a + begin, b + begin) for a, b in linked if b - a >= min(_STRAY, longest)]
    if not pieces:
        return None
    source: list[Range] = []
    source_runs = list(_runs(source_row > _SOURCE, 1))
    if source_runs:
        best = max(source_runs, key=lambda r: float(source_row[r[0] : r[1]].sum()))
        source = [_range(tags, best[0] + begin, best[1] + begin)]
    cue: list[Range] = []
    cue_in = tags.head("cue_in")
    if cue_in[anchor] > 0.3:
        first, last = anchor, anchor + 1
        while first > 0 and cue_in[first - 1] > _CUE:
            first -= 1
        while last < len(tags.words) and cue_in[last] > _CUE:
            last += 1
        cue = [_range(tags, first, last)]
        if ANONYMITY.search(text_of(doc), *cue[0]) or ANONYMITY.match(text_of(doc), cue[0][0]):
            return None  # "asked not to be named" says nothing of the matter
    head = token_at(doc, tags.words[anchor])
    if head is not None and head.pos_ == "NOUN" and head.lemma_ == "dispute":
        return None  # "a pay dispute that grounded 200 flights": nobody says what they differ on
    made = Draft(
        head=head,
        cue=cue,
        source=source,
        content=[_range(tags, a, b) for a, b in pieces],
        stance=stance_of(tags, anchor),
        label=Label.SPEECH if _is_speech(tags, anchor) else Label.STANCE,
        rule="tagger",
        source_head=head_of(doc, source[0]) if source else None,
    )
    return {i for a, b in pieces for i in range(a, b)}, made


def stance_of(tags: Tags, anchor: int) -> Stance:
    """The likeliest stance at an anchor."""
    first = tags.column["stance:assert"]
    return Stance(STANCES[int(tags.p[anchor, first : first + len(STANCES)].argmax())])


def kind_at(tags: Tags, words: list[int]) -> tuple[str, float]:
    """The likeliest kind of the source that these words name, with its probability."""
    first = tags.column["kind:named_person"]
    mean = tags.p[words, first : first + len(KINDS)].mean(axis=0)
    best = int(mean.argmax())
    return KINDS[best], float(mean[best])


def token_at(doc: Doc, span: Range) -> Token | None:
    """The token that a word of the tagger is, or begins with."""
    found = doc.char_span(*span, alignment_mode="expand")
    return found[0] if found is not None and len(found) else None


def head_of(doc: Doc, span: Range) -> Token | None:
    """The head of the noun phrase that a source's words make: a person's name in it before its syntactic root."""
    found = doc.char_span(*span, alignment_mode="expand")
    if found is None or not len(found):
        return None
    root = found.root
    if root.pos_ in ("NOUN", "PROPN", "PRON"):
        return root
    nouns = [t for t in found if t.pos_ in ("NOUN", "PROPN", "PRON")]
    return nouns[0] if nouns else root


def _is_speech(tags: Tags, anchor: int) -> bool:
    return float(tags.head("speech")[anchor]) >= 0.5 * float(tags.head("anchor")[anchor])


def _range(tags: Tags, first: int, last: int) -> Range:
    return tags.words[first][0], tags.words[last - 1][1]


def _runs(flags: Flags, gap: int) -> Iterator[tuple[int, int]]:
    """The ranges where flags hold, joined over gaps of at most ``gap``."""
    start: int | None = None
    end = 0
    for i in np.flatnonzero(flags).tolist():
        if start is None:
            start, end = i, i + 1
        elif i - end <= gap:
            end = i + 1
        else:
            yield start, end
            start, end = i, i + 1
    if start is not None:
        yield start, end
