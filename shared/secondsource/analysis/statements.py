"""Statements: the checkable sentences of an attribution's content or of a lead, with what they are compared by."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.entities import Names
from secondsource.analysis.names import FINDINGS
from secondsource.analysis.valence import rating
from secondsource.language.parse import names_within, text_of
from secondsource.model import Facts, Named
from secondsource.text.alike import say_alike
from secondsource.text.amounts import amounts
from secondsource.text.terms import STOP, overlap, rarity, stem, stems, words
from secondsource.text.verbs import IRREGULAR

_MIN_STEMS = 3
"""Stems without which a statement says too little to be told from another."""
_MIN_BRIEF = 2
"""The same for what a lead reports: "it had not sold the gold"."""
_MIN_ACCUSING = 1
"""The same for what somebody is accused of: "it of fraud"."""
_MIN_ACCUSATION = 3
"""Words of that."""
_MIN_WORDS = 4
"""Words without which a clause is an exclamation or a fragment."""
_MIN_DENIED = 3
"""The same of what is denied: "he would resign"."""
_SAME_CONTAINMENT, _SAME_COSINE = 0.72, 0.45
"""Overlaps of two statements from which they say the same."""
_SAME_SHORT = 0.8
"""Cosine from which statements of very few terms say the same."""
_INITIALS = 2
"""Letters of what is an initial or a particle of a name."""
_CLIMB, _DEEPEST = 40, 60
"""Steps up the parse that are taken; only a broken parse of a very long sentence is deeper."""
_DEPTHS = "depths"
"""Where a document keeps how deep each token stands in the parse."""
_HEDGE = re.compile(
    r"\b(?:(?-i:may)|might|could(?! not (?:be|immediately|independently)\b)|possibly|perhaps|appears? to|seems? to|"
    r"likely|believed to|suggests? that)\b",
    re.IGNORECASE,
)
_NEGATIVE = frozenset("no never neither nobody none".split())
_LIGHT = frozenset(
    "be have do go seem appear plan intend become remain stay need want bear give take intention desire wish hold make "
    "launch reach carry".split()
)
"""Words that say little alone: what is not so stands in what completes them."""
_CEASING = frozenset("stop cease quit refuse decline refrain halt fail".split())
"""Verbs that deny what completes them: who stops prosecuting prosecutes no longer."""
_COMPLETES = frozenset("attr acomp oprd dobj xcomp acl".split())
_UNITS_OF_TIME = frozenset("year month week day hour minute".split())
_BEFORE_A_POINT = frozenset("in within after before since by last past next first every each about around over".split())
_BEHIND_A_POINT = frozenset("ago old later earlier before after".split())
_INEXACT = (
    "about",
    "around",
    "nearly",
    "almost",
    "more",
    "less",
    "the last",
    "the past",
    "over",
    "under",
    "last",
    "past",
)
"""What makes a span of time a point in time, an age, or no exact one, by where it stands."""
_SAYING_NO = frozenset("fail lack refuse decline reject".split())
"""Verbs that say of what completes them that it is not so."""
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_PLACE_PREPOSITIONS = frozenset("in at near into on".split())
_SETTLEMENTS = frozenset(
    "town city village port district province region state island valley suburb outskirts capital north south east "
    "west centre center county".split()
)
"""What a place stands behind with "of": "in the town of Dremna"."""
_OPEN_QUESTIONS = frozenset("whether why how if".split())
_DOERS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
_CHECKABLE_ENTITIES = frozenset("PERSON ORG GPE NORP CARDINAL MONEY PERCENT DATE FAC LOC".split())
"""What makes "we saw four trucks" checkable and "we are so happy" not."""


@dataclass
class Statement:
    """A claim in the making, in code points and tokens of the parsed text."""

    text: str
    spans: list[Range]
    stems: frozenset[str]
    core: frozenset[str]
    """Stems but for those of relative clauses, appositives and the like."""
    actors: frozenset[str]
    """Stems of the names in the core."""
    agents: frozenset[str]
    """Those of them that the main verb has for its subject, or, where it is passive, for its agent."""
    doer: Named | None
    """The one person, body or place that does it."""
    done_to: Named | None
    """The one that it is done to."""
    numbers: frozenset[str]
    negated: bool
    says_no: bool
    """Whether a word of it says that something is not so, without a negation: "lacked a licence", "ruled out"."""
    denied: frozenset[str] | None
    """The stems of what it says is not so: "capture" of "was not captured"; None where a negated one does not show."""
    whom: frozenset[str]
    """The stems of what its main verb is done to, where that is a name or "the" one."""
    also_denied: tuple[frozenset[str], frozenset[str]] | None
    """What it denies beside what it states, "talked, but did not agree": as ``says`` and ``whom`` have it."""
    says: frozenset[str]
    """The stems of its main verb, or, where that says little, of what completes it: "safe" of "is safe"."""
    at: int
    """Where it begins first."""
    carried_by: list[int] = field(default_factory=list)
    disputed_by: list[int] = field(default_factory=list)
    echoed_by: list[int] = field(default_factory=list)
    headline: bool = False
    own_witness: bool = False
    hedged: Range | None = None
    unverified: Range | None = None
    place: DocSpan | None = None
    lead_rank: int | None = None

    @property
    def terms(self) -> frozenset[str]:
        """The stems it is compared by."""
        return self.core or self.stems


def pieces(doc: Doc, d: Draft) -> list[list[Range]]:
    """The content as statements: broken clauses stay whole, quotations of several sentences are parted."""
    if len(d.content) > 1 and not d.quotes:
        return _by_sentence(doc, d.content)
    out: list[list[Range]] = []
    for s, e in d.content:
        span = doc.char_span(s, e, alignment_mode="expand")
        if span is None:
            continue
        sentences = _sentences(span)
        if len(sentences) == 1:
            out.append([(s, e)])
            continue
        for sentence in sentences:
            a, b = max(s, sentence.start_char), min(e, sentence.end_char)
            text = text_of(doc)[a:b]
            b -= len(text) - len(text.rstrip())
            if b > a:
                out.append([(a, b)])
    if len(out) == 2 and _interrupted(text_of(doc), out[0], out[1], d):
        return [[*out[0], *out[1]]]
    return out


def _by_sentence(doc: Doc, content: list[Range]) -> list[list[Range]]:
    """The ranges of a broken clause together, as far as they stand in one sentence."""
    found: dict[int, list[Range]] = {}
    for s, e in content:
        span = doc.char_span(s, e, alignment_mode="expand")
        if span is not None:
            found.setdefault(span[0].sent.start, []).append((s, e))
    return list(found.values())


def _interrupted(text: str, first: list[Range], second: list[Range], d: Draft) -> bool:
    """Whether two pieces are one sentence that its cue stands in: `"It fell," he said, "in the middle."`."""
    (_, end), (begin, stop) = first[0], second[0]
    between = bool(d.cue) and end <= d.cue[0][0] <= begin
    return between and text[begin:stop].lstrip("\"“'‘ ")[:1].islower()


def _sentences(span: DocSpan) -> list[DocSpan]:
    """The sentences that a span lies in, whole."""
    found: list[DocSpan] = []
    for token in span:
        if not found or token.i >= found[-1].end:
            found.append(token.sent)
    return found


def statement(
    doc: Doc,
    ranges: list[Range],
    names: Names,
    accusing: bool = False,
    telling: bool = False,
    brief: bool = False,
    denying: bool = False,
) -> Statement | None:
    """The statement that these ranges of the text make; None if it cannot be checked or says too little.

    ``accusing``: it is what somebody is accused of, "the network of violating its franchise"; that has no finite verb.
    ``telling``: it is all that a text says, which may be what its writer did: "I left the firm because it cheated".
    ``denying``: it is what somebody denies, which may be of one word that tells: "that he would resign".
    ``brief``: it is what a lead reports, which may be of two words that tell: "it had not sold the gold".
    """
    spans = [span for s, e in ranges if (span := doc.char_span(s, e, alignment_mode="contract")) is not None]
    tokens = [t for span in spans for t in span]
    if not (
        _checkable(tokens, _MIN_DENIED if denying else _MIN_WORDS)
        or (denying and tokens and _root(tokens).tag_ == "VBG" and len(tokens) >= _MIN_DENIED)
        or (telling and _tells_of_doing(tokens))
        or (accusing and _accusation(tokens))
        or _finding(tokens)
    ):
        return None
    text = " ".join(text_of(doc)[s:e].strip(' \n"“”„«»') for s, e in ranges)
    text = re.sub(r"\s+", " ", text).strip().rstrip(",;:").strip()
    inside = {t.i for t in tokens}
    asides = _asides(tokens, inside)
    core_tokens = [t for t in tokens if t.i not in asides]
    actors = {
        stem(w)
        for t in core_tokens
        if (name := names.of(t)) is not None
        for w in words(name.canonical)
        if len(w) > _INITIALS
    }
    core = actors | set(stems(" ".join(t.text for t in core_tokens)))
    everything = frozenset(stems(text)) | core
    if len(everything) < (_MIN_ACCUSING if accusing or denying else _MIN_BRIEF if brief else _MIN_STEMS):
        return None
    at = ranges[0][0]
    hedge = _HEDGE.search(text_of(doc)[at : ranges[0][1]])
    return Statement(
        text=text,
        spans=list(ranges),
        stems=everything,
        core=frozenset(core),
        actors=frozenset(actors),
        agents=frozenset(_agents(core_tokens or tokens, names)),
        doer=_one_named(_doing(_root(core_tokens or tokens)), names),
        done_to=_one_named(_done_to(_root(core_tokens or tokens)), names),
        numbers=frozenset(_numbers(core_tokens)),
        negated=_negated(tokens, core_tokens),
        says_no=_says_no(_root(core_tokens or tokens)),
        denied=_denied(tokens, core_tokens),
        whom=_whom(_root(core_tokens or tokens)),
        also_denied=_also_denied(core_tokens or tokens),
        says=_stems_of(_saying(_root(core_tokens or tokens))),
        at=at,
        hedged=(hedge.start() + at, hedge.end() + at) if hedge else None,
        place=_place(spans),
    )


def _checkable(tokens: list[Token], least: int = _MIN_WORDS) -> bool:
    """Whether this can be a checkable statement: a finite clause that is no question and no bare feeling."""
    if len([t for t in tokens if t.is_alpha]) < least:
        return False
    text = "".join(t.text_with_ws for t in tokens).strip().rstrip("\"”'’ ")
    if text.endswith("?") or not any(_finite(t) for t in tokens) or _asks_or_bids(tokens):
        return False
    first = next((t for t in tokens if t.dep_ in ("nsubj", "nsubjpass", "expl", "csubj")), None)
    if first is None:
        return any(t.ent_type_ for t in tokens)
    if first.lower_ in ("i", "you", "we"):
        return any(t.ent_type_ in _CHECKABLE_ENTITIES or t.like_num for t in tokens) or _denies_doing(first)
    return True


def has_verb(doc: Doc, ranges: Iterable[Range]) -> bool:
    """Whether one of these ranges of the text is a clause with a finite verb, not a phrase that one stands in."""
    roots = (span.root for s, e in ranges if (span := doc.char_span(s, e, alignment_mode="contract")) is not None)
    return any(
        _finite(t)
        for root in roots
        if root.dep_ != "advcl"
        for t in (root, *(c for c in root.children if c.dep_.startswith("aux")))
    )


def _finite(t: Token) -> bool:
    """Whether a word is a finite verb; the parse takes "the breaks do nothing" for a bare form, and its subject not."""
    if t.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    subject = any(c.dep_ == "nsubj" and c.i < t.i and c.tag_ == "NNS" for c in t.children)
    return t.tag_ == "VB" and subject and not any(c.dep_ == "aux" for c in t.children)


def _asks_or_bids(tokens: list[Token]) -> bool:
    """Whether this is an indirect question or a condition by itself, or a command: "why it fell", "go and see it"."""
    root = _root(tokens)
    if root.pos_ not in ("VERB", "AUX"):
        return False
    inside = {t.i for t in tokens}
    opening = [c for c in root.children if c.i in inside and c.i < root.i]
    if any(c.lower_ in _OPEN_QUESTIONS and c.dep_ in ("mark", "advmod") and c.i == tokens[0].i for c in opening):
        return True
    return root.tag_ == "VB" and not any(c.dep_ in _DOERS or c.dep_ in ("aux", "mark") for c in root.children)


def _denies_doing(speaker: Token) -> bool:
    """Whether somebody says that they did not do a thing: "I never saw those bids"."""
    verb = speaker.head
    past = verb.tag_ == "VBD" or any(c.lower_ in ("did", "have", "had", "has") for c in verb.children)
    return (
        speaker.lower_ != "you"
        and past
        and any(c.dep_ == "neg" for c in verb.children)
        and any(c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN") for c in verb.children)
    )


def _tells_of_doing(tokens: list[Token]) -> bool:
    """Whether a sentence says that somebody did a thing to something, also of who writes it and of a wire's flash."""
    if len([t for t in tokens if t.is_alpha]) < _MIN_WORDS or "".join(t.text for t in tokens).rstrip().endswith("?"):
        return False
    root = _root(tokens)
    did = root.tag_ == "VBD" or (root.pos_ != "VERB" and root.tag_ == "NNS" and any(t.ent_type_ for t in tokens))
    return did and any(c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN") for c in root.children)


def _accusation(tokens: list[Token]) -> bool:
    """Whether this says whom and of what: "the network of violating its franchise", "the company of fraud"."""
    return (
        len([t for t in tokens if t.is_alpha]) >= _MIN_ACCUSATION
        and any(t.ent_type_ or t.pos_ == "PROPN" or t.dep_ in ("dobj", "det") for t in tokens)
        and any(
            (t.tag_ == "VBG" and t.dep_ in ("pcomp", "conj", "pobj", "acl"))
            or (t.dep_ == "pobj" and t.head.lower_ == "of" and rating(t) < 0)
            for t in tokens
        )
    )


def _finding(tokens: list[Token]) -> bool:
    """Whether this is what research finds, without a verb: "no link between sugar and obesity"."""
    if len([t for t in tokens if t.is_alpha]) < _MIN_WORDS:
        return False
    root = _root(tokens)
    return root.lemma_.lower() in FINDINGS and any(c.dep_ == "prep" for c in root.children)


def _asides(tokens: Iterable[Token], inside: Container[int]) -> set[int]:
    """The tokens that stand in a relative clause, an appositive or a parenthesis within the statement."""
    steps: dict[int, int] = {}  # up to what is aside; _CLIMB: too many, or none
    for t in tokens:
        at = t
        way: list[int] = []
        while at.i not in steps:
            head = at.head
            if head.i not in inside:
                steps[at.i] = _CLIMB
            elif at.dep_ in ("relcl", "appos", "acl", "parataxis") or (at.dep_ == "advcl" and at.i > head.i):
                steps[at.i] = 0
            elif head == at:
                steps[at.i] = _CLIMB
            else:
                way.append(at.i)
                at = head
        above = steps[at.i]
        for below in reversed(way):
            above = min(above + 1, _CLIMB)
            steps[below] = above
    return {i for i, above in steps.items() if above < _CLIMB}


def _root(tokens: list[Token]) -> Token:
    """The main word of a statement; of "If it rains … it will close" that of the main clause."""
    verbal = [t for t in tokens if not (t.is_punct or t.is_space or t.is_quote)]
    return min(verbal or tokens, key=lambda t: (_depth(t), t.dep_ == "advcl"))


def _agents(tokens: list[Token], names: Names) -> set[str]:
    """Stems of the names of those who do it."""
    named = [names.of(t) for c in _doing(_root(tokens)) for t in (c, *c.conjuncts)]
    return {stem(w) for name in named if name is not None for w in words(name.canonical) if len(w) > _INITIALS}


def _doing(verb: Token) -> list[Token]:
    """Who does it."""
    return [c for c in verb.children if c.dep_ == "nsubj"] or [
        c for by in verb.children if by.dep_ == "agent" for c in by.children if c.dep_ == "pobj"
    ]


def _done_to(verb: Token) -> list[Token]:
    """To whom it is done."""
    return [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]


def _one_named(tokens: list[Token], names: Names) -> Named | None:
    """The one person, body or place that these words name; None of a people, several, or no name."""
    if len(tokens) != 1 or tokens[0].conjuncts:
        return None
    name = names.of(tokens[0])
    if name is None:  # "the footballer Ana Lorn", "the chairman of the Liberals, Ana Lorn,"
        beside = (names.of(c) for c in tokens[0].children if c.dep_ == "appos" or c.dep_ == "compound")
        name = next((n for n in beside if n is not None and n.person), None)
    if name is None or tokens[0].ent_type_ == "NORP":
        return None
    return Named(name=name.canonical, person=name.person)


def _negated(tokens: list[Token], core: list[Token]) -> bool:
    """Whether the main clause is negated: "did not fall", "there is no alliance"."""
    return _is_negated(_root(core or tokens), core)


def _says_no(verb: Token) -> bool:
    """Whether the main clause says that something is not so by a word that is no negation."""
    completes = {c.dep_: c for c in verb.children}
    if verb.lemma_.lower() in _SAYING_NO and ("xcomp" in completes or "dobj" in completes):
        return True
    if any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children) and verb.lemma_.lower() == "rule":
        return True
    if any(c.dep_ == "acomp" and c.lower_ == "unable" for c in verb.children):
        return True
    if any(c.dep_ == "prep" and c.lower_ == "without" for c in verb.children) and verb.lemma_.lower() in _LIGHT:
        return True
    return any(c.dep_ == "advmod" and c.lower_ == "yet" for c in verb.children) and verb.lemma_.lower() in (
        "have",
        "be",
    )


