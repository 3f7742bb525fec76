"""Forms of verbs that a stemmer does not bring together."""

import pytest

from secondsource.text.verbs import forms


@pytest.mark.parametrize("word", ["forbid", "Forbade", "forbidden"])
def test_all_forms_of_an_irregular_verb_are_known_by_each(word):
    assert set(forms(word)) == {"forbid", "forbade", "forbidden"}


def test_another_word_has_one_form():
    assert forms("Close") == ("close",)
