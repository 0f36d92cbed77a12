"""A whole morning, from the film in front of the camera to the register on paper."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from kiosk.adapters.pictures import load
from kiosk.adapters.reading import open_reader
from kiosk.domain import issued as codes
from tests.stores import temporary_folder

ROOT = Path(__file__).parents[2]
LONGEST = 150
"""Seconds for a morning on a busy computer; it takes less than one minute on a quiet one."""

VISITS = [
    ("Dương Bích Sơn", "admit", "rules_met", "36.6", "departure"),
    ("TRAN VAN DUNG", "refuse", "fever", "37.9 37.6", None),
    ("Lê Anh Sơn", "admit", "rules_met", "36.4", None),
    ("Vũ Bích Sơn", "admit", "rules_met", "36.7", None),
    (None, "refuse", "unknown_url", None, None),
    ("Trần Thị Mai", "admit", "rules_met", "36.5", "departure"),
]


class Morning:
    """One `kiosk demo` in a process of its own."""

    def __init__(self, folder: Path, platform: str) -> None:
        self.folder = folder
        self.platform = platform
        environment = {k: v for k, v in os.environ.items() if not k.startswith("QT_QPA_")}
        environment |= {"QT_QPA_PLATFORM": platform, "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "kiosk", "demo", "--data", str(folder), "--lang", "en"]
        if platform == "xcb":
            assert shutil.which("xvfb-run"), "install xvfb (start.py test does)"
            screen = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24"]
            command = screen + command
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def end(self) -> str:
        """What it printed, after it has ended well."""
        try:
            said, complained = self.process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            said, complained = self.process.communicate(timeout=20)
        told = f"{self.platform}: {said}\n{complained}"
        assert self.process.returncode == 0, told
        assert complained == "", told
        return said

    def rows(self, question: str) -> list[tuple]:
        with closing(sqlite3.connect(self.folder / "kiosk.db")) as db:
            return db.execute(question).fetchall()

    def paper(self, name: str) -> Path:
        (found,) = (self.folder / "prints").glob(f"{name}-*.pdf")
        return found


def words_on(paper: Path) -> str:
    with closing(pypdfium2.PdfDocument(paper)) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def code_on(paper: Path) -> str:
    """What a camera would read on the page."""
    picture = paper.with_suffix(".png")
    with closing(pypdfium2.PdfDocument(paper)) as document:
        document[0].render(scale=3).to_pil().save(picture)
    (symbol,) = open_reader().glance(load(picture).data)
    return symbol.payload.decode()


def is_as_told(morning: Morning) -> None:
    said = morning.end()
    assert (
        morning.rows(
            "SELECT name, verdict, reason, readings, closed_by FROM register ORDER BY came_in"
        )
        == VISITS
    )
    assert morning.rows("SELECT name FROM inside ORDER BY came_in") == [
        ("Lê Anh Sơn",),
        ("Vũ Bích Sơn",),
    ]
    assert morning.rows("SELECT count(*) FROM log_entry") == [(8,)]
    assert "8 entries in the log, chain intact" in said
    register = words_on(morning.paper("register"))
    for name, *_ in VISITS:
        assert (name or "") in register
        assert (name or "") in said
    code = codes.read(code_on(morning.paper("slip")))
    assert code is not None
    ((number,),) = morning.rows("SELECT number FROM credential WHERE kind = 'slip'")
    assert number in words_on(morning.paper("slip"))
    assert str(morning.paper("register")) in said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has xcb")
def test_a_morning_from_film_to_register_with_and_without_a_screen():
    """Both at once: most of a morning is waiting for the film."""
    with temporary_folder() as folder:
        mornings = [Morning(folder / name, name) for name in ("offscreen", "xcb")]
        try:
            for morning in mornings:
                is_as_told(morning)
        finally:
            for morning in mornings:
                morning.process.kill()
                morning.process.wait()
