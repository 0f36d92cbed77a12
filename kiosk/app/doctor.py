"""`kiosk doctor`: is everything in order here? One line for each part, in plain words."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from PySide6.QtGui import QGuiApplication

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.printers import open_printers
from kiosk.adapters.sources import open_source
from kiosk.app import (
    checks_camera,
    checks_data,
    checks_devices,
    checks_serial,
    desk_camera,
    serial_devices,
)
from kiosk.app.findings import Finding, Sign
from kiosk.app.settings import PrinterSettings
from kiosk.ports.camera import Camera
from kiosk.ports.clock import Clock
from kiosk.ports.printer import PrinterError
from kiosk.ui.wording import Words

HEALTHY, FAULTY = 0, 1


def doctor(data: Path, resources: Path, words: Words, *, as_json: bool) -> int:
    """Print what is found as it is found; the exit code: 0, or 1 where there is a fault.

    Nothing is written, and a desk may be running on the same folder meanwhile.
    """
    faulty = False
    for finding in examine(data, resources, words, SystemClock()):
        faulty = faulty or finding.sign is Sign.FAULT
        print(_as_json(finding, words) if as_json else _as_words(finding, words), flush=True)
    if not as_json:
        print(words("doctor.faulty" if faulty else "doctor.healthy"))
    return FAULTY if faulty else HEALTHY


def examine(data: Path, resources: Path, words: Words, clock: Clock) -> Iterator[Finding]:
    """Everything the doctor looks at, the quick and telling things first."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # printers and fonts need no screen
    app = QGuiApplication.instance() or QGuiApplication(["kiosk"])
    settings, told = checks_data.settings(data, resources, words, clock)
    yield from told

    def make(stop: Event) -> Camera:
        wish = desk_camera.wishes(settings.camera, data)
        return open_source(settings.camera.source, clock, stop.wait, wish=wish)

    yield from checks_camera.camera(settings.camera.source, make, words)
    if settings.camera.source:
        found = desk_camera.checked(settings.camera, data)
        yield checks_camera.last_check(found, clock.zone(), words)
    for part, said, make_line in serial_devices.wanted(settings):
        yield checks_serial.port(part, said, make_line)
    yield from checks_devices.decoders(resources / "doctor" / "card.png")
    yield from _printers(settings.printer, resources / "fonts")
    yield checks_devices.fonts(resources / "fonts")
    yield from checks_data.issuers(data)
    yield from checks_data.database(data, clock, settings.gate.id)
    yield from checks_data.erasing(data, clock, settings.periods)
    yield checks_data.disk(data)
    yield checks_data.clock_and_zone(clock)
    del app


def _printers(wanted: PrinterSettings, fonts: Path) -> Iterator[Finding]:
    try:
        printer = open_printers(fonts, wanted.receipt, wanted.receipt_dots)
    except PrinterError:  # without fonts nothing is printed; that is told as such
        return
    yield from checks_devices.printers(wanted.name, printer)


def _as_words(finding: Finding, words: Words) -> str:
    sign, part = words(f"doctor.sign.{finding.sign}"), words(f"doctor.part.{finding.part}")
    return f"{sign:<7} {part}: {words(finding.key, **finding.values)}"


def _as_json(finding: Finding, words: Words) -> str:
    values = {name: str(value) for name, value in finding.values.items()}
    said = {
        "part": finding.part,
        "sign": finding.sign.value,
        "key": finding.key,
        "words": words(finding.key, **finding.values),
        "values": values,
    }
    return json.dumps(said, ensure_ascii=False)
