"""Who changed what, told as people would: by person and stretch of time, with what was published and named between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from desirelines import plan as planning
from desirelines import store
from desirelines.plan import Element, Plan, Version
from desirelines.store import Database, Update
from desirelines.studio.drafts import BEGUN
from desirelines.studio.named import Named, list_named
from desirelines.studio.shape import MAP
from desirelines.studio.shelf import shelf_of

STRETCH_US = 10 * 60 * 1_000_000
"""Changes of one person with less than this between them are one entry."""
MOST_ROWS = 20_000
"""So many updates, the newest, are looked through for one page."""
LATER_ROWS = 5_000
"""So many after them, for stretches that go on while another ended."""
SHOWN = 3
What = Literal["added", "changed", "removed"]
KINDS = {"identifierkind": "identifier kind"}


@dataclass(frozen=True)
class Touched:
    """What happened to one element (`kind:id`; `brand`, `strategy`, `story`); `name`: as people know it."""

    element: str
    name: str
    what: What
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `first` and `last`: ids of its updates (0: none); `when`: what to go back to (u12, v3)."""

    kind: Literal["edited", "restored", "begun", "published", "named"]
    words: str
    author: str
    first_at: datetime
    last_at: datetime
    first: int
    last: int
    when: str
    touched: tuple[Touched, ...] = ()


@dataclass(frozen=True)
class History:
    """The newest first. `before`: what to ask for to see older ones; None: these were the oldest."""

    entries: tuple[Entry, ...]
    before: int | None


@dataclass
class _Stretch:
    """Updates of one person on their way to an entry."""

    author: str
    mark: str
    rows: list[Update] = field(default_factory=list)


def history(database: Database, journey: str | None = None, before: int | None = None, size: int = 50) -> History:
    """The newest `size` entries that ended before update `before`; `journey`: only what happened on its map."""
    newest = store.newest_update(database)
    ended = newest + 1 if before is None else before
    after = max(0, ended - MOST_ROWS)
    rows = store.list_touched(database, f"{MAP}{journey}" if journey else None, after=after, up_to=ended + LATER_ROWS)
    milestones = list(_milestones(database))
    breaks = sorted(one.last_at for one in milestones)
    stretches = [one for one in _stretches(rows, breaks) if one.rows[-1].id < ended]
    stretches.sort(key=lambda one: one.rows[-1].id, reverse=True)
    known = Names(database)
    entries = [_entry(one, known) for one in stretches[:size]]
    oldest = min((one.last for one in entries), default=after + 1)
    rest = len(stretches) > size or after > 0
    since = min((one.last_at for one in entries), default=None) if rest else None
    until = None if before is None else _at_of(database, before)
    entries += [one for one in milestones if (since is None or one.last_at >= since) and _older(one, until)]
    entries.sort(key=lambda one: (one.last_at, one.last), reverse=True)
    return History(tuple(entries), oldest if rest else None)


def _stretches(rows: Sequence[Update], breaks: Sequence[datetime]) -> Iterator[_Stretch]:
    """Rows of one person with no long pause and nothing published or named between.

    What is marked stands alone, all documents of one edit together.
    """
    open_: dict[str, _Stretch] = {}
    for row in rows:
        mark = row.touched[0] if row.touched and _is_mark(row.touched[0]) else ""
        old = open_.get(row.author)
        if old and (old.mark != mark or _is_apart(old, row, breaks)):
            yield open_.pop(row.author)
        open_.setdefault(row.author, _Stretch(row.author, mark)).rows.append(row)
    yield from open_.values()


def _is_apart(old: _Stretch, row: Update, breaks: Sequence[datetime]) -> bool:
    last = old.rows[-1].at_us
    between = bisect_left(breaks, _at(last)) != bisect_left(breaks, _at(row.at_us))
    return between or row.at_us - last > (0 if old.mark else STRETCH_US)


def _is_mark(name: str) -> bool:
    return name == BEGUN or name.startswith("restored:")


def _entry(stretch: _Stretch, known: Names) -> Entry:
    touched = _touched(stretch.rows, known)
    who = stretch.author or "somebody"
    kind: Literal["edited", "restored", "begun"] = "edited"
    if stretch.mark == BEGUN:
        kind, words, touched = "begun", "the draft was laid out to be drawn together", ()
    elif stretch.mark:
        kind, words = "restored", f"{who} went back to {said_when(stretch.mark.removeprefix('restored:'))}: {_list(touched)}"
    else:
        words = f"{who}: {_list(touched)}"
    first, last = stretch.rows[0], stretch.rows[-1]
    return Entry(kind, words, stretch.author, _at(first.at_us), _at(last.at_us), first.id, last.id, f"u{last.id}", touched)


