"""The passengers' survey of 2017 through the product's own import: what moves overall satisfaction, and net recommendation.

Blank answers are coded 0 and `Blank`, "never used or visited" 6, a blank recommendation 11: outside their scales, so they are
no answers.
"""

from __future__ import annotations

import csv
from itertools import combinations
from math import comb
from pathlib import Path

import numpy as np
import pytest

from desirelines import explain
from desirelines.explain import Drivers, DriversAsk, MomentsAsk
from desirelines.home import Home
from desirelines.measure.intervals import recommend
from desirelines.settings import Settings
from desirelines.view import Question, View

SURVEY = Path(__file__).resolve().parents[2].parent / "shared/data/sfo_survey_2017/2017_SFO_Customer_Survey_20250817.csv"
pytestmark = pytest.mark.skipif(not SURVEY.is_file(), reason="the passengers' survey of 2017 is not here")

PLACES = {
    "art": "Artwork and exhibitions", "food": "Restaurants", "store": "Shops", "sign": "Signs inside",
    "walkways": "Moving walkways",
    "screens": "Screens with flights", "infodown": "Information booths below", "infoup": "Information booths above",
    "wifi": "Wireless network", "roads": "Signs on the roads", "park": "Parking", "airtrain": "Air train",
    "ltparking": "Long-term parking", "rental": "Rental cars",
}  # fmt: skip
COLUMNS = {key: f"Q7{key.upper()}" for key in PLACES}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with SURVEY.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> View:
    folder = tmp_path_factory.mktemp("passengers")
    properties = {**COLUMNS, "overall": "Q7ALL", "recommend": "NETPRO"}
    table = folder / "survey.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["passenger", "on", *properties])
        for row in rows:  # the day of May stands alone in its column, and `Blank` among numbers
            scores = ["" if row[column] == "Blank" else row[column] for column in properties.values()]
            writer.writerow([row["RESPNUM"], f"2017-05-{int(row['INTDATE']):02}", *scores])
    source = folder / "survey.yaml"
    listed = "\n".join(f"      {key}: {{column: {key}, type: number}}" for key in properties)
    source.write_text(
        "source: survey\nformat: csv\nkey: [passenger]\npeople: {passenger: passenger}\n"
        f"events:\n  - event: Survey Answered\n    time: 'on'\n    properties:\n{listed}\n"
    )
    workspace = Home(folder / "home", Settings()).create("airport", "Airport", "America/Los_Angeles", "USD")
    receipt = workspace.import_file(workspace.adopt_source(source), table)
    assert (receipt.rows_read, receipt.rows_refused) == (2831, 0)
    workspace.import_plan(_plan().encode(), "plan.yaml")
    workspace.publish_draft(workspace.draft()["base"], "the survey's questions")
    return workspace.view()


def _plan() -> str:
    touchpoints = "\n".join(f"  - {{id: {key}, name: {name}}}" for key, name in PLACES.items())
    asked = "\n".join(
        f"  - {{id: q-{key}, words: {name}, touchpoint: {key}, event: Survey Answered, property: {key}, order: 9}}"
        for key, name in PLACES.items()
    )
    return f"""\
brand: {{name: Airport, zone: America/Los_Angeles}}
touchpoints:
  - {{id: airport, name: The airport, rule: [Survey Answered]}}
{touchpoints}
questions:
  - {{id: overall, words: The airport as a whole, touchpoint: airport, event: Survey Answered, property: overall}}
  - {{id: nps, words: Would you recommend it, kind: recommend, touchpoint: airport, event: Survey Answered,
     property: recommend, low: 0, high: 10}}
{asked}
"""


@pytest.fixture(scope="module")
def found(view: View) -> Drivers:
    names = "|".join(f"question:q-{key}" for key in PLACES)
    return explain.drivers(view.ground(Question()), DriversAsk(outcome="overall", drivers=names))


@pytest.fixture(scope="module")
def table(rows: list[dict[str, str]]) -> np.ndarray:
    """[n, 15] the places and, last, the airport as a whole; rows that answered that; nan for what is no answer."""
    scores = [[row[column] for column in (*COLUMNS.values(), "Q7ALL")] for row in rows]
    read = np.array([[float(one) if one in "12345" and one else np.nan for one in row] for row in scores])
    found: np.ndarray = read[np.isfinite(read[:, -1])]
    return found


