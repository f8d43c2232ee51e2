"""The language of segments: what each clause means, and what is refused with which hint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from map_rows import House, house
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.map import EVERYBODY, parse_segment, segment

PLAN = """
brand: {name: B}
touchpoints:
  - {id: open, name: open, order: 1, rule: [{event: Open}]}
  - {id: buy, name: buy, order: 2, rule: [{event: Buy}]}
"""
ROWS = [
    {"event": "Open", "at": 0, "id_user": "anna", "channel": "web"},
    {"event": "Buy", "at": 1, "id_user": "anna", "channel": "app", "text_status": "canceled", "money_paid": None},
    {"event": "Open", "at": 0, "id_user": "bela", "channel": "web", "text_status": "a;b"},
    {"event": "Call", "at": 3, "id_user": "cleo", "source": "crm", "number_minutes": 5.0},
    {"event": "Open", "at": 9, "channel": "kiosk"},
]
TRAITS: list[dict[str, Any]] = [
    {"kind": "user", "value": "anna", "name": "state", "text": "RJ"},
    {"kind": "user", "value": "anna", "name": "state", "text": "SP", "at": 5},
    {"kind": "user", "value": "bela", "name": "state", "text": "MG"},
    {"kind": "user", "value": "cleo", "name": "age", "number": 34.0},
    {"kind": "user", "value": "nobody here", "name": "state", "text": "SP"},
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(tmp_path_factory.mktemp("segments"), PLAN, ROWS, traits=TRAITS)


def chosen(built: House, text: str) -> set[str]:
    found = segment(text, built.trace, built.snapshot, built.identities, built.who, built.bound, promise_of(built))
    ids = set(found.customers[found.mask].tolist())
    return {user for user in ("anna", "bela", "cleo") if built.ids(user) <= ids}


def promise_of(built: House) -> Callable[[str, str], NDArray[np.bool_]]:
    def broken(promise: str, state: str) -> NDArray[np.bool_]:
        return np.isin(built.who.customers, list(built.ids("anna"))) & (promise == "p") & (state == "broken")

    return broken


@pytest.mark.parametrize(
    ("text", "users"),
    [
        ("did:Open", {"anna", "bela"}),
        ("not did:Open", {"cleo"}),
        ("did:Open|Call", {"anna", "bela", "cleo"}),
        ("did:Open; did:Buy", {"anna"}),
        ("did:Open; not did:Buy", {"bela"}),
        ("channel:app", {"anna"}),
        ("channel:kiosk", set()),
        ("source:crm", {"cleo"}),
        ("trait:state=SP", {"anna"}),
        ("trait:state=RJ", set()),
        ("trait:state=SP|MG", {"anna", "bela"}),
        ("not trait:state=SP", {"bela", "cleo"}),
        ("trait:age=34", {"cleo"}),
        ("text:status=canceled", {"anna"}),
        ('text:status="a;b"', {"bela"}),
        ("text:minutes=5", {"cleo"}),
        ("text:status=' OR 1=1 --", set()),
        ("reached:buy", {"anna"}),
        ("reached:open|buy", {"anna", "bela"}),
        ("promise:p=broken", {"anna"}),
        ("promise:p=kept|open", set()),
        (" ; did:Buy ; ", {"anna"}),
    ],
)
def test_a_clause_means_customers(built: House, text: str, users: set[str]) -> None:
    assert chosen(built, text) == users


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("did:Opem", "Open"),
        ("channel:webb", "web"),
        ("source:x", "crm"),
        ("trait:stat=SP", "state"),
        ("text:stat=x", "status"),
        ('text:status"; DROP=x', "such as"),
        ("reached:bui", "buy"),
        ("promise:p=late", "broken"),
        ("wears:hat", "trait, did"),
        ("did", "trait, did"),
        ("trait:state", "trait:name=value"),
        ("did:", "such as"),
        ('did:"Open', "such as"),
    ],
)
def test_what_names_nothing_is_refused_with_a_hint(built: House, text: str, hint: str) -> None:
    with pytest.raises(BadInput) as refused:
        chosen(built, text)
    assert hint in refused.value.hint


def test_no_rule_is_everybody_unknown_people_too(built: House) -> None:
    found = segment("  ", built.trace, built.snapshot, built.identities, built.who)
    assert found is EVERYBODY
    assert found.over(built.who.customers) is None


def test_a_segment_over_other_customers(built: House) -> None:
    found = segment("did:Buy", built.trace, built.snapshot, built.identities, built.who)
    (anna,) = built.ids("anna")
    others = np.array(sorted({anna, 12345}), dtype=np.int64)
    mask = found.over(others)
    assert mask is not None
    assert others[mask].tolist() == [anna]
    assert found.over(built.who.customers) is found.mask


def test_clauses_as_read() -> None:
    one, other = parse_segment("trait:a=b=c|d; not did:Order Delivered")
    assert (one.kind, one.name, one.values, one.turned) == ("trait", "a", ("b=c", "d"), False)
    assert (other.kind, other.values, other.turned) == ("did", ("Order Delivered",), True)
    assert parse_segment("") == ()
    with pytest.raises(BadInput, match="2000"):
        parse_segment("did:" + "x" * 3000)
