"""`kiosk camera-check` with a film of a test page; what the doctor repeats of it."""

import json
from datetime import UTC, timedelta, timezone
from unittest.mock import Mock

import numpy as np
import pytest
from msgspec import structs

from kiosk.adapters import camera_record, reading_apart, reading_start
from kiosk.adapters.camera_opencv import OpencvCamera
from kiosk.adapters.camera_wishes import Answer, Wish
from kiosk.adapters.opencv import cv2
from kiosk.app import bootstrap, checks_camera, diagnostics
from kiosk.app.equipment import equip
from kiosk.app.findings import Sign
from kiosk.app.main import main
from kiosk.app.run import run
from kiosk.ports.camera import Frame
from kiosk.services.camera_check import CameraFound
from kiosk.ui.wording import Language, Words
from tests.desk_driver import RESOURCES
from tests.fakes_log import MORNING
from tests.qr_drawing import draw, on_desk
from tests.unruly_reader import ask_for, words

ENGLISH = Words(Language.ENGLISH, RESOURCES / "i18n")
GOOD = {"sharp": "sharp", "light": "bright", "glare": "no_glare", "flicker": "steady"}


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Two seconds, in one of which a code is held up."""
    path = tmp_path_factory.mktemp("film") / "page.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, (1280, 720))
    dice = np.random.default_rng(1)
    for shown in (on_desk(), on_desk((draw(b"KIOSK TEST 0.3 MM", 4), 400, 100))):
        soft = cv2.GaussianBlur(shown, (0, 0), 0.8)
        for _ in range(15):
            grain = dice.normal(0, 3, (720, 1280, 1))
            writer.write(np.clip(soft + grain, 0, 255).astype(np.uint8))
    writer.release()
    return path


@pytest.fixture
def desk(tmp_path, film):
    """A data folder whose camera is that film."""
    source = film.as_posix()
    (tmp_path / "settings.toml").write_text(f'[camera]\nsource = "{source}"\n', "utf-8")
    return tmp_path


def check(capsys, *words):
    code = main(["camera-check", "--lang", "en", "--seconds", "5", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_picture_that_crashes_the_decoders_costs_that_picture(tmp_path, capsys, monkeypatch):
    folder = tmp_path / "pictures"  # a film would soften the colour that asks for the crash
    folder.mkdir()
    page = on_desk((draw(b"KIOSK TEST 0.3 MM", 4), 400, 100))
    for name, shown in (("a", page), ("b", ask_for("abort", page)), ("c", page)):
        cv2.imwrite(str(folder / f"{name}.png"), shown)
    monkeypatch.setattr(reading_start, "command", words)
    log = Mock()
    monkeypatch.setattr(reading_apart, "_log", log)
    code, out, _ = check(capsys, "--data", tmp_path, "--camera", folder, "--json")
    assert code == 0
    assert json.loads(out.splitlines()[-1])
    assert log.error.called, "it crashed"


def test_it_tells_what_it_finds_and_keeps_it(desk, capsys):
    code, out, _ = check(capsys, "--data", desk)
    assert code == 0
    lines = out.splitlines()
    assert lines[0].startswith("Hold the test page")
    assert "Sharpness: The picture is sharp." in lines
    assert any(
        line.startswith("Small codes: Codes are read from modules of 0.30") for line in lines
    )
    assert any("50 % of the picture's width" in line for line in lines)
    kept = camera_record.kept(desk)
    assert (kept.smallest_mm, kept.width) == (0.3, 1280)


def test_as_json_it_is_one_object(desk, capsys):
    code, out, _ = check(capsys, "--data", desk, "--json")
    (line,) = out.splitlines()
    told = json.loads(line)
    assert code == 0
    assert (told["codes"], told["smallest_mm"], told["sharp"]) == ("not_card_size", 0.3, "sharp")
    assert told["card_share"] == pytest.approx(0.499, abs=0.01)


def test_another_camera_is_looked_at_and_not_kept_as_the_desks(tmp_path, film, capsys):
    (tmp_path / "settings.toml").write_text("", "utf-8")
    code, _, _ = check(capsys, "--data", tmp_path, "--camera", film)
    assert code == 0
    assert camera_record.kept(tmp_path) is None


def test_the_camera_that_the_desk_was_opened_with_is_the_one_that_is_checked(
    tmp_path, qapp, monkeypatch
):
    """Else what is found of it is kept, and told by the doctor, as found of the settings'."""
    asked = []

    class ItIsOpenError(Exception):
        pass

    def furnish(_app, equipment, _camera, _prints):
        asked.append(equipment.settings.camera)
        raise ItIsOpenError

    monkeypatch.setattr(diagnostics, "listen_to_qt", lambda: None)
    monkeypatch.setattr(bootstrap, "furnish", furnish)
    for source in (None, "1"):
        equipment = equip(tmp_path, RESOURCES, None)
        with pytest.raises(ItIsOpenError):
            run(equipment, source, full_screen=False)
        equipment.data.release()
    settings, named = asked
    assert (settings.source, named.source) == ("0", "1")
    assert structs.replace(named, source="0") == settings


