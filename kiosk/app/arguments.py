"""The words of the command line: which commands there are, and what each may be given."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kiosk import __version__
from kiosk.app import commands
from kiosk.ui.wording import Language, Words

Command = Callable[[argparse.Namespace, Path, Words], int]
"""Gets what was said, the program's own files and the sentences; answers the exit code."""


def parser() -> argparse.ArgumentParser:
    """Of the whole command line; what it reads has the Command as `command`."""
    whole = argparse.ArgumentParser(
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
    whole.add_argument("--version", action="version", version=f"kiosk {__version__}")
    _common(whole)
    _run_arguments(whole)
    whole.set_defaults(command=commands.run)
    under = whole.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, command: Command, told: str, example: str) -> argparse.ArgumentParser:
        one = under.add_parser(
            name,
            help=told,
            description=told[:1].upper() + told[1:] + ".",
            epilog=f"example: kiosk {name} {example}".rstrip(),
        )
        _common(one)
        one.set_defaults(command=command)
        return one

    _desk(add)
    _papers(add)
    _codes(add)
    _erasing(add)
    verify = add("verify", commands.verify, "check that the log is as it was written", "--json")
    verify.add_argument(
        "--fingerprint", default="", help="of a paper that was signed: the log must have had it"
    )
    _json(verify)
    _camera_check(add)
    _json(add("doctor", commands.doctor, "check camera, printers, fonts, file, clock", ""))
    return whole


Add = Callable[[str, Command, str, str], argparse.ArgumentParser]
"""Adds a command: its name, what does it, what it is for, and an example of its arguments."""


def _desk(add: Add) -> None:
    _run_arguments(
        add("run", commands.run, "open the desk (also without any command)", "--camera 1")
    )
    demo = add(
        *("demo", commands.demo, "show the whole passage with the bundled film"),
        "--pictures pictures",
    )
    demo.add_argument("--pictures", type=Path, metavar="DIR", help="keep pictures of the window")
    decode = add("decode", commands.decode, "read the QR codes in pictures", "--json card.jpg")
    decode.add_argument("images", nargs="+", metavar="IMAGE")
    decode.add_argument(
        "--issuers",
        type=Path,
        metavar="DIR",
        help="certificates (DER, PEM) and key sets (JWKS) of the issuers to trust",
    )
    decode.add_argument("--at", metavar="TIME", help="judge certificates as of then, ISO 8601")
    _json(decode)


def _camera_check(add: Add) -> None:
    check = add(
        *("camera-check", commands.camera_check, "is the camera sharp, bright, near enough"),
        "--seconds 60",
    )
    check.add_argument("--camera", metavar="SOURCE", help="default: that of the settings")
    check.add_argument("--seconds", type=int, default=60, metavar="N", help="1 to 600; default 60")
    _json(check)


def _papers(add: Add) -> None:
    register = add(
        *("register", commands.register, "the register of a day on paper or as PDF"),
        "--day 2026-11-22 --pdf register.pdf",
    )
    register.add_argument("--day", metavar="YYYY-MM-DD", help="default: today")
    _copy(register)
    _paper(register)
    inside = add("inside", commands.inside, "who is in the building", "--printer Office")
    _copy(inside)
    _paper(inside)
    closing = add(
        *("closing", commands.closing, "close a day: figures, who did not scan out, signatures"),
        "--day 2026-11-22 --printer Office",
    )
    closing.add_argument("--day", metavar="YYYY-MM-DD", help="default: today")
    _copy(closing)
    _paper(closing)

    _json(add("prints", commands.prints, "what waits for paper, and today's prints", "--json"))
    poster = add(
        *("poster", commands.poster, "the poster of the place, with a code of 15 cm or more"),
        "--paper a3 --text https://... --pdf poster.pdf",
    )
    poster.add_argument("--paper", choices=("a4", "a3"), default="a4")
    content = poster.add_mutually_exclusive_group()
    content.add_argument("--text", metavar="TEXT", help="what the code says; default: settings")
    content.add_argument(
        "--image", type=Path, metavar="FILE", help="a picture of a code, PNG or JPEG, as it is"
    )
    _paper(poster, listed=False)

    test = add(
        *("test-page", commands.test_page, "letters and codes that get smaller"),
        "--paper roll_80 --printer Receipt",
    )
    test.add_argument("--paper", choices=("a4", "a6", "roll_80", "roll_58"), default="a4")
    test.add_argument("--dpi", choices=(203, 300, 600), type=int, help="dots of the printer")
    _paper(test, listed=False)


