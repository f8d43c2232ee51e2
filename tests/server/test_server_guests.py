"""A guest's link: one map, to look or to comment, until it expires or is revoked; by request and by socket."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from shop import PLAN
from team import Browser, Team, W, code

from desirelines import store
from desirelines.plan import Plan
from desirelines.server.people import RIGHTS
from desirelines.server.people.links import GUEST, MOST_CAME, come, list_links, make_link
from desirelines.server.people.sessions import digest
from desirelines.store import now_us


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    return Team(tmp_path_factory.mktemp("guests"))


def test_a_link_opens_its_map_and_says_whose(team: Team) -> None:
    guest = team.guest()
    found = guest.get(f"{W}/studio/guest/legend").json()
    assert (found["journey"], found["name"], found["may"], found["brand"]) == ("buy", "Gil (guest)", "view", "Kiosk")
    plan = Plan.model_validate(found["plan"])
    assert [one.id for one in plan.journeys] == ["buy"]
    assert "Visited" not in guest.get(f"{W}/studio/guest/legend").text


def test_the_cookie_is_sent_to_the_studio_of_this_workspace_alone(team: Team) -> None:
    (line,) = team.guest().said
    words = {word.strip().lower() for word in line.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/api/w/kiosk/studio"} <= words


def test_of_both_tokens_only_the_digest_is_kept(team: Team) -> None:
    token, _ = make_link(team.kiosk.database, "buy", "Agency", "view", False, 3, "tests")
    mine, _ = come(team.kiosk.database, token, "Gil")
    folder = team.kiosk.folder
    kept = (folder / "workspace.db").read_bytes() + (folder / "workspace.db-wal").read_bytes()
    assert token.encode() not in kept
    assert mine.encode() not in kept
    assert digest(token).encode() in kept


def test_a_revoked_link_closes_at_once(team: Team) -> None:
    owner, guest = team.browser("owner"), team.guest()
    row = owner.get(f"{W}/people/guests").json()[-1]
    assert (row["label"], row["came"], row["expired"], row["made_by"]) == ("Agency", 1, False, "The owner")
    assert guest.get(f"{W}/studio/guest/legend").status_code == 200
    left = owner.ask("DELETE", f"{W}/people/guests/{row['id']}").json()
    assert row["id"] not in [one["id"] for one in left]
    assert code(guest.get(f"{W}/studio/guest/legend")) == "sign_in"


def test_a_revoked_link_ends_the_open_socket(team: Team) -> None:
    owner, guest = team.browser("owner"), team.guest()
    row = owner.get(f"{W}/people/guests").json()[-1]
    assert guest.socket_until(f"{W}/studio/socket?guest", lambda: owner.ask("DELETE", f"{W}/people/guests/{row['id']}")) == 4401


def test_an_expired_link_opens_nothing(team: Team) -> None:
    guest = team.guest()
    link = list_links(team.kiosk.database)[-1]
    row = next(one for one in store.list_rows(team.kiosk.database, GUEST) if one.id.startswith(link.id))
    store.put_row(team.kiosk.database, GUEST, row.id, {**row.document, "expires_at_us": now_us() - 1}, "", row.about)
    assert code(guest.get(f"{W}/studio/guest/legend")) == "sign_in"
    assert guest.socket(f"{W}/studio/socket?guest") == (True, 4401)
    assert team.browser("owner").get(f"{W}/people/guests").json()[-1]["expired"]


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "é" * 20, digest("x")])
def test_a_forged_link_opens_nothing(team: Team, token: str) -> None:
    answer = Browser(team.app).post(f"{W}/studio/guest", {"token": token, "name": "Gil"})
    assert answer.status_code in (404, 422)
    assert answer.headers.get("set-cookie") is None


def test_a_link_of_one_workspace_opens_nothing_in_another(team: Team) -> None:
    token, _ = make_link(team.kiosk.database, "buy", "Agency", "view", False, 3, "tests")
    there = Browser(team.app).post("/api/w/other/studio/guest", {"token": token, "name": "Gil"})
    nowhere = Browser(team.app).post("/api/w/nosuch/studio/guest", {"token": token, "name": "Gil"})
    assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())
    assert code(there) == "no_such_link"


def test_the_digest_of_a_link_is_no_link(team: Team) -> None:
    token, _ = make_link(team.kiosk.database, "buy", "Agency", "view", False, 3, "tests")
    assert code(Browser(team.app).post(f"{W}/studio/guest", {"token": digest(token), "name": "Gil"})) == "no_such_link"


def test_a_map_that_is_not_there_has_no_link(team: Team) -> None:
    answer = team.browser("owner").post(f"{W}/people/guests", {"label": "Agency", "journey": "nosuch"})
    assert answer.status_code == 404


def test_who_is_signed_in_and_comes_as_a_guest_is_a_guest(team: Team) -> None:
    owner = team.browser("owner")
    token = owner.post(f"{W}/people/guests", {"label": "Agency", "journey": "buy"}).json()["token"]
    owner.post(f"{W}/studio/guest", {"token": token, "name": "Olga"})
    assert owner.get(f"{W}/studio/guest/legend?guest").json()["name"] == "Olga (guest)"
    assert owner.get(f"{W}/plan/versions?guest").status_code == 401
    assert owner.get(f"{W}/plan/versions").status_code == 200


def test_a_guest_who_may_only_look_says_nothing(team: Team) -> None:
    said = {"about": "map:buy", "words": "hello"}
    assert team.guest("view").post(f"{W}/studio/comments", said).status_code == 403


def test_a_crowd_through_one_link_is_bounded(tmp_path: Path) -> None:
    team = Team(tmp_path)
    token, _ = make_link(team.kiosk.database, "buy", "Agency", "view", False, 3, "tests")
    for number in range(MOST_CAME + 3):
        come(team.kiosk.database, token, f"Guest {number}")
    assert list_links(team.kiosk.database)[0].came == MOST_CAME


def test_a_guest_cannot_take_a_name_apart(team: Team) -> None:
    token, _ = make_link(team.kiosk.database, "buy", "Agency", "view", False, 3, "tests")
    guest = Browser(team.app)
    for bad in ("", " ", "x" * 81, "a\u202eb"):
        assert guest.post(f"{W}/studio/guest", {"token": token, "name": bad}).status_code == 422
    guest.post(f"{W}/studio/guest", {"token": token, "name": "<b>The owner</b>"})
    assert guest.get(f"{W}/studio/guest/legend").json()["name"] == "<b>The owner</b> (guest)"


SECOND = """\
  - id: second
    name: zq second
    stages:
      - {id: z1, name: zq stage, side: buyer, steps: [{id: z-s, touchpoint: till}]}
