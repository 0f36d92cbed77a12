"""The folder that holds everything of a desk: one program at a time, one key, one file."""

import logging
import secrets
from pathlib import Path

from filelock import FileLock, Timeout

from kiosk.adapters.disk import disk_told, write_private
from kiosk.ports.logbook import InUseError, LogbookError, Trouble

KEY_BYTES = 32

_log = logging.getLogger(__name__)


class DataFolder:
    """Where a desk keeps its file and the office's key.

    Attributes:
        path: the folder.

    Thread: `claim` and `release` may be called from different threads.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        # the lock of the system: it ends with the process, however that ends
        self._lock = FileLock(path / "kiosk.lock", thread_local=False)

    @property
    def database(self) -> Path:
        """The file of log and directory."""
        return self.path / "kiosk.db"

    def claim(self) -> None:
        """Make the folder where there is none, and keep every other kiosk out of it.

        Raises InUseError, LogbookError (read-only, full).
        """
        with disk_told():
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                detail = f"{self._lock.lock_file} is held"
                raise InUseError(detail) from None

    def release(self) -> None:
        """Let others in. Safe to call twice."""
        self._lock.release()

    def has_key(self) -> bool:
        """Whether the office's key is there. Raises LogbookError where that cannot be told."""
        with disk_told():
            return self._key_path.exists()

    def key(self) -> bytes:
        """The office's key, made once, by whoever has claimed the folder.

        A key that is there, or was, is never replaced: under another one, what was issued looks
        forged and nobody is found again. Raises LogbookError (KEY_LOST: see `replace_lost_key`).
        """
        with disk_told():
            if not self.has_key():
                self._make_key()
            key = self._key_path.read_bytes()
        if len(key) != KEY_BYTES:
            detail = f"{self._key_path.name} holds {len(key)} bytes"
            raise LogbookError(detail, Trouble.DAMAGED)
        return key

    def replace_lost_key(self) -> None:
        """Make a new key where somebody knows that the old one is gone; one that is there stays.

        By whoever has claimed the folder. Raises LogbookError.
        """
        if not self.has_key():
            _log.warning("office.key was lost and is made anew; what was issued is not recognised")
            with disk_told():
                write_private(self._key_path, secrets.token_bytes(KEY_BYTES))

    @property
    def _key_path(self) -> Path:
        return self.path / "office.key"

    def _make_key(self) -> None:
        if not self._lock.is_locked:
            detail = f"there is no {self._key_path.name}, and the folder is not claimed"
            raise LogbookError(detail, Trouble.MISSING)
        if self.database.exists():
            detail = f"{self._key_path.name} is missing beside {self.database.name}"
            raise LogbookError(detail, Trouble.KEY_LOST)
        write_private(self._key_path, secrets.token_bytes(KEY_BYTES))
