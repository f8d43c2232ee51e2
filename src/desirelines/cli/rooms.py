"""The rooms of the terminal: their names and words are known at once, their commands are loaded when one is called."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.main import get_command


@dataclass(frozen=True)
class Given:
    """What stands before the command."""

    home: Path | None = None
    workspace: str | None = None


@dataclass(frozen=True)
class Room:
    """Where a command or a group of commands is: a module of this package that has an `app`."""

    module: str
    words: str
    hidden: bool = False


ROOMS: Mapping[str, Room] = {
    "init": Room("start", "Make a workspace for a brand."),
    "status": Room("start", "The workspaces and what they hold."),
    "demo": Room("start", "Load a demo."),
    "serve": Room("serving", "Serve the pages on this machine."),
    "keeper": Room("serving", "The process beside the server that does the long work.", hidden=True),
    "account": Room("account", "Who may sign in, and as what: add, list, password, remove, role."),
    "plan": Room("plan", "What the brand intends: import, check, publish, diff, export; take, bring."),
    "collect": Room("collect", "How interactions come in: guess, preview, import, refused, repair, export."),
    "identify": Room("identify", "Whose the events are: people, held values."),
    "trace": Room("trace", "The journeys as they happened: variants, transitions, customers, a story."),
    "map": Room("map", "Both on one map: show, unclaimed events, desire lines."),
    "measure": Room("measure", "Numbers, each with its count and interval: cockpit, promises."),
    "explain": Room("explain", "Why: what to know, what drives, what differs, what an experiment caused."),
}


def load(name: str) -> Any:
    """The command or group of that name, with all that it needs."""
    room = ROOMS[name]
    loaded = get_command(_module(f"desirelines.cli.{room.module}").app)
    found = loaded if room.module == name else getattr(loaded, "commands")[name]  # noqa: B009 - typer hides its base class
    found.name = name
    return found


def _module(name: str) -> Any:
    """Loaded without looking for garbage in between, which takes a tenth of the time and finds nothing: modules stay."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.enable()


class Rooms(TyperGroup):
    """A group that loads a room when it is entered, so that `--help` and `--version` cost nothing."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, room in ROOMS.items():
            self.commands[name] = TyperCommand(name, help=room.words, hidden=room.hidden)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is called, loaded."""
        if args and args[0] in ROOMS:
            self.commands[args[0]] = load(args[0])
        return super().resolve_command(ctx, args)
