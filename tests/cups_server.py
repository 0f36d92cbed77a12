"""A real cupsd of the tests' own, on a socket of its own, with a printer that can be hindered.

Its backend is a program as each driver has one: it lays what it is given into a folder, and is out
of paper, or slow, as long as there is a file that says so. Like theirs it says for each job that
there is paper, as cupsd still knows of a lack of it that it told before it died.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CUPSD = shutil.which("cupsd") or "/usr/sbin/cupsd"
_ADMIN = shutil.which("lpadmin") or "/usr/sbin/lpadmin"
_SYSTEM = Path("/usr/lib/cups")

_SERVER = """
Listen {socket}
Browsing Off
WebInterface No
DefaultShared No
LogLevel debug
PreserveJobHistory Yes
DirtyCleanInterval 0
ErrorPolicy stop-printer
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit Cancel-Job>
Require user @OWNER @SYSTEM
Order deny,allow
</Limit>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_FILES = """
ServerRoot {root}/etc
ServerBin {root}/bin
StateDir {root}/state
CacheDir {root}/cache
RequestRoot {root}/spool
TempDir {root}/tmp
ErrorLog {root}/error.log
AccessLog {root}/access.log
PageLog {root}/page.log
SystemGroup root
"""
_BACKEND = """#!/bin/sh
[ $# = 0 ] && { echo 'direct desk "Unknown" "Printer of the tests"'; exit 0; }
here="${DEVICE_URI#desk:}"
while [ -e "$here/no-paper" ]; do
    echo 'STATE: +media-empty-error' >&2; sleep 0.1
done
echo 'STATE: -media-empty-error' >&2
[ -e "$here/second-tray" ] && echo 'STATE: +media-empty-warning' >&2
[ -e "$here/broken" ] && exit 4
while [ -e "$here/slow" ]; do sleep 0.1; done
echo "$5" > "$here/$1.options"
cat ${6:+"$6"} > "$here/.$1" && mv "$here/.$1" "$here/$1.pdf"
"""


class Cups:
    """A running cupsd; `out` is where the paper comes out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.socket = root / "s"
        self.out = root / "out"
        self._server: subprocess.Popen[bytes] | None = None

    def lay_out(self) -> None:
        """Make folders, configuration and backend."""
        for name in ("etc", "bin/backend", "state/certs", "cache", "spool/tmp", "tmp", "out"):
            (self.root / name).mkdir(parents=True)
        (self.root / "tmp").chmod(0o1777)
        self.out.chmod(0o777)
        for part in ("filter", "driver", "monitor", "daemon", "notifier", "cgi-bin"):
            if (_SYSTEM / part).is_dir():
                (self.root / "bin" / part).symlink_to(_SYSTEM / part)
        backend = self.root / "bin" / "backend" / "desk"
        backend.write_text(_BACKEND)
        backend.chmod(0o755)
        (self.root / "cupsd.conf").write_text(_SERVER.format(socket=self.socket))
        (self.root / "cups-files.conf").write_text(_FILES.format(root=self.root))

    def start(self) -> None:
        """Start it and wait until it answers."""
        config = ("-c", str(self.root / "cupsd.conf"), "-s", str(self.root / "cups-files.conf"))
        self._server = subprocess.Popen(
            [CUPSD, "-f", *config], stderr=subprocess.STDOUT, stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if self._command("lpstat", "-r").stdout.strip() == "scheduler is running":
                return
            time.sleep(0.05)
        pytest.skip(f"cupsd does not start here: {self.log()[-300:]}")

    def kill(self) -> None:
        """As when the power goes: no goodbye."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def add(self, name: str, *options: str) -> None:
        """A queue that prints to the folder."""
        self.run(_ADMIN, "-p", name, "-E", "-v", f"desk:{self.out}", *options)

    def run(self, *command: str) -> None:
        """One of CUPS' own commands, as a keeper of the desk types it."""
        told = self._command(*command)
        assert told.returncode == 0, (command, told.stdout, told.stderr)

    def queues(self) -> list[str]:
        """Names of all queues."""
        return self._command("lpstat", "-e").stdout.split()

    def is_so(self, hindrance: str, *, so: bool = True) -> None:
        """Let the printer be `no-paper`, `slow`, `broken` or lack paper in its `second-tray`."""
        if so:
            (self.out / hindrance).touch()
        else:
            (self.out / hindrance).unlink(missing_ok=True)

    def log(self) -> str:
        """Its log of errors."""
        path = self.root / "error.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _command(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"CUPS_SERVER": str(self.socket), "LC_ALL": "C"}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=30
        )


@contextlib.contextmanager
def cups_server() -> Iterator[Cups]:
    """A cupsd; skips where there is none."""
    if not Path(CUPSD).exists() or not Path(_ADMIN).exists():
        pytest.skip("no cupsd here: the packages cups-daemon and cups-client have it")
    with short_folder() as root:
        root.chmod(0o755)
        cups = Cups(root)
        try:
            cups.lay_out()
            cups.start()
            yield cups
        finally:
            cups.kill()


@contextlib.contextmanager
def short_folder() -> Iterator[Path]:
    """A folder whose path is short enough for a socket in it."""
    root = Path(tempfile.mkdtemp(prefix="kiosk-cups-", dir="/tmp"))
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)
