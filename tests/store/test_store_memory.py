"""Staging ten times the rows takes no more than a tenth more memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import resource, sys
from pathlib import Path

import pytest
import numpy as np, pyarrow as pa, pyarrow.compute as pc
from desirelines.model.event import INSTANT
from desirelines.model.receipt import Batch
from desirelines.store import LAKE, Database, Lake, land, open_snapshot, take

folder, total, size = Path(sys.argv[1]), int(sys.argv[2]), 30_000
database, lake = Database.open(folder / "workspace.db"), Lake(folder)
lease = take(database, LAKE, "test", 600)
staging = lake.stage("big", True)
for first in range(0, total, size):
    number = np.arange(first, first + size)
    text = pa.array(number % (total * 9 // 10)).cast(pa.string())
    staging.add(Batch(size, 0, {"events": pa.table({
        "source": pa.repeat("web", size), "event": pa.repeat("View", size), "message_id": text,
        "at": pa.array(number % (total * 9 // 10), INSTANT), "rank": pa.array(np.zeros(size, np.int32)),
        "sequence": pa.array(number), "channel": pa.repeat("web", size),
        "id_user": pc.binary_join_element_wise(pa.scalar("user"), text, "-"),
        "id_email": pc.binary_join_element_wise(text, pa.scalar("example.org"), "@"),
    })}))
receipt = land(database, lake, lease, staging.resolve(open_snapshot(database, lake)), file="big.csv")
print(receipt.accepted, receipt.duplicate, receipt.links, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def staged(folder: Path, total: int) -> tuple[list[int], int]:
    """(accepted, duplicate, links) and the peak memory in kB."""
    folder.mkdir()
    command = [sys.executable, "-c", SCRIPT, str(folder), str(total)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *counts, peak = map(int, done.stdout.split())
    return counts, peak


@pytest.mark.slow
def test_ten_times_the_rows_take_a_tenth_more_memory_at_most(tmp_path: Path) -> None:
    small, small_peak = staged(tmp_path / "small", 300_000)
    large, large_peak = staged(tmp_path / "large", 3_000_000)
    assert small == [270_000, 30_000, 270_000]
    assert large == [2_700_000, 300_000, 2_700_000]
    assert large_peak <= small_peak * 1.1, (small_peak, large_peak)
