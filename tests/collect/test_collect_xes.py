"""XES: what an event, a case and everything under them become; what is wrong with a log is said, never obeyed."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desirelines.collect import LIMITS, guess, preview, read, read_source, repair_rows
from desirelines.errors import BadInput, TooLarge

Take = Callable[..., dict[str, Any]]
SOURCE = """
source: log
format: xes
people: {case: "case:concept:name"}
events:
  - event_column: "concept:name"
    time: "time:timestamp"
    properties:
      moved: "lifecycle:transition"
      cost: {column: cost, type: number}
      count: {column: count, type: number, format: whole}
      paid: {column: paid, type: flag}
      due: {column: due, type: time}
"""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">'


def event(name: str | None = "A", time: str | None = "2024-03-31T02:30:00.250+02:00", more: str = "") -> str:
    named = f'<string key="concept:name" value="{name}"/>' if name is not None else ""
    timed = f'<date key="time:timestamp" value="{time}"/>' if time is not None else ""
    return f"<event>{named}{timed}{more}</event>"


def trace(name: str | None, *events: str, more: str = "") -> str:
    named = f'<string key="concept:name" value="{name}"/>' if name is not None else ""
    return f"<trace>{named}{more}{''.join(events)}</trace>"


def log(*traces: str, more: str = "") -> str:
    return f"{HEAD}{more}{''.join(traces)}</log>"


def test_an_event_with_every_type(take: Take) -> None:
    more = (
        '<string key="lifecycle:transition" value="start"/><float key="cost" value="1.50"/><int key="count" value="7"/>'
        '<boolean key="paid" value="true"/><date key="due" value="2024-04-01T00:00:00Z"/>'
    )
    row = take(SOURCE, log(trace("c1", event("A", more=more))), "log.xes")["events"].to_pylist()[0]
    assert (row["event"], row["id_case"], row["sequence"]) == ("A", "c1", 1)
    assert row["at"].isoformat() == "2024-03-31T00:30:00.250000+00:00"
    assert (row["text_moved"], row["number_cost"], row["number_count"], row["flag_paid"]) == ("start", 1.5, 7.0, True)
    assert row["time_due"].isoformat() == "2024-04-01T00:00:00+00:00"


def test_packed_marked_and_declared_otherwise(tmp_path: Path) -> None:
    text = log(trace("Zoë", event("Größe")))
    latin = text.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    wide = text.replace("UTF-8", "UTF-16").encode("utf-16")
    source = read_source(SOURCE)
    for name, content in (("a.xes.gz", gzip.compress(text.encode())), ("b.xes", latin), ("c.xes", wide), ("d", text.encode())):
        (tmp_path / name).write_bytes(content)
        (batch,) = read(source, tmp_path / name, "UTC")
        table: Any = batch.tables["events"]
        assert table.select(["event", "id_case"]).to_pylist() == [{"event": "Größe", "id_case": "Zoë"}], name


def test_elements_may_have_a_prefix(take: Take) -> None:
    text = log(trace("c", event("A"))).replace("xmlns=", "xmlns:x=").replace("<", "<x:")
    text = text.replace("<x:/", "</x:").replace("<x:?", "<?")
    assert take(SOURCE, text, "log.xes")["events"].column("event").to_pylist() == ["A"]


def test_the_order_of_the_file_is_kept(take: Take) -> None:
    """All on one line and all at one instant: the place in the file is what is left."""
    names = [f"e{n}" for n in range(300)]
    events = take(SOURCE, log(trace("c", *(event(name) for name in names))), "log.xes")["events"]
    assert events.column("event").to_pylist() == names
    assert events.column("sequence").to_pylist() == list(range(1, 301))


def test_what_is_missing_is_refused_with_its_reason(take: Take) -> None:
    broken = (event(None), event("A", None), event("A", "soon"), event("", "2024-01-01T00:00:00Z"))
    found = take(SOURCE, log(trace("c", *broken, event("B"))), "log.xes")
    assert found["events"].column("event").to_pylist() == ["B"]
    assert [(row["line"], row["reason"]) for row in found["refused"].to_pylist()] == [
        (1, "missing_event"),
        (2, "missing_time"),
        (3, "bad_time"),
        (4, "missing_event"),
    ]
    assert found["refused"].column("row")[2].as_py() == (
        '{"xes:row":"event","case:number":"1","case:concept:name":"c","concept:name":"A","time:timestamp":"soon"}'
    )


def test_whole_numbers_have_no_fraction(take: Take) -> None:
    found = take(SOURCE, log(trace("c", event(more='<int key="count" value="1.5"/>'))), "log.xes")
    assert found["refused"].column("reason").to_pylist() == ["bad_number"]


def test_a_refused_event_is_mended(take: Take) -> None:
    found = take(SOURCE, log(trace("c", event("A", "31/03/2024 02:30"))), "log.xes")
    mended = SOURCE.replace('time: "time:timestamp"', 'time: {column: "time:timestamp", format: "%d/%m/%Y %H:%M"}')
    rows = [(row["line"], row["row"]) for row in found["refused"].to_pylist()]
    (batch,) = repair_rows(read_source(mended), rows)
    table: Any = batch.tables["events"]
    assert table.select(["event", "id_case"]).to_pylist() == [{"event": "A", "id_case": "c"}]


CASES = (
    SOURCE.replace("    properties:", '    when: {"xes:row": event}\n    properties:')
    + """
