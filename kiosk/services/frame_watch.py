"""Notices that a live camera only pretends to give pictures."""

from kiosk.ports.camera import CameraLostError, Frame

LOST_AFTER = 1.6
"""Seconds without a fresh picture: with the watchdog's own step the loss is told within 2 s."""

SLOW_READ = 0.75
_STRIDE = 97


class FrameWatch:
    """Judges each frame of a live camera.

    An unplugged webcam often goes on "succeeding" with its last frame (opencv#14044), and one
    held by another program gives the same grey for ever (opencv#8358): the noise of a sensor
    never repeats itself.
    """

    def __init__(self) -> None:
        self._picture = b""
        self._fresh_at = 0.0
        self._slow = 0.0
        self._alive = False
        self._first = True  # some cameras take seconds for it, and are quick from then on

    def start(self, now: float) -> None:
        """The camera was opened now; its last picture of before is remembered."""
        self._fresh_at = now
        self._slow = 0.0
        self._alive = False
        self._first = True

    def sees(self, frame: Frame, asked_at: float) -> bool:
        """True once the camera has given a picture of its own since it was opened.

        Args:
            frame: what was read.
            asked_at: steady seconds when the read began.

        Raises:
            CameraLostError: frames repeat, or come too slowly.
        """
        picture = bytes(frame.pixels.cast("B")[::_STRIDE])
        if picture != self._picture:
            self._picture = picture
            self._fresh_at = frame.taken_at
            self._alive = True
        elif frame.taken_at - self._fresh_at >= LOST_AFTER:
            msg = "the camera repeats one picture"
            raise CameraLostError(msg)
        took = frame.taken_at - asked_at
        first, self._first = self._first, False
        self._slow = self._slow + took if took >= SLOW_READ and not first else 0.0
        if self._slow >= LOST_AFTER:
            msg = "the camera is too slow"
            raise CameraLostError(msg)
        return self._alive
