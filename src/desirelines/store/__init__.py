"""Where events rest: the lake and the workspace's database. The only room that knows engines and databases."""

from desirelines.store.database.database import Database, Head, now_us
from desirelines.store.database.documents import (
    DraftRow,
    SegmentRow,
    VersionRow,
    drop_draft,
    drop_segment,
    get_draft,
    get_version,
    list_segments,
    list_versions,
    put_segment,
    put_version,
    save_draft,
)
from desirelines.store.database.imports import (
    ImportRow,
    count_imports,
    get_import,
    known_file,
    list_imports,
    put_failed,
    receipts,
)
from desirelines.store.database.jobs import (
    JobRow,
    cancel,
    claim,
    enqueue,
    fail_running,
    finish,
    get_job,
    list_jobs,
    progress,
)
from desirelines.store.database.leases import LAKE, Lease, held, release, renew, take
from desirelines.store.database.refused import (
    RefusedPage,
    RefusedRow,
    count_refused,
    each_refused,
    newest_refused,
    page_refused,
)
from desirelines.store.lake.lake import Lake
from desirelines.store.lake.manifest import Manifest
from desirelines.store.lake.placeholders import placeholders
from desirelines.store.lake.queries import quote
from desirelines.store.lake.resolve import Staging
from desirelines.store.lake.rows import people_keys
from desirelines.store.lake.snapshot import Snapshot
from desirelines.store.landing import land, new_import_id, open_snapshot, recover

__all__ = [
    "LAKE",
    "Database",
    "DraftRow",
    "Head",
    "ImportRow",
    "JobRow",
    "Lake",
    "Lease",
    "Manifest",
    "RefusedPage",
    "RefusedRow",
    "SegmentRow",
    "Snapshot",
    "Staging",
    "VersionRow",
    "cancel",
    "claim",
    "count_imports",
    "count_refused",
    "drop_draft",
    "drop_segment",
    "each_refused",
    "enqueue",
    "fail_running",
    "finish",
    "get_draft",
    "get_import",
    "get_job",
    "get_version",
    "held",
    "known_file",
    "land",
    "list_imports",
    "list_jobs",
    "list_segments",
    "list_versions",
    "new_import_id",
    "newest_refused",
    "now_us",
    "open_snapshot",
    "page_refused",
    "people_keys",
    "placeholders",
    "progress",
    "put_failed",
    "put_segment",
    "put_version",
    "quote",
    "receipts",
    "recover",
    "release",
    "renew",
    "save_draft",
    "take",
]
