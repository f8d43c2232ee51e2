"""One workspace's lake: Delta tables that only grow by whole imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from desirelines.store.files import disk_errors, make_folder, move, remove, sync_folder
from desirelines.store.lake import delta
from desirelines.store.lake.manifest import Manifest
from desirelines.store.lake.resolve import Staging
from desirelines.store.lake.snapshot import Snapshot
from desirelines.store.lake.tables import TABLES


class Lake:
    """`folder` is the workspace's folder: tables rest in `lake/<table>/`, imports under way in `staging/<import>/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "lake"
        self.staging = folder / "staging"

    def snapshot(self, versions: Mapping[str, int], data_version: int = 0) -> Snapshot:
        """The tables as they were at `versions` (table to Delta version; a table not named is empty)."""
        tables = {name: delta.pin(self.folder / name, version) for name, version in versions.items() if name in TABLES}
        return Snapshot(self.folder, dict(versions), tables, data_version)

    def stage(self, import_id: str, keyed: bool, source: str = "") -> Staging:
        """Begin an import; hold the lease `LAKE` from before this until `land`, or another's `recover` removes the files.

        `keyed`: every event names its own message_id. `source`: if not given, the rows' own.
        """
        return Staging(make_folder(self.staging), import_id, keyed, source)

    def commit(self, manifest: Manifest, fence: Callable[[], None]) -> dict[str, int]:
        """Move the import's files into the tables and log them; again and again with the same end.

        `fence` is called before each table and raises Conflict when the lease is lost. Returns all table versions.
        """
        versions = dict(manifest.base)
        source = self.staging / manifest.import_id
        with disk_errors():
            for name, grown in manifest.tables.items():
                fence()
                folder = make_folder(self.folder / name)
                for part in grown.parts:
                    move(source / part.name, folder / part.name)
                sync_folder(folder)
                delta.drop_torn(folder, manifest.base.get(name, -1))
                versions[name] = delta.append(folder, TABLES[name], grown.columns, grown.parts, manifest.import_id)
        return versions

    def sweep(self, keep: set[str]) -> None:
        """Remove the staging files of every import but those in `keep`."""
        if self.staging.is_dir():
            for place in self.staging.iterdir():
                if place.name not in keep:
                    remove(place)
