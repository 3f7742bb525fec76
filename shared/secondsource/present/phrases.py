"""What the summary and the page say of a claim, as phrases: who says so, on how many origins, where."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from secondsource.model import (
    Attribution,
    ClaimState,
    Edge,
    FlagCode,
    FlagLevel,
    Label,
    Source,
    SourceKind,
    Stake,
    StakeType,
)
from secondsource.present.report import Report, ReportClaim
from secondsource.present.wording import (
    BY,
    FLAGS,
    KINDS,
    QUESTIONS,
    STAKES,
    counted,
    listed,
    number,
    one_line,
    quoted,
    ranged,
)
from secondsource.text.language import REASONS

LONGEST_QUOTE = 240
"""Code points of a quotation shown; a longer one is cut in its middle."""

_LINKS = {
    "cites": "{0} cites {1}",
    "copies": "{0} has the words of {1}",
    "same_source": "The same source: {0} – {1}",
    "shared_details": "{0} and {1} share rare details",
    "rests_on": "{0} rests on {1}",
}

MOST_CLAIMS = "most-claims"
"""The warning of an article of which no more claims are kept, whether or not it makes more."""

_WARNINGS = {
    "bidi-override": "The text holds codes that change the order in which it is read.",
    "not-free": "The page says that it is not free to read: this may be only how the article begins.",
    MOST_CLAIMS: "The article may make more claims: no more than these are kept, the headline claim first.",
}
_CODE = re.compile(r"^[a-z]+(?:-[a-z]+)*: ")
"""What a reason begins with for programs: "no-claims: the text ..."."""

_STATES = {"qualified": "qualified by its own source", "unverified": "said to be unverified"}


def heading(report: Report) -> str:
    """The article's title, or that it has none."""
    return one_line(report.title or "") or "(no title)"


def about(report: Report) -> list[str]:
    """Publisher, date and byline, those that are known."""
    parts = [report.publisher or "", day(report.published_at), report.byline or ""]
    return [line for part in parts if (line := one_line(part))]


def sentence(words: str) -> str:
    """Words as a sentence: with a capital at its beginning, and a full stop."""
    return f"{capital(words).rstrip('.')}." if words else ""


def capital(words: str) -> str:
    """Words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def day(moment: datetime | None) -> str:
    """A date as people write it: 11 March 2025."""
    return f"{moment.day} {moment:%B %Y}" if moment else ""


def no_claims(report: Report) -> str:
    """Why there is nothing to judge."""
    reason = one_line(report.reason or "No checkable statement was found")
    reason = REASONS[reason].replace(": {}", "") if reason in REASONS else _CODE.sub("", reason, count=1)
    return f"No claims to judge: {reason[:1].lower()}{reason[1:].rstrip('.')}."


def earlier(report: Report) -> str:
    """Of an earlier version, which one counts in its place; otherwise nothing."""
    if report.replaced_by is None:
        return ""
    return (
        "This is an earlier version of the article. "
        f"The one that counts is {one_line(report.replaced_by)}: look there for stakes and flags."
    )


def warning(code: str) -> str:
    """What the analysis warns of, in words."""
    return _WARNINGS.get(code, one_line(code))


class Shown(NamedTuple):
    """A report's claims by how much of each is shown: in full, in brief, or only counted."""

    full: list[ReportClaim]
    brief: list[ReportClaim]
    left: int


def shown(report: Report) -> Shown:
    """In full the headline claim and those with more than notes, in brief those with notes; the rest is counted."""
    full = [claim for claim in report.claims if claim.headline or _grave(claim)] or list(report.claims[:1])
    full.sort(key=lambda claim: not claim.headline)
    brief = [claim for claim in report.claims if claim.flags and claim not in full]
    return Shown(full, brief, len(report.claims) - len(full) - len(brief))


def rest(left: int) -> str:
    """How many claims are not shown."""
    return f"{left} other {'claim carries' if left == 1 else 'claims carry'} no flag."


def in_brief(report: Report, claim: ReportClaim) -> str:
    """Who says it, and its flags, without evidence."""
    flags = "; ".join(dict.fromkeys(flag_name(flag.code) for flag in claim.flags))
    return f"{', '.join(_names(report, claim.attribution_ids)) or 'nobody named'}: {flags}"


