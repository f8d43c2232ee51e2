"""Whatever is asked, the answer is right or one of the six noes in the one shape, with the guard's headers on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from door import Door, error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shop import PLAN, empty, full

from desirelines.server import create_app
from desirelines.settings import Settings

K = "/api/w/kiosk"
GOOD = {
    "w": "kiosk",
    "customer": "c1b8afc761728f9ba",
    "number": "1",
    "name": "shop",
    "a": "1",
    "b": "draft",
    "rule": "did:Bought",
}
NASTY = [
    "", "0", "-1", "9" * 30, "draft", "x", "../../etc/passwd", "\0", "'; DROP TABLE events; --", "<b>x</b>", "=1+1",
    "a" * 501, "0001-01-01", "9999-12-31", "2024-13-01", "é\u202e", "a>b", "missing:", "trait:x=", "not", "promise:fast=broken;;",
    "٣", "1e309", "NaN", "%", "{}", "fast:broken", "late:site",
]  # fmt: skip


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    home, _ = full(tmp_path_factory.mktemp("errors"))
    return Door(home)


def operations() -> list[tuple[str, str, list[dict[str, Any]]]]:
    document = create_app(None, Settings()).openapi()
    return [
        (method.upper(), path, found.get("parameters", []))
        for path, methods in sorted(document["paths"].items())
        for method, found in methods.items()
    ]


OPERATIONS = operations()
READING = [(path, row["name"]) for method, path, rows in OPERATIONS if method == "GET" for row in rows]


def filled(path: str, rows: list[dict[str, Any]], given: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The address with its parameters, and the query."""
    query = {}
    for row in rows:
        if row["in"] == "path":
            path = path.replace("{" + row["name"] + "}", quote(given.get(row["name"], "none"), safe=""))
        elif row["name"] in given:
            query[row["name"]] = given[row["name"]]
    return path, query


def asked(door: Door, path: str, name: str, values: Sequence[str]) -> None:
    rows = next(found for method, one, found in OPERATIONS if (method, one) == ("GET", path))
    questions = [("GET", *filled(path, rows, GOOD | {name: value})) for value in values]
    answers = door.ask_all([(method, address, {"params": query}) for method, address, query in questions])
    for question, answer in zip(questions, answers, strict=True):
        assert answer.status_code in (200, 404, 422), (question, answer.text)
        assert answer.headers["x-content-type-options"] == "nosniff"
        if answer.status_code != 200:
            assert error(answer)["hint"] or error(answer)["faults"], answer.text


