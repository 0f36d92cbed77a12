"""Builds the webcam that is not there; programs that open it start in its environment."""

import shutil
import subprocess
import sys
from pathlib import Path

DEVICE = "/dev/video42"
POSSIBLE = sys.platform.startswith("linux") and shutil.which("cc") is not None
"""It needs Linux and a C compiler."""

_SOURCE = Path(__file__).with_suffix(".c")


def pretended(folder: Path) -> dict[str, str]:
    """The environment of a webcam that shows the pictures of `folder`. Raises CalledProcessError.

    They are named WIDTHxHEIGHT.jpg, or WIDTHxHEIGHT-0.jpg and so on.
    """
    library = folder / "webcam.so"
    build = ["cc", "-shared", "-fPIC", "-w", "-O1", "-o", str(library), str(_SOURCE), "-ldl"]
    subprocess.run(build, capture_output=True, check=True)
    return {"LD_PRELOAD": str(library), "PRETEND_PICTURES": str(folder)}
