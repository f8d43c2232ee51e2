"""Guests: a link opens one map of one workspace, to look or to comment, until it expires or is revoked.

Rows `guest` are the links, rows `guest-session` those who came through one; of both tokens only the SHA-256 is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desirelines import store
from desirelines.errors import BadInput, NotFound
from desirelines.server.people.accounts import tidy
from desirelines.server.people.person import Person, Role
from desirelines.server.people.sessions import SHOWN, digest, new_token
from desirelines.store import Database, Row

GUEST, CAME = "guest", "guest-session"
MOST_CAME = 200
"""So many may have come through one link; beyond, those who came first must open it again."""
DAY_US = 86_400 * 1_000_000
LONGEST_DAYS = 365
May = Literal["view", "comment"]


@dataclass(frozen=True)
class Link:
    """A guests' link. `about_journey`: the one planned journey it opens. Times are microseconds since 1970 UTC."""

    id: str
    label: str
    about_journey: str
    may: May
    figures: bool
    expires_at_us: int
    made_by: str
    made_at_us: int
    came: int


def make_link(database: Database, journey: str, label: str, may: May, figures: bool, days: int, author: str) -> tuple[str, Link]:
    """A new link: its token, told this once, and what is kept of it. Raises BadInput."""
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(f"a link holds for 1 to {LONGEST_DAYS} days")
    token = new_token()
    expires = store.now_us() + days * DAY_US
    document = {"label": tidy(label), "may": may, "figures": figures, "expires_at_us": expires}
    row = store.put_row(database, GUEST, digest(token), document, author, f"map:{journey}")
    return token, _link(row, 0)


def list_links(database: Database) -> list[Link]:
    """All links, those that have expired too, and how many came through each."""
    return [_link(row, len(store.list_rows(database, CAME, row.id))) for row in store.list_rows(database, GUEST)]


def drop_link(database: Database, shown: str) -> None:
    """Revoke the link of this id, as it is shown; whoever came through it is out. Raises NotFound."""
    found = [row.id for row in store.list_rows(database, GUEST) if row.id[:SHOWN] == shown]
    if not found:
        raise NotFound("there is no such link")
    with store.turn(database) as turn:
        for row in turn.list(CAME, found[0]):
            turn.drop(CAME, row.id)
        turn.drop(GUEST, found[0])


def come(database: Database, token: str, name: str) -> tuple[str, Link]:
    """Come in through a link under a name one gives oneself: the token for the cookie, and the link. Raises NotFound."""
    words, mine = tidy(name), new_token()
    with store.turn(database) as turn:
        row = turn.get(GUEST, digest(token))
        if row is None or row.document["expires_at_us"] < store.now_us():
            raise gone()
        came = turn.list(CAME, row.id)
        for old in came[: max(0, len(came) - MOST_CAME + 1)]:
            turn.drop(CAME, old.id)
        turn.put(CAME, digest(mine), {"name": words}, words, row.id)
    return mine, _link(row, len(came) + 1)


def guest_with(database: Database, token: str) -> Person | None:
    """The guest with this cookie, if their link still holds."""
    found = _came(database, token)
    if found is None:
        return None
    link, row = found
    role: Role = "commenter" if link.may == "comment" else "viewer"
    return Person(f"guest:{row.id[:SHOWN]}", guest_name(row.document["name"]), role, link.about_journey)


def link_with(database: Database, token: str) -> Link:
    """The link that this cookie came through. Raises NotFound."""
    found = _came(database, token)
    if found is None:
        raise gone()
    return found[0]


def gone() -> NotFound:
    """What is said of a link that expired, was revoked or never was."""
    return NotFound("this link does not hold any more", hint="ask who sent it for a new one", code="no_such_link")


def guest_name(name: str) -> str:
    """A guest's name always says that they are one."""
    return f"{tidy(name)} (guest)"


def _came(database: Database, token: str) -> tuple[Link, Row] | None:
    try:
        row = store.get_row(database, CAME, digest(token))
        link = _link(store.get_row(database, GUEST, row.about), 0)
    except NotFound:
        return None
    return (link, row) if link.expires_at_us >= store.now_us() else None


def _link(row: Row, came: int) -> Link:
    given = row.document
    return Link(
        row.id[:SHOWN], given["label"], row.about.removeprefix("map:"), "comment" if given["may"] == "comment" else "view",
        bool(given["figures"]), given["expires_at_us"], row.author, row.made_at_us, came,
    )  # fmt: skip
