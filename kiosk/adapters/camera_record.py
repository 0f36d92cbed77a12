"""Keeps what the camera check found for this desk, in a file of its own in the data folder."""

from pathlib import Path

import msgspec

from kiosk.adapters.disk import disk_told, write_private
from kiosk.domain.camera_check import Aspect
from kiosk.services.camera_check import CameraFound

FILE = "camera-check.json"

_LARGEST_SHARE = 100.0  # of the picture's width: a lens that blurred would be blind before


def keep(folder: Path, found: CameraFound) -> None:
    """Write it in the place of the one before. Raises LogbookError (full, read-only)."""
    with disk_told():
        write_private(folder / FILE, msgspec.json.format(msgspec.json.encode(found), indent=2))


def kept(folder: Path) -> CameraFound | None:
    """What the last check found; None where there was none, or its file is of no use."""
    try:
        found = msgspec.json.decode((folder / FILE).read_bytes(), type=CameraFound)
    except (OSError, msgspec.DecodeError):
        return None
    whole = found.says.keys() == set(Aspect) and found.at.tzinfo is not None
    return found if whole and 0 < found.share < _LARGEST_SHARE else None
