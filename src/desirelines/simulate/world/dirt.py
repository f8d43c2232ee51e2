"""Rows that cannot be taken, planted in known numbers: what an intake must refuse, with which reason, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from desirelines.simulate.world.writers import Lines

_AT = b"2026-01-12 10:00:00Z"


def dirty_calls(file: Lines, first: bytes) -> dict[str, int]:
    """Write bad rows into the service line's file. `first` is a good row's line, to be contradicted."""
    rows = list(_calls(first))
    return _plant(file, rows)


def _calls(first: bytes) -> Iterator[tuple[str, bytes]]:
    for n in range(7):
        yield "malformed", b"bad-m%d,+49-000-1,,%b,late or wrong,10,,,surplus,surplus" % (n, _AT)
    for n in range(5):
        yield "encoding", b"bad-e%d,+49-000-1,,%b,zu sp\xe4t,10,," % (n, _AT)
    for n in range(4):
        yield "missing_time", b"bad-t%d,+49-000-1,,,late or wrong,10,," % n
    for n in range(6):
        yield "bad_time", b"bad-b%d,+49-000-1,,31.31.2026 10:00,late or wrong,10,," % n
    for n in range(3):
        yield "time_out_of_range", b"bad-r%d,+49-000-1,,1815-06-18 12:00:00Z,late or wrong,10,," % n
    for n in range(3):
        yield "bad_number", b"bad-n%d,+49-000-1,,%b,late or wrong,soon,," % (n, _AT)
    for n in range(2):
        yield "control_character", b"bad-c%d,+49-000-1,,%b,late\x00or wrong,10,," % (n, _AT)
    for _ in range(4):
        yield "missing_key", b",+49-000-1,,%b,late or wrong,10,," % _AT
    call, phone, order, at, _, *_ = first.split(b",")
    for n in range(3):
        yield "conflict", b",".join((call, phone, order, at, b"another reason", b"%d" % (9000 + n), b"", b""))


def dirty_orders(file: Lines) -> dict[str, int]:
    """Write bad rows into the checkout's file."""
    broken = [("malformed", b'{"type": "Order Placed", "order_no": "bad-%d", "at": "2026-01-' % n) for n in range(4)]
    nameless = [
        ("missing_event", b'{"type": "", "order_no": "bad-n%d", "at": "%b", "email": "x@mail.example"}' % (n, _AT))
        for n in range(2)
    ]
    return _plant(file, broken + nameless)


def dirty_crm(file: Lines) -> dict[str, int]:
    """Write rows into the customer file that say nothing."""
    return _plant(file, [("empty", b"K-nobody-%d,,,,," % n) for n in range(2)])


def _plant(file: Lines, rows: list[tuple[str, bytes]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reason, line in rows:
        file.raw(line + b"\n")
        counts[reason] = counts.get(reason, 0) + 1
    return counts