def said_when(when: str) -> str:
    """`v3`, `u12`, `nabc` in words."""
    return {"v": f"version {when[1:]}", "u": f"change {when[1:]}"}.get(when[:1], "a named version")


def _touched(rows: Iterable[Update], known: Names) -> tuple[Touched, ...]:
    """Each element once: what happened to it in the end, and which fields were changed."""
    what: dict[str, str] = {}
    fields: dict[str, dict[str, None]] = {}
    for row in rows:
        for name in row.touched:
            if _is_mark(name):
                continue
            sign, rest = (name[0], name[1:]) if name[:1] in "+-" else ("", name)
            element, _, label = rest.partition(".")
            what[element] = _then(what.get(element), sign)
            fields.setdefault(element, {}).update({label: None} if label else {})
    signs: dict[str, What] = {"+": "added", "-": "removed"}
    return tuple(
        Touched(element, known.name(element), signs.get(sign, "changed"), () if sign in ("+", "-") else tuple(fields[element]))
        for element, sign in what.items()
        if sign != "gone"
    )


def _then(before: str | None, sign: str) -> str:
    """What an element's history comes to, one step further: added and then changed is added, added and removed nothing."""
    if sign == "-":
        return "gone" if before == "+" else "-"
    if sign == "+":
        return "" if before == "-" else "+"
    return before if before in ("+", "-") else ""


def _list(touched: Sequence[Touched]) -> str:
    """What was touched, in a line: the first few by name."""
    said = []
    for one in touched[:SHOWN]:
        kind = one.element.partition(":")[0]
        named = f"{KINDS.get(kind, kind)} “{one.name}”" if one.name else f"the {kind}"
        fields = f" ({', '.join(name.replace('_', ' ') for name in one.fields[:SHOWN])})" if one.fields else ""
        said.append(f"{one.what} {named}{fields}")
    if len(touched) > SHOWN:
        said.append(f"{len(touched) - SHOWN} more")
    return ", ".join(said) or "nothing that shows"


class Names:
    """What elements are called: in the draft, else in the newest version that has them, else by their id."""

    def __init__(self, database: Database) -> None:
        self.found: dict[str, str] = {}
        for plan in [*(one.plan for one in planning.versions(database)[-5:]), shelf_of(database).read().plan]:
            self.found.update(names_of(plan))

    def name(self, element: str) -> str:
        return self.found.get(element) or element.partition(":")[2]


def names_of(plan: Plan) -> dict[str, str]:
    """The names of all elements with an id, by `kind:id`."""
    return {element: called for element, called, _ in each_element(plan)}


def each_element(owner: Element, inside: str = "") -> Iterator[tuple[str, str, Element]]:
    """Every element with an id: `kind:id`, what it is called, itself; what lies in another comes after it."""
    for name in type(owner).model_fields:
        value = getattr(owner, name)
        for one in value if isinstance(value, tuple) else (value,):
            if not isinstance(one, Element):
                continue
            if id_ := getattr(one, "id", ""):
                called = getattr(one, "name", "") or getattr(one, "words", "") or id_
                yield f"{type(one).__name__.lower()}:{id_}", called if len(called) <= 80 else called[:79] + "…", one
            yield from each_element(one)


def _milestones(database: Database) -> Iterator[Entry]:
    for version in planning.versions(database):
        yield _published(version)
    for named in list_named(database):
        yield _named(named)


def _published(one: Version) -> Entry:
    note = f": {one.note}" if one.note else ""
    words = f"{one.author or 'somebody'} published version {one.number}{note}"
    return Entry("published", words, one.author, one.at, one.at, 0, 0, f"v{one.number}")


def _named(one: Named) -> Entry:
    words = f"{one.author or 'somebody'} named this “{one.name}”"
    return Entry("named", words, one.author, one.at, one.at, one.update, one.update, f"n{one.id}")


def _older(one: Entry, until: datetime | None) -> bool:
    return until is None or one.last_at < until


def _at_of(database: Database, update: int) -> datetime | None:
    found = store.list_touched(database, after=update - 1, up_to=update)
    return _at(found[0].at_us) if found else None


def _at(us: int) -> datetime:
    return datetime.fromtimestamp(us / 1e6, tz=UTC)
