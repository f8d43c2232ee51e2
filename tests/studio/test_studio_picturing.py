"""Pictures by their bytes: what draws is kept, everything else a file may carry is left behind."""

from __future__ import annotations

from collections.abc import Callable
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictured import GIF, JPEG, LOSSLESS, PICTURES, WEBP, chunk, png

from desirelines.errors import BadInput, TooLarge
from desirelines.plan import Brand, Card, Insight, Journey, Plan, Stage
from desirelines.studio.picturing import on_map, read_picture

MOST = 5_000_000
ROTATED = 6
SECRET = png(more=chunk(b"tEXt", b"Comment\0SECRETNOTE") + chunk(b"eXIf", b"MM\0*SECRET"))


@pytest.mark.parametrize("media", PICTURES)
def test_a_picture_is_known_by_its_bytes_with_its_size(media: str) -> None:
    found = read_picture(PICTURES[media], MOST)
    assert (found.media, found.width, found.height) == (media, 6, 4)
    assert read_picture(found.data, MOST) == found  # what is kept is kept as it is


def test_a_lossless_webp_says_its_size_otherwise() -> None:
    assert (read_picture(LOSSLESS, MOST).width, read_picture(LOSSLESS, MOST).height) == (6, 4)


@pytest.mark.parametrize("data", [JPEG, WEBP, GIF, SECRET], ids=["jpeg", "webp", "gif", "png"])
def test_what_a_camera_or_a_program_wrote_into_it_is_left_behind(data: bytes) -> None:
    assert b"SECRET" in data
    assert b"SECRET" not in read_picture(data, MOST).data


def test_which_way_up_a_photo_is_stays_known_and_nothing_else_of_its_exif() -> None:
    kept = read_picture(JPEG, MOST).data
    tiff = kept.index(b"Exif\0\0") + 6
    assert kept[tiff : tiff + 4] == b"MM\0*"
    assert kept[tiff + 8 : tiff + 22] == pack(">HHHIHH", 1, 0x0112, 3, 1, ROTATED, 0)
    assert kept[tiff + 22 : tiff + 26] == bytes(4)


@pytest.mark.parametrize("tail", [b"PK\x03\x04evil.jar", b"<script>alert(1)</script>", b"%PDF-1.7", b"GIFAR" * 9])
@pytest.mark.parametrize("media", PICTURES)
def test_what_stands_behind_a_pictures_end_is_not_kept(media: str, tail: bytes) -> None:
    assert read_picture(PICTURES[media] + tail, MOST) == read_picture(PICTURES[media], MOST)


def test_a_page_inside_a_comment_is_not_kept() -> None:
    page = b"<html><script>alert(1)</script></html>"
    jpeg = JPEG[:2] + b"\xff\xfe" + pack(">H", len(page) + 2) + page + JPEG[2:]
    gif = GIF.replace(b"\x0aSECRETNOTE", bytes([len(page)]) + page)
    for data in (jpeg, gif, png(more=chunk(b"zTXt", page))):
        assert page in data
        assert page not in read_picture(data, MOST).data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><img src=x onerror=alert(1)>",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"BM" + bytes(60),
        b"RIFF\x10\0\0\0WAVEfmt ",
        b"\0\0\1\0\1\0",
        b"GIF88a" + bytes(20),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="no picture"):
        read_picture(data, MOST)


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf", b'<?xml version="1.0"?>\n<!-- a picture -->\n'])
def test_an_svg_is_refused_and_told_why(head: bytes) -> None:
    with pytest.raises(BadInput, match="SVG"):
        read_picture(head + b'<SVG xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></SVG>', MOST)


@pytest.mark.parametrize(
    "data",
    [
        png(pixels=False),
        png()[:40],
        png().replace(b"IDAT", b"IDAX", 1),
        png(more=chunk(b"EVIL", b"")),
        JPEG[:200],
        b"\xff\xd8\xff\xd9",
        GIF[:-6],
        GIF.replace(b"\x2c\0\0\0\0\6\0", b"\x2c\0\0\0\0\7\0"),
        WEBP[:60],
        WEBP.replace(b"\x9d\x01\x2a", b"\x9d\x01\x2b"),
    ],
)
def test_a_broken_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_picture(data, MOST)


