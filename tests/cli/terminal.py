"""The command line in this process, as `desirelines` in a shell: exit code, standard output, standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desirelines.cli import main
from desirelines.cli.rooms import ROOMS, load


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


class Terminal:
    """`terminal("plan", "check")` in a home folder of its own."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.capsys = capsys
        self.patch = patch

    def __call__(self, *words: object) -> Said:
        self.capsys.readouterr()
        self.patch.setattr(sys, "argv", ["desirelines", "--home", str(self.home), *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self.capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Said(code, said.out, said.err)


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command of the app with its words: `("plan", "check")`."""
    for name in ROOMS:
        command = load(name)
        inside: Mapping[str, Any] = getattr(command, "commands", {})
        if inside:
            yield from (((name, word), one) for word, one in inside.items())
        else:
            yield (name,), command
