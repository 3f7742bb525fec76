"""The sources of an article as they are gathered, in reading order: which are known, and which was the last."""

from collections.abc import Callable

from spacy.tokens import Span, Token

from secondsource.analysis.affiliations import role_affiliations
from secondsource.analysis.anonymity import GRADES, anonymity_of
from secondsource.analysis.names import PERSON_ROLES
from secondsource.analysis.resolved import Resolved
from secondsource.model import SourceKind

QUANTIFIERS = frozenset("some many several others most both few all one two three another none those these".split())
"""Words that stand for people without saying who: "some of them"."""
_MEN = frozenset("men women people boys girls children".split())
_PARTS = QUANTIFIERS | frozenset("none either neither another other second third".split())

NOT_TOLD = ("pronoun:", "unclear:")
"""How the keys of sources begin of whom the text does not say who they are, named or not."""

_NEAR = 4
"""Sentences within which "one of them" is one of those who spoke."""


def _other_people(t: Token, r: Resolved, spoke: Span) -> bool:
    """Whether a word means several people who are not this source: counted, or told of after it spoke."""
    if t.tag_ != "NNS" or (t.lemma_.lower() not in PERSON_ROLES and t.lower_ not in _MEN) or t.lemma_.lower() == r.role:
        return False
    return t.sent != spoke or any(c.dep_ == "nummod" or c.lower_ in QUANTIFIERS for c in t.children)


class Known:
    """The sources known so far.

    ``by_key``: each once. ``recent``: position in the text and source of each attribution, in the order of resolving.
    """

    def __init__(self) -> None:
        self.by_key: dict[str, Resolved] = {}
        self.recent: list[tuple[int, Resolved]] = []

    def last(self, fits: Callable[[Resolved], bool]) -> Resolved | None:
        """The source last resolved that fits."""
        return next((r for _, r in reversed(self.recent) if fits(r)), None)

    def add(self, key: str, name: str, kind: SourceKind, h: Token) -> Resolved:
        """The source of this key, made if it is new; the phrase that ``h`` heads adds what it tells of it."""
        if kind in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) and key.startswith("unnamed:"):
            key = self._unnamed_key(key, h)
        found = self.by_key.get(key)
        if found is not None and found.kind == SourceKind.UNNAMED_PERSON and kind == SourceKind.UNNAMED_GROUP:
            found.kind = kind
        if found is None:
            found = Resolved(key, name.strip(), kind, order=len(self.by_key))
            self.by_key[key] = found
            if kind in (
                SourceKind.UNNAMED_PERSON,
                SourceKind.UNNAMED_GROUP,
                SourceKind.DOCUMENT,
                SourceKind.POLL,
                SourceKind.NAMED_GROUP,
            ):
                found.affiliations.update(role_affiliations(h, skip=None))
                if h.pos_ == "NOUN":
                    found.role = h.lemma_.lower()
        if kind in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) and not key.startswith(NOT_TOLD):
            anonymity = anonymity_of(h, bool(found.affiliations))
            if found.anonymity is None or GRADES[anonymity.grade] > GRADES[found.anonymity.grade] or anonymity.reason:
                found.anonymity = anonymity if not (found.anonymity and found.anonymity.reason) else found.anonymity
        return found

    def group_of(self, h: Token) -> Resolved | None:
        """Of whom "one of them" or "one of the nurses" is one: those without a name who spoke last.

        None where other people are told of in between: "Residents said … Police held four men. One of them, X, said".
        """
        of = next((c for c in h.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        noun = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        role = noun.lemma_.lower() if noun is not None and noun.pos_ == "NOUN" else None
        for position, r in reversed(self.recent):
            if r.kind != SourceKind.UNNAMED_GROUP or not r.key.startswith("unnamed:") or role not in (None, r.role):
                continue
            since = [t for t in h.doc[: h.i] if t.idx >= position]
            spoke = next((t.sent for t in since), h.sent)
            far = sum(bool(t.is_sent_start) for t in since) > _NEAR
            return None if far or any(_other_people(t, r, spoke) for t in since) else r
        return None

    def _unnamed_key(self, key: str, h: Token) -> str:
        """Unnamed people of one role in one group are one source: "three members of C", "one of the C members"."""
        head = h
        if h.lemma_.lower() in _PARTS:
            of = next((c for c in h.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            inner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
            if inner is None or inner.pos_ in ("NUM", "PRON"):
                last = self.last(lambda r: r.kind in (SourceKind.UNNAMED_GROUP,) and r.key.startswith("unnamed:"))
                return last.key if last is not None else key
            head = inner
        lemma = head.lemma_.lower()
        ties = role_affiliations(head, skip=None)
        if ties and lemma in PERSON_ROLES:
            return f"unnamed:{lemma}:{next(iter(ties)).lower()}"
        if lemma in PERSON_ROLES and any(
            c.dep_ == "det" and c.lower_ in ("the", "those", "these") for c in head.children
        ):
            last = self.last(lambda r: r.role == lemma and r.kind == SourceKind.UNNAMED_GROUP)
            if last is not None:
                return last.key
        return key
