"""From a frame to a durable row to a painted verdict; from the start to the first painted window.

    python -m benchmarks.desk [--quick]

The window draws offscreen unless DISPLAY is set. A code that is no document needs no key, so the
whole chain is the machine's: decode, look up, append (synchronous=FULL), paint.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import qrcode
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.adapters.clock_system import SystemClock
from kiosk.app import bootstrap, paths, run
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


def with_code(text: str) -> np.ndarray:
    """A 720p frame with a code in it."""
    code = qrcode.QRCode(box_size=8, border=4)
    code.add_data(text)
    drawn = np.array(code.make_image().convert("RGB"), np.uint8)
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
    equipment = bootstrap.equip(folder, paths.resources(), None)
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
    parts.capture.start()
    durable: list[float] = []
    painted: list[float] = []
    logged_at: list[float] = []
    parts.controller.logged.connect(lambda _entry: logged_at.append(clock.steady()))

    def on_paint() -> None:
        stage = stages[0]
        shows = isinstance(parts.controller.state, Refused) and logged_at
        if shows and stage.first_seen is not None and stage.shown is not stage.empty:
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
    return durable, painted


def start_once(kind: str) -> float:
    """Seconds from starting the process to its first painted window."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.desk", "--child", kind],
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        return time.perf_counter() - began


def child(kind: str) -> None:
    """The process that is timed."""
    if kind == "empty":
        app = run_empty()
        window: QWidget = QWidget()
        window.resize(1366, 768)
        stop: Callable[[], object] = app.exit
    else:
        folder = Path(tempfile.mkdtemp(prefix="kiosk-bench-"))
        equipment = bootstrap.equip(folder, paths.resources(), None)
        app = run.application()
        bootstrap.dress(app, equipment.resources)
        equipment.data.claim()
        parts = bootstrap.furnish(app, equipment, None, folder / "prints")
        parts.office.start()
        parts.printing.start()
        window = parts.window
        window.resize(1366, 768)
        stop = app.exit
    said: list[bool] = []

    def told() -> None:
        if not said:
            said.append(True)
            print("painted", flush=True)
            stop()

    Painted(window, told)
    window.show()
    app.exec()
    os._exit(0)


def run_empty() -> QApplication:
    """An application with nothing of ours."""
    if not os.environ.get("DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QApplication([])


def percentile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--child", choices=["desk", "empty"])
    given = parser.parse_args()
    if given.child:
        child(given.child)
        return
    rounds = 6 if given.quick else 40
    durable, painted = chain(rounds)
    print(f"frame to durable row     p50 {1000 * statistics.median(durable):6.1f} ms", end="")
    print(f"   p95 {1000 * percentile(durable, 0.95):6.1f} ms   ({rounds} codes)")
    print(f"frame to painted verdict p50 {1000 * statistics.median(painted):6.1f} ms", end="")
    print(f"   p95 {1000 * percentile(painted, 0.95):6.1f} ms")
    times = 3 if given.quick else 7
    empty = statistics.median(start_once("empty") for _ in range(times))
    desk = statistics.median(start_once("desk") for _ in range(times))
    print(f"start to first paint     {desk:.2f} s against {empty:.2f} s", end="")
    print(f" for an empty PySide6 window: {desk / empty:.1f} x")


if __name__ == "__main__":
    main()
