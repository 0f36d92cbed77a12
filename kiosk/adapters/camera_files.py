"""Plays a film or shows a folder of pictures as if it were a camera."""

import logging
import os.path
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from kiosk.adapters.opencv import cv2
from kiosk.adapters.pictures import SUFFIXES, Picture, PictureError, load
from kiosk.ports.camera import CameraEndedError, CameraLostError, Frame
from kiosk.ports.clock import Clock

Wait = Callable[[float], object]
"""Waits so many seconds; the bound `wait` of an Event, so that a stop ends it at once."""

_USUAL_PACE = 25.0
_FASTEST_PACE = 240.0
_FOLDER_PACE = 10.0

_log = logging.getLogger(__name__)


class FilmCamera:
    """A film at its own speed; a late reader misses frames, as with a real camera."""

    def __init__(self, path: Path, clock: Clock, wait: Wait, *, repeat: bool = False) -> None:
        self._path = path
        self._clock = clock
        self._wait = wait
        self._repeat = repeat
        self._capture: cv2.VideoCapture | None = None
        self._pace = _USUAL_PACE
        self._due = 0.0

    @property
    def name(self) -> str:
        """The path."""
        return str(self._path)

    @property
    def live(self) -> bool:
        """False: a film that shows one still scene is not lost."""
        return False

    def open(self) -> None:
        """Open it at its start. Raises CameraLostError."""
        self._rewind()
        self._due = self._clock.steady()

    def read(self) -> Frame:
        """The frame whose moment has come. Raises CameraLostError, CameraEndedError."""
        self._until_due()
        picture = self._next()
        self._due += 1 / self._pace
        return Frame(picture.data, self._clock.steady())

    def pass_over(self) -> None:
        """Wait for the frame. Raises CameraLostError, CameraEndedError."""
        self._until_due()
        if self._capture is None or not self._capture.grab():
            self._next()  # at the end of the film: its beginning, where it is repeated
        self._due += 1 / self._pace

    def close(self) -> None:
        """Release the file."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _until_due(self) -> None:
        late = self._clock.steady() - self._due
        if late < 0:
            self._wait(-late)
        else:
            self._drop(min(int(late * self._pace), int(self._pace)))

    def _drop(self, frames: int) -> None:
        """Pass over `frames`; after a long sleep the film goes on from where it is."""
        for _ in range(frames):
            if self._capture is None or not self._capture.grab():
                break
            self._due += 1 / self._pace
        if frames >= int(self._pace):
            self._due = self._clock.steady()

    def _next(self) -> Picture:
        picture = self._grab()
        if picture is None and self._repeat:
            self._rewind()
            picture = self._grab()
        if picture is None:
            raise CameraEndedError(self.name)
        return picture

    def _grab(self) -> Picture | None:
        if self._capture is None:
            msg = f"film {self.name} is not open"
            raise CameraLostError(msg)
        got, picture = self._capture.read()
        return np.ascontiguousarray(picture, np.uint8) if got else None

    def _rewind(self) -> None:
        """Open the file again: seeking to frame 0 fails with some containers."""
        self.close()
        there = os.path.isfile(self._path)  # noqa: PTH113 - Path raises for some names
        capture = cv2.VideoCapture(str(self._path)) if there else None
        if capture is None or not capture.isOpened():
            msg = f"film {self.name} cannot be opened"
            raise CameraLostError(msg)
        pace = capture.get(cv2.CAP_PROP_FPS)
        self._pace = pace if 1 <= pace <= _FASTEST_PACE else _USUAL_PACE
        self._capture = capture


class FolderCamera:
    """The pictures of a folder in the order of their names, or one picture alone.

    Each is shown whole, however late the reader; one that cannot be read is passed over.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        wait: Wait,
        *,
        repeat: bool = False,
        seconds_each: float = 2.0,
    ) -> None:
        self._path = path
        self._clock = clock
        self._wait = wait
        self._repeat = repeat
        self._seconds_each = seconds_each
        self._rest: Iterator[Picture] = iter(())
        self._shown: Picture | None = None
        self._until = 0.0
        self._due = 0.0

    @property
    def name(self) -> str:
        """The path."""
        return str(self._path)

    @property
    def live(self) -> bool:
        """False: the same picture for a while is what it is for."""
        return False

    def open(self) -> None:
        """Look for the first picture. Raises CameraLostError."""
        self._rest = self._pictures()
        self._shown = next(self._rest, None)
        if self._shown is None:
            msg = f"{self.name} holds no picture that can be read"
            raise CameraLostError(msg)
        self._due = self._clock.steady()
        self._until = self._due + self._seconds_each

    def read(self) -> Frame:
        """The picture now shown, at the pace. Raises CameraLostError, CameraEndedError."""
        if self._shown is None:
            msg = f"{self.name} is not open"
            raise CameraLostError(msg)
        now = self._clock.steady()
        if now < self._due:
            self._wait(self._due - now)
            now = self._clock.steady()
        if now + 0.5 / _FOLDER_PACE >= self._until:
            self._shown = self._following()
            self._until = now + self._seconds_each
        self._due = now + 1 / _FOLDER_PACE
        return Frame(self._shown.data, now)

    def pass_over(self) -> None:
        """Wait as long as for a frame. Raises CameraLostError, CameraEndedError."""
        self.read()

    def close(self) -> None:
        """Forget the pictures."""
        self._rest = iter(())
        self._shown = None

    def _following(self) -> Picture:
        picture = next(self._rest, None)
        if picture is None and self._repeat:
            self._rest = self._pictures()
            picture = next(self._rest, None)
        if picture is None:
            raise CameraEndedError(self.name)
        return picture

    def _pictures(self) -> Iterator[Picture]:
        for path in self._paths():
            try:
                yield load(path)
            except PictureError as error:
                _log.warning("picture %s is passed over: %s", path.name, error.fault)

    def _paths(self) -> list[Path]:
        if os.path.isfile(self._path):  # noqa: PTH113 - Path raises for some names
            return [self._path]
        try:
            return sorted(p for p in self._path.iterdir() if p.suffix.lower() in SUFFIXES)
        except (OSError, ValueError) as error:
            raise CameraLostError(str(error)) from error
