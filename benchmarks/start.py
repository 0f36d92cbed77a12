"""From the start of the process to the first painted window, against an empty PySide6 window.

    python -m benchmarks.start [--times N] [--json]

Both are processes of their own that import nothing else, started in turn. The window draws
offscreen unless DISPLAY is set.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

PAINTED = """
import os, sys
from PySide6.QtCore import QEvent, QObject
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            print("painted", flush=True)
            os._exit(0)
        return False
painted = Painted()
"""

EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.installEventFilter(painted)
window.resize(1366, 768)
window.show()
app.exec()
"""

DESK = """
from kiosk.app.main import main
from kiosk.ui import desk_window
shown = desk_window.DeskWindow.showEvent
def show(window, event):
    shown(window, event)
    window.installEventFilter(painted)
desk_window.DeskWindow.showEvent = show
main(sys.argv[1:])
"""


def seconds(program: str, *words: str) -> float:
    """How long a fresh Python takes with `program` until its window is painted."""
    environment = dict(os.environ)
    if not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", PAINTED + program, *words],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        took = time.perf_counter() - began
    if said != "painted\n":
        sys.exit("The window was not painted.")
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    empty, desk = [], []
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        words = ("run", "--data", folder, "--camera", "")
        seconds(EMPTY), seconds(DESK, *words)  # from here on, files lie in the system's memory
        for _ in range(given.times):
            empty.append(seconds(EMPTY))
            desk.append(seconds(DESK, *words))
    ours, theirs = statistics.median(desk), statistics.median(empty)
    if given.json:
        print(json.dumps({"desk_s": ours, "empty_s": theirs, "ratio": ours / theirs}))
        return
    print(f"start to first paint  {ours:.2f} s against {theirs:.2f} s", end="")
    print(f" for an empty PySide6 window: {ours / theirs:.1f} x")


if __name__ == "__main__":
    main()
