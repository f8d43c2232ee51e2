"""How a kernel is compiled: once, cached on disk, without the interpreter's lock, so that threads run side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """`function` as machine code. Every kernel is called with one set of types, so that it is compiled once."""
    return cast(F, numba.njit(nogil=True, cache=True)(function))


@compiled
def longer(values: NDArray[np.int64], count: int, size: int) -> NDArray[np.int64]:
    """An array of `size` that begins with the first `count` of `values`. (Slices take long to compile: here is none.)"""
    wider = np.empty(size, np.int64)
    for index in range(count):
        wider[index] = values[index]
    return wider


def plain(values: NDArray[Any], kind: Any) -> NDArray[Any]:
    """`values` as the contiguous, writable array of `kind` that the kernels were compiled for; itself if it is one."""
    fit = np.ascontiguousarray(values, dtype=kind)
    return fit if fit.flags.writeable and type(fit) is np.ndarray else np.array(fit, dtype=kind)


def map_array(path: Path) -> NDArray[Any]:
    """A .npy file as memory pages, without reading it. Writes to the array stay in this process and never reach the file."""
    mapped = np.load(path, mmap_mode="c", allow_pickle=False)
    return cast(NDArray[Any], mapped.view(np.ndarray))
