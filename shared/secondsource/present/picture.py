"""The origin graph of a claim as a picture: where each box stands, and the way of each link.

Reports stand above what they rest on: an arrow leads down from a report to the report it cites, and on to sources and
outlets. Two sources that are one meet in a joint below both. grandalf lays out the layers (Sugiyama's method); what
makes a loop is turned round for it and drawn as it is. Sizes are in CSS pixels.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from secondsource.model import Edge, Node
from secondsource.present.report import Graph
from secondsource.present.wording import one_line

MOST_REPORTS = 12
"""Reports drawn of one claim: more would be boxes too small, or too far apart, to be read."""
MOST_SOURCES = 24
"""Sources and outlets drawn of one claim."""

BOX_WIDTH = 176
_LINE = 17
_PADDING = 10
_CAPTION = 15
_LONGEST_LABEL = 3
"""Lines of a label; what is left out is in the title that a pointer shows, and in the list of links."""
_LABEL_WIDTH = BOX_WIDTH - 2 * _PADDING
_JOINT = (116, 24)
_BETWEEN_BOXES = 22
_BETWEEN_LAYERS = 62
_BETWEEN_PARTS = 36
_ROW_WIDTH = 700
"""Parts of the graph that hang together are put side by side as far as this."""
_EDGE = 8
_BESIDE = 48
"""Room beside a link that passes by the boxes: half of the widest label."""
_PORT = 16
"""Between two links that end at the same side of a box."""
_ROUNDS = 8
"""Of grandalf's ordering of a layer: of graphs this small, later ones change nothing."""

_FONT_SIZE = 13
_WIDTHS = {**dict.fromkeys("ijltfr.,:;'’|!()[] -I", 0.37), **dict.fromkeys("mwMW@%—", 0.95)}
"""Widths of characters in ems, rounded up from Arial's bold; of others, see _em."""


class Place(NamedTuple):
    """A point of the picture, or what lies between two."""

    x: float
    y: float


_CORNER = Place(0, 0)


@dataclass(frozen=True)
class Box:
    """A node, as drawn: its upper left corner, its size, and its label in lines. ``here``: the article of the page."""

    id: str
    type: Literal["article", "outlet", "source", "joint"]
    lines: tuple[str, ...]
    label: str
    caption: str
    here: bool
    width: float
    height: float
    at: Place = _CORNER

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.at.x + self.width / 2


@dataclass(frozen=True)
class Link:
    """An edge, as drawn. ``loop``: it is part of a circle of citations. ``joined``: it leads to a joint, undirected."""

    type: str
    path: str
    label: str
    label_at: Place
    loop: bool = False
    joined: bool = False


@dataclass(frozen=True)
class Picture:
    """All that is drawn. ``left_out``: how many reports are not."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    left_out: int = 0

    @property
    def types(self) -> tuple[str, ...]:
        """The types of links drawn, for the legend."""
        order = ("cites", "copies", "same_source", "shared_details", "rests_on")
        return tuple(kind for kind in order if any(link.type == kind for link in self.links))

    @property
    def loop(self) -> bool:
        """Whether there is a circle."""
        return any(link.loop for link in self.links)


LABELS = {
    "cites": "cites",
    "copies": "same words",
    "same_source": "the same source",
    "shared_details": "shared details",
    "rests_on": "",
}
"""What stands at a link; at those to a source nothing, for what they lead to says it."""

MEANINGS = {
    "cites": "cites the other report, or an outlet",
    "copies": "has the words of an earlier report",
    "same_source": "both name the same source",
    "shared_details": "they share rare details",
    "rests_on": "rests on this source",
}
"""What the legend says of each type of link."""


def worth_drawing(graph: Graph) -> bool:
    """Whether a picture says more than the list of sources: there are two reports, or one cites an outlet."""
    return sum(node.type == "article" for node in graph.nodes) > 1 or any(edge.type == "cites" for edge in graph.edges)


def draw(graph: Graph, article_id: str, groups: Sequence[Sequence[str]] = ()) -> Picture:
    """The picture of a claim's graph on the page of ``article_id``; ``groups``: articles by origin, numbered in it."""
    kept, left_out = _kept(graph, f"article:{article_id}")
    boxes = {node.id: _box(node, node.id == f"article:{article_id}", groups) for node in kept.values()}
    edges = [edge for edge in graph.edges if edge.source in kept and edge.target in kept and edge.source != edge.target]
    strands = list(_strands(edges, boxes))
    loops = _loops([(edge.source, edge.target) for edge in edges if edge.type in ("cites", "copies")])
    placed, ways = _arranged(boxes, strands)
    links = tuple(_links(strands, placed, ways, loops))
    passing = [at.x + _BESIDE for way in ways.values() for at in way]
    return Picture(
        width=max([*passing, *(box.at.x + box.width for box in placed.values())], default=0) + _EDGE,
        height=max((box.at.y + box.height for box in placed.values()), default=0) + _EDGE,
        boxes=tuple(placed.values()),
        links=links,
        left_out=left_out,
    )


