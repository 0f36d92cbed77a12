"""The reading process: looks at the frames of the desk that started it, and ends with it.

Decoders are native code and read what strangers hold up; an assertion or a wild pointer in one
of them ends this process and not the desk. It knows no window, no file and no log; what it says
goes through one pipe.
"""

import contextlib
import ctypes
import faulthandler
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable, Collection
from typing import BinaryIO, TextIO, TypeVar

from kiosk.adapters import decoder_zbar, decoder_zxing
from kiosk.adapters import reading_wire as wire
from kiosk.adapters.frame_memory import FrameMemory
from kiosk.adapters.reading_start import UP
from kiosk.ports.decoder import Decoder, Finder, Point, Reader, Symbol

ORPHAN_LIMIT = 90.0
"""Seconds after which a look ends the process: the desk, which ends one that hangs much earlier,
is gone then too."""

Seen = TypeVar("Seen")
Wrap = Callable[[Decoder], Decoder]
OpenReader = Callable[[Collection[str], Wrap], Reader]
"""Opens a reader without some decoders, each of the others wrapped by the function given."""

_LIBRARIES = {decoder_zbar.NAME: "pyzbar.wrapper", decoder_zxing.NAME: "zxingcpp"}
_NO_DIALOGS = 0x0001 | 0x0002 | 0x8000  # SEM_FAILCRITICALERRORS, NOGPFAULTERRORBOX, NOOPENFILE
_PR_SET_DUMPABLE = 4


def serve(open_reader: OpenReader | None = None) -> int:
    """Answer until the desk closes its pipe; the exit code.

    Args:
        open_reader: in place of the desk's own.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # for the desk, which then ends us
        signal.signal(number, signal.SIG_IGN)
    _leave_no_trace()
    questions, answers, nowhere = _pipes()
    with contextlib.suppress(OSError, wire.WireError):  # the desk is gone
        answers.write(UP)
        answers.flush()
        begin = wire.receive(questions, wire.BEGIN)
        memory = FrameMemory(begin.key, begin.size)
        reader = _opened(begin.without, memory, open_reader)
        wire.send(answers, wire.Hello(reader.decoders, getattr(reader, "missing", ())))
        while True:
            look = wire.receive(questions, wire.LOOK)
            memory.follow(look.key, look.size)
            faulthandler.dump_traceback_later(ORPHAN_LIMIT, exit=True, file=nowhere)
            answer = _looked(reader, memory, look)
            faulthandler.cancel_dump_traceback_later()
            wire.send(answers, answer)
    return 0


def _opened(without: Collection[str], memory: FrameMemory, opens: OpenReader | None) -> Reader:
    """The reader; the desk sees in the memory which library crashes while it is loaded."""
    for decoder, library in _LIBRARIES.items():
        if decoder not in without:
            memory.mark(decoder)
            with contextlib.suppress(ImportError, OSError, AttributeError):
                importlib.import_module(library)
    memory.mark("")
    from kiosk.adapters.reading import open_reader  # noqa: PLC0415 - loads OpenCV

    return (opens or open_reader)(without, lambda decoder: marked(decoder, memory))


def _looked(reader: Reader, memory: FrameMemory, look: wire.Look) -> wire.Answer:
    try:
        with memory.frame(look.height, look.width) as frame:
            read = reader.study if look.how == wire.STUDY else reader.glance
            return wire.Answer(read(frame) or ())
    except Exception as error:  # noqa: BLE001 - the desk is told, and logs it
        return wire.Answer(stumbled=_where(error))


def marked(decoder: Decoder, memory: FrameMemory) -> Decoder:
    """A decoder whose name is in the memory while it is at work, and that can do the same."""
    return (
        _MarkedFinder(decoder, memory) if isinstance(decoder, Finder) else _Marked(decoder, memory)
    )


class _Marked:
    """One that reads."""

    def __init__(self, decoder: Decoder, memory: FrameMemory) -> None:
        self._decoder = decoder
        self._memory = memory
        self.name = decoder.name

    def decode(self, plane: memoryview) -> tuple[Symbol, ...]:
        """What the decoder reads."""
        return self._at_work(self._decoder.decode, plane)

    def _at_work(self, do: Callable[[memoryview], Seen], plane: memoryview) -> Seen:
        outer = self._memory.marked
        self._memory.mark(self.name)
        seen = do(plane)
        self._memory.mark(outer)
        return seen


class _MarkedFinder(_Marked):
    """One that finds as well."""

    def __init__(self, decoder: Finder, memory: FrameMemory) -> None:
        super().__init__(decoder, memory)
        self._finder = decoder

    def look(self, plane: memoryview) -> tuple[tuple[Symbol, ...], tuple[tuple[Point, ...], ...]]:
        """What it reads, and where it finds more."""
        return self._at_work(self._finder.look, plane)


def _pipes() -> tuple[BinaryIO, BinaryIO, TextIO]:
    """Questions, answers, and what leads nowhere; libraries that print disturb none of them."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = open(os.devnull, "r+", encoding="utf-8")  # noqa: PTH123, SIM115 - for good
    for number in (0, 1, 2):
        os.dup2(nowhere.fileno(), number)
    return questions, answers, nowhere


def _leave_no_trace() -> None:
    """What people held up goes into no core file and no file at all; no dialog asks anybody."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_NO_DIALOGS)
        return
    import resource  # noqa: PLC0415 - not on Windows

    for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(what, (0, 0))
    if sys.platform == "linux":  # also where a program collects the core files
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _where(error: BaseException) -> str:
    """Kind and lines of an exception, without what it says: it may quote a payload."""
    lines = [
        f"{os.path.basename(at.filename)}:{at.lineno}"  # noqa: PTH119 - a name, not a path
        for at in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {' '.join(lines)}"
