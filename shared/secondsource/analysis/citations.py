"""Outlets that an article credits with what it reports: "told the Daily X", "according to Agency Y", "Z reports".

Patterns over the text, beside the attributions: a credit often stands where nobody is said to say anything ("via the
Daily X", "Source: Agency Y", "first published by Z").
"""

import re
from collections.abc import Iterator
from typing import Literal

from secondsource.analysis.outlet_names import OPENERS, POSSESSIVE_END, How, outlet_in, people_of, surely_outlet
from secondsource.analysis.outlets import known
from secondsource.analysis.quotes import quotes
from secondsource.model import Citation, Span
from secondsource.text.sentences import sentences

OutletForm = Literal["told", "credited", "reports"]
Form = Literal[OutletForm, "own"]

# Words and runs of words are bounded, so that time is linear whatever the text: no name has a word of more letters.
_SITE = r"[a-z0-9][\w-]{1,39}+\.(?:com|org|net|info|website|fr|de|tv|co\.uk|com\.au)(?!\w|\.\w)"
"""A site's address in small letters: "according to lanternway.com"."""
_DOMAIN = (
    r"(?:\.(?:com|org|net|info|co|tv|ca|ie|in|fr|de|ru|it|es|eu|uk|au|nz|za|ng|pk|ae|br|tr|me|us|website|Com|Org|Net|Fr|De|Ru|Uk)"
    r"(?:\.(?:uk|au|nz|za|in|br|tr|jp|il|ng|pk))?(?!\w))?"
)
_WORD = (
    rf"(?:[A-Z](?:\.[A-Z]){{1,3}}+\.?(?!\w)|(?:(?:[ae][lnrs]-)?[A-Z0-9]|[a-z]{{1,2}}[A-Z])[\w&+’'/-]{{0,39}}+(?!\w){_DOMAIN}|"
    rf"{_SITE})"
)
_LINK = (
    r"(?:of(?:[^\S\n]the)?|and|de(?:[^\S\n](?:la|las|los))?|della|la|las|los|&|(?<=\d[^\S\n])to(?=[^\S\n]\d))[^\S\n]"
)
_NAME = rf"{_WORD}(?:[^\S\n](?:{_LINK}|(?!The\b)){_WORD}){{0,5}}!?"
MEDIA = (
    r"(?:newspapers?|tabloid|daily|magazine|broadcaster|channel|(?:news|web|gossip|blog)\s?site|website|blog|"
    r"(?:news|press|wire|state|official)\s?(?:agency|service|wire)|"
    r"(?:news|radio|television|TV|cable)\s(?:network|station|outlet|service)|publication|paper|broadsheet|portal|"
    r"(?:local|state)\smedia(?:\soutlet)?|"
    r"(?:(?<=(?:nch|ese|ish|ian|can|man)\s)|(?<=based\s))site|site(?=\s(?:called|named|dubbed)\s))"
)
"""What a text calls an outlet."""
_BEFORE = (
    r"(?:both\s+)?(?:(?:the|a|an|its|their|our)\s+)?(?:(?:[\w’'-]+\s+){0,3}?(?P<media>" + MEDIA + r")[^\S\n]+"
    r"(?:(?:called|named|dubbed)\s+)?)?"
    r"(?:(?:reporters?|correspondents?|journalists?)\s(?:from|for|of|with|at)\s(?:the\s)?)?"
)
_SPEAKER = r"(?:he|she|they|(?-i:[A-Z])[\w’'-]{0,39}(?:\s(?-i:[A-Z])[\w’'-]{0,39}){0,2})"
_PAST = (
    r"told|tells?|telling|(?:spoken?|speaking)\s(?:to|with|on)|talk(?:ed|ing)\s(?:to|with)|"
    r"interview(?:ed)?\s(?:with|by|to|for|on|in)|(?:confirmed|confirms)\s(?:(?!to\b)[\w’'-]+\s){0,5}?(?:to|with)|"
    r"(?:stated|statements?|remarks|comments|letters?)\sto|"
    rf"e-?mail(?:ed)?\sto|said\s(?:to|on)|(?:said|says)\s{_SPEAKER}\sto|"
    r"appear(?:ed|ing)\son|revealed\sto|admitted\sto|explained\sto|(?:wrote|writes|writing)\s(?:in|for|to)"
)
_DAY = r"(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = (
    rf"(?:{_DAY}|today|yesterday|(?:this|last)\sweek|"
    r"(?:on\s)?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2})"
)
_BY = (
    r"according\sto|(?:as\s)?(?:first\s|originally\s|previously\s)?(?:reported|published|revealed|broken|posted|"
    r"obtained|noted|quoted|described|confirmed|spotted|seen|picked\sup|uncovered|profiled)\s"
    rf"(?:{_DATE}\s)?(?:by|in|on)|originat(?:ed|es)\s(?:with|on|at|in|from)|"
    r"(?:named|identified|unmasked|exposed)\s(?:as|to\sbe)\s[^.;:\n]{1,60}?\sby|"
    r"(?:first\sbroadcast|named)\s(?:this\s(?:morning|week)\s|today\s)?by|"
    r"read\s(?:more|the\s(?:whole|full|entire)\s(?:story|article|report|interview))\s(?:at|on|in)|"
    r"(?:provided|released|leaked?|given|supplied|handed|shown)\s(?:(?:it|the|that|this|a|an|its)\s(?:\w+\s){1,2}?)?to|"
    r"(?:reports|(?:media|news)\s(?:outlets|sources|sites)|newspapers|publications),?\sincluding|"
    rf"(?:discovered|unearthed|detailed|highlighted|aired|broadcast|done|compiled|conducted|carried\sout)\s(?:{_DATE}\s)?by|"
    r"(?:reporter|correspondent|writer|editor|columnist|blogger|journalist)\s(?:for|at|of|with|from)|"
    r"issue\sof|profile\s(?:by|from|in|published\s(?:in|by|over\sat))|"
    rf"reports?\s(?:{_DATE}\s)?(?:by|from|in|on)|(?:story|article|piece|post|scoops?|interview|account|video|footage)\s(?:by|from|in|on|for)|"
    r"(?:poll|projections?|analysis|tally|survey)\sby|"
    r"citing|cites|cited|quoting|quotes|via|per|h/t|hat\stip(?:\sto)?|source:|credit:|courtesy\sof|thanks\sto|"
    r"(?<=[,”\"’]\s)(?:reports?|reported|writes|wrote)"
)
_SAYS = (
    r"(?:(?:is(?=\s\w+ing)|has|have|had|both|all|also|first|then|earlier|later|further|now|today|yesterday|[a-z]{2,15}ly)\s){0,4}"
    r"(?:reports?|reported|reporting|quotes|quoted|quoting|cites|cited|citing|claims|claimed|claiming|says|said|writes|"
    r"wrote|notes|noted|reveals|revealed|learned|learnt|broke|obtained|published|spoke|confirms|confirmed|adds|added|"
    r"tells|suggests|suggested|identified|interviewed|profiled|has\sthe\sscoop|understands|ran|carried|observed|estimated|estimates|"
    r"describes?|described|states|stated|points\sout|pointed\sout)\b"
)
_ONLY_SAYS = re.compile(
    r"(?:claims|claimed|claiming|says|said|writes|wrote|notes|noted|adds|added|tells|spoke|ran|carried|observed|"
    r"estimated|estimates|describes?|described|states|stated|points\sout|pointed\sout)$"
)
_WHO_TOLD = re.compile(rf"\b(?i:{_PAST})\s+{_BEFORE}(?P<name>{_NAME})")
_CREDITED = re.compile(rf"(?<!\w)(?i:{_BY})\s+{_BEFORE}(?P<name>{_NAME})")
_REPORTS = re.compile(
    rf"(?:\b(?P<media>{MEDIA})(?P<apart>,)?\s+(?:(?:called|named|dubbed)\s+)?)?\b(?P<name>{_NAME})(?:['’]s?)?"
    rf"(?P<called>,\san?\s[^,.;\n]{{0,40}}?\b{MEDIA}\b[^,.;\n]{{0,40}},)?"
    r"(?:,\s(?:however|meanwhile|on\sthe\sother\shand|for\sits\spart|too),)?"
    rf"(?:[^\S\n]+(?:(?P<staff>reporter|correspondent)(?:\sin)?(?:\s{_WORD}){{0,3}}|"
    rf"(?P<noun>newspaper|magazine|news\sagency|television|channel|TV)(?!\s[A-Z])))?"
    rf"(?:\s+(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?[,)]?\s+{_SAYS}"
)
_PIECE = re.compile(
    rf"\b(?i:in|from|for)\s(?:his|her|their|an?|the|this|one)\s(?:[a-z]{{2,15}}\s)?(?P<name>{_NAME})\s"
    r"(?:piece|article|story|post|column|profile|essay|interview|report|scoop|exclusive)\b"
)
_FIRST = re.compile(
    rf"\b(?P<name>{_NAME})(?:(?P<which>,\swhich\sfirst\s(?:reported\son|(?:reported|broke)\sthe\s"
    r"(?:news|story|rumou?rs?|leak|scoop|sale|claims?|allegations?))\b)|"
    r"(?:,\s(?:which|who)|\swas\sthe)?\s(?:first|originally)\s(?:to\s)?(?:report(?:ed)?|publish(?:ed)?|broke|break)\b)"
)
_STARTED = re.compile(
    r"(?<!\w)(?i:the\s(?:fake\s|false\s|original\s)?(?:rumou?rs?|story|reports?|claims?|hoax)"
    r"(?:\s(?:seems?|appears?|apparently|reportedly|originally|first|has|have|had|was|were|to|be|been|all)){0,5}"
    r"\s(?:(?:began|begun|started|originated)\s(?:with|by)|(?:comes?|came)\sfrom))\s+"
    rf"{_BEFORE}(?P<name>{_NAME})(?=[.,;:!?)\n]|\s*$)"
)
_BRACKETED = re.compile(
    rf"(?<=[.!?…”\"’])[^\S\n]?(?:\[(?i:via\s|h/t:?\s|source:\s|from\s)?|\((?i:via\s|h/t:?\s|source:\s))"
    rf"(?:the\s)?(?P<name>{_NAME})[\])](?=\s*(?:\n|$))"
)
"""What a paragraph ends in: "... by May. [WSJ]"; in round brackets stands whose picture it is as often."""
_STILL_REPORTS = re.compile(r"\bis\s(?:\w+\s)?reporting\sthat$|\bhas\slearn(?:ed|t)\sthat$")
"""What only an outlet does, so that its name, if it is a common word too, is meant."""
_THAT = len(" that")
_OWN = re.compile(
    r"\b(?:told|confirmed to)\s(?:us|this (?:newspaper|reporter|website|site|paper|publication|blog))\b|"
    r"\b[Ww]e(?:['’]ve| have)? (?:learned|learnt|obtained|can (?:reveal|confirm))\b(?!\s(?:to|how)\b)|"
    r"\b[Oo]ur (?:source|tipster|reporter|correspondent)s?\b(?!\s(?:of|code)\b)"
)
_PATTERNS: tuple[tuple[re.Pattern[str], OutletForm], ...] = (
    (_WHO_TOLD, "told"),
    (_CREDITED, "credited"),
    (_PIECE, "credited"),
    (_FIRST, "reports"),
    (_REPORTS, "reports"),
    (_STARTED, "credited"),
    (_BRACKETED, "credited"),
)
_OF_OUTLETS_ALONE = frozenset({_STARTED, _BRACKETED})
"""What is said of others as often, so that the text must call it an outlet, or the whole name be in the table and be no
word or person's name too."""
_HOW: tuple[tuple[How, re.Pattern[str]], ...] = (
    ("according", re.compile(r"according\s", re.IGNORECASE)),
    (
        "loosely",
        re.compile(
            r"(?:provided|released|leaked?|given|supplied|handed|shown|discovered|unearthed|detailed|highlighted|done|"
            r"compiled|conducted|carried\sout|wr(?:ote|ites|iting)\sto)\b",
            re.IGNORECASE,
        ),
    ),
    ("passed", re.compile(r"(?:via|h/t|hat\stip|source:|credit:|courtesy\s)", re.IGNORECASE)),
)
"""Ways of crediting: anybody may be who it is ``according`` to, some words stand before others as often, and only
outlets pass a thing on."""
_AND_BEFORE = re.compile(rf"\b(?P<name>{_NAME}),?\s(?:and|or|&)\s(?:the\s)?$")
_LISTED_BEFORE = re.compile(rf"\b(?P<name>{_NAME}),\s(?:the\s)?$")
_LISTED_AFTER = re.compile(rf"(?:,?\s(?P<last>and|or|&)|,)\s(?:by\s|to\s)?(?:the\s)?(?P<name>{_NAME})")
_JOINED_WITHIN = 120
"""Code points in which a second outlet is looked for: "the Daily X and the Y Times reported"."""
_MOST_JOINED = 4
_WITH = re.compile(
    r"^(?:The\s)?(?:(?:[A-Z]\w{0,39}\s){0,2}[A-Z]\w{0,39}-based|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day['’]s)\s"
)
"""What stands before a name and is no part of it: "Monday's Daily X", "the Marrenport-based Daily X"."""
_WHOSE = re.compile(r"(?:(?!and\s)[\w.-]{1,40}+\s){0,2}[\w.-]{1,40}['’]s\s")
"""The same, which says whose it is: "the UK's Daily X"; nothing of another outlet before an "and"."""
_ITS_NOUN = re.compile(r"\s(?:magazine|newspaper|radio|television|news)\b", re.IGNORECASE)
"""A word that may be part of an outlet's name though it is not capitalised."""
_MOST = 60
"""Credits kept an article: more are a page of links."""


