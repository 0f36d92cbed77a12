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
from kiosk.ui.wording import Language, Words

_log = logging.getLogger(__name__)

REFUSED = 1
WRONG_USE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code: 0, 1 refused, 2 wrong use, 70 a bug.

    130 after Ctrl-C, and 1 where the reader of its output went away.
    """
    _let_every_letter_out()
    try:
        code = _obey(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:  # `kiosk decode ... | head`
        _give_up_stdout()
        return REFUSED
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _give_up_stdout()
        diagnostics.say("The disk is full, so not everything was written.")
        return REFUSED
    except KeyboardInterrupt:
        return diagnostics.INTERRUPTED_EXIT_CODE
    return code


def _give_up_stdout() -> None:
    """Nobody takes what is still to be said; Python would try once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _let_every_letter_out() -> None:
    """No terminal's code page ends the program over a name; what Windows pipes on is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            piped = sys.platform == "win32" and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if piped else None, errors="backslashreplace")


def _obey(arguments: Sequence[str] | None) -> int:
    given = words_of.parser().parse_args(arguments)
    try:
        resources = paths.resources()
    except paths.ResourcesMissingError as error:
        diagnostics.say(f"The folder `resources` is missing beside the program ({error}).")
        return WRONG_USE
    command: Callable[[argparse.Namespace, Path, Words], int] = given.command
    words = Words(_language(given, resources), resources / "i18n")
    try:
        return command(given, resources, words)
    except SettingsError as error:
        _log.error("%s", error)
        diagnostics.say(error.told(words))
        return WRONG_USE
    except paths.NoSuchHomeError as error:
        diagnostics.say(words("diagnostics.no_home", folder=error))
        return WRONG_USE
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _TOLD_BY_MAIN:
            raise
        return diagnostics.note_bug(error, _log_folder(given), words)


_TOLD_BY_MAIN = (errno.EPIPE, errno.ENOSPC)


def _log_folder(given: argparse.Namespace) -> Path | None:
    """The data folder of this command, as far as it can be told."""
    try:
        return paths.data_folder(getattr(given, "data", None), os.environ)
    except paths.NoSuchHomeError:
        return None


def _language(given: argparse.Namespace, resources: Path) -> Language:
    """Of sentences on the terminal: as asked, as the office's settings, as the locale says."""
    from kiosk.app.settings import office_language  # noqa: PLC0415

    if given.lang:
        return Language(given.lang)
    folder = _log_folder(given)
    if folder is not None and (set_up := office_language(folder, resources)):
        return set_up
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return Language.VIETNAMESE if said.lower().startswith("vi") else Language.ENGLISH
