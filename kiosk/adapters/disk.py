"""Private files on the disk, and the disk's faults told as the troubles of the logbook port."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.ports.logbook import LogbookError, Trouble

_TROUBLES = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
}
_PRIVATE, _OWN_FOLDER = 0o600, 0o700


@contextmanager
def disk_told() -> Iterator[None]:
    """Turn OSError into LogbookError."""
    try:
        yield
    except OSError as error:
        trouble = _TROUBLES.get(error.errno or 0, Trouble.UNREACHABLE)
        raise LogbookError(str(error), trouble) from error


def private_folder(path: Path) -> None:
    """Make a folder and the one around it, where they are not, for their owner alone.

    One at a time: what is made as somebody's parent is open to every account. Raises OSError.
    """
    path.parent.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)
    path.mkdir(mode=_OWN_FOLDER, exist_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads; it appears whole or not at all."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with fresh_private(unfinished).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def fresh_private(path: Path) -> Path:
    """Make an empty file that only its owner reads, in the place of any other."""
    path.unlink(missing_ok=True)
    path.touch(mode=_PRIVATE, exist_ok=False)
    return path
