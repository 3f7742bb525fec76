"""Attributions: who is said to have said, written, shown, believed, intended or denied what.

Rules over the parse and over quote pairs. First every cue of a sentence proposes a draft (source, cue,
content); then the quotations are given to the cue that frames them; what is left over is joined to the
speech that it continues. Conventions of the spans follow the project's annotation guide: content without
a leading "that" and without the final full stop, quote marks included.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from secondsource.analysis.cues import (
    ADJECTIVES,
    ADVERBS,
    DOCUMENT_NOUNS,
    FIXED_FRAMES,
    NOT_REPORTING,
    NOUNS,
    OUTLET_NOUNS,
    PASSIVE_STANCE,
    PREPOSITION_VERBS,
    VERBS,
    Cue,
)
from secondsource.analysis.names import ANONYMITY, PERSON_ROLES
from secondsource.analysis.quotes import Quote
from secondsource.model import Label, Stance

Range = tuple[int, int]

_SUBJECTS = ("nsubj", "csubj")
_CLAUSES = ("ccomp", "xcomp")
_UNKNOWN = Cue(Stance.ASSERT)
_GENERIC = frozenset("it there this that what which".split())
_TELLING = frozenset("tell inform assure remind notify advise warn ask urge persuade convince".split())
_SHOWING = frozenset(
    "show suggest indicate demonstrate reveal reflect signal find confirm prove underscore highlight "
    "illustrate mean imply determine conclude describe detail outline".split()
)
_TRIM_LEFT = re.compile(r"^[\s,;:.–—-]+")
_TRIM_RIGHT = re.compile(r"[\s,;:–—-]+$")


@dataclass
class Draft:
    """An attribution in the making. ``cue`` and ``source`` in code points of the parsed text."""

    head: Token | None
    cue: list[Range]
    source: list[Range]
    content: list[Range]
    stance: Stance
    label: Label
    rule: str
    factual: bool = True
    continues: bool = False
    source_head: Token | None = None
    quotes: list[Quote] = field(default_factory=list)
    speaker_of: "Draft | None" = None
    score: float = 1.0


def draft(doc: Doc, quotes: tuple[Quote, ...]) -> list[Draft]:
    """All attributions of a document, in order of their content."""
    found: list[Draft] = []
    idle: list[Draft] = []
    doc.user_data["quoted"] = _quoted_tokens(doc, quotes)
    for token in doc:
        for proposal in _propose(token):
            (found if proposal.content else idle).append(proposal)
    found = _settle(found)
    for d in [*found, *idle]:
        _find_subject(doc, d)
        _extend_source(doc, d)
    _give_quotes(doc, quotes, found, idle)
    found = [d for d in found if d.content and _worth(d, doc.text)]
    found.sort(key=lambda d: (d.content[0], d.cue[0] if d.cue else d.content[0]))
    return found


def _quoted_tokens(doc: Doc, quotes: tuple[Quote, ...]) -> list[int]:
    """For each token the number of the quotation it stands in, or -1."""
    inside = [-1] * len(doc)
    at = 0
    for n, q in enumerate(quotes):
        while at < len(doc) and doc[at].idx < q.start:
            at += 1
        k = at
        while k < len(doc) and doc[k].idx < q.end:
            inside[k] = n
            k += 1
    return inside


def _quote_of(t: Token) -> int:
    """The number of the quotation a token stands in, or -1."""
    quoted: list[int] = t.doc.user_data.get("quoted") or []
    return quoted[t.i] if t.i < len(quoted) else -1


# --- what each word proposes -------------------------------------------------------------------


def _propose(token: Token) -> Iterator[Draft]:
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX") and token.tag_.startswith("VB"):
        if lemma == "be":
            yield from _adjective(token)
        elif lemma == "accord":
            yield from _according(token)
        else:
            yield from _verb(token, lemma)
    elif lemma == "according" or (token.lower_ == "per" and token.dep_ == "prep"):
        yield from _according(token)
    elif token.pos_ == "NOUN" and lemma in NOUNS:
        yield from _noun(token, NOUNS[lemma])
    elif token.lower_ in ADVERBS and token.pos_ == "ADV":
        yield from _adverb(token)
    elif token.pos_ == "ADJ" and token.lower_ in ADJECTIVES and token.dep_ in ("amod", "ROOT", "advcl", "conj"):
        return


def _verb(v: Token, lemma: str) -> Iterator[Draft]:
    senses = VERBS.get(lemma, ())
    passive = _is_passive(v)
    if passive:
        yield from _passive(v, lemma)
        return
    subject, subject_ranges = _subject(v)
    if subject is not None and _quote_of(subject) >= 0 and _quote_of(v) != _quote_of(subject):
        # The parser reached into the quotation for a subject; the words beside the cue are nearer.
        subject, subject_ranges = _beside(v)
    elif subject is None and _quote_of(v) < 0 and senses and _can(senses, "c") and _touches_quote(v):
        subject, subject_ranges = _beside(v)
    cue = _cue_ranges(v)
    factual = _factual(v)
    main = senses[0] if senses else _UNKNOWN

    def make(content: list[Range], sense: Cue, rule: str) -> Draft:
        return Draft(v, cue, subject_ranges, content, sense.stance, sense.label, rule, factual, source_head=subject)

    if lemma in NOT_REPORTING and not senses:
        return
    if ANONYMITY.match(v.doc.text, v.idx):
        return
    if v.dep_ == "amod" or (subject is not None and subject.lower_ in ("you",) and main.label == Label.STANCE):
        return
    # 1. "…, he said, …" and "as X said": the cue hangs on the clause that it reports.
    host = _reported_host(v)
    if host is not None and _can(senses, "c"):
        content = _host_content(host, v, subject)
        if content:
            yield make(content, _sense(senses, "c"), "parenthetical")
            return
    # 2. A finite clause: before or behind the cue.
    clause = _clause(v, senses, lemma)
    wanted = ""
    if clause is not None:
        finite = _finite(clause)
        wanted = "c" if finite else ("p" if _own_subject(clause) else "t")
        quoted = _quote_of(clause) >= 0 and _quote_of(v) != _quote_of(clause)
        if not senses:
            if not finite or not (_has_mark(clause, "that") or clause.i < v.i):
                return
        elif not _can(senses, wanted) and not (wanted in "pt" and _can(senses, "t" if wanted == "p" else "p")):
            if not (wanted == "c" or (not finite and _can(senses, "c") and _own_subject(clause))):
                if not quoted:
                    return
                clause = None  # an order or a fragment in quote marks: the quotation is what is reported
    if clause is not None:
        if lemma in _SHOWING and not _can_show(subject):
            return
        content = _clause_content(v, clause, subject)
        if content:
            sense = _sense(senses, wanted)
            if sense.stance == Stance.ORDER and lemma in ("ask",):
                sense = Cue(Stance.ORDER)
            yield make(content, sense, {"c": "clause", "t": "infinitive", "p": "object-infinitive"}[wanted])
            return
    # 3. Objects, predicates and prepositions.
    obj = _child(v, "dobj")
    if senses and subject is not None:
        if _can(senses, "a") and (content := _predicate_content(v, lemma)):
            yield make(content, _sense(senses, "a"), "predicate")
            return
        if lemma in FIXED_FRAMES and (content := _prepositional_content(v, lemma, obj)):
            yield make(content, PREPOSITION_VERBS.get(lemma, _sense(senses, "f")), "preposition")
            return
        bare = obj is not None and obj.lower_ in ("it", "that", "this", "them", "him", "what", "so")
        if (
            obj is not None
            and bare
            and main.stance in (Stance.DENY, Stance.CONFIRM)
            and obj.lower_ in ("it", "that", "this")
        ):
            yield make(_np_content(obj), main, "anaphora")
            return
        if obj is not None and _can(senses, "o") and not bare:
            if lemma in _SHOWING and not _can_show(subject):
                return
            content = _np_content(obj)
            if content:
                yield make(content, _sense(senses, "o"), "object")
                return
        if lemma in ("cite", "quote") and obj is not None:
            yield from _citing(v, lemma, obj, make)
            return
    # 4. No complement: may still frame a quotation.
    if (senses and _can(senses, "c")) or (subject is not None and not senses and lemma not in NOT_REPORTING):
        idle = make([], _sense(senses, "c"), "quote" if senses else "quote-unknown")
        idle.score = 1.0 if senses else 0.5
        yield idle


def _citing(v: Token, lemma: str, obj: Token, make: object) -> Iterator[Draft]:
    """ "citing officials": the officials are the source of the main clause, the citer the channel."""
    if v.tag_ == "VBG" and v.dep_ in ("advcl", "acl", "xcomp", "prep") and _speaks(obj):
        host = v.head
        content = _host_content(host, v, obj)
        if content:
            source = _np_ranges(obj)
            yield Draft(v, [_range(v)], source, content, Stance.ASSERT, Label.SPEECH, "citing", True, source_head=obj)


def _passive(v: Token, lemma: str) -> Iterator[Draft]:
    sense = PASSIVE_STANCE.get(lemma)
    agent = next((c for c in v.children if c.dep_ == "agent"), None)
    agent_head = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
    source = _np_ranges(agent_head) if agent_head is not None else []
    subject = next((c for c in v.children if c.dep_ == "nsubjpass"), None)
    if subject is None and v.dep_ == "conj":
        subject = next((c for c in v.head.children if c.dep_ in ("nsubjpass", "nsubj")), None)
    participle_of = v.head if v.dep_ == "acl" and v.head.pos_ in ("NOUN", "PROPN") else None
    cue = _cue_ranges(v)
    if agent is not None:
        cue = [*cue, _range(agent)] if agent.i == v.i + 1 else cue
    factual = _factual(v)
    if v.dep_ == "advcl" and _has_mark(v, "as") and sense is not None:  # "as expected", "as promised by"
        hosted = _host_content(v.head, v, agent_head)
        if hosted:
            yield Draft(
                v, cue, source, hosted, sense.stance, sense.label, "as-passive", factual, source_head=agent_head
            )
        return
    clause = next((c for c in v.children if c.dep_ in _CLAUSES or (c.dep_ == "advcl" and _infinitive(c))), None)
    if clause is None and subject is not None and subject.lower_ == "it":
        clause = next(
            (c for c in v.children if c.dep_ in ("nsubjpass", "advcl", "csubjpass") and c.pos_ == "VERB"), None
        )
    senses = VERBS.get(lemma, ())
    if sense is None and senses:
        sense = senses[0]
    if sense is None or (lemma in ("show", "find") and clause is None):
        return
    preps = FIXED_FRAMES.get(lemma, "").split()
    prep = next(
        (
            c
            for c in v.children
            if c.dep_ == "prep" and c.lower_ in preps and not any(p.ent_type_ in ("DATE", "TIME") for p in c.children)
        ),
        None,
    )
    content: list[Range] = []
    if clause is not None:
        content = _subtree_ranges(clause, without=[v])
        if _finite(clause) is False and subject is not None and subject.lower_ != "it":
            content = [*_np_content(subject), *content]
    elif prep is not None:
        content = _subtree_ranges(prep, without=[prep])
        head = subject or participle_of
        if head is not None:
            content = [*_np_content(head), *content] if subject is not None else content
    elif (
        agent_head is not None
        and subject is not None
        and lemma
        in (
            "publish",
            "announce",
            "confirm",
            "claim",
            "report",
            "describe",
            "propose",
            "reveal",
            "disclose",
            "cite",
            "note",
            "demand",
            "request",
            "recommend",
            "order",
            "deny",
            "support",
            "oppose",
            "back",
            "criticize",
            "condemn",
            "endorse",
        )
    ):
        content = _np_content(subject)
    elif (as_prep := next((c for c in v.children if c.dep_ == "prep" and c.lower_ == "as"), None)) is not None:
        if lemma in (
            "describe",
            "characterize",
            "characterise",
            "portray",
            "depict",
            "see",
            "view",
            "regard",
            "identify",
            "dub",
            "label",
        ) and any(c.dep_ == "pobj" or c.dep_ == "amod" for c in as_prep.children):
            content = _subtree_ranges(as_prep)
            if subject is not None:
                content = [*_np_content(subject), *content]
    elif (oprd := next((c for c in v.children if c.dep_ == "oprd"), None)) is not None:
        content = _subtree_ranges(oprd)
        if subject is not None:
            content = [*_np_content(subject), *content]
    if lemma in ("quote", "cite"):
        return  # "was quoted as saying": the participle carries it
    if content or agent_head is not None or (subject is not None and lemma in _TELLING):
        yield Draft(v, cue, source, content, sense.stance, sense.label, "passive", factual, source_head=agent_head)


def _according(token: Token) -> Iterator[Draft]:
    """ "according to S", "per S": the content is the clause around it."""
    prep = token
    if token.lower_ == "according":
        to = next((c for c in token.children if c.lower_ == "to"), None)
        if to is None and token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "to":
            to = token.doc[token.i + 1]
        if to is None:
            return
        prep = to
    pobj = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
    if pobj is None:
        after = prep.i + 1
        while after < len(token.doc) and token.doc[after].dep_ in ("det", "amod", "compound", "poss", "nummod"):
            after += 1
        if after >= len(token.doc):
            return
        pobj = token.doc[after]
    if token.lower_ == "per" and (pobj.ent_type_ not in ("ORG", "PERSON", "GPE") and pobj.lemma_ not in DOCUMENT_NOUNS):
        return
    source = _np_ranges(pobj)
    cue = [(token.idx, prep.idx + len(prep))]
    sent = token.sent
    begin, end = sent.start, sent.end
    skip = [(min(token.i, pobj.left_edge.i), _np_end(pobj))]
    content = _token_ranges_to_chars(token.doc, begin, end, skip, anchor=token)
    if token.head.dep_ in ("ccomp", "relcl", "advcl", "acl") and token.head.pos_ in ("VERB", "AUX"):
        inner = _subtree_ranges(token.head, without=[token])
        if inner and token.head.dep_ in ("ccomp",):
            content = inner
    if content:
        yield Draft(token, cue, source, content, Stance.ASSERT, Label.SPEECH, "according-to", True, source_head=pobj)


def _noun(n: Token, sense: Cue) -> Iterator[Draft]:
    """ "the claim that", "reports of", "X's plan to", "in a statement that"."""
    clause = next(
        (
            c
            for c in n.children
            if c.dep_ in ("acl", "ccomp", "relcl", "xcomp", "advcl")
            and c.i > n.i
            and (_has_mark(c, "that") or (_infinitive(c) and c.dep_ in ("acl", "xcomp")))
        ),
        None,
    )
    if (
        clause is not None
        and clause.dep_ == "relcl"
        and any(
            c.lower_ in ("that", "which", "who") and c.dep_ in ("nsubj", "dobj", "nsubjpass") for c in clause.children
        )
    ):
        clause = None
    poss = next((c for c in n.children if c.dep_ == "poss"), None)
    by = next((c for c in n.children if c.dep_ == "prep" and c.lower_ in ("by", "from") and c.i > n.i), None)
    source_head = poss
    if source_head is None and by is not None:
        source_head = next((c for c in by.children if c.dep_ == "pobj" and _speaks(c)), None)
    if source_head is None:
        source_head = next((c for c in n.children if c.dep_ == "amod" and c.ent_type_ in ("NORP", "GPE", "ORG")), None)
    if (
        source_head is None
        and n.dep_ == "dobj"
        and n.head.lemma_
        in (
            "make",
            "issue",
            "have",
            "express",
            "release",
            "reject",
            "repeat",
            "voice",
            "give",
            "raise",
            "announce",
            "share",
            "reiterate",
            "offer",
            "deliver",
            "publish",
            "hold",
            "abandon",
            "outline",
            "unveil",
            "dismiss",
            "deny",
            "dispute",
        )
    ):
        verb_subject, _ = _subject(n.head)
        if n.head.lemma_ not in ("reject", "dismiss", "deny", "dispute"):
            source_head = verb_subject
    infinitive = clause is not None and _infinitive(clause) and not _has_mark(clause, "that")
    if clause is not None:
        if infinitive and n.lemma_ not in (
            "plan",
            "intention",
            "desire",
            "wish",
            "promise",
            "pledge",
            "vow",
            "threat",
            "offer",
            "proposal",
            "demand",
            "call",
            "request",
            "decision",
            "refusal",
            "commitment",
            "willingness",
            "determination",
            "order",
            "hope",
        ):
            return
        if not infinitive and n.lemma_ in ("plan", "news", "word", "question") and source_head is None:
            return
        content = _subtree_ranges(clause)
    else:
        prep = next(
            (c for c in n.children if c.dep_ == "prep" and c.i > n.i and c.lower_ in _NOUN_PREPS.get(n.lemma_, ())),
            None,
        )
        if prep is None:
            return
        content = _subtree_ranges(prep, without=[prep])
    if not content:
        return
    source = _np_ranges(source_head) if source_head is not None else []
    yield Draft(
        n, [_range(n)], source, content, sense.stance, sense.label, "noun", True, source_head=source_head, score=0.7
    )


_NOUN_PREPS: dict[str, tuple[str, ...]] = {
    "report": ("of",),
    "allegation": ("of",),
    "accusation": ("of",),
    "claim": ("of",),
    "rumor": ("of",),
    "rumour": ("of",),
    "warning": ("of", "about"),
    "threat": ("of",),
    "prediction": ("of",),
    "call": ("for",),
    "demand": ("for",),
    "request": ("for",),
    "plea": ("for",),
    "appeal": ("for",),
    "promise": ("of",),
    "pledge": ("of",),
    "fear": ("of", "about"),
    "denial": ("of",),
    "admission": ("of",),
    "plan": ("for",),
    "suspicion": ("of",),
    "hope": ("of", "for"),
    "concern": ("about", "over"),
    "confession": ("of",),
    "suggestion": ("of",),
    "forecast": ("of",),
    "complaint": ("of", "about"),
    "criticism": ("of",),
}


def _adverb(a: Token) -> Iterator[Draft]:
    """ "reportedly": the content is the clause, the source unnamed."""
    sense = ADVERBS[a.lower_]
    verb = a.head
    while verb.pos_ not in ("VERB", "AUX") and verb.dep_ != "ROOT" and verb.head != verb:
        verb = verb.head
    if a.head.pos_ not in ("VERB", "AUX") and a.head.pos_ in ("ADJ", "NOUN", "NUM", "ADV"):
        content = _subtree_ranges(a.head, without=[a])
    else:
        clause = verb
        content = _subtree_ranges(clause, without=[a])
        if clause.dep_ in ("relcl", "acl"):
            content = _subtree_ranges(clause, without=[a])
        elif clause.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children):
            content = _subtree_ranges(clause, without=[a])
    if content:
        yield Draft(a, [_range(a)], [], content, sense.stance, sense.label, "adverb", True)


def _adjective(be: Token) -> Iterator[Draft]:
    """ "is confident that", "are willing to", and "the question is whether" left out."""
    adjective = next((c for c in be.children if c.dep_ in ("acomp", "attr") and c.lower_ in ADJECTIVES), None)
    if adjective is None:
        return
    sense = ADJECTIVES[adjective.lower_]
    clause = next(
        (
            c
            for c in [*adjective.children, *be.children]
            if c.dep_ in ("ccomp", "xcomp", "advcl")
            and c.i > adjective.i
            and (not _infinitive(c) or sense.stance in (Stance.INTEND, Stance.OTHER))
        ),
        None,
    )
    subject, ranges = _subject(be)
    if clause is None or subject is None or subject.lower_ in _GENERIC:
        return
    content = _subtree_ranges(clause)
    if content:
        cue = [(min(be.idx, adjective.idx), adjective.idx + len(adjective))]
        yield Draft(
            be,
            cue,
            ranges,
            content,
            sense.stance,
            sense.label,
            "adjective",
            _factual(be),
            source_head=subject,
            score=0.7,
        )


# --- what the parser missed ---


_BREAK = frozenset(".?!;\n")


def _touches_quote(v: Token) -> bool:
    """Whether a quotation ends or begins within a few words of this cue, in the same sentence of the page."""
    doc = v.doc
    for step, limit in ((-1, 14), (1, 22)):
        i, n = v.i + step, 0
        while 0 <= i < len(doc) and n < limit:
            t = doc[i]
            if _quote_of(t) >= 0:
                return True
            if "\n" in t.text or (
                t.text in _BREAK and not (t.text == "." and len(t) == 1 and i > 0 and len(doc[i - 1]) == 1)
            ):
                break
            i, n = i + step, n + 1
    return False


def _beside(v: Token) -> tuple[Token | None, list[Range]]:
    """The speaker by the words alone: the noun phrase between quotation and cue, or right behind the cue."""
    doc = v.doc
    left = v.i
    while (
        left > 0
        and _quote_of(doc[left - 1]) < 0
        and doc[left - 1].text not in (".", "?", "!", ";", ":")
        and "\n" not in doc[left - 1].text
    ):
        left -= 1
    while left < v.i and (doc[left].is_punct or doc[left].pos_ in ("CCONJ", "SCONJ") or doc[left].is_space):
        left += 1
    stop = v.i
    while stop > left and (doc[stop - 1].pos_ in ("AUX", "ADV", "PART") or doc[stop - 1].text == ","):
        stop -= 1
    before = [t for t in doc[left:stop] if t.pos_ in ("NOUN", "PROPN", "PRON")]
    if before and stop - left < 40:
        verbs = [
            t.i
            for t in doc[left:stop]
            if t.tag_ in ("VBD", "VBZ", "VBP") and t.dep_ != "relcl" and t.head.dep_ != "relcl"
        ]
        if not verbs:
            r = _clip(doc, left, stop)
            return _phrase_head(doc, left, stop), [r]
    right = v.i + 1
    while right < len(doc) and doc[right].pos_ in ("ADV",):
        right += 1
    if right >= len(doc) or (
        doc[right].pos_ not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM")
        and doc[right].dep_ not in ("poss", "compound", "amod")
    ):
        return None, []
    end = right
    while end < len(doc) and _quote_of(doc[end]) < 0 and end - right < 45:
        t = doc[end]
        if (
            "\n" in t.text
            or t.text in (";", ":", "?", "!")
            or (t.text == "." and end + 1 < len(doc) and (doc[end + 1].is_sent_start or len(doc[end - 1]) > 3))
        ):
            break
        if (
            t.pos_ == "ADP"
            and t.lower_ in ("in", "on", "after", "during", "at", "when", "as", "while", "before", "about", "to", "by")
            and t.head.i < right
        ):
            break
        if t.pos_ == "SCONJ" or (t.tag_ in ("VBD", "VBZ", "VBP", "VBG") and not _in_relative(t, right)):
            break
        end += 1
    while end > right + 1 and (
        (doc[end - 1].is_punct and doc[end - 1].text != ")") or doc[end - 1].pos_ in ("ADP", "CCONJ")
    ):
        end -= 1
    if end <= right:
        return None, []
    return _phrase_head(doc, right, end), [_clip(doc, right, end)]


def _in_relative(t: Token, start: int) -> bool:
    """Whether a verb belongs to a relative or participle clause of the noun phrase that begins at ``start``."""
    at = t
    for _ in range(5):
        if at.dep_ in ("relcl", "acl") and at.head.i >= start:
            return True
        if at.head == at:
            return False
        at = at.head
    return False


def _phrase_head(doc: Doc, left: int, right: int) -> Token:
    """The head of a noun phrase: the name in it if there is one before the first comma, else its highest noun."""
    for ent in doc[left:right].ents:
        if ent.label_ == "PERSON" and "," not in doc[left : ent.start].text:
            return ent.root
    nouns = [t for t in doc[left:right] if t.pos_ in ("NOUN", "PROPN", "PRON")]
    within = {t.i for t in doc[left:right]}
    tops = [t for t in nouns if t.head.i not in within or t.head == t]
    return (tops or nouns or [doc[left]])[0]


_ACTIVE = frozenset(
    {"clause", "quote", "parenthetical", "infinitive", "object", "predicate", "preposition", "object-infinitive"}
)


def _find_subject(doc: Doc, d: Draft) -> None:
    """A speaker for an active past-tense cue that the parser gave no subject: the name right behind or before it."""
    if (
        d.source
        or d.head is None
        or d.rule not in _ACTIVE
        or d.head.tag_ not in ("VBD", "VBZ", "VBP")
        or d.label != Label.SPEECH
    ):
        return
    v = d.head
    after = v.i + 1
    while after < len(doc) and (
        doc[after].lower_ in ("the", "mr.", "ms.", "mrs.", "dr.") or doc[after].lower_ in PERSON_ROLES
    ):
        after += 1
    for ent in doc[v.i : min(len(doc), v.i + 12)].ents:
        if (
            ent.start == after
            and ent.label_ in ("PERSON", "ORG")
            and ent.start_char > v.idx
            and not _inside(ent.start_char, d.content)
        ):
            d.source, d.source_head = [(doc[v.i + 1].idx, ent.end_char)], ent.root
            return
    if after < len(doc) and doc[after].pos_ == "PROPN" and not _inside(doc[after].idx, d.content):
        d.source, d.source_head = [_range(doc[after])], doc[after]
        return
    left = min(c[0] for c in d.cue)
    for ent in doc[max(0, v.i - 14) : v.i].ents:
        gap = doc.text[ent.end_char : left]
        if ent.label_ in ("PERSON", "ORG") and gap.strip(" ,") == "" and not _inside(ent.start_char, d.content):
            d.source, d.source_head = [(ent.start_char, ent.end_char)], ent.root
            return


def _inside(at: int, ranges: list[Range]) -> bool:
    return any(s <= at < e for s, e in ranges)


def _extend_source(doc: Doc, d: Draft) -> None:
    """Take in a name that stands right behind its title: "Niger's president | Mahamadou Issoufou said"."""
    if not d.source or d.source_head is None or d.source_head.ent_type_ == "PERSON":
        return
    s, e = d.source[-1]
    begin = next((t.i for t in doc[d.source_head.i : min(len(doc), d.source_head.i + 30)] if t.idx >= e), None)
    if begin is None:
        return
    titled = d.source_head.lemma_.lower() in PERSON_ROLES or d.source_head.ent_type_ in ("GPE", "ORG", "NORP")
    for ent in doc[begin : min(len(doc), begin + 8)].ents:
        if ent.label_ != "PERSON":
            continue
        between = doc[begin : ent.start]
        words = [t for t in between if not t.is_punct and not t.is_space]
        if any(t.pos_ in ("VERB", "AUX") and t.lower_ not in PERSON_ROLES for t in words) or any(
            t.text in '.;:"”“' for t in between
        ):
            return
        if not (titled or any(t.lemma_.lower() in PERSON_ROLES for t in words)) or len(words) > 4:
            return
        if words and not any(t.lemma_.lower() in PERSON_ROLES for t in words):
            return
        if _inside(ent.start_char, d.content) and d.rule not in ("according-to", "clause", "quote"):
            return
        d.source[-1] = (s, ent.end_char)
        d.content = _without(doc.text, d.content, d.source[-1])
        if d.source_head.lemma_.lower() not in PERSON_ROLES:
            d.source_head = ent.root
        return


def _without(text: str, content: list[Range], cut: Range) -> list[Range]:
    out: list[Range] = []
    for s, e in content:
        for a, b in ((s, min(e, cut[0])), (max(s, cut[1]), e)):
            if b > a and (r := _trim(text, a, b))[1] > r[0]:
                out.append(r)
    return out


# --- reading the parse -------------------------------------------------------------------------


def _can(senses: tuple[Cue, ...], frame: str) -> bool:
    return any(frame in s.frames for s in senses)


def _sense(senses: tuple[Cue, ...], frame: str) -> Cue:
    return next((s for s in senses if frame in s.frames), senses[0] if senses else _UNKNOWN)


def _is_passive(v: Token) -> bool:
    if v.tag_ != "VBN":
        return False
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in v.children):
        return True
    if any(c.dep_ == "agent" for c in v.children):
        return True
    if v.dep_ == "advcl" and _has_mark(v, "as"):
        return True
    return (
        v.dep_ == "conj"
        and v.head.tag_ == "VBN"
        and _is_passive(v.head)
        and not any(c.dep_ == "nsubj" or (c.dep_ == "aux" and c.lemma_ == "have") for c in v.children)
    )


def _child(v: Token, *deps: str) -> Token | None:
    return next((c for c in v.children if c.dep_ in deps), None)


def _has_mark(t: Token, word: str) -> bool:
    return any(c.lower_ == word and c.dep_ in ("mark", "advmod", "prep") for c in t.children)


def _infinitive(t: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in t.children)


def _finite(t: Token) -> bool:
    if _infinitive(t):
        return False
    if t.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    if any(c.dep_ in ("aux", "auxpass", "cop") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in t.children):
        return True
    if t.pos_ in ("VERB", "AUX") and t.tag_ == "VBG":
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in t.children)


def _own_subject(t: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in t.children)


def _factual(v: Token) -> bool:
    for c in v.children:
        if c.dep_ == "neg" or (c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether")):
            return False
        if (
            c.dep_ == "aux"
            and c.lower_ in ("would", "could", "might", "may", "should", "'d")
            and v.lemma_ in ("say", "tell", "confirm", "comment")
        ):
            return False
        if (
            c.dep_ == "aux"
            and c.lower_ == "to"
            and v.dep_ == "xcomp"
            and v.head.lemma_ in ("decline", "refuse", "fail", "want", "expect", "plan", "hope")
        ):
            return False
    sent_end = v.sent.end - 1
    if v.dep_ == "ROOT" and v.doc[sent_end].lower_ == "?":
        return False
    return True


def _reported_host(v: Token) -> Token | None:
    """The head of the clause that a parenthetical cue reports, if the cue is one."""
    if v.dep_ == "parataxis":
        return v.head
    if v.dep_ == "advcl" and _has_mark(v, "as") and not any(c.dep_ in _CLAUSES and _finite(c) for c in v.children):
        return v.head
    if v.dep_ in ("ccomp", "advcl", "dep", "intj") and not any(
        c.dep_ in ("ccomp", "xcomp", "mark", "dobj") for c in v.children
    ):
        # the parser sometimes hangs "he said" under the clause it reports: "The plan, he said, is dead"
        doc, left, right = v.doc, v.left_edge.i, v.right_edge.i
        before = doc[left - 1].text if left > v.sent.start else ""
        after = doc[right].text if doc[right].is_punct else (doc[right + 1].text if right + 1 < len(doc) else "")
        if (
            before in (",", "”", '"', "—", "–", "-", "''")
            and after in (",", ".", "—", "–", "-", '"', "“")
            and right - left < 14
        ):
            return v.head
    return None


def _host_content(host: Token, v: Token, subject: Token | None) -> list[Range]:
    skip = [(v.left_edge.i, v.right_edge.i + 1)]
    if subject is not None and not (skip[0][0] <= subject.i < skip[0][1]):
        skip.append((subject.left_edge.i, _np_end(subject)))
    left, right = host.left_edge.i, host.right_edge.i + 1
    if host.dep_ == "ROOT":
        left, right = host.sent.start, host.sent.end
    return _token_ranges_to_chars(v.doc, left, right, skip, anchor=v)


def _clause(v: Token, senses: tuple[Cue, ...], lemma: str) -> Token | None:
    best = None
    for c in v.children:
        if c.dep_ == "ccomp" or (
            c.dep_ == "xcomp"
            and (
                _infinitive(c)
                or _finite(c)
                or (
                    c.tag_ == "VBG"
                    and lemma in ("deny", "admit", "recall", "describe", "recommend", "suggest", "consider")
                )
            )
        ):
            if c.dep_ == "ccomp" and c.i < v.i and any(k.dep_ == "ccomp" and k.i > v.i and k != c for k in v.children):
                continue
            best = c
            if c.dep_ == "ccomp":
                break
    if best is None and senses:
        # "said X would …" whose clause the parser took for an adverbial or a conjunct
        for c in v.children:
            if c.dep_ == "advcl" and c.i > v.i and _has_mark(c, "that"):
                return c
    if best is not None and best.pos_ not in ("VERB", "AUX") and best.dep_ == "xcomp" and not _infinitive(best):
        return None
    return best


def _clause_content(v: Token, clause: Token, subject: Token | None) -> list[Range]:
    doc = v.doc
    if clause.i > v.i:
        content = _subtree_ranges(clause, without=[c for c in (subject,) if c is not None and clause.is_ancestor(c)])
        obj = _child(v, "dobj")
        if (
            not _finite(clause)
            and obj is not None
            and obj.i < clause.i
            and v.lemma_ not in ("promise", "threaten", "vow")
        ):
            content = [(obj.left_edge.idx, content[-1][1])] if content else []
        return content
    # The clause stands before the cue: everything up to the attribution's own words is reported.
    start = clause.left_edge.i
    if v.dep_ == "ROOT" or v.sent.root == v:
        start = min(start, v.sent.start)
    lead = _before_quote(v)
    if lead is not None and start < lead <= clause.right_edge.i:
        start = lead
    own = [c for c in v.children if c != clause and c.dep_ in (*_SUBJECTS, "aux", "neg", "advmod") and c.i > clause.i]
    stop = min([v.i, *(c.left_edge.i for c in own)])
    if subject is not None and clause.right_edge.i < subject.left_edge.i < v.i:
        stop = min(stop, subject.left_edge.i)
    return _token_ranges_to_chars(doc, start, stop, [], anchor=v)


def _before_quote(v: Token) -> int | None:
    """`X scolded him: "…," she said`: where the quotation before a cue begins, if a colon or a full stop leads it in."""
    i = v.i - 1
    while i > 0 and _quote_of(v.doc[i]) < 0 and v.i - i < 14:
        i -= 1
    number = _quote_of(v.doc[i])
    if number < 0 or number == _quote_of(v):
        return None
    while i > 0 and _quote_of(v.doc[i - 1]) == number:
        i -= 1
    return i if i > 0 and v.doc[i - 1].text in (":", ".", "?", "!") else None


def _predicate_content(v: Token, lemma: str) -> list[Range]:
    """ "call X Y", "describe X as Y": from the object to the end of the predicate."""
    obj = _child(v, "dobj")
    pred = _child(v, "oprd", "ccomp", "xcomp")
    as_prep = next((c for c in v.children if c.dep_ == "prep" and c.lower_ == "as"), None)
    if as_prep is None and obj is not None:
        as_prep = next((c for c in obj.children if c.dep_ == "prep" and c.lower_ == "as" and c.i > obj.i), None)
    if lemma == "call":
        tail = pred
        if tail is None or tail.i < v.i or _infinitive(tail):
            return []
        start = obj.left_edge if obj is not None and obj.i < tail.i else tail.left_edge
        start_i = min(start.i, tail.left_edge.i)
        return [_clip(v.doc, start_i, tail.right_edge.i + 1)] if start_i > v.i else []
    if obj is not None and obj.i > v.i:
        end = max(
            obj.right_edge.i,
            as_prep.right_edge.i if as_prep is not None else 0,
            pred.right_edge.i if pred is not None else 0,
        )
        return [_clip(v.doc, obj.left_edge.i, end + 1)]
    return []


def _prepositional_content(v: Token, lemma: str, obj: Token | None) -> list[Range]:
    preps = FIXED_FRAMES[lemma].split()
    prep = next((c for c in v.children if c.dep_ in ("prep", "prt") and c.lower_ in preps and c.i > v.i), None)
    if prep is None and obj is not None and lemma in ("accuse", "blame", "criticize", "criticise", "praise", "condemn"):
        prep = next((c for c in obj.children if c.dep_ == "prep" and c.lower_ in preps), None)
    if prep is None:
        return []
    end = prep.right_edge.i + 1
    xcomp = next((c for c in v.children if c.dep_ in ("xcomp", "advcl") and c.i > prep.i and _infinitive(c)), None)
    if xcomp is not None and lemma in ("call", "appeal", "ask", "push", "plead", "press"):
        end = max(end, xcomp.right_edge.i + 1)
    if lemma in ("tell", "write", "talk") and obj is None and lemma != "tell":
        return []
    if obj is not None and obj.i > v.i and obj.i < prep.i and lemma not in ("tell", "warn", "ask"):
        return [_clip(v.doc, obj.left_edge.i, end)]
    return [_clip(v.doc, prep.i + 1, end)] if end > prep.i + 1 else []


def _can_show(subject: Token | None) -> bool:
    """Whether a subject can be said to state something: a person, a group or a document, not an event."""
    if subject is None:
        return False
    if subject.pos_ == "PRON":
        return subject.lower_ in ("he", "she", "they", "we", "i", "who")
    if subject.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return True
    return subject.lemma_.lower() in DOCUMENT_NOUNS or subject.lemma_.lower() in OUTLET_NOUNS or _speaks(subject)


_PEOPLE = frozenset(
    "official officer spokesman spokeswoman spokesperson minister president leader chief director head member "
    "analyst expert scientist researcher professor doctor witness resident police authority lawyer attorney judge "
    "prosecutor investigator source aide adviser advisor commander soldier fighter rebel militant activist critic "
    "supporter opponent lawmaker senator representative mayor governor ambassador diplomat reporter journalist "
    "editor author writer teacher student parent mother father family victim survivor neighbor neighbour friend "
    "company firm government ministry department agency army military force court party group union association "
    "organization organisation council committee commission board team administration university school hospital "
    "bank church people person man woman boy girl man voter worker employee employer farmer driver owner manager "
    "coach player economist historian campaigner organizer organiser protester candidate politician executive "
    "secretary chairman chairwoman founder individual insider whistleblower relative colleague other one some many "
    "most both several critic observer advocate demonstrator dissident exile refugee veteran nurse engineer "
    "regulator watchdog coroner sheriff detective agent intelligence institute centre center foundation lobby "
    "front movement militia campaign opposition coalition congress senate parliament house".split()
)


def _speaks(t: Token) -> bool:
    if t.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or t.pos_ == "PROPN":
        return True
    if t.pos_ == "PRON":
        return t.lower_ in ("he", "she", "they", "we", "i", "who", "some", "many", "others", "him", "her", "them")
    return t.lemma_.lower() in _PEOPLE or t.lemma_.lower() in DOCUMENT_NOUNS or t.lemma_.lower() in OUTLET_NOUNS


def _subject(v: Token) -> tuple[Token | None, list[Range]]:
    """The source of an active cue: its head token and its ranges; follows conjuncts, participles, relatives."""
    seen = 0
    at = v
    while seen < 6:
        seen += 1
        own = next((c for c in at.children if c.dep_ in _SUBJECTS), None)
        if (
            own is not None
            and at != v
            and at.lemma_ in ("quote", "cite")
            and (quoted := _child(at, "dobj")) is not None
            and quoted.i < v.i
        ):
            return quoted, _np_ranges(quoted, stop_at=v)  # "CNN quoted an official as saying"
        if own is None and at != v and at.lemma_ in ("quote", "cite", "report", "say"):
            own = next((c for c in at.children if c.dep_ == "nsubjpass"), None)
        if own is None and at != v:
            own = next((c for c in at.children if c.dep_ == "nsubjpass"), None)
        if own is not None:
            if own.lower_ in ("who", "which", "that") and own.pos_ in ("PRON", "SCONJ", "DET"):
                head = at
                while head.dep_ == "conj":
                    head = head.head
                if head.dep_ == "relcl":
                    noun = _antecedent(head.head, own)
                    if own.lower_ != "who" and (speaker := _issuer(noun, v)) is not None:
                        return speaker, _np_ranges(speaker, stop_at=noun.head)
                    return noun, [_clip(v.doc, _np_start(noun), min(own.i + 1, _np_end_bare(noun, own.i + 1)))]
                return own, [_range(own)]
            return own, _np_ranges(own, stop_at=v)
        if at != v and at.lemma_ in ("quote", "cite") and at.pos_ == "VERB":
            quoted = _child(at, "nsubjpass") or _child(at, "dobj")
            if quoted is not None:
                return quoted, _np_ranges(quoted, stop_at=v)
        if at.dep_ == "acl" and at.head.pos_ in ("NOUN", "PROPN", "PRON"):
            noun = at.head
            speaker = _issuer(noun, v)
            if speaker is not None:
                return speaker, _np_ranges(speaker, stop_at=noun.head)
            return noun, [_clip(v.doc, _np_start(noun), at.left_edge.i)]
        if at == v and _trailing_cue(v) and (reporter := _reporter_above(v)) is not None:
            at = reporter
            continue
        if at.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "relcl") and at.head != at:
            if at.dep_ in ("ccomp", "advcl", "relcl") and _finite(at):
                break
            if (
                at.dep_ == "pcomp"
                and at.head.dep_ == "prep"
                and at.head.lower_ not in ("as", "by", "in", "before", "after", "without", "while")
            ):
                break
            if at.dep_ == "prep" and at.head.pos_ in ("NOUN", "PROPN"):
                break
            if at.dep_ == "xcomp":
                obj = next((c for c in at.head.children if c.dep_ == "dobj" and c.i < at.i), None)
                if obj is not None and at.head.lemma_ in (
                    "ask",
                    "urge",
                    "tell",
                    "order",
                    "want",
                    "force",
                    "allow",
                    "lead",
                    "prompt",
                    "see",
                    "hear",
                    "quote",
                    "show",
                ):
                    return obj, _np_ranges(obj)
            at = at.head
            continue
        break
    # Inverted order that the parser missed: `said Smith`
    if v.i + 1 < len(v.doc):
        after = next((c for c in v.children if c.i > v.i and c.dep_ in ("dobj", "attr", "npadvmod", "oprd")), None)
        if (
            after is not None
            and after.ent_type_ == "PERSON"
            and v.tag_ in ("VBD", "VBZ")
            and v.lemma_ in ("say", "add", "write", "explain", "ask", "recall", "tweet")
        ):
            return after, _np_ranges(after)
    return None, []


_ISSUING = frozenset("issue release publish make post give send deliver write record circulate submit read".split())


def _issuer(noun: Token, v: Token) -> Token | None:
    """Who speaks in "X issued a statement saying" and "X denied the reports, saying": the subject of the verb above."""
    if noun.dep_ not in ("dobj", "pobj") or (v.tag_ != "VBG" and noun.lemma_.lower() not in DOCUMENT_NOUNS):
        return None
    above = noun.head
    if above.dep_ == "prep":
        above = above.head
    if above.pos_ != "VERB":
        return None
    lemma = above.lemma_.lower()
    if lemma not in _ISSUING and not (
        v.tag_ == "VBG" and lemma in VERBS and noun.lemma_.lower() not in DOCUMENT_NOUNS - {"report"}
    ):
        return None
    subject = next((c for c in above.children if c.dep_ == "nsubj"), None)
    return subject if subject is not None and _speaks(subject) else None


def _reporter_above(v: Token) -> Token | None:
    """The reporting verb whose reported clause a trailing participle was hung on; the participle is its subject's."""
    at = v.head
    for _ in range(6):
        if at.dep_ in ("ccomp", "acl", "dobj") and at.head.pos_ in ("VERB", "NOUN"):
            at = at.head
            if at.pos_ == "VERB" and at.lemma_.lower() in VERBS and any(c.dep_ in _SUBJECTS for c in at.children):
                return at
            continue
        return None
    return None


