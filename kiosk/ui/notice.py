"""A sentence at the foot of the window that goes away by itself."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QWidget

from kiosk.ui.controls import Text
from kiosk.ui.theme import Theme, Tone

_SHOWN_MS = 7_000
_LASTING_MS = 60_000
_WIDTH = 510


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence with its colour; one that lasts is of somebody, until somebody else is served."""

    tone: Tone
    sentence: str
    lasting: bool = False

    @property
    def is_trouble(self) -> bool:
        """Whether it has to be read, also later."""
        return self.lasting or self.tone is Tone.REFUSE


class Notice(Text):
    """Lies over lists or a sheet's heading only; a press on it reaches what is below.

    Attributes:
        telling: what was told last; untold: what is to be told once no visitor looks.
    """

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        room: Callable[[], QRect],
        headroom: Callable[[], QRect | None],
    ) -> None:
        """Hidden at first.

        Args:
            theme: in force.
            over: the window.
            room: where nothing is pressed or read aloud, in the window's coordinates.
            headroom: the same while a sheet covers the window, from the upper edge; else None.
        """
        super().__init__("notice", over)
        self.theme = theme
        self._room = room
        self._headroom = headroom
        self._quiet = False
        self.untold: _Told | None = None
        self.telling: _Told | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def go_on_from(self, notice: "Notice") -> None:
        """Take over the trouble that another one has not told yet, or is just telling."""
        telling = None if notice.isHidden() else notice.telling
        trouble = telling is not None and telling.is_trouble
        self.untold = telling if trouble else notice.untold

    def go_on(self) -> None:
        """Somebody else is served: what lasted until then goes."""
        if self.telling is not None and self.telling.lasting:
            self.hide()
        if self.untold is not None and self.untold.lasting:
            self.untold = None

    def keep_quiet(self, *, quiet: bool) -> None:
        """Say nothing while visitors look; the last trouble is told once they do not."""
        self._quiet = quiet
        if not quiet and self.untold is not None:
            untold, self.untold = self.untold, None
            self.tell(untold.tone, untold.sentence, lasting=untold.lasting)

    def tell(self, tone: Tone, sentence: str, *, lasting: bool = False) -> None:
        """Show a sentence for some seconds; one that is `lasting` for a minute."""
        told = _Told(tone, sentence, lasting)
        if self._quiet:
            self.untold = told if told.is_trouble else self.untold
            return
        self.telling = told
        self.setProperty("tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setWordWrap(True)
        self.say(sentence)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(_LASTING_MS if lasting else _SHOWN_MS)

    def keep_above(self) -> None:
        """A sheet was opened: trouble that was told just before stays in sight, clear of it."""
        if not self.isHidden() and self.telling is not None and self.telling.is_trouble:
            self.place()
            self.raise_()

    def place(self) -> None:
        """Stand at the foot of the room that the page has for it, or at the head of a sheet."""
        px, head = self.theme.px, self._headroom()
        room = self._room() if head is None else head
        widest = px(_WIDTH) if head is None else room.width()
        self.setFixedWidth(min(room.width() - px(16), widest))
        self.adjustSize()
        left = room.left() + (room.width() - self.width()) // 2
        foot = room.bottom() - self.height() - px(8)
        self.move(left, foot if head is None else min(max(foot, 0), px(8)))