def _is_negated(verb: Token, core: list[Token]) -> bool:
    """Whether a clause is negated, by its verb or by one of those it is said of."""
    return any(c.dep_ == "neg" for c in verb.children) or any(
        t.lower_ in _NEGATIVE and t.dep_ in ("det", "neg", "nsubj", "preconj") and t.head in (verb, *verb.children)
        for t in core
    )


def _denied(tokens: list[Token], core: list[Token]) -> frozenset[str] | None:
    """Stems of what is said not to be so: by the main clause, or, where that is not negated, by what it says.

    They are those of the verb, and where that says little, of what completes it; of each half of "there was no meeting,
    and there is no alliance". None where a negated clause does not show what it denies.
    """
    negated = _negated(tokens, core)
    root = _root(core or tokens)
    said: set[Token] = set()
    for verb in {c for c in _halves(root) if _is_negated(c, core)} | ({root} if negated else _denied_within(root)):
        said |= _saying(verb)
    denied = _stems_of(said)
    # "It is not new" denies that it is new, a word in every text; "he was not there" shows nothing to look for.
    telling = any(t.pos_ in ("ADJ", "NOUN", "PROPN", "VERB") for t in said)
    return None if negated and not (denied or telling) else denied


def _also_denied(tokens: list[Token]) -> tuple[frozenset[str], frozenset[str]] | None:
    """What the second half of a statement denies of which the first denies nothing."""
    root = _root(tokens)
    if _is_negated(root, tokens):
        return None
    half = next((c for c in _halves(root) if _is_negated(c, tokens)), None)
    if half is None:
        return None
    whom = _whom(half)
    if any(c.dep_ == "dobj" and c.pos_ == "PRON" for c in half.children):  # "repaired the plant but did not close it"
        whom = _whom(root)
        if not whom:
            return None
    return _stems_of(_saying(half)), whom


