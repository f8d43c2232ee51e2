"""Who asks, and how much they may do in a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from desirelines.errors import NotFound, SignIn

Role = Literal["viewer", "commenter", "editor", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most; each may do what those before it may."""


@dataclass(frozen=True)
class Person:
    """Who asks here. `id` is the account's; "" in single-person mode; `guest:…` for a guest.

    `role` is the one in the workspace that is asked about; where none is, `owner` for who may make workspaces, else `viewer`.
    `guest_of`: the id of the one planned journey that a guest may see; None for everybody else.
    """

    id: str
    name: str
    role: Role
    guest_of: str | None = None

    def may(self, role: Role) -> bool:
        """True when this person may do what that role may."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def may_do(self) -> Literal["view", "comment", "edit"]:
        """In the words of the socket."""
        return "edit" if self.may("editor") else "comment" if self.may("commenter") else "view"

    def only(self, about: str) -> None:
        """Refuse a guest what is not about their own map (`map:<journey>`). Raises NotFound, as if it were not there."""
        if self.guest_of is not None and about != f"map:{self.guest_of}":
            raise NotFound("there is nothing here that your link opens")


def unsigned() -> SignIn:
    """What whoever is not signed in is told."""
    return SignIn("sign in first", hint="the page /sign-in asks for name and password")
