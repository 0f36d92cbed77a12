"""The command line: which command, on which data, in which language."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk import __version__
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
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except KeyboardInterrupt:
        return diagnostics.INTERRUPTED_EXIT_CODE
    return code


def _let_every_letter_out() -> None:
    """No terminal's code page ends the program over a name; what Windows pipes on is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            piped = sys.platform == "win32" and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if piped else None, errors="backslashreplace")


def _obey(arguments: Sequence[str] | None) -> int:
    given = _parser().parse_args(arguments)
    try:
        resources = paths.resources()
    except paths.ResourcesMissingError as error:
        diagnostics.say(f"The folder `resources` is missing beside the program ({error}).")
        return WRONG_USE
    command: Callable[[argparse.Namespace, Path, Words], int] = given.command
    words = Words(_language(given), resources / "i18n")
    try:
        return command(given, resources, words)
    except SettingsError as error:
        _log.error("%s", error)
        diagnostics.say(error.told(words))
        return WRONG_USE


def _language(given: argparse.Namespace) -> Language:
    """Of sentences on the terminal: as asked, else as the terminal's locale says."""
    if given.lang:
        return Language(given.lang)
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return Language.VIETNAMESE if said.lower().startswith("vi") else Language.ENGLISH


# --- the commands; each imports what it needs, and none waits for another's libraries --------


def _run(given: argparse.Namespace, resources: Path, words: Words) -> int:
    from kiosk.app import bootstrap, run  # noqa: PLC0415

    data = paths.data_folder(given.data, os.environ)
    diagnostics.start(data, words)
    language = Language(given.lang) if given.lang else None
    equipment = bootstrap.equip(data, resources, language)
    return run.run(equipment, given.camera, full_screen=given.fullscreen)


def _demo(given: argparse.Namespace, resources: Path, words: Words) -> int:
    from kiosk.app import demo  # noqa: PLC0415

    language = Language(given.lang) if given.lang else None
    return demo.demo(given.data, given.pictures, resources, words, language)


def _decode(given: argparse.Namespace, _resources: Path, words: Words) -> int:
    from kiosk.app import decode  # noqa: PLC0415

    try:
        trusted = decode.trust(given.issuers, given.at, given.data, words)
    except decode.WrongUseError as error:
        diagnostics.say(str(error))
        return WRONG_USE
    return decode.decode(given.images, trusted, as_json=given.json)


def _verify(given: argparse.Namespace, _resources: Path, words: Words) -> int:
    from kiosk.app import verify  # noqa: PLC0415

    return verify.verify(paths.data_folder(given.data, os.environ), words, as_json=given.json)


def _register(given: argparse.Namespace, resources: Path, words: Words) -> int:
    from kiosk.app import reports  # noqa: PLC0415

    data = paths.data_folder(given.data, os.environ)
    return reports.register(given, data, resources, words)


def _inside(given: argparse.Namespace, resources: Path, words: Words) -> int:
    from kiosk.app import reports  # noqa: PLC0415

    data = paths.data_folder(given.data, os.environ)
    return reports.inside(given, data, resources, words)


def _doctor(given: argparse.Namespace, resources: Path, words: Words) -> int:
    from kiosk.app import doctor  # noqa: PLC0415

    data = paths.data_folder(given.data, os.environ)
    return doctor.doctor(data, resources, words, as_json=given.json)


def _issue(given: argparse.Namespace, resources: Path, words: Words) -> int:
    from kiosk.app import issue  # noqa: PLC0415

    return issue.issue(given, paths.data_folder(given.data, os.environ), resources, words)


def _revoke(given: argparse.Namespace, resources: Path, words: Words) -> int:
    from kiosk.app import issue  # noqa: PLC0415

    return issue.revoke(given, paths.data_folder(given.data, os.environ), resources, words)


_EXAMPLES = {
    "run": "--camera 1 --fullscreen",
    "demo": "--pictures pictures",
    "decode": "--json card.jpg",
    "register": "--day 2026-11-22 --pdf register.pdf",
    "inside": "--printer Office",
    "issue": 'staff-card --name "Nguyễn Thị Hồng" --png cards',
    "revoke": "KQ1T...",
    "verify": "--json",
    "doctor": "",
}

