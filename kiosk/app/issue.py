"""`kiosk issue` and `kiosk revoke`: codes of our own, with their papers, and taken back."""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.adapters.qr_symbol import save_png
from kiosk.adapters.sqlite.store import Store
from kiosk.adapters.told_prints import FolderOfTold
from kiosk.app import diagnostics, first_start, paper
from kiosk.app.equipment import Equipment, equip
from kiosk.app.issuing_file import with_issuing
from kiosk.app.print_record import Record, Sheet
from kiosk.domain.person import Person, one_line
from kiosk.domain.screening import Destination
from kiosk.domain.staff import Post
from kiosk.ports.document import Document, Paper
from kiosk.ports.print_jobs import Printed
from kiosk.ports.printer import Printer, PrinterError
from kiosk.services.emergency_slip import emergency_document
from kiosk.services.invitation import Guest, Host, invitation, invitations
from kiosk.services.issuing import Issuing, Minted
from kiosk.services.staff_cards import staff_cards
from kiosk.services.staff_import import carry_out, plan_card
from kiosk.services.staff_office import meant
from kiosk.ui.staff_words import sentence
from kiosk.ui.wording import Language, Words

DONE, REFUSED, WRONG_USE = 0, 1, 2
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Issued:
    """What was minted, and how it goes on paper.

    Attributes:
        minted: the codes.
        paper: a document of all of them.
        printed, subject: what it is, for the record of prints.
        pictures: a document of each, to be sent; empty where a picture shows the symbol alone.
    """

    minted: tuple[Minted, ...]
    paper: Document
    printed: Printed
    subject: str
    pictures: tuple[Document, ...] = ()


Mint = Callable[[Store, Issuing], Issued]


class _RefusedError(Exception):
    """What was asked for is somebody else's; `args[0]` says it in a sentence."""


