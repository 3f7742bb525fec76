"""Which of several people of one surname is meant by it alone.

By what stands with the surname: "Mrs", or the "he" of what its bearer says. Else by how the text tells of them: it goes
on with whom it is about, not with "his wife, Ana Lorn". Where neither tells, nobody is meant for certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.analysis.names import KIN, PERSONAL, TITLES_FEMALE, TITLES_MALE

_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Bearer:
    """One of those who bear a surname. ``heads``: the last words of the places where they are named in full."""

    heads: tuple[Token, ...]
    gender: str | None


def meant(bearers: Sequence[Bearer], at: Token) -> int | None:
    """Which of them the surname at this place means; None where it could be several."""
    titled = gender_told(at)
    fits = [n for n, b in enumerate(bearers) if titled is None or b.gender in (titled, None)]
    if titled is not None and any(bearers[n].gender == titled for n in fits):
        fits = [n for n in fits if bearers[n].gender == titled]
    if len(fits) < 2:
        return fits[0] if fits else None
    central = [n for n in fits if not _told_of_another(bearers[n])]
    if len(central) != 1:
        central = [n for n in central or fits if any(_subject(h) for h in bearers[n].heads)]
    spoken = said_pronoun(at)
    if spoken is not None and len({bearers[n].gender for n in fits}) == len(fits):
        by_pronoun = [n for n in fits if bearers[n].gender == spoken]
        if not central or len(central) > 1 or by_pronoun == central:
            central = by_pronoun
        elif by_pronoun:
            return None
    return central[0] if len(central) == 1 else None


def gender_told(name: Token) -> str | None:
    """The gender that a title before a name tells: "Mrs", "Sir"."""
    at = name.i
    while at > 0 and (name.doc[at - 1].dep_ == "compound" or name.doc[at - 1].pos_ == "PROPN"):
        at -= 1
        low = name.doc[at].lower_.rstrip(".")
        if low in TITLES_MALE or low in TITLES_FEMALE:
            return "m" if low in TITLES_MALE else "f"
    return None


def said_pronoun(name: Token) -> str | None:
    """The gender of the one pronoun that is the subject of what the bearer of a name says: "Lorn said he slept"."""
    verb = name.head
    if name.dep_ not in _SUBJECTS:
        return None
    told = {
        PERSONAL[s.lower_]
        for c in verb.children
        if c.dep_ == "ccomp"
        for s in c.children
        if s.dep_ in _SUBJECTS and s.lower_ in PERSONAL
    }
    return told.pop() if len(told) == 1 else None


def own_pronoun(name: Token) -> str | None:
    """The gender that a possessive in a name's own clause tells: "Lorn sold her house", with nobody else before it."""
    clauses = [c for c in name.children if c.dep_ in ("relcl", "acl")]
    if name.dep_ in _SUBJECTS:
        clauses.append(name.head)
    told = {
        PERSONAL[t.lower_]
        for verb in clauses
        for t in verb.subtree
        if t.i > name.i and t.dep_ == "poss" and t.lower_ in PERSONAL and not _anybody_between(name, t)
    }
    return told.pop() if len(told) == 1 else None


def _anybody_between(name: Token, pronoun: Token) -> bool:
    """Whether another person stands between a name and a pronoun, who may be meant."""
    return any(t.ent_type_ == "PERSON" or t.lower_ in PERSONAL for t in name.doc[name.i + 1 : pronoun.i])


def _told_of_another(bearer: Bearer) -> bool:
    """Whether somebody is told of only as another's wife, son or the like."""
    return bool(bearer.heads) and all(_kin(h) for h in bearer.heads)


def _kin(name: Token) -> bool:
    """Whether a name is that of somebody's relative: "his wife, Ana Lorn", "her son Leo Lorn", "Ana Lorn, his wife"."""
    beside = [c for c in name.children if c.dep_ in ("appos", "compound", "nmod")]
    if name.dep_ in ("appos", "compound", "nmod"):
        beside.append(name.head)
    return any(
        t.lemma_.lower() in KIN
        and (t.i < name.i or t.dep_ == "appos")
        and any(c.dep_ == "poss" for c in [*t.children, *name.children])
        for t in beside
    )


def _subject(name: Token) -> bool:
    """Whether a name is the subject of what a sentence says."""
    return name.dep_ in _SUBJECTS and name.head.dep_ in ("ROOT", "ccomp", "conj")
