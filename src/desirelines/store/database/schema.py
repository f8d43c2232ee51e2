"""The tables of the workspace database. Nothing here is SQLite's own, so that PostgreSQL can hold them too."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Instant = BigInteger
"""Times are microseconds since 1970 UTC."""
Number = BigInteger().with_variant(Integer, "sqlite")
"""A key that counts itself up: SQLite does that for INTEGER only."""

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("data_version", BigInteger, nullable=False),
    Column("versions", Text, nullable=False),
    CheckConstraint("id = 1", name="one"),
)

imports = Table(
    "imports",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("source", String(64), nullable=False, index=True),
    Column("file", Text, nullable=False),
    Column("file_digest", String(64), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("manifest", Text),
    Column("receipt", Text),
    Column("error", Text),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    CheckConstraint("state IN ('staged', 'committed', 'failed')", name="state"),
)

refused = Table(
    "refused",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("import_id", String(64), ForeignKey("imports.id"), nullable=False, index=True),
    Column("source", String(64), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("event", Text),
    Column("row", Text, nullable=False),
    Column("digest", LargeBinary(16), nullable=False, unique=True),
    Column("repaired_at", Instant),
    Index("ix_refused_source_reason", "source", "reason"),
)

versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("parent", Integer),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("in_force_from", Instant),
    Column("note", Text, nullable=False),
    Column("document", Text, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("base", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

segments = Table(
    "segments",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("rule", Text, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("arguments", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("stage", Text, nullable=False),
    Column("share", Float, nullable=False),
    Column("result", Text),
    Column("error", Text),
    Column("queued_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("cancel_requested", Boolean, nullable=False),
    CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

rows = Table(
    "rows",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("about", String(160), nullable=False),
    Column("document", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_rows_about", "kind", "about"),
)

updates = Table(
    "updates",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("document", String(80), nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("touched", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("ix_updates_document", "document", "id"),
)

states = Table(
    "states",
    metadata,
    Column("document", String(80), primary_key=True),
    Column("up_to", Number, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

blobs = Table(
    "blobs",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("media", String(64), nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
