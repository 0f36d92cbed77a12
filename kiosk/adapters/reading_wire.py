"""What the desk and its reading process say to each other over two pipes, parsed strictly.

Nothing that the child says is believed beyond its form: native code reads what strangers hold
up, and a decoder that goes wrong may write anything.
"""

import struct
from math import isfinite
from typing import BinaryIO, TypeVar

import msgspec

from kiosk.ports.decoder import DECODERS, Symbol

GLANCE, STUDY = "glance", "study"

_LARGEST = 1 << 18  # bytes of a message; a frame full of the largest symbols has less
_LENGTH = struct.Struct("<I")
_MOST_CORNERS = 8
_MOST_LETTERS = 200

T = TypeVar("T")


class WireError(Exception):
    """The other side says what it must not, or nothing more."""


class Begin(msgspec.Struct, forbid_unknown_fields=True):
    """The desk's first words: where the memory is, and which decoders to go `without`."""

    key: str
    size: int
    without: frozenset[str]


class Hello(msgspec.Struct, forbid_unknown_fields=True):
    """The child's first words: which decoders it has, and why others are missing."""

    decoders: frozenset[str]
    missing: tuple[str, ...]


class Look(msgspec.Struct, forbid_unknown_fields=True):
    """A frame lies in the memory that is found by `key` and `size`."""

    how: str
    height: int
    width: int
    key: str
    size: int


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    """What was read; or where Python stumbled, without what it stumbled over."""

    symbols: tuple[Symbol, ...] = ()
    stumbled: str = ""


def send(pipe: BinaryIO, message: msgspec.Struct) -> None:
    """Write a message. Raises OSError where the other side is gone."""
    body = msgspec.msgpack.encode(message)
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: BinaryIO, decoder: msgspec.msgpack.Decoder[T]) -> T:
    """Wait for a message. Raises WireError, OSError."""
    (length,) = _LENGTH.unpack(exactly(pipe, _LENGTH.size))
    if length > _LARGEST:
        msg = f"a message of {length} bytes"
        raise WireError(msg)
    body = exactly(pipe, length)
    try:
        return decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):  # its words may quote a payload
        msg = "a message of another form"
        raise WireError(msg) from None


def exactly(pipe: BinaryIO, length: int) -> bytes:
    """So many bytes. Raises WireError where fewer come, OSError."""
    got = b""
    while len(got) < length:
        more = pipe.read(length - len(got))
        if not more:
            msg = "nothing more comes"
            raise WireError(msg)
        got += more
    return got


def checked(answer: Answer) -> tuple[Symbol, ...]:
    """The symbols, once names and corners are what they must be. Raises WireError."""
    for symbol in answer.symbols:
        if symbol.decoder not in DECODERS or len(symbol.corners) > _MOST_CORNERS:
            msg = "a symbol of another form"
            raise WireError(msg)
        if not all(isfinite(x) and isfinite(y) for x, y in symbol.corners):
            msg = "a corner that is nowhere"
            raise WireError(msg)
    return answer.symbols


def printable(said: str) -> str:
    """What the child says in words, fit for a line of the log."""
    return "".join(c if " " <= c <= "~" else "?" for c in said[:_MOST_LETTERS])


BEGIN = msgspec.msgpack.Decoder(Begin)
HELLO = msgspec.msgpack.Decoder(Hello)
LOOK = msgspec.msgpack.Decoder(Look)
ANSWER = msgspec.msgpack.Decoder(Answer)
