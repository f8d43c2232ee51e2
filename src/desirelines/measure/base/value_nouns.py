"""What may be asked about the value of the base, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.model.period import Period
from desirelines.model.result import Result

Loyalty = Literal["repeat", "alive", "recommend"]


class ValueAsk(BaseModel):
    """Its marks: `all`, `again`, `alive:likely` (or `open`, `unlikely`), `tenth:1` (those worth most), `cell:2:3`,
    `cohort:2025-10-01`, `group:=name`, `group:none`."""

    model_config = ConfigDict(frozen=True)

    model: Annotated[
        Literal["bg", "pareto"], Field(description="bg: BG/NBD, gone after an order; pareto: Pareto/NBD, gone at any time")
    ] = "bg"
    days: Annotated[
        Literal["one", "each"], Field(description="a customer's orders of one day are one order, or each its own")
    ] = "one"
    weeks: Annotated[int, Field(ge=1, le=260, description="how far ahead a lifetime is looked at")] = 52
    discount: Annotated[float, Field(ge=0, le=1, description="what money loses in a year: 0.1 is a tenth")] = 0.1
    margin: Annotated[float, Field(gt=0, le=1, description="what is left of an order's amount: 1 is all of it")] = 1.0
    window: Annotated[int, Field(ge=1, le=3650, description="days after the first order in which a second one counts")] = 90
    loyalty: Annotated[Loyalty, Field(description="of the matrix: came again, may still buy, or would recommend")] = "repeat"
    worth: Annotated[Literal["past", "ahead"], Field(description="of the matrix: money so far, or expected")] = "past"
    grid: Annotated[int, Field(ge=2, le=3, description="2 for a matrix of four cells, 3 for nine")] = 3
    by: Annotated[str, Field(max_length=100, description="groups: persona, trait:state, or none")] = "persona"


@dataclass(frozen=True)
class ValueAhead:
    """All known customers in the weeks to come; those who come for the first time are not in it."""

    weeks: int
    orders: Result[float]
    money: Result[float]


@dataclass(frozen=True)
class ValueParameter:
    name: str
    value: float
    error: float | None


@dataclass(frozen=True)
class ValueModel:
    name: str
    customers: int
    log_likelihood: float
    parameters: tuple[ValueParameter, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class ValuePoint:
    """Orders after each customer's first, added up since the data begin."""

    on: date
    actual: int
    expected: float
    held_out: bool
    """The model had not seen this day when it was fitted."""


@dataclass(frozen=True)
class ValueCheck:
    """Fitted on the first 70 % of the time, held against what came after."""

    fitted_until: date
    weeks: float
    customers: int
    expected: Result[float]
    """Orders after that day."""
    actual: int
    off: float | None
    """expected / actual - 1; None where nothing came."""
    words: str
    points: tuple[ValuePoint, ...]


@dataclass(frozen=True)
class ValueTenth:
    """A tenth of the customers, the one worth most first."""

    tenth: int
    customers: int
    mean: Result[float]
    share: float
    """Of what all of them are expected to bring."""
    behind: str


@dataclass(frozen=True)
class ValueCell:
    loyalty: int
    """From 1, the least loyal."""
    worth: int
    """From 1, worth least."""
    customers: int
    share: Result[float]
    money: Result[float]
    """So far, or expected."""
    money_share: float | None
    behind: str


@dataclass(frozen=True)
class ValueMatrix:
    loyalty: tuple[str, ...]
    worth: tuple[str, ...]
    customers: int
    left_out: int
    """Customers of whom one of the two is not known."""
    words: str
    cells: tuple[ValueCell, ...]


@dataclass(frozen=True)
class ValueCohort:
    """Customers by the month of their first order."""

    start_on: date
    customers: int
    again: Result[float]
    """Share who ordered again, so far: later cohorts have had less time."""
    orders: Result[float]
    """Per customer, so far."""
    money: Result[float]
    """Per customer, so far."""
    ahead: Result[float]
    """Per customer, in the weeks looked ahead."""
    behind: str


@dataclass(frozen=True)
class ValueGroup:
    name: str
    customers: int
    alive: Result[float]
    orders: Result[float]
    """Per customer, expected in the weeks looked ahead."""
    lifetime: Result[float]
    behind: str


@dataclass(frozen=True)
class ValueChance:
    """Customers by the chance that they may still buy."""

    name: Literal["likely", "open", "unlikely"]
    words: str
    customers: int
    behind: str


@dataclass(frozen=True)
class Value:
    """What the customer base is worth. Without enough who came again all that rests on a model is unknown."""

    customers: int
    """Known ones with an order."""
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    currency: str
    until: date
    """The last day that is known."""
    weeks: int
    orders: Result[float]
    money: Result[float]
    again: Result[float]
    """Share of customers with an order who have two or more; what was taken back whole does not count."""
    again_before: Result[float]
    """The same as if nothing had been taken back."""
    again_within: Result[float]
    """Share who ordered again within the window, of those whose window is over."""
    alive: Result[float]
    """Share of customers who may still buy."""
    chances: tuple[ValueChance, ...]
    order_worth: Result[float]
    """What an order of anybody is expected to come to."""
    related: float | None
    """Correlation of how often and for how much; the model of money takes it to be 0."""
    ahead: tuple[ValueAhead, ...]
    lifetime: Result[float]
    """Per customer."""
    tenths: tuple[ValueTenth, ...]
    matrix: ValueMatrix | None
    cohorts: tuple[ValueCohort, ...]
    groups: tuple[ValueGroup, ...]
    model: ValueModel | None
    worth_model: ValueModel | None
    check: ValueCheck | None
