"""The one map: what was planned and what happened, as figures. These nouns are what every door shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desirelines.measure.asking.walk import Level
from desirelines.model.period import Period
from desirelines.model.result import Result

Grade = Literal["guessed", "observed", "asked", "measured"]
FindingKind = Literal[
    "glitch", "ripple", "promise", "silent", "figure", "driver", "desire line", "unowned", "contested", "deviation", "unclaimed",
    "unmeasured", "held",
]  # fmt: skip


@dataclass(frozen=True)
class Deviations:
    """Counts of deviations as `oracles` names them: CJML's five."""

    missing: int = 0
    unplanned: int = 0
    out_of_order: int = 0
    repeated: int = 0
    late: int = 0


@dataclass(frozen=True)
class Following:
    """How well journeys follow the plan. `fitting` is the share of journeys without any control-flow deviation."""

    average_fitness: Result[float]
    log_fitness: Result[float]
    fitting: Result[float]
    deviations: Deviations
    cost: int


@dataclass(frozen=True)
class Evidence:
    grade: Grade
    events: int
    answers: int
    observations: int
    figures: int
    last_at: str | None
    """ISO instant of the last event, None if there is none."""
    state: Literal["alive", "silent", "unmeasured"]


@dataclass(frozen=True)
class StageFigures:
    id: str
    name: str
    side: Literal["buyer", "customer"]
    order: int
    people: int
    """Customers with any event bound to the stage."""
    journeys: int
    reach: Result[float]
    """Share of journeys that reach it."""
    time: Result[float]
    """Median seconds from the first event in it to the first event in a later stage."""
    left: Result[float]
    """Of the journeys that reach it, the share whose last claimed event lies in it."""
    grade: Grade
    desired: float | None
    felt: Result[float] | None
    """Mean score on -1..1 of the answers at its touchpoints."""
    opens: str | None


@dataclass(frozen=True)
class TouchpointFigures:
    id: str
    name: str
    kind: str
    medium: str
    owner: str | None
    stages: tuple[str, ...]
    """Stages of this journey that use it; empty: the journey does not plan it."""
    people: int
    journeys: int
    events: int
    reach: Result[float]
    time: Result[float]
    """Median seconds to the next claimed event."""
    left: Result[float]
    evidence: Evidence
    felt: Result[float] | None
    deviations: Deviations
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PromiseFigures:
    id: str
    name: str
    words: str
    touchpoint: str
    stage: str | None
    owner: str | None
    per: str
    target: float
    kept: Result[float]
    """Share kept of those judged, Wilson interval."""
    kept_count: int
    broken_count: int
    open_count: int
    """Not yet due, so not judged."""
    state: Literal["kept", "broken", "in doubt", "not judged"]
    """broken: the whole interval is under the target; kept: the value is at or above; in doubt: between."""


@dataclass(frozen=True)
class Way:
    """A transition between two consecutive claimed events."""

    origin: str
    target: str
    count: int
    journeys: int
    people: int
    rate: float
    """Share of journeys that walk it."""
    median_seconds: float | None
    planned: bool
    desire: bool
    """A desire line: frequent enough, and no successor in the plan (foundations, 10)."""
    verdict: str = ""
    """What was decided about it: pave, mend, watch or accept; empty: nothing yet."""
    quiet: bool = False
    """Judged, and nothing since asks for a second look."""


@dataclass(frozen=True)
class EventCount:
    event: str
    events: int
    people: int
    sources: tuple[str, ...]
    touchpoints: tuple[str, ...] = ()
    """For contested events: the touchpoints that claim them."""


@dataclass(frozen=True)
class Seam:
    """From the last buyer's stage to the first customer's stage."""

    crossed: Result[float]
    """Of the journeys that reach the buyer's side, the share that also reach the customer's side."""
    gap: Result[float]
    """Median seconds between the last event before and the first after."""


@dataclass(frozen=True)
class MomentCell:
    id: str
    words: str
    stage: str
    grade: Grade
    touchpoints: tuple[str, ...]
    live_experience: bool


@dataclass(frozen=True)
class Tally:
    """How a sheet's events tie: `claimed` is the sum over its touchpoints, and claimed + unclaimed = events.

    `unclaimed`: those in the journeys that no touchpoint, or more than one, claims.
    """

    events: int = 0
    claimed: int = 0
    unclaimed: int = 0


@dataclass(frozen=True)
class Sheet:
    """The measured map of one planned journey, for a period and a segment."""

    brand: str
    simulated: bool
    journey: str
    journey_name: str
    subject: str
    period: Period
    segment: str
    plan_version: int
    data_version: int
    journeys: int
    people: int
    events: int
    known: Result[float]
    """Share of all events in the period that belong to a known person."""
    first_at: str | None
    last_at: str | None
    stages: tuple[StageFigures, ...]
    touchpoints: tuple[TouchpointFigures, ...]
    moments: tuple[MomentCell, ...]
    promises: tuple[PromiseFigures, ...]
    following: Following
    ways: tuple[Way, ...]
    seam: Seam | None
    unclaimed: tuple[EventCount, ...]
    contested: tuple[EventCount, ...]
    caveats: tuple[str, ...]
    tally: Tally = Tally()


