"""The names of an article, with the shorter forms and common nouns that refer back to them."""

import pytest

from secondsource.analysis.entities import names_of
from secondsource.language.parse import spacy_parser
from tests.unit.analysis.reading import names


def mentions(text):
    """What refers to each name, by its longest form."""
    found = names(text)
    return {name.canonical: [found.doc[a:b].text for a, b in name.mentions] for name in found.all}


def test_a_short_form_belongs_to_the_longer_name_before_it():
    assert mentions("Clara Venning met the Jorrel Front. Venning said the Front had lost.") == {
        "Clara Venning": ["Clara Venning", "Venning"],
        "Jorrel Front": ["Jorrel Front", "Front"],
    }


def test_a_definite_noun_that_repeats_the_last_word_of_a_name_refers_to_it():
    found = mentions("The Ondresian National Council met on Monday. On Tuesday the council left.")

    assert found == {"Ondresian National Council": ["Ondresian National Council", "council"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("United States Secretary of State Clara Venning spoke.", ["United States", "Clara Venning"]),
        ("Ohio Secretary of State Jon Husted spoke.", ["Ohio", "Jon Husted"]),
        ("The President of Argentina Alberto Ramos spoke.", ["Argentina", "Alberto Ramos"]),
        ("The Bank of England's Mark Venn spoke.", ["Bank of England", "Mark Venn"]),
    ],
)
def test_an_office_and_who_holds_it_are_no_one_name(text, expected):
    assert [name for name in mentions(text) if name not in ("President", "Secretary")] == expected


def test_a_surname_before_a_role_belongs_to_its_bearer_where_the_parse_sees_no_name():
    assert mentions("Donald Trump won. Trump lawyer Mo Callan spoke.")["Donald Trump"] == ["Donald Trump", "Trump"]


def test_a_people_is_not_short_for_a_body_whose_name_begins_with_it():
    found = mentions("The Ondresian National Council met on Monday. Ondresian troops left.")

    assert found["Ondresian National Council"] == ["Ondresian National Council"]


def test_a_company_is_called_by_the_first_word_of_its_name():
    assert mentions("Brellin Foods makes Vellitose. Brellin said it was safe.")["Brellin Foods"] == [
        "Brellin Foods",
        "Brellin",
    ]


def test_days_and_months_are_no_names():
    assert mentions("The bridge was closed on Monday, 6 March.") == {}


def test_a_person_is_told_from_a_group():
    found = names("Clara Venning met the Jorrel Front.")

    assert {name.canonical: name.person for name in found.all} == {"Clara Venning": True, "Jorrel Front": False}


def test_a_name_is_found_by_its_text_in_any_of_its_forms():
    found = names("Clara Venning met the Ondresian National Council.")

    assert found.by_text("the National Council") is found.by_text("Ondresian National Council") is not None
    assert found.by_text("Harrow Council") is None


def test_every_token_of_a_name_leads_to_it():
    doc = spacy_parser("Clara Venning met the Jorrel Front.")
    found = names_of(doc)

    assert found.of(0) is found.of(1) is not None
    assert found.of(2) is None


def test_the_names_of_a_document_are_looked_for_once():
    doc = spacy_parser("Clara Venning met the Jorrel Front.")

    assert names_of(doc) is names_of(doc)


def test_its_and_their_belong_to_the_group_that_is_the_subject():
    doc = spacy_parser("Brellin Foods met the Jorrel Front. Its chairman left.")
    its = next(token for token in doc if token.lower_ == "its")
    owner = names_of(doc).owner(its)

    assert owner is not None
    assert owner.canonical == "Brellin Foods"


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("The hospital asked for blood after the crash near Corda. Its director left.", None),
        ("A museum in Corda has lost two paintings. Its curator left.", None),
        ("A small firm from Corda has built a boat. Its founder left.", None),
        ("A museum in Corda sued Brellin Foods in May. Its curator left.", "Brellin Foods"),
        ("A bomb went off in Corda on Friday. Its mayor left.", "Corda"),
        ("Corda has sold its trams. Its director left.", "Corda"),
    ],
)
def test_a_place_that_only_says_where_has_no_director(text, whose):
    doc = spacy_parser(text)
    its = [token for token in doc if token.lower_ == "its"][-1]
    owner = names_of(doc).owner(its)

    assert (owner and owner.canonical) == whose
