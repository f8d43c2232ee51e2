"""docs/oracles.md says of each published number what ours is: it is computed here again, and the paper must say the same."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

import pytest
from oracle_nouns import Oracle
from oracle_rows import oracles

PAPER = Path(__file__).resolve().parents[2] / "docs" / "oracles.md"
MARK = "<!-- the table below is written by tests/oracles/test_oracle_table.py -->\n"


def written() -> str:
    parts = []
    for section, rows in groupby(oracles(), key=lambda row: row.section):
        lines = [f"| {row.what} | {row.published} | {row.ours()} |" for row in rows]
        parts.append("\n".join([f"\n## {section}\n", "| what | published | ours |", "| --- | --- | --- |", *lines, ""]))
    return "".join(parts)


@pytest.mark.parametrize("row", oracles(), ids=lambda row: row.what)
def test_ours_is_what_is_published(row: Oracle) -> None:
    assert row.ours() == row.published


def test_the_paper_says_what_is_computed() -> None:
    assert PAPER.read_text(encoding="utf-8").partition(MARK)[2] == written()


if __name__ == "__main__":
    sys.stdout.write(written())
