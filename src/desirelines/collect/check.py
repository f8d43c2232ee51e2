"""What no type can say about a source: names that must meet, zones, patterns, currencies. Every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from desirelines.collect.formats import ENCODINGS, encoding_fault
from desirelines.collect.intake import CURRENCIES, format_fault, named, zone_fault
from desirelines.collect.source import Event, Figure, Observation, Options, Property, Source, Time, Traits
from desirelines.errors import Fault
from desirelines.model.document import Document
from desirelines.model.hint import nearest

Path = tuple[str | int, ...]
Found = Iterator[tuple[str, Path, str]]
_OPTIONS = {
    "encoding": ("csv", "tsv", "jsonl"),
    "delimiter": ("csv", "tsv"),
    "sheet": ("xlsx",),
    "header_line": ("csv", "tsv", "xlsx"),
}


def check_source(source: Source, document: Document | None = None) -> list[Fault]:
    """Everything wrong with a source whose types are right; with its document, at its lines."""
    place = document or Document(None)
    faults = [place.fault(message, path, hint) for message, path, hint in _everything(source)]
    return sorted(faults, key=lambda fault: fault.line)


def _everything(source: Source) -> Found:
    if not (source.events or source.links or source.traits or source.figures or source.observations):
        yield "the source gives nothing", (), "name at least one of events, links, traits, figures, observations"
    yield from _zone(source.zone, ("zone",))
    yield from _options(source)
    for column, count in Counter(source.key).items():
        if count > 1:
            yield f"`{column}` is in the key {count} times", ("key",), "name it once"
    for index, event in enumerate(source.events):
        yield from _event(event, ("events", index))
    yield from _same_events(source)
    yield from _rows_of_cases(source)
    for index, pair in enumerate(source.links):
        yield from _link(source, pair, ("links", index))
    for index, traits in enumerate(source.traits):
        yield from _traits(source, traits, ("traits", index))
    for index, figure in enumerate(source.figures):
        yield from _figure(figure, ("figures", index))
    for index, seen in enumerate(source.observations):
        yield from _observation(seen, ("observations", index))


def _options(source: Source) -> Found:
    options = source.options
    for name, formats in _OPTIONS.items():
        said = getattr(options, name) not in (None, Options.model_fields[name].default)  # a form says every default
        if said and source.format not in formats:
            yield f"`{name}` means nothing for {source.format}", ("options", name), f"it is for {', '.join(formats)}"
    if options.encoding is not None and encoding_fault(options.encoding) is not None:
        yield f"`{options.encoding}` is no encoding known here", ("options", "encoding"), nearest(options.encoding, ENCODINGS)
    delimiter = options.delimiter
    if delimiter is not None and (delimiter.isalnum() or delimiter in '"\r\n \\' or ord(delimiter) > 126):
        yield f"{delimiter!r} cannot separate cells", ("options", "delimiter"), "one of `,`, `;`, a tab, `|`"
    elif delimiter is not None and delimiter == options.decimal:
        yield "the decimal sign separates cells too", ("options", "decimal"), "a file uses one sign for one thing"


def _event(event: Event, path: Path) -> Found:
    if (event.event is None) == (event.event_column is None):
        yield "an event has either a name or a column that names it", path, "give exactly one of `event`, `event_column`"
    if event.event is not None and (not event.event.strip() or event.event != event.event.strip()):
        yield "the event's name is blank or has blanks around it", (*path, "event"), ""
    if event.channel is not None and event.channel_column is not None:
        yield "a channel is given twice", (*path, "channel"), "give one of `channel`, `channel_column`"
    if not -(2**31) <= event.rank < 2**31:
        yield "the rank is too large", (*path, "rank"), "use small whole numbers"
    yield from _time(event.time, (*path, "time"))
    yield from _properties(event.properties, (*path, "properties"))
    for column, allowed in event.when.items():
        if isinstance(allowed, list) and not allowed:
            yield f"`{column}` may hold no value at all", (*path, "when", column), "name at least one value"


def _same_events(source: Source) -> Found:
    """With a key, two events of a row that have the same name would have the same id."""
    seen: dict[tuple[str, str], int] = {}
    for index, event in enumerate(source.events):
        if event.event and source.key:
            mark = (event.event, repr(sorted(event.when.items())))
            if mark in seen:
                yield f"event `{event.event}` is mapped twice", ("events", index, "event"), "with a key, each needs its own name"
            seen[mark] = index


def _rows_of_cases(source: Source) -> Found:
    """A log's rows are not all events: those of cases and of objects would be taken for events without a time."""
    mark, before = {"xes": ("xes:row", "trace:"), "ocel": ("ocel:row", "")}.get(source.format, ("", ""))
    told = any(one.column.startswith(before) for traits in source.traits for one in named(traits.properties).values())
    for index, event in enumerate(source.events):
        if mark and told and mark not in event.when:
            hint = f'add `when: {{"{mark}": event}}`'
            yield "rows that say something of a case or an object would give this event too", ("events", index), hint


