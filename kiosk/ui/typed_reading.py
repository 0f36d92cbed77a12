"""The temperature as far as it is typed, before anybody has confirmed it."""

from kiosk.domain.screening import TemperatureFault, read_temperature

_SIGNS = frozenset("0123456789.,")
_LONGEST = 5


class TypedReading:
    """A few digits.

    Attributes:
        text: what is typed.
    """

    def __init__(self) -> None:
        self.text = ""

    def add(self, sign: str) -> bool:
        """One more digit, comma or point; False for anything else and where it is full."""
        if sign not in _SIGNS or len(self.text) >= _LONGEST:
            return False
        self.text += sign
        return True

    def value(self) -> int | TemperatureFault | None:
        """Tenths of a degree, or what is wrong with the text; None while nothing is typed."""
        return read_temperature(self.text) if self.text else None
