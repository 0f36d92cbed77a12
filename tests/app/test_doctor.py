"""The doctor: each part well, absent and broken, in both languages."""

import base64
import json
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest
import qrcode
from qrcode.constants import ERROR_CORRECT_M

from kiosk.adapters.camera_files import FolderCamera
from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.decoder_zbar import open_zbar
from kiosk.adapters.decoder_zxing import open_zxing
from kiosk.adapters.pictures import load
from kiosk.adapters.sqlite.store import open_store
from kiosk.app import checks_camera, checks_data, checks_devices, doctor
from kiosk.app.findings import Finding, Sign
from kiosk.app.rules import load_rules
from kiosk.domain.retention import Periods
from kiosk.ports.camera import CameraLostError
from kiosk.ports.decoder import DecoderMissingError, Symbol
from kiosk.ports.printer import Condition, Trouble
from kiosk.ui.wording import Language, Words
from tests.fakes_log import MORNING, ManualClock, arrival
from tests.stores import as_another, of_another, opened, remount_read_only, small_disk

RESOURCES = Path(__file__).parents[2] / "resources"
VECTORS = Path(__file__).parents[1] / "data" / "payloads"
CARD = RESOURCES / "doctor" / "card.png"
ENGLISH = Words(Language.ENGLISH, RESOURCES / "i18n")


def told(finding: Finding) -> str:
    """The English sentence, after the Vietnamese one was seen to fill in as well."""
    Words(Language.VIETNAMESE, RESOURCES / "i18n")(finding.key, **finding.values)
    return ENGLISH(finding.key, **finding.values)


def zoned(wall: datetime = MORNING, hours: int = 7) -> ManualClock:
    clock = ManualClock(wall)
    clock.zone = lambda: timezone(timedelta(hours=hours))
    return clock


def test_a_lost_key_is_a_fault(tmp_path):
    with opened(tmp_path) as store:
        store.logbook.append(arrival())
    (tmp_path / "office.key").unlink()
    found = [*checks_data.database(tmp_path, zoned(), "G1")]
    assert [finding.sign for finding in found] == [Sign.OK, Sign.FAULT]
    assert "office.key" in told(found[1])


# --- the whole --------------------------------------------------------------------------------


