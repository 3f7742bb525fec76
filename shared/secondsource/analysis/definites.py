"""Who "the nurse" or "the lender" is: somebody named before, who is that or may be.

A bare "the" and a noun tell of somebody known. Where one person or body named before fits, it is that one; where one
may fit of whom the text says nothing else, it cannot be said who is meant; a new source it is only where nobody named
may be.
"""

import re

from spacy.tokens import Doc, Token

from secondsource.analysis.antecedents import SUBJECT, place_of_name
from secondsource.analysis.cast import Entity
from secondsource.analysis.cues import DOCUMENT_NOUNS, OUTLET_NOUNS, POLL_NOUNS, POST_NOUNS
from secondsource.analysis.first_names import gender_of
from secondsource.analysis.named_sources import Named
from secondsource.analysis.names import (
    COLLECTIVE,
    FEMALE_ROLES,
    MALE_ROLES,
    NAMED_BODIES,
    PERSON_ROLES,
    category_of,
)
from secondsource.analysis.resolved import Resolved
from secondsource.model import AffiliationCategory as C
from secondsource.model import SourceKind
from secondsource.text.states import state_of

_OLOGIST = re.compile(r"\w+(?:ologist|icist|onomer)")
_LEARNED = frozenset("scientist expert researcher academic".split())
_KINDS = {
    kind: frozenset(roles.split())
    for kind, roles in (
        pair.split(": ")
        for pair in "officer: inspector constable detective sergeant superintendent trooper policeman policewoman "
        "captain lieutenant colonel commander|detective: inspector|scientist: researcher chemist professor|"
        "researcher: scientist professor academic|academic: professor lecturer researcher historian|"
        "expert: scientist professor researcher analyst academic|lawyer: solicitor barrister attorney counsel|"
        "solicitor: lawyer|attorney: lawyer prosecutor|barrister: lawyer|diplomat: ambassador envoy consul|"
        "author: novelist writer poet historian|writer: novelist author poet playwright columnist|"
        "novelist: author writer|singer: tenor soprano rapper musician|musician: singer rapper|"
        "star: actor actress singer striker midfielder player rapper comedian|actor: actress comedian|"
        "player: striker midfielder goalkeeper winger|doctor: surgeon physician|medic: doctor nurse paramedic surgeon|"
        "politician: minister senator mp congressman congresswoman councillor lawmaker mayor|"
        "lawmaker: senator congressman congresswoman mp representative|clergyman: priest vicar bishop reverend pastor|"
        "vicar: reverend|priest: reverend|boss: manager chief executive director|executive: ceo director|"
        "mother: mum mom|mum: mother mom|mom: mother mum|father: dad|dad: father|soldier: private corporal sergeant|"
        "journalist: reporter correspondent editor columnist|reporter: journalist correspondent|coach: manager|"
        "manager: coach boss|chairman: chair|chairwoman: chair|chair: chairman chairwoman|teacher: headteacher|"
        "headteacher: headmaster headmistress head principal|businessman: entrepreneur tycoon billionaire".split("|")
    )
}
"""What a role is also called, by the one who tells of it again: an ambassador is "the diplomat"."""
_TOLD_AGAIN = frozenset(
    "pensioner mum mom dad mother father grandmother grandfather teenager youngster star billionaire millionaire "
    "veteran widow widower homeowner householder".split()
)
"""What those are called again of whom nothing but the name was told."""
_AGED = re.compile(r"(\d{1,3})-year-old")
_SAYS_LITTLE = frozenset("source person individual man woman boy girl local other one insider official aide".split())
_FIRMS = frozenset(
    "company firm retailer carmaker automaker manufacturer maker insurer lender operator airline chain supermarket "
    "developer supplier brewer giant builder housebuilder grocer producer contractor employer bookmaker drugmaker "
    "chipmaker shipbuilder planemaker miner carrier conglomerate provider discounter brand bank broker "
    "publisher".split()
)
_SPECIAL = {
    **dict.fromkeys(_FIRMS, frozenset({C.CORPORATE, C.OTHER})),
    "club": frozenset({C.OTHER, C.CORPORATE}),
}
"""Nouns that stand for a body named before, and the categories that such a one can have by its name."""
_REGULATORS = re.compile(r"\b(?:Authority|Commission|Agency|Office|Inspectorate|Of(?:com|gem|wat|sted|qual))\b")
_BY_NAME = {
    "union": re.compile(
        r"\b(?:Union|Unite|Unison|GMB|RMT|Aslef|TSSA|NEU|NASUWT|PCS|CWU|Usdaw|Prospect|BMA|RCN|UAW|Teamsters|SEIU|Verdi)\b"
    ),
    "charity": re.compile(
        r"\b(?:Charity|Foundation|Trust|Society|Aid|Shelter|Crisis|Oxfam|Mind|Scope|Mencap|Age UK|Barnardo|Centrepoint|"
        r"NSPCC|RSPCA|RNLI|RSPB|Samaritans|Refuge|Macmillan|Unicef)\b"
    ),
    "force": re.compile(r"\b(?:Police|Constabulary|Force)\b"),
    "department": re.compile(r"\b(?:Department|Office|Ministry|Treasury)\b"),
    "ministry": re.compile(r"\b(?:Ministry|Foreign Office|Home Office|Defen[cs]e)\b"),
    "regulator": _REGULATORS,
    "watchdog": _REGULATORS,
}
"""… and what its name has."""
_FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x|[Tt]hen)\b")
_REACH = 1500


