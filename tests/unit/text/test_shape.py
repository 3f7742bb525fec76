"""What is prose, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.shape import not_prose

RAVEN = """Once upon a midnight dreary, while I pondered, weak and weary,
Over many a quaint and curious volume of forgotten lore\u2014
While I nodded, nearly napping, suddenly there came a tapping,
As of some one gently rapping, rapping at my chamber door.
\u201c\u2019Tis some visitor,\u201d I muttered, \u201ctapping at my chamber door\u2014
Only this and nothing more.\u201d"""
SONNET = """Shall I compare thee to a summer\u2019s day?
Thou art more lovely and more temperate:
Rough winds do shake the darling buds of May,
And summer\u2019s lease hath all too short a date;
Sometime too hot the eye of heaven shines,
And often is his gold complexion dimm'd;
And every fair from fair sometime declines,
By chance or nature\u2019s changing course untrimm'd;"""
SONG = """I saw the river running
Under the neon light
You said that you were coming
You never came that night

Oh, carry me over
Carry me home
Oh, carry me over
I can't walk alone"""
INTERVIEW = """What did you see that night?

A white van. It left the yard shortly before midnight.

Did you tell the police?

I did. They wrote it down and never called.

And the owner?

He was abroad, they said."""


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (RAVEN, "verse"), (SONNET, "verse"), (SONG, "verse"), ("[Chorus]\nOh, carry me over tonight and carry me home\n" * 3, "verse"),
        ("Month\tSum\nMay\t400,000\nJune\t1,200,000\nJuly\t90,000", "table"), ("| Team | Points |\n|---|---|\n| Harrow | 12 |", "table"),
        ("Team      Played  Won\nHarrow    12      8\nWend      12      6", "table"), ("12 14 15\n19 20 21\n3.5 4.5", "table"),
        ("name,sum,month\nAda,12,May\nPiet,13,June\nLund,14,July", "table"), ("\u2014 \u2014 \u2014", "table"),
        ("- eggs and milk\n- two loaves of bread\n- butter\n- a jar of honey", "list"), ("1. Harrow\n2. Wend\n3. Veldt and the islands", "list"),
        ("import os\n\ndef main():\n    x = 1\n    return x\n\nmain()", "code"), ("const a = 1;\nfunction go() {\n  return a;\n}\ngo();", "code"),
        ("Mayor resigns over bridge contract", "too-short"), ("Who Killed the Bridge Deal?", "too-short"), ("He resigned.", "too-short"),
        ("Mayor resigns over bridge contract\nBy Ada Quill\n2 March 2024", "too-short"),
    ],
)  # fmt: skip
def test_what_is_not_prose_is_told_by_its_shape(text: str, shape: str) -> None:
    assert not_prose(text) == shape


@pytest.mark.parametrize(
    "text",
    [
        "The mayor resigned on Saturday, two officials said.", "\u201cWe lost the town,\u201d he said.", INTERVIEW,
        "The mayor has resigned.\n\nShe said so on Monday.\n\nNo one is surprised.\n\nThe council meets tomorrow.\n\nIt will pick a successor.\n\nThree want it.",
        "The report lists three payments, two members of the board said on Monday:\n- \u20ac1.4m in May;\n- \u20ac2m in June;\n- \u20ac90 in July.",
        "The networks will do anything to sell more.  They started new shows during the credits.  They put adverts at the bottom of the screen.",
        "The harbour master was suspended on Monday after an audit, two members of the harbour board said.\n\nMay\t12\nJune\t14",
        "They put it to a vote, the speaker said,\nand then they went home without waiting for the\ncount, which the clerk of the house said had\nnot been read out by the time that they\nleft.",
        "The code \u201cif (a == b) {\u201d was left in the page for a day, the newspaper said on Tuesday; nobody had noticed it.",
    ],
)  # fmt: skip
def test_prose_is_prose_whatever_else_is_in_it(text: str) -> None:
    assert not_prose(text) is None


@given(st.text(max_size=200))
def test_any_text_has_a_shape_or_none(text: str) -> None:
    assert not_prose(text) in (None, "too-short", "code", "table", "list", "verse")


@pytest.mark.parametrize(
    "text",
    [
        "The mill at Tarn has reportedly been sold to a buyer from Brellin",
        "Drones are being flown over the harbour in search of the boat",
    ],
)
def test_a_sentence_without_its_full_stop_is_no_headline(text: str) -> None:
    assert not_prose(text) is None


@pytest.mark.parametrize("text", ["Mill Has Been Sold to Brellin Buyer", "Mill at Tarn sold to buyer from Brellin"])
def test_a_headline_leaves_out_its_auxiliaries_or_is_in_capitals(text: str) -> None:
    assert not_prose(text) == "too-short"
