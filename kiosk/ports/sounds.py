"""The sounds of the desk."""

from enum import StrEnum, unique
from typing import Protocol


@unique
class Sound(StrEnum):
    """Each verdict is heard as well as seen."""

    READ = "read"
    ADMIT = "admit"
    REFUSE = "refuse"
    ATTENTION = "attention"
    LEAVE = "leave"


class Sounds(Protocol):
    """Plays a sound and returns at once; a desk without loudspeaker stays silent."""

    def play(self, sound: Sound) -> None:
        """Start playing it."""
