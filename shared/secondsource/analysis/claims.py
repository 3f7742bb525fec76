"""Claims: the checkable statements of an article, with the attributions that carry or dispute each.

A claim is what an attribution reports (its content, sentence by sentence for long quotations) or what the
lead states without a source. Statements that say the same are one claim; denials and doubts attach to the
claim they are about; the headline claim comes first.
"""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from secondsource.analysis.attribution import Draft, Range
from secondsource.analysis.entities import Names
from secondsource.model import Facts, Label, SourceKind, Stance
from secondsource.text.terms import NUMBER_WORDS, overlap, rarity, stem, stems, words

MAX_CLAIMS = 40
"""Claims kept an article, the headline claim first, then in order; longer lists help nobody."""

_MIN_STEMS = 3
_LEAD_SENTENCES = 4
_SAME_CONTAINMENT = 0.72
_SAME_COSINE = 0.45
_DENIES = frozenset({Stance.DENY, Stance.DOUBT})
_CARRIES = frozenset(
    {Stance.ASSERT, Stance.CONFIRM, Stance.ADMIT, Stance.ACCUSE, Stance.PREDICT, Stance.OTHER, Stance.INTEND}
)
_ANAPHORA = re.compile(
    r"^(?:(?:the|this|that|these|those|all|any|such|his|her|their|its|both)\s+)*"
    r"(?:it|this|that|them|reports?|claims?|allegations?|accusations?|accounts?|story|stories|charges?|rumou?rs?|"
    r"suggestions?|article|involvement|wrongdoing|responsibility|account)\b[^,]{0,25}$",
    re.IGNORECASE,
)
_UNVERIFIED = re.compile(
    r"(?:could|can|has|have|was|were)(?:\s+not|n['’]t| never)\s+(?:been\s+|be\s+)?(?:immediately\s+|independently\s+|yet\s+)*"
    r"(?:be\s+)?(?:independently\s+|immediately\s+)?(?:verif(?:y|ied)|confirm(?:ed)?|corroborated?)|"
    r"no independent (?:confirmation|verification)|\bunverified\b|\bunconfirmed\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|appears? to|seems? to|likely|believed to|suggests? that)\b", re.IGNORECASE
)
_ABOUT_REPORTING = frozenset("report cite quote say tell deny confirm comment respond decline dispute reject".split())
_OWN = re.compile(
    r"\b(?:this (?:reporter|newspaper|correspondent)|our (?:reporter|correspondent)|(?:reporter|correspondent|journalist|photographer|"
    r"cameraman|witness|crew|team)s? (?:for|from|of|with) (?:this|the) \w+ (?:saw|witnessed|heard|counted|watched)|"
    r"(?:[A-Z]\w+ )+(?:reporters?|correspondents?|journalists?|witness(?:es)?|photographers?) (?:saw|witnessed|heard|counted|watched|at the scene)|"
    r"(?:seen|reviewed|obtained|verified|viewed) by (?:the )?[A-Z]\w+)"
)


@dataclass
class Statement:
    """A claim in the making, in code points and tokens of the parsed text."""

    text: str
    spans: list[Range]
    stems: frozenset[str]
    core: frozenset[str]
    actors: frozenset[str]
    numbers: frozenset[str]
    negated: bool
    at: int
    carried_by: list[int] = field(default_factory=list)
    disputed_by: list[int] = field(default_factory=list)
    headline: bool = False
    own_witness: bool = False
    hedged: Range | None = None
    unverified: Range | None = None
    place: DocSpan | None = None
    lead_rank: int | None = None


