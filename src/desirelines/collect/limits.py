"""How much of anything is read before somebody says stop. Every limit is here, so that a test or an operator can set it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bytes unless the name says otherwise."""

    chunk: int = 4 << 20
    """What is read at a time; one batch comes from about so much."""
    cell: int = 1_000_000
    """A larger cell is refused as `too_large`."""
    record: int = 16_000_000
    """A record that does not end within so much is given up; no refused row is kept beyond it."""
    rescans: int = 64
    """How often reading starts again at the line after an unclosed quote, before whole records are given up instead."""
    members: int = 10_000
    """Files inside a workbook."""
    unpacked: int = 500_000_000
    """A workbook, unpacked; a batch of Parquet, written out."""
    inflated: int = 200_000_000_000
    """A gzip file, unpacked."""
    ratio: int = 300
    """Unpacked bytes for each packed one, once more than `ratio_from` are unpacked."""
    ratio_from: int = 50_000_000
    columns: int = 10_000
    """Columns of a table."""
    sample_rows: int = 10_000
    """Rows that a guess and a preview look at."""


LIMITS = Limits()
