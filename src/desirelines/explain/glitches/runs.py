"""How long the present state has lasted, as probabilities: Bayesian online change-point detection (Adams and MacKay 2007)."""

from __future__ import annotations

from math import log

import numpy as np

from desirelines.explain.estimating.estimate import Float, Int


def run_lengths(values: Float, spread: float, prior_mean: float, prior_spread: float, hazard: float = 0.01) -> Int:
    """[n]: the most probable number of observations since the last change, after each. Normal values of a known spread.

    A value that is not finite lengthens the run and teaches nothing. `spread` and `prior_spread` must be above 0.
    """
    n = len(values)
    found = np.zeros(n, np.int64)
    mean, precision = np.array([prior_mean]), np.array([1 / prior_spread**2])
    weight = np.zeros(1)
    each = 1 / spread**2
    for place, value in enumerate(values.tolist()):
        if np.isfinite(value):
            variance = spread**2 + 1 / precision
            chance = -0.5 * np.log(2 * np.pi * variance) - (value - mean) ** 2 / (2 * variance)
            new_precision = precision + each
            new_mean = (precision * mean + each * value) / new_precision
        else:
            chance, new_precision, new_mean = np.zeros(len(mean)), precision, mean
        grown = weight + chance + log(1 - hazard)
        anew = float(np.logaddexp.reduce(weight + chance)) + log(hazard)
        weight = np.concatenate([[anew], grown])
        weight -= np.logaddexp.reduce(weight)
        mean, precision = np.concatenate([[prior_mean], new_mean]), np.concatenate([[1 / prior_spread**2], new_precision])
        found[place] = int(np.argmax(weight))
    return found
