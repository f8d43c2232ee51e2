from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_makers import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    one = Workspace(tmp_path)
    yield one
    one.database.close()
