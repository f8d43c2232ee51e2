"""Which picture is this? By its first bytes; then it is written anew from the parts that draw it.

Whatever else a file carries is left behind: where a photo was taken and by what (EXIF, XMP, comments), thumbnails, and
anything behind the picture's end, so that a file that is also a page, an archive or a script is a picture only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desirelines.errors import BadInput, TooLarge
from desirelines.plan import Plan
from desirelines.studio.picturing.bounds import Drawn
from desirelines.studio.picturing.gif import gif
from desirelines.studio.picturing.jpeg import jpeg
from desirelines.studio.picturing.png import png
from desirelines.studio.picturing.webp import webp

_KINDS: tuple[tuple[bytes, bytes, str, Callable[[bytes], Drawn]], ...] = (
    (b"\x89PNG\r\n\x1a\n", b"", "image/png", png),
    (b"\xff\xd8\xff", b"", "image/jpeg", jpeg),
    (b"GIF87a", b"", "image/gif", gif),
    (b"GIF89a", b"", "image/gif", gif),
    (b"RIFF", b"WEBP", "image/webp", webp),
)
MEDIA: Mapping[str, str] = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
"""What is taken, and how such a file's name ends."""
_HINT = "PNG, JPEG, WebP or GIF"


@dataclass(frozen=True)
class Picture:
    """A picture that may be kept and shown: `data` holds only what draws it; sizes in pixels."""

    media: str
    width: int
    height: int
    data: bytes


def read_picture(data: bytes, max_bytes: int) -> Picture:
    """The picture in these bytes. Raises BadInput for what is none, TooLarge beyond `max_bytes` or the limits of `bounds`."""
    if len(data) > max_bytes:
        raise TooLarge(f"a picture may have {max_bytes:,} bytes", hint="make it smaller, or take a part of it")
    for head, later, media, draw in _KINDS:
        if data.startswith(head) and data[8 : 8 + len(later)] == later:
            found = draw(data)
            return Picture(media, found.width, found.height, found.data)
    if b"<svg" in data[:4096].lower():
        raise BadInput("an SVG is not taken: it may carry scripts and addresses", hint=f"save it as {_HINT}")
    raise BadInput("this file is no picture that is known here", hint=_HINT)


def on_map(plan: Plan, journey: str) -> frozenset[str]:
    """The digests of all pictures that one map shows: on its cards, their insights, and its personas."""
    stages = {stage.id for one in plan.journeys if one.id == journey for stage in one.stages}
    personas = {name for one in plan.journeys if one.id == journey for name in one.personas}
    cards = [card for card in plan.cards if card.stage in stages]
    shown = {card.insight for card in cards}
    found = [card.picture for card in cards]
    found += [insight.picture for insight in plan.insights if insight.id in shown]
    found += [persona.picture for persona in plan.personas if persona.id in personas]
    return frozenset(found) - {""}
