"""Where CUPS is and which of its printers comes first, by the rules of its own commands."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_PORT = 631


@dataclass(frozen=True, slots=True)
class Place:
    """A server.

    Attributes:
        host, port: on the network.
        socket: on this machine; "" for one on the network.
    """

    host: str = "localhost"
    port: int = _PORT
    socket: str = ""


def find_server() -> Place:
    """By CUPS_SERVER, `client.conf`, the socket of this machine, and else its port."""
    named = os.environ.get("CUPS_SERVER") or next(_from_files("client.conf", "ServerName"), "")
    if named:
        return place(named)
    for socket in _SOCKETS:
        if Path(socket).exists():
            return Place(socket=socket)
    return Place()


def place(name: str) -> Place:
    """What `name` means: "/a/socket", "host", "host:port", "[::1]:port", with "/version=1.1"."""
    if name.startswith("/"):
        return Place(socket=name)
    name = name.partition("/")[0]
    host, colon, port = name.rpartition(":")
    if colon and port.isascii() and port.isdigit() and not host.endswith(":"):
        return Place(host.strip("[]"), int(port))
    return Place(name.strip("[]"))


def preferred() -> str:
    """What the person or the machine prefers over the server's default; "" for none."""
    named = os.environ.get("LPDEST") or os.environ.get("PRINTER", "")
    if named and named != "lp":  # CUPS' own exception
        return named
    return next(_from_files("lpoptions", "Default"), "").partition("/")[0]


def _from_files(name: str, key: str) -> Iterator[str]:
    """First words after `key` in the person's file and in the machine's."""
    for folder in ("~/.cups", "/etc/cups"):
        with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: an account without a home
            path = Path(folder).expanduser() / name
            for line in path.read_text("utf-8", "replace").splitlines():
                words = line.split()
                if len(words) > 1 and words[0].lower() == key.lower():
                    yield words[1]
