"""Opens the camera check over the window, and keeps what it found beside the file."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.ports.clock import Clock
from kiosk.services.back_office import BackOffice
from kiosk.services.camera_check import CameraFound
from kiosk.ui.camera_sheet import CameraSheet, Minute
from kiosk.ui.capture_thread import Capture
from kiosk.ui.desk_words import Speech
from kiosk.ui.sheet_place import SheetPlace
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.worker import Worker


@dataclass(frozen=True, slots=True)
class DeskCamera:
    """The camera that is checked.

    Attributes:
        capture: None for a desk without one.
        name: how it is called, without its password.
        mirrored: whether its picture is a looking-glass.
    """

    capture: Capture | None
    name: str
    mirrored: bool


Keep = Callable[[CameraFound], None]
"""Writes what was found; it is called on the thread of the file. Raises LogbookError."""


class CameraErrand(QObject):
    """The camera check of a desk.

    Signals:
        told: key, Tone and values of a sentence, for the notice.
    Thread: the screen's.
    """

    told = Signal(str, object, object)

    def __init__(
        self,
        window: QWidget,
        place: SheetPlace,
        shown: Callable[[], tuple[Theme, Speech]],
        camera: DeskCamera,
        office: Worker[BackOffice],
        keep: Keep,
        clock: Clock,
    ) -> None:
        """Keep what it needs.

        Args:
            window: what the sheet lies over.
            place: where sheets lie.
            shown: light and language in force.
            camera: the desk's.
            office: has the thread of the file.
            keep: writes what was found.
            clock: of the desk.
        """
        super().__init__(window)
        self._window = window
        self._place = place
        self._shown = shown
        self._camera = camera
        self._office = office
        self._keep = keep
        self._clock = clock

    def open(self) -> None:
        """Begin, where there is a camera."""
        if (capture := self._camera.capture) is None:
            self.told.emit("camera.no_camera", Tone.REFUSE, {})
            return

        def make() -> Sheet:
            theme, speech = self._shown()
            over, clock = self._window, self._clock
            sheet = CameraSheet(theme, over, speech.words, capture, clock, self._over)
            sheet.camera.mirrored = self._camera.mirrored
            return sheet

        self._place.open(make)

    def _over(self, minute: Minute) -> None:
        found = minute.check.found(self._clock.now(), self._camera.name, minute.size, minute.rate)
        self._office.ask(
            lambda _office: self._keep(found),
            lambda _none: self.told.emit("camera.kept", Tone.PLAIN, {}),
            lambda _problem: self.told.emit("camera.unkept", Tone.REFUSE, {}),
        )
