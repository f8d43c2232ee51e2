"""Every example in docs/sources.md does what the page says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desirelines.collect import guess, preview, read, read_source
from desirelines.collect.intake.steps import EVENT_STEPS, ROW_STEPS
from desirelines.model.receipt import REASONS

DOCS = Path(__file__).resolve().parents[2] / "docs"
EXAMPLES = re.findall(
    r"```yaml\n(.*?)```\n\n```(csv|tsv|jsonl|xes)\n(.*?)```\n\n```text\n(.*?)```",
    (DOCS / "sources.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


def said(yaml: str, path: Path) -> list[str]:
    """What comes out, as the page writes it."""
    source = read_source(yaml)
    lines: list[tuple[int, str]] = []
    for row in preview(source, path).rows:
        for event in row.events:
            parts = {"channel": event.channel, **event.people, **event.objects, **event.properties, "id": event.message_id}
            plain = " ".join(
                f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}"
                for name, value in parts.items()
                if value is not None
            )
            lines.append((row.line, f"{event.at} {event.event} {plain}"))
    for batch in read(source, path, "UTC"):
        tables: dict[str, Any] = dict(batch.tables)
        for name, words in WORDS.items():
            for row in tables[name].to_pylist() if name in tables else ():
                lines.append((row.get("sequence") or row.get("line") or 1, words(row)))
    return sorted(f"{line} {text}" for line, text in lines)


WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "links": lambda row: f"link {row['a_kind']}={row['a_value']} {row['b_kind']}={row['b_value']}",
    "traits": lambda row: f"trait {row['kind']}={row['value']} {row['name']}={row['text']}",
    "figures": lambda row: " ".join(
        str(part) for part in ("figure", f"{row['name']}={row['value']}", row["unit"], row["touchpoint"], "on", row["on"]) if part
    ),
    "observations": lambda row: f"observation {row['touchpoint']} by {row['observer']}: {row['score']} {row['note']}",
    "refused": lambda row: f"refused {row['event'] or ''}".strip() + f": {row['reason']}",
}


def test_there_are_examples_of_four_formats() -> None:
    assert {format_ for _, format_, _, _ in EXAMPLES} == {"csv", "tsv", "jsonl", "xes"}
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize(("yaml", "format_", "rows", "text"), EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_an_example_does_what_the_page_says(tmp_path: Path, yaml: str, format_: str, rows: str, text: str) -> None:
    path = tmp_path / f"table.{format_}"
    path.write_text(rows, encoding="utf-8")
    assert said(yaml, path) == sorted(text.splitlines())
    count = rows.count("<trace") + rows.count("<event") if format_ == "xes" else len(rows.splitlines()) - (format_ != "jsonl")
    assert guess(path, path.name).rows == count


def test_the_page_names_every_field() -> None:
    page = (DOCS / "sources.md").read_text(encoding="utf-8")
    fields = [
        "source",
        "about",
        "format",
        "options",
        "zone",
        "key",
        "people",
        "objects",
        "events",
        "links",
        "traits",
        "figures",
        "observations",
    ]
    fields += [
        "event_column",
        "time",
        "rank",
        "channel",
        "channel_column",
        "properties",
        "when",
        "blank_time",
        "currency",
        "currency_column",
    ]
    fields += ["encoding", "delimiter", "sheet", "header_line", "decimal", "epoch_s", "epoch_ms", "epoch_us", "iso"]
    assert [name for name in fields if f"`{name}`" not in page and f"`{name}:" not in page] == []


def test_the_steps_name_every_reason_but_those_made_elsewhere() -> None:
    page = (DOCS / "collect.md").read_text(encoding="utf-8")
    assert [reason for reason in REASONS if reason != "conflict" and f"`{reason}`" not in page] == []
    for step in (*ROW_STEPS, *EVENT_STEPS):
        assert step.__doc__
