"""What the camera sees, or why it sees nothing, on every view of it and on the state light."""

from collections.abc import Sequence

from kiosk.ports.decoder import DECODERS
from kiosk.services.scan_loop import CameraState
from kiosk.ui.camera_view import CameraView, to_image
from kiosk.ui.capture_thread import Capture
from kiosk.ui.controls import StateLight
from kiosk.ui.theme import Tone
from kiosk.ui.wording import Words

_LIGHTS = {
    CameraState.READY: Tone.ADMIT,
    CameraState.OPENING: Tone.REFER,
    CameraState.LOST: Tone.REFUSE,
    CameraState.ENDED: Tone.PLAIN,
}


def missing_words(decoders: frozenset[str], words: Words) -> str:
    """What to say where a decoder did not load; "" where all are there."""
    missing = [name for name in DECODERS if name not in decoders]
    if len(missing) == len(DECODERS):
        return words("desk.camera.no_decoders")
    return words("desk.camera.no_decoder", name=missing[0]) if missing else ""


def show_view(capture: Capture, cameras: Sequence[CameraView]) -> None:
    """The newest picture, if there is one that was not shown yet."""
    view = capture.take_view()
    if view is None:
        return
    image = to_image(view.frame)
    for camera in cameras:
        camera.show_frame(image, view.symbols)


def show_state(
    capture: Capture | None, light: StateLight, cameras: Sequence[CameraView], words: Words
) -> None:
    """The camera's state in words; where there is no picture, what to do instead."""
    if capture is None:
        light.show_state(Tone.PLAIN, words("desk.state.none"))
        _trouble(cameras, words, "keyboard", "desk.state.none", "desk.camera.ended_help")
        return
    state = capture.state
    light.show_state(_LIGHTS[state], words(f"desk.state.{state}"))
    if state is not CameraState.READY:
        icon = "camera" if state is CameraState.OPENING else "camera-off"
        _trouble(cameras, words, icon, f"desk.camera.{state}", f"desk.camera.{state}_help")


def _trouble(
    cameras: Sequence[CameraView], words: Words, icon: str, key: str, advice: str
) -> None:
    for camera in cameras:
        camera.show_trouble(icon, words(key), words(advice))
