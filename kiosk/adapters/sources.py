"""Chooses the camera for a SOURCE of the command line or the settings."""

import os.path
from collections.abc import Callable
from pathlib import Path

from kiosk.adapters.camera_files import FilmCamera, FolderCamera, Wait
from kiosk.adapters.camera_opencv import OpencvCamera, is_stream
from kiosk.adapters.camera_wishes import Wishes
from kiosk.adapters.pictures import SUFFIXES
from kiosk.ports.camera import Camera
from kiosk.ports.clock import Clock


def open_source(
    source: str,
    clock: Clock,
    wait: Wait,
    *,
    repeat: bool = False,
    wish: Callable[[], Wishes] = Wishes,
) -> Camera:
    """The camera that `source` means; it is not opened yet.

    Args:
        source: an index ("0"), a device ("/dev/video0"), a film, a picture, a folder of pictures
            or a stream's address ("rtsp://...").
        clock: for the time of each frame and the pace of films.
        wait: waits so many seconds; a stop must end it.
        repeat: films and folders start again at their end.
        wish: what is asked of a webcam, where it is opened.
    """
    source = source.strip()
    if source.isdecimal():
        return OpencvCamera(int(source), clock, wish)
    # os.path, unlike Path, says no to an unknown user and to a name that no system takes
    path = Path(os.path.expanduser(source))  # noqa: PTH111
    folder, film = os.path.isdir(path), os.path.isfile(path)  # noqa: PTH112, PTH113
    of_system = source.startswith("/dev/") and not folder and not film  # /dev/shm holds both
    if is_stream(source) or of_system:
        return OpencvCamera(source, clock, wish)
    if folder or path.suffix.lower() in SUFFIXES:
        return FolderCamera(path, clock, wait, repeat=repeat)
    return FilmCamera(path, clock, wait, repeat=repeat)
