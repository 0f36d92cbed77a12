"""A serial line: what a scanner or a thermometer sends, byte for byte."""

from enum import StrEnum, unique
from typing import Protocol


@unique
class LineFault(StrEnum):
    """Why a line gives nothing."""

    NOT_FOUND = "not_found"
    SEVERAL = "several"  # more than one port fits what was asked for
    BUSY = "busy"  # another program has it
    FORBIDDEN = "forbidden"  # this account may not open it
    FAILED = "failed"  # pulled out, or the driver gave up


class LineLostError(Exception):
    """The line is not there, or no longer.

    Attributes:
        fault: why.
    """

    def __init__(self, fault: LineFault, detail: str = "") -> None:
        super().__init__(detail or fault.value)
        self.fault = fault


class SerialLine(Protocol):
    """One line; its methods are called from one thread only."""

    @property
    def name(self) -> str:
        """What to call it in words: "COM3", "/dev/ttyACM0"."""

    def open(self) -> None:
        """Find and open it, or open it again. Raises LineLostError."""

    def read(self) -> bytes:
        """What has come, at most some kilobytes; b"" where nothing came within a moment.

        Raises LineLostError.
        """

    def close(self) -> None:
        """Release it. Safe to call twice and on a line that never opened."""
