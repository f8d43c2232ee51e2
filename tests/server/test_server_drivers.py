"""Drivers, moments and the chain over HTTP."""

from __future__ import annotations

import pytest
from door import Door, error
from driven import made

from desirelines.home import Home
from desirelines.settings import Settings

BASE = "/api/w/kiosk/explain"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    folder = made(tmp_path_factory.mktemp("driven")).folder.parent.parent
    return Door(Home(folder, Settings(home=folder)))


def test_drivers_come_with_all_they_rest_on(door: Door) -> None:
    found = door.json(f"{BASE}/drivers", outcome="happy", product="goods")
    assert found["rows"][0]["id"] == "promise:fast"
    assert {"value", "low", "high", "n", "method", "caveats"} <= set(found["rows"][0]["importance"])
    assert [one["id"] for one in found["outcomes"]] == ["happy", "range", "advised", "repeat"]
    assert "calm" in {one["id"] for one in found["choices"]}
    assert door.json("/api/w/kiosk/trace/customers", behind=found["rows"][0]["behind"])["total"] == 103


def test_moments_and_the_chain(door: Door) -> None:
    moments = door.json(f"{BASE}/moments", segment="did:Called")
    assert all(row["reach"]["n"] < 100 for row in moments["rows"])
    chain = door.json(f"{BASE}/chain", within_days=120)
    assert [link["origin"] for link in chain["links"]] == ["satisfaction", "loyalty", "word of mouth", "new customers"]


@pytest.mark.parametrize(
    "asked",
    [
        {"outcome": "nosuch"}, {"drivers": "x"}, {"missing": "some"}, {"back_days": "99999"}, {"outcome": "\x00"},
        {"drivers": "property:x@1-inf"}, {"drivers": "property:@1-5"}, {"drivers": "quick:parcel:1000000w"},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(door: Door, asked: dict[str, str]) -> None:
    answer = door.get(f"{BASE}/drivers", **asked)
    assert answer.status_code == 422, answer.text
    assert error(answer)["code"] == "bad_input"
