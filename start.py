"""Sets this computer up and starts the kiosk.

    python3 start.py                 opens the desk; without a screen, shows the demo
    python3 start.py test [ARGS]     runs the tests (ARGS go to pytest)
    python3 start.py build           makes the program that needs no Python: dist/kiosk
    python3 start.py COMMAND [ARGS]  any command of the kiosk: doctor, decode, register ...

On Windows write `py` for `python3`. The first start installs what is missing (system packages
on Debian and Ubuntu; Python packages into the folder .venv) and takes a minute or more; every
later start only looks whether that still holds. `python3 start.py doctor --help` and the like
explain each command.
"""

# Needs nothing but Python itself, and parses on older ones, so that they get a sentence too.
# Says everything in both languages: whose office this is, is known only once it is set up.
from __future__ import annotations

import ctypes
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "kiosk-setup.json"  # written last: a .venv without it was never finished
LOG = HERE / "build" / "setup.log"
RUN_LOCK = HERE / "requirements.lock"
DEV_LOCK = HERE / "requirements-dev.lock"  # holds all of RUN_LOCK too

# What the wheels expect from Linux, and Debian's package for it; these bring all the others along.
# Looked for by loading, not by package: Ubuntu 24.04 and Debian 13 renamed some (libglib2.0-0t64).
LIBRARIES = {
    "libzbar.so.0": "libzbar0",  # pyzbar
    "libGL.so.1": "libgl1",  # OpenCV and Qt
    "libglib-2.0.so.0": "libglib2.0-0",  # OpenCV and Qt
    "libEGL.so.1": "libegl1",  # Qt, also without a screen
    "libdbus-1.so.3": "libdbus-1-3",  # Qt, also without a screen
    "libfontconfig.so.1": "libfontconfig1",  # Qt, also without a screen
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",  # these: Qt's windows on X
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
PROGRAMS = {
    "test": {
        "Xvfb": "xvfb",  # a screen for the window
        "xauth": "xauth",
        "git": "git",  # the files
        "/usr/sbin/cupsd": "cups-daemon",  # a printer; not in everybody's PATH
        "lpstat": "cups-client",
        "xdotool": "xdotool",  # fingers
    },
    "build": {"objcopy": "binutils", "objdump": "binutils"},  # PyInstaller
}

CAUSES = {  # in a log -> in plain words
    r"No space left on device|not enough free space": "ổ đĩa đã đầy / the disk is full",
    r"failure resolving|NewConnection|Failed to fetch|timed out": (
        "không vào được mạng / the network is out of reach"
    ),
    r"THESE PACKAGES DO NOT MATCH THE HASHES": (
        "tệp tải về không đúng tệp đã định / a download is not the file that the lock names"
    ),
    r"Permission denied|Read-only file system": (
        "có thư mục không ghi được / a folder cannot be written to"
    ),
    r"No matching distribution": (
        "có gói không dành cho máy và bản Python này"
        " / a package is not made for this system and Python"
    ),
}


def say(line: str) -> None:
    """Prints at once, so that lines stay in order with those of other programs."""
    print(line, flush=True)


def let_every_letter_out() -> None:
    """No terminal's code page ends the set-up over a Vietnamese letter."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def succeeds(*command: str | Path) -> bool:
    """Runs one step in silence, its words in the log; says now and then that it goes on."""
    LOG.parent.mkdir(exist_ok=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(map(str, command))}\n".encode())
        log.flush()
        step = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=HERE, env=environment
        )
        try:
            while True:
                try:
                    return step.wait(timeout=20) == 0
                except subprocess.TimeoutExpired:
                    say("  vẫn đang làm / still at it ...")
        finally:
            if step.poll() is None:  # Ctrl-C: nothing goes on behind the user's back
                step.terminate()
                step.wait()


def failure(what: str) -> str:
    """One sentence: what failed, why in plain words or the step's last ones, and where all are."""
    words = LOG.read_text("utf-8", "replace").rpartition("\n$ ")[2].strip()
    causes = [plain for found, plain in CAUSES.items() if re.search(found, words)]
    cause = (causes or [words.splitlines()[-1][:200].rstrip(".")])[0]
    return f"{what}: {cause} (chi tiết / all it said: {LOG})."


def loads(library: str) -> bool:
    """Says whether a shared library is on this system; takes half a millisecond."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(purpose: str) -> list[str]:
    """Names the system packages that Linux lacks for this; on other systems wheels hold all."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    programs = PROGRAMS.get(purpose, {})
    missing += [package for program, package in programs.items() if not shutil.which(program)]
    if sys.base_prefix == "/usr":  # Debian cuts Python into packages; others leave it whole
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        if importlib.util.find_spec("ensurepip") is None:
            missing.append(f"python{version}-venv")
        if purpose == "build" and not loads(f"libpython{version}.so.1.0"):
            missing.append(f"libpython{version}")
    return list(dict.fromkeys(missing))


def install_packages(packages: list[str]) -> None:
    """Installs system packages where apt-get is there and allowed; else says what to run."""
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        say(
            "Máy thiếu các gói sau (tên theo Debian), nên có phần có thể không chạy"
            f" / Missing here, by their Debian names, so some of it may not work: {names}"
        )
        return
    as_root: list[str] = []
    if os.geteuid() != 0:
        free = shutil.which("sudo") and succeeds("sudo", "-n", "true")
        if not free and not (shutil.which("sudo") and sys.stdin and sys.stdin.isatty()):
            sys.exit(
                "Máy thiếu gói hệ thống; xin nhờ người quản trị chạy lệnh sau"
                f" / System packages are missing; please have run: apt-get install {names}"
            )
        as_root = ["sudo", "-n"] if free else ["sudo"]
    say(f"Đang cài gói hệ thống / Installing system packages: {names}")
    if as_root == ["sudo"] and subprocess.call(["sudo", "-v"]) != 0:  # asks for the password
        sys.exit(
            "Không có mật khẩu thì chưa cài được; xin chạy lệnh sau"
            f" / Without the password they stay missing; please run: apt-get install {names}"
        )
    apt_get = [*as_root, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt_get, "install", "-y", "--no-install-recommends", *packages]
    # the lists of a fresh machine are empty or old: then they are fetched, and only then
    if not succeeds(*install) and not (succeeds(*apt_get, "update") and succeeds(*install)):
        sys.exit(failure("Chưa cài được gói hệ thống / Installing the system packages failed"))


def stamp_for(lock: Path) -> dict[str, str]:
    """Tells one finished set-up from any other; scripts in .venv name the folder they are in."""
    return {
        "folder": str(HERE),
        "lock": lock.name,
        "sha256": hashlib.sha256(lock.read_bytes()).hexdigest(),
    }


def is_set_up(*locks: Path) -> bool:
    """Says whether .venv is whole, still has its Python, and was made from one of these locks."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
        made_by = re.search(r"^executable = (.+)$", (VENV / "pyvenv.cfg").read_text("utf-8"), re.M)
    except (OSError, ValueError):
        return False
    python_is_there = PYTHON.exists() and (made_by is None or Path(made_by[1]).exists())
    return python_is_there and stamp in [stamp_for(lock) for lock in locks]


def settle_in(venv: Path) -> None:
    """Lets .venv find this folder, and puts the command `kiosk` into it; neither by its name.

    Python reads a .pth in the system's code page, and neither one of Windows nor LC_ALL=C has
    every letter of "Sở Xây dựng": an editable install fails there.
    """
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(venv)}))
    line = "import os, sys; sys.path.append(os.path.dirname(sys.prefix))\n"
    (packages / "kiosk_checkout.pth").write_text(line, "ascii")
    if os.name == "nt":
        (venv / "Scripts" / "kiosk.cmd").write_text('@"%~dp0python.exe" -P -m kiosk %*\n', "ascii")
        return
    command = venv / "bin" / "kiosk"
    here = '"$(dirname "$(realpath "$0")")"'
    command.write_text(f'#!/bin/sh\nexec {here}/python -P -m kiosk "$@"\n', "ascii")
    command.chmod(0o755)


def set_up(lock: Path) -> None:
    """Makes .venv from the lock, every file checked by its hash, and the command `kiosk` in it."""
    if lock == DEV_LOCK and is_set_up(RUN_LOCK):
        say("Đang thêm vào .venv những gì kiểm thử cần / Adding what the tests need to .venv ...")
        STAMP.unlink()
    else:
        what = "tạo lại .venv / Rebuilding" if VENV.exists() else "tạo .venv / Making"
        say(f"Đang {what} .venv ...")
        base = getattr(sys, "_base_executable", sys.executable)  # never one inside .venv
        if not succeeds(base, "-I", "-m", "venv", "--clear", VENV):
            sys.exit(failure("Chưa tạo được .venv / Making .venv failed"))
    say(
        "Đang cài các gói Python: tải khoảng 180 MB, một lần này thôi"
        " / Installing Python packages: about 180 MB to fetch, once ..."
    )
    pip = (PYTHON, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q")
    # The lock names every package, so nothing is left to resolve. An older pip would otherwise
    # look at the newest "coverage[toml]" before the pinned "coverage", and stop at its hash.
    if not succeeds(*pip, "--no-deps", "--require-hashes", "--only-binary=:all:", "-r", lock):
        sys.exit(failure("Chưa cài được các gói Python / Installing the Python packages failed"))
    settle_in(VENV)
    STAMP.write_text(json.dumps(stamp_for(lock)), "utf-8")


def hand_over(*command: str | Path) -> int:
    """Becomes the program, so that Ctrl-C, signals and the exit code are its own."""
    if os.name != "nt":
        os.execv(command[0], [str(word) for word in command])  # noqa: S606 - no shell is the point
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the program got it too, and ends in its own way
            continue


def build() -> int:
    """Freezes the program with PyInstaller, for desks that shall not need Python."""
    say(
        "Đang đóng gói chương trình, mất một hai phút"
        " / Building the program: takes a minute or two ..."
    )
    if not succeeds(PYTHON, "-m", "PyInstaller", "--noconfirm", HERE / "kiosk.spec"):
        sys.exit(failure("Chưa đóng gói được / Building failed"))
    say(f"Đã đóng gói / Built: {HERE / 'dist' / 'kiosk'}")
    return 0


def has_screen() -> bool:
    """Says whether a window can open: always on Windows and macOS."""
    on_linux = sys.platform.startswith("linux")
    return not on_linux or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(words: list[str]) -> int:
    """Sets up what the words need, then runs it."""
    purpose = words[0] if words else "run"
    if purpose in {"-h", "--help", "help"}:
        say(__doc__.strip())
        return 0
    packages = missing_packages(purpose)
    if packages:
        install_packages(packages)
    developing = purpose in {"test", "build"}
    if not is_set_up(DEV_LOCK, *([] if developing else [RUN_LOCK])):
        set_up(DEV_LOCK if developing else RUN_LOCK)
    if purpose == "test":
        os.chdir(HERE)
        return hand_over(PYTHON, "-m", "pytest", *(words[1:] or ["-n", "2"]))
    if purpose == "build":
        return build()
    if not words and not has_screen():
        say(
            "Máy này không có màn hình để mở bàn tiếp đón, nên chạy bản trình diễn"
            " / No screen here to open the desk on, so this shows the demo."
        )
        words = ["demo"]
    return hand_over(PYTHON, "-P", "-m", "kiosk", *(words or ["run"]))  # -P: this kiosk, no other


if __name__ == "__main__":
    let_every_letter_out()
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        sys.exit(
            f"Cần Python 3.11 đến 3.14, nhưng {sys.executable} là {sys.version[:6]}"
            " / This needs Python 3.11 to 3.14."
        )
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print(
            "\nĐã dừng; chạy lại lệnh này sẽ làm tiếp"
            " / Stopped; the same command goes on from here.",
            file=sys.stderr,
        )
        sys.exit(130)
    except OSError as error:  # a folder that cannot be written to, a full disk
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
        cause = "ổ đĩa đã đầy / the disk is full" if full else error.strerror
        sys.exit(f"Chưa cài đặt xong / The set-up stopped: {cause}: {error.filename or HERE}")
