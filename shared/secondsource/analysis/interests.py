"""Interests: whether a source has a stake in a claim. Tie and stake and alignment, else nothing is flagged.

A tie says which groups a source speaks for; a stake what such a group has to do with a name in the claim;
alignment whether the claim serves that. What shows a stake must stand outside the claim itself, or every
accusation would prove its own motive. Weights are starting values that were set by hand-judged samples and
are not calibrated; several types together give 1 - prod(1 - w), capped (``_CAP_ONE``, ``_CAP_TEXT``).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from secondsource.analysis.attribution import Draft, Range
from secondsource.analysis.claims import Statement
from secondsource.analysis.entities import Name, Names, normal
from secondsource.analysis.names import SPOKES_ROLES, category_of
from secondsource.model import AffiliationCategory, Source, SourceKind, StakeLevel, StakeType, Stance

RULE = "interests/1"

WEIGHTS: dict[StakeType, float] = {
    StakeType.STATED_MOTIVE: 0.75,
    StakeType.PARTICIPANT: 0.10,
    StakeType.ADVERSARY: 0.60,
    StakeType.BENEFICIARY: 0.35,
    StakeType.SELF_EXCULPATING: 0.65,
    StakeType.COMMERCIAL: 0.45,
    StakeType.FUNDED: 0.50,
    StakeType.CAMPAIGN: 0.45,
    StakeType.LITIGANT: 0.45,
    StakeType.REGISTERED: 0.85,
}
_CAP_ONE, _CAP_TEXT = 0.60, 0.85
_LIKELY = 0.60
_POSSIBLE = 0.30
_MAY_FLAG = frozenset(
    {
        StakeType.STATED_MOTIVE,
        StakeType.ADVERSARY,
        StakeType.SELF_EXCULPATING,
        StakeType.COMMERCIAL,
        StakeType.FUNDED,
        StakeType.CAMPAIGN,
        StakeType.LITIGANT,
        StakeType.REGISTERED,
    }
)

_HOSTILE = frozenset(
    "fight attack sue oust oppose defeat bomb shell invade besiege ambush expel overthrow topple accuse denounce "
    "outlaw ban raid storm rout outgun target sanction blockade challenge boycott".split()
)
_DRIVE_OUT = frozenset("drive push force throw chase kick expel dislodge".split())
_TAKE = frozenset("take capture seize wrest recapture retake overrun conquer".split())
_RIVAL = frozenset("rival enemy foe opponent adversary archrival nemesis competitor challenger".split())
_LOST = frozenset(
    "town city village territory ground land base war battle election vote seat contract case bid district province "
    "border bridge control stronghold area region port airport island sale customer share".split()
)
_SEEK = frozenset(
    "seek ask request appeal call push lobby press beg plead petition apply campaign need want solicit".split()
)
_HELP = frozenset(
    "weapon weapons arms aid support assistance funding money help backing drone drones missile missiles ammunition "
    "vote votes approval recognition intervention equipment troops loan loans grant grants bailout subsidy subsidies "
    "investment donation donations raise funds cash tank tanks protection sanction sanctions airstrike airstrikes".split()
)
# What a claim says of an adversary that serves the other side: harm done, threat, wrong.
_ALARM = re.compile(
    r"\b(?:all(?:y|ied|iance|iances)|pact|join(?:ed|ing)? (?:forces|hands)|attack\w*|kill\w*|threat\w*|mass(?:ed|ing)|massacre\w*|"
    r"tortur\w+|execut\w+|bomb\w*|shell(?:ed|ing)|loot\w*|rap(?:e|ed|ing)|abduct\w*|kidnap\w*|arrest\w*|violat\w+|break\w* the|"
    r"plot\w*|plan\w* (?:to|an?) |cheat\w*|fraud\w*|steal\w*|stole|lie[sd]?|lying|corrupt\w*|brib\w+|fail\w*|cover\w* up|defraud\w*|"
    r"smuggl\w+|traffick\w+|dump\w*|poison\w*|pollut\w+|abus\w+|harass\w*|mislead\w*|misled|weaken\w*|collapse\w*|los(?:e|t|ing)|"
    r"crime\w*|illegal\w*|unlawful\w*|terror\w*|arm(?:ed|ing) |weapons|recruit\w*|invad\w+|offensive|unsafe|dangerous|cause[sd]?|"
    r"responsible|to blame|guilt\w*|liab\w+|neglig\w+|destroy\w*|endanger\w*|extrem\w+)\b",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:wrongdoing|allegation\w*|accusation\w*|charge[sd]?|claim[sd]?|report[sd]?|fraud\w*|corrupt\w*|brib\w+|abuse\w*|kill\w*|fir(?:e|ed|ing) |"
    r"shot|shoot\w*|tortur\w+|massacre\w*|violat\w+|negligen\w+|harass\w*|assault\w*|rap(?:e|ed)|murder\w*|poison\w*|dump\w*|cover(?:ed|ing)?[- ]up|"
    r"involve\w+|responsib\w+|knew|knowledge|steal\w*|stole\w*|cheat\w*|doping|leak\w*|mislead\w*|misled|lied|lying|attack\w*|bomb\w*|fault|"
    r"blame|guilt\w*|liab\w+|unsafe|faulty|crime\w*|illegal\w*|improper\w*|collu\w+|plagiari\w+)\b",
    re.IGNORECASE,
)
_NO_WRONG = re.compile(
    r"\b(?:did nothing (?:wrong|illegal|improper)|acted (?:lawfully|properly|appropriately)|not guilty|innocent|"
    r"no wrongdoing|within the law|complied with|followed (?:the )?(?:rules|procedures?))\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:safe\w*|effective\w*|improve\w*|cut[s]?|reduc\w+|lower\w*|better|best|fast(?:er|est)|breakthrough|success\w*|popular|record|grow\w*|"
    r"benefit\w*|protect\w*|prevent\w*|save[sd]?|cheaper|leading|work[s]?|outperform\w*|healthy|healthier|clean\w*|strong\w*|demand|"
    r"profitab\w+|reliab\w+|secure)\b",
    re.IGNORECASE,
)
_BAD_FOR_SELF = re.compile(
    r"\b(?:fail\w*|lost|loss\w*|fell|declin\w+|drop\w*|recall\w*|defect\w*|flaw\w*|mistake\w*|error\w*|regret\w*|apolog\w+|"
    r"sorry|our fault|short of|worse\w*|delay\w*|layoff\w*|lay off|cut(?:ting)? jobs)\b",
    re.IGNORECASE,
)
_MODAL = frozenset("would could might may should if unless".split())


@dataclass(frozen=True)
class Relation:
    """What one named group has to do with another, with the words that show it."""

    holder: Name
    type: StakeType
    other: Name | None
    words: Range
    shows: str


@dataclass
class Judged:
    """One (source, claim) pair."""

    source_id: str
    level: StakeLevel
    confidence: float
    types: list[StakeType] = field(default_factory=list)
    motivated: bool = False
    group: str | None = None
    reason: str = ""
    evidence: list[tuple[Range, str]] = field(default_factory=list)
    drafts: list[int] = field(default_factory=list)


# --- stakes the article shows ------------------------------------------------------------------


def relations(doc: Doc, names: Names) -> list[Relation]:
    """All enmities, requests, fundings and cases that the article states as a fact, negations left out."""
    found: list[Relation] = []
    for t in doc:
        if t.pos_ == "VERB" and not _hypothetical(t):
            found += _from_verb(t, names)
        elif t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() in _RIVAL:
            found += _rival(t, names)
    return found


def _hypothetical(v: Token) -> bool:
    return any(c.dep_ == "neg" or (c.dep_ in ("aux", "mark") and c.lower_ in _MODAL) for c in v.children)


def _who(v: Token, names: Names) -> Name | None:
    """The name behind the subject of a verb, through conjuncts and relative clauses."""
    at = v
    for _ in range(5):
        subject = next((c for c in at.children if c.dep_ in ("nsubj",)), None)
        if subject is not None:
            if subject.lower_ in ("which", "who", "that") and at.dep_ == "relcl":
                return names.near(at.head)
            if subject.lower_ in ("it", "they", "he", "she"):
                return _antecedent(subject, names)
            return names.near(subject)
        if at.dep_ in ("conj", "xcomp", "advcl") and at.head != at:
            at = at.head
            continue
        if at.dep_ in ("acl", "relcl"):
            return names.near(at.head)
        return None
    return None


def _antecedent(pronoun: Token, names: Names) -> Name | None:
    """A group that is the subject of the same sentence or of the one before; no guess further back."""
    doc, begin = pronoun.doc, pronoun.sent.start
    start = doc[begin - 1].sent.start if begin else 0
    for t in reversed(doc[start : pronoun.i]):
        if (
            t.dep_ in ("nsubj", "nsubjpass", "poss")
            and (found := names.near(t)) is not None
            and t.lower_ not in ("it", "they")
        ):
            return found
    return None


def _words(v: Token) -> Range:
    """The clause around a verb, short enough to read."""
    left, right = v.left_edge.i, v.right_edge.i
    sent = v.sent
    if v.dep_ == "relcl":
        left = min(left, v.head.left_edge.i)
    start = v.doc[max(left, sent.start)]
    end = v.doc[min(right, sent.end - 1)]
    s, e = start.idx, end.idx + len(end)
    if e - s > 320:
        s, e = max(s, v.idx - 160), min(e, v.idx + 160)
        s = v.doc.text.rfind(" ", 0, s) + 1 if s else s
        cut = v.doc.text.find(" ", e)
        e = cut if 0 <= cut - e < 20 else e
    text = v.doc.text[s:e]
    return s, s + len(text.rstrip(" .,;\n"))


def _from_verb(v: Token, names: Names) -> list[Relation]:
    lemma = v.lemma_.lower()
    out: list[Relation] = []
    obj = next((c for c in v.children if c.dep_ == "dobj"), None)
    if lemma == "lose":
        to = _pobj(v, ("to",)) or (_pobj(obj, ("to",)) if obj is not None else None)
        holder = _who(v, names)
        other = names.near(to) if to is not None else None
        if (
            holder
            and other
            and holder is not other
            and (obj is None or obj.lemma_.lower() in _LOST or names.of(obj) is not None)
        ):
            out.append(
                Relation(holder, StakeType.ADVERSARY, other, _words(v), f"{holder.canonical} lost to {other.canonical}")
            )
    elif lemma in _TAKE and obj is not None:
        source = _pobj(v, ("from",)) or _pobj(obj, ("from",))
        taker = _who(v, names)
        holder = names.near(source) if source is not None else None
        if holder and taker and holder is not taker:
            out.append(
                Relation(
                    holder, StakeType.ADVERSARY, taker, _words(v), f"{taker.canonical} took from {holder.canonical}"
                )
            )
    elif lemma in _DRIVE_OUT and obj is not None:
        out_of = any(c.lower_ in ("out", "from") for c in v.children)
        taker, holder = _who(v, names), names.near(obj)
        if out_of and taker and holder and taker is not holder:
            out.append(
                Relation(
                    holder, StakeType.ADVERSARY, taker, _words(v), f"{taker.canonical} drove out {holder.canonical}"
                )
            )
    elif lemma in _HOSTILE:
        agent = next((c for c in v.children if c.dep_ == "agent"), None)
        if agent is not None:
            doer = next((names.near(c) for c in agent.children if c.dep_ == "pobj"), None)
            subject = next((c for c in v.children if c.dep_ == "nsubjpass"), None)
            target = names.near(subject) if subject is not None else None
        else:
            doer = _who(v, names)
            target = names.near(obj) if obj is not None else None
            if target is None and lemma == "fight" and (against := _pobj(v, ("against", "with"))) is not None:
                target = names.near(against)
        if doer and target and doer is not target:
            for a, b in ((doer, target), (target, doer)):
                out.append(
                    Relation(a, StakeType.ADVERSARY, b, _words(v), f"{doer.canonical} {lemma}s {target.canonical}")
                )
    if lemma in _SEEK:
        wanted = obj
        prep = _pobj(v, ("for",))
        thing = next(
            (x for x in (wanted, prep) if x is not None and any(y.lemma_.lower() in _HELP for y in x.subtree)), None
        )
        if thing is None:
            thing = next(
                (
                    y
                    for c in v.children
                    if c.dep_ in ("xcomp", "prep", "ccomp", "advcl")
                    for y in c.subtree
                    if y.lemma_.lower() in _HELP and y.dep_ in ("dobj", "pobj")
                ),
                None,
            )
        holder = _who(v, names)
        if thing is not None and holder is not None and not holder.person:
            out.append(
                Relation(
                    holder, StakeType.BENEFICIARY, None, _words(v), f"{holder.canonical} seeks {thing.lemma_.lower()}"
                )
            )
    if lemma in ("fund", "finance", "sponsor", "commission", "pay", "bankroll"):
        agent = next((c for c in v.children if c.dep_ == "agent"), None)
        payer_token = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        if payer_token is None and lemma == "pay" and (by := _pobj(v, ("by",))) is not None:
            payer_token = by
        payer = names.near(payer_token) if payer_token is not None else None
        paid = next((c for c in v.children if c.dep_ == "nsubjpass"), None)
        if paid is not None and paid.lower_ in ("which", "that", "who") and v.dep_ == "relcl":
            paid = v.head
        if paid is None and v.dep_ in ("acl", "relcl"):
            paid = v.head
        if payer is not None and paid is not None:
            receiver = names.near(paid) or Name(paid.lemma_.lower())
            out.append(Relation(receiver, StakeType.FUNDED, payer, _words(v), f"paid for by {payer.canonical}"))
        elif agent is None and obj is not None and (doer := _who(v, names)) is not None and lemma != "pay":
            out.append(
                Relation(
                    names.of(obj) or Name(obj.lemma_.lower()),
                    StakeType.FUNDED,
                    doer,
                    _words(v),
                    f"paid for by {doer.canonical}",
                )
            )
    if lemma in ("make", "sell", "produce", "manufacture", "own", "develop", "market"):
        agent = next((c for c in v.children if c.dep_ == "agent"), None)
        if agent is not None:
            maker = next((names.near(c) for c in agent.children if c.dep_ == "pobj"), None)
            subject = next((c for c in v.children if c.dep_ == "nsubjpass"), None)
            if subject is None and v.dep_ in ("acl", "relcl"):
                subject = v.head
            product = names.of(subject) if subject is not None else None
            if product is None and subject is not None and subject.dep_ == "appos":
                product = names.of(subject.head)
        else:
            maker, product = _who(v, names), names.of(obj) if obj is not None else None
        if maker and product and maker is not product and not maker.person:
            out.append(
                Relation(
                    maker,
                    StakeType.COMMERCIAL,
                    product,
                    _words(v),
                    f"{maker.canonical} makes or sells {product.canonical}",
                )
            )
    return out


def _rival(t: Token, names: Names) -> list[Relation]:
    poss = next((c for c in t.children if c.dep_ == "poss"), None)
    of = _pobj(t, ("of", "to"))
    base = poss if poss is not None else of
    if base is None:
        return []
    a = names.near(base)
    b = names.of(t)
    if b is None:
        for c in t.children:
            if c.dep_ == "appos" and names.of(c) is not None:
                b = names.of(c)
    if b is None and t.dep_ in ("appos", "compound", "nmod"):
        b = names.near(t.head)
    if b is None and t.dep_ == "attr":
        b = _who(t.head, names)
    if a is None or b is None or a is b:
        return []
    start, end = t.doc[t.left_edge.i], t.doc[t.right_edge.i]
    words = (start.idx, end.idx + len(end))
    return [
        Relation(x, StakeType.ADVERSARY, y, words, f"{b.canonical} is a {t.lemma_.lower()} of {a.canonical}")
        for x, y in ((a, b), (b, a))
    ]


def _pobj(t: Token | None, preps: Iterable[str]) -> Token | None:
    if t is None:
        return None
    for c in t.children:
        if c.dep_ in ("prep", "dative", "agent") and c.lower_ in preps:
            for p in c.children:
                if p.dep_ == "pobj":
                    return p
    return None


# --- the pairs ---------------------------------------------------------------------------------


def judge(
    doc: Doc,
    names: Names,
    statement: Statement,
    sources: dict[str, Source],
    of_draft: list[str | None],
    drafts: list[Draft],
    known: list[Relation],
) -> list[Judged]:
    """Every source that carries or disputes this claim, judged. Pairs with nothing to show are left out."""
    out: list[Judged] = []
    seen: dict[str, list[int]] = {}
    for i in [*statement.carried_by, *statement.disputed_by]:
        if of_draft[i] is not None:
            seen.setdefault(of_draft[i], []).append(i)  # type: ignore[arg-type]
    for source_id, indexes in seen.items():
        judged = _pair(doc, names, statement, sources[source_id], indexes, drafts, known)
        if judged is not None:
            out.append(judged)
    return out


def _ties(source: Source, names: Names) -> list[tuple[Name, float, Range | None]]:
    """The groups a source speaks for, with the strength of each tie and the words that show it."""
    ties: list[tuple[Name, float, Range | None]] = []
    if source.kind in (SourceKind.NAMED_GROUP, SourceKind.NAMED_PERSON):
        own = names.by_text(source.name) or Name(source.name)
        ties.append((own, 1.0, source.mentions[0] if source.mentions else None))
    for a in source.affiliations:
        if a.former:
            continue
        words = set(re.findall(r"[a-z-]+", (source.role or "").lower()))
        if source.kind in (SourceKind.NAMED_PERSON, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) and not (
            words & SPOKES_ROLES or {w.rstrip("s") for w in words} & SPOKES_ROLES or a.strength < 1
        ):
            continue
        if a.category == AffiliationCategory.ACADEMIC or category_of(a.name) == AffiliationCategory.ACADEMIC:
            continue  # an expert's university is no tie to what the expert speaks about
        name = names.by_text(a.name) or Name(a.name)
        if all(name is not n for n, _, _ in ties):
            ties.append((name, a.strength, a.span))
    return ties


def _in_claim(doc: Doc, names: Names, statement: Statement) -> dict[int, tuple[Name, list[Token]]]:
    found: dict[int, tuple[Name, list[Token]]] = {}
    for s, e in statement.spans:
        span = doc.char_span(s, e, alignment_mode="contract")
        for t in span or ():
            if (n := names.of(t)) is not None:
                found.setdefault(id(n), (n, []))[1].append(t)
    return found


def _outside(words: Range, statement: Statement) -> bool:
    return not any(words[0] < e and s < words[1] for s, e in statement.spans)


def _pair(
    doc: Doc,
    names: Names,
    statement: Statement,
    source: Source,
    indexes: list[int],
    drafts: list[Draft],
    known: list[Relation],
) -> Judged | None:
    if source.kind in (SourceKind.OUTLET, SourceKind.OUTLET_ITSELF, SourceKind.POLL):
        return None
    ties = _ties(source, names)
    study = source.kind == SourceKind.DOCUMENT
    if not ties and not study:
        return None
    inside = _in_claim(doc, names, statement)
    text = statement.text
    denies = all(i in statement.disputed_by for i in indexes)
    admits = any(drafts[i].stance == Stance.ADMIT for i in indexes)
    types: dict[StakeType, tuple[float, str]] = {}
    evidence: list[tuple[Range, str]] = []
    best_tie = 0.0
    group: Name | None = None

    def add(
        kind: StakeType, align: float, shows: str, words: Range | None, tie: tuple[Name, float, Range | None] | None
    ) -> None:
        nonlocal best_tie, group
        if kind not in types or types[kind][0] < align:
            types[kind] = (align, shows)
        if words is not None and (words, shows) not in evidence:
            evidence.append((words, shows))
        if tie is not None:
            if tie[1] > best_tie:
                best_tie, group = tie[1], tie[0]
            if tie[2] is not None and all(w != tie[2] for w, _ in evidence):
                evidence.insert(0, (tie[2], f"ties the source to {tie[0].canonical}"))

    for tie in ties:
        g = tie[0]
        own_in_claim = id(g) in inside or any(n.key == g.key for n, _ in inside.values())
        for r in known:
            if r.holder.key != g.key:
                continue
            if r.type == StakeType.ADVERSARY and r.other is not None and _outside(r.words, statement):
                hit = next((v for n, v in inside.values() if n.key == r.other.key), None)
                if hit is None:
                    continue
                if denies:
                    continue
                align = 1.0 if _harmed(hit, text) else 0.5
                add(StakeType.ADVERSARY, align, r.shows, r.words, tie)
            elif r.type == StakeType.COMMERCIAL and r.other is not None:
                hit = next((v for n, v in inside.values() if n.key == r.other.key), None)
                if hit is not None and not denies and _PRAISE.search(text) and not _BAD_FOR_SELF.search(text):
                    add(StakeType.COMMERCIAL, 1.0, r.shows, r.words, tie)
            elif r.type == StakeType.FUNDED and r.other is not None and own_in_claim is False:
                hit = next((v for n, v in inside.values() if n.key == r.other.key), None)
                if hit is not None and _outside(r.words, statement):
                    add(StakeType.FUNDED, 1.0, r.shows, r.words, tie)
        if StakeType.ADVERSARY in types:
            for r in known:
                if r.holder.key == g.key and r.type == StakeType.BENEFICIARY and _outside(r.words, statement):
                    add(StakeType.BENEFICIARY, types[StakeType.ADVERSARY][0], r.shows, r.words, tie)
        if denies:
            content = " ".join(doc.text[s:e] for i in indexes for s, e in drafts[i].content)
            subject_self = _self_is_agent(doc, names, drafts, indexes, g, source)
            if subject_self and (_WRONG.search(content) or own_in_claim):
                words = drafts[indexes[0]].cue[0] if drafts[indexes[0]].cue else None
                add(
                    StakeType.SELF_EXCULPATING,
                    1.0 if _WRONG.search(content) else 0.5,
                    f"denies what is said of {g.canonical}",
                    words,
                    tie,
                )
        elif _NO_WRONG.search(text) and (own_in_claim or _first_or_pronoun(text)):
            add(StakeType.SELF_EXCULPATING, 1.0, f"clears {g.canonical}", None, tie)
        if own_in_claim:
            types.setdefault(StakeType.PARTICIPANT, (1.0, f"{g.canonical} is part of the claim"))
            best_tie, group = max(best_tie, tie[1]), group or g
        if _lawyer_for(source, g) and not denies:
            add(StakeType.LITIGANT, 1.0, f"speaks for {g.canonical} in a case", None, tie)
    if study:
        _funded_study(doc, names, source, statement, known, inside, add)
    if not types:
        return None
    flagging = [k for k in types if k in _MAY_FLAG]
    against = admits or (StakeType.PARTICIPANT in types and not denies and _own_loss(doc, names, statement, ties))
    weight = 1.0
    for k, (align, _) in types.items():
        if k != StakeType.PARTICIPANT:
            weight *= 1 - WEIGHTS[k] * align
    confidence = (best_tie or 1.0) * (1 - weight)
    real = [k for k in types if k != StakeType.PARTICIPANT]
    confidence = min(confidence, _CAP_ONE if len(real) <= 1 else _CAP_TEXT)
    motivated = bool(flagging) and not against and confidence >= _POSSIBLE
    if not real:
        confidence = WEIGHTS[StakeType.PARTICIPANT]
    level = (
        StakeLevel.NONE
        if against or confidence < _POSSIBLE
        else StakeLevel.LIKELY
        if confidence >= _LIKELY and motivated
        else StakeLevel.POSSIBLE
    )
    shown = [shows for k, (_, shows) in types.items() if k != StakeType.PARTICIPANT] or [
        types[StakeType.PARTICIPANT][1]
    ]
    reason = "; ".join(shown)
    if against:
        reason = "speaks against its own interest: " + reason
    return Judged(
        source.id,
        level,
        round(confidence, 3),
        list(types),
        motivated,
        group.canonical if group else None,
        reason,
        evidence,
        indexes,
    )


def _harmed(tokens: list[Token], text: str) -> bool:
    """Whether the claim says something of this adversary that its enemies gain by."""
    if not _ALARM.search(text):
        return False
    for t in tokens:
        if t.dep_ in ("nsubj", "dobj", "nsubjpass", "conj", "pobj", "compound", "poss", "amod"):
            return True
    return False


def _self_is_agent(doc: Doc, names: Names, drafts: list[Draft], indexes: list[int], g: Name, source: Source) -> bool:
    """Whether what is denied was said of the source's own side: named, or as it, they, he, she, its men."""
    for i in indexes:
        d = drafts[i]
        for s, e in d.content:
            span = doc.char_span(s, e, alignment_mode="contract")
            for t in span or ():
                name = names.of(t)
                if name is not None and name.key == g.key:
                    return True
                if t.lower_ in (
                    "it",
                    "he",
                    "she",
                    "they",
                    "we",
                    "i",
                    "its",
                    "his",
                    "her",
                    "their",
                    "our",
                    "officers",
                    "soldiers",
                    "troops",
                ) and t.dep_ in ("nsubj", "nsubjpass", "poss", "dobj", "pobj"):
                    return True
            content = doc.text[s:e]
            if re.match(
                r"^(?:(?:the|any|all|those|these|such)\s+)?(?:wrongdoing|allegations?|accusations?|charges?|involvement|responsibility|it)\b",
                content,
                re.IGNORECASE,
            ):
                return True
            head = span.root if span is not None else None
            if head is not None and head.tag_ == "VBG":
                return True
    return False