def nasty(path: str, name: str) -> list[str]:
    """All for a parameter that few routes have. Those that many share are asked a part at each, and all at some."""
    sharing = [one for one, its in READING if its == name]
    share = max(1, len(sharing) // 2)
    return NASTY[sharing.index(path) % share :: share]


@pytest.mark.parametrize(("path", "name"), READING)
def test_no_parameter_is_a_bug(door: Door, path: str, name: str) -> None:
    asked(door, path, name, nasty(path, name))


STRANGERS = "/api/w/{w}/studio/guest"
"""A guest at the door is not told which workspaces there are: tested with the guests."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from(READING), value=st.text(max_size=40))
def test_no_text_at_all_is_a_bug(door: Door, where: tuple[str, str], value: str) -> None:
    asked(door, *where, [value])


@pytest.mark.parametrize(("method", "path", "rows"), [row for row in OPERATIONS if "/w/{w}/" in row[1] and row[1] != STRANGERS])
def test_every_route_says_404_for_an_unknown_workspace(door: Door, method: str, path: str, rows: list[dict[str, Any]]) -> None:
    body: dict[str, Any] = {"json": BODIES[path]} if path in BODIES and method in ("POST", "PUT") else {}
    if path.endswith("/files"):
        body = {"files": {"file": ("a.csv", b"a,b\n1,2\n")}}
    address, query = filled(path, rows, GOOD | {"w": "nosuch"})
    answer = door.ask(method, address, params=query, **body)
    assert (answer.status_code, error(answer)["code"]) == (404, "not_found")
    assert error(answer)["hint"] == "there are: kiosk"


BODIES: dict[str, Any] = {
    "/api/w/{w}/collect/imports": {"file": "a.csv", "source": {}},
    "/api/w/{w}/collect/preview": {"file": "a.csv", "source": {}},
    "/api/w/{w}/collect/repair": {"source": "shop"},
    "/api/w/{w}/collect/sources/{name}": {"yaml": "source: shop"},
    "/api/w/{w}/plan/draft": {"plan": {"brand": {"name": "B"}}, "base": 0, "revision": 0},
    "/api/w/{w}/plan/import": {"yaml": PLAN},
    "/api/w/{w}/plan/publish": {"base": 0},
}


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        (f"{K}/collect/imports", {"file": "none.csv", "source": {"source": "shop"}}, 404, "not_found"),
        (f"{K}/collect/imports", {"file": "../../workspace.db", "source": {"source": "shop"}}, 404, "not_found"),
        (f"{K}/collect/preview", {"file": "none.csv", "source": {}}, 422, "bad_input"),
        (f"{K}/collect/repair", {"source": "nosuch"}, 404, "not_found"),
        (f"{K}/collect/repair", {"source": "shop", "more": 1}, 422, "bad_input"),
        (f"{K}/plan/import", {"yaml": "brand: [1"}, 422, "bad_input"),
        (f"{K}/plan/import", {"yaml": "x" * 8_000_001}, 422, "bad_input"),
        (f"{K}/plan/publish", {"base": 7}, 409, "newer_version"),
        (f"{K}/plan/publish", {"base": 10**30}, 422, "bad_input"),
        (f"{K}/plan/publish", {"base": 1}, 409, "unchanged"),
        ("/api/workspaces", {"name": "kiosk", "brand": "Again"}, 409, "conflict"),
        ("/api/workspaces", {"name": "../up", "brand": "Up"}, 422, "bad_input"),
        ("/api/workspaces", {"name": "b", "brand": " "}, 422, "bad_input"),
        ("/api/workspaces", {"name": "b", "brand": "B", "zone": "Mars/Base"}, 422, "bad_input"),
        ("/api/workspaces", {"name": "b", "brand": "B", "zone": "../../etc/passwd"}, 422, "bad_input"),
        ("/api/demos/nosuch", None, 404, "no_such_demo"),
    ],
)
def test_what_cannot_be_done_is_said(door: Door, path: str, body: Any, status: int, code: str) -> None:
    answer = door.post(path, body)
    assert (answer.status_code, error(answer)["code"]) == (status, code)
    assert error(answer)["hint"] or error(answer)["faults"]


def test_no_workspace_is_left_of_a_refused_one(door: Door) -> None:
    door.post("/api/workspaces", {"name": "left", "brand": "B", "zone": "Mars/Base"})
    assert [row["name"] for row in door.json("/api/status")["workspaces"]] == ["kiosk"]


def test_a_draft_saved_by_somebody_faster_is_told(tmp_path: Path) -> None:
    home, _ = full(tmp_path)
    door = Door(home)
    draft = door.json(f"{K}/plan/draft")
    first = {"plan": draft["plan"] | {"teams": []}, "base": 1, "revision": draft["revision"]}
    assert door.put(f"{K}/plan/draft", first).status_code == 200
    answer = door.put(f"{K}/plan/draft", first | {"plan": draft["plan"]})
    assert (answer.status_code, error(answer)["code"]) == (409, "newer_draft")
    assert error(answer)["faults"] != []


def test_every_fault_of_a_plan_is_told_at_once_with_its_line(door: Door) -> None:
    yaml = "brand: {name: B}\njourneys:\n  - {id: UP, name: Up}\n  - {name: None}\nwrong: 1\n"
    answer = door.post(f"{K}/plan/import", {"yaml": yaml})
    assert answer.status_code == 422
    assert {row["line"] for row in error(answer)["faults"]} >= {3, 4, 5}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"yaml":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001, "application/json"),
        (b'{"yaml": "\\ud800"}', "application/json"),
        (b"\xff\xfe", "application/json"),
        (b'{"yaml": "x"}', "text/plain"),
        (b"yaml=x", "application/x-www-form-urlencoded"),
        (b"", "application/json"),
    ],
)
def test_a_body_that_is_none_is_bad_input(door: Door, content: bytes, kind: str) -> None:
    answer = door.ask("POST", f"{K}/plan/import", content=content, headers={"content-type": kind})
    assert answer.status_code in (400, 422)
    assert error(answer)["code"] == "bad_input"


def test_a_thousand_faults_are_told_as_a_hundred(door: Door) -> None:
    answer = door.post(f"{K}/collect/repair", {f"k{number}": 1 for number in range(1000)})
    assert (answer.status_code, len(error(answer)["faults"])) == (422, 100)


def test_an_address_that_is_none_and_a_method_that_is_none(door: Door) -> None:
    assert error(door.get("/api/nosuch"))["code"] == "not_found"
    answer = door.delete("/api/status")
    assert (answer.status_code, error(answer)["code"]) == (405, "method_not_allowed")
    assert error(door.ask("PUT", "/w/kiosk/map"))["code"] == "method_not_allowed"


def test_a_bug_is_told_as_no_more_than_that(tmp_path: Path) -> None:
    home, _ = empty(tmp_path)
    door = Door(home)

    def broken() -> None:
        raise ZeroDivisionError("the secret /home/ada")

    door.app.add_api_route("/api/broken", broken)
    door.app.router.routes.insert(0, door.app.router.routes.pop())
    answer = door.get("/api/broken")
    assert (answer.status_code, error(answer)["code"]) == (500, "bug")
    assert "secret" not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"


def test_a_disk_that_refuses_is_unavailable(tmp_path: Path) -> None:
    home, workspace = empty(tmp_path)
    (workspace.folder / "uploads").write_text("a file where the folder should be")
    answer = Door(home).drop("kiosk", "a.csv", b"a,b\n1,2\n")
    assert (answer.status_code, error(answer)["code"]) == (503, "unavailable")


def test_a_workspace_that_cannot_be_opened_does_not_hide_the_others(tmp_path: Path) -> None:
    home, _ = empty(tmp_path)
    place = home.folder / "workspaces" / "broken"
    place.mkdir()
    (place / "workspace.db").write_bytes(b"this is no database, though it is long enough to be taken for one" * 20)
    door = Door(home)
    rows = {row["name"]: row["fault"] for row in door.json("/api/status")["workspaces"]}
    assert rows["kiosk"] == ""
    assert "cannot be" in rows["broken"]
    assert door.get("/api/w/broken/summary").status_code == 503
