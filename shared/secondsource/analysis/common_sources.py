"""Sources called by a common noun: "the minister", "two residents", "a report", "the newspaper"."""

import re

from spacy.tokens import Doc, Token

from secondsource.analysis.affiliations import role_affiliations
from secondsource.analysis.cues import DOCUMENT_NOUNS, OUTLET_NOUNS, POLL_NOUNS, POST_NOUNS
from secondsource.analysis.gathering import QUANTIFIERS
from secondsource.analysis.named_sources import Named
from secondsource.analysis.names import COLLECTIVE, FIRM, NAMED_BODIES, NO_FIRMS, PERSON_ROLES, category_of
from secondsource.analysis.phrases import bare, initials, np_text, strip_the
from secondsource.analysis.resolved import Resolved
from secondsource.model import UNNAMED, SourceKind

_ABSTRACT = re.compile(
    r"(?:tion|sion|ment|ness|ity|ence|ance|ism|ship|ure|sis|ing|logy|graphy|use|plan|move|death|style)$"
)

_SOCIAL = re.compile(r"\bsocial\s(?:media|network\w*)\b", re.IGNORECASE)
_PLATFORMS = frozenset("media medium network site website account page platform channel".split())
"""What people post on is no outlet: "social media sites used by the group said"."""
_KNOWS = frozenset("acquaintance confidant confidante classmate roommate flatmate playmate".split())
"""People by nouns whose endings do not tell."""

_PEOPLE = ("ist", "er", "or", "man", "woman", "ian", "guard", "mate", "boy", "girl", "wife", "ant", "ee")
"""Endings of nouns for people."""
_ANY_BODY = frozenset("group organization organisation agency".split())
"""Nouns that stand for the group named last, whatever is in its name."""


