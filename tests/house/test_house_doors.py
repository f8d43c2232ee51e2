"""The papers about the doors name every command with its options, and every route with its query."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from desirelines.cli.rooms import ROOMS, load
from desirelines.server import create_app
from desirelines.settings import Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"
QUESTION = {"journey", "first_on", "last_on", "segment", "version", "in_force"}
WALK = {"level", "subject", "gap", "starts", "ends", "where"}
ASKED = {"--journey", "--from", "--to", "--segment", "--version"}
"""What `the question` and `the walk` stand for on both pages."""


def table(page: str) -> dict[str, tuple[str, str]]:
    """First cell to the two after it, of tables with three columns."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return {
        first: (second, third)
        for first, second, third in re.findall(r"^\| `([^`|]+)` \|([^|]*)\| ([^|]+) \|$", text, re.MULTILINE)
    }


def ticked(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def spelled(words: str, command: Any) -> tuple[str, set[str]]:
    """The command as the page writes it, and its options by their long names."""
    arguments = [row for row in command.params if not row.opts[0].startswith("-")]
    shown = [row.name.upper() if row.required else f"[{row.name.upper()}]" for row in arguments]
    options = {max(row.opts, key=len) for row in command.params if row.opts[0].startswith("-")}
    return " ".join([words, *shown]), options


def commands() -> dict[str, set[str]]:
    found = {}
    for name in ROOMS:
        room = load(name)
        inside = getattr(room, "commands", None)
        for words, command in {f"{name} {word}": one for word, one in inside.items()}.items() if inside else [(name, room)]:
            usage, options = spelled(words, command)
            found[usage] = options
    return found


def test_every_command_is_on_the_page_with_its_options() -> None:
    said = {
        usage: ticked(options)
        | (ASKED if "the question" in options else set())
        | ({f"--{name}" for name in WALK} if "the walk" in options else set())
        for usage, (options, _) in table("cli.md").items()
    }
    assert said == commands()


def test_every_group_of_commands_has_its_part() -> None:
    headings = re.findall(r"^## (.*)$", (DOCS / "cli.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in ROOMS if getattr(load(name), "commands", None)] == headings[-8:]


def routes() -> dict[str, set[str]]:
    document = create_app(None, Settings()).openapi()
    return {
        f"{method.upper()} {path}": {row["name"] for row in one.get("parameters", []) if row["in"] == "query"}
        for path, methods in document["paths"].items()
        for method, one in methods.items()
    }


def test_every_route_is_on_the_page_with_its_query() -> None:
    said = {
        route: ticked(query) | (QUESTION if "the question" in query else set()) | (WALK if "the walk" in query else set())
        for route, (query, _) in table("http.md").items()
    }
    assert said == routes()


def test_every_route_stands_under_its_word() -> None:
    part, found = "", {}
    for line in (DOCS / "http.md").read_text(encoding="utf-8").splitlines():
        part = line.removeprefix("## ").lower() if line.startswith("## ") else part
        if named := re.match(r"\| `((?:GET|POST|PUT|DELETE) [^`]+)`", line):
            found[named[1]] = part
    document = create_app(None, Settings()).openapi()
    tags = {
        f"{method.upper()} {path}": one["tags"][0]
        for path, methods in document["paths"].items()
        for method, one in methods.items()
    }
    assert found == tags


def test_every_field_that_a_body_may_have_is_on_the_page() -> None:
    document = create_app(None, Settings()).openapi()
    page = (DOCS / "http.md").read_text(encoding="utf-8")
    missing = []
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            for content in one.get("requestBody", {}).get("content", {}).values():
                fields = document["components"]["schemas"][content["schema"]["$ref"].split("/")[-1]]["properties"]
                (row,) = re.findall(rf"^\| `{method.upper()} {re.escape(path)}` .*$", page, re.MULTILINE)
                missing += [f"{method} {path}: {name}" for name in fields if not re.search(rf"[{{` ,]{name}[}}` ,]", row)]
    assert missing == []