class Definites:
    """Finds the source of a bare definite noun among those named before."""

    def __init__(self, doc: Doc, named: Named) -> None:
        self.doc = doc
        self.named = named
        self.known = named.known
        self.cast = named.cast
        self._first: dict[str, int] = {}
        """Where each word first stands that names nobody."""
        for t in doc:
            if t.i not in self.cast.at:
                self._first.setdefault(t.lemma_.lower(), t.i)

    def resolve(self, h: Token) -> Resolved | None:
        """Who or what is meant, a source without a name that may be one with; None where nobody named may be meant."""
        lemma = h.lemma_.lower()
        if not _bare(h) or lemma in DOCUMENT_NOUNS | POLL_NOUNS | POST_NOUNS | OUTLET_NOUNS:
            return None
        personal = lemma in PERSON_ROLES or lemma in _KINDS
        if personal and (holders := self.named.with_role(lemma, h)):
            return self._another(lemma, holders, h) or self._one_of(holders, h)
        if kindred := [e for e in self._people(h) if lemma in _KINDS and _is_kind(e, lemma)]:
            return self._one_of(kindred, h)
        if (body := self._body(lemma, h)) is not None:
            return body
        if self._told_before(lemma, h) or not self._of_person(h, lemma):
            return None
        return self._somebody(lemma, h)

    def _somebody(self, lemma: str, h: Token) -> Resolved | None:
        """The one person of whom nothing but the name was told, where the noun tells such people again."""
        gender = "m" if lemma in MALE_ROLES else "f" if lemma in FEMALE_ROLES else None
        fits = [
            e
            for e in self._people(h)
            if not e.roles and e.role is None and (gender is None or e.likely_gender in (gender, None))
        ]
        if (aged := _AGED.fullmatch(self._text(h))) is not None:
            fits = [e for e in self._people(h) if self._age(e) in (aged[1], None)]
            fits = [e for e in fits if self._age(e) == aged[1]] or fits
        if len(fits) == 1 and (lemma in _TOLD_AGAIN or aged is not None):
            fits[0].roles.add(lemma)
            return self.named.person(fits[0], h)
        return self._unclear(h) if fits else None

    def _one_of(self, people: list[Entity], h: Token) -> Resolved:
        """Who of several with one role is meant: the one that the paragraph names, or has it still, or spoke."""
        paragraph = self.named.text.rfind("\n\n", 0, h.idx)
        speaking = {id(r.entity) for _, r in self.known.recent if r.entity is not None}
        people = [e for e in people if any(paragraph < start < h.idx for start, _ in e.mentions)] or people
        people = [e for e in people if not _FORMER.search(e.role or "")] or people
        people = [e for e in people if id(e) in speaking] or people
        return self.named.person(people[0], h) if len(people) == 1 else self._unclear(h)

    def _another(self, lemma: str, people: list[Entity], h: Token) -> Resolved | None:
        """One without a name of whom the text told since it named these: "A nurse fell. The nurse said …"."""
        since = max(start for e in people for start, _ in e.mentions if start < h.idx)
        for t in reversed(self.doc[: h.i]):
            if t.idx < since:
                return None
            indefinite = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in t.children)
            if t.lemma_.lower() == lemma and indefinite and t.dep_ not in ("appos", "attr"):
                return self.known.last(lambda r: r.key.startswith("unnamed:") and r.role == lemma) or self._unclear(h)
        return None

    def _unclear(self, h: Token) -> Resolved:
        """A source of whom it cannot be said who it is."""
        text = self._text(h)
        return self.known.add(f"unclear:{text.lower()}", f"the {text}", SourceKind.UNNAMED_PERSON, h)

    def _people(self, h: Token) -> list[Entity]:
        """Persons who spoke or were the subject of a sentence shortly before, each once."""
        speaking = {id(r.entity) for _, r in self.known.recent if r.kind == SourceKind.NAMED_PERSON}
        found = []
        for e in self.cast.persons:
            near = [m for m in e.mentions if h.idx - _REACH < m[0] < h.idx]
            if near and (id(e) in speaking or any(self._subject(*m) for m in near)):
                found.append(e)
        return found

    def _subject(self, start: int, end: int) -> bool:
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span is not None and place_of_name(span.root) == SUBJECT

    def _body(self, lemma: str, h: Token) -> Resolved | None:
        """The body of "the council", "the force" or "the lender"."""
        if lemma in PERSON_ROLES and lemma not in _SPECIAL:
            return None
        if (same := self.named.group_like(lemma, h)) is not None:
            return self.named.group(same, h)
        if lemma not in _SPECIAL and lemma not in _BY_NAME:
            return None
        if self._told_before(lemma, h):
            return None
        fits: list[Resolved] = []
        for _, r in self.known.recent:
            if not any(r is other for other in fits) and self._may_be(r, lemma):
                fits.append(r)
        if len(fits) == 1 or (fits and fits[-1] is self.known.recent[-1][1]):
            fits[-1].kind = SourceKind.NAMED_GROUP
            return fits[-1]
        if fits:
            return None
        named = [g for g in self.cast.groups if self._acted(g, h) and _called_so(g.name, lemma)]
        return self.named.group(named[0], h) if len(named) == 1 else None

    def _may_be(self, r: Resolved, lemma: str) -> bool:
        """Whether a source can be this body: also what the model takes for a person, with one word for a name."""
        alone = (
            r.kind == SourceKind.NAMED_PERSON
            and r.entity is not None
            and " " not in r.name
            and r.entity.gender is None
            and gender_of(r.name) is None
            and not r.entity.roles
        )
        return (r.kind == SourceKind.NAMED_GROUP or alone) and _called_so(r.name, lemma)

    def _acted(self, g: Entity, h: Token) -> bool:
        return any(h.idx - _REACH < start < h.idx and self._subject(start, end) for start, end in g.mentions)

    def _told_before(self, lemma: str, h: Token) -> bool:
        """Whether the text told of one before by the same word."""
        return self._first.get(lemma, h.i) < h.i

    def _of_person(self, h: Token, lemma: str) -> bool:
        """Whether a noun is of a person, as far as lists and endings tell."""
        if lemma in _SAYS_LITTLE or lemma in COLLECTIVE or lemma in NAMED_BODIES or lemma in _SPECIAL:
            return False
        aged = _AGED.fullmatch(self._text(h)) is not None
        return aged or lemma in PERSON_ROLES or lemma in _TOLD_AGAIN or lemma in _KINDS or lemma.endswith("ist")

    def _age(self, e: Entity) -> str | None:
        """The age that stands behind a person's name: "Ana Lorn, 64,"."""
        for _, end in e.mentions:
            if (told := re.match(r", (?:aged )?(\d{1,3})\b", self.named.text[end : end + 12])) is not None:
                return told[1]
        return None

    def _text(self, h: Token) -> str:
        """The noun as it stands, without its article."""
        start = next((c.i + 1 for c in h.children if c.dep_ == "det"), h.i)
        return self.doc[start : h.i + 1].text


