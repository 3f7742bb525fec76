"""Who is behind the attributions: one entry a source, of what kind, tied to which group, told how much of."""

import re

import pytest

from secondsource.analysis.pipeline import Pipeline
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tagger
from secondsource.model import AffiliationCategory as Category
from secondsource.model import Extracted, SourceKind
from tests.unit.analysis.reading import ARTICLE, analyse, read, tell

DAM = "said the dam was unsafe."


def only(text, publisher=None):
    """The one source of a text."""
    (source,) = tell(text, publisher).sources.values()
    return source


def words(text, spans):
    return [text[start:end] for start, end in spans]


# --- kinds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Clara Venning {DAM}", SourceKind.NAMED_PERSON),
        (f"Mayor Dana Holt {DAM}", SourceKind.NAMED_PERSON),
        (f"A senior official {DAM}", SourceKind.UNNAMED_PERSON),
        (f"A spokesman for the Norvan Water Authority {DAM}", SourceKind.UNNAMED_PERSON),
        (f"The Norvan Water Authority {DAM}", SourceKind.NAMED_GROUP),
        (f"The White House {DAM}", SourceKind.NAMED_GROUP),
        (f"Police {DAM}", SourceKind.NAMED_GROUP),
        (f"Residents {DAM}", SourceKind.UNNAMED_GROUP),
        (f"Two officials {DAM}", SourceKind.UNNAMED_GROUP),
        (f"A group of farmers {DAM}", SourceKind.UNNAMED_GROUP),
        ("A study published on Monday found that the dam was unsafe.", SourceKind.DOCUMENT),
        ("According to court documents, the minister took bribes.", SourceKind.DOCUMENT),
        (f"One close acquaintance {DAM}", SourceKind.UNNAMED_PERSON),
        (f"Social media sites used by the rebels {DAM}", SourceKind.POST),
        (f"Accounts on a social network {DAM}", SourceKind.POST),
        ("A survey by the Harrow Institute showed that most drivers used the ferry.", SourceKind.POLL),
        ("The dam is unsafe, the Daily Sentinel reported.", SourceKind.OUTLET),
        ("Reuters reported that the dam was unsafe.", SourceKind.OUTLET),
        (f"The tweet {DAM}", SourceKind.POST),
        ("According to a post on Facebook, the bridge is closed.", SourceKind.POST),
    ],
)
def test_the_kind_of_a_source_follows_from_its_words(text, kind):
    assert only(text).kind == kind


def test_the_publisher_of_the_article_is_the_outlet_itself():
    text = "The rebels left, the Daily Sentinel said in a statement."

    assert only(text, publisher="The Marun Daily Sentinel").kind == SourceKind.OUTLET_ITSELF
    assert only(text, publisher="The Calvorne Courier").kind == SourceKind.OUTLET


@pytest.mark.parametrize(
    "text",
    [
        "The magazine Hinterpost reported that the groups had met in Yarmesh.",
        "The pact was first described in the online magazine Hinterpost. Hinterpost said the groups had met.",
    ],
)
def test_a_name_that_the_article_calls_a_magazine_is_an_outlet(text):
    source = only(text)

    assert (source.name, source.kind) == ("Hinterpost", SourceKind.OUTLET)


def test_a_name_that_nothing_calls_an_outlet_is_none():
    assert only("Hinterpost said the groups had met in Yarmesh.").kind != SourceKind.OUTLET


def test_a_company_by_a_common_noun_is_no_document():
    assert only("The airline said that the flight had landed.").kind == SourceKind.NAMED_GROUP


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_common_noun_that_is_taken_for_a_name_keeps_the_words_that_say_whose_it_is(apostrophe):
    source = only(f"Calvorne{apostrophe}s foreign ministry said it was aware of the claims.")
    assert source.name == f"Calvorne{apostrophe}s foreign ministry"


def test_what_a_poll_showed_is_attributed_to_the_poll():
    told = tell("A poll showed that the levy was unpopular.")

    assert told.by(0).kind == SourceKind.POLL


def test_the_short_name_of_a_newspaper_is_the_newspaper():
    text = "The Tavery Valley Record saw the van from the quay. The Record reported that divers had gone home."

    assert only(text, publisher="Tavery Valley Record").kind == SourceKind.OUTLET_ITSELF


