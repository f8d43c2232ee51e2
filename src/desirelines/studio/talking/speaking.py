"""Who speaks, whom one may mention, and whom a text mentions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from desirelines import store
from desirelines.errors import BadInput, NotAllowed, NotFound

LONGEST_NAME = 60


@dataclass(frozen=True)
class Speaker:
    """Someone who says something. `id` may be known to all: what proves it (a session) stays in their browser.

    `guest_of`: the journey whose map a link let them to; None: a member.
    """

    id: str
    name: str
    edits: bool = False
    guest_of: str | None = None


def digest(*parts: str) -> str:
    """An id that nobody can guess the parts from and that is the same every time."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def session_id(session: str) -> str:
    """Who speaks from a browser where nobody signed in; does not give the session away."""
    return f"s-{digest('speaker', session)[:20]}"


def name_speaker(database: store.Database, speaker_id: str, name: str) -> str:
    """Remember how someone who did not sign in wants to be called. Raises BadInput."""
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME:
        raise BadInput(f"a name has 1 to {LONGEST_NAME} characters")
    store.put_row(database, "speaker", speaker_id, {"name": words}, words)
    return words


def named(database: store.Database, speaker_id: str) -> str:
    """The name someone gave; empty: none yet."""
    try:
        return str(store.get_row(database, "speaker", speaker_id).document["name"])
    except NotFound:
        return ""


def given_names(database: store.Database) -> dict[str, str]:
    """What everybody who did not sign in is called now, by id."""
    return {row.id: str(row.document["name"]) for row in store.list_rows(database, "speaker")}


def people(database: store.Database, members: Mapping[str, str], speaker: Speaker) -> dict[str, str]:
    """Whom one may mention, by id: members, who gave a name, guests who spoke. Guests see who spoke on their map, and no more."""
    about = None if speaker.guest_of is None else f"map:{speaker.guest_of}"
    spoke = {str(row.document["account"]): row.author for row in store.list_rows(database, "comment", about)}
    given = given_names(database)
    if speaker.guest_of is not None:
        known = {one: given.get(one, name) for one, name in spoke.items()}
    else:
        known = {**{one: name for one, name in spoke.items() if one.startswith("guest:")}, **given, **members}
    return {**known, speaker.id: speaker.name} if speaker.name else known


def mentioned(text: str, known: Mapping[str, str]) -> list[str]:
    """The ids of those whose name stands behind an `@`; the longest name that fits counts."""
    low, found = text.casefold(), []
    names = sorted({name for name in known.values() if name}, key=len, reverse=True)
    for at, sign in enumerate(low):
        if sign != "@" or (at and low[at - 1].isalnum()):
            continue
        for name in names:
            end = at + 1 + len(name)
            if low.startswith(name.casefold(), at + 1) and not low[end : end + 1].isalnum():
                found.append(name)
                break
    return [one for one, name in known.items() if name in found]


def may_hear(speaker: Speaker, journey: str) -> None:
    """A guest hears of one map only. Raises NotAllowed."""
    if speaker.guest_of is not None and speaker.guest_of != journey:
        raise NotAllowed("your link leads to another map", hint=f"it is about `{speaker.guest_of}`")


def plain(text: str, longest: int, what: str) -> str:
    """Text with line breaks and no other signs that cannot be seen. Raises BadInput when nothing is left, or too much."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    clean = "\n".join("".join(sign for sign in line if sign.isprintable() or sign == "\t").rstrip() for line in lines).strip()
    if not clean:
        raise BadInput(f"{what} needs some words")
    if len(clean) > longest:
        raise BadInput(f"{what} has at most {longest:,} characters, this one has {len(clean):,}")
    return clean


def instant(us: int) -> str:
    """Microseconds since 1970 as ISO text in UTC, to the millisecond."""
    return datetime.fromtimestamp(us / 1e6, tz=UTC).isoformat(timespec="milliseconds")
