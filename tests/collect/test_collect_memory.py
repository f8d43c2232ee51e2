"""Memory does not grow with the file, and a file is read about as fast as others read it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import resource, sys
from desirelines.collect import Limits, read, read_source
source = read_source(open(sys.argv[1]).read())
limits = Limits(chunk=1 << 20)
for path in sys.argv[2:]:
    rows = sum(batch.rows for batch in read(source, path, "Europe/Berlin", limits=limits))
    print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
YAML = """
source: shop
format: csv
key: [id]
people: {customer: who}
events:
  - event_column: what
    time: at
    properties: {amount: {column: amount, type: number}}
"""


def written(path: Path, rows: int) -> str:
    line = "{0},customer {0},Bought,2020-01-{1:02d} 10:00:00,{0}.5\n"
    with path.open("w") as file:
        file.write("id,who,what,at,amount\n")
        for first in range(0, rows, 1_000):
            file.write("".join(line.format(number, 1 + number % 28) for number in range(first, first + 1_000)))
    return str(path)


def test_ten_times_the_file_takes_no_more_memory(tmp_path: Path) -> None:
    """One process reads a small file twice, then a large one, which does not raise its peak, in kilobytes, by a tenth."""
    (tmp_path / "shop.yaml").write_text(YAML)
    small, large = (written(tmp_path / f"{rows}.csv", rows) for rows in (150_000, 1_500_000))
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "shop.yaml"), small, small, large]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert [int(rows) for rows in said[::2]] == [150_000, 150_000, 1_500_000]
    _, before, after = (int(peak) for peak in said[1::2])
    assert after < 1.1 * before