def _antecedent(noun: Token, relative: Token) -> Token:
    """ "members of the council in Marrenport, who": people, though the parser hung the clause on the place."""
    at = noun
    while (
        relative.lower_ == "who"
        and not _human(at)
        and at.dep_ == "pobj"
        and at.head.dep_ == "prep"
        and at.head.head.pos_ in ("NOUN", "PROPN")
    ):
        at = at.head.head
    return at if _human(at) else noun


def _human(t: Token) -> bool:
    return (
        t.ent_type_ in ("PERSON", "NORP")
        or t.lemma_.lower() in PERSON_ROLES
        or t.lemma_.lower() in ("people", "person", "group")
    )


def _cue_ranges(v: Token) -> list[Range]:
    left = v.i
    for c in reversed([c for c in v.children if c.i < v.i]):
        if c.dep_ in ("aux", "auxpass", "neg") or (c.dep_ == "advmod" and c.i >= left - 2 and c.right_edge.i == c.i):
            left = min(left, c.i)
    # do not swallow a subject that stands between ("did he say")
    for c in v.children:
        if c.dep_ in _SUBJECTS and left < c.i < v.i:
            left = c.right_edge.i + 1
    right = v.i + 1
    for c in v.children:
        if c.i == right and (
            c.dep_ in ("prt", "neg")
            or (c.dep_ == "prep" and c.lower_ in FIXED_FRAMES.get(v.lemma_.lower(), "").split())
        ):
            right = c.i + 1
    if v.lemma_ == "tell" or v.lemma_ in _TELLING:
        obj = next(
            (
                c
                for c in v.children
                if (c.dep_ in ("dobj", "dative") and c.i == right)
                or (c.dep_ in ("dobj", "dative") and c.left_edge.i == right)
            ),
            None,
        )
        if obj is not None and obj.right_edge.i - obj.left_edge.i < 6 and v.lemma_ == "tell":
            right = obj.right_edge.i + 1
    if v.lemma_ in ("say", "write", "announce"):
        prep = next(
            (c for c in v.children if c.dep_ == "prep" and c.i == right and c.lower_ in ("in", "on", "at")), None
        )
        if (
            prep is not None
            and prep.right_edge.i - prep.i < 4
            and any(
                p.lemma_ in DOCUMENT_NOUNS or p.lemma_ in ("conference", "interview", "twitter", "facebook", "release")
                for p in prep.subtree
            )
        ):
            right = prep.right_edge.i + 1
    return [(v.doc[left].idx, v.doc[right - 1].idx + len(v.doc[right - 1]))]