# --- one entry a source ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Clara Venning, the county engineer, said the wall was old. Venning {DAM}", "Clara Venning"),
        (f"Clara Venning, the county engineer, said the wall was old. She {DAM}", "Clara Venning"),
        (f"Interior Minister Jonas Ravik said the wall was old. The minister {DAM}", "Jonas Ravik"),
        (f"Jonas Ravik, the interior minister, met farmers. The minister {DAM}", "Jonas Ravik"),
        (f"The Harrow Institute said the wall was old. The institute {DAM}", "Harrow Institute"),
        (
            f"The Ondresian National Council said the pact was sealed. The council {DAM}",
            "Ondresian National Council",
        ),
        ("The Daily Sentinel reported that it was old. The newspaper said the wall was cracked.", "Daily Sentinel"),
        ("Members of the council said the vote was fair. They said it would be repeated.", "Members of the council"),
        ("“We never sold it,” said Tom Perrin. “Nobody asked us,” he said.", "Tom Perrin"),
    ],
    ids=[
        "short name",
        "pronoun",
        "role",
        "role of one only mentioned",
        "last word",
        "council",
        "newspaper",
        "they",
        "he",
    ],
)
def test_later_mentions_belong_to_the_same_source(text, name):
    told = tell(text)

    assert [source.name for source in told.sources.values()] == [name]
    assert {s.source_id for s in told.said} == {"s1"}


def test_a_source_has_all_its_mentions():
    text = f"Clara Venning, the county engineer, said the wall was old. Venning {DAM}"

    assert words(text, only(text).mentions) == ["Clara Venning", "Clara Venning, the county engineer", "Venning"]


def test_pronouns_follow_the_gender_that_was_told_before():
    told = tell(
        "Clara Venning said the wall was old. Jonas Ravik said he disagreed. He said the wall was new. She said it "
        "was not."
    )

    assert [told.by(n).name for n in range(4)] == ["Clara Venning", "Jonas Ravik", "Jonas Ravik", "Clara Venning"]


def test_a_pronoun_without_anybody_before_it_stays_what_it_is():
    assert only(f"He {DAM}").kind == SourceKind.UNNAMED_PERSON


def test_brother_and_sister_are_two_sources():
    told = tell("Anna Perrin said the mill was sold. Tom Perrin said it was not.")

    assert [told.by(n).name for n in range(2)] == ["Anna Perrin", "Tom Perrin"]


def test_mr_and_his_wife_are_two_sources():
    told = tell("Anna Oduya said the mill would close. Mr. Oduya said he was sorry.")

    assert told.said[0].source_id != told.said[1].source_id


@pytest.mark.parametrize("introduced", ["", " (NWA)"])
def test_an_acronym_is_its_group(introduced):
    told = tell(f"The Norvan Water Authority{introduced} said the pipe had burst. The NWA said it would be repaired.")

    assert told.said[0].source_id == told.said[1].source_id


def test_unnamed_members_of_one_group_are_one_source():
    told = tell(
        "Three members of the Ondresian National Council said the pact was sealed. Another said it would last. “It "
        "will last,” one of the council members said."
    )

    assert {s.source_id for s in told.said} == {"s1"}
    assert told.sources["s1"].kind == SourceKind.UNNAMED_GROUP


@pytest.mark.parametrize(
    "text",
    [
        "Two officials said the talks had failed. The officials said they would resume.",
        "A spokeswoman for Brellin Foods said the plant would close. The spokeswoman said 40 people would go.",
        "An eyewitness said the van had slid first. The eyewitness said the car went in after it.",
    ],
)
def test_a_repeated_mention_of_unnamed_people_is_the_same_source(text):
    assert len(tell(text).sources) == 1


def test_unnamed_members_of_two_groups_are_two_sources():
    told = tell("Members of the Harrow Council said it was fair. Members of the Tarn Council said it was not.")

    assert told.said[0].source_id != told.said[1].source_id


def test_sources_are_numbered_as_they_first_speak():
    told = tell("The union said it was fair. Clara Venning said it was not. The union said it was.")

    assert [(source.id, source.name) for source in told.sources.values()] == [("s1", "union"), ("s2", "Clara Venning")]


# --- names and roles ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (f"Clara Venning, the county engineer, {DAM}", "the county engineer"),
        (f"The county engineer, Clara Venning, {DAM}", "The county engineer"),
        (f"County engineer Clara Venning {DAM}", "County engineer"),
        ("“The dam is unsafe,” said Clara Venning, the county engineer.", "the county engineer"),
    ],
    ids=["behind", "in front", "without commas", "behind the cue"],
)
def test_an_appositive_on_either_side_of_the_name_is_the_role(text, role):
    source = only(text)

    assert (source.name, source.kind, source.role) == ("Clara Venning", SourceKind.NAMED_PERSON, role)


