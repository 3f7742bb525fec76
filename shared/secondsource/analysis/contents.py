"""What a verb reports, by the shape of its complement: clause, predicate, prepositional phrase or host clause."""

from spacy.tokens import Token

from secondsource.analysis.cues import FIXED_FRAMES
from secondsource.analysis.draft import Range
from secondsource.analysis.spans import clip, phrase_end, stretch, subtree
from secondsource.analysis.tree import CLAUSES, SUBJECTS, child, finite, has_mark, infinitive, quote_of

_ASIDE_TOKENS = 14
"""Tokens of a cue that interrupts what it reports: "…, county fire chief Owen Strandley said, …"."""
_LEAD_IN = 14
"""Tokens between a cue and the end of the quotation before it."""
_CONDITIONS = frozenset("if unless provided until".split())
_BEFORE_ASIDE = frozenset((",", "”", '"', "—", "–", "-", "''"))
_AFTER_ASIDE = frozenset((",", ".", "—", "–", "-", '"', "“"))
_GERUND = frozenset("deny admit recall describe recommend suggest consider".split())
"""Verbs that report what is in a gerund: "denied taking bribes"."""
_SPEAKERS_ACT = frozenset("promise threaten vow".split())
"""Verbs whose infinitive is the speaker's own act: "promised voters to leave" does not report the voters."""
_BLAMING = frozenset("accuse blame criticize criticise praise condemn".split())
"""Verbs whose preposition the parser may hang on the object: "accused [the firm of fraud]"."""
_CALLING = frozenset("call appeal ask push plead press".split())
"""Verbs with a preposition and an infinitive: "called for the minister to resign"."""
_NEEDS_OBJECT = frozenset("write talk".split())
_ADDRESSEE = frozenset("tell warn ask".split())
"""Verbs whose object is told, not told of: "warned residents of floods"."""


def reported_host(v: Token) -> Token | None:
    """The head of the clause that a cue within it reports: "The plan, he said, is dead", "as Smith put it"."""
    if v.dep_ == "parataxis":
        return v.head
    if v.dep_ == "advcl" and has_mark(v, "as") and not any(c.dep_ in CLAUSES and finite(c) for c in v.children):
        return v.head
    # The parser sometimes hangs "he said" under the clause it reports.
    if v.dep_ in ("ccomp", "advcl", "dep", "intj") and child(v, "ccomp", "xcomp", "mark", "dobj") is None:
        doc, left, right = v.doc, v.left_edge.i, v.right_edge.i
        before = doc[left - 1].text if left > v.sent.start else ""
        after = doc[right].text if doc[right].is_punct else (doc[right + 1].text if right + 1 < len(doc) else "")
        if before in _BEFORE_ASIDE and after in _AFTER_ASIDE and right - left < _ASIDE_TOKENS:
            return v.head
    return None


def host_content(host: Token, v: Token, subject: Token | None) -> list[Range]:
    """The clause that a cue stands in, but for the cue and its speaker; all of the sentence if it is the main one."""
    own = [c.left_edge.i for c in v.children if not _parted(c, v)]
    skip = [(min([v.i, *own]), phrase_end(v))]
    if subject is not None and not (skip[0][0] <= subject.i < skip[0][1]):
        skip.append((subject.left_edge.i, phrase_end(subject)))
    left, right = host.left_edge.i, phrase_end(host)
    if host.dep_ == "ROOT":
        left, right = host.sent.start, host.sent.end
    return stretch(v.doc, left, right, skip)


def clause_of(v: Token, lemma: str, known: bool) -> Token | None:
    """The clause that a verb may report, before or behind it. ``known``: the verb is in the lexicon."""
    best = None
    for c in v.children:
        if c.dep_ == "ccomp":
            if c.i < v.i and any(k.dep_ == "ccomp" and k.i > v.i for k in v.children):
                continue
            best = c
            break
        if c.dep_ == "xcomp" and (infinitive(c) or finite(c) or (c.tag_ == "VBG" and lemma in _GERUND)):
            best = c
    if best is None and known:
        # "said that X would …" whose clause the parser took for an adverbial
        return next((c for c in v.children if c.dep_ == "advcl" and c.i > v.i and has_mark(c, "that")), None)
    if best is not None and best.pos_ not in ("VERB", "AUX") and best.dep_ == "xcomp" and not infinitive(best):
        return None
    return best


