"""Reads the computer's clock and zone; the only module that does."""

import time
from datetime import UTC, datetime, timedelta, tzinfo

_BOOTTIME: int | None = getattr(time, "CLOCK_BOOTTIME", None)
"""Linux's counter that goes on while the computer sleeps; `time.monotonic` stands still there."""

_FIRST, _LAST = datetime(1970, 1, 4), datetime(2999, 12, 28)  # noqa: DTZ001 - local times
"""Windows knows the zone of no moment before or after, and raises OSError when asked."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Seconds since some moment; never goes back when somebody sets the clock."""
        return time.monotonic() if _BOOTTIME is None else time.clock_gettime(_BOOTTIME)

    def zone(self) -> tzinfo:
        """The zone the computer is set to, with its summer times."""
        return _SystemZone()


class _SystemZone(tzinfo):
    """The zone of the operating system, asked anew for each moment.

    `datetime.astimezone().tzinfo` alone would be the offset of that one moment, and wrong on the
    other side of a change to summer time. Outside of what every system knows, the
    zone of the nearest moment that is known holds: days before 1970 are typed, if by mistake.
    """

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        return self._local(when).utcoffset()

    def tzname(self, when: datetime | None) -> str | None:
        return self._local(when).tzname()

    def dst(self, when: datetime | None) -> timedelta | None:
        if when is None:
            return None
        return timedelta(hours=max(time.localtime(self._local(when).timestamp()).tm_isdst, 0))

    def fromutc(self, when: datetime) -> datetime:
        known = min(max(when.replace(tzinfo=None), _FIRST), _LAST).replace(tzinfo=UTC).astimezone()
        offset = known.utcoffset() or timedelta(0)
        local = when + offset
        if local.utcoffset() != offset:
            local = local.replace(fold=1)  # the hour that comes twice, the second time
        return local

    @staticmethod
    def _local(when: datetime | None) -> datetime:
        if when is None:
            return datetime.now(UTC).astimezone()
        return min(max(when.replace(tzinfo=None), _FIRST), _LAST).astimezone()
