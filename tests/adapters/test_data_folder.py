"""One desk a folder, one key, and a word for each disk that will not have it."""

import os
import stat
import subprocess
import sys
import threading
from contextlib import suppress

import pytest

from kiosk.adapters.data_folder import KEY_BYTES, DataFolder
from kiosk.adapters.disk import write_private
from kiosk.ports.logbook import InUseError, LogbookError, Trouble
from tests.stores import remount_read_only, small_disk

HOLDS_IT = """
import sys
from pathlib import Path
from kiosk.adapters.data_folder import DataFolder
folder = DataFolder(Path(sys.argv[1]))
folder.claim()
print("claimed", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path):
    folder = DataFolder(tmp_path / "new" / "data")
    yield folder
    folder.release()


def fill_disk(path):
    with path.open("wb", buffering=0) as film, suppress(OSError):
        while True:
            film.write(b"x" * 4096)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_made_for_its_owner_alone(folder):
    folder.claim()
    assert mode(folder.path) == 0o700


def test_a_second_desk_is_kept_out(folder):
    folder.claim()
    second = DataFolder(folder.path)
    with pytest.raises(InUseError) as caught:
        second.claim()
    assert caught.value.trouble is Trouble.IN_USE
    folder.release()
    second.claim()
    second.release()


def test_another_process_is_kept_out_until_it_is_killed(folder):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_IT, str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "claimed\n"
        with pytest.raises(InUseError):
            folder.claim()
        other.kill()
    folder.claim()


def test_the_claim_may_be_given_up_from_another_thread(folder):
    folder.claim()
    thread = threading.Thread(target=folder.release)
    thread.start()
    thread.join()
    second = DataFolder(folder.path)
    second.claim()
    second.release()


def test_releasing_twice_does_no_harm(folder):
    folder.claim()
    folder.release()
    folder.release()


def test_the_key_is_made_once_for_its_owner_alone(folder):
    folder.claim()
    key = folder.key()
    assert len(key) == KEY_BYTES
    assert DataFolder(folder.path).key() == key
    assert mode(folder.path / "office.key") == 0o600


def test_no_two_folders_have_the_same_key(folder, tmp_path):
    folder.claim()
    other = DataFolder(tmp_path / "other")
    other.claim()
    assert other.key() != folder.key()
    other.release()


def test_a_key_is_not_made_by_a_reader(folder):
    folder.path.mkdir(parents=True)
    with pytest.raises(LogbookError) as caught:
        folder.key()
    assert caught.value.trouble is Trouble.MISSING
    assert not folder.has_key()


def test_a_damaged_key_is_never_replaced(folder):
    folder.claim()
    (folder.path / "office.key").write_bytes(b"short")
    with pytest.raises(LogbookError) as caught:
        folder.key()
    assert caught.value.trouble is Trouble.DAMAGED
    assert (folder.path / "office.key").read_bytes() == b"short"


def test_a_lost_key_is_told_and_made_anew_by_hand_alone(folder, caplog):
    folder.claim()
    folder.database.touch()
    with pytest.raises(LogbookError) as caught:
        folder.key()
    assert caught.value.trouble is Trouble.KEY_LOST
    assert not folder.has_key()
    folder.replace_lost_key()
    key = folder.key()
    assert len(key) == KEY_BYTES
    assert mode(folder.path / "office.key") == 0o600
    folder.replace_lost_key()
    assert folder.key() == key, "one that is there is never replaced"
    assert "office.key was lost" in caplog.text
    caplog.clear()


def test_what_was_left_of_a_power_cut_is_written_over(tmp_path):
    (tmp_path / ".file.part").write_bytes(b"half")
    write_private(tmp_path / "file", b"whole")
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert not (tmp_path / ".file.part").exists()
    assert os.name == "nt" or (tmp_path / "file").stat().st_mode & 0o077 == 0


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "data").write_text("I am a file")
    with pytest.raises(LogbookError) as caught:
        DataFolder(tmp_path / "data").claim()
    assert caught.value.trouble is Trouble.UNREACHABLE


def test_a_read_only_disk_is_told():
    with small_disk(100) as disk:
        remount_read_only(disk)
        for folder in (DataFolder(disk), DataFolder(disk / "data")):
            with pytest.raises(LogbookError) as caught:
                folder.claim()
            assert caught.value.trouble is Trouble.READ_ONLY


def test_a_full_disk_is_told():
    with small_disk(64) as disk:
        folder = DataFolder(disk / "data")
        folder.claim()
        fill_disk(disk / "film")
        with pytest.raises(LogbookError) as caught:
            folder.key()
        assert caught.value.trouble is Trouble.FULL
        folder.release()
        (disk / "film").unlink()
        folder.claim()
        assert len(folder.key()) == KEY_BYTES
        folder.release()


def test_a_key_that_cannot_be_looked_for_is_told_as_a_trouble(tmp_path):
    with pytest.raises(LogbookError) as caught:
        DataFolder(tmp_path / ("x" * 300)).has_key()
    assert caught.value.trouble is Trouble.UNREACHABLE
