"""A store that is damaged is found out and comes back; a build that dies or meets a full disk changes nothing."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from store_child import BITS, WHO, large, rows, small
from test_trace_store_grows import limits, same
from trace_lakes import Known, lake

from desirelines.errors import Unavailable
from desirelines.trace import Trace, build, open_trace
from desirelines.trace.building.checksum import checksum
from desirelines.trace.building.shards import forget_checks

POINTS = 16
"""So many bytes of each file are damaged, in three ways."""
STOPS = 12
"""A build is killed at so many of its steps."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    build(small(), WHO, folder, bucket_bits=BITS)
    return folder


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """What one build of everything gives."""
    return build(large(), WHO, tmp_path_factory.mktemp("grown"), bucket_bits=BITS)


def damages(content: bytes) -> Iterator[bytes]:
    """The file cut off, with a bit turned and with a byte zeroed, at bytes spread over it; and with something behind it."""
    for place in sorted({int(place) for place in np.linspace(0, len(content) - 1, POINTS)}):
        yield content[:place]
        yield content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :]
        if content[place]:
            yield content[:place] + b"\0" + content[place + 1 :]
    yield content + b"\0"


@pytest.mark.parametrize("kind", ["customer.store", "0000.bin", "0002.bin", "counts.bin", "people.bin"])
def test_damage_at_any_byte_is_found_and_mended(
    before: Path, grown: Trace, tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    content = next(before.rglob(kind)).read_bytes()
    for number, damaged in enumerate(damages(content)):
        folder = tmp_path / str(number)
        shutil.copytree(before, folder)
        next(folder.rglob(kind)).write_bytes(damaged)
        forget_checks()
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            trace = build(large(), WHO, folder, bucket_bits=BITS)
        same(trace, grown)
        assert trace.repaired
        assert "damaged and is built anew" in caplog.text
        forget_checks()
        assert build(large(), WHO, folder, bucket_bits=BITS).repaired == ""
        shutil.rmtree(folder)


def test_damage_of_what_was_laid_aside_is_found_and_mended(before: Path, grown: Trace, tmp_path: Path) -> None:
    shutil.copytree(before, tmp_path / "patched")
    with limits(MOST_PATCHED=0):
        same(build(large(), WHO, tmp_path / "patched", bucket_bits=BITS), grown)
    content = next((tmp_path / "patched").rglob("patches.bin")).read_bytes()
    for number, damaged in enumerate(damages(content)):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "patched", folder)
        next(folder.rglob("patches.bin")).write_bytes(damaged)
        trace = build(large(), WHO, folder, bucket_bits=BITS)
        same(trace, grown)
        assert trace.repaired
        shutil.rmtree(folder)


@pytest.mark.parametrize("kind", ["customer.store", "0001.bin", "counts.bin"])
def test_a_damaged_store_is_not_opened(before: Path, tmp_path: Path, kind: str) -> None:
    shutil.copytree(before, tmp_path / "store")
    path = next((tmp_path / "store").rglob(kind))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    forget_checks()
    with pytest.raises(Unavailable, match="the trace of customer is damaged"):
        open_trace(tmp_path / "store")
    same(build(small(), WHO, tmp_path / "store", bucket_bits=BITS), build(small(), WHO, tmp_path / "other", bucket_bits=BITS))
    same(open_trace(tmp_path / "store"), open_trace(tmp_path / "other"))


@pytest.mark.parametrize("kind", ["0003.bin", "counts.bin", "people.bin"])
def test_a_file_that_is_gone_is_made_anew(before: Path, grown: Trace, tmp_path: Path, kind: str) -> None:
    shutil.copytree(before, tmp_path / "store")
    next((tmp_path / "store").rglob(kind)).unlink()
    trace = build(large(), WHO, tmp_path / "store", bucket_bits=BITS)
    same(trace, grown)
    assert kind in trace.repaired


