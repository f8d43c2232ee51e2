"""Loyalty and value crossed: who is loyal and worth much, who is one of the two, and what money stands in each cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.base.orders import FINE
from desirelines.measure.base.standing import Standing
from desirelines.measure.base.value_nouns import ValueCell, ValueMatrix
from desirelines.measure.gathering.answers import Answers

Int = NDArray[np.int64]
Float = NDArray[np.float64]
UNKNOWN = -1
REPEAT = {2: ("ordered once", "ordered again"), 3: ("ordered once", "twice", "three times or more")}
ALIVE = {2: ("probably gone", "may still buy"), 3: ("probably gone", "open", "may still buy")}
RECOMMEND = {2: ("would not recommend", "would recommend"), 3: ("detractor", "passive", "promoter")}
WORTH = {2: ("lower half", "upper half"), 3: ("lower third", "middle third", "upper third")}
ABOUT = {
    "repeat": "by orders",
    "alive": "by the chance that they may still buy",
    "recommend": "by their latest answer to whether they would recommend",
}
CUTS = {2: (0.5,), 3: (1 / 3, 2 / 3)}


def matrix(found: Standing) -> ValueMatrix | None:
    """None where there is no money, or nobody of whom loyalty is known."""
    ask, accounts = found.ask, found.accounts
    money, loyal = worth_of(found), loyalty_of(found)
    if money is None or loyal is None:
        return None
    rows, columns = levels(found, money, loyal)
    known = (rows != UNKNOWN) & (columns != UNKNOWN)
    n, whole = int(known.sum()), added(money[known])
    cells = []
    for row in range(ask.grid):
        for column in range(ask.grid):
            mine = known & (rows == row) & (columns == column)
            behind = accounts.behind("value", ask, f"cell:{row + 1}:{column + 1}")
            here, customers = added(money[mine]), int(mine.sum())
            part = here / whole if whole > 0 else None
            cells.append(
                ValueCell(
                    row + 1, column + 1, customers, accounts.share(customers, n, "customers", behind),
                    accounts.result(here, found.currency, customers, "customers", behind), part, behind,
                )
            )  # fmt: skip
    names = {"repeat": REPEAT, "alive": ALIVE, "recommend": RECOMMEND}[ask.loyalty][ask.grid]
    said = "money so far" if ask.worth == "past" else f"money expected in {ask.weeks} weeks"
    words = f"loyalty {ABOUT[ask.loyalty]}; value by {said}, cut into parts of equal size"
    return ValueMatrix(names, WORTH[ask.grid], n, found.base.n - n, words, tuple(cells))


def added(money: Float) -> float:
    """A sum in ten-thousandths, as whole numbers."""
    return int(np.rint(money * FINE).astype(np.int64).sum()) / FINE


def worth_of(found: Standing) -> Float | None:
    """[n] money so far, or expected; nan where it is not known. None without money."""
    if not found.money:
        return None
    if found.ask.worth == "ahead":
        return found.lifetime
    return np.where(found.base.valued > 0, found.base.amount / FINE, np.nan)


def loyalty_of(found: Standing) -> Int | None:
    """[n] the level of each, from 0; UNKNOWN. None where nobody's is known."""
    grid, base = found.ask.grid, found.base
    if found.ask.loyalty == "repeat":
        return np.minimum(base.count, grid) - 1
    if found.ask.loyalty == "alive":
        if found.projection is None:
            return None
        return np.searchsorted(CUTS[grid], np.nan_to_num(found.projection.alive), side="right").astype(np.int64)
    score = latest_answer(
        found.accounts.facts.answers, found.accounts.customers, found.accounts.period.bounds_us(found.accounts.zone)[1]
    )
    if score is None:
        return None
    mine = score[base.customer]
    if np.isnan(mine).all():
        return None
    cuts = (9.0,) if grid == 2 else (7.0, 9.0)
    return np.where(np.isnan(mine), UNKNOWN, np.searchsorted(cuts, mine, side="right")).astype(np.int64)


def latest_answer(answers: Answers, customers: int, high_us: int) -> Float | None:
    """[customers] what each last answered to a question whether they would recommend, 0 to 10; None without a question."""
    asked = [index for index, question in enumerate(answers.questions) if question.kind == "recommend"]
    if not asked:
        return None
    rows = np.concatenate([np.arange(answers.offsets[index], answers.offsets[index + 1]) for index in asked]).astype(np.int64)
    rows = rows[(answers.customer[rows] >= 0) & (answers.at[rows] < high_us)]
    rows = rows[np.argsort(answers.at[rows], kind="stable")]
    found = np.full(customers, np.nan)
    found[answers.customer[rows]] = answers.value[rows]  # of several the latest stays
    return found


def levels(found: Standing, money: Float, loyal: Int) -> tuple[Int, Int]:
    """[n] the loyalty and the value of each, from 0; value is cut among those of whom both are known."""
    known = np.isfinite(money) & (loyal != UNKNOWN)
    value = np.full(found.base.n, UNKNOWN, np.int64)
    if known.any():
        edges = np.quantile(money[known], CUTS[found.ask.grid])
        value[known] = np.searchsorted(edges, money[known], side="left")
    return np.where(known, loyal, UNKNOWN), value
