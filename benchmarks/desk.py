"""From a frame to a durable row to a painted verdict.

    python -m benchmarks.desk [--quick] [--json]

The window draws offscreen unless DISPLAY is set. A code that is no document needs no key, so the
whole chain is the machine's: decode, look up, append (synchronous=FULL), paint.
"""

import argparse
import json
import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import qrcode
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from kiosk.adapters.clock_system import SystemClock
from kiosk.app import bootstrap, paths, run
from kiosk.app.equipment import equip
from kiosk.domain.desk import Refused, Waiting
from kiosk.ports.camera import Frame

RATE = 30.0


class Stage:
    """A camera at 30 frames a second that shows a code when it is asked to."""

    name = "stage"
    live = False

    def __init__(self, clock: SystemClock, wait: Callable[[float], object]) -> None:
        self.clock = clock
        self.wait = wait
        self.empty = np.full((720, 1280, 3), 96, np.uint8)
        self.shown = self.empty
        self.first_seen: float | None = None

    def open(self) -> None:
        """Always there."""

    def close(self) -> None:
        """Nothing to free."""

    def read(self) -> Frame:
        """What is shown now, copied as a driver would."""
        self.wait(1 / RATE)
        picture = self.shown.copy()
        at = self.clock.steady()
        if self.shown is not self.empty and self.first_seen is None:
            self.first_seen = at
        return Frame(picture.data, at)

    def pass_over(self) -> None:
        """Wait for one."""
        self.read()


def with_code(text: str) -> np.ndarray:
    """A 720p frame with a code in it."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    modules = np.repeat(np.repeat(np.array(code.get_matrix()), 8, axis=0), 8, axis=1)
    drawn = np.where(modules[:, :, np.newaxis], np.uint8(0), np.uint8(255))
    frame = np.full((720, 1280, 3), 96, np.uint8)
    top, left = (720 - drawn.shape[0]) // 2, (1280 - drawn.shape[1]) // 2
    frame[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    return frame


class Painted(QObject):
    """Tells when a widget was painted."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self.then = then
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Once the paint event that is on its way has been handled."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.then)
        return False


def chain(rounds: int) -> tuple[list[float], list[float]]:
    """Seconds from the first frame with the code: to the durable row, to the painted verdict."""
    clock = SystemClock()
    folder = Path(tempfile.mkdtemp(prefix="kiosk-bench-"))
    equipment = equip(folder, paths.resources(), None)
    app = run.application()
    bootstrap.dress(app, equipment.resources)
    equipment.data.claim()
    stages: list[Stage] = []

    def camera(wait: Callable[[float], object]) -> Stage:
        stages.append(Stage(clock, wait))
        return stages[0]

    parts = bootstrap.furnish(app, equipment, camera, folder / "prints")
    parts.office.start()
    parts.printing.start()
    parts.window.resize(1366, 768)
    parts.window.show()
    assert parts.capture is not None
    parts.capture.start()
    durable: list[float] = []
    painted: list[float] = []
    logged_at: list[float] = []
    parts.controller.logged.connect(lambda _entry: logged_at.append(clock.steady()))

    def on_paint() -> None:
        stage = stages[0] if stages else None  # the capture thread makes it when it begins
        shows = isinstance(parts.controller.state, Refused) and logged_at
        if stage and shows and stage.first_seen is not None and stage.shown is not stage.empty:
            durable.append(logged_at[-1] - stage.first_seen)
            painted.append(clock.steady() - stage.first_seen)
            stage.shown, stage.first_seen = stage.empty, None
            logged_at.clear()
            QTimer.singleShot(1500, show_next)

    def show_next() -> None:
        if len(painted) >= rounds:
            app.exit(0)
            return
        if not isinstance(parts.controller.state, Waiting):
            parts.controller.dismiss()
        stages[0].shown = with_code(f"https://example.com/{len(painted):04d}")

    Painted(parts.window.desk.findChild(QWidget, "verdict") or parts.window.desk, on_paint)
    QTimer.singleShot(1500, show_next)
    app.exec()
    parts.window.close_for_good()
    parts.stop()
    equipment.data.release()
    shutil.rmtree(folder)
    return durable, painted


def percentile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rounds = 6 if given.quick else 40
    for what, values in zip(("durable row", "painted verdict"), chain(rounds), strict=True):
        p50, p95 = 1000 * statistics.median(values), 1000 * percentile(values, 0.95)
        if given.json:
            print(json.dumps({"to": what, "codes": rounds, "p50_ms": p50, "p95_ms": p95}))
        else:
            print(f"frame to {what:15}  p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   ({rounds} codes)")


if __name__ == "__main__":
    main()
