"""Sentences whose every number comes from a Result: who writes one keeps the Results, who reads one can follow each number."""

from __future__ import annotations

from dataclasses import replace

from desirelines.measure.mapping.frame import Frame
from desirelines.measure.telling.words import amount, between, lasting, money, percent, several, spread
from desirelines.model.result import Result


class Said:
    """Spells Results and remembers which, in the order in which they were said."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._told: list[Result[float]] = []

    @property
    def told(self) -> tuple[Result[float], ...]:
        return tuple(self._told)

    def tell(self, result: Result[float]) -> float:
        """The value of a Result that has one. Raises ValueError for one that has none: it can be no part of a sentence."""
        if result.value is None:
            raise ValueError(f"a sentence needs a number, and there is none of n = {result.n} {result.of}")
        if result not in self._told:
            self._told.append(result)
        return result.value

    def share(self, result: Result[float]) -> str:
        """``93.4 %``"""
        return percent(self.tell(result))

    def within(self, result: Result[float]) -> str:
        """The interval of a share, in brackets with a blank before it; empty when there is none."""
        self.tell(result)
        return between(result.low, result.high)

    def many(self, result: Result[float], one: str, more: str = "") -> str:
        """A Result that counts: ``1,234 events``."""
        return several(round(self.tell(result)), one, more)

    def count(self, number: int, one: str, more: str = "") -> str:
        """A count made here becomes a Result of its own."""
        noun = more or one + "s"
        result = self.frame.result(float(number), noun, max(number, 1), noun)
        return self.many(replace(result, caveats=()), one, more)  # a whole count rests on nothing but itself

    def rests(self, result: Result[float], one: str, more: str = "") -> str:
        """How many a Result rests on: ``1,234 answers``."""
        self.tell(result)
        return several(result.n, one, more)

    def intended(self, share: float) -> str:
        """A share that the plan names, such as a promise's target."""
        return self.share(replace(self.frame.result(share, "share", 1, "plan", method="intended"), caveats=()))

    def figure(self, result: Result[float]) -> str:
        """A value as its unit is said."""
        return amount(self.tell(result), result.unit)

    def size(self, change: Result[float]) -> str:
        """How large a change is, whichever way; of shares in points of a hundred."""
        value = abs(self.tell(change))
        return amount(100 * value, "points") if change.unit == "share" else amount(value, change.unit)

    def spread(self, result: Result[float]) -> str:
        """The interval in the value's unit; empty when there is none."""
        self.tell(result)
        return spread(result.low, result.high, result.unit)

    def based(self, result: Result[float]) -> str:
        """What a Result rests on, in its own noun: ``1,234 answers``."""
        self.tell(result)
        return f"{result.n:,} {result.of}"

    def lag(self, low: int, high: int) -> str:
        """Days after something, bounds fixed in advance: ``1 to 3 days after``."""
        bound = self.frame.result(float(high), "days", 1, "lag", low=float(low), high=float(high), method="fixed in advance")
        self.tell(replace(bound, caveats=()))
        return f"{low} to {high} days after"

    def aim(self, target: float, like: Result[float]) -> str:
        """A target of the plan, said as the figure is that it is for."""
        return self.figure(replace(like, value=target, low=None, high=None, n=1, of="plan", method="intended", caveats=()))

    def lasting(self, result: Result[float]) -> str:
        """A time as one says it."""
        return lasting(self.tell(result))

    def money(self, result: Result[float]) -> str:
        """An amount in the Result's own unit, its currency."""
        return money(self.tell(result), result.unit)
