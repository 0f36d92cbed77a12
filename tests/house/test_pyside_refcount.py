"""PySide6 6.11.0, 6.11.1 and 6.12.0 lose a reference to True at each emit; see pyproject.toml."""

import gc
import sys
import tomllib
from pathlib import Path

import PySide6
from packaging.requirements import Requirement
from PySide6.QtCore import QObject, Signal

EMITS = 5_000
NOISE = 60
BROKEN = ["6.11.0", "6.11.1", "6.12.0", "6.12.1", "6.13.0"]


class Sender(QObject):
    sent = Signal(object)


def test_5000_signals_keep_the_references_to_true():
    sender, received = Sender(), []
    sender.sent.connect(received.append)
    gc.collect()
    before = sys.getrefcount(True)
    for number in range(EMITS):
        sender.sent.emit(number)
        # Looked at on the way: a broken version kills the process after some 570 signals.
        assert abs(sys.getrefcount(True) - before) < NOISE
    assert len(received) == EMITS


def test_the_pin_keeps_the_broken_versions_out_and_this_one_in():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    needed = [Requirement(line) for line in project["project"]["dependencies"]]
    (pin,) = [need.specifier for need in needed if need.name == "PySide6-Essentials"]
    assert PySide6.__version__ in pin
    assert "6.8.3" in pin
    assert list(pin.filter(BROKEN)) == []