# --- affiliation ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "group", "category"),
    [
        (
            f"Sela Marsh, a spokeswoman for the Norvan Water Authority, {DAM}",
            "Norvan Water Authority",
            Category.GOVERNMENT,
        ),
        (f"Lena Orvik, a researcher at the University of Harrow, {DAM}", "University of Harrow", Category.ACADEMIC),
        (f"Tom Perrin, chief executive of Perrin Foods, {DAM}", "Perrin Foods", Category.CORPORATE),
        (f"Bram Holt, an analyst at Quist Bank, {DAM}", "Quist Bank", Category.CORPORATE),
        (f"A commander of the Free Valley Front {DAM}", "Free Valley Front", Category.ARMED_GROUP),
        (f"A spokesman for the Ridge Army {DAM}", "Ridge Army", Category.MILITARY),
    ],
)
def test_a_role_ties_its_holder_to_a_group_by_the_words_that_name_it(text, group, category):
    (affiliation,) = only(text).affiliations

    assert (affiliation.name, affiliation.category) == (group, category)
    assert affiliation.span is not None
    assert text[slice(*affiliation.span)] == group
    assert (affiliation.former, affiliation.strength) == (False, 1.0)


def test_a_former_member_is_told_as_former():
    (affiliation,) = only(f"Karin Dole, a former member of the Harrow Council, {DAM}").affiliations

    assert (affiliation.name, affiliation.former) == ("Harrow Council", True)


def test_those_close_to_a_group_are_tied_to_it_less_than_its_members():
    (affiliation,) = only(f"Fighters loyal to the Black Banner {DAM}").affiliations

    assert affiliation.name == "Black Banner"
    assert affiliation.strength < 1.0


def test_a_group_that_speaks_is_its_own_affiliation():
    (affiliation,) = only(f"The Norvan Water Authority {DAM}").affiliations

    assert (affiliation.name, affiliation.category) == ("Norvan Water Authority", Category.GOVERNMENT)


def test_a_name_alone_ties_nobody_to_a_group():
    assert only(f"Clara Venning {DAM}").affiliations == ()


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (f"Colonel Idris Kane of the Ridge Army {DAM}", "Ridge Army"),
        (f"Ilse Haver, president of the Harbour Workers' Union, {DAM}", "Harbour Workers' Union"),
    ],
)
def test_titles_and_unions_tie_a_name_to_its_group(text, group):
    assert [a.name for a in only(text).affiliations] == [group]


CUT = "Brellin will cut 500 jobs at its paper mill in Tarn"


@pytest.mark.parametrize(
    "text",
    [
        f"{CUT}, a company spokeswoman said.",
        f"{CUT}, according to Ines Hallor, a spokeswoman for the firm.",
        f'{CUT}. "We have tried everything," a company executive said.',
    ],
)
def test_who_speaks_for_the_company_speaks_for_the_one_told_of(text):
    (affiliation,) = only(text).affiliations

    assert (affiliation.name, affiliation.category) == ("Brellin", Category.CORPORATE)


@pytest.mark.parametrize(
    "text",
    [
        f"A company spokeswoman {DAM}",
        f"The Ridge Army took the dam. A company spokeswoman {DAM}",
    ],
)
def test_a_company_that_nobody_names_ties_nobody(text):
    assert only(text).affiliations == ()


@pytest.mark.xfail(strict=True, reason="only the head of the group's name is kept")
def test_a_ministry_keeps_what_it_is_the_ministry_of():
    (affiliation,) = only(f"A senior official at the finance ministry {DAM}").affiliations

    assert affiliation.name == "finance ministry"


@pytest.mark.parametrize(
    "text",
    [
        "A police officer said the driver had fled. The officer, Dan Hollis, said the lorry was empty.",
        "A spokeswoman said the mill would close. It has stood since 1911. The spokeswoman, Ines Hallor, gave no reason.",
    ],
)
def test_who_is_named_later_by_the_same_word_is_named(text):
    source = only(text)

    assert source.kind is SourceKind.NAMED_PERSON
    assert source.mentions[0] in [(m.start(), m.end()) for m in re.finditer(r"[Aa] (police officer|spokes\w+)", text)]


MASK = "A museum in Tarn has returned a mask to the island of Dremna, a spokeswoman said. It was taken in 1884."


@pytest.mark.parametrize(
    "text",
    [
        f"{MASK} The museum's spokeswoman, Clara Venning, said that talks were going on.",
        f"{MASK} The museum's spokeswoman, Clara Venning, said that talks were going on. "
        "A spokeswoman for the island's government, Ilse Haver, said 14 were missing.",
        f"{MASK} Museum spokeswoman Clara Venning said that talks were going on.",
        "Tarn will lose a ward, a spokeswoman for the trust said. It is old. "
        "Trust spokeswoman Clara Venning said that no jobs would be lost.",
        "Brellin Foods will close its mill, a spokeswoman said. Its spokeswoman, Clara Venning, gave no reason.",
    ],
)
def test_who_is_named_later_by_whose_they_are_is_named(text):
    assert tell(text).by(0).name == "Clara Venning"