# --- what is drawn -----------------------------------------------------------------------------


class _Strand(NamedTuple):
    """What is laid out and drawn as one line: an edge, or one of the two halves of an edge that has a joint."""

    type: str
    source: str
    target: str
    joined: bool


def _kept(graph: Graph, here: str) -> tuple[dict[str, Node], int]:
    """The nodes drawn, nearest to the article of the page first, and how many reports are left out."""
    near: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        if edge.source in near and edge.target in near:
            near[edge.source].append(edge.target)
            near[edge.target].append(edge.source)
    order: dict[str, None] = {}
    for first in ([here] if here in near else []) + [node.id for node in graph.nodes]:
        waiting = [first] if first not in order else []
        while waiting:
            order.update(dict.fromkeys(waiting))
            waiting = list(dict.fromkeys(n for node in waiting for n in near[node] if n not in order))
    nodes = {node.id: node for node in graph.nodes}
    reports = [name for name in order if nodes[name].type == "article"]
    drawn = set(reports[:MOST_REPORTS])
    others = [name for name in order if name not in reports and any(n in drawn for n in near[name])]
    drawn.update(others[:MOST_SOURCES])
    return {node.id: node for node in graph.nodes if node.id in drawn}, max(0, len(reports) - MOST_REPORTS)


def _box(node: Node, here: bool, groups: Sequence[Sequence[str]]) -> Box:
    label = one_line(node.label) or "(no name)"
    lines = _wrapped(label)
    caption = {"article": "report", "outlet": "outlet, credited", "source": "source"}[node.type]
    if node.type == "article":
        caption = "this report" if here else "report"
        numbers = [str(n) for n, group in enumerate(groups, start=1) if node.id.removeprefix("article:") in group]
        if numbers and len(groups) > 1:
            caption += f" · origin {' and '.join(numbers)}" if len(numbers) == 1 else f" · origins {', '.join(numbers)}"
    height = _PADDING + _CAPTION + len(lines) * _LINE + _PADDING / 2
    return Box(node.id, node.type, lines, label, caption, here, BOX_WIDTH, height)


def _strands(edges: Iterable[Edge], boxes: dict[str, Box]) -> Iterator[_Strand]:
    """The lines to draw, each once; an edge between two sources gets a joint, which is added to ``boxes``."""
    seen: set[tuple[str, str, str]] = set()
    for edge in edges:
        if (edge.type, edge.source, edge.target) in seen:
            continue
        seen.add((edge.type, edge.source, edge.target))
        if edge.type == "same_source":
            joint = f"joint:{edge.source}"
            boxes.setdefault(joint, Box(joint, "joint", (LABELS[edge.type],), LABELS[edge.type], "", False, *_JOINT))
            for end in (edge.source, edge.target):
                if (edge.type, end, joint) not in seen:
                    seen.add((edge.type, end, joint))
                    yield _Strand(edge.type, end, joint, True)
        else:
            yield _Strand(edge.type, edge.source, edge.target, False)


