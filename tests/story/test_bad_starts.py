"""`kiosk run` where something is wrong: one sentence, the exit code, and never a traceback."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.adapters.data_folder import DataFolder
from tests.fakes_log import arrival
from tests.stores import opened, remount_read_only, small_disk

ROOT = Path(__file__).parents[2]


def start(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "run", "--data", str(folder), "--lang", "en", *more],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def sentence(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one line on standard error."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    (line,) = done.stderr.splitlines()
    return line


def test_a_typo_in_the_settings_is_named_with_its_file_and_key(tmp_path):
    (tmp_path / "settings.toml").write_text('[gate]\nnaem = "North"\n', "utf-8")
    line = sentence(start(tmp_path), 2)
    assert "naem" in line
    assert str(tmp_path / "settings.toml") in line


def test_a_limit_that_cannot_be_is_named_with_its_file(tmp_path):
    (tmp_path / "rules.toml").write_text("fever = 97.5\n", "utf-8")
    line = sentence(start(tmp_path), 2)
    assert str(tmp_path / "rules.toml") in line


def test_a_rule_card_changed_under_its_old_version_is_named(tmp_path):
    text = (ROOT / "resources" / "rules.default.toml").read_text("utf-8")
    with opened(tmp_path) as store:
        store.database.execute(
            "INSERT INTO rules VALUES ('2026-11', '2026-01-01T00:00:00.000Z', 'another card')"
        )
    (tmp_path / "rules.toml").write_text(text.replace("fever = 37.5", "fever = 37.3"), "utf-8")
    line = sentence(start(tmp_path, "--camera", ""), 2)
    assert "version" in line


def test_a_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "kiosk.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipe (name TEXT)")
        db.commit()
    before = path.read_bytes()
    assert "not a log of this program" in sentence(start(tmp_path), 1)
    assert path.read_bytes() == before


def test_a_newer_database_is_left_alone(tmp_path):
    with opened(tmp_path) as store:
        store.database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('kiosk', 'm999_of_next_year', '2027-01-01')"
        )
    before = (tmp_path / "kiosk.db").read_bytes()
    assert "newer version" in sentence(start(tmp_path), 1)
    assert (tmp_path / "kiosk.db").read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    (tmp_path / "kiosk.db").write_bytes(b"shopping list\n" * 400)
    sentence(start(tmp_path), 1)
    assert (tmp_path / "kiosk.db").read_bytes() == b"shopping list\n" * 400


def test_a_second_desk_on_the_same_folder_is_sent_to_the_first(tmp_path):
    first = DataFolder(tmp_path)
    first.claim()
    try:
        assert "already running" in sentence(start(tmp_path), 1)
    finally:
        first.release()


@pytest.mark.skipif(sys.platform != "linux", reason="needs mount")
def test_a_folder_that_nothing_can_be_written_to_is_named():
    with small_disk(4096) as folder:
        remount_read_only(folder)
        done = start(folder)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert f"Nothing can be written to {folder}" in done.stderr


def test_a_folder_that_is_a_file_is_named(tmp_path):
    path = tmp_path / "data"
    path.write_text("not a folder", "utf-8")
    done = start(path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(path) in done.stderr


def test_a_wrong_option_is_wrong_use(tmp_path):
    done = start(tmp_path, "--colour", "green")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_lost_key_is_told_before_anybody_is_refused_for_it(tmp_path):
    with opened(tmp_path) as store:
        store.logbook.append(arrival())
    (tmp_path / "office.key").unlink()
    line = sentence(start(tmp_path, "--camera", ""), 1)
    assert "office.key" in line
    assert "--new-key" in line
    assert not (tmp_path / "office.key").exists()
