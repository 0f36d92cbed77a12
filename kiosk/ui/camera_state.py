"""What the camera sees, or why it sees nothing, on every view of it and on the state light."""

from collections.abc import Sequence

from kiosk.ports.decoder import DECODERS
from kiosk.services.scan_loop import CameraState
from kiosk.ui.camera_view import OPENING, CameraView, to_image
from kiosk.ui.capture_thread import Capture
from kiosk.ui.controls import StateLight
from kiosk.ui.notice import Notice
from kiosk.ui.theme import Tone
from kiosk.ui.wording import Words

_LIGHTS = {
    CameraState.READY: Tone.ADMIT,
    CameraState.OPENING: Tone.REFER,
    CameraState.LOST: Tone.REFUSE,
    CameraState.ENDED: Tone.PLAIN,
}


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
