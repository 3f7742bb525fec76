"""Whether a text can be analysed, and if not, why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.language import REASONS, assess

MAYOR = "The mayor resigned on Saturday after a report on the bridge, two council officials said."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der B\u00fcrgermeister trat am Samstag zur\u00fcck, sagten zwei Beamte des Rates.", "de"),
        ("Le maire a d\u00e9missionn\u00e9 samedi, ont d\u00e9clar\u00e9 deux responsables du conseil.", "fr"),
        ("De burgemeester is zaterdag afgetreden, zeiden twee ambtenaren van de gemeente.", "nl"),
        ("Borgmesteren tr\u00e5dte tilbage l\u00f8rdag efter en rapport, siger to embedsm\u00e6nd.", "da"),
        ("El alcalde dimiti\u00f3 el s\u00e1bado, dijeron dos funcionarios del consejo.", "es"),
        ("Burmistrz zrezygnowa\u0142 w sobot\u0119, powiedzieli dwaj urz\u0119dnicy.", "pl"),
        ("\u041c\u044d\u0440 \u0443\u0448\u0435\u043b \u0432 \u043e\u0442\u0441\u0442\u0430\u0432\u043a\u0443 \u0432 \u0441\u0443\u0431\u0431\u043e\u0442\u0443, \u0441\u043e\u043e\u0431\u0449\u0438\u043b\u0438 \u0434\u0432\u0430 \u0447\u0438\u043d\u043e\u0432\u043d\u0438\u043a\u0430.", "ru"),
        ("\u5e02\u957f\u5468\u516d\u8f9e\u804c\uff0c\u4e24\u540d\u5b98\u5458\u8bf4\u3002\u6865\u6881\u5408\u540c\u6388\u4e88\u4e86\u5979\u5144\u5f1f\u7684\u516c\u53f8\u3002", "zh"),
        ("\u0642\u0627\u0644 \u0631\u0626\u064a\u0633 \u0627\u0644\u0628\u0644\u062f\u064a\u0629 \u0625\u0646\u0647 \u0633\u064a\u0633\u062a\u0642\u064a\u0644 \u064a\u0648\u0645 \u0627\u0644\u0633\u0628\u062a.", "ar"),
    ],
)  # fmt: skip
def test_another_language_is_named_and_not_analysed(text: str, language: str) -> None:
    found = assess(text)
    assert (found.analysable, found.reason, found.language) == (False, "not-english", language)


@pytest.mark.parametrize(
    "text",
    [
        MAYOR, "She said no.", "\u201cNous partons,\u201d the minister, Jean-Luc Bonnefoy, told Le Monde Diplomatique.",
        MAYOR + "\n\nIn French she added: \u00ab Je n\u2019ai rien fait de mal et je le prouverai devant le tribunal. \u00bb",
        MAYOR + " \u041c\u044d\u0440 \u0443\u0448\u0435\u043b, said a banner in the square on Sunday.",
        "T\u200bh\u200be ma\u00adyor s\u200baid\u202e on\u202c Saturday th\ufe0fat she would resign.", f"\ufeff{MAYOR}\r\n\r\n{MAYOR}\r\n",
    ],
)  # fmt: skip
def test_english_news_is_analysable_whatever_is_quoted_or_hidden_in_it(text: str) -> None:
    found = assess(text)
    assert (found.analysable, found.reason, found.detail) == (True, None, None)
    assert found.language in ("en", None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"), (" \n\t\u00a0", "empty"), ("\u200b\ufeff\x00", "empty"), ("Mayor resigns over bridge contract", "too-short"),
        ("The mayor said: \u0642\u0627\u0644 \u0631\u0626\u064a\u0633 \u0627\u0644\u0628\u0644\u062f\u064a\u0629 and left the hall.", "mixed-direction"),
        ("I saw the river running\nUnder the neon light\nYou said that you were coming\nYou never came that night\n" * 2, "verse"),
        ("Month\tSum\nMay\t400\nJune\t1,200", "table"), ("- eggs and milk\n- the bread\n- butter\n- a jar of honey", "list"),
        ("import os\ndef main():\n    return os.name\nmain()", "code"), ("a" * 100_000, "too-complex"), ("said and " * 20_000, "too-complex"),
        ('" a ' * 50_000, "too-complex"), ("word\n" * 50_000, "too-complex"), ("s" + "\u0301" * 10_000, "too-complex"),
    ],
)  # fmt: skip
def test_what_cannot_be_analysed_has_a_reason(text: str, reason: str) -> None:
    found = assess(text)
    assert (found.analysable, found.reason) == (False, reason)
    assert found.detail is not None and found.detail.endswith(".")


@given(st.text(max_size=120))
def test_any_text_is_analysable_or_has_a_known_reason(text: str) -> None:
    found = assess(text)
    assert found.analysable == (found.reason is None)
    assert found.reason is None or found.reason in REASONS
