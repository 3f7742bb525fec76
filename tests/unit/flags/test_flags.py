"""All rules over one claim."""

from secondsource.flags import RULES, raise_flags
from secondsource.flags.case import named
from secondsource.model import FlagCode
from tests.unit.corpus.reports import person, report, unnamed
from tests.unit.flags.cases import case, check_evidence


def codes(*occurrences):
    return [flag.code for flag in raise_flags(case(*occurrences))[0]]


def test_there_is_one_rule_for_each_flag():
    assert {rule.__module__.rsplit(".")[-1] for rule in RULES} == {code.value for code in FlagCode}


def test_a_lone_unnamed_source_that_somebody_contradicts_raises_three_flags():
    members = unnamed("three members", role="member", group="Ondresian National Council")

    assert codes(report("Courier", members, denied_by=[person("Helen Brann")])) == [
        FlagCode.SINGLE_SOURCE,
        FlagCode.ANONYMOUS_SOURCE,
        FlagCode.DISPUTED,
    ]


def test_two_newsrooms_with_their_own_named_sources_raise_none():
    assert codes(report("Courier", person("Owen Strand")), report("Record", person("Dela Marsh"))) == []


def test_what_could_not_be_assessed_is_told_and_never_passed_in_silence():
    flags, unknown = raise_flags(case(report("Courier", person("Owen Strand", role=None))))

    assert {u.code for u in unknown} == {
        FlagCode.SHARED_ORIGIN,
        FlagCode.CIRCULAR_REPORTING,
        FlagCode.MOTIVATED_SOURCE,
        FlagCode.REMOTE_SOURCE,
    }
    assert not {u.code for u in unknown} & {flag.code for flag in flags}
    assert all(u.reason and u.rule.id.startswith(u.code.value) for u in unknown)


def test_every_flag_shows_words_that_stand_in_its_article():
    members = unnamed("three members", role="member", group="Ondresian National Council")
    flags, _ = raise_flags(
        case(
            report("Courier", members, cites=["Record"], denied_by=[person("Helen Brann")]),
            report("Record", cites=["Courier"]),
            report("Observer"),
        )
    )

    assert len({flag.code for flag in flags}) >= 4
    for flag in flags:
        check_evidence(flag)


def test_the_same_words_are_shown_once():
    strand = person("Owen Strand")
    flags, _ = raise_flags(case(*[report(name, strand) for name in ("Courier", "Record", "Tribune")]))

    for flag in flags:
        shown = [(e.article_id, e.start, e.end) for e in flag.evidence]
        assert len(shown) == len(set(shown))


def test_a_claim_without_articles_raises_nothing():
    assert raise_flags(case()) == ((), ())


def test_sources_are_listed_as_in_a_sentence():
    people = [person("A"), person("B"), person("C")]

    assert [named(people[:n]) for n in range(4)] == ["no source", "A", "A and B", "A, B and C"]
    assert named([people[0], people[0]]) == "A"
