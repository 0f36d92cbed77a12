"""A receipt printer at the other end of a line: it understands ESC/POS and lays rolls of dots.

It knows the commands of a TM-T20 that ours sends, and says of any other byte that it is one too
many, as paper would: by printing rubbish.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

_LENGTHS = {
    b"\x1b@": 2,
    b"\x1c.": 2,
    b"\x1bd": 3,
    b"\x1dv": 8,  # and the dots
    b"\x1dV": 4,
    b"\x10\x04": 3,
    b"\x1dr": 3,
}


@dataclass
class Roll:
    """Takes bytes; what came out of the printer so far.

    Attributes:
        pages: cut off, dots as True.
        rubbish: what it did not understand.
        status: its answers to DLE EOT 1 to 4; None for one that never answers.
        paper: its answer to GS r 1.
    """

    dots: int = 576
    pages: list[np.ndarray] = field(default_factory=list)
    rubbish: bytes = b""
    status: tuple[int, int, int, int] | None = (0x12, 0x12, 0x12, 0x12)
    paper: int = 0
    raw: bytes = b""
    chinese: bool = True
    _bytes: bytes = b""
    _bands: list[np.ndarray] = field(default_factory=list)

    def take(self, content: bytes) -> bytes:
        """Print; answers what the printer says."""
        self.raw += content
        self._bytes += content
        said = b""
        while self._bytes:
            length, answer = self._command()
            if length == 0:
                break
            self._bytes = self._bytes[length:]
            said += answer
        return said

    def _command(self) -> tuple[int, bytes]:
        """Length of the first command, 0 where it is not whole yet, and the answer to it."""
        got = self._bytes
        if len(got) < 2 and any(command.startswith(got) for command in _LENGTHS):
            return 0, b""
        length = _LENGTHS.get(got[:2])
        if length is None:
            self.rubbish += got[:1]
            return 1, b""
        if got[:2] == b"\x1dv" and len(got) >= length:
            length += int.from_bytes(got[4:6], "little") * int.from_bytes(got[6:8], "little")
        if len(got) < length:
            return 0, b""
        return length, self._obey(got[:2], got[2:length])

    def _obey(self, command: bytes, values: bytes) -> bytes:
        match command:
            case b"\x1b@":  # ESC @: start anew
                self.chinese = True
            case b"\x1c.":  # FS .
                self.chinese = False
            case b"\x1bd":  # ESC d n: feed lines
                self._bands.append(np.zeros((values[0] * 30, self.dots), np.bool_))
            case b"\x1dv":  # GS v 0
                self._raster(values)
            case b"\x1dV":  # GS V B 0: feed to the knife and cut
                assert values == b"B\x00"
                self.pages.append(np.concatenate(self._bands))
                self._bands = []
            case b"\x10\x04" if self.status:  # DLE EOT n
                return bytes([self.status[values[0] - 1]])
            case b"\x1dr" if self.status:  # GS r n
                return bytes([self.paper])
        return b""

    def _raster(self, values: bytes) -> None:
        assert values[:2] == b"0\x00"
        assert not self.chinese
        wide, high = (int.from_bytes(values[at : at + 2], "little") for at in (2, 4))
        assert wide * 8 <= self.dots, "a line that is longer than the head is broken"
        rows = np.frombuffer(values[6:], np.uint8).reshape(high, wide)
        band = np.zeros((high, self.dots), np.bool_)
        band[:, : wide * 8] = np.unpackbits(rows, axis=1)
        self._bands.append(band)


def grey(page: np.ndarray) -> np.ndarray:
    """Black dots on white paper, with some paper around, as a camera sees it."""
    return np.pad(np.where(page, 0, 255).astype(np.uint8), 24, constant_values=255)


Manner = Callable[[socket.socket, Roll], None]


def obliging(line: socket.socket, roll: Roll) -> None:
    """Prints whatever comes."""
    while content := line.recv(65536):
        if answer := roll.take(content):
            line.sendall(answer)


@contextlib.contextmanager
def listening(roll: Roll, manner: Manner = obliging) -> Iterator[str]:
    """A printer on a loopback port, as `manner` has it; answers its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ended = threading.Event()

        def serve() -> None:
            while not ended.is_set():
                try:
                    line, _ = server.accept()
                except TimeoutError:
                    continue
                with line, contextlib.suppress(OSError):
                    line.settimeout(30)
                    manner(line, roll)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        finally:
            ended.set()
            thread.join(30)
