"""Vectors as they are stored: a byte a number, and as close as promised."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np

from secondsource.text.vectors import LARGEST_BYTE, WIDTH, Floats, pack, unpack


@given(st_np.arrays(np.float32, WIDTH, elements=st.floats(-1, 1, width=32)).filter(lambda v: np.abs(v).max() > 1e-30))
def test_a_packed_vector_takes_a_byte_a_number_and_comes_back_as_close_as_promised(vector: Floats) -> None:
    vector = vector / np.linalg.norm(vector.astype(np.float64)).astype(np.float32)
    packed = pack(vector)
    back = unpack(packed)
    assert len(packed) == WIDTH
    assert back.dtype == np.float32 and np.linalg.norm(back) == pytest.approx(1, abs=1e-5)
    assert vector @ back >= 0.997 - 1e-5
    assert pack(back) == packed


@given(st_np.arrays(np.float32, WIDTH, elements=st.floats(-1, 1, width=32)).filter(lambda v: np.abs(v).max() > 1e-30))
def test_the_largest_number_of_a_vector_takes_the_largest_byte_whatever_its_length(vector: Floats) -> None:
    assert np.abs(np.frombuffer(pack(vector), np.int8).astype(int)).max() == LARGEST_BYTE


@pytest.mark.parametrize("vector", [np.zeros(WIDTH), np.full(WIDTH, np.nan), np.full(WIDTH, np.inf), np.ones(3)])
def test_what_is_no_vector_of_a_sentence_is_not_packed(vector: Floats) -> None:
    with pytest.raises(ValueError, match="packed"):
        pack(vector.astype(np.float32))


@pytest.mark.parametrize("packed", [b"", b"\x01" * (WIDTH - 1), b"\x01" * (WIDTH + 1), bytes(WIDTH)])
def test_bytes_that_are_no_packed_vector_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="no packed vector"):
        unpack(packed)