def find(
    doc: Doc, drafts: list[Draft], kinds: list[SourceKind | None], names: Names, title: str | None
) -> list[Statement]:
    """The claims of an article, the headline claim first. ``kinds``: kind of source per draft."""
    statements: list[Statement] = []
    denials: list[tuple[int, Statement | None]] = []
    for i, d in enumerate(drafts):
        if d.label == Label.STANCE and d.stance not in (Stance.BELIEVE, Stance.DOUBT):
            continue
        if not d.factual and d.stance not in _DENIES:
            continue
        if d.stance in (Stance.ORDER, Stance.ASK):
            continue
        if any(_only_reports(d, other) for other in drafts if other is not d):
            continue  # "said he doubted that …": what is claimed is what he doubted
        pieces = _pieces(doc, d)
        made = [s for s in (_statement(doc, p, names) for p in pieces) if s is not None]
        if d.stance in _DENIES:
            denials += [(i, s) for s in made] or [(i, None)]
            continue
        if d.stance not in _CARRIES and d.stance != Stance.BELIEVE:
            continue
        for s in made:
            s.carried_by.append(i)
            statements.append(s)
    statements += _unattributed(doc, drafts, names, statements)
    statements.sort(key=lambda s: s.at)
    merged = _merge(statements)
    _mark_headline(doc, merged, denials, title)
    _attach_denials(doc, merged, denials, drafts, kinds)
    _attach_contradictions(merged)
    head = [s for s in merged if s.headline]
    rest = [s for s in merged if not s.headline]
    rest.sort(key=lambda s: s.at)
    kept = (head + rest)[:MAX_CLAIMS]
    _states(doc, kept)
    return kept


def _only_reports(d: Draft, inner: Draft) -> bool:
    """Whether all that an attribution says is that its source says, doubts or denies something."""
    if not inner.cue or not inner.content or d.cue == inner.cue or len(d.content) != 1:
        return False
    s, e = d.content[0]
    if not (s <= inner.cue[0][0] and inner.cue[0][1] <= e):
        return False
    left = min([inner.cue[0][0], *[r[0] for r in inner.source], *[r[0] for r in inner.content]])
    right = max(r[1] for r in inner.content)
    return left - s <= 3 and e - right <= 3


# --- statements --------------------------------------------------------------------------------


def _pieces(doc: Doc, d: Draft) -> list[list[Range]]:
    """The content as statements: broken clauses stay whole, quotations of several sentences are parted."""
    if len(d.content) > 1 and not d.quotes:
        return [d.content]
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
            text = doc.text[a:b]
            b -= len(text) - len(text.rstrip())
            if b > a:
                out.append([(a, b)])
    if len(out) == 2 and all(len(p) == 1 for p in out) and d.cue and out[0][0][1] <= d.cue[0][0] <= out[1][0][0]:
        if doc.text[out[1][0][0] : out[1][0][1]].lstrip("\"“'‘ ")[:1].islower():
            return [[out[0][0], out[1][0]]]  # one sentence, interrupted by its cue
    return out


def _sentences(span: DocSpan) -> list[DocSpan]:
    """The sentences that a span lies in, whole."""
    found: list[DocSpan] = []
    for token in span:
        if not found or token.i >= found[-1].end:
            found.append(token.sent)
    return found


