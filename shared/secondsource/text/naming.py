"""The form in which the names of people and groups are compared."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_THE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def without_article(name: str) -> str:
    """A name without "the" or "a" before it."""
    return _THE.sub("", name)


@lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """A name in the form that names are compared by: no article, no possessive, no punctuation, NFKC, one case."""
    text = re.sub(r"['’]s?$", "", without_article(unicodedata.normalize("NFKC", name).strip()))
    return re.sub(r"[^\w]+", " ", text).strip().casefold()


_SHORT_FOR = {
    short: frozenset(full.split())
    for short, full in (
        pair.split(": ")
        for pair in "abe: abraham|al: albert alan alfred|andy: andrew|ann: anne|ben: benjamin|"
        "cathy: catherine cathryn|charlie: charles|chuck: charles|dan: daniel|dave: david|deb: deborah|"
        "don: donald|ed: edward edmund edwin|frank: francis franklin|gabe: gabriel|harry: harold henry|"
        "jack: john|jamie: james|jen: jennifer|jerry: jerome|jim: james|jo: joanne joanna josephine|"
        "joe: joseph josef|jon: jonathan|kate: katherine kathryn katharine|"
        "kathy: katherine kathryn katharine|katie: katherine kathryn katharine|ken: kenneth|kim: kimberly|"
        "larry: lawrence laurence|leo: leonard|lou: louis louise|max: maximilian|meg: margaret|"
        "mick: michael|mickey: michael|mike: michael|mo: mohamed mohammed muhammad|nat: nathaniel|"
        "nate: nathan nathaniel|nick: nicholas nicolas|pam: pamela|pat: patrick patricia|ray: raymond|"
        "rick: richard|rob: robert|ron: ronald|sam: samuel samantha|steve: stephen steven|sue: susan|"
        "terry: terence|tim: timothy|tom: thomas|val: valerie|vic: victor|vicky: victoria|viv: vivian|"
        "will: william".split("|")
    )
}
"""Short forms of first names of fewer than four letters, and those that do not begin the full one; from general
knowledge."""
_LEAST_SHORT, _LEAST_SPELT = 4, 5
"""Letters from which a first name can be the beginning of another, and its spelling: four are too few to tell Mary from
Mark."""
SPELT_ALIKE = 0.72
"""Ratcliff-Obershelp ratio of two words of a name from which one is a spelling of the other: Yusuf, Yousef."""
_ENDINGS = re.compile(r"(?:a|e|la|le|na|ne|pa|ina|ine|elle|ette|n|s)")
"""What makes another name of one: Paula, Danielle, Pauline, Julian, Andreas."""
_SOUNDS = str.maketrans({"k": "c", "y": "i", "z": "s", "h": ""})


@lru_cache(maxsize=20_000)
def same_first_name(a: str, b: str) -> bool:
    """Whether two first names, in lower case, can be one person's, spelt otherwise or cut short.

    "sara" and "sarah", "mike" and "michael", "jenny" and "jennifer"; not "mario" and "maria", "paul" and "paula".
    """
    short, full = sorted((a, b), key=lambda name: (len(name), name))
    if _sound(short) == _sound(full):
        return True
    for one, other in ((short, full), (full, short)):
        stem = _without_ending(one)
        if any(other in _SHORT_FOR.get(known, ()) or _without_ending(other) == known for known in (one, stem)):
            return True
    if full.startswith(short):
        return len(short) >= _LEAST_SHORT and _ENDINGS.fullmatch(full.removeprefix(short)) is None
    if a[0] != b[0] or (a[-1] != b[-1] and {a[-1], b[-1]} & set("aeo")):
        return False
    near = SequenceMatcher(None, short, full, autojunk=False).ratio() >= SPELT_ALIKE
    return len(short) >= _LEAST_SPELT and near


def _sound(name: str) -> str:
    """A first name as it sounds, roughly: "erik" and "eric", "john" and "jon", "stephen" and "stefan" alike."""
    return re.sub(r"(.)\1+", r"\1", name.replace("ck", "k").replace("ph", "f").translate(_SOUNDS))


def _without_ending(name: str) -> str:
    """A first name without what makes it a pet name: "tommy" is "tom", "jenny" "jen"."""
    bare = re.sub(r"(?:y|ie)$", "", name)
    return bare[:-1] if len(bare) > 2 and bare[-1] == bare[-2] else bare
