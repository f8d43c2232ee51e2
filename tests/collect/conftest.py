"""Small files and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from desirelines.collect import LIMITS, Limits, Source, read, read_source

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
Taken = dict[str, pa.Table]


def tables(source: Source, path: Path, zone: str = "UTC", limits: Limits = LIMITS) -> Taken:
    """Every table of an import as a whole; `rows` counts the rows read."""
    parts: dict[str, list[pa.Table]] = {}
    rows = 0
    for batch in read(source, path, zone, limits=limits):
        rows += batch.rows
        for name, table in batch.tables.items():
            parts.setdefault(name, []).append(table)
    found: dict[str, Any] = {name: pa.concat_tables(several) for name, several in parts.items()}
    return {**found, "rows": rows}


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., Taken]:
    """Write a file, read it under a source's YAML, answer its tables."""

    def run(yaml: str, content: str | bytes, name: str = "table.csv", **options: Any) -> Taken:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tables(read_source(yaml), path, **options)

    return run


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared data is not here")
    return SHARED


@pytest.fixture
def whole() -> Callable[..., Taken]:
    return tables
