"""The log file and the end of a program with a bug, each in a process of its own."""

import logging
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kiosk.app.discreet import DiscreetFormatter, discreet

ROOT = Path(__file__).parents[2]
SETUP = """
import logging, sys, threading
from pathlib import Path
from kiosk.app import diagnostics
from kiosk.ui.wording import Language, Words
words = Words(Language.ENGLISH, Path("resources/i18n"))
diagnostics.start(Path(sys.argv[1]), words)
"""


def run(data: Path, script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SETUP + textwrap.dedent(script), str(data)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def log_of(data: Path) -> str:
    return (data / "logs" / "kiosk.log").read_text("utf-8")


def test_a_bug_ends_with_one_sentence_that_names_the_log(tmp_path):
    done = run(tmp_path, "1 / 0")
    assert done.returncode == 70
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / "logs" / "kiosk.log") in done.stderr
    assert "ZeroDivisionError" in log_of(tmp_path)
    assert "Traceback" in log_of(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="a home is private there already")
@pytest.mark.parametrize(
    "logging_begins",
    [
        "diagnostics.start(Path(sys.argv[1]), words)",
        "diagnostics.in_log(Path(sys.argv[1])).__enter__()",
    ],
)
def test_a_data_folder_that_the_log_makes_is_for_its_owner_alone(tmp_path, logging_begins):
    data = tmp_path / "desk"
    before = SETUP.partition("diagnostics.start")[0]
    program = [sys.executable, "-c", before + logging_begins, str(data)]
    subprocess.run(program, cwd=ROOT, timeout=60, check=True)
    assert [oct(path.stat().st_mode & 0o777) for path in (data, data / "logs")] == ["0o700"] * 2


def test_a_bug_in_a_thread_ends_the_program_too(tmp_path):
    done = run(
        tmp_path,
        """
        thread = threading.Thread(target=lambda: [][1], name="storage")
        thread.start(); thread.join(); threading.Event().wait(20)
        """,
    )
    assert done.returncode == 70
    assert "storage" in log_of(tmp_path)
    assert "IndexError" in log_of(tmp_path)


def test_a_bug_in_a_slot_of_qt_ends_the_program_too(tmp_path):
    done = run(
        tmp_path,
        """
        from PySide6.QtCore import QCoreApplication, QTimer
        app = QCoreApplication([])
        QTimer.singleShot(0, lambda: 1 / 0)
        QTimer.singleShot(20000, app.quit)
        app.exec()
        """,
    )
    assert done.returncode == 70
    assert "ZeroDivisionError" in log_of(tmp_path)


def test_what_qt_says_goes_to_the_log_and_not_to_the_screen(tmp_path):
    done = run(
        tmp_path,
        """
        from PySide6.QtCore import qWarning
        diagnostics.listen_to_qt()
        qWarning("no such style")
        """,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "WARNING MainThread qt.default: no such style" in log_of(tmp_path)


def test_an_end_asked_for_in_a_thread_is_no_bug(tmp_path):
    done = run(
        tmp_path,
        """
        thread = threading.Thread(target=sys.exit)
        thread.start(); thread.join()
        """,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupt_from_the_keyboard_is_no_bug(tmp_path):
    done = run(tmp_path, "raise KeyboardInterrupt")
    assert (done.returncode, done.stderr) == (130, "")
    assert log_of(tmp_path) == ""


def test_a_fault_while_tidying_up_is_logged_and_the_program_goes_on(tmp_path):
    done = run(
        tmp_path,
        """
        class Untidy:
            def __del__(self): raise ValueError("untidy")
        Untidy()
        print("went on")
        """,
    )
    assert (done.returncode, done.stdout) == (0, "went on\n")
    assert "ValueError: untidy" in log_of(tmp_path)


def test_where_no_log_can_be_written_standard_error_serves(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = run(blocked, 'logging.getLogger("kiosk").warning("camera lost"); 1 / 0')
    assert done.returncode == 70
    first, *_, last = done.stderr.splitlines()
    assert first.startswith("No log file can be written in")
    assert "camera lost" in done.stderr
    assert last.startswith("The kiosk has a fault of its own")


def test_a_name_on_a_terminal_without_its_letters_stops_nothing(tmp_path):
    script = 'sys.stderr.reconfigure(encoding="ascii"); diagnostics.say("Nguyễn"); sys.exit(3)'
    done = run(tmp_path, script)
    assert (done.returncode, done.stderr) == (3, "Nguy?n\n")


def test_a_crash_of_the_interpreter_leaves_its_trace(tmp_path):
    run(tmp_path, "import faulthandler, ctypes; ctypes.string_at(0)")
    assert "string_at" in (tmp_path / "logs" / "crash.log").read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("091190000018|Nguyễn Thị Hồng", "<12 digits>|<6 letters> <3 letters> <4 letters>"),
        ("phone +84900000018", "phone +<11 digits>"),
        ("camera 0 opened, 1280x720", "camera 0 opened, 1280x720"),
        ("entry 01KB7Z5Q0V8R2M4N6P8S0T2V4X", "entry 01KB7Z5Q0V8R2M4N6P8S0T2V4X"),
        ("\x1b[31mred\x00", "?[31mred?"),
    ],
)
def test_a_line_names_nobody(said, kept):
    assert discreet(said) == kept


def test_what_a_bug_quotes_is_left_out_but_names_of_the_code_stay():
    try:
        int("NGUYEN THI HONG")
    except ValueError as error:
        record = logging.LogRecord("kiosk", logging.ERROR, "", 0, "a bug", (), None)
        record.exc_info = (ValueError, error, error.__traceback__)
    written = DiscreetFormatter("%(message)s").format(record)
    assert "HONG" not in written.splitlines()[-1]
    assert written.endswith("base 10: <15 characters>")
    assert "in test_what_a_bug_quotes" in written
