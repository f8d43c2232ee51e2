"""The gate: were customers dealt to the arms as was planned? If not, nothing else of the experiment may be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import chdtrc

GATE = 0.0005
"""Under this p the split is no chance: the result is blanked."""
FEWEST = 5
"""Expected customers in an arm, under which chi-square says nothing."""


@dataclass(frozen=True)
class Split:
    """Pearson's chi-square of the counts against the planned shares; None where too few to say."""

    chi2: float | None
    p: float | None

    @property
    def holds(self) -> bool:
        return self.p is None or self.p >= GATE


def split(counts: Sequence[int], shares: Sequence[float] | None = None) -> Split:
    """`shares`: planned, of any sum; None: equal. Raises nothing: arms that were planned none but got some fail."""
    planned = [1.0] * len(counts) if shares is None else list(shares)
    whole, n = sum(planned), sum(counts)
    if len(counts) < 2 or n == 0 or whole <= 0:
        return Split(None, None)
    expected = [n * share / whole for share in planned]
    if any(count and not wanted for count, wanted in zip(counts, expected, strict=True)):
        return Split(None, 0.0)
    if min(expected) < FEWEST:
        return Split(None, None)
    chi2 = sum((count - wanted) ** 2 / wanted for count, wanted in zip(counts, expected, strict=True))
    return Split(chi2, float(chdtrc(len(counts) - 1, chi2)))
