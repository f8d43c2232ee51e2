"""Orders, histories and a projection, made once and shared by all that is answered of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.measure.base.accounts import Accounts
from desirelines.measure.base.histories import Histories, histories
from desirelines.measure.base.orders import Orders, orders
from desirelines.measure.base.projecting import Projection, project
from desirelines.measure.base.value_nouns import ValueAsk
from desirelines.measure.gathering.days import day_numbers
from desirelines.plan import in_order

Mask = NDArray[np.bool_]
T = TypeVar("T")
KEPT = 12
NOBODY = "others, or not known"


@dataclass(frozen=True)
class Standing:
    accounts: Accounts
    ask: ValueAsk

    @property
    def currencies(self) -> tuple[str, ...]:
        return tuple(sorted({*self.accounts.currencies("order"), *self.accounts.currencies("refund")}))

    @property
    def currency(self) -> str:
        """Of all amounts; the brand's where they are bare numbers."""
        return self.currencies[0] if len(self.currencies) == 1 else self.accounts.plan.brand.currency

    @property
    def mixed(self) -> bool:
        return len(self.currencies) > 1

    @cached_property
    def orders(self) -> Orders:
        return self.kept("orders", self.ask.days, lambda: self._orders(True))

    @cached_property
    def placed(self) -> Orders:
        """As if nothing had been taken back."""
        return self.kept("placed", self.ask.days, lambda: self._orders(False))

    def _orders(self, net: bool) -> Orders:
        found = self.accounts.role("order")
        if found is None:
            raise BadInput("no event has the role `order` yet", hint="name it under Roles in the plan: which event is an order")
        back = self.accounts.role("refund") if net else None
        return orders(found, back, day_numbers(found.at, self.accounts.zone), self.ask.days == "one")

    @cached_property
    def base(self) -> Histories:
        return histories(self.orders, self.accounts.last_day, self.accounts.first_day, self.accounts.members)

    @cached_property
    def projection(self) -> Projection | None:
        return self.kept("projection", (self.ask.days, self.ask.model), lambda: project(self.base, self.ask.model))

    @property
    def money(self) -> bool:
        return self.orders.money and not self.mixed

    @cached_property
    def lifetime(self) -> NDArray[np.float64] | None:
        """[n] None without a fit or amounts."""
        if self.projection is None or self.projection.worth is None or self.mixed:
            return None
        return self.projection.lifetime(self.ask.weeks, self.ask.discount, self.ask.margin)

    @cached_property
    def groups(self) -> tuple[tuple[str, Mask], ...]:
        """Names and bool[n]; what nobody's trait says comes last."""
        asked = self.ask.by.strip()
        everybody = np.zeros(self.base.n, np.bool_)
        if asked in ("", "none"):
            return ()
        if asked == "persona":
            return self._personas()
        kind, _, name = asked.partition(":")
        if kind != "trait" or not name:
            raise BadInput(f"`{asked[:80]}` is nothing that customers are grouped by", hint="persona, trait:state, or none")
        traits = self.accounts.traits()
        traits.having(name, (), self.accounts.customers)  # says the nearest name of a trait that nobody has
        values = sorted(set(self._texts(traits, name)))[:20]
        found = [(value, traits.having(name, (value,), self.accounts.customers)[self.base.customer]) for value in values]
        for _, mask in found:
            everybody |= mask
        return (*found, *([(NOBODY, ~everybody)] if not everybody.all() else []))

    def _personas(self) -> tuple[tuple[str, Mask], ...]:
        """Those whose rule these data can be asked: it may name what never happened."""
        found = []
        for one in in_order(self.accounts.plan.personas):
            try:
                if one.segment:
                    found.append((one.name, self.accounts.whose(one.segment)[self.base.customer]))
            except BadInput:
                continue
        return tuple(found)

    @staticmethod
    def _texts(traits: Any, name: str) -> list[str]:
        index = traits.names.index(name)
        low, high = int(traits.offsets[index]), int(traits.offsets[index + 1])
        texts = traits.text.slice(low, high - low).to_pylist()
        numbers = traits.number[low:high].tolist()
        return [f"{number:g}" if number == number else str(text) for text, number in zip(texts, numbers, strict=True)]

    def kept(self, what: str, more: Any, make: Callable[[], T]) -> T:
        """Of the facts, which one version of plan and data share; the oldest of a few is let go."""
        members = self.accounts.members
        whose = b"" if members is None else hashlib.blake2b(np.packbits(members).tobytes(), digest_size=16).digest()
        shelf = self.accounts.facts.kept.setdefault("value", {})
        key = (what, more, self.accounts.first_day, self.accounts.last_day, whose)
        if key not in shelf:
            shelf[key] = make()
            while len(shelf) > KEPT:
                shelf.pop(next(iter(shelf)))
        return cast(T, shelf[key])
