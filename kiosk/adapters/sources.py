"""Chooses the camera for a SOURCE of the command line or the settings."""

from pathlib import Path

from kiosk.adapters.camera_files import FilmCamera, FolderCamera, Wait
from kiosk.adapters.camera_opencv import OpencvCamera, is_stream
from kiosk.adapters.pictures import SUFFIXES
from kiosk.ports.camera import Camera
from kiosk.ports.clock import Clock


def open_source(source: str, clock: Clock, wait: Wait, *, repeat: bool = False) -> Camera:
    """The camera that `source` means; it is not opened yet.

    Args:
        source: an index ("0"), a device ("/dev/video0"), a film, a picture, a folder of pictures
            or a stream's address ("rtsp://...").
        clock: for the time of each frame and the pace of films.
        wait: waits so many seconds; a stop must end it.
        repeat: films and folders start again at their end.
    """
    source = source.strip()
    if source.isdecimal():
        return OpencvCamera(int(source), clock)
    path = Path(source).expanduser()
    on_disk = path.is_dir() or path.is_file()  # /dev/shm holds folders, and films
    if is_stream(source) or (source.startswith("/dev/") and not on_disk):
        return OpencvCamera(source, clock)
    if path.is_dir() or path.suffix.lower() in SUFFIXES:
        return FolderCamera(path, clock, wait, repeat=repeat)
    return FilmCamera(path, clock, wait, repeat=repeat)
