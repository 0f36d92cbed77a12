"""The command line itself: its help, its exit codes, and streams that are not as hoped."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kiosk
from kiosk.app.main import main

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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_under_the_output_is_one_sentence(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "doctor", "--data", str(tmp_path)],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode() == "The disk is full, so not everything was written.\n"
