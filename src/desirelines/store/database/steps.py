"""Runs the steps with Alembic; loaded only when one is missing."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def run(connection: Connection, steps: Path) -> None:
    """Run all steps in the folder that the database has not seen, in the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