def test_a_new_desk_has_no_fault(tmp_path, qapp, capsys):
    code = doctor.doctor(tmp_path, RESOURCES, ENGLISH, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert lines[-1] == "No fault was found."
    for part in ("settings", "camera", "code reading", "printers", "fonts", "log", "disk", "cl"):
        assert any(f"{part}" in line for line in lines)


FORMER = 'legal_basis = "Công văn 568/UBND-KGVX ngày 07/05/2021 của UBND tỉnh Kiên Giang"'


def test_the_suspended_order_of_an_old_copy_is_told_and_one_in_force_is_not(tmp_path):
    whole = (RESOURCES / "rules.default.toml").read_text("utf-8")
    file = tmp_path / "rules.toml"
    file.write_text(whole.replace('legal_basis = ""', FORMER), "utf-8")
    _, found = checks_data.settings(tmp_path, RESOURCES, ENGLISH, zoned())
    assert [finding.sign for finding in found] == [Sign.OK, Sign.NOTE]
    assert f'write legal_basis = "" and a new version into {file}' in told(found[1])
    file.write_text(whole.replace('legal_basis = ""', 'legal_basis = "Quyết định 1"'), "utf-8")
    _, found = checks_data.settings(tmp_path, RESOURCES, ENGLISH, zoned())
    assert [finding.sign for finding in found] == [Sign.OK]


def test_a_consent_text_that_asks_about_health_where_nobody_does_is_told(tmp_path):
    own, card = tmp_path / "consent.vi.toml", tmp_path / "rules.toml"
    text = (RESOURCES / own.name).read_text("utf-8").splitlines()
    own.write_text("\n".join(line for line in text if "_without_health =" not in line), "utf-8")
    whole = (RESOURCES / "rules.default.toml").read_text("utf-8")
    _, found = checks_data.settings(tmp_path, RESOURCES, ENGLISH, zoned())
    assert [finding.sign for finding in found] == [Sign.OK], "health is asked about"
    card.write_text(whole.replace("health_step = true", "health_step = false"), "utf-8")
    _, found = checks_data.settings(tmp_path, RESOURCES, ENGLISH, zoned())
    assert [finding.sign for finding in found] == [Sign.OK, Sign.NOTE]
    assert str(own) in told(found[1])
    own.write_text("version = 1", "utf-8")
    _, found = checks_data.settings(tmp_path, RESOURCES, ENGLISH, zoned())
    assert found[-1].sign is Sign.FAULT
    assert str(own) in told(found[-1])


def test_json_is_one_object_a_line(tmp_path, qapp, capsys):
    (tmp_path / "settings.toml").write_text("[gat]\n", "utf-8")
    assert doctor.doctor(tmp_path, RESOURCES, ENGLISH, as_json=True) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found[0]["part"] == "settings"
    assert found[0]["sign"] == "fault"
    assert '"gat" is not known' in found[0]["words"]


def test_the_doctor_writes_nothing(tmp_path, qapp):
    list(doctor.examine(tmp_path / "data", RESOURCES, ENGLISH, zoned()))
    assert list(tmp_path.iterdir()) == []


# --- settings and rules -----------------------------------------------------------------------


def test_both_files_with_mistakes_are_both_told(tmp_path):
    (tmp_path / "settings.toml").write_text("x", "utf-8")
    (tmp_path / "rules.toml").write_text("y = 1", "utf-8")
    settings, found = checks_data.settings(tmp_path, RESOURCES, ENGLISH, zoned())
    assert settings.gate.id == "G1"
    assert [finding.sign for finding in found] == [Sign.FAULT, Sign.FAULT]
    assert "rules.toml" in told(found[1])


def test_rules_that_were_changed_and_kept_their_version_are_a_fault_as_at_the_start(tmp_path):
    default, own = RESOURCES / "rules.default.toml", tmp_path / "rules.toml"
    shutil.copy(default, own)
    with opened(tmp_path) as store:
        kept = load_rules(tmp_path, RESOURCES)
        store.logbook.keep_rules(kept.card, kept.text, MORNING)
    _, found = checks_data.settings(tmp_path, RESOURCES, ENGLISH, zoned())
    assert [finding.sign for finding in found] == [Sign.OK]
    changed = default.read_text("utf-8").replace("mask = true", "mask = false")
    own.write_text(changed, "utf-8")
    _, found = checks_data.settings(tmp_path, RESOURCES, ENGLISH, zoned())
    assert [finding.sign for finding in found] == [Sign.FAULT]
    version = kept.card.version
    assert f'{own}: the rules were changed but "version" is still {version}' in told(found[0])
    own.write_text(changed.replace(f'"{version}"', '"2026-12"'), "utf-8")
    _, found = checks_data.settings(tmp_path, RESOURCES, ENGLISH, zoned())
    assert [finding.sign for finding in found] == [Sign.OK]


# --- camera -----------------------------------------------------------------------------------


class Silent:
    """A device whose driver does not return until it is stopped."""

    name, live = "0", True

    def __init__(self, stop: Event) -> None:
        self._stop = stop

    def open(self) -> None:
        self._stop.wait(30)
        raise CameraLostError

    def close(self) -> None:
        pass


class Missing(Silent):
    def open(self) -> None:
        raise CameraLostError


def look_at(source, make):
    """What is found of a camera that grants nothing."""
    (found,) = checks_camera.camera(source, make, ENGLISH)
    return found


def test_a_camera_that_gives_a_picture_is_well():
    made = look_at("x", lambda stop: FolderCamera(CARD, ManualClock(), stop.wait))
    assert (made.sign, told(made)) == (Sign.OK, "x gives pictures of 270 x 270")


def test_a_desk_without_a_camera_is_only_noted():
    assert look_at("", Missing).sign is Sign.NOTE


def test_a_webcam_that_nobody_named_is_only_noted():
    assert look_at("0", Missing).sign is Sign.NOTE


def test_a_camera_that_was_named_and_is_not_there_is_a_fault():
    made = look_at("rtsp://door", Missing)
    assert made.sign is Sign.FAULT
    assert "rtsp://door gives no picture" in told(made)


def test_a_camera_that_does_not_answer_is_a_fault(monkeypatch):
    monkeypatch.setattr(checks_camera, "CAMERA_SECONDS", 0.1)
    made = look_at("0", Silent)
    assert made.sign is Sign.FAULT
    assert "did not answer" in told(made)


# --- decoders ---------------------------------------------------------------------------------


def test_the_built_in_card_is_drawn_as_its_text_says():
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=6, border=4)
    symbol.add_data(checks_devices.CARD.encode(), optimize=0)
    symbol.make(fit=True)  # symbol.make_image().save("resources/doctor/card.png")
    wanted = np.kron(np.where(symbol.get_matrix(), 0, 255), np.ones((6, 6), int))
    assert np.array_equal(load(CARD)[:, :, 0], wanted)


