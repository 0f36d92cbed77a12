"""The desk's reader: decoders in a process of their own, started anew when one of them crashes."""

import logging
from collections import deque

import numpy as np

from kiosk.adapters import reading_start
from kiosk.adapters import reading_wire as wire
from kiosk.adapters.frame_memory import sample
from kiosk.adapters.reading import LadderReader, open_reader
from kiosk.adapters.reading_deaths import Deaths
from kiosk.adapters.reading_process import START_LIMIT, ReadingEndedError, ReadingProcess
from kiosk.ports.clock import Clock
from kiosk.ports.decoder import DecodersEndedError, Symbol

PATIENCE = 0.7
"""Seconds of one look at a live frame: after it the picture goes on, and nothing was read."""

HANG_LIMIT = 5.0
"""Seconds after which the process hangs and is replaced. The slowest decoder takes 0.1 of the
processor at 1280x720; a machine with four times the work that it can do made 1.1 of it, and to
start anew there would only make it worse."""

STUDY_LIMIT = 60.0
"""Seconds for a still picture of up to 64 megapixels."""

_MOST_KILLERS = 16

_log = logging.getLogger(__name__)


class ReaderApart:
    """Survives its decoders: a frame that ended them is passed over, and the next one is read.

    While the decoders start again, some tenths of a second, nobody looks at live frames.

    Thread: one at a time; `close` from any.
    """

    def __init__(self, clock: Clock, words: list[str] | None = None) -> None:
        """Start the process. Raises OSError.

        Args:
            clock: of the desk.
            words: command line of the process, in place of our own.
        """
        self._clock = clock
        self._words = words or reading_start.command()
        self._deaths = Deaths()
        self._killers: deque[bytes] = deque(maxlen=_MOST_KILLERS)
        self._closed = False
        self._decoders: frozenset[str] | None = None
        self._process: ReadingProcess | None = None
        self._process = self._started()

    @property
    def decoders(self) -> frozenset[str]:
        """The decoders that are there; none while they die again and again."""
        if self._decoders is None:
            self._waited_for()
        return self._decoders or frozenset()

    @property
    def missing(self) -> tuple[str, ...]:
        """Why a decoder is not there, one sentence each."""
        process = self._waited_for()
        return process.hello.missing if process and process.hello else ()

    @property
    def began(self) -> bool:
        """True where the process could be started at all, whatever its decoders did then."""
        process = self._process
        return process is not None and process.opened.wait(START_LIMIT) and process.up

    @property
    def rests(self) -> bool:
        """False: each glance looks."""
        return False

    def glance(self, frame: memoryview) -> tuple[Symbol, ...] | None:
        """What one look reads; None where that look ends the decoders, or is not over yet."""
        process = self._at_hand()
        if process is None or process.hello is None or self._is_killer(frame):
            return None
        try:
            symbols = process.look(wire.GLANCE, frame, PATIENCE, HANG_LIMIT)
        except ReadingEndedError as end:
            self._bury(process, end)
            return None
        if symbols is not None:
            self._decoders = process.hello.decoders
        return symbols

    def study(self, frame: memoryview) -> tuple[Symbol, ...]:
        """What a still picture holds. Raises DecodersEndedError where it ends the decoders."""
        process = self._waited_for()
        if process is None or self._is_killer(frame):
            raise DecodersEndedError
        try:
            symbols = process.look(wire.STUDY, frame, STUDY_LIMIT, STUDY_LIMIT)
        except ReadingEndedError as end:
            self._bury(process, end)
            raise DecodersEndedError from None
        return symbols or ()

    def close(self) -> None:
        """End the process."""
        self._closed = True
        process = self._process
        if process is not None:
            process.end()

    def _at_hand(self) -> ReadingProcess | None:
        """The process where it can be asked now; else it is started again when it is time."""
        now = self._clock.steady()
        process = self._process
        if process is None:
            self._process = self._restarted()
        elif process.overdue:
            self._bury(process, ReadingEndedError("it did not begin in time", process.marked))
        elif not process.opened.is_set():
            pass
        elif process.hello is None:
            self._bury(process, ReadingEndedError("it did not begin", process.marked))
        elif process.without != self._deaths.left_out(now):  # a decoder may come back
            process.end()
            self._process = self._restarted()
        else:
            if self._decoders != frozenset():  # else it has to survive a look first
                self._decoders = process.hello.decoders
            return process
        return None

    def _waited_for(self) -> ReadingProcess | None:
        """The process once it can be asked; None where it does not begin."""
        for _ in range(2):
            if (process := self._at_hand()) is not None:
                return process
            if self._process is not None:
                self._process.opened.wait(START_LIMIT)
        return self._at_hand()

    def _restarted(self) -> ReadingProcess | None:
        """A new process, at once or after some tries; None where it is to be tried later."""
        while not self._closed and self._may_start():
            try:
                return self._started()
            except OSError as error:
                _log.warning("the reading process does not start: %s", error.strerror)
                self._deaths.note("", self._clock.steady())
        self._decoders = frozenset()
        return None

    def _may_start(self) -> bool:
        now = self._clock.steady()
        return now >= self._deaths.next_start(now)

    def _started(self) -> ReadingProcess:
        left_out = self._deaths.left_out(self._clock.steady())
        process = ReadingProcess(self._words, left_out, self._clock)
        if self._closed:  # meanwhile, from another thread
            process.end()
        return process

    def _bury(self, process: ReadingProcess, end: ReadingEndedError) -> None:
        process.end()
        self._process = None
        if self._closed:
            return
        decoder = wire.printable(end.decoder) or "none"
        _log.error("the reading process is no more (%s); at work: %s", end.how, decoder)
        if end.frame:
            self._killers.append(end.frame)
        self._deaths.note(end.decoder, self._clock.steady())
        self._process = self._restarted()

    def _is_killer(self, frame: memoryview) -> bool:
        return bool(self._killers) and sample(np.asarray(frame)) in self._killers


def open_reader_apart(clock: Clock) -> ReaderApart | LadderReader:
    """The desk's reader; in the desk's own process where no other can be started."""
    try:
        reader = ReaderApart(clock)
    except OSError as error:
        _log.warning("no reading process can be started: %s", error.strerror)
        return open_reader()
    if reader.began:
        return reader
    _log.warning("the reading process does not begin; the desk reads by itself")
    reader.close()
    return open_reader()
