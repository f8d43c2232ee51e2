"""Alembic's entry: runs the steps on the connection it is given."""

from __future__ import annotations

from alembic import context

from desirelines.store.database.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