def test_the_built_in_card_trips_the_guess_of_plain_libzbar():
    pyzbar = pytest.importorskip("pyzbar.pyzbar")
    (guessed,) = pyzbar.decode(load(CARD)[:, :, 0])
    assert guessed.data != checks_devices.CARD.encode()


def test_both_decoders_read_the_card_letter_by_letter():
    found = list(checks_devices.decoders(CARD))
    assert [(f.sign, f.values["decoder"]) for f in found] == [
        (Sign.OK, "zbar"),
        (Sign.OK, "zxing"),
    ]


def missing(*_args):
    raise DecoderMissingError


class Wrong:
    name, gives_bytes = "zbar", True

    def __init__(self, *payloads: bytes) -> None:
        self._payloads = payloads

    def decode(self, plane):
        return tuple(Symbol(payload, (), self.name) for payload in self._payloads)


class OldZbar(Wrong):
    gives_bytes = False


@pytest.mark.parametrize(
    ("first", "second", "told_in_order"),
    [
        (missing, open_zxing, ["note: libzbar does not load", "ok: zxing reads"]),
        (open_zbar, missing, ["ok: zbar reads", "note: zxing does not load"]),
        (missing, missing, ["fault: no decoder loads"]),
        (lambda _: OldZbar(), open_zxing, ["note: this libzbar is old", "ok: zxing reads"]),
        (lambda _: Wrong(b"V\xe8"), open_zxing, ["fault: zbar reads the Vi", "ok: zxing reads"]),
        (lambda _: Wrong(), open_zxing, ["fault: zbar does not read", "ok: zxing reads"]),
    ],
)
def test_what_is_missing_or_wrong_with_a_decoder_is_told(first, second, told_in_order):
    found = list(checks_devices.decoders(CARD, first, second))
    assert len(found) == len(told_in_order)
    for finding, expected in zip(found, told_in_order, strict=True):
        assert f"{finding.sign}: {told(finding)}".startswith(expected)


def test_a_missing_test_card_is_a_fault(tmp_path):
    (found,) = checks_devices.decoders(tmp_path / "card.png")
    assert found.sign is Sign.FAULT
    assert "cannot be read (missing)" in told(found)


# --- printers and fonts -----------------------------------------------------------------------


@dataclass
class Known:
    """Printers as the system knows them, and what is wrong with each."""

    troubles: dict[str, tuple[Trouble, ...]]

    def printers(self):
        return list(self.troubles)

    def condition(self, printer):
        found = self.troubles.get(printer, (Trouble.NO_SUCH_PRINTER,))
        return Condition(printer, troubles=found)


@pytest.mark.parametrize(
    ("there", "wanted", "expected"),
    [
        ({}, "", [(Sign.NOTE, "the system has none")]),
        ({"A": ()}, "", [(Sign.OK, "A is used and ready; printers in all: 1")]),
        (
            {"A": (), "B": ()},
            "B",
            [(Sign.OK, "B is used and ready; printers in all: 2"), (Sign.OK, "A is ready")],
        ),
        ({}, "B", [(Sign.FAULT, 'the system does not know "B". It knows: -')]),
        (
            {"A": ()},
            "B",
            [(Sign.FAULT, 'the system does not know "B". It knows: A'), (Sign.OK, "A is ready")],
        ),
        (
            {"A": (Trouble.NO_PAPER, Trouble.STOPPED), "B": (Trouble.OFFLINE,)},
            "A",
            [(Sign.FAULT, "A is out of paper. Put"), (Sign.NOTE, "B cannot be reached")],
        ),
    ],
)
def test_printers(there, wanted, expected):
    found = list(checks_devices.printers(wanted, Known(there)))
    assert [one.sign for one in found] == [sign for sign, _ in expected]
    for one, (_, said) in zip(found, expected, strict=True):
        assert told(one).startswith(said)


@pytest.mark.parametrize(
    "trouble",
    [one for one in Trouble if one.value not in {"not_written", "no_such_printer", "interrupted"}],
)
def test_every_trouble_of_a_printer_has_its_sentence(trouble):
    (found,) = checks_devices.printers("", Known({"A": (trouble,)}))
    assert found.sign is Sign.FAULT
    assert "A" in told(found)


