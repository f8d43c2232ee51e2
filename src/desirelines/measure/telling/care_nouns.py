"""What is asked about customers in trouble, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from desirelines.measure.telling.signs import KINDS, Kind
from desirelines.model.result import Result


class CareAsk(BaseModel):
    """Its marks are `all`, a reason such as `overdue`, or `owner:` with a team's id; a reason may have one: `overdue:web`."""

    model_config = ConfigDict(frozen=True)

    reason: Annotated[str, Field(max_length=40, description=f"only for this reason: {', '.join(KINDS)}; empty: any")] = ""
    owner: Annotated[str, Field(max_length=64, description="only what this team owns; `nobody`: what nobody owns")] = ""
    days: Annotated[int, Field(ge=1, le=365, description="how many days back from the data's end count as now")] = 30
    page: Annotated[int, Field(ge=1, description="from 1")] = 1
    page_size: Annotated[int, Field(ge=1, le=200, description="customers on a page")] = 50


@dataclass(frozen=True)
class CareSign:
    """One thing that is wrong for one customer."""

    kind: Kind
    words: str
    since_at: str
    points: int
    owner: str | None


@dataclass(frozen=True)
class InTrouble:
    customer: str
    label: str
    trouble: int
    """The points of its kinds of sign, each kind once."""
    since_at: str
    """Of the oldest sign."""
    signs: tuple[CareSign, ...]
    value: Result[float] | None
    """What the customer's orders came to; None where no order has an amount."""


@dataclass(frozen=True)
class CareReason:
    kind: Kind
    words: str
    points: int
    customers: int
    behind: str


@dataclass(frozen=True)
class CareOwner:
    owner: str | None
    customers: int
    behind: str


@dataclass(frozen=True)
class Care:
    """The most troubled first: by points, then by value, then by who waits longest."""

    as_of_at: str | None
    """The data's last event: what is now."""
    days: int
    share: Result[float]
    """In trouble, of the known customers (of the segment)."""
    total: int
    """That the filter leaves."""
    page: int
    page_size: int
    customers: tuple[InTrouble, ...]
    reasons: tuple[CareReason, ...]
    """Of the owner chosen; a customer may have several."""
    owners: tuple[CareOwner, ...]
    """Of the reason chosen."""
    behind: str
    missing: tuple[str, ...]
    """Roles the plan does not name, without which some trouble cannot be seen."""
    caveats: tuple[str, ...]
    plan_version: int
    data_version: int
