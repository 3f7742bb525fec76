"""Whether a name in a text is an outlet's: what is in the table, what says so by its words, and what only looks so.

A capital is not enough: Hill, Sun and Forbes are people, Time and People are words, the Atlantic Council is no
magazine. What cites a name (``how``) says how much more it takes.
"""

import re
from typing import Literal

from secondsource.analysis.names import OUTLET_WORDS, is_outlet
from secondsource.analysis.outlets import known, needs
from secondsource.model import Span

How = Literal["told", "according", "passed", "credited", "reports", "loosely", "says"]
"""What cites it: somebody told it; it is according to it, which may be anybody; it is passed on by it ("via"), which
only outlets do; it is credited in another way; it reports, which few but outlets do; it is credited by words that stand
before others as often ("provided to"); it says, as anybody may."""

OPENERS = frozenset(
    "A An As But And In When While For On At Via After Before If So Yet Since Although Though Yesterday".split()
)
"""What may stand before a name at the head of a sentence, in a capital."""
_POSSESSIVE = re.compile(r"['’]s?\s")
_OF = re.compile(r"\sof\s(?:the\s)?")
"""Where the name begins in "Clara Venning of the Daily X"."""
POSSESSIVE_END = re.compile(r"(?:['’]s?)$")
_FULL_NAME = re.compile(r"[A-Z][\w’'-]+\s(?:[A-Z]\.?\s)?[A-Z][\w’'-]+")
_OTHER_BODY = re.compile(r"\b(?:Show|Hall|List|Ministry|Department|Board|Awards?)$")
"""What a name ends in that begins like an outlet's and is none: "The Daily Show"."""
_WEEKDAY = re.compile(r"(?:^|\s)(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
_SITE = re.compile(r"^\w[\w-]*(?:\.[A-Za-z]+)+$")
_CAMEL = re.compile(r"^(?:[A-Z]?[a-z0-9]+[A-Z]\w*|\d\w*[A-Z]\w*)$")
_CAMEL_MEDIA = re.compile(
    r"(?:Week|Watch|News|Wire|Post|Times|Print|Today|Online|Insider|Feed|Report|Daily|Gate|Mag|World|Blog|Press|Media|TV|"
    r"Radio|Herald|Star|Tech|Guardian)(?![a-z])"
)
"""What the name of a site has in it and the name of a firm, written in one word as well, has seldom."""
_LETTERS = re.compile(r"^[A-Z]{2,5}$")
_STATION = re.compile(r"^[KW][A-Z]{2,3}-?(?:TV|FM)$")
_CALL_LETTERS = re.compile(r"^[KW][A-Z]{2,3}$")
"""American stations: "told KVRN"."""
_NOT_OUTLETS = frozenset(
    "ISIS ISIL IS US USA UN EU UK FBI CIA NSA NASA NATO CEO CDC TSA FAA FDA EPA DNA NYPD LAPD RCMP MP MPs PM UAE PKK "
    "YPG KRG FARC PGA NFL NBA NHL MLB FIFA UEFA GOP DOJ DEA ATF IRS SEC FCC NGO DUI DJ TV PR HIV GMT EST PST BST "
    "iPhone iPad iPod iOS iTunes iCloud eBay PayPal YPJ MTV3 WHO SSPCA SPCA RSPCA TMI OK LOL CARE CAGE SOHR HBO "
    "KPMG WIPO WWII WNBA KISS "
    "SpaceX JetBlue BlackBerry FedEx WestJet YouTube WikiLeaks OxyContin WWF WMO WTO WADA".split()
)
"""Short forms and brands that look like a site's name and seldom are one."""
_NO_NAME = frozenset(
    "the a an its his her their our this that one another some many local several other daily weekly sunday site press "
    "news media online state new national tv radio paper blog reporter website magazine agency network".split()
)
"""Words that stand before or for an outlet's name and are none."""
_REGIONS = frozenset("North South East West Northern Southern Eastern Western State".split())
_SURNAME = re.compile(r"^(?:Mc|Mac|Fitz|Le|De|La|Van|Di|Du|O['’])[A-Z]")
"""Surnames in which a capital stands, which a site's name may have as well."""
_NATIONAL = re.compile(
    r"^(?!Guardian$)(?:Dutch|French|\w+(?:ese|ish|ian|ean|can|aqi|eli|ani|emi|rman|reek|wiss|based))$"
)
"""Adjectives of nations: "a Lebanese newspaper" has no name."""
_BODY = re.compile(
    r"\b(?:Council|Bank|Group|Foundation|Cent(?:er|re)|Institute|University|College|School|Corporation|Corp|Inc|Ltd|LLC|"
    r"Pictures|Studios|Films|Square|Party|Company|Committee|Commission|Universal|Entertainment|Holdings|Philanthropies|"
    r"Records|Association|Society|Awards?|Prize|Study|Survey|Index|Hospital|Airport|Airlines|Bridge|Street|Avenue|"
    r"Board|Alliance|Agency|Office|Authority|Trust|Union|League|Club|Tour|Stadium|Museum|Stylebook|Secretary|Minister|"
    r"CEO|President|Chairman|Chief|Director|Manager)\b"
)
"""What makes another name of one that begins like an outlet's: "the Atlantic Council"."""
_AFTER_OUTLET_WORD = re.compile(
    r"^(?:\s(?:of|and|&|de)\s.+|\s\d+|-[A-Z]\w+|\s(?:Agency|Channel|Network|Online|Service|NOW|Now|Live|UK|US))?$"
)
"""What follows the telling word of a name: "Times of Ondresia", "News 12", but not "Press Secretary"."""
_ALSO_SURNAMES = re.compile(r"\b(?:Star|Press|Standard|Register|Review|Reporter|Independent|Today|Post|Mirror|Globe)$")
"""Telling words that end other names too, so that "said" is not enough."""
_FIRST_WORD = re.compile(r"^(?:Daily|Radio|TV|Sunday)\s")
_HEAD = re.compile(r"(?:[.!?:;][”\"’)]*\s+|\n\s*|[“\"‘(]\s*)$")
_BEFORE_HEAD = 6
"""Code points in which the end of the sentence before is looked for."""
_PEOPLE = re.compile(
    r"\b(?P<first>[A-Z][a-z]+|[A-Z]\.)\s(?P<last>Bloomberg|Dawn|Breitbart|Drudge|Forbes|Fox|Spiegel|Sky|Slate)\b|"
    r"\b(?P<given>Dawn|Sky)\s(?!News|Sports|TV)[A-Z][a-z]"
)
"""Where a name that an outlet has as well is a person's in this text."""


def people_of(text: str) -> frozenset[str]:
    """Names of outlets that are a person's in this text: "Forbes" where there is a "Clara Forbes"."""
    return frozenset(
        (match["last"] or match["given"]).casefold()
        for match in _PEOPLE.finditer(text)
        if match["first"] is None or match["first"] not in OPENERS | {"The"}
    )


def outlet_in(text: str, start: int, whole: str, introduced: bool, how: How, people: frozenset[str]) -> Span | None:
    """Where an outlet's name stands in capitalised words, ``whole`` at ``start``: their longest beginning that is one.

    ``introduced``: the text calls it an outlet ("the newspaper ..."). ``how``: what cites it. ``people``: see
    ``people_of``. None when no beginning is an outlet's.
    """
    whole = _WEEKDAY.sub("", whole)
    if (of := _OF.search(whole)) is not None and not _has_known(whole, of.end()) and not _is_one(whole[: of.start()]):
        tail = whole[of.end() :]
        if _is_one(tail) and needs(tail) is None:
            start, whole = start + of.end(), tail  # "Clara Venning of the Daily X"
    owner = _POSSESSIVE.search(whole)
    if owner is not None and not _has_known(whole, owner.end()) and _may_own(whole[: owner.start()]):
        introduced = introduced or _has_staff(text, start, whole, owner)
        whole = whole[: owner.start()]  # "Reuters's Clara Venning", but not "People's Daily"
    one, _, other = whole.partition(" and ")
    if other and known(whole) is None and (known(one) or (_is_named(one) and _is_named(other) and " " in other)):
        whole = one
    words = [m.end() for m in re.finditer(r"\S+", whole)]
    for stop in reversed(words):
        name = POSSESSIVE_END.sub("", whole[:stop])
        rest = whole[stop:]
        if not name:
            continue
        outlet = known(name)
        if outlet is None:
            is_one = not rest and _is_unlisted(text, start, name, introduced, how)
        elif _bare(name) in _NOT_OUTLETS or outlet.kind == "social" or _BODY.search(rest):
            is_one = False
        else:
            is_one = (introduced and not rest) or _is_meant(text, start, name, rest, how, people)
        if is_one:
            return start, start + len(name)
    return None


def surely_outlet(name: str) -> bool:
    """Whether all of a name is that of an outlet of the table, which is no word, person's name or short form too."""
    outlet = known(name)
    return outlet is not None and outlet.kind != "social" and needs(name) is None and _bare(name) not in _NOT_OUTLETS


def _has_staff(text: str, start: int, whole: str, owner: re.Match[str]) -> bool:
    """Whether what follows a possessive is somebody's full name: "Esquire's Clara Venning", "KVRN's Clara Venning"."""
    name, rest = whole[: owner.start()], whole[owner.end() :]
    return (
        (known(name) is not None or _CALL_LETTERS.match(name) is not None)
        and _FULL_NAME.fullmatch(rest) is not None
        and not _BODY.search(rest)
        and (needs(name) is None or not _has_article(text, start, name))
    )


def _may_own(name: str) -> bool:
    """Whether a reporter may be this name's: "KVRN's Clara Venning"."""
    return _is_one(name) or _CALL_LETTERS.match(name) is not None or _SITE.match(name) is not None


def _has_known(whole: str, least: int) -> bool:
    """Whether a beginning of a name that is longer than ``least`` is in the table."""
    return any(m.end() > least and known(whole[: m.end()]) is not None for m in re.finditer(r"\S+", whole))


def _is_one(name: str) -> bool:
    return known(name) is not None or _is_named(name)


def _is_meant(text: str, start: int, name: str, rest: str, how: How, people: frozenset[str]) -> bool:
    """Whether a name of the table, which may be a common word or a person's name as well, is the outlet's here."""
    match needs(name):
        case "article":
            return how != "loosely" and (
                not rest and _has_article(text, start, name) and not (how == "says" and _NATIONAL.search(_bare(name)))
            )
        case "word":
            if rest or text[start + len(name) : start + len(name) + 2] in ("'s", "’s"):
                return False  # "according to today's figures", in a title's capitals
            if _has_article(text, start, name) or _bare(name).casefold() in people:
                return False
            return name.isupper() or not (how == "says" or (how == "reports" and _at_head(text, start)))
        case "person":
            return (not rest or rest.strip().isdigit()) and _bare(name).casefold() not in people
        case "letters":
            return how != "says" and not _has_article(text, start, name)
        case None:
            return True


def _is_unlisted(text: str, start: int, name: str, introduced: bool, how: How) -> bool:
    """Whether a name that is not in the table is an outlet's, by its words and by what cites it."""
    if _bare(name) in _NOT_OUTLETS or _OTHER_BODY.search(name):
        return False
    words = name.split()
    if not words or words[0] in OPENERS:
        return False
    if not (_FIRST_WORD.match(name) and len(words) > 1 and _has_article(text, start, name)) and all(
        w.casefold() in _NO_NAME or _NATIONAL.search(w) or w in _REGIONS for w in words
    ):
        return False
    if introduced:
        return True
    if _STATION.match(name):
        return True
    if _is_named(name):
        named = " " in _bare(name) and not (how == "says" and _ALSO_SURNAMES.search(name))
        return named or _has_article(text, start, name)
    if how == "says" or _SURNAME.match(name) or name.isdigit():
        return False
    if _SITE.match(name):
        return True
    if _LETTERS.match(name):
        return how == "passed" or (how == "told" and _CALL_LETTERS.match(name) is not None)
    return _CAMEL.match(name) is not None and (
        how in ("told", "credited", "passed") or _CAMEL_MEDIA.search(name) is not None
    )


def _is_named(name: str) -> bool:
    """Whether a name is an outlet's by its words: "Marrenport Times", "Daily Bugle", not "Press Secretary"."""
    if not is_outlet(name[:1].upper() + name[1:]):  # "al-Marun TV"
        return False
    *_, last = [m.end() for m in OUTLET_WORDS.finditer(name)] or [len(name)]
    return _FIRST_WORD.match(_bare(name)) is not None or _AFTER_OUTLET_WORD.match(name[last:]) is not None


def _bare(name: str) -> str:
    return name[4:] if name[:4] in ("The ", "the ") else name


def _has_article(text: str, start: int, name: str) -> bool:
    """Whether "the" stands before a name, or in its place whose it is: "Ondresia's Sun"."""
    if name.startswith("The ") or _POSSESSIVE.search(name):
        return True
    return re.search(r"\bthe\s$", text[max(0, start - 5) : start], re.IGNORECASE) is not None


def _at_head(text: str, start: int) -> bool:
    """Whether a word has its capital from the beginning of a sentence."""
    return start == 0 or _HEAD.search(text, max(0, start - _BEFORE_HEAD), start) is not None
