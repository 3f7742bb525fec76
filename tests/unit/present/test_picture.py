import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Edge, Node
from secondsource.present.picture import MOST_REPORTS, MOST_SOURCES, draw, worth_drawing
from secondsource.present.report import Graph


def graph(nodes, *links):
    """A graph of nodes named by their type's letter and a number ("a1"), and of links "a1 cites a2"."""
    types = {"a": "article", "o": "outlet", "s": "source"}
    ids = {name: f"{types[name[0]]}:{name}" for name in nodes.split()}
    edges = []
    for link in links:
        source, kind, target = link.split()
        edges.append(Edge(source=ids[source], target=ids[target], type=kind, confidence=0.9))
    return Graph(nodes=tuple(Node(id=ids[n], type=types[n[0]], label=f"Label {n}") for n in ids), edges=tuple(edges))


ALLIANCE = graph(
    "a1 a2 s1 s2 s3",
    "a1 rests_on s1",
    "a2 rests_on s2",
    "a2 rests_on s3",
    "a2 cites a1",
    "s1 same_source s2",
)


def boxes(picture):
    return {box.id.partition(":")[2]: box for box in picture.boxes}


def ends(link):
    """The first and the last point of a link's path."""
    points = re.findall(r"-?[\d.]+ -?[\d.]+", link.path)
    return tuple(tuple(map(float, point.split())) for point in (points[0], points[-1]))


def touches(point, box):
    x, y = point
    on_side = abs(y - box.at.y) < 0.1 or abs(y - (box.at.y + box.height)) < 0.1
    return on_side and box.at.x <= x <= box.at.x + box.width


def overlap(one, other):
    return (
        one.at.x < other.at.x + other.width
        and other.at.x < one.at.x + one.width
        and one.at.y < other.at.y + other.height
        and other.at.y < one.at.y + one.height
    )


def test_every_node_has_its_box_and_the_article_of_the_page_is_marked():
    found = boxes(draw(ALLIANCE, "a1"))

    assert set(found) == {"a1", "a2", "s1", "s2", "s3", "source:s1"}
    assert [name for name, box in found.items() if box.here] == ["a1"]
    assert (found["a1"].caption, found["a2"].caption) == ("this report", "report")
    assert found["s1"].lines == ("Label s1",)


def test_a_report_stands_above_what_it_rests_on():
    found = boxes(draw(ALLIANCE, "a1"))

    assert found["a2"].at.y < found["a1"].at.y < found["s1"].at.y


def test_two_sources_that_are_one_meet_in_a_joint_below_both():
    picture = draw(ALLIANCE, "a1")
    found = boxes(picture)
    joint = found["source:s1"]

    assert joint.type == "joint" and joint.label == "the same source"
    assert joint.at.y > max(found["s1"].at.y, found["s2"].at.y)
    assert [link.joined for link in picture.links if link.type == "same_source"] == [True, True]


def test_every_link_leads_from_its_box_to_its_box():
    picture = draw(ALLIANCE, "a1")
    found = boxes(picture)
    start, end = ends(next(link for link in picture.links if link.type == "cites"))

    assert touches(start, found["a2"])
    assert touches(end, found["a1"])


def test_no_two_boxes_overlap_and_all_lie_within_the_picture():
    picture = draw(ALLIANCE, "a1")

    for n, one in enumerate(picture.boxes):
        assert one.at.x >= 0 and one.at.x + one.width <= picture.width
        assert one.at.y >= 0 and one.at.y + one.height <= picture.height
        assert not any(overlap(one, other) for other in picture.boxes[n + 1 :])


def test_a_loop_is_drawn_as_a_loop():
    picture = draw(graph("a1 a2 a3 s1", "a1 cites a2", "a2 cites a3", "a3 cites a1", "a1 rests_on s1"), "a1")
    found = boxes(picture)
    cited = [link for link in picture.links if link.type == "cites"]

    assert picture.loop
    assert [link.loop for link in cited] == [True, True, True]
    for link, (source, target) in zip(cited, [("a1", "a2"), ("a2", "a3"), ("a3", "a1")], strict=True):
        assert touches(ends(link)[0], found[source])
        assert touches(ends(link)[1], found[target])
    assert [link.loop for link in picture.links if link.type == "rests_on"] == [False]


def test_a_loop_of_two_is_two_links_with_their_labels_apart():
    picture = draw(graph("a1 a2", "a1 cites a2", "a2 cites a1"), "a1")
    one, other = picture.links

    assert one.loop and other.loop
    assert one.path != other.path
    assert abs(one.label_at.y - other.label_at.y) > 10