def _is_kind(e: Entity, lemma: str) -> bool:
    """Whether a person's role is also called so: "the scientist" after "virologist Ana Lorn"."""
    roles = set(re.findall(r"\w+", (e.role or "").lower())) | e.roles
    return bool(roles & _KINDS[lemma]) or (lemma in _LEARNED and any(_OLOGIST.fullmatch(role) for role in roles))


def _called_so(name: str, lemma: str) -> bool:
    """Whether a body can be called by this noun, by its name."""
    if not any(c.isupper() for c in name) or state_of(name) is not None:
        return False
    if lemma in _BY_NAME:
        return _BY_NAME[lemma].search(name) is not None
    return category_of(name) in _SPECIAL.get(lemma, ())


def _bare(h: Token) -> bool:
    """Whether a noun stands with "the" alone: "the nurse", not "the nurse who called" or "the first nurse".

    What a firm deals in and how old somebody is may stand before it: "the train operator".
    """
    the = next((c for c in h.children if c.dep_ == "det"), None)
    if the is None or the.lower_ != "the":
        return False
    firm, aged = h.lemma_.lower() in _FIRMS, _AGED.match(h.doc[the.i + 1 : h.i + 1].text) is not None
    if h.tag_ not in ("NN", "NNP") and not aged:
        return False
    for c in h.children:
        if c.dep_ in ("det", "punct"):
            continue
        if c.dep_ == "relcl" and h.doc[c.left_edge.i - 1].text == ",":
            continue
        if c.i < h.i and (aged or (firm and (c.dep_ == "compound" or h.doc[c.i - 1].text == "-") and c.text.islower())):
            continue
        return False
    return True
