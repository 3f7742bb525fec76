"""What other words than verbs propose: "according to", "the claim that", "is confident that", "reportedly"."""

from collections.abc import Iterator

from spacy.tokens import Token

from secondsource.analysis.cues import ADJECTIVES, ADVERBS, DOCUMENT_NOUNS, NOUN_PREPOSITIONS, NOUNS
from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.spans import phrase, phrase_end, range_of, stretch, subtree
from secondsource.analysis.speakers import speaks
from secondsource.analysis.subjects import subject_of
from secondsource.analysis.tree import child, factual, has_mark, infinitive, object_of
from secondsource.language.parse import text_of
from secondsource.model import Label, Stance

_LOOSE_SCORE = 0.7
"""Trust in what a noun or an adjective reports: a verb's draft of the same cue is preferred."""
_GENERIC = frozenset("it there this that what which".split())
"""Subjects of "is certain that" that are nobody."""
_UTTERING = frozenset(
    "make issue have express release repeat voice give raise announce share reiterate offer deliver publish hold "
    "abandon outline unveil".split()
)
"""Verbs whose subject is the source of the noun: "issued a warning that"."""
_OF_ACTS = frozenset(
    "plan intention desire wish promise pledge vow threat offer proposal demand call request decision refusal "
    "commitment willingness determination order hope".split()
)
"""Nouns that report an infinitive: "the plan to leave"."""
_DISMISSING = frozenset("dismiss reject dispel allay deny refute remove".split())
"""What is done to doubts that one does not share."""
_SPREADS = frozenset("go spread emerge surface circulate break arise come appear resurface swirl persist".split())
"""What reports and rumours do, with what they say behind it: "rumours spread that"."""
_NEEDS_SOURCE = frozenset("plan news word question".split())
"""Nouns whose that-clause is reported only where someone's: "his word that", not "the news that"."""


def according(token: Token) -> Iterator[Draft]:
    """ "according to S", "per S": the content is the clause around it."""
    prep = _preposition(token)
    speaker = _governed(prep) if prep is not None else None
    if prep is None or speaker is None:
        return
    known = speaker.ent_type_ in ("ORG", "PERSON", "GPE") or speaker.lemma_ in DOCUMENT_NOUNS
    if token.lower_ == "per" and not known:
        return
    sent = token.sent
    content = stretch(token.doc, sent.start, sent.end, [(min(token.i, speaker.left_edge.i), phrase_end(speaker))])
    if token.head.dep_ == "ccomp" and token.head.pos_ in ("VERB", "AUX"):
        content = subtree(token.head, without=[token]) or content
    if content:
        cue = [(token.idx, prep.idx + len(prep))]
        yield Draft(
            token, cue, phrase(speaker), content, Stance.ASSERT, Label.SPEECH, "according-to", source_head=speaker
        )


