"""What stands in for blis.py in the layer answers what blis.py does, to the last bit."""

from itertools import product

import blis.py as original
import numpy as np
import pytest

from infra import blis_py

SHAPES = [(1, 1, 1), (3, 5, 7), (1, 96, 128), (40, 96, 288), (257, 64, 33), (17, 768, 1)]


def matrix(rows: int, columns: int, seed: int, turned: bool = False) -> np.ndarray:
    shape = (columns, rows) if turned else (rows, columns)
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("trans1", "trans2"), list(product([False, True], repeat=2)))
def test_a_product_is_the_same_to_the_last_bit(shape: tuple[int, int, int], trans1: bool, trans2: bool) -> None:
    rows, inner, columns = shape
    a, b = matrix(rows, inner, 1, trans1), matrix(inner, columns, 2, trans2)
    expected = original.gemm(a, b, trans1=trans1, trans2=trans2)
    assert np.array_equal(blis_py.gemm(a, b, trans1=trans1, trans2=trans2), expected)


@pytest.mark.parametrize(("alpha", "beta"), [(1, 1), (1, 0), (0.5, 0.25)])
def test_it_adds_to_what_stands_in_the_array_given(alpha: float, beta: float) -> None:
    a, b = matrix(6, 9, 1), matrix(9, 4, 2)
    there, here = matrix(6, 4, 3), matrix(6, 4, 3)
    answer = blis_py.gemm(a, b, out=here, alpha=alpha, beta=beta)
    original.gemm(a, b, out=there, alpha=alpha, beta=beta)
    assert answer is here
    assert np.array_equal(here, there)


def test_it_works_where_thinc_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from thinc.backends.numpy_ops import NumpyOps

    a, b = matrix(40, 96, 1), matrix(96, 288, 2)
    expected = NumpyOps().gemm(a, b)
    calls = []
    monkeypatch.setattr(original, "gemm", lambda *given, **named: calls.append(1) or blis_py.gemm(*given, **named))
    assert np.array_equal(NumpyOps().gemm(a, b), expected)
    assert calls == [1]


@pytest.mark.parametrize("wrong", [np.zeros((3, 3)), np.zeros((3, 6), np.float32)[:, ::2]])
def test_arrays_of_another_kind_are_refused(wrong: np.ndarray) -> None:
    with pytest.raises(TypeError, match="32-bit"):
        blis_py.gemm(matrix(3, 3, 1), wrong)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="Shape mismatch"):
        blis_py.gemm(matrix(3, 4, 1), matrix(3, 4, 2))
    with pytest.raises(ValueError, match="Shape mismatch"):
        blis_py.gemm(matrix(3, 4, 1), matrix(4, 3, 2), out=matrix(4, 4, 3))


def test_a_library_whose_function_is_another_is_not_called() -> None:
    with pytest.raises(ImportError, match="another sgemm"):
        blis_py._sgemm(b"void (int, int)")
