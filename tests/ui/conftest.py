"""The desk that the tests of the window sit at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.adapters.printer_qt import QtPrinter
from kiosk.app import bootstrap
from tests.desk_driver import DeskDriver, HeardSounds
from tests.obedient_printer import ObedientPrinter
from tests.stores import temporary_folder


@pytest.fixture
def open_desk(qtbot, monkeypatch) -> Iterator[Callable[..., DeskDriver]]:
    """Opens desks, each in a folder of its own unless one is given; all are closed at the end."""
    monkeypatch.setattr(bootstrap, "SystemSounds", HeardSounds)
    desks: list[DeskDriver] = []
    with temporary_folder() as folder:

        def open_(**how) -> DeskDriver:
            how.setdefault("folder", folder / str(len(desks)))
            desks.append(DeskDriver(qtbot, **how))
            return desks[-1]

        yield open_
        for desk in desks:
            desk.leave()


@pytest.fixture
def desk(open_desk) -> DeskDriver:
    """A desk without a camera, in English, its file empty."""
    return open_desk()


@pytest.fixture
def printer(monkeypatch) -> ObedientPrinter:
    """In place of every printer: in whatever state the test wants."""
    one = ObedientPrinter(None)

    def opened(fonts: Path, *_receipt: object) -> ObedientPrinter:
        one.files = QtPrinter(fonts)
        return one

    monkeypatch.setattr(bootstrap, "open_printers", opened)
    return one
