"""Compare the rows of an import with each other and with the lake: what stays, what is there already, what contradicts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.store.files import disk_errors, remove, sync_folder
from desirelines.store.lake.decide import (
    CONFLICT,
    CONTENT,
    FIRST,
    LATEST,
    ORDINAL,
    PARTITIONS,
    ROW,
    VERDICT_WIDTH,
    decide,
    marked,
    partition,
)
from desirelines.store.lake.hexes import unhex
from desirelines.store.lake.manifest import Manifest, TableParts
from desirelines.store.lake.parquet import Part, PartWriter, groups, placeholder_columns
from desirelines.store.lake.refusals import as_refused, refused_identities
from desirelines.store.lake.rows import event_identities, event_links, identities, plain_identities
from desirelines.store.lake.snapshot import Snapshot
from desirelines.store.lake.spill import Spill
from desirelines.store.lake.staging import Intake, StagedTable
from desirelines.store.lake.tables import DELTA_TYPES, TABLES

KEYLESS = "the source has no key: events are told apart by their content, equal ones by their order in the file"
COMPARED = {"events": ["message_id", "content"]}


@dataclass
class Tally:
    """What became of the rows of one table. `lines`: of how many lines of the file they were (refused rows only)."""

    duplicate: int = 0
    conflict: int = 0
    lines: int = 0
    parts: list[Part] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> int:
        return sum(part.rows for part in self.parts)


class Staging(Intake):
    """One import: add batches, then resolve."""

    def resolve(self, snapshot: Snapshot) -> Manifest:
        """Wait for all batches, compare, drop rows that do not stay. Afterwards every file is on the disk."""
        with disk_errors():
            self.drain()
            tallies = {"events": self._settle_table("events", snapshot)}
            self._gather_links(tallies["events"])
            tallies |= {name: self._settle_table(name, snapshot) for name in TABLES if name != "events"}
            refused = self._settle_table("refused", snapshot)
            sync_folder(self.folder)
        events = tallies["events"]
        return Manifest(
            import_id=self.import_id,
            source=self.source,
            keyed=self.keyed,
            base=dict(snapshot.versions),
            tables={name: TableParts(one.columns, tuple(one.parts)) for name, one in tallies.items() if one.parts},
            rows_read=self.rows_read,
            rows_refused=refused.lines,
            accepted=events.accepted,
            duplicate=events.duplicate,
            refused=self._reasons(refused),
            refused_files=tuple(part.name for part in refused.parts),
            caveats=() if self.keyed or "events" not in self.tables else (KEYLESS,),
        )

    def _settle_table(self, name: str, snapshot: Snapshot) -> Tally:
        tally = Tally()
        if name not in self.tables:
            return tally
        staged = self.tables[name]
        staged.finish()
        if name != "refused":
            self._add_lake(staged, snapshot)
        verdicts, tally.lines = self._decide(staged)
        for index, part in enumerate(staged.parts):
            kept = self._settle_part(staged, index, part, verdicts.read(index), tally)
            if kept is not None:
                tally.parts.append(kept)
                tally.columns |= {column.name: DELTA_TYPES[column.type] for column in staged.schemas[index]}
        verdicts.remove()
        return tally

    def _add_lake(self, staged: StagedTable, snapshot: Snapshot) -> None:
        """Stream what the lake has of this source; only rows that could be met are kept."""
        table = staged.table
        for path in snapshot.files(table.name):
            if not path.name.startswith(f"{self.source}-"):
                continue
            for _, rows in groups(path, COMPARED.get(table.name)):
                if table.name != "events":
                    found = plain_identities(table, rows)
                elif self.keyed:
                    found = event_identities(rows.column("message_id"), np.asarray(rows.column("content").to_numpy()))
                else:
                    found = identities(*unhex(rows.column("message_id")))
                found = found[marked(staged.bits, found)]
                found[:, ROW] = -1
                staged.identities.add(partition(found), found)

    def _decide(self, staged: StagedTable) -> tuple[Spill, int]:
        """The verdicts, by file, and how many lines (of refused rows only) the rows come from."""
        mode = LATEST if staged.table.latest else FIRST
        if staged.table.name == "events" and not self.keyed:
            mode = ORDINAL
        refused = staged.table.name == "refused"
        staged.identities.close()
        verdicts = Spill(staged.identities.path.with_suffix(".verdicts"), VERDICT_WIDTH, max(1, len(staged.parts)))
        starts = np.array(staged.starts, np.int64)
        lines = 0

        def one(index: int) -> tuple[NDArray[np.int64], int]:
            records = staged.identities.read(index)
            return decide(records, mode), len(np.unique(records[:, CONTENT])) if refused else 0

        with ThreadPoolExecutor(2) as pool:
            for found, distinct in pool.map(one, range(PARTITIONS)):
                verdicts.add(np.searchsorted(starts, found[:, 0], side="right") - 1, found)
                lines += distinct
        verdicts.close()
        staged.identities.remove()
        return verdicts, lines

    def _settle_part(self, staged: StagedTable, index: int, part: Part, found: NDArray[np.int64], tally: Tally) -> Part | None:
        """The file as it stays: itself if no row is dropped or renamed, else rewritten; None if nothing is left."""
        conflicts = int((found[:, 1] == CONFLICT).sum())
        dropped = int((found[:, 1] < 0).sum())
        tally.conflict += conflicts
        tally.duplicate += dropped - conflicts
        if len(found) == 0:
            return part
        path = self.folder / part.name
        if part.rows == dropped and not conflicts:
            remove(path)
            return None
        found = found[np.argsort(found[:, 0], kind="stable")]
        places = found[:, 0] - staged.starts[index]
        writer = PartWriter(path.with_name(f"{path.stem}-kept.parquet"), staged.schemas[index])
        empty = placeholder_columns(path)
        for first, rows in groups(path):
            low, high = np.searchsorted(places, [first, first + len(rows)])
            writer.write(self._kept(rows, places[low:high] - first, found[low:high, 1]), empty)
        kept = writer.close()
        remove(path)
        if kept.rows == 0:
            remove(writer.path)
            return None
        return kept

    def _kept(self, rows: pa.Table, places: NDArray[np.int64], verdicts: NDArray[np.int64]) -> pa.Table:
        """The rows that stay. Verdicts [m] are those of the rows at places [m]."""
        if (verdicts > 0).any():
            rows = _renamed(rows, places[verdicts > 0], verdicts[verdicts > 0])
        clashing = places[verdicts == CONFLICT]
        if len(clashing):
            refused = as_refused(rows.take(pa.array(clashing)))
            staged = self.staged("refused")
            staged.note(*refused_identities(refused))
            staged.write(refused)
        stays = np.ones(len(rows), np.bool_)
        stays[places[verdicts < 0]] = False
        return rows.filter(pa.array(stays))

    def _gather_links(self, events: Tally) -> None:
        """One staged table of links out of those given and those that the events which stay prove."""
        if events.conflict and "proven" in self.tables:  # a refused event proves nothing
            self.tables.pop("proven").abandon()
            recent = np.zeros((1 << 20, 2), np.int64)
            for part in events.parts:
                for _, rows in groups(self.folder / part.name):
                    self._add_links("proven again", event_links(rows, recent))
        proven = self.tables.pop("proven", None) or self.tables.pop("proven again", None)
        given = self.tables.pop("links", None)
        if proven is None or given is None:
            only = proven or given
            if only is not None:
                self.tables["links"] = only
            return
        for one in (proven, given):
            one.finish()
            one.identities.remove()
            for part in one.parts:
                for _, rows in groups(self.folder / part.name):
                    self._add_links("all links", rows)
                remove(self.folder / part.name)
        self.tables["links"] = self.tables.pop("all links")

    def _add_links(self, name: str, rows: pa.Table | None) -> None:
        if rows is not None and len(rows):
            staged = self.staged(name)
            staged.note(plain_identities(TABLES["links"], rows))
            staged.write(rows)

    def _reasons(self, refused: Tally) -> dict[str, int]:
        reasons: dict[str, int] = {}
        for part in refused.parts:
            for _, rows in groups(self.folder / part.name, ["reason"]):
                for item in rows.column("reason").value_counts().to_pylist():
                    reasons[item["values"]] = reasons.get(item["values"], 0) + item["counts"]
        return dict(sorted(reasons.items()))


def _renamed(rows: pa.Table, places: NDArray[np.int64], ordinals: NDArray[np.int64]) -> pa.Table:
    """The n-th of equal rows is called after their content and n."""
    suffixes = np.full(len(rows), "", object)
    suffixes[places] = [f"-{ordinal}" for ordinal in ordinals.tolist()]
    names = pc.binary_join_element_wise(rows.column("message_id"), pa.array(suffixes, pa.string()), "")
    return rows.set_column(rows.schema.get_field_index("message_id"), "message_id", names)
