"""Sessions: a random token in the browser's cookie, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from desirelines import store
from desirelines.errors import NotFound
from desirelines.store import Database, Row

SESSION = "session"
SECOND = 1_000_000
IDLE_US = 7 * 86_400 * SECOND
"""A session that nobody uses ends after a week,"""
WHOLE_US = 30 * 86_400 * SECOND
"""and every session after thirty days."""
SEEN_US = 300 * SECOND
"""So seldom it is written down that a session was used."""
SHOWN = 16
"""Characters of a session's id that its owner sees."""


@dataclass(frozen=True)
class Session:
    """Someone signed in with some browser. Times are microseconds since 1970 UTC."""

    id: str
    account: str
    agent: str
    made_at_us: int
    seen_at_us: int


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def open_session(database: Database, account_id: str, agent: str) -> str:
    """Begin a session; answers its token. What has expired of this account is forgotten on the way."""
    token, now = new_token(), store.now_us()
    with store.turn(database) as turn:
        for row in turn.list(SESSION, account_id):
            if _over(_session(row), now):
                turn.drop(SESSION, row.id)
        turn.put(SESSION, digest(token), {"agent": agent, "seen_at_us": now}, "", account_id)
    return token


def session_of(database: Database, token: str) -> Session | None:
    """The session of a token, if it still holds; it is noted that it was used."""
    try:
        row = store.get_row(database, SESSION, digest(token))
    except NotFound:
        return None
    session, now = _session(row), store.now_us()
    if _over(session, now):
        return None
    if now - session.seen_at_us > SEEN_US:
        with store.turn(database) as turn:
            if turn.get(SESSION, row.id) is not None:  # it may have been ended meanwhile
                turn.put(SESSION, row.id, {**row.document, "seen_at_us": now}, "", session.account)
    return session


def list_sessions(database: Database, account_id: str) -> list[Session]:
    """Those that still hold, the latest used first."""
    now = store.now_us()
    found = [_session(row) for row in store.list_rows(database, SESSION, account_id)]
    return sorted((one for one in found if not _over(one, now)), key=lambda one: -one.seen_at_us)


def end_session(database: Database, session_id: str) -> None:
    """Sign out."""
    store.drop_row(database, SESSION, session_id)


def end_sessions(database: Database, account_id: str, but: str = "") -> int:
    """Sign out everywhere, `but` for one session; answers how many ended."""
    with store.turn(database) as turn:
        ended = [row.id for row in turn.list(SESSION, account_id) if row.id != but]
        for session_id in ended:
            turn.drop(SESSION, session_id)
    return len(ended)


def _over(session: Session, now: int) -> bool:
    return now - session.seen_at_us > IDLE_US or now - session.made_at_us > WHOLE_US


def _session(row: Row) -> Session:
    return Session(row.id, row.about, row.document["agent"], row.made_at_us, row.document["seen_at_us"])
