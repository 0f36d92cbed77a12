"""Reads the computer's clock and zone; the only module that does."""

import time
from datetime import UTC, datetime, timedelta, tzinfo

_BOOTTIME: int | None = getattr(time, "CLOCK_BOOTTIME", None)
"""Linux's counter that goes on while the computer sleeps; `time.monotonic` stands still there."""


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
    other side of a change to summer time.
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
        moment = when.replace(tzinfo=UTC)
        local = moment.astimezone().replace(tzinfo=self)
        if local.utcoffset() != moment.astimezone().utcoffset():
            local = local.replace(fold=1)  # the hour that comes twice, the second time
        return local

    @staticmethod
    def _local(when: datetime | None) -> datetime:
        naive = datetime.now(UTC) if when is None else when.replace(tzinfo=None)
        return naive.astimezone()
