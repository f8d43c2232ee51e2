"""What is printed about comparing without an experiment: organ donors, minimum wages, training (oracles 7)."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from desirelines.explain.estimating.doubly import weighted_difference
from desirelines.explain.estimating.estimate import difference, mean_of
from desirelines.explain.estimating.regression import least_squares, with_ones
from desirelines.explain.estimating.weighting import even, propensity, weigh

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    causaldata = pytest.importorskip("causaldata", reason="the data of causaldata are not installed")


def test_training_shows_how_far_methods_lie_apart() -> None:
    """LaLonde 1986, Dehejia and Wahba 1999: the experiment says 1794, comparing with a survey anything from -8498 to 2741."""
    trial = causaldata.nsw_mixtape.load_pandas().data
    survey = causaldata.cps_mixtape.load_pandas().data
    treated = trial["treat"].to_numpy() == 1
    outcome = trial["re78"].to_numpy(dtype=float)
    a, b = mean_of(outcome[treated]), mean_of(outcome[~treated])
    assert a is not None
    assert b is not None
    experiment = difference(a, b)
    assert experiment.value == pytest.approx(1794.34, abs=0.005)
    assert experiment.error == pytest.approx(671.0, abs=0.05)

    both = pd.concat([trial[trial["treat"] == 1], survey])
    exposed = both["treat"].to_numpy() == 1
    y = both["re78"].to_numpy(dtype=float)
    naive = weighted_difference(y, exposed, np.ones(len(y)))
    assert naive is not None
    assert naive.value == pytest.approx(-8497.52, abs=0.005)

    named = {name: both[name].to_numpy(dtype=float) for name in both.columns if name not in ("data_id", "treat")}
    age, educ, re74, re75 = (named[name] for name in ("age", "educ", "re74", "re75"))
    plain = [*(named[name] for name in ("age", "educ", "marr", "nodegree", "black", "hisp")), re74, re75, re74 == 0, re75 == 0]
    regression = least_squares(y, with_ones(exposed.astype(float), even(np.column_stack([*plain, age**2]))))
    assert regression is not None
    adjusted = regression.of(1)
    assert adjusted is not None
    assert adjusted.value == pytest.approx(1137.2, abs=0.05)

    chance = propensity(exposed, np.column_stack([*plain, age**2, age**3, educ**2, educ * re74]))
    assert chance is not None
    weights = weigh(exposed, chance.share, "exposed")
    for kept, printed in ((chance.share > 0, 1782.2), ((chance.share > 0.1) & (chance.share < 0.9), 2741.1)):
        found = weighted_difference(y[kept], exposed[kept], weights[kept])
        assert found is not None
        assert found.value == pytest.approx(printed, abs=0.05)
    nearest = np.abs(chance.share[exposed][:, None] - chance.share[~exposed][None, :]).argmin(axis=1)
    assert float((y[exposed] - y[~exposed][nearest]).mean()) == pytest.approx(951.9, abs=0.05)


def test_what_a_minimum_wage_did_by_its_four_cells() -> None:
    """Card and Krueger 1994, table 3: full-time equivalents before and after, New Jersey and Pennsylvania."""
    here, there = 21.03 - 20.44, 21.17 - 23.33
    side, later = np.array([1.0, 1, 0, 0]), np.array([0.0, 1, 0, 1])
    fit = least_squares(np.array([20.44, 21.03, 23.33, 21.17]), with_ones(side, later, side * later))
    assert fit is not None
    assert fit.coefficient[3] == pytest.approx(here - there)
    assert fit.coefficient[3] == pytest.approx(2.75, abs=0.005)
    assert fit.of(3) is None  # four cells alone have no error


def test_organ_donors_asked_to_decide() -> None:
    """Kessler and Roth 2014 as in The Effect: two-way fixed effects, errors by state."""
    data = causaldata.organ_donations.load_pandas().data
    state, quarter = np.unique(data["State"], return_inverse=True)[1], np.unique(data["Quarter_Num"], return_inverse=True)[1]
    treated = ((data["State"] == "California") & (data["Quarter_Num"] > 3)).to_numpy(dtype=float)
    columns = np.column_stack([treated, np.eye(27)[state], np.eye(6)[quarter]])
    fit = least_squares(data["Rate"].to_numpy(dtype=float), columns, groups=state)
    assert fit is not None
    found = fit.of(0)
    assert found is not None
    assert found.value == pytest.approx(-0.022459, abs=5e-7)
    assert found.error == pytest.approx(0.0067, abs=5e-5)
