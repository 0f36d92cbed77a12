"""From a slip asked for to a spooled job at the real desk, and what printing does to the camera.

    python -m benchmarks.printing [--slips 40] [--json]

A cupsd of its own (packages cups-daemon and cups-client) takes the slips: row first, then layout,
PDF and IPP. In the same run an empty page is handed to the same queue without a desk, and the
frames that the camera loop takes are counted for some seconds while nothing is printed, and while
a slip and a register of 2,000 visits are printed all the time. The window draws offscreen unless
DISPLAY is set.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QTimer

from benchmarks.desk import Stage, percentile
from benchmarks.print import DAY, OFFICE, OPENING, ZONE, visits
from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.printers import open_printers
from kiosk.app import bootstrap, paths, run
from kiosk.app.equipment import equip
from kiosk.domain import issued as codes
from kiosk.domain.issued import IssuedKind
from kiosk.domain.screening import Destination
from kiosk.ports.camera import Frame
from kiosk.ports.document import Document, Paper
from kiosk.ports.print_jobs import Printed
from kiosk.services.print_content import SlipPage
from kiosk.services.register import register_document
from kiosk.services.slip import SlipContent
from kiosk.ui.print_desk import Errand
from tests.cups_server import cups_server

_QUEUE = "Desk"
_WATCHED_S = 6.0


class Counted(Stage):
    """A camera that writes down when its frames were taken."""

    def __init__(self, clock: SystemClock, wait: Callable[[float], object]) -> None:
        super().__init__(clock, wait)
        self.taken: list[float] = []

    def read(self) -> Frame:
        """The next frame."""
        frame = super().read()
        self.taken.append(frame.taken_at)
        return frame


class Measured:
    """One desk with a printer, measured."""

    def __init__(self, folder: Path, slips: int) -> None:
        self.clock = SystemClock()
        self.equipment = equip(folder, paths.resources(), None)
        self.app = run.application()
        bootstrap.dress(self.app, self.equipment.resources)
        self.equipment.data.claim()
        self.stages: list[Counted] = []
        self.parts = bootstrap.furnish(self.app, self.equipment, self._camera, folder / "prints")
        self.slips = slips
        self.spooled: list[float] = []
        self.found: dict[str, float] = {}
        self._pressed = 0.0
        self._printing = False

    def _camera(self, wait: Callable[[float], object]) -> Counted:
        self.stages.append(Counted(self.clock, wait))
        return self.stages[0]

    def go(self) -> dict[str, float]:
        """Everything, one after the other."""
        parts = self.parts
        parts.office.start()
        parts.printing.start()
        parts.window.resize(1366, 768)
        parts.window.show()
        assert parts.capture is not None
        parts.capture.start()
        parts.print_desk.following.done.connect(self._done)
        QTimer.singleShot(2000, self._press)
        self.app.exec()
        parts.window.close_for_good()
        parts.stop()
        self.equipment.data.release()
        return self.found

    def _press(self) -> None:
        code = codes.mint(IssuedKind.SLIP, DAY, bytes(range(16)), bytes(32))
        content = SlipContent(code, "0012Q", DAY, "N. T. Hồng", Destination("Văn phòng Sở"))
        errand = Errand(SlipPage(content, "vi"), Printed.SLIP, "0012Q", "slip.pdf")
        self._pressed = time.perf_counter()
        self.parts.print_desk.print(errand, _QUEUE)

    def _done(self, _job: object, _where: str, document: Document) -> None:
        if document.paper is not Paper.A6:
            self._print_register()
            return
        self.spooled.append(time.perf_counter() - self._pressed)
        if len(self.spooled) == self.slips + 1:  # the first one loads what the others have
            QTimer.singleShot(2000, self._watch_idle)
        elif len(self.spooled) <= self.slips or self._printing:
            QTimer.singleShot(100, self._press)

    def _watch_idle(self) -> None:
        self.stages[0].taken.clear()
        QTimer.singleShot(round(_WATCHED_S * 1000), self._watch_printing)

    def _watch_printing(self) -> None:
        self._tell_frames("idle")
        self._printing = True
        self._came = visits(2000)
        self.stages[0].taken.clear()
        QTimer.singleShot(round(_WATCHED_S * 1000), self._end)
        self._print_register()
        self._press()

    def _print_register(self) -> None:
        if not self._printing:
            return
        words = self.equipment.words
        evening = OPENING + timedelta(hours=10)
        document = register_document(self._came, OFFICE, DAY, evening, "3F9A", words, ZONE)
        errand = Errand(document, Printed.REGISTER, DAY.isoformat(), "register.pdf")
        self.parts.print_desk.print(errand, _QUEUE)

    def _end(self) -> None:
        self._tell_frames("printing")
        self._printing = False
        self.app.exit(0)

    def _tell_frames(self, while_: str) -> None:
        taken = self.stages[0].taken
        gaps = [later - one for one, later in pairwise(taken)]
        self.found[f"frames_a_second_{while_}"] = round(len(taken) / _WATCHED_S, 1)
        self.found[f"longest_gap_ms_{while_}"] = round(1000 * max(gaps))


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slips", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = Path(tempfile.mkdtemp(prefix="kiosk-bench-"))
    with cups_server() as cups:
        cups.add(_QUEUE)
        os.environ["CUPS_SERVER"] = str(cups.socket)
        (folder / "settings.toml").write_text(f'[printer]\nname = "{_QUEUE}"\n', "utf-8")
        desk = Measured(folder, given.slips)
        found = desk.go()
        slips = desk.spooled[1 : given.slips + 1]
        printer = open_printers(paths.resources() / "fonts")
        empty = []
        for _ in range(given.slips):
            began = time.perf_counter()
            printer.print_to(_QUEUE, Document("", Paper.A6, ()))
            empty.append(time.perf_counter() - began)
    shutil.rmtree(folder)
    found = {
        "asked_to_spooled_slip_ms_p50": round(1000 * statistics.median(slips), 1),
        "asked_to_spooled_slip_ms_p95": round(1000 * percentile(slips, 0.95), 1),
        "empty_page_to_queue_ms_p50": round(1000 * statistics.median(empty), 1),
        "slip_to_empty_page": round(statistics.median(slips) / statistics.median(empty), 1),
        **found,
    }
    if given.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:30} {value}")


if __name__ == "__main__":
    main()
