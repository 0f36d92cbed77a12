"""Holds the newest value for another thread, and drops what came too late to be fetched."""

from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """One place. Thread: any.

    A queued signal a frame grew the program from 48 to 502 MB behind a dialog of five seconds.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._value: T | None = None

    def put(self, value: T) -> bool:
        """Leave `value` in place of what lies there; True where nothing did."""
        with self._lock:
            was_empty = self._value is None
            self._value = value
        return was_empty

    def take(self) -> T | None:
        """What lies there, or None."""
        with self._lock:
            value, self._value = self._value, None
        return value
