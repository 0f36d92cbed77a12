"""Reads a small code in several frames together: a card held still, its noise averaged away.

What the closer look cannot read in one frame is kept, laid over what lay there in the next
ones, and tried again: by zxing-cpp, then module by module (the mender). For live frames only:
in pictures that have nothing to do with each other there is nothing to average.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kiosk.adapters.closer_look import (
    LIFTS,
    NEARER,
    CloserLook,
    Spot,
    at,
    cut,
    first_read,
    lifted,
    near,
    spots,
)
from kiosk.adapters.decoder_zxing import ZxingDecoder
from kiosk.adapters.opencv import cv2
from kiosk.adapters.views import Grey
from kiosk.ports.decoder import Decoder, Symbol

NAME = "held"

Floats = npt.NDArray[np.float32]

_FRAMES = 5  # that are laid over each other
_TOGETHER = 3  # fewer show hardly more than one
_SEARCHED = 2  # frames from one search in a lifted picture to the next, which costs 8 ms
_LARGE = 260  # pixels a side: a larger piece costs up to a second, and its modules are not small
_TRIES = 5  # of a place; then its modules are too small, and it is left to others
_PATIENCE = 8  # frames for which a place is remembered where nothing is found again
_ALIKE = 0.15  # the phase correlation's answer; for the same card a little moved: 0.3 to 0.9


@dataclass(slots=True)
class _Held:
    """What lies at one place."""

    spot: Spot
    pieces: deque[Floats] = field(default_factory=lambda: deque(maxlen=_FRAMES))
    missed: int = 0
    looks: int = 0
    tries: int = 0


class HeldLook:
    """A decoder for frames that follow each other.

    Thread: one at a time; it remembers pieces of the last frames, and nothing else.
    """

    def __init__(self, zxing: ZxingDecoder, mender: Decoder) -> None:
        self._zxing = zxing
        self._mender = mender
        self._closer = CloserLook(zxing)
        self._held: list[_Held] = []
        self._frame = 0

    @property
    def name(self) -> str:
        """Always "held"."""
        return NAME

    def decode(self, plane: memoryview) -> tuple[Symbol, ...]:
        """Every symbol that is read in this frame, or in this one and those before."""
        read, unread = self._zxing.look(plane)
        grey = np.asarray(plane)
        self._frame += 1
        if not read and not unread and not self._frame % _SEARCHED:
            read, unread = self._zxing.look(lifted(grey, LIFTS[-1], 1).data)
        self._follow(spots(unread))
        found = list(read)
        small = [held for held in self._held if held.spot.side <= _LARGE]
        due = min(small, key=lambda held: (held.tries, -held.looks), default=None)
        for held in list(self._held):
            piece = cut(grey, held.spot)
            held.pieces.append(piece.astype(np.float32))
            held.looks += 1
            symbol = self._closer.nearer(piece, held.spot)
            if symbol is None and held is due and _is_time(held):
                symbol = self._together(held)
            if symbol is not None:
                found.append(symbol)
                self._held.remove(held)
        return tuple(found)

    def _follow(self, seen: list[Spot]) -> None:
        """Where things lie now; what was not found for a while is forgotten."""
        for held in self._held:
            held.missed += 1
        for spot in seen:
            known = next((held for held in self._held if near(held.spot, spot)), None)
            if known is None:
                self._held.append(_Held(spot))
            else:  # the size stays, so that the pieces fit onto each other
                known.spot = Spot(spot.corners, spot.centre, known.spot.side)
                known.missed = 0
        self._held = [held for held in self._held if held.missed <= _PATIENCE][-len(seen) - 3 :]

    def _together(self, held: _Held) -> Symbol | None:
        """What the last pieces say together."""
        held.tries += 1
        large = _laid_over(held.pieces)
        views = [lifted(large, lift) for lift in LIFTS]
        symbol = first_read(self._zxing, views, held.spot)
        if symbol is None:
            mended = self._mender.decode(views[-1].data)
            symbol = at(held.spot, mended)
        return symbol


def _is_time(held: _Held) -> bool:
    """Not at each frame, and not for ever: the mender takes its time."""
    return held.looks % _TOGETHER == 0 and held.tries < _TRIES


def _laid_over(pieces: "deque[Floats]") -> Grey:
    """The mean of the pieces that show the same as the last one, enlarged."""
    last = pieces[-1]
    side = last.shape[0]
    window = cv2.createHanningWindow((side, side), cv2.CV_32F)
    large = (side * NEARER, side * NEARER)
    total, count = np.zeros(large, np.float32), 0
    middle = (NEARER - 1) / 2
    for piece in pieces:
        (dx, dy), alike = cv2.phaseCorrelate(piece, last, window)
        if alike < _ALIKE:
            continue
        into = np.array(
            [[NEARER, 0, NEARER * dx + middle], [0, NEARER, NEARER * dy + middle]], np.float32
        )
        border = cv2.BORDER_REPLICATE
        total += cv2.warpAffine(piece, into, large, flags=cv2.INTER_CUBIC, borderMode=border)
        count += 1
    return np.clip(np.rint(total / max(1, count)), 0, 255).astype(np.uint8)