def test_a_doctor_without_fonts_says_so_and_goes_on(qapp, tmp_path):
    wanted = SimpleNamespace(name="A", receipt="", receipt_dots=576)
    assert list(doctor._printers(wanted, tmp_path)) == []


def test_the_bundled_fonts_hold_every_vietnamese_letter(qapp):
    assert checks_devices.fonts(RESOURCES / "fonts").sign is Sign.OK
    assert len(set(checks_devices.LETTERS)) == 146


def test_a_font_without_letters_a_broken_one_and_none_are_faults(qapp, tmp_path, monkeypatch):
    assert "no font" in told(checks_devices.fonts(tmp_path))
    shutil.copy(next((RESOURCES / "fonts").glob("*.ttf")), tmp_path / "a.ttf")
    monkeypatch.setattr(checks_devices, "LETTERS", "aệ漢")
    assert told(checks_devices.fonts(tmp_path)).startswith("a.ttf lacks 漢")
    (tmp_path / "a.ttf").write_bytes(b"no font")
    assert told(checks_devices.fonts(tmp_path)).startswith("a.ttf cannot be read")


# --- log, disk, clock -------------------------------------------------------------------------


def fill(folder: Path, *drafts) -> Path:
    data = DataFolder(folder)
    data.claim()
    store = open_store(data, ManualClock(), "G1")
    for draft in drafts:
        store.logbook.append(draft)
    store.close()
    data.release()
    return data.database


def test_a_desk_that_was_never_opened_has_no_log_yet(tmp_path):
    (found,) = checks_data.database(tmp_path, zoned(), "G1")
    assert found.sign is Sign.NOTE


def test_a_whole_log_is_told_with_its_fingerprint(tmp_path):
    fill(tmp_path, arrival(), arrival())
    (found,) = checks_data.database(tmp_path, zoned(MORNING), "G1")
    assert found.sign is Sign.OK
    assert told(found).startswith("2 entries, each as it was written; fingerprint ")


def test_an_empty_log_is_whole(tmp_path):
    fill(tmp_path)
    (found,) = checks_data.database(tmp_path, zoned(), "G1")
    assert found.sign is Sign.OK


def test_a_changed_entry_is_a_fault(tmp_path):
    file = fill(tmp_path, arrival(), arrival())
    with sqlite3.connect(file) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE log_entry SET officer = 'x' WHERE seq = 2")
    db.close()
    found = next(checks_data.database(tmp_path, zoned(), "G1"))
    assert found.sign is Sign.FAULT
    assert told(found).startswith("entry 2 of gate G1 is not as it was written")


def test_a_file_of_another_program_is_a_fault(tmp_path):
    (tmp_path / "kiosk.db").write_bytes(b"no database at all" * 100)
    (found,) = checks_data.database(tmp_path, zoned(), "G1")
    assert found.sign is Sign.FAULT
    assert "not a log of this program" in told(found)


def test_a_key_that_is_not_whole_is_a_fault_before_the_first_start(tmp_path):
    (tmp_path / "office.key").write_bytes(b"short")
    (found,) = checks_data.database(tmp_path, zoned(), "G1")
    assert found.sign is Sign.FAULT
    assert "is damaged" in told(found)


def test_a_table_that_is_damaged_is_a_fault_though_the_log_is_whole(tmp_path):
    file = fill(tmp_path, arrival())
    with closing(sqlite3.connect(file)) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        root = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = 'print_job'"
        (page,) = db.execute(root).fetchone()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)
    (found,) = checks_data.database(tmp_path, zoned(), "G1")
    assert found.sign is Sign.FAULT
    assert "is damaged" in told(found)


def test_a_log_that_can_be_read_and_not_written_is_a_fault():
    with small_disk(4096) as folder:
        fill(folder, arrival())
        remount_read_only(folder)
        (found,) = checks_data.database(folder, zoned(), "G1")
    assert found.sign is Sign.FAULT
    assert "Nothing can be written" in told(found)


def test_a_clock_behind_the_log_is_a_fault(tmp_path):
    fill(tmp_path, arrival(MORNING + timedelta(hours=1)))
    found = list(checks_data.database(tmp_path, zoned(MORNING), "G1"))
    assert [finding.sign for finding in found] == [Sign.OK, Sign.FAULT]
    assert "the last entry says 2026-11-22 09:12" in told(found[1])


