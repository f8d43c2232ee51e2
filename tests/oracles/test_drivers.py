"""Drivers against published numbers: relaimpo, relativeImp and rwa on swiss and mtcars, and tables small enough to do by hand."""

from __future__ import annotations

import numpy as np
import pytest

from desirelines.explain.drivers.chances import cases, chances
from desirelines.explain.drivers.contrast import asymmetry, contrasts
from desirelines.explain.drivers.crossed import Crossed, cross
from desirelines.explain.drivers.fitting import fit
from desirelines.explain.drivers.grid import Item, place
from desirelines.explain.drivers.kano import answered, category, counted
from desirelines.explain.drivers.sharing import johnson, lmg
from desirelines.explain.drivers.warning import suppressors

KINDS = ("basic", "excitement", "performance")
# R's datasets::swiss (Mosteller and Tukey 1977): Fertility, Agriculture, Examination, Education, Catholic, Infant.Mortality
SWISS = """
80.2 17 15 12 9.96 22.2;83.1 45.1 6 9 84.84 22.2;92.5 39.7 5 5 93.4 20.2;85.8 36.5 12 7 33.77 20.3;76.9 43.5 17 15 5.16 20.6
76.1 35.3 9 7 90.57 26.6;83.8 70.2 16 7 92.85 23.6;92.4 67.8 14 8 97.16 24.9;82.4 53.3 12 7 97.67 21;82.9 45.2 16 13 91.38 24.4
87.1 64.5 14 6 98.61 24.5;64.1 62 21 12 8.52 16.5;66.9 67.5 14 7 2.27 19.1;68.9 60.7 19 12 4.43 22.7;61.7 69.3 22 5 2.82 18.7
68.3 72.6 18 2 24.2 21.2;71.7 34 17 8 3.3 20;55.7 19.4 26 28 12.11 20.2;54.3 15.2 31 20 2.15 10.8;65.1 73 19 9 2.84 20
65.5 59.8 22 10 5.23 18;65 55.1 14 3 4.52 22.4;56.6 50.9 22 12 15.14 16.7;57.4 54.1 20 6 4.2 15.3;72.5 71.2 12 1 2.4 21
74.2 58.1 14 8 5.23 23.8;72 63.5 6 3 2.56 18;60.5 60.8 16 10 7.72 16.3;58.3 26.8 25 19 18.46 20.9;65.4 49.5 15 8 6.1 22.5
75.5 85.9 3 2 99.71 15.1;69.3 84.9 7 6 99.68 19.8;77.3 89.7 5 2 100 18.3;70.5 78.2 12 6 98.96 19.4;79.4 64.9 7 3 98.22 20.2
65 75.9 9 9 99.06 17.8;92.2 84.6 3 3 99.46 16.3;79.3 63.1 13 13 96.83 18.1;70.4 38.4 26 12 5.62 20.3;65.7 7.7 29 11 13.79 20.5
72.7 16.7 22 13 11.22 18.9;64.4 17.6 35 32 16.92 23;77.6 37.6 15 7 4.97 20;67.6 18.7 25 7 8.65 19.5;35 1.2 37 53 42.34 18
44.7 46.6 16 29 50.43 18.2;42.8 27.7 22 29 58.33 19.3
"""
# R's datasets::mtcars (Henderson and Velleman 1981): mpg, cyl, disp, hp, gear
MTCARS = """
21.0 6 160 110 4;21.0 6 160 110 4;22.8 4 108 93 4;21.4 6 258 110 3;18.7 8 360 175 3;18.1 6 225 105 3;14.3 8 360 245 3
24.4 4 146.7 62 4;22.8 4 140.8 95 4;19.2 6 167.6 123 4;17.8 6 167.6 123 4;16.4 8 275.8 180 3;17.3 8 275.8 180 3
15.2 8 275.8 180 3;10.4 8 472 205 3;10.4 8 460 215 3;14.7 8 440 230 3;32.4 4 78.7 66 4;30.4 4 75.7 52 4
33.9 4 71.1 65 4;21.5 4 120.1 97 3;15.5 8 318 150 3;15.2 8 304 150 3;13.3 8 350 245 3;19.2 8 400 175 3
27.3 4 79 66 4;26.0 4 120.3 91 5;30.4 4 95.1 113 5;15.8 8 351 264 5;19.7 6 145 175 5;15.0 8 301 335 5;21.4 4 121 109 4
"""


