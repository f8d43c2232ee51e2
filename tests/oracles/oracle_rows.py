"""Every published number that the product holds itself to: what, published, and a way to get ours."""

from __future__ import annotations

from functools import cache
from math import sqrt

import numpy as np
import oracle_measures as measures
import test_base_models as bases
import test_drivers as drivers
import test_glitch_detection as watching
from oracle_nouns import Oracle, numbers, one

from desirelines.explain.drivers.fitting import fit
from desirelines.explain.drivers.kano import counted
from desirelines.explain.drivers.sharing import johnson, lmg
from desirelines.explain.experiments.always import always_p, mixture, radius, tuned
from desirelines.explain.experiments.looks import obrien_fleming, peeking, pocock
from desirelines.explain.experiments.split import split
from desirelines.explain.glitches.cusum import run_length
from desirelines.explain.glitches.partition import one_break
from desirelines.measure.base import bg_bb, bg_nbd, gamma_gamma, lifetime, nbd, pareto_nbd, sbg


@cache
def spending() -> tuple[np.ndarray, np.ndarray]:
    table = bases.published("cdnow_customers_summary_with_transactions.csv")
    return table["x"].to_numpy(np.float64), table["zbar"].to_numpy(np.float64)


@cache
def donors() -> tuple[np.ndarray, ...]:
    table = bases.published("donations.csv")
    return tuple(table[name].to_numpy(np.float64) for name in ("frequency", "recency", "periods", "weights"))


