"""Motives that somebody states: "has every incentive to exaggerate", "stands to gain", "a self-serving claim"."""

import re
from typing import NamedTuple

from spacy.tokens import Doc, Token

from secondsource.analysis.actors import Actors
from secondsource.analysis.doing import clause, done_to, hypothetical, near, who
from secondsource.analysis.draft import Draft, Range, Unstated
from secondsource.analysis.entities import Name
from secondsource.analysis.tree import child
from secondsource.model import Source
from secondsource.text.naming import normal

_HAVE = frozenset("have possess hold".split())
_MOTIVES = frozenset(
    "agenda motive incentive stake grudge vendetta axe ax bias self-interest reason interest conflict".split()
)
_WEAK = frozenset("reason interest stake conflict".split())
"""Nouns that tell a motive only with what it is for: "every reason to", "a stake in", "a conflict of interest"."""
_NONE = frozenset("no little hardly".split())
_TO = frozenset(
    "exaggerate inflate invent lie justify discredit undermine smear deflect distract divert overstate downplay "
    "understate portray paint blame cover hide mislead say claim talk play deny attack dramatise dramatize".split()
)
_STAND = frozenset("gain benefit profit lose".split())
_DO_WRONG_BY_WORDS = frozenset("exaggerate inflate invent lie fabricate overstate politicise politicize spin".split())
_ADJECTIVES = re.compile(
    r"\b(?:self-serving|self-interested|politically motivated|agenda-driven|not impartial|not disinterested|"
    r"hardly impartial|hardly (?:a )?disinterested|biased|partisan)\b",
    re.IGNORECASE,
)


class Motive(NamedTuple):
    """A motive that somebody says a group or person has.

    ``by``: normal form of who says it, None for the article itself; ``by_name``: what that one is called.
    """

    holder: Name
    words: Range
    shows: str
    by: str | None
    by_name: str | None


def motives(
    doc: Doc, names: Actors, drafts: list[Draft], of_draft: list[str | None], sources: dict[str, Source]
) -> list[Motive]:
    """The motives stated in an article, with who states each."""
    found: list[Motive] = []
    unstated = Unstated(doc, drafts)
    for t in doc:
        lemma = t.lemma_.lower()
        holder: Name | None = None
        if t.pos_ in ("VERB", "AUX") and lemma in _HAVE and not hypothetical(t):
            holder = who(t, names) if _has_motive(t) else None
        elif t.pos_ == "VERB" and lemma == "stand" and not hypothetical(t):
            to = child(t, "xcomp")
            holder = who(t, names) if to is not None and to.lemma_.lower() in _STAND else None
        elif t.pos_ == "VERB" and lemma == "accuse":
            target = child(t, "dobj") or done_to(t)
            holder = near(target, names) if _accused_of_words(t, target) else None
        elif _called_biased(t):
            holder = near(child(t.head, "nsubj"), names)
        if holder is None or (t.idx, t.idx + len(t)) in unstated:
            continue
        words = clause(t if t.pos_ in ("VERB", "AUX") else t.head)
        by, by_name = _alleger(t, drafts, of_draft, sources)
        shows = f"{by_name or 'the article'} says that {holder.canonical} has a motive"
        found.append(Motive(holder, words, shows, by, by_name))
    return found


def _called_biased(t: Token) -> bool:
    """Whether a word ends a sentence's "is self-serving", "is hardly impartial"."""
    return (
        t.pos_ in ("ADJ", "VERB")
        and t.dep_ in ("acomp", "attr")
        and t.head.lemma_ == "be"
        and _ADJECTIVES.search(t.doc[max(0, t.i - 2) : t.i + 1].text) is not None
        and not hypothetical(t.head)
    )


def _accused_of_words(v: Token, target: Token | None) -> bool:
    """Whether somebody is accused of saying too much: "accused the Front of exaggerating the threat"."""
    return not hypothetical(v) and any(
        x.pos_ == "VERB" and x.lemma_.lower() in _DO_WRONG_BY_WORDS
        for at in (v, target)
        if at is not None
        for c in at.children
        if c.dep_ == "prep" and c.lower_ == "of"
        for x in c.children
    )


def _has_motive(v: Token) -> bool:
    thing = child(v, "dobj")
    if thing is None or thing.lemma_.lower() not in _MOTIVES:
        return False
    if any(c.lower_ in _NONE for c in thing.children):
        return False
    if thing.lemma_.lower() not in _WEAK:
        return thing.lemma_.lower() not in ("axe", "ax") or "grind" in {x.lemma_ for x in thing.subtree}
    below = {x.lemma_.lower() for x in thing.subtree}
    if thing.lemma_.lower() == "conflict":
        return "interest" in below
    return (
        bool(below & _TO)
        or (thing.lemma_.lower() in ("interest", "stake") and "vested" in below)
        or (thing.lemma_.lower() == "stake" and "in" in below)
    )


def _alleger(
    t: Token, drafts: list[Draft], of_draft: list[str | None], sources: dict[str, Source]
) -> tuple[str | None, str | None]:
    """Who says it: the source of the attribution whose content it stands in."""

    best: tuple[int, str] | None = None
    for i, d in enumerate(drafts):
        source_id = of_draft[i]
        inside = any(s <= t.idx < e for s, e in d.content) or any(s <= t.idx < e for s, e in d.cue)
        if inside and source_id is not None:
            size = sum(e - s for s, e in d.content)
            if best is None or size < best[0]:
                best = (size, source_id)
    if best is None:
        return None, None
    name = sources[best[1]].name
    return normal(name), name
