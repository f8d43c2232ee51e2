"""What a bucket has gained and lost since it was written: laid between its events when a column is first asked for.

A few new events among very many would else rewrite every file: customers are spread over all buckets.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from desirelines.trace.bucket import Bucket, Int
from desirelines.trace.building.blocks import PER_EVENT, columns_in, layout_of
from desirelines.trace.building.checksum import checksum
from desirelines.trace.building.files import Bytes, Writer
from desirelines.trace.building.landing import Landing
from desirelines.trace.building.manifest import Damaged, Manifest, Patch, mapped
from desirelines.trace.building.shards import open_buckets
from desirelines.trace.compiled import compiled

WALKED = ("at", "event")
"""The columns that nearly every question reads; the others are laid together when one of them is."""


class Patched(Bucket):
    """A bucket whose columns are laid together from those of `under` and a patch, once, when they are first asked for."""

    @staticmethod
    def over(under: Bucket, patch: dict[str, Any]) -> Patched:
        """`patch`: the columns of a patch's layout."""
        found = object.__new__(Patched)
        for name in ("offsets", "subject"):
            object.__setattr__(found, name, patch[name])
        for name, value in {"customer": patch["subject"], "under": under, "patch": patch, "lock": Lock()}.items():
            object.__setattr__(found, name, value)
        return found

    def __getattr__(self, name: str) -> Any:
        """Only called for what is not there yet."""
        if name not in PER_EVENT:
            raise AttributeError(name)
        with self.__dict__["lock"]:
            if name not in self.__dict__:
                self._lay(WALKED if name in WALKED else tuple(one for one in PER_EVENT if one not in WALKED))
        return self.__dict__[name]

    def _lay(self, names: tuple[str, ...]) -> None:
        under, patch = self.__dict__["under"], self.__dict__["patch"]
        size = int(self.offsets[-1])
        whole = tuple(np.empty(size, PER_EVENT[name]) for name in names)
        lay = _lay_walked if names == WALKED else _lay_others
        old, new = tuple(getattr(under, name) for name in names), tuple(patch[name] for name in names)
        lay(patch["place"], patch["out_from"], patch["out_to"], old, new, whole)
        self.__dict__.update(zip(names, whole, strict=True))


def release(bucket: Bucket) -> None:
    """Forget what was laid together; it is laid anew when asked for."""
    if isinstance(bucket, Patched):
        for name in PER_EVENT:
            bucket.__dict__.pop(name, None)


@compiled
def _lay_walked(place: Int, out_from: Int, out_to: Int, old: Any, new: Any, whole: Any) -> None:
    """As `merge.lay`, for two columns."""
    to = here = out = 0
    for row in range(place.size + 1):
        until = place[row] if row < place.size else old[0].size
        while here < until:
            stop = until
            if out < out_from.size and out_from[out] < stop:
                stop = out_from[out]
            for i in range(here, stop):
                whole[0][to + i - here] = old[0][i]
                whole[1][to + i - here] = old[1][i]
            to += stop - here
            here = stop
            if out < out_from.size and out_from[out] == here:
                here = out_to[out]
                out += 1
        if row < place.size:
            whole[0][to], whole[1][to] = new[0][row], new[1][row]
            to += 1


@compiled
def _lay_others(place: Int, out_from: Int, out_to: Int, old: Any, new: Any, whole: Any) -> None:
    """As `merge.lay`, for three columns."""
    to = here = out = 0
    for row in range(place.size + 1):
        until = place[row] if row < place.size else old[0].size
        while here < until:
            stop = until
            if out < out_from.size and out_from[out] < stop:
                stop = out_from[out]
            for i in range(here, stop):
                whole[0][to + i - here] = old[0][i]
                whole[1][to + i - here] = old[1][i]
                whole[2][to + i - here] = old[2][i]
            to += stop - here
            here = stop
            if out < out_from.size and out_from[out] == here:
                here = out_to[out]
                out += 1
        if row < place.size:
            whole[0][to], whole[1][to], whole[2][to] = new[0][row], new[1][row], new[2][row]
            to += 1


