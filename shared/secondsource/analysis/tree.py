"""Questions put to the parse: is this clause finite, is this verb passive, does this word stand in quote marks."""

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc, Token

from secondsource.analysis.cues import VERBS
from secondsource.analysis.quotes import Quote

SUBJECTS = ("nsubj", "csubj")
"""Relations of an active verb to its subject."""
CLAUSES = ("ccomp", "xcomp")
"""Relations of a verb to the clause that completes it."""

_QUOTED = "quoted"
"""Where a document keeps the number of the quotation that each token stands in."""
_TRAILING = "trailing"
"""Where a document keeps the numbers of its trailing cues."""
_FINITE_TAGS = ("VBD", "VBZ", "VBP", "MD")
_UNREAL = frozenset("would could might may should 'd".split())
_UNREAL_CUES = frozenset("say tell confirm comment".split())
"""Cues that report nothing under a modal: "would not say", "could not confirm"; "would argue" does report."""
_NOBODY = frozenset("nobody none neither".split())
_HARD = frozenset("hard difficult impossible wrong untrue false incorrect foolish absurd".split())
"""What it is to say something that nobody has said by that: "it is hard to deny that", "wrong to claim that"."""
_UNDONE = frozenset("decline refuse fail want expect plan hope".split())
"""Verbs whose infinitive did not happen: "declined to comment"."""


def mark_quoted(doc: Doc, quotes: tuple[Quote, ...]) -> None:
    """Note for each token which quotation it stands in, for ``quote_of``."""
    inside = [-1] * len(doc)
    at = 0
    for n, q in enumerate(quotes):
        while at < len(doc) and doc[at].idx < q.start:
            at += 1
        k = at
        while k < len(doc) and doc[k].idx < q.end:
            inside[k] = n
            k += 1
    doc.user_data[_QUOTED] = inside


def quote_of(t: Token) -> int:
    """The number of the quotation a token stands in, or -1."""
    quoted: list[int] = t.doc.user_data.get(_QUOTED) or []
    return quoted[t.i] if t.i < len(quoted) else -1


def child(t: Token, *deps: str) -> Token | None:
    """The first child in one of these relations."""
    return next((c for c in t.children if c.dep_ in deps), None)


def object_of(prep: Token | None, *deps: str) -> Token | None:
    """What a preposition governs: "the minister" of "by the minister". ``deps``: relations, "pobj" if none."""
    return child(prep, *(deps or ("pobj",))) if prep is not None else None


def has_mark(t: Token, word: str) -> bool:
    """Whether a clause is opened by this word: "that" in "said that it fell", "as" in "as promised"."""
    return any(c.lower_ == word and c.dep_ in ("mark", "advmod", "prep") for c in t.children)


