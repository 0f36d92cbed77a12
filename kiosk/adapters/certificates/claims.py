"""The times that a certificate claims."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(seconds: object) -> datetime | None:
    """The moment so many seconds after 1970 (or before: Windows' own calendar begins there).

    None where nothing is said. Raises OverflowError or ValueError for what is no moment.
    """
    return _EPOCH + timedelta(seconds=seconds) if isinstance(seconds, int | float) else None
