"""Signing in: sessions that cannot be forged, fixed or kept, tries that are counted, doors that know where a page is from."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from team import ADDRESS, HASHED, PASSWORD, Browser, Team, W, code

from desirelines import store
from desirelines.errors import BadInput, Conflict, NotFound, Unavailable
from desirelines.server.people.accounts import add_account, drop_account, find_account, get_account
from desirelines.server.people.attempts import FREE_TRIES, OF_A_NAME, OF_AN_ADDRESS, WINDOW_SECONDS, Attempts, network_of
from desirelines.server.people.members import put_member
from desirelines.server.people.passwords import MOST_WAITING, Hashing, check_password, fits, hash_password
from desirelines.server.people.sessions import IDLE_US, SESSION, WHOLE_US, digest, list_sessions, open_session
from desirelines.server.people.signing import agent_of
from desirelines.store import now_us


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    return Team(tmp_path_factory.mktemp("sign-in"))


def test_whoever_signs_in_is_known_until_they_sign_out(team: Team) -> None:
    browser = Browser(team.app)
    assert browser.get("/api/people/me").json()["id"] == ""
    assert browser.sign_in("the VIEWER ").json()["name"] == "The viewer"
    assert browser.get("/api/people/me").json()["id"] == team.accounts["viewer"].id
    assert [row["name"] for row in browser.get("/api/status").json()["workspaces"]] == ["kiosk"]
    assert browser.post("/api/people/sign-out").json()["id"] == ""
    assert browser.jar == {}
    assert code(browser.get(f"{W}/summary")) == "sign_in"


def test_the_cookie_is_for_the_server_alone(team: Team) -> None:
    browser = Browser(team.app)
    browser.sign_in("The viewer")
    (line,) = browser.said
    name, *words = [word.strip().lower() for word in line.split(";")]
    assert name.startswith("desirelines=")
    assert {"httponly", "path=/", "samesite=strict", f"max-age={WHOLE_US // 1_000_000}"} == set(words)


def test_behind_https_the_cookie_travels_only_so(tmp_path: Path) -> None:
    team = Team(tmp_path, https=True)
    plain = Browser(team.app)
    assert plain.sign_in("The owner").status_code == 403
    browser = Browser(team.app, origin=ADDRESS.replace("http:", "https:"))
    assert browser.sign_in("The owner").status_code == 200
    (line,) = browser.said
    assert line.startswith("__Host-desirelines=")
    assert "; secure" in line.lower()
    assert browser.get(f"{W}/summary").status_code == 200


def test_of_a_token_only_its_digest_is_kept(team: Team) -> None:
    browser = team.browser("viewer")
    ((_, token),) = browser.jar.items()
    assert len(token) >= 43
    kept = (team.home.folder / "home.db").read_bytes() + (team.home.folder / "home.db-wal").read_bytes()
    assert token.encode() not in kept
    assert digest(token).encode() in kept
    assert PASSWORD.encode() not in kept


@pytest.mark.parametrize("forged", ["", "x", "a" * 43, "é", "../home.db", "' OR 1=1 --", "null", "\t", "0" * 100_000])
def test_a_forged_cookie_is_nobody(team: Team, forged: str) -> None:
    browser = Browser(team.app)
    browser.jar[("desirelines", "/")] = forged.encode("ascii", "backslashreplace").decode()
    assert code(browser.get(f"{W}/summary")) == "sign_in"


def test_the_digest_of_a_session_is_no_token(team: Team) -> None:
    browser = team.browser("viewer")
    ((key, token),) = browser.jar.items()
    browser.jar[key] = digest(token)
    assert code(browser.get(f"{W}/summary")) == "sign_in"


def aged(team: Team, token: str, seen_us: int, made_us: int) -> None:
    """The session, last used and begun so long ago."""
    with team.home.database().writing() as connection:
        connection.exec_driver_sql("UPDATE rows SET made_at = ? WHERE id = ?", (now_us() - made_us, digest(token)))
    row = store.get_row(team.home.database(), SESSION, digest(token))
    document = {**row.document, "seen_at_us": now_us() - seen_us}
    store.put_row(team.home.database(), SESSION, row.id, document, "", row.about)


@pytest.mark.parametrize(
    ("seen", "made", "status"),
    [
        (IDLE_US - 60_000_000, WHOLE_US - 60_000_000, 200),
        (IDLE_US + 1, IDLE_US + 1, 401),
        (0, WHOLE_US + 1, 401),
    ],
)
def test_a_session_ends_when_nobody_uses_it_and_after_a_month(team: Team, seen: int, made: int, status: int) -> None:
    browser = team.browser("viewer")
    ((_, token),) = browser.jar.items()
    aged(team, token, seen, made)
    assert browser.get(f"{W}/summary").status_code == status


def test_using_a_session_keeps_it(team: Team) -> None:
    browser = team.browser("viewer")
    ((_, token),) = browser.jar.items()
    aged(team, token, IDLE_US - 60_000_000, IDLE_US)
    browser.get(f"{W}/summary")
    seen = store.get_row(team.home.database(), SESSION, digest(token)).document["seen_at_us"]
    assert now_us() - seen < 60_000_000


def test_a_session_cannot_be_fixed(team: Team) -> None:
    """A token that somebody put into the browser is never the one that signing in gives; the old one ends."""
    browser = Browser(team.app)
    browser.jar[("desirelines", "/")] = "planted"
    browser.sign_in("The viewer")
    assert browser.jar[("desirelines", "/")] != "planted"
    planted = Browser(team.app)
    planted.jar[("desirelines", "/")] = "planted"
    assert planted.get("/api/status").status_code == 401

    before = Browser(team.app)
    before.jar = dict(browser.jar)
    browser.sign_in("The editor")
    assert before.get("/api/status").status_code == 401
    assert browser.get("/api/people/me").json()["name"] == "The editor"


def test_sessions_are_seen_and_ended_one_by_one_and_all(team: Team) -> None:
    account = add_account(team.home.database(), "Several", HASHED)
    here, there, third = (team.as_account(account) for _ in range(3))
    rows = here.get("/api/people/sessions").json()
    assert [row["here"] for row in rows].count(True) == 1
    assert len(rows) == 3
    other = next(row["id"] for row in rows if not row["here"])
    assert len(here.ask("DELETE", f"/api/people/sessions/{other}").json()) == 2
    assert sorted(one.get("/api/status").status_code for one in (there, third)) == [200, 401]
    here.post("/api/people/sign-out-everywhere")
    assert [one.get("/api/status").status_code for one in (here, there, third)] == [401, 401, 401]
    assert list_sessions(team.home.database(), account.id) == []


def test_nobody_ends_a_session_of_somebody_else(team: Team) -> None:
    mine, theirs = team.browser("viewer"), team.browser("editor")
    row = next(one for one in theirs.get("/api/people/sessions").json() if one["here"])
    assert mine.ask("DELETE", f"/api/people/sessions/{row['id']}").status_code == 404
    assert theirs.get("/api/status").status_code == 200


def test_another_password_ends_all_other_sessions(team: Team) -> None:
    account = add_account(team.home.database(), "Changing", HASHED)
    here, there = team.as_account(account), team.as_account(account)
    new = "nineteen quiet harbours"
    assert code(here.post("/api/people/password", {"old": "not it at all", "new": new})) == "wrong_old_password"
    assert code(here.post("/api/people/password", {"old": PASSWORD, "new": "short"})) == "weak_password"
    assert here.post("/api/people/password", {"old": PASSWORD, "new": new}).status_code == 200
    assert (here.get("/api/status").status_code, there.get("/api/status").status_code) == (200, 401)
    assert code(Browser(team.app).sign_in("Changing")) == "wrong_password"
    assert Browser(team.app).sign_in("Changing", new).status_code == 200


# the same answer for who is there and who is not


def test_an_unknown_name_and_a_wrong_password_are_told_the_same(team: Team) -> None:
    unknown = Browser(team.app, client="192.0.2.50").sign_in("Nobody at all", "some other password")
    wrong = Browser(team.app, client="192.0.2.51").sign_in("The viewer", "some other password")
    assert (unknown.status_code, unknown.json()) == (wrong.status_code, wrong.json())
    assert code(unknown) == "wrong_password"


def test_and_after_the_same_time(team: Team) -> None:
    """Each is held against a hash: an answer without one would be a hundred times as fast."""

    def quickest(name: str, client: str) -> float:
        found = []
        for _ in range(3):
            begun = time.perf_counter()
            Browser(team.app, client=client).sign_in(name, "some other password")
            found.append(time.perf_counter() - begun)
        return min(found)

    unknown, wrong = quickest("Nobody at all", "192.0.2.52"), quickest("The viewer", "192.0.2.53")
    assert unknown > wrong / 2
    assert wrong > unknown / 2


def test_too_many_tries_wait_and_the_answer_says_how_long(team: Team) -> None:
    for name in ("The commenter", "Nobody of that name"):
        browser = Browser(team.app, client=f"198.51.100.{len(name)}")
        answers = [browser.sign_in(name, "some other password") for _ in range(FREE_TRIES)]
        assert [code(one) for one in answers] == ["wrong_password"] * FREE_TRIES
        for _ in range(8):  # the first waits are over before a slow machine has hashed once
            last = browser.sign_in(name, "some other password")
        assert code(last) == "too_many_tries"
        assert "seconds" in last.json()["error"]["hint"]
    assert Browser(team.app, client="198.51.100.99").sign_in("The commenter").status_code == 200


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def held(attempts: Attempts, name: str, address: str, known: bool = False) -> bool:
    try:
        attempts.begin(name, address, known)
    except Unavailable:
        return True
    return False


def test_waits_grow_to_a_minute_and_no_further() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for _ in range(FREE_TRIES + 9):
        begun = clock.now
        while held(attempts, "ann", "192.0.2.1"):
            clock.now += 0.5
        waits.append(clock.now - begun)
    assert waits[:FREE_TRIES] == [0.0] * FREE_TRIES
    assert waits[FREE_TRIES:] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    clock.now += WINDOW_SECONDS + 1
    assert not held(attempts, "ann", "192.0.2.1")


def test_an_address_cannot_try_every_name() -> None:
    attempts = Attempts(Clock())
    assert [held(attempts, f"name {number}", "192.0.2.1") for number in range(OF_AN_ADDRESS + 1)][-2:] == [False, True]
    assert not held(attempts, "somebody", "192.0.2.2")
    assert network_of("2001:db8:1:2::3") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::3")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1")


def test_strangers_cannot_keep_somebody_out_of_where_they_were_before() -> None:
    attempts = Attempts(Clock())
    for number in range(OF_A_NAME):
        assert not held(attempts, "ann", f"192.0.{number}.1")
    assert held(attempts, "ann", "203.0.113.5")
    assert not held(attempts, "ann", "203.0.113.5", known=True)


def test_who_signed_in_starts_anew() -> None:
    attempts = Attempts(Clock())
    for _ in range(20):
        for _ in range(FREE_TRIES):
            assert not held(attempts, "ann", "192.0.2.1", known=True)
        attempts.succeeded("ann", "192.0.2.1")


def test_an_address_is_known_after_signing_in(team: Team) -> None:
    account = add_account(team.home.database(), "Travelling", HASHED)
    for number in range(10):
        Browser(team.app, client=f"203.0.113.{number}").sign_in("Travelling")
    kept = get_account(team.home.database(), account.id).addresses
    assert len(kept) == 8
    assert not any("203" in one for one in kept if "." in one)


def test_only_a_few_are_hashed_at_once() -> None:
    async def crowd() -> list[object]:
        hashing = Hashing()
        return list(
            await asyncio.gather(*(hashing.fits(HASHED, "not it") for _ in range(MOST_WAITING + 4)), return_exceptions=True)
        )

    answers = asyncio.run(crowd())
    assert [one for one in answers if not isinstance(one, Unavailable)] == [False] * MOST_WAITING
    assert {one.code for one in answers if isinstance(one, Unavailable)} == {"busy_sign_in"}


# passwords and names


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars", "aaaaaaaaaaaa", "abcabcabcabc", "passwordpassword", "Password12345!", "123456789012", "qwertyuiopas",
        "anna-lives-here-1", "zyxwvutsrqponm", "Willkommen2026!", "1111aaaa1111aaab", "x" * 201, "            ", "ANNA ANNA ANNA",
    ],
)  # fmt: skip
def test_a_password_that_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_password(password, "Anna Berg")
    assert refused.value.code == "weak_password"


@pytest.mark.parametrize(
    "password", ["correct horse battery staple", "grüne Wolken 77 tanzen", "Xk3#vQ9!mT2z", "日本語のとても長い合言葉です"]
)
def test_a_good_one_is_taken(password: str) -> None:
    check_password(password, "Anna Berg")


def test_a_password_is_the_same_from_every_keyboard() -> None:
    assert fits(hash_password("gru\u0308ne Wolken ziehen"), "gr\u00fcne Wolken ziehen")
    assert not fits(HASHED, PASSWORD.upper())
    assert not fits("no hash at all", PASSWORD)


def test_a_name_is_one_persons(team: Team) -> None:
    first = add_account(team.home.database(), "  Zoë   Ångström ", HASHED)
    assert first.name == "Zoë Ångström"
    for spelled in ("zoë ångström", "ZOË ÅNGSTRÖM", "Zoe\u0308 A\u030angström", "Ｚoë Ångström"):
        assert find_account(team.home.database(), spelled) == first
        with pytest.raises(Conflict):
            add_account(team.home.database(), spelled, HASHED)
    drop_account(team.home.database(), first)
    second = add_account(team.home.database(), "Zoë Ångström", HASHED)
    assert second.id != first.id
    for bad in ("", " ", "a" * 81, "a\x00b", "a\u202eb"):
        with pytest.raises(BadInput):
            add_account(team.home.database(), bad, HASHED)


def test_a_browser_is_named_in_a_few_words() -> None:
    chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
    assert agent_of(chrome) == "Chrome on Linux"
    assert agent_of("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0") == "Firefox on Mac"
    assert agent_of("curl/8.5.0") == "a program"


# pages from elsewhere


@pytest.mark.parametrize(
    "origin", [None, "http://evil.example", "null", "https://maps.example.org:8765", "http://maps.example.org", "http://evil.maps.example.org:8765"]
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/people/sign-in", "/api/people/sign-out", f"{W}/plan/import", "/api/people/join"])
def test_a_page_from_elsewhere_can_do_nothing(team: Team, origin: str | None, path: str) -> None:
    browser = team.browser("owner")
    browser.origin = origin
    answer = browser.post(path, {"name": "The owner", "password": PASSWORD})
    assert (answer.status_code, code(answer)) == (403, "not_allowed")
    browser.origin = ADDRESS
    assert browser.get(f"{W}/summary").status_code == 200


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
def test_nor_open_a_socket(team: Team, origin: str | None) -> None:
    browser = team.browser("owner")
    browser.origin = origin
    assert browser.socket(f"{W}/studio/socket") == (False, 1008)


@pytest.mark.parametrize(
    "address", ["http://evil.example:8765", "http://192.0.2.1:8765", "http://other.example.org", "http://0.0.0.0:8765"]
)
def test_another_name_is_not_served(team: Team, address: str) -> None:
    browser = Browser(team.app, address=address, origin=address)
    assert browser.get("/api/people/me").status_code == 403
    assert browser.sign_in("The owner").status_code == 403
    assert browser.socket(f"{W}/studio/socket") == (False, 1008)


def test_a_form_elsewhere_that_names_no_origin_is_refused_by_what_the_browser_adds(team: Team) -> None:
    browser = team.browser("owner")
    answer = browser.ask("GET", f"{W}/summary", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"})
    assert answer.status_code == 403


# roles


def test_another_role_counts_from_the_next_request_on(team: Team) -> None:
    account = team.add("changing role", "owner")
    browser = team.as_account(account)
    assert browser.get(f"{W}/people/invites").status_code == 200
    owner = team.browser("admin")
    owner.ask("PUT", f"{W}/people/members/{account.id}", {"role": "viewer"})
    assert browser.get(f"{W}/people/invites").status_code == 403
    assert browser.get(f"{W}/summary").status_code == 200
    owner.ask("DELETE", f"{W}/people/members/{account.id}")
    assert browser.get(f"{W}/summary").status_code == 404
    assert browser.get("/api/status").json()["workspaces"] == []


def test_an_open_socket_ends_when_what_one_may_do_changes(team: Team) -> None:
    account = team.add("connected", "editor")
    browser, owner = team.as_account(account), team.browser("admin")
    member, room = f"{W}/people/members/{account.id}", f"{W}/studio/socket"
    assert browser.socket_until(room, lambda: owner.ask("PUT", member, {"role": "viewer"})) == 1012
    assert browser.socket_until(room, lambda: owner.ask("DELETE", member)) == 4404
    assert browser.socket(room) == (True, 4404)
    put_member(team.home, "kiosk", account, "editor", "tests")
    there = team.as_account(account)
    assert browser.socket_until(room, lambda: there.post("/api/people/sign-out-everywhere")) == 4401
    assert browser.socket(room) == (True, 4401)


def test_two_workspaces_know_nothing_of_each_other(team: Team) -> None:
    theirs = team.add("neighbour", "owner", "other")
    browser = team.as_account(theirs)
    assert [row["name"] for row in browser.get("/api/status").json()["workspaces"]] == ["other"]
    there, nowhere = browser.get(f"{W}/summary"), browser.get("/api/w/nosuch/summary")
    assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())
    assert "kiosk" not in there.text.lower()
    assert browser.get("/api/w/other/summary").status_code == 200


@pytest.mark.parametrize("host", ["maps.example.org:8765/api/w/other", "maps.example.org:8765?", "maps.example.org:8765#"])
def test_no_host_leads_into_another_workspace(team: Team, host: str) -> None:
    """The address is read from the path alone: a Host that holds a path must not make one's own workspace of another's."""
    browser = team.as_account(team.add(f"with host {host}", "owner", "other"))
    answer = browser.ask("GET", f"{W}/summary", headers={"host": host, "origin": f"http://{host}"})
    assert answer.status_code in (403, 404)
    for path in ("/api/w/other%3F/../kiosk/summary", "/api/w/other%23/summary", "/api/w/kiosk%3F/summary"):
        assert "Kiosk" not in browser.get(path).text


def test_a_workspace_keeps_an_owner(tmp_path: Path) -> None:
    team = Team(tmp_path)
    drop_account(team.home.database(), team.accounts["admin"])
    owner = team.browser("owner")
    mine = f"{W}/people/members/{team.accounts['owner'].id}"
    assert code(owner.ask("PUT", mine, {"role": "viewer"})) == "last_owner"
    assert code(owner.ask("DELETE", mine)) == "last_owner"
    owner.ask("PUT", f"{W}/people/members/{team.accounts['editor'].id}", {"role": "owner"})
    assert owner.ask("PUT", mine, {"role": "viewer"}).status_code == 200


def test_who_makes_a_workspace_owns_it(team: Team) -> None:
    owner = team.browser("owner")
    made = owner.post("/api/workspaces", {"name": "third", "brand": "Third"})
    assert made.status_code == 200, made.text
    assert [(one["name"], one["role"]) for one in owner.get("/api/w/third/people").json()["members"]] == [
        ("Admin", "owner"), ("The owner", "owner"),
    ]  # fmt: skip
    assert team.browser("editor").get("/api/w/third/summary").status_code == 404


def test_what_one_writes_carries_ones_name(team: Team) -> None:
    browser = team.browser("editor")
    draft = browser.get(f"{W}/plan/draft").json()
    plan = {**draft["plan"], "strategy": {**draft["plan"]["strategy"], "message": "Fresh every morning"}}
    saved = browser.ask("PUT", f"{W}/plan/draft", {"plan": plan, "base": draft["base"], "revision": draft["revision"]})
    assert saved.json()["author"] == "The editor"
    owner = team.browser("owner")
    base = owner.get(f"{W}/plan/draft").json()["base"]
    published = owner.post(f"{W}/plan/publish", {"base": base, "note": "by its owner"})
    assert published.json()["author"] == "The owner"


# invitations


def test_an_invitation_is_for_one_person_once(team: Team) -> None:
    owner = team.browser("owner")
    made = owner.post(f"{W}/people/invites", {"role": "editor"}).json()
    assert len(owner.get(f"{W}/people/invites").json()) == 1
    new = Browser(team.app)
    offer = new.post("/api/people/invitation", {"token": made["token"]}).json()
    assert (offer["workspace"], offer["brand"], offer["role"], offer["made_by"]) == ("kiosk", "Kiosk", "editor", "The owner")
    assert code(new.post("/api/people/join", {"token": made["token"], "name": "Nora", "password": "nora"})) == "weak_password"
    given = {"token": made["token"], "name": "Nora", "password": "seven green lamps wait"}
    assert new.post("/api/people/join", given).json()["workspace"] == "kiosk"
    assert new.get(f"{W}/people").json()["role"] == "editor"
    late = Browser(team.app)
    assert code(late.post("/api/people/join", {**given, "name": "Late"})) == "no_such_invite"
    assert find_account(team.home.database(), "Late") is None
    assert owner.get(f"{W}/people/invites").json() == []


def test_who_is_signed_in_joins_without_a_second_account_and_is_never_made_less(team: Team) -> None:
    theirs = team.add("joining", "owner", "other")
    owner = team.browser("owner")
    browser = team.as_account(theirs)
    for role, after in (("commenter", "commenter"), ("viewer", "commenter"), ("editor", "editor")):
        token = owner.post(f"{W}/people/invites", {"role": role}).json()["token"]
        assert browser.post("/api/people/join", {"token": token}).status_code == 200
        assert browser.get(f"{W}/people").json()["role"] == after


def test_an_invitation_is_taken_back_and_expires(team: Team) -> None:
    owner = team.browser("owner")
    made = owner.post(f"{W}/people/invites", {"role": "viewer"}).json()
    owner.ask("DELETE", f"{W}/people/invites/{made['invite']['id']}")
    assert code(Browser(team.app).post("/api/people/invitation", {"token": made["token"]})) == "no_such_invite"

    made = owner.post(f"{W}/people/invites", {"role": "viewer"}).json()
    database = team.home.database()
    row = store.get_row(database, "invite", digest(made["token"]))
    store.put_row(database, "invite", row.id, {**row.document, "expires_at_us": now_us() - 1}, "", row.about)
    assert code(Browser(team.app).post("/api/people/invitation", {"token": made["token"]})) == "no_such_invite"
    assert owner.get(f"{W}/people/invites").json() == []


def test_an_owner_of_one_workspace_cannot_touch_the_invitations_of_another(team: Team) -> None:
    made = team.browser("owner").post(f"{W}/people/invites", {"role": "viewer"}).json()
    theirs = team.add("meddling", "owner", "other")
    browser = team.as_account(theirs)
    assert browser.ask("DELETE", f"/api/w/other/people/invites/{made['invite']['id']}").status_code == 404


def test_an_account_that_is_gone_leaves_nothing_open(team: Team) -> None:
    account = team.add("leaving", "editor")
    browser = team.as_account(account)
    drop_account(team.home.database(), account)
    assert browser.get("/api/status").status_code == 401
    token = open_session(team.home.database(), account.id, "tests")
    browser.jar[("desirelines", "/")] = token
    assert browser.get("/api/status").status_code == 401
    with pytest.raises(NotFound):
        get_account(team.home.database(), account.id)
    assert account.name not in [one["name"] for one in team.browser("owner").get(f"{W}/people").json()["members"]]
