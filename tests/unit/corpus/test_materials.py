"""What sentences say a story rests on: a picture, a post, a statement."""

import pytest

from secondsource.corpus.materials import kind_of, mentioned
from secondsource.model import Evidence


def kinds(*sentences):
    return {
        kind: shown.exact
        for kind, shown in mentioned(
            [Evidence(article_id="art_1", start=0, end=len(s), exact=s) for s in sentences]
        ).items()
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("the footage", "image"),
        ("a photograph of the seal", "image"),
        ("the council's communiqué", None),
        ("a joint statement", "statement"),
        ("two tweets", "post"),
        ("the census", None),
    ],
)
def test_a_document_is_of_a_kind_by_what_it_is_called(name, kind):
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("A video that was uploaded on Monday shows the envoys.", {"image"}),
        ("The envoys were filmed by a ferryman, and the clip ended there.", {"image"}),
        ("Rumours of the pact spread on social media.", {"post"}),
        ("Websites linked to the brigades had the news first.", {"post"}),
        ("The brigades said in a statement that they would meet.", {"statement"}),
        ("She was photographed at the granary.", set()),
        ("The statement was long.", set()),
        ("He would post a guard at the gate.", set()),
        ("A film. Nobody knows who uploaded what.", set()),
    ],
)
def test_what_is_shown_posted_or_issued_is_spoken_of(sentence, found):
    assert set(kinds(sentence)) == found


def test_the_first_sentence_that_speaks_of_it_shows_it():
    first, second = "Footage of it was leaked.", "The footage was shared widely."

    assert kinds("Nothing else was known.", first, second)["image"] == first
