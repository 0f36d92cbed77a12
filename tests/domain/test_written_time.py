"""Hours and days as they were written by hand, and typed in afterwards."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.written_time import read_clock, read_day

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:05", time(8, 5)),
        ("08:05", time(8, 5)),
        (" 8h05 ", time(8, 5)),
        ("8H05", time(8, 5)),
        ("8g05", time(8, 5)),
        ("8 giờ 05", time(8, 5)),
        ("8 Giờ", time(8)),
        ("8.05", time(8, 5)),
        ("8,05", time(8, 5)),
        ("805", time(8, 5)),
        ("0805", time(8, 5)),
        ("8h", time(8)),
        ("17", time(17)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
        ("24:00", None),
        ("8:60", None),
        ("8:5", None),
        ("08:05:30", None),
        ("80530", None),
        ("8am", None),
        ("-8:05", None),
        ("٨:٠٥", None),
        ("", None),
    ],
)
def test_a_time_of_day(typed, meant):
    assert read_clock(typed) == meant


@given(st.times())
def test_every_minute_is_read_as_it_is_written(at):
    minute = at.replace(second=0, microsecond=0)
    for written in (f"{at:%H:%M}", f"{at:%H%M}", f"{at.hour}h{at:%M}", f"{at.hour}:{at:%M}"):
        assert read_clock(written) == minute


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("26/11/2026", TODAY),
        ("26/11/26", TODAY),
        ("26-11-2026", TODAY),
        ("26.11", TODAY),
        (" 5/1 ", date(2026, 1, 5)),
        ("27/11", date(2025, 11, 27)),
        ("27/11/2026", date(2026, 11, 27)),
        ("29/2", None),
        ("29/02/2024", date(2024, 2, 29)),
        ("31/4/2026", None),
        ("0/1/2026", None),
        ("26/11/202", None),
        ("2026-11-26", None),
        ("26", None),
        ("", None),
    ],
)
def test_a_day(typed, meant):
    assert read_day(typed, TODAY) == meant


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_written(day):
    for written in (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%y}"):
        assert read_day(written, TODAY) == day


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.dates(date(2001, 1, 1)))
def test_a_day_without_its_year_has_come(today, day):
    read = read_day(f"{day:%d/%m}", today)
    assert read is None or read <= today


@given(st.text(max_size=12))
def test_anything_else_is_no_error(typed):
    read_clock(typed)
    read_day(typed, TODAY)
