"""Tells a webcam on Linux the mains' frequency, so that lamps do not make its picture flicker.

OpenCV has no property for it; V4L2 takes it from any program that opens the device
(V4L2_CID_POWER_LINE_FREQUENCY of linux/v4l2-controls.h, set by VIDIOC_S_CTRL).
"""

import struct
import sys
from pathlib import Path

_CONTROL = struct.Struct("=Ii")  # struct v4l2_control: id, value
_GET, _SET = 0xC008561B, 0xC008561C
_ID = 0x00980918
_CODES = {50: 1, 60: 2}
_HERTZ = {code: hertz for hertz, code in _CODES.items()}


def set_power_line(source: int | str, hertz: int) -> int | None:
    """Ask for it; the hertz then in force, 0 for off or automatic, None where nobody tells.

    Args:
        source: index of the webcam, or the path of its device.
        hertz: 50 or 60.
    """
    if not sys.platform.startswith("linux") or hertz not in _CODES:
        return None
    path = Path(f"/dev/video{source}" if isinstance(source, int) else source)
    try:
        return _tell(path, _CODES[hertz])
    except OSError:  # no such control, or no such device
        return None


def _tell(path: Path, code: int) -> int:
    from fcntl import ioctl  # noqa: PLC0415 - not on Windows

    with path.open("rb", buffering=0) as device:
        ioctl(device, _SET, _CONTROL.pack(_ID, code))
        answer: bytes = ioctl(device, _GET, _CONTROL.pack(_ID, 0))
    return _HERTZ.get(_CONTROL.unpack(answer)[1], 0)
