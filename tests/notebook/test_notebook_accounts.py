"""Value and credit for who works in Python, as the pages tell them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "measure"))
from accounts import opened, rows_of

import desirelines
from desirelines.errors import BadInput
from desirelines.notebook import as_table

PLAN = """\
brand: {name: Kiosk, zone: Europe/Berlin}
roles:
  - {id: order, rule: [Bought], property: amount}
"""


def test_value_and_credit(tmp_path: Path) -> None:
    book = desirelines.open(opened(tmp_path, rows_of("credit"), PLAN).folder)
    value = book.value(last_on="2024-01-31")
    assert (value.customers, value.money.value) == (3, 180.0)
    assert as_table(value.cohorts)["customers"].to_pylist() == [3]
    credit = book.credit(where="channel:email|advert").to_pandas()
    assert credit["name"].tolist() == ["no touch before", "advert", "email"]
    assert credit["before"].round(2).tolist() == [0.75, 0.25, 0.25]
    with pytest.raises(BadInput, match="there is no channel"):
        book.credit(touches="radio")
