"""Whom somebody speaks for."""

from itertools import permutations

import pytest

from secondsource.corpus.credits import Root, read
from secondsource.corpus.origins import trace
from secondsource.corpus.voices import is_voice
from secondsource.model import SourceKind
from tests.unit.corpus.reports import body, person, report, unnamed

SKYLINE = "The airline Skyline has cancelled 120 flights"
PETRA = "Skyline will cancel 120 of its flights"


def group(name):
    return body(name).model_copy(update={"affiliations": ()})


def ranges(*reports):
    found = [trace(order) for order in permutations(reports)]
    assert len({(f.low, f.best, f.high) for f in found}) == 1
    return found[0].low, found[0].best, found[0].high


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        (person("Petra Lang", role="spokeswoman"), True),
        (person("Ralf Stein", role="its chief executive"), True),
        (person("Clara Voigt", role="environment minister"), True),
        (person("Gerd Wallis", role="former chief executive"), False),
        (person("Agnes Holt", role="professor"), False),
        (person("Juri Kolb", role=None), False),
        (unnamed("a spokesman for Skyline", role="spokesman", kind=SourceKind.UNNAMED_PERSON), True),
        (unnamed("two directors", role="director"), False),
        (unnamed("officials"), False),
        (group("Skyline"), False),
    ],
)
def test_heads_and_spokesmen_speak_for_a_body_and_of_those_without_a_name_spokesmen_alone(source, voice):
    assert is_voice(source) is voice


@pytest.mark.parametrize(
    ("says", "source"),
    [
        (SKYLINE, person("Petra Lang", role="spokeswoman", group="Skyline")),
        (SKYLINE, person("Ralf Stein", role="chief executive", group="Skyline")),
        (SKYLINE, unnamed("a spokesman for Skyline", role="spokesman", group="Skyline")),
    ],
)
def test_who_speaks_for_a_body_and_the_body_are_one_origin_for_sure(says, source):
    found = trace([report("Courier", group("Skyline"), says=says), report("Record", source, says=PETRA)])

    assert (found.low, found.best, found.high) == (1, 1, 1)
    (edge,) = [edge for edge in found.edges if edge.type == "same_source"]
    assert [shown.exact for shown in edge.evidence] == ["Skyline", source.name]


@pytest.mark.parametrize(
    ("says", "here", "there"),
    [
        (SKYLINE, group("company"), person("Petra Lang", role="spokeswoman")),
        (SKYLINE, group("airline"), person("Ralf Stein", role="its chief executive")),
        (SKYLINE, group("company"), person("Ralf Stein", role="chief executive", group="Skyline")),
        (SKYLINE, group("company"), group("Skyline")),
        (SKYLINE, group("Skyline"), person("Petra Lang", role="spokeswoman")),
        (SKYLINE, group("Skyline"), person("Dela Marsh", role="pilot", group="Skyline")),
        ("Three men have been held", group("city police"), person("Emil Hartmann", role="police chief")),
        (
            "Fishing in Lake Orta is banned",
            group("environment ministry"),
            person("C. Voigt", role="environment minister"),
        ),
        ("He gets six years", group("district court in Mallen"), person("Jens Pohl", role="a court spokesman")),
        ("Quadruplets were born", group("St Anne's Hospital"), person("Moira Fagan", role="the hospital's director")),
    ],
)
def test_who_seems_to_speak_for_the_body_that_another_report_names_is_likely_one_origin_with_it(says, here, there):
    reports = report("Courier", here, says=says), report("Record", there, says=says.replace("The airline ", ""))

    assert ranges(*reports) == (1, 1, 2)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (group("company"), person("Karin Wolle", role="union spokeswoman")),
        (group("company"), person("Emil Hartmann", role="police chief")),
        (group("company"), person("Otto Falk", role="mayor")),
        (group("company"), person("Juri Kolb", role="farmer")),
        (group("police"), person("Ralf Stein", role="its chief executive")),
        (group("finance ministry"), person("Clara Voigt", role="environment minister")),
        (group("Norvan"), person("Petra Lang", role="spokeswoman")),
        (group("company"), group("Norvan")),
        (group("company"), person("Ralf Stein", role="chief executive", group="Norvan")),
        (group("Skyline"), person("Ralf Stein", role="former chief executive", group="Norvan")),
        (person("Anna Loft", role="engineer", group="Skyline"), person("Bert Sack", role="pilot", group="Skyline")),
    ],
)
def test_who_speaks_for_somebody_else_is_another_origin(here, there):
    assert ranges(report("Courier", here, says=SKYLINE), report("Record", there, says=PETRA)) == (2, 2, 2)


def test_a_state_is_no_body_that_two_of_its_ministers_both_speak_for():
    ministers = [
        person("Ana Lorn", role="minister", group="France"),
        person("Tom Perrin", role="minister", group="France"),
    ]

    assert ranges(*(report(name, m) for name, m in zip(["Courier", "Record"], ministers, strict=True))) == (2, 2, 2)


def test_the_company_and_two_who_speak_for_it_are_one_origin_in_three_reports():
    reports = [
        report("Courier", group("company"), says=SKYLINE),
        report("Record", person("Petra Lang", role="spokeswoman"), says=PETRA),
        report("Tribune", person("Ralf Stein", role="chief executive", group="Skyline"), says=PETRA),
    ]

    assert ranges(*reports)[:2] == (1, 1)


def test_who_cites_a_report_and_quotes_the_chief_of_those_who_said_it_there_adds_no_origin():
    reports = [
        report("Courier", group("police"), says="Three men have been held"),
        report("Record", person("Emil Hartmann", role="police chief"), says="Three men were held", cites=["Courier"]),
    ]

    assert ranges(*reports) == (1, 1, 1)


def test_a_member_rests_on_a_body_only_where_that_has_said_it_itself():
    member = person("Agnes Holt", role="professor", group="University of Tromm")
    alone, other = read([report("Courier", member), report("Record", group("Skyline"))])
    _, beside = read([report("Courier", group("University of Tromm")), report("Record", member)])

    assert set(alone.own) == {Root("person", "agnes holt")}
    assert set(other.own) == {Root("group", "skyline")}
    assert beside.own[Root("group", "university of tromm")].confidence == 0.7
