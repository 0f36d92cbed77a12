"""Queues of CUPS (Linux, macOS): pages go there as PDF, and it is asked what became of them.

Through IPP and not through Qt, to which a queue that refuses or stands still is as good as any.
"""

import asyncio
import getpass
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import quote

from kiosk.adapters.cups_place import Place, preferred
from kiosk.adapters.printer_qt import PdfPages
from kiosk.ports.document import Document, Paper
from kiosk.ports.printer import Condition, Fate, NoSuchPrinterError, PrinterError, Trouble

ASK_SECONDS = 3.0
PRINT_SECONDS = 10.0
_CONNECTING_SECONDS = 1.0
_LONGEST_NAME = 100  # letters; IPP takes 255 bytes

_NOT_FOUND = 0x0406
_REFUSALS = {
    _NOT_FOUND: Trouble.NO_SUCH_PRINTER,
    0x0502: Trouble.NO_SERVICE,  # shutting down
    0x0506: Trouble.REJECTING,
    0x050A: Trouble.STOPPED,  # deactivated
}
_STOPPED = 5  # printer-state
_PROCESSING = 4
_FATES = {  # job-state, RFC 8011 5.3.7
    3: Fate.WAITING,
    4: Fate.HELD,
    5: Fate.PRINTING,
    6: Fate.STOPPED,
    7: Fate.CANCELLED,
    8: Fate.FAILED,
    9: Fate.DONE,
}
_OVER = {Fate.CANCELLED, Fate.FAILED, Fate.DONE}
_REASONS = {  # printer-state-reasons, without "-error", "-warning", "-report"; RFC 8011 5.4.12
    "offline": Trouble.OFFLINE,
    "shutdown": Trouble.OFFLINE,
    "timed-out": Trouble.OFFLINE,
    "connecting-to-device": Trouble.OFFLINE,
    "media-jam": Trouble.JAM,
    "cover-open": Trouble.COVER_OPEN,
    "door-open": Trouble.COVER_OPEN,
    "interlock-open": Trouble.COVER_OPEN,
    "input-tray-missing": Trouble.NO_PAPER,
    "media-empty": Trouble.NO_PAPER,
    "media-needed": Trouble.NO_PAPER,
    "toner-empty": Trouble.NO_TONER,
    "marker-supply-empty": Trouble.NO_TONER,
    "developer-empty": Trouble.NO_TONER,
    "paused": Trouble.STOPPED,
    "stopped-partly": Trouble.STOPPED,
    "hold-new-jobs": Trouble.HELD,
}
_GRAVEST_FIRST = tuple(dict.fromkeys((*_REASONS.values(), Trouble.REJECTING)))
"""What a person can mend at the printer comes before what its keeper set in the queue."""

_MEDIA = {  # PWG 5101.1
    Paper.A3: "iso_a3_297x420mm",
    Paper.A4: "iso_a4_210x297mm",
    Paper.A4_LANDSCAPE: "iso_a4_210x297mm",
    Paper.A4_CARDS: "iso_a4_210x297mm",
    Paper.A5: "iso_a5_148x210mm",
    Paper.A6: "iso_a6_105x148mm",
}

Answer = dict[str, Any]


