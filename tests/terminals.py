"""Whether pseudo-terminals are to be had: not on Windows, nor in a container without /dev/pts."""

import os


def has_terminals() -> bool:
    """True where a serial cable can be drawn between two ends of one computer."""
    if not hasattr(os, "openpty"):
        return False
    try:
        ends = os.openpty()
    except OSError:
        return False
    for end in ends:
        os.close(end)
    return True
