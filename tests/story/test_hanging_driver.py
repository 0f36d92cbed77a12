"""A driver that never comes back: the desk works, and closes with its own exit code."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# the printing system's answer never comes, as from a server that is gone
PROGRAM = """
import sys, threading
from kiosk.adapters import printers
from kiosk.app.main import main
printers.Printers.printers = lambda self: threading.Event().wait()
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="ends the program by a signal")
def test_a_printing_system_that_hangs_does_not_abort_the_program_when_it_is_closed(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "run", "--data", tmp_path, "--camera", ""],
        cwd=ROOT,
        env=environment | {"QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
    )
    try:
        until = time.monotonic() + 30
        while not (tmp_path / "kiosk.db").exists() and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(1.0)
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=30)
    finally:
        running.kill()
    assert (running.returncode, said) == (0, b"")
