"""Papers from the command line: where a document goes, and the same rows as JSON."""

import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, tzinfo
from pathlib import Path
from threading import Event

from PySide6.QtGui import QGuiApplication

from kiosk.adapters.disk import private_folder
from kiosk.adapters.printers import Printers, open_printers
from kiosk.app import diagnostics, paths
from kiosk.app.settings import PrinterSettings
from kiosk.domain.log import Visit, of_somebody, to_text
from kiosk.ports.document import Document
from kiosk.ports.printer import NotWrittenError, Printer, PrinterError, Trouble
from kiosk.ports.words import Say
from kiosk.services.closing import arrived, unscanned
from kiosk.services.register import totals
from kiosk.ui.wording import Words

FOUND_NOTHING = 1

_LOOKS, _BETWEEN_LOOKS = 4, 0.5  # seconds
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PdfFile:
    """Into a file.

    Attributes:
        path: which.
        own: among our own papers: their folder is made where there is none.
    """

    path: Path
    own: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """To a printer of the system."""

    printer: str


@dataclass(frozen=True, slots=True)
class PngFiles:
    """Into a picture, and one more for each further page."""

    path: Path


Target = PdfFile | PngFiles | Queue


def target(
    pdf: Path | None, printer: str | None, default: Path, png: Path | None = None
) -> Target:
    """Where the paper goes; to the PDF file `default` where nothing was said."""
    if printer:
        return Queue(printer)
    return PngFiles(png) if png else PdfFile(pdf or default, own=pdf is None)


def prints_file(data: Path, name: str) -> Path:
    """A file among the papers that the desk saves: where one is looked for, and well kept."""
    return data / paths.PRINTS / name


def qt_printer(resources: Path, settings: PrinterSettings) -> tuple[QGuiApplication, Printers]:
    """The printers, without a screen; the application must live as long as they.

    Args:
        resources: the program's own files.
        settings: which receipt printer the office has.
    """
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QGuiApplication.instance()
    application = running if isinstance(running, QGuiApplication) else QGuiApplication([])
    printers = open_printers(resources / "fonts", settings.receipt, settings.receipt_dots)
    return application, printers


def deliver(document: Document, printer: Printer, to: Target) -> tuple[str, str]:
    """Print or write `document`; answers where it is now, and its number at the printer or "".

    Raises:
        PrinterError: see `trouble` for its sentence.
    """
    if isinstance(to, Queue):
        return to.printer, printer.print_to(to.printer, document)
    if isinstance(to, PngFiles):
        printer.write_png(to.path, document)
    else:
        if to.own:
            with contextlib.suppress(OSError):  # told when the file is written
                private_folder(to.path.parent)
        printer.write_pdf(to.path, document)
    return str(to.path.resolve()), ""


def told_if_held_up(printer: Printer, queue: str | None, words: Words) -> None:
    """Say what keeps a queue from printing what it has just taken; asks for two seconds."""
    pause = Event()
    for _ in range(_LOOKS if queue else 0):
        if troubles := printer.condition(queue or "").troubles:
            why = words(f"printing.trouble.{troubles[0]}")
            diagnostics.say(words("paper.trouble.waits", printer=queue, why=why))
            return
        pause.wait(_BETWEEN_LOOKS)


def trouble(error: PrinterError, known: Sequence[str], say: Say) -> str:
    """One sentence that says what to do.

    Args:
        error: what `deliver` raised.
        known: the printers there are.
        say: the sentences.
    """
    detail = str(error.args[0]) if error.args else ""
    if error.trouble is not Trouble.NO_SUCH_PRINTER:
        _log.warning("not printed: %s", detail)  # in the system's language, or of its driver
    if isinstance(error, NotWrittenError):
        folder = error.file.absolute().parent
        if not folder.is_dir():
            return say("paper.trouble.no_folder", folder=folder)
        return say("paper.trouble.not_written", file=error.file)
    if error.trouble is Trouble.NOT_TAKEN:
        return say("paper.trouble.failed")
    if error.trouble is not Trouble.NO_SUCH_PRINTER:
        return say("paper.trouble.because", why=say(f"printing.trouble.{error.trouble}"))
    if not known:
        return say("paper.trouble.no_printers", printer=detail)
    return say("paper.trouble.no_such_printer", printer=detail, printers=", ".join(known))


def register_lines(visits: Sequence[Visit], undone: int) -> Iterator[str]:
    """The register as JSON, a line for each visit and one for the totals; as on paper."""
    for visit in of_somebody(visits):
        yield _json(_visit(visit))
    yield _totals(visits, undone)


def inside_lines(visits: Sequence[Visit], zone: tzinfo) -> Iterator[str]:
    """Who is inside as JSON, a line for each."""
    for visit in visits:
        if visit.inside:
            since = visit.arrival.draft.occurred_at.astimezone(zone)
            yield _json(_visit(visit) | {"since_local": since.isoformat(timespec="minutes")})


def closing_lines(visits: Sequence[Visit], undone: int, day: date, zone: tzinfo) -> Iterator[str]:
    """A day's closing as JSON: a line for each who did not scan out, and one for the totals."""
    for visit in unscanned(visits):
        yield _json(_visit(visit))
    yield _totals(arrived(visits, day, zone), undone)


def _totals(visits: Sequence[Visit], undone: int) -> str:
    return _json({"totals": asdict(totals(visits)) | {"undone": undone}})


def _visit(visit: Visit) -> dict[str, object]:
    draft = visit.arrival.draft
    identity, left = draft.identity, visit.departure
    return {
        "visit": draft.visit_id,
        "gate": visit.arrival.gate_id,
        "in": to_text(draft.occurred_at),
        "out": to_text(left.draft.occurred_at) if left else None,
        "name": identity.person.name if identity else None,
        "kind": identity.kind if identity else None,
        "unit": identity.destination.unit if identity else None,
        "host": identity.destination.host if identity else None,
        "purpose": identity.destination.purpose if identity else None,
        "readings": list(draft.health.readings) if draft.health else [],
        "mask": draft.health.mask if draft.health else None,
        "verdict": draft.verdict,
        "reason": draft.reason,
        "own_reason": (identity.own_reason or None) if identity else None,
        "closing": visit.closing,
        "entered_later": visit.entered_later,
        "name_erased": visit.arrival.name_erased,
        "health_erased": visit.arrival.health_erased,
    }


def _json(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False)
