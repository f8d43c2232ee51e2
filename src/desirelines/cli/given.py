"""Options that many commands share, and what they open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from desirelines.cli.rooms import Given
from desirelines.errors import BadInput, NotFound
from desirelines.home import Home
from desirelines.measure import Walk, read_ask
from desirelines.model.period import Period
from desirelines.settings import Settings, load
from desirelines.view import Question
from desirelines.workspace import Workspace

AsJson = Annotated[bool, typer.Option("--json", help="answer as one JSON document")]
JourneyId = Annotated[str | None, typer.Option("--journey", help="the planned journey's id; default: the first")]
FirstOn = Annotated[str | None, typer.Option("--from", help="first day of the period, such as 2017-10-01")]
LastOn = Annotated[str | None, typer.Option("--to", help="last day of the period, included")]
SegmentRule = Annotated[str, typer.Option("--segment", help='who is meant, such as "trait:state=SP; did:Order Delivered"')]
InForce = Annotated[bool, typer.Option("--in-force", help="only journeys that began while that version was in force")]
PlanVersion = Annotated[str | None, typer.Option("--version", help="the plan's version, or draft; default: the newest")]
Level = Annotated[str, typer.Option(help="what a step is: event, touchpoint, channel or source")]
Subject = Annotated[str, typer.Option(help="customer, or a kind of object such as order")]
Gap = Annotated[str, typer.Option(help="a silence longer than this ends a journey, such as 30m")]
Starts = Annotated[str, typer.Option(help="a journey begins only at these steps, parted by |")]
Ends = Annotated[str, typer.Option(help="a journey ends at these steps, parted by |")]
Where = Annotated[str, typer.Option(help='only such events, as in "channel:web; text:device=phone"')]


def settings_of(context: typer.Context) -> Settings:
    """The settings, with `--home` over the environment."""
    given: Given = context.obj or Given()
    settings = load()
    return replace(settings, home=given.home) if given.home else settings


def home_of(context: typer.Context) -> Home:
    """The folder of workspaces."""
    settings = settings_of(context)
    return Home(settings.home, settings)


def workspace_of(context: typer.Context) -> Workspace:
    """The workspace named by `--workspace`, or the only one there is."""
    home = home_of(context)
    given: Given = context.obj or Given()
    if given.workspace:
        return home.open(given.workspace)
    names = home.names()
    if not names:
        raise NotFound(f"no workspace in {home.folder}", hint="make one: desirelines init NAME --brand 'Your brand'")
    if len(names) > 1:
        raise BadInput("which workspace is meant?", hint=f"put --workspace before the command: {', '.join(names)}")
    return home.open(names[0])


def day(text: str | None, name: str) -> date | None:
    """A day from an option."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"{name} {text} is not a day", hint="write it as 2017-10-01") from error


def version_of(text: str | None) -> int | str | None:
    """A version's number, `draft`, or None for the newest."""
    if text is None or text == "draft":
        return text
    if not (text.isdecimal() and text.isascii() and len(text) < 10):
        raise BadInput(f"{text} is no version of the plan", hint="a number, or draft")
    return int(text)


def question_of(
    journey: str | None, first_on: str | None, last_on: str | None, segment: str, version: str | None = None
) -> Question:
    """Which journey, period, segment and version are meant."""
    return Question(journey, Period(day(first_on, "--from"), day(last_on, "--to")), segment, version_of(version))


def walk_of(level: str, subject: str, gap: str, starts: str, ends: str, where: str) -> Walk:
    """How journeys are looked at. Raises BadInput."""
    return read_ask(Walk, {"level": level, "subject": subject, "gap": gap, "starts": starts, "ends": ends, "where": where})
