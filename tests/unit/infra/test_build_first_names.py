"""The list of first names: which names of which lists it keeps, and that the one that ships is such a list."""

import re
import zipfile
from importlib import resources

from infra.build_first_names import BORNE_BY_BOTH, LEAST, genders, listed, main

OTHERS = [f"{language}_XX" for language in "abcdefgh"[:LEAST]]


def test_a_name_that_two_languages_give_one_gender_is_kept() -> None:
    assert genders({("ana", "f"): ["de_DE", "fr_FR"], ("jon", "m"): ["de_DE", "de_AT"]}) == {"ana": "f"}


def test_one_english_speaking_country_is_enough() -> None:
    assert genders({("ana", "f"): ["en_IE"]}) == {"ana": "f"}


def test_a_name_of_both_goes_and_one_list_against_many_does_not_count_unless_it_is_english() -> None:
    assert genders({("ana", "f"): ["de_DE", "fr_FR"], ("ana", "m"): ["it_IT"]}) == {}
    assert genders({("ana", "f"): OTHERS, ("ana", "m"): ["it_IT"]}) == {"ana": "f"}
    assert genders({("ana", "f"): OTHERS, ("ana", "m"): ["en_GB"]}) == {}
    assert genders({("ana", "f"): OTHERS, ("ana", "m"): ["it_IT", "es_ES"]}) == {}


def test_short_forms_of_both_and_what_is_no_plain_name_go() -> None:
    assert genders({("sam", "m"): OTHERS, ("j. r", "m"): OTHERS, ("анна", "f"): OTHERS}) == {}


def test_lists_are_read_without_running_them_and_accents_go(tmp_path, capsys) -> None:
    wheel = tmp_path / "some.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr(
            "faker/providers/person/es_ES/__init__.py",
            "class Provider:\n    first_names_male = ('José', 'Ana')\n    last_names = ('Lorn',)\n    boom = 1 / 0\n",
        )
        made.writestr(
            "faker/providers/person/en_US/__init__.py",
            "class Provider:\n    first_names_male = OrderedDict((('Jose', 0.1),))\n    first_names_female = ('Ada',)\n",
        )
        made.writestr("faker/providers/person/en/__init__.py", "class Provider:\n    first_names_male = ('Ada',)\n")
        made.writestr("faker/providers/address/en_US/__init__.py", "class Provider:\n    first_names_male = ('X',)\n")

    assert listed(zipfile.ZipFile(wheel)) == {
        ("jose", "m"): {"es_ES", "en_US"},
        ("ana", "m"): {"es_ES"},
        ("ada", "f"): {"en_US"},
    }
    main(str(wheel))
    assert capsys.readouterr().out == "ada\tf\njose\tm\n"


def test_the_list_that_ships_has_been_built_so() -> None:
    text = resources.files("secondsource.analysis").joinpath("data/first_names.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines()]

    assert [name for name, _ in lines] == sorted({name for name, _ in lines})
    assert all(re.fullmatch(r"[a-z]{2,}(?:-[a-z]{2,})?", name) and gender in ("m", "f") for name, gender in lines)
    assert not {name for name, _ in lines} & BORNE_BY_BOTH