def _properties(properties: Mapping[str, str | Property], path: Path) -> Found:
    taken: dict[tuple[str, str, str | None], str] = {}
    for name, asked in named(dict(properties)).items():
        here = (*path, name)
        mark = (asked.column, asked.type, asked.format)
        if mark in taken:
            yield f"`{asked.column}` is mapped as `{taken[mark]}` already", here, "map a column once"
        taken[mark] = name
        yield from _money(asked, here)
        if asked.format is not None:
            if asked.type not in ("date", "time"):
                yield from _kept_as(asked, (*here, "format"))
            elif (fault := format_fault(asked.format)) is not None:
                yield f"`{asked.format}` is no time format", (*here, "format"), fault


def _kept_as(asked: Property, path: Path) -> Found:
    """What a number or a text may be beside its type."""
    allowed = {"number": ("whole",), "text": ("id", "whole")}.get(asked.type, ())
    if asked.format not in allowed:
        hint = f"only {' and '.join(allowed)}" if allowed else "dates, times, numbers and texts have one"
        yield f"a {asked.type} has no format `{asked.format}`", path, hint


def _money(asked: Property, path: Path) -> Found:
    given = (asked.currency is not None) + (asked.currency_column is not None)
    if asked.type == "money" and given != 1:
        yield "an amount needs its currency", path, "give exactly one of `currency`, `currency_column`"
    if asked.type != "money" and given:
        yield f"a {asked.type} has no currency", path, "use `type: money`"
    if asked.currency is not None and asked.currency not in CURRENCIES:
        yield f"`{asked.currency}` is no ISO 4217 code", (*path, "currency"), nearest(asked.currency.upper(), sorted(CURRENCIES))


def _link(source: Source, pair: tuple[str, str], path: Path) -> Found:
    for kind in pair:
        if kind not in source.people:
            yield f"`{kind}` is no kind under `people`", path, nearest(kind, source.people)
    if pair[0] == pair[1]:
        yield "a link joins two different kinds", path, ""


def _traits(source: Source, traits: Traits, path: Path) -> Found:
    if traits.of not in source.people and traits.of not in source.objects:
        hint = nearest(traits.of, [*source.people, *source.objects])
        yield f"`{traits.of}` is no kind under `people` or `objects`", (*path, "of"), hint
    if not traits.properties:
        yield "no property is named", path, "name at least one under `properties`"
    if traits.at is not None:
        yield from _time(traits.at, (*path, "at"))
    yield from _properties(traits.properties, (*path, "properties"))


def _figure(figure: Figure, path: Path) -> Found:
    if not figure.name.strip():
        yield "the figure's name is blank", (*path, "name"), ""
    for word in ("touchpoint", "channel"):
        if getattr(figure, word) is not None and getattr(figure, f"{word}_column") is not None:
            yield f"a {word} is given twice", (*path, word), f"give one of `{word}`, `{word}_column`"
    yield from _time(figure.on, (*path, "on"))


def _observation(seen: Observation, path: Path) -> Found:
    if (seen.touchpoint is None) == (seen.touchpoint_column is None):
        yield "an observation is made at a touchpoint", path, "give exactly one of `touchpoint`, `touchpoint_column`"
    if not (seen.score or seen.note or seen.photo):
        yield "an observation says something", path, "give at least one of `score`, `note`, `photo`"
    yield from _time(seen.at, (*path, "at"))


def _time(time: str | Time, path: Path) -> Found:
    if isinstance(time, str):
        return
    fault = format_fault(time.format)
    if fault is not None:
        yield f"`{time.format}` is no time format", (*path, "format"), fault
    yield from _zone(time.zone, (*path, "zone"))


def _zone(zone: str | None, path: Path) -> Found:
    if zone is not None and (hint := zone_fault(zone)) is not None:
        yield f"`{zone}` is no time zone", path, hint
