"""A serial device on a cable that can be pulled: a pseudo-terminal behind a name that stays."""

import os
import tty
from pathlib import Path


class Cable:
    """Writes as a device does. The name is there while it is plugged in.

    Attributes:
        path: the device's name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._device: int | None = None
        self.plug()

    def plug(self) -> None:
        """Plug it in: a new terminal under the same name."""
        self._device, port = os.openpty()
        tty.setraw(port)
        self.path.symlink_to(os.ttyname(port))
        os.close(port)

    def pull(self) -> None:
        """Pull it out."""
        if self._device is not None:
            self.path.unlink()
            os.close(self._device)
        self._device = None

    def send(self, content: bytes) -> None:
        """All of it; waits until the other side reads."""
        assert self._device is not None
        while content:
            content = content[os.write(self._device, content) :]
