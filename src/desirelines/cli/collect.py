"""collect: how interactions come in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desirelines.cli.given import AsJson, SegmentRule, home_of, workspace_of
from desirelines.cli.out import progress, say_json, table
from desirelines.cli.speak import heading, pour, say
from desirelines.collect import guess as guess_file
from desirelines.collect import preview as preview_file
from desirelines.collect import read_source, write_source
from desirelines.errors import BadInput, NotFound
from desirelines.keeper import run_or_queue
from desirelines.model.receipt import Receipt
from desirelines.workspace import LOG_FORMATS, LogFormat, Workspace

app = typer.Typer(no_args_is_help=True, help="How interactions come in: guess, preview, import, refused, repair, export.")

SourceName = Annotated[str, typer.Argument(help="a source's name in this workspace, or a source file to take over")]
DataPath = Annotated[Path, typer.Argument(help="the file with the rows")]

_ENDINGS: dict[str, LogFormat] = {
    ".xes": "xes", ".json": "ocel-json", ".jsonocel": "ocel-json", ".sqlite": "ocel-sqlite", ".db": "ocel-sqlite",
}  # fmt: skip


def _adopt(workspace: Workspace, source: str) -> str:
    """The source's name; a path to a source file is taken into the workspace first."""
    if source.endswith((".yaml", ".yml")) or "/" in source:
        path = Path(source)
        if not path.is_file():
            raise NotFound(f"there is no source file {source}", hint="collect guess FILE writes one")
        return workspace.adopt_source(path)
    return source


@app.command("guess")
def guess(
    context: typer.Context,
    path: DataPath,
    write: Annotated[Path | None, typer.Option(help="write the source file there")] = None,
    as_json: AsJson = False,
) -> None:
    """Guess what a file's columns mean and write a source file to start from."""
    found = guess_file(path, path.name)
    if as_json:
        say_json(found)
        return
    text = write_source(found.source)
    if write is None:
        pour(text)
        return
    if write.exists():
        raise BadInput(f"{write} is already there", hint="name another file")
    write.write_text(text, encoding="utf-8")
    say(f"Wrote {write}. Look it over, then: desirelines collect preview {write} {path}")


@app.command("preview")
def preview(context: typer.Context, source: SourceName, path: DataPath, as_json: AsJson = False) -> None:
    """Show the first rows as the events they would become, and what would be refused."""
    file = Path(source)
    spec = read_source(file.read_bytes(), source) if file.is_file() else workspace_of(context).source(source)
    zone = workspace_of(context).zone if home_of(context).names() else "UTC"
    shown = preview_file(spec, path, zone)
    if as_json:
        say_json(shown)
        return
    for row in shown.rows:
        for event in row.events:
            say(f"{row.line}: {event.at} {event.event} {dict(event.people)} {dict(event.properties)}")
        for no in row.refused:
            say(f"{row.line}: refused, {no.reason}: {no.detail}")
    heading(f"Of the first {shown.would.read:,} rows: {shown.would.accepted:,} events, refused {dict(shown.would.refused)}")


@app.command("import")
def import_file(context: typer.Context, source: SourceName, path: DataPath, as_json: AsJson = False) -> None:
    """Bring a file in. The same file again changes nothing."""
    home, workspace = home_of(context), workspace_of(context)
    name = _adopt(workspace, source)
    if not path.exists():
        raise NotFound(f"there is no file {path}")
    with progress(as_json) as listen:
        job = {"source": name, "path": str(path.resolve()), "name": path.name}
        receipt = Receipt(**run_or_queue(home, workspace, "import", job, listen))
    _show(receipt, as_json)


@app.command("repair")
def repair(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="the source's name, or its mended file")],
    as_json: AsJson = False,
) -> None:
    """Run refused rows again through the mended source file."""
    home, workspace = home_of(context), workspace_of(context)
    name = _adopt(workspace, source)
    with progress(as_json) as listen:
        receipt = Receipt(**run_or_queue(home, workspace, "repair", {"source": name}, listen))
    _show(receipt, as_json)


