"""Hours and days as a hand writes them: "8:05", "8h05", "0805"; "25/11", "25/11/2026"."""

import re
from datetime import date, time

_CLOCK = re.compile(r"([0-9]{1,2})(?:\s*[:.,hg]\s*([0-9]{2})?)?|([0-9]{1,2})([0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?")
_CENTURY = 2000


def read_clock(typed: str) -> time | None:
    """The time of day in "8:05", "8h05", "8 giờ 05", "805" or "8"; None where there is none."""
    text = typed.strip().lower().replace("giờ", "h")
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    try:
        return time(int(match[1] or match[3]), int(match[2] or match[4] or 0))
    except ValueError:
        return None


def read_day(typed: str, today: date) -> date | None:
    """The day in "25/11/2026", "25-11-26" or "25/11"; None where there is none.

    Without a year the newest such day is meant that has come.
    """
    match = _DAY.fullmatch(typed.strip())
    if match is None:
        return None
    day, month, year = int(match[1]), int(match[2]), match[3]
    if year is not None:
        return _date(int(year) + (_CENTURY if len(year) == len("26") else 0), month, day)
    this_year = _date(today.year, month, day)
    if this_year is not None and this_year <= today:
        return this_year
    return _date(today.year - 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
