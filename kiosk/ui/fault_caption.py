"""The caption of a field, which gives way to what is wrong with it: nothing else moves."""

from kiosk.ui.controls import Text


class FaultCaption(Text):
    """Says what belongs in the field, or in red what to put right.

    Attributes:
        fault: what is wrong, or "".
    """

    def __init__(self, caption: str, role: str = "caption") -> None:
        super().__init__(role)
        self._caption = caption
        self._role = role
        self.fault = ""
        self.setWordWrap(True)
        self.say(caption)

    def name(self, caption: str) -> None:
        """Another caption; a fault stays."""
        self._caption = caption
        self.say(self.fault or caption)

    def tell(self, fault: str) -> None:
        """Say what is wrong; with "" nothing is."""
        self.fault = fault
        self.say(fault or self._caption)
        self.setProperty("role", "fault" if fault else self._role)
        self.style().unpolish(self)
        self.style().polish(self)
