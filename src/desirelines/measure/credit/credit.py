"""The answer about credit: every rule side by side, what was spent beside it, and what credit is not."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.base.accounts import Accounts
from desirelines.measure.base.orders import FINE, fine
from desirelines.measure.credit.crediting import Crediting
from desirelines.measure.credit.nouns import LABEL, Credit, CreditAsk, CreditRow, CreditShare, Rule
from desirelines.measure.credit.removal import Removal, removal
from desirelines.measure.credit.walking import RULES, Tally
from desirelines.measure.intervals import LEVEL, t_value
from desirelines.measure.telling.words import several
from desirelines.model.hint import nearest
from desirelines.model.result import Result

SHOWN: tuple[Rule, ...] = ("last", "first", "linear", "position", "decay", "markov", "shapley")
NONE = "no touch before"
NO_PROOF = "credit shares out what happened; it does not say what would have happened without a touch: an experiment does"
Float = NDArray[np.float64]


def credit(paths: Paths, accounts: Accounts, ask: CreditAsk) -> Credit:
    """Credit of the goals in the period, of customers in the segment; touches before the period count too.

    `paths` look at the level `ask.of`. Raises BadInput for names that are none, and without a goal.
    """
    asked = Crediting(paths, accounts, ask)
    tally, _ = asked.tally()
    table = _Table(asked, tally)
    order = np.argsort(-tally.credit[RULES.index("linear")], kind="stable")
    listed = [int(place) for place in order if place == tally.touches or tally.reached[place] or table.spent[place] > 0][
        : ask.top
    ]
    return Credit(
        LABEL, ask.of, asked.words, table.goals, table.people, int(tally.chains[1]), int(tally.chains[2]), accounts.period,
        accounts.plan_version, accounts.facts.trace.data_version, tuple(table.caveats(len(listed))), table.currency,
        table.removal.conversion,
        accounts.result(float(tally.worth[0].sum()) if table.valued else None, table.currency, table.goals, "goals"),
        table.spend_of(None), SHOWN, tuple(table.row(place) for place in listed),
    )  # fmt: skip


class _Table:
    def __init__(self, asked: Crediting, tally: Tally) -> None:
        self.asked, self.tally, self.accounts = asked, tally, asked.accounts
        self.goals = int(tally.chains[0])
        self.removal: Removal = removal(tally.moves)
        counted = asked.goals.counted
        members = self.accounts.members
        whose = np.repeat(np.arange(self.accounts.customers), np.diff(asked.goals.offsets))
        mine = counted & (members[whose] if members is not None else True)
        self.people = len(np.unique(whose[mine]))
        self.currencies = self.accounts.currencies(asked.role) if asked.role else ()
        self.valued = bool(np.isfinite(asked.goals.value[mine]).any()) and len(self.currencies) < 2
        self.spent, self.figures, self.stray = self._spent()

    @property
    def currency(self) -> str:
        return self.currencies[0] if len(self.currencies) == 1 else self.accounts.plan.brand.currency

    def _spent(self) -> tuple[Float, NDArray[np.int64], float]:
        """[touches + 1] spend of the period by touch, and how many figures say so; and what goes to no touch."""
        found, names = self.asked.spend, self.asked.names
        sums, figures = np.zeros(len(names) + 1, np.int64), np.zeros(len(names) + 1, np.int64)
        if found is None:
            return sums.astype(np.float64), figures, 0.0
        low, high = self.asked.bounds
        inside = (found.at >= low) & (found.at < high)
        by_channel = self.asked.ask.of == "channel"
        said = found.channels if by_channel else (*self.asked.paths.names, "")
        code = found.channel if by_channel else found.touchpoint
        place = np.array([names.index(name) if name in names else len(names) for name in said], np.int64)[code[inside]]
        np.add.at(sums, place, fine(found.value[inside]))
        np.add.at(figures, place, 1)
        stray, sums[-1], figures[-1] = int(sums[-1]), 0, 0
        return sums / FINE, figures, stray / FINE

    def spend_of(self, place: int | None) -> Result[float]:
        """Of a touch, or of all of them."""
        amount = float(self.spent.sum() if place is None else self.spent[place])
        n = int(self.figures.sum() if place is None else self.figures[place])
        return Result(
            amount if n else None, self.accounts.plan.brand.currency, n, "figures", period=self.accounts.period,
            plan_version=self.accounts.plan_version, data_version=self.accounts.facts.trace.data_version,
        )  # fmt: skip

    def row(self, place: int) -> CreditRow:
        tally, touches = self.tally, self.tally.touches
        none = place == touches
        name = NONE if none else self.asked.names[place]
        behind = self.asked.paths.behind("credit", self.asked.ask, "none" if none else f"={name}")
        spent = float(self.spent[place])
        return CreditRow(
            name, "none" if none else "touch", self.accounts.share(int(tally.reached[place]), self.goals, "goals", behind),
            int(tally.people[place]), None if none else float(self.removal.effect[place]), self.spend_of(place),
            tuple(self._share(rule, place, spent, behind) for rule in SHOWN), behind,
        )  # fmt: skip

    def _share(self, rule: Rule, place: int, spent: float, behind: str) -> CreditShare:
        low = high = None
        if rule == "markov":
            none = place == self.tally.touches
            mine = 0.0 if none else float(self.removal.shares[place])
            before = self.goals - int(self.tally.reached[-1])
            amount = float(self.tally.credit[0, -1]) if none else mine * before
            worth = float(self.tally.worth[0, -1]) if none else mine * float(self.tally.worth[0, :-1].sum())
        else:
            index = RULES.index(rule)
            amount, worth = float(self.tally.credit[index, place]), float(self.tally.worth[index, place])
            low, high = self._interval(amount, float(self.tally.squares[index, place]))
        credited = self.accounts.result(amount, "goals", self.goals, "goals", behind, low=low, high=high, level=LEVEL, method="t")
        money = self.accounts.result(worth if self.valued else None, self.currency, self.goals, "goals", behind)
        return CreditShare(
            rule, credited, amount / self.goals if self.goals else None, money,
            spent / amount if spent > 0 and amount > 0 else None, worth / spent if spent > 0 and self.valued else None,
        )  # fmt: skip

    def _interval(self, amount: float, squares: float) -> tuple[float | None, float | None]:
        """Of a sum of shares, one a goal: by how much they differ from goal to goal."""
        n = self.goals
        if n < 2:
            return None, None
        half = t_value(n - 1) * sqrt(max(0.0, n * (squares - amount * amount / n) / (n - 1)))
        return max(0.0, amount - half), min(float(n), amount + half)

    def caveats(self, listed: int) -> list[str]:
        ask, tally = self.asked.ask, self.tally
        said = [NO_PROOF]
        how = "the same touch several times in a row is one" if ask.repeats == "run" else "every touch counts"
        said.append(f"touches up to {ask.window} before; {how}; a goal ends the chain before it")
        hidden = int(np.count_nonzero(tally.reached[:-1])) - (listed - 1)
        if hidden > 0:
            said.append(f"{several(hidden, 'touch')} more, not listed".replace("touchs", "touches"))
        if len(self.currencies) > 1:
            said.append(f"amounts come in {' and '.join(self.currencies)}: they are not added up")
        if self.stray > 0:
            said.append(f"{self.accounts.plan.brand.currency} {self.stray:,.2f} were spent on what is no touch here")
        if not self.goals:
            said.append("nobody reached this goal in the period")
        return said


def of_credit(paths: Paths, accounts: Accounts, ask: CreditAsk, mark: str) -> Mask:
    """bool[customers of the facts]: whose goal the touch came before. Raises BadInput for a mark that is none."""
    asked = Crediting(paths, accounts, ask)
    name = mark.removeprefix("=")
    if mark == "none":
        return asked.tally(len(asked.names))[1]
    if not mark.startswith("=") or name not in asked.names:
        raise BadInput(f"`{mark[:80]}` is no touch of this credit", hint=nearest(name, list(asked.names)))
    return asked.tally(asked.names.index(name))[1]
