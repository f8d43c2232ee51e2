"""NBD: customers buy at random, each at a rate of their own, and nobody ever leaves. What the others must do better than.

Ehrenberg (1959). r, alpha: the gamma distribution of the rates.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln

from desirelines.measure.base.buyers import Buyers, too_few, total
from desirelines.measure.base.fitting import Fit, maximise

Float = NDArray[np.float64]
NAMES = ("r", "alpha")


def fit(found: Buyers) -> Fit | None:
    """None where nobody came again. The likelihood leaves out what no parameter is in, as that of the others does."""
    if too_few(found):
        return None
    rate = total(found.weight, found.x) / total(found.weight, found.T)

    def slope(at: Float) -> tuple[float, Float]:
        r, alpha = np.exp(at)
        far = np.log(alpha + found.T)
        each = gammaln(r + found.x) - gammaln(r) + r * at[1] - (r + found.x) * far
        by_r = digamma(r + found.x) - digamma(r) + at[1] - far
        by_alpha = r / alpha - (r + found.x) / (alpha + found.T)
        return total(found.weight, each), np.array([r * total(found.weight, by_r), alpha * total(found.weight, by_alpha)])

    return maximise("NBD", NAMES, slope, [(r, r / rate) for r in (0.3, 1.0, 3.0)], found.n)


def expected(logs: Float, t: Float | float) -> Float:
    """Purchases of somebody within `t` after the first one."""
    r, alpha = np.exp(logs)
    return np.asarray(r / alpha * np.asarray(t, np.float64))
