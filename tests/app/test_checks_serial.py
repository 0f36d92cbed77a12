"""The doctor's lines for scanner and thermometer: there, not there, taken, and what to do."""

import os

import pytest

from kiosk.app import checks_serial, doctor, serial_devices
from kiosk.app.findings import Sign
from kiosk.app.settings import load_settings
from kiosk.ports.serial_line import LineFault, LineLostError
from kiosk.ui.wording import Language, Words
from tests.app.test_doctor import ENGLISH, RESOURCES, told, zoned
from tests.terminals import has_terminals

if os.name != "nt":
    from tests.serial_cable import Cable

needs_terminals = pytest.mark.skipif(not has_terminals(), reason="no pseudo-terminals")


def configure(folder, **ports):
    text = "".join(f'[{part}]\nport = "{port}"\n' for part, port in ports.items())
    (folder / "settings.toml").write_text(text, "utf-8")


def found(folder):
    return {
        finding.part: finding
        for finding in doctor.examine(folder, RESOURCES, ENGLISH, zoned())
        if finding.part in ("scanner", "thermometer")
    }


def test_where_none_is_set_nothing_is_said(tmp_path, qapp):
    assert found(tmp_path) == {}


@needs_terminals
def test_a_scanner_that_opens_is_well_and_a_missing_thermometer_is_a_fault(tmp_path, qapp):
    cable = Cable(tmp_path / "ttyTEST0")
    configure(tmp_path, scanner=cable.path, thermometer=tmp_path / "nothing")
    lines = found(tmp_path)
    cable.pull()
    assert lines["scanner"].sign is Sign.OK
    assert told(lines["scanner"]) == f"{cable.path} opens, 115200 baud"
    assert lines["thermometer"].sign is Sign.FAULT
    assert "thermometer.port" in told(lines["thermometer"])


@needs_terminals
def test_a_scanner_that_the_running_desk_has_is_only_noted(tmp_path, qapp):
    cable = Cable(tmp_path / "ttyTEST0")
    configure(tmp_path, scanner=cable.path)
    ((_, _, make),) = serial_devices.wanted(load_settings(tmp_path, RESOURCES))
    desk = make()
    desk.open()
    line = found(tmp_path)["scanner"]
    desk.close()
    cable.pull()
    assert line.sign is Sign.NOTE
    assert "If the desk is running" in told(line)


class Shut:
    """A line that does not open."""

    name = "x"

    def __init__(self, fault):
        self.fault = fault
        self.closed = 0

    def open(self):
        raise LineLostError(self.fault)

    def close(self):
        self.closed += 1


@pytest.mark.parametrize("fault", LineFault)
@pytest.mark.parametrize("part", ["scanner", "thermometer"])
def test_each_fault_has_its_sentence(tmp_path, part, fault):
    configure(tmp_path, **{part: "auto"})
    ((name, wanted, _),) = serial_devices.wanted(load_settings(tmp_path, RESOURCES))
    line = Shut(fault)
    finding = checks_serial.port(name, wanted, lambda: line, list)
    assert "auto" in told(finding)
    assert line.closed == 1
    for language in Language:
        assert Words(language, RESOURCES / "i18n").has(f"doctor.part.{finding.part}")
