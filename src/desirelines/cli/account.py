"""account: who may sign in, and as what. The first owner of a server is made here."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from desirelines.cli.given import AsJson, home_of, workspace_of
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import say
from desirelines.desk import instant
from desirelines.errors import BadInput
from desirelines.home import Home
from desirelines.server import people

app = typer.Typer(no_args_is_help=True, help="Who may sign in, and as what: add, list, password, remove, role.")

Name = Annotated[str, typer.Argument(help="the account's name")]


@app.command("add")
def add(
    context: typer.Context,
    name: Name,
    owner: Annotated[bool, typer.Option("--owner", help="owns the server, and so every workspace")] = False,
    as_json: AsJson = False,
) -> None:
    """Make an account. The password is asked for, or read from standard input; never an argument."""
    home = home_of(context)
    words = people.tidy(name)
    account = people.add_account(home.database(), words, people.hash_password(_new_password(words)), owner)
    if as_json:
        say_json(_row(home, account))
        return
    say(f"{account.name} can sign in{' and owns the server' if owner else ''}.")
    if not owner:
        say(f"Next: desirelines --workspace NAME account role '{account.name}' editor")


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """All accounts with their roles."""
    home = home_of(context)
    rows = [_row(home, account) for account in people.list_accounts(home.database())]
    if as_json:
        say_json(rows)
        return
    if not rows:
        say("Nobody yet. Make the first: desirelines account add NAME --owner")
        return
    table(
        ["name", "made", "roles"],
        [[row["name"], row["made_at"], "owns the server" if row["owner"] else _spelled(row["roles"])] for row in rows],
    )


@app.command("password")
def password(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Give an account another password; everywhere it is signed in ends."""
    home = home_of(context)
    account = people.account_named(home.database(), name)
    ended = people.set_password(home, account, people.hash_password(_new_password(account.name)))
    if as_json:
        say_json({"id": account.id, "name": account.name, "ended": ended})
        return
    say(f"{account.name} has another password; sessions ended: {ended}.")


@app.command("remove")
def remove(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Forget an account, its sessions and its roles. What it wrote stays, under its name."""
    home = home_of(context)
    account = people.account_named(home.database(), name)
    people.drop_account(home.database(), account)
    people.end_sessions(home.database(), account.id)
    people.leave_all(home, account.id)
    if as_json:
        say_json({"id": account.id, "name": account.name})
        return
    say(f"{account.name} cannot sign in any more.")


@app.command("role")
def role(
    context: typer.Context,
    name: Name,
    role: Annotated[str, typer.Argument(help="viewer, commenter, editor, owner, or none")],
    as_json: AsJson = False,
) -> None:
    """Give an account a role in a workspace (put --workspace before the command), or take it away with `none`."""
    home, workspace = home_of(context), workspace_of(context)
    account = people.account_named(home.database(), name)
    if account.owner:
        raise BadInput(f"{account.name} owns the server, and so every workspace")
    if role == "none":
        people.drop_member(home, workspace.name, account.id)
    else:
        people.put_member(home, workspace.name, account, people.read_role(role), workspace.author)
    if as_json:
        say_json(_row(home, account))
    elif role == "none":
        say(f"{account.name} has no role in {workspace.name} any more.")
    else:
        say(f"{account.name} is {role} in {workspace.name}.")


def _new_password(name: str) -> str:
    """Asked twice without showing it; or the first line of what is piped in."""
    if sys.stdin.isatty():
        found = getpass.getpass(f"Password for {name}: ")
        people.check_password(found, name)
        if getpass.getpass("The same again: ") != found:
            raise BadInput("the two passwords differ")
        return found
    found = sys.stdin.readline().rstrip("\r\n")
    people.check_password(found, name)
    return found


def _row(home: Home, account: people.Account) -> dict[str, object]:
    roles = {name: found for name in home.names() if (found := people.role_in(home, name, account))}
    return {
        "id": account.id, "name": account.name, "owner": account.owner, "made_at": instant(account.made_at_us), "roles": roles,
    }  # fmt: skip


def _spelled(roles: object) -> str:
    return ", ".join(f"{role} in {name}" for name, role in roles.items()) if isinstance(roles, dict) and roles else "none yet"
