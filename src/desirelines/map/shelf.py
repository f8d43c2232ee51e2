"""Derived arrays on disk: written once under the name of what they were made from, then memory-mapped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

FORMAT = 2
"""Counted up when what a shelf holds changes its meaning; older ones are then made anew."""
KEPT = 3
"""How many shelves of one kind stay: the newest, and some that a reader may still be about to open."""

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Shelf:
    """Named arrays (memory-mapped) and a small JSON-able note about them."""

    arrays: Arrays
    about: Mapping[str, Any]


def shelf_key(*parts: object) -> str:
    """A short name for what something was made from: the same parts give the same name everywhere."""
    text = json.dumps([FORMAT, *parts], sort_keys=True, default=str)
    return blake2b(text.encode(), digest_size=12).hexdigest()


def shelved(folder: Path, kind: str, key: str, make: Callable[[], tuple[Arrays, Mapping[str, Any]]]) -> Shelf:
    """The shelf `kind`-`key` under `folder`, made with `make` when it is not there yet.

    It appears whole or not at all; of two makers the first wins. Older shelves of the kind are swept.
    """
    place = folder / f"{kind}-{key}"
    if not (place / "about.json").exists():
        arrays, about = make()
        _write(folder, place, arrays, about)
        _sweep(folder, kind, place)
    return _read(place)


def _write(folder: Path, place: Path, arrays: Arrays, about: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{place.name}.{uuid4().hex}"
    draft.mkdir()
    try:
        for name, values in arrays.items():
            np.save(draft / f"{name}.npy", np.ascontiguousarray(values), allow_pickle=False)
        (draft / "about.json").write_text(json.dumps({"about": about, "arrays": sorted(arrays)}), encoding="utf-8")
        if place.exists() and not (place / "about.json").exists():
            shutil.rmtree(place, ignore_errors=True)
        draft.rename(place)
    except OSError:
        if not (place / "about.json").exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _read(place: Path) -> Shelf:
    note = json.loads((place / "about.json").read_text(encoding="utf-8"))
    return Shelf({name: _open(place / f"{name}.npy") for name in note["arrays"]}, note["about"])


def _open(path: Path) -> NDArray[Any]:
    # copy on write and a plain view, because kernels are compiled for plain writable arrays; the file is never written
    mapped = np.load(path, mmap_mode="c", allow_pickle=False)
    return cast(NDArray[Any], mapped.view(np.ndarray))


def _sweep(folder: Path, kind: str, newest: Path) -> None:
    shelves = [path for path in folder.glob(f"{kind}-*") if path != newest and path.is_dir()]
    for path in sorted(shelves, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
