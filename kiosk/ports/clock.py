"""Time: what the wall says, and a counter that never goes back."""

from datetime import datetime, tzinfo
from typing import Protocol


class Clock(Protocol):
    """The only way to learn the time."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""

    def steady(self) -> float:
        """Seconds of a counter that never goes back; only differences mean something."""

    def zone(self) -> tzinfo:
        """The zone of the desk, for words, paper and the borders of a day."""
