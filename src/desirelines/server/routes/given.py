"""What routes are given: the home, the workspace of the path, the question in the query string."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import HTTPConnection

from desirelines.home import Home
from desirelines.measure import Walk
from desirelines.model.period import Period
from desirelines.server.people import Person
from desirelines.view import Question, View
from desirelines.workspace import Workspace

VersionText = Annotated[str | None, Query(pattern=r"^([0-9]{1,9}|draft)$", description="a number, or `draft`")]


def version_of(text: str | None) -> int | str | None:
    """A version's number, `draft`, or None for the newest."""
    return text if text is None or text == "draft" else int(text)


def home(connection: HTTPConnection) -> Home:
    """The folder of workspaces this server serves."""
    found: Home = connection.app.state.home
    return found


TheHome = Annotated[Home, Depends(home)]


def person(connection: HTTPConnection) -> Person:
    """Who asks, as the door let them in."""
    found: Person = connection.state.person
    return found


ThePerson = Annotated[Person, Depends(person)]


def workspace(w: str, home: TheHome) -> Workspace:
    """The workspace the path names."""
    return home.open(w)


TheWorkspace = Annotated[Workspace, Depends(workspace)]


def question(
    journey: Annotated[str | None, Query(max_length=64)] = None,
    first_on: date | None = None,
    last_on: date | None = None,
    segment: Annotated[str, Query(max_length=2000)] = "",
    version: VersionText = None,
    in_force: Annotated[bool, Query(description="only journeys that began while this version was in force")] = False,
) -> Question:
    """Which journey, period, segment and plan version are meant."""
    return Question(journey, Period(first_on, last_on), segment, version_of(version), in_force)


TheQuestion = Annotated[Question, Depends(question)]


def walk(walk: Annotated[Walk, Query()]) -> Walk:
    """What a step is, whose journeys, cut where, with which events."""
    return walk


TheWalk = Annotated[Walk, Depends(walk)]


def view(workspace: TheWorkspace, question: TheQuestion) -> View:
    """The workspace as it is now, seen with the plan version asked for."""
    return workspace.view(question.version)


TheView = Annotated[View, Depends(view)]