def customer_base() -> list[Oracle]:
    two, many = bases.row(2, 30.43, 38.86), bases.row(26, 30.86, 31)

    def found(model: object) -> str:
        return numbers(bases.fitted(model).values, ".4f")

    def height(model: object, form: str) -> str:
        return one(bases.fitted(model).log_likelihood, form)

    def logs(model: object) -> np.ndarray:
        return bases.fitted(model).logs

    def left(rows: np.ndarray, form: str) -> str:
        fit_ = sbg.fit(rows)
        return "none" if fit_ is None else f"{numbers(fit_.values, form)}"

    def spent() -> object:
        fit_ = gamma_gamma.fit(*spending())
        assert fit_ is not None
        return fit_

    section = "Customer base (CDNOW, donors, two subscriptions)"
    return [
        Oracle(section, "BG/NBD r, α, a, b", "0.2426, 4.4135, 0.7929, 2.4258", lambda: found(bg_nbd)),
        Oracle(section, "BG/NBD log-likelihood", "-9582.426", lambda: height(bg_nbd, ".3f")),
        Oracle(
            section,
            "BG/NBD standard errors",
            "0.0126, 0.3782, 0.1857, 0.7053",
            lambda: numbers([error or 0 for error in bases.fitted(bg_nbd).errors], ".4f"),
        ),
        Oracle(
            section,
            "BG/NBD E[Y(39) | 2, 30.43, 38.86]",
            "1.226",
            lambda: one(bg_nbd.conditional(logs(bg_nbd), *two, t=39)[0], ".3f"),
        ),
        Oracle(section, "BG/NBD P(alive | 2, 30.43, 38.86)", "0.7266", lambda: one(bg_nbd.p_alive(logs(bg_nbd), *two)[0], ".4f")),
        Oracle(
            section,
            "BG/NBD E[X(39)], E[X(52)]",
            "1.1950, 1.4440",
            lambda: numbers([float(bg_nbd.expected(logs(bg_nbd), t)) for t in (39, 52)], ".4f"),
        ),
        Oracle(
            section,
            "BG/NBD 52 weeks of (26, 30.86, 31)",
            "25.76",
            lambda: one(bg_nbd.conditional(logs(bg_nbd), *many, t=52)[0], ".2f"),
        ),
        Oracle(section, "Pareto/NBD r, α, s, β", "0.5533, 10.5776, 0.6062, 11.6679", lambda: found(pareto_nbd)),
        Oracle(section, "Pareto/NBD log-likelihood", "-9594.974", lambda: height(pareto_nbd, ".3f")),
        Oracle(section, "Pareto/NBD E[X(52)]", "1.4734", lambda: one(float(pareto_nbd.expected(logs(pareto_nbd), 52)), ".4f")),
        Oracle(
            section,
            "Pareto/NBD 52 weeks of (26, 30.86, 31)",
            "25.4565",
            lambda: one(pareto_nbd.conditional(logs(pareto_nbd), *many, t=52)[0], ".4f"),
        ),
        Oracle(
            section,
            "Pareto/NBD P(alive | 26, 30.86, 31)",
            "0.9979",
            lambda: one(pareto_nbd.p_alive(logs(pareto_nbd), *many)[0], ".4f"),
        ),
        Oracle(
            section,
            "Pareto/NBD E[Y(39) | 2, 30.43, 38.86]",
            "1.4551",
            lambda: one(pareto_nbd.conditional(logs(pareto_nbd), *two, t=39)[0], ".4f"),
        ),
        Oracle(section, "NBD r, α", "0.385, 12.072", lambda: numbers(bases.fitted(nbd).values, ".3f")),
        Oracle(section, "NBD log-likelihood", "-9763.660", lambda: height(nbd, ".3f")),
        Oracle(section, "Gamma-gamma p, q, γ", "6.2488, 3.7446, 15.4477", lambda: numbers(spent().values, ".4f")),  # type: ignore[attr-defined]
        Oracle(section, "Gamma-gamma population mean", "35.17", lambda: one(gamma_gamma.population(spent().logs), ".2f")),  # type: ignore[attr-defined]
        Oracle(
            section,
            "Gamma-gamma E[Z | 2, 22.35], E[Z | 1, 11.77]",
            "24.66, 18.91",
            lambda: numbers(gamma_gamma.conditional(spent().logs, np.array([2.0, 1.0]), np.array([22.35, 11.77])), ".2f"),  # type: ignore[attr-defined]
        ),
        Oracle(section, "Correlation of frequency and spend", "0.114", lambda: one(gamma_gamma.related(*spending()), ".3f")),
        Oracle(
            section,
            "BG/BB α, β, γ, δ",
            "1.204, 0.750, 0.657, 2.783",
            lambda: numbers(bg_bb.fit(*donors()).values, ".3f"),  # type: ignore[union-attr]
        ),
        Oracle(section, "sBG High End α, β", "0.668, 3.806", lambda: left(bases.HIGH_END, ".3f")),
        Oracle(section, "sBG Regular α, β", "0.704, 1.182", lambda: left(bases.REGULAR, ".3f")),
        Oracle(
            section, "sBG introductory cohort α, β", "0.7637, 1.2958", lambda: left(np.array([1000, 631, 468, 382, 326]), ".4f")
        ),
        Oracle(
            section,
            "Discounted lifetime, High End and Regular, 10 %",
            "5.9226, 3.6951",
            lambda: numbers([sbg.lifetime(np.log(np.array(p)), 0.1) for p in ((0.668, 3.806), (0.704, 1.182))], ".4f"),
        ),
        Oracle(
            section,
            "CLV of 100 a period, r 0.8, d 0.1; first margin at once",
            "266.67, 366.67",
            lambda: numbers(
                [lifetime.contractual(100, 0.8, 0.1) or 0, lifetime.contractual(100, 0.8, 0.1, at_once=True) or 0], ".2f"
            ),
        ),
    ]


def driver_shares() -> list[Oracle]:
    swiss, cars = drivers.crossed_of(drivers.SWISS), drivers.crossed_of(drivers.MTCARS)
    section = "Drivers (R's swiss and mtcars, by relaimpo, relativeImp and rwa)"
    return [
        Oracle(section, "swiss R²", "0.706735001593", lambda: one(fit(swiss).r2, ".12f")),  # type: ignore[union-attr]
        Oracle(
            section,
            "swiss LMG",
            "0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265",
            lambda: numbers(lmg(swiss.correlation), ".13f"),
        ),
        Oracle(
            section,
            "swiss β",
            "-0.312921, -0.164778, -0.670401, 0.347600, 0.251136",
            lambda: numbers(fit(swiss).beta, ".6f"),  # type: ignore[union-attr]
        ),
        Oracle(
            section,
            "swiss Johnson's weights",
            "0.048416895812, 0.154708249806, 0.271964104646, 0.114680029948, 0.116965721381",
            lambda: numbers(johnson(swiss.correlation), ".12f"),
        ),
        Oracle(
            section,
            "mtcars Johnson's weights",
            "0.228479725928, 0.222146870540, 0.232174439299, 0.096388603215",
            lambda: numbers(johnson(cars.correlation), ".12f"),
        ),
        Oracle(
            section, "mtcars LMG", "0.2470520, 0.2434996, 0.2109129, 0.0777251", lambda: numbers(lmg(cars.correlation), ".7f")
        ),
        Oracle(
            section,
            "Berger's coefficients of A 40, O 30, M 20, I 10",
            "0.7, -0.5",
            lambda: numbers(
                [(c := counted({"A": 40, "O": 30, "M": 20, "I": 10})).satisfaction or 0, c.dissatisfaction or 0], ".1f"
            ),
        ),
    ]


