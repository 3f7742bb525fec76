"""Pronouns as sources. Precision first: one with no fitting antecedent stays what it is."""

from collections.abc import Callable

from spacy.tokens import Doc, Token

from secondsource.analysis.antecedents import Antecedents
from secondsource.analysis.cast import Entity
from secondsource.analysis.draft import Draft
from secondsource.analysis.named_sources import Named
from secondsource.analysis.names import COLLECTIVE, FIRM, NAMED_BODIES, PERSONAL
from secondsource.analysis.resolved import Resolved
from secondsource.language.parse import text_of
from secondsource.model import SourceKind
from secondsource.text.naming import normal

FIRST = frozenset("i me my mine we us our ours".split())
PLURAL = frozenset("they them their theirs themselves".split())
THING = frozenset("it its itself".split())
_ANYBODY = frozenset("you your one everyone everybody nobody anyone someone who whoever".split())

_BODIES = (
    COLLECTIVE
    | NAMED_BODIES
    | FIRM
    | frozenset("airline airport brewery chain museum orchestra retailer supermarket theatre trust zoo".split())
)
"""Nouns for what can speak as one."""


class Pronouns:
    """Finds the source that a pronoun stands for, or makes one of the pronoun itself.

    ``drafts`` and ``by_draft`` grow as the article is read: the attributions so far, and their sources by identity.
    ``read``: finds the source that another phrase means.
    """

    def __init__(
        self,
        doc: Doc,
        named: Named,
        drafts: list[Draft],
        by_draft: dict[int, Resolved | None],
        read: Callable[[Token], Resolved | None],
    ) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.cast = named.cast
        self.known = named.known
        self.named = named
        self.drafts = drafts
        self.by_draft = by_draft
        self.read = read
        self.antecedents = Antecedents(named.cast, drafts, by_draft)

    def resolve(self, h: Token) -> Resolved | None:
        """Whom a pronoun stands for; None for "who"."""
        low = h.lower_
        if low in PERSONAL:
            return self._person(h, PERSONAL[low])
        if low in FIRST:
            return self._first_person(h, plural=low in ("we", "us", "our", "ours"))
        if low in PLURAL:
            return self._plural(h)
        if low in THING:
            return self._thing(h)
        if low == "who":
            return None
        kind = SourceKind.UNNAMED_PERSON if low in ("someone", "one") else SourceKind.UNNAMED_GROUP
        return self.known.add(f"pronoun:{low}", h.text, kind, h)

    def _person(self, h: Token, gender: str) -> Resolved | None:
        """The person of this gender told of before; the pronoun itself where it could be one or another."""
        who = self.antecedents.find(h, gender)
        found = self.read(who) if isinstance(who, Token) else who
        if isinstance(found, Entity):
            found = self.named.person(found, h)
        if found is None:
            return self.known.add(f"pronoun:{h.lower_}", h.text, SourceKind.UNNAMED_PERSON, h)
        if found.entity is not None and found.entity.gender is None:
            found.entity.gender = gender
        return found

    def _token_at(self, s: int, e: int) -> Token | None:
        """The head of the phrase at these offsets."""
        span = self.doc.char_span(s, e, alignment_mode="expand")
        return span.root if span is not None else None

    def _first_person(self, h: Token, plural: bool) -> Resolved | None:
        """Who speaks the words that "I" stands in; for "we" the group they belong to, if any is told."""
        outer: Draft | None = None
        for other in self.drafts[:-1]:
            if any(s <= h.idx < e for s, e in other.content) and not any(s <= h.idx < e for s, e in other.cue):
                outer = other if outer is None or other.content[0][0] >= outer.content[0][0] else outer
        speaker = self.by_draft.get(id(outer)) if outer is not None else None
        if speaker is None:
            return self.known.add(
                f"pronoun:{h.lower_}", h.text, SourceKind.UNNAMED_GROUP if plural else SourceKind.UNNAMED_PERSON, h
            )
        if not plural:
            return speaker
        groups = [g for g in speaker.affiliations if not set(normal(g).split()) <= set(normal(speaker.name).split())]
        if speaker.kind == SourceKind.NAMED_PERSON and groups:
            name = groups[0]
            found = self.known.add(f"group:{name.lower()}", name, SourceKind.NAMED_GROUP, h)
            found.affiliations.setdefault(name, speaker.affiliations[name])
            return found
        return speaker

    def _plural(self, h: Token) -> Resolved | None:
        """The group of "they"."""
        groups = (SourceKind.UNNAMED_GROUP, SourceKind.NAMED_GROUP, SourceKind.OUTLET)
        found = self.known.last(lambda r: r.kind in groups)
        paragraph = self.text.rfind("\n\n", 0, h.idx)
        if (
            found is not None
            and h.dep_ == "nsubj"
            and self.known.recent[-1][1] is found
            and self.known.recent[-1][0] > paragraph
        ):
            return found
        # a plural subject earlier in this sentence or the one before is nearer than an older source
        for t in reversed(self.doc[max(0, h.i - 40) : h.i]):
            if t.dep_ in ("nsubj", "nsubjpass") and t.tag_ in ("NNS", "NNPS") and not t.is_stop:
                return self.read(t)
        return found or self.known.add("pronoun:they", h.text, SourceKind.UNNAMED_GROUP, h)

    def _thing(self, h: Token) -> Resolved | None:
        """The body, document or poll of "it"; not what people looked at who speak, "two engineers who saw it said"."""
        before = self.doc[h.i - 1] if h.i else h
        verb = before.head if before.pos_ == "ADP" or before.dep_ == "prt" else before
        if verb.dep_ == "relcl" and verb.pos_ == "VERB" and any(c.lower_ in ("who", "that") for c in verb.lefts):
            return self.read(verb.head)
        if (body := self._of_clause(h)) is not None:
            return self.read(body)
        found = self.known.last(
            lambda r: r.kind in (SourceKind.NAMED_GROUP, SourceKind.OUTLET, SourceKind.DOCUMENT, SourceKind.POLL)
        )
        for t in reversed(self.doc[max(0, h.i - 40) : h.i]):
            if t.dep_ in ("nsubj", "nsubjpass") and t.i in self.cast.at and self.cast.at[t.i].kind == "group":
                return self.named.group(self.cast.at[t.i], t)
        return found or self.known.add("pronoun:it", h.text, SourceKind.UNNAMED_GROUP, h)

    def _of_clause(self, h: Token) -> Token | None:
        """The body that does what it says: "The council has sold its farm, it said"."""
        own = self.drafts[-1]
        span = self.doc.char_span(*own.content[0], alignment_mode="contract")
        if own.quotes or span is None or span.end > h.i or span.root.sent != h.sent:
            return None
        subject = next((t for t in span.root.children if t.dep_ in ("nsubj", "nsubjpass") and t in span), None)
        if subject is None or subject.tag_ not in ("NN", "NNP", "NNPS"):
            return None
        told = [subject, *(c for c in subject.children if c.dep_ == "appos")]
        named = any(t.i in self.cast.at and self.cast.at[t.i].kind == "group" for t in told)
        return subject if named or subject.lemma_.lower() in _BODIES else None


def is_pronoun(h: Token) -> bool:
    """Whether a source's head is a pronoun that ``Pronouns`` reads."""
    low = h.lower_
    return low in PERSONAL or low in FIRST or low in PLURAL or low in THING or (low in _ANYBODY and h.pos_ == "PRON")
