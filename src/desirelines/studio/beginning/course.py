"""One journey, one promise, ninety days: the first step of a brand that cannot do everything at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from desirelines import store
from desirelines.measure import PromiseFigures, Sheet, percent
from desirelines.plan import Plan, find, journey_of

KIND = "course"
DAYS = 90
ENOUGH = 30
"""Under so many cases it is not said to hold."""
End = Literal["held", "dropped"]


class CourseGiven(BaseModel):
    """What a team sets out to hold."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    journey: Annotated[str, Field(max_length=64)]
    promise: Annotated[str, Field(max_length=64)]
    started_on: date
    days: Annotated[int, Field(ge=7, le=730)] = DAYS


@dataclass(frozen=True)
class Course:
    """`ended`: None while it runs; `held` when the team went on from it, `dropped` when it was given up."""

    id: str
    journey: str
    promise: str
    started_on: date
    days: int
    by: str
    ended: End | None
    revision: int


@dataclass(frozen=True)
class NextStep:
    """What could come next: a promise of a journey, with how it stands over all days."""

    journey: str
    journey_name: str
    promise: str
    promise_name: str
    why: str


@dataclass(frozen=True)
class CourseStands:
    """`day` of `course.days`, counted from 1; 0: not begun yet. `kept`: cases of these days, against its target."""

    course: Course
    journey_name: str
    promise_name: str
    target: float
    day: int
    figures: PromiseFigures | None
    state: Literal["holds", "holds so far", "in doubt", "broken", "not judged", "gone"]
    words: str
    last_on: date | None
    """The last day of the data."""


_COURSE = TypeAdapter(CourseGiven)


def courses(database: store.Database) -> tuple[Course, ...]:
    """Every course ever set, the first set first; rows that nothing here wrote are left out."""
    return tuple(one for row in store.list_rows(database, KIND) if (one := _read(row)))


def running(found: Sequence[Course]) -> Course | None:
    """The one that runs: the last that has not ended."""
    return next((one for one in reversed(found) if one.ended is None), None)


def set_course(database: store.Database, plan: Plan, given: CourseGiven, author: str, account: str = "") -> Course:
    """Set out; what ran before is dropped, and can be taken up again. Raises NotFound for a journey or promise there is not."""
    journey_of(plan, given.journey)
    find(plan.promises, given.promise, "promise")
    for one in courses(database):
        if one.ended is None:
            end_course(database, one.id, "dropped", author, account)
    document = {**given.model_dump(mode="json"), "ended": None, "account": account}
    row = store.put_row(database, KIND, store.new_row_id(), document, author, given.journey)
    found = _read(row)
    assert found is not None
    return found


def end_course(database: store.Database, course: str, ended: End | None, author: str, account: str = "") -> None:
    """End it, or (None) take it up again. Raises NotFound."""
    row = store.get_row(database, KIND, course)
    store.put_row(database, KIND, course, {**row.document, "ended": ended, "account": account}, author, row.about, row.revision)


def stands(course: Course, plan: Plan, figures: PromiseFigures | None, today: date, last_on: date | None) -> CourseStands:
    """How the course stands today. `figures`: its promise in the course's days; None: it is gone from the plan."""
    journey = next((one.name for one in plan.journeys if one.id == course.journey), course.journey)
    day = max(0, min(course.days, (today - course.started_on).days + 1))
    if figures is None:
        words = "The plan no longer has this promise"
        return CourseStands(course, journey, course.promise, 0.0, day, None, "gone", words, last_on)
    state, words = _state(course, figures, day)
    return CourseStands(course, journey, figures.name, figures.target, day, figures, state, words, last_on)


def _state(
    course: Course, figures: PromiseFigures, day: int
) -> tuple[Literal["holds", "holds so far", "in doubt", "broken", "not judged"], str]:
    kept = figures.kept
    if kept.value is None or not kept.n:
        return "not judged", "No case of these days can be judged yet"
    said = f"kept in {percent(kept.value)} of {kept.n:,} cases, {percent(figures.target)} is the aim"
    if figures.state == "broken":
        return "broken", f"It does not hold: {said}"
    if figures.state == "kept" and kept.n >= ENOUGH:
        over = day >= course.days
        return ("holds", f"It holds: {said}") if over else ("holds so far", f"It holds so far: {said}")
    few = " (few)" if kept.n < ENOUGH else ""
    return "in doubt", f"It cannot be said yet{few}: {said}"


def next_steps(plan: Plan, sheets: Sequence[Sheet], tried: Sequence[Course]) -> tuple[NextStep, ...]:
    """Promises to set out with, of the journeys measured: broken ones first, then in doubt, then not judged; at most three."""
    done = {(one.journey, one.promise) for one in tried if one.ended is None or one.ended == "held"}
    rank = {"broken": 0, "in doubt": 1, "not judged": 2, "kept": 3}
    rows, seen = [], set()
    for place, sheet in enumerate(sheets):
        here = {one.id for one in sheet.touchpoints if one.stages}
        for one in sheet.promises:
            if one.touchpoint in here and one.id not in seen and (sheet.journey, one.id) not in done:
                seen.add(one.id)
                rows.append((rank[one.state], place, -one.broken_count, sheet, one))
    rows.sort(key=lambda row: (row[0], row[1], row[2], row[4].id))
    return tuple(NextStep(sheet.journey, sheet.journey_name, one.id, one.name, _why(one)) for *_, sheet, one in rows[:3])


def _why(one: PromiseFigures) -> str:
    if one.kept.value is None:
        return "nothing has judged it yet"
    kept = f"kept in {percent(one.kept.value)} of {one.kept.n:,} cases, {percent(one.target)} promised"
    return {"broken": "broken most often: ", "in doubt": "in doubt: "}.get(one.state, "") + kept


def course_days(course: Course) -> tuple[date, date]:
    """Its first and its last day."""
    return course.started_on, course.started_on + timedelta(days=course.days - 1)


def _read(row: store.Row) -> Course | None:
    document = dict(row.document)
    ended, _ = document.pop("ended", None), document.pop("account", None)
    try:
        given = _COURSE.validate_python(document)
    except ValidationError:
        return None
    known: End | None = ended if ended in ("held", "dropped") else None
    return Course(row.id, given.journey, given.promise, given.started_on, given.days, row.author, known, row.revision)
