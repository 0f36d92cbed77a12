"""`kiosk poster`: from a text, a picture or the settings, and what is said without any."""

from pathlib import Path

import pytest

from kiosk.adapters import reading_start
from kiosk.adapters.opencv import cv2
from kiosk.adapters.qr_symbol import save_png
from kiosk.app.main import main
from tests.golden_pages import picture_file
from tests.unruly_reader import ask_for, words

pytestmark = pytest.mark.usefixtures("qapp")
URL = "https://qr.tokhaiyte.vn/?q=KG0912345678"


def run(data: Path, *given: str) -> int:
    return main(["poster", "--data", str(data), "--lang", "vi", *given])


def decoded(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["decode", str(path)]) == 0
    return capsys.readouterr().out


def test_our_own_poster_is_told_for_a_code_of_a_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "áp phích.png"
    assert run(tmp_path, "--text", URL, "--png", str(written)) == 0
    assert "location" in decoded(written, capsys)


def test_the_settings_say_what_the_code_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text(f'[poster]\ntext = "{URL}"\nsigns = "2k"\n', "utf-8")
    written = tmp_path / "a.png"
    assert run(tmp_path, "--paper", "a3", "--png", str(written)) == 0
    assert URL in decoded(written, capsys)


def test_a_picture_that_was_given_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_png(URL, tmp_path / "given.png")
    written = tmp_path / "a.png"
    assert run(tmp_path, "--image", str(tmp_path / "given.png"), "--png", str(written)) == 0
    assert "tên cơ quan mẫu" in capsys.readouterr().err
    assert URL in decoded(written, capsys)


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ((), 2, "Chưa có nội dung cho mã QR"),
        (("--text", ""), 2, "Chưa có nội dung cho mã QR"),
        (("--text", "a" * 501), 2, "không dài quá 500 byte"),
        (("--image", "missing.png"), 1, "Không đọc được tệp"),
        (("--image", "notes.png"), 1, "không phải ảnh PNG"),
        (("--image", "black.png"), 1, "Không đọc được mã QR nào"),
    ],
)
def test_what_makes_no_poster_is_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes.png").write_text("no picture", "utf-8")
    Path("black.png").write_bytes(picture_file(100, 100))
    assert run(tmp_path, *given) == code
    assert not Path("poster.pdf").exists()
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_a_picture_that_crashes_the_decoders_is_one_without_a_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_png(URL, tmp_path / "given.png")
    crashing = ask_for("abort", cv2.imread(str(tmp_path / "given.png")))
    cv2.imwrite(str(tmp_path / "given.png"), crashing)
    monkeypatch.setattr(reading_start, "command", words)
    assert run(tmp_path, "--image", str(tmp_path / "given.png"), "--pdf", "a.pdf") == 1
    assert "Không đọc được mã QR nào" in capsys.readouterr().err
