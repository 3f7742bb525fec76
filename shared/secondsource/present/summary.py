"""The claim summary in plain text, as a person reads it in a terminal: what is claimed, says who, who else.

The headline claim first, then the claims with flags, then a count of the rest, and what could not be judged.
No colour codes. It is cut where it would tire; the report has everything.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from secondsource.model import Evidence, Flag
from secondsource.present import phrases
from secondsource.present.comparison import Comparison, SharedClaim
from secondsource.present.report import Report, ReportClaim
from secondsource.present.wording import FLAGS, LEVELS, listed, one_line

WIDTH = 96
"""Columns: fits a usual terminal and a mail."""

MOST_PASSAGES = 8
"""Passages shown of one flag."""

MOST_BRIEF = 8
"""Claims shown in brief."""

_LABEL = 14
"""Columns for the label of a row."""


def summarise(report: Report) -> str:
    """The report's claims, who says so, on how many origins they rest, and their flags with evidence."""
    return "\n".join(_report(report)) + "\n"


def summarise_comparison(comparison: Comparison) -> str:
    """Whether the compared articles are independent on the claims they share."""
    return "\n".join(_comparison(comparison)) + "\n"


def in_one_line(report: Report) -> str:
    """The result in one line: title, reports and origins of the central claim, and its flags."""
    if not report.claims:
        return f"{phrases.heading(report)}: {phrases.no_claims(report)}"
    central = phrases.shown(report).full[0]
    flags = ", ".join(flag.code for flag in central.flags) or "no flags on its central claim"
    return f"{phrases.heading(report)}: {phrases.reach(central)}; {flags}."


def stakes_in_lines(report: Report) -> list[str]:
    """Each source whose stake a claim of the report serves, with the claim and what the stake is; surest first."""
    found: dict[str, tuple[float, str]] = {}
    for claim in report.claims:
        for stake in claim.stakes:
            if stake.motivated:
                line = f"{stake.source_name} ({stake.level.value}, {stake.confidence:.2f}): {stake.reason}"
                sure, _ = found.get(stake.source_name, (0.0, ""))
                if stake.confidence > sure:
                    found[stake.source_name] = (stake.confidence, one_line(line))
    return [line for _, line in sorted(found.values(), reverse=True)] or ["no source with a stake that a claim serves"]


def _report(report: Report) -> Iterator[str]:
    title = _wrapped(phrases.heading(report))
    yield from title
    yield "=" * min(WIDTH, max(map(len, title)))
    about = phrases.about(report) + ([one_line(report.url)] if report.url else [])
    if about:
        yield from _wrapped(" · ".join(about))
    if report.truncated:
        yield from _wrapped(f"Only a part was read: {one_line(report.truncated)}")
    if report.replaced_by:
        yield from _wrapped(phrases.earlier(report))
    for warning in report.warnings:
        yield from _wrapped(f"Note: {phrases.warning(warning)}")
    if not report.claims:
        yield ""
        yield from _wrapped(phrases.no_claims(report))
        return
    shown = phrases.shown(report)
    for claim in shown.full:
        yield ""
        yield from _claim(report, claim)
    yield from _brief(report, shown)
    gaps = phrases.gaps(report)
    if gaps:
        yield ""
        yield "COULD NOT BE JUDGED"
    for gap in gaps:
        yield from _wrapped(f"? {gap}", "    ", first="  ")


def _brief(report: Report, shown: phrases.Shown) -> Iterator[str]:
    """The claims that carry notes, then how many carry nothing."""
    if shown.brief:
        yield ""
        yield "OTHER CLAIMS, WITH NOTES"
    for claim in shown.brief[:MOST_BRIEF]:
        yield from _wrapped(f"- {phrases.quotation(claim.text)}", "    ", first="  ")
        yield from _wrapped(phrases.in_brief(report, claim), "        ", first="      ")
    if len(shown.brief) > MOST_BRIEF:
        yield f"  and {len(shown.brief) - MOST_BRIEF} more"
    if shown.left:
        yield ""
        yield phrases.rest(shown.left)


def _claim(report: Report, claim: ReportClaim) -> Iterator[str]:
    label = "HEADLINE CLAIM" if claim.headline else "CLAIM"
    yield from _wrapped(f"{label}: {phrases.quotation(claim.text)}", "  ", first="")
    yield from _row("Says who", phrases.carriers(report, claim))
    yield from _row("How many", phrases.reach(claim))
    if len(claim.reports) > 1:
        yield from _row("Reported by", _outlets(claim.reports, report.labels))
    if deniers := phrases.disputers(report, claim):
        yield from _row("Disputed by", f"{listed(deniers)}, in this article")
    for state in claim.states:
        yield from _row("State", phrases.state(state))
        yield from _evidence(state.evidence, report.id, report.labels)
    for flag in claim.flags:
        yield from _flag(flag, report)


def _flag(flag: Flag, report: Report) -> Iterator[str]:
    yield from _wrapped(f"! {LEVELS[flag.level]}: {FLAGS[flag.code]} [{flag.code}]", "    ", first="  ")
    yield from _wrapped(one_line(flag.reason), "    ")
    yield from _evidence(flag.evidence, report.id, report.labels)


def _evidence(evidence: Iterable[Evidence], article_id: str, places: Mapping[str, str]) -> Iterator[str]:
    """The words that show it, each with the article they stand in where that is not ``article_id``."""
    passages = list(dict.fromkeys(evidence))
    for item in passages[:MOST_PASSAGES]:
        shows = f"{one_line(item.shows)}: " if item.shows else ""
        where = "" if item.article_id == article_id else f" ({_outlets([item.article_id], places)})"
        yield from _wrapped(f"- {shows}{phrases.quotation(item.exact)}{where}", "        ", first="      ")
    if len(passages) > MOST_PASSAGES:
        yield f"      and {len(passages) - MOST_PASSAGES} more passages"


def _outlets(article_ids: Iterable[str], places: Mapping[str, str]) -> str:
    """What to call these articles, in a list."""
    return listed(one_line(places.get(article_id, "another article")) for article_id in article_ids)


def _comparison(comparison: Comparison) -> Iterator[str]:
    places = comparison.labels
    compared = _outlets((article.id for article in comparison.articles), places)
    yield from _wrapped(f"COMPARED: {compared}", "  ", first="")
    yield from _wrapped(comparison.verdict, "  ")
    for claim in comparison.claims:
        yield ""
        yield from _shared(claim, places)


def _shared(claim: SharedClaim, places: Mapping[str, str]) -> Iterator[str]:
    yield from _wrapped(f"SHARED CLAIM: {phrases.quotation(claim.text)}", "  ", first="")
    yield from _row("Reported by", _outlets(claim.reports, places))
    if claim.disputed_in:
        yield from _row("Disputed in", _outlets(claim.disputed_in, places))
    yield from _row("Independent", claim.verdict)
    labels = {node.id: node.label for node in claim.nodes}
    for edge in phrases.between_reports(claim.edges):
        yield from _row("Link", phrases.link(edge, labels))
        yield from _evidence(edge.evidence, "", places)


def _row(label: str, text: str) -> Iterator[str]:
    """A labelled line; its continuation lines stand under the text."""
    yield from _wrapped(text, " " * (_LABEL + 2), first=f"  {label:<{_LABEL}}")


def _wrapped(text: str, indent: str = "", first: str | None = None) -> list[str]:
    """Lines of at most WIDTH columns; only a word that is longer makes a longer one."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
