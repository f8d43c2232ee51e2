"""Begin where one stands: the list of maps, challenges, templates, what a map covers, one promise for ninety days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request

from desirelines import studio
from desirelines.errors import BadInput
from desirelines.measure import PromiseFigures, Sheet
from desirelines.model.period import Period
from desirelines.plan import in_order
from desirelines.server.rooms import notify
from desirelines.server.routes.given import ThePerson, TheWorkspace
from desirelines.studio import Begun, Challenge, Course, CourseGiven, CourseStands, Coverage, MapRow, MapTemplate, NextStep
from desirelines.view import Question, View
from desirelines.workspace import Workspace

router = APIRouter(prefix="/api/w/{w}/studio", tags=["studio"])

JourneyId = Annotated[str | None, Query(max_length=64, description="the planned journey; default: the whole plan")]
Name = Annotated[str | None, Query(max_length=64)]
CourseId = Annotated[str, Path(pattern="^[0-9a-f]{1,32}$")]


@dataclass(frozen=True)
class Beginnings:
    """What one can begin from. `has_data`: whether a challenge can be filled from one's own."""

    challenges: tuple[Challenge, ...]
    templates: tuple[MapTemplate, ...]
    has_data: bool


@dataclass(frozen=True)
class Courses:
    """`now`: how the running one stands; None: none runs. `next`: what to set out with. `past`: the latest first."""

    now: CourseStands | None
    next: tuple[NextStep, ...]
    past: tuple[Course, ...]


@router.get("/maps")
def maps(workspace: TheWorkspace) -> list[MapRow]:
    """Every map of the draft: size, last change, how much of it is measured, what shouts on it."""
    view = workspace.view()
    published = workspace.plan() if workspace.plan_number() else None
    changed = studio.last_changes(workspace.database)
    beside = _sheet(view, None)
    return list(studio.maps(workspace.plan("draft"), published, lambda journey: _sheet(view, journey), changed, beside))


@router.get("/beginnings")
def beginnings(workspace: TheWorkspace) -> Beginnings:
    """Challenges and templates."""
    return Beginnings(studio.CHALLENGES, studio.map_templates(), workspace.view().snapshot.count("events") > 0)


@router.get("/begin")
def begin(workspace: TheWorkspace, challenge: Name = None, template: Name = None) -> Begun:
    """A map from a challenge or a template, with ids that are free in the draft; nothing is saved."""
    if (challenge is None) == (template is None):
        raise BadInput("say one of challenge and template", hint="challenge=no-return, or template=complaint")
    view = workspace.view()
    lived = studio.Lived(view.facts, view.snapshot, view.plan, view.number, view.matched)
    draft = workspace.plan("draft")
    if challenge is not None:
        return studio.begin_challenge(challenge, lived, draft)
    return studio.begin_template(template or "", lived, draft)


@router.get("/coverage")
def coverage(workspace: TheWorkspace, journey: JourneyId = None) -> Coverage:
    """What a map of the draft covers: phases, kinds of contact point, purposes, experiences useful or mere messages."""
    view = workspace.view()
    return studio.coverage(workspace.plan("draft"), journey, _sheet(view, None))


@router.get("/courses")
def courses(workspace: TheWorkspace) -> Courses:
    """One journey, one promise, ninety days: how it stands, and what could come next."""
    return _courses(workspace)


@router.post("/courses")
def set_course(request: Request, workspace: TheWorkspace, person: ThePerson, given: CourseGiven) -> Courses:
    """Set out with a promise; what ran before is dropped, and can be taken up again."""
    studio.set_course(workspace.database, workspace.plan(), given, person.name or workspace.author, person.id)
    notify(request.app, workspace.name, {"about": "courses"})
    return _courses(workspace)


@router.put("/courses/{course}/ended")
def end_course(
    request: Request, workspace: TheWorkspace, person: ThePerson, course: CourseId,
    ended: Annotated[Literal["held", "dropped", "no"], Query(description="`no`: take it up again")],
) -> Courses:  # fmt: skip
    """End a course, or take it up again."""
    end = None if ended == "no" else ended
    studio.end_course(workspace.database, course, end, person.name or workspace.author, person.id)
    notify(request.app, workspace.name, {"about": "courses"})
    return _courses(workspace)


def _sheet(view: View, journey: str | None) -> Sheet | None:
    """The measured map of all days; None where the published plan lacks it or nothing happened."""
    known = [one.id for one in in_order(view.plan.journeys)]
    if not known or (journey is not None and journey not in known) or not view.trace().known_events:
        return None
    return studio.calm_sheet(view.whole_sheet(journey), view.standing(journey))


def _courses(workspace: Workspace) -> Courses:
    view, found = workspace.view(), studio.courses(workspace.database)
    now = studio.running(found)
    sheets = [sheet for one in in_order(view.plan.journeys) if (sheet := _sheet(view, one.id))]
    told = None
    if now:
        last = view.days()[1]
        told = studio.stands(now, view.plan, _kept(view, now), view.today, date.fromisoformat(last) if last else None)
    past = tuple(one for one in reversed(found) if one.ended is not None)
    return Courses(told, studio.next_steps(view.plan, sheets, found), past)


def _kept(view: View, course: Course) -> PromiseFigures | None:
    """Its promise over the days of the course."""
    if course.journey not in {one.id for one in view.plan.journeys}:
        return None
    whole = view.sheet(Question(course.journey, Period(*studio.course_days(course))))
    return next((one for one in whole.promises if one.id == course.promise), None)