@pytest.mark.parametrize(
    "text",
    [
        f"{MASK} The island's spokeswoman, Clara Venning, said 14 were missing.",
        f"{MASK} A spokeswoman for the island's government, Clara Venning, said 14 were missing.",
        f"{MASK} Brellin Foods paid for it. Its spokeswoman, Clara Venning, said it was glad.",
        f"{MASK} Brellin spokeswoman Clara Venning said it was glad.",
    ],
)
def test_who_speaks_for_another_is_not_who_spoke_before(text):
    assert tell(text).by(0).kind is SourceKind.UNNAMED_PERSON


@pytest.mark.parametrize(
    "text",
    [
        "A fisherman said the bridge had shaken. Another fisherman saw nothing. The fisherman, Piet Raske, lives near it.",
        "A fisherman said the bridge had shaken. A second fisherman, Piet Raske, saw nothing.",
        "A fisherman said the bridge had shaken. Fisherman Piet Raske saw nothing.",
        "A fisherman said the bridge had shaken. The old fisherman, Piet Raske, saw nothing.",
        "A fisherman said the bridge had shaken. He left. It fell. All went home. It rained. The fisherman, Piet Raske, came.",
    ],
)
def test_who_may_be_another_one_names_nobody(text):
    assert next(iter(tell(text).sources.values())).kind is SourceKind.UNNAMED_PERSON


NURSES = "Two former nurses said that records had been burned."


@pytest.mark.parametrize(
    "text",
    [
        f"{NURSES} One of them, Clara Venning, said that she had seen the fire.",
        f"{NURSES} One, Clara Venning, said that she had seen the fire. The other asked not to be named.",
        f"{NURSES} One of the nurses, Clara Venning, said that she had seen the fire.",
        f'{NURSES} The ward has stood empty since May. "I saw the fire," said one of them, Clara Venning.',
        f"{NURSES} The trust denied this. One of them, Clara Venning, said that managers had known of it.",
    ],
)
def test_a_group_one_of_whom_is_named_is_named_further_down(text):
    sources = tell(text).sources.values()
    group = next(s for s in sources if s.kind is SourceKind.UNNAMED_GROUP)
    person = next(s for s in sources if s.kind is SourceKind.NAMED_PERSON)

    assert group.anonymity.named_later == person.name == "Clara Venning"
    assert person.role is None


@pytest.mark.parametrize(
    "text",
    [
        f"{NURSES} Police arrested four drivers. One of them, Karl Voss, said that he was innocent.",
        "Two nurses said that four men had burned records. One of them, Karl Voss, said that he was innocent.",
        f"{NURSES} One of the drivers, Karl Voss, said that he had seen the fire.",
        f"{NURSES} It fell. All went home. It rained. The road was shut. One of them, Karl Voss, said he had seen it.",
    ],
)
def test_one_of_others_does_not_name_a_group(text):
    group = next(s for s in tell(text).sources.values() if s.kind is SourceKind.UNNAMED_GROUP)

    assert group.anonymity.named_later is None


LEAD = "The dam will break within a year, two geologists said on Monday."
FIRST = "Helen Brann, who teaches in Marun, said that the wall was cracked."
SECOND = "Piet Raske, a geologist with the Norvan Water Authority, said nobody had looked at it for years."


def test_two_at_the_top_are_the_two_people_who_speak_further_on():
    found = read(f"{LEAD} {FIRST} {SECOND}")

    assert found.names(found.headline.attribution_ids) == ["Helen Brann"]
    assert [found.source(i).name for i in found.analysis.attributions[0].source_ids] == ["Helen Brann", "Piet Raske"]
    assert [s.kind for s in found.analysis.sources] == [SourceKind.NAMED_PERSON] * 2


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD} {FIRST}",
        f"{LEAD} {FIRST} {SECOND} Karl Voss, a farmer, said he would sell.",
        f"{LEAD} {FIRST} {SECOND} They spoke on condition of anonymity.",
        f"{LEAD} {FIRST} Karl Voss, the mayor of Tarn, said that there was no danger.",
        f"{LEAD.replace('geologists', 'officials')} {FIRST} {SECOND}",
    ],
    ids=["one alone", "a third", "withheld", "somebody else", "by their office"],
)
def test_two_at_the_top_who_may_be_others_are_nobody_else(text):
    told = tell(text)

    assert any(s.kind is SourceKind.UNNAMED_GROUP and s.name.startswith("two ") for s in told.sources.values())


