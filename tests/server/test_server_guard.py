"""Who may knock, and what every answer carries."""

from __future__ import annotations

import pytest
from door import Door, error
from shop import empty

from desirelines.server.guard import HEADERS


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    home, _ = empty(tmp_path_factory.mktemp("guard"))
    return Door(home)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "localhost", "[::1]:8765", "LOCALHOST:1"])
def test_this_machine_is_served(door: Door, host: str) -> None:
    assert door.ask("GET", "/api/status", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "evil.example/127.0.0.1",
        "evil.example#@127.0.0.1",
        "0.0.0.0:8765",
        "192.168.0.2",
        "127.0.0.2",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "[",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/api/status", "/", "/assets/index.js", "/api/openapi.json"])
def test_another_host_is_refused_everywhere(door: Door, host: str, path: str) -> None:
    answer = door.ask("GET", path, headers={"host": host})
    assert (answer.status_code, error(answer)["code"]) == (403, "not_allowed")


def test_two_hosts_are_none(door: Door) -> None:
    answer = door.ask("GET", "/api/status", headers=[("host", "127.0.0.1:8765"), ("host", "evil.example")])
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:9999", "http://localhost:8765", ""]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_origin_is_refused(door: Door, origin: str, method: str) -> None:
    path = "/api/status" if method == "GET" else "/api/demos/world"
    answer = door.ask(method, path, headers={"origin": origin})
    assert (answer.status_code, error(answer)["code"]) == (403, "not_allowed")


def test_our_own_origin_is_welcome(door: Door) -> None:
    assert door.ask("GET", "/api/status", headers={"origin": "http://127.0.0.1:8765"}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_elsewhere_may_link_to_a_page_and_to_nothing_else(door: Door, site: str) -> None:
    def status(method: str, path: str, mode: str) -> int:
        return door.ask(method, path, headers={"sec-fetch-site": site, "sec-fetch-mode": mode}).status_code

    assert status("GET", "/api/status", "cors") == 403
    assert status("GET", "/api/status", "navigate") == 403
    assert status("POST", "/api/demos/world", "navigate") == 403
    assert status("GET", "/favicon.svg", "no-cors") == 403
    assert status("GET", "/w/kiosk/map", "navigate") != 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/status"),
        ("GET", "/api/nosuch"),
        ("GET", "/api/w/none/summary"),
        ("DELETE", "/api/status"),
        ("GET", "/"),
        ("GET", "/w/kiosk/map"),
        ("GET", "/assets/none.js"),
        ("GET", "/api/w/kiosk/collect/refused.csv"),
        ("GET", "/api/w/kiosk/plan/export"),
    ],
)
def test_every_answer_carries_the_headers(door: Door, method: str, path: str) -> None:
    answer = door.ask(method, path)
    for name, value in HEADERS:
        assert answer.headers.get_list(name.decode()) == [value.decode()]
    if path.startswith("/api/"):
        assert answer.headers["cache-control"] == "no-store"


def test_a_refusal_carries_them_too(door: Door) -> None:
    answer = door.ask("GET", "/api/status", headers={"host": "evil.example"})
    assert {name.decode(): value.decode() for name, value in HEADERS}.items() <= dict(answer.headers).items()
    assert answer.headers["cache-control"] == "no-store"


def test_the_pages_may_load_nothing_from_elsewhere() -> None:
    policy = dict(HEADERS)[b"content-security-policy"].decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["object-src"] == rules["base-uri"] == "'none'"
    assert "http" not in policy
    assert "*" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/assets/../../app.py",
        "/assets/..%2f..%2fapp.py",
        "/%00.svg",
        "/..%5capp.py",
    ],
)
def test_no_file_outside_is_served(door: Door, path: str) -> None:
    answer = door.get(path)
    assert answer.status_code in (200, 404, 503)
    assert "root:" not in answer.text
    assert "create_app" not in answer.text
