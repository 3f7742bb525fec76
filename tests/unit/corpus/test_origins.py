"""On how many independent origins the reports of a claim rest."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.corpus.origins import MOST_REPORTS, _lowest, trace
from secondsource.model import Source, SourceKind
from tests.unit.corpus.reports import START, Backs, body, goes_back, inner, nameless, person, report, telling, unnamed

COUNCIL = "Ondresian National Council"


def members(name="members of the council", **more):
    return unnamed(name, role="member", group=COUNCIL, **more)


def range_of(*reports):
    found = trace(reports)
    assert found.not_assessable is None
    return found.low, found.best, found.high


def links(*reports):
    return [(edge.type, edge.source, edge.target) for edge in trace(reports).edges if edge.type != "rests_on"]


def in_any_order(*reports):
    """The range, which is the same in whatever order they come in."""
    found = {range_of(*order) for order in permutations(reports)}
    assert len(found) == 1
    return found.pop()


# --- nothing to count ------------------------------------------------------------------------------


def test_without_reports_there_is_nothing_to_assess():
    found = trace([])

    assert found.not_assessable
    assert (found.low, found.best, found.high, found.groups) == (0, 0, 0, ())


def test_an_article_that_only_denies_the_claim_is_no_report_of_it():
    denial = report("Tribune", denied_by=[person("Helen Brann")], reporting=False)

    assert trace([denial]).not_assessable
    assert range_of(report("Courier", person("Owen Strand")), denial) == (1, 1, 1)


# --- one origin ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "only",
    [
        report("Courier", person("Owen Strand")),
        report("Courier", person("Owen Strand"), person("Dela Marsh")),
        report("Courier"),
        report("Courier", own_witness=True),
        report("Courier", cites=["Reuters"]),
    ],
    ids=["one source", "two sources", "no source", "own witness", "a wire"],
)
def test_one_report_has_one_origin(only):
    found = trace([only])

    assert (found.low, found.best, found.high) == (1, 1, 1)
    assert set(found.groups) == {("art_courier",)}


def test_two_reports_of_one_named_source_have_one_origin():
    found = trace([report("Courier", person("Owen Strand")), report("Record", person("Owen Strand"))])

    assert (found.low, found.best, found.high) == (1, 1, 1)
    assert found.groups == (("art_courier", "art_record"),)
    assert ("same_source", "source:art_courier:s1", "source:art_record:s1") in [
        (e.type, e.source, e.target) for e in found.edges
    ]


def test_a_report_that_cites_the_other_rests_on_its_origin():
    found = trace([report("Calvorne Courier", person("Owen Strand")), report("Record", cites=["The Calvorne Courier"])])

    assert found.best == 1
    assert found.groups == (("art_calvorne_courier", "art_record"),)
    (edge,) = [e for e in found.edges if e.type == "cites"]
    assert (edge.source, edge.target) == ("article:art_record", "article:art_calvorne_courier")
    assert edge.evidence[0].exact == "The Calvorne Courier"


@pytest.mark.parametrize("name", ["Calvorne Courier", "the Courier", "The Calvorne Courier"])
def test_an_outlet_is_known_by_its_short_name_too(name):
    assert range_of(report("The Calvorne Courier", person("Owen Strand")), report("Record", cites=[name])) == (1, 1, 1)


def test_an_outlet_is_known_by_the_address_of_its_article():
    original = report("A", person("Owen Strand"), url="https://www.hinterpost.example/pact")

    assert range_of(original, report("Record", cites=["Hinterpost"])) == (1, 1, 1)


def test_two_reports_that_cite_one_wire_share_its_origin():
    found = trace([report("Courier", cites=["Reuters"]), report("Record", cites=["Reuters"])])

    assert found.best == 1
    assert "outlet:reuters" in {node.id for node in found.nodes}


def test_two_reports_that_cite_two_wires_have_two_origins():
    assert range_of(report("Courier", cites=["Reuters"]), report("Record", cites=["AFP"])) == (2, 2, 2)


def test_a_chain_of_citations_is_followed_to_its_end():
    chain = [
        report("Courier", person("Owen Strand")),
        report("Record", cites=["Courier"]),
        report("Tribune", cites=["Record"]),
        report("Observer", cites=["Tribune"]),
    ]

    assert range_of(*chain) == (1, 1, 1)
    assert trace(chain).groups == (("art_courier", "art_record", "art_tribune", "art_observer"),)


def test_reports_that_cite_one_another_in_a_circle_have_one_origin():
    assert range_of(report("Courier", cites=["Record"]), report("Record", cites=["Courier"])) == (1, 1, 1)


def test_a_circle_of_three_and_one_that_cites_it_have_one_origin():
    circle = [
        report("Courier", cites=["Record"]),
        report("Record", cites=["Tribune"]),
        report("Tribune", cites=["Courier"]),
        report("Observer", cites=["Tribune"]),
    ]

    for order in permutations(circle):
        assert range_of(*order)[1] == 1


def test_copied_wording_without_a_source_rests_on_what_was_copied():
    says = "commanders of the two groups sealed the pact at a meeting in the border village of Yarmesh"
    found = trace([report("Courier", person("Owen Strand"), says=says), report("Record", says=says)])

    assert found.best == 1
    (edge,) = [e for e in found.edges if e.type == "copies"]
    assert {e.article_id for e in edge.evidence} == {"art_courier", "art_record"}
    assert {e.exact for e in edge.evidence} == {says}


def test_eight_words_in_common_are_no_copy():
    courier = report(
        "Courier", person("Owen Strand"), says="commanders of both groups met in the border village Yarmesh"
    )
    record = report("Record", person("Dela Marsh"), says="envoys of both groups met in the border village yesterday")

    assert links(courier, record) == []


def test_a_plain_short_statement_in_the_same_words_is_no_copy():
    says = "the bridge at Marun fell into the river on Monday"
    strand, marsh = (report(name, person(who), says=says) for name, who in (("Courier", "Strand"), ("Record", "Marsh")))

    assert links(strand, marsh) == []


# --- one newsroom ------------------------------------------------------------------------------------


def of_courier(name, *sources, day=None, **more):
    at = None if day is None else START + timedelta(days=day)
    return report(name, *sources, publisher="Courier", published_at=at, **more)


def test_a_newsroom_that_speaks_of_what_it_reported_rests_on_its_first_report_of_it():
    first, second = of_courier("A", day=0), of_courier("B", person("Owen Strand"), day=1)
    last = goes_back(of_courier("C", day=2))

    assert in_any_order(first, last) == (1, 1, 1)
    cited = [link for link in links(first, second, last) if link[0] == "cites"]
    assert cited == [("cites", "article:art_c", "article:art_a")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (of_courier("A", day=1), goes_back(of_courier("B", day=0))),
        (of_courier("A"), goes_back(of_courier("B"))),
        (report("Record", published_at=START), goes_back(of_courier("B", day=1))),
        (of_courier("A", day=0), of_courier("B", day=1)),
    ],
    ids=["a later one", "without dates", "another newsroom's", "nothing said of it"],
)
def test_a_newsroom_cites_nothing_but_what_it_is_known_to_have_published_before(before, after):
    assert "cites" not in {kind for kind, *_ in links(before, after)}


def test_two_articles_of_one_newsroom_have_one_origin_unless_each_names_somebody_else():
    strand, marsh = person("Owen Strand"), person("Dela Marsh")

    assert in_any_order(of_courier("A"), of_courier("B")) == (1, 1, 2)
    assert in_any_order(of_courier("A", strand), of_courier("B")) == (1, 1, 2)
    assert in_any_order(of_courier("A", own_witness=True), of_courier("B", own_witness=True)) == (1, 1, 2)
    assert in_any_order(of_courier("A", strand), of_courier("B", marsh)) == (1, 2, 2)
    assert in_any_order(of_courier("A", strand), report("Record", marsh)) == (2, 2, 2)


def test_one_newsroom_does_not_make_one_of_two_groups_in_which_others_stand():
    here = [of_courier("A", person("Owen Strand")), report("Record", person("Owen Strand"))]
    there = [of_courier("B", person("Dela Marsh")), report("Tribune", person("Dela Marsh"))]

    assert in_any_order(*here, *there) == (2, 2, 2)


# --- claims that are not the headline ----------------------------------------------------------------


def test_who_credits_another_report_with_the_story_most_likely_has_its_other_claims_from_there():
    told, relayed = inner("Courier"), inner("Record", credits=["Courier"])

    assert in_any_order(told, relayed) == (1, 1, 2)
    (edge,) = trace([told, relayed]).edges
    assert (edge.type, edge.source, edge.target) == ("cites", "article:art_record", "article:art_courier")
    assert [shown.exact for shown in edge.evidence] == ["Courier", told.text]
    assert edge.confidence < 0.95


def test_a_chain_of_credits_for_the_story_is_followed():
    chain = [
        inner("Courier", person("Owen Strand")),
        inner("Record", credits=["Courier"]),
        inner("Tribune", credits=["Record"]),
    ]

    assert in_any_order(*chain)[:2] == (1, 1)


def test_two_that_credit_one_outlet_with_the_story_have_its_other_claims_from_there():
    relays = [inner("Courier", credits=["Daily Lantern"]), inner("Record", credits=["the Daily Lantern"])]

    assert in_any_order(*relays) == (1, 1, 2)
    assert in_any_order(*map(nameless, relays)) == (1, 1, 2)


def test_who_credits_the_story_and_names_somebody_for_a_claim_has_an_origin_of_its_own_besides():
    low, best, _ = in_any_order(
        inner("Courier", person("Owen Strand")), inner("Record", person("Dela Marsh"), credits=["Courier"])
    )

    assert low == 1
    assert 1 < best < 2


def test_outlets_that_two_credit_with_their_stories_do_not_hold_their_other_claims_apart():
    apart = [inner("Courier", credits=["Daily Lantern"]), inner("Record", credits=["Hinterpost"])]

    assert in_any_order(*apart)[0] == in_any_order(inner("Courier"), inner("Record"))[0] == 1


def test_where_nobody_is_named_for_a_claim_who_says_the_headline_claim_most_likely_says_it_too():
    here, there = (inner(name, heads=person("Owen Strand")) for name in ("Courier", "Record"))

    assert in_any_order(here, there) == (1, 1, 2)
    assert in_any_order(here, inner("Record", person("Owen Strand"))) == (1, 1, 2)
    assert in_any_order(inner("Courier", heads=members()), inner("Record", members())) == (1, 1, 2)
    assert in_any_order(here, inner("Record", heads=person("Dela Marsh"))) == (1, 2, 2)


# --- two origins -----------------------------------------------------------------------------------


def test_two_named_independent_sources_are_two_origins():
    found = trace([report("Courier", person("Owen Strand")), report("Record", person("Dela Marsh"))])

    assert (found.low, found.best, found.high) == (2, 2, 2)
    assert found.groups == (("art_courier",), ("art_record",))


def test_two_newsrooms_that_saw_it_themselves_are_two_origins():
    assert range_of(report("Courier", own_witness=True), report("Record", own_witness=True)) == (2, 2, 2)


def test_sixteen_reports_of_one_origin_and_one_of_another_are_two_origins():
    one = [report(f"Outlet {n}", person("Owen Strand")) for n in range(16)]
    other = report("Record", person("Dela Marsh"))

    assert range_of(*one, other) == (2, 2, 2)
    assert [len(group) for group in trace([*one, other]).groups] == [16, 1]


def test_fifteen_that_cite_the_first_and_one_of_its_own_are_two_origins():
    first = report("Courier", person("Owen Strand"))
    followers = [report(f"Outlet {n}", cites=["Courier"]) for n in range(15)]

    assert range_of(first, *followers, report("Record", person("Dela Marsh")))[1] == 2


def test_a_report_that_cites_another_and_adds_its_own_source_stands_in_two_groups():
    found = trace([report("Courier", person("Owen Strand")), report("Record", person("Dela Marsh"), cites=["Courier"])])

    assert 1 < found.best < 2
    assert (found.low, found.high) == (1, found.best)
    assert set(found.groups) == {("art_courier", "art_record"), ("art_record",)}


def test_people_without_a_name_beside_a_cited_outlet_may_be_that_outlet_s():
    found = trace([report("Courier", person("Owen Strand")), report("Record", unnamed("officials"), cites=["Courier"])])

    assert (found.low, found.best) == (1, 1)
    assert 1 < found.high < 2
    assert found.groups == (("art_courier", "art_record"),)


@pytest.mark.parametrize(
    "its_own",
    [
        report("Record", Source(id="", name="internal emails", kind=SourceKind.DOCUMENT), cites=["Courier"]),
        report("Record", unnamed("two officials of the ministry"), cites=["Courier"]),
        telling("Record", backing=[Backs(form="own")], cites=["Courier"]),
    ],
    ids=["a document", "people without a name", "its newsroom was told"],
)
def test_what_a_newsroom_may_have_beside_an_outlet_that_it_cites_counts_in_high_alone(its_own):
    low, best, high = in_any_order(telling("Courier", person("Owen Strand")), its_own)

    assert (low, best) == (1, 1)
    assert 1 < high < 2


def test_a_picture_that_reports_speak_of_is_nobody_s_own():
    spoken = Source(id="", name="a video", kind=SourceKind.DOCUMENT)

    assert in_any_order(report("Courier", person("Owen Strand")), report("Record", spoken, cites=["Courier"])) == (
        1,
        1,
        1,
    )


def test_who_credits_an_outlet_besides_shares_an_origin_with_those_alone_who_credit_it_too():
    here = [telling(f"Here {n}", person("Owen Strand"), passages=COURIER_S_OWN) for n in range(3)]
    there = [
        telling(f"There {n}", person("Dela Marsh"), passages=RECORD_S_OWN, cites=["Daily Lantern"] if n == 0 else [])
        for n in range(3)
    ]
    both = telling("Tribune", person("Owen Strand"), passages=COURIER_S_OWN, cites=["Daily Lantern"])

    found = trace([*here, *there, both])

    assert set(found.groups) == {
        ("art_here_0", "art_here_1", "art_here_2", "art_tribune"),
        ("art_there_0", "art_there_1", "art_there_2"),
        ("art_there_0", "art_tribune"),
    }
    assert found.best == pytest.approx(2, abs=0.35)


def test_an_outlet_that_two_groups_each_credit_once_does_not_make_them_one():
    here = "Water broke the dam above the mills of Marun late on Monday night, and nobody had heard of it before."
    there = "Bakers came to the lower town and stood in water, for the dam above Marun gave way."
    reports = [
        telling(
            name,
            passages=[here if name in "ABC" else there],
            backing=[Backs(outlet="Lanternway" if name in "ABC" else "Hinterpost", form="credited")],
            cites=["Daily Lantern"] if name in "AD" else [],
        )
        for name in "ABCDEF"
    ]

    found = trace(reports)

    assert {frozenset(i[-1] for i in group) for group in found.groups} == {*map(frozenset, ("abc", "def", "ad"))}
    assert 1.5 < found.best < 2


def test_who_has_it_from_one_of_two_origins_shares_none_with_who_has_it_from_the_other():
    market = "Traders in the market of the capital closed their stalls early and carried sacks of flour home by cart."
    orchard = "Apple growers along the river wondered who would drive lorries over mountain passes this coming winter."
    outlet, named = Backs(outlet="Lanternway", form="credited"), Backs(by=person("Owen Strand"))
    one = [telling(name, backing=[outlet], passages=[market]) for name in "AB"]
    other = [telling(name, backing=[named], passages=[orchard]) for name in "CD"]
    both = [telling(name, backing=[outlet, named], passages=[market, orchard]) for name in "EFGH"]

    found = trace([*one, *other, *both])

    assert [{i[-1] for i in group} for group in found.groups] == [set("abefgh"), set("cdefgh")]
    assert 1 < found.best < 2
    assert not [e for e in found.edges if {e.source[-1], e.target[-1]} in ({"a", "c"}, {"b", "d"})]


def test_reports_that_speak_of_one_video_have_one_node_for_it_with_the_words_of_each():
    filmed = "A video that was uploaded on Monday shows the envoys"
    found = trace([telling(f"Outlet {n}", passages=[filmed]) for n in range(4)])

    assert found.best == 1
    assert [node.label for node in found.nodes if node.id == "thing:image"] == ["a picture or video"]
    shown = [edge for edge in found.edges if edge.target == "thing:image"]
    assert [edge.type for edge in shown] == ["rests_on"] * 4
    assert {edge.evidence[0].exact for edge in shown} == {filmed}


def test_two_people_of_one_surname_are_two_origins():
    assert range_of(report("Courier", person("Anna Perrin")), report("Record", person("Tom Perrin"))) == (2, 2, 2)


def test_a_surname_alone_may_be_the_one_named_in_full_elsewhere():
    low, best, high = range_of(report("Courier", person("Anna Perrin")), report("Record", person("Perrin")))

    assert (low, best, high) == (1, 1, 2)


def test_a_group_by_its_short_name_may_be_the_same_group():
    assert (
        range_of(report("Courier", body("Norvan Water Authority")), report("Record", body("Water Authority")))[1] == 1
    )


# --- where identity cannot be known ----------------------------------------------------------------


def test_the_same_unnamed_group_in_two_reports_is_probably_one_origin():
    found = trace([report("Courier", members("three members of the council")), report("Record", members())])

    assert (found.low, found.best, found.high) == (1, 1, 2)
    (edge,) = [e for e in found.edges if e.type == "same_source"]
    assert [e.exact for e in edge.evidence] == ["three members of the council", "members of the council"]


@pytest.mark.parametrize(
    ("group", "found"), [("Ondresian Freedom Movement", (1, 1, 2)), ("interior ministry", (1, 2, 2))]
)
def test_members_of_a_party_are_one_party_whichever_newsroom_they_spoke_to_and_officials_are_many(group, found):
    told = ["A pact of the two groups", "The two groups and their pact"]
    here, there = (
        telling(
            name, unnamed("members of it", group=group), backing=[Backs(form="own")], passages=[passage], says=passage
        )
        for name, passage in zip(["Courier", "Record"], told, strict=True)
    )

    assert in_any_order(here, there) == found


def test_unnamed_people_of_two_groups_are_two_origins():
    here = report("Courier", unnamed("aides to the minister", group="Interior Ministry"))
    there = report("Record", unnamed("officers of the army", group="Ridge Army"))

    assert range_of(here, there) == (2, 2, 2)


def test_unnamed_people_whom_nothing_ties_or_parts_give_a_range():
    assert range_of(report("Courier", unnamed("officials")), report("Record", unnamed("two officials"))) == (1, 2, 2)


def test_named_sources_tell_two_groups_apart_where_a_bare_difference_of_words_leaves_it_open():
    here = "Water broke the dam above the mills of Marun late on Monday night, and nobody had heard of it before."
    there = "The dam above the mills of Marun gave way, and water stood in the lower town when the bakers came."
    elsewhere = "The dam above the mills gave way in Marun, and water stood in the lower town when the bakers came."
    named, cited = [], []
    for names, told, who, outlet in (
        ("AB", here, "Owen Strand", "Lanternway"),
        ("CD", there, "Dela Marsh", "Hinterpost"),
    ):
        named += [telling(name, person(who), passages=[told]) for name in names]
        words = elsewhere if told == there else told
        cited += [telling(name, passages=[words], backing=[Backs(outlet=outlet, form="credited")]) for name in names]

    assert range_of(*named) == (2, 2, 2)
    assert range_of(*cited)[:2] == (1, 2)


def test_a_named_and_an_unnamed_source_are_not_joined():
    assert range_of(report("Courier", person("Owen Strand")), report("Record", unnamed("officials"))) == (2, 2, 2)


LANTERN = Backs(outlet="Daily Lantern", form="reports")


def test_a_report_of_which_no_newsroom_is_known_may_be_the_one_that_another_credits():
    original, relay = nameless(telling("A", person("Owen Strand"))), nameless(telling("B", backing=[LANTERN]))

    assert in_any_order(original, relay)[0] == 1
    assert in_any_order(nameless(report("A", cites=["Lantern"])), nameless(report("B", cites=["Hinterpost"])))[0] == 1


def test_a_report_of_another_newsroom_is_not_the_one_that_is_credited_nor_is_the_one_that_somebody_told():
    strand = telling("A", person("Owen Strand"))
    told = Backs(outlet="Daily Lantern", form="told")
    marsh = telling("B", person("Dela Marsh"), backing=[told])
    elsewhere = strand.model_copy(update={"publisher": None, "url": "https://hinterpost.example/pact"})

    assert in_any_order(strand, nameless(telling("B", person("Dela Marsh"), backing=[LANTERN])))[0] == 2
    assert in_any_order(elsewhere, telling("B", person("Dela Marsh"), backing=[LANTERN]))[0] == 2
    assert in_any_order(nameless(strand), nameless(marsh))[0] == 2


# --- the evidence on both sides ----------------------------------------------------------------------

MET = "commanders of the two groups sealed the pact at a meeting in the border village of Yarmesh before dawn"
BACKGROUND = "the two groups have fought each other along the Marun river since the levee burst nine years ago"
DETAILS = "a lame ferryman had carried a crate of quince brandy and a torn ledger over the weir to the tollkeeper"


def sides(found, kind):
    return [{shown.article_id for shown in edge.evidence} for edge in found.edges if edge.type == kind]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("cites", report("Courier", person("Owen Strand")), report("Record", cites=["Courier"])),
        ("copies", telling("Courier", person("Owen Strand"), passages=[MET]), telling("Record", passages=[MET])),
        ("same_source", report("Courier", person("Owen Strand")), report("Record", person("Owen Strand"))),
        (
            "shared_details",
            telling("Courier", passages=[f"{DETAILS} at noon"]),
            telling(
                "Record", passages=["Of a lame ferryman and his quince brandy, the torn ledger told the tollkeeper"]
            ),
        ),
    ],
)
def test_each_kind_of_link_shows_the_words_of_both_articles(kind, first, second):
    found = trace([first, second])

    assert found.best == 1
    assert {"art_courier", "art_record"} in sides(found, kind)


def test_a_copy_that_names_nobody_rests_on_what_it_copies_and_not_on_another_report():
    found = trace(
        [
            telling("Courier", person("Owen Strand"), passages=[MET]),
            telling(
                "Tribune", person("Dela Marsh"), passages=["The market was quiet and nobody in it knew of a pact."]
            ),
            telling("Record", passages=[MET]),
        ]
    )

    assert set(found.groups) == {("art_courier", "art_record"), ("art_tribune",)}
    assert found.best == 2


def test_two_reports_that_credit_one_unknown_outlet_whom_somebody_told_have_one_origin():
    told = Backs(outlet="Daily Lantern", form="told", told=person("Dela Marsh"))
    found = trace([telling(name, backing=[told]) for name in ("Courier", "Record")])

    assert (found.best, found.groups) == (1, (("art_courier", "art_record"),))
    assert [(e.target, e.evidence[0].exact) for e in found.edges if e.type == "cites"] == [
        ("outlet:daily lantern", "Daily Lantern")
    ] * 2


COURIER_S_OWN = [
    "Engineers in Calvorne had watched the envoys climb out of a grey barge below the granary",
    "A clerk carried the seal in a velvet bag and dropped it twice on the wet steps",
    "Nobody in the orchard quarter believed it until the lamps were lit on the customs roof",
    "The baker Iva Lund closed her shop early and gave what was left to the sentries",
    "By midnight the drummers had been sent home and the square lay empty again",
    "Snow fell on the barricades which children had built of crates and old shutters",
]
RECORD_S_OWN = [
    "Harbour pilots were told of the agreement by radio while they waited for the tide",
    "One of them, a veteran of the dredger crews, laughed and asked for it in writing",
    "Ferries to Marrenport sailed with half their passengers and twice the usual mail",
    "Insurance brokers at the exchange marked down what they charge for cargo upstream",
    "Fishermen hung lanterns from their masts as they do when a strike has ended",
    "A schoolmaster on the quay read the first clause aloud to whoever would listen",
]


def over_background(own):
    courier, record = ([BACKGROUND, *lines[:own]] for lines in (COURIER_S_OWN, RECORD_S_OWN))
    return [
        telling("Courier", person("Owen Strand"), passages=courier),
        telling("Record", person("Dela Marsh"), passages=record),
    ]


@pytest.mark.parametrize(
    "own",
    [
        6,
        1,
    ],
)
def test_background_that_two_reports_of_two_named_sources_share_is_no_link(own):
    found = trace(over_background(own))

    assert found.best == 2
    assert set(found.groups) == {("art_courier",), ("art_record",)}
    assert "copies" not in {edge.type for edge in found.edges}


def test_background_outside_what_tells_the_story_is_not_even_looked_at():
    reports = [report("Courier", person("Owen Strand")), report("Record", person("Dela Marsh"))]
    more = [
        report("Courier", person("Owen Strand"), adds=f" {BACKGROUND}"),
        report("Record", person("Dela Marsh"), adds=f" {BACKGROUND}"),
    ]

    assert trace(more) == trace(reports)


def test_a_circle_of_citations_can_be_followed_in_the_graph():
    names = ["Courier", "Record", "Tribune"]
    found = trace([report(name, cites=[cited]) for name, cited in zip(names, [*names[1:], names[0]], strict=True)])

    path = {edge.source: edge.target for edge in found.edges if edge.type == "cites"}
    at, walked = "article:art_courier", []
    for _ in names:
        walked.append(at)
        at = path[at]
    assert at == "article:art_courier"
    assert walked == ["article:art_courier", "article:art_record", "article:art_tribune"]


def test_where_articles_carry_dates_there_is_no_circle_in_time():
    def dated(name, day, cites):
        return report(name, cites=[cites], published_at=START + timedelta(days=day))

    found = trace([dated("Courier", 1, "Record"), dated("Record", 2, "Courier")])

    assert [(edge.source, edge.target) for edge in found.edges if edge.type == "cites"] == [
        ("article:art_courier", "outlet:record"),
        ("article:art_record", "article:art_courier"),
    ]


def test_of_very_many_reports_the_oldest_are_counted_and_it_says_so():
    reports = [report(f"Outlet {n}", person("Owen Strand")) for n in range(MOST_REPORTS + 1)]

    found = trace(reports)

    assert found.not_assessable is None
    assert found.partial == f"of {MOST_REPORTS + 1} reports the {MOST_REPORTS} oldest are counted"
    assert sum(len(group) for group in found.groups) == MOST_REPORTS


# --- properties ------------------------------------------------------------------------------------

NAMES = ["Courier", "Record", "Tribune", "Observer", "Sentinel"]
SOURCES = st.sampled_from(
    [
        person("Owen Strand"),
        person("Dela Marsh"),
        members(),
        unnamed("officials"),
        unnamed("two officials"),
        body("Lanternway"),
    ]
)


FILMED = "A video of the meeting was shared on social media, and a statement was released."
PASSAGES = st.sampled_from([MET, BACKGROUND, DETAILS, FILMED])
BACKING = st.sampled_from(
    [
        Backs(by=person("Iva Lund")),
        Backs(by=unnamed("people familiar with the talks")),
        Backs(outlet="Daily Lantern", form="told", told=person("Iva Lund")),
        Backs(outlet="Sentinel", form="credited"),
        Backs(form="own"),
        Backs(outlet="Evening Gavel", form="reports", about="The orchard at Varn was flooded"),
    ]
)


@st.composite
def stories(draw):
    """A few reports with their stories, what backs them and dates at random."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    return [
        telling(
            name,
            *draw(st.lists(SOURCES, max_size=1)),
            passages=draw(st.lists(PASSAGES, max_size=2, unique=True)),
            backing=draw(st.lists(BACKING, max_size=2, unique=True)),
            cites=draw(st.lists(st.sampled_from([n for n in NAMES if n != name]), max_size=1)),
            published_at=draw(st.sampled_from([None, START, START + timedelta(days=1)])),
        )
        for name in names
    ]


