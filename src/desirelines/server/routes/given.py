"""What routes are given: the home, the workspace of the path, the question in the query string."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request

from desirelines.errors import BadInput
from desirelines.home import Home
from desirelines.model.period import Period
from desirelines.view import Question, View
from desirelines.workspace import Workspace


def home(request: Request) -> Home:
    """The folder of workspaces this server serves."""
    found: Home = request.app.state.home
    return found


TheHome = Annotated[Home, Depends(home)]


def workspace(w: str, home: TheHome) -> Workspace:
    """The workspace the path names."""
    return home.open(w)


TheWorkspace = Annotated[Workspace, Depends(workspace)]


def question(
    journey: Annotated[str | None, Query(max_length=64)] = None,
    first_on: date | None = None,
    last_on: date | None = None,
    segment: Annotated[str, Query(max_length=2000)] = "",
    version: Annotated[str | None, Query(pattern="^([0-9]+|draft)$")] = None,
) -> Question:
    """Which journey, period, segment and plan version are meant."""
    if first_on and last_on and first_on > last_on:
        raise BadInput("the period ends before it begins", hint="give first_on and last_on as days, the earlier first")
    number = None if version is None else version if version == "draft" else int(version)
    return Question(journey, Period(first_on, last_on), segment, number)


TheQuestion = Annotated[Question, Depends(question)]


def view(workspace: TheWorkspace, question: TheQuestion) -> View:
    """The workspace as it is now, seen with the plan version asked for."""
    return workspace.view(question.version)


TheView = Annotated[View, Depends(view)]