"""


@pytest.fixture(scope="module")
def spoken(team: Team) -> Team:
    """Two maps; on the second one everything that can be said has been, with `zq` in it."""
    owner = team.browser("owner")
    assert owner.post(f"{W}/plan/import", {"yaml": PLAN + SECOND}).status_code == 200
    words = {"kind": "words", "element": "stage:z1", "field": "name", "words": "zq words"}
    agenda = {"title": "zq workshop", "rounds": [{"kind": "write", "words": "zq round"}]}
    said = [
        ("comments", {"journey": "second", "text": "zq comment"}),
        ("suggestions", {"journey": "second", "reason": "zq why", "change": words}),
        ("answers", {"journey": "second", "touchpoint": "till", "ask": "offer", "text": "zq answer"}),
        ("workshops", {"journey": "second", "agenda": agenda}),
    ]
    for place, body in said:
        answer = owner.post(f"{W}/studio/{place}", body)
        assert answer.status_code in (200, 204), answer.text
    return team


def rows_of(team: Team) -> list[store.Row]:
    kinds = ("comment", "suggestion", "answer", "workshop", "note", "vote")
    return [row for kind in kinds for row in store.list_rows(team.kiosk.database, kind)]


def test_a_guest_reads_nothing_that_is_said_on_another_map(spoken: Team) -> None:
    guest, owner = spoken.guest("comment"), spoken.browser("owner")
    ids = [row.id for row in rows_of(spoken)]
    assert len(ids) >= 4
    found = 0
    for row in RIGHTS:
        if not row.guests or row.method != "GET" or row.path.endswith(("/socket", "{digest}")):
            continue
        for other in [*ids, "none"] if row.path.count("{") > 1 else ["none"]:
            path = re.sub(r"\{\w+\}", other, row.path.replace("{w}", "kiosk"))
            for query in ("", "?journey=second", "?journey=second&touchpoint=till", "?journey=buy&which=all&element=gone"):
                answer = guest.get(path + query)
                assert "zq" not in answer.text, (path + query, answer.text)
                found += "zq" in owner.get(path + query).text
    assert found >= 4


def test_nor_writes_anything_there(spoken: Team) -> None:
    guest = spoken.guest("comment")
    before = sorted((row.id, row.revision) for row in rows_of(spoken))
    bodies = [
        {"journey": "second", "text": "x"},
        {"journey": "second", "change": {"kind": "remove", "element": "step:z-s"}},
        {"journey": "second", "touchpoint": "till", "ask": "offer", "text": "x"},
        {"text": "x"}, {"resolved": True}, {"agreed": True}, {"votes": 1}, {"name": "x"}, None,
    ]  # fmt: skip
    for row in RIGHTS:
        if not row.guests or row.method == "GET":
            continue
        for other in [one[0] for one in before] if row.path.count("{") > 1 else ["none"]:
            path = re.sub(r"\{\w+\}", other, row.path.replace("{w}", "kiosk"))
            for body in bodies:
                guest.ask(row.method, path, body)
    now = [row for row in rows_of(spoken) if (row.id, row.revision) not in before]
    assert [row for row in now if "second" in row.about or row.id in {one[0] for one in before}] == []
