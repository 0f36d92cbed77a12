"""The command line itself: its help, its exit codes, and streams that are not as hoped."""

import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kiosk
from kiosk.app import main as main_module
from kiosk.app import paths, verify
from kiosk.app.main import main
from kiosk.ui.wording import Language, Words

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "run",
    "demo",
    "decode",
    "register",
    "inside",
    "issue",
    "revoke",
    "verify",
    "doctor",
)


def run(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kiosk", *words],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_ends_with_an_example_that_its_parser_takes(command, capsys):
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert re.search(rf"example: kiosk {command}\b.*$", capsys.readouterr().out.strip())


def test_the_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(re.search(rf"^    {command}\b", said, re.M) for command in COMMANDS)


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"kiosk {kiosk.__version__}\n"


@pytest.mark.parametrize(
    ("settings", "locale", "asked", "language"),
    [
        ('[screen]\nlanguage = "vi"\n', "en_US.UTF-8", (), "vi"),
        ('[screen]\nlanguage = "en"\n', "vi_VN.UTF-8", (), "en"),
        ('[screen]\nlanguage = "vi"\n', "C", ("--lang", "en"), "en"),
        ('[place]\nname = "Sở Y tế"\n', "C", (), "vi"),
        ('[screen]\nlanguage = "vi"\nwrong = 1\n', "C", (), "vi"),
        ("no TOML at all", "vi_VN.UTF-8", (), "vi"),
        ("no TOML at all", "C.UTF-8", (), "vi"),
        ("[screen]\nlanguage = 7\n", "C", (), "vi"),
        ("screen = 7\n", "en_US.UTF-8", (), "en"),
        (None, "vi_VN.UTF-8", (), "vi"),
        (None, "C", (), "vi"),
        (None, "POSIX", (), "vi"),
        (None, "", (), "vi"),
        (None, "en_GB", (), "en"),
        (None, "fr_FR.UTF-8", (), "en"),
    ],
)
def test_a_command_speaks_as_asked_or_the_offices_language(
    tmp_path, monkeypatch, capsys, settings, locale, asked, language
):
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.delenv("LANG", raising=False)
    if settings is not None:
        (tmp_path / "settings.toml").write_text(settings, "utf-8")
    assert main(["verify", "--data", str(tmp_path), *asked]) == 1
    words = Words(Language(language), ROOT / "resources" / "i18n")
    assert words("trouble.missing", folder=tmp_path) in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "cp1258", "latin-1"])
def test_a_terminal_without_the_letters_still_gets_an_answer(tmp_path, encoding):
    running = run("verify", "--data", str(tmp_path), "--lang", "vi", PYTHONIOENCODING=encoding)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 1
    assert b"Traceback" not in out + err
    assert out + err


def test_a_reader_that_goes_away_is_no_bug():
    pictures = [str(path) for path in sorted((ROOT / "tests/data/qr-images").glob("*"))[:3]]
    with run("decode", "--json", *pictures * 20, PYTHONUNBUFFERED="1") as running:
        running.stdout.close()
        said = running.stderr.read()
    assert running.returncode == 1
    assert b"Traceback" not in said


def test_the_demo_writes_no_made_up_visits_into_a_desks_log(tmp_path, capsys):
    (tmp_path / "kiosk.db").write_bytes(b"")
    assert main(["demo", "--data", str(tmp_path), "--lang", "en"]) == 2
    assert "There is a log" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [tmp_path / "kiosk.db"]


def broken(*_arguments, **_words):
    secret = "Nguyễn Thị Hồng 091185000036"
    raise ValueError(secret)


