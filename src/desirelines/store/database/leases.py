"""Leases: one holder at a time, with a fencing number that never comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from desirelines.errors import Conflict, Unavailable
from desirelines.store.database.database import Database, now_us
from desirelines.store.database.holders import gone, me
from desirelines.store.database.schema import leases

LAKE = "lake"
"""The lease whose holder alone commits to the lake."""


@dataclass(frozen=True)
class Lease:
    """`fence` grows with every taking: what an older holder writes is refused."""

    name: str
    holder: str
    fence: int
    expires_at_us: int


def take(database: Database, name: str, holder: str, seconds: float) -> Lease:
    """Take a lease that is free, expired, the holder's own or a dead process's. Raises Conflict when another holds it."""
    now = now_us()
    until = now + int(seconds * 1_000_000)
    with database.writing() as connection:
        row = connection.execute(select(leases).where(leases.c.name == name).with_for_update()).one_or_none()
        if row is None:
            connection.execute(insert(leases).values(name=name, holder=holder, fence=1, expires_at=until))
            return Lease(name, holder, 1, until)
        if row.holder not in ("", holder) and row.expires_at > now and not gone(row.holder):
            raise Conflict(
                "another import or upgrade of this workspace is running",
                hint=f"wait for it to end; its lease runs out in {(row.expires_at - now) / 1e6:.0f} s at the latest",
                code="lease_held",
            )
        connection.execute(
            update(leases).where(leases.c.name == name).values(holder=holder, fence=row.fence + 1, expires_at=until)
        )
        return Lease(name, holder, row.fence + 1, until)


@contextmanager
def held(database: Database, name: str, seconds: float) -> Iterator[Lease]:
    """Hold a lease as this process for as long as the block runs. Raises Conflict (`lease_held`) when another holds it."""
    lease = take(database, name, me(), seconds)
    done = threading.Event()

    def beat() -> None:
        while not done.wait(seconds / 4):
            try:
                renew(database, lease, seconds)
            except Conflict:
                return  # lost: whatever is written under it is refused
            except Unavailable:
                continue

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield lease
    finally:
        done.set()
        thread.join()
        release(database, lease)


def renew(database: Database, lease: Lease, seconds: float) -> Lease:
    """Hold a lease longer. Raises Conflict when it was lost."""
    until = now_us() + int(seconds * 1_000_000)
    with database.writing() as connection:
        hold(connection, lease)
        connection.execute(update(leases).where(leases.c.name == lease.name).values(expires_at=until))
    return Lease(lease.name, lease.holder, lease.fence, until)


def release(database: Database, lease: Lease) -> None:
    """Give a lease back; nothing happens if it was lost."""
    mine = (leases.c.name == lease.name) & (leases.c.fence == lease.fence)
    with database.writing() as connection:
        connection.execute(update(leases).where(mine).values(holder="", expires_at=0))


def hold(connection: Connection, lease: Lease) -> None:
    """Inside a transaction: raise Conflict unless nobody took the lease since. Expired but not taken is still held."""
    fence = connection.execute(select(leases.c.fence).where(leases.c.name == lease.name).with_for_update()).scalar_one_or_none()
    if fence != lease.fence:
        raise Conflict("the lease was taken over by another process", hint="run it again", code="lease_lost")


def holding(database: Database, lease: Lease) -> None:
    """Raise Conflict unless the lease is still held."""
    with database.reading() as connection:
        fence = connection.execute(select(leases.c.fence).where(leases.c.name == lease.name)).scalar_one_or_none()
    if fence != lease.fence:
        raise Conflict("the lease was taken over by another process", hint="run it again", code="lease_lost")
