"""Who may say what: viewers, commenters, editors and guests, with accounts, by request."""

from __future__ import annotations

from typing import Any

import pytest
from team import Browser, Team, W, code

from desirelines.studio import talking

S = f"{W}/studio"
AGENDA = {"title": "T", "rounds": [{"kind": "write"}, {"kind": "vote"}], "anonymous": False}
ID = "0" * 16
WRITES: list[tuple[str, str, dict[str, Any] | None]] = [
    ("POST", "/comments", {"journey": "buy", "text": "x"}),
    ("PUT", f"/comments/{ID}", {"text": "x"}),
    ("DELETE", f"/comments/{ID}", None),
    ("PUT", f"/comments/{ID}/resolved", {"resolved": True}),
    ("POST", "/suggestions", {"journey": "buy", "change": {"kind": "remove", "element": "touchpoint:site"}}),
    ("DELETE", f"/suggestions/{ID}", None),
    ("POST", "/answers", {"journey": "buy", "touchpoint": "till", "ask": "ease", "text": "x"}),
    ("PUT", f"/answers/{ID}", {"text": "x"}),
    ("PUT", f"/answers/{ID}/vote", {"agree": True}),
    ("DELETE", f"/answers/{ID}", None),
    ("POST", f"/workshops/{ID}/seat", None),
    ("POST", f"/workshops/{ID}/notes", {"words": "x"}),
    ("POST", f"/workshops/{ID}/groups", {"name": "x"}),
    ("PUT", f"/workshops/{ID}/votes/note:{ID}", {"votes": 1}),
]
DECIDES: list[tuple[str, str, dict[str, Any] | None]] = [
    ("POST", f"/suggestions/{ID}/decision", {"accept": True}),
    ("POST", f"/answers/{ID}/card", {"journey": "buy"}),
    ("POST", "/workshops", {"journey": "buy", "agenda": AGENDA}),
    ("POST", f"/workshops/{ID}/lead", None),
    ("POST", f"/workshops/{ID}/round", {"at": 0}),
    ("POST", f"/workshops/{ID}/clock", {"act": "go"}),
    ("POST", f"/workshops/{ID}/end", None),
    ("POST", f"/workshops/{ID}/cards", {"chosen": [{"target": "note:x"}]}),
]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    return Team(tmp_path_factory.mktemp("talk"))


def test_viewers_write_nothing_and_commenters_decide_nothing(team: Team) -> None:
    viewer, looker = team.browser("viewer"), team.guest("view")
    for who, deeds in ((viewer, WRITES + DECIDES), (looker, WRITES + DECIDES)):
        for method, path, body in deeds:
            assert who.ask(method, S + path, body).status_code == 403, path
    for who in (team.browser("commenter"), team.guest("comment")):
        for method, path, body in DECIDES:
            assert who.ask(method, S + path, body).status_code == 403, path
        for method, path, body in WRITES:
            assert who.ask(method, S + path, body).status_code in (200, 204, 404), path
    assert viewer.get(f"{S}/comments?journey=buy").status_code == 200
    assert viewer.get(f"{S}/me").json()["comments"] is False
    assert code(team.browser().get(f"{S}/comments?journey=buy")) == "sign_in"


def test_a_session_header_makes_nobody_else_of_an_account(team: Team) -> None:
    commenter = team.browser("commenter")
    made = commenter.post(f"{S}/comments", {"journey": "buy", "text": "mine"}).json()
    owner = team.browser("owner")
    for headers in ({"desirelines-session": commenter.get(f"{S}/me").json()["id"]}, {}):
        refused = owner.ask("PUT", f"{S}/comments/{made['id']}", {"text": "theirs"}, headers)
        assert code(refused) == "not_yours"
    assert owner.ask("PUT", f"{S}/me", {"name": "The commenter"}).json()["name"] == "The owner"


