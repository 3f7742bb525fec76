"""The report as one HTML page that needs nothing else: no script, no asset from elsewhere, everything escaped.

The summary on top, the text with its marks and notes, a card for each claim with the picture of its origins. The
page's policy lets in its own two style sheets, by their digests, and nothing more.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from secondsource.model import Edge, Evidence, FlagCode, Span
from secondsource.present import phrases, picture, wording
from secondsource.present.comparison import Comparison
from secondsource.present.marks import is_span, marked
from secondsource.present.report import Mentioned, Report, ReportClaim, label_of

_TEMPLATES = Path(__file__).parent / "templates"

_POLICY = "default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'"
_FRAMES = "; frame-ancestors 'none'"
"""Only a header can say it: browsers leave it out of account in the page itself."""

MOST_OPEN = 4
"""Passages that show a flag or a link, and are shown at once; the others unfold."""


@dataclass(frozen=True)
class Page:
    """A page, and the Content-Security-Policy that it may be served with."""

    html: str
    policy: str


def render(reports: Sequence[Report], comparison: Comparison | None = None) -> Page:
    """The page of these reports, with the comparison of their articles where there is one."""
    places = _Places(reports)
    views = [_view(report, places, at) for at, report in enumerate(reports)]
    compared = _comparison(comparison, places) if comparison else None
    sheets = [sheet for sheet in (_sheet(), places.sheet()) if sheet]
    policy = _POLICY.format(" ".join(f"'sha256-{_digest(sheet)}'" for sheet in sheets))
    html = _template().render(views=views, comparison=compared, places=places, sheets=sheets, policy=policy)
    return Page(html, policy + _FRAMES)


def web_link(url: str | None) -> str | None:
    """The URL where it is one that may be linked to: http or https, without controls or white space."""
    if not url or wording.one_line(url) != url:
        return None
    try:
        return url if urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def host(url: str) -> str:
    """What to call a web address in a line: its host."""
    return wording.one_line(urlsplit(url).netloc.rpartition("@")[2]) or "link"


class _Places:
    """Where words stand: on this page, or in articles that are known by title and address."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = {report.id: report for report in reports}
        self._prefixes = {report.id: f"a{number}-" for number, report in enumerate(reports, start=1)}
        self._passages: dict[str, dict[Span, None]] = {name: {} for name in self._reports}
        self._mentioned: dict[str, Mentioned] = {}
        self._labels: dict[str, str] = {}
        for report in reports:
            self._mentioned.update(report.mentioned)
            self._labels.update((name, label) for name, label in report.labels.items() if name != report.id)

    def prefix(self, report: Report) -> str:
        """What the ids of an article's parts begin with."""
        return self._prefixes[report.id]

    def passages(self, report: Report) -> Iterable[Span]:
        """The passages of an article that something on the page links to, once all has been shown."""
        return self._passages[report.id]

    def anchor(self, article_id: str, span: Span) -> str:
        """The id of a passage, which is the class of its pieces too."""
        return f"{self._prefixes[article_id]}t{span[0]}-{span[1]}"

    def link(self, item: Evidence) -> str | None:
        """The passage's address on this page, where it is on it."""
        if item.article_id not in self._reports:
            return None
        if (item.start, item.end) not in self._passages[item.article_id]:
            return None
        return f"#{self.anchor(item.article_id, (item.start, item.end))}"

    def note(self, items: Iterable[Evidence]) -> None:
        """Take down that these are shown, so that the text has places for them."""
        for item in items:
            report = self._reports.get(item.article_id)
            if report and is_span(report.text, item.start, item.end, item.exact):
                self._passages[report.id][item.start, item.end] = None

    def elsewhere(self, article_id: str, here: str) -> dict[str, str | None] | None:
        """What to say of the article that words stand in: label, title and link; None when it is the one at hand."""
        if article_id == here:
            return None
        report = self._reports.get(article_id)
        known = self._mentioned.get(article_id, Mentioned())
        if report:
            known = Mentioned(title=report.title, publisher=report.publisher, url=report.url)
        called = self._labels.get(article_id) or (label_of(report) if report else "")
        label = wording.one_line(known.publisher or ("" if called == article_id else called)) or "another article"
        title = wording.one_line(known.title or "")
        return {"label": label, "title": title if title != label else "", "link": web_link(known.url)}

    def others(self, article_ids: Iterable[str], here: str) -> list[dict[str, str | None]]:
        """What to say of these articles, without the one at hand."""
        return [found for name in article_ids if (found := self.elsewhere(name, here))]

    def sheet(self) -> str:
        """The rule that shows all of a passage which a link has led to: it may lie in several pieces."""
        names = [self.anchor(name, span) for name, found in self._passages.items() for span in found]
        if not names:
            return ""
        return ",".join(f":root:has(#{name}:target) .{name}" for name in names) + "{background:var(--shown)}"


