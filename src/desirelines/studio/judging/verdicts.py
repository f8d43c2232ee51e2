"""Verdicts on desire lines as the database keeps them: one row a line, every verdict ever given in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from desirelines import store
from desirelines.errors import Conflict
from desirelines.measure import Sheet
from desirelines.plan import Plan, find, journey_of

Verdict = Literal["pave", "mend", "watch", "accept"]
KIND = "verdict"


class VerdictGiven(BaseModel):
    """What a person decides. `revision`: of the line as it was read (0: never judged); None: whatever it is now."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    journey: Annotated[str, Field(max_length=64)]
    origin: Annotated[str, Field(max_length=64, description="the touchpoint people come from")]
    target: Annotated[str, Field(max_length=64, description="the touchpoint they go to")]
    verdict: Verdict
    owner: Annotated[str | None, Field(max_length=64, description="a team's id")] = None
    due_on: date | None = None
    note: Annotated[str, Field(max_length=2000)] = ""
    revision: int | None = None


@dataclass(frozen=True)
class Basis:
    """How much the line was walked when it was judged: `walked` of `journeys` journeys, of all days and everybody."""

    walked: int
    journeys: int
    people: int
    plan_version: int
    data_version: int


@dataclass(frozen=True)
class VerdictSaid:
    """One verdict as it was given; `verdict` None: it was taken back."""

    verdict: Verdict | None
    owner: str | None
    due_on: date | None
    note: str
    by: str
    at: str
    basis: Basis | None
    account: str = ""


@dataclass(frozen=True)
class Judged:
    """A line with every verdict it was given, the newest last."""

    journey: str
    origin: str
    target: str
    said: tuple[VerdictSaid, ...]
    revision: int

    @property
    def now(self) -> VerdictSaid:
        """The verdict that holds."""
        return self.said[-1]

    @property
    def holds(self) -> bool:
        """Whether one does: the last was not taken back."""
        return self.now.verdict is not None


_SAID = TypeAdapter(tuple[VerdictSaid, ...])


def key_of(journey: str, origin: str, target: str) -> str:
    """The id of a line's row."""
    return f"{journey}:{origin}>{target}"


def judged(database: store.Database, journey: str | None = None) -> tuple[Judged, ...]:
    """Every line that was ever judged, of one journey or of all, in the order of their first verdicts."""
    found = (_line(row) for row in store.list_rows(database, KIND, journey))
    return tuple(one for one in found if one)


def judge(database: store.Database, plan: Plan, given: VerdictGiven, sheet: Sheet, author: str, account: str = "") -> Judged:
    """Keep a verdict, with how much the line is walked on `sheet` (of all days and everybody).

    Raises NotFound for a journey, touchpoint or team that the plan lacks, Conflict when somebody judged meanwhile.
    """
    journey_of(plan, given.journey)
    for touchpoint in (given.origin, given.target):
        find(plan.touchpoints, touchpoint, "touchpoint")
    if given.owner is not None:
        find(plan.teams, given.owner, "team")
    basis = _basis(sheet, given.origin, given.target)
    said = VerdictSaid(given.verdict, given.owner, given.due_on, given.note, author, _now(), basis, account)
    return _put(database, given.journey, given.origin, given.target, said, given.revision, author)


def take_back(database: store.Database, journey: str, origin: str, target: str, author: str, account: str = "") -> Judged:
    """The line is open again; what was said stays in its history. Raises NotFound for a line never judged."""
    store.get_row(database, KIND, key_of(journey, origin, target))
    return _put(database, journey, origin, target, VerdictSaid(None, None, None, "", author, _now(), None, account), None, author)


def _put(
    database: store.Database, journey: str, origin: str, target: str, said: VerdictSaid, revision: int | None, author: str
) -> Judged:
    row_id = key_of(journey, origin, target)
    with store.turn(database) as mine:
        old = mine.get(KIND, row_id)
        if revision is not None and revision != (old.revision if old else 0):
            raise Conflict("somebody judged this line meanwhile", hint="look at it again, then judge it", code="newer_row")
        before = _line(old) if old else None
        rows = (*(before.said if before else ()), said)
        document = {"origin": origin, "target": target, "said": _SAID.dump_python(rows, mode="json")}
        mine.put(KIND, row_id, document, author, journey)
    return Judged(journey, origin, target, rows, old.revision + 1 if old else 1)


def _line(row: store.Row) -> Judged | None:
    """A row as it reads; None for one that nothing here wrote."""
    document: Mapping[str, Any] = row.document
    try:
        said = _SAID.validate_python(document.get("said", ()))
        return Judged(row.about, str(document["origin"]), str(document["target"]), said, row.revision) if said else None
    except (ValidationError, KeyError):
        return None


def _basis(sheet: Sheet, origin: str, target: str) -> Basis:
    way = next((one for one in sheet.ways if (one.origin, one.target) == (origin, target)), None)
    walked, people = (way.journeys, way.people) if way else (0, 0)
    return Basis(walked, sheet.journeys, people, sheet.plan_version, sheet.data_version)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
