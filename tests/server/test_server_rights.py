"""Every route of the app stands in the table of rights, and lets in exactly whom the table names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from team import Browser, Team, code

from desirelines.server import create_app
from desirelines.server.people import RIGHTS, ROLES, right_of
from desirelines.server.people.rights import STRICTNESS
from desirelines.settings import Settings

WHO = ("nobody", "guest", "commenting guest", "outsider", *ROLES, "admin")


def walked(routes: Any) -> Iterator[tuple[str, str]]:
    """Method and path of every route, sockets as GET; the pages and their files apart."""
    for route in routes:
        inside = getattr(route, "original_router", None)
        if inside is not None:
            yield from walked(inside.routes)
        elif getattr(route, "path", "").startswith("/api/"):
            for method in sorted(getattr(route, "methods", None) or {"GET"}):
                if method != "HEAD":
                    yield method, route.path


ROUTES = sorted(set(walked(create_app(None, Settings()).routes)))


def filled(path: str) -> str:
    return re.sub(r"\{\w+\}", "none", path.replace("{w}", "kiosk"))


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    return Team(tmp_path_factory.mktemp("rights"))


@pytest.fixture(scope="module")
def guests(team: Team) -> dict[str, Browser]:
    return {"guest": team.guest("view"), "commenting guest": team.guest("comment")}


def test_the_walk_sees_the_routes() -> None:
    assert len(ROUTES) > 80
    assert {("GET", "/api/openapi.json"), ("POST", "/api/w/{w}/plan/publish"), ("POST", "/api/people/sign-in")} <= set(ROUTES)


def test_every_route_stands_in_the_table_and_nothing_else_does() -> None:
    said = {(row.method, row.path) for row in RIGHTS}
    assert sorted(set(ROUTES) - said) == []
    assert sorted(said - set(ROUTES)) == []
    assert len(RIGHTS) == len(said)


def test_guests_may_ask_only_what_stands_in_the_table() -> None:
    assert {row.need for row in RIGHTS if row.guests} <= {"viewer", "commenter"}
    assert {row.path.split("/")[4] for row in RIGHTS if row.guests} == {"studio"}


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_the_table_and_the_router_mean_the_same_route(method: str, path: str) -> None:
    assert right_of(method, filled(path)).path == path


def let_in(who: str, method: str, path: str) -> bool:
    """As the table says."""
    right = right_of(method, filled(path))
    need = right.need
    if need == "anybody":
        return True
    if who == "nobody":
        return False
    if who in ("guest", "commenting guest"):
        rank = STRICTNESS.index("viewer" if who == "guest" else "commenter")
        return right.guests and STRICTNESS.index(need) <= rank
    if need == "account":
        return True
    if need == "creator":
        return who in ("owner", "admin")
    if who == "outsider":
        return False
    return who == "admin" or STRICTNESS.index(need) <= STRICTNESS.index(who)


def visitor(team: Team, guests: dict[str, Browser], who: str) -> Browser:
    """With a session of its own each time: some routes end it."""
    if who in guests:
        return guests[who]
    return team.browser("" if who == "nobody" else who)


DOOR = (
    "sign in first",
    "may not do this",
    "there is no workspace of this name that you may enter",
    "does not open this",
    "may not make",
)


@pytest.mark.parametrize("who", WHO)
def test_a_route_lets_in_exactly_whom_the_table_names(team: Team, guests: dict[str, Browser], who: str) -> None:
    wrong = []
    for method, path in ROUTES:
        if path.endswith("/socket"):
            accepted, closed = visitor(team, guests, who).socket(filled(path))
            inside = accepted and closed not in (4401, 4403) and not (closed == 4404 and who == "outsider")
        else:
            answer = visitor(team, guests, who).ask(method, filled(path), headers={"content-type": "application/json"})
            refused = answer.status_code in (401, 403, 404) and any(word in answer.text for word in DOOR)
            inside = not refused
        if inside != let_in(who, method, path):
            wrong.append((method, path))
    assert wrong == []


@pytest.mark.parametrize(
    ("who", "method", "path", "status"),
    [
        ("nobody", "GET", "/api/status", 401),
        ("nobody", "GET", "/api/w/kiosk/summary", 401),
        ("nobody", "GET", "/api/w/none/summary", 401),
        ("nobody", "GET", "/api/people/me", 200),
        ("guest", "GET", "/api/w/kiosk/summary", 403),
        ("guest", "GET", "/api/w/kiosk/plan/draft", 403),
        ("guest", "GET", "/api/w/kiosk/people", 403),
        ("guest", "GET", "/api/w/kiosk/studio/guest/legend", 200),
        ("outsider", "GET", "/api/w/kiosk/summary", 404),
        ("viewer", "GET", "/api/w/kiosk/summary", 200),
        ("viewer", "DELETE", "/api/w/kiosk/plan/draft", 403),
        ("viewer", "GET", "/api/w/other/summary", 404),
        ("commenter", "DELETE", "/api/w/kiosk/plan/draft", 403),
        ("editor", "DELETE", "/api/w/kiosk/plan/draft", 200),
        ("editor", "POST", "/api/w/kiosk/plan/publish", 403),
        ("editor", "GET", "/api/w/kiosk/people/guests", 403),
        ("editor", "POST", "/api/workspaces", 403),
        ("owner", "GET", "/api/w/kiosk/people/guests", 200),
        ("owner", "POST", "/api/workspaces", 422),
        ("owner", "GET", "/api/w/other/summary", 404),
        ("admin", "GET", "/api/w/other/summary", 200),
    ],
)
def test_what_the_table_comes_to(team: Team, guests: dict[str, Browser], who: str, method: str, path: str, status: int) -> None:
    # a guest's cookie does not travel beyond the studio, so there the guest is nobody
    expected = 401 if who == "guest" and "/studio/" not in path else status
    assert visitor(team, guests, who).ask(method, path).status_code == expected


@pytest.mark.parametrize(
    "path",
    [
        "/api/w/kiosk/summary/", "/api/w/kiosk//summary", "/api/w/kiosk/../other/summary", "/api/w/other%2Fsummary",
        "/api//w/kiosk/summary", "/api/w/kiosk/people/../summary", "/api/w/kiosk/%73ummary", "/api/w/KIOSK/summary",
        "/api/w/kiosk%00/summary", "/api/w//summary", "/api/w", "/api/w/", "/api/", "/api/nosuch", "/api/w/kiosk/studio/nosuch",
        "/api/w/kiosk/summary;x", "/api/status/",
    ],
)  # fmt: skip
def test_no_spelling_of_an_address_lets_nobody_in(team: Team, path: str) -> None:
    answer = Browser(team.app).get(path)
    assert answer.status_code in (401, 404, 307)
    assert "Kiosk" not in answer.text


def test_a_guest_who_carries_the_cookie_elsewhere_is_refused(team: Team, guests: dict[str, Browser]) -> None:
    stolen = Browser(team.app)
    ((_, token),) = guests["guest"].jar.items()
    stolen.jar[("desirelines-guest", "/")] = token
    for path in ("/api/status", "/api/w/other/summary", "/api/w/other/studio/guest/legend", "/api/people/sessions"):
        assert stolen.get(path).status_code == 401
    for path in ("/api/w/kiosk/summary", "/api/w/kiosk/plan/draft", "/api/w/kiosk/people"):
        answer = stolen.get(path)
        assert (answer.status_code, code(answer)) == (403, "not_allowed")


def test_alone_everything_is_allowed_and_nobody_is_asked(tmp_path: Path) -> None:
    team = Team(tmp_path)
    app = create_app(team.home, Settings(home=team.home.folder, author="Ada"))
    browser = Browser(app, address="http://127.0.0.1:8765", origin=None)
    assert browser.get("/api/people/me").json() == {
        "sign_in": False, "id": "", "name": "Ada", "owner": True, "may_create": True,
    }  # fmt: skip
    assert browser.ask("DELETE", "/api/w/kiosk/plan/draft").status_code == 200
    assert browser.get("/api/w/kiosk/people").json()["role"] == "owner"