def citations(text: str) -> tuple[Citation, ...]:
    """The outlets credited in a text, in order, each with the words that name it and the sentence around it.

    ``form``: ``told`` (somebody spoke to it), ``credited`` (it is where this comes from), ``reports`` (it says so), or
    ``own``, where the article's newsroom says that somebody told it. Offsets are code points of ``text``; no two
    citations share words, and at most 60 are kept.
    """
    people = people_of(text)
    taken = bytearray(len(text))
    found: list[tuple[Span, Form]] = []
    for span, form in _candidates(text, people):
        if not any(taken[slice(*span)]):
            taken[slice(*span)] = b"\1" * (span[1] - span[0])
            found.append((span, form))
    kept = sorted(found)[:_MOST]
    around = sentences(text) if kept else []
    return tuple(
        Citation(
            outlet="" if form == "own" else text[slice(*span)],
            span=span,
            sentence=_sentence(text, span, around),
            form=form,
        )
        for span, form in kept
    )


def _candidates(text: str, people: frozenset[str]) -> Iterator[tuple[Span, Form]]:
    """All credits, those of one form after those of another; where two share words, the first is the better one."""
    for pattern, form in _PATTERNS:
        for match in pattern.finditer(text):
            span = _name(text, match, form, people)
            if span is not None:
                yield span, form
                yield from ((joined, form) for joined in _joined(text, span, form, people))
    quoted = iter(quotes(text))
    quote = next(quoted, None)
    for match in _OWN.finditer(text):
        while quote is not None and quote.end <= match.start():
            quote = next(quoted, None)
        if quote is None or match.start() < quote.start:  # in a quotation "us" are those who speak
            yield match.span(), "own"


