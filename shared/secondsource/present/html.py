"""The report as one HTML page that needs nothing else: no script, no asset from elsewhere, everything escaped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from secondsource.model import Spans
from secondsource.present import phrases, wording
from secondsource.present.comparison import Comparison
from secondsource.present.report import Report
from secondsource.text.characters import CONTROLS, REPLACEMENT, code_points, each_as

_VISIBLE = each_as(REPLACEMENT, code_points(CONTROLS))
"""Controls have no place in HTML; each is shown as one replacement character, so that offsets stay."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the article's text and what it is part of: claim, flagged, source, cue, content."""

    text: str
    roles: tuple[str, ...]


def render(reports: Sequence[Report], comparison: Comparison | None = None) -> str:
    """The page of these reports, with the comparison of their articles where there is one."""
    return _template().render(
        reports=[_view(report) for report in reports],
        comparison=_comparison_view(comparison) if comparison else None,
    )


def pieces(report: Report) -> Iterator[Piece]:
    """The article's text cut at every edge of a claim or an attribution: joined, it is the whole text."""
    edges: dict[int, list[tuple[int, str]]] = {0: [], len(report.text): []}
    for role, spans in _marked(report):
        for start, end in spans:
            edges.setdefault(start, []).append((1, role))
            edges.setdefault(end, []).append((-1, role))
    depth: dict[str, int] = {}
    for start, end in pairwise(sorted(edges)):
        for step, role in edges[start]:
            depth[role] = depth.get(role, 0) + step
        yield Piece(report.text[start:end].translate(_VISIBLE), tuple(role for role in depth if depth[role] > 0))


def web_link(url: str | None) -> str | None:
    """The URL where it is one that may be linked to: http or https."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _marked(report: Report) -> Iterator[tuple[str, Spans]]:
    for claim in report.claims:
        yield "claim", claim.spans
        if claim.flags:
            yield "flagged", claim.spans
    for found in report.attributions:
        yield "source", found.source or ()
        yield "cue", found.cue or ()
        yield "content", found.content or ()


def _view(report: Report) -> dict[str, Any]:
    """What the template shows of a report."""
    return {
        "report": report,
        "link": web_link(report.url),
        "shown": phrases.shown(report),
        "gaps": phrases.gaps(report),
        "places": report.labels,
        "pieces": tuple(pieces(report)),
    }


def _comparison_view(comparison: Comparison) -> dict[str, Any]:
    """What the template shows of a comparison."""
    places = {article.id: article.publisher or article.title or article.id for article in comparison.articles}
    shared = []
    for claim in comparison.claims:
        nodes = {node.id: node.label for node in claim.nodes}
        shared.append(
            {
                "claim": claim,
                "reporters": wording.listed(places[article] for article in claim.reports),
                "disputers": wording.listed(places[article] for article in claim.disputed_in),
                "links": [(phrases.link(edge, nodes), edge.evidence) for edge in phrases.between_reports(claim.edges)],
            }
        )
    return {"verdict": comparison.verdict, "places": places, "shared": shared}


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["phrases"] = phrases
    environment.globals["wording"] = wording
    return environment.get_template("report.html")