WATER = "The water rose by a metre in the night and reached the first houses of Tarn, the water board said."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{WATER} {LEAD} {FIRST} {SECOND}", ["Helen Brann", "Piet Raske"]),
        (
            f"{WATER} Two farmers said they had seen it. Piet Raske said it was brown. Clara Venning said it ran fast.",
            ["Piet Raske", "Clara Venning"],
        ),
        (
            f"{WATER} Three actors said they had fled. Piet Raske said he was wet. Dana Holt and Tom Reed said they ran.",
            ["Piet Raske", "Dana Holt", "Tom Reed"],
        ),
        (
            f"{WATER} Two forecasters said it would rain. Clara Venning of the Met Service said it would pour. "
            'Her colleague Tom Reed said it was "a flood". The mayor, Karl Voss, said that nobody was hurt.',
            ["Clara Venning", "Tom Reed"],
        ),
        (
            "The dam could fail within a year, two experts said. The wall is cracked, said Clara Venning, an engineer. "
            "Piet Raske, a geologist, said that the rock was moving. Brellin Foods said it was studying this. "
            "Karl Voss, a farmer, said he would sell.",
            ["Clara Venning", "Piet Raske"],
        ),
    ],
)
def test_two_who_are_told_of_anywhere_are_the_two_who_speak_next(text, names):
    found = read(text)
    several = next(a for a in found.analysis.attributions if re.match(r"(?i)two|three", text[slice(*a.source[0])]))

    assert [found.source(i).name for i in several.source_ids] == names


@pytest.mark.parametrize(
    "behind",
    [
        "Piet Raske said it was brown.",
        "Piet Raske said it was brown. Clara Venning, a nurse, said it ran fast.",
        "Piet Raske said it was brown. The water board said it ran fast. Clara Venning said it was cold.",
        "Piet Raske said it was brown. Clara Venning said it ran fast. Tom Reed said it was cold.",
        "The mayor of Tarn, Karl Voss, said it was brown. Clara Venning said it ran fast.",
        "It fell. All went home. It rained. The road was shut. Piet Raske and Clara Venning said it was cold.",
    ],
    ids=["one alone", "another trade", "another source", "a third", "an office", "far off"],
)
def test_two_behind_whom_others_may_speak_are_nobody_else(behind):
    told = tell(f"{WATER} Two farmers said they had seen it. {behind}")

    assert any(s.kind is SourceKind.UNNAMED_GROUP and s.name == "Two farmers" for s in told.sources.values())


def test_officials_are_not_whoever_speaks_next():
    told = tell(
        f"{WATER} Two officials said they had seen it. Piet Raske said it ran. Clara Venning said it was brown."
    )

    assert any(s.kind is SourceKind.UNNAMED_GROUP and s.name == "Two officials" for s in told.sources.values())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"A former bodyguard of the singer Mona Lind {DAM}", "A former bodyguard of the singer Mona Lind"),
        (f"A driver who hit the cyclist Ana Lorn {DAM}", "A driver"),
        (f"Allies of the transport minister, Karl Voss, {DAM}", "Allies of the transport minister"),
        (f"Detectives investigating the murder of the student Mia Land {DAM}", "Detectives"),
        (f"A spokesman for the actor Tom Reed {DAM}", "A spokesman for the actor Tom Reed"),
    ],
)
def test_who_is_told_of_by_somebody_s_name_stays_unnamed(text, name):
    source = only(text)

    assert source.name.startswith(name)
    assert source.kind in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The director of the school board, Bob Hughes,", "Bob Hughes"),
        ("The chairman of the board Bob Hughes", "Bob Hughes"),
        ("A student named Ana Lorn", "Ana Lorn"),
        ("The prime minister's spokesman Tom Reed", "Tom Reed"),
        ("The dead man's brother, Karl Voss,", "Karl Voss"),
    ],
)
def test_who_is_told_of_by_their_own_name_is_named(source, name):
    assert (only(f"{source} {DAM}").name, only(f"{source} {DAM}").kind) == (name, SourceKind.NAMED_PERSON)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Activists and the United Nations", ["Activists", "United Nations"]),
        ("Mayor Linda Park and Governor Tom Reed", ["Linda Park", "Tom Reed"]),
        ("Both the company and the union", ["company", "union"]),
        ("Two traders and a port official", ["Two traders", "a port official"]),
        ("The chairman and chief executive, Tom Arden,", ["Tom Arden"]),
        ("Piet Raske, a writer and activist,", ["Piet Raske"]),
        ("Ana Lorn and her colleagues", ["Ana Lorn"]),
        ("The Bank of Tarn and Marun", ["Bank of Tarn and Marun"]),
    ],
)
def test_who_speaks_together_is_two_sources_of_one_attribution(source, names):
    found = read(f"{source} {DAM}")
    (attribution,) = found.analysis.attributions

    assert [found.source(i).name for i in attribution.source_ids] == names
    assert [found.text[s:e] for s, e in attribution.source] == [source.rstrip(",")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Two clinics in Marun will merge in May, Mayor Alan Strand and health board chair Clara Venning said on Monday.",
            [("Alan Strand", "Mayor"), ("Clara Venning", "health board chair")],
        ),
        (
            "The dam at Tarn will be rebuilt by 2030, council leader Clara Venning and harbour master Piet Raske said.",
            [("Clara Venning", "council leader"), ("Piet Raske", "harbour master")],
        ),
        (
            '"The dam is unsafe," said union leader Clara Venning and site manager Karl Voss.',
            [("Clara Venning", "union leader"), ("Karl Voss", "site manager")],
        ),
        (
            "Bev Sharples and Liam Doyle said that they had been waiting since May.",
            [("Bev Sharples", None), ("Liam Doyle", None)],
        ),
    ],
)
def test_two_who_are_named_with_their_roles_both_speak(text, told):
    found = read(text)
    sources = [found.source(i) for i in found.analysis.attributions[0].source_ids]

    assert [(s.name, s.role) for s in sources] == told
    assert [s.affiliations for s in sources] == [(), ()]


