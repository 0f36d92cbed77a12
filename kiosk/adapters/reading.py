"""Reads a whole frame with both decoders and a ladder of picture variants.

The ladder is data: what is tried, in which order. Measured on 407 real pictures: libzbar alone
reads 278, zxing-cpp alone 351, both 360, with the ladder 397, and none of them falsely; of the
142 that it was not tuned on 139. `python -m benchmarks.reading` measures it again.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

import numpy as np

from kiosk.adapters import (
    closer_look,
    decoder_zbar,
    decoder_zxing,
    held_look,
    symbol_rescue,
    views,
)
from kiosk.adapters.closer_look import CloserLook
from kiosk.adapters.decoder_zbar import open_zbar
from kiosk.adapters.decoder_zxing import open_zxing
from kiosk.adapters.held_look import HeldLook
from kiosk.adapters.opencv import cv2
from kiosk.adapters.places import same_place
from kiosk.adapters.symbol_rescue import SymbolMender
from kiosk.adapters.views import Grey, Variant, View
from kiosk.ports.decoder import DECODERS, Decoder, DecoderMissingError, Finder, Symbol, payloads

Step = tuple[str, Variant]
Turn = tuple[Step, ...]
"""What one frame is looked at with, until something is read."""

D = TypeVar("D", bound=Decoder)

_ZBAR = decoder_zbar.NAME
_MENDER, _BRIEF = symbol_rescue.NAME, symbol_rescue.BRIEF
_ZXING, _HISTOGRAM = decoder_zxing.NAME, decoder_zxing.HISTOGRAM
_CLOSER, _HELD = closer_look.NAME, held_look.NAME

FIRST: Step = (_ZXING, views.plain)
SECOND: Step = (_ZBAR, views.lighter)
"""The second is asked where the first read nothing, a text beyond ASCII, or not all it found."""

RESCUES: tuple[Step, ...] = (
    (_ZXING, views.darker),
    (_ZXING, views.brighter),
    (_HISTOGRAM, views.middle),
    (_HISTOGRAM, views.plain),
    (_ZBAR, views.small),
    (_CLOSER, views.plain),
    (_MENDER, views.third),
    (_MENDER, views.moderate),
    (_ZXING, views.sharper),
    (_HISTOGRAM, views.softened_threshold),
    (_ZBAR, views.half),
)
"""What reads the rest, in the order of what it gained for its milliseconds.

