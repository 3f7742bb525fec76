"""Which claims could not be verified: those that a text says it of, not every claim of a text that says it of anything.

That the cause of a fire has not been confirmed says nothing of who died in it. What has not been confirmed is the
claim where a word stands for that, "it", "the report", or where both speak of the same; and unconfirmed reports are
what they carry.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.statements import Statement
from secondsource.analysis.tree import child
from secondsource.language.parse import text_of
from secondsource.text.alike import say_alike
from secondsource.text.terms import overlap, stem, stems

_UNVERIFIED = re.compile(
    r"(?:could|can|has|have|was|were)(?:\s+not|n['’]t| never)\s+(?:been\s+|be\s+)?"
    r"(?:immediately\s+|independently\s+|yet\s+)*(?:be\s+)?(?:independently\s+|immediately\s+)?"
    r"(?:verif(?:y|ied)|confirm(?:ed)?|corroborated?)|"
    r"no independent (?:confirmation|verification)|\bunverified\b|\bunconfirmed\b",
    re.IGNORECASE,
)

_SAME_CONTAINMENT, _SAME_COSINE = 0.5, 0.25
"""Overlaps of what has not been confirmed with a claim from which both are the same."""
_NEAR_HEADLINE = 0.2
"""Overlap of the last claim before with the headline claim from which both are one story."""
_SHORT_STORY = 12
"""Claims before up to which "the report" still is the headline claim as well."""
_CLIMB = 4
"""Steps up the parse to the clause that a verb is of: "that Reuters was not able to confirm"."""

_CLAIMED = frozenset(
    "report claim allegation account story statement assertion accusation information rumour rumor suggestion "
    "version announcement news".split()
)
"""Nouns that stand for what was said."""
_SHOWN = frozenset("video footage clip image photo photograph picture recording document".split())
_DONE = frozenset("attack incident raid strike deal agreement".split())
"""Nouns that, with "the" and nothing else, stand for what was told of."""
_COUNTS = frozenset("number figure toll count tally total casualty".split())
_TRUTH = frozenset("authenticity veracity accuracy truth validity truthfulness".split())
"""What a claim has, so that doubt of it is doubt of the claim."""
_BACK = frozenset("it this that these those they them which neither both something".split())
_OPEN = frozenset("how when where why what who whom whose which".split())
"""Words that ask what is not known, and do not doubt what is."""
_ANOTHER = frozenset("a an another any other further more second third new additional".split())
_DEFINITE = frozenset("the this that these those such neither both either".split())
_CLAUSES = ("ccomp", "csubj", "csubjpass", "acl", "advcl", "xcomp")


def mark_unverified(doc: Doc, statements: Sequence[Statement], drafts: Sequence[Draft]) -> None:
    """Note at each claim that could not be verified the sentence that says so."""
    heads = _heads(drafts)
    for m in _UNVERIFIED.finditer(text_of(doc)):
        sentence = _sentence_around(doc, m.start(), m.end())
        for s in _meant(doc, m.span(), statements, heads):
            if s.unverified is None:
                s.unverified = sentence


def _meant(doc: Doc, said: Range, statements: Sequence[Statement], heads: dict[int, set[int]]) -> Iterator[Statement]:
    """The claims that these words say could not be verified. ``heads``: as ``_heads`` has it."""
    span = doc.char_span(*said, alignment_mode="expand")
    if span is None:
        return
    word = span[-1]
    thing = _thing(word)
    if word.lower_ in ("unverified", "unconfirmed") and thing is not None:
        carried = heads.get(thing.i)
        if carried:
            yield from (s for s in statements if carried.intersection(s.carried_by))
            return
    within = any(t.dep_ == "relcl" for t in _upwards(word))
    before = [
        s
        for s in statements
        if s.carried_by and s.at <= said[0] and (within or not any(a <= said[0] < b for a, b in s.spans))
    ]
    if thing is None:
        if word.pos_ == "NOUN":  # "there was no independent confirmation"
            yield from _last(before, statements, said[0])
    elif not (thing.lemma_.lower() in _CLAIMED and _inner(thing) is None and not within and _indefinite(thing)):
        yield from _same(_what_it_says(thing), before, statements, said[0])


def _what_it_says(thing: Token) -> Token:
    """Of "the authenticity of reports that it fell" what is reported; the thing itself where that says nothing else."""
    for _ in range(_CLIMB):
        inner = _inner(thing) if thing.lemma_.lower() in _CLAIMED | _TRUTH | _SHOWN else None
        if inner is None:
            break
        thing = inner
    return thing


def _same(thing: Token, before: list[Statement], statements: Sequence[Statement], at: int) -> Iterator[Statement]:
    """The claims before that are what this phrase or clause speaks of."""
    lemma = thing.lemma_.lower()
    if thing.dep_ in _CLAUSES:
        if thing.doc[thing.left_edge.i].lower_ not in _OPEN:
            yield from (s for s in before if _overlaps(_stems(thing), s))
    elif (
        thing.pos_ in ("VERB", "AUX")  # "…, which could not be confirmed": the clause before
        or thing.lower_ in _BACK
        or lemma in _CLAIMED
        or (lemma in _SHOWN | _DONE | _TRUTH and _bare(thing))
    ):
        yield from _last(before, statements, at)
    elif lemma in _COUNTS:
        yield from (s for s in _last(before, statements, at) if s.numbers)
    elif not any(c.lower_ in _ANOTHER for c in thing.children):
        rest = _stems(thing) - {stem(thing.text)}
        alike = [s for s in before if say_alike([stem(thing.text)], s.stems)]
        yield from (s for s in alike if _overlaps(rest, s)) if rest else _last(alike, alike, at)


def _thing(word: Token) -> Token | None:
    """The head of what is not confirmed, or the noun of "unconfirmed reports"; None where nothing is named."""
    if word.lower_ in ("unverified", "unconfirmed"):
        if word.dep_ in ("amod", "compound") or (word.head.pos_ == "NOUN" and word.head.i > word.i):
            return word.head
        return child(word, "nsubj", "nsubjpass") or child(word.head, "nsubj", "nsubjpass")
    if word.pos_ == "NOUN":  # "no independent confirmation of the deaths", "… that they died"
        return _inner(word)
    subject = child(word, "nsubjpass", "csubjpass", "csubj")
    if subject is None and word.tag_ == "VBN" and word.dep_ == "conj":
        subject = child(word.head, "nsubjpass", "csubjpass")
    clause = next((c for c in word.children if c.dep_ in ("ccomp", "xcomp", "advcl") and c.i > word.i), None)
    if subject is not None and subject.lower_ == "it" and clause is not None:
        subject = clause  # "it has not been confirmed how she died"
    if child(word, "auxpass") is None and subject is None:
        subject = child(word, "dobj") or clause or next((o for c in word.conjuncts if (o := child(c, "dobj"))), None)
    if subject is None or subject.lower_ in ("which", "that"):
        relative = next((t for t in _upwards(word) if t.dep_ == "relcl"), None)
        return relative.head if relative is not None else subject
    return subject


def _inner(noun: Token) -> Token | None:
    """What a report is of or about, or says: "reports of cases", "the claim that it fell"."""
    for c in noun.children:
        if c.dep_ == "prep" and c.lower_ in ("of", "about") and (of := child(c, "pobj", "pcomp")) is not None:
            return of
        if c.dep_ in ("acl", "ccomp") and any(m.dep_ == "mark" and m.lower_ in ("that", "whether") for m in c.children):
            return c
    return None


def _heads(drafts: Sequence[Draft]) -> dict[int, set[int]]:
    """By token the attributions whose source or cue it heads: those that "unconfirmed reports" carry."""
    found: dict[int, set[int]] = {}
    for n, d in enumerate(drafts):
        for head in (d.source_head, d.head):
            if head is not None:
                found.setdefault(head.i, set()).add(n)
    return found


def _indefinite(noun: Token) -> bool:
    """Whether a noun speaks of something not told of before: "unconfirmed rumours", "a report"."""
    return not any(c.dep_ == "poss" or c.lower_ in _DEFINITE for c in noun.children)


def _bare(noun: Token) -> bool:
    """Whether a noun stands alone with "the" or "this": "the video"."""
    told = [c for c in noun.children if c.dep_ not in ("punct", "relcl")]
    return [c.lower_ for c in told] in (["the"], ["this"], ["these"], ["those"], ["that"])


def _last(before: list[Statement], statements: Sequence[Statement], at: int) -> list[Statement]:
    """What "the report" stands for: the last claim before, and the headline claim if both are of one story."""
    if not before:
        return []
    last = max(before, key=lambda s: max(r[0] for r in s.spans if r[0] <= at))
    headline = next((s for s in statements if s.headline and s.carried_by), None)
    if headline is None or headline is last:
        return [last]
    told = overlap(last.stems, headline.stems)[1] > _NEAR_HEADLINE or len(before) <= _SHORT_STORY
    return [last, headline] if told else [last]


def _overlaps(said: frozenset[str], s: Statement) -> bool:
    cosine, contained = overlap(said, s.terms)
    return contained >= _SAME_CONTAINMENT and (cosine >= _SAME_COSINE or said <= s.stems)


def _stems(head: Token) -> frozenset[str]:
    """The stems of a phrase or clause, relative clauses left out."""
    aside = {i for c in head.children if c.dep_ == "relcl" for i in range(c.left_edge.i, c.right_edge.i + 1)}
    return frozenset(stems(" ".join(t.text for t in head.subtree if t.i not in aside)))


def _upwards(t: Token) -> Iterator[Token]:
    """A word and what it hangs on, a few steps up."""
    for _ in range(_CLIMB):
        yield t
        if t.head == t or t.dep_ == "relcl":
            return
        t = t.head


def _sentence_around(doc: Doc, start: int, end: int) -> Range:
    """The sentence that a match stands in, or its paragraph."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is not None:
        return span.sent.start_char, span.sent.start_char + len(span.sent.text.rstrip())
    stop = text_of(doc).find("\n", end)
    return text_of(doc).rfind("\n", 0, start) + 1, len(text_of(doc)) if stop < 0 else stop
