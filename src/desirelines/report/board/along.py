"""One map out of a workspace, in whatever form it is taken along."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Literal, get_args

from reportlab.lib.utils import ImageReader

from desirelines import store, studio
from desirelines.errors import BadInput, DesirelinesError, NotFound
from desirelines.measure import Sheet
from desirelines.model.hint import nearest
from desirelines.plan import Plan, journey_of, write_plan
from desirelines.report.board.html import html
from desirelines.report.board.layout import Order, draw, smallest
from desirelines.report.board.marks import Drawing
from desirelines.report.board.papers import Paper
from desirelines.report.board.pdf import pdf
from desirelines.report.board.svg import Seen, svg
from desirelines.studio import Take, Wall, WallNote, talking
from desirelines.view import Question
from desirelines.workspace import Workspace

Form = Literal["svg", "pdf", "html", "xlsx", "csv", "wide", "yaml", "xml"]
FORMS: tuple[Form, ...] = get_args(Form)
MEDIA: dict[Form, tuple[str, str]] = {
    "svg": ("image/svg+xml", "svg"),
    "pdf": ("application/pdf", "pdf"),
    "html": ("text/html; charset=utf-8", "html"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "wide": ("text/csv; charset=utf-8", "csv"),
    "yaml": ("application/yaml; charset=utf-8", "yaml"),
    "xml": ("application/xml; charset=utf-8", "cjml.xml"),
}
"""Each form's media type and how its file's name ends."""
_ENDINGS = ".svg, .pdf, .html, .xlsx, .csv, .wide, .yaml or .xml"


@dataclass(frozen=True)
class Along:
    """How a map is taken along. `paper` None: the smallest that holds it whole. `fonts`: letters' shapes inside an SVG."""

    form: Form
    take: Take = field(default_factory=Take)
    paper: Paper | None = None
    fonts: bool = False
    whole: bool = False
    """YAML: the plan, not only what this map names."""


@dataclass(frozen=True)
class Taken:
    name: str
    media: str
    data: bytes


def take_along(workspace: Workspace, question: Question, along: Along) -> Taken:
    """One map as a file. Raises NotFound for an unknown journey, lane, persona or version."""
    plan = workspace.plan(question.version)
    journey = question.journey or ""
    journey_of(plan, journey)
    media, ending = MEDIA[along.form]
    if along.form == "yaml":
        text = write_plan(studio.legible_plan(plan) if along.whole else studio.map_part(plan, journey))
    elif along.form == "xml":
        text = studio.map_cjml(plan, journey, along.take)
    else:
        return Taken(f"{journey}.{ending}", media, _drawn(workspace, plan, question, along))
    return Taken(f"{journey}.{ending}", media, text.encode())


def _drawn(workspace: Workspace, plan: Plan, question: Question, along: Along) -> bytes:
    wall = wall_of(workspace, plan, question, along.take)
    if along.form == "csv":
        return studio.csv_cells(wall).encode()
    if along.form == "wide":
        return studio.csv_wide(wall).encode()
    if along.form == "xlsx":
        return studio.map_workbook(plan, wall)
    pictures = _pictures(workspace, wall)
    drawing = _drawing(wall, along, pictures)
    if along.form == "pdf":
        return pdf(drawing, pictures)
    if along.form == "svg":
        return svg(drawing, pictures, along.fonts).encode()
    return html(wall, drawing, studio.map_tables(plan, wall)[:-1], pictures).encode()  # the last is in its data


def _drawing(wall: Wall, along: Along, pictures: dict[str, Seen]) -> Drawing:
    shapes = {name: _shape(one) for name, one in pictures.items()}
    grow: Literal["sheets", "one"] = "sheets" if along.form == "pdf" else "one"
    order = Order(along.paper or "A3", along.take.show, grow)
    return draw(wall, order, shapes) if along.paper else smallest(wall, order, shapes)


def wall_of(workspace: Workspace, plan: Plan, question: Question, take: Take) -> Wall:
    """The map with what is measured of it, if anything is, and with what people said."""
    journey, version = question.journey or "", question.version
    sheet, why_not = _sheet(workspace, question) if take.figures else (None, "")
    number = workspace.plan_number()
    drafted = version == "draft" or (version is None and number == 0)
    named = "the draft" if drafted else f"version {version if version is not None else number}"
    return studio.gather_wall(
        plan, journey, take, _written(workspace, None if drafted else int(version or number)), named, sheet,
        _notes(workspace, plan, journey), why_not,
    )  # fmt: skip


def _sheet(workspace: Workspace, question: Question) -> tuple[Sheet | None, str]:
    """A draft that cannot be counted yet, or a workspace without data, gives a map without figures that says so."""
    try:
        sheet = workspace.view(question.version).sheet(question)
    except DesirelinesError as error:
        return None, f"not measured: {error.message}"
    return (sheet, "") if sheet.events else (None, "not measured: no event of it yet")


def _written(workspace: Workspace, number: int | None) -> date:
    """The day on which a version was published or the draft was saved: the same map has the same bytes."""
    if number is not None:
        rows = {row["number"]: row["at"] for row in workspace.version_rows()}
        if number not in rows:
            raise NotFound(f"there is no version {number}", hint=nearest(number, [str(one) for one in rows]))
        return date.fromisoformat(rows[number][:10])
    saved = workspace.draft()["saved_at"]
    rows_at = [row["at"] for row in workspace.version_rows()]
    return date.fromisoformat((saved or next(iter(rows_at), datetime.now(UTC).isoformat()))[:10])


def _notes(workspace: Workspace, plan: Plan, journey: str) -> list[WallNote]:
    rows = talking.comment_rows(workspace.database, plan, journey)
    return [
        WallNote(row["on"] or row["element"], row["text"], row["by"], row["at"][:10], bool(row["resolved_at"])) for row in rows
    ]


def _pictures(workspace: Workspace, wall: Wall) -> dict[str, Seen]:
    """Those on the map that are kept and can be drawn."""
    wanted = {cell.picture for row in wall.rows for several in row.cells.values() for cell in several if cell.picture}
    found = {}
    for digest in sorted(wanted):
        try:
            blob = store.get_blob(workspace.database, digest)
            seen = Seen(blob.media, blob.data)
            _shape(seen)
        except (NotFound, OSError, ValueError):
            continue
        found[digest] = seen
    return found


def _shape(seen: Seen) -> float:
    wide, tall = ImageReader(BytesIO(seen.data)).getSize()
    return float(tall / wide) if wide and tall else 1.0


def form_of(name: str) -> Form:
    """The form that a file's name ends with. Raises BadInput."""
    for form in FORMS:
        if name.lower().endswith(f".{MEDIA[form][1]}") or name.lower().endswith(f".{form}"):
            return form
    raise BadInput(
        f"a map cannot be written as {name[-60:]}", hint="end the name with .svg .pdf .html .xlsx .csv .wide .yaml or .xml"
    )