def _statement(doc: Doc, ranges: list[Range], names: Names) -> Statement | None:
    tokens: list[Token] = []
    for s, e in ranges:
        span = doc.char_span(s, e, alignment_mode="contract")
        if span is not None:
            tokens += list(span)
    if not _checkable(tokens):
        return None
    text = " ".join(doc.text[s:e].strip(' \n"“”„«»') for s, e in ranges)
    text = re.sub(r"\s+", " ", text).strip().rstrip(",;:").strip()
    core_tokens = [t for t in tokens if not _aside(t, tokens)]
    core: set[str] = set()
    actors: set[str] = set()
    for t in core_tokens:
        name = names.of(t)
        if name is not None:
            parts = {stem(w) for w in words(name.canonical) if len(w) > 2}
            actors |= parts
            core |= parts
    core |= set(stems(" ".join(t.text for t in core_tokens)))
    everything = frozenset(stems(text)) | core
    if len(everything) < _MIN_STEMS:
        return None
    numbers = frozenset(_numbers(core_tokens))
    verbal = [t for t in core_tokens or tokens if not (t.is_punct or t.is_space or t.is_quote)]
    root = min(verbal or tokens, key=_depth)
    negated = any(c.dep_ == "neg" for c in root.children) or any(
        t.lower_ in ("no", "never", "neither", "nobody", "none")
        and t.dep_ in ("det", "neg", "nsubj", "preconj")
        and t.head in (root, *root.children)
        for t in core_tokens
    )
    hedge = next(
        (
            (m.start() + ranges[0][0], m.end() + ranges[0][0])
            for m in [_HEDGE.search(doc.text[ranges[0][0] : ranges[0][1]])]
            if m
        ),
        None,
    )
    place = next(
        (
            e
            for s, e_ in ranges
            for e in (doc.char_span(s, e_, alignment_mode="contract") or ()).ents  # type: ignore[union-attr]
            if e.label_ in ("GPE", "LOC", "FAC")
            and e.root.dep_ == "pobj"
            and e.root.head.lower_ in ("in", "at", "near", "into", "on")
        ),
        None,
    )
    return Statement(
        text,
        list(ranges),
        everything,
        frozenset(core),
        frozenset(actors),
        numbers,
        negated,
        ranges[0][0],
        hedged=hedge,
        place=place,
    )


def _checkable(tokens: list[Token]) -> bool:
    """Whether this can be a checkable statement: a finite clause that is no question and no bare feeling."""
    if len([t for t in tokens if t.is_alpha]) < 4:
        return False
    text = "".join(t.text_with_ws for t in tokens).strip().rstrip("\"”'’ ")
    if text.endswith("?"):
        return False
    if not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens):
        return False
    subjects = [t for t in tokens if t.dep_ in ("nsubj", "nsubjpass", "expl", "csubj")]
    if not subjects and not any(t.ent_type_ for t in tokens):
        return False
    first = subjects[0] if subjects else None
    if (
        first is not None
        and first.lower_ in ("i", "you", "we")
        and not any(
            t.ent_type_ in ("PERSON", "ORG", "GPE", "NORP", "CARDINAL", "MONEY", "PERCENT", "DATE", "FAC", "LOC")
            or t.like_num
            for t in tokens
        )
    ):
        return False
    return True


def _aside(t: Token, tokens: list[Token]) -> bool:
    """Whether a token stands in a relative clause, an appositive or a parenthesis within the statement."""
    inside = {x.i for x in tokens}
    at = t
    for _ in range(40):
        if at.dep_ in ("relcl", "appos", "acl", "parataxis") and at.head.i in inside:
            return True
        if at.dep_ == "advcl" and at.head.i in inside and at.i > at.head.i:
            return True
        if at.head == at or at.head.i not in inside:
            return False
        at = at.head
    return False


def _depth(t: Token) -> int:
    n = 0
    while t.head != t and n < 60:
        t, n = t.head, n + 1
    return n


def _numbers(tokens: list[Token]) -> set[str]:
    out = set()
    for t in tokens:
        if t.ent_type_ in ("DATE", "TIME", "ORDINAL"):
            continue
        low = t.lower_.replace(",", "")
        if re.fullmatch(r"\d+(?:\.\d+)?", low):
            out.add(low.rstrip("0").rstrip(".") if "." in low else low)
        elif low in NUMBER_WORDS and t.pos_ == "NUM":
            out.add(NUMBER_WORDS[low])
    return out


# --- the lead ----------------------------------------------------------------------------------


def _unattributed(doc: Doc, drafts: list[Draft], names: Names, carried: list[Statement]) -> list[Statement]:
    """What the first sentences state as fact: only these can be headline claims without a source."""
    out = []
    for n, sentence in enumerate(_lead(doc)):
        s, e = sentence.start_char, sentence.start_char + len(sentence.text.rstrip())
        if any(a < e and b > s for d in drafts for a, b in [*d.content, *d.cue]):
            continue
        if any(t.lemma_ in _ABOUT_REPORTING and t.pos_ == "VERB" for t in sentence):
            continue  # a sentence about who reported what is no claim of its own
        made = _statement(doc, [(s, e)], names)
        if made is not None:
            made.lead_rank = n
            made.own_witness = bool(_OWN.search(doc.text[max(0, s - 200) : e + 200]))
            out.append(made)
    return out


