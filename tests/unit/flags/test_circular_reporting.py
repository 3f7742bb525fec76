"""circular_reporting: citations that lead back to where they began."""

from dataclasses import replace
from itertools import permutations

from secondsource.flags.circular_reporting import _loops, assess
from secondsource.model import FlagLevel
from tests.unit.corpus.reports import nameless, person, report
from tests.unit.flags.cases import case, not_assessed, quotes, raised

STRAND = person("Owen Strand")


def test_two_reports_that_cite_one_another_are_a_circle():
    (flag,) = raised(assess, report("Courier", cites=["Record"]), report("Record", cites=["Courier"]))

    assert flag.level == FlagLevel.WARNING
    assert "Courier → Record → Courier" in flag.reason
    assert sorted(quotes(flag)) == ["Courier", "Record"]
    assert [e.shows for e in flag.evidence] == ["Courier cites Record", "Record cites Courier"]
    assert (flag.scope.kind, flag.scope.articles) == ("corpus", 2)


def test_the_path_of_a_longer_circle_is_told_step_by_step_once():
    circle = [
        report("Courier", cites=["Record"]),
        report("Record", cites=["Tribune"]),
        report("Tribune", cites=["Courier"]),
    ]

    for order in permutations(circle):
        (flag,) = raised(assess, *order)
        assert "Courier → Record → Tribune → Courier" in flag.reason
        assert quotes(flag) == ["Record", "Tribune", "Courier"]


def test_a_report_that_cites_into_a_circle_is_no_part_of_it():
    (flag,) = raised(
        assess,
        report("Courier", cites=["Record"]),
        report("Record", cites=["Courier"]),
        report("Observer", cites=["Courier"]),
    )

    assert "Observer" not in flag.reason


def test_a_circle_is_as_sure_as_its_own_citations_whatever_cites_into_it():
    known = case(
        report("Courier", cites=["Record"]), report("Record", cites=["Courier"]), report("Tribune", cites=["Courier"])
    )
    edges = [
        edge.model_copy(update={"confidence": 0.2 if edge.source == "article:art_tribune" else 0.9})
        for edge in known.origins.edges
    ]

    (flag,) = assess(replace(known, origins=known.origins.model_copy(update={"edges": tuple(edges)})))

    assert flag.confidence == 0.9


def test_two_circles_are_two_flags():
    flags = raised(
        assess,
        report("Courier", cites=["Record"]),
        report("Record", cites=["Courier"]),
        report("Observer", cites=["Tribune"]),
        report("Tribune", cites=["Observer"]),
    )

    assert len(flags) == 2


def test_a_chain_is_no_circle():
    chain = [report("Courier", STRAND), report("Record", cites=["Courier"]), report("Tribune", cites=["Record"])]

    assert raised(assess, *chain) == []
    assert not_assessed(assess, *chain) == []


def test_two_that_cite_the_same_wire_are_no_circle():
    assert raised(assess, report("Courier", cites=["Reuters"]), report("Record", cites=["Reuters"])) == []


def test_one_report_alone_can_not_be_assessed():
    assert raised(assess, report("Courier", cites=["Record"])) == []
    assert len(not_assessed(assess, report("Courier", cites=["Record"]))) == 1


def test_citations_that_never_lead_back_are_not_followed_to_their_ends():
    many = {(f"article:{a:02}", f"article:{b:02}") for a in range(60) for b in range(a)}

    assert _loops(many) == []


def test_of_many_loops_some_are_told():
    many = {(f"article:{a:02}", f"article:{b:02}") for a in range(12) for b in range(12) if a != b}

    found = _loops(many)

    assert len(found) == 10
    assert all((a, b) in many for loop in found for a, b in zip(loop, [*loop[1:], loop[0]], strict=True))


def test_an_article_without_a_name_is_not_called_by_its_id():
    (flag,) = raised(
        assess,
        report("Courier", cites=["Record"]),
        nameless(report("Record", cites=["Courier"], url="https://record.example/1")),
    )

    assert "Courier → an article → Courier" in flag.reason
    assert [e.shows for e in flag.evidence] == ["Courier cites an article", "an article cites Courier"]