def gaps(report: Report) -> list[str]:
    """What the rules could not judge and why, each once, with the number of claims it holds for."""
    found = Counter((gap.code, one_line(gap.reason)) for claim in report.claims for gap in claim.not_assessable)
    return [
        f"{QUESTIONS.get(code, flag_name(code))} [{code}], for {counted(times, 'claim')}: {reason.rstrip('.')}."
        for (code, reason), times in found.items()
    ]


def flag_name(code: FlagCode) -> str:
    """What a flag says, in a few words."""
    return FLAGS.get(code, plain(code))


def graded(claim: ReportClaim) -> str:
    """A claim by its gravest flag, in the words of the page's legend."""
    levels = {flag.level for flag in claim.flags}
    if FlagLevel.WARNING in levels:
        return "claim with a warning"
    return "claim to look at" if FlagLevel.CAUTION in levels else "claim"


def plain(code: str) -> str:
    """A code as words: "self exculpating"."""
    return one_line(code.replace("_", " "))


class Voice(NamedTuple):
    """Someone who carries or disputes a claim: "said by", the name, and what the text tells of them."""

    does: str
    name: str
    about: str


def voices(report: Report, attribution_ids: Iterable[str]) -> list[Voice]:
    """The sources of these attributions, each once for each thing they do."""
    sources = {source.id: source for source in report.sources}
    found: dict[Voice, None] = {}
    for item in _attributions(report, attribution_ids):
        for source in [sources.get(name) for name in item.source_ids] or [None]:
            about = "; ".join(_notes(source)) if source else ""
            via = f"told to {one_line(item.via)}" if item.via else ""
            found[Voice(BY[item.stance], _name(source), "; ".join(filter(None, (one_line(about), via))))] = None
    return list(found)


def said(report: Report, attribution: Attribution) -> str:
    """What an attribution is, in a sentence without its content: "Denied by Ana Lorn, told to the Courier."."""
    by = listed(_name(source) for source in report.sources if source.id in attribution.source_ids) or _name(None)
    via = f", told to {one_line(attribution.via)}" if attribution.via else ""
    words = sentence(f"{BY[attribution.stance]} {by}{via}")
    if attribution.label == Label.STANCE:
        words += " A belief, an intention or a feeling."
    if not attribution.factual:
        words += " Not that it was said: the article denies it, or asks, or puts it conditionally."
    return words


def _name(source: Source | None) -> str:
    return one_line(source.name) if source else "a source that the text does not name"


def stake(held: Stake) -> str:
    """How sure a stake is, and of which types: "a likely stake (adversary, beneficiary)"."""
    types = ", ".join(plain(kind) for kind in held.types if kind != StakeType.REGISTERED)
    return f"{STAKES[held.level]}{f' ({types})' if types else ''}"


class Origin(NamedTuple):
    """The count of origins to be shown large: the number, its noun, and its range where it has one."""

    number: str
    noun: str
    range: str


def origin(claim: ReportClaim) -> Origin | None:
    """The number of origins with its range; None where they are not counted."""
    origins = claim.origins
    if origins is None or origins.not_assessable:
        return None
    best, low, high = number(origins.best), number(origins.low), number(origins.high)
    span = f"between {low} and {high}" if low != high else ""
    return Origin(best, "origin" if best == "1" else "origins", span)


def around(report: Report, claim: ReportClaim) -> list[str]:
    """Who else reports the claim, and who only denies or doubts it, each in a sentence with its verb."""
    others = [name for name in claim.articles if name not in claim.reports]
    sentences = []
    if len(claim.reports) > 1:
        sentences.append(f"Reported by {_places(report, claim.reports)}.")
    if others:
        sentences.append(f"Denied, doubted or discussed, not reported as its own, by {_places(report, others)}.")
    return sentences


def _places(report: Report, article_ids: Iterable[str]) -> str:
    known = Counter(one_line(report.labels.get(name, "another article")) for name in article_ids)
    return listed(name if times == 1 else f"{name} ({times} times)" for name, times in known.items())