def _lead(doc: Doc) -> list[DocSpan]:
    """The first real sentences, headings and datelines passed over."""
    found = []
    for sentence in doc.sents:
        if len([t for t in sentence if t.is_alpha]) >= 6 and any(t.pos_ in ("VERB", "AUX") for t in sentence):
            found.append(sentence)
        if len(found) == _LEAD_SENTENCES or sentence.start > 220:
            break
    return found


def _mark_headline(
    doc: Doc, statements: list[Statement], denials: list[tuple[int, Statement | None]], title: str | None
) -> None:
    """The claim that the headline is about: nearest to the title, and near the top."""
    candidates = list(statements)
    for _, denied in denials:
        if denied is not None and not any(_same(denied, s) for s in statements):
            candidates.append(denied)
    if not candidates:
        return
    title_stems = frozenset(stems(title)) if title else frozenset()
    lead = _lead(doc)
    lead_stems = frozenset(stems(" ".join(s.text for s in lead[:2])))
    lead_end = lead[1].end_char if len(lead) > 1 else (lead[0].end_char if lead else 0)
    length = max(1, len(doc.text))

    def score(s: Statement) -> float:
        by_title = overlap(s.core or s.stems, title_stems)[0] if title_stems else 0.0
        by_lead = overlap(s.core or s.stems, lead_stems)[0]
        early = 0.5 if s.at < lead_end else 0.25 * (1 - s.at / length)
        if lead and s.at < lead[0].end_char:
            early += 0.25
        return by_title * 1.2 + by_lead * 0.5 + early

    best = max(candidates, key=score)
    if best not in statements:
        statements.append(best)
    best.headline = True


# --- which are one claim, and which dispute it -------------------------------------------------


def _same(a: Statement, b: Statement) -> bool:
    if a.negated != b.negated or (a.numbers and b.numbers and not a.numbers & b.numbers):
        return False
    return _about_same(a, b)


def _about_same(a: Statement, b: Statement) -> bool:
    cosine, contained = overlap(a.core or a.stems, b.core or b.stems)
    if min(len(a.core), len(b.core)) < _MIN_STEMS:
        return cosine > 0.8
    if not (a.core - a.actors) & (b.core - b.actors):
        return False
    return cosine >= _SAME_COSINE and contained >= _SAME_CONTAINMENT


def _merge(statements: list[Statement]) -> list[Statement]:
    merged: list[Statement] = []
    for s in statements:
        home = next((m for m in merged if _same(m, s)), None)
        if home is None:
            merged.append(s)
            continue
        home.carried_by += [i for i in s.carried_by if i not in home.carried_by]
        home.spans += [r for r in s.spans if not any(r[0] < b and a < r[1] for a, b in home.spans)]
        home.own_witness = home.own_witness or s.own_witness
        if home.lead_rank is None:
            home.lead_rank = s.lead_rank
    return merged


