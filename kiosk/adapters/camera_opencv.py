"""Takes frames from a webcam or a stream address through OpenCV."""

import logging
import platform
import re
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from kiosk.adapters.camera_wishes import Answer, Wishes, ask
from kiosk.adapters.opencv import cv2
from kiosk.ports.camera import CameraLostError, Frame
from kiosk.ports.clock import Clock

_STREAM_LIMITS = [
    *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 4_000),
    *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, 1_500),
]

_LOGIN = re.compile(r"(?<=://).*(?=@)")
_VALUE = re.compile(r"(?i)(?<=[?&])((?:user|login|pass|pwd|token|key|auth)[^=&]*=)[^&]*")

_log = logging.getLogger(__name__)


class OpencvCamera:
    """A webcam by index or device path, or a stream by address.

    A camera that gives no picture after it was asked for something is opened once more and asked
    for nothing.

    Attributes:
        answers: what its driver said to each wish, once it was opened.

    Thread: the one that opens it; opening takes seconds on Windows (opencv#17687).
    """

    def __init__(
        self, source: int | str, clock: Clock, wish: Callable[[], Wishes] = Wishes
    ) -> None:
        """Keep what to open.

        Args:
            source: index, path or address.
            clock: for the moment of each frame.
            wish: what is asked of a webcam; called where it is opened.
        """
        self.answers: tuple[Answer, ...] = ()
        self._source = source
        self._clock = clock
        self._wish = wish
        self._capture: cv2.VideoCapture | None = None
        self._unproven = False  # asked for something, and no picture came since
        self._waits_late = False  # with the picture asked for, not with the frame

    @property
    def name(self) -> str:
        """The index, path or address; never the password in an address."""
        return without_secret(str(self._source))

    @property
    def live(self) -> bool:
        """True: its loss is watched."""
        return True

    def open(self) -> None:
        """Open or reopen it. Raises CameraLostError."""
        self.close()
        plain = is_stream(self._source) or self._unproven
        for backend in _backends(self._source):
            capture = _capture(self._source, backend)
            if capture is not None:
                _log.info("camera %s opened by backend %s", self.name, backend)
                self._capture = capture
                self._waits_late = backend == cv2.CAP_DSHOW
                self.answers = () if plain else self._ask(capture, backend)
                self._unproven = not plain
                _set_buffer(capture)
                return
        msg = f"camera {self.name} cannot be opened"
        raise CameraLostError(msg)

    def read(self) -> Frame:
        """The next frame, when the device has one. Raises CameraLostError."""
        self._grab()
        picture = self._picture()
        self._unproven = False
        if picture.ndim != 3:  # noqa: PLR2004 - some grey cameras and drivers
            picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
        return Frame(np.ascontiguousarray(picture).data, self._clock.steady())

    def pass_over(self) -> None:
        """Wait for the next frame. Raises CameraLostError.

        To decode the MJPG of a webcam costs 7 ms at 1280x720: V4L2 does it only when it is asked
        for the picture. DirectShow only then waits for the frame, and its filters have decoded it
        anyhow (read in OpenCV's own cap_dshow).
        """
        self._grab()
        if self._waits_late:
            self._picture()

    def _grab(self) -> None:
        try:
            came = self._opened().grab()
        except cv2.error as error:
            raise CameraLostError(str(error)) from error
        if not came:
            raise self._without_picture()

    def _picture(self) -> cv2.typing.MatLike:
        try:
            got, picture = self._opened().retrieve()
        except cv2.error as error:
            raise CameraLostError(str(error)) from error
        if not got or not picture.size:
            raise self._without_picture()
        return picture

    def _opened(self) -> cv2.VideoCapture:
        if self._capture is None:
            msg = f"camera {self.name} is not open"
            raise CameraLostError(msg)
        return self._capture

    def _without_picture(self) -> CameraLostError:
        return CameraLostError(f"camera {self.name} gives no picture")

    def _ask(self, capture: cv2.VideoCapture, backend: int) -> tuple[Answer, ...]:
        answers = ask(capture, backend, self._source, self._wish())
        for answer in answers:
            got = answer.got or "no answer"
            _log.info("camera %s: %s %s: %s", self.name, answer.wish, answer.asked, got)
        return answers

    def close(self) -> None:
        """Release it."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None


def without_secret(source: str) -> str:
    """An address as it may be logged and shown: neither user nor password is in it."""
    return _VALUE.sub(r"\1…", _LOGIN.sub("…", source)) if is_stream(source) else source


def is_stream(source: int | str) -> bool:
    """True for an address such as rtsp://..."""
    return isinstance(source, str) and "://" in source


def _backends(source: int | str) -> list[int]:
    """The ways to open `source`, best first."""
    if is_stream(source):
        return [cv2.CAP_FFMPEG]
    # DSHOW opens in a second where MSMF may take thirty.
    known = {"Windows": [cv2.CAP_DSHOW, cv2.CAP_MSMF], "Linux": [cv2.CAP_V4L2]}
    return known.get(platform.system(), [cv2.CAP_ANY])


def _capture(source: int | str, backend: int) -> cv2.VideoCapture | None:
    """An open capture, or None."""
    try:
        if is_stream(source):
            capture = cv2.VideoCapture(str(source), backend, _STREAM_LIMITS)
        else:
            capture = cv2.VideoCapture(source, backend)
        if not capture.isOpened():
            capture.release()
            return None
    except cv2.error as error:
        _log.info("backend %s: %s", backend, error)
        return None
    return capture


def _set_buffer(capture: cv2.VideoCapture) -> None:
    """Keep one frame at most: an old one is of no use to anybody."""
    with suppress(cv2.error):
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
