"""What belongs to a page, and what an article tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.furniture import is_furniture


@pytest.mark.parametrize(
    "sentence",
    [
        "Scroll down for video",
        "Please share this article with others using the link below, do not cut & paste the article.",
        "Sign up for our newsletter.",
        "See our Ts&Cs and Copyright Policy for more detail.",
        "By using this site you agree to our privacy policy.",
        "Readers can subscribe to the weekly newsletter below.",
        "SEE ALSO: The mill that nobody wanted",
        "Copyright 2031 The Marren Agency.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "CLICK HERE TO WATCH THE VIDEO.",
        "Follow us on Twitter",
        "  Advertisement\n",
        "Have something to add to this story?",
        "The Marren Agency contributed to this report.",
        "Comments have been closed.",
    ],
)
def test_what_addresses_the_visitor_of_a_page_is_furniture(sentence: str) -> None:
    assert is_furniture(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The publisher said that copyright law had been broken.",
        "Related companies were searched on Monday.",
        "He asked her to follow him on Twitter and she refused.",
        "Share prices fell by a tenth on Tuesday.",
        "The video shows a man who climbs the tower.",
        "Subscribers left the network in droves, Lind said.",
        "Photos of the bridge were shared a thousand times.",
        "See also this: the council never voted on it, Lind wrote, and " + "nobody else " * 20 + "did.",
        "The comments were made on Monday.",
        "Two million people sign up for the insurance plan each year, officials said.",
        "The network changed its privacy policy on Monday.",
        "The account broke the network's terms of service.",
        "His memoirs are works of fiction, Lind said.",
        "",
    ],
)
def test_what_an_article_tells_is_none(sentence: str) -> None:
    assert not is_furniture(sentence)


@given(st.text(max_size=400))
def test_any_sentence_has_an_answer_that_white_space_does_not_change(sentence: str) -> None:
    assert is_furniture(sentence) == is_furniture("  " + sentence + "\n")
