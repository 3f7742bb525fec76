"""Words by which a text says that a source is not named, and why: "who asked not to be named because …".

They say nothing of the matter, and to a parser and a tagger they look like what is said: so they are found first, and
blanked out in what both of these see. Why somebody is not named also stands in a sentence of its own ("The officials
spoke on condition of anonymity because …"), and is the reason of the source that was heard just before.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from secondsource.analysis.draft import Range
from secondsource.analysis.quotes import quotes
from secondsource.language.parse import Parser

_KEPT = "withheld"
"""Where a document keeps its text as it was, and what was blanked out of it."""
_LEAD_REACH = 60
"""Code points before such words in which their clause begins: ", both of whom"."""
_SAID_REACH = 90
"""Code points before "on condition of anonymity" within which somebody says something."""
_SUBJECT = 70
"""Code points that the subject of a sentence that says nothing else may have."""
_LONGEST = 600
"""Code points that a sentence may have, at most, before such words."""

_NAMES = r"(?:his|her|their)\s(?:(?:full|own|real|last)\s)?(?:names?|identit(?:y|ies))"
_NAMED = (
    r"(?:named|identified|quoted(?:\sby\sname)?|"
    r"(?:(?:publicly|further)\s)?(?:named|identified)(?:\s(?:publicly|by\sname|further))?)"
)
_NOT_NAMED = (
    rf"(?:not\s(?:to\s)?(?:be\s)?{_NAMED}|"
    r"to\s(?:remain|stay|be|speak)\s(?:anonymous(?:ly)?|unnamed|unidentified)|"
    rf"(?:that\s)?(?:{_NAMES}|he|she|they)\s(?:would\s)?not\s(?:to\s)?be\s"
    rf"(?:{_NAMED}|used|published|disclosed|printed))"
)
_THEM = rf"(?:him|her(?!\s(?!because|as|since|for|to|out|citing|given|due)\w)|them|{_NAMES})"
_CONDITION = (
    r"(?:on|under)\s(?:the\s)?(?:strict\s)?condition\s(?:of\s(?:\w+\s)?anonymity|"
    rf"(?:that\s)?(?:he|she|they|{_NAMES})\s(?:(?:would|was|were|is|are)\s)?not\s(?:be\s)?(?:{_NAMED}|used|published))"
)
_PRESS = r"(?:press|media|journalis|reporter|public|the\srecord)"
_WISH = r"(?:ask|request|insist|prefer|want|wish|plead|choose)(?:s|ed|red|ing|ring)?|chose"
_BODY = rf"""
    (?:(?:also|both|all|each|then|only|first)\s)?
    (?:
        (?:(?:has|have|had|was|were|is|are)\s)?
        (?:{_WISH})\s(?:(?:for|on)\s(?:anonymity|confidentiality)|anonymity|(?:on\s)?{_NOT_NAMED})
      | (?:(?:has|have|had|was|were)\s)?(?:declin|refus)(?:e|es|ed|ing)\s
        (?:to\s(?:be\s{_NAMED}|(?:give|disclose|reveal|provide)\s{_NAMES}))
      | (?:did|does|do|would)(?:\snot|n['’]t)\s(?:(?:want|wish|like|agree|care)\s)?(?:to\s)?
        (?:be\s{_NAMED}|(?:give|disclose|reveal|provide)\s{_NAMES}
        |(?:have\s)?{_NAMES}\s(?:to\sbe\s)?(?:used|published|printed|known))
      | (?:(?:was|were|is|are)(?:\snot|n['’]t)|(?<=of\swhom\s)(?:was|were|is|are))\s
        (?:authori[sz]ed|(?:allowed|permitted|cleared)(?=\sto\s\w+[^.,;:\n]{{0,60}}\b{_PRESS}))\sto\s
        (?:speak|comment|talk|discuss|brief|be\s{_NAMED})(?!\s(?:for|on\sbehalf)\b)(?P<rest>[^.,;:()"“”\n]{{0,80}})
      | (?:was|were|is|are|has\sbeen|have\sbeen|had\sbeen)\s(?:granted|given|promised)\sanonymity
      | (?:(?:has|have|had|was|were)\s)?(?:spoke|speaks?|spoken|speaking|talked|talking|agreed\sto\s(?:speak|talk))\s
        (?:only\s)?(?:{_CONDITION}|anonymously|without\sbeing\s{_NAMED})
      | (?:(?:has|have|had|was|were)\s)?(?:{_WISH}|agreed)\sto\sbe\s
        (?:called|(?:identified|known|referred\sto|quoted)\s(?:only\s|just\s)?as)\s
        (?:only\s|just\s)?(?P<called>(?-i:[A-Z][\w’'-]+))(?!\s(?-i:[A-Z]))
      | whose\s(?:real\s)?(?:names?\s)(?:(?:is|are|has|have)\s)(?:being\s|been\s)?(?:changed|withheld)
    )
"""
_WITHHELD = re.compile(
    rf"\b(?:(?P<body>{_BODY})|(?P<adjunct>{_CONDITION}|without\sgiving\s{_NAMES}))(?!\w)(?!\sas\s(?:an?|one|the)\b)"
    r"(?:\s(?:in|for)\sthis\s(?:article|story|report|piece))?",
    re.IGNORECASE | re.VERBOSE,
)
_BY_OUTLET = re.compile(
    rf"""
    (?:^|(?<=[.!?]\s)|(?<=[.!?]["”]\s))(?P<subject>[^.,;:!?"“”\n]{{1,{_SUBJECT}}}?)\s
    (?:(?:is|are)\snot\s(?:naming|identifying|publishing|using|giving)\s{_THEM}
      | (?:(?:has|have)\s)?agreed\snot\sto\s(?:name|identify|publish|use)\s{_THEM}
      | (?:(?:has|have)\s)?granted\s(?:him|her|them)\sanonymity
      | (?:is|are|has|have)\s(?:withheld|withholding)\s{_NAMES}
      | (?<=name\s)(?:has|is)\s(?:been\s|being\s)?(?:changed|withheld)
      | (?<=names\s)(?:have|are)\s(?:been\s|being\s)?(?:changed|withheld))
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
"""What an outlet says of itself: "The Courier is not naming him because …", "Her name has been changed"."""
_WHOM = re.compile(r"\b(him|her|them|his|their)\b", re.IGNORECASE)
_REASON = re.compile(
    r"""
    [\s,]*(?P<reason>
        (?:because|as(?!\s(?:an?|well)\b)|since|out\ of|for\ fear|amid\ fears?|fearing|citing|given
        |due\ to|owing\ to|(?:while\ )?(?:discussing|describing)
        |(?:in\ order\ |so\ as\ )?(?:not\ )?to\ (?:discuss|describe|protect|avoid|speak|talk|share|disclose|reveal)
        |for\ (?:his|her|their|(?:\w+\ and\ )?\w+\ reasons))\b
        (?:(?!\ (?:and|but)\ who\b)[^.,;\n”"()–—]){0,200})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_GOES_ON = re.compile(
    r"\s(?<!\bwas\s)(?<!\bwere\s)(?<!\bbeen\s)(?<!\bbe\s)(?<!\bnot\s)(?<!\bhad\s)(?<!\bhas\s)(?<!\bhave\s)(?<!\bto\s)"
    r"(?:said|says|told|tells|added|adds|described|recalled|claimed|confirmed|explained|wrote|warned|insisted|called)\b",
    re.IGNORECASE,
)
"""Where, behind "a witness who did not want to be named", what the witness says begins."""
_LEAD = re.compile(
    r"(?P<open>\s?[,–—(]\s?|\s--?\s)?"
    r"(?P<who>\b(?:who|(?:both|all|some|one|none|neither|most|each)\sof\swhom)\s(?:(?:also|has|had|have)\s)?"
    r"|\b(?:and|but)\s(?:who\s|both\s|also\s)?)?$",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:who|\w+\sof\swhom)\s$", re.IGNORECASE)
_AND_WHO = re.compile(r"\s(?:and|but)(?=\swho\b)", re.IGNORECASE)
_SPEAKING = re.compile(
    r"\b(?:said|says|saying|told|tells|telling|spoke|speaks?|speaking|spoken|talked|talking|interview\w*|added|"
    r"confirmed)\b[^.!?\n]*$",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"\s?(?:[,–—)]|--?(?=\s))")
_ENDS = re.compile(r"\s*(?:[.!?;]|\n|$)")
_BEGIN = re.compile(r"[.!?][\"”’)]*\s+|\n")
_WHOLE = re.compile(
    r"(?P<subject>(?:he|she|they|both|all|neither|"
    rf"(?:the|this|these|those|both|all|two|three|one|each)\s[^,;:\"“”]{{1,{_SUBJECT}}}?))"
    rf"(?:,\s[^,;:\"“”\n]{{1,{_SUBJECT}}},)?\s+$",
    re.IGNORECASE,
)
_AND_SAID = re.compile(r"\s?,?\s(?:and|but)(?=\s(?:said|says|told|added|described|claimed)\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Withheld:
    """Where a text says that somebody is not named: the code points that are blanked out, and the reason in them.

    ``relative``: whether they are of the noun before them, "a clerk who asked not to be named". ``subject``: of a
    sentence that says nothing else, who is not named, in its words. ``called``: the name used in place of the real one.
    """

    words: Range
    reason: Range | None
    relative: bool = False
    subject: str | None = None
    called: str | None = None


def parsed(parse: Parser, text: str) -> Doc:
    """The text parsed without what it says of names that it withholds; what that was is kept with the document."""
    found = withheld(text)
    doc = parse(blanked(text, (w.words for w in found)))
    if found:
        doc.ents = list(_up_to_gaps(doc, [w.words for w in found]))
    doc.user_data[_KEPT] = found, text
    return doc


def kept(doc: Doc) -> tuple[tuple[Withheld, ...], str]:
    """What was blanked out of the text that a document was parsed from, and that text as it was."""
    found: tuple[tuple[Withheld, ...], str] = doc.user_data.get(_KEPT, ((), ""))
    return found


def next_sentence(text: str, at: int) -> int:
    """Where the next sentence begins, or the text ends."""
    found = _BEGIN.search(text, at, at + _LONGEST)
    return found.start() if found is not None else min(len(text), at + _LONGEST)


def _up_to_gaps(doc: Doc, gaps: Sequence[Range]) -> Iterator[DocSpan]:
    """The names of a document, each up to the words that were blanked out within or behind it."""
    begins = [start for start, _ in gaps]
    for ent in doc.ents:
        n = bisect_right(begins, ent.end_char) - 1
        first = next((t.i for t in ent if t.is_space), ent.end) if n >= 0 and gaps[n][1] > ent.start_char else ent.end
        if first > ent.start:
            yield DocSpan(doc, ent.start, first, label=ent.label)


def blanked(text: str, ranges: Iterable[Range]) -> str:
    """The text at the same length with spaces in place of these ranges; line breaks stay."""
    pieces, at = [], 0
    for start, end in sorted(ranges):
        if end > at:
            pieces += [text[at:start], re.sub(r"[^\n]", " ", text[max(start, at) : end])]
            at = end
    return "".join([*pieces, text[at:]])


def withheld(text: str) -> tuple[Withheld, ...]:
    """All places where a text says that somebody is not named, in order; what stands in quotation marks is left."""
    said = quotes(text)
    begins = [q.start for q in said]

    def quoted(at: int) -> bool:
        n = bisect_right(begins, at) - 1
        return n >= 0 and at < said[n].end

    beside: list[Withheld] = []
    for m in _WITHHELD.finditer(text):
        if not quoted(m.start()) and (not beside or m.start() >= beside[-1].words[1]):
            made = _aside(text, m)
            beside += [made] if made is not None else []
    rest = blanked(text, (w.words for w in beside))
    alone: list[Withheld] = []
    matches = sorted((*_WITHHELD.finditer(rest), *_BY_OUTLET.finditer(rest)), key=lambda m: m.start())
    for m in matches:
        if not quoted(m.start()) and (not alone or m.start() >= alone[-1].words[1]):
            made = _sentence(rest, m)
            alone += [made] if made is not None else []
    return tuple(sorted(_taken_in(beside, alone), key=lambda w: w.words))


def _taken_in(beside: Sequence[Withheld], alone: Sequence[Withheld]) -> Iterator[Withheld]:
    """Both sorts, those in a sentence that says nothing else taken into it with their reason."""
    begins = [w.words[0] for w in alone]
    reasons = [w.reason for w in alone]
    for w in beside:
        n = bisect_right(begins, w.words[0]) - 1
        if n < 0 or w.words[0] >= alone[n].words[1]:
            yield w
        else:
            reasons[n] = reasons[n] or w.reason
    yield from (replace(w, reason=reason) for w, reason in zip(alone, reasons, strict=True))


def _aside(text: str, m: re.Match[str]) -> Withheld | None:
    """The clause or phrase beside what a sentence says; None where it is what the sentence says."""
    lead = _LEAD.search(text, max(0, m.start() - _LEAD_REACH), m.start())
    opened, who = (lead["open"], lead["who"]) if lead is not None else (None, None)
    first = _first_in_sentence(text, m.start())
    relative = m["body"] is not None and m["body"].lower().startswith("whose")
    participle = m["body"] is not None and m["body"].split(None, 1)[0].lower().endswith("ing")
    if m["adjunct"] is not None:
        if not (opened or first or _SPEAKING.search(text, max(0, m.start() - _SAID_REACH), m.start())):
            return None  # "given to the gallery on condition of anonymity"
        who = None
    elif not (who or participle or relative):
        follows = _AND_SAID.match(text, m.end())
        if follows is None or first:
            return None
        return Withheld((m.start(), follows.end()), _own_reason(m))
    start = m.start("adjunct") if m["adjunct"] is not None else m.start()
    if lead is not None and (opened or who):
        start = lead.start() if opened or m["adjunct"] is None else start
    runs_on = not opened and m["adjunct"] is None  # "a witness who asked not to be named | said"
    end, reason = _to_end(text, m, runs_on)
    if who and (more := _AND_WHO.match(text, end)) is not None:
        end = more.end()
    if (opened and not (who or "").lower().startswith(("and", "but"))) or first:
        closing = _CLOSES.match(text, end)
        if closing is not None:
            end = closing.end()
    return Withheld((start, end), reason, relative=relative or "who" in (who or "").lower(), called=m["called"])


def _sentence(text: str, m: re.Match[str]) -> Withheld | None:
    """A sentence that says nothing else; None where it says more."""
    end, reason = _to_end(text, m, runs_on=False)
    stop = _ENDS.match(text, end)
    if stop is None:
        return None
    groups = m.groupdict()
    if groups.get("subject") is not None:
        begin, whom = m.start(), _WHOM.search(text, m.start(), m.end())
        subject = whom[0] if whom is not None else groups["subject"]
    else:
        begin = sentence_begin(text, m.start())
        before = _WHOLE.match(text, begin, m.start())
        if before is None:
            return None
        subject = before["subject"]
    final = stop.end() if stop[0].strip() else end
    called = groups.get("called")
    return Withheld((begin, final), reason or _own_reason(m), subject=" ".join(subject.split()), called=called)


def _to_end(text: str, m: re.Match[str], runs_on: bool) -> tuple[int, Range | None]:
    """Where such words end, the reason taken in, and that reason. ``runs_on``: what is said may follow them at once."""
    end = m.end()
    if runs_on and (goes_on := _GOES_ON.search(text, m.start(), end)) is not None:
        return goes_on.start(), _cut(text, m, goes_on.start())
    told = _REASON.match(text, end)
    if told is None:
        return end, _own_reason(m)
    start, stop = told.span("reason")
    goes_on = _GOES_ON.search(text, start, stop) if runs_on else None
    if goes_on is not None:
        stop = goes_on.start()
    elif m.groupdict().get("adjunct") is not None and (that := _content_behind(text, m.start(), start, stop)):
        stop = that
    stop = start + len(text[start:stop].rstrip())
    return stop, (start, stop)


def _content_behind(text: str, at: int, start: int, stop: int) -> int | None:
    """Where, in "said on condition of anonymity to discuss the talks that …", what is said begins."""
    sentence = text[sentence_begin(text, at) : at]
    that = text.find(" that ", start, stop)
    return that if that >= 0 and "," not in sentence else None


def _own_reason(m: re.Match[str]) -> Range | None:
    """Who "was not authorised to speak to the press" is not named for that, where no other reason follows."""
    return _cut(m.string, m, m.end())


def _cut(text: str, m: re.Match[str], end: int) -> Range | None:
    """These words up to ``end``, with "who" before them, where they are a reason themselves."""
    if m.groupdict().get("rest") is None:
        return None
    begin = max(0, m.start() - _LEAD_REACH)
    who = _WHO.search(text, begin, m.start())
    return (who.start() if who else m.start()), m.start() + len(text[m.start() : end].rstrip())


def _first_in_sentence(text: str, at: int) -> bool:
    """Whether a sentence begins at this place, a quotation mark left aside."""
    return not text[sentence_begin(text, at) : at].strip(' "“')


def sentence_begin(text: str, at: int) -> int:
    """Where the sentence around a place begins, not too far before it."""
    first = max(0, at - _LONGEST)
    breaks = [b.end() for b in _BEGIN.finditer(text, first, at)]
    return breaks[-1] if breaks else first
