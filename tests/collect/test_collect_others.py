"""Links, traits, objects, figures and observations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

PEOPLE = """
source: crm
format: csv
people: {customer: id, email: mail}
objects: {car: car}
links: [[customer, email]]
traits:
  - of: customer
    at: since
    properties:
      state: state
      age: {column: age, type: number}
      member: {column: member, type: flag}
      born: {column: born, type: date}
      limit: {column: limit, type: money, currency: EUR}
      seen: {column: seen, type: time}
  - of: car
    properties: {colour: colour}
"""
HEAD = "id,mail,car,since,state,age,member,born,limit,seen,colour\n"


def test_traits_links_and_objects(take: Callable[..., dict[str, Any]]) -> None:
    found = take(PEOPLE, HEAD + "1,a@b.c,k7,2020-01-01,SP,041,yes,1980-02-03,10.50,2020-01-01 12:00,red\n2,,,,RJ,,,,,,\n")
    assert [list(row.values())[1:] for row in found["links"].to_pylist()] == [["customer", "1", "email", "a@b.c"]]
    traits = [
        (row["kind"], row["value"], row["name"], row["text"], row["number"], row["sequence"])
        for row in found["traits"].to_pylist()
    ]
    assert sorted(traits) == [
        ("customer", "1", "age", "041", 41.0, 2),
        ("customer", "1", "born", "1980-02-03", None, 2),
        ("customer", "1", "limit", "10.5000 EUR", 10.5, 2),
        ("customer", "1", "member", "true", None, 2),
        ("customer", "1", "seen", "2020-01-01 12:00:00.000000Z", None, 2),
        ("customer", "1", "state", "SP", None, 2),
        ("customer", "2", "state", "RJ", None, 3),
    ]
    assert {str(at)[:10] for at in found["traits"].column("at").to_pylist()} == {"2020-01-01", "None"}
    objects = [(row["kind"], row["value"], row["name"], row["text"]) for row in found["objects"].to_pylist()]
    assert objects == [("car", "k7", "colour", "red")]


def test_a_row_whose_traits_are_refused_keeps_the_rest(take: Callable[..., dict[str, Any]]) -> None:
    found = take(PEOPLE, HEAD + "1,a@b.c,k7,soon,SP,,,,,,red\n2,a@b.c,k7,,SP,old,,,,,red\n,,,,,,,,,,\n")
    assert [(row["reason"], row["event"], row["line"]) for row in found["refused"].to_pylist()] == [
        ("bad_time", "traits of customer", 2),
        ("bad_number", "traits of customer", 3),
        ("empty", None, 4),
    ]
    assert (len(found["links"]), len(found["objects"]), "traits" in found) == (2, 2, False)


FIGURES = """
source: till
format: csv
zone: Europe/Berlin
figures:
  - {on: {column: day, format: "%d.%m.%Y"}, name: visits, value: visits, unit: people, touchpoint: lobby}
  - {on: {column: day, format: "%d.%m.%Y"}, name: calls, value: calls, channel_column: line}
observations:
  - {at: at, touchpoint_column: place, observer: who, score: score, note: note}
"""


def test_figures_and_observations(take: Callable[..., dict[str, Any]]) -> None:
    rows = [
        "day,visits,calls,line,at,place,who,score,note",
        "01.02.2020,7,,a,,,,,",
        "02.02.2020,x,3,a,2020-02-02 10:00,lobby,ann,4,dim",
    ]
    rows += ["32.02.2020,1,,,2020-02-02,,ann,4,", ",1,,,soon,lobby,,5,"]
    found = take(FIGURES, "\n".join(rows) + "\n")
    figures = [
        (row["on"], row["name"], row["value"], row["unit"], row["touchpoint"], row["channel"])
        for row in found["figures"].to_pylist()
    ]
    assert figures == [
        (date(2020, 2, 1), "visits", 7.0, "people", "lobby", None),
        (date(2020, 2, 2), "calls", 3.0, None, None, "a"),
    ]
    seen = found["observations"].to_pylist()
    assert [(row["touchpoint"], row["observer"], row["score"], row["note"], str(row["at"])) for row in seen] == [
        ("lobby", "ann", 4.0, "dim", "2020-02-02 09:00:00+00:00")
    ]
    assert [(row["reason"], row["event"], row["line"]) for row in found["refused"].to_pylist()] == [
        ("bad_number", "figure visits", 3),
        ("bad_time", "figure visits", 4),
        ("missing_value", "observation", 4),
        ("missing_time", "figure visits", 5),
        ("bad_time", "observation", 5),
    ]
    assert found["rows"] == 4


def test_events_are_anonymous_without_an_identifier(take: Callable[..., dict[str, Any]]) -> None:
    yaml = (
        "source: web\nformat: csv\npeople: {visitor: id, email: mail}\nevents: [{event: Seen, time: at, channel: web, rank: 3}]\n"
    )
    found = take(yaml, "id,mail,at\n a , ,2020-01-01\n\u00a0,,2020-01-01\n")
    rows = [
        (row["id_visitor"], row["id_email"], row["channel"], row["rank"], row["message_id"])
        for row in found["events"].to_pylist()
    ]
    assert rows == [("a", None, "web", 3, None), (None, None, "web", 3, None)]


def test_when_chooses_rows(take: Callable[..., dict[str, Any]]) -> None:
    yaml = """
source: shop
format: csv
events:
  - {event: Sold, time: at, when: {state: done}}
  - {event: Open, time: at, when: {state: [open, ""]}}
"""
    found = take(yaml, "at,state\n2020-01-01,done\n2020-01-01,open\n2020-01-01,\n")
    assert [(row["event"], row["sequence"]) for row in found["events"].to_pylist()] == [("Sold", 2), ("Open", 3), ("Open", 4)]


def test_columns_stand_in_their_order(take: Callable[..., dict[str, Any]]) -> None:
    yaml = """
source: shop
format: csv
people: {b: b, a: a}
objects: {z: z, y: y}
events:
  - {event: One, time: at, properties: {q: q, p: {column: p, type: money, currency: EUR}}}
  - {event: Two, time: at, properties: {r: {column: p, type: number}, q: q}}
"""
    found = take(yaml, "at,a,b,z,y,q,p\n2020-01-01,1,2,3,4,5,6\n")
    assert found["events"].column_names[7:] == [
        "id_b", "id_a", "object_z", "object_y", "text_q", "money_p", "currency_p", "number_r",
    ]  # fmt: skip
    assert found["events"].column("currency_p").to_pylist() == ["EUR", None]
