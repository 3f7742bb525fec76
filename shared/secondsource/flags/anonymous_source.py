"""anonymous_source: every source of the claim in an article is unnamed; graded by what the reader is told."""

import re

from secondsource.flags.case import ARTICLE, Case, carriers, flag, named, outlet, quoted, report, unresolved
from secondsource.model import UNNAMED, Evidence, Flag, FlagCode, FlagLevel, NotAssessable, Rule, Source, SourceKind

_POINTS = {"vague": 2, "general": 1, "specific": 0}
_IN_PUBLIC = frozenset(
    "judge jury court coroner magistrate tribunal inquest inquiry hearing panel committee commission parliament senate "
    "regulator watchdog ombudsman auditor voter".split()
)
"""Whose findings are public acts, whoever sits there; and voters, who are counted."""
_COUNTED = re.compile(r"\d ?(?:%|per ?cent)|\bpercent\b|\b(?:in|out of) (?:\d+|ten|five|four|three)\b", re.IGNORECASE)
"""A share of many: "58% of voters", "nine in ten patients"."""
_SPEAKS = re.compile(r"spokes(?:man|woman|person|people|men|women)")
_BODIES = frozenset(
    "police prosecutor firefighter detective authority coastguard ministry customs officer investigator".split()
)
"""Plurals that stand for a body: "prosecutors said"."""
_OFFICES = frozenset(
    "president premier chancellor governor mayor king queen pope minister secretary commissioner chief head director "
    "chairman chairwoman chair chief-executive ceo attorney general ambassador bishop archbishop sheriff".split()
)
"""Of whom there is one at a time: "the governor"."""
_ARTICLE_AND_ROLE = 2
"""Words of "a spokesman", which does not tell for whom."""
_ONE = re.compile(r"(?:the|its|their|[A-Z][\w.-]*(?: [A-Z][\w.-]*)*['’]s?) ")


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised for each report all of whose sources are unnamed; a note where they answer for what they say.

    Where a newsroom says only that it has learned it, its sources are those who speak of the matter in its report.
    Not for rulings, findings of public bodies, and shares of many who were asked.
    """
    found: list[Flag | NotAssessable] = []
    for o in case.reports:
        sources = [s for s in o.sources if s.id in o.told_by] or carriers(o)
        if not sources or any(s.kind not in UNNAMED for s in sources) or o.own_witness:
            continue
        if any((s.anonymity and s.anonymity.named_later) or _in_public(s) for s in sources):
            continue
        if any(unresolved(s) for s in sources):
            found.append(
                NotAssessable(
                    code=FlagCode.ANONYMOUS_SOURCE,
                    rule=Rule(id="anonymous_source/1"),
                    reason=f"in {outlet(o)} it is not clear who “{sources[0].name}” is.",
                )
            )
            continue
        points = min(_points(s) for s in sources)
        answerable = [s for s in sources if _answers_for_it(s)]
        level = (
            FlagLevel.NOTE
            if answerable or (points == 0 and not o.headline)
            else FlagLevel.CAUTION
            if points < 3
            else FlagLevel.WARNING
        )
        evidence: list[Evidence] = []
        for s in sources:
            evidence += quoted(o, s.id, "the unnamed source")
            evidence += quoted(o, f"{s.id}:anonymity", "the reason given")
        reasons = [s.anonymity.reason for s in sources if s.anonymity and s.anonymity.reason]
        told = f"; the reason given: {reasons[0]}" if reasons else "; no reason is given"
        if answerable and not reasons:
            told = "; who speaks can be told by office or body"
        found.append(
            flag(
                FlagCode.ANONYMOUS_SOURCE,
                level,
                0.9,
                f"every source of the claim in {report(o)} is unnamed ({named(sources)}){told}.",
                evidence,
                ARTICLE,
            )
        )
    return found


def _points(s: Source) -> int:
    grade = _POINTS[s.anonymity.grade] if s.anonymity else 2
    return grade + (0 if s.anonymity and s.anonymity.reason else 1)


def _in_public(s: Source) -> bool:
    """Whether a source is a court or a public body that finds, or a share of many who were asked."""
    return s.role in _IN_PUBLIC or _COUNTED.search(s.name) is not None


def _answers_for_it(s: Source) -> bool:
    """Whether a source without a name speaks for a body on the record, is one, or holds an office of which one is."""
    if s.anonymity is not None and s.anonymity.reason:
        return False
    role = s.role or ""
    if _SPEAKS.fullmatch(role):
        return bool(s.affiliations) or len(s.name.split()) > _ARTICLE_AND_ROLE
    if role in _BODIES:
        return s.kind == SourceKind.UNNAMED_GROUP
    return role in _OFFICES and s.kind == SourceKind.UNNAMED_PERSON and _ONE.match(s.name) is not None
