"""Times: every way they are written, against Python's own reading of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from desirelines.collect.intake import pattern_fault, read_times, to_utc

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2200, 12, 30))  # noqa: DTZ001
ZONES = ("Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC")


def micros(moment: datetime) -> int:
    return round((moment - EPOCH) / timedelta(microseconds=1))


def one(text: str, written: str | None = None, zone: str = "UTC") -> str:
    """A text's time as ISO in UTC, or why there is none."""
    times = read_times(pa.array([text]), written, zone)
    if times.bad[0]:
        return "bad"
    return "far" if times.far[0] else (EPOCH + timedelta(microseconds=int(times.at[0]))).strftime("%Y-%m-%dT%H:%M:%S.%f")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2020-01-02", "2020-01-02T00:00:00.000000"),
        ("2020-01-02 03:04", "2020-01-02T03:04:00.000000"),
        ("2020-01-02T03:04:05", "2020-01-02T03:04:05.000000"),
        ("2020-01-02t03:04:05z", "2020-01-02T03:04:05.000000"),
        ("2020-01-02 03:04:05.123456789", "2020-01-02T03:04:05.123456"),
        ("2020-01-02 03:04:05,5", "2020-01-02T03:04:05.500000"),
        ("2020-01-02 03:04:05 UTC", "2020-01-02T03:04:05.000000"),
        ("2020-01-02 03:04:05+01:00", "2020-01-02T02:04:05.000000"),
        ("2020-01-02 03:04:05.25 -0330", "2020-01-02T06:34:05.250000"),
        ("2020-01-02T03:04+05", "2020-01-01T22:04:00.000000"),
        ("2020-01-02T03:04:05+01:02:03", "2020-01-02T02:02:02.000000"),
        ("2020-02-29", "2020-02-29T00:00:00.000000"),
        ("2200-12-31T23:59:59.999999Z", "2200-12-31T23:59:59.999999"),
        ("1900-01-01", "1900-01-01T00:00:00.000000"),
        ("1899-12-31 23:59:59", "far"),
        ("9999-12-31", "far"),
        ("0001-01-01", "far"),
        *((text, "bad") for text in (
            "2019-02-29", "2020-13-01", "2020-00-10", "2020-01-32", "0000-01-01", "2020-1-2", "20-01-02", "2020-01-02 ",
            "2020-01-02 24:00", "2020-01-02 03:60", "2020-01-02 03:04:60", "2020-01-02 3:04", "2020-01-02T",
            "2020-01-02 03:04:05.1234567890", "2020-01-02 03:04:05+1", "2020-01-02 03:04:05+24:00", "2020-01-02 03:04:05+01:60",
            "2020-01-02 03:04:05+0100:00", "2020-01-02 03:04:05 CET", "2020/01/02", "20200102", "02.01.2020", "1577934245",
            "2020-01-02 03:04:05.", "٢٠٢٠-٠١-٠٢", "x020-01-02",
            "2020-01-02_03:04", "now", "2020-01-02 03:04:05Zz",
        )),
    ],
)  # fmt: skip
def test_iso(text: str, read: str) -> None:
    assert one(text) == read


@settings(deadline=None)
@given(moment=MOMENTS, separator=st.sampled_from(" T"), zone=st.sampled_from([None, "+00:00", "-03:00", "+05:30"]))
def test_iso_reads_what_python_writes(moment: datetime, separator: str, zone: str | None) -> None:
    text = moment.isoformat(separator) + (zone or "")
    expected = datetime.fromisoformat(text)
    expected = expected if zone else expected.replace(tzinfo=UTC)
    assert read_times(pa.array([text]), None, "UTC").at[0] == micros(expected)


