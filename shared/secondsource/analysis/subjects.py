"""Who speaks, by the parse: the source of an active cue, through conjuncts, participles and relative clauses."""

from spacy.tokens import Token

from secondsource.analysis.cues import DOCUMENT_NOUNS, VERBS
from secondsource.analysis.draft import Range
from secondsource.analysis.spans import clip, phrase, range_of
from secondsource.analysis.speakers import human, speaks
from secondsource.analysis.tree import SUBJECTS, child, finite, trailing_cue

Speaker = tuple[Token | None, list[Range]]
"""A source's head token and its ranges; (None, []) when there is none."""

_CLIMB = 6
"""Steps up the parse to a subject; what is further away is an error of the parse more often than the speaker."""
_PASSED = frozenset("conj xcomp advcl pcomp prep ccomp dep relcl".split())
"""Relations over which a verb shares the subject of what it hangs on, under the conditions of ``_above``."""
_SUBJECT_PREPOSITIONS = frozenset("as by in before after without while".split())
"""Prepositions whose verb has the subject of the clause: "before adding", "by saying"."""
_QUOTING = frozenset("quote cite".split())
_ADDRESSING = frozenset("ask urge tell order want force allow lead prompt see hear quote show".split())
"""Verbs whose object is the subject of the infinitive: "asked the minister to explain"."""
_INVERTED = frozenset("say add write explain ask recall tweet".split())
_ISSUING = frozenset("issue release publish make post give send deliver write record circulate submit read".split())


def subject_of(v: Token) -> Speaker:
    """The source of an active cue."""
    at = v
    for _ in range(_CLIMB):
        if (found := _subject_at(at, v)) is not None:
            return found
        if at.dep_ == "acl" and at.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return _modified(at, v)
        if at == v and trailing_cue(v) and (reporter := _reporter_above(v)) is not None:
            at = reporter
            continue
        if not _shares_subject(at):
            break
        if (addressed := _addressed(at)) is not None:
            return addressed, phrase(addressed)
        at = at.head
    return _inverted(v)


def _subject_at(at: Token, v: Token) -> Speaker | None:
    """The subject of ``at``, a verb that is the cue ``v`` or shares its subject with it."""
    own = child(at, *SUBJECTS)
    if at == v and own is not None:
        own = _behind_clause(v, own) or own
    if at != v:
        if at.lemma_ in _QUOTING:
            quoted = child(at, "dobj")
            if own is not None and quoted is not None and quoted.i < v.i:
                return quoted, phrase(quoted, stop_at=v)  # "CNN quoted an official as saying"
        own = own or child(at, "nsubjpass")
    if own is not None:
        if own.lower_ in ("who", "which", "that") and own.pos_ in ("PRON", "SCONJ", "DET"):
            return _behind_relative(own, at, v)
        return own, phrase(own, stop_at=v)
    if at != v and at.lemma_ in _QUOTING and at.pos_ == "VERB":
        quoted = child(at, "dobj")
        if quoted is not None:
            return quoted, phrase(quoted, stop_at=v)
    return None


def _behind_clause(v: Token, own: Token) -> Token | None:
    """Who speaks behind a clause and its comma, where the parse takes a piece of that for the subject as well.

    "…, about 11 miles from the coast, said the people who run it."
    """
    if own.i > v.i or v.i == 0 or v.doc[v.i - 1].text != "," or speaks(own):
        return None
    return next((c for c in v.children if c.i > v.i and c.dep_ in SUBJECTS and speaks(c)), None)


def _behind_relative(relative: Token, at: Token, v: Token) -> Speaker:
    """Whom "who", "which" or "that" stands for: "the officer, who said …", "issued a report that said …"."""
    clause = at
    while clause.dep_ == "conj":
        clause = clause.head
    if clause.dep_ != "relcl":
        return relative, [range_of(relative)]
    noun = _antecedent(clause.head, relative)
    if relative.lower_ != "who" and (speaker := _issuer(noun, v)) is not None:
        return speaker, phrase(speaker, stop_at=noun.head)
    return noun, [clip(v.doc, noun.left_edge.i, relative.i + 1)]


def _modified(participle: Token, v: Token) -> Speaker:
    """Who speaks in "a statement saying …" and "a man claiming …": its issuer, else the noun itself."""
    noun = participle.head
    speaker = _issuer(noun, v)
    if speaker is not None:
        return speaker, phrase(speaker, stop_at=noun.head)
    return noun, [clip(v.doc, noun.left_edge.i, participle.left_edge.i)]


def _shares_subject(at: Token) -> bool:
    """Whether a verb or preposition without a subject shares that of what it hangs on: "rose and said"."""
    if at.dep_ not in _PASSED or at.head == at:
        return False
    if at.dep_ in ("ccomp", "advcl", "relcl") and finite(at):
        return False
    if at.dep_ == "pcomp" and at.head.dep_ == "prep" and at.head.lower_ not in _SUBJECT_PREPOSITIONS:
        return False
    return not (at.dep_ == "prep" and at.head.pos_ in ("NOUN", "PROPN"))


def _addressed(at: Token) -> Token | None:
    """Whose act an infinitive is: of "asked the minister to explain" the minister's."""
    if at.dep_ != "xcomp" or at.head.lemma_ not in _ADDRESSING:
        return None
    obj = child(at.head, "dobj")
    return obj if obj is not None and obj.i < at.i else None


def _inverted(v: Token) -> Speaker:
    """The person behind a cue whom the parser took for an object: "said Smith"."""
    after = next((c for c in v.children if c.i > v.i and c.dep_ in ("dobj", "attr", "npadvmod", "oprd")), None)
    if after is not None and after.ent_type_ == "PERSON" and v.tag_ in ("VBD", "VBZ") and v.lemma_ in _INVERTED:
        return after, phrase(after)
    return None, []


def _issuer(noun: Token, v: Token) -> Token | None:
    """Who speaks in "X issued a statement saying" and "X denied the reports, saying": the subject of the verb above."""
    document = noun.lemma_.lower() in DOCUMENT_NOUNS
    if noun.dep_ not in ("dobj", "pobj") or (v.tag_ != "VBG" and not document):
        return None
    above = noun.head
    if above.dep_ == "prep":
        above = above.head
    if above.pos_ != "VERB":
        return None
    lemma = above.lemma_.lower()
    reports_anew = v.tag_ == "VBG" and lemma in VERBS and (not document or noun.lemma_.lower() == "report")
    if lemma not in _ISSUING and not reports_anew:
        return None
    subject = child(above, "nsubj")
    return subject if subject is not None and speaks(subject) else None


def _reporter_above(v: Token) -> Token | None:
    """The reporting verb whose reported clause a trailing participle was hung on; the participle is its subject's."""
    at = v.head
    for _ in range(_CLIMB):
        if at.dep_ not in ("ccomp", "acl", "dobj") or at.head.pos_ not in ("VERB", "NOUN"):
            return None
        at = at.head
        if at.pos_ == "VERB" and at.lemma_.lower() in VERBS and child(at, *SUBJECTS) is not None:
            return at
    return None


def _antecedent(noun: Token, relative: Token) -> Token:
    """ "members of the council in Marrenport, who": people, though the parser hung the clause on the place."""
    at = noun
    while relative.lower_ == "who" and not human(at):
        if at.dep_ == "pobj" and at.head.dep_ == "prep" and at.head.head.pos_ in ("NOUN", "PROPN"):
            at = at.head.head
        elif at.dep_ == "appos" and at.head.pos_ in ("NOUN", "PROPN"):
            at = at.head
        else:
            break
    return at if human(at) else noun