def grown(width: int, height: int) -> dict[str, bytes]:
    """The pictures, declaring another size."""
    small, large = pack(">HH", 4, 6), pack(">HH", min(height, 65_535), min(width, 65_535))
    return {
        "png": png(width, height),
        "jpeg": JPEG.replace(b"\xff\xc0\x00\x11\x08" + small, b"\xff\xc0\x00\x11\x08" + large),
        "gif": GIF.replace(b"a\6\0\4\0", b"a" + pack("<HH", min(width, 65_535), min(height, 65_535))),
        "webp": WEBP.replace(b"\5\0\0\3\0\0", (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")),
    }


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
@pytest.mark.parametrize("size", [(50_000, 50_000), (12_001, 1), (1, 12_001), (7_000, 6_000)])
def test_a_few_bytes_that_would_draw_gigabytes_are_refused(kind: str, size: tuple[int, int]) -> None:
    with pytest.raises(TooLarge, match="pixels"):
        read_picture(grown(*size)[kind], MOST)


def test_a_picture_without_a_size_is_refused() -> None:
    with pytest.raises(BadInput, match="no size"):
        read_picture(png(0, 4), MOST)


def test_a_moving_picture_has_so_many_frames_at_most() -> None:
    frame = GIF[GIF.index(b"\x2c") : -1]
    head = GIF[: GIF.index(b"\x21\xfe")]
    read_picture(head + frame * 500 + b";", MOST)
    with pytest.raises(TooLarge, match="frames"):
        read_picture(head + frame * 501 + b";", MOST)


def test_more_bytes_than_allowed_are_refused_before_they_are_looked_at() -> None:
    assert read_picture(GIF, len(GIF)).media == "image/gif"
    with pytest.raises(TooLarge, match="bytes"):
        read_picture(GIF, len(GIF) - 1)


def cut(data: bytes, at: int, by: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ by]) + data[at + 1 :]


def left_out(data: bytes, at: int, by: int) -> bytes:
    at %= len(data)
    return data[:at] + data[at + by :]


Change = Callable[[bytes, int, int], bytes]
ALL = st.sampled_from([*PICTURES.values(), LOSSLESS, SECRET])


@given(ALL, st.integers(0, 10**6), st.integers(1, 255), st.sampled_from([cut, left_out]))
def test_whatever_is_changed_in_a_picture_it_is_read_or_refused(data: bytes, at: int, by: int, change: Change) -> None:
    try:
        found = read_picture(change(data, at, by), MOST)
    except (BadInput, TooLarge):
        return
    assert read_picture(found.data, MOST) == found


@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\x40\0\0\0WEBP"]), st.binary(max_size=300))
def test_any_bytes_behind_a_true_beginning_are_read_or_refused(head: bytes, rest: bytes) -> None:
    try:
        found = read_picture(head + rest, MOST)
    except (BadInput, TooLarge):
        return
    assert found.data.startswith(head[:4])


def test_the_pictures_of_one_map_are_those_on_its_cards_and_their_insights() -> None:
    stages = [Stage(id=name, name=name, side="buyer") for name in ("a", "b")]
    plan = Plan(
        brand=Brand(name="Kiosk"),
        journeys=tuple(Journey(id=f"j{one.id}", name=one.id, stages=(one,)) for one in stages),
        insights=(Insight(id="i", words="x", picture="1" * 64), Insight(id="unused", words="y", picture="2" * 64)),
        cards=(
            Card(id="c", stage="a", picture="3" * 64, insight="i"),
            Card(id="d", stage="b", picture="4" * 64),
            Card(id="e", stage="a"),
        ),
    )
    assert on_map(plan, "ja") == {"1" * 64, "3" * 64}
    assert on_map(plan, "jb") == {"4" * 64}