def glitches() -> list[Oracle]:
    def nile() -> str:
        found = one_break(watching.NILE)
        assert found is not None
        return (
            f"{1870 + found.at}; {found.before:.2f}, {found.after:.2f}; {found.squares_without:.2f}, {found.squares:.2f}; "
            f"{found.sup_f:.2f}"
        )

    section = "Glitches (CUSUM's run lengths, the Nile at Aswan)"
    return [
        Oracle(
            section,
            f"CUSUM run length, k 0.5, h {limit}, shifts 0, ¼, ½, 1, 2, 3 σ",
            numbers(watching.PRINTED[limit], ".2f"),
            lambda limit=limit: numbers([run_length(shift, limit=limit) for shift in watching.SHIFTS], ".2f"),  # type: ignore[misc]
        )
        for limit in (4, 5)
    ] + [
        Oracle(section, "Nile: year; means; sums of squares; sup-F", "1898; 1097.75, 849.97; 2835156.75, 1597457.19; 75.93", nile)
    ]


def experiments() -> list[Oracle]:
    section = "Experiments (Armitage; Pocock; O'Brien and Fleming; Johari and others; Waudby-Smith and others; Kohavi and others)"
    return [
        Oracle(
            section,
            "False alarms of 1, 2, 3, 5, 10 looks at 1.96",
            "0.050, 0.083, 0.107, 0.142, 0.193",
            lambda: numbers([peeking(k) for k in (1, 2, 3, 5, 10)], ".3f"),
        ),
        Oracle(section, "Pocock's constant, 5 looks", "2.413", lambda: one(pocock(5)[0], ".3f")),
        Oracle(
            section,
            "O'Brien and Fleming's bounds, 5 looks",
            "4.56, 3.23, 2.63, 2.28, 2.04",
            lambda: numbers(obrien_fleming(5), ".2f"),
        ),
        Oracle(
            section,
            "Mixture ratio, n 1000, Δ 0.1, σ² 1, τ² 0.01; its p",
            "3.27872; 0.304997",
            lambda: f"{mixture(1000, 0.1, 1.0, 0.01):.5f}; {always_p(np.array([mixture(1000, 0.1, 1.0, 0.01)]))[0]:.6f}",
        ),
        Oracle(section, "Mixture ratio, n 5000", "32538.60", lambda: one(mixture(5000, 0.1, 1.0, 0.01), ".2f")),
        Oracle(
            section,
            "Mixture ratio, n 10,000, Δ 0.02, σ² 0.09, τ² 0.0004",
            "8604.902",
            lambda: one(mixture(10_000, 0.02, 0.09, 0.0004), ".3f"),
        ),
        Oracle(
            section,
            "Confidence sequence: ρ for 1000; radius at 1000 and 10,000",
            "0.093711; 0.095989, 0.032554",
            lambda: f"{tuned(1000):.6f}; {numbers([radius(n, 1.0, tuned(1000)) for n in (1000, 10_000)], '.6f')}",
        ),
        Oracle(section, "The same for a fixed n of 1000", "0.061980", lambda: one(1.959964 / sqrt(1000), ".6f")),
        Oracle(
            section,
            "Split of 821,588 against 815,482: χ²; p",
            "22.774; 1.8e-06",
            lambda: f"{split([821_588, 815_482]).chi2:.3f}; {split([821_588, 815_482]).p:.1e}",
        ),
        Oracle(
            section,
            "Split of 10,000 against 10,300: χ²; p",
            "4.4335; 0.0352",
            lambda: f"{split([10_000, 10_300]).chi2:.4f}; {split([10_000, 10_300]).p:.4f}",
        ),
    ]


def oracles() -> list[Oracle]:
    """All of them, in the order of the paper."""
    return [*measures.metrics(), *customer_base(), *measures.credit(), *driver_shares(), *glitches(), *experiments()]