def test_a_bug_of_any_command_is_one_sentence_and_its_discreet_trace_is_in_the_log(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(verify, "verify", broken)
    assert main(["verify", "--data", str(tmp_path), "--lang", "en"]) == 70
    said = capsys.readouterr().err
    log = tmp_path / "logs" / "kiosk.log"
    assert said.count("\n") == 1
    assert str(log) in said
    written = log.read_text("utf-8")
    assert "Traceback" in written
    assert "ValueError" in written
    assert not any(secret in said + written for secret in ("Hồng", "Nguyễn", "091185000036"))


def test_a_bug_where_no_log_can_be_written_ends_in_a_sentence_too(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(verify, "verify", broken)
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert main(["verify", "--data", str(blocked), "--lang", "en"]) == 70
    said = capsys.readouterr().err
    assert said.splitlines()[-1].startswith("The kiosk has a fault of its own")
    assert "Hồng" not in said


@pytest.mark.parametrize("command", ["doctor", "verify", "register", "run"])
def test_the_home_of_nobody_is_wrong_use(command, capsys):
    assert main([command, "--data", "~nobody-of-this-name/desk", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "~nobody-of-this-name/desk" in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[screen]\nlanguage = "en"\n', "The disk is full, so not everything was written.\n"),
        ('[screen]\nlanguage = "vi"\n', "Ổ đĩa đã đầy nên chưa ghi được hết.\n"),
    ],
)
def test_a_full_disk_under_the_output_is_one_sentence_in_the_language_of_the_office(
    tmp_path, settings, told
):
    if settings:
        (tmp_path / "settings.toml").write_text(settings, "utf-8")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "doctor", "--data", str(tmp_path)],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode() == told


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_or_a_quota_that_is_full_is_no_fault_of_the_program(
    number, tmp_path, monkeypatch, capfd
):
    def full(*_given, **_more):
        raise OSError(number, "as the system says it")

    monkeypatch.setattr(verify, "verify", full)
    monkeypatch.setattr(main_module, "_give_up_stdout", lambda: None)
    assert main(["verify", "--data", str(tmp_path), "--lang", "vi"]) == 1
    assert capfd.readouterr().err == "Ổ đĩa đã đầy nên chưa ghi được hết.\n"


def test_without_its_own_files_the_program_says_so_in_both_languages(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(paths, "_resource_folders", lambda: (tmp_path / "resources",))
    assert main(["verify", "--data", str(tmp_path)]) == 2
    said = capfd.readouterr().err
    assert said.startswith("Thiếu thư mục `resources`")
    assert "The folder `resources` is missing" in said
    assert said.endswith(f" ({tmp_path / 'resources'}).\n")


def lost(folder):
    shutil.rmtree(folder)
    return folder


def damaged(folder):
    file = folder / "desk.toml"
    file.write_text("guest = Khách", "utf-8")
    return file


def in_a_code_page(folder):
    file = folder / "desk.toml"
    file.write_bytes('guest = "Khách"'.encode("cp1258"))
    return file


def without_quotes(folder):
    file = folder / "desk.toml"
    file.write_text("minutes = 5", "utf-8")
    return file


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("happens", [lost, damaged, in_a_code_page, without_quotes])
def test_sentences_that_cannot_be_read_are_told_with_their_file(
    happens, language, tmp_path, monkeypatch, capfd
):
    resources = tmp_path / "resources"
    shutil.copytree(ROOT / "resources" / "i18n", resources / "i18n")
    shutil.copy(ROOT / "resources" / "settings.default.toml", resources)
    monkeypatch.setattr(paths, "_resource_folders", lambda: (resources,))
    file = happens(resources / "i18n" / language)
    assert main(["verify", "--data", str(tmp_path / "desk"), "--lang", language]) == 2
    said = capfd.readouterr().err
    assert said.startswith("Không đọc được các câu chữ")
    assert "The program's sentences cannot be read" in said
    assert said.endswith(f" ({file}).\n")


@pytest.mark.parametrize(
    "command", ["forget", "import_staff", "issue", "poster", "prints", "reports", "retention"]
)
def test_a_command_without_a_window_does_not_wait_for_one_to_load(command):
    program = f"import sys, kiosk.app.{command}; sys.exit('kiosk.ui.desk_window' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
