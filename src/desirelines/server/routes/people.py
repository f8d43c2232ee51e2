"""People of a workspace: members and their roles, invitations, guests and what they may read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from desirelines.desk import instant
from desirelines.errors import BadInput, DesirelinesError, NotFound
from desirelines.model.hint import nearest
from desirelines.plan import Plan
from desirelines.server.people import changed, guest_cookie
from desirelines.server.people.accounts import get_account
from desirelines.server.people.invites import Invite, drop_invite, list_invites, make_invite
from desirelines.server.people.links import Link, come, drop_link, gone, guest_name, link_with, list_links, make_link
from desirelines.server.people.members import drop_member, list_members, put_member
from desirelines.server.people.nouns import (
    GuestOrder,
    InviteMade,
    InviteRow,
    Legend,
    LinkMade,
    LinkOrder,
    LinkRow,
    MemberRow,
    People,
    RoleOrder,
)  # fmt: skip
from desirelines.server.routes.given import TheHome, ThePerson, TheWorkspace
from desirelines.store import now_us
from desirelines.studio import legend
from desirelines.workspace import Workspace

router = APIRouter(prefix="/api/w/{w}", tags=["people"])
RowId = Annotated[str, Path(max_length=64)]


@router.get("/people")
def people(request: Request, home: TheHome, workspace: TheWorkspace, person: ThePerson) -> People:
    """Who may enter this workspace, and as what."""
    signs = request.app.state.settings.sign_in
    rows = [MemberRow(**vars(one)) for one in list_members(home, workspace.name)] if signs else []
    return People(sign_in=signs, you=person.id, name=person.name, role=person.role, members=rows)


@router.put("/people/members/{account}")
def set_role(
    request: Request, home: TheHome, workspace: TheWorkspace, person: ThePerson, account: RowId, given: RoleOrder
) -> People:
    """Give somebody who is here another role. Who is not here is invited."""
    found = next((one for one in list_members(home, workspace.name) if one.id == account), None)
    if found is None:
        raise NotFound("nobody of that id has a role here", hint="invite them")
    if found.of_server:
        raise BadInput("an owner of the server is an owner everywhere", hint="desirelines account remove takes that away")
    put_member(home, workspace.name, get_account(home.database(), account), given.role, person.name)
    changed(request.app)
    return people(request, home, workspace, person)


@router.delete("/people/members/{account}")
def remove(request: Request, home: TheHome, workspace: TheWorkspace, person: ThePerson, account: RowId) -> People:
    """Take somebody's role away: they see this workspace no more."""
    drop_member(home, workspace.name, account)
    changed(request.app)
    return people(request, home, workspace, person)


@router.get("/people/invites")
def invites(home: TheHome, workspace: TheWorkspace) -> list[InviteRow]:
    """Invitations that nobody has taken yet."""
    return [_invite(one) for one in list_invites(home.database(), workspace.name)]


@router.post("/people/invites")
def invite(home: TheHome, workspace: TheWorkspace, person: ThePerson, given: RoleOrder) -> InviteMade:
    """A link for one person, for a week. It is told this once."""
    token, made = make_invite(home.database(), workspace.name, given.role, person.name)
    return InviteMade(token=token, invite=_invite(made))


@router.delete("/people/invites/{invite}")
def take_back(home: TheHome, workspace: TheWorkspace, invite: RowId) -> list[InviteRow]:
    """Take an invitation back."""
    drop_invite(home.database(), workspace.name, invite)
    return invites(home, workspace)


@router.get("/people/guests")
def guests(workspace: TheWorkspace) -> list[LinkRow]:
    """The links for guests, those that have expired too."""
    return [_link(one) for one in list_links(workspace.database)]


@router.post("/people/guests")
def make_guests(workspace: TheWorkspace, person: ThePerson, given: LinkOrder) -> LinkMade:
    """A link that opens one map, to look or to comment. It is told this once."""
    journeys = {one.id: one.name for one in _draft(workspace).journeys}
    if given.journey not in journeys:
        raise NotFound(f"there is no map `{given.journey}`", hint=nearest(given.journey, journeys))
    token, link = make_link(
        workspace.database, given.journey, given.label, given.may, given.figures, given.days, person.name
    )  # fmt: skip
    return LinkMade(token=token, link=_link(link))


@router.delete("/people/guests/{link}")
def revoke(request: Request, workspace: TheWorkspace, link: RowId) -> list[LinkRow]:
    """Revoke a link; whoever came through it is out at once."""
    drop_link(workspace.database, link)
    changed(request.app)
    return guests(workspace)


@router.post("/studio/guest")
def come_in(w: str, request: Request, response: Response, home: TheHome, given: GuestOrder) -> Legend:
    """Come in through a guests' link: a cookie for this workspace's studio alone."""
    try:
        workspace = home.open(w)
    except DesirelinesError:
        raise gone() from None  # a stranger is not told which workspaces there are
    token, link = come(workspace.database, given.token, given.name)
    settings = request.app.state.settings
    left = (link.expires_at_us - now_us()) // 1_000_000
    response.set_cookie(
        guest_cookie(settings), token, max_age=left, path=f"/api/w/{workspace.name}/studio", secure=settings.https, httponly=True,
        samesite="strict",
    )  # fmt: skip
    return _legend(workspace, link, guest_name(given.name))


@router.get("/studio/guest/legend")
def guest_legend(request: Request, workspace: TheWorkspace, person: ThePerson) -> Legend:
    """What a guest reads beside their map: only what it names."""
    token = request.cookies.get(guest_cookie(request.app.state.settings), "")
    return _legend(workspace, link_with(workspace.database, token), person.name)


def _legend(workspace: Workspace, link: Link, name: str) -> Legend:
    plan = legend(_draft(workspace), link.about_journey, link.figures)
    return Legend(
        workspace=workspace.name, brand=plan.brand.name, journey=link.about_journey, name=name, may=link.may,
        figures=link.figures, plan=plan,
    )  # fmt: skip


def _draft(workspace: Workspace) -> Plan:
    return workspace.plan("draft")


def _invite(one: Invite) -> InviteRow:
    return InviteRow(id=one.id, role=one.role, made_by=one.made_by, expires_at=instant(one.expires_at_us))


def _link(one: Link) -> LinkRow:
    return LinkRow(
        id=one.id, label=one.label, journey=one.about_journey, may=one.may, figures=one.figures, made_by=one.made_by,
        made_at=instant(one.made_at_us), expires_at=instant(one.expires_at_us), expired=one.expires_at_us < now_us(),
        came=one.came,
    )  # fmt: skip
