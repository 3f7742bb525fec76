"""What a story may rest on besides people: a picture, a post, a statement.

Of one claim there is one picture, one post, one statement, however it is called. Reports that have it from there seldom
say that it says so; they speak of it ("a photograph that was shared on social media shows").
"""

import re
from collections.abc import Mapping, Sequence

from secondsource.model import Evidence
from secondsource.text.terms import stems

KINDS: Mapping[str, str] = {"image": "a picture or video", "post": "posts online", "statement": "a statement"}
"""The kinds, each with what a reader calls it."""

_NAMED: Mapping[str, frozenset[str]] = {
    "image": frozenset(
        stems("photo photograph picture image video footage clip film recording screenshot tape broadcast")
    ),
    "statement": frozenset(
        stems("statement message communique announcement release declaration note letter memo memorandum")
    ),
    "post": frozenset(stems("post tweet update blog status thread account message")),
}

# Runs of text between two words are bounded, so that time is linear.
_IMAGE = r"(?:photo(?:graph)?s?|pictures?|images?|video(?:\s?tape)?s?|footage|clips?|recordings?|screenshots?|selfies?)"
_SHOWN = (
    r"(?:post(?:ed|ing)?|upload(?:ed|ing)?|shar(?:ed|ing)|circulat\w+|distribut\w+|viral|surfac\w+|emerg\w+|releas\w+|"
    r"publish\w+|tweet\w*|shows?|showed|showing|appear\w*\sto\sshow|purport\w*|claim\w*\sto\sshow|captured|filmed|aired|"
    r"broadcast|leaked|seen)"
)
_SOCIAL = r"Twitter|Facebook|Instagram|Reddit|Weibo|Tumblr|social\s(?:media|network\w*)"
_ONLINE = rf"(?:{_SOCIAL}|YouTube|Snapchat|Vine|Imgur|LiveLeak|internet|online|web)"
_SITE = rf"(?:{_SOCIAL}|(?:web)?sites?|forums?|blogs?|blogger)"
_SPREAD = (
    r"(?:rumou?rs?|speculation|reports?|claims?|claimed|news|post(?:s|ed|ing)?|announc\w+|accounts?|users?|tweets?|"
    r"tweeted|circulat\w+|viral|abuzz|ablaze|flooded|awash|spread\w*)"
)
_ABUZZ = (
    r"(?:rumou?rs?|speculation|reports?|claim(?:s|ed)?|post(?:s|ed)?|accounts?|users?|circulat\w+|abuzz|ablaze|flooded|"
    r"awash|wild|viral|linked|affiliated|associated)"
)
_STATEMENT = r"(?:statement|communiqu[eé]|message|press\srelease|announcement)"
_ISSUED = (
    r"(?:posted|released|published|issued|attributed|distributed|online|on\s(?:its|a|the)\swebsite|said|claimed|"
    r"circulat\w+|by)"
)
_MENTIONED: Mapping[str, re.Pattern[str]] = {
    "image": re.compile(
        rf"\b{_IMAGE}\b[^.]{{0,60}}?\b(?:{_SHOWN}|{_ONLINE})\b|\b(?:{_SHOWN}|{_ONLINE})\b[^.]{{0,40}}?\b{_IMAGE}\b",
        re.IGNORECASE,
    ),
    "post": re.compile(
        rf"\b{_SPREAD}\b[^.]{{0,60}}?\b{_SITE}\b|\b{_SITE}\b[^.]{{0,60}}?\b{_ABUZZ}\b|\btweet(?:s|ed)?\b", re.IGNORECASE
    ),
    "statement": re.compile(
        rf"\b{_STATEMENT}\b[^.]{{0,50}}?\b{_ISSUED}\b|"
        rf"\b(?:said|announced|released|issued|published|posted|according\sto)\b[^.]{{0,30}}?\b{_STATEMENT}\b",
        re.IGNORECASE,
    ),
}


def kind_of(name: str) -> str | None:
    """The kind of a document, picture or post by what it is called; None when it is of none of these kinds."""
    called = frozenset(stems(name))
    return next((kind for kind, words in _NAMED.items() if called & words), None)


def mentioned(sentences: Sequence[Evidence]) -> dict[str, Evidence]:
    """The kinds that some sentences speak of, as shown, posted or issued, each with the first of them that does."""
    found: dict[str, Evidence] = {}
    for sentence in sentences:
        for kind, pattern in _MENTIONED.items():
            if kind not in found and pattern.search(sentence.exact):
                found[kind] = sentence
    return found
