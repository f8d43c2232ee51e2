"""The schema that the pages' types are made from."""

from __future__ import annotations

import json
from pathlib import Path

from desirelines.server import create_app
from desirelines.server.schema import schema_text
from desirelines.settings import Settings

WRITTEN = Path(__file__).resolve().parents[2] / "web" / "openapi.json"


def test_the_written_schema_is_the_apps() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == schema_text(), "stale: run `make types`"


def test_every_operation_has_its_own_name_words_and_shape_of_error() -> None:
    document = create_app(None, Settings()).openapi()
    found = [one for methods in document["paths"].values() for one in methods.values()]
    assert len({one["operationId"] for one in found}) == len(found)
    assert [one["operationId"] for one in found if not one.get("description")] == []
    for one in found:
        (told,) = one["responses"]["default"]["content"].values()
        assert told["schema"] == {"$ref": "#/components/schemas/ErrorShape"}


def test_no_route_answers_whatever_it_likes() -> None:
    document = json.loads(schema_text())
    loose = [
        f"{method} {path}"
        for path, methods in document["paths"].items()
        for method, found in methods.items()
        if next(iter(found["responses"].values())).get("content", {}).get("application/json", {}).get("schema") == {}
    ]
    assert loose == []
