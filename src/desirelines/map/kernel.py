"""How this room's loops are compiled: cached on disk, without the interpreter's lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """`function` as machine code, compiled at its first use."""
    return cast(F, numba.njit(nogil=True, cache=True)(function))