def _view(report: Report, places: _Places, at: int) -> dict[str, Any]:
    """What the template shows of a report."""
    cards = [_card(report, claim, places, number) for number, claim in enumerate(report.claims, start=1)]
    full = [id(claim) for claim in phrases.shown(report).full]
    places.note(chain.from_iterable(_evidence(claim) for claim in report.claims))
    return {
        "report": report,
        "prefix": places.prefix(report),
        "link": web_link(report.url),
        "cards": [card for card in cards if id(card["claim"]) in full],
        "others": [card for card in cards if id(card["claim"]) not in full],
        "numbers": {claim.id: number for number, claim in enumerate(report.claims, start=1)},
        "gaps": phrases.gaps(report),
        # Read when all reports have been looked through: another one's flag may have its evidence in this text.
        "paragraphs": lambda: marked(report, places.passages(report)),
        "first": at == 0,
    }


def _card(report: Report, claim: ReportClaim, places: _Places, number: int) -> dict[str, Any]:
    """What the template shows of a claim."""
    unjudged = [gap.reason for gap in claim.not_assessable if gap.code == FlagCode.MOTIVATED_SOURCE]
    if report.replaced_by:
        unjudged = ["another version counts in place of this one"]
    return {
        "claim": claim,
        "number": number,
        "id": f"{places.prefix(report)}c{number}",
        "level": claim.flags[0].level.value if claim.flags else "",
        "voices": phrases.voices(report, claim.attribution_ids),
        "disputers": phrases.voices(report, claim.disputed_by),
        "origin": phrases.origin(claim),
        "unjudged": wording.one_line(unjudged[0]) if unjudged else "",
        "reporting": places.others([name for name in claim.articles if name in claim.reports], report.id),
        "disputing": places.others([name for name in claim.articles if name not in claim.reports], report.id),
        "graph": _graph(report, claim),
        "links": _links(claim.graph.edges, {node.id: node.label for node in claim.graph.nodes}),
    }


def _graph(report: Report, claim: ReportClaim) -> picture.Picture | None:
    if not picture.worth_drawing(claim.graph):
        return None
    return picture.draw(claim.graph, report.id, claim.origins.groups if claim.origins else ())


def _links(edges: Iterable[Edge], labels: dict[str, str]) -> list[tuple[str, tuple[Evidence, ...]]]:
    """The links of a graph in words, each with what shows it."""
    return [(phrases.link(edge, labels), edge.evidence) for edge in edges]


def _evidence(claim: ReportClaim) -> Iterator[Evidence]:
    """All passages that a claim's card shows."""
    yield from chain.from_iterable(flag.evidence for flag in claim.flags)
    yield from chain.from_iterable(stake.evidence for stake in claim.stakes)
    yield from chain.from_iterable(state.evidence for state in claim.states)
    yield from chain.from_iterable(edge.evidence for edge in claim.graph.edges)


def _comparison(comparison: Comparison, places: _Places) -> dict[str, Any]:
    """What the template shows of a comparison."""
    names = comparison.labels
    shared = []
    for claim in comparison.claims:
        edges = phrases.between_reports(claim.edges)
        places.note(chain.from_iterable(edge.evidence for edge in edges))
        shared.append(
            {
                "claim": claim,
                "reporters": wording.listed(names[article] for article in claim.reports),
                "disputers": wording.listed(names[article] for article in claim.disputed_in),
                "links": _links(edges, {node.id: node.label for node in claim.nodes}),
            }
        )
    return {"verdict": comparison.verdict, "shared": shared}


def _by_article(items: Iterable[Evidence], here: str) -> list[tuple[str, list[Evidence]]]:
    """Passages by the article they stand in: first those of the article at hand, then as they come."""
    found: dict[str, list[Evidence]] = {}
    for item in items:
        found.setdefault(item.article_id, []).append(item)
    return sorted(found.items(), key=lambda group: group[0] != here)


def _digest(sheet: str) -> str:
    return b64encode(sha256(sheet.encode()).digest()).decode()


@cache
def _sheet() -> str:
    """The style sheet, on as few lines as it takes: it is in every page."""
    text = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(phrases=phrases, wording=wording, picture=picture, web_link=web_link, host=host)
    environment.globals["MOST_OPEN"] = MOST_OPEN
    environment.globals["by_article"] = _by_article
    environment.filters.update(capital=phrases.capital, flag_name=phrases.flag_name)
    return environment.get_template("report.html")
