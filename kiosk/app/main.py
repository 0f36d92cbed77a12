"""The command line: which command, on which data, in which language."""

import argparse
import errno
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.app import arguments as words_of
from kiosk.app import diagnostics, paths
from kiosk.app.toml_file import SettingsError
from kiosk.ui.wording import Language, Words, WordsError

_log = logging.getLogger(__name__)

REFUSED = 1
WRONG_USE = 2

# what has to be said where the sentences themselves cannot be read
_NO_RESOURCES = (
    "Thiếu thư mục `resources` bên cạnh chương trình; xin chép lại cả thư mục chương trình"
    " / The folder `resources` is missing beside the program; please copy the whole program again"
    " ({folders})."
)
_NO_WORDS = (
    "Không đọc được các câu chữ của chương trình; xin chép lại tệp này từ bản gốc"
    " / The program's sentences cannot be read; please copy this file from the original again"
    " ({file})."
)
_FULL = "Ổ đĩa đã đầy nên chưa ghi được hết / The disk is full, so not everything was written."

_DISK_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_TOLD_BY_MAIN = (errno.EPIPE, *_DISK_FULL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code: 0, 1 refused, 2 wrong use, 70 a bug.

    130 after Ctrl-C, and 1 where the reader of its output went away.
    """
    _let_every_letter_out()
    words: Words | None = None
    try:
        given = words_of.parser().parse_args(arguments)
        resources = paths.resources()
        words = Words(_language(given, resources), resources / "i18n")
        code = _obey(given, resources, words)
        if sys.stdout is not None:
            sys.stdout.flush()
    except paths.ResourcesMissingError as error:
        diagnostics.say(_NO_RESOURCES.format(folders=error))
        return WRONG_USE
    except WordsError as error:
        diagnostics.say(_NO_WORDS.format(file=error))
        return WRONG_USE
    except BrokenPipeError:  # `kiosk decode ... | head`
        _give_up_stdout()
        return REFUSED
    except OSError as error:
        if error.errno not in _DISK_FULL:
            raise
        _give_up_stdout()
        diagnostics.say(words("diagnostics.disk_full") if words else _FULL)
        return REFUSED
    except KeyboardInterrupt:
        return diagnostics.INTERRUPTED_EXIT_CODE
    return code


def _give_up_stdout() -> None:
    """Nobody takes what is still to be said; Python would try once more at its end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _let_every_letter_out() -> None:
    """No terminal's code page ends the program over a name; what Windows pipes on is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            piped = sys.platform == "win32" and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if piped else None, errors="backslashreplace")


def _obey(given: argparse.Namespace, resources: Path, words: Words) -> int:
    command: Callable[[argparse.Namespace, Path, Words], int] = given.command
    try:
        return command(given, resources, words)
    except SettingsError as error:
        _log.error("%s", error)
        diagnostics.say(error.told(words))
        return WRONG_USE
    except paths.NoSuchHomeError as error:
        diagnostics.say(words("diagnostics.no_home", folder=error))
        return WRONG_USE
    except WordsError:  # of the second language
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _TOLD_BY_MAIN:
            raise
        return diagnostics.note_bug(error, _log_folder(given), words)


def _log_folder(given: argparse.Namespace) -> Path | None:
    """The data folder of this command, as far as it can be told."""
    try:
        return paths.data_folder(getattr(given, "data", None), os.environ)
    except paths.NoSuchHomeError:
        return None


def _language(given: argparse.Namespace, resources: Path) -> Language:
    """Of sentences on the terminal: as asked, as the office's settings, as the locale says.

    Vietnamese where the locale names no language at all, as on Windows and under cron.
    """
    from kiosk.app.settings import office_language  # noqa: PLC0415

    if given.lang:
        return Language(given.lang)
    folder = _log_folder(given)
    if folder is not None and (set_up := office_language(folder, resources)):
        return set_up
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    language = said.split(".")[0].lower()
    vietnamese = language in {"", "c", "posix"} or language.startswith("vi")
    return Language.VIETNAMESE if vietnamese else Language.ENGLISH
