"""A source file: what a table's columns mean. It names no folder; `collect import SOURCE PATH` says where the file lies."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.model.event import PropertyType

Kind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Column = Annotated[str, Field(min_length=1, max_length=1000)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Options(Part):
    """How the file is written. None: found out from the file."""

    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: str | None = None
    header_line: int = Field(default=1, ge=1)
    decimal: Literal[".", ","] = "."


class Time(Part):
    """A column that holds a time. `format`: `iso`, `epoch_s`, `epoch_ms`, `epoch_us`, or a strptime pattern; None: iso."""

    column: Column
    format: str | None = None
    zone: str | None = None
    """Zone of naive times; None: the source's."""


class Value(Part):
    """A constant, the same in every row."""

    value: str


class Property(Part):
    """A property: a column, its type and, for money, its currency (a constant or a column).

    `format`: how a date or time is written; `whole` for numbers without a fraction; for texts `id`, or `whole` for numbers
    with more digits than a number holds.
    """

    column: Column
    type: PropertyType = "text"
    format: str | None = None
    currency: str | None = None
    currency_column: Column | None = None


class Event(Part):
    """An event that a row gives. `event` is its name, or a column that holds it."""

    event: str | None = None
    event_column: Column | None = None
    time: Column | Time
    rank: int = 0
    channel: str | None = None
    channel_column: Column | None = None
    properties: dict[Kind, Column | Property] = {}
    when: dict[Column, str | list[str]] = {}
    """Only rows whose columns hold these values give this event."""
    blank_time: Literal["skip", "refuse"] | None = None
    """None: skip when the source maps several events, else refuse."""


class Figure(Part):
    """A number per day that is no person's event. The value's column; name, touchpoint, channel: constants or columns."""

    on: Column | Time
    name: str
    value: Column
    unit: str | None = None
    touchpoint: str | None = None
    touchpoint_column: Column | None = None
    channel: str | None = None
    channel_column: Column | None = None


class Observation(Part):
    """What someone saw at a touchpoint."""

    at: Column | Time
    touchpoint: str | None = None
    touchpoint_column: Column | None = None
    observer: Column | None = None
    score: Column | None = None
    note: Column | None = None
    photo: Column | None = None


class Traits(Part):
    """Properties of the person (`of` an identifier kind) or object (`of` an object kind) a row describes."""

    of: Kind
    at: Column | Time | None = None
    properties: dict[Kind, Column | Property]


class Source(Part):
    """One source. `people` and `objects`: kind to column, for every event of the row; the first kind given is tried first."""

    source: Kind
    about: str = ""
    format: Literal["csv", "tsv", "jsonl", "parquet", "xlsx", "xes", "ocel"]
    options: Options = Options()
    zone: str | None = None
    key: tuple[Column, ...] = ()
    people: dict[Kind, Column] = {}
    objects: dict[Kind, Column] = {}
    events: tuple[Event, ...] = ()
    links: tuple[tuple[Kind, Kind], ...] = ()
    """Pairs of kinds in `people` that a row joins though it gives no event. Events join all their identifiers anyway."""
    traits: tuple[Traits, ...] = ()
    figures: tuple[Figure, ...] = ()
    observations: tuple[Observation, ...] = ()
