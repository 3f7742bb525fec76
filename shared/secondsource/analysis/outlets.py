"""Outlets by name: newspapers, broadcasters, sites and news agencies, under one key however an article calls them.

The table (data/outlets.tsv) was written for this project from general knowledge. It only resolves names: an outlet
that is not in it is found by the words of its name or by how an article cites it, and is then its own key.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from secondsource.analysis.peoples import is_kind_of_people

OutletKind = Literal["wire", "outlet", "social"]
Need = Literal["article", "word", "person", "letters"]
"""Why a name of the table says less than others: see ``needs``."""

_POSSESSIVE = re.compile(r"['’]s?$")
_NATION = re.compile(r"^.*\w['’]s\s+(?=\S)")
"""What stands before the name in "Lebanon's MTV"."""
_WHEN = re.compile(
    r"\s+(?:on\s+)?(?:(?:late|early)\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|"
    r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October)\b.*$"
)
_GENERIC = re.compile(
    r"\s+(?:newspaper|magazine|website|web site|news site|site|news agency|agency|television|tv|channel|network|"
    r"radio|news)$",
    re.IGNORECASE,
)
_NATIONAL = re.compile(r"^(?:Dutch|French|\w+(?:ese|ish|ian|ean|can|aqi|eli|ani|emi|rman|based))$")
"""What stands before the name in "Lebanese As-Safir"."""
_DOMAIN = re.compile(
    r"\.(?:com|org|net|info|co\.uk|com\.au|ie|in|ca|co|tv|me|us|eu|fr|de|it|es|ru|nl|se|no|ch|be|pl)$", re.IGNORECASE
)
_MEDIA_NOUN = re.compile(
    r"(?:^|\s)(?:media|press|reports?|outlets?|news|newspapers?|sources?|organi[sz]ations?|agenc(?:y|ies)|websites?|sites?|"
    r"publications?|papers?|television|tv|channels?|magazines?|tabloids?|broadcasters?|stations?|networks?|blogs?|account)$",
    re.IGNORECASE,
)
_SOME_MEDIA = re.compile(
    r"(?:[a-z][\w’'-]*\s){0,4}(?:media|press|outlets|newspapers|papers|sites|websites|blogs|reports|tabloids|channels|"
    r"stations|agencies|publications)\b(?!\.)"
)
"""What begins in small letters with several: "news outlets in Marrenport"."""
_WHERE = re.compile(r"-(?:based|language|speaking|owned|run|backed)$")
_NO_NAME = frozenset(
    "a an the its his her their our this that one two three four several some many various other others another few "
    "local regional national international state official social foreign western european u.s. us uk opposition news "
    "latest early recent online north south east west northern southern eastern western central".split()
)
"""What stands before the noun of media that are not named, in a capital at the head of a sentence."""
_MARKS = re.compile(r"[^\w&+/ ]+")
_NEEDS: dict[str, Need] = {
    **dict.fromkeys(
        "advocate age athletic atlantic australian beaverton blaze conversation cut economist enquirer examiner "
        "express guardian herald hill hindu independent information intercept journal local mail mirror nation "
        "observer onion punch register root scotsman spectator spoof sun telegraph times verge wire wrap".split(),
        "article",
    ),
    "national report": "article",
    **dict.fromkeys(
        "blic dawn deadline esquire fortune metro people quartz radar salon sky slate time today vanguard variety "
        "vice wired reforma liberation zaman vulture motherboard nature petra billboard sputnik semana playboy "
        "marca".split(),
        "word",
    ),
    **dict.fromkeys("bloomberg breitbart drudge forbes fox spiegel".split(), "person"),
    **dict.fromkeys(
        "aap ajc ani anp apa bgr cen cna cp et ew ign ips isna mena mti nos nrc pa pti rbc sbs si spa tnw toi tpm wafa "
        "wam wnd".split(),
        "letters",
    ),
}


def is_name(name: str) -> bool:
    """Whether this names one outlet, and not some, "British media", "the website", nor a platform: "Facebook"."""
    if (found := known(name)) is not None:
        return found.kind != "social"
    if _SOME_MEDIA.match(name):
        return False
    noun = _MEDIA_NOUN.search(name)
    if noun is None:
        return True
    rest = [_POSSESSIVE.sub("", word) for word in name[: noun.start()].split()]
    # "Al-Marun newspaper", "Lantern Way website", but not "State Media", "Korean media", "One Seoul-based website".
    return any(w != w.lower() and not _says_which(w) for w in rest)


def _says_which(word: str) -> bool:
    """Whether a word before "media" says which ones, and is no part of a name."""
    return (
        word.casefold() in _NO_NAME
        or _NATIONAL.search(word) is not None
        or _WHERE.search(word) is not None
        or is_kind_of_people(word)
    )


class Outlet(NamedTuple):
    """An outlet of the table."""

    name: str
    kind: OutletKind


@cache
def _table() -> dict[str, Outlet]:
    known: dict[str, Outlet] = {}
    lines = resources.files("secondsource.analysis").joinpath("data/outlets.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if not line or line.startswith("#"):
            continue
        name, kind, *others = line.split("\t")
        found = Outlet(name, _kind(kind))
        for called in (name, *(others[0].split("|") if others else ())):
            known.setdefault(_plain(called), found)
    return known


def _kind(value: str) -> OutletKind:
    if value == "wire":
        return "wire"
    return "social" if value == "social" else "outlet"


@lru_cache(maxsize=10_000)
def known(name: str) -> Outlet | None:
    """The outlet of the table that is called so, "the Daily Mail" and "MailOnline" alike; None when there is none."""
    table = _table()
    for tried in _readings(name):
        if (found := table.get(_plain(tried))) is not None:
            return found
    return None


def needs(name: str) -> Need | None:
    """What has to stand with a name that is not an outlet's alone; None where the name is enough.

    ``article``: "the Sun", for Sun is a surname; ``word``: "Time" is a common word, so that something must cite it and
    its capital must not be that of a sentence; ``person``: "Forbes", where the text knows nobody of that name;
    ``letters``: "PTI", which is a party as well.
    """
    table = _table()
    plain = (_plain(tried) for tried in _readings(name, (_POSSESSIVE, _WHEN, _NATION)))
    return _NEEDS.get(next((tried for tried in plain if tried in table), ""))


@lru_cache(maxsize=10_000)
def key(name: str) -> str:
    """What two names of one outlet have in common: the table's name for it, else the bare name, case folded."""
    found = known(name)
    if found is not None:
        return _plain(found.name)
    *_, shortest = _readings(name, (_POSSESSIVE, _WHEN, _DOMAIN))
    return _plain(shortest)


_THEN = re.compile(r"^(?:then|now|also|and|but|when|while|via|from)\s+(?=[A-Z])")
"""What a parse takes into a name: "then CNN"."""


def _readings(
    name: str, cuts: Sequence[re.Pattern[str]] = (_POSSESSIVE, _WHEN, _NATION, _GENERIC, _DOMAIN)
) -> list[str]:
    """The name as written, then with what is no part of it taken off, step by step."""
    tried = [_THEN.sub("", re.sub(r"\s+", " ", name).strip(" \"“”'’,.;:"))]
    for cut in cuts:
        if (shorter := cut.sub("", tried[-1]).strip()) and shorter != tried[-1]:
            tried.append(shorter)
    first, _, rest = tried[-1].partition(" ")
    if rest and _NATIONAL.search(first):
        tried.append(rest)
    return tried


def _plain(name: str) -> str:
    folded = _MARKS.sub("", name.casefold().replace("-", " ")).strip()
    return re.sub(r"\s+", " ", re.sub(r"^the\s+", "", folded))
