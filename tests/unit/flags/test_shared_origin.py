"""shared_origin: several reports that one origin explains."""

from secondsource.flags.shared_origin import assess
from secondsource.model import FlagLevel
from tests.unit.corpus.reports import nameless, person, report, texts, unnamed, words
from tests.unit.flags.cases import not_assessed, quotes, raised

STRAND, MARSH = person("Owen Strand"), person("Dela Marsh")


def members(name):
    return unnamed(name, role="member", group="Ondresian National Council")


def test_two_reports_of_which_one_cites_the_other_share_an_origin():
    (flag,) = raised(assess, report("Courier", STRAND), report("Record", cites=["Courier"]))

    assert flag.level == FlagLevel.WARNING
    assert flag.reason == "2 reports (Courier, Record), one origin: one cites another."
    assert quotes(flag)[0] == "Courier"
    assert [(e.article_id, e.shows) for e in flag.evidence] == [
        ("art_record", "cites the other report"),
        ("art_courier", "what the report that is cited says"),
    ]
    assert (flag.scope.kind, flag.scope.articles) == ("corpus", 2)


def test_two_reports_of_the_same_unnamed_group_share_an_origin():
    (flag,) = raised(assess, report("Courier", members("three members")), report("Record", members("members of it")))

    assert "they name the same source" in flag.reason
    assert quotes(flag) == ["three members", "members of it"]
    assert {e.article_id for e in flag.evidence} == {"art_courier", "art_record"}


def test_a_tie_by_description_alone_is_less_sure_than_a_citation():
    (described,) = raised(
        assess, report("Courier", members("three members")), report("Record", members("members of it"))
    )
    (cited,) = raised(assess, report("Courier", STRAND), report("Record", cites=["Courier"]))

    assert described.confidence < cited.confidence


def test_copied_wording_is_shown_on_both_sides():
    says = "commanders of the two groups sealed the pact at a meeting in the border village of Yarmesh"
    (flag,) = raised(assess, report("Courier", STRAND, says=says), report("Record", says=says))

    assert "they share wording" in flag.reason
    assert quotes(flag).count(says) == 2


def test_two_independent_reports_are_not_flagged():
    assert raised(assess, report("Courier", STRAND), report("Record", MARSH)) == []


def test_unnamed_sources_that_nothing_ties_are_not_flagged():
    assert raised(assess, report("Courier", unnamed("officials")), report("Record", unnamed("two officials"))) == []


def test_three_reports_with_two_origins_are_flagged_more_mildly():
    (flag,) = raised(assess, report("Courier", STRAND), report("Record", cites=["Courier"]), report("Tribune", MARSH))

    assert flag.level == FlagLevel.CAUTION
    assert "3 reports" in flag.reason
    assert "2 origins" in flag.reason


def test_one_report_alone_can_not_be_assessed():
    assert not_assessed(assess, report("Courier", STRAND)) != []
    assert raised(assess, report("Courier", STRAND)) == []


def test_without_reports_there_is_nothing_to_say():
    assert assess_nothing() == []


def assess_nothing():
    denial = report("Tribune", denied_by=[STRAND], reporting=False)
    return [*raised(assess, denial), *not_assessed(assess, denial)]


def test_two_reports_that_credit_one_outlet_cite_it_and_not_each_other():
    (flag,) = raised(assess, report("Courier", cites=["The Wire"]), report("Record", cites=["The Wire"]))

    assert flag.reason == "2 reports (Courier, Record), one origin: both credit The Wire."
    assert {e.shows for e in flag.evidence} == {"credits The Wire"}
    assert {e.article_id for e in flag.evidence} == {"art_courier", "art_record"}


def test_an_outlet_that_one_report_alone_credits_ties_nothing():
    (flag,) = raised(assess, report("Courier", STRAND), report("Record", STRAND, cites=["The Wire"]))

    assert "The Wire" not in flag.reason
    assert {e.shows for e in flag.evidence} == {"the same source in both"}


def test_reports_that_all_speak_of_one_video_share_it():
    told = {
        "Courier": "A bear walked through the market of Harl",
        "Record": "Honey was eaten by an animal at three stalls",
        "Tribune": "Traders in Harl had a visitor with fur on Monday",
        "Herald": "Nobody was hurt when the beast came to town",
        "Post": "The guest from the woods left before noon",
    }
    found = [report(name, says=says, adds=f" A video shows it, {name} writes.") for name, says in told.items()]

    (flag,) = raised(assess, *[o.model_copy(update={"sentences": (*o.sentences, video(o))}) for o in found])

    assert flag.reason.endswith("one origin: several speak of a picture or video.")
    assert {e.exact for e in flag.evidence} == {"A video shows it"}


def video(o):
    return next(
        words(o.article_id, text, "A video shows it") for text in texts[o.article_id] if "A video shows it" in text
    )


def test_a_source_of_ones_own_beside_a_citation_is_more_than_one_origin():
    (flag,) = raised(assess, report("Courier", STRAND), report("Record", MARSH, cites=["Courier"]))

    assert "little more than one origin" in flag.reason


def test_which_reports_share_is_told_of_three_only_where_more_than_half_an_origin_is_missing():
    assert (
        raised(assess, report("Courier", STRAND), report("Record", MARSH), report("Tribune", person("Ida Holm"))) == []
    )


def test_of_reports_without_a_name_only_their_number_is_told():
    reports = report("Courier", members("three members")), report("Record", members("members of it"))

    (one,) = raised(assess, reports[0], nameless(reports[1]))
    (none,) = raised(assess, *map(nameless, reports))

    assert one.reason == "2 reports (among them Courier), one origin: they name the same source."
    assert none.reason == "2 reports, one origin: they name the same source."


def test_two_articles_of_one_newsroom_are_told_to_stand_in_it():
    (flag,) = raised(assess, report("Morning", publisher="Courier"), report("Evening", publisher="Courier"))

    assert flag.reason == "2 reports (Courier), one origin: both stand in Courier."
    assert {e.article_id for e in flag.evidence} == {"art_morning", "art_evening"}