@pytest.mark.parametrize(
    "source",
    [
        "Allies of finance minister Karl Voss and health minister Clara Venning",
        "A friend of Dr Karl Voss and Mrs Clara Venning",
        "A lawyer for council leader Clara Venning and harbour master Karl Voss",
        "Council leader Clara Venning's lawyer and harbour master Karl Voss",
    ],
)
def test_who_is_told_of_by_two_names_is_neither_of_them(source):
    found = read(f"{source} {DAM}")

    assert found.source(found.analysis.attributions[0].source_id).kind in (
        SourceKind.UNNAMED_PERSON,
        SourceKind.UNNAMED_GROUP,
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Ilse Haver, a spokeswoman for the town, {DAM}", SourceKind.NAMED_PERSON),
        (f"Brellin Foods, a leader in its field, {DAM}", SourceKind.NAMED_GROUP),
        (f"Its main supplier, Brellin Foods, {DAM}", SourceKind.NAMED_GROUP),
        (f"The operator, Orra Power, {DAM}", SourceKind.NAMED_GROUP),
        (f"Its owner, Halden Homes, {DAM}", SourceKind.NAMED_GROUP),
    ],
)
def test_a_name_is_a_person_s_where_the_text_says_what_only_a_person_is(text, kind):
    assert only(text).kind is kind


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("chief executive", "Ivo Stanek"),
        ("duty manager", "Katharine Stone"),
        ("finance minister", "Lars Nygaard"),
        ("governor", "Marek Sule"),
    ],
)
def test_a_name_behind_a_role_is_a_person_s_whatever_the_model_takes_it_for(role, name):
    found = read(f"Brellin closed the dam at Tarn on Monday. Its {role}, {name}, said that repairs had begun.")
    source = found.source(found.analysis.attributions[-1].source_id)

    assert (source.name, source.kind) == (name, SourceKind.NAMED_PERSON)
    assert role in source.role


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ondresian website iNiva reports that the dam was unsafe.", "iNiva"),
        ("According to iNiva.de, the dam was unsafe.", "iNiva.de"),
        ("The newspaper The Daily Bugle reported that the dam was unsafe.", "Daily Bugle"),
    ],
)
def test_an_outlet_that_the_parse_does_not_know_is_found_by_what_credits_it(text, name):
    source = only(text)

    assert (source.name, source.kind) == (name, SourceKind.OUTLET)


def test_an_outlet_is_called_by_its_whole_name_where_it_is_called_shorter_further_on():
    source = only("The New York Post reported that the mill had been sold. It was sold for little, the Post reported.")

    assert (source.name, source.kind) == ("New York Post", SourceKind.OUTLET)


@pytest.mark.parametrize(
    "who", ["Two officials quoted by Reuters", "Witnesses cited by the Daily Bugle", "Rebels shown to Reuters"]
)
def test_people_whom_an_outlet_quotes_are_not_that_outlet(who):
    source = only(f"{who} {DAM}")

    assert source.kind == SourceKind.UNNAMED_GROUP
    assert source.anonymity is not None


