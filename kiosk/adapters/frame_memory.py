"""Memory that the desk shares with its reading process: one frame, and which decoder is at it.

It has no name that could be left behind: on Linux an anonymous file that the child inherits, on
Windows a mapping of the page file. Both are gone with the last process that holds them, however
that one ends.
"""

import mmap
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import numpy as np
import numpy.typing as npt

_HEAD = mmap.PAGESIZE  # the name of the decoder at work, then nothing; the frame comes after it
_NAME_BYTES = 32
_STRIDE = 97


def sample(pixels: npt.NDArray[np.uint8]) -> bytes:
    """What tells a picture from others, without its being kept: one byte in so many."""
    return pixels.reshape(-1)[::_STRIDE].tobytes()


class FrameMemory:
    """One side's view of the memory; the other side finds it by `key` and `size`.

    Thread: one at a time.

    Attributes:
        key: what the other side needs to find it: a file descriptor, or on Windows a name.
        size: bytes; grows with the largest frame.
    """

    def __init__(self, key: str = "", size: int = _HEAD) -> None:
        """Find the memory of the other process, or without `key` make it. Raises OSError.

        Raises ValueError where the other process names what cannot be.
        """
        self._file = _new_file() if not key else _file_of(key)
        self.size = size
        self.key = key or _new_key(self._file)
        self._map = _mapped(self._file, self.key, size)
        self._laid = 0

    def follow(self, key: str, size: int) -> None:
        """Find it again where the other process has made it larger."""
        if (key, size) != (self.key, self.size):
            self._release()
            self._map = _mapped(self._file, key, size)
            self.key, self.size = key, size

    @property
    def inherited(self) -> tuple[int, ...]:
        """The file descriptors that the child must inherit."""
        return () if self._file < 0 else (self._file,)

    def lay(self, frame: memoryview) -> None:
        """Copy a frame into it, and forget which decoder was at work. Raises OSError."""
        self._laid = 0
        if _HEAD + frame.nbytes > self.size:
            self._grow(_HEAD + frame.nbytes)
        self.mark("")
        pixels = np.frombuffer(self._map, np.uint8, frame.nbytes, _HEAD)
        np.copyto(pixels, np.asarray(frame).reshape(-1))  # lets other threads work meanwhile
        self._laid = frame.nbytes

    def sample(self) -> bytes:
        """What tells the frame that was laid into it last; b"" where that did not go."""
        if not self._laid:
            return b""
        return sample(np.frombuffer(self._map, np.uint8, self._laid, _HEAD))

    @contextmanager
    def frame(self, height: int, width: int) -> Iterator[memoryview]:
        """The frame that was laid into it. Raises ValueError where it is larger than the memory.

        Valid until the next one is laid.
        """
        length = height * width * 3
        whole = memoryview(self._map)
        part = whole[_HEAD : _HEAD + length]
        try:
            yield part.cast("B", (height, width, 3))
        finally:
            with suppress(BufferError):  # somebody keeps an array of it; it is his to drop
                part.release()
                whole.release()

    def mark(self, decoder: str) -> None:
        """Note which decoder is at work; "" for none."""
        self._map[:_NAME_BYTES] = decoder.encode("ascii")[:_NAME_BYTES].ljust(_NAME_BYTES, b"\0")

    @property
    def marked(self) -> str:
        """The decoder that was at work; "" for none. Not to be trusted: the child wrote it."""
        return self._map[:_NAME_BYTES].rstrip(b"\0").decode("ascii", "replace")

    def close(self, *, wipe: bool) -> None:
        """Let go of it. Safe to call twice.

        Args:
            wipe: overwrite the last frame first; somebody's card may be on it.
        """
        if self._map.closed:
            return
        if wipe:
            np.frombuffer(self._map, np.uint8).fill(0)
        self._release()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _release(self) -> None:
        with suppress(BufferError):
            self._map.close()

    def _grow(self, size: int) -> None:
        key = _new_key(self._file)
        larger = _mapped(self._file, key, size)  # may fail: the old one is still asked then
        self._release()
        self.key, self._map, self.size = key, larger, size


def _new_file() -> int:
    """An anonymous file; -1 on Windows, where the mapping needs none."""
    if sys.platform == "win32":
        return -1
    if not hasattr(os, "memfd_create"):
        with tempfile.TemporaryFile() as unnamed:
            return os.dup(unnamed.fileno())
    import fcntl  # noqa: PLC0415 - not on Windows

    file = os.memfd_create("kiosk-frame", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    # a child that shortened it would end the desk by SIGBUS
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK)
    return file


def _file_of(key: str) -> int:
    return -1 if sys.platform == "win32" else int(key)


def _new_key(file: int) -> str:
    return f"Local\\kiosk-frame-{secrets.token_hex(16)}" if file < 0 else str(file)


def _mapped(file: int, key: str, size: int) -> mmap.mmap:
    if sys.platform == "win32":
        return mmap.mmap(-1, size, tagname=key)
    if os.fstat(file).st_size < size:
        os.ftruncate(file, size)
    return mmap.mmap(file, size)
