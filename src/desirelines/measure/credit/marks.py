"""Marks in answers about orders, money and credit: which customers each stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from desirelines.measure.asking.address import Address, read_ask
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.base.ledger import Ledger
from desirelines.measure.base.value import of_value
from desirelines.measure.base.value_nouns import ValueAsk
from desirelines.measure.credit.credit import of_credit
from desirelines.measure.credit.nouns import CreditAsk

Whose = Callable[[Callable[[], Paths], Ledger, Any, str], Mask]
ACCOUNTS: dict[str, tuple[type[BaseModel], Whose]] = {
    "credit": (CreditAsk, lambda paths, ledger, ask, mark: of_credit(paths(), ledger, ask, mark)),
    "value": (ValueAsk, lambda _, ledger, ask, mark: of_value(ledger, ask, mark)),
}
"""Kind of question → what may be asked, and (paths, ledger, ask, mark) → bool[customers of the facts]."""


def account(paths: Callable[[], Paths], ledger: Ledger, address: Address) -> Mask:
    """bool[customers]: whom the mark at `address` stands for. `paths` and `ledger` are those the address asks about."""
    model, whose = ACCOUNTS[address.kind]
    return whose(paths, ledger, read_ask(model, address.ask), address.mark)