def issue(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Mint what was asked for, print it, say a line each; the exit code.

    What cannot be printed or written is not issued: a code is never shown again.
    """
    language = Language(given.lang) if given.lang else None
    equipment = equip(data, resources, language)
    try:
        mint = _mint(given, equipment)
    except ValueError as error:
        diagnostics.say(words("command.issue.wrong", mistake=repr(error.args[0])))
        return WRONG_USE

    def work(store: Store, issuing: Issuing) -> int:
        application, printer = paper.qt_printer(resources, equipment.settings.printer)
        try:
            with issuing.together():
                issued = mint(store, issuing)
                pictures = _pictures(given.png, issued, printer)
                where = _deliver(given, equipment, issued, printer)
        except PrinterError as problem:
            with diagnostics.in_log(equipment.data.path):
                diagnostics.say(paper.trouble(problem, printer.printers(), words))
            return REFUSED
        except (ValueError, _RefusedError, OSError) as problem:
            sentence, code = _told(problem, given, words)
            diagnostics.say(sentence)
            return code
        finally:
            del application
        if where or (given.png and issued.pictures):  # a symbol alone names nobody
            first_start.tell_of_sample_names(data, resources, words)
        paper.told_if_held_up(printer, given.printer, words)
        for one, picture in zip(issued.minted, pictures, strict=True):
            print(_as_json(one, picture) if given.json else _as_line(one, picture))
        if where and not given.json:
            print(where)
        return DONE

    return with_issuing(equipment, words, work)


def _told(
    problem: ValueError | _RefusedError | OSError, given: argparse.Namespace, words: Words
) -> tuple[str, int]:
    """The sentence and the exit code."""
    match problem:
        case ValueError():
            return words("command.issue.wrong", mistake=repr(problem.args[0])), WRONG_USE
        case OSError():
            file = problem.filename or given.png
            return words("command.issue.not_written", file=file), REFUSED
        case _:
            return str(problem), REFUSED


def revoke(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Take codes back, and cards of staff by their number or name; the exit code."""
    equipment = equip(data, resources, words.language)

    def take_back(store: Store, issuing: Issuing) -> int:
        code = DONE
        for given_code in given.codes:
            if issuing.revoke(given_code) is None:
                diagnostics.say(words("command.issue.unknown", code=repr(given_code)))
                code = REFUSED
        for who in given.staff:
            if trouble := _take_card_back(who, store, issuing, words):
                diagnostics.say(trouble)
                code = REFUSED
        return code

    if not given.codes and not given.staff:
        diagnostics.say(words("command.issue.wrong", mistake="CODE"))
        return WRONG_USE
    return with_issuing(equipment, words, take_back)


def _take_card_back(who: str, store: Store, issuing: Issuing, words: Words) -> str:
    """Why no card was taken back; "" where one was."""
    holders = [member for member in store.staff.members() if member.has_card]
    found = meant(who, holders)
    if not found:
        return words("cards.staff.not_found", who=repr(who))
    if len(found) > 1:
        return words("cards.staff.several", who=repr(who), count=len(found))
    issuing.revoke_staff_card(found[0].known.person_id)
    return ""


def _mint(given: argparse.Namespace, equipment: Equipment) -> Mint:
    """What is to be minted. Raises ValueError."""
    if given.what == "emergency-slip":
        return _emergency_slips(given, equipment)
    name = _tidy(given.name)
    if not name:
        raise ValueError("--name")  # noqa: EM101 - the option that is missing
    person = Person(name, id_number="".join((given.id_number or "").split()).upper())
    if given.what == "staff-card":
        return _staff_card(given, equipment, person)
    return _invitation(given, equipment, person)


def _emergency_slips(given: argparse.Namespace, equipment: Equipment) -> Mint:
    count, say = _count(given.count), equipment.words

    def mint(_store: Store, issuing: Issuing) -> Issued:
        minted, office = issuing.emergency_slips(count), equipment.office
        page = (Paper(given.paper), office, equipment.rules.card, say, say.in_other())
        document = emergency_document(minted, *page)
        return Issued(minted, document, Printed.EMERGENCY_SLIPS, str(count))

    return mint


def _staff_card(given: argparse.Namespace, equipment: Equipment, person: Person) -> Mint:
    post = Post(_tidy(given.number).upper(), _tidy(given.unit), _tidy(given.position))

    def mint(store: Store, issuing: Issuing) -> Issued:
        say = equipment.words
        planned = plan_card(person, post, store.directory, store.staff)
        if planned.change is None:
            raise _RefusedError(" ".join(sentence(one, say) for one in planned.line.findings))
        (card,) = carry_out([planned], issuing, lambda _cards: None)
        document = staff_cards([card], equipment.office, say, say.in_other())
        return Issued((card.minted,), document, Printed.STAFF_CARDS, "1")

    return mint


def _invitation(given: argparse.Namespace, equipment: Equipment, person: Person) -> Mint:
    first = date.fromisoformat(given.first or "")
    last = date.fromisoformat(given.until) if given.until else first
    count = _count(given.group)
    if count > 1 and person.id_number:
        raise ValueError("--id-number")  # noqa: EM101 - a group has none
    say = equipment.words
    host = Host(equipment.office, equipment.rules.card, say, say.in_other())
    to = Destination(_tidy(given.unit), _tidy(given.host), _tidy(given.purpose))

    def guest(issuing: Issuing, number: int) -> Guest:
        named = person
        if count > 1:
            group = {"name": person.name, "number": number, "count": count}
            named = Person(say("cards.invitation.group", **group))
        return Guest(issuing.invitation(named, first, last, to), person.name, number, count)

    def mint(_store: Store, issuing: Issuing) -> Issued:
        guests = [guest(issuing, number) for number in range(1, count + 1)]
        return Issued(
            tuple(one.minted for one in guests),
            invitations(guests, host),
            Printed.INVITATION,
            first.isoformat(),
            tuple(invitation(one, host) for one in guests),
        )

    return mint


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= MOST_AT_ONCE:
        raise ValueError(text)
    return count


def _tidy(text: str | None) -> str:
    return " ".join(one_line(text or "").split())


def _deliver(
    given: argparse.Namespace, equipment: Equipment, issued: Issued, printer: Printer
) -> str:
    """Where the paper is now; "" where none was asked for. Raises PrinterError."""
    if not given.pdf and not given.printer:
        return ""
    record = Record(FolderOfTold(equipment.data.path), equipment.clock)
    to = paper.target(given.pdf, given.printer, Path())
    return record.print(Sheet(issued.printed, issued.subject, issued.paper), printer, to)


def _pictures(folder: Path | None, issued: Issued, printer: Printer) -> Sequence[Path | None]:
    """Where each was written, named by kind and number, never by what somebody typed."""
    if folder is None:
        return [None] * len(issued.minted)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, minted in enumerate(issued.minted, start=1):
        path = folder / f"{minted.scheme}-{minted.number or minted.code[-8:]}-{number}.png"
        if issued.pictures:
            printer.write_png(path, issued.pictures[number - 1])
        else:
            save_png(minted.code, path)
        paths.append(path)
    return paths


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
