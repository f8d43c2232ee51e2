"""One goal, arm by arm against the control: the fixed interval, the same with CUPED, and the one that holds at every look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desirelines.explain.experiments.always import ALPHA, PLANNED, sequence
from desirelines.explain.experiments.cuped import Adjusted, adjust
from desirelines.explain.experiments.differences import ratio, ratios, shares, welch
from desirelines.explain.experiments.exposure import Exposed, Int
from desirelines.explain.experiments.goals import Aim
from desirelines.explain.experiments.moments import Difference, Float, Moments, moments
from desirelines.explain.experiments.windows import sums


@dataclass(frozen=True)
class Weighed:
    """Of one aim, [arms] each; differences are None at the control."""

    sides: tuple[Moments, ...]
    fixed: tuple[Difference | None, ...]
    adjusted: tuple[Difference | None, ...]
    always: tuple[Difference | None, ...]
    kept: float | None
    before: float | None


@dataclass(frozen=True)
class Seen:
    """What [n] customers did: `over` is the outcome, or the sum of which `under` is the count."""

    over: Float
    under: Float | None


def seen(aim: Aim, exposure: Exposed, low: Int, high: Int) -> Seen:
    """Between low and high of each customer."""
    found = sums(aim.rows, exposure.customer, low, high)
    return Seen(aim.of(found), found.valued.astype(np.float64) if aim.kind == "ratio" else None)


def side(aim: Aim, what: Seen, mine: np.ndarray) -> Moments:
    """One arm's moments; a ratio's are those of customers who say as much about it."""
    if what.under is None:
        return moments(what.over[mine])
    spoke = mine & (what.under > 0)
    found = ratio(what.over[spoke], what.under[spoke])
    return Moments(found.n, found.value or 0.0, (found.error or 0.0) ** 2 * found.n)


def compared(aim: Aim, what: Seen, a: np.ndarray, b: np.ndarray) -> Difference:
    """b less a, as is right for this kind of aim."""
    if aim.kind == "share":
        return shares(int(what.over[a].sum()), int(a.sum()), int(what.over[b].sum()), int(b.sum()))
    if what.under is None:
        return welch(moments(what.over[a]), moments(what.over[b]))
    spoke = what.under > 0
    sides = [ratio(what.over[mine & spoke], what.under[mine & spoke]) for mine in (a, b)]
    return ratios(sides[0], sides[1])


def weigh(aim: Aim, exposure: Exposed, whole: np.ndarray, control: int, span: int, planned: int) -> Weighed:
    """`whole` [n]: whose time after exposure has passed; `span`: that time in microseconds."""
    at = exposure.at
    after, past = seen(aim, exposure, at, at + span), seen(aim, exposure, at - span, at)
    masks = [whole & (exposure.arm == arm) for arm in range(len(exposure.arms))]
    sides = tuple(side(aim, after, mine) for mine in masks)
    own = masks[control]
    others = [None if arm == control else mine for arm, mine in enumerate(masks)]
    lifted = _lifted(after, past, whole, at)
    return Weighed(
        sides,
        tuple(None if mine is None else compared(aim, after, own, mine) for mine in others),
        tuple(None if mine is None or lifted is None else _adjusted(lifted, whole, own, mine) for mine in others),
        tuple(None if arm == control else sequence(sides[control], one, planned or PLANNED) for arm, one in enumerate(sides)),
        lifted.kept if lifted else None,
        _before(aim, past, own, [mine for mine in others if mine is not None]),
    )  # fmt: skip


def _lifted(after: Seen, past: Seen, whole: np.ndarray, at: Int) -> Adjusted | None:
    """The outcome without what the same customer's past foretells; the past's window ends where exposure begins."""
    if after.under is not None:
        return None
    return adjust(after.over[whole], past.over[whole], at[whole], at[whole])


def _adjusted(lifted: Adjusted, whole: np.ndarray, a: np.ndarray, b: np.ndarray) -> Difference:
    return welch(moments(lifted.values[a[whole]]), moments(lifted.values[b[whole]]))


def _before(aim: Aim, past: Seen, own: np.ndarray, others: Sequence[np.ndarray]) -> float | None:
    """The least p, times how many, that an arm differed before exposure; None where nothing was there to differ."""
    found = [one for one in (compared(aim, past, own, mine).p for mine in others) if one is not None]
    return min(1.0, min(found) * len(found)) if found else None


def surely(sides: tuple[Moments, ...], control: int, arm: int, planned: int, looked: int) -> bool:
    """Whether the always-valid interval shuts out 0 even with alpha parted among all that are looked at."""
    found = sequence(sides[control], sides[arm], planned or PLANNED, ALPHA / max(1, looked))
    return found.low is not None and found.high is not None and not found.low <= 0 <= found.high
