"""Small published formulas: what is remembered, what is wanted, whose purse it is, how a base grows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]


def peak_end(valences: Float) -> tuple[float, float, float] | None:
    """(peak, end, what is remembered): the mean of the strongest, sign kept (of two as strong the later), and the last.

    Fredrickson & Kahneman 1993: how long it lasted is neglected.
    """
    felt = valences[np.isfinite(valences)]
    if not len(felt):
        return None
    strongest = len(felt) - 1 - int(np.argmax(np.abs(felt[::-1])))
    peak, end = float(felt[strongest]), float(felt[-1])
    return peak, end, (peak + end) / 2


def opportunity(importance: float, satisfaction: float) -> float:
    """Ulwick's score of an outcome, both 0 to 10: importance + max(importance - satisfaction, 0)."""
    return importance + max(importance - satisfaction, 0.0)


def wallet_share(rank: Float, brands: Float) -> Float:
    """The share of a customer's purse from the brand's rank among so many brands: (1 - rank / (N + 1)) · 2 / N.

    Keiningham et al. 2011. Ties share a mean rank. nan where rank or count cannot be.
    """
    fit = np.isfinite(rank) & np.isfinite(brands) & (brands >= 1) & (rank >= 1) & (rank <= brands)
    n = np.where(fit, brands, 1.0)
    share: Float = np.where(fit, (1 - rank / (n + 1)) * 2 / n, np.nan)
    return share


def quick_ratio(new: float, more: float, lost: float, less: float) -> float | None:
    """(new + more) / (lost + less); undefined where nothing was lost."""
    return (new + more) / (lost + less) if lost + less > 0 else None