def _preposition(token: Token) -> Token | None:
    """The "to" of "according to"; any other word is the preposition itself."""
    if token.lower_ != "according":
        return token
    to = next((c for c in token.rights if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "to":
        to = token.doc[token.i + 1]
    return to


def _governed(prep: Token) -> Token | None:
    """What a preposition governs, by the parse or else by the order of the words."""
    found = object_of(prep, "pobj", "pcomp")
    if found is not None:
        return found
    doc, after = prep.doc, prep.i + 1
    while after < len(doc) and doc[after].dep_ in ("det", "amod", "compound", "poss", "nummod"):
        after += 1
    return doc[after] if after < len(doc) else None


def noun(n: Token, lemma: str) -> Iterator[Draft]:
    """ "the claim that", "reports of", "X's plan to", "issued a statement that"."""
    sense = NOUNS[lemma]
    speaker = _speaker_of_noun(n)
    content = _content_of_noun(n, owned=speaker is not None)
    if content:
        source = phrase(speaker) if speaker is not None else []
        source = [(s, _end_before(text_of(n.doc), s, content[0][0]) if s < content[0][0] < e else e) for s, e in source]
        yield Draft(
            n,
            [range_of(n)],
            source,
            content,
            Stance.BELIEVE if _sure(n, sense.stance) else sense.stance,
            sense.label,
            "noun" if _completed(n) is not None or _of_preposition(n) is not None else "noun-apart",
            _held(n, sense.stance),
            source_head=speaker,
            score=_LOOSE_SCORE,
        )


def _held(n: Token, stance: Stance) -> bool:
    """Whether somebody says or doubts what a noun reports: not "has no doubt that", "dismissed doubts that"."""
    if any(c.dep_ == "det" and c.lower_ == "no" for c in n.children):
        return _sure(n, stance)
    doubting = stance in (Stance.DOUBT, Stance.DENY)
    return not (doubting and n.dep_ in ("dobj", "nsubjpass") and n.head.lemma_ in _DISMISSING)


def _sure(n: Token, stance: Stance) -> bool:
    """Whether "no doubt" is had, which is to believe it."""
    return (
        stance == Stance.DOUBT
        and n.head.lemma_ == "have"
        and any(c.dep_ == "det" and c.lower_ == "no" for c in n.children)
    )


def _speaker_of_noun(n: Token) -> Token | None:
    """Whose words a noun means: "X's claim", "a claim by X", "the Ondresian claim", "X made the claim"."""
    speaker = child(n, "poss")
    if speaker is None:
        by = next((c for c in n.children if c.dep_ == "prep" and c.lower_ in ("by", "from") and c.i > n.i), None)
        if by is not None:
            speaker = next((c for c in by.children if c.dep_ == "pobj" and speaks(c)), None)
    if speaker is None:
        speaker = next((c for c in n.children if c.dep_ == "amod" and c.ent_type_ in ("NORP", "GPE", "ORG")), None)
    if (
        speaker is None
        and n.dep_ == "dobj"
        and (n.head.lemma_ in _UTTERING or _sure(n, NOUNS[n.lemma_.lower()].stance))
    ):
        speaker = subject_of(n.head)[0]
    return speaker


def _content_of_noun(n: Token, owned: bool) -> list[Range]:
    """What stands behind a noun that reports: its that-clause, infinitive or "of" phrase."""
    clause = _completed(n) or _behind_its_author(n) or _behind_its_verb(n)
    if clause is not None and (not _relative(clause) or clause.head != n):
        act = infinitive(clause) and not has_mark(clause, "that")
        if act and n.lemma_ not in _OF_ACTS:
            return []
        if not act and n.lemma_ in _NEEDS_SOURCE and not owned:
            return []
        return subtree(clause)
    prep = _of_preposition(n)
    return subtree(prep, without=[prep]) if prep is not None else []


def _completed(n: Token) -> Token | None:
    """The clause that the parse hangs on a noun: "the claim that it fell"."""
    return next((c for c in n.children if c.i > n.i and _completes(c)), None)


def _of_preposition(n: Token) -> Token | None:
    """The preposition that introduces what a noun reports: "claims of fraud"."""
    preps = NOUN_PREPOSITIONS.get(n.lemma_, "").split()
    return next((c for c in n.children if c.dep_ == "prep" and c.i > n.i and c.lower_ in preps), None)


def _completes(c: Token) -> bool:
    """Whether a noun's child is the clause it announces: "the claim that it fell", "a vow to leave"."""
    if c.dep_ not in ("acl", "ccomp", "relcl", "xcomp", "advcl"):
        return False
    return has_mark(c, "that") or (infinitive(c) and c.dep_ in ("acl", "xcomp"))


def _behind_its_author(n: Token) -> Token | None:
    """The clause of "a report by Brellin that the dam had failed", which the parse hangs on Brellin.

    Only behind a name: in "a report by the agency that they run" it tells which agency.
    """
    by = next((c for c in n.children if c.dep_ == "prep" and c.lower_ in ("by", "from") and c.i == n.i + 1), None)
    author = object_of(by, "pobj")
    if author is None or author.pos_ != "PROPN":
        return None
    for named in (author, *(c for c in author.subtree if c.pos_ == "PROPN")):
        for clause in named.children:
            that = clause.doc[clause.left_edge.i]
            if clause.dep_ in ("relcl", "acl", "ccomp") and that.lower_ == "that" and _has_own_subject(clause, that):
                return clause
    return None


def _end_before(text: str, start: int, clause: int) -> int:
    """Where an author ends whose that-clause begins at ``clause``."""
    before = text[start:clause].rstrip()
    author = before.removesuffix("that")
    if author == before or author[-1:].isalnum() or author.endswith("_"):
        return clause
    end = len(author)
    while end and (author[end - 1] == "," or author[end - 1].isspace()):
        end -= 1
    return start + end


def _behind_its_verb(n: Token) -> Token | None:
    """The clause of "a report went viral that the dam had failed"."""
    if n.dep_ != "nsubj" or n.head.lemma_ not in _SPREADS:
        return None
    clauses = [c for c in n.head.children if c.i > n.head.i and c.dep_ in ("ccomp", "advcl", "acl", "relcl")]
    return next((c for c in clauses if has_mark(c, "that")), None)


def _has_own_subject(clause: Token, that: Token) -> bool:
    """Whether somebody else than "that" does it in a clause, so that this is no "firm that runs the dam"."""
    return that.dep_ not in ("nsubj", "nsubjpass") and child(clause, "nsubj", "nsubjpass", "expl") is not None


def _relative(clause: Token) -> bool:
    """Whether a that-clause is a relative one: "the claim that surprised them"."""
    return clause.dep_ == "relcl" and any(
        c.lower_ in ("that", "which", "who") and c.dep_ in ("nsubj", "dobj", "nsubjpass") for c in clause.children
    )


def adverb(a: Token) -> Iterator[Draft]:
    """ "reportedly fell", "the allegedly stolen car": the content is the clause or the phrase, the source unnamed."""
    sense = ADVERBS[a.lower_]
    head = a.head
    if head.pos_ not in ("ADJ", "NOUN", "NUM", "ADV"):
        while head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT" and head.head != head:
            head = head.head
    content = subtree(head, without=[a])
    if content:
        yield Draft(a, [range_of(a)], [], content, sense.stance, sense.label, "adverb")


def adjective(be: Token) -> Iterator[Draft]:
    """ "is confident that it will hold", "are willing to talk"."""
    found = next((c for c in be.children if c.dep_ in ("acomp", "attr") and c.lower_ in ADJECTIVES), None)
    if found is None:
        return
    sense = ADJECTIVES[found.lower_]
    of_acts = sense.stance in (Stance.INTEND, Stance.OTHER)
    clause = next(
        (
            c
            for c in [*found.children, *be.children]
            if c.dep_ in ("ccomp", "xcomp", "advcl") and c.i > found.i and (of_acts or not infinitive(c))
        ),
        None,
    )
    speaker, source = subject_of(be)
    if clause is None or speaker is None or speaker.lower_ in _GENERIC:
        return
    content = subtree(clause)
    if content:
        yield Draft(
            be,
            [(min(be.idx, found.idx), found.idx + len(found))],
            source,
            content,
            sense.stance,
            sense.label,
            "adjective",
            factual(be),
            source_head=speaker,
            score=_LOOSE_SCORE,
        )
