"""A store that grew, whatever came when, is the store that one build of everything gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_lakes import Known, Lake, events

from desirelines.model.digest import key64
from desirelines.trace import Trace, build, merge_trace, open_trace
from desirelines.trace.building import grow

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where every build need not wait for a disk."""
VALUES = ("card c1", "card c2", "email e1", "email e2", "email e3")
KEYS = {value: int(key64(value.split()[0], pa.array([value]))[0]) for value in VALUES}
COLUMNS = ("offsets", "subject", "customer", "at", "event", "channel", "source", "ref")
Row = dict[str, Any]


@dataclass
class Files(Lake):
    """A lake whose files have names of their own, in an order of their own."""

    names: list[str] = field(default_factory=list)

    def files(self, table: str) -> list[Path]:
        return [Path(name) for name in self.names]


def people(links: Sequence[tuple[str, str]], held: Sequence[str]) -> Known:
    """Values joined along links, but for those that are held; a customer is the smallest key (read unsigned)."""
    groups = [{value} for value in VALUES]
    for one, other in links:
        if one not in held and other not in held:
            joined = [group for group in groups if group & {one, other}]
            groups = [group for group in groups if group not in joined] + [set().union(*joined)]
    linked = {value for pair in links for value in pair}
    named = {value: min((KEYS[one] for one in group), key=lambda key: key % 2**64) for group in groups for value in group}
    return Known({KEYS[value]: named[value] for value in linked}, tuple(sorted(KEYS[value] for value in held)))


def row(card: str | None, email: str | None, at: int, rank: int, sequence: int, event: str, channel: str | None) -> Row:
    first = card or email
    person = KEYS[first] if first else None
    texts = {"id_card": card, "id_email": email}
    return {"person": person, "at": at, "rank": rank, "sequence": sequence, "event": event, "channel": channel, **texts}


ROWS = st.lists(
    st.builds(
        row, st.sampled_from([None, None, "card c1", "card c2"]), st.sampled_from([None, *VALUES[2:]]), st.integers(0, 3),
        st.integers(0, 1), st.integers(0, 1), st.sampled_from("abcz"), st.sampled_from([None, "web", "app"]),
    ),
    max_size=6,
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What happens between two builds. `before`: whether the new file comes before those there are."""

    rows: list[Row]
    before: bool
    links: list[tuple[str, str]]
    held: frozenset[str]
    more_buckets: bool
    merged: bool


PAIRS = st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES))
STEPS = st.lists(
    st.builds(
        Step, ROWS, st.sampled_from([False, False, False, True]), st.lists(PAIRS, max_size=2),
        st.sampled_from([frozenset[str](), frozenset[str](), frozenset(["card c1"]), frozenset(["email e1", "card c2"])]),
        st.sampled_from([False, False, False, True]), st.booleans(),
    ),
    min_size=2, max_size=4,
)  # fmt: skip


def same(one: Trace, other: Trace) -> None:
    assert (one.key, one.events, one.channels, one.sources) == (other.key, other.events, other.channels, other.sources)
    assert (one.known_events, one.unknown_events, one.data_version) == (
        other.known_events, other.unknown_events, other.data_version,
    )  # fmt: skip
    for name in ("at", "source", "known", "unknown"):
        assert getattr(one.counts, name).tolist() == getattr(other.counts, name).tolist()
    for mine, its in zip(one.buckets, other.buckets, strict=True):
        assert {name: getattr(mine, name).tolist() for name in COLUMNS} == {name: getattr(its, name).tolist() for name in COLUMNS}


@settings(deadline=None, max_examples=150)
@given(STEPS, st.booleans(), st.sampled_from([0, 1_000_000]))
def test_growing_step_by_step_is_building_at_once(steps: list[Step], links_stay: bool, patch: int) -> None:
    """`patch`: whether new events are laid aside wherever they can be, or never."""
    lake, links, bits = Files([]), list[tuple[str, str]](), 0
    with limits(MOST_NEW=1_000_000, MOST_PATCHED=0 if patch else 1_000_000), TemporaryDirectory(dir=MEMORY) as folder:
        for number, step in enumerate(steps):
            for index, one in enumerate(step.rows):
                one["message_id"], one["source"] = f"m{(7 * index + number) % 5}{index}{number}", f"s{(index + number) % 2}"
            if step.rows:
                place = 0 if step.before else len(lake.names)
                lake.names.insert(place, f"f{number}")
                lake.tables.insert(place, events(step.rows))
            lake.data_version += 1
            links = [*links, *step.links] if links_stay else step.links
            bits += step.more_buckets
            who = people(links, tuple(step.held))
            grown = build(lake, who, Path(folder) / "grown", bucket_bits=bits)
            if step.merged:
                merge_trace(Path(folder) / "grown")
        whole = build(lake, who, Path(folder) / "whole", bucket_bits=bits)
        same(grown, whole)
        same(open_trace(Path(folder) / "grown"), whole)


@contextmanager
def limits(**values: int) -> Iterator[None]:
    """Other thresholds for growing."""
    usual = {name: vars(grow)[name] for name in values}
    vars(grow).update(values)
    try:
        yield
    finally:
        vars(grow).update(usual)


def grown_and_whole(folder: Path, lake: Lake, before: Known, after: Known) -> tuple[Trace, Trace]:
    """The store that grew from other identities, and the one that a single build gives."""
    build(lake, before, folder / "grown")
    with limits(MOST_NEW=1_000_000):
        return build(lake, after, folder / "grown"), build(lake, after, folder / "whole")


def test_of_two_who_part_each_takes_his_own_events(tmp_path: Path) -> None:
    lake = Files([events([{"person": 5, "event": "a"}, {"person": 7, "event": "b"}])], names=["f"])
    grown, whole = grown_and_whole(tmp_path, lake, Known({5: 5, 7: 5}), Known({2: 2, 5: 2}))
    same(grown, whole)
    assert sorted(int(customer) for bucket in grown.buckets for customer in bucket.customer) == [2, 7]


def test_a_value_released_takes_its_events_from_a_customer_who_moves(tmp_path: Path) -> None:
    first, second = sorted(("email e1", "email e2"), key=lambda value: KEYS[value] % 2**64)
    rows = [row("card c1", second, 0, 0, 0, "a", None), row(None, second, 1, 0, 0, "b", None)]
    lake = Files([events([{**one, "message_id": f"m{number}"} for number, one in enumerate(rows)])], names=["f"])
    grown, whole = grown_and_whole(tmp_path, lake, people([], ["card c1"]), people([(first, second)], []))
    same(grown, whole)
    assert {int(customer) for bucket in grown.buckets for customer in bucket.customer} == {KEYS["card c1"], KEYS[first]}
