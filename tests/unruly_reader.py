"""A reading process whose decoder crashes, hangs or lies over frames that ask for it.

    python -m tests.unruly_reader [DECODER [ORPHAN_LIMIT]]

It is the desk's own, with the desk's own decoders; the colour of the first pixels says what else
happens to a frame before it is read.
"""

import ctypes
import os
import struct
import sys
import time

import msgspec
import numpy as np

from kiosk.adapters import reading_child
from kiosk.adapters import reading_wire as wire
from kiosk.adapters.reading import open_reader
from kiosk.ports.decoder import Symbol

SQUARE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
_send = wire.send


def words(*more: str) -> list[str]:
    """The command line."""
    return [sys.executable, "-P", "-m", "tests.unruly_reader", *more]


def answer_with(content: bytes, then=lambda: None):
    """The next answer, whatever it should have been, is this."""

    def send(pipe, _message):
        wire.send = _send
        pipe.write(content)
        pipe.flush()
        then()

    wire.send = send


def message(body: bytes) -> bytes:
    return struct.pack("<I", len(body)) + body


def symbols(*read: Symbol) -> bytes:
    return message(msgspec.msgpack.encode(wire.Answer(read)))


def stumble():
    secret = "thẻ 091190000018"
    raise ValueError(secret)


DEEDS = {
    "abort": os.abort,
    "segfault": lambda: ctypes.string_at(0),
    "leave": lambda: os._exit(0),
    "hang": lambda: time.sleep(3600),
    "stumble": stumble,
    "print": lambda: (sys.stdout.write("\n" * 9999), os.write(2, b"zbar: assertion")),
    "endless answer": lambda: answer_with(b"\xff\xff\xff\xff"),
    "garbage": lambda: answer_with(message(os.urandom(64))),
    "another form": lambda: answer_with(message(b"\x81\xa7symbols\x93\x01\x02\x03")),
    "broken off": lambda: answer_with(b"\x09\x00\x00\x00\x81", then=lambda: os._exit(1)),
    "unknown decoder": lambda: answer_with(symbols(Symbol(b"a", SQUARE, "\x1b[31m"))),
    "corners nowhere": lambda: answer_with(symbols(Symbol(b"a", ((float("nan"), 1.0),), "zbar"))),
    "many corners": lambda: answer_with(symbols(Symbol(b"a", SQUARE * 500, "zbar"))),
}
GREYS = {name: 20 + 10 * number for number, name in enumerate(DEEDS)}
_BLOCK = 16


def ask_for(deed: str, frame: np.ndarray) -> np.ndarray:
    """`frame` as one over which that happens."""
    asked = frame.copy()
    asked[:_BLOCK, :_BLOCK] = GREYS[deed], 0, 255
    return asked


class Unruly:
    """A decoder that does what a frame asks for."""

    def __init__(self, name: str) -> None:
        self.name = name

    def decode(self, plane: memoryview) -> tuple[Symbol, ...]:
        block = np.asarray(plane)[:_BLOCK, :_BLOCK].astype(float)
        for deed, grey in GREYS.items():
            if block.size and abs(block - grey).max() < 4:
                DEEDS[deed]()
        return ()


class UnrulyReader:
    """The desk's reader; before each look its unruly decoder has one."""

    def __init__(self, without, wrapped) -> None:
        self._reader = open_reader(without, wrapped)
        name = sys.argv[1] if len(sys.argv) > 1 else "zbar"
        self._unruly = [] if name in without else [wrapped(Unruly(name))]
        self.decoders = self._reader.decoders
        self.missing = self._reader.missing
        self.rests = False

    def glance(self, frame):
        self._misbehave(frame)
        return self._reader.glance(frame)

    def study(self, frame):
        self._misbehave(frame)
        return self._reader.study(frame)

    def _misbehave(self, frame):
        pixels = np.asarray(frame)
        asked = pixels.size > 0 and tuple(pixels[0, 0, 1:]) == (0, 255)
        for decoder in self._unruly if asked else ():
            decoder.decode(np.ascontiguousarray(pixels[:, :, 0]).data)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        reading_child.ORPHAN_LIMIT = float(sys.argv[2])
    sys.exit(reading_child.serve(UnrulyReader))