def table(text: str) -> np.ndarray:
    """The drivers and, last, the outcome, which stands first in the text."""
    rows = [[float(value) for value in row.split()] for row in text.strip().replace("\n", ";").split(";")]
    return np.roll(np.array(rows), -1, axis=1)


def crossed_of(text: str, weight: np.ndarray | None = None) -> Crossed:
    rows = table(text)
    found = cross(rows, np.ones(len(rows)) if weight is None else weight)
    assert found is not None
    return found


def test_swiss_as_relaimpo_prints_it() -> None:
    found = crossed_of(SWISS)
    fitted = fit(found)
    assert fitted is not None
    assert fitted.r2 == pytest.approx(0.706735001593, abs=5e-13)
    share = lmg(found.correlation)
    assert share == pytest.approx(
        [0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265], abs=5e-14
    )
    assert np.round(100 * share / fitted.r2, 2).tolist() == [8.08, 24.22, 36.81, 14.94, 15.96]
    assert np.round(fitted.beta, 6).tolist() == [-0.312921, -0.164778, -0.670401, 0.347600, 0.251136]
    assert np.round(fitted.first, 6).tolist() == [0.124665, 0.417164, 0.440616, 0.215004, 0.173519]
    assert (round(fitted.f or 0, 4), fitted.freedom, fitted.n) == (19.7611, 41, 47)


def test_weighted_swiss() -> None:
    found = crossed_of(SWISS, 1.0 + np.arange(1, 48) % 3)
    fitted = fit(found)
    assert fitted is not None
    assert fitted.r2 == pytest.approx(0.694332891423, abs=5e-13)
    assert np.round(lmg(found.correlation), 7).tolist() == [0.0518208, 0.1549452, 0.2559771, 0.1019574, 0.1296324]


def test_agriculture_is_a_suppressor() -> None:
    found = crossed_of(SWISS)
    fitted = fit(found)
    assert fitted is not None
    warned = suppressors(fitted, found.correlation)
    assert [one.driver for one in warned] == [0]
    assert "by itself it moves with the outcome up, beside the others down" in warned[0].words


def test_johnsons_weights_as_relativeimp_and_rwa_print_them() -> None:
    assert johnson(crossed_of(SWISS).correlation) == pytest.approx(
        [0.048416895812, 0.154708249806, 0.271964104646, 0.114680029948, 0.116965721381], abs=5e-13
    )
    found = crossed_of(MTCARS)
    assert johnson(found.correlation) == pytest.approx(
        [0.228479725928, 0.222146870540, 0.232174439299, 0.096388603215], abs=5e-13
    )
    fitted = fit(found)
    assert fitted is not None
    assert fitted.r2 == pytest.approx(0.779189638983, abs=5e-13)
    assert np.round(lmg(found.correlation), 7).tolist() == [0.2470520, 0.2434996, 0.2109129, 0.0777251]


def test_two_drivers_by_hand() -> None:
    matrix = np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]])
    assert lmg(matrix) == pytest.approx([0.286667, 0.086667], abs=5e-7)
    assert johnson(matrix) == pytest.approx([0.286667, 0.086667], abs=5e-7)
    assert float(lmg(matrix).sum()) == pytest.approx(0.37333, abs=5e-6)
    matrix[0, 1] = matrix[1, 0] = 0
    assert lmg(matrix) == pytest.approx([0.36, 0.16])
    assert johnson(matrix) == pytest.approx([0.36, 0.16])


