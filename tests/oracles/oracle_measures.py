"""Published numbers about metrics of experience and about credit."""

from __future__ import annotations

import numpy as np
import test_credit as crediting
import test_metric_formulas as formulas
from oracle_nouns import Oracle, numbers, one

from desirelines.measure.credit.removal import removal
from desirelines.measure.credit.sharing import shapley, within
from desirelines.measure.credit.walking import RULES
from desirelines.measure.estimating.formulas import peak_end, quick_ratio, wallet_share
from desirelines.measure.estimating.survival import Survival, kaplan_meier, log_rank
from desirelines.measure.intervals import newcombe, recommend, wilson

DRUG, PLACEBO = formulas.waits(formulas.DRUG), formulas.waits(formulas.PLACEBO)
WEEKS = (6, 7, 10, 13, 16, 22, 23)


def limits(found: tuple[float, float] | None, form: str) -> str:
    return "none" if found is None else numbers(found, form)


def net(promoters: int, detractors: int, n: int, level: float = 0.95) -> str:
    found = recommend(promoters, detractors, n, level)
    return "none" if found is None else f"{found[0]:.0f}; {limits(found[1], '.3f')}"


def curve() -> Survival:
    found = kaplan_meier(*DRUG)
    assert found is not None
    return found


def remission() -> str:
    return numbers([curve().at(week)[0] for week in WEEKS], ".4f")


def errors() -> str:
    return numbers([curve().at(week)[1] for week in (6, 23)], ".4f")


def ranked() -> str:
    found = log_rank(*DRUG, *PLACEBO)
    return "none" if found is None else format(found.statistic, ".3f")


def remembered() -> str:
    return numbers(peak_end(np.array([3.0, -1, 2, -4, 1, 2])) or (), ".1f")


def ranks(brands: int) -> str:
    return numbers(wallet_share(np.arange(1.0, brands + 1), np.full(brands, float(brands))), ".4f")


def metrics() -> list[Oracle]:
    section = "Experience (Rocks; Newcombe; Freireich and others; Keiningham and others)"
    return [
        Oracle(section, "Net recommendation, 50 and 20 of 100, 95 %", "30; 14.051, 44.201", lambda: net(50, 20, 100)),
        Oracle(section, "The same, 90 %", "30; 16.475, 41.778", lambda: net(50, 20, 100, 0.9)),
        Oracle(section, "Net recommendation, 36 and 9 of 60", "45; 24.471, 61.244", lambda: net(36, 9, 60)),
        Oracle(section, "Net recommendation, 500 and 200 of 1,000", "30; 25.077, 34.744", lambda: net(500, 200, 1000)),
        *(
            Oracle(section, f"Wilson, {hits} of {n}", printed, lambda hits=hits, n=n: limits(wilson(hits, n), ".4f"))  # type: ignore[misc]
            for hits, n, printed in (
                (81, 263, "0.2553, 0.3662"),
                (15, 148, "0.0624, 0.1605"),
                (0, 20, "0.0000, 0.1611"),
                (1, 29, "0.0061, 0.1718"),
            )
        ),
        Oracle(section, "Newcombe, 56 of 70 less 48 of 80", "0.0524, 0.3339", lambda: limits(newcombe(56, 70, 48, 80), ".4f")),
        Oracle(
            section,
            "Remission by Kaplan and Meier after 6, 7, 10, 13, 16, 22, 23 weeks",
            "0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482",
            remission,
        ),
        Oracle(
            section,
            "Its error after 6 and 23 weeks (Greenwood)",
            "0.0764, 0.1346",
            errors,
        ),
        Oracle(section, "Log-rank χ² against placebo", "16.793", ranked),
        Oracle(section, "Wallet allocation of 2 brands", "0.6667, 0.3333", lambda: ranks(2)),
        Oracle(section, "Wallet allocation of 3 brands", "0.5000, 0.3333, 0.1667", lambda: ranks(3)),
        Oracle(section, "Wallet allocation of 4 brands", "0.4000, 0.3000, 0.2000, 0.1000", lambda: ranks(4)),
        Oracle(section, "Quick ratio of 20 new, 8 back, 5 and 3 lost", "3.5", lambda: one(quick_ratio(20, 8, 5, 3), ".1f")),
        Oracle(section, "Peak, end, peak-end of 3, -1, 2, -4, 1, 2", "-4.0, 2.0, -1.0", remembered),
    ]


def credit() -> list[Oracle]:
    section = "Credit (Anderl and others; Zhao and others)"
    three, two = (crediting.tallied(paths, names) for paths, names in ((crediting.ORACLE_A, "abc"), (crediting.ORACLE_B, "gm")))
    sets = {frozenset("a"): 10.0, frozenset("b"): 5.0, frozenset("ab"): 12.0, frozenset("abc"): 6.0, frozenset("c"): 3.0}

    def glove() -> str:
        found = shapley(("l", "r", "s"), lambda chosen: float("l" in chosen and len(chosen) > 1))
        return numbers(found.values(), ".4f")

    def position() -> str:
        return numbers(crediting.tallied([("abcde", 1)], "abcde").credit[RULES.index("position"), :5], ".4f")

    return [
        Oracle(section, "Removals of three channels", "0.5, 1.0, 1.0", lambda: numbers(removal(three.moves).effect, ".1f")),
        Oracle(section, "Their credit", "0.2, 0.4, 0.4", lambda: numbers(removal(three.moves).shares, ".1f")),
        Oracle(section, "Removals of two channels", "0.75, 0.50", lambda: numbers(removal(two.moves).effect, ".2f")),
        Oracle(section, "Their credit of 4", "2.4, 1.6", lambda: numbers(4 * removal(two.moves).shares, ".1f")),
        Oracle(
            section,
            "Shapley of the same",
            "2.5, 1.5",
            lambda: numbers(two.credit[RULES.index("shapley"), :2], ".1f"),
        ),
        Oracle(
            section,
            "Shapley of {A} 10, {B} 5, {A, B} 12, {A, B, C} 6, {C} 3",
            "18, 13, 5",
            lambda: numbers(shapley(("a", "b", "c"), within(sets)).values(), ".0f"),
        ),
        Oracle(section, "The glove game", "0.6667, 0.1667, 0.1667", glove),
        Oracle(section, "Position, five touches", "0.4000, 0.0667, 0.0667, 0.0667, 0.4000", position),
    ]
