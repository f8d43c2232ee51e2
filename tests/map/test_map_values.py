"""The value that each event has of something: of every kind, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest
from map_rows import House, Row, house

from desirelines.errors import BadInput
from desirelines.map import Known, Values, read_traits, values_of
from desirelines.trace import build

PLAN = "brand: {name: B}\ntouchpoints: [{id: open, name: open, rule: [{event: Open}]}]"
ROWS = [
    {"event": "Open", "at": 0, "id_user": "anna", "channel": "web", "text_size": "L", "object_order": "o2"},
    {"event": "Buy", "at": 1, "id_user": "anna", "channel": "app", "number_size": 42.0, "object_order": "o1"},
    {"event": "Open", "at": 2, "id_user": "bela", "channel": "web", "number_size": 0.5, "money_paid": Decimal("12.5000")},
    {"event": "Call", "at": 3, "id_user": "cleo", "source": "crm", "flag_size": True, "money_paid": Decimal("7.0000")},
    {"event": "Call", "at": 4, "id_user": "cleo", "source": "crm", "date_size": date(2020, 2, 3)},
    {"event": "Open", "at": 5, "id_user": "dora", "time_size": datetime(2020, 2, 3, 4, 5, tzinfo=UTC), "object_order": "o1"},
]
TRAITS: list[Row] = [
    {"kind": "user", "value": "anna", "name": "state", "text": "SP"},
    {"kind": "user", "value": "bela", "name": "state", "text": "MG"},
    {"kind": "user", "value": "cleo", "name": "age", "number": 34.0},
    {"kind": "user", "value": "dora", "name": "age", "number": 7.5},
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(tmp_path_factory.mktemp("values"), PLAN, ROWS, traits=TRAITS)


def by_minute(built: House, said: str) -> dict[int, str | None]:
    """Every event by its minute with its value."""
    known = Known(read_traits(built.snapshot, built.identities, built.who), built.who.customers)
    found = values_of(said, built.trace, built.snapshot, built.folder, known)
    return told(found, [bucket.at for bucket in built.trace.buckets])


def told(found: Values, at: list[np.ndarray[tuple[int], np.dtype[np.int64]]]) -> dict[int, str | None]:
    labels = found.labels.to_pylist()
    assert labels == sorted(set(labels))
    minutes = [round(one / 60e6) % 1440 for one in np.concatenate(at).tolist()]
    return {minute: None if code < 0 else labels[code] for minute, code in zip(minutes, np.concatenate(found.codes), strict=True)}


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("channel", ["web", "app", "web", None, None, None]),
        ("source", ["web", "web", "web", "crm", "crm", "web"]),
        ("text:size", ["L", "42", "0.5", "true", "2020-02-03", "2020-02-03T04:05:00.000000Z"]),
        ("text:paid", [None, None, "12.5", "7", None, None]),
        ("object:order", ["o2", "o1", None, None, None, "o1"]),
        ("trait:state", ["SP", "SP", "MG", None, None, None]),
        ("trait:age", [None, None, None, "34", "34", "7.5"]),
    ],
)
def test_every_event_has_its_value(built: House, said: str, values: list[str | None]) -> None:
    for _ in range(2):  # the second time it is on the shelf
        assert by_minute(built, said) == dict(enumerate(values))


def test_objects_have_values_of_their_customers_too(built: House) -> None:
    orders = build(built.snapshot, built.identities, built.folder / "trace", "order")
    known = Known(read_traits(built.snapshot, built.identities, built.who), built.who.customers)
    found = values_of("trait:state", orders, built.snapshot, built.folder, known)
    assert told(found, [bucket.at for bucket in orders.buckets]) == {0: "SP", 1: "SP", 5: "SP"}  # o1 is anna's


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ("", "nothing that events have values of", "such as channel"),
        ("size", "nothing that events have values of", "text:device"),
        ("channel:web", "nothing that events have values of", "such as channel"),
        ("text:sise", "no event has a property `sise`", "did you mean `size`"),
        ('text:size"; --', "no event has a property", "did you mean `size`"),
        ("object:orders", "no event has an object `orders`", "did you mean `order`"),
        ("trait:stat", "no customer has a trait `stat`", "did you mean `state`"),
    ],
)
def test_what_nothing_has_is_refused_with_the_nearest(built: House, said: str, message: str, hint: str) -> None:
    with pytest.raises(BadInput, match=message) as caught:
        by_minute(built, said)
    assert hint in caught.value.hint
