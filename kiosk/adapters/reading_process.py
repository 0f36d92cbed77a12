"""One reading process as the desk sees it: started, asked, and ended whatever it does."""

import contextlib
import logging
from queue import Empty, SimpleQueue
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

_STEP = 0.05  # seconds that a look waits for a late answer
_EXIT = 0.2  # seconds from the end of a pipe to that of its process
_END_LIMIT = 2.0

_log = logging.getLogger(__name__)


class ReadingEndedError(Exception):
    """The process is no more, or says what it must not.

    Attributes:
        how: for the log file.
        decoder: which decoder was at work, as the memory says; "" for none.
        frame: sample of the frame over which it ended; b"" where it had ended before.
    """

    def __init__(self, how: str, decoder: str = "", frame: bytes = b"") -> None:
        super().__init__(how)
        self.how = how
        self.decoder = decoder
        self.frame = frame


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
        self._inbox: SimpleQueue[wire.Answer | Exception] = SimpleQueue()
        self._late = False
        self._due = clock.steady() + START_LIMIT
        self._memory = FrameMemory()
        try:
            self._process = reading_start.start(words, self._memory.inherited)
        except OSError:
            self._memory.close(wipe=False)
            raise
        self._questions, self._answers = _pipes(self._process)
        self._thread = Thread(target=self._attend, name="reading", daemon=True)
        self._thread.start()

    @property
    def marked(self) -> str:
        """Which decoder is at work, as the child says; "" for none."""
        with self._busy:
            return "" if self._ended.is_set() else self._memory.marked

    @property
    def overdue(self) -> bool:
        """True where it should have begun by now."""
        return not self.opened.is_set() and self._clock.steady() >= self._due

    def look(
        self, how: str, frame: memoryview, patience: float, limit: float
    ) -> tuple[Symbol, ...] | None:
        """What it reads in a frame; None where there is no answer yet.

        An answer that is late is that of a later look, which has no part in it. Raises
        ReadingEndedError; it is to be ended then.

        Args:
            how: `wire.GLANCE` or `wire.STUDY`.
            frame: C-contiguous picture of shape (height, width, 3), uint8.
            patience: seconds after which there is no answer yet.
            limit: seconds after which it hangs; until then a busy computer is to blame.
        """
        if not frame.nbytes:
            return ()
        with self._busy:
            if self._ended.is_set() or (self._process.poll() is not None and not self._late):
                raise ReadingEndedError(self._how())
            try:
                return self._asked(how, frame, patience, limit)
            except (OSError, ValueError, Empty, wire.WireError) as error:
                at_work, shown = self._memory.marked, self._memory.sample()
                raise ReadingEndedError(self._how(error), at_work, shown) from None

    def _asked(
        self, how: str, frame: memoryview, patience: float, limit: float
    ) -> tuple[Symbol, ...] | None:
        if self._late and how == wire.STUDY:
            self._answer(limit)  # that of a glance: of another picture
        if not self._late:
            height, width, _ = frame.shape or (0, 0, 0)
            self._memory.lay(frame)
            self._due = self._clock.steady() + limit
            key, size = self._memory.key, self._memory.size
            wire.send(self._questions, wire.Look(how, height, width, key, size))
        try:
            return wire.checked(self._answer(_STEP if self._late else patience))
        except Empty:
            first, self._late = not self._late, True
            # a computer that slept meanwhile has its answer in the pipe: the next look takes it
            if self._clock.steady() < self._due or (first and patience < limit):
                return None
            msg = "it hung"
            raise wire.WireError(msg) from None

    def _answer(self, seconds: float) -> wire.Answer:
        """The answer that is due. Raises Empty where it does not come, and WireError, OSError."""
        answer = self._inbox.get(timeout=seconds)
        self._late = False
        if isinstance(answer, Exception):
            raise answer
        if answer.stumbled:
            raise wire.WireError(wire.printable(answer.stumbled))
        return answer

    def end(self) -> None:
        """End it and wipe what it was shown. Safe to call twice and while it is asked."""
        self._ended.set()
        self._process.kill()
        with contextlib.suppress(TimeoutExpired):  # one that the system itself cannot end
            self._process.wait(_END_LIMIT)
        self._thread.join(_END_LIMIT)
        with self._busy:
            for pipe in (self._questions, self._answers):
                with contextlib.suppress(OSError):
                    pipe.close()
            self._memory.close(wipe=True)

    def _attend(self) -> None:
        """Wait for its first words, then for each answer."""
        try:
            self.up = wire.exactly(self._answers, len(reading_start.UP)) == reading_start.UP
            begin = wire.Begin(self._memory.key, self._memory.size, self.without)
            wire.send(self._questions, begin)
            self.hello = wire.receive(self._answers, wire.HELLO)
            self.opened.set()
            while True:
                self._inbox.put(wire.receive(self._answers, wire.ANSWER))
        except (OSError, ValueError, wire.WireError) as error:
            if self.hello is None and not self._ended.is_set():
                _log.warning("the reading process did not begin: %s", self._how(error))
            self._inbox.put(error)
        self.opened.set()

    def _how(self, error: Exception | None = None) -> str:
        """Why it is no more, without anything that it read."""
        with contextlib.suppress(TimeoutExpired):
            return f"it ended with {self._process.wait(_EXIT)}"
        return str(error or "it was ended")


def _pipes(process: Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
    if process.stdin is None or process.stdout is None:
        msg = "a process without pipes"
        raise OSError(msg)
    return process.stdin, process.stdout  # type: ignore[return-value]  # IO[bytes] is BinaryIO