@dataclass(frozen=True)
class Variant:
    steps: tuple[str, ...]
    """Event names, or touchpoint ids, in order (at most 200; the rest is counted in `length`)."""
    length: int
    count: int
    rate: float
    people: int
    median_seconds: float
    fitness: float | None
    marks: tuple[str, ...]
    """One per step: `planned`, `unplanned`, `out of order`, `repeated`; empty at the level of events."""
    missing: tuple[str, ...]
    key: str
    """Names this variant, whatever data it is found in."""
    behind: str
    """The address of its customers."""


@dataclass(frozen=True)
class Variants:
    """The most frequent variants of the journeys chosen."""

    level: Level
    subject: str
    journeys: int
    people: int
    variant_count: int
    variants: tuple[Variant, ...]
    period: Period
    plan_version: int
    data_version: int


@dataclass(frozen=True)
class Transition:
    origin: str
    target: str
    count: int
    median_seconds: float | None
    mean_seconds: float | None
    behind: str


@dataclass(frozen=True)
class Transitions:
    """The directly-follows graph, with start and end counts."""

    level: Level
    subject: str
    journeys: int
    events: int
    edges: tuple[Transition, ...]
    nodes: dict[str, int]
    starts: dict[str, int]
    ends: dict[str, int]
    period: Period
    plan_version: int
    data_version: int


@dataclass(frozen=True)
class StoryEvent:
    """One event in a customer's story."""

    at: str
    event: str
    source: str
    channel: str | None
    touchpoint: str | None
    touchpoint_name: str | None
    stage: str | None
    side: Literal["buyer", "customer"] | None
    objects: dict[str, str]
    properties: dict[str, str]
    quote: str | None
    """What the customer said or wrote, if a text property reads as one (comment, message, text, note, answer)."""
    mark: str | None
    """`planned`, `unplanned`, `out of order`, `repeated`, `late`; None outside any journey."""


@dataclass(frozen=True)
class Story:
    """One customer across all silos on one timeline."""

    customer: str
    identifiers: dict[str, tuple[str, ...]]
    traits: dict[str, str]
    events: tuple[StoryEvent, ...]
    event_count: int
    first_at: str | None
    last_at: str | None
    promises: tuple[tuple[str, str], ...]
    """(promise id, `kept` | `broken` | `open`) for each judgement of this customer."""
    fitness: float | None
    missing: tuple[str, ...]
    held: tuple[str, ...]
    """Identifier values of this customer that are held and not applied."""


@dataclass(frozen=True)
class Customer:
    """A row in a list of customers."""

    customer: str
    label: str
    events: int
    first_at: str
    last_at: str
    last_event: str
    fitness: float | None


@dataclass(frozen=True)
class Customers:
    """Who is behind a number."""

    customers: tuple[Customer, ...]
    total: int
    page: int
    page_size: int


@dataclass(frozen=True)
class Headline:
    """One of the cockpit's figures."""

    name: str
    result: Result[float] | None
    words: str
    """What it says, or why it cannot be said yet."""
    tone: Literal["good", "bad", "doubt", "plain", "unknown"]
    link: str
    series: tuple[float | None, ...] = ()
    """Twelve equal stretches of the period, oldest first; None where nothing can be said."""
    change: Result[float] | None = None
    """Since the period before; of an open period from the first half of the data to the second."""
    change_words: str = ""
    """The same in words, and whether it is more than chance."""


@dataclass(frozen=True)
class Finding:
    """One thing to know."""

    id: str
    words: str
    detail: str
    kind: FindingKind
    owner: str | None
    size: int
    """People concerned; findings are ranked by tone, kind, money, people."""
    tone: Literal["good", "bad", "doubt", "plain"]
    link: str
    told: tuple[Result[float], ...] = ()
    """Every number in `words` and `detail`, in the order in which they are said."""
    money: Result[float] | None = None
    """What it comes to in the brand's currency, where that can be said."""
    rung: str = ""
    """How sure the why is, in plain words; empty where nothing is said about why."""
    since_on: date | None = None
    picture: str = ""
    """The page that shows it, under the workspace's address."""
    verdict: str = ""
    """Of a desire line: what was decided about it; empty: nothing yet."""


@dataclass(frozen=True)
class Cockpit:
    headline: str
    subline: str
    figures: tuple[Headline, ...]
    findings: tuple[Finding, ...]
    period: Period
    plan_version: int
    data_version: int