class Server:
    """Forks builds."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("store_child.py")
        self.process = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    def run(self, folder: Path, stop: int = 0, limit: int = 0) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"folder": str(folder), "stop": stop, "limit": limit}).encode())
        return dict(json.loads(self.process.stdout.readline()))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    one = Server()
    yield one
    assert one.process.stdin is not None
    assert one.process.stdout is not None
    one.process.stdin.close()
    one.process.wait(20)
    one.process.stdout.close()


def test_a_build_killed_at_any_step_leaves_the_old_store_in_use(
    server: Server, before: Path, grown: Trace, tmp_path: Path
) -> None:
    shutil.copytree(before, tmp_path / "count")
    steps = server.run(tmp_path / "count")["count"]
    assert steps > 20
    same(open_trace(tmp_path / "count"), grown)
    old, versions = open_trace(before), set()
    for stop in sorted({int(stop) for stop in np.linspace(1, steps, STOPS)}):
        folder = tmp_path / str(stop)
        shutil.copytree(before, folder)
        assert server.run(folder, stop)["status"] == -9
        left = open_trace(folder)
        versions.add(left.data_version)
        same(left, old if left.data_version == 1 else grown)
        build(lake(rows(0, 40), rows(40, 20), [{"person": 9}]), WHO, folder, bucket_bits=BITS)  # what is built next clears up
        assert names(folder) == names(before)
        shutil.rmtree(folder)
    assert versions == {1, 2}


def names(folder: Path) -> list[str]:
    """The kinds of files in a store: folders of theirs have names that no one chooses."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("limit", [1, 100, 500, 1000])
def test_a_full_disk_is_said_and_changes_nothing(server: Server, before: Path, grown: Trace, tmp_path: Path, limit: int) -> None:
    shutil.copytree(before, tmp_path / "store")
    assert server.run(tmp_path / "store", limit=limit)["told"].startswith("the disk is full")
    assert names(tmp_path / "store") == names(before)
    same(open_trace(tmp_path / "store"), open_trace(before))
    same(build(large(), WHO, tmp_path / "store", bucket_bits=BITS), grown)


def test_a_disk_with_room_is_not_full(server: Server, before: Path, grown: Trace, tmp_path: Path) -> None:
    shutil.copytree(before, tmp_path / "store")
    assert server.run(tmp_path / "store", limit=1_000_000)["told"] == ""
    same(open_trace(tmp_path / "store"), grown)


def test_the_checksum_is_xxh64(tmp_path: Path) -> None:
    for size in (4, 8, 12, 400):
        words = np.arange(size, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        assert checksum(words) == xxh64(words.tobytes())
    # the reference against what the algorithm's own tests publish for no bytes, and for "abc"
    assert (xxh64(b""), xxh64(b"abc")) == (0xEF46DB3751D8E999, 0x44BC2CF5AD770999)


def xxh64(content: bytes) -> int:
    """XXH64 with seed 0, as its specification says it."""
    one, two, three, four, five = (
        0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5,
    )  # fmt: skip
    most = 2**64 - 1

    def turn(value: int, bits: int) -> int:
        return (value << bits | (value & most) >> 64 - bits) & most

    def stir(lane: int, word: int) -> int:
        return turn((lane + word * two) & most, 31) * one & most

    lanes, place = [(one + two) & most, two, 0, -one & most], 0
    while len(content) - place >= 32:
        lanes = [stir(lane, int.from_bytes(content[place + 8 * n : place + 8 * n + 8], "little")) for n, lane in enumerate(lanes)]
        place += 32
    found = five
    if len(content) >= 32:
        found = sum(turn(lane, bits) for lane, bits in zip(lanes, (1, 7, 12, 18), strict=True)) & most
        for lane in lanes:
            found = ((found ^ stir(0, lane)) * one + four) & most
    found = (found + len(content)) & most
    for size, factor, bits, add in ((8, two, 27, four), (4, one, 23, three), (1, five, 11, 0)):
        while len(content) - place >= size:
            word = int.from_bytes(content[place : place + size], "little")
            mixed = stir(0, word) if size == 8 else word * factor
            found = (turn(found ^ mixed & most, bits) * {8: one, 4: two, 1: one}[size] + add) & most
            place += size
    for shift, factor in ((33, two), (29, three), (32, 1)):
        found = (found ^ found >> shift) * factor & most
    return found


def test_a_store_of_an_older_release_is_built_anew_and_removed(tmp_path: Path) -> None:
    (tmp_path / "customer-abc").mkdir()
    (tmp_path / "customer-abc" / "at.npy").write_bytes(b"1")
    (tmp_path / "customer.current").write_text("customer-abc")
    trace = build(lake([{"person": 1}]), Known(), tmp_path)
    assert (trace.event_count, trace.repaired) == (1, "")
    assert "at.npy" not in names(tmp_path)
    assert not (tmp_path / "customer.current").exists()
