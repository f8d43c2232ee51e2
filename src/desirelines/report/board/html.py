"""A map as one page that holds all of it: the drawing, its tables, what was said, the map as data; no script, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from html import escape

from desirelines.report.board.marks import Drawing
from desirelines.report.board.measuring import clean
from desirelines.report.board.svg import Seen, svg
from desirelines.studio import Wall, WallTable

STYLE = """
:root{color-scheme:light}
body{margin:0;padding:24px;font:14px/1.45 'Fira Sans',Inter,'Segoe UI','Helvetica Neue',Arial,sans-serif}
body{color:#1b1b19;background:#fff}
h1{font-size:28px;margin:0 0 4px}h2{font-size:20px;margin:40px 0 8px}p{margin:0 0 12px;max-width:70em;color:#504f49}
nav{margin:0 0 16px}nav a{margin-right:16px;color:#5b2be0}
.board{overflow:auto;border:1px solid #e8e7e2}.board svg{display:block;width:100%;min-width:1200px;height:auto}
.wide{overflow:auto}table{border-collapse:collapse;font-size:13px}
th,td{text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid #e8e7e2;white-space:pre-line}
th,td{overflow-wrap:break-word;min-width:5em;max-width:32em}
th{background:#fafaf8}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th.buyer{background:#f1f5fb}th.customer{background:#f9f5ec}
@page{size:A3 landscape;margin:10mm}
@media print{body{padding:0}nav{display:none}.board{overflow:visible;border:0}.board svg{min-width:0;max-height:250mm}
.wide{overflow:visible}h2{break-before:page;margin-top:0}tr{break-inside:avoid}thead{display:table-header-group}}
"""


def html(wall: Wall, drawing: Drawing, tables: tuple[WallTable, ...], pictures: Mapping[str, Seen] | None = None) -> str:
    """The page. It reads without any script, and a browser lets it ask nobody for anything."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    brand = f"{wall.brand}, an invented brand" if wall.simulated else wall.brand
    under = " · ".join(part for part in (brand, ", ".join(wall.personas), f"{wall.version} of {wall.on}", wall.data) if part)
    links = "".join(f'<a href="#part-{place}">{_text(one.name)}</a>' for place, one in enumerate(tables))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{_text(wall.name)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n"
        f'<body>\n<h1 dir="auto">{_text(wall.name)}</h1>\n<p dir="auto">{_text(under)}</p>\n'
        f'<nav aria-label="Parts">{links}</nav>\n'
        f'<div class="board" role="region" aria-label="The map" tabindex="0">\n{svg(drawing, pictures)}</div>\n'
        f"{''.join(_part(wall, place, one) for place, one in enumerate(tables))}"
        f'<script type="application/json" id="map">{_data(wall)}</script>\n</body>\n</html>\n'
    )


def _text(text: str) -> str:
    return escape(clean(text))


def _part(wall: Wall, place: int, table: WallTable) -> str:
    if not table.rows:
        return f'<h2 id="part-{place}">{_text(table.name)}</h2>\n<p>Nothing yet.</p>\n'
    sides = {f"{column.name}": column.side for column in wall.columns} if table.name == "Map" else {}
    head = "".join(f'<th scope="col" class="{sides.get(name, "")}">{_text(name)}</th>' for name in table.head)
    rows = "".join(f"<tr>{''.join(_cell(one) for one in row)}</tr>\n" for row in table.rows)
    return (
        f'<h2 id="part-{place}">{_text(table.name)}</h2>\n<div class="wide" role="region" aria-label="{_text(table.name)}" '
        f'tabindex="0"><table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table></div>\n'
    )


def _cell(value: str | float | int | None) -> str:
    if value is None or value == "":
        return "<td></td>"
    if isinstance(value, str):
        return f'<td dir="auto">{_text(value)}</td>'
    said = f"{value:,}" if isinstance(value, int) else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return f'<td class="n">{said}</td>'


def _data(wall: Wall) -> str:
    """The map as JSON that no parser of HTML takes for markup."""
    text = json.dumps(asdict(wall), default=_plain, ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