traits:
  - of: case
    properties:
      priority: "trace:priority"
"""
)


def test_attributes_of_a_case_are_told_once(take: Take) -> None:
    rich = trace("c1", event("A"), event("B"), more='<string key="priority" value="high"/>')
    found = take(CASES, log(rich, trace("c2", event("A"))), "log.xes")
    assert found["traits"].select(["value", "name", "text"]).to_pylist() == [{"value": "c1", "name": "priority", "text": "high"}]
    assert found["events"].column("sequence").to_pylist() == [2, 3, 4]
    assert "refused" not in found
    assert found["rows"] == 4


def test_a_source_that_takes_cases_for_events_is_told() -> None:
    with pytest.raises(BadInput, match="would give this event too") as caught:
        read_source(CASES.replace('    when: {"xes:row": event}\n', ""))
    assert caught.value.hint == 'add `when: {"xes:row": event}`'


def test_an_attribute_of_the_case_behind_its_events_counts_too(take: Take) -> None:
    text = log(f'<trace>{event("A")}<string key="concept:name" value="late"/><string key="priority" value="low"/></trace>')
    found = take(CASES, text, "log.xes")
    assert found["events"].column("id_case").to_pylist() == ["late"]
    assert found["traits"].column("text").to_pylist() == ["low"]


def test_a_case_without_events(take: Take) -> None:
    """It is kept for what it says of itself; one that says nothing gives nothing, and that is said."""
    said = trace("c1", more='<string key="priority" value="high"/>')
    found = take(CASES, log(said, trace("c2"), trace("c3", event("A"))), "log.xes")
    assert found["traits"].column("value").to_pylist() == ["c1"]
    assert [(row["line"], row["reason"]) for row in found["refused"].to_pylist()] == [(2, "empty")]
    assert found["events"].column("id_case").to_pylist() == ["c3"]


def test_two_traces_of_one_name_are_one_case_and_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text(log(trace("c", event("A")), trace("d", event("A")), trace("c", event("B"))))
    shown = preview(read_source(SOURCE), path)
    assert shown.caveats == ("1 names are borne by several traces of the log: the traces of one name are one case",)
    apart = read_source(SOURCE.replace("case:concept:name", "case:number"))
    assert preview(apart, path).caveats == ()
    assert [row.events[0].people for row in preview(apart, path).rows] == [{"case": "1"}, {"case": "2"}, {"case": "3"}]


def test_an_event_outside_any_trace_is_of_nobody(take: Take) -> None:
    assert take(SOURCE, log(event("A")), "log.xes")["events"].column("id_case").to_pylist() == [None]


NESTED = """
source: log
format: xes
events:
  - event_column: "classifier:both"
    time: "time:timestamp"
    properties:
      driver: "cost:driver"
      amount: {column: "cost:driver/amount", type: number}
      items: "items/*"
      below: "cost:driver/*"