def test_without_a_data_folder_none_is_made(tmp_path, film, capsys):
    assert check(capsys, "--data", tmp_path / "none", "--camera", film)[0] == 0
    assert not (tmp_path / "none").exists()


def test_what_goes_wrong_is_one_sentence(tmp_path, capsys):
    for source, told in (("", "uses no camera"), ("/dev/video77", "gives no picture")):
        code, _, error = check(capsys, "--data", tmp_path, "--camera", source)
        assert code == 1
        assert told in error
        assert len(error.splitlines()) == 1
    assert main(["camera-check", "--seconds", "0"]) == 2


# --- the doctor


def told(finding):
    Words(Language.VIETNAMESE, RESOURCES / "i18n")(finding.key, **finding.values)
    return ENGLISH(finding.key, **finding.values)


class Granting(OpencvCamera):
    """A webcam whose driver has said what it grants."""

    def __init__(self, *answers):
        self.answers = answers

    def open(self):
        pass

    def read(self):
        return Frame(np.zeros((720, 1280, 3), np.uint8).data, 0.0)

    def close(self):
        pass


@pytest.mark.parametrize(
    ("answer", "sign", "words"),
    [
        (Answer(Wish.SIZE, "1920x1080", "1920x1080"), Sign.OK, "size 1920x1080 → 1920x1080"),
        (Answer(Wish.SIZE, "1920x1080", "1280x720"), Sign.NOTE, "size 1920x1080 → 1280x720"),
        (Answer(Wish.FOCUS, "auto", ""), Sign.OK, "focus auto → refused"),
    ],
)
def test_the_doctor_tells_what_the_driver_granted(answer, sign, words):
    found = list(checks_camera.camera("0", lambda _stop: Granting(answer), ENGLISH))
    assert [finding.sign for finding in found] == [Sign.OK, sign]
    assert words in told(found[1])


def test_the_doctor_repeats_the_last_check_in_short():
    zone = timezone(timedelta(hours=7))
    assert checks_camera.last_check(None, zone, ENGLISH).sign is Sign.NOTE
    found = CameraFound(MORNING.astimezone(UTC), "0", 1280, 720, 30.0, GOOD, 0.25, 0.4985)
    good = checks_camera.last_check(found, zone, ENGLISH)
    assert good.sign is Sign.OK
    local = MORNING.astimezone(zone)
    assert told(good) == (
        f"checked on {local:%d/%m/%Y %H:%M}: sharp, bright, no glare, steady; "
        "smallest module read 0.25 mm; a citizen card must fill 50 % of the width"
    )
    bad = CameraFound(MORNING, "0", 1280, 720, 30.0, GOOD | {"light": "dark"}, None, 1.3)
    finding = checks_camera.last_check(bad, zone, ENGLISH)
    assert finding.sign is Sign.NOTE
    assert "too dark; no code of the test page was read" in told(finding)