@pytest.mark.parametrize("analysis", [analyse, Pipeline(spacy_parser, Tagger())], ids=["rules", "joined"])
@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("The ferry's owner, Blue Line,", "Blue Line"),
        ("The owner of the building, the Tarn Housing Association,", "Tarn Housing Association"),
        ("The factory's owner, the Brellin Group,", "Brellin Group"),
        ("The mine's contractor, the Tarn Drilling Company,", "Tarn Drilling Company"),
        ("The train's operator, the Marun Railway Company,", "Marun Railway Company"),
    ],
)
def test_a_body_called_by_what_a_person_may_be_is_the_body(analysis, who, name):
    text = f"{who} said that nobody had been hurt on Monday."
    (source,) = analysis(Extracted(text=text), ARTICLE).sources

    assert (source.name, source.kind) == (name, SourceKind.NAMED_GROUP)
    assert source.anonymity is None


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("The shop's owner, Bernard Klee,", SourceKind.NAMED_PERSON),
        ("The ferry's owner, who runs Blue Line,", SourceKind.UNNAMED_PERSON),
        ("A spokesman for the ferry's owner, Blue Line,", SourceKind.UNNAMED_PERSON),
        ("The minister, Congress and the Senate", SourceKind.UNNAMED_PERSON),
    ],
)
def test_a_person_beside_whom_a_body_is_named_is_not_that_body(who, kind):
    assert only(f"{who} said that nobody had been hurt on Monday.").kind == kind


# --- anonymity ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "grade"),
    [
        ("Sources", "vague"),
        ("Some", "vague"),
        ("A group of farmers", "general"),
        ("An official", "general"),
        ("Two officials", "general"),
        ("A person familiar with the matter", "general"),
        ("A senior official at the finance ministry who attended the meeting", "specific"),
        ("Three members of the Ondresian National Council", "specific"),
    ],
)
def test_anonymity_is_graded_by_what_a_reader_is_told(who, grade):
    anonymity = only(f"{who} {DAM}").anonymity

    assert anonymity is not None
    assert anonymity.grade == grade
    assert anonymity.description == who


@pytest.mark.parametrize("who", ["Clara Venning", "The White House", "The study"])
def test_named_sources_and_documents_are_not_anonymous(who):
    assert only(f"{who} {DAM}").anonymity is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Two officials, speaking on condition of anonymity because they were not authorised to speak to the press, "
            "said the talks had failed.",
            "because they were not authorised to speak to the press",
        ),
        (
            "An official, who asked not to be named because the talks were secret, said they had failed.",
            "because the talks were secret",
        ),
        (
            "“They failed,” said an official who was not authorised to speak to the media.",
            "who was not authorised to speak to the media",
        ),
    ],
)
def test_the_reason_for_anonymity_is_kept_with_its_words(text, reason):
    anonymity = only(text).anonymity

    assert anonymity is not None
    assert anonymity.reason == reason
    assert anonymity.reason_span is not None
    assert text[slice(*anonymity.reason_span)] == reason


def test_no_reason_is_made_up():
    anonymity = only(f"Two officials {DAM}").anonymity

    assert anonymity is not None
    assert (anonymity.reason, anonymity.reason_span) == (None, None)


def test_researchers_one_of_whom_is_named_later_are_told_apart_from_the_anonymous():
    told = tell(
        "Researchers at the Harrow Institute said the river would rise. Lena Orvik, a researcher at the Harrow "
        f"Institute, {DAM}"
    )

    anonymity = told.by(0).anonymity
    assert anonymity is not None
    assert anonymity.named_later == "Lena Orvik"


@pytest.mark.parametrize("title", ["Chief Executive", "Finance Director", "Managing Director", "Prime Minister"])
def test_a_title_in_capitals_is_a_role_and_its_first_word_no_group(title):
    found = only(f"“It is a hard day for the mill,” said {title} Clara Venning.")

    assert (found.name, found.role, found.affiliations) == ("Clara Venning", title, ())


def test_a_title_is_a_role_also_where_the_parse_hangs_it_on_the_first_name():
    found = only("The company will cut 300 jobs in Drenau, Chief Executive Marit Solheim told reporters.")

    assert (found.name, found.role) == ("Marit Solheim", "Chief Executive")


# --- where from -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The rebels held the town for a year, said Aurel Denneck, speaking by telephone from Marrenport.",
        "Aurel Denneck, a commander who lives in exile in Marrenport, said the town had fallen.",
        "Aurel Denneck, who is based in Marrenport, said the town had fallen.",
        "The town had fallen, Aurel Denneck told reporters in Marrenport.",
        "The town had fallen, said Aurel Denneck, who runs a rights group from his home in Marrenport.",
    ],
)
def test_where_a_source_speaks_from_is_taken_from_the_words(text):
    place = only(text).speaks_from

    assert place is not None
    assert place.name == "Marrenport"
    assert text[slice(*place.span)] == "Marrenport"


