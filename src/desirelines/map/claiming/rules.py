"""Rules as SQL: names quoted, every value bound, a property the lake does not have never matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from desirelines.model.event import PropertyType, property_column
from desirelines.plan import EventRule, Range, Scalar


@dataclass(frozen=True)
class Clause:
    """A stretch of SQL with the values that its question marks stand for, in order."""

    sql: str
    values: tuple[object, ...] = ()


KINDS: tuple[PropertyType, ...] = ("text", "number", "flag", "date", "time", "money")
NEVER = Clause("false")
ALWAYS = Clause("true")


def quote(name: str) -> str:
    """A column's name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def every(clauses: Iterable[Clause]) -> Clause:
    """All must hold."""
    return _joined(list(clauses), " AND ", ALWAYS)


def some(clauses: Iterable[Clause]) -> Clause:
    """One must hold."""
    return _joined(list(clauses), " OR ", NEVER)


def negated(clause: Clause) -> Clause:
    """Holds where the clause does not, unknown included."""
    return Clause(f"NOT coalesce({clause.sql}, false)", clause.values)


def _joined(clauses: list[Clause], word: str, empty: Clause) -> Clause:
    if len(clauses) < 2:
        return clauses[0] if clauses else empty
    values = tuple(value for clause in clauses for value in clause.values)
    return Clause(f"({word.join(clause.sql for clause in clauses)})", values)


def rule_clause(rule: EventRule, columns: Mapping[str, object]) -> Clause:
    """The events of `rule` as a condition on the table of events that has `columns`; never unknown."""
    parts = [Clause("event = ?", (rule.event,))]
    if rule.channel is not None:
        parts.append(Clause("channel = ?", (rule.channel,)))
    if rule.source is not None:
        parts.append(Clause("source = ?", (rule.source,)))
    parts += [property_clause(name, wanted, columns) for name, wanted in sorted(rule.where.items())]
    whole = every(parts)
    return Clause(f"coalesce({whole.sql}, false)", whole.values)


def rules_clause(rules: Iterable[EventRule], columns: Mapping[str, object]) -> Clause:
    """Events of any of the rules."""
    return some(rule_clause(rule, columns) for rule in rules)


def property_clause(name: str, wanted: Scalar | list[Scalar] | Range, columns: Mapping[str, object]) -> Clause:
    """Property `name` equals `wanted`, is one of it, or lies in it, in whichever typed columns hold it."""
    found = [kind for kind in KINDS if property_column(kind, name) in columns]
    if isinstance(wanted, Range):
        return some(_within(quote(property_column(kind, name)), kind, wanted) for kind in found)
    choices = wanted if isinstance(wanted, list) else [wanted]
    return some(_equal(quote(property_column(kind, name)), kind, choice) for kind in found for choice in choices)


def number_sql(columns: Mapping[str, object], name: str) -> str | None:
    """The property as a number, whatever column holds it; None where none can."""
    parts = []
    for kind in KINDS:
        column = property_column(kind, name)
        if column in columns and kind in ("number", "money", "text", "flag"):
            parts.append(f"TRY_CAST({quote(column)} AS DOUBLE)")
    return f"coalesce({', '.join(parts)})" if parts else None


def _within(column: str, kind: PropertyType, wanted: Range) -> Clause:
    if kind in ("flag", "date", "time"):
        return NEVER
    number = f"TRY_CAST({column} AS DOUBLE)"
    parts = [Clause(f"isfinite({number})")]
    if wanted.at_least is not None:
        parts.append(Clause(f"{number} >= ?", (float(wanted.at_least),)))
    if wanted.below is not None:
        parts.append(Clause(f"{number} < ?", (float(wanted.below),)))
    return every(parts)


def _equal(column: str, kind: PropertyType, wanted: Scalar) -> Clause:
    if kind == "flag":
        flag = _flag(wanted)
        return NEVER if flag is None else Clause(f"{column} = ?", (flag,))
    if kind in ("number", "money"):
        number = _number(wanted)
        return NEVER if number is None else Clause(f"CAST({column} AS DOUBLE) = ?", (number,))
    if kind == "date":
        day = _day(wanted)
        return NEVER if day is None else Clause(f"{column} = CAST(? AS DATE)", (day,))
    if kind == "time":
        instant = _instant(wanted)
        return NEVER if instant is None else Clause(f"epoch_us({column}) = ?", (instant,))
    return _text(column, wanted)


def _text(column: str, wanted: Scalar) -> Clause:
    if isinstance(wanted, bool):
        return Clause(f"lower({column}) = ?", ("true" if wanted else "false",))
    if isinstance(wanted, str):
        return Clause(f"{column} = ?", (wanted,))
    return Clause(f"TRY_CAST({column} AS DOUBLE) = ?", (float(wanted),))


def _flag(wanted: Scalar) -> bool | None:
    if isinstance(wanted, str):
        return {"true": True, "yes": True, "false": False, "no": False}.get(wanted.lower())
    return bool(wanted) if wanted in (0, 1) else None


def _number(wanted: Scalar) -> float | None:
    if isinstance(wanted, bool):
        return None
    try:
        number = float(wanted)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _day(wanted: Scalar) -> str | None:
    try:
        return date.fromisoformat(str(wanted)).isoformat()
    except ValueError:
        return None


def _instant(wanted: Scalar) -> int | None:
    try:
        instant = datetime.fromisoformat(str(wanted))
    except ValueError:
        return None
    if instant.tzinfo is None:
        return None
    since = instant - datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
