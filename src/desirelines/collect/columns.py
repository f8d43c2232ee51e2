"""Which columns a source names, and whether a file has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desirelines.collect.formats import named as file_named
from desirelines.collect.intake import column_of, named
from desirelines.collect.source import Source
from desirelines.errors import BadInput, Fault
from desirelines.model.hint import nearest


def named_columns(source: Source) -> tuple[str, ...]:
    """Every column the source names, once, in the order it names them."""
    found: list[str | None] = [*source.key, *source.people.values(), *source.objects.values()]
    for event in source.events:
        found += [event.event_column, column_of(event.time), event.channel_column, *event.when]
        for asked in named(event.properties).values():
            found += [asked.column, asked.currency_column]
    for traits in source.traits:
        found.append(column_of(traits.at) if traits.at else None)
        for asked in named(traits.properties).values():
            found += [asked.column, asked.currency_column]
    for figure in source.figures:
        found += [column_of(figure.on), figure.value, figure.touchpoint_column, figure.channel_column]
    for seen in source.observations:
        found += [column_of(seen.at), seen.touchpoint_column, seen.observer, seen.score, seen.note, seen.photo]
    return tuple(dict.fromkeys(name for name in found if name))


def _hint(name: str, columns: Sequence[str]) -> str:
    same = [column for column in columns if column.lower() == name.lower()]
    return f"did you mean `{same[0]}`?" if same else nearest(name, columns)


def check_header(source: Source, columns: Sequence[str] | None, path: Path) -> None:
    """Raises BadInput that names every column the file lacks, with the nearest it has. None: the format has no header."""
    if columns is None:
        return
    missing = [name for name in named_columns(source) if name not in columns]
    if not missing:
        return
    faults = tuple(
        Fault(f"{file_named(path)} has no column `{name}`, which source `{source.source}` names", hint=_hint(name, columns))
        for name in missing
    )
    several = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    raise BadInput(f"{faults[0].message}{several}", hint=faults[0].hint, code="missing_column", faults=faults)
