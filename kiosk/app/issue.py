"""`kiosk issue` and `kiosk revoke`: codes of our own, until their paper is printed at the desk."""

import argparse
import json
import secrets
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from kiosk.adapters.qr_symbol import save_png
from kiosk.adapters.sqlite.store import open_store
from kiosk.app import bootstrap, diagnostics, paper
from kiosk.app.bootstrap import Equipment
from kiosk.app.run import told
from kiosk.domain.person import Person, one_line
from kiosk.ports.document import Paper
from kiosk.ports.logbook import LogbookError
from kiosk.ports.printer import PrinterError
from kiosk.services.emergency_slip import emergency_document
from kiosk.services.issuing import Issuing, Minted
from kiosk.ui.wording import Words

DONE, REFUSED, WRONG_USE = 0, 1, 2
MOST_AT_ONCE = 500


def issue(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Mint what was asked for, print a line each; the exit code."""
    try:
        work = _work(given)
    except ValueError as error:
        diagnostics.say(words("command.issue.wrong", mistake=repr(error.args[0])))
        return WRONG_USE

    equipment = bootstrap.equip(data, resources, words.language)

    def mint(issuing: Issuing) -> int:
        try:
            with (
                issuing.together()
            ):  # a code that is on no paper is worth nothing: only digests stay
                minted = work(issuing)
                where = _on_paper(given, minted, equipment)
            for number, one in enumerate(minted, start=1):
                picture = _picture(given.png, one, number)
                print(_as_json(one, picture) if given.json else _as_line(one, picture))
            if where and not given.json:
                print(where)
        except PrinterError as problem:
            known = paper.qt_printer(resources / "fonts")[1].printers()
            diagnostics.say(paper.trouble(problem, known, words))
            return REFUSED
        except ValueError as error:
            diagnostics.say(words("command.issue.wrong", mistake=repr(error.args[0])))
            return WRONG_USE
        except OSError as error:
            diagnostics.say(words("command.issue.not_written", file=error.filename or given.png))
            return REFUSED
        return DONE

    return _with_file(data, resources, words, mint)


def revoke(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Take codes back; the exit code."""

    def take_back(issuing: Issuing) -> int:
        missing = [code for code in given.codes if issuing.revoke(code) is None]
        for code in missing:
            diagnostics.say(words("command.issue.unknown", code=repr(code)))
        return REFUSED if missing else DONE

    return _with_file(data, resources, words, take_back)


def _with_file(data: Path, resources: Path, words: Words, work: Callable[[Issuing], int]) -> int:
    equipment = bootstrap.equip(data, resources, words.language)
    folder, clock = equipment.data, equipment.clock
    try:
        folder.claim()
        try:
            store = open_store(folder, clock, equipment.settings.gate.id)
            try:
                return work(
                    Issuing(store.directory, store.staff, clock, secrets.token_bytes, folder.key())
                )
            finally:
                store.close()
        finally:
            folder.release()
    except LogbookError as error:
        diagnostics.say(told(error, data, words))
        return REFUSED


def _work(given: argparse.Namespace) -> Callable[[Issuing], tuple[Minted, ...]]:
    """What is to be minted. Raises ValueError."""
    if given.what != "emergency-slip" and (given.pdf or given.printer):
        raise ValueError("--pdf")  # noqa: EM101 - cards and invitations: pictures only
    if given.what == "emergency-slip":
        count = int(given.count)
        if not 1 <= count <= MOST_AT_ONCE:
            raise ValueError(given.count)
        return lambda issuing: issuing.emergency_slips(count)
    name = " ".join(one_line(given.name or "").split())
    if not name:
        raise ValueError("--name")  # noqa: EM101 - the option that is missing
    person = Person(name, id_number="".join((given.id_number or "").split()).upper())
    if given.what == "staff-card":
        return lambda issuing: (issuing.staff_card(person),)
    first = date.fromisoformat(given.first or "")
    last = date.fromisoformat(given.until) if given.until else first
    return lambda issuing: (issuing.invitation(person, first, last),)


def _on_paper(
    given: argparse.Namespace, minted: Sequence[Minted], equipment: Equipment
) -> str | None:
    """Where the slips are now; None where no paper was asked for. Raises PrinterError."""
    if not given.pdf and not given.printer:
        return None
    document = emergency_document(
        minted,
        Paper(given.paper),
        equipment.office,
        equipment.rules.card,
        equipment.words,
        equipment.words.in_other(),
    )
    application, printer = paper.qt_printer(equipment.resources / "fonts")
    try:
        return paper.deliver(document, printer, paper.target(given.pdf, given.printer, Path()))
    finally:
        del application


def _picture(folder: Path | None, minted: Minted, number: int) -> Path | None:
    """Where the symbol was written, named by kind and number, never by what somebody typed."""
    if folder is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{minted.scheme}-{minted.number or minted.code[-8:]}-{number}.png"
    save_png(minted.code, path)
    return path


def _as_json(minted: Minted, picture: Path | None) -> str:
    fields = {
        "scheme": minted.scheme.value,
        "code": minted.code,
        "from": minted.day.isoformat(),
        "until": minted.until.isoformat() if minted.until else None,
        "number": minted.number,
        "name": minted.name,
        "picture": str(picture) if picture else None,
    }
    return json.dumps(fields, ensure_ascii=False)


def _as_line(minted: Minted, picture: Path | None) -> str:
    said = (minted.scheme.value, minted.number, minted.name, minted.code, str(picture or ""))
    return "  ".join(part for part in said if part)
