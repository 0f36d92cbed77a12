"""Real stores for tests, on a disk of memory where there is one: fsync costs nothing there."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.sqlite.store import Store, open_store
from tests.fakes_log import ManualClock

_MEMORY = Path("/dev/shm")
_SOMEBODY = 4321  # an account that need not exist


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as path:
        yield Path(path)


@contextmanager
def temporary_store(clock: ManualClock | None = None) -> Iterator[Store]:
    """An empty store of gate G1."""
    with temporary_folder() as path, opened(path, clock) as store:
        yield store


@contextmanager
def opened(path: Path, clock: ManualClock | None = None, gate_id: str = "G1") -> Iterator[Store]:
    """The store of this folder, claimed, and closed afterwards."""
    folder = DataFolder(path)
    folder.claim()
    try:
        store = open_store(folder, clock or ManualClock(), gate_id)
        try:
            yield store
        finally:
            store.close()
    finally:
        folder.release()


@contextmanager
def small_disk(kilobytes: int) -> Iterator[Path]:
    """A disk that can really be full or read-only (`remount_read_only`); needs root on Linux."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    with tempfile.TemporaryDirectory() as path:
        mounted = _mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "kiosk-test", path)
        if mounted.returncode:
            pytest.skip(f"no small disk here: {mounted.stderr.strip()}")
        try:
            yield Path(path)
        finally:
            subprocess.run(["umount", path], check=True)


def remount_read_only(path: Path) -> None:
    """From now on nothing can be written to this small disk."""
    _mount("-o", "remount,ro", str(path)).check_returncode()


def as_another(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command to whom files of others are closed; they are `of_another`."""
    rights = "-dac_override,-dac_read_search,-fowner,-chown"
    limited = ("setpriv", f"--bounding-set={rights}", "--inh-caps=-all", *command)
    return subprocess.run(limited, capture_output=True, text=True, check=False)


def of_another(*paths: Path) -> None:
    """Give these to another account of the computer; needs root on Linux."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can give files away")
    for path in paths:
        os.chown(path, _SOMEBODY, _SOMEBODY)
        path.chmod(0o700 if path.is_dir() else 0o600)


def _mount(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