def _joined(text: str, span: Span, form: OutletForm, people: frozenset[str]) -> Iterator[Span]:
    """The outlets before and after one that stand in the same place: "told Agency Y and the Daily X"."""
    listed = False
    end = span[1]
    for _ in range(_MOST_JOINED):
        near = _LISTED_AFTER.match(text, end, min(len(text), end + _JOINED_WITHIN))
        found = near and outlet_in(text, near.start("name"), near["name"], False, "says", people)
        if near is None or found is None:
            break
        yield _bare(text, found)
        end, listed = found[1], listed or near["last"] is not None
    start = span[0]
    for _ in range(_MOST_JOINED if form == "reports" else 0):
        link = _LISTED_BEFORE if listed else _AND_BEFORE
        near = link.search(text, max(0, start - _JOINED_WITHIN), start)
        found = near and outlet_in(text, near.start("name"), near["name"], False, "says", people)
        if near is None or found is None or found[1] != near.end("name"):
            break
        yield _bare(text, found)
        start, listed = found[0], True


def _name(text: str, match: re.Match[str], form: OutletForm, people: frozenset[str]) -> Span | None:
    """Where the outlet's name stands in a match: the longest beginning of it that is one; None when none is."""
    start, end = match.span("name")
    groups = match.groupdict()
    introduced = any(groups.get(name) for name in ("media", "staff", "noun", "called", "which"))
    if groups.get("apart") and text[end : end + 1] != ",":
        introduced = False  # "according to the newspaper, Venning said"
    whole = text[start:end]
    if (opener := whole.split()[0]) in OPENERS and len(whole.split()) > 1 and known(whole) is None:
        start += len(whole) - len(whole[len(opener) :].lstrip())
        whole = text[start:end]
    how: How = next((how for how, words in _HOW if words.match(match[0])), form)
    if match.re is _PIECE:
        how = "loosely"
    if form == "reports" and _ONLY_SAYS.search(match[0]):
        how = "says"
    if (before := _WITH.match(whole)) is not None:
        start, whole = start + before.end(), whole[before.end() :]
    if (noun := _ITS_NOUN.match(text, start + len(whole))) is not None and known(whole + noun[0]) != known(whole):
        whole += noun[0]  # "New York magazine", which is another one than the town
    if form == "reports" and known(whole) is not None and whole.casefold() not in people:
        introduced = introduced or _STILL_REPORTS.search(text, match.start(), match.end() + _THAT) is not None
    if match.re in _OF_OUTLETS_ALONE:
        whole = POSSESSIVE_END.sub("", whole)
        return _bare(text, (start, start + len(whole))) if introduced or surely_outlet(whole) else None
    found = outlet_in(text, start, whole, introduced, how, people)
    return None if found is None else _bare(text, found)


def _bare(text: str, span: Span) -> Span:
    """An outlet's name without whose it is: "Ondresia's Sun", but not "People's Daily"."""
    name = text[slice(*span)]
    whose = _WHOSE.match(name)
    if whose is None or known(name) is None or known(name[whose.end() :]) != known(name):
        return span
    return span[0] + whose.end(), span[1]


def _sentence(text: str, span: Span, around: list[Span]) -> Span:
    """The sentence that holds a span, by ``around``; where none does, its line."""
    held = next(((start, end) for start, end in around if start <= span[0] and span[1] <= end), None)
    if held is not None:
        return held
    start = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    line = text[start : end if end >= 0 else len(text)]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())