@st.composite
def corpora(draw):
    """A few reports with sources and citations at random, circles among them."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    return [
        report(
            name,
            *draw(st.lists(SOURCES, max_size=2, unique_by=lambda s: s.name)),
            cites=draw(
                st.lists(st.sampled_from([n for n in [*NAMES, "Reuters"] if n != name]), max_size=2, unique=True)
            ),
            own_witness=draw(st.booleans()),
        )
        for name in names
    ]


@st.composite
def inners(draw):
    """A few reports of a claim that is not their headline, or is that of one of them."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    found = [
        inner(
            name,
            *draw(st.lists(SOURCES, max_size=1)),
            credits=draw(
                st.lists(st.sampled_from([n for n in [*NAMES, "Reuters"] if n != name]), max_size=2, unique=True)
            ),
            heads=draw(st.sampled_from([None, person("Owen Strand"), members()])),
            publisher=draw(st.sampled_from([name, "Courier"])),
            published_at=draw(st.sampled_from([None, START, START + timedelta(days=1)])),
        )
        for name in names
    ]
    found = [goes_back(o) if draw(st.booleans()) else o for o in found]
    return [*found, *draw(st.sampled_from([[], [report("Lanternway", person("Owen Strand"), cites=["Courier"])]]))]


@given(corpora() | stories() | inners())
def test_the_range_lies_between_one_and_the_number_of_reports(reports):
    found = trace(reports)

    assert 1 <= found.low <= found.best <= found.high <= len(reports) + 1e-6
    assert {article for group in found.groups for article in group} == {r.article_id for r in reports}


