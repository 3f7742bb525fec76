"""The embedder answers a vector for any text: the model's own, whatever else is in the batch."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.language.embed import DATA, LONGEST, Embedder, batches, pieces
from secondsource.language.wordpiece import WordPiece
from secondsource.text.vectors import WIDTH, pack, unpack

HERE = Path(__file__).parent
REFERENCE = json.loads((HERE.parents[2] / "infra" / "embedder_reference.json").read_text("utf-8"))["sentences"]
AWKWARD = json.loads((HERE / "awkward_pieces.json").read_text("utf-8"))["texts"]

# What infra/build_embedder.py asks of the built network, for the same sentences.
CLOSE = 0.985
# Alone and in a batch the last bits differ, which may tip a rounding inside the network now and then.
SAME = 0.999

TEXTS = st.text(max_size=300) | st.text(alphabet="aB \n.\"“”'’,é\u0301𝕏中", max_size=300)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


@pytest.fixture(scope="module")
def wordpiece() -> WordPiece:
    return WordPiece.read(DATA / "vocab.txt")


@pytest.mark.parametrize("row", AWKWARD + REFERENCE, ids=lambda row: ascii(row["text"][:20]))
def test_a_text_has_the_pieces_of_the_models_own_tokeniser(row: dict[str, list[int]], wordpiece: WordPiece) -> None:
    assert pieces(str(row["text"]), wordpiece) == row["pieces"]


def test_a_special_piece_cannot_be_written_in_a_text(wordpiece: WordPiece) -> None:
    inner = pieces("[CLS] one [SEP] two [UNK]", wordpiece)[1:-1]
    assert not {wordpiece.first, wordpiece.last, wordpiece.unknown} & set(inner)


def test_a_long_text_is_cut_and_still_ends_as_a_sentence_does(wordpiece: WordPiece) -> None:
    rows = pieces("mill " * 100_000, wordpiece)
    assert len(rows) == LONGEST and rows[-1] == wordpiece.last
    assert pieces("unaffordability of it", wordpiece, 4)[-1] == wordpiece.last


def test_vectors_are_close_to_those_of_the_unrounded_weights(embedder: Embedder) -> None:
    vectors = embedder([row["text"] for row in REFERENCE])
    cosines = (vectors * np.asarray([row["vector"] for row in REFERENCE])).sum(1)
    assert cosines.min() >= CLOSE


def test_cosines_are_those_of_the_models_documentation(embedder: Embedder) -> None:
    lovely, sunny, drove = embedder([row["text"] for row in REFERENCE[:3]])
    assert lovely @ sunny == pytest.approx(0.6660, abs=0.02)
    assert lovely @ drove == pytest.approx(0.1046, abs=0.02)
    assert sunny @ drove == pytest.approx(0.1411, abs=0.02)


def test_the_same_said_in_other_words_is_nearer_than_another_story(embedder: Embedder) -> None:
    alliance, in_other_words, mill = embedder([row["text"] for row in REFERENCE[3:6]])
    assert alliance @ in_other_words > 0.3 > alliance @ mill


def test_no_texts_have_no_vectors_and_an_empty_text_has_one(embedder: Embedder) -> None:
    assert embedder([]).shape == (0, WIDTH)
    assert np.linalg.norm(embedder([""])) == pytest.approx(1, abs=1e-5)


def test_vectors_stand_in_the_order_of_their_texts(embedder: Embedder) -> None:
    texts = [row["text"] for row in REFERENCE] * 3
    there, back = embedder(texts), embedder(texts[::-1])[::-1]
    assert (there * back).sum(1).min() >= SAME


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_any_text_has_a_finite_vector_at_length_one_alone_as_in_a_batch(texts: list[str]) -> None:
    vectors = shared()(texts)
    assert vectors.shape == (len(texts), WIDTH) and vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.concatenate([shared()([text]) for text in texts])
    assert (vectors * alone).sum(1).min() >= SAME


def test_threads_that_come_at_once_get_the_same_vectors() -> None:
    embedder = Embedder()
    texts = [row["text"] for row in REFERENCE]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(embedder, [texts] * 8))
    assert all(np.array_equal(vectors, found[0]) for vectors in found)


def test_the_network_is_loaded_with_the_first_text_and_its_lack_is_named(tmp_path: Path) -> None:
    embedder = Embedder(tmp_path)
    assert embedder([]).shape == (0, WIDTH)
    with pytest.raises(FileNotFoundError, match="make embedder"):
        embedder(["A text."])


@pytest.mark.parametrize("longest", [1, 513])
def test_a_length_that_the_network_cannot_read_is_refused(longest: int) -> None:
    with pytest.raises(ValueError, match="2 to 512"):
        Embedder(longest=longest)


@given(st.lists(st.integers(2, 300), max_size=60), st.integers(1, 500))
def test_every_text_is_in_one_batch_and_no_batch_is_too_large(lengths: list[int], most: int) -> None:
    found = list(batches(lengths, most))
    assert sorted(index for batch in found for index in batch) == list(range(len(lengths)))
    for batch in found:
        widest = max(lengths[index] for index in batch)
        assert lengths[batch[-1]] == widest
        assert len(batch) == 1 or len(batch) * widest <= most


def test_packed_vectors_of_sentences_are_all_but_the_same(embedder: Embedder) -> None:
    for vector in embedder([row["text"] for row in REFERENCE]):
        assert vector @ unpack(pack(vector)) >= 0.9995


_EMBEDDER: list[Embedder] = []


def shared() -> Embedder:
    """One embedder for the property test, which cannot take the fixture."""
    if not _EMBEDDER:
        _EMBEDDER.append(Embedder())
    return _EMBEDDER[0]