def carriers(report: Report, claim: ReportClaim) -> str:
    """The sources who carry the claim in this article, each with what the text tells of them."""
    sources = {source.id: source for source in report.sources}
    carried = _attributions(report, claim.attribution_ids)
    known = dict.fromkeys(name for found in carried for name in found.source_ids if name in sources)
    names = [_described(sources[name]) for name in known]
    if any(found.source_id not in sources for found in carried):
        names.append("a source that the text does not name")
    if claim.own_witness:
        names.append("the newsroom itself, as a witness")
    if names:
        return "; ".join(names)
    return "nobody: it is only disputed here" if claim.disputed_by else "nobody: the article states it as fact"


def disputers(report: Report, claim: ReportClaim) -> list[str]:
    """The names of those who deny or doubt the claim in this article, each once."""
    return _names(report, claim.disputed_by)


def reach(claim: ReportClaim) -> str:
    """How many reports are known and on how many origins they rest: "2 reports, 1 origin"."""
    reports = counted(len(claim.reports), "report")
    if claim.origins is None:
        return f"{reports}; origins not counted yet"
    if claim.origins.not_assessable:
        return f"{reports}; origins cannot be counted: {one_line(claim.origins.not_assessable)}"
    found = [f"{reports}, {ranged(claim.origins.low, claim.origins.best, claim.origins.high, 'origin')}"]
    if claim.origins.partial:
        found.append(one_line(claim.origins.partial))
    if claim.lookup_cut:
        found.append("older reports may be missing: its words are in too many stories to look through all of them")
    return "; ".join(found)


def state(found: ClaimState) -> str:
    """A state of verification in words."""
    return _STATES[found.state]


def between_reports(edges: Iterable[Edge]) -> list[Edge]:
    """The links that tie reports together, without those from a report to its own sources."""
    return [edge for edge in edges if edge.type != "rests_on"]


def link(edge: Edge, labels: Mapping[str, str]) -> str:
    """A link of the origin graph as a sentence; ``labels`` by node id."""
    ends = (one_line(labels.get(node, node)) for node in (edge.source, edge.target))
    return _LINKS[edge.type].format(*ends)


def quotation(text: str) -> str:
    """A quotation on one line, its middle left out when it is long."""
    line = one_line(text)
    if len(line) > LONGEST_QUOTE:
        half = LONGEST_QUOTE // 2
        line = f"{line[:half].rstrip()} … {line[-half:].lstrip()}"
    return quoted(line)


def _described(source: Source) -> str:
    """A source's name, kind and groups: "Ana Lorn (analyst; Institute of Peace)"."""
    notes = _notes(source)
    name = one_line(source.name)
    return f"{name} ({one_line('; '.join(notes))})" if notes else name


def _notes(source: Source) -> list[str]:
    """What the text tells of a source beside its name."""
    notes = [KINDS[source.kind]] if source.kind != SourceKind.NAMED_PERSON else []
    notes += [source.role] if source.role and source.role not in source.name else []
    notes += dict.fromkeys(group.name for group in source.affiliations if group.name not in source.name)
    if source.speaks_from:
        notes.append(f"speaking from {source.speaks_from.name}")
    if source.anonymity and source.anonymity.reason:
        reason = source.anonymity.reason
        notes.append(f"name withheld{'' if reason.startswith('because') else ':'} {reason}")
    return notes


def _grave(claim: ReportClaim) -> bool:
    return any(flag.level != FlagLevel.NOTE for flag in claim.flags)


def _names(report: Report, attribution_ids: Iterable[str]) -> list[str]:
    """The names of the sources of these attributions, each once."""
    names = {source.id: one_line(source.name) for source in report.sources}
    found = _attributions(report, attribution_ids)
    ids = [name for item in found for name in item.source_ids or ("",)]
    return list(dict.fromkeys(names.get(name, "a source that is not named") for name in ids))


def _attributions(report: Report, attribution_ids: Iterable[str]) -> list[Attribution]:
    by_id = {found.id: found for found in report.attributions}
    return [by_id[name] for name in attribution_ids if name in by_id]
