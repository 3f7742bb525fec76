"""Whom each report rests on, resolved across the reports."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from secondsource.corpus.credits import Root, read
from secondsource.corpus.origins import trace
from tests.unit.corpus.reports import START, Backs, body, person, report, telling, unnamed

STRAND, MARSH = person("Owen Strand"), person("Dela Marsh")
ELSEWHERE = "The orchard at Varn was flooded when the levee burst"


def roots(*reports):
    return [set(rests.roots) for rests in read(reports)]


def of_kind(kind, *reports):
    return [{root.key for root in found if root.kind == kind} for found in roots(*reports)]


def test_a_source_of_two_reports_is_one_root_however_it_is_spelt():
    assert of_kind(
        "person", report("Courier", person("Yusuf Hadrami")), report("Record", person("Yousef Hadrami"))
    ) == [
        {"yousef hadrami"},
        {"yousef hadrami"},
    ]


def test_a_surname_alone_is_whoever_has_it_in_full():
    found = read([report("Courier", person("Perrin")), report("Record", person("Anna Perrin"))])

    root = Root("person", "anna perrin")
    assert [rests.own[root].confidence for rests in found] == [0.7, 1.0]


def test_a_group_is_no_person_of_the_same_name():
    assert roots(report("Courier", body("Strand")), report("Record", person("Strand"))) == [
        {Root("group", "strand")},
        {Root("person", "strand")},
    ]


def test_a_group_called_like_a_person_in_full_is_that_person():
    assert of_kind("person", report("Courier", body("Owen Strand")), report("Record", STRAND)) == [
        {"owen strand"},
        {"owen strand"},
    ]


def test_unnamed_sources_of_one_group_are_one_root_and_of_none_those_of_their_description():
    of_group = [unnamed("two aides", group="Council"), unnamed("an aide to it", group="the Council")]
    described = [unnamed("senior harbour pilots"), unnamed("harbour pilots, senior ones")]

    assert (
        roots(*(report(name, s) for name, s in zip("AB", of_group, strict=True)))
        == [{Root("unnamed", "of council")}] * 2
    )
    first, second = roots(*(report(name, s) for name, s in zip("AB", described, strict=True)))
    assert first and all(root.kind == "unnamed" for root in first | second)


@pytest.mark.parametrize(
    ("group", "key"),
    [
        ("National Revival Movement", "of national revival movement"),
        ("Homeland Congress", "of homeland congress"),
        ("Skyline", "of skyline"),
        ("interior ministry", "at interior ministry"),
        ("Marun Police", "at marun police"),
        ("Kremlin", "at kremlin"),
        ("France", "at france"),
    ],
)
def test_people_of_a_party_and_those_of_a_state_are_told_apart(group, key):
    assert roots(report("Courier", unnamed("two members", group=group))) == [{Root("unnamed", key)}]


def test_people_of_a_party_back_a_story_whose_headline_claim_nobody_is_named_for():
    def told(*sources, group):
        by = unnamed("two members of it", role="member", group=group)
        return of_kind("unnamed", telling("Courier", *sources, backing=[Backs(by=by)]))

    assert told(group="Homeland Congress") == [{"of homeland congress"}]
    assert told(group="Marun Police") == [set()]
    assert told(STRAND, group="Homeland Congress") == [set()]


def test_people_familiar_with_the_matter_are_each_newsroom_s_own():
    first, second = roots(
        report("Courier", unnamed("people familiar with the talks")),
        report("Record", unnamed("people familiar with the talks")),
    )

    assert first.isdisjoint(second)


def test_a_newsroom_that_saw_it_is_a_root_of_its_own():
    (found,) = read([report("Courier", own_witness=True)])

    assert Root("witness", "art_courier") in found.exclusive


# --- outlets -------------------------------------------------------------------------------------


def test_an_outlet_that_is_none_of_the_reports_is_a_root_by_its_name():
    assert of_kind(
        "outlet", report("Courier", cites=["the Daily Lantern"]), report("Record", cites=["Daily Lantern"])
    ) == [
        {"daily lantern"},
        {"daily lantern"},
    ]


def test_an_outlet_among_the_reports_is_cited_and_what_it_rests_on_is_reached():
    first, second = read([report("Courier", STRAND), report("Record", cites=["Courier"])])

    assert second.cites.keys() == {0}
    assert {Root("report", "art_courier"), Root("person", "owen strand")} <= set(second.roots)
    assert Root("person", "owen strand") not in second.own
    assert first.cites == {}


def test_where_articles_carry_dates_a_citation_points_back_in_time():
    def dated(name, day, **more):
        return report(name, published_at=START + timedelta(days=day), **more)

    _, later = read([dated("Courier", 1), dated("Record", 2, cites=["Courier"])])
    _, earlier = read([dated("Courier", 2), dated("Record", 1, cites=["Courier"])])

    assert later.cites.keys() == {0}
    assert earlier.cites == {}
    assert Root("outlet", "courier") in earlier.roots


def test_of_two_articles_of_an_outlet_the_one_that_was_there_is_meant():
    days = {"Morning": 1, "Evening": 3}
    articles = [
        report(name, publisher="The Courier", published_at=START + timedelta(days=day)) for name, day in days.items()
    ]
    citing = report("Record", cites=["Courier"], published_at=START + timedelta(days=2))

    for order in ([*articles, citing], [citing, *reversed(articles)]):
        found = next(rests for rests in read(order) if rests.cites)
        assert [order[j].article_id for j in found.cites] == ["art_morning"]


def test_whoever_told_an_outlet_is_behind_what_credits_it():
    credits = Backs(outlet="Daily Lantern", form="told", told=MARSH)

    (found,) = read([telling("Courier", backing=[credits])])

    assert {Root("outlet", "daily lantern"), Root("person", "dela marsh")} <= set(found.roots)


@pytest.mark.parametrize(
    ("backs", "root"),
    [
        (Backs(outlet="Daily Lantern", form="credited"), Root("outlet", "daily lantern")),
        (Backs(by=MARSH), Root("person", "dela marsh")),
        (Backs(by=unnamed("people familiar with the talks")), Root("newsroom", "art_courier")),
    ],
    ids=["an outlet", "a named source", "sources of the newsroom"],
)
def test_background_backs_no_story(backs, root):
    near = telling("Courier", backing=[backs])
    far = telling("Courier", backing=[Backs(**{**vars(backs), "about": ELSEWHERE})])

    assert root in read([near])[0].roots
    assert root not in read([far])[0].roots


def test_police_and_officials_speak_to_all_newsrooms():
    (found,) = read([telling("Courier", backing=[Backs(by=unnamed("harbour police"))])])

    assert found.roots == {}


def test_a_newsroom_that_was_told_itself_has_an_origin_of_its_own():
    (found,) = read([telling("Courier", backing=[Backs(form="own")])])

    assert found.exclusive == {Root("newsroom", "art_courier")}


FILMED = "A video that was uploaded on Monday shows the envoys"


@pytest.mark.parametrize(("speaking", "silent", "common"), [(4, 0, True), (3, 0, False), (6, 4, True), (5, 5, False)])
def test_what_most_reports_speak_of_is_what_they_rest_on(speaking, silent, common):
    reports = [telling(f"Outlet {n}", passages=[FILMED] if n < speaking else []) for n in range(speaking + silent)]

    assert of_kind("thing", *reports) == [{"image"} if common else set()] * speaking + [set()] * silent


def test_only_the_beginning_of_what_tells_the_story_is_looked_at_for_it():
    late = [f"The envoys came by barge number {n}" for n in range(8)] + [FILMED]

    assert of_kind("thing", *(telling(f"Outlet {n}", passages=late) for n in range(5))) == [set()] * 5


@pytest.mark.parametrize("name", ["It", "Reuters"])
def test_a_pronoun_and_an_outlet_are_nobody_who_says_the_claim(name):
    assert roots(report("Courier", person(name))) == [set()]


# --- what speaks for an origin of one's own --------------------------------------------------------


def test_a_named_source_of_one_report_alone_speaks_for_itself_only_where_it_says_the_claim():
    direct, backing = read([telling("Courier", STRAND), telling("Record", backing=[Backs(by=MARSH)])])

    assert direct.exclusive == {Root("person", "owen strand")}
    assert backing.exclusive == set()


def test_a_source_that_backs_two_reports_counts_for_both():
    both = [telling(name, backing=[Backs(by=MARSH)]) for name in ("Courier", "Record")]

    assert [rests.exclusive for rests in read(both)] == [{Root("person", "dela marsh")}] * 2


@pytest.mark.parametrize(("reports", "own"), [(5, set()), (4, {Root("person", "owen strand")})])
def test_whom_nearly_all_of_many_reports_name_is_in_the_story_and_no_source_of_one_s_own(reports, own):
    named = [telling(f"Outlet {n}", passages=["Owen Strand sealed the pact"]) for n in range(reports - 1)]

    assert read([telling("Courier", STRAND), *named])[0].exclusive == own


def test_an_outlet_that_nearly_all_reports_name_sets_none_of_them_apart():
    crediting = telling("Courier", backing=[Backs(outlet="Daily Lantern", form="reports")])
    named = [telling(f"Outlet {n}", passages=["The Daily Lantern was at the meeting"]) for n in range(5)]

    assert read([crediting])[0].exclusive == {Root("outlet", "daily lantern")}
    assert read([crediting, *named])[0].exclusive == set()


def test_a_person_whom_another_report_credits_as_an_outlet_is_that_outlet():
    found = roots(
        telling("Courier", person("Lantern Way")),
        telling("Record", backing=[Backs(outlet="Lantern Way", form="credited")]),
    )

    assert found == [{Root("outlet", "lantern way")}] * 2


def test_an_outlet_that_some_write_in_one_word_is_that_of_those_who_write_it_in_several():
    def crediting(*names):
        return [telling(f"Outlet {n}", backing=[Backs(outlet=name, form="credited")]) for n, name in enumerate(names)]

    assert roots(*crediting("9 to 5 Lantern", "9to5Lantern", "9to5Lantern")) == [{Root("outlet", "9to5lantern")}] * 3
    assert roots(*crediting("Lantern Way", "LanternWay", "The Lantern Way")) == [{Root("outlet", "lantern way")}] * 3
    assert roots(telling("Courier", person("Lantern Way")), *crediting("LanternWay")) == [
        {Root("outlet", "lantern way")},
        {Root("outlet", "lantern way")},
    ]


def test_who_told_an_outlet_is_behind_it_however_it_is_written():
    spoke = telling("Courier", backing=[Backs(outlet="LanternWay", form="told", told=STRAND)])
    credits = [telling(f"Outlet {n}", backing=[Backs(outlet="Lantern Way", form="credited")]) for n in range(2)]

    assert Root("person", "owen strand") in read([spoke, *credits])[2].roots


@pytest.mark.parametrize(
    "name", ["local media reports", "two other outlets", "the website", "British media", "Twitter"]
)
def test_media_without_a_name_are_no_outlet_that_two_reports_could_share(name):
    backs = [Backs(outlet=name, form="credited")]

    assert roots(telling("Courier", backing=backs), telling("Record", backing=backs)) == [set(), set()]


# --- whose report is meant ---------------------------------------------------------------------------


def test_a_group_that_is_the_publisher_of_another_report_is_that_newsroom():
    found = read([report("Nordic Business", STRAND), report("Record", body("Nordic Business"))])

    assert list(found[1].cites) == [0]


@pytest.mark.parametrize(
    ("cited", "citing", "meant"),
    [
        (timedelta(0), timedelta(0), True),
        (timedelta(hours=2), timedelta(0), False),
        (timedelta(hours=2), -timedelta(hours=6), True),  # midnight: the page tells the day alone
        (timedelta(hours=20), -timedelta(hours=6), False),
    ],
    ids=["at once", "later", "later on that day", "a day later"],
)
def test_a_report_of_a_later_day_can_not_be_meant(cited, citing, meant):
    first = report("Courier", STRAND, published_at=START + cited)
    second = report("Record", cites=["Courier"], published_at=START + citing)

    assert bool(read([first, second])[1].cites) is meant


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_reports_of_an_outlet_the_one_published_first_is_meant(order):
    early = report("Early", STRAND, publisher="Courier", published_at=START)
    late = report("Late", MARSH, publisher="Courier", published_at=START + timedelta(hours=1))
    citing = report("Record", cites=["Courier"], published_at=START + timedelta(hours=2))

    found = read([early, late, citing][::order])

    (meant,) = next(rests for rests in found if rests.at.article_id == citing.article_id).cites
    assert found[meant].at.article_id == early.article_id


@pytest.mark.parametrize(
    ("url", "name", "meant"),
    [
        ("https://www.calvorne-courier.example/a", "The Calvorne Courier", True),
        ("https://calvornecourier.example/a", "the Courier", True),
        ("https://www.nytimes.com/a", "The New York Times", True),
        ("https://www.thetimes.co.uk/a", "The Times", True),
        ("https://thehill.com/a", "The Hill", True),
        ("https://www.xinhuanet.com/a", "Xinhua", True),
        ("https://medium.com/a", "Medium", False),
        ("https://www.nytimes.com/a", "Time magazine", False),
        ("https://www.nytimes.com/a", "the Times of London", False),
        ("https://sometimesdaily.example/a", "the Times", False),
        ("https://lanternpost.example/a", "The Lantern", False),
    ],
)
def test_the_address_of_a_report_tells_its_outlet_by_whole_words(url, name, meant):
    first = report("Alpha", STRAND, publisher=" ", url=url)
    second = report("Record", cites=[name])

    assert bool(read([first, second])[1].cites) is meant


def test_a_source_that_is_a_publisher_too_is_one_however_it_is_called():
    found = trace(
        [
            report("Courier", person("Anna Keller"), published_at=START + timedelta(hours=3)),
            report("Tribune", person("Keller"), published_at=START + timedelta(hours=5)),
            report("Blog", publisher="Anna Keller", published_at=START + timedelta(hours=6)),
        ]
    )

    assert ("art_courier", "art_tribune") in [group[:2] for group in found.groups]


def test_who_credits_an_outlet_before_its_page_came_out_and_who_does_so_after_credit_one_outlet():
    police = body("Calvorne Police")
    found = trace(
        [
            report("Courier", police, published_at=START + timedelta(hours=3)),
            report("Tribune", police, published_at=START + timedelta(hours=5)),
            report("Press", publisher="Calvorne Police", published_at=START + timedelta(hours=4)),
        ]
    )

    assert (found.low, found.best) == (1, 1)


def test_days_are_compared_wherever_midnight_is():
    courier = report("Courier", STRAND, published_at=datetime(2025, 3, 12, tzinfo=UTC))
    night = datetime(2025, 3, 11, 23, 30, tzinfo=timezone(timedelta(hours=-5)))

    assert list(read([courier, report("Tribune", cites=["Courier"], published_at=night)])[1].cites) == [0]
