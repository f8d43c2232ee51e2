"""One test for each reason of a refusal that the intake gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from desirelines.collect import Limits
from desirelines.model.receipt import REASONS

SHOP = """
source: shop
format: csv
key: [id]
people: {customer: who}
events:
  - event_column: what
    time: at
    properties:
      amount: {column: amount, type: money, currency_column: currency}
      score: {column: score, type: number}
      member: {column: member, type: flag}
      due: {column: due, type: date}
"""
HEAD = "id,who,what,at,amount,currency,score,member,due\n"
GOOD = "1,ann,Bought,2020-01-02 03:04:05,12.50,EUR,4,yes,2020-02-01\n"


def refused(found: dict[str, Any]) -> list[tuple[str, int, str | None]]:
    return [(row["reason"], row["line"], row["event"]) for row in found["refused"].to_pylist()]


def test_a_good_row_is_taken_whole(take: Callable[..., dict[str, Any]]) -> None:
    found = take(SHOP, HEAD + GOOD)
    assert "refused" not in found
    row = found["events"].to_pylist()[0]
    assert (row["source"], row["event"], row["message_id"], row["rank"], row["sequence"]) == ("shop", "Bought", "Bought|1", 0, 2)
    assert row["at"].isoformat() == "2020-01-02T03:04:05+00:00"
    assert (str(row["money_amount"]), row["currency_amount"]) == ("12.5000", "EUR")
    assert (row["number_score"], row["flag_member"], row["date_due"].isoformat()) == (4.0, True, "2020-02-01")


@pytest.mark.parametrize(
    ("reason", "row", "event", "says"),
    [
        ("malformed", "2,ann,Bought,2020-01-02", None, "4 cells instead of 9"),
        ("malformed", "2,ann,Bought,2020-01-02,1,EUR,1,yes,2020-01-01,more", None, "10 cells instead of 9"),
        ("malformed", '2,ann,Bought,2020-01-02,1,EUR,1,yes,"2020', None, "a quote is opened here and never closed"),
        ("missing_time", "2,ann,Bought, ,1,EUR,1,yes,", "Bought", "`at` is blank"),
        ("bad_time", "2,ann,Bought,02.01.2020,1,EUR,1,yes,", "Bought", "`at` does not read as iso: `02.01.2020`"),
        ("bad_time", "2,ann,Bought,2020-02-30,1,EUR,1,yes,", "Bought", "`at` does not read as iso: `2020-02-30`"),
        (
            "time_out_of_range",
            "2,ann,Bought,1899-12-31,1,EUR,1,yes,",
            "Bought",
            "`at` is before 1900 or after 2200: `1899-12-31`",
        ),
        (
            "time_out_of_range",
            "2,ann,Bought,2201-01-01,1,EUR,1,yes,",
            "Bought",
            "`at` is before 1900 or after 2200: `2201-01-01`",
        ),
        ("missing_event", "2,ann,,2020-01-02,1,EUR,1,yes,", None, "`what` is blank"),
        ("missing_key", " ,ann,Bought,2020-01-02,1,EUR,1,yes,", "Bought", "`id` is blank and part of the key"),
        ("bad_number", '2,ann,Bought,2020-01-02,"1,234.00",EUR,1,yes,', "Bought", "`amount` is not an amount: `1,234.00`"),
        ("bad_number", "2,ann,Bought,2020-01-02,1,EUR,nan,yes,", "Bought", "`score` is not a number: `nan`"),
        ("bad_number", "2,ann,Bought,2020-01-02,1,EUR,1e999,yes,", "Bought", "`score` is not a number: `1e999`"),
        ("bad_value", "2,ann,Bought,2020-01-02,1,EUR,1,perhaps,", "Bought", "`member` is not yes or no: `perhaps`"),
        ("bad_value", "2,ann,Bought,2020-01-02,1,EUR,1,yes,soon", "Bought", "`due` is not a day: `soon`"),
        ("bad_value", "2,ann,Bought,2020-01-02,1,ZZZ,1,yes,", "Bought", "`currency` is no ISO 4217 code: `ZZZ`"),
        ("bad_value", "2,ann,Bought,2020-01-02,1,,1,yes,", "Bought", "`amount` has no currency in `currency`"),
        ("control_character", "2,a\0nn,Bought,2020-01-02,1,EUR,1,yes,", None, "`who` holds a control character"),
        ("control_character", "2,ann,Bou\x1bght,2020-01-02,1,EUR,1,yes,", None, "`what` holds a control character"),
    ],
)
def test_reason(take: Callable[..., dict[str, Any]], reason: str, row: str, event: str | None, says: str) -> None:
    found = take(SHOP, HEAD + GOOD + row + "\n")
    assert refused(found) == [(reason, 3, event)]
    assert found["refused"].column("detail")[0].as_py() == says
    assert (found["rows"], len(found["events"])) == (2, 1)
    assert reason in REASONS


def test_encoding(take: Callable[..., dict[str, Any]]) -> None:
    found = take(SHOP, (HEAD + GOOD).encode() + b"2,Jos\xe9,Bought,2020-01-02,1,EUR,1,yes,\n" + GOOD.encode())
    assert refused(found) == [("encoding", 3, None)]
    row = found["refused"].to_pylist()[0]
    assert row["detail"] == "bytes e9 2c 42 6f 75 67 68 74 are not utf-8" or row["detail"].startswith("bytes e9")
    text, how = json.loads(row["row"])
    assert text.startswith("2,Jos\ufffd,Bought")
    assert bytes.fromhex(how["bytes"]).startswith(b"2,Jos\xe9,Bought")
    assert found["events"].column("sequence").to_pylist() == [2, 4]


def test_too_large_keeps_the_whole_row(take: Callable[..., dict[str, Any]]) -> None:
    large = "x" * 1_000_001
    found = take(SHOP, HEAD + f"2,{large},Bought,2020-01-02,1,EUR,1,yes,\n" + GOOD)
    assert refused(found) == [("too_large", 2, None)]
    assert json.loads(found["refused"].column("row")[0].as_py())["who"] == large
    assert len(found["events"]) == 1


def test_a_cell_at_the_limit_is_accepted(take: Callable[..., dict[str, Any]]) -> None:
    row = "2,xxxx,Bought,2020-01-02,1,EUR,1,yes,\n"
    assert "refused" not in take(SHOP, HEAD + row, limits=Limits(cell=10))
    assert refused(take(SHOP, HEAD + row, limits=Limits(cell=9))) == [("too_large", 2, None)]


def test_missing_column_of_a_row(take: Callable[..., dict[str, Any]]) -> None:
    yaml = SHOP.replace("format: csv", "format: jsonl")
    rows = [
        '{"id": 1, "who": "ann", "what": "Bought", "at": "2020-01-02"}',
        '{"id": 2, "what": "Bought"}',
        '{"id": 3, "at": null}',
    ]
    found = take(yaml, "\n".join(rows))
    assert refused(found) == [("missing_column", 2, "Bought"), ("missing_time", 3, None)]


def test_missing_value_of_a_figure(take: Callable[..., dict[str, Any]]) -> None:
    yaml = "source: till\nformat: csv\nfigures:\n  - {on: day, name: visits, value: visits}\n"
    found = take(yaml, "day,visits\n2020-01-01,7\n2020-01-02,\n")
    assert refused(found) == [("missing_value", 3, "figure visits")]
    assert found["figures"].column("value").to_pylist() == [7.0]


def test_empty(take: Callable[..., dict[str, Any]]) -> None:
    yaml = "source: shop\nformat: csv\nevents:\n  - {event: Bought, time: at, when: {state: [done, Done]}}\n"
    found = take(yaml, "at,state\n2020-01-01,done\n2020-01-01,open\n,done\n")
    assert refused(found) == [("empty", 3, None), ("missing_time", 4, "Bought")]


def test_other_events_of_a_row_are_kept(take: Callable[..., dict[str, Any]]) -> None:
    yaml = """
source: shop
format: csv
events:
  - {event: Placed, time: placed, rank: 1}
  - {event: Paid, time: paid, rank: 2, blank_time: refuse}
  - {event: Sent, time: sent, rank: 3}
"""
    found = take(yaml, "placed,paid,sent\n2020-01-01,,\n2020-01-01,soon,2020-01-03\n,,\n2020-01-01,2020-01-02,never\n")
    assert refused(found) == [
        ("missing_time", 2, "Paid"),
        ("bad_time", 3, "Paid"),
        ("missing_time", 4, "Paid"),
        ("bad_time", 5, "Sent"),
    ]
    events = sorted((row["sequence"], row["event"], row["rank"]) for row in found["events"].to_pylist())
    assert events == [(2, "Placed", 1), (3, "Placed", 1), (3, "Sent", 3), (5, "Paid", 2), (5, "Placed", 1)]


def test_every_reason_but_the_lake_s_own_is_covered_here() -> None:
    named = {mark.args[1][index][0] for mark in test_reason.pytestmark for index in range(len(mark.args[1]))}
    apart = {"encoding", "too_large", "missing_column", "missing_value", "empty"}
    assert named | apart == set(REASONS) - {"conflict"}
