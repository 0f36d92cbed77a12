"""A sentence at the foot of the window that goes away by itself."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QWidget

from kiosk.ui.controls import Text
from kiosk.ui.theme import Theme, Tone

_SHOWN_MS = 7_000
_WIDTH = 510


class Notice(Text):
    """Lies over lists only; a press on it reaches what is below."""

    def __init__(self, theme: Theme, over: QWidget, room: Callable[[], QRect]) -> None:
        """Hidden at first.

        Args:
            theme: in force.
            over: the window.
            room: where nothing is pressed or read aloud, in the window's coordinates.
        """
        super().__init__("notice", over)
        self.theme = theme
        self._room = room
        self._quiet = False
        self.untold = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def go_on_from(self, notice: "Notice") -> None:
        """Take over the trouble that another one has not told yet, or is just telling."""
        telling = not notice.isHidden() and notice.property("tone") == Tone.REFUSE.value
        self.untold = notice.text() if telling else notice.untold

    def keep_quiet(self, *, quiet: bool) -> None:
        """Say nothing while visitors look; the last trouble is told once they do not."""
        self._quiet = quiet
        if not quiet and self.untold:
            untold, self.untold = self.untold, ""
            self.tell(Tone.REFUSE, untold)

    def tell(self, tone: Tone, sentence: str) -> None:
        """Show a sentence for some seconds."""
        if self._quiet:
            self.untold = sentence if tone is Tone.REFUSE else self.untold
            return
        self.setProperty("tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setWordWrap(True)
        self.say(sentence)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)

    def place(self) -> None:
        """Stand at the foot of the room that the page has for it."""
        room, px = self._room(), self.theme.px
        self.setFixedWidth(min(room.width() - px(16), px(_WIDTH)))
        self.adjustSize()
        left = room.left() + (room.width() - self.width()) // 2
        self.move(left, room.bottom() - self.height() - px(8))
