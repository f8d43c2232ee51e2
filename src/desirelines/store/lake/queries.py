"""SQL over the pinned files and nothing else: DuckDB with every door shut."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from desirelines.errors import BadInput, Unavailable

MEMORY_LIMIT = "2GB"
THREADS = 2
SQL_TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.int32(): "INTEGER",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
    pa.decimal128(20, 4): "DECIMAL(20,4)",
}


def quote(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


class Queries:
    """One in-memory engine over pinned files; what does not fit in memory spills to `folder`.

    `run` may be called from any thread; `interrupt` ends what runs.
    """

    def __init__(
        self,
        tables: Mapping[str, tuple[Sequence[Path], Mapping[str, pa.DataType]]],
        folder: Path,
        memory_limit: str = MEMORY_LIMIT,
    ) -> None:
        self._lock = threading.Lock()
        self._running: set[duckdb.DuckDBPyConnection] = set()
        self._connection = duckdb.connect(":memory:")
        files = [str(path) for paths, _ in tables.values() for path in paths]
        settings = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "TimeZone": "'UTC'",
            "threads": str(THREADS),
            "memory_limit": _text(memory_limit),
            "temp_directory": _text(str(folder / f".query-{uuid.uuid4().hex}")),
            "allowed_paths": f"[{', '.join(map(_text, files))}]",
            "enable_external_access": "false",
        }
        for name, value in settings.items():
            self._connection.execute(f"SET {name} = {value}")
        for name, (paths, columns) in tables.items():
            self._connection.execute(f"CREATE VIEW {quote(name)} AS {_view(name, paths, columns)}")
        self._connection.execute("SET lock_configuration = true")

    def run(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> pa.Table:
        """The answer of one SELECT. Raises BadInput for anything else, Unavailable when interrupted or out of memory."""
        with self._lock:
            cursor = self._connection.cursor()
            self._running.add(cursor)
        try:
            self._check(cursor, query)
            relation = cursor.sql(query, params=parameters or None)
            return relation.to_arrow_table() if relation is not None else pa.table({})
        except duckdb.InterruptException as error:
            raise Unavailable("the question was stopped") from error
        except duckdb.OutOfMemoryException as error:
            raise Unavailable("the question needs more memory than it may use", hint="ask for a shorter period") from error
        except (duckdb.ProgrammingError, duckdb.PermissionException, duckdb.DataError) as error:
            raise BadInput(f"this SQL cannot be answered: {error}"[:500]) from error
        finally:
            with self._lock:
                self._running.discard(cursor)
            cursor.close()

    def _check(self, cursor: duckdb.DuckDBPyConnection, query: str) -> None:
        statements = cursor.extract_statements(query)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise BadInput("only one SELECT is answered", hint="the lake is read with SQL, never written")

    def interrupt(self) -> None:
        """End every running question."""
        with self._lock:
            for cursor in self._running:
                cursor.interrupt()


def _view(table: str, paths: Sequence[Path], columns: Mapping[str, pa.DataType]) -> str:
    names = ", ".join(quote(name) for name in columns)
    places = table == "events"
    if not paths:
        nothing = ", ".join(f"NULL::{SQL_TYPES[kind]} AS {quote(name)}" for name, kind in columns.items())
        return f"SELECT {nothing}{', 0::BIGINT AS file_index, 0::BIGINT AS row_index' if places else ''} WHERE false"
    files = ", ".join(_text(str(path)) for path in paths)
    extra = ", file_index::BIGINT AS file_index, file_row_number AS row_index" if places else ""
    return f"SELECT {names}{extra} FROM read_parquet([{files}], union_by_name = true)"
