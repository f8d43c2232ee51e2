"""Source files: every fault at its line, and YAML that reads back equal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.collect import Event, Options, Property, Source, Time, check_source, read_source, source_of, write_source
from desirelines.errors import BadInput

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*/sources/*.yaml"))


def faults(yaml: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_source(yaml, "shop.yaml")
    return [str(fault) for fault in caught.value.faults]


def test_every_type_fault_at_once() -> None:
    yaml = """source: Shop
format: cvs
evnts: []
key: id
events:
  - event: Bought
    time: {colum: at}
    properties:
      amount: {column: amount, type: nuber}
  - event: 3
    time: 4
    when: {state: [done, 1]}
options: {header_line: 0}
"""
    assert faults(yaml) == [
        "shop.yaml:1: `Shop` is no name: `source` (a name is small letters, digits and _, and begins with a letter)",
        "shop.yaml:2: `format` cannot be `cvs` (did you mean `csv`?)",
        "shop.yaml:3: `evnts` is not known here (did you mean `events`?)",
        "shop.yaml:4: `key` must be a list (write it as [id])",
        "shop.yaml:7: `column` is missing",
        "shop.yaml:7: `colum` is not known here (did you mean `column`?)",
        "shop.yaml:9: `type` cannot be `nuber` (did you mean `number`?)",
        'shop.yaml:10: `event` must be text (put it in quotes: "3")',
        'shop.yaml:11: `time` must be text (put it in quotes: "4")',
        'shop.yaml:12: entry 2 must be text (put it in quotes: "1")',
        "shop.yaml:13: `header_line`: input should be greater than or equal to 1",
    ]


def test_every_meaning_fault_at_once() -> None:
    yaml = """source: shop
format: csv
zone: Europe/Berln
key: [id, id]
options: {sheet: One, encoding: utf9, delimiter: a}
people: {customer: who}
links:
  - [customer, card]
events:
  - time: at
  - event: Bought
    event_column: what
    time: {column: at, format: "%d/%m", zone: Nowhere}
    channel: web
    channel_column: medium
    properties:
      one: {column: amount, type: money}
      two: {column: amount, type: number, currency: EUR}
      three: {column: paid, type: money, currency: EURO}
      four: {column: note, format: iso}
      five: note
      six: note
  - event: Paid
    time: at
  - event: Paid
    time: paid
traits:
  - of: car
    properties: {}
figures:
  - {on: day, name: " ", value: v, touchpoint: a, touchpoint_column: b}
observations:
  - {at: day}
"""
    found = faults(yaml)
    assert [text.split(" (")[0] for text in found] == [
        "shop.yaml:3: `Europe/Berln` is no time zone",
        "shop.yaml:4: `id` is in the key 2 times",
        "shop.yaml:5: `sheet` means nothing for csv",
        "shop.yaml:5: `utf9` is no encoding known here",
        "shop.yaml:5: 'a' cannot separate cells",
        "shop.yaml:8: `card` is no kind under `people`",
        "shop.yaml:10: an event has either a name or a column that names it",
        "shop.yaml:11: an event has either a name or a column that names it",
        "shop.yaml:13: `%d/%m` is no time format",
        "shop.yaml:13: `Nowhere` is no time zone",
        "shop.yaml:14: a channel is given twice",
        "shop.yaml:17: an amount needs its currency",
        "shop.yaml:18: a number has no currency",
        "shop.yaml:19: `EURO` is no ISO 4217 code",
        "shop.yaml:20: a text has no format `iso`",
        "shop.yaml:22: `note` is mapped as `five` already",
        "shop.yaml:25: event `Paid` is mapped twice",
        "shop.yaml:28: `car` is no kind under `people` or `objects`",
        "shop.yaml:28: no property is named",
        "shop.yaml:31: the figure's name is blank",
        "shop.yaml:31: a touchpoint is given twice",
        "shop.yaml:33: an observation is made at a touchpoint",
        "shop.yaml:33: an observation says something",
    ]
    assert "did you mean `Europe/Berlin`?" in found[0]


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        ("", "a source is a mapping of fields"),
        ("- a", "a source is a mapping of fields"),
        ("source: a\nformat: csv\n", "the source gives nothing"),
        ("source: a\nformat: csv\nevents: [{event: A, time: t}]\npeople: {Customer: c}\n", "`Customer` is no name"),
        ("source: a\nformat: csv\nevents: [{event: A, time: t}]\npeople: [c]\n", "`people` must be a mapping of fields"),
        ("source: a\nformat: csv\nevents: [{event: A, time: t}]\nlinks: [[a, b, c]]\n", "entry 1"),
        ("source: a\nformat: csv\nevents: [{event: A, time: t, when: {c: []}}]\n", "`c` may hold no value at all"),
        (
            "source: a\nformat: csv\noptions: {delimiter: ',', decimal: ','}\nevents: [{event: A, time: t}]\n",
            "the decimal sign separates",
        ),
    ],
)
def test_one_fault(yaml: str, says: str) -> None:
    assert any(says in text for text in faults(yaml)), faults(yaml)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_every_example_is_without_fault_and_reads_back_equal(path: Path) -> None:
    source = read_source(path.read_text(encoding="utf-8"), path.name)
    assert check_source(source) == []
    assert read_source(write_source(source)) == source


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 7


def test_data_such_as_json_is_checked_the_same() -> None:
    data: dict[str, Any] = {"source": "a", "format": "csv", "events": [{"event": "A", "time": "t"}]}
    assert source_of(data).events == (Event(event="A", time="t"),)
    with pytest.raises(BadInput) as caught:
        source_of({**data, "events": [{"event": "A", "tiem": "t"}]})
    assert [(fault.path, fault.hint) for fault in caught.value.faults] == [
        ("events[0].time", ""),
        ("events[0].tiem", "did you mean `time`?"),
    ]


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
COLUMNS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12) | st.sampled_from(
    ["no", "on", "1", "01", "2018-01-01", "1:30", "null", "~", "- a", "a: b", "#x", "{a}", "'", '"', " x ", "é", "="]
)
SOURCES = st.builds(
    Source,
    source=NAMES,
    about=COLUMNS,
    format=st.sampled_from(["csv", "jsonl"]),
    options=st.builds(Options, encoding=st.sampled_from([None, "cp1252"]), decimal=st.sampled_from([".", ","])),
    zone=st.sampled_from([None, "Europe/Berlin"]),
    key=st.lists(COLUMNS, max_size=2, unique=True).map(tuple),
    people=st.dictionaries(NAMES, COLUMNS, max_size=3),
    objects=st.dictionaries(st.just("column") | NAMES, COLUMNS, max_size=3),
    events=st.lists(
        st.builds(
            Event,
            event_column=COLUMNS,
            time=COLUMNS | st.builds(Time, column=COLUMNS, format=st.sampled_from([None, "iso", "%d/%m/%Y"])),
            rank=st.integers(-5, 5),
            properties=st.dictionaries(NAMES | st.just("column"), COLUMNS | st.builds(Property, column=COLUMNS), max_size=1),
            when=st.dictionaries(COLUMNS | st.just("column"), COLUMNS | st.lists(COLUMNS, min_size=1, max_size=2), max_size=2),
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
)


@settings(deadline=None, max_examples=150)
@given(SOURCES)
def test_what_is_written_reads_back_as_the_same(source: Source) -> None:
    assert read_source(write_source(source)) == source
