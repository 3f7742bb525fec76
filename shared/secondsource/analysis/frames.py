"""What an active verb proposes: "X said that …", "…, X said, …", "X denied the claims", "X accused Y of …"."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.analysis.beside import speaker_beside, touches_quote
from secondsource.analysis.contents import (
    clause_content,
    clause_of,
    host_content,
    predicate_content,
    prepositional_content,
    reported_host,
)
from secondsource.analysis.cues import FIXED_FRAMES, NOT_REPORTING, PREPOSITION_VERBS, VERBS, Cue
from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.names import ANONYMITY, FINDINGS, RESEARCH, is_outlet
from secondsource.analysis.phrases import role_word
from secondsource.analysis.spans import cue_ranges, phrase, range_of
from secondsource.analysis.speakers import can_show, speaks
from secondsource.analysis.subjects import Speaker, subject_of
from secondsource.analysis.tree import child, factual, finite, has_mark, own_subject, quote_of
from secondsource.language.parse import text_of
from secondsource.model import Label, Stance

_UNKNOWN = Cue(Stance.ASSERT)
"""The sense of a verb that is not in the lexicon and reports all the same."""
_UNKNOWN_SCORE = 0.5
"""Trust in a verb that is not in the lexicon: any other draft of the same cue is preferred."""
_SHOWING = frozenset(
    "show suggest indicate demonstrate reveal reflect signal find confirm prove underscore highlight "
    "illustrate mean imply determine conclude describe detail outline".split()
)
"""Verbs that an event can be the subject of, and then nobody is said to have said anything."""
_BARE = frozenset("it that this them him what so".split())
"""Objects that are no content of their own."""
_REFERRING = frozenset("it that this".split())
"""Objects that stand for a claim made before: "denied it"."""
_BLAMED = frozenset(
    "wrongdoing allegation accusation charge claim report involvement responsibility guilt rumour rumor story".split()
)
"""Objects of what somebody denies who is blamed, or told of: "denied bail" is of something else."""
_QUOTING = frozenset("cite quote".split())
_UNCLEAR = frozenset("mean imply reflect underscore".split())
_FINDING = frozenset("find show see report reveal identify detect".split())
_LEARNING = frozenset("understand learn reveal disclose".split())
"""What a newsroom says of itself: "the Courier understands"."""
_ENDING = _SHOWING - _UNCLEAR | frozenset("rule report estimate".split())
_HAS = frozenset("has have had was were been also".split())
_COURTS = frozenset(
    "court inquest inquiry enquiry tribunal jury hearing judge magistrate committee panel commission coroner".split()
)
"""Who hears what is said, and makes it known."""
_SHORT_END = 6
"""Words that may stand behind "a court heard": "in Tarn on Monday"."""
_AFTER = frozenset(("advmod", "npadvmod", "prep", "punct", "aux"))
_RULES = {"c": "clause", "t": "infinitive", "p": "object-infinitive"}


@dataclass(frozen=True)
class _Said:
    """An active verb, its lexicon entries and its speaker."""

    verb: Token
    lemma: str
    senses: tuple[Cue, ...]
    speaker: Speaker

    @property
    def main(self) -> Cue:
        """The first sense in the lexicon."""
        return self.senses[0] if self.senses else _UNKNOWN

    def can(self, frame: str) -> bool:
        """Whether a sense of the verb takes this complement."""
        return any(frame in s.frames for s in self.senses)

    def sense(self, frame: str) -> Cue:
        """The sense that takes this complement, else the main one."""
        return next((s for s in self.senses if frame in s.frames), self.main)

    @property
    def states(self) -> bool:
        """Whether the speaker can be said to state it: "the study shows", not "the collapse shows"."""
        return self.lemma not in _SHOWING or can_show(self.speaker[0])

    @property
    def by_research(self) -> bool:
        """Whether it is a study or who made it that finds something."""
        head = self.speaker[0]
        return head is not None and head.lemma_.lower() in RESEARCH

    def draft(self, content: list[Range], sense: Cue, rule: str, plain: bool = False) -> Draft:
        """The attribution of this content to the speaker."""
        head, source = self.speaker
        v = self.verb
        return Draft(
            head=v,
            cue=cue_ranges(v),
            source=source,
            content=content,
            stance=sense.stance,
            label=sense.label,
            rule=rule,
            factual=factual(v),
            source_head=head,
            plain=plain or (self.lemma == "deny" and head is not None and rule in ("clause", "infinitive", "anaphora")),
        )


def active(v: Token, lemma: str) -> Iterator[Draft]:
    """The attribution that an active verb makes, if it makes one; without content where it may frame a quotation."""
    if lemma in NOT_REPORTING or v.dep_ == "amod" or ANONYMITY.match(text_of(v.doc), v.idx):
        return
    senses = VERBS.get(lemma, ())
    said = _Said(v, lemma, senses, _speaker(v, senses))
    subject = said.speaker[0]
    if subject is not None and subject.lower_ == "you" and said.main.label == Label.STANCE:
        return
    for step in (_ending, _within_content, _with_clause, _with_object, _without_complement):
        proposed = step(said)
        if proposed is not None:
            yield from proposed
            return


def _speaker(v: Token, senses: tuple[Cue, ...]) -> Speaker:
    """Who speaks: by the parse, or by the words beside the cue where it was led astray by a quotation."""
    speaker = subject_of(v)
    head = speaker[0]
    if head is not None and quote_of(head) >= 0 and quote_of(v) != quote_of(head):
        # The parser reached into the quotation for a subject; the words beside the cue are nearer.
        return speaker_beside(v)
    if head is None and quote_of(v) < 0 and any("c" in s.frames for s in senses) and touches_quote(v):
        return speaker_beside(v)
    return speaker


# The steps: each answers what it proposes, an empty list when the verb reports nothing, and None to leave it
# to the next.


def _ending(said: _Said) -> list[Draft] | None:
    """ "…, a study has found", "…, the Courier understands": how a lead names its source."""
    v, subject = said.verb, said.speaker[0]
    speech = said.can("c") and said.sense("c").label == Label.SPEECH
    if subject is None or subject.pos_ == "PRON" or not (speech or said.lemma in _ENDING | _LEARNING):
        return None
    words = v.doc[subject.left_edge.i : subject.i + 1]
    if said.lemma in _LEARNING and not (is_outlet(words.text) or is_outlet(words[0].text)):
        return None
    clause = clause_of(v, said.lemma, known=True)
    before = v.doc[subject.left_edge.i - 1] if subject.left_edge.i else None
    if clause is None or not finite(clause) or before is None or before.text != "," or clause.i > before.i:
        return None
    last = v.sent.end - 1
    if last - v.i > _SHORT_END or any(c.i > v.i and c.dep_ not in _AFTER for c in v.children):
        return None
    content = clause_content(v, clause, subject)
    sense = _UNKNOWN if said.lemma in _LEARNING else said.sense("c")
    return [said.draft(content, sense, "clause", plain=True)] if content else None


def heard(v: Token) -> Iterator[Draft]:
    """ "…, a court heard on Monday", "…, an inquest was told": what was said there, whatever the parse makes of it."""
    doc, first = v.doc, v.sent.start
    at = v.i - 1
    while at > first and doc[at].lower_ in _HAS:
        at -= 1
    begin = at
    while begin > first and doc[begin - 1].text != "," and at - begin < _SHORT_END:
        begin -= 1
    was = v.i - at > 1 and doc[v.i - 1].lower_ in ("was", "were", "been")
    if doc[at].lemma_.lower() not in _COURTS or doc[begin - 1].text != "," or (v.lower_ == "told") != was:
        return
    if not any(finite(t) for t in doc[first : begin - 1]) or v.sent.end - 1 - v.i > _SHORT_END:
        return
    if (
        doc[begin].pos_ == "CCONJ"
        or doc[first].pos_ == "SCONJ"
        or any(c.dep_ in ("dobj", "ccomp") and c.i > v.i for c in v.children)
    ):
        return  # "…, and the judge heard it", "when it rang, the court heard"
    source = (doc[begin].idx, doc[at].idx + len(doc[at]))
    content = (doc[first].idx, doc[begin - 2].idx + len(doc[begin - 2]))
    cue = (doc[at + 1].idx, v.idx + len(v))
    yield Draft(v, [cue], [source], [content], Stance.ASSERT, Label.SPEECH, "clause", source_head=doc[at], plain=True)


def _within_content(said: _Said) -> list[Draft] | None:
    """ "…, he said, …" and "as X said": the cue hangs on the clause that it reports."""
    host = reported_host(said.verb)
    if host is None or not said.can("c"):
        return None
    content = host_content(host, said.verb, said.speaker[0])
    return [said.draft(content, said.sense("c"), "parenthetical")] if content else None


def _with_clause(said: _Said) -> list[Draft] | None:
    """ "said that it fell", "it fell, he said", "vowed to leave", "urged him to leave"."""
    v = said.verb
    clause = clause_of(v, said.lemma, known=bool(said.senses))
    if clause is None:
        return None
    frame = "c" if finite(clause) else ("p" if own_subject(clause) else "t")
    if not _takes(said, clause, frame):
        # An order or a fragment in quote marks: the quotation is what is reported.
        in_quotes = quote_of(clause) >= 0 and quote_of(v) != quote_of(clause)
        return None if said.senses and in_quotes else []
    if not said.states:
        return []
    content = clause_content(v, clause, said.speaker[0])
    return [said.draft(content, said.sense(frame), _RULES[frame])] if content else None


def _takes(said: _Said, clause: Token, frame: str) -> bool:
    """Whether a clause is what the verb reports; a verb outside the lexicon needs a "that" or an inverted order."""
    if not said.senses:
        return frame == "c" and (has_mark(clause, "that") or clause.i < said.verb.i)
    return frame == "c" or clause.tag_ == "VBG" or said.can("t") or said.can("p") or (frame == "p" and said.can("c"))


def _with_object(said: _Said) -> list[Draft] | None:
    """ "described X as Y", "warned of X", "denied it", "announced X", "citing X"."""
    v, lemma = said.verb, said.lemma
    if not said.senses or said.speaker[0] is None:
        return None
    obj = child(v, "dobj")
    if said.can("a") and (content := predicate_content(v, lemma)):
        return [said.draft(content, said.sense("a"), "predicate")]
    if lemma in FIXED_FRAMES and (content := prepositional_content(v, lemma, obj)):
        return [said.draft(content, PREPOSITION_VERBS.get(lemma, said.sense("f")), "preposition")]
    if obj is None:
        return None
    if obj.lower_ in _REFERRING and said.main.stance in (Stance.DENY, Stance.CONFIRM):
        return [said.draft(phrase(obj), said.main, "anaphora")]
    if obj.lower_ not in _BARE and said.can("o"):
        if not said.states or (lemma == "question" and (role_word(obj) or obj.ent_type_ == "PERSON")):
            return []  # "detectives questioned the driver"
        if content := phrase(obj):
            blamed = lemma == "deny" and obj.lemma_.lower() in _BLAMED
            return [said.draft(content, said.sense("o"), "object", plain=blamed)]
    if lemma in _FINDING and obj.lemma_.lower() in FINDINGS and said.by_research:
        return [said.draft(phrase(obj), _UNKNOWN, "finding")]  # "the study found no link between A and B"
    return _citing(v, obj) if lemma in _QUOTING else None


def _citing(v: Token, obj: Token) -> list[Draft]:
    """ "citing officials": the officials are the source of the main clause, the citer the channel."""
    if v.tag_ != "VBG" or v.dep_ not in ("advcl", "acl", "xcomp", "prep") or not speaks(obj):
        return []
    content = host_content(v.head, v, obj)
    if not content:
        return []
    return [Draft(v, [range_of(v)], phrase(obj), content, Stance.ASSERT, Label.SPEECH, "citing", source_head=obj)]


def _without_complement(said: _Said) -> list[Draft] | None:
    """A cue without content, which may still frame a quotation: `"…," said X`."""
    if said.can("c"):
        return [said.draft([], said.sense("c"), "quote")]
    if said.senses or said.speaker[0] is None:
        return None
    idle = said.draft([], _UNKNOWN, "quote-unknown")
    idle.score = _UNKNOWN_SCORE
    return [idle]
