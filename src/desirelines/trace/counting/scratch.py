"""Arrays that a thread works in and hands to nobody: fresh ones for every bucket cost as much in page faults as the work."""

from __future__ import annotations

from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Room:
    """Named arrays that are used again and again. Whoever asks for a name gets the same memory, so what was there is gone."""

    def __init__(self) -> None:
        self._arrays: dict[str, NDArray[Any]] = {}

    def array(self, name: str, size: int, kind: Any) -> NDArray[Any]:
        """[size] of any content."""
        held = self._arrays.get(name)
        if held is None or len(held) < size or held.dtype != kind:
            self._arrays.pop(name, None)
            held = self._arrays[name] = np.empty(size + size // 8, kind)
        return held[:size]


class _Held(local):
    """Each thread's room. It goes with the thread."""

    def __init__(self) -> None:
        self.room = Room()


_HELD = _Held()


def scratch(name: str, size: int, kind: Any) -> NDArray[Any]:
    """An array of this thread's room, valid until the thread asks for `name` again."""
    return _HELD.room.array(name, size, kind)
