"""The way of an import into the lake, safe against a death at any moment.

Staged files are on the disk; then one transaction writes down what is to be done (the manifest); then every table is
committed, which can be repeated; then one transaction makes it visible. Whoever finds a manifest that was not brought
to its end brings it there; whoever finds files without a manifest removes them.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from desirelines.model.receipt import Receipt
from desirelines.store.database.database import Database, now_us
from desirelines.store.database.imports import ImportRow, list_imports, move_head, put_committed, put_staged
from desirelines.store.database.leases import Lease, hold, holding
from desirelines.store.database.refused import close_repaired, put_refused
from desirelines.store.files import remove
from desirelines.store.lake.lake import Lake
from desirelines.store.lake.manifest import Manifest
from desirelines.store.lake.parquet import groups
from desirelines.store.lake.snapshot import Snapshot


def new_import_id() -> str:
    """An id for an import; later ones sort after earlier ones."""
    return f"{now_us() // 1000:012x}-{uuid.uuid4().hex[:12]}"


def open_snapshot(database: Database, lake: Lake) -> Snapshot:
    """The lake as readers see it now."""
    head = database.head()
    return lake.snapshot(head.versions, head.data_version)


def land(
    database: Database, lake: Lake, lease: Lease, manifest: Manifest, *, file: str, file_digest: str = "",
    started_at_us: int | None = None, caveats: tuple[str, ...] = (), repairs_up_to: int = 0,
) -> Receipt:  # fmt: skip
    """Bring a resolved import into the lake. Afterwards it is there whole, or (on any error) nothing of it is visible.

    `repairs_up_to`: the open refusals of the source up to this id (`newest_refused`) were run again by this import; those
    that it did not refuse again are repaired. Raises Conflict when the lease was lost or the lake changed since `resolve`,
    Unavailable when the disk is full; a later `recover` ends what was begun or removes it.
    """
    started = now_us() if started_at_us is None else started_at_us
    manifest = replace(manifest, repairs_up_to=repairs_up_to)
    receipt = Receipt(
        import_id=manifest.import_id,
        source=manifest.source,
        file=file,
        rows_read=manifest.rows_read,
        rows_refused=manifest.rows_refused,
        accepted=manifest.accepted,
        duplicate=manifest.duplicate,
        refused=dict(manifest.refused),
        links=manifest.rows("links"),
        traits=manifest.rows("traits"),
        objects=manifest.rows("objects"),
        figures=manifest.rows("figures"),
        observations=manifest.rows("observations"),
        caveats=(*manifest.caveats, *caveats),
    )
    row = ImportRow(
        manifest.import_id, manifest.source, file, file_digest, "staged", manifest.to_json(), receipt, None, started, None
    )
    put_staged(database, lease, row, manifest.base)
    return _forward(database, lake, lease, manifest, row)


def _forward(database: Database, lake: Lake, lease: Lease, manifest: Manifest, row: ImportRow) -> Receipt:
    """From a written manifest to the end; may be begun again as often as needed."""
    if row.receipt is None:
        raise ValueError(f"the staged import {row.id} has no receipt")
    versions = lake.commit(manifest, lambda: holding(database, lease))
    with database.writing() as connection:
        hold(connection, lease)
        for name in manifest.refused_files:
            for _, rows in groups(lake.staging / manifest.import_id / name):
                put_refused(connection, manifest.import_id, manifest.source, rows)
        if manifest.repairs_up_to:
            close_repaired(connection, manifest.import_id, manifest.source, manifest.repairs_up_to)
        head = move_head(connection, versions)
        seconds = max(0.0, (now_us() - row.started_at_us) / 1e6)
        receipt = replace(row.receipt, seconds=round(seconds, 3), data_version=head.data_version)
        put_committed(connection, receipt)
    remove(lake.staging / manifest.import_id)
    return receipt


def recover(database: Database, lake: Lake, lease: Lease) -> list[Receipt]:
    """Bring every staged import to its end, oldest first, and remove the files of imports that never were written down."""
    staged = sorted(list_imports(database, "staged"), key=lambda row: row.started_at_us)
    receipts = [_forward(database, lake, lease, Manifest.from_json(row.manifest or ""), row) for row in staged]
    holding(database, lease)
    lake.sweep(set())
    return receipts