def _codes(add: Add) -> None:
    issue = add(
        *("issue", commands.issue, "mint staff cards, invitations, emergency slips"),
        'invitation --name "Lê An" --from 2026-11-22 --pdf a.pdf',
    )
    issue.add_argument("what", choices=("staff-card", "invitation", "emergency-slip"))
    issue.add_argument("--name", help="of the holder or the group; an emergency slip has none")
    issue.add_argument("--id-number", metavar="NUMBER", help="document number of the holder")
    issue.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help="of an invitation")
    issue.add_argument("--until", metavar="YYYY-MM-DD", help="of an invitation")
    issue.add_argument("--unit", help="where the holder works, or whom the guest visits")
    issue.add_argument("--position", help="of a member of staff")
    issue.add_argument("--number", help="staff number")
    issue.add_argument("--host", help="whom the guest visits")
    issue.add_argument("--purpose", help="of the guest")
    issue.add_argument("--group", default="1", metavar="N", help="so many guests, a code each")
    issue.add_argument("--count", default="1", help="how many emergency slips")
    issue.add_argument("--png", type=Path, metavar="DIR", help="write a picture of each there")
    issue.add_argument(
        "--paper",
        choices=("a4", "a6", "roll_80", "roll_58"),
        default="a4",
        help="of emergency slips: three on a sheet, or one a piece",
    )
    where = issue.add_mutually_exclusive_group()
    where.add_argument("--pdf", type=Path, metavar="FILE", help="write a PDF file")
    where.add_argument("--printer", metavar="NAME", help="print on this printer")
    _json(issue)
    revoke = add("revoke", commands.revoke, "take codes of ours back", "--staff CB-012")
    revoke.add_argument("codes", nargs="*", metavar="CODE")
    revoke.add_argument(
        "--staff", action="append", default=[], metavar="WHO", help="the card of this staff member"
    )
    staff = add(
        *("import-staff", commands.import_staff, "keep a staff list and print its cards"),
        "staff.xlsx --dry-run",
    )
    staff.add_argument("file", type=Path, metavar="FILE", help="CSV, XLSX, XLS or ODS")
    staff.add_argument("--dry-run", action="store_true", help="only show what would be done")
    staff.add_argument("--reissue", action="store_true", help="new cards for everybody listed")
    to = staff.add_mutually_exclusive_group()
    to.add_argument(
        "--pdf",
        type=Path,
        metavar="FILE",
        help="cards into this PDF file; default: staff-cards.pdf in the folder prints of the data",
    )
    to.add_argument("--printer", metavar="NAME", help="cards on this printer")
    _json(staff)


def _erasing(add: Add) -> None:
    forget = add(
        *("forget", commands.forget, "erase somebody who asks for it"),
        "--number 091185000036 --yes",
    )
    forget.add_argument("--number", help="document, insurance or phone number")
    forget.add_argument("--name", help="the whole name; diacritics do not matter")
    forget.add_argument("--born", type=int, metavar="YEAR", help="of several, who was born then")
    forget.add_argument("--all", action="store_true", help="everybody that was found")
    forget.add_argument("--yes", action="store_true", help="erase; without it, only show")
    _json(forget)
    retention = add(
        *("retention", commands.retention, "erase now what is over, as the desk does daily"),
        "--dry-run",
    )
    retention.add_argument("--dry-run", action="store_true", help="only count what is over")
    retention.add_argument(
        "--clock-is-right", action="store_true", help="erase though the clock seems to have jumped"
    )
    _json(retention)


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
    parser.add_argument(
        "--new-key",
        action="store_true",
        default=shown,
        help="make a new office.key: the old one is lost, and what was issued is refused from now",
    )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _copy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--copy", action="store_true", help="mark every page as a copy")


def _paper(parser: argparse.ArgumentParser, *, listed: bool = True) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--pdf",
        type=Path,
        metavar="FILE",
        help="write a PDF file; default: one in the folder prints of the data folder",
    )
    where.add_argument("--png", type=Path, metavar="FILE", help="write a picture of each page")
    where.add_argument("--printer", metavar="NAME", help="print on this printer")
    if listed:
        where.add_argument("--json", action="store_true", help="one JSON object a visit")