def _first_or_pronoun(text: str) -> bool:
    return bool(re.match(r"^(?:it|he|she|they|we|i|its|his|her|their|our)\b", text, re.IGNORECASE))


def _lawyer_for(source: Source, g: Name) -> bool:
    words = set(re.findall(r"[a-z-]+", (source.role or "").lower()))
    return (
        bool(words & {"attorney", "lawyer", "counsel", "solicitor", "barrister", "attorneys", "lawyers"})
        and normal(source.name) != g.key
        and category_of(g.canonical)
        not in (AffiliationCategory.GOVERNMENT, AffiliationCategory.ACADEMIC, AffiliationCategory.NGO)
    )


def _own_loss(doc: Doc, names: Names, statement: Statement, ties: list[tuple[Name, float, Range | None]]) -> bool:
    """Whether the claim's subject is the own side and what it says is bad for it."""
    if not _BAD_FOR_SELF.search(statement.text):
        return False
    for s, e in statement.spans:
        span = doc.char_span(s, e, alignment_mode="contract")
        if span is None:
            continue
        for t in span:
            if (
                t.dep_ in ("nsubj", "nsubjpass")
                and (n := names.near(t)) is not None
                and any(n.key == g.key for g, _, _ in ties)
            ):
                return True
    return False


def _funded_study(
    doc: Doc,
    names: Names,
    source: Source,
    statement: Statement,
    known: list[Relation],
    inside: dict[int, tuple[Name, list[Token]]],
    add: object,
) -> None:
    """A study whose payer is in the claim, or makes what the claim is about."""
    for r in known:
        if r.type != StakeType.FUNDED or r.other is None:
            continue
        if r.holder.canonical.lower() not in (
            "study",
            "research",
            "report",
            "poll",
            "survey",
            "trial",
            "analysis",
        ) and r.holder.key not in normal(source.name):
            continue
        payer = r.other
        mine = [
            payer,
            *[
                k.other
                for k in known
                if k.type == StakeType.COMMERCIAL and k.holder.key == payer.key and k.other is not None
            ],
        ]
        if any(n.key == m.key for n, _ in inside.values() for m in mine) and _PRAISE.search(statement.text):
            add(StakeType.FUNDED, 1.0, r.shows, r.words, None)  # type: ignore[operator]
