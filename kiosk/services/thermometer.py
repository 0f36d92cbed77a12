"""Finds the reading in a line that a thermometer sends."""

import re

from kiosk.domain.screening import read_temperature

_READING = re.compile(rb"(?<![0-9.,])([0-9]{2}[.,][0-9])[0-9]*")
"""No thermometer's protocol is common; all write degrees like this (domain.md 4.3)."""

_LONGEST_LINE = 200


def reading_in(line: bytes) -> str:
    """The degrees as they would be typed ("36.5"); "" where there are none, or several.

    Of "OBJ 36.52 AMB 24.1" it is the one that a living person can have. Digits after the tenths
    are cut off, not rounded: so no limit is passed that the person is under. A reading that is
    out of range is given all the same, for the desk to say so.
    """
    found = [match.decode() for match in _READING.findall(line[:_LONGEST_LINE])]
    plausible = {one for one in found if isinstance(read_temperature(one), int)}
    if plausible:
        return plausible.pop() if len(plausible) == 1 else ""
    return found[0] if len(found) == 1 else ""
