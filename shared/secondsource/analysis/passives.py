"""What a passive verb proposes: "X is said to …", "it was reported that …", "as expected", "X was accused of …"."""

from collections.abc import Iterator

from spacy.tokens import Token

from secondsource.analysis.contents import host_content
from secondsource.analysis.cues import FIXED_FRAMES, PASSIVE_STANCE, VERBS, Cue
from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.spans import cue_ranges, merged, phrase, range_of, subtree
from secondsource.analysis.tree import CLAUSES, child, factual, finite, has_mark, infinitive, object_of

_TELLING = frozenset("tell inform assure remind notify advise warn ask urge persuade convince".split())
"""Verbs whose passive may frame a quotation: `he was told: "…"`."""
_OF_EVENTS = frozenset("show find".split())
"""Verbs that report in the passive with a clause alone: "was found dead" is no report."""
_CARRIED_BY_PARTICIPLE = frozenset("quote cite".split())
""" "was quoted as saying": "saying" is the cue."""
_BY_AGENT = frozenset(
    "publish announce confirm claim report describe propose reveal disclose note demand request recommend "
    "order deny support oppose back criticize condemn endorse".split()
)
"""Verbs that report their subject when it is said by whom: "the deal was announced by the ministry"."""
_AS_PREDICATE = frozenset(
    "describe characterize characterise portray depict see view regard identify dub label".split()
)
""" "is described as brave"."""


def passive_draft(v: Token, lemma: str) -> Iterator[Draft]:
    """The attribution that a passive verb makes, if it makes one."""
    sense = PASSIVE_STANCE.get(lemma)
    agent = child(v, "agent")
    speaker = object_of(agent)
    if v.dep_ == "advcl" and has_mark(v, "as") and sense is not None:  # "as expected", "as promised by"
        if hosted := host_content(v.head, v, speaker):
            yield _draft(v, sense, agent, speaker, hosted, "as-passive")
        return
    senses = VERBS.get(lemma, ())
    sense = sense or (senses[0] if senses else None)
    subject = _subject(v)
    clause = _clause(v, subject)
    if sense is None or lemma in _CARRIED_BY_PARTICIPLE or (lemma in _OF_EVENTS and clause is None):
        return
    content = _content(v, lemma, subject, clause, by_agent=speaker is not None)
    if content or speaker is not None or (subject is not None and lemma in _TELLING):
        yield _draft(v, sense, agent, speaker, content, "passive")


def _draft(v: Token, sense: Cue, agent: Token | None, speaker: Token | None, content: list[Range], rule: str) -> Draft:
    """A draft with the agent as its source, and its "by" in the cue where it follows: "told by"."""
    cue = cue_ranges(v)
    if agent is not None and agent.i == v.i + 1:
        cue.append(range_of(agent))
    return Draft(
        head=v,
        cue=cue,
        source=phrase(speaker) if speaker is not None else [],
        content=content,
        stance=sense.stance,
        label=sense.label,
        rule=rule,
        factual=factual(v),
        source_head=speaker,
    )


def _subject(v: Token) -> Token | None:
    """Of what or whom it is said; "was arrested and accused of" shares its subject with the first verb."""
    subject = child(v, "nsubjpass")
    if subject is None and v.dep_ == "conj":
        subject = child(v.head, "nsubjpass", "nsubj")
    return subject


def _clause(v: Token, subject: Token | None) -> Token | None:
    """The clause in "is said to have left" and "it was reported that he left"."""
    clause = next((c for c in v.children if c.dep_ in CLAUSES or (c.dep_ == "advcl" and infinitive(c))), None)
    if clause is None and subject is not None and subject.lower_ == "it":
        clause = next(
            (c for c in v.children if c.dep_ in ("nsubjpass", "advcl", "csubjpass") and c.pos_ == "VERB"), None
        )
    return clause


def _content(v: Token, lemma: str, subject: Token | None, clause: Token | None, by_agent: bool) -> list[Range]:
    """What is reported: by the first complement that there is, with the subject where it is part of the statement."""
    return merged(_pieces(v, lemma, subject, clause, by_agent))


def _pieces(v: Token, lemma: str, subject: Token | None, clause: Token | None, by_agent: bool) -> list[Range]:
    """The pieces of what is reported, the subject's first."""
    of_subject = phrase(subject) if subject is not None else []
    if clause is not None:
        content = subtree(clause, without=[v])
        whole = finite(clause) or (subject is not None and subject.lower_ == "it")
        return content if whole else [*of_subject, *content]
    if (prep := _preposition(v, lemma)) is not None:  # "was accused of fraud"
        return [*of_subject, *subtree(prep, without=[prep])]
    if by_agent and subject is not None and lemma in _BY_AGENT:
        return of_subject
    as_phrase = next((c for c in v.children if c.dep_ == "prep" and c.lower_ == "as"), None)
    if as_phrase is not None:
        predicate = lemma in _AS_PREDICATE and child(as_phrase, "pobj", "amod") is not None
        return [*of_subject, *subtree(as_phrase)] if predicate else []
    if (named := child(v, "oprd")) is not None:  # "was called a hero"
        return [*of_subject, *subtree(named)]
    return []


def _preposition(v: Token, lemma: str) -> Token | None:
    """The preposition that introduces what is reported, not one of time: "was warned of floods"."""
    preps = FIXED_FRAMES.get(lemma, "").split()
    return next(
        (
            c
            for c in v.children
            if c.dep_ == "prep" and c.lower_ in preps and not any(p.ent_type_ in ("DATE", "TIME") for p in c.children)
        ),
        None,
    )
