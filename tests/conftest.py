"""How tests are shared out to workers: what takes long begins first, and stories in the browser go together."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

KERNELS = Path(__file__).resolve().parents[1] / "src" / "desirelines"
STORIES = "tests/e2e/"
STUDIO = re.compile(r"test_e2e_(begin|board|draw|history|people|sheets|together|workshop)\.py")


class Shared(LoadFileScheduling):  # type: ignore[misc]
    """A file is one worker's; stories are two files, for they share a server, a browser and a demo: the studio's and the rest."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(STORIES):
            return f"{STORIES}{'studio' if STUDIO.search(nodeid) else ''}"
        return str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shared | None:
    """Files in the order of `pytest_collection_modifyitems`; once the kernels are there, or every worker would compile them."""
    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    if not any(KERNELS.rglob("*.nbi")):
        subprocess.run([sys.executable, "-c", "from desirelines.rehearsal import rehearse; rehearse()"], check=True)
    return Shared(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For workers: stories, then files with a test marked slow, then files of many tests, so that none is left for the end."""
    if not hasattr(config, "workerinput"):
        return
    tests = Counter(item.path for item in items)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(
        key=lambda item: (
            not item.nodeid.startswith(STORIES), item.path not in slow, -tests[item.path], str(item.path)
        )
    )  # fmt: skip
