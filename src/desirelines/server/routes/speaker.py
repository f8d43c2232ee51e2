"""Who speaks in the studio: the person at the door, or one of several behind the same door."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request

from desirelines.server.people.members import list_members
from desirelines.server.rooms import notify
from desirelines.server.routes.given import TheHome, ThePerson, TheWorkspace
from desirelines.studio import talking

Session = Annotated[
    str,
    Header(
        alias="desirelines-session",
        pattern=r"^[A-Za-z0-9_-]{0,64}$",
        description="a secret of this browser, by which people are told apart where nobody signs in",
    ),
]


def speaker(workspace: TheWorkspace, person: ThePerson, session: Session = "") -> talking.Speaker:
    """Who signed in, or came by a link, is known. Where nobody signs in, each browser is somebody, by the name given there."""
    edits = person.may("editor")
    if person.id or not session:
        return talking.Speaker(person.id or "here", person.name, edits, person.guest_of)
    found = talking.session_id(session)
    return talking.Speaker(found, talking.named(workspace.database, found) or person.name, edits)


TheSpeaker = Annotated[talking.Speaker, Depends(speaker)]


def known(w: str, home: TheHome, workspace: TheWorkspace, speaker: TheSpeaker) -> dict[str, str]:
    """Whom one may mention, by id."""
    members = {one.id: one.name for one in list_members(home, w)} if home.settings.sign_in else {}
    return talking.people(workspace.database, members, speaker)


Known = Annotated[dict[str, str], Depends(known)]


class Notices:
    """Tells open browsers that rows of a kind are to be read again."""

    def __init__(self, request: Request, w: str) -> None:
        self._app, self._w = request.app, w

    def tell(self, about: str, row_id: str, journey: str) -> None:
        """`about`: comments, suggestions, answers, workshop. Guests of other maps are not told."""
        notify(self._app, self._w, {"about": about, "id": row_id, "map": journey})


TheNotices = Annotated[Notices, Depends(Notices)]
