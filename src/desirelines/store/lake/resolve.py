"""Compare the rows of an import with each other and with the lake: what stays, what is there already, what contradicts."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desirelines.model.event import REFUSED
from desirelines.store.files import disk_errors, remove, sync_folder
from desirelines.store.lake.decide import CONFLICT, DUPLICATE, FIRST, LATEST, ORDINAL, PARTITIONS, VERDICT, decide, marked
from desirelines.store.lake.manifest import Manifest, TableParts
from desirelines.store.lake.parquet import Part, PartWriter, groups, read_part
from desirelines.store.lake.rows import event_identities, identities, plain_identities, unhex
from desirelines.store.lake.snapshot import Snapshot
from desirelines.store.lake.spill import Spill
from desirelines.store.lake.staging import Intake, StagedTable, refused_identities
from desirelines.store.lake.tables import DELTA_TYPES, TABLES

UNSHOWN = frozenset({"person", "content", "a", "b"})


@dataclass
class Tally:
    """What became of the rows of one table."""

    accepted: int = 0
    duplicate: int = 0
    conflict: int = 0
    parts: list[Part] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)


class Staging(Intake):
    """One import: add batches, then resolve."""

    def resolve(self, snapshot: Snapshot) -> Manifest:
        """Wait for all batches, compare, drop rows that do not stay. Afterwards every file is on the disk."""
        with disk_errors():
            self.drain()
            tallies: dict[str, Tally] = {}
            for name in [name for name in TABLES if name in self.tables]:
                staged = self.tables[name]
                self._add_lake(staged, snapshot)
                tallies[name] = self._settle_table(staged)
            reasons, lines, refused_files = self._settle_refused()
            for place in self.folder.glob("*.ids"):
                remove(place)
            sync_folder(self.folder)
        events = tallies.get("events", Tally())
        return Manifest(
            import_id=self.import_id,
            source=self.source,
            keyed=self.keyed,
            base=dict(snapshot.versions),
            tables={name: TableParts(one.columns, tuple(one.parts)) for name, one in tallies.items() if one.parts},
            rows_read=self.rows_read,
            rows_refused=lines,
            accepted=events.accepted,
            duplicate=events.duplicate,
            refused=reasons,
            refused_files=refused_files,
            caveats=() if self.keyed or "events" not in tallies else (KEYLESS,),
        )

    def _add_lake(self, staged: StagedTable, snapshot: Snapshot) -> None:
        """Stream what the lake has of this source; only rows that could be met are kept."""
        table = staged.table
        for path in snapshot.files(table.name):
            if not path.name.startswith(f"{self.source}-"):
                continue
            for _, rows in groups(path, self._compared(staged)):
                if table.name != "events":
                    found = plain_identities(table, rows)
                elif self.keyed:
                    content = np.asarray(rows.column("content").to_numpy())
                    found = event_identities(rows.column("message_id"), content)
                else:
                    found = identities(*unhex(rows.column("message_id")))
                found = found[marked(staged.bits, found["low"])]
                found["row"] = -1
                staged.identities.add((found["low"] & np.uint64(PARTITIONS - 1)).astype(np.int64), found)

    def _compared(self, staged: StagedTable) -> list[str] | None:
        return {"events": ["message_id", "content"], "links": ["a", "b"]}.get(staged.table.name)

    def _settle_table(self, staged: StagedTable) -> Tally:
        mode = LATEST if staged.table.latest else FIRST
        if staged.table.name == "events" and not self.keyed:
            mode = ORDINAL
        verdicts, _ = self._decide(staged, mode)
        tally = Tally()
        for index, part in enumerate(staged.parts):
            kept = self._settle_part(staged, index, part, verdicts.read(index), tally)
            if kept is not None:
                tally.parts.append(kept)
                for column in staged.schemas[index]:
                    tally.columns[column.name] = DELTA_TYPES[column.type]
        remove(verdicts.path)
        tally.accepted = sum(part.rows for part in tally.parts)
        return tally

    def _decide(self, staged: StagedTable, mode: int) -> tuple[Spill, int]:
        """The verdicts, by file, and how many lines (refused rows only) the rows come from."""
        staged.identities.close()
        verdicts = Spill(staged.identities.path.with_suffix(".verdicts.ids"), VERDICT, max(1, len(staged.parts)))
        starts = np.array(staged.starts, np.int64)
        lines = 0

        def one(index: int) -> tuple[NDArray[Any], int]:
            records = staged.identities.read(index)
            distinct = len(np.unique(records["content"])) if staged.table.name == "refused" else 0
            return decide(records, mode), distinct

        with ThreadPoolExecutor(2) as pool:
            for found, distinct in pool.map(one, range(PARTITIONS)):
                verdicts.add(np.searchsorted(starts, found["row"], side="right") - 1, found)
                lines += distinct
        verdicts.close()
        remove(staged.identities.path)
        return verdicts, lines

    def _settle_part(self, staged: StagedTable, index: int, part: Part, found: NDArray[Any], tally: Tally) -> Part | None:
        """The file as it stays: itself if no row is dropped or renamed, else rewritten; None if nothing is left."""
        tally.duplicate += int((found["verdict"] == DUPLICATE).sum())
        conflicts = int((found["verdict"] == CONFLICT).sum())
        tally.conflict += conflicts
        if len(found) == 0:
            return part
        path = self.folder / part.name
        if part.rows == int((found["verdict"] < 0).sum()) and not conflicts:
            remove(path)
            return None
        found = found[np.argsort(found["row"], kind="stable")]
        places = found["row"] - staged.starts[index]
        writer = PartWriter(path.with_name(f"{path.stem}-kept.parquet"), staged.schemas[index])
        for first, rows in groups(path):
            low, high = np.searchsorted(places, [first, first + len(rows)])
            writer.write(self._kept(staged, rows, places[low:high] - first, found["verdict"][low:high]))
        kept = writer.close()
        remove(path)
        if kept.rows == 0:
            remove(writer.path)
            return None
        return kept

    def _kept(self, staged: StagedTable, rows: pa.Table, places: NDArray[Any], verdicts: NDArray[Any]) -> pa.Table:
        renamed = verdicts > 0
        if renamed.any():
            ids = rows.column("message_id").to_pylist()
            for place, ordinal in zip(places[renamed].tolist(), verdicts[renamed].tolist(), strict=True):
                ids[place] = f"{ids[place]}-{ordinal}"
            rows = rows.set_column(rows.schema.get_field_index("message_id"), "message_id", pa.array(ids, pa.string()))
        clashing = places[verdicts == CONFLICT]
        if len(clashing):
            self._refuse(rows.take(pa.array(clashing)))
        stays = np.ones(len(rows), np.bool_)
        stays[places[verdicts < 0]] = False
        return rows.filter(pa.array(stays))

    def _refuse(self, rows: pa.Table) -> None:
        """Rows whose id is there with other content become refused rows, shown as they are."""
        shown = [name for name in rows.column_names if name not in UNSHOWN]
        texts = [json.dumps({k: v for k, v in row.items() if v is not None}, default=str) for row in rows.select(shown).to_pylist()]
        event = rows.column("event") if "event" in rows.column_names else pa.nulls(len(rows), pa.string())
        refused = pa.table(
            {
                "reason": pa.repeat("conflict", len(rows)),
                "detail": pa.repeat("the same id is already there with other content; the first stays", len(rows)),
                "line": rows.column("sequence"),
                "event": event,
                "row": pa.array(texts, pa.string()),
            }
        ).cast(pa.schema([pa.field(one.name, one.type) for one in REFUSED]))
        staged = self.staged("refused")
        staged.note(*refused_identities(refused))
        staged.write(refused)

    def _settle_refused(self) -> tuple[dict[str, int], int, tuple[str, ...]]:
        """Count refusals by reason, and lines; the same refusal twice is one."""
        if "refused" not in self.tables:
            return {}, 0, ()
        staged = self.tables["refused"]
        staged.finish()
        verdicts, lines = self._decide(staged, FIRST)
        reasons: dict[str, int] = {}
        files = []
        for index, part in enumerate(staged.parts):
            kept = self._settle_part(staged, index, part, verdicts.read(index), Tally())
            if kept is None:
                continue
            files.append(kept.name)
            column = read_part(self.folder / kept.name, ["reason"]).column("reason")
            for item in column.value_counts().to_pylist():
                reasons[item["values"]] = reasons.get(item["values"], 0) + item["counts"]
        remove(verdicts.path)
        return dict(sorted(reasons.items())), lines, tuple(files)


KEYLESS = "the source has no key: events are told apart by their content, equal ones by their order in the file"