The mender at a third adds nothing in the pictures as they are, but reads one or two more of 407
once those are turned or scaled."""

ZBAR_RESCUES: tuple[Step, ...] = (
    (_ZBAR, views.small),
    (_ZBAR, views.softened_threshold),
    (_ZBAR, views.inverted),
    (_ZBAR, views.threshold),
    (_ZBAR, views.sharper),
    (_MENDER, views.moderate),
)
"""In place of `RESCUES` where zxing-cpp is missing."""

EACH_FRAME: tuple[Step, ...] = ((_HELD, views.plain),)
_ROUND: tuple[Turn, ...] = (
    ((_ZXING, views.sharper), (_ZBAR, views.aimed)),
    ((_ZXING, views.brighter), (_ZBAR, views.aimed)),
    ((_ZXING, views.aimed_sharper), (_ZBAR, views.aimed)),
    ((_ZXING, views.darker), (_ZBAR, views.aimed)),
    ((_ZXING, views.aimed_sharper), (_ZBAR, views.lighter)),
    ((_ZXING, views.brighter), (_ZBAR, views.aimed)),
    ((_ZXING, views.sharper), (_ZBAR, views.aimed)),
    ((_ZXING, views.darker), (_ZBAR, views.aimed)),
)
TURNS: tuple[Turn, ...] = (
    *_ROUND,
    ((_ZXING, views.sharper), (_BRIEF, views.middle)),
    *_ROUND,
    ((_ZXING, views.sharper), (_MENDER, views.middle)),
)
"""Live: zxing-cpp costs 1 to 5 ms and looks at each frame, and again at what it found there and
could not read; the others take turns, 15 ms a frame. libzbar reads most of what glare hides from
zxing-cpp, and sees the frame to aim at in 9 ms, the whole picture in 20. What takes longer than a
frame costs the next ones: the mender at its full size, which reads one still in twenty, put off
one live code in ten by two frames (`python -m benchmarks.live`). So every other round it looks in
brief, which brought the p95 of films blurred by motion from 158 to 45 ms; what lies bent needs the
whole."""

ZBAR_TURNS: tuple[Turn, ...] = (
    ((_ZBAR, views.moderate),),
    ((_ZBAR, views.small),),
    ((_ZBAR, views.inverted),),
    ((_ZBAR, views.aimed),),
    ((_ZBAR, views.moderate),),
    ((_ZBAR, views.softened_threshold),),
)

_ASIDE = 4
"""Of the frames that a kept variant reads, each so-manieth is looked at by another turn, too: what
is laid beside a code that stays may need another variant."""

_SMALLEST = 21  # modules a side of QR version 1

_log = logging.getLogger(__name__)


class LadderReader:
    """The reader of the desk; it works with one decoder too, and reads nothing with none.

    Thread: one at a time.

    Attributes:
        missing: why a decoder is not there, one sentence each, for `doctor` and the log.
    """

    def __init__(self, decoders: Iterable[Decoder], missing: tuple[str, ...] = ()) -> None:
        self.missing = missing
        self._decoders = {decoder.name: decoder for decoder in decoders}
        alone = _ZXING not in self._decoders
        self._first = self._possible((FIRST, SECOND))
        self._rescues = self._possible(ZBAR_RESCUES if alone else RESCUES)
        self._each_frame = self._possible(EACH_FRAME)
        turns = map(self._possible, ZBAR_TURNS if alone else TURNS)
        self._turns = tuple(turn for turn in turns if turn)
        self._turn = 0
        self._kept = 0  # frames that the turn has read
        self._known: frozenset[bytes] = frozenset()  # what was told of the last frame

    @property
    def decoders(self) -> frozenset[str]:
        """The decoders that are there."""
        return frozenset(self._decoders).intersection(DECODERS)

    @property
    def rests(self) -> bool:
        """False: each glance looks."""
        return False

    def glance(self, frame: memoryview) -> tuple[Symbol, ...]:
        """What one look at a live frame reads; a variant that reads is kept for the next.

        What is read for the first time is told at once; only beyond ASCII libzbar is asked too.
        """
        grey = _grey(frame)
        if min(grey.shape) < _SMALLEST or not self._turns:
            return ()
        always = [symbol for step in self._each_frame for symbol in self._read(grey, step)]
        told_at_once = bool(payloads(always) - self._known)
        turn = () if told_at_once else self._in_turn(grey, mend=not always)
        if not told_at_once and (always or not turn):
            self._turn = (self._turn + 1) % len(self._turns)
        elif turn:
            turn += self._aside(grey)
        seen = [*turn, *always]
        certain = all(map(bytes.isascii, payloads(seen) - self._known))
        asked = () if certain or SECOND not in self._first else self._read(grey, SECOND)
        agreed = agree([*asked, *seen]) or ()
        self._known = payloads(agreed)
        return agreed

    def study(self, frame: memoryview) -> tuple[Symbol, ...]:
        """What a still picture holds: a second opinion where one is due, then each rescue."""
        grey = _grey(frame)
        if min(grey.shape) < _SMALLEST:
            return ()
        seen: list[Symbol] = []
        for step in self._first:
            if seen and all(symbol.payload and symbol.payload.isascii() for symbol in seen):
                break
            seen += self._found(grey, step)
        agreed = agree(seen)
        for step in self._rescues:
            if agreed or agreed is None:
                break
            agreed = agree(self._read(grey, step))
        return agreed or ()

    def close(self) -> None:
        """Nothing to let go of."""

    def step(self, frame: memoryview, step: Step) -> tuple[Symbol, ...]:
        """What one step of the ladder reads by itself: how its worth is measured."""
        return self._read(_grey(frame), step)

    def _aside(self, grey: Grey) -> tuple[Symbol, ...]:
        self._kept += 1
        times, rest = divmod(self._kept, _ASIDE)
        return () if rest else self._in_turn(grey, mend=False, after=times)

    def _in_turn(self, grey: Grey, *, mend: bool, after: int = 0) -> tuple[Symbol, ...]:
        for step in self._turns[(self._turn + after) % len(self._turns)]:
            if (mend or step[0] not in (_MENDER, _BRIEF)) and (read := self._read(grey, step)):
                return read
        return ()

    def _possible(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        return tuple(step for step in steps if step[0] in self._decoders)

    def _found(self, grey: Grey, step: Step) -> tuple[Symbol, ...]:
        """What a step reads, and without bytes what it finds elsewhere and cannot read."""
        decoder, view = self._decoders[step[0]], step[1](grey)
        if not isinstance(decoder, Finder):
            return self._read(grey, step)
        read, unread = decoder.look(view.plane.data)
        found = [Symbol(b"", corners, decoder.name) for corners in unread]
        other = [one for one in found if not any(same_place(one, known) for known in read)]
        return tuple(_in_frame(symbol, view) for symbol in (*read, *other))

    def _read(self, grey: Grey, step: Step) -> tuple[Symbol, ...]:
        name, variant = step
        view = variant(grey)
        symbols = self._decoders[name].decode(view.plane.data)
        return tuple(_in_frame(symbol, view) for symbol in symbols)


def open_reader(
    without: Collection[str] = (), wrapped: Callable[[Decoder], Decoder] = lambda decoder: decoder
) -> LadderReader:
    """The reader with the decoders this computer has; never fails.

    Args:
        without: names of decoders that are left out, though they are there.
        wrapped: gives what stands in a decoder's place, and has its name.
    """
    missing: list[str] = []
    zxing = None if _ZXING in without else _if_there(open_zxing, missing)
    zbar = None if _ZBAR in without else _if_there(lambda: open_zbar(zxing), missing)
    there: list[Decoder] = [decoder for decoder in (zxing, zbar) if decoder is not None]
    if there and _MENDER not in without:  # in brief neither
        there += [SymbolMender(there[0]), SymbolMender(there[0], brief=True)]
    if zxing is not None:
        there += [open_zxing(histogram=True), CloserLook(zxing)]
        there.append(HeldLook(zxing, SymbolMender(zxing)))
    kept = (wrapped(decoder) for decoder in there if decoder.name not in without)
    return LadderReader(kept, tuple(missing))


def agree(symbols: Iterable[Symbol]) -> tuple[Symbol, ...] | None:
    """The symbols of one frame, each once; None where other bytes were read at the same place.

    Then one reading at least is wrong, and nothing of that frame is to be believed. A decoder
    that gives no bytes for a symbol says nothing against the other's.
    """
    agreed: list[Symbol] = []
    for symbol in symbols:
        known = [other for other in agreed if same_place(symbol, other)]
        if any(other.payload != symbol.payload for other in known if symbol.payload):
            return None
        if symbol.payload and not known:
            agreed.append(symbol)
    return tuple(agreed)


def _if_there(open_decoder: Callable[[], D], missing: list[str]) -> D | None:
    try:
        return open_decoder()
    except DecoderMissingError as error:
        _log.warning("%s", error)
        missing.append(str(error))
        return None


def _grey(frame: memoryview) -> Grey:
    pixels = np.asarray(frame)
    if not pixels.size:
        return np.empty((0, 0), np.uint8)
    return np.ascontiguousarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def _in_frame(symbol: Symbol, view: View) -> Symbol:
    return Symbol(symbol.payload, view.placed(symbol.corners), symbol.decoder)