def infinitive(t: Token) -> bool:
    """Whether a verb is a to-infinitive: "to leave"."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in t.children)


def finite(t: Token) -> bool:
    """Whether a clause is finite: "it fell", "prices to be cut" is not. Verbless ones are with a subject."""
    if infinitive(t):
        return False
    if t.tag_ in _FINITE_TAGS:
        return True
    if any(c.dep_ in ("aux", "auxpass", "cop") and c.tag_ in _FINITE_TAGS for c in t.children):
        return True
    if t.pos_ in ("VERB", "AUX") and t.tag_ == "VBG":
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in t.children)


def own_subject(t: Token) -> bool:
    """Whether a clause has a subject: "urged him to leave" gives "leave" one."""
    return child(t, "nsubj", "nsubjpass") is not None


def passive(v: Token) -> bool:
    """Whether a verb is in the passive: "was told", "as expected", "named and accused by"."""
    if v.tag_ != "VBN":
        return False
    if child(v, "nsubjpass", "auxpass", "agent") is not None:
        return True
    if v.dep_ == "advcl" and has_mark(v, "as"):
        return True
    return (
        v.dep_ == "conj"
        and v.head.tag_ == "VBN"
        and passive(v.head)
        and not any(c.dep_ == "nsubj" or (c.dep_ == "aux" and c.lemma_ == "have") for c in v.children)
    )


def nobody(v: Token) -> bool:
    """Whether nobody did it, or had it done to them: "neither A nor B has been charged", "no official was".

    "No 10", "the No campaign", "no fewer than nine" and "none other than" are somebody.
    """
    subject = child(v, "nsubj", "nsubjpass")
    if subject is None:
        return False
    if subject.lower_ in _NOBODY:
        return subject.i + 1 == len(subject.doc) or subject.nbor(1).lower_ != "other"
    for t in subject.children:
        if t.lower_ == "neither" or (t.lower_ in ("not", "hardly", "scarcely") and t.i < subject.i):
            return True
        if t.lower_ == "no" and t.dep_ == "det" and (subject.pos_ == "NOUN" or subject.lower_ == "one"):
            behind = t.nbor(1)
            named = (t.text != "no" and not t.is_sent_start) or behind.pos_ == "PROPN"
            counted = behind.like_num and behind.lower_ != "one"
            return not (named or counted or behind.lower_ in (".", "fewer", "less", "other", "small", "mean"))
    return False


def factual(v: Token) -> bool:
    """Whether the cue says that something was said: not "did not say", "if he says", "declined to say"."""
    if nobody(v) or _only_judged(v) or (v.dep_ == "xcomp" and v.head.lemma_ == "deny" and v.tag_ in ("VBG", "VBN")):
        return False  # "denied accusing them"
    for c in v.children:
        if c.dep_ == "neg" or (c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether")):
            return False
        if c.dep_ != "aux":
            continue
        if c.lower_ in _UNREAL and (v.lemma_ in _UNREAL_CUES or _only_some(v)):
            return False
        if c.lower_ == "to" and v.dep_ == "xcomp" and v.head.lemma_ in _UNDONE:
            return False
    return not (v.dep_ == "ROOT" and v.doc[v.sent.end - 1].lower_ == "?")


def _only_judged(v: Token) -> bool:
    """Whether an infinitive is only said to be hard or wrong: "it is hard to deny that", "it is wrong to say".

    "The minister was wrong to say it", "it was wrong of her to say it": there it was said.
    """
    if not infinitive(v) or v.dep_ not in ("xcomp", "csubj", "ccomp", "advcl", "acl"):
        return False
    hard = next((t for t in (v.head, *v.head.children) if t.pos_ == "ADJ" and t.lower_ in _HARD), None)
    if hard is None or any(c.lower_ == "of" for c in hard.children):
        return False
    subjects = [c for t in {hard, hard.head, v.head} for c in t.children if c.dep_ in ("nsubj", "expl")]
    return all(c.lower_ == "it" for c in subjects)


def _only_some(v: Token) -> bool:
    """Whether only some would do it: "only a fool would deny that"."""
    subject = child(v, "nsubj")
    return subject is not None and any(c.lower_ == "only" for c in (*subject.children, *v.children))


def trailing_cue(t: Token) -> bool:
    """A participle that reports anew behind a comma: ", saying the groups want different things"."""
    return (
        t.dep_ in ("advcl", "acl", "conj")
        and t.tag_ == "VBG"
        and t.lemma_.lower() in VERBS
        and t.i > 0
        and t.nbor(-1).text == ","
    )


def trailing_cues(t: Token) -> list[Token]:
    """The cues that trail something within the clause or phrase that a token heads."""
    known: list[int] | None = t.doc.user_data.get(_TRAILING)
    if known is None:
        known = t.doc.user_data[_TRAILING] = [c.i for c in t.doc if trailing_cue(c)]
    within = known[bisect_left(known, t.left_edge.i) : bisect_right(known, t.right_edge.i)]
    return [c for c in (t.doc[i] for i in within) if c == t or t.is_ancestor(c)]