class CommonNouns:
    """Finds the source that a common noun means, or makes one of the phrase itself."""

    def __init__(self, doc: Doc, named: Named) -> None:
        self.doc = doc
        self.cast = named.cast
        self.known = named.known
        self.named = named

    def resolve(self, h: Token) -> Resolved | None:
        """The source that a common noun means; None if its head is no noun, pronoun, number or adjective."""
        lemma = h.lemma_.lower()
        text = np_text(h, full=True)
        if h.text.isupper() and len(h.text) > 2:
            return self._acronym(h)
        if lemma in ("couple", "pair", "duo", "trio"):
            return self.known.add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_GROUP, h)
        plural = h.tag_ in ("NNS", "NNPS") or lemma in ("people",)
        owned = any(c.dep_ == "poss" for c in h.children)
        definite = owned or any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in h.children)
        if lemma in _PLATFORMS and _SOCIAL.search(text):
            return self._thing_source(h, text, SourceKind.POST, definite)
        if lemma in POLL_NOUNS:
            return self._thing_source(h, text, SourceKind.POLL, definite)
        if lemma in POST_NOUNS and (not owned or lemma in ("tweet", "post")):
            return self._thing_source(h, text, SourceKind.POST, definite)
        if (outlet := self._outlet(h, text, plural, definite)) is not None:
            return outlet
        if lemma in DOCUMENT_NOUNS and lemma not in ("source", "agency", "brief") and lemma not in PERSON_ROLES:
            return self._thing_source(h, text, SourceKind.DOCUMENT, definite)
        if lemma in PERSON_ROLES and not plural and lemma != "police":
            return self._role(h, text, definite)
        if lemma in COLLECTIVE or lemma in NAMED_BODIES:
            return self._body(h, text, plural, definite)
        if lemma in QUANTIFIERS or plural or lemma in ("public", "majority", "number", "percent", "handful", "group"):
            return self._some(h, text, plural)
        if h.pos_ == "NOUN" and definite and not owned and (again := self._again(h)) is not None:
            return again
        if h.pos_ in ("NOUN", "PRON", "NUM", "ADJ", "DET"):
            return self.known.add(f"unnamed:{text.lower()}", text, _kind_of_unlisted(h, definite), h)
        return None

    def _again(self, h: Token) -> Resolved | None:
        """ "The mechanic" after "a former mechanic": the unnamed source that was called so before."""
        if any(c.dep_ in ("prep", "compound", "amod") for c in h.children):
            return None
        return self.known.last(lambda r: r.kind in UNNAMED and r.role == h.lemma_.lower())

    def _acronym(self, h: Token) -> Resolved:
        """The group of an acronym that the model took for a noun."""
        known = next((g for g in self.cast.groups if g.name == h.text or initials(g.name) == h.text), None)
        return (
            self.named.group(known, h)
            if known is not None
            else self.known.add(f"group:{h.text.lower()}", h.text, SourceKind.NAMED_GROUP, h)
        )

    def _outlet(self, h: Token, text: str, plural: bool, definite: bool) -> Resolved | None:
        """The outlet or the media of "the newspaper", "the online magazine X", "local media", or None."""
        lemma = h.lemma_.lower()
        if (
            lemma in OUTLET_NOUNS
            and not plural
            and lemma not in ("press", "media", "paper", "station", "network", "agency")
        ):
            name_child = next((c for c in h.children if c.dep_ in ("appos", "compound") and c.pos_ == "PROPN"), None)
            if name_child is not None:
                e = self.cast.at.get(name_child.i)
                return self.known.add(
                    f"group:{(e.name if e else name_child.text).lower()}",
                    e.name if e else name_child.text,
                    SourceKind.OUTLET,
                    h,
                )
            recent = self.known.last(lambda r: r.kind == SourceKind.OUTLET) if definite else None
            return recent or self.known.add(f"outlet:{text.lower()}", text, SourceKind.OUTLET, h)
        news = any(c.lower_ in ("news", "media", "press", "television", "radio", "newspaper") for c in h.children)
        if h.lower_ in (
            "media",
            "press",
            "news",
            "television",
            "outlet",
            "outlets",
            "newspapers",
            "paper",
            "station",
            "broadcasters",
        ) or (news and lemma in ("source", "site", "agency", "website", "outlet", "channel", "report", "organization")):
            recent = self.known.last(lambda r: r.kind == SourceKind.OUTLET) if definite and not plural else None
            return recent or self.known.add(f"outlet:{text.lower()}", text, SourceKind.OUTLET, h)
        return None

    def _role(self, h: Token, text: str, definite: bool) -> Resolved:
        """The person of "the minister", if one named or told of before has the role; else one without a name."""
        lemma = h.lemma_.lower()
        indefinite = any(
            c.dep_ in ("det", "nummod") and c.lower_ in ("a", "an", "one", "another", "some", "several")
            for c in h.children
        )
        if definite and not indefinite:
            person = self.named.by_role(lemma, h)
            if person is not None:
                return person
            again = self.known.last(lambda r: r.kind == SourceKind.UNNAMED_PERSON and r.role == lemma)
            if again is not None and not any(c.dep_ in ("prep", "poss", "compound") for c in h.children):
                return again
        if indefinite and not definite and (person := self.named.named_next(lemma, h)) is not None:
            for name, entry in role_affiliations(h, skip=None).items():
                person.affiliations.setdefault(name, entry)
            person.role = max(person.role or "", text, key=len)
            return person
        key = f"role:{text.lower()}" if definite else f"unnamed:{text.lower()}"
        return self.known.add(key, text, SourceKind.UNNAMED_PERSON, h)

    def _body(self, h: Token, text: str, plural: bool, definite: bool) -> Resolved:
        """The group of "the ministry", "Brellin's board", "activist groups"."""
        lemma = h.lemma_.lower()
        if plural and lemma not in NAMED_BODIES:
            return self.known.add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_GROUP, h)
        modifier = next(
            (
                c
                for c in h.children
                if c.dep_ in ("compound", "amod", "nmod", "poss")
                and (c.ent_type_ in ("ORG", "GPE", "NORP", "PERSON") or c.pos_ == "PROPN")
            ),
            None,
        )
        if modifier is not None or lemma in NAMED_BODIES:
            return self.known.add(f"group:{bare(text)}", strip_the(text), SourceKind.NAMED_GROUP, h)
        if definite:
            entity = self.named.group_like(lemma, h)
            if entity is not None:
                return self.named.group(entity, self.doc[h.i])
            group = self.known.last(lambda r: _may_be_called(r, lemma)) if lemma in _ANY_BODY | FIRM else None
            if group is not None:
                return group
            return self.known.add(f"group:{bare(text)}", strip_the(text), SourceKind.NAMED_GROUP, h)
        return self.known.add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_GROUP, h)

    def _some(self, h: Token, text: str, plural: bool) -> Resolved:
        """Several without a name, or one of them: "residents", "a majority", "one of the reports"."""
        lemma = h.lemma_.lower()
        of = next((c for c in h.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        inner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        if lemma == "one" and not plural:
            return self.known.add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_PERSON, h)
        if lemma in DOCUMENT_NOUNS or (inner is not None and inner.lemma_.lower() in DOCUMENT_NOUNS):
            return self.known.add(f"doc:{text.lower()}", text, SourceKind.DOCUMENT, h)
        return self.known.add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_GROUP, h)

    def _thing_source(self, h: Token, text: str, kind: SourceKind, definite: bool) -> Resolved:
        """The poll, post or document: "the report" is one told of before, if there is one."""
        if definite and not any(c.dep_ in ("prep", "acl", "relcl", "compound") for c in h.children):
            recent = self.known.last(lambda r: r.kind == kind and r.key.split(":")[0] in ("doc", "group"))
            if recent is not None and h.lemma_.lower() in recent.name.lower():
                return recent
        return self.known.add(f"doc:{text.lower()}", text, kind, h)


def _may_be_called(r: Resolved, lemma: str) -> bool:
    """Whether "the company" or "the group" may be this one: by its name, where it has one and not only a noun."""
    if r.kind != SourceKind.NAMED_GROUP or lemma not in FIRM:
        return r.kind == SourceKind.NAMED_GROUP
    return any(c.isupper() for c in r.name) and category_of(r.name) not in NO_FIRMS


def _kind_of_unlisted(h: Token, definite: bool) -> SourceKind:
    """The kind of a source by a noun that no list knows: by its ending, then by how it is used."""
    lemma = h.lemma_.lower()
    if any(c.lower_ == "former" for c in h.children) and h.tag_ == "NN":
        return SourceKind.UNNAMED_PERSON
    if h.pos_ != "NOUN" or lemma in _KNOWS or lemma.endswith(_PEOPLE):
        return SourceKind.UNNAMED_PERSON
    if _ABSTRACT.search(lemma):
        return SourceKind.DOCUMENT
    return SourceKind.NAMED_GROUP if definite else SourceKind.UNNAMED_GROUP
