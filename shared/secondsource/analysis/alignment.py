"""Alignment: whether a claim serves a group, by the words it is made in."""

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name, Names
from secondsource.language.parse import text_of

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
_BAD_FOR_SELF = re.compile(
    r"\b(?:fail\w*|lost|loss\w*|fell|declin\w+|drop\w*|recall\w*|defect\w*|flaw\w*|mistake\w*|error\w*|regret\w*|"
    r"apolog\w+|sorry|our fault|short of|worse\w*|delay\w*|layoff\w*|lay off|cut(?:ting)? jobs|"
    r"brok(?:e|en) (?:the |its |their )?(?:laws?|rules?|promises?)|lied|misled|cheat\w*|"
    r"(?:was|were) guilty)\b",
    re.IGNORECASE,
)
_ACCUSED = re.compile(
    r"^(?:(?:the|any|all|those|these|such)\s+)?"
    r"(?:wrongdoing|allegations?|accusations?|charges?|involvement|responsibility|it)\b",
    re.IGNORECASE,
)
_OWN_SIDE = frozenset("it he she they we i its his her their our officers soldiers troops".split())
"""Words by which a source speaks of its own side."""
_ACTING = frozenset("nsubj nsubjpass poss dobj pobj".split())


def blames(text: str) -> bool:
    """Whether what is denied is a wrong: "denied the allegations", "denied that it fired"."""
    return bool(_WRONG.search(text))


def clears(text: str) -> bool:
    """Whether a claim clears someone: "acted within the law"."""
    return bool(_NO_WRONG.search(text))


def confesses(text: str) -> bool:
    """Whether a claim is bad for whom it is about: "sales fell"."""
    return bool(_BAD_FOR_SELF.search(text))


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