def _show(receipt: Receipt, as_json: bool) -> None:
    if as_json:
        say_json(receipt)
        return
    heading(f"{receipt.source}: {receipt.rows_read:,} rows read")
    for words, count in (
        ("events accepted", receipt.accepted),
        ("events already there", receipt.duplicate),
        ("links", receipt.links),
        ("traits", receipt.traits),
        ("objects' properties", receipt.objects),
        ("figures", receipt.figures),
        ("observations", receipt.observations),
    ):
        if count or words == "events accepted":
            say(f"{count:>12,} {words}")
    for reason, count in receipt.refused.items():
        say(f"{count:>12,} refused: {reason}")
    for caveat in receipt.caveats:
        say(f"Note: {caveat}")
    if receipt.refused:
        say(f"Next: desirelines collect refused --source {receipt.source}")


@app.command("sources")
def sources(context: typer.Context, as_json: AsJson = False) -> None:
    """Every source with what came of it."""
    rows = workspace_of(context).source_rows()
    if as_json:
        say_json(rows)
        return
    names = ["source", "format", "events", "refused", "last_import_at", "last_file"]
    table(names, [[row[name] for name in names] for row in rows])


@app.command("imports")
def imports(context: typer.Context, as_json: AsJson = False) -> None:
    """Receipts, the latest first."""
    rows = workspace_of(context).receipts()
    if as_json:
        say_json(rows)
        return
    head = ["source", "file", "rows", "accepted", "duplicate", "rows refused"]
    table(head, [[row.source, row.file, row.rows_read, row.accepted, row.duplicate, row.rows_refused] for row in rows])


@app.command("refused")
def refused(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="only of this source")] = None,
    reason: Annotated[str | None, typer.Option(help="only for this reason")] = None,
    page: Annotated[int, typer.Option(min=1, max=1_000_000, help="a hundred rows each")] = 1,
    as_csv: Annotated[bool, typer.Option("--csv", help="all of them as CSV")] = False,
    as_json: AsJson = False,
) -> None:
    """What was refused and why, counted exactly."""
    workspace = workspace_of(context)
    if as_csv:
        for piece in workspace.refused_csv(source):
            pour(piece)
        return
    found = workspace.refused_page(source, reason, page)
    if as_json:
        say_json(found)
        return
    table(["reason", "rows"], found["by_reason"].items())
    head = ["source", "line", "reason", "detail", "row"]
    table(head, [[row["source"], str(row["line"]), row["reason"], row["detail"], row["row"][:120]] for row in found["rows"]])
    heading(f"{found['total']:,} refused")


@app.command("export")
def export(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="where to; never over a file that is there")],
    log_format: Annotated[
        str, typer.Option("--format", help="xes, ocel-json or ocel-sqlite; default: by the file's ending")
    ] = "",
    subject: Annotated[str, typer.Option(help="XES: whose journeys are the cases: customer, or a kind of object")] = "customer",
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """Write journeys as a XES log (.gz packs it), or everything as an OCEL 2.0 log."""
    workspace = workspace_of(context)
    chosen = _format(path, log_format)
    with progress(as_json) as listen:
        found = workspace.export(path, chosen, subject, segment, listen)
    if as_json:
        say_json(found)
        return
    heading(f"Wrote {path}")
    for words, count in (
        ("cases", found.cases),
        ("events", found.events),
        ("objects", found.objects),
        ("relations", found.relations),
    ):
        if count or words == "events":
            say(f"{count:>12,} {words}")
    for note in found.notes:
        say(f"Note: {note}")


def _format(path: Path, given: str) -> LogFormat:
    plain = path.name.removesuffix(".gz")
    found = given or _ENDINGS.get(Path(plain).suffix.lower(), "")
    for one in LOG_FORMATS:
        if found == one:
            return one
    what = f"{given!r} is no format" if given else f"the name {path.name} says no format"
    raise BadInput(what, hint=f"--format is one of {', '.join(LOG_FORMATS)}")
