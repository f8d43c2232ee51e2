"""What an import is about to put into the lake, as it is written down before anything is moved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from desirelines.store.lake.parquet import Part


@dataclass(frozen=True)
class TableParts:
    """New files of one table and the columns they hold, name to Delta type, in order."""

    columns: Mapping[str, str]
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


@dataclass(frozen=True)
class Manifest:
    """`base`: the table versions it was compared with. `refused_files`: files of refused rows in the staging folder."""

    import_id: str
    source: str
    keyed: bool
    base: Mapping[str, int]
    tables: Mapping[str, TableParts] = field(default_factory=dict)
    rows_read: int = 0
    rows_refused: int = 0
    accepted: int = 0
    duplicate: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    refused_files: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    repairs_up_to: int = 0
    """Set by a repair: the open refusals of the source up to this id were run again."""

    def rows(self, table: str) -> int:
        """How many rows the import adds to a table."""
        return self.tables[table].rows if table in self.tables else 0

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        data = json.loads(text)
        tables = {
            name: TableParts(columns=one["columns"], parts=tuple(Part(**part) for part in one["parts"]))
            for name, one in data.pop("tables").items()
        }
        for name in ("refused_files", "caveats"):
            data[name] = tuple(data[name])
        return cls(**data, tables=tables)