# --- ranges ------------------------------------------------------------------------------------


def _range(t: Token) -> Range:
    return t.idx, t.idx + len(t)


def _np_start(n: Token) -> int:
    return n.left_edge.i


def _np_end(n: Token) -> int:
    return n.right_edge.i + 1


def _np_end_bare(n: Token, cap: int) -> int:
    return max(n.i + 1, cap)


def _np_ranges(n: Token, stop_at: Token | None = None) -> list[Range]:
    """A noun phrase with its appositives and relative clauses, cut where the cue begins."""
    start, end = _np_start(n), _np_end(n)
    if stop_at is not None:
        if start <= stop_at.i < end:
            if stop_at.i > n.i:
                end = stop_at.i
            else:
                start = stop_at.i + 1
    while end > start + 1 and n.doc[end - 1].is_space:
        end -= 1
    r = _clip(n.doc, start, end)
    return [r] if r[1] > r[0] else []


def _np_content(n: Token) -> list[Range]:
    r = _clip(n.doc, _np_start(n), _np_end(n))
    return [r] if r[1] > r[0] else []


def _trailing_cue(t: Token) -> bool:
    """A participle that reports anew behind a comma: ", saying the groups want different things"."""
    return (
        t.dep_ in ("advcl", "acl", "conj")
        and t.tag_ == "VBG"
        and t.lemma_.lower() in VERBS
        and t.i > 0
        and t.nbor(-1).text == ","
    )