# --- their arguments ---------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description="Entrance-desk kiosk: reads QR codes, screens visitors, keeps the log.",
        epilog="examples:\n"
        "  kiosk                          open the desk\n"
        "  kiosk run --camera film.mp4    the desk, fed with a film\n"
        "  kiosk demo                     see it work, without camera or screen\n"
        "  kiosk register --day 2026-11-22 --pdf register.pdf\n"
        "  kiosk doctor                   is everything in order here?\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    _common(parser)
    _run_arguments(parser)
    parser.set_defaults(command=_run)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    run = _command(commands, "run", _run, "open the desk (also without any command)")
    _run_arguments(run)
    demo = _command(commands, "demo", _demo, "show the whole passage with the bundled film")
    demo.add_argument("--pictures", type=Path, metavar="DIR", help="keep pictures of the window")
    decode = _command(commands, "decode", _decode, "read the QR codes in pictures")
    decode.add_argument("images", nargs="+", metavar="IMAGE")
    decode.add_argument(
        "--issuers",
        type=Path,
        metavar="DIR",
        help="certificates (DER, PEM) and key sets (JWKS) of the issuers to trust",
    )
    decode.add_argument("--at", metavar="TIME", help="judge certificates as of then, ISO 8601")
    _json(decode)
    register = _command(
        commands, "register", _register, "the register of a day on paper or as PDF"
    )
    register.add_argument("--day", metavar="YYYY-MM-DD", help="default: today")
    _paper(register)
    _paper(_command(commands, "inside", _inside, "who is in the building"))
    _issue_arguments(
        _command(commands, "issue", _issue, "mint staff cards, invitations, emergency slips")
    )
    revoke = _command(commands, "revoke", _revoke, "take codes of ours back")
    revoke.add_argument("codes", nargs="+", metavar="CODE")
    _json(_command(commands, "verify", _verify, "check that the log is as it was written"))
    _json(_command(commands, "doctor", _doctor, "check camera, printers, fonts, file, clock"))
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    command: Callable[[argparse.Namespace, Path, Words], int],
    told: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=told,
        description=told[:1].upper() + told[1:] + ".",
        epilog=f"example: kiosk {name} {_EXAMPLES[name]}".rstrip(),
    )
    _common(parser)
    parser.set_defaults(command=command)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    quiet = argparse.SUPPRESS if parser.prog != "kiosk" else None
    parser.add_argument(
        "--data", type=Path, metavar="DIR", default=quiet, help="data folder of this desk"
    )
    parser.add_argument("--lang", choices=[str(language) for language in Language], default=quiet)


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    quiet = argparse.SUPPRESS if parser.prog != "kiosk" else None
    parser.add_argument(
        "--camera",
        metavar="SOURCE",
        default=quiet,
        help='an index, a device, a film, a folder of pictures, a stream; "" for none',
    )
    size = parser.add_mutually_exclusive_group()
    shown = argparse.SUPPRESS if parser.prog != "kiosk" else False
    size.add_argument("--fullscreen", action="store_true", default=shown)
    size.add_argument("--windowed", dest="fullscreen", action="store_false", default=shown)


def _issue_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("staff-card", "invitation", "emergency-slip"))
    parser.add_argument("--name", help="of the holder; an emergency slip has none")
    parser.add_argument("--id-number", metavar="NUMBER", help="document number of the holder")
    parser.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help="of an invitation")
    parser.add_argument("--until", metavar="YYYY-MM-DD", help="of an invitation")
    parser.add_argument("--count", default="1", help="how many emergency slips")
    parser.add_argument("--png", type=Path, metavar="DIR", help="write the symbols there")
    _json(parser)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _paper(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--pdf", type=Path, metavar="FILE", help="write a PDF file")
    where.add_argument("--printer", metavar="NAME", help="print on this printer")
    where.add_argument("--json", action="store_true", help="one JSON object a visit")