def r2(columns: np.ndarray, y: np.ndarray) -> float:
    """By least squares on the columns themselves."""
    inner = np.column_stack([np.ones(len(y)), columns])
    left = y - inner @ np.linalg.lstsq(inner, y, rcond=None)[0]
    return 1 - float(left @ left) / float(((y - y.mean()) ** 2).sum())


def test_what_moves_overall_satisfaction(found: Drivers, table: np.ndarray) -> None:
    assert (found.mean.n, found.missing, found.method, found.rung_name) == (2688, "pairwise", "lmg", "moves together")
    assert found.mean.value == pytest.approx(float(table[:, -1].mean()))
    assert [row.name for row in found.rows][:3] == ["Restaurants", "Parking", "Long-term parking"]
    importance = [row.importance.value or 0 for row in found.rows]
    assert sum(importance) == pytest.approx(1)
    assert all((row.importance.low or 0) < (row.importance.value or 0) < (row.importance.high or 0) for row in found.rows)
    assert not any(row.suppressor for row in found.rows)  # a booth's beta is below 0, though not surely: the two say the same
    assert min(row.beta.value or 0 for row in found.rows) < -0.05
    assert {row.id for row in found.rows if row.vif and row.vif > 10} == {"question:q-infodown", "question:q-infoup"}
    assert "for only 494 have all (pairwise)" in found.caveats[0]


def test_pairs_are_what_a_stranger_says(found: Drivers, table: np.ndarray) -> None:
    pandas = pytest.importorskip("pandas")
    correlation = pandas.DataFrame(table).corr().to_numpy()
    by_id = {row.id: row for row in found.rows}
    for place, key in enumerate(PLACES):
        row = by_id[f"question:q-{key}"]
        assert row.correlation == pytest.approx(correlation[place, -1], abs=1e-10)
        assert row.performance.n == int(np.isfinite(table[:, place]).sum())
        assert row.performance.value == pytest.approx(float(np.nanmean((table[:, place] - 1) / 4)))
    beta = np.linalg.solve(correlation[:-1, :-1], correlation[:-1, -1])
    assert [by_id[f"question:q-{key}"].beta.value for key in PLACES] == pytest.approx(beta.tolist(), abs=1e-9)
    assert found.r2.value == pytest.approx(float(beta @ correlation[:-1, -1]), abs=1e-9)


def test_shares_of_whole_answers_are_those_of_every_order(view: View, table: np.ndarray) -> None:
    keys = ("food", "sign", "screens", "wifi")
    ask = DriversAsk(outcome="overall", missing="listwise", drivers="|".join(f"question:q-{key}" for key in keys))
    found = explain.drivers(view.ground(Question()), ask)
    places = [list(PLACES).index(key) for key in keys]
    whole = table[np.isfinite(table[:, [*places, -1]]).all(axis=1)]
    assert found.r2.n == len(whole) == 1818
    for place, key in zip(places, keys, strict=True):
        share = 0.0
        others = [one for one in places if one != place]
        for size in range(len(keys)):
            for some in combinations(others, size):
                gain = r2(whole[:, [*some, place]], whole[:, -1]) - (r2(whole[:, list(some)], whole[:, -1]) if some else 0.0)
                share += gain / (len(keys) * comb(len(keys) - 1, size))
        row = next(one for one in found.rows if one.id == f"question:q-{key}")
        assert row.explains.value == pytest.approx(share, abs=1e-10)


def test_restaurants_are_the_moment_that_matters_most(view: View) -> None:
    found = explain.moments(view.ground(Question()), MomentsAsk(outcome="overall"))
    assert found.rows[0].name == "Restaurants"
    assert found.rows[0].surely
    row = found.rows[0]
    assert row.rated_by == "customers"
    product = (row.reach.value or 0) * (row.gap.value or 0) * (row.effect.value or 0)
    assert row.matters.value == pytest.approx(product)
    behind = view.behind(row.low)
    assert 0 < int(behind.sum()) < row.gap.n


def test_net_recommendation_of_2017(view: View, rows: list[dict[str, str]]) -> None:
    answers = view.facts.answers
    place = [one.id for one in answers.questions].index("nps")
    given = answers.value[answers.offsets[place] : answers.offsets[place + 1]]
    promoters, detractors = int((given >= 9).sum()), int((given <= 6).sum())
    assert (promoters, detractors, len(given)) == (1436, 342, 2746)
    score, (low, high) = recommend(promoters, detractors, len(given)) or (0.0, (0.0, 0.0))
    assert (round(score, 2), round(low, 2), round(high, 2)) == (39.84, 37.18, 42.41)
    assert sum(row["NETPRO"] == "11" for row in rows) == 84
