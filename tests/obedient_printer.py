"""A printer that is in whatever state a test wants, and draws nothing."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from kiosk.ports.document import Document
from kiosk.ports.printer import Condition, Fate, PrinterError, Trouble


@dataclass
class ObedientPrinter:
    """Takes what it is given while `refuses` is None; its jobs have the fate in `fates`.

    While a test holds `hangs`, the driver of the printer `hanging` does not come back.

    PDF files are the real printer's: `files`.
    """

    files: object
    names: tuple[str, ...] = ("Canon", "Epson")
    troubles: dict[str, tuple[Trouble, ...]] = field(default_factory=dict)
    refuses: Trouble | None = None
    begins_with: Fate = Fate.DONE
    follows: bool = True
    fates: dict[str, Fate] = field(default_factory=dict)
    taken: list[tuple[str, Document]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    keeps_jobs: bool = False
    hanging: str = "Canon"
    hangs: Lock = field(default_factory=Lock)

    def printers(self) -> tuple[str, ...]:
        return self.names

    def condition(self, printer: str) -> Condition:
        if printer not in self.names:
            return Condition(printer, troubles=(Trouble.NO_SUCH_PRINTER,))
        return Condition(printer, troubles=self.troubles.get(printer, ()))

    def print_to(self, printer: str, document: Document) -> str:
        with self.hangs if printer == self.hanging else nullcontext():
            if self.refuses is not None:
                raise PrinterError(printer, self.refuses)
            self.taken.append((printer, document))
            number = str(len(self.taken))
            self.fates[number] = self.begins_with
            return number if self.follows else ""

    def fate(self, printer: str, spooled: str) -> Fate:
        return self.fates.get(spooled, Fate.UNKNOWN)

    def cancel(self, printer: str, spooled: str) -> None:
        if self.keeps_jobs:
            raise PrinterError(printer, Trouble.NO_SERVICE)
        self.cancelled.append(spooled)
        self.fates[spooled] = Fate.CANCELLED

    def write_pdf(self, path: Path, document: Document) -> int:
        return self.files.write_pdf(path, document)

    def write_png(self, path: Path, document: Document, dpi: int = 300) -> int:
        return self.files.write_png(path, document, dpi)
