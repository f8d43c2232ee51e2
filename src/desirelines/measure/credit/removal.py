"""Markov removal: how many conversions would be gone if a touch led nowhere, by the chances with which touches follow each other.

Anderl, Becker, von Wangenheim and Schumann (2016), International Journal of Research in Marketing 33(3), 457-474. Solved, not
simulated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]


@dataclass(frozen=True)
class Removal:
    conversion: float | None
    """The chance that a chain of touches ends in a conversion; None without a chain."""
    effect: Float
    """[C] the share of conversions that go with each touch"""

    @property
    def shares(self) -> Float:
        """[C] the effects as shares of all of them."""
        whole = float(self.effect.sum())
        return self.effect / whole if whole > 0 else self.effect


def removal(moves: Float) -> Removal:
    """`moves` [C + 1, C + 2]: how often a touch (C: the start) was followed by which (C: a conversion, C + 1: none).

    With N = (I - Q)^-1 a chain passes touch i with the chance N[start, i] / N[i, i], and converts from there with p[i]: without
    i all of that is gone, and nothing else.
    """
    touches = moves.shape[0] - 1
    out = moves.sum(axis=1)
    if not out[touches] > 0:
        return Removal(None, np.zeros(touches))
    chance = moves / np.where(out > 0, out, 1.0)[:, None]
    among, start = chance[:touches, :touches], chance[touches]
    try:
        visits = np.linalg.inv(np.eye(touches) - among)
    except np.linalg.LinAlgError:  # a circle that nobody leaves: counts cannot make one, for every chain ends
        return Removal(None, np.zeros(touches))
    converts = visits @ chance[:touches, touches]
    whole = float(start[:touches] @ converts + start[touches])
    if not whole > 0:
        return Removal(0.0, np.zeros(touches))
    passes = (start[:touches] @ visits) / np.diag(visits)
    return Removal(whole, np.clip(passes * converts / whole, 0.0, 1.0))