class CupsQueues:
    """The queues of one CUPS server.

    Thread: any. Each question opens a connection of its own and waits for seconds
    at most.
    """

    def __init__(self, draw: Callable[[Document], PdfPages], place: Place) -> None:
        self._draw = draw
        self._place = place

    def printers(self) -> Sequence[str]:
        """Names of the queues, the default one first; none where CUPS does not answer."""
        wanted = {"requested-attributes": ["printer-name"]}
        try:
            names = [str(found["printer-name"]) for found in self._ask_all(wanted)]
            first = preferred() or self._default()
        except PrinterError:
            return []
        return sorted(names, key=lambda name: (name != first, name))

    def condition(self, printer: str) -> Condition:
        """What the queue says of itself and of its printer."""
        try:
            return self._condition(printer)
        except PrinterError as error:
            return Condition(printer, troubles=(error.trouble,))

    def submit(self, printer: str, document: Document) -> str:
        """Put the pages into the queue; answers the job's number.

        Raises:
            NoSuchPrinterError: the system does not know it.
            PrinterError: the queue did not take the job, or CUPS does not answer.
        """
        pages = self._draw(document)
        about = {
            "job-name": pages.title[:_LONGEST_NAME],
            "document-format": "application/pdf",
        }
        # at its true size: a code that was shrunk to fit is harder to read
        wish = {"media": _media(document.paper, pages), "print-scaling": "none"}
        message: Answer = {"operation-attributes-tag": about, "job-attributes-tag": wish}
        answer = self._ask(
            "PRINT_JOB", _path(printer), message | {"data": pages.content}, PRINT_SECONDS
        )
        return str(_first(answer, "jobs").get("job-id", ""))

    def fate(self, printer: str, spooled: str) -> Fate:
        """What became of a job; unknown where CUPS does not answer or has forgotten it."""
        try:
            fate = self._fate(printer, spooled)
            if fate is Fate.WAITING and self._printer(printer).get("printer-state") == _STOPPED:
                return Fate.STOPPED  # the job itself says nothing of that
        except (PrinterError, ValueError):
            return Fate.UNKNOWN
        return fate

    def cancel(self, printer: str, spooled: str) -> None:
        """Take a job back.

        Raises:
            PrinterError: CUPS does not answer, or does not allow it.
        """
        if not spooled.isdecimal():
            detail = f"{printer}: a job without a number"
            raise PrinterError(detail)
        try:
            self._ask("CANCEL_JOB", _path(printer), _of_job(spooled), ASK_SECONDS)
        except NoSuchPrinterError:
            return  # forgotten: with its queue, or long ago
        except PrinterError:
            if self.fate(printer, spooled) not in _OVER:
                raise

    def _condition(self, printer: str) -> Condition:
        found = self._printer(printer)
        if _connecting(found):  # for a moment before each job, and for good where nobody answers
            asyncio.run(asyncio.sleep(_CONNECTING_SECONDS))
            found = self._printer(printer)
        state = found.get("printer-state")
        reasons = [
            reason
            for reason in _listed(found.get("printer-state-reasons"))
            if state == _STOPPED
            or not reason.endswith(("-warning", "-report"))
            or _REASONS.get(_bare(reason)) is Trouble.OFFLINE
        ]  # an empty second tray is a warning of a printer that prints
        troubles = {_REASONS[name] for name in map(_bare, reasons) if name in _REASONS}
        if state == _STOPPED and not troubles:
            troubles.add(Trouble.STOPPED)
        if found.get("printer-is-accepting-jobs") is False:
            troubles.add(Trouble.REJECTING)
        told = tuple(trouble for trouble in _GRAVEST_FIRST if trouble in troubles)
        return Condition(printer, state == _PROCESSING, told)

    def _printer(self, printer: str) -> Answer:
        names = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs"]
        about = {"requested-attributes": names}
        message = {"operation-attributes-tag": about}
        # two of these and the pause between them fit into the time that is promised
        seconds = (ASK_SECONDS - _CONNECTING_SECONDS) / 2
        answer = self._ask("GET_PRINTER_ATTRIBUTES", _path(printer), message, seconds)
        return _first(answer, "printers")

    def _fate(self, printer: str, spooled: str) -> Fate:
        message = _of_job(spooled)
        message["operation-attributes-tag"] |= {"requested-attributes": ["job-state"]}
        answer = self._ask("GET_JOB_ATTRIBUTES", _path(printer), message, ASK_SECONDS)
        return _FATES.get(_first(answer, "jobs").get("job-state", 0), Fate.UNKNOWN)

    def _ask_all(self, about: Answer) -> list[Answer]:
        message = {"operation-attributes-tag": about}
        try:
            answer = self._ask("CUPS_GET_PRINTERS", "/", message, ASK_SECONDS)
        except NoSuchPrinterError:  # its way to say "none"
            return []
        return [found for found in answer["printers"] if "printer-name" in found]

    def _default(self) -> str:
        message = {"operation-attributes-tag": {"requested-attributes": ["printer-name"]}}
        try:
            answer = self._ask("CUPS_GET_DEFAULT", "/", message, ASK_SECONDS)
        except NoSuchPrinterError:
            return ""
        return str(_first(answer, "printers").get("printer-name", ""))

    def _ask(self, operation: str, path: str, message: Answer, seconds: float) -> Answer:
        return asyncio.run(_ask(self._place, operation, path, message, seconds))


