"""A drawn map as SVG: text stays text, every letter escaped, nothing fetched from elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from fontpkg_fira_sans import ROOT

from desirelines.report.board.inks import PAPER
from desirelines.report.board.marks import Box, Disc, Drawing, Mark, Photo, Stroke, Words
from desirelines.report.board.measuring import clean

FAMILY = "'Fira Sans', Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_FILES = ((400, "FiraSans-Regular.ttf"), (600, "FiraSans-SemiBold.ttf"))


@dataclass(frozen=True)
class Seen:
    """A picture's bytes."""

    media: str
    data: bytes


def svg(drawing: Drawing, pictures: Mapping[str, Seen] | None = None, fonts: bool = False, page: int = 0) -> str:
    """One page. `fonts`: the letters' shapes are inside too, for what draws it without knowing the font."""
    one = drawing.pages[page]
    style = f"<style>{''.join(_face(weight, name) for weight, name in _FILES)}</style>" if fonts else ""
    title = escape(f"{clean(drawing.brand)}: {clean(drawing.title)}")
    inside = "\n".join(_mark(mark, pictures or {}) for mark in one.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{_n(one.wide)}pt" '
        f'height="{_n(one.tall)}pt" viewBox="0 0 {_n(one.wide)} {_n(one.tall)}" role="img" font-family="{FAMILY}">\n'
        f"<title>{title}</title>{style}\n"
        f'<rect width="{_n(one.wide)}" height="{_n(one.tall)}" fill="{PAPER}"/>\n{inside}\n</svg>\n'
    )


def _face(weight: int, name: str) -> str:
    data = base64.b64encode(Path(ROOT / "files" / name).read_bytes()).decode()
    return f"@font-face{{font-family:'Fira Sans';font-weight:{weight};src:url(data:font/ttf;base64,{data}) format('truetype')}}"


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _mark(mark: Mark, pictures: Mapping[str, Seen]) -> str:
    if isinstance(mark, Words):
        return _words(mark)
    if isinstance(mark, Box):
        return _box(mark)
    if isinstance(mark, Stroke):
        return _stroke(mark)
    if isinstance(mark, Disc):
        return _disc(mark)
    return _photo(mark, pictures)


def _words(mark: Words) -> str:
    weight = ' font-weight="600"' if mark.bold else ""
    about = f"<title>{escape(mark.about)}</title>" if mark.about else ""
    return (
        f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}"{weight} fill="{mark.ink}" '
        f'textLength="{_n(max(mark.wide, 0.01))}" lengthAdjust="spacingAndGlyphs">{about}{escape(clean(mark.text))}</text>'
    )


def _box(mark: Box) -> str:
    edge = f' stroke="{mark.edge}" stroke-width="{_n(mark.thick)}"' if mark.edge else ""
    dash = f' stroke-dasharray="{_n(5 * mark.thick)} {_n(3 * mark.thick)}"' if mark.edge and mark.dashed else ""
    round_ = f' rx="{_n(mark.round)}"' if mark.round else ""
    return (
        f'<rect x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(max(0.0, mark.wide))}" height="{_n(max(0.0, mark.tall))}"{round_} '
        f'fill="{mark.fill or "none"}"{edge}{dash}/>'
    )


def _stroke(mark: Stroke) -> str:
    first, *others = [f"{_n(x)} {_n(y)}" for x, y in mark.points]
    path = f"M{first}C{' '.join(others)}" if mark.curved else f"M{first}L{' L'.join(others)}"
    dash = f' stroke-dasharray="{_n(4 * mark.thick)} {_n(3 * mark.thick)}"' if mark.dashed else ""
    dense = f' stroke-opacity="{_n(mark.dense)}"' if mark.dense < 1 else ""
    return f'<path d="{path}" fill="none" stroke="{mark.ink}" stroke-width="{_n(mark.thick)}"{dash}{dense}/>'


def _disc(mark: Disc) -> str:
    """A ring, and inside it a ring as thick as the radius, of which a share is drawn."""
    ring = 0.22 * mark.r
    dash = f' stroke-dasharray="{_n(mark.r * 0.5)} {_n(mark.r * 0.35)}"' if mark.open else ""
    at = f'cx="{_n(mark.x)}" cy="{_n(mark.y)}"'
    if mark.share >= 1:
        return f'<circle {at} r="{_n(mark.r)}" fill="{mark.ink}"/>'
    found = f'<circle {at} r="{_n(mark.r - ring / 2)}" fill="{PAPER}" stroke="{mark.ink}" stroke-width="{_n(ring)}"{dash}/>'
    if mark.share > 0:
        round_ = 3.14159265 * mark.r
        found += (
            f'<circle {at} r="{_n(mark.r / 2)}" fill="none" stroke="{mark.ink}" stroke-width="{_n(mark.r)}" '
            f'stroke-dasharray="{_n(round_ * mark.share)} {_n(round_)}" transform="rotate(-90 {_n(mark.x)} {_n(mark.y)})"/>'
        )
    return found


def _photo(mark: Photo, pictures: Mapping[str, Seen]) -> str:
    seen = pictures.get(mark.digest)
    if seen is None:
        return ""
    address = f"data:{seen.media};base64,{base64.b64encode(seen.data).decode()}"
    return (
        f'<image x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.wide)}" height="{_n(mark.tall)}" '
        f"xlink:href={quoteattr(address)} href={quoteattr(address)}/>"
    )
