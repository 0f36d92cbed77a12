"""The desk's camera: what settings and the last check ask of it; the check at the desk."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from kiosk.adapters import camera_record
from kiosk.adapters.camera_opencv import without_secret
from kiosk.adapters.camera_wishes import FULL_HD, HD, Size, Wishes
from kiosk.adapters.frame_cost import affordable_size
from kiosk.app.settings import CameraSettings, CameraSize
from kiosk.ports.clock import Clock
from kiosk.services.back_office import BackOffice
from kiosk.services.camera_check import CameraFound
from kiosk.ui.camera_errand import CameraErrand, DeskCamera
from kiosk.ui.capture_thread import Capture
from kiosk.ui.desk_window import DeskWindow
from kiosk.ui.worker import Worker

_SLOW = 14.0  # pictures a second: fewer, and people wait for the reader

_SIZES = {CameraSize.HD: HD, CameraSize.FULL_HD: FULL_HD}


def wishes(settings: CameraSettings, data: Path) -> Callable[[], Wishes]:
    """What to ask of the webcam; to be called where it is opened, since it may measure."""

    def wish() -> Wishes:
        return Wishes(
            size=_SIZES.get(settings.size) or automatic(checked(settings, data), affordable_size),
            rate=settings.rate,
            exposure_ms=settings.exposure_ms or None,
            focus=settings.focus if settings.focus >= 0 else None,
            power_line=settings.mains or None,
        )

    return wish


def checked(settings: CameraSettings, data: Path) -> CameraFound | None:
    """What the last check found of this camera; None where it was another one's, or none."""
    found = camera_record.kept(data)
    return found if found and found.source == without_secret(settings.source) else None


def automatic(found: CameraFound | None, affordable: Callable[[], Size]) -> Size:
    """The larger size where it came fast enough at the last check, or where it should."""
    if found is not None and found.rate and found.width >= FULL_HD[0]:
        return FULL_HD if found.rate >= _SLOW else HD
    return affordable()


def offer_check(
    window: DeskWindow,
    capture: Capture | None,
    office: Worker[BackOffice],
    settings: CameraSettings,
    data: Path,
    clock: Clock,
) -> None:
    """Let the window open the camera check; what it finds is kept in the folder `data`."""
    errands = window.errands
    check = CameraErrand(
        window,
        errands.place,
        lambda: (errands.theme, errands.speech),
        DeskCamera(capture, without_secret(settings.source), settings.mirror),
        office,
        partial(camera_record.keep, data),
        clock,
    )
    check.told.connect(errands.told)
    errands.printing.camera_asked.connect(check.open)
