"""The set-up of a fresh machine, run as its user runs it: in a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
ON_LINUX = sys.platform.startswith("linux")
NOBODY = 65534  # on every Linux
IS_ROOT = os.name != "nt" and os.geteuid() == 0
GUEST = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if IS_ROOT else {}


def works_for_guests(python):
    enough = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return (
            subprocess.run([python, "-c", enough], check=False, cwd="/", **GUEST).returncode == 0
        )
    except OSError:
        return False


# Root's own Python may lie where nobody else can go.
HERE = os.path.realpath(sys.executable)
PYTHON = next((one for one in (HERE, "/usr/bin/python3") if works_for_guests(one)), HERE)
linux = pytest.mark.skipif(not ON_LINUX, reason="system packages are a matter of Linux")
not_root = pytest.mark.skipif(
    not ON_LINUX or not works_for_guests(PYTHON), reason="no Python that others than root can run"
)


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A folder with what start.py needs, readable for every user of this machine."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-start-"))
    folder.chmod(0o755)
    for name in ("start.py", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(REPO / name, folder)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def start(checkout, *words, missing="", **options):
    """Runs start.py to its end; `missing` is a library to want that no machine has."""
    return subprocess.run(
        command(checkout, *words, missing=missing),
        cwd=options.pop("cwd", checkout),
        env={k: v for k, v in os.environ.items() if not k.endswith("DISPLAY")}
        | options.pop("env", {}),
        stdin=options.pop("stdin", subprocess.DEVNULL),
        capture_output=True,
        text=True,
        timeout=80,
        check=False,
        **options,
    )


def command(checkout, *words, missing=""):
    if not missing:
        return [PYTHON, str(checkout / "start.py"), *words]
    code = (
        f"import runpy, start, sys; start.LIBRARIES['{missing}.so.9'] = '{missing}9'\n"
        "try: sys.exit(start.main(sys.argv[1:]))\n"
        "except KeyboardInterrupt: sys.exit(130)"
    )
    return [PYTHON, "-c", code, *words]


def asks(checkout, question):
    """What a fresh process answers to a question to start.py."""
    code = f"import start; print(start.{question})"
    told = subprocess.run(
        [PYTHON, "-c", code], cwd=checkout, check=True, capture_output=True, text=True
    )
    return told.stdout.strip()


def finish(checkout, lock="RUN_LOCK"):
    """Leaves what a finished set-up leaves, with programs that say how they were called."""
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", checkout / ".venv"], check=True)
    asks(checkout, f"STAMP.write_text(start.json.dumps(start.stamp_for(start.{lock})))")
    site = next((checkout / ".venv").glob("[Ll]ib/**/site-packages"))
    for name in ("kiosk", "pytest"):
        words = f"import sys; print('{name}', *sys.argv[1:]); sys.exit(7)"
        (site / f"{name}.py").write_text(words)


def fake(checkout, name, text):
    """Puts a program of that name into the only folder of a search path, and gives that path."""
    folder = checkout / "programs"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)
    return {"PATH": str(folder)}


def as_guest(checkout, *, owner=True):
    """Runs as somebody who is not root, who owns the checkout or not."""
    if IS_ROOT and owner:
        for path in (checkout, *checkout.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    return GUEST


def is_one_sentence(told):
    return told.count("\n") == 1 and "Traceback" not in told


def test_a_machine_that_is_set_up_starts_at_once(checkout):
    finish(checkout)
    done = start(checkout, env={"DISPLAY": ":0"})
    assert (done.stdout, done.returncode) == ("kiosk run\n", 7)
    assert not (checkout / "build").exists()  # no step was run, so no log was begun


@linux
def test_without_a_screen_it_says_so_and_shows_the_demo(checkout):
    finish(checkout)
    done = start(checkout)
    said, demo = done.stdout.splitlines()
    assert said.startswith("Máy này không có màn hình")
    assert said.endswith(" / No screen here to open the desk on, so this shows the demo.")
    assert demo == "kiosk demo"


def test_words_reach_the_kiosk_from_any_folder(checkout, tmp_path):
    finish(checkout)
    (tmp_path / "kiosk.py").write_text("raise SystemExit('not this one')")
    done = start(checkout, "decode", "--json", "a b.png", cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("kiosk decode --json a b.png\n", 7)


@pytest.mark.parametrize(("words", "told"), [((), "-n 2"), (("-k", "log"), "-k log")])
def test_the_tests_run_on_two_cores_unless_told_otherwise(checkout, words, told):
    finish(checkout, "DEV_LOCK")
    done = start(checkout, "test", *words)
    assert (done.stdout, done.returncode) == (f"pytest {told}\n", 7)


def test_who_has_the_tests_packages_runs_without_another_set_up(checkout):
    finish(checkout, "DEV_LOCK")
    assert start(checkout, "doctor").stdout == "kiosk doctor\n"


def test_help_needs_nothing(checkout):
    done = start(checkout, "--help")
    assert done.returncode == 0
    assert "start.py test" in done.stdout


DAMAGE = {
    "set-up was interrupted": lambda venv: (venv / "kiosk-setup.json").unlink(),
    "stamp was cut off": lambda venv: (venv / "kiosk-setup.json").write_text('{"folder'),
    "lock changed": lambda venv: (venv.parent / "requirements.lock").write_text("new"),
    "system's Python went": lambda venv: (venv / "pyvenv.cfg").write_text(
        re.sub(
            r"(?m)^executable = .*",
            "executable = /gone/python3",
            (venv / "pyvenv.cfg").read_text(),
        )
    ),
    "bin went": lambda venv: shutil.rmtree(venv / ("Scripts" if os.name == "nt" else "bin")),
    "stamp is of another folder": lambda venv: (venv / "kiosk-setup.json").write_text(
        (venv / "kiosk-setup.json").read_text().replace("kiosk-start-", "elsewhere-")
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_folder_is_seen(checkout, damage):
    finish(checkout)
    assert asks(checkout, "is_set_up(start.RUN_LOCK)") == "True"
    DAMAGE[damage](checkout / ".venv")
    assert asks(checkout, "is_set_up(start.RUN_LOCK)") == "False"


def test_without_a_network_one_sentence_says_so_and_nothing_counts_as_done(checkout):
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_RETRIES": "1",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }
    done = start(checkout, env=nowhere)
    assert done.returncode == 1
    assert done.stdout.startswith("Đang tạo .venv / Making .venv ...\n")
    assert is_one_sentence(done.stderr)
    assert "không vào được mạng / the network is out of reach" in done.stderr
    assert str(checkout / "build" / "setup.log") in done.stderr
    assert (checkout / ".venv" / "pyvenv.cfg").exists()  # half made, and seen to be
    assert asks(checkout, "is_set_up(start.RUN_LOCK)") == "False"


@not_root
def test_without_root_and_sudo_one_sentence_says_what_to_run(checkout):
    path = fake(checkout, "apt-get", "exit 9")
    done = start(checkout, missing="libnowhere", env=path, **as_guest(checkout))
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
    assert "apt-get install libnowhere9" in done.stderr


@not_root
def test_sudo_installs_what_is_missing_and_fetches_lists_only_when_needed(checkout):
    finish(checkout)
    log = checkout / "said"
    fake(checkout, "sudo", 'shift; exec "$@"')
    fake(checkout, "true", "exit 0")
    path = fake(
        checkout,
        "apt-get",
        f'echo "$@" >>{log}; case "$*" in *update) : >{log}.new;; *) [ -e {log}.new ];; esac',
    )
    done = start(checkout, "doctor", missing="libnowhere", env=path, **as_guest(checkout))
    installing = "Đang cài gói hệ thống / Installing system packages: libnowhere9"
    assert done.stdout == f"{installing}\nkiosk doctor\n"
    steps = [re.search(r"install|update", line)[0] for line in log.read_text().splitlines()]
    assert steps == ["install", "update", "install"]


@not_root
def test_at_a_keyboard_sudo_may_ask_for_the_password(checkout):
    finish(checkout)
    fake(checkout, "sudo", 'case "$1" in -n) exit 1;; -v) exit 0;; esac; exec "$@"')
    path = fake(checkout, "apt-get", "exit 0")
    try:
        keyboard, screen = os.openpty()
    except OSError:
        pytest.skip("no terminals on this system")
    guest = as_guest(checkout)
    done = start(checkout, "doctor", missing="libnowhere", env=path, stdin=screen, **guest)
    os.close(keyboard)
    os.close(screen)
    assert done.stdout.endswith("kiosk doctor\n")


@not_root
def test_a_full_disk_is_named(checkout):
    fake(checkout, "sudo", 'shift; exec "$@"')
    fake(checkout, "true", "exit 0")
    path = fake(checkout, "apt-get", "echo 'E: Write error - No space left on device'; exit 100")
    done = start(checkout, missing="libnowhere", env=path, **as_guest(checkout))
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
    assert "ổ đĩa đã đầy / the disk is full" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_disk_that_is_full_before_any_step_is_named(checkout):
    (checkout / "build").mkdir()
    (checkout / "build" / "setup.log").symlink_to("/dev/full")
    done = start(checkout)
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
    assert "ổ đĩa đã đầy / the disk is full" in done.stderr


@linux
def test_another_linux_is_told_what_is_missing_and_goes_on(checkout):
    finish(checkout)
    done = start(checkout, "doctor", missing="libnowhere", env={"PATH": str(checkout)})
    first, last = done.stdout.splitlines()
    assert "libnowhere9" in first
    assert last == "kiosk doctor"


@not_root
def test_a_folder_that_cannot_be_written_to_is_named(checkout):
    if not IS_ROOT:
        checkout.chmod(0o555)
    done = start(checkout, **as_guest(checkout, owner=False))
    checkout.chmod(0o755)
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
    assert str(checkout) in done.stderr


@not_root
def test_ctrl_c_ends_the_step_too(checkout):
    fake(checkout, "sudo", 'shift; exec "$@"')
    fake(checkout, "true", "exit 0")
    path = fake(checkout, "apt-get", f"echo $$ >{checkout}/pid; exec /bin/sleep 60")
    words = command(checkout, missing="libnowhere")
    # a shell starts what runs behind it ("&") deaf to Ctrl-C, and that would be handed on
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = subprocess.Popen(
            words, cwd=checkout, env=os.environ | path, stderr=subprocess.PIPE, text=True,
            **as_guest(checkout),
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, heard)
    until = time.monotonic() + 20
    while not (checkout / "pid").exists() or not (checkout / "pid").read_text():
        assert time.monotonic() < until
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=20)[1]
    assert running.returncode == 130
    assert "Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.kill(int((checkout / "pid").read_text()), 0)


@linux
def test_a_terminal_without_vietnamese_letters_ends_no_set_up(checkout):
    finish(checkout)
    done = start(checkout, env={"PYTHONIOENCODING": "ascii"})
    assert done.stdout.endswith("so this shows the demo.\nkiosk demo\n")
    assert done.returncode == 7


def pins(name):
    return set(re.findall(r"^[a-z0-9][^ ]*==[^ ]+", (REPO / name).read_text(), re.MULTILINE))


def test_the_tests_lock_holds_all_of_the_programs_lock():
    """So that whoever runs the tests need not set up again to run the program."""
    assert pins("requirements.lock")
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_the_locks_name_no_place_to_fetch_from():
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        assert "://" not in (REPO / name).read_text()


def test_the_lock_leaves_nothing_to_resolve():
    """`start.py` installs it without dependencies: a release that appears later breaks nothing."""
    checked = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
def test_the_environment_finds_its_folder_whatever_letters_it_has(checkout, locale):
    folder = checkout / "Sở Xây dựng"
    (folder / "kiosk").mkdir(parents=True)
    (folder / "kiosk" / "__main__.py").write_text("import sys; print(*sys.argv[1:])\n")
    venv = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    point = "import pathlib, start, sys; start.settle_in(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", point, venv], cwd=checkout, check=True)
    told = subprocess.run(
        [venv / ("Scripts/kiosk.cmd" if os.name == "nt" else "bin/kiosk"), "decode", "a b"],
        cwd="/",
        env=os.environ | {"LC_ALL": locale},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (0, "decode a b\n"), told.stderr
