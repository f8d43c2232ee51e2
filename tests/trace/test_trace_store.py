"""The store: what is in it, in what order, whatever the order of arrival."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_lakes import Known, Lake, lake

from desirelines.errors import BadInput, NotFound
from desirelines.identify import resolve
from desirelines.model.digest import key64
from desirelines.model.event import EVENT_BASE
from desirelines.model.receipt import Batch
from desirelines.store import LAKE, Database, land, open_snapshot, take
from desirelines.store import Lake as StoreLake
from desirelines.trace import Trace, build, merge_trace, open_trace

QUARTER = 900_000_000
MEMORY = Path("/dev/shm")
"""Where every build need not wait for a disk."""
Row = dict[str, Any]


def told(trace: Trace) -> dict[int, tuple[int, list[tuple[int, str, str, str]]]]:
    """subject -> customer and its events (at, event, channel, source) in order"""
    found = {}
    for bucket in trace.buckets:
        assert bucket.offsets[0] == 0
        assert bucket.offsets[-1] == len(bucket.at)
        assert sorted(zip(bucket.customer, bucket.subject, strict=True)) == list(
            zip(bucket.customer, bucket.subject, strict=True)
        )
        for group, subject in enumerate(bucket.subject.tolist()):
            events = range(bucket.offsets[group], bucket.offsets[group + 1])
            found[subject] = (
                int(bucket.customer[group]),
                [
                    (
                        int(bucket.at[event]),
                        trace.events[bucket.event[event]],
                        trace.channels[bucket.channel[event]],
                        trace.sources[bucket.source[event]],
                    )
                    for event in events
                ],
            )
    return found


def test_events_lie_by_customer_and_time(tmp_path: Path) -> None:
    first: list[Row] = [
        {"person": 11, "event": "Order", "at": 50, "channel": "web"},
        {"person": 22, "event": "Visit", "at": -5, "source": "crm"},
        {"person": None, "event": "Ghost", "at": 3},
    ]
    second = [{"person": 33, "event": "Visit", "at": 7, "channel": "app"}]
    trace = build(lake(first, second), Known({22: 22, 33: 11}), tmp_path)
    assert told(trace) == {
        11: (11, [(7, "Visit", "app", "shop"), (50, "Order", "web", "shop")]),
        22: (22, [(-5, "Visit", "", "crm")]),
    }
    assert trace.events == ("Ghost", "Order", "Visit")
    assert trace.channels == ("", "app", "web")
    assert (trace.event_count, trace.subject_count, trace.known_events, trace.unknown_events) == (3, 2, 3, 1)


def test_refs_lead_back_to_the_row(tmp_path: Path) -> None:
    trace = build(lake([{"person": 1}, {"person": 2, "at": 5}], [{"person": 2, "at": 4}]), Known(), tmp_path)
    refs = {int(subject): ref for bucket in trace.buckets for subject, ref in _refs(bucket)}
    assert refs == {1: [(0, 0)], 2: [(1, 0), (0, 1)]}


def _refs(bucket: Any) -> list[tuple[int, list[tuple[int, int]]]]:
    return [
        (
            subject,
            [(int(ref) >> 32, int(ref) & 0xFFFFFFFF) for ref in bucket.ref[bucket.offsets[group] : bucket.offsets[group + 1]]],
        )
        for group, subject in enumerate(bucket.subject.tolist())
    ]


def test_order_is_time_then_rank_then_sequence_then_event_id(tmp_path: Path) -> None:
    rows = [
        {"person": 1, "event": "f", "at": 2},
        {"person": 1, "event": "e", "at": 1, "rank": 1, "sequence": 0},
        {"person": 1, "event": "b", "at": 1, "rank": -1, "sequence": 9},
        {"person": 1, "event": "d", "at": 1, "sequence": 3, "source": "b", "message_id": "1"},
        {"person": 1, "event": "a", "at": 0, "rank": 9},
    ]
    others = [
        {"person": 1, "event": "c2", "at": 1, "sequence": 3, "source": "a", "message_id": "é"},
        {"person": 1, "event": "c1", "at": 1, "sequence": 3, "source": "a", "message_id": "z"},
        {"person": 1, "event": "b2", "at": 1, "sequence": 2, "message_id": "zz"},
    ]
    for number, files in enumerate([(rows, others), (others, rows)]):
        one = lake(*files)
        trace = build(one, Known(), tmp_path / str(number))
        assert [event for _, event, _, _ in told(trace)[1][1]] == ["a", "b", "b2", "c1", "c2", "d", "e", "f"]


def test_event_ids_are_read_only_where_they_decide(tmp_path: Path) -> None:
    one = lake([{"person": 1, "at": 1}, {"person": 1, "at": 2}], [{"person": 1, "at": 1, "message_id": "a"}], [{"person": 2}])
    build(one, Known(), tmp_path)
    assert [name for name, columns in one.reads if "message_id" in columns] == ["events-0.parquet", "events-1.parquet"]


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.sampled_from([None, 1, 2, -3]),
            "event": st.sampled_from(["a", "b", "c"]),
            "channel": st.sampled_from([None, "web"]),
            "at": st.sampled_from([-(10**15), 0, 1, 5 * 10**15]),
            "rank": st.integers(-1, 1),
            "sequence": st.integers(0, 1),
            "source": st.sampled_from(["crm", "shop"]),
            "object_order": st.sampled_from([None, "o1", "o2"]),
        }
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(ROWS, st.integers(1, 3), st.integers(0, 2), st.randoms(use_true_random=False), st.sampled_from([0, 10**6]))
def test_the_order_of_arrival_decides_nothing(rows: list[Row], count: int, bits: int, random: Random, limit: int) -> None:
    for number, row in enumerate(rows):
        row["message_id"] = f"m{number:02}"
    shuffled = random.sample(rows, len(rows))
    files = [part for part in (shuffled[index::count] for index in range(count)) if part]
    ordered = sorted(rows, key=lambda row: (row["at"], row["rank"], row["sequence"], row["source"], row["message_id"]))
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        for subject in ("customer", "order"):
            trace = build(lake(*files), Known({2: 2, -3: 2}), Path(folder), subject, bucket_bits=bits, in_memory=limit)
            expected: dict[int, list[tuple[int, str, str, str]]] = {}
            owner: dict[int, int] = {}
            for row in ordered:
                person = {1: 1, 2: 2, -3: 2, None: 0}[row["person"]]
                order = 0 if row["object_order"] is None else int(key64("order", pa.array([row["object_order"]]))[0])
                key = person if subject == "customer" else order
                if key:
                    expected.setdefault(key, []).append((row["at"], row["event"], row["channel"] or "", row["source"]))
                    owner[key] = owner.get(key, 0) or person
            assert told(trace) == {key: (owner[key], events) for key, events in expected.items()}
            assert trace.known_events == sum(row["person"] is not None for row in rows)


def test_known_and_unknown_events_of_a_period(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"person": 1, "at": 0},
        {"person": None, "at": QUARTER - 1, "source": "crm"},
        {"person": 9, "at": QUARTER},
        {"person": 1, "at": -1},
    ]
    trace = build(lake(rows), Known(held=(9,)), tmp_path)
    assert trace.known_between(-QUARTER, 2 * QUARTER) == (2, 2)
    assert trace.known_between(0, QUARTER) == (1, 1)
    assert trace.known_between(QUARTER, 2 * QUARTER) == (0, 1)
    assert trace.counts.at.tolist() == [-QUARTER, 0, 0, QUARTER]
    assert [trace.sources[source] for source in trace.counts.source] == ["shop", "crm", "shop", "shop"]


def test_a_held_identifier_gives_way_to_the_next(tmp_path: Path) -> None:
    keys = {kind: int(key64(kind, pa.array([value]))[0]) for kind, value in [("card", "c9"), ("email", "a@b"), ("phone", "5")]}
    rows: list[dict[str, Any]] = [
        {"person": keys["card"], "id_card": "c9", "id_email": "a@b"},
        {"person": keys["card"], "id_card": "c9", "id_email": "unknown", "id_phone": "5"},
        {"person": keys["card"], "id_card": "c9", "at": 7},
    ]
    trace = build(lake(rows), Known({keys["email"]: 77}, held=(keys["card"],)), tmp_path)
    assert {subject: len(events) for subject, (_, events) in told(trace).items()} == {77: 1, keys["phone"]: 1}
    assert trace.unknown_events == 1


def test_an_object_belongs_to_its_earliest_known_customer(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"person": None, "at": 0, "object_order": "o1"},
        {"person": 5, "at": 1, "object_order": "o1"},
        {"person": 6, "at": 2, "object_order": "o1"},
        {"person": None, "at": 0, "object_order": "o2"},
        {"person": 5, "at": 9},
    ]
    trace = build(lake(rows), Known(), tmp_path, "order")
    one, two = key64("order", pa.array(["o1", "o2"])).tolist()
    assert {key: (customer, len(events)) for key, (customer, events) in told(trace).items()} == {one: (5, 3), two: (0, 1)}
    assert (trace.known_events, trace.unknown_events) == (3, 2)


def test_one_customer_with_very_many_events(tmp_path: Path) -> None:
    count = 200_000
    rng = np.random.default_rng(3)
    at = rng.integers(0, 1000, count)
    names = pa.array(["a"] * count)
    table = pa.table(
        {
            "source": names, "event": names, "channel": pa.nulls(count, pa.string()),
            "at": pa.array(at).cast(pa.timestamp("us", tz="UTC")), "rank": pa.array(np.zeros(count, np.int32)),
            "sequence": pa.array(rng.permutation(count)), "person": pa.array(np.ones(count, np.int64)), "message_id": names,
        }
    )  # fmt: skip
    trace = build(Lake([table]), Known(), tmp_path)
    (bucket,) = (bucket for bucket in trace.buckets if len(bucket.at))
    rows = bucket.ref & 0xFFFFFFFF
    expected = np.lexsort((table["sequence"].to_numpy(), at))
    assert np.array_equal(rows, expected)


def test_it_is_built_once_for_the_same_data_and_identities(tmp_path: Path) -> None:
    rows = [{"person": 1}, {"person": 2}]
    build(lake(rows), Known(), tmp_path)
    again = lake(rows)
    first = build(again, Known(), tmp_path)
    assert again.reads == []
    other = build(again, Known({2: 1}), tmp_path)
    assert other.subject_count == 1
    assert first.key != other.key
    assert first.subject_count == 2
    assert told(first)[2] == (2, [(0, "a", "", "shop")])  # still readable: its pages are kept
    assert open_trace(tmp_path).key == other.key
    assert sorted(path.name.partition("-")[0] for path in tmp_path.iterdir()) == ["customer", "customer.lock", "customer.store"]


def test_nothing_in_the_lake(tmp_path: Path) -> None:
    trace = build(Lake([]), Known(), tmp_path)
    assert (trace.event_count, trace.events, trace.channels) == (0, (), ("",))
    assert trace.known_between(-(2**62), 2**62) == (0, 0)
    assert build(lake([]), Known(), tmp_path / "no rows").event_count == 0


def test_a_build_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    def stop(stage: str, share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(lake([{"person": 1}]), Known(), tmp_path, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["customer.lock"]
    with pytest.raises(NotFound, match="no trace of customer"):
        open_trace(tmp_path)


def test_progress_rises_to_one(tmp_path: Path) -> None:
    shares: list[float] = []
    build(lake([{"person": 1}]), Known(), tmp_path, progress=lambda stage, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_an_object_kind_that_no_event_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        build(lake([{"person": 1, "object_order": "o"}]), Known(), tmp_path, "parcel")
    assert refused.value.hint == "subjects: customer, order"


def test_it_is_built_from_the_lake_itself(tmp_path: Path) -> None:
    database, store = Database.open(tmp_path / "workspace.db"), StoreLake(tmp_path)
    rows = [
        ("a", 30, "x@y.z", None, "o1"),
        ("b", 10, "x@y.z", "k1", "o1"),
        ("c", 20, None, "k1", None),
        ("d", 5, "null", None, "o2"),
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    base = {
        "source": ["web"] * 4, "event": columns[0], "message_id": columns[0], "at": columns[1], "rank": [0] * 4,
        "sequence": [0, 1, 2, 3], "channel": [None] * 4,
    }  # fmt: skip
    table = pa.table({**{field.name: pa.array(base[field.name], field.type) for field in EVENT_BASE}})
    for name, values in zip(("id_email", "id_crm", "object_order"), columns[2:], strict=True):
        table = table.append_column(name, pa.array(values, pa.string()))
    staging = store.stage("import-1", True, "web")
    staging.add(Batch(4, 0, {"events": table}))
    land(database, store, take(database, LAKE, "test", 60), staging.resolve(open_snapshot(database, store)), file="f.csv")
    snapshot = open_snapshot(database, store)
    trace = build(snapshot, resolve(snapshot, {}), tmp_path / "trace")
    ((customer, events),) = told(trace).values()
    assert [event for _, event, _, _ in events] == ["b", "c", "a"]
    assert (trace.known_events, trace.unknown_events, trace.data_version) == (3, 1, 1)
    orders = build(snapshot, resolve(snapshot, {}), tmp_path / "trace", "order")
    assert sorted(owner for owner, _ in told(orders).values()) == sorted([customer, 0])
    database.close()


def test_what_a_crashed_build_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "customer-draft").mkdir()
    build(lake([{"person": 1}]), Known(), tmp_path)
    assert not (tmp_path / "customer-draft").exists()


def test_the_same_content_at_another_version_of_the_data_is_not_built_again(tmp_path: Path) -> None:
    first = build(lake([{"person": 1}]), Known(), tmp_path)
    later = lake([{"person": 1}], data_version=2)
    again = build(later, Known(), tmp_path)
    assert later.reads == []
    assert (first.key, first.data_version, again.key, again.data_version) == (again.key, 1, first.key, 2)
    assert open_trace(tmp_path).data_version == 2


def test_new_events_leave_other_files_as_they_are(tmp_path: Path) -> None:
    first: list[Row] = [{"person": person, "at": person} for person in range(1, 200)]
    build(lake(first), Known(), tmp_path, bucket_bits=6)
    old = {path.name: path.stat().st_ino for path in tmp_path.glob("*/00*.bin")}
    more = lake(first, [{"person": 7, "at": 3}], data_version=2)
    trace = build(more, Known(), tmp_path, bucket_bits=6)
    assert {name for name, _ in more.reads} == {"events-1.parquet"}
    assert told(trace)[7] == (7, [(3, "a", "", "shop"), (7, "a", "", "shop")])
    assert {path.name: path.stat().st_ino for path in tmp_path.glob("*/00*.bin")} == old
    assert merge_trace(tmp_path)
    assert not merge_trace(tmp_path)
    new = {path.name: path.stat().st_ino for path in tmp_path.glob("*/00*.bin")}
    assert old.keys() == new.keys()
    assert len({name for name in new if new[name] != old[name]}) == 1
    assert told(open_trace(tmp_path)) == told(trace)
