"""Tells whether anything moves or changes before the camera, at a small part of a look's cost.

The picture is compared by coarse cells with one that follows it: quickly while something
happens, slowly once it is still, so that even what is faded in over seconds stands out from it,
and daylight does not.
"""

import numpy as np
import numpy.typing as npt

from kiosk.adapters.opencv import cv2

CELL = 16
"""Pixels a side. The smallest code that is read, of 21 modules and some 60 pixels with its quiet
zone, covers nine cells at least; the mean of a cell has a tenth of the noise of a pixel."""

REST = 75
"""Frames without a change until the picture counts as still: two seconds and a half at 30."""

_ROWS = 4  # of so many rows of pixels one is looked at: a third of the cost
_FAST, _SLOW = 1 / 8, 1 / 64  # a frame's part in what it is compared with: 0.3 s at 30 frames a
# second, and 9 s at the 7.5 that are looked at once it is still
_LEAST, _MOST = 4.0, 12.0  # levels by which a changed cell differs: artefacts of a film are below
_DEVIATIONS = 6.0
_DEVIATION = 1.48  # of normal noise, in medians of what it differs by
_GROUP = 4  # changed cells among nine neighbours: a twinkling light is smaller
_GAIN = 2.0  # a light that changes by more is worth a look
_WHITE = 255.0

_Cells = npt.NDArray[np.float32]


class Stillness:
    """Watches one camera's frames, in their order.

    Noise is measured in each frame by its median, which a person who moves does not raise. Each
    row of cells may have a light of its own: lamps at 50 or 60 Hz draw bands over the picture of
    a rolling shutter, and the exposure of a camera drifts.
    """

    def __init__(self) -> None:
        self._usual: _Cells | None = None
        self._calm = 0

    def holds(self, frame: npt.NDArray[np.uint8]) -> bool:
        """True while nothing has changed for `REST` frames; False from the first that differs.

        Args:
            frame: picture of shape (height, width, 3), uint8.
        """
        cells = _cells(frame)
        if self._usual is None or self._usual.shape != cells.shape:
            self._usual, self._calm = cells, 0
            return False
        self._calm = 0 if _differs(cells, self._usual) else self._calm + 1
        still = self._calm >= REST
        self._usual += (cells - self._usual) * (_SLOW if still else _FAST)
        return still

    def disturb(self) -> None:
        """Count the picture as changed: something else has told so."""
        self._calm = 0


def _cells(frame: npt.NDArray[np.uint8]) -> _Cells:
    height, width = (max(1, side // CELL) for side in frame.shape[:2])
    whole = frame[: height * CELL : _ROWS, : width * CELL]  # by whole numbers it is quicker
    coarse = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(coarse, cv2.COLOR_BGR2GRAY).astype(np.float32)


def _differs(cells: _Cells, usual: _Cells) -> bool:
    """True where some neighbouring cells differ by more than light and noise explain."""
    gain = np.median((cells + 1) / (usual + 1), axis=1, keepdims=True)
    if gain.max() > _GAIN or gain.min() < 1 / _GAIN:
        return True
    off = np.abs(cells - np.minimum(usual * gain, _WHITE))
    noise = _DEVIATIONS * _DEVIATION * float(np.median(off))
    changed = (off > min(max(noise, _LEAST), _MOST)).astype(np.uint8)
    together = cv2.boxFilter(
        changed, cv2.CV_8U, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT
    )
    return bool(together.max() >= _GROUP)
