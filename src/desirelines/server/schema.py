"""Prints the OpenAPI schema, from which the front end's types are made: python -m desirelines.server.schema."""

from __future__ import annotations

import json
import sys

from desirelines.server.app import create_app
from desirelines.settings import Settings


def schema_text() -> str:
    """The schema as stable JSON."""
    return json.dumps(create_app(None, Settings()).openapi(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
