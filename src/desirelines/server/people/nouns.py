"""What the API takes and gives about people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from desirelines.plan import Plan
from desirelines.server.nouns import Shape
from desirelines.server.people.person import Role

GivenName = Annotated[str, Field(min_length=1, max_length=80)]
GivenPassword = Annotated[str, Field(min_length=1, max_length=1000)]
Token = Annotated[str, Field(min_length=1, max_length=200)]


class Me(Shape):
    """Who one is. `sign_in`: whether people sign in here at all; `id` is "" where they do not, and where nobody is signed in."""

    sign_in: bool
    id: str
    name: str
    owner: bool
    """Owns the server, and so every workspace."""
    may_create: bool


class SignInOrder(Shape):
    name: GivenName
    password: GivenPassword


class PasswordOrder(Shape):
    old: GivenPassword
    new: GivenPassword


class SessionRow(Shape):
    id: str
    agent: str
    here: bool
    """The one that asks."""
    made_at: str
    seen_at: str


class InviteToken(Shape):
    token: Token


class InviteOffer(Shape):
    workspace: str
    brand: str
    role: Role
    made_by: str


class JoinOrder(Shape):
    """`name` and `password` make an account; whoever is signed in gives neither."""

    token: Token
    name: str = Field(default="", max_length=80)
    password: str = Field(default="", max_length=1000)


class Joined(Shape):
    workspace: str
    me: Me


class MemberRow(Shape):
    id: str
    name: str
    role: Role
    of_server: bool
    """Owns the server: an owner in every workspace."""


class People(Shape):
    """Who may enter this workspace. `you`: the id of who asks; `role`: theirs."""

    sign_in: bool
    you: str
    name: str
    role: Role
    members: list[MemberRow]


class RoleOrder(Shape):
    role: Role


class InviteRow(Shape):
    id: str
    role: Role
    made_by: str
    expires_at: str


class InviteMade(Shape):
    """The token is told this once; the address is `/join#` and the token."""

    token: str
    invite: InviteRow


class LinkRow(Shape):
    id: str
    label: str
    journey: str
    may: Literal["view", "comment"]
    figures: bool
    made_by: str
    made_at: str
    expires_at: str
    expired: bool
    came: int
    """How many came through it."""


class LinkOrder(Shape):
    label: GivenName
    journey: str = Field(max_length=64)
    may: Literal["view", "comment"] = "view"
    figures: bool = False
    days: int = Field(default=14, ge=1, le=365)


class LinkMade(Shape):
    """The token is told this once; the address is `/g/`, the workspace, `#` and the token."""

    token: str
    link: LinkRow


class GuestOrder(Shape):
    token: Token
    name: GivenName


class Legend(Shape):
    """What a guest reads beside their map: names, so that the map's ids say something."""

    workspace: str
    brand: str
    journey: str
    name: str
    """The guest's own."""
    may: Literal["view", "comment"]
    figures: bool
    plan: Plan