@pytest.mark.parametrize(
    "text",
    ["Aurel Denneck said the town of Dremna had fallen.", "Aurel Denneck, mayor of Dremna, said the town had fallen."],
)
def test_a_place_in_what_is_said_or_in_the_role_is_not_where_it_is_said(text):
    assert only(text).speaks_from is None


@pytest.mark.parametrize("who", ["an aid worker in Corda", "two officials in Corda", "a rebel spokesman in Corda"])
def test_somebody_in_a_place_speaks_from_there(who):
    place = only(f"The old mill had fallen, {who} said on Tuesday.").speaks_from

    assert place is not None
    assert place.name == "Corda"


@pytest.mark.parametrize(
    "text",
    [
        "The town had fallen, the United Nations said in March.",
        "The town had fallen, the army said in 2021.",
        "The town had fallen, said Aurel Denneck, who took office in 2022.",
        "The town had fallen, said Aurel Denneck, who took office in Marrenport two years ago.",
        "The town had fallen, the commander, Aurel Denneck, said in the Marrenport Post on Sunday.",
        "The town had fallen, Aurel Denneck said in an interview with the Marrenport Herald in June.",
        "The town had fallen, the commander said in Dutch.",
        "The town had fallen, the commander said in the autumn.",
    ],
)
def test_a_time_a_paper_a_language_and_an_office_taken_are_no_places(text):
    assert [s.speaks_from for s in tell(text).sources.values()] == [None]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Three men were hurt in the fire, station manager Hal Denneck said at the scene.", "the scene"),
        ("The bridge had two cracks, said Hal Denneck, speaking at the site.", "the site"),
        ("The prefect, Aurel Denneck, said in Lorne that three people had died in Lorne.", "Lorne"),
        ("The mill was on fire, Hal Denneck said on the site of the old mill.", None),
    ],
)
def test_a_source_on_the_spot_is_there(text, place):
    found = only(text).speaks_from

    assert (found and found.name) == place
    assert found is None or text[slice(*found.span)] == place


def test_a_place_before_the_name_is_where_it_is_said():
    source = only("Speaking from Marrenport, Aurel Denneck said the town had fallen.")

    assert source.speaks_from is not None
    assert source.affiliations == ()


def test_he_who_writes_on_a_platform_is_not_the_platform():
    source = only("Writing on Twitter, he said the old mill at Tarn was safe.")

    assert source.name == "he"


def test_a_day_is_nobody():
    told = tell("The minister resigned on Friday. On Thursday, he said the old mill at Tarn was safe.")

    assert not any(source.name == "Thursday" for source in told.sources.values())


def test_what_the_model_takes_into_a_name_makes_no_source_of_its_own():
    text = (
        'The ground shook in Marun. "We felt a wave," Jorge Santamaria told The Associated Press. '
        '"I heard a large blast," Jorge Santamaria told the Associated Press.'
    )
    found = [s for s in tell(text).sources.values() if "Santamaria" in s.name]

    assert [s.name for s in found] == ["Jorge Santamaria"]
    assert set(words(text, found[0].mentions)) == {"Jorge Santamaria"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mary Haver", "Mark Haver"),
        ("J. Haver", "M. Haver"),
        ("Harry Haver", "Barry Haver"),
        ("P. Haver", "Mary Haver"),
    ],
)
def test_two_people_of_one_surname_are_two_sources(one, other):
    told = tell(f"{one} said the port had lost money. {other} said the port had made a profit.")

    assert [told.by(n).name for n in range(2)] == [one, other]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("M. Haver", "Mary Haver"),
        ("Mike Haver", "Michael Haver"),
        ("Steve Haver", "Steven Haver"),
        ("Jon Haver", "Jonathan Haver"),
        ("Charlie Haver", "Charles Haver"),
    ],
)
def test_a_short_form_of_a_first_name_is_the_same_person(first, then):
    told = tell(f"{first} said the port had lost money. {then} said the port would be sold.")

    assert told.by(0) is told.by(1)


@pytest.mark.parametrize("other", ["The union said its members would strike.", "Police said nine men were held."])
def test_the_company_is_none_that_is_no_company(other):
    told = tell(f"{other} The company said the strike was illegal and would cost 200 jobs.")

    assert told.by(0) is not told.by(1)


def test_the_company_is_the_one_named_last():
    told = tell("Brellin said it would close the mill. The company said 200 jobs were lost.")

    assert told.by(1).name == "Brellin"