def test_penalty_and_reward_of_the_balanced_design() -> None:
    low = np.array([[a == 0, b == 0] for a in range(3) for b in range(3)])
    high = np.array([[a == 2, b == 2] for a in range(3) for b in range(3)])
    y = 7 + low @ [-2.0, -0.3] + high @ [0.5, 1.2]
    base, found = contrasts(y, low, high)
    assert base == pytest.approx(7)
    sizes = [(one.penalty and one.penalty.value, one.reward and one.reward.value) for one in found]
    assert np.array(sizes, dtype=float) == pytest.approx(np.array([[2, 0.5], [0.3, 1.2]]))
    assert [one.asymmetry for one in found] == [pytest.approx(-0.6), pytest.approx(0.6)]
    assert asymmetry(2, 0.5) == pytest.approx(-0.6)
    assert asymmetry(0.3, 1.2) == pytest.approx(0.6)


def test_a_class_is_given_only_where_penalty_and_reward_can_be_told_apart() -> None:
    right = np.zeros(3)
    for seed in range(40):
        random = np.random.default_rng(seed)
        score = random.integers(0, 3, (3000, 3))
        low, high = score == 0, score == 2
        y = 7 + low @ [-2.0, -0.3, -1.0] + high @ [0.5, 1.2, 1.0] + random.normal(0, 1, 3000)
        right += [one.kind == kind for one, kind in zip(contrasts(y, low, high)[1], KINDS, strict=True)]
    assert right[:2].tolist() == [40, 40]
    assert right[2] >= 35  # each test errs in 5 of 100
    few = np.random.default_rng(1).integers(0, 3, (24, 3))
    noise = np.random.default_rng(2).normal(0, 3, 24)
    assert {one.kind for one in contrasts(noise, few == 0, few == 2)[1]} == {"not told apart"}


def test_kanos_table_and_bergers_coefficients() -> None:
    rows = ["".join(category(one, other) for other in range(5)) for one in range(5)]
    assert rows == ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]
    found = counted({"A": 40, "O": 30, "M": 20, "I": 10})
    assert (found.satisfaction, found.dissatisfaction) == (0.7, -0.5)
    assert found.category is None  # 40 against 30 of 100 may be chance
    assert answered(np.array([0] * 50 + [1] * 10), np.array([2] * 50 + [4] * 10)).category == "A"


def test_done_right_the_first_time_asks_for_concentration() -> None:
    items = [Item(3.83, 2.63), Item(2.5, 3.2), Item(3.6, 3.3), Item(2.1, 2.2, 2.0, 2.2, 2.1, 2.3)]
    assert [one.field for one in place(items)] == ["concentrate here", "possible overkill", "keep up", "low priority"]
    assert place(items)[3].sure
    assert not place([*items[:3], Item(2.1, 2.2, 1.9, 3.5, 2.1, 2.3)])[3].sure


def test_shares_of_the_log_likelihood_are_those_of_every_order_by_a_stranger() -> None:
    api = pytest.importorskip("statsmodels.api")
    random = np.random.default_rng(1)
    x = random.integers(0, 4, (400, 3)).astype(float)
    y = (random.random(400) < 1 / (1 + np.exp(1.5 - 0.9 * x[:, 0] - 0.3 * x[:, 1]))).astype(float)
    found = chances(cases(y, x, np.ones(400)))
    assert found is not None
    worth = {}
    for subset in range(8):
        chosen = [one for one in range(3) if subset >> one & 1]
        worth[subset] = api.Logit(y, api.add_constant(x[:, chosen]) if chosen else np.ones((400, 1))).fit(disp=0).prsquared
    own = (worth[1], worth[3] - worth[2], worth[5] - worth[4], worth[7] - worth[6])
    assert found.share[0] == pytest.approx(own[0] / 3 + own[1] / 6 + own[2] / 6 + own[3] / 3, abs=1e-5)
    assert found.mcfadden == pytest.approx(worth[7], abs=1e-5)
    assert found.share.sum() == pytest.approx(found.mcfadden)
    fitted = api.Logit(y, api.add_constant(x)).fit(disp=0).predict()
    assert found.tjur == pytest.approx(fitted[y == 1].mean() - fitted[y == 0].mean(), abs=1e-4)
