"""A peer: a process of its own, in an environment of its own, asked line by line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Any

HERE = Path(__file__).parent
NAMES = ("polars", "duckdb", "chdb")
ALL = (*NAMES, "pm4py")
PATIENCE_SECONDS = 900.0


def environment(folder: Path) -> Path:
    """The peers' Python in `folder`, installed on the first use and whenever the pinned versions change."""
    place, pins = folder / "peers", (HERE / "peers.txt").read_text(encoding="utf-8")
    python, done = place / "bin" / "python", place / "installed.txt"
    if not done.exists() or done.read_text(encoding="utf-8") != pins:
        print("Installing the peers (a minute or two the first time) ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(HERE / "peers.txt")]
        subprocess.run(pip, check=True)
        done.write_text(pins, encoding="utf-8")
    return python


class Peer:
    """One peer's process. `asked` never raises: a peer that is gone, too slow or at a loss answers `{"error": why}`."""

    def __init__(self, name: str, python: Path) -> None:
        self.name = name
        self.failure = ""
        command = [str(python.absolute()), "-W", "ignore", "-m", f"engine.peers.with_{name}"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=HERE.parent
        )

    def asked(self, **line: Any) -> dict[str, Any]:
        take, give = self._process.stdin, self._process.stdout
        if take is None or give is None or self._process.poll() is not None:
            return {"error": f"its process ended with {self._process.returncode}"}
        try:
            take.write(json.dumps(line) + "\n")
            take.flush()
            with DefaultSelector() as waiting:
                waiting.register(give, EVENT_READ)
                if not waiting.select(PATIENCE_SECONDS):
                    self._process.kill()
                    return {"error": f"no answer within {PATIENCE_SECONDS:.0f} s"}
            answer = give.readline()
        except OSError as error:
            return {"error": str(error)}
        if not answer:
            return {"error": f"its process ended with {self._process.wait()}"}
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