def _halves(root: Token) -> list[Token]:
    """The clauses that stand beside the main one: "there was no meeting, and there is no alliance"."""
    return [c for c in root.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")]


def _whom(verb: Token) -> frozenset[str]:
    return _stems_of({c for c in _done_to(verb) if c.pos_ == "PROPN" or any(d.lower_ == "the" for d in c.children)})


def _stems_of(tokens: set[Token]) -> frozenset[str]:
    """The stems of words in all the forms in which another text may have them."""
    return frozenset(stem(form) for t in tokens for form in _forms(t) if form not in STOP)


def _denied_within(root: Token) -> set[Token]:
    """Verbs that a main clause without a negation denies: "it says that it would not", "has stopped prosecuting"."""
    found = {c for c in root.children if c.dep_ == "ccomp" and any(g.dep_ == "neg" for g in c.children)}
    if root.lemma_.lower() in _CEASING:
        found |= {c for c in root.children if c.dep_ == "xcomp"}
    return found - {root}


def _saying(verb: Token, deeper: int = 3) -> set[Token]:
    """A word, or, where it says little alone, what completes it: "has no plan to close it" is of closing."""
    if verb.lemma_.lower() not in _LIGHT or deeper == 0:
        return {verb}
    found: set[Token] = set()
    for c in verb.children:
        if c.dep_ in ("prep", "agent"):
            found |= {g for p in c.children if p.dep_ in ("pobj", "pcomp") for g in _saying(p, deeper - 1)}
        elif c.dep_ in _COMPLETES or (c.dep_ == "nsubj" and _there_is(verb)):
            found |= _saying(c, deeper - 1)
    return found


def _forms(t: Token) -> set[str]:
    """The forms in which another text may have a word: those of an irregular verb."""
    return {t.lower_, t.lemma_.lower(), *IRREGULAR.get(t.lemma_.lower(), ())}


def _there_is(verb: Token) -> bool:
    return any(c.dep_ == "expl" for c in verb.children)


def _depth(t: Token) -> int:
    """Steps from a token to the root of its sentence."""
    known = t.doc.user_data.get(_DEPTHS)
    if known is None:
        known = t.doc.user_data[_DEPTHS] = _depths([word.head.i for word in t.doc])
    depth: int = known[t.i]
    return depth


def _depths(heads: Sequence[int]) -> list[int]:
    """Steps from each token to the one that is its own head; each token is gone over once."""
    found = [0 if head == i else -1 for i, head in enumerate(heads)]
    for first in range(len(heads)):
        at = first
        way = []
        while found[at] < 0:
            way.append(at)
            at = heads[at]
        for steps, below in enumerate(reversed(way), start=found[at] + 1):
            found[below] = min(steps, _DEEPEST)
    return found


def _numbers(tokens: list[Token]) -> set[str]:
    """The numbers that are no dates or ranks, in one form: "1,200" and "twelve hundred" as "1200"."""
    return amounts(
        None
        if t.ent_type_ == "ORDINAL"
        or (t.ent_type_ in ("DATE", "TIME") and not _lasts(t))
        or (t.pos_ == "PROPN" and t.is_alpha and len(t) > _INITIALS)
        else t.text
        for t in tokens
    )


def _lasts(t: Token) -> bool:
    """Whether a number says how long: "six years in prison"; not "six years ago", "a six-year-old", "in two days"."""
    doc = t.doc
    span = next((e for e in doc.ents if e.start <= t.i < e.end), None)
    if span is None or span[-1].lemma_.lower() not in _UNITS_OF_TIME:
        return False
    if span[0].lower_ in ("the", "a", "an", "those", "these") and len(span) > 1 and span[1].lower_ in _BEFORE_A_POINT:
        return False  # "the past three years"
    before = doc[span.start - 1].lower_ if span.start else ""
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    return before not in _BEFORE_A_POINT and after not in _BEHIND_A_POINT and not span[0].lower_.startswith(_INEXACT)


def _place(spans: list[DocSpan]) -> DocSpan | None:
    """Where it is said to take place: the first place behind "in", "at", "near"."""
    for span in spans:
        for ent in names_within(span.doc, span.start, span.end):
            root = ent.root
            if ent.label_ in _PLACES and root.dep_ == "pobj" and _says_where(root.head):
                return ent
    return None


def _says_where(preposition: Token) -> bool:
    """Whether what a preposition governs is where something is: "in Dremna", "in the town of Dremna"."""
    if preposition.lower_ == "of" and preposition.head.lemma_.lower() in _SETTLEMENTS:
        preposition = preposition.head.head
    return preposition.lower_ in _PLACE_PREPOSITIONS


def same(a: Statement, b: Statement) -> bool:
    """Whether two statements are one claim: alike in their terms, in their numbers and in being negated or not.

    Those of which neither says what the other says of the same things are two: "the army shelled the port" and "the
    army left the port".
    """
    if a.negated != b.negated or (a.numbers and b.numbers and not a.numbers & b.numbers):
        return False
    if not speak_alike(a, b) or _undoes(a, b) or _undoes(b, a):
        return False
    if min(len(a.core), len(b.core)) < _MIN_STEMS:
        return overlap(a.terms, b.terms)[0] > _SAME_SHORT
    if not (a.core - a.actors) & (b.core - b.actors):
        return False
    cosine, contained = overlap(a.terms, b.terms)
    return cosine >= _SAME_COSINE and contained >= _SAME_CONTAINMENT


def speak_alike(a: Statement, b: Statement) -> bool:
    """Whether one of two statements says what the other says, in whatever words; where it does not show, they may."""
    if not a.says or not b.says or a.says & b.stems or b.says & a.stems:
        return True
    return say_alike(a.says, b.says)


def _undoes(a: Statement, b: Statement) -> bool:
    """Whether what one denies in part is what the other says: "stopped selling it", "sold it"."""
    return bool((a.denied or frozenset()) & b.says - (b.denied or frozenset()))


def goes_against(a: Statement, b: Statement) -> bool:
    """Whether a statement says beside something else that it is not as another says: "talked, but did not agree"."""
    if a.also_denied is None or b.negated or say_alike(a.says, b.says):
        return False
    denied, whom = a.also_denied
    return bool(denied & b.says) and not (whom and b.whom and not whom & b.whom)


SAME_COSINE = min(_SAME_COSINE, _SAME_SHORT)
"""Two statements whose terms are less alike than this are never ``same``."""


def facts(s: Statement) -> Facts:
    """What a claim states, for comparing it with others."""
    chosen = s.core if len(s.core) >= _MIN_STEMS else s.stems
    ordered = sorted(chosen, key=lambda t: (-rarity(t), t))
    return Facts(
        stems=tuple(ordered),
        actors=tuple(sorted(s.actors)),
        agents=tuple(sorted(s.agents)),
        doer=s.doer,
        done_to=s.done_to,
        numbers=tuple(sorted(s.numbers)),
        negated=s.negated,
        says_no=s.says_no,
        denied=None if s.denied is None else tuple(sorted(s.denied)),
    )
