"""What each route needs, in one table. A route that is not in it needs `viewer` to read and `editor` for all else.

A test walks every route of the app and asks that it stands here, so that nobody forgets to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from starlette.routing import compile_path

from desirelines.server.people.person import Role
from desirelines.server.people.table import TABLE

Need = Literal["anybody", "account", "creator"] | Role
"""`account`: whoever is signed in. `creator`: who owns a workspace or the server. The rest: a role in the workspace."""
STRICTNESS: tuple[Need, ...] = ("anybody", "account", "creator", *get_args(Role))

_IN_WORKSPACE = re.compile(r"/api/w/([^/]+)(?:/|\Z)")


@dataclass(frozen=True)
class Right:
    """What a route needs, and whether guests may ask it."""

    need: Need
    method: str
    path: str
    guests: bool


def _read(table: str) -> tuple[Right, ...]:
    rows = [line.split() for line in table.splitlines() if line.strip()]
    return tuple(Right(_need(need.rstrip("+")), method, path, need.endswith("+")) for need, method, path in rows)


def _need(word: str) -> Need:
    found: Need = STRICTNESS[STRICTNESS.index(word)]
    return found


RIGHTS: tuple[Right, ...] = _read(TABLE)
_PATTERNS = tuple((row, compile_path(row.path)[0]) for row in RIGHTS)


def right_of(method: str, path: str) -> Right:
    """What a request needs: the strictest of the rows that fit, so that no order of routes can open a door.

    A socket is asked for with GET. What is in no row is a reader's or an editor's, never a guest's; a path that is no
    address of ours needs nothing, for there is only the page that says so.
    """
    asked = "GET" if method == "HEAD" else method
    found = [row for row, pattern in _PATTERNS if row.method == asked and pattern.match(path)]
    if found:
        return max(found, key=lambda row: (STRICTNESS.index(row.need), not row.guests))
    if not path.startswith("/api/"):
        return Right("anybody", asked, path, False)
    inside = workspace_of(path) is not None
    return Right("account" if not inside else "viewer" if asked == "GET" else "editor", asked, path, False)


def workspace_of(path: str) -> str | None:
    """The workspace that an address is in."""
    found = _IN_WORKSPACE.match(path)
    return found[1] if found else None
