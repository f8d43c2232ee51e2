"""Any XES log, read, written and read again, says the same: cases, events, their order, attributes and types."""

from __future__ import annotations

import xml.etree.ElementTree as tree
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.collect import Cases, Source, guess, outside, read, write_xes

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=6).map(str.strip).filter(bool)
TIMES = st.sampled_from(
    ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000001+00:00", "1950-06-01T12:00:00.5-03:00", "2150-01-01T00:00:00Z"]
)
VALUES = {
    "string": TEXTS,
    "id": TEXTS,
    "int": st.integers(-(2**53), 2**53).map(str),
    "float": st.floats(allow_nan=False, allow_infinity=False, width=32).map(repr),
    "boolean": st.sampled_from(["true", "false"]),
    "date": TIMES,
}
KEYS = [f"{kind}:{n}" for kind in VALUES for n in (1, 2)]
ATTRIBUTES = st.fixed_dictionaries({}, optional={key: VALUES[key.partition(":")[0]] for key in KEYS})
EVENTS = st.lists(st.tuples(st.sampled_from(["a", "b & <c>", '"=']), TIMES, ATTRIBUTES, st.booleans()), max_size=4)
LOGS = st.lists(st.tuples(TEXTS, ATTRIBUTES, EVENTS), min_size=1, max_size=4, unique_by=lambda one: one[0])
Log = list[tuple[str, dict[str, str], list[tuple[str, str, dict[str, str], bool]]]]


def written(path: Path, log: Log) -> Path:
    """The log as XML, by another's hand."""
    root = tree.Element("log")
    for name, attributes, events in log:
        trace = tree.SubElement(root, "trace")
        tree.SubElement(trace, "string", key="concept:name", value=name)
        _add(trace, attributes)
        for event, at, more, nested in events:
            one = tree.SubElement(trace, "event")
            tree.SubElement(one, "string", key="concept:name", value=event)
            tree.SubElement(one, "date", key="time:timestamp", value=at)
            _add(one, more)
            if nested:
                _add(tree.SubElement(one, "container", key="more"), more | {"string:3": event})
    path.write_bytes(tree.tostring(root, encoding="utf-8"))
    return path


def _add(element: Any, attributes: dict[str, str]) -> None:
    for key, value in attributes.items():
        tree.SubElement(element, key.partition(":")[0], key=key, value=value)


def as_cases(source: Source, tables: dict[str, Any]) -> Cases:
    """What a trace would give: each case with its events in their order."""
    rows = tables["events"].sort_by([("id_case", "ascending"), ("at", "ascending"), ("sequence", "ascending")])
    names, counts = np.unique(rows.column("id_case").to_numpy(zero_copy_only=False), return_counts=True)
    order = np.argsort([list(dict.fromkeys(rows.column("id_case").to_pylist())).index(name) for name in names])
    traits: dict[str, dict[str, Any]] = {name: {} for name in names[order].tolist()}
    keys = outside("log", source, "xes").traits
    for row in tables["traits"].to_pylist() if "traits" in tables else ():
        key = keys[row["kind"], row["name"]]
        traits.setdefault(row["value"], {})[key.name] = (key, row["text"])
    offsets = [0, *np.cumsum(counts[order]).tolist()]
    alone = len(traits) - len(names)
    return Cases(list(traits), np.array([*offsets, *[offsets[-1]] * alone]), rows, list(traits.values()))


def plain(tables: dict[str, Any]) -> dict[str, list[str]]:
    found = {}
    for name in ("events", "traits"):
        rows = tables[name].to_pylist() if name in tables else []
        if name == "events":
            rows.sort(key=lambda row: (row["id_case"], row["at"], row["sequence"]))
        found[name] = [str({key: value for key, value in row.items() if key != "sequence"}) for row in rows]
    return {"events": found["events"], "traits": sorted(found["traits"])}


def whole(source: Source, path: Path) -> dict[str, Any]:
    """Every table of an import as a whole."""
    parts: dict[str, list[Any]] = {}
    for batch in read(source, path, "UTC"):
        for name, table in batch.tables.items():
            parts.setdefault(name, []).append(table)
    return {name: pa.concat_tables(several) for name, several in parts.items()}


@settings(max_examples=30, deadline=None)
@given(log=LOGS)
def test_any_log_returns_as_it_was(log: Log) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        path = written(folder / "log.xes", log)
        if not any(events for _, _, events in log):
            return
        source = guess(path, "log").source
        first = whole(source, path)
        assert all(row["reason"] == "empty" for row in first["refused"].to_pylist()) if "refused" in first else True
        assert len(first["events"]) == sum(len(events) for _, _, events in log)
        ways = {"log": outside("log", source, "xes")}
        cases = as_cases(source, first)
        assert write_xes(folder / "out.xes", [cases], ways, ["id_case"]) == (len(cases.names), len(cases.rows))
        assert plain(whole(source, folder / "out.xes")) == plain(first)
        types = {one.name: (one.looks_like, one.format) for one in guess(folder / "out.xes", "log").columns}
        assert types == {one.name: (one.looks_like, one.format) for one in guess(path, "log").columns}


def test_what_fails_underway_leaves_no_file(tmp_path: Path) -> None:
    def broken() -> Any:
        yield from ()
        raise RuntimeError("the lake is gone")

    with pytest.raises(RuntimeError):
        write_xes(tmp_path / "out.xes", broken(), {}, [])
    assert list(tmp_path.iterdir()) == []