def test_a_link_that_passes_beside_the_boxes_stays_within_the_picture():
    picture = draw(graph("a1 a2 a3 s1", "a1 cites a2", "a2 cites a3", "a3 cites a1", "a1 rests_on s1"), "a1")

    for link in picture.links:
        for point in re.findall(r"(-?[\d.]+) -?[\d.]+", link.path):
            assert 0 <= float(point) <= picture.width
        assert 40 <= link.label_at.x <= picture.width - 40


def test_citations_that_lead_nowhere_back_are_no_loop():
    assert not draw(graph("a1 a2 a3", "a1 cites a2", "a1 cites a3", "a2 cites a3"), "a1").loop


def test_the_same_two_sources_can_be_joined_by_several_reports():
    picture = draw(graph("a1 a2 a3 s1 s2 s3", "a1 rests_on s1", "a2 rests_on s2", "a3 rests_on s3",
                         "s1 same_source s2", "s1 same_source s3"), "a1")  # fmt: skip

    assert sum(box.type == "joint" for box in picture.boxes) == 1
    assert sum(link.joined for link in picture.links) == 3


def test_the_types_drawn_are_those_of_the_legend():
    assert draw(ALLIANCE, "a1").types == ("cites", "same_source", "rests_on")


def test_articles_say_their_origin_where_there_are_several():
    found = boxes(draw(ALLIANCE, "a1", [["a1", "a2"], ["a2"]]))

    assert found["a1"].caption == "this report · origin 1"
    assert found["a2"].caption == "report · origins 1, 2"


def test_a_long_label_is_cut_and_kept_whole_for_a_pointer():
    long = graph("a1 a2", "a2 cites a1")
    label = "A very long name of an outlet that goes on and on and on and never seems to come to its end"
    nodes = (long.nodes[0], long.nodes[1].model_copy(update={"label": label}))

    box = boxes(draw(long.model_copy(update={"nodes": nodes}), "a1"))["a2"]

    assert len(box.lines) == 3
    assert box.lines[-1].endswith("…")
    assert box.label == label


@pytest.mark.parametrize("label", ["W" * 300, "\u202eabc\x00\u2028d", "漢" * 50, ""])
def test_any_label_fits_its_box(label):
    nodes = (Node(id="article:a1", type="article", label=label),)

    (box,) = draw(Graph(nodes=nodes), "a1").boxes

    assert all(line and len(line) < 40 for line in box.lines)
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2028]", "".join(box.lines) + box.label)


def test_of_very_many_reports_the_nearest_are_drawn_and_the_others_counted():
    names = [f"a{n}" for n in range(40)] + [f"s{n}" for n in range(40)]
    links = [f"a{n} rests_on s{n}" for n in range(40)] + ["a39 cites a20"]

    picture = draw(graph(" ".join(names), *links), "a39")
    found = boxes(picture)

    assert sum(box.type == "article" for box in picture.boxes) == MOST_REPORTS
    assert picture.left_out == 40 - MOST_REPORTS
    assert {"a39", "a20", "s39", "s20"} <= set(found)
    assert len(found) <= MOST_REPORTS + MOST_SOURCES


def test_only_what_a_list_does_not_say_is_worth_drawing():
    assert worth_drawing(ALLIANCE)
    assert worth_drawing(graph("a1 o1", "a1 cites o1"))
    assert not worth_drawing(graph("a1 s1", "a1 rests_on s1"))
    assert not worth_drawing(Graph())


def test_every_run_draws_the_same_picture():
    code = (
        "from tests.unit.present.test_picture import ALLIANCE, graph\n"
        "from secondsource.present.picture import draw\n"
        "print(draw(ALLIANCE, 'a1'), draw(graph('a1 a2 a3', 'a1 cites a2', 'a2 cites a3', 'a3 cites a1'), 'a1'))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": ":".join(filter(None, sys.path)), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert runs[0] == runs[1]


_TYPES = st.sampled_from(["cites", "copies", "same_source", "shared_details", "rests_on"])


@given(st.data())
def test_any_graph_can_be_drawn(data):
    names = [f"{kind}{n}" for kind in "aos" for n in range(data.draw(st.integers(0, 6)))]
    one = st.sampled_from(names or ["a0"])
    links = data.draw(st.lists(st.tuples(one, _TYPES, one), max_size=20)) if names else []

    picture = draw(graph(" ".join(names), *[" ".join(link) for link in links]), "a0")

    assert {box.id for box in picture.boxes if box.type == "article"} == {f"article:{n}" for n in names if n[0] == "a"}
    for n, box in enumerate(picture.boxes):
        assert not any(overlap(box, other) for other in picture.boxes[n + 1 :])
    drawn = {box.id: box for box in picture.boxes}
    assert len(drawn) == len(picture.boxes)