async def _ask(place: Place, operation: str, path: str, message: Answer, seconds: float) -> Answer:
    """One question. Raises PrinterError."""
    import aiohttp  # noqa: PLC0415 - a desk is shown before anything of it is printed
    import pyipp  # noqa: PLC0415
    from pyipp.enums import IppOperation, IppTag  # noqa: PLC0415
    from pyipp.tags import ATTRIBUTE_TAG_MAP  # noqa: PLC0415

    ATTRIBUTE_TAG_MAP.setdefault("print-scaling", IppTag.KEYWORD)  # else it is left out
    name = path.removeprefix("/printers/")
    about = {"printer-uri": f"ipp://localhost{path}", "requesting-user-name": _user()}
    full = message | {"operation-attributes-tag": about | message["operation-attributes-tag"]}
    wire = aiohttp.UnixConnector(place.socket) if place.socket else aiohttp.TCPConnector()
    try:
        async with asyncio.timeout(seconds), aiohttp.ClientSession(connector=wire) as session:
            server = pyipp.IPP(place.host, path, port=place.port, session=session)
            return await server.execute(IppOperation[operation], full)
    except pyipp.IPPConnectionError as error:
        detail = f"CUPS: {error.__cause__ or error}"
        raise PrinterError(detail, Trouble.NO_SERVICE) from error
    except (OSError, TimeoutError, pyipp.IPPParseError) as error:
        detail = f"CUPS does not answer: {type(error).__name__}"
        raise PrinterError(detail, Trouble.NO_SERVICE) from error
    except pyipp.IPPError as error:
        raise _refusal(operation, name, error) from error


def _refusal(operation: str, printer: str, error: Exception) -> PrinterError:
    told = error.args[1] if len(error.args) > 1 else {}
    status = told.get("status-code", 0)
    trouble = _REFUSALS.get(status, Trouble.NOT_TAKEN)
    if trouble is Trouble.NO_SUCH_PRINTER:
        return NoSuchPrinterError(printer)
    return PrinterError(f"CUPS {operation}: {error.args[0]} {status:#06x}", trouble)


def _path(printer: str) -> str:
    return f"/printers/{quote(printer, safe='')}"


def _of_job(spooled: str) -> Answer:
    return {"operation-attributes-tag": {"job-id": int(spooled)}}


def _first(answer: Answer, group: str) -> Answer:
    return next(iter(answer[group]), {})


def _listed(value: object) -> list[str]:
    """IPP's "1setOf": one value comes alone."""
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _bare(reason: str) -> str:
    for severity in ("-error", "-warning", "-report"):
        reason = reason.removesuffix(severity)
    return reason


def _connecting(found: Answer) -> bool:
    reasons: Iterable[str] = _listed(found.get("printer-state-reasons"))
    return "connecting-to-device" in map(_bare, reasons)


def _media(paper: Paper, pages: PdfPages) -> str:
    size = f"{pages.width:.4g}x{pages.height:.4g}mm"
    return _MEDIA.get(paper, f"custom_{size}_{size}")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return "kiosk"
