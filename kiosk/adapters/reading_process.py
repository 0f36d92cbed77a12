"""One reading process as the desk sees it: started, asked, and ended whatever it does."""

import contextlib
import logging
from subprocess import Popen, TimeoutExpired
from threading import Event, Lock, Thread
from typing import BinaryIO

from kiosk.adapters import reading_start
from kiosk.adapters import reading_wire as wire
from kiosk.adapters.frame_memory import FrameMemory
from kiosk.ports.clock import Clock
from kiosk.ports.decoder import Symbol

START_LIMIT = 30.0
"""Seconds from the start to the decoders: a cold disk and a virus scanner take their time."""

_STEP = 0.1  # seconds between two looks at whether it hangs
_END_LIMIT = 2.0
_NEVER = float("inf")

_log = logging.getLogger(__name__)


class ReadingEndedError(Exception):
    """The process is no more, or says what it must not.

    Attributes:
        how: for the log file.
        decoder: which decoder was at work, as the memory says; "" for none.
        before: it had ended before it was asked, so that the frame has no part in it.
    """

    def __init__(self, how: str, decoder: str = "", *, before: bool = False) -> None:
        super().__init__(how)
        self.how = how
        self.decoder = decoder
        self.before = before


class ReadingProcess:
    """A child process with the decoders.

    Thread: `look` on one; everything else from any.
    """

    def __init__(self, words: list[str], without: frozenset[str], clock: Clock) -> None:
        """Start it; `opened` tells when it can be asked. Raises OSError."""
        self.without = without
        self.up = False
        self.hello: wire.Hello | None = None
        self.opened = Event()
        self._clock = clock
        self._ended = Event()
        self._busy = Lock()
        self._hangs = False
        self._due = clock.steady() + START_LIMIT
        self._memory = FrameMemory()
        try:
            self._process = reading_start.start(words, self._memory.inherited)
        except OSError:
            self._memory.close(wipe=False)
            raise
        self._questions, self._answers = _pipes(self._process)
        Thread(target=self._attend, name="reading", daemon=True).start()

    @property
    def marked(self) -> str:
        """Which decoder is at work, as the child says; "" for none."""
        with self._busy:
            return "" if self._ended.is_set() else self._memory.marked

    def look(self, how: str, frame: memoryview, limit: float) -> tuple[Symbol, ...]:
        """What it reads in a frame. Raises ReadingEndedError; it is to be ended then.

        Args:
            how: `wire.GLANCE` or `wire.STUDY`.
            frame: C-contiguous picture of shape (height, width, 3), uint8.
            limit: seconds after which it hangs.
        """
        if not frame.nbytes:
            return ()
        height, width, _ = frame.shape or (0, 0, 0)
        with self._busy:
            if self._ended.is_set() or self._process.poll() is not None:
                raise ReadingEndedError(self._how(), before=True)
            try:
                self._memory.lay(frame)
                key, size = self._memory.key, self._memory.size
                self._due = self._clock.steady() + limit
                wire.send(self._questions, wire.Look(how, height, width, key, size))
                answer = wire.receive(self._answers, wire.ANSWER)
                self._due = _NEVER
                if answer.stumbled:
                    raise wire.WireError(wire.printable(answer.stumbled))  # noqa: TRY301
                return wire.checked(answer)
            except (OSError, ValueError, wire.WireError) as error:
                self._due = _NEVER
                raise ReadingEndedError(self._how(error), self._memory.marked) from None

    def end(self) -> None:
        """End it and wipe what it was shown. Safe to call twice and while it is asked."""
        self._ended.set()
        self._process.kill()
        with contextlib.suppress(TimeoutExpired):  # one that the system itself cannot end
            self._process.wait(_END_LIMIT)
        with self._busy:
            for pipe in (self._questions, self._answers):
                with contextlib.suppress(OSError):
                    pipe.close()
            self._memory.close(wipe=True)

    def _attend(self) -> None:
        """Wait for its first words; then end it where it hangs."""
        watch = Thread(target=self._watch, name="reading-watch", daemon=True)
        watch.start()
        try:
            self.up = self._answers.read(len(reading_start.UP)) == reading_start.UP
            begin = wire.Begin(self._memory.key, self._memory.size, self.without)
            wire.send(self._questions, begin)
            self.hello = wire.receive(self._answers, wire.HELLO)
        except (OSError, ValueError, wire.WireError) as error:
            if not self._ended.is_set():
                _log.warning("the reading process did not begin: %s", self._how(error))
        else:
            self._due = _NEVER
        self.opened.set()

    def _watch(self) -> None:
        while not self._ended.wait(_STEP):
            if self._clock.steady() >= self._due:
                self._hangs = True
                self._process.kill()
                return

    def _how(self, error: Exception | None = None) -> str:
        """Why it is no more, without anything that it read."""
        if self._hangs:
            return "it hung"
        with contextlib.suppress(TimeoutExpired):
            return f"it ended with {self._process.wait(_STEP)}"
        return str(error or "it was ended")


def _pipes(process: Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
    if process.stdin is None or process.stdout is None:
        msg = "a process without pipes"
        raise OSError(msg)
    return process.stdin, process.stdout  # type: ignore[return-value]  # IO[bytes] is BinaryIO