def _lengths(patch: Patch) -> dict[str, tuple[int, Any]]:
    groups = {"offsets": (patch.groups + 1, np.int64), "subject": (patch.groups, np.int64)}
    places = {"place": (patch.events, np.int64), "out_from": (patch.outs, np.int64), "out_to": (patch.outs, np.int64)}
    return groups | places | {name: (patch.events, kind) for name, kind in PER_EVENT.items()}


def write_patches(
    folder: Path, landings: Sequence[Landing], orders: dict[int, tuple[Int, Int]], buckets: Sequence[Bucket]
) -> tuple[Patch | None, ...]:
    """Write what comes and goes into one file of `folder`; None for a bucket in which nothing does."""
    name, found = "patches.bin", list[Patch | None]()
    with Writer(folder / name) as file:
        for index, one in enumerate(landings):
            if one.plain:
                found.append(None)
                continue
            values = _settled(one, buckets[index], *orders[index]) if index in orders else _values(one)
            draft = Patch(f"{folder.name}/{name}", file.size, len(one.subject), len(values["at"]), len(values["out_from"]), 0)
            content = np.zeros(layout_of(_lengths(draft))[1], np.uint8)
            for column, array in columns_in(content, _lengths(draft)).items():
                array[:] = values[column]
            file.write(content)
            found.append(Patch(draft.file, draft.start, draft.groups, draft.events, draft.outs, checksum(content)))
    return tuple(found)


def _values(one: Landing) -> dict[str, Any]:
    groups = {"offsets": one.offsets, "subject": one.subject, "place": one.place}
    events = {name: getattr(one.new, name) for name in PER_EVENT}
    return {**groups, "out_from": one.out_from, "out_to": one.out_to, **events}


def _settled(one: Landing, under: Bucket, places: Int, order: Int) -> dict[str, Any]:
    """The same where events at `places` of the merged bucket lie in another order: old ones there leave and come again."""
    size, count = len(under.at), len(one.place)
    stays = np.ones(size + 1, np.int64)
    for start, stop in zip(one.out_from.tolist(), one.out_to.tolist(), strict=True):
        stays[start:stop] = 0
    kept = np.flatnonzero(stays[:-1])
    origin = np.empty(int(one.offsets[-1]), np.int64)
    """of each merged event: its place below, or size + its place among the new"""
    before = np.concatenate([[0], np.cumsum(stays)])
    new = np.zeros(len(origin), np.bool_)
    new[before[one.place] + np.arange(count)] = True
    origin[new], origin[~new] = size + np.arange(count), kept
    origin[places] = origin[places][order]
    new[places] = True
    comes = origin[new]
    stays[comes[comes < size]] = 0
    last = np.maximum.accumulate(np.where(new, -1, origin))[new] if len(origin) else comes
    step = np.diff(np.concatenate([[1], stays[:-1], [1]]))
    events = {name: np.concatenate([getattr(under, name), getattr(one.new, name)])[comes] for name in PER_EVENT}
    outs = {"out_from": np.flatnonzero(step == -1), "out_to": np.flatnonzero(step == 1)}
    return {"offsets": one.offsets, "subject": one.subject, "place": last + 1, **outs, **events}


def open_store(folder: Path, manifest: Manifest) -> tuple[Bucket, ...]:
    """All buckets, mapped, with what was laid aside since. Raises Damaged."""
    buckets = open_buckets(folder, manifest.blocks)
    files: dict[str, Bytes] = {}
    ends: dict[str, int] = {}
    found = []
    for bucket, patch in zip(buckets, manifest.patches, strict=True):
        if patch is None:
            found.append(bucket)
            continue
        if patch.file not in files:
            files[patch.file] = mapped(folder, patch.file)
        lengths = _lengths(patch)
        ends[patch.file] = patch.start + layout_of(lengths)[1]
        content = files[patch.file][patch.start : ends[patch.file]]
        if len(content) + patch.start != ends[patch.file] or checksum(content) != patch.checksum:
            raise Damaged(f"{patch.file} is not what was written")
        found.append(Patched.over(bucket, columns_in(content, lengths)))
    if any(len(files[file]) != end for file, end in ends.items()):
        raise Damaged("patches are not as long as they were written")
    return tuple(found)
