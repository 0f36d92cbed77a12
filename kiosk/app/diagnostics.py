"""Log file, crash file and the end of a program that has a bug: told in one sentence, exit 70."""

import contextlib
import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import NoReturn, TextIO

from kiosk.adapters.disk import private_folder
from kiosk.app.discreet import DiscreetFormatter
from kiosk.ui.wording import Words

BUG_EXIT_CODE = 70
INTERRUPTED_EXIT_CODE = 130

_LOG = "kiosk.log"
_LARGEST, _KEPT = 1_000_000, 5
_FORM = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Where the program writes about itself.

    Attributes:
        file: the log file, or None where it cannot be written and standard error serves.
        crashes: open file that a crash of the interpreter is written to, or None.
    """

    file: Path | None
    crashes: TextIO | None


def start(data: Path, words: Words, end: Callable[[int], object] = os._exit) -> Diagnostics:
    """Log to `<data>/logs`, and end with one sentence where a bug shows itself.

    Args:
        data: the data folder; made where there is none.
        words: for the sentences on standard error.
        end: ends the process at once, also from within the event loop or another thread.
    """
    logging.raiseExceptions = False  # a full disk must not stop the desk
    folder = data / "logs"
    try:
        private_folder(folder)
        handler: logging.Handler = RotatingFileHandler(
            folder / _LOG, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8"
        )
        crashes = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError as error:
        say(words("diagnostics.no_log", folder=folder, cause=error.strerror))
        handler, diagnostics = logging.StreamHandler(), Diagnostics(None, None)
        handler.setLevel(logging.WARNING)
        faulthandler.enable()
    else:
        diagnostics = Diagnostics(folder / _LOG, crashes)
        faulthandler.enable(crashes)
    _listen(handler)
    _catch_bugs(diagnostics, words, end)
    return diagnostics


def note_bug(error: Exception, data: Path | None, words: Words) -> int:
    """A bug that ends a command: its trace to the log, one sentence to the terminal; exit code.

    Args:
        error: what nothing foresaw; raised again where `start` looks after bugs.
        data: the data folder, to whose log the trace goes; None where it cannot be told.
        words: for the sentence.
    """
    root = logging.getLogger()
    if any(isinstance(one.formatter, DiscreetFormatter) for one in root.handlers):
        raise error
    with in_log(data) as file:
        _log.critical("a bug ends the command", exc_info=error)
    _tell_bug(file, words)
    return BUG_EXIT_CODE


@contextlib.contextmanager
def in_log(data: Path | None) -> Iterator[Path | None]:
    """What a command logs meanwhile goes to the log of `data` and not to the terminal.

    Gives the log file, or None where none can be written and standard error serves.
    """
    handler, root = _plain_handler(data), logging.getLogger()
    handler.setFormatter(DiscreetFormatter(_FORM))
    root.addHandler(handler)
    try:
        yield Path(handler.baseFilename) if isinstance(handler, logging.FileHandler) else None
    finally:
        root.removeHandler(handler)
        handler.close()


def _plain_handler(data: Path | None) -> logging.Handler:
    """Writes to the log of `data` beside a desk that may be writing there: nothing is rotated."""
    if data is None:
        return logging.StreamHandler()
    try:
        private_folder(data / "logs")
        return logging.FileHandler(data / "logs" / _LOG, encoding="utf-8")
    except OSError:
        return logging.StreamHandler()


def _tell_bug(file: Path | None, words: Words) -> None:
    say(words("diagnostics.bug_in_log", file=file) if file else words("diagnostics.bug"))


def listen_to_qt() -> None:
    """Bring what Qt says into the log; call before the first window."""
    from PySide6.QtCore import (  # noqa: PLC0415 - commands without a window load no Qt
        QMessageLogContext,
        QtMsgType,
        qInstallMessageHandler,
    )

    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }

    def listen(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        name = f"qt.{context.category or 'default'}"
        logging.getLogger(name).log(levels.get(kind, logging.WARNING), "%s", message)

    qInstallMessageHandler(listen)


def end_at_once(code: int) -> NoReturn:
    """End without tidying up, for a program with a thread that hangs in a driver.

    Should the driver come back while Python takes itself apart, that would be an abort.
    """
    logging.shutdown()
    os._exit(code)


def say(sentence: str) -> None:
    """One sentence on standard error, where there is one and in whatever letters it has."""
    stream = sys.stderr
    if stream is None:  # a frozen program without a console
        return
    encoding = stream.encoding or "ascii"
    stream.write(sentence.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def _listen(handler: logging.Handler) -> None:
    handler.setFormatter(DiscreetFormatter(_FORM))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)


def _catch_bugs(diagnostics: Diagnostics, words: Words, end: Callable[[int], object]) -> None:
    def bug(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            end(INTERRUPTED_EXIT_CODE)
            return
        _log.critical("a bug ends the program", exc_info=(kind, error or kind(), trace))
        for handler in logging.getLogger().handlers:
            handler.flush()
        _tell_bug(diagnostics.file, words)
        end(BUG_EXIT_CODE)

    def bug_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not SystemExit:
            bug(args.exc_type, args.exc_value, args.exc_traceback)

    def noted(args: "sys.UnraisableHookArgs") -> None:
        where = (args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
        _log.error("%s", args.err_msg or "passed over while tidying up", exc_info=where)

    sys.excepthook = bug
    threading.excepthook = bug_in_thread
    sys.unraisablehook = noted
