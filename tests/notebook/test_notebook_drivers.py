"""Drivers, moments and the chain in a notebook: the same numbers as everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from driven import made

from desirelines.notebook import open_book


def test_drivers_moments_and_the_chain_as_tables(tmp_path: Path) -> None:
    book = open_book(made(tmp_path).folder)
    drivers = book.drivers(outcome="happy")
    assert drivers.column("id").to_pylist()[0] == "promise:fast"
    assert sum(drivers.column("importance").to_pylist()) == pytest.approx(1)
    assert drivers.column("importance_low").null_count == 0
    moments = book.moments(first_on="2024-01-01", weigh="meetings")
    assert moments.column("touchpoint").to_pylist() == ["goods", "parcel", "advice"]
    chain = book.chain(within_days=120)
    assert chain.column("target").to_pylist() == ["loyalty", "word of mouth", "new customers", "profit"]