def clause_content(v: Token, clause: Token, subject: Token | None) -> list[Range]:
    """What "said that X" and "X, she said" report; of "urged him to leave" also "him"."""
    if clause.i > v.i:
        within = [subject] if subject is not None and clause.is_ancestor(subject) else []
        content = subtree(clause, without=within)
        obj = child(v, "dobj")
        if not finite(clause) and obj is not None and obj.i < clause.i and v.lemma_ not in _SPEAKERS_ACT:
            content = [(obj.left_edge.idx, content[-1][1])] if content else []
        before = next((c for c in v.children if _parted(c, v)), None)
        return [*subtree(before), *content] if before is not None else content
    # The clause stands before the cue: everything up to the attribution's own words is reported.
    start = clause.left_edge.i
    if v.dep_ == "ROOT" or v.sent.root == v:
        start = min(start, v.sent.start)
    lead = _before_quote(v)
    if lead is not None and start < lead <= clause.right_edge.i:
        start = lead
    own = [c for c in v.children if c != clause and c.dep_ in (*SUBJECTS, "aux", "neg", "advmod") and c.i > clause.i]
    stop = min([v.i, *(c.left_edge.i for c in own)])
    if subject is not None and clause.right_edge.i < subject.left_edge.i < v.i:
        stop = min(stop, subject.left_edge.i)
    return [*stretch(v.doc, start, stop), *(r for c in v.children if _condition_behind(c, v) for r in subtree(c))]


def _parted(c: Token, v: Token) -> bool:
    """Whether a condition before a cue is of what the cue reports: "If it rains, he said, the dam will close".

    Without a comma behind the cue, or with a quotation there, it is of the cue: "If asked, he said the dam was safe".
    """
    return (
        c.dep_ == "advcl"
        and c.right_edge.i + 1 < v.i
        and _comma(v, c.right_edge.i + 1)
        and _comma(v, v.i + 1)
        and (_conditional(c) or c.doc[c.left_edge.i].lower_ in ("had", "should", "were"))
        and (v.i + 2 >= len(v.doc) or quote_of(v.doc[v.i + 2]) < 0)
    )


def _condition_behind(c: Token, v: Token) -> bool:
    """Whether a condition behind a cue is of what the cue reports: "The dam will close, he said, if it rains"."""
    return c.dep_ == "advcl" and c.left_edge.i == v.i + 2 and _comma(v, v.i + 1) and _conditional(c)


def _conditional(c: Token) -> bool:
    return any(m.dep_ in ("mark", "prep") and m.lower_ in _CONDITIONS for m in c.children)


def _comma(v: Token, at: int) -> bool:
    return at < len(v.doc) and v.doc[at].text == ","


def _before_quote(v: Token) -> int | None:
    """Where the quotation before a cue begins, if a colon or full stop leads it in: `X scolded him: "…," she said`."""
    i = v.i - 1
    while i > 0 and quote_of(v.doc[i]) < 0 and v.i - i < _LEAD_IN:
        i -= 1
    number = quote_of(v.doc[i])
    if number < 0 or number == quote_of(v):
        return None
    while i > 0 and quote_of(v.doc[i - 1]) == number:
        i -= 1
    return i if i > 0 and v.doc[i - 1].text in (":", ".", "?", "!") else None


def predicate_content(v: Token, lemma: str) -> list[Range]:
    """ "call X Y", "describe X as Y": from the object to the end of the predicate."""
    obj = child(v, "dobj")
    predicate = child(v, "oprd", "ccomp", "xcomp")
    if lemma == "call":
        if predicate is None or predicate.i < v.i or infinitive(predicate):
            return []
        start = predicate.left_edge.i
        if obj is not None and obj.i < predicate.i:
            start = min(start, obj.left_edge.i)
        return [clip(v.doc, start, phrase_end(predicate))] if start > v.i else []
    if obj is None or obj.i < v.i:
        return []
    as_phrase = next((c for c in v.children if c.dep_ == "prep" and c.lower_ == "as"), None)
    if as_phrase is None:
        as_phrase = next((c for c in obj.children if c.dep_ == "prep" and c.lower_ == "as" and c.i > obj.i), None)
    end = max(phrase_end(t) for t in (obj, as_phrase, predicate) if t is not None)
    return [clip(v.doc, obj.left_edge.i, end)]


def prepositional_content(v: Token, lemma: str, obj: Token | None) -> list[Range]:
    """ "warn of X" and "call for X to Y": behind the preposition; "accuse X of Y": from the object on."""
    preps = FIXED_FRAMES[lemma].split()
    prep = next((c for c in v.children if c.dep_ in ("prep", "prt") and c.lower_ in preps and c.i > v.i), None)
    if prep is None and obj is not None and lemma in _BLAMING:
        prep = next((c for c in obj.children if c.dep_ == "prep" and c.lower_ in preps), None)
    if prep is None:
        return []
    end = phrase_end(prep)
    act = next((c for c in v.children if c.dep_ in ("xcomp", "advcl") and c.i > prep.i and infinitive(c)), None)
    if act is not None and lemma in _CALLING:
        end = max(end, phrase_end(act))
    if lemma in _NEEDS_OBJECT and obj is None:
        return []
    if obj is not None and v.i < obj.i < prep.i and lemma not in _ADDRESSEE:
        return [clip(v.doc, obj.left_edge.i, end)]
    return [clip(v.doc, prep.i + 1, end)] if end > prep.i + 1 else []
