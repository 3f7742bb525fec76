"""Content codings."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import FetchFailed
from secondsource.web.coding import decode_content

CAP = 5 * 1024 * 1024
TEXT = b"<p>Hello</p>" * 100


def pieces(data, size=1000):
    return [data[start : start + size] for start in range(0, len(data), size)]


def code_of(data, coding, cap=CAP):
    with pytest.raises(FetchFailed) as caught:
        decode_content(pieces(data), coding, cap)
    return caught.value.code


@pytest.mark.parametrize("coding", ["", " ", ",", "identity", "Identity"])
def test_an_uncoded_body_comes_as_it_is(coding):
    assert decode_content(pieces(TEXT), coding, CAP) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "x-gzip", " gzip ,"])
@pytest.mark.parametrize("size", [1, 10, 100_000])
def test_gzip_is_undone_however_it_is_cut(coding, size):
    assert decode_content(pieces(gzip.compress(TEXT), size), coding, CAP) == TEXT


def test_several_gzip_members_are_one_body():
    assert decode_content(pieces(gzip.compress(b"one, ") + gzip.compress(b"two"), 3), "gzip", CAP) == b"one, two"


@pytest.mark.parametrize("coding", ["gzip, gzip", "gzip," * 50, "identity, gzip", "deflate, br"])
def test_more_than_one_coding_is_not_supported(coding):
    assert code_of(gzip.compress(gzip.compress(TEXT)), coding) == "unsupported-encoding"


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "compress", "bogus", "gzip;q=1", "gz\u00efp"])
def test_an_unknown_coding_is_a_bad_one(coding):
    assert code_of(TEXT, coding) == "bad-encoding"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        TEXT,
        zlib.compress(TEXT),
        gzip.compress(TEXT)[:-1],
        gzip.compress(TEXT)[:20],
        gzip.compress(TEXT)[:-8] + bytes(8),
        gzip.compress(TEXT) + b"garbage",
        gzip.compress(TEXT) + gzip.compress(TEXT)[:12],
        gzip.compress(TEXT)[:30] + b"\xff" * 8 + gzip.compress(TEXT)[38:],
    ],
    ids=["empty", "not gzip", "zlib", "one short", "cut", "wrong sum", "garbage after", "second cut", "damaged"],
)
def test_damaged_gzip_is_a_bad_encoding(data):
    assert code_of(data, "gzip") == "bad-encoding"


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_the_cap_is_exact(coding):
    encode = gzip.compress if coding else bytes
    assert len(decode_content(pieces(encode(bytes(5000))), coding, 5000)) == 5000
    assert code_of(encode(bytes(5001)), coding, 5000) == "too-large"


def test_a_bomb_is_stopped_at_the_cap(bomb):
    tracemalloc.start()
    try:
        code = code_of(bomb, "gzip")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert code == "too-large"
    assert peak < CAP + 10 * 1024 * 1024


@given(st.lists(st.binary()), st.sampled_from(["", "gzip", "br"]))
def test_any_bytes_are_decoded_or_refused(chunks, coding):
    try:
        outcome = len(decode_content(chunks, coding, 1000))
    except FetchFailed as error:
        outcome = error.code
    assert outcome in ("bad-encoding", "too-large", *range(1001))
