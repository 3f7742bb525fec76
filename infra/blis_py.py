"""Stands in for ``blis.py`` in the Lambda layer, where it is copied to that place.

The compiled modules blis.cy and blis.py each hold the whole BLIS library, 17 MB on x86_64, and blis.py only calls that
of blis.cy. Thinc, on which spaCy runs, calls one function of blis.py. This is that function: it calls the same code
of blis.cy with the same arguments, so that results are the same to the last bit.
"""

import ctypes
from typing import Any

import numpy as np
import numpy.typing as npt
from blis import cy

# How blis.cy tells of its function, in the words of its compiler. Another signature is another function.
SIGNATURE = b"void (int, int, int, int, int, float, float const *, int, float const *, int, float, float *, int)"
_INT, _REAL, _ADDRESS = ctypes.c_int, ctypes.c_float, ctypes.c_void_p


def _sgemm(signature: bytes = SIGNATURE) -> Any:
    address = ctypes.pythonapi.PyCapsule_GetPointer
    address.restype, address.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    try:
        pointer = address(cy.__pyx_capi__["sgemm"], signature)
    except (AttributeError, KeyError, ValueError) as error:
        raise ImportError("This blis.cy has another sgemm than infra/blis_py.py calls.") from error
    # Called so, it lets other threads run meanwhile, as the original does.
    prototype = ctypes.CFUNCTYPE(
        None, _INT, _INT, _INT, _INT, _INT, _REAL, _ADDRESS, _INT, _ADDRESS, _INT, _REAL, _ADDRESS, _INT
    )
    return prototype(pointer)


_multiply = _sgemm()

Floats = npt.NDArray[np.float32]


def gemm(
    A: Floats,
    B: Floats,
    out: Floats | None = None,
    trans1: bool = False,
    trans2: bool = False,
    alpha: float = 1.0,
    beta: float = 1.0,
) -> Floats:
    """`alpha` times A times B, plus `beta` times what stands in `out`; `trans1` and `trans2` turn A and B first.

    Raises TypeError for other arrays than contiguous ones of 32-bit floats in two dimensions, ValueError where the
    shapes do not fit.
    """
    rows, inner = A.shape[::-1] if trans1 else A.shape
    inner_too, columns = B.shape[::-1] if trans2 else B.shape
    if out is None:
        out = np.zeros((rows, columns), np.float32)
    for array in (A, B, out):
        if array.dtype != np.float32 or array.ndim != 2 or not array.flags.c_contiguous:
            raise TypeError("blis.gemm takes contiguous arrays of 32-bit floats.")
    if inner != inner_too or out.shape != (rows, columns):
        raise ValueError(f"Shape mismatch for blis.gemm: {A.shape}, {B.shape} to {out.shape}")
    _multiply(
        trans1, trans2, rows, columns, inner,
        alpha, A.ctypes.data, A.shape[1], B.ctypes.data, B.shape[1],
        beta, out.ctypes.data, out.shape[1],
    )  # fmt: skip
    return out
