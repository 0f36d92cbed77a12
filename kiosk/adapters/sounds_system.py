"""Plays the desk's sounds with what the system has; a desk without loudspeaker stays silent."""

import logging
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.ports.sounds import Sound

_log = logging.getLogger(__name__)

_MOST_AT_ONCE = 4
_PLAYERS = ("pw-play", "paplay", "aplay", "afplay")


class SystemSounds:
    """Plays a WAV file a sound, without waiting for its end.

    Thread: the screen's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._play = _windows_player() or _program_player()

    def play(self, sound: Sound) -> None:
        """Start playing it; a sound that cannot be played is no fault of the desk."""
        if self._play is not None:
            try:
                self._play(self._folder / f"{sound}.wav")
            except (OSError, RuntimeError) as error:  # winsound raises RuntimeError
                _log.info("sound not played: %s", error)


def _windows_player() -> Callable[[Path], None] | None:
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415  (only there on Windows)

        flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
        return lambda path: winsound.PlaySound(str(path), flags)
    return None


def _program_player() -> Callable[[Path], None] | None:
    found = (shutil.which(name) for name in _PLAYERS)
    program = next((path for path in found if path), None)
    if program is None:
        _log.info("no program to play sounds: the desk is silent")
        return None
    playing: list[subprocess.Popen[bytes]] = []

    def play(path: Path) -> None:
        playing[:] = [process for process in playing if process.poll() is None]
        if len(playing) >= _MOST_AT_ONCE:  # the sound server hangs: this player has its turn
            playing.pop(0).kill()
        playing.append(
            subprocess.Popen(  # noqa: S603  (a found program and our own file)
                [program, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    return play
