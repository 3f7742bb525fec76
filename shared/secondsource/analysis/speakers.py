"""Who or what can be said to state something: people, groups, documents."""

from spacy.tokens import Token

from secondsource.analysis.cues import DOCUMENT_NOUNS, OUTLET_NOUNS
from secondsource.analysis.names import PERSON_ROLES

_PEOPLE = frozenset(
    "official officer spokesman spokeswoman spokesperson minister president leader chief director head member "
    "analyst expert scientist researcher professor doctor witness resident police authority lawyer attorney judge "
    "prosecutor investigator source aide adviser advisor commander soldier fighter rebel militant activist critic "
    "supporter opponent lawmaker senator representative mayor governor ambassador diplomat reporter journalist "
    "editor author writer teacher student parent mother father family victim survivor neighbor neighbour friend "
    "company firm government ministry department agency army military force court party group union association "
    "organization organisation council committee commission board team administration university school hospital "
    "bank church people person man woman boy girl voter worker employee employer farmer driver owner manager "
    "coach player economist historian campaigner organizer organiser protester candidate politician executive "
    "secretary chairman chairwoman founder individual insider whistleblower relative colleague other one some many "
    "most both several observer advocate demonstrator dissident exile refugee veteran nurse engineer "
    "regulator watchdog coroner sheriff detective agent intelligence institute centre center foundation lobby "
    "front movement militia campaign opposition coalition congress senate parliament house".split()
)
_SPEAKING_PRONOUNS = frozenset("he she they we i who some many others him her them".split())
_SHOWING_PRONOUNS = frozenset("he she they we i who".split())


def speaks(t: Token) -> bool:
    """Whether a noun phrase's head can be a source: a name, a person, a group or a document."""
    if t.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or t.pos_ == "PROPN":
        return True
    if t.pos_ == "PRON":
        return t.lower_ in _SPEAKING_PRONOUNS
    lemma = t.lemma_.lower()
    return lemma in _PEOPLE or lemma in DOCUMENT_NOUNS or lemma in OUTLET_NOUNS


def can_show(subject: Token | None) -> bool:
    """Whether what "shows" something states it: "the study shows", not "the collapse shows"."""
    if subject is None:
        return False
    if subject.pos_ == "PRON":
        return subject.lower_ in _SHOWING_PRONOUNS
    return speaks(subject)


def human(t: Token) -> bool:
    """Whether a noun phrase's head is a person or people."""
    lemma = t.lemma_.lower()
    return t.ent_type_ in ("PERSON", "NORP") or lemma in PERSON_ROLES or lemma in ("people", "person", "group")
