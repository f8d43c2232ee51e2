"""Each word has a room, a page and tests; rooms are small; nothing has a name that says nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import quantiles

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "desirelines"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "__pycache__" not in path.parts)
WORDS = ["plan", "collect", "store", "identify", "trace", "map", "measure"]
EMPTY_NAMES = {"utils", "util", "common", "core", "helper", "helpers", "service", "services", "manager", "managers", "misc"}


@pytest.mark.parametrize("word", WORDS)
def test_each_word_has_a_room_a_page_and_tests(word: str) -> None:
    assert (SOURCE / word / "__init__.py").exists()
    assert (ROOT / "docs" / f"{word}.md").exists()
    assert list((ROOT / "tests" / word).glob("test_*.py"))


def test_the_architecture_explains_each_word() -> None:
    paper = (ROOT / "ARCHITECTURE.md").read_text()
    rows = set(re.findall(r"^\| (\w+) \|", paper, re.MULTILINE))
    assert set(WORDS) <= rows
    assert "`simulate`" in paper


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {part for path in FILES for part in path.relative_to(SOURCE).with_suffix("").parts}
    words = {word for name in names for word in name.strip("_").split("_")}
    assert words & EMPTY_NAMES == set()


def test_files_are_small() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in FILES}
    nouns = {
        SOURCE / "plan" / "elements.py",
        SOURCE / "measure" / "sheet.py",
        SOURCE / "measure" / "__init__.py",
    }  # lists of nouns, which one reads by searching
    assert {str(path.relative_to(SOURCE)): length for path, length in lengths.items() if length > 250 and path not in nouns} == {}
    assert max(lengths.values()) < 450
    assert quantiles(lengths.values(), n=10)[8] < 220


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text())
    return [
        (f"{path.relative_to(SOURCE)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def test_functions_are_small() -> None:
    # a migration is a list of tables
    lengths = dict(one for path in FILES if "migrations" not in path.parts for one in functions(path))
    assert {name: length for name, length in lengths.items() if length > 60} == {}
    assert quantiles(lengths.values(), n=10)[8] <= 30


def test_tests_have_names_of_their_own() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