"""


def test_attributes_under_attributes_and_lists(take: Take) -> None:
    more = (
        '<string key="cost:driver" value="d1"><float key="amount" value="2.5"/></string>'
        '<list key="items"><values><string key="item" value="a"/><string key="item" value="b"/></values></list>'
        '<string key="lifecycle:transition" value="start"/>'
    )
    both = '<classifier name="both" keys="concept:name lifecycle:transition"/>'
    row = take(NESTED, log(trace("c", event("A", more=more)), more=both), "log.xes")["events"].to_pylist()[0]
    assert (row["event"], row["text_driver"], row["number_amount"]) == ("A+start", "d1", 2.5)
    amount = '{"type":"float","key":"amount","value":"2.5"}'
    assert row["text_below"] == f'{{"type":"string","key":"cost:driver","value":"d1","under":[{amount}]}}'
    item = '{{"type":"string","key":"item","value":"{}"}}'
    values = f'{{"type":"values","under":[{item.format("a")},{item.format("b")}]}}'
    assert row["text_items"] == f'{{"type":"list","key":"items","under":[{values}]}}'


def test_what_the_guess_proposes(tmp_path: Path) -> None:
    path = tmp_path / "support.xes"
    first = event("A", more='<string key="channel" value="web"/><int key="n" value="1"/><id key="identity:id" value="x1"/>')
    second = event("B", more='<string key="channel" value="mail"/><int key="n" value="2"/><id key="identity:id" value="x2"/>')
    lists = '<list key="items"><string key="item" value="a"/></list>'
    large = event("C", more=f'<id key="identity:id" value="x3"/><int key="big" value="99999999999999999999"/>{lists}')
    cases = '<string key="priority" value="high"/>'
    path.write_text(log(trace("c1", first, second, large, more=cases), more='<classifier name="k" keys="concept:name channel"/>'))
    found = guess(path, path.name)
    assert found.source.model_dump(exclude_defaults=True, exclude={"about"}) == {
        "source": "support",
        "format": "xes",
        "key": ("identity:id",),
        "people": {"case": "case:concept:name"},
        "events": (
            {
                "event_column": "concept:name",
                "time": "time:timestamp",
                "channel_column": "channel",
                "properties": {
                    "n": {"column": "n", "type": "number", "format": "whole"},
                    "identity_id": {"column": "identity:id", "format": "id"},
                    "big": {"column": "big", "format": "whole"},
                    "items_under": "items/*",
                },
                "when": {"xes:row": "event"},
            },
        ),
        "traits": ({"of": "case", "properties": {"priority": "trace:priority"}},),
    }
    assert any("see the column `classifier:k`" in note for note in found.notes)
    assert any("`big` holds numbers that do not all fit" in note for note in found.notes)
    assert {one.name: one.looks_like for one in found.columns if one.looks_like != "text"} == {
        "case:concept:name": "person", "case:number": "number", "concept:name": "event", "time:timestamp": "time",
        "channel": "channel", "n": "number", "big": "number",
    }  # fmt: skip
    would = preview(found.source, path).would
    assert (would.accepted, would.refused, would.others) == (3, {}, {"traits": 1})


def test_cases_without_names_are_told_apart_by_their_number(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text(log(trace(None, event("A")), trace(None, event("B"))))
    found = guess(path, path.name)
    assert found.source.people == {"case": "case:number"}
    assert any("the same numbers in another file" in note for note in found.notes)


BILLION = """<?xml version="1.0"?>
<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<log><trace><string key="concept:name" value="&c;"/></trace></log>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE log SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<log><trace><event><string key="concept:name" value="A"/></event></trace></log>"""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (BILLION, "defines a document type or entities of its own"),
        (OUTSIDE, "defines a document type or entities of its own"),
        ("<?xml version='1.0'?><html></html>", "no XES log: it begins with <html>"),
        ("<log><event-types/></log>", "an OCEL log written as XML"),
        ("<log><trace", "unclosed token"),
        ("<log>&undefined;</log>", "undefined entity"),
        ('<?xml version="1.0" encoding="klingon"?><log/>', "unknown encoding"),
        ('<?xml version="1.0" encoding="gb18030"?><log/>', "multi-byte encodings are not supported"),
    ],
)
def test_what_is_no_log_is_refused_whole(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "log.xes"
    path.write_text(content)
    for ask in (lambda: list(read(read_source(SOURCE), path, "UTC")), lambda: guess(path, path.name)):
        with pytest.raises(BadInput, match=says):
            ask()


@pytest.mark.parametrize(
    ("tail", "says"),
    [
        ("<trace><event><string key='concept:name' val", "unclosed token"),
        ("<trace></event></trace></log>", "mismatched tag"),
        ("<trace><event><string key='concept:name' value='\x01'/></event></trace></log>", "not well-formed"),
        ("", "no element found"),
    ],
)
def test_a_log_that_breaks_off_keeps_what_stands_before(take: Take, tail: str, says: str) -> None:
    text = HEAD + trace("c", event("A"), event("B")) + tail
    found = take(SOURCE, text, "log.xes")
    assert found["events"].column("event").to_pylist() == ["A", "B"]
    (row,) = found["refused"].to_pylist()
    assert (row["reason"], row["line"]) == ("malformed", 3)
    assert says in row["detail"]
    assert "nothing behind it was read" in row["detail"]
    (batch,) = repair_rows(read_source(SOURCE), [(row["line"], row["row"])])
    again: Any = batch.tables["refused"]
    assert again.column("reason").to_pylist() == ["malformed"]


def test_events_before_the_fault_are_kept_in_the_middle_of_a_case(take: Take) -> None:
    found = take(SOURCE, HEAD + '<trace><string key="concept:name" value="c"/>' + event("A") + "<event><", "log.xes")
    assert found["events"].select(["event", "id_case"]).to_pylist() == [{"event": "A", "id_case": "c"}]


def test_an_event_that_is_too_large_or_too_deep_costs_itself_only(take: Take) -> None:
    deep = "<container key='a'>" * 60 + "</container>" * 60
    large = "".join(f"<string key='k{n}' value='{'x' * 500}'/>" for n in range(100))
    text = log(trace("c", event("A", more=deep), event("B", more=large), event("C")))
    found = take(SOURCE, text, "log.xes", limits=replace(LIMITS, record=20_000))
    assert found["events"].column("event").to_pylist() == ["C"]
    details = [(row["line"], row["reason"], row["detail"]) for row in found["refused"].to_pylist()]
    assert [one[:2] for one in details] == [(1, "malformed"), (2, "malformed")]
    assert "nested more than 50 deep" in details[0][2]
    assert "hold more than 20,000 bytes" in details[1][2]


def test_an_attribute_without_end_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text(log(trace("c", event("A" * 900_000))))
    with pytest.raises(BadInput, match="an element of more than 100,000 bytes"):
        list(read(read_source(SOURCE), path, "UTC", limits=replace(LIMITS, record=100_000, chunk=50_000)))


def test_a_packed_log_that_unpacks_without_end_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(HEAD.encode() + b" " * 30_000_000))
    with pytest.raises(TooLarge):
        list(read(read_source(SOURCE), path, "UTC", limits=replace(LIMITS, ratio_from=1_000_000)))


def test_a_column_that_no_event_has_is_told_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text(log(trace(None, event("A"))))
    source = read_source("source: log\nformat: xes\nevents: [{event_column: 'concept:nam', time: when}]\n")
    with pytest.raises(BadInput, match="holds any column that the source names") as caught:
        read(source, path, "UTC")
    assert (caught.value.code, caught.value.hint) == ("missing_column", "did you mean `concept:name`?")


def test_pieces_join_to_the_same_rows(tmp_path: Path, whole: Callable[..., dict[str, Any]]) -> None:
    """However small the pieces a file is read in, the rows are the same."""
    path = tmp_path / "log.xes"
    attributes = '<string key="priority" value="high"/>'
    path.write_text(log(*(trace(f"c{n}", event("A"), event("B"), more=attributes) for n in range(40)), trace("empty")))
    once = whole(read_source(CASES), path)
    pieces = whole(read_source(CASES), path, limits=replace(LIMITS, chunk=97))
    assert {name: len(table) for name, table in pieces.items() if name != "rows"} == {"events": 80, "traits": 40, "refused": 1}
    for name in ("events", "traits", "refused"):
        assert pieces[name].to_pylist() == once[name].to_pylist()
