"""Alignment: whether a claim serves a group, by the words it is made in."""

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name, Names
from secondsource.language.parse import text_of

_ALARM = re.compile(
    r"\b(?:all(?:y|ied|iance|iances)|pact|join(?:ed|ing)? (?:forces|hands)|attack\w*|kill\w*|threat\w*|mass(?:ed|ing)|"
    r"massacre\w*|tortur\w+|execut\w+|bomb\w*|shell(?:ed|ing)|loot\w*|rap(?:e|ed|ing)|abduct\w*|kidnap\w*|arrest\w*|"
    r"violat\w+|break\w* the|plot\w*|plan\w* (?:to|an?) |cheat\w*|fraud\w*|steal\w*|stole|lie[sd]?|lying|corrupt\w*|"
    r"brib\w+|fail\w*|cover\w* up|defraud\w*|smuggl\w+|traffick\w+|dump\w*|poison\w*|pollut\w+|abus\w+|harass\w*|"
    r"mislead\w*|misled|weaken\w*|collapse\w*|los(?:e|t|ing)|crime\w*|illegal\w*|unlawful\w*|terror\w*|arm(?:ed|ing) |"
    r"weapons|recruit\w*|invad\w+|offensive|unsafe|dangerous|cause[sd]?|responsible|to blame|guilt\w*|liab\w+|"
    r"neglig\w+|destroy\w*|endanger\w*|extrem\w+)\b",
    re.IGNORECASE,
)
"""What a claim says of an adversary that serves the other side: harm done, threat, wrong."""
_WRONG = re.compile(
    r"\b(?:wrongdoing|allegation\w*|accusation\w*|charge[sd]?|claim[sd]?|report[sd]?|fraud\w*|corrupt\w*|brib\w+|"
    r"abuse\w*|kill\w*|fir(?:e|ed|ing) |shot|shoot\w*|tortur\w+|massacre\w*|violat\w+|negligen\w+|harass\w*|assault\w*|"
    r"rap(?:e|ed)|murder\w*|poison\w*|dump\w*|cover(?:ed|ing)?[- ]up|involve\w+|responsib\w+|knew|knowledge|steal\w*|"
    r"stole\w*|cheat\w*|doping|leak\w*|mislead\w*|misled|lied|lying|attack\w*|bomb\w*|fault|blame|guilt\w*|liab\w+|"
    r"unsafe|faulty|crime\w*|illegal\w*|improper\w*|collu\w+|plagiari\w+)\b",
    re.IGNORECASE,
)
_NO_WRONG = re.compile(
    r"\b(?:(?:did|do|done|doing) nothing (?:wrong|illegal|improper)|(?:knew|know|known) nothing|"
    r"no ?(?:one|body) (?:\w+ ){0,5}(?:knew|was aware)|"
    r"never (?:used|took|taken|touched|saw|seen|met|knew|known|received|paid|ordered|authori[sz]ed)|"
    r"(?:is|are|was|were) (?:clean|cleared|innocent|blameless)|no (?:reason|evidence) to (?:blame|suspect)|"
    r"acted (?:lawfully|properly|appropriately)|not guilty|innocent|"
    r"no wrongdoing|within the law|complied with|followed (?:the )?(?:rules|procedures?))\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:safe\w*|effective\w*|improve\w*|cut[s]?|reduc\w+|lower\w*|better|best|fast(?:er|est)|breakthrough|success\w*|"
    r"popular|record|grow\w*|benefit\w*|protect\w*|prevent\w*|save[sd]?|cheaper|leading|work[s]?|outperform\w*|healthy|"
    r"healthier|clean\w*|strong\w*|demand|profitab\w+|reliab\w+|secure)\b",
    re.IGNORECASE,
)
_BAD_FOR_SELF = re.compile(
    r"\b(?:fail\w*|lost|loss\w*|fell|declin\w+|drop\w*|recall\w*|defect\w*|flaw\w*|mistake\w*|error\w*|regret\w*|"
    r"apolog\w+|sorry|our fault|short of|worse\w*|delay\w*|layoff\w*|lay off|cut(?:ting)? jobs)\b",
    re.IGNORECASE,
)
_ACCUSED = re.compile(
    r"^(?:(?:the|any|all|those|these|such)\s+)?"
    r"(?:wrongdoing|allegations?|accusations?|charges?|involvement|responsibility|it)\b",
    re.IGNORECASE,
)
_OF_SELF = re.compile(r"^(?:it|he|she|they|we|i|its|his|her|their|our)\b", re.IGNORECASE)
_OWN_SIDE = frozenset("it he she they we i its his her their our officers soldiers troops".split())
"""Words by which a source speaks of its own side."""
_HARMED = frozenset("nsubj dobj nsubjpass conj pobj compound poss amod".split())
_ACTING = frozenset("nsubj nsubjpass poss dobj pobj".split())


def harms(tokens: Iterable[Token], text: str) -> bool:
    """Whether a claim says something of an adversary, named by ``tokens``, that its enemies gain by."""
    return bool(_ALARM.search(text)) and any(t.dep_ in _HARMED for t in tokens)


def praises(text: str) -> bool:
    """Whether a claim speaks well of what it is about: "cuts the risk"."""
    return bool(_PRAISE.search(text))


def blames(text: str) -> bool:
    """Whether what is denied is a wrong: "denied the allegations", "denied that it fired"."""
    return bool(_WRONG.search(text))


def clears(text: str) -> bool:
    """Whether a claim clears someone: "acted within the law"."""
    return bool(_NO_WRONG.search(text))


def confesses(text: str) -> bool:
    """Whether a claim is bad for whom it is about: "sales fell"."""
    return bool(_BAD_FOR_SELF.search(text))


def of_self(text: str) -> bool:
    """Whether a claim begins with its speaker: "we acted within the law"."""
    return bool(_OF_SELF.match(text))


def said_of_own_side(doc: Doc, names: Names, contents: Iterable[Range], group: Name) -> bool:
    """Whether what is denied was said of the group: named, or as it, they, he, she, its men."""
    for s, e in contents:
        span = doc.char_span(s, e, alignment_mode="contract")
        for t in span or ():
            name = names.of(t)
            if name is not None and name.key == group.key:
                return True
            if t.lower_ in _OWN_SIDE and t.dep_ in _ACTING:
                return True
        if _ACCUSED.match(text_of(doc)[s:e]):
            return True
        if span is not None and span.root.tag_ == "VBG":  # "denied taking bribes"
            return True
    return False


def subject_among(doc: Doc, names: Names, spans: Iterable[Range], groups: Iterable[Name]) -> bool:
    """Whether a subject in these ranges is one of the groups."""
    keys = {g.key for g in groups}
    for s, e in spans:
        for t in doc.char_span(s, e, alignment_mode="contract") or ():
            if t.dep_ in ("nsubj", "nsubjpass") and (n := names.near(t)) is not None and n.key in keys:
                return True
    return False