PATTERNS = (
    "%d/%m/%Y %H:%M", "%m/%d/%y", "%d.%m.%Y %H:%M:%S", "%Y%m%d", "%Y%m%dT%H%M%S", "%d %b %Y", "%B %d, %Y", "%I:%M %p %d-%m-%Y",
    "%a %b %d %H:%M:%S %z %Y", "%A, %d %B %Y %H:%M:%S.%f", "%Y-%j", "%d/%m/%Y um %H.%M", "100%% %d-%b-%y", "%Y-%m-%dT%H:%M:%S%z",
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(moment=MOMENTS, pattern=st.sampled_from(PATTERNS))
def test_a_pattern_reads_what_python_writes_with_it(moment: datetime, pattern: str) -> None:
    assert pattern_fault(pattern) is None
    text = moment.replace(tzinfo=UTC).strftime(pattern).replace("100% 0", "100% 0")
    expected = datetime.strptime(text, pattern).replace(tzinfo=UTC)
    assert read_times(pa.array([text]), pattern, "UTC").at[0] == micros(expected)


@settings(deadline=None, max_examples=300)
@given(
    text=st.text(alphabet="0123456789/ :APMapm", max_size=20), pattern=st.sampled_from(["%d/%m/%Y %H:%M", "%m/%d/%Y %I:%M %p"])
)
@example(text="31/04/2020 10:00", pattern="%d/%m/%Y %H:%M")
@example(text="1/2/2020 0:5", pattern="%d/%m/%Y %H:%M")
@example(text="02/30/2020 12:00 AM", pattern="%m/%d/%Y %I:%M %p")
@example(text="02/03/2020 12:01 am", pattern="%m/%d/%Y %I:%M %p")
def test_what_python_does_not_read_is_bad(text: str, pattern: str) -> None:
    assume(text == text.strip())
    try:
        expected = datetime.strptime(text, pattern).replace(tzinfo=UTC)
    except ValueError:
        assert one(text, pattern) in ("bad",) if text else True
    else:
        assert int(read_times(pa.array([text]), pattern, "UTC").at[0]) == micros(expected)


def test_day_first_is_not_month_first() -> None:
    assert one("03/04/2020", "%d/%m/%Y")[:10] == "2020-04-03"
    assert one("03/04/2020", "%m/%d/%Y")[:10] == "2020-03-04"
    assert one("13/04/2020", "%m/%d/%Y") == "bad"


def test_three_styles_in_one_column_are_told_apart() -> None:
    times = read_times(pa.array(["2020-01-02", "02/01/2020", "Jan 2, 2020", None]), None, "UTC")
    assert (times.bad.tolist(), times.blank.tolist()) == ([False, True, True, False], [False, False, False, True])


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("1577934245", "epoch_s", "2020-01-02T03:04:05.000000"),
        ("1577934245.25", "epoch_s", "2020-01-02T03:04:05.250000"),
        ("1577934245250", "epoch_ms", "2020-01-02T03:04:05.250000"),
        ("1577934245250000", "epoch_us", "2020-01-02T03:04:05.250000"),
        ("-1", "epoch_s", "1969-12-31T23:59:59.000000"),
        ("1577934245250", "epoch_s", "bad"),
        ("99999999999", "epoch_s", "far"),
        *((text, "epoch_s", "bad") for text in ("1.5e9", "", "-", "12a", "1,000", "0x10", "--1")),
    ],
)
def test_epochs(text: str, written: str, read: str) -> None:
    assert one(text, written) == read


@pytest.mark.parametrize(
    ("wall", "read"),
    [
        ("2020-07-01 12:00", "2020-07-01T10:00:00.000000"),
        ("2020-03-29 01:59:59", "2020-03-29T00:59:59.000000"),
        ("2020-03-29 02:30", "2020-03-29T01:00:00.000000"),  # never occurs: the moment the clock jumps forward
        ("2020-03-29 03:00", "2020-03-29T01:00:00.000000"),
        ("2020-10-25 02:30", "2020-10-25T00:30:00.000000"),  # occurs twice: the earlier one
        ("2020-10-25 03:00", "2020-10-25T02:00:00.000000"),
        ("2020-10-25", "2020-10-24T22:00:00.000000"),
        ("2150-07-01 12:00", "2150-07-01T10:00:00.000000"),
    ],
)
def test_naive_times_are_of_their_zone(wall: str, read: str) -> None:
    assert one(wall, None, "Europe/Berlin") == read


@settings(deadline=None, max_examples=300)
@given(walls=st.lists(MOMENTS, min_size=1, max_size=5), zone=st.sampled_from(ZONES))
def test_local_time_agrees_with_zoneinfo(walls: list[datetime], zone: str) -> None:
    found = to_utc(np.array([micros(wall.replace(tzinfo=UTC)) for wall in walls]), zone)
    for wall, at in zip(walls, found.tolist(), strict=True):
        local = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
        there = local.astimezone(UTC)
        if there.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
            assert at == micros(there)
        else:  # in a gap: the first moment after it
            back = (EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(zone))
            before = (EPOCH + timedelta(microseconds=at - 1)).astimezone(ZoneInfo(zone))
            assert back.replace(tzinfo=None) > wall >= before.replace(tzinfo=None)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_format_s_own_timestamps(unit: str) -> None:
    naive = pa.array([datetime(2020, 1, 2, 3, 4, 5), None], pa.timestamp(unit))  # noqa: DTZ001
    assert read_times(naive, None, "Europe/Berlin").at[0] == micros(datetime(2020, 1, 2, 2, 4, 5, tzinfo=UTC))
    zoned = pa.array([datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)], pa.timestamp(unit, "Asia/Tokyo"))
    assert read_times(zoned, None, "Europe/Berlin").at[0] == micros(datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC))


def test_own_timestamps_out_of_range() -> None:
    far = pa.array([2**62, -(2**62), 0], pa.timestamp("s"))
    assert read_times(far, None, "UTC").far.tolist() == [True, True, False]


@pytest.mark.parametrize("pattern", ["%Q", "%d/%m", "%H:%M", "plain", "%Y-%m-%d %I:%M", "%Y-%m-%d %Y", "%"])
def test_patterns_that_cannot_be_used(pattern: str) -> None:
    assert pattern_fault(pattern)