@pytest.mark.parametrize(
    ("megabytes", "sign"), [(50, Sign.FAULT), (500, Sign.NOTE), (50_000, Sign.OK)]
)
def test_room_on_the_disk(tmp_path, monkeypatch, megabytes, sign):
    usage = type("Usage", (), {"free": megabytes * 1_000_000})
    monkeypatch.setattr(checks_data.shutil, "disk_usage", lambda folder: usage)
    found = checks_data.disk(tmp_path / "not" / "yet")
    assert found.sign is sign
    assert told(found)


def test_files_that_a_command_run_with_sudo_has_left_are_named(tmp_path):
    fill(tmp_path, arrival())
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "kiosk.log").touch()
    assert checks_data.disk(tmp_path).sign is not Sign.FAULT
    of_another(tmp_path / "kiosk.lock", tmp_path / "logs" / "kiosk.log", tmp_path / "kiosk.db")
    program = (
        "import sys, pathlib; from kiosk.app import checks_data;"
        "print(checks_data.disk(pathlib.Path(sys.argv[1])).values['files'])"
    )
    asked = as_another(sys.executable, "-c", program, str(tmp_path))
    assert asked.stdout == "kiosk.db, kiosk.lock, kiosk.log\n", asked.stderr
    kiosk = (sys.executable, "-m", "kiosk", "--lang", "en", "--data", str(tmp_path))
    told = as_another(*kiosk[:3], "register", *kiosk[3:], "--json").stderr
    assert "Give this account the right" in told, "not that a cable is loose"


def test_a_file_where_the_folder_should_be_is_a_fault(tmp_path):
    (tmp_path / "file").write_text("")
    assert "nothing can be written" in told(checks_data.disk(tmp_path / "file" / "data"))


@pytest.mark.parametrize(
    ("clock", "sign"),
    [
        (zoned(), Sign.OK),
        (zoned(hours=0), Sign.NOTE),
        (zoned(datetime(1970, 1, 1, 12, tzinfo=UTC)), Sign.FAULT),
        (zoned(datetime(2099, 1, 1, tzinfo=UTC)), Sign.FAULT),
    ],
)
def test_the_clock(clock, sign):
    found = checks_data.clock_and_zone(clock)
    assert found.sign is sign
    assert told(found)


# --- issuers of certificates --------------------------------------------------------------------


def test_it_counts_the_issuers_and_names_files_that_are_none(tmp_path):
    folder = tmp_path / "issuers"
    assert list(checks_data.issuers(tmp_path)) == []
    folder.mkdir()
    vector = json.loads((VECTORS / "eu-dcc.json").read_text("utf-8"))[0]
    (folder / "AE.cer").write_bytes(base64.b64decode(vector["certificate"]))
    (whole,) = checks_data.issuers(tmp_path)
    assert (whole.sign, whole.values["count"]) == (Sign.OK, 1)
    (folder / "notes.txt").write_text("no certificate")
    (folder / "empty.json").write_text('{"keys": []}')
    (folder / "deep.json").write_text('{"keys":' + "[" * 100_000)
    (some,) = checks_data.issuers(tmp_path)
    assert (some.sign, some.values["files"]) == (Sign.NOTE, "deep.json, empty.json, notes.txt")
    assert "notes.txt" in told(some)


# --- erasing ----------------------------------------------------------------------------------


def erasing(folder, wall=MORNING):
    (found,) = checks_data.erasing(folder, zoned(wall), Periods(30, 21, 365, 730))
    return found


def test_data_that_is_kept_as_visitors_were_told_is_well(tmp_path):
    with opened(tmp_path) as store:
        store.logbook.append(arrival())
    found = erasing(tmp_path, MORNING + timedelta(days=20))
    assert found.sign is Sign.OK
    assert "the oldest personal data that are kept: 2026-11-22 (visitors" in told(found)


def test_data_that_is_kept_longer_than_visitors_were_told_is_a_fault(tmp_path):
    with opened(tmp_path) as store:
        store.logbook.append(arrival())
    found = erasing(tmp_path, MORNING + timedelta(days=60))
    assert found.sign is Sign.FAULT
    assert "whose period is over (visitors are told 30 days)" in told(found)


def test_of_a_folder_without_a_log_nothing_is_said_of_erasing(tmp_path):
    assert list(checks_data.erasing(tmp_path, zoned(), Periods(30, 21, 365, 730))) == []