def test_a_guest_hears_of_one_map_and_is_heard_there(team: Team) -> None:
    draft = team.kiosk.draft()
    other = draft["plan"].journeys[0].model_copy(update={"id": "hidden", "name": "Hidden", "stages": ()})
    plan = draft["plan"].model_copy(update={"journeys": (*draft["plan"].journeys, other)})
    team.kiosk.save_draft(plan, draft["base"], draft["revision"])
    owner, guest = team.browser("owner"), team.guest("comment")
    secret = owner.post(f"{S}/comments", {"journey": "hidden", "text": "not for guests @Gil (guest)"}).json()
    workshop = owner.post(f"{S}/workshops", {"journey": "hidden", "agenda": AGENDA}).json()
    for path in (
        "/comments?journey=hidden", f"/comments/{secret['id']}", "/comments/counts?journey=hidden",
        "/suggestions?journey=hidden", "/answers?journey=hidden", "/workshops?journey=hidden",
        f"/workshops/{workshop['id']}", f"/workshops/{workshop['id']}/report",
    ):  # fmt: skip
        answer = guest.get(S + path)
        assert answer.status_code in (403, 404), path
        assert "not for guests" not in answer.text
    rename = {"kind": "words", "element": "journey:hidden", "field": "name", "words": "x"}
    for method, path, body in (
        ("POST", "/comments", {"journey": "hidden", "text": "x"}),
        ("POST", "/comments", {"thread": secret["id"], "text": "x"}),
        ("PUT", f"/comments/{secret['id']}/resolved", {"resolved": True}),
        ("POST", f"/workshops/{workshop['id']}/seat", None),
        ("POST", f"/workshops/{workshop['id']}/notes", {"words": "x"}),
        ("POST", "/answers", {"journey": "hidden", "touchpoint": "till", "ask": "ease", "text": "x"}),
        ("POST", "/suggestions", {"journey": "hidden", "change": rename}),
    ):  # fmt: skip
        assert guest.ask(method, S + path, body).status_code in (403, 404), path
    for_me = guest.get(f"{S}/for-me").json()
    assert (list(for_me["journeys"]), for_me["mentions"]) == (["buy"], [])
    assert [one["name"] for one in guest.get(f"{S}/people").json() if "owner" in one["name"]] == []
    guest.post(f"{S}/comments", {"journey": "buy", "text": "Hello from outside"})
    assert "Gil (guest)" in [one["name"] for one in owner.get(f"{S}/people").json()]


def test_a_guest_who_may_comment_takes_part_in_a_workshop_of_their_map(team: Team) -> None:
    owner, guest = team.browser("owner"), team.guest("comment")
    workshop = owner.post(f"{S}/workshops", {"journey": "buy", "agenda": AGENDA}).json()["id"]
    joined = guest.post(f"{S}/workshops/{workshop}/seat").json()
    assert (joined["people"], joined["i_am_in"]) == (["The owner", "Gil (guest)"], True)
    note = guest.post(f"{S}/workshops/{workshop}/notes", {"words": "from outside"}).json()["notes"][0]
    owner.post(f"{S}/workshops/{workshop}/round", {"at": 1})
    voted = guest.ask("PUT", f"{S}/workshops/{workshop}/votes/note:{note['id']}", {"votes": 1})
    assert voted.json()["my_votes"] == {f"note:{note['id']}": 1}
    ended = owner.post(f"{S}/workshops/{workshop}/end").json()
    assert [(one["words"], one["by"], one["votes"]) for one in ended["notes"]] == [("from outside", "Gil (guest)", 1)]
    other = team.guest("comment")
    assert other.get(f"{S}/me").json()["id"] != guest.get(f"{S}/me").json()["id"]


def test_the_file_of_comments_is_what_was_said(team: Team) -> None:
    team.browser("owner").post(f"{S}/comments", {"journey": "buy", "element": "touchpoint:till", "text": "=1+1"})
    rows = talking.comment_rows(team.kiosk.database, team.kiosk.plan("draft"), "buy")
    assert ("touchpoint:till", "Till", "The owner", "=1+1") in [
        (row["element"], row["on"], row["by"], row["text"]) for row in rows
    ]


def test_members_are_mentioned_by_their_accounts(team: Team) -> None:
    owner: Browser = team.browser("owner")
    made = owner.post(f"{S}/comments", {"journey": "buy", "text": "@The editor, please"}).json()
    found = team.browser("editor").get(f"{S}/for-me").json()["mentions"]
    assert made["id"] in [one["id"] for one in found]
    assert made["id"] not in [one["id"] for one in team.browser("viewer").get(f"{S}/for-me").json()["mentions"]]
