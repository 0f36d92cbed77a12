"""What the camera sees, or why it sees nothing, on every view of it and on the state light."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from kiosk.ports.decoder import DECODERS
from kiosk.services.scan_loop import CameraState
from kiosk.ui.camera_view import OPENING, CameraView, to_image
from kiosk.ui.capture_thread import Capture
from kiosk.ui.controls import StateLight
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.notice import Notice
from kiosk.ui.theme import Tone
from kiosk.ui.wording import Words

_LIGHTS = {
    CameraState.READY: Tone.ADMIT,
    CameraState.OPENING: Tone.REFER,
    CameraState.LOST: Tone.REFUSE,
    CameraState.ENDED: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class CameraSigns:
    """Where the camera is seen at this moment, and in which language it is spoken of.

    Attributes:
        light: the state light of the bar.
        views: every view of the camera, the second screen's too.
        notice: where is told what has become of the decoders.
        words: of the screen.
    """

    light: StateLight
    views: Sequence[CameraView]
    notice: Notice
    words: Words


class CameraOnScreen(QObject):
    """Shows what the camera says of itself; the desk is told where it is lost or back.

    Thread: the screen's.
    """

    def __init__(
        self,
        capture: Capture | None,
        controller: DeskController,
        signs: Callable[[], CameraSigns],
        parent: QObject,
    ) -> None:
        """Show nothing yet.

        Args:
            capture: the camera; None for a desk without one.
            controller: the desk.
            signs: where it is seen; another one whenever the pages are made anew.
            parent: owner.
        """
        super().__init__(parent)
        self._capture = capture
        self._controller = controller
        self._signs = signs
        if capture is not None:
            capture.view_waiting.connect(self._show_view)
            capture.camera_changed.connect(self.changed)
            capture.decoders_changed.connect(self._decoders_changed)

    def show_state(self) -> None:
        """Its state, in the language in force."""
        at = self._signs()
        show_state(self._capture, at.light, at.views, at.words)

    def changed(self, state: CameraState, _detail: str) -> None:
        """The camera is in another state."""
        self.show_state()
        if state in (CameraState.LOST, CameraState.READY):
            self._controller.view_changed(lost=state is CameraState.LOST)

    def _show_view(self) -> None:
        if self._capture is not None:
            show_view(self._capture, self._signs().views)

    def _decoders_changed(self, now: frozenset[str], before: frozenset[str] | None) -> None:
        at = self._signs()
        tell_decoders(at.notice, now, before, at.words)
        self.show_state()


def tell_decoders(
    notice: Notice, decoders: frozenset[str], before: frozenset[str] | None, words: Words
) -> None:
    """Say it where a decoder did not load or has crashed, and once all are there again.

    Args:
        notice: where it is told.
        decoders: those that are there.
        before: those that were; None at the beginning.
        words: of the screen.
    """
    missing = [name for name in DECODERS if name not in decoders]
    if len(missing) == len(DECODERS):
        notice.tell(Tone.REFUSE, words("desk.camera.no_decoders"))
    elif missing:
        notice.tell(Tone.REFUSE, words("desk.camera.no_decoder", name=missing[0]))
    elif before is not None:
        notice.tell(Tone.PLAIN, words("desk.camera.decoders_back"))


def show_view(capture: Capture, cameras: Sequence[CameraView]) -> None:
    """The newest picture, if there is one that was not shown yet."""
    view = capture.take_view()
    if view is None:
        return
    image = to_image(view.frame)
    for camera in cameras:
        camera.show_frame(image, view.symbols)
    capture.shown.emit(image, view.symbols)


def show_state(
    capture: Capture | None, light: StateLight, cameras: Sequence[CameraView], words: Words
) -> None:
    """The camera's state in words; where there is no picture, what to do instead."""
    if capture is None:
        light.show_state(Tone.PLAIN, words("desk.state.none"))
        _trouble(cameras, words, "keyboard", "desk.state.none", "desk.camera.ended_help")
        return
    state = capture.state
    if state is CameraState.READY and capture.decoders == frozenset():
        light.show_state(Tone.REFUSE, words("desk.state.blind"))
    else:
        light.show_state(_LIGHTS[state], words(f"desk.state.{state}"))
    if state is not CameraState.READY:
        show_trouble(capture, cameras, words)
        return
    for camera in cameras:
        camera.expect_picture()  # before the first one comes: what is said beside it counts on it


def show_trouble(capture: Capture, cameras: Sequence[CameraView], words: Words) -> None:
    """Why there is no picture, and what to do."""
    state = capture.state
    icon = OPENING if state is CameraState.OPENING else "camera-off"
    _trouble(cameras, words, icon, f"desk.camera.{state}", f"desk.camera.{state}_help")


def _trouble(
    cameras: Sequence[CameraView], words: Words, icon: str, key: str, advice: str
) -> None:
    for camera in cameras:
        camera.show_trouble(icon, words(key), words(advice))
