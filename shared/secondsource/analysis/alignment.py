"""Alignment: whether a claim serves a group, by the words it is made in."""

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name, Names
from secondsource.analysis.tree import child
from secondsource.analysis.valence import sound
from secondsource.language.parse import text_of
from secondsource.model import Effect

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
_KEPT = frozenset("keep honour honor respect observe uphold fulfil fulfill meet".split())
_WORD = frozenset("truce ceasefire promise word pledge agreement deal commitment bargain obligation contract".split())
_GAVE = frozenset(
    "build rebuild open reopen repair restore fund finance renovate create save rescue free release feed treat "
    "vaccinate".split()
)
_FOR_ALL = frozenset(
    "school hospital clinic home house bridge road library well playground job nursery shelter life people person "
    "child family civilian villager resident hostage prisoner patient survivor refugee".split()
)
_IN_NEED = frozenset("wounded injured sick hungry".split())
_MAKES = frozenset("build make have sell produce offer develop run".split())
_BETTER = frozenset("better best safest finest fastest cleanest cheapest fairest".split())
_DID_WELL = frozenset("well brilliantly superbly fairly honestly excellently admirably bravely flawlessly".split())
_GOOD = frozenset(
    "honest fair right generous correct decent brave excellent brilliant good best better safe safer careful truthful "
    "innocent blameless".split()
)
_UNDONE = frozenset("never if unless whether hardly".split())
_HARDLY = frozenset("no few little any".split())
_IN_FULL = frozenset("every all full".split())
_ILLS = frozenset("crime unemployment poverty debt corruption violence inflation pollution theft burglary".split())
_LESSENED = frozenset("fall drop decline halve decrease shrink".split())
_ABOVE_OWN = re.compile(
    r"\b(?:better|safer|cheaper|faster|cleaner|stronger|more (?:reliable|honest|careful)) than "
    r"(?:ours|mine|(?:our|my|his|her|its|their) own)\b",
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


def outright(tokens: Iterable[Token]) -> str:
    """What is said, without what somebody did not do that only tells which thing is meant: "brakes that he had never
    seen" are no innocence."""
    said = list(tokens)
    beside = {
        x.i
        for v in said
        if v.dep_ == "relcl" and child(v, "neg") is not None
        for subject in [child(v, "nsubj")]
        if subject is not None and subject.tag_ not in ("WDT", "WP")
        for x in v.subtree
    }
    return " ".join(t.text for t in said if t.i not in beside)


def credits(v: Token) -> bool:
    """Whether a clause, by its verb, says to the credit of who does it: "kept the truce", "built 40 schools",
    "has run the city well", "paid every bonus", "was honest"; not what they will or should do."""
    if any(c.dep_ == "neg" or c.tag_ == "MD" or c.lower_ in _UNDONE for c in v.children):
        return False
    lemma, thing = v.lemma_.lower(), child(v, "dobj")
    if any(c.dep_ == "advmod" and c.lower_ in _DID_WELL for c in v.children):
        return sound(v.subtree) != Effect.HARMED
    if lemma == "be":
        said = child(v, "acomp", "attr")
        return said is not None and any(x.lower_ in _GOOD for x in (said, *said.children))
    if thing is None or any(c.lower_ in _HARDLY for c in thing.children):
        return False
    what, called = thing.lemma_.lower(), {c.lower_ for c in thing.children}
    if lemma in _KEPT:
        return what in _WORD
    if lemma == "pay":
        return bool(called & _IN_FULL)
    if lemma in _MAKES and called & _BETTER:
        return True
    for_all = what in _FOR_ALL or bool({thing.lower_, *called} & _IN_NEED)
    badly = any(x.lower_ in ("like", "as") for x in v.subtree)
    if lemma not in _GAVE or not for_all or badly:
        return False
    return sound(x for x in v.subtree if x.lower_ not in _IN_NEED) != Effect.HARMED


def under_credit(t: Token) -> bool:
    """Whether a clause credits whom it names with "under": "crime has fallen under mayor X"."""
    while t.dep_ in ("compound", "amod", "nmod", "appos"):
        t = t.head
    if t.dep_ != "pobj" or t.head.lower_ != "under" or t.head.head.lemma_.lower() not in _LESSENED:
        return False
    ill = child(t.head.head, "nsubj")
    return ill is not None and ill.lemma_.lower() in _ILLS and child(t.head.head, "neg") is None


def outdone(text: str) -> bool:
    """Whether a claim sets somebody above the speaker's own: "is better than ours"."""
    return bool(_ABOVE_OWN.search(text))


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
