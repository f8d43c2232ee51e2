"""From what columns look like to a source that says so: who, what about, what happened when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import pyarrow as pa

from desirelines.collect.guessing.looks import ColumnGuess
from desirelines.collect.guessing.sniff import Sniffed
from desirelines.collect.source import Event, Options, Property, Source, Time, Traits

_NOT_AN_EVENT = re.compile(r"estimat|deadline|due|limit|expected|planned|birth|valid|expir|until|enddate|startdate|forecast")
_DROPPED = {"timestamp", "date", "datetime", "time", "at", "on", "ts", "dt", "utc", "day", "when"}
_ID_WORDS = {"id", "ids", "key", "uuid", "guid", "number", "no", "nr", "num"}
_LONGEST = 63


@dataclass
class Proposal:
    """A source under way. `notes` say what was assumed."""

    columns: Sequence[ColumnGuess]
    notes: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def like(self, *kinds: str) -> list[ColumnGuess]:
        return [one for one in self.columns if one.looks_like in kinds and one.name not in self.used]


def propose(name: str, sniffed: Sniffed, columns: Sequence[ColumnGuess], sample: pa.Table) -> tuple[Source, tuple[str, ...]]:
    """A source that passes every check, and what was assumed in it."""
    draft = Proposal([one for one in columns if one.looks_like != "blank" and not _is_row_number(one)])
    people, objects = _who(draft)
    events = _events(draft, name)
    properties = _properties(draft, set(people.values()) | set(objects.values()))
    traits: tuple[Traits, ...] = ()
    if events:
        last = events[0].model_copy(update={"properties": properties})
        events = (last, *events[1:])
        if len(events) > 1 and properties:
            draft.notes.append(f"each time is taken as an event; the other columns are put with `{events[0].event}`")
    elif properties and (people or objects):
        traits = (Traits(of=next(iter(people or objects)), properties=properties),)
        draft.notes.append("no column holds a time: the rows describe somebody or something, they are no events")
    links = tuple(combinations(people, 2)) if not events else ()
    source = Source(
        source=name,
        about=f"Guessed from the first {len(sample):,} rows; look it over.",
        format=sniffed.format,
        options=_options(sniffed.options, columns),
        key=_key(draft, sample, events, people, objects),
        people=people,
        objects=objects,
        events=events,
        links=links,
        traits=traits,
    )
    return source, tuple(draft.notes)


def _who(draft: Proposal) -> tuple[dict[str, str], dict[str, str]]:
    people = {_kind(one.name): one.name for one in reversed(draft.like("person"))}
    people = dict(reversed(people.items()))
    objects = {_kind(one.name): one.name for one in reversed(draft.like("object")) if _kind(one.name) not in people}
    objects = dict(reversed(objects.items()))
    draft.used |= set(people.values()) | set(objects.values())
    if not people and objects:
        first = next(iter(objects))
        people = {first: objects[first]}
        draft.notes.append(f"no column names a person: `{first}` stands for one until another source links it to somebody")
    return people, objects


def _events(draft: Proposal, source: str) -> tuple[Event, ...]:
    times = [one for one in draft.like("time") or draft.like("date") if not _NOT_AN_EVENT.search(one.name.lower())]
    named = next(iter(draft.like("event")), None)
    channel = next(iter(draft.like("channel")), None)
    if not times:
        return ()
    if named:
        times = sorted(times, key=lambda one: (one.looks_like != "time", "timestamp" not in one.name.lower()))[:1]
        draft.used.add(named.name)
    draft.used |= {one.name for one in times}
    if channel:
        draft.used.add(channel.name)
    draft.notes += [f"`{one.name}`: {one.note}" for one in times if one.note]
    found: dict[str, Event] = {}
    for rank, one in enumerate(times):
        title = _title(one.name) or _title(source) or "Event"
        title = title if title not in found else f"{title} {rank + 1}"
        found[title] = Event(
            event=None if named else title,
            event_column=named.name if named else None,
            time=Time(column=one.name, format=one.format) if one.format else one.name,
            rank=rank if len(times) > 1 else 0,
            channel_column=channel.name if channel else None,
        )
    return tuple(found.values())


def _properties(draft: Proposal, taken: set[str]) -> dict[str, str | Property]:
    currency = next(iter(draft.like("currency")), None)
    found: dict[str, str | Property] = {}
    for one in draft.columns:
        if one.name in draft.used or one.name in taken or one is currency:
            continue
        name, number = slug(one.name), 1
        while name in found:
            number += 1
            name = f"{slug(one.name)[: _LONGEST - 3]}_{number}"
        found[name] = _property(one, currency)
    return found


def _property(one: ColumnGuess, currency: ColumnGuess | None) -> str | Property:
    if one.looks_like == "money" and currency:
        return Property(column=one.name, type="money", currency_column=currency.name)
    if one.looks_like in ("number", "money"):
        return Property(column=one.name, type="number")
    if one.looks_like == "flag":
        return Property(column=one.name, type="flag")
    if one.looks_like == "time":
        return Property(column=one.name, type="time", format=one.format)
    if one.looks_like == "date":
        return Property(column=one.name, type="date", format=one.format)
    return one.name


def _key(
    draft: Proposal, sample: pa.Table, events: Sequence[Event], people: dict[str, str], objects: dict[str, str]
) -> tuple[str, ...]:
    """Identifiers that together are different in every row."""
    if not events:
        return ()
    blank = {one.name for one in draft.columns if one.blank_rate}
    ids = [name for name in dict.fromkeys([*objects.values(), *people.values()]) if name not in blank]
    for size in (1, 2):
        for columns in combinations(ids[:8], size):
            if sample.select(list(columns)).group_by(list(columns)).aggregate([]).num_rows == len(sample) > 1:
                return columns
    draft.notes.append("no identifiers tell the rows apart: events are told apart by their content")
    return ()


def _options(options: Options, columns: Sequence[ColumnGuess]) -> Options:
    comma = any(one.decimal == "," and one.looks_like in ("number", "money") for one in columns)
    return options.model_copy(update={"decimal": ","}) if comma else options


def _is_row_number(one: ColumnGuess) -> bool:
    return one.unique and one.samples[:3] == ("0", "1", "2")


def _kind(column: str) -> str:
    plain = re.sub(r"(?<=[a-z]{4})id$", "", slug(column).removesuffix("_concept_name"))
    words = [word for word in plain.split("_") if word]
    if len(words) > 1 and words[0] == "id":
        words = words[1:]
    while len(words) > 1 and words[-1] in _ID_WORDS:
        words.pop()
    return "_".join(words)[:_LONGEST]


def _title(column: str) -> str:
    words = [word for word in slug(column).split("_") if word not in _DROPPED]
    return " ".join(word.capitalize() for word in words)


def slug(text: str) -> str:
    """A name made from a column's or a file's: small letters, digits and _."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    plain = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")
    return (plain if plain[:1].isalpha() else f"x_{plain}".rstrip("_"))[:_LONGEST].rstrip("_")
