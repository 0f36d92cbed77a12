"""How the desk starts its reading process: the same program, with one argument of its own."""

import os
import subprocess
import sys
from pathlib import Path

import kiosk

ARGUMENT = "--look-at-frames"
"""With it alone the program is the reading process and loads none of the desk."""

UP = b"K"
"""The reading process's first byte, before it loads any decoder."""


def command() -> list[str]:
    """The program and its argument, frozen or not; nothing of what is read is ever in it."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    return [sys.executable, "-P", "-m", "kiosk", ARGUMENT]


def start(words: list[str], inherited: tuple[int, ...]) -> subprocess.Popen[bytes]:
    """Start it with a pipe to it and one from it. Raises OSError.

    Args:
        words: the command line.
        inherited: file descriptors that it gets, besides its pipes; none on Windows.
    """
    here = str(Path(kiosk.__file__).parents[1])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 - ourselves
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,  # no lock of a buffer that a thread could hold while the program ends
        pass_fds=inherited,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows only
    )
