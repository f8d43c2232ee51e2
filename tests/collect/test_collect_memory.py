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
for batch in read(source, sys.argv[2], "UTC", limits=limits):
    pass
rows = sum(batch.rows for batch in read(source, sys.argv[3], "Europe/Berlin", limits=limits))
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


def peak(tmp_path: Path, rows: int) -> int:
    """Kilobytes at most, after a first small file has warmed everything up."""
    (tmp_path / "shop.yaml").write_text(YAML)
    head = "id,who,what,at,amount\n"
    line = "{0},customer {0},Bought,2020-01-{1:02d} 10:00:00,{0}.5\n"
    small, large = tmp_path / "small.csv", tmp_path / f"{rows}.csv"
    small.write_text(head + "".join(line.format(number, 1 + number % 28) for number in range(100)))
    with large.open("w") as file:
        file.write(head)
        for first in range(0, rows, 1_000):
            file.write("".join(line.format(number, 1 + number % 28) for number in range(first, first + 1_000)))
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "shop.yaml"), str(small), str(large)]
    read, kilobytes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert int(read) == rows
    return int(kilobytes)


def test_ten_times_the_file_takes_no_more_memory(tmp_path: Path) -> None:
    assert peak(tmp_path, 2_000_000) < 1.1 * peak(tmp_path, 200_000)
