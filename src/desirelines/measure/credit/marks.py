"""Marks in answers about orders, money and credit: which customers each stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from desirelines.measure.asking.address import Address, read_ask
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.base.accounts import Accounts
from desirelines.measure.base.value import of_value
from desirelines.measure.base.value_nouns import ValueAsk
from desirelines.measure.credit.credit import of_credit
from desirelines.measure.credit.nouns import CreditAsk

Whose = Callable[[Callable[[], Paths], Accounts, Any, str], Mask]
ACCOUNTED: dict[str, tuple[type[BaseModel], Whose]] = {
    "credit": (CreditAsk, lambda paths, accounts, ask, mark: of_credit(paths(), accounts, ask, mark)),
    "value": (ValueAsk, lambda _, accounts, ask, mark: of_value(accounts, ask, mark)),
}
"""Kind of question → what may be asked, and (paths, accounts, ask, mark) → bool[customers of the facts]."""


def accounted(paths: Callable[[], Paths], accounts: Accounts, address: Address) -> Mask:
    """bool[customers]: whom the mark at `address` stands for. `paths` and `accounts` are those the address asks about."""
    model, whose = ACCOUNTED[address.kind]
    return whose(paths, accounts, read_ask(model, address.ask), address.mark)
