"""The law of imports is written twice, in pyproject.toml and in ARCHITECTURE.md, and both say the same about every module."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "desirelines"
LAYERS = [
    layer
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    if contract["type"] == "layers"
    for layer in contract["layers"]
]
MODULES = sorted(
    path.stem for path in SOURCE.iterdir() if (path.is_dir() and (path / "__init__.py").exists()) or path.suffix == ".py"
)


def test_the_papers_and_the_machine_hold_the_same_law() -> None:
    paper = (ROOT / "ARCHITECTURE.md").read_text()
    blocks = [block.strip().splitlines() for block in re.findall(r"```\n(.*?)```", paper, re.DOTALL)]
    assert LAYERS in blocks


def test_the_law_names_every_module() -> None:
    named = {name.strip(" ()") for layer in LAYERS for name in layer.split("|")}
    assert set(MODULES) - {"__init__", "__main__"} <= named


def imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    found = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return found + [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]


@pytest.mark.parametrize("room", MODULES)
def test_rooms_are_entered_by_their_face(room: str) -> None:
    inside = [SOURCE / f"{room}.py"] if (SOURCE / f"{room}.py").exists() else sorted((SOURCE / room).rglob("*.py"))
    windows = [
        f"{path.relative_to(SOURCE)}: {name}"
        for path in inside
        for name in imports(path)
        if name.count(".") > 1 and name.startswith("desirelines.") and name.split(".")[1] not in (room, "model")
    ]
    assert windows == []