def _loops(links: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The links that are part of a circle: those whose target leads back to their source."""
    onward: dict[str, list[str]] = {}
    for source, target in links:
        onward.setdefault(source, []).append(target)

    def reached(first: str) -> set[str]:
        found = {first}
        waiting = [first]
        while waiting:
            new = [node for node in onward.get(waiting.pop(), ()) if node not in found]
            found.update(new)
            waiting += new
        return found

    return frozenset((source, target) for source, target in links if source in reached(target))


# --- where it stands ---------------------------------------------------------------------------

_Ways = Mapping[tuple[str, str], tuple[Place, ...]]
"""By the ends of a link, in the direction it was laid out in, the points it has to pass between them."""


def _arranged(boxes: Mapping[str, Box], strands: Sequence[_Strand]) -> tuple[dict[str, Box], _Ways]:
    """The boxes in their places; parts of the graph that nothing links stand side by side, in rows."""
    placed: dict[str, Box] = {}
    ways: dict[tuple[str, str], tuple[Place, ...]] = {}
    left, top, deepest = float(_EDGE), float(_EDGE), 0.0
    for part, between in _parts(boxes, strands):
        rights = [at.x + _BESIDE for way in between.values() for at in way]
        width = max(*rights, *(box.at.x + box.width for box in part), 0)
        height = max(box.at.y + box.height for box in part)
        if left > _EDGE and left + width > _ROW_WIDTH:
            left, top, deepest = float(_EDGE), top + deepest + _BETWEEN_PARTS, 0.0
        for box in part:
            placed[box.id] = replace(box, at=Place(box.at.x + left, box.at.y + top))
        for ends, points in between.items():
            ways[ends] = tuple(Place(point.x + left, point.y + top) for point in points)
        left += width + _BETWEEN_PARTS
        deepest = max(deepest, height)
    return {name: placed[name] for name in boxes}, ways


def _parts(boxes: Mapping[str, Box], strands: Sequence[_Strand]) -> Iterator[tuple[list[Box], _Ways]]:
    """The parts that hang together, each laid out from its own corner."""
    # Only who reads a page waits for what lays it out.
    from grandalf.graphs import Edge as Line
    from grandalf.graphs import Graph as Lines
    from grandalf.graphs import Vertex
    from grandalf.layouts import SugiyamaLayout

    class Point(Vertex):  # type: ignore[misc]
        """A vertex whose hash is its number, so that grandalf's sets have the same order in every run."""

        def __hash__(self) -> int:
            return int(self.data)

        def __eq__(self, other: object) -> bool:
            return self is other

    class Stroke(Line):  # type: ignore[misc]
        """An edge, likewise."""

        def __hash__(self) -> int:
            return int(self.data)

        def __eq__(self, other: object) -> bool:
            return self is other

    names = list(boxes)
    points = {name: Point(number) for number, name in enumerate(names)}
    for name, point in points.items():
        point.view = _View(boxes[name].width, boxes[name].height)
    pairs = _without_loops(names, strands)
    strokes = [Stroke(points[a], points[b], data=number) for number, (a, b) in enumerate(pairs)]
    for part in Lines(list(points.values()), strokes).C:
        layout = SugiyamaLayout(part)
        layout.xspace, layout.yspace = _BETWEEN_BOXES, _BETWEEN_LAYERS
        layout.init_all(roots=[vertex for vertex in part.sV if not vertex.e_in()], inverted_edges=[])
        layout.draw(_ROUNDS)
        corners = {names[v.data]: Place(v.view.xy[0] - v.view.w / 2, v.view.xy[1] - v.view.h / 2) for v in part.sV}
        ways = {}
        for line in part.sE:
            passed = layout.ctrls.get(line, {})
            between = [passed[rank].view.xy for rank in sorted(passed)][1:-1]
            ways[names[line.v[0].data], names[line.v[1].data]] = tuple(Place(x, y) for x, y in between)
        yield _cornered([(boxes[name], corners[name]) for name in names if name in corners], ways)


def _cornered(part: Sequence[tuple[Box, Place]], ways: _Ways) -> tuple[list[Box], _Ways]:
    """Boxes in their places and the ways between them, all counted from the part's own corner."""
    # A link may pass left of all boxes, and its label stands there.
    left = min([*(at.x for _, at in part), *(at.x - _BESIDE for way in ways.values() for at in way)])
    top = min(at.y for _, at in part)

    def moved(at: Place) -> Place:
        return Place(at.x - left, at.y - top)

    found = [replace(box, at=moved(at)) for box, at in part]
    return found, {ends: tuple(map(moved, way)) for ends, way in ways.items()}


class _View:
    """The size of a box, in the form in which grandalf asks for it; it adds the middle as ``xy``."""

    def __init__(self, width: float, height: float) -> None:
        self.w, self.h = width, height
        self.xy = (0.0, 0.0)


def _without_loops(boxes: Iterable[str], strands: Iterable[_Strand]) -> list[tuple[str, str]]:
    """Each pair of linked boxes once, in one direction; a link that leads back is turned round."""
    onward: dict[str, list[str]] = {name: [] for name in boxes}
    for strand in strands:
        if strand.target not in onward[strand.source] and strand.source not in onward[strand.target]:
            onward[strand.source].append(strand.target)
    done: dict[str, bool] = {}
    pairs: dict[tuple[str, str], None] = {}
    for first, targets in onward.items():
        if first in done:
            continue
        done[first] = False
        stack = [(first, iter(targets))]
        while stack:
            node, rest = stack[-1]
            target = next(rest, None)
            if target is None:
                done[node] = True
                stack.pop()
                continue
            # What is still on the stack leads here already.
            back = done.get(target) is False
            pairs[(target, node) if back else (node, target)] = None
            if target not in done:
                done[target] = False
                stack.append((target, iter(onward[target])))
    return list(pairs)


# --- how a link goes ---------------------------------------------------------------------------


def _links(
    strands: Sequence[_Strand], boxes: Mapping[str, Box], ways: _Ways, loops: frozenset[tuple[str, str]]
) -> Iterator[Link]:
    ports = _ports(strands, boxes, ways)
    parallel: dict[frozenset[str], list[int]] = {}
    for number, strand in enumerate(strands):
        parallel.setdefault(frozenset((strand.source, strand.target)), []).append(number)
    for number, strand in enumerate(strands):
        start, end = ports[number]
        points = [start, *_way(strand, ways), end]
        loop = strand.type in ("cites", "copies") and (strand.source, strand.target) in loops
        label = "" if strand.joined else LABELS[strand.type]
        beside = parallel[frozenset((strand.source, strand.target))]
        middle = _half_way(points)
        middle = Place(middle.x, middle.y + (beside.index(number) - (len(beside) - 1) / 2) * _LINE)
        yield Link(strand.type, _curve(points), label, middle, loop, strand.joined)


def _way(strand: _Strand, ways: _Ways) -> tuple[Place, ...]:
    """The points between its ends, from its source to its target."""
    if (strand.source, strand.target) in ways:
        return ways[strand.source, strand.target]
    return ways[strand.target, strand.source][::-1]


def _ports(strands: Sequence[_Strand], boxes: Mapping[str, Box], ways: _Ways) -> dict[int, tuple[Place, Place]]:
    """Where each link leaves and arrives: spread along the sides of the boxes, in the order of where they lead."""
    ends: dict[tuple[str, bool], list[tuple[float, int, bool]]] = {}
    for number, strand in enumerate(strands):
        source, target = boxes[strand.source], boxes[strand.target]
        between = _way(strand, ways)
        down = source.at.y <= target.at.y
        onward = between[0].x if between else target.middle
        backward = between[-1].x if between else source.middle
        ends.setdefault((strand.source, down), []).append((onward, number, True))
        ends.setdefault((strand.target, not down), []).append((backward, number, False))
    starts: dict[int, Place] = {}
    arrivals: dict[int, Place] = {}
    for (name, below), having in ends.items():
        box = boxes[name]
        step = min(_PORT, (box.width - 2 * _PADDING) / max(1, len(having) - 1))
        for nth, (_, number, leaves) in enumerate(sorted(having)):
            x = box.middle + (nth - (len(having) - 1) / 2) * step
            at = Place(x, box.at.y + box.height if below else box.at.y)
            (starts if leaves else arrivals)[number] = at
    return {number: (starts[number], arrivals[number]) for number in starts}


def _curve(points: Sequence[Place]) -> str:
    """A smooth path through the points, upright at each, so that it meets the boxes at right angles."""
    path = [f"M{points[0].x:.1f} {points[0].y:.1f}"]
    for before, after in pairwise(points):
        half = (before.y + after.y) / 2
        path.append(f"C{before.x:.1f} {half:.1f} {after.x:.1f} {half:.1f} {after.x:.1f} {after.y:.1f}")
    return "".join(path)


def _half_way(points: Sequence[Place]) -> Place:
    middle = (len(points) - 1) // 2
    before, after = points[middle], points[middle + 1]
    return Place(round((before.x + after.x) / 2, 1), round((before.y + after.y) / 2, 1))


# --- how wide words are ------------------------------------------------------------------------


def _wrapped(label: str) -> tuple[str, ...]:
    """The label in lines that fit a box; a last line that does not is cut."""
    lines = [""]
    for word in label.split():
        joined = f"{lines[-1]} {word}".strip()
        if _width(joined) <= _LABEL_WIDTH or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > _LONGEST_LABEL:
        lines = [*lines[: _LONGEST_LABEL - 1], f"{lines[_LONGEST_LABEL - 1]} …"]
    return tuple(map(_cut, lines))


def _cut(line: str) -> str:
    if _width(line) <= _LABEL_WIDTH:
        return line
    line = line.removesuffix(" …")
    while line and _width(f"{line}…") > _LABEL_WIDTH:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _width(text: str) -> float:
    return _FONT_SIZE * sum(map(_em, text))


def _em(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.74 if character.isupper() else 0.61