def _subtree_ranges(t: Token, without: Iterable[Token] = ()) -> list[Range]:
    without = [*without, *[c for c in t.subtree if _trailing_cue(c)]]
    skip = [(w.left_edge.i, w.right_edge.i + 1) if not w.is_ancestor(t) and w != t else (w.i, w.i + 1) for w in without]
    left = t.left_edge.i
    mark = next((c for c in t.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    if mark is not None and mark.i <= left + 1:
        left = mark.i + 1
    return _token_ranges_to_chars(t.doc, left, t.right_edge.i + 1, skip, anchor=None)


def _clip(doc: Doc, start: int, end: int) -> Range:
    if start >= end:
        return (0, 0)
    s, e = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    return _trim(doc.text, s, e)


def _trim(text: str, s: int, e: int) -> Range:
    piece = text[s:e]
    if m := _TRIM_LEFT.match(piece):
        s += m.end()
    if m := _TRIM_RIGHT.search(text[s:e]):
        e = s + m.start()
    if e > s and text[e - 1] == "." and not _abbreviation(text, s, e):
        e -= 1
        if m := _TRIM_RIGHT.search(text[s:e]):
            e = s + m.start()
    return (s, e) if e > s else (s, s)


def _abbreviation(text: str, s: int, e: int) -> bool:
    return bool(
        re.search(r"(?:\b[A-Za-z]\.){2,}$|\b(?:Inc|Corp|Ltd|Jr|Sr|St|Co|etc|a\.m|p\.m)\.$", text[s:e])
    ) and not (e >= len(text) or text[e] == "\n")


def _token_ranges_to_chars(doc: Doc, left: int, right: int, skip: list[Range], anchor: Token | None) -> list[Range]:
    pieces: list[Range] = []
    at = left
    for s, e in sorted(skip):
        if e <= at or s >= right:
            continue
        if s > at:
            pieces.append((at, s))
        at = max(at, e)
    if at < right:
        pieces.append((at, right))
    out = []
    for s, e in pieces:
        a, b = _clip(doc, s, e)
        if b - a > 1 and any(ch.isalnum() for ch in doc.text[a:b]):
            out.append((a, b))
    return out


# --- settling and quotations -------------------------------------------------------------------


def _settle(found: list[Draft]) -> list[Draft]:
    """One draft for one cue; a draft whose content is another's cue and nothing more is dropped."""
    by_cue: dict[Range, Draft] = {}
    for d in found:
        key = d.cue[0]
        if key not in by_cue or d.score > by_cue[key].score:
            by_cue[key] = d
    return list(by_cue.values())


_CONNECT = re.compile(r"^[\s,:;.–—\-]*$")
_WORD = re.compile(r"\w+")


def _give_quotes(doc: Doc, quotes: tuple[Quote, ...], found: list[Draft], idle: list[Draft]) -> None:
    text = doc.text
    last: Draft | None = None
    previous: Quote | None = None
    for q in quotes:
        owner = _owner(doc, q, found)
        if owner is None:
            owner = _framing(doc, q, idle, found)
            if owner is not None and owner not in found:
                found.append(owner)
        words = len(_WORD.findall(text[q.start : q.end]))
        same_paragraph = previous is not None and "\n" not in text[previous.end : q.start]
        if owner is None and last is not None and same_paragraph and _is_statement(text, q, words):
            # the paragraph's speech goes on: `"…," he said. "…"`
            between = text[previous.end : q.start] if previous is not None else ""
            if len(_WORD.findall(between)) <= 30 and not _other_cue(found, previous, q, last):
                owner = last
        if owner is None and (q.continues or _alone(text, q)) and words >= 4:
            owner = Draft(
                None,
                [],
                [],
                [],
                last.stance if last else Stance.ASSERT,
                Label.SPEECH,
                "continued",
                True,
                continues=last is not None,
                speaker_of=last,
            )
            label = _labelled(doc, q)
            if label is not None:
                owner.cue, owner.source, owner.source_head = label
                owner.continues, owner.rule, owner.speaker_of = False, "label", None
            found.append(owner)
        elif owner is None and words >= 3 and (label := _labelled(doc, q)) is not None:
            owner = Draft(None, label[0], label[1], [], Stance.ASSERT, Label.SPEECH, "label", source_head=label[2])
            found.append(owner)
        if owner is not None:
            owner.quotes.append(q)
            owner.content = _join(text, owner.content, (q.start, q.end), owner)
            if words >= 3:
                last = owner
            previous = q


def _owner(doc: Doc, q: Quote, found: list[Draft]) -> Draft | None:
    """The draft whose content already holds a part of this quotation, its cue being outside."""
    best: tuple[int, Draft] | None = None
    for d in found:
        if d.cue and any(q.start <= c[0] < q.end for c in d.cue):
            continue
        if d.label == Label.STANCE and d.rule in ("infinitive", "noun", "adjective"):
            continue
        overlap = sum(max(0, min(e, q.end) - max(s, q.start)) for s, e in d.content)
        if overlap > 1 and (best is None or overlap > best[0]):
            best = (overlap, d)
    return best[1] if best else None


def _framing(doc: Doc, q: Quote, idle: list[Draft], found: list[Draft]) -> Draft | None:
    """An idle cue next to the quotation: `"…," said X`, `X said: "…"`, `X, asked about it, replied, "…"`."""
    text = doc.text
    best: tuple[float, Draft] | None = None
    for d in idle:
        if d.head is None or any(q.start <= c[0] < q.end for c in d.cue):
            continue
        spans = [*d.cue, *d.source]
        s, e = min(r[0] for r in spans), max(r[1] for r in spans)
        if e <= q.start:
            gap = text[e : q.start]
            limit = 12
        elif s >= q.end:
            gap = text[q.end : s]
            limit = 3
        else:
            continue
        if "\n" in gap and not (
            e <= q.start and gap.strip(" ") in (":\n\n", ":\n", ",\n\n", "\n\n", "\n") and ":" in gap
        ):
            continue
        if re.search(r"[.?!]\s", gap.strip() + " ") and not (s >= q.end and _CONNECT.match(gap)):
            continue
        distance = len(_WORD.findall(gap))
        if distance > limit or (d.rule == "quote-unknown" and (distance > 1 or not d.source)):
            continue
        if d.content and e <= q.start and distance > 4:
            continue
        rank = distance + (0 if d.source else 2) + (2 if d.rule == "quote-unknown" else 0)
        if best is None or rank < best[0]:
            best = (rank, d)
    if best is None:
        for d in found:
            # a cue with a clause of its own that also introduces the quotation: `confirmed the reports saying "…"`
            if d.rule not in ("object", "preposition", "predicate", "clause", "passive"):
                continue
            e = max([r[1] for r in d.content])
            if (
                e <= q.start
                and text[e : q.start].strip() in ("", ",", ":", ", saying", "saying")
                and "\n" not in text[e : q.start]
            ):
                return d
    return best[1] if best else None


def _other_cue(found: list[Draft], previous: Quote | None, q: Quote, last: Draft) -> bool:
    if previous is None:
        return False
    return any(
        d is not last and d.label == Label.SPEECH and any(previous.end <= c[0] < q.start for c in d.cue) for d in found
    )


def _is_statement(text: str, q: Quote, words: int) -> bool:
    inner = text[q.start + 1 : q.end - 1].strip()
    return words >= 4 and (inner[:1].isupper() or inner[:1] in "[(…." or inner[-1:] in ".?!,")


def _alone(text: str, q: Quote) -> bool:
    """Whether the quotation is its paragraph."""
    begin = text.rfind("\n", 0, q.start) + 1
    end = text.find("\n", q.end)
    end = len(text) if end < 0 else end
    rest = text[begin : q.start] + text[q.end : end]
    return len(_WORD.findall(rest)) <= 5


_LABEL_BEFORE = re.compile(
    r"(?:^|[.?!\n]\s*)(?:And |But )?(?:[Ff]rom |[Hh]ere's |[Hh]ere is )?([A-Z][^\n.:?!\"“”]{1,80}):\s*$"
)
_LABEL_AFTER = re.compile(r"^\s*[–—-]{1,2}\s*([A-Z][^\n\"“”]{2,90}?)(?:[.\n]|$)")


def _labelled(doc: Doc, q: Quote) -> tuple[list[Range], list[Range], Token] | None:
    """Cue, source and its head of `Chairwoman X: "…"`, `"…" -Commissioner X`, `X urged them to act: "…"`."""
    text = doc.text
    line = text.rfind("\n", 0, q.start) + 1
    begin = max(line, q.start - 120)
    if m := _LABEL_BEFORE.search(text[begin : q.start]):
        s, e = begin + m.start(1), begin + m.end(1)
    elif m := _LABEL_AFTER.match(text[q.end : q.end + 120]):
        s, e = q.end + m.start(1), q.end + m.end(1)
    else:
        return None
    span = doc.char_span(s, e, alignment_mode="expand")
    if span is None:
        return None
    verb = next(
        (t for t in span if t.tag_ in ("VBD", "VBZ", "VBP") and any(c.dep_ == "nsubj" for c in t.children)), None
    )
    if verb is not None:
        subject, ranges = _subject(verb)
        return (_cue_ranges(verb), ranges, subject) if subject is not None and _speaks(subject) else None
    if len(span) > 14:
        return None
    return [], [(s, e)], span.root


def _join(text: str, content: list[Range], new: Range, owner: Draft) -> list[Range]:
    """Content with a quotation added: overlapping and touching pieces become one, cue and source cut out."""
    pieces = sorted([*content, new])
    out: list[Range] = []
    for s, e in pieces:
        if out and s <= out[-1][1] + 1 and not text[out[-1][1] : s].strip():
            out[-1] = (out[-1][0], max(out[-1][1], e))
        else:
            out.append((s, e))
    cuts = sorted([*owner.cue, *owner.source])
    final: list[Range] = []
    for s, e in out:
        at = s
        for a, b in cuts:
            if a >= e or b <= at:
                continue
            if any(q.start <= a and b <= q.end for q in owner.quotes):
                continue
            if a > at:
                final.append(_trim(text, at, a))
            at = max(at, b)
        if at < e:
            final.append((at, e) if at == s else _trim(text, at, e))
    return [(s, e) for s, e in final if e - s > 1 and _WORD.search(text[s:e])]


def _worth(d: Draft, text: str) -> bool:
    words = sum(len(_WORD.findall(text[s:e])) for s, e in d.content)
    if words == 0:
        return False
    if d.rule in ("object", "preposition", "clause") and words < 2 and not d.quotes:
        return False
    return not (d.cue and any(s <= d.cue[0][0] and d.cue[0][1] <= e for s, e in d.content) and d.rule not in ("label",))