def _attach_denials(
    doc: Doc,
    statements: list[Statement],
    denials: list[tuple[int, Statement | None]],
    drafts: list[Draft],
    kinds: list[SourceKind | None],
) -> None:
    headline = next((s for s in statements if s.headline), None)
    for i, denied in denials:
        d = drafts[i]
        content = " ".join(doc.text[s:e] for s, e in d.content)
        target: Statement | None = None
        if denied is not None:
            scored = [(overlap(denied.core or denied.stems, s.core or s.stems), s) for s in statements]
            fitting = [(c[0] + c[1], s) for c, s in scored if c[1] >= 0.5 and c[0] >= 0.25]
            if fitting:
                target = max(fitting, key=lambda x: x[0])[1]
        if target is None and _ANAPHORA.match(content.strip()):
            before = [s for s in statements if s.at < d.content[0][0] and s.carried_by]
            target = (
                headline
                if headline is not None and (not before or _near_headline(headline, before))
                else (before[-1] if before else None)
            )
        if target is None and denied is not None:
            if (
                headline is not None
                and _refers_back(content)
                and (denied.core & headline.core or (headline.disputed_by and _close(doc, d, headline, drafts)))
            ):
                target = headline
            else:
                statements.append(denied)
                target = denied
        if target is not None and i not in target.disputed_by:
            target.disputed_by.append(i)
        if (
            headline is not None
            and target is not headline
            and headline.disputed_by
            and len(headline.actors) > 1
            and _BOTH.search(content)
            and _close(doc, d, headline, drafts)
        ):
            headline.disputed_by.append(i)  # "the two groups": those of the headline claim


def _near_headline(headline: Statement, before: list[Statement]) -> bool:
    return before[-1] is headline or overlap(before[-1].stems, headline.stems)[1] > 0.2 or len(before) <= 12


_BOTH = re.compile(
    r"\b(?:the two|both|the) (?:groups?|sides?|parties|companies|countries|men|women|firms|governments|leaders)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:the two|the groups?|both|the (?:report|story|claim|deal|pact|alliance|plan|account)s?|they|it|such)\b",
    re.IGNORECASE,
)


def _refers_back(content: str) -> bool:
    return bool(_BACK.search(content))


def _close(doc: Doc, d: Draft, headline: Statement, drafts: list[Draft]) -> bool:
    """Whether the denial follows closely on the claim or on another denial of it."""
    places = [headline.at, *[drafts[i].content[0][0] for i in headline.disputed_by]]
    return any(0 <= d.content[0][0] - p < 1200 for p in places)


def _attach_contradictions(statements: list[Statement]) -> None:
    """A carried statement that negates another one disputes it ("There is no alliance between …")."""
    for s in statements:
        for other in statements:
            if other is s or s.negated == other.negated or not s.negated or not s.carried_by:
                continue
            if (s.core & other.actors) and _contradicts(s, other):
                other.disputed_by += [
                    i for i in s.carried_by if i not in other.disputed_by and i not in other.carried_by
                ]


def _contradicts(s: Statement, other: Statement) -> bool:
    cosine, contained = overlap(s.core, other.core)
    shared = (s.core - s.actors) & (other.core - other.actors)
    return bool(shared) and contained >= 0.6 and cosine >= 0.3


def _states(doc: Doc, statements: list[Statement]) -> None:
    """ "could not independently verify": said of the claim before it, or of the report as a whole."""
    for m in _UNVERIFIED.finditer(doc.text):
        before = [s for s in statements if s.at <= m.start() and s.carried_by]
        if not before:
            continue
        nearest = max(before, key=lambda s: max(r[0] for r in s.spans if r[0] <= m.start()))
        headline = next((s for s in statements if s.headline), None)
        line = doc.text.rfind("\n", 0, m.start())
        end = doc.text.find("\n", m.end())
        sentence = (line + 1, len(doc.text) if end < 0 else end)
        span = doc.char_span(m.start(), m.end(), alignment_mode="expand")
        if span is not None:
            sentence = (span.sent.start_char, span.sent.start_char + len(span.sent.text.rstrip()))
        for s in {id(x): x for x in (nearest, headline) if x is not None}.values():
            if s.unverified is None and s.carried_by:
                s.unverified = sentence


def facts(s: Statement) -> Facts:
    """What a claim states, for comparing it with others."""
    chosen = s.core if len(s.core) >= _MIN_STEMS else s.stems
    ordered = sorted(chosen, key=lambda t: (-rarity(t), t))
    return Facts(
        stems=tuple(ordered), actors=tuple(sorted(s.actors)), numbers=tuple(sorted(s.numbers)), negated=s.negated
    )