ON = "Prices of bread and oil were what they had been all winter and the ferries ran. "
DOWN = (ON * (1600 // len(ON) + 1)).strip()
"""What a report goes on with before it credits somebody else."""


def drawn(kind, *reports):
    """The edges of a kind, by article and label of what they lead to, with their confidence."""
    found = trace(reports)
    labels = {node.id: node.label for node in found.nodes}
    return {
        (edge.source.removeprefix("article:art_"), labels[edge.target]): edge.confidence
        for edge in found.edges
        if edge.type == kind
    }


@pytest.mark.parametrize(
    ("kind", "backs", "label", "early", "late"),
    [
        ("cites", Backs(outlet="Daily Lantern", form="credited"), "Daily Lantern", 0.7, 0.35),
        ("rests_on", Backs(by=person("Owen Strand")), "Owen Strand", 0.75, 0.4),
    ],
)
def test_what_is_credited_far_down_is_less_sure_to_be_what_a_report_rests_on(kind, backs, label, early, late):
    high, low = telling("Courier", backing=[backs]), telling("Record", passages=[DOWN], backing=[backs])

    assert drawn(kind, high, low) == {("courier", label): early, ("record", label): late}


def test_who_is_quoted_far_down_is_drawn_only_where_it_makes_a_difference():
    quoted = telling("Record", passages=[DOWN], backing=[Backs(by=person("Owen Strand"))])
    crediting = telling("Record", passages=[DOWN], backing=[Backs(outlet="Daily Lantern", form="credited")])

    assert drawn("rests_on", quoted) == {}
    assert drawn("rests_on", report("Record", person("Owen Strand"), says=DOWN)) == {("record", "Owen Strand"): 0.75}
    assert drawn("cites", crediting) == {("record", "Daily Lantern"): 0.35}


def test_an_outlet_that_the_claim_itself_is_credited_to_is_drawn_wherever_that_stands():
    far = telling("Courier", says=f"{ON.strip('. ')} {DOWN} and the two groups have sealed a pact", cites=["Lantern"])

    assert drawn("cites", far) == {("courier", "Lantern"): 0.75}


class _Chain:
    """Three groups of which the middle one may be one with either, but nobody with two that are one already."""

    def first(self, group):
        return f"art_{min(group)}"

    def may_be_one(self, group, other):
        return len(group) == len(other) == 1 and abs(group[0] - other[0]) == 1


def test_who_may_be_one_is_made_one_in_the_order_of_the_articles_ids():
    for order in permutations([[0], [1], [2]]):
        assert {frozenset(group) for group in _lowest(_Chain(), order)} == {frozenset({0, 1}), frozenset({2})}


@given(corpora() | stories() | inners(), st.randoms())
def test_the_range_does_not_depend_on_the_order_of_the_reports(reports, chance):
    shuffled = list(reports)
    chance.shuffle(shuffled)

    assert range_of(*shuffled) == pytest.approx(range_of(*reports), abs=2e-3)


@given(corpora() | stories() | inners())
def test_every_edge_joins_nodes_of_the_graph_and_quotes_its_articles(reports):
    found = trace(reports)
    nodes = {node.id for node in found.nodes}
    known = {r.article_id for r in reports}

    for edge in found.edges:
        assert {edge.source, edge.target} <= nodes
        assert {e.article_id for e in edge.evidence} <= known
        assert edge.evidence


def test_the_copy_is_the_one_that_was_published_later_whichever_came_in_first():
    says = "commanders of the two groups sealed the pact at a meeting in the border village of Yarmesh"
    late = report("A", says=says, published_at=START + timedelta(days=1))
    early = report("Tribune", says=says, published_at=START)

    (copied,) = [e for e in trace([late, early]).edges if e.type == "copies"]

    assert (copied.source, copied.target) == (f"article:{late.article_id}", f"article:{early.article_id}")


def test_two_articles_with_one_sentence_and_nobody_behind_it_may_have_one_origin():
    found = trace([report("Courier", says="The tunnel was flooded"), report("Record", says="The tunnel was flooded")])

    assert found.low == 1


def test_who_cites_the_other_is_the_copy_though_its_page_tells_the_day_alone():
    says = "commanders of the two groups sealed the pact at a meeting in the border village of Yarmesh"
    first = report("Courier", person("Owen Strand"), says=says, published_at=START)
    day = START.replace(hour=0)
    found = trace([first, report("Tribune", says=says, cites=["Courier"], published_at=day)])

    assert {(e.type, e.source, e.target) for e in found.edges if e.type in ("cites", "copies")} == {
        ("cites", "article:art_tribune", "article:art_courier"),
        ("copies", "article:art_tribune", "article:art_courier"),
    }


def test_of_an_undated_page_and_a_dated_one_the_one_that_came_in_first_is_no_copy():
    says = "commanders of the two groups sealed the pact at a meeting in the border village of Yarmesh"
    (copied,) = [
        e
        for e in trace([report("A", says=says), report("Tribune", says=says, published_at=START)]).edges
        if e.type == "copies"
    ]

    assert (copied.source, copied.target) == ("article:art_tribune", "article:art_a")
