"""What a visitor agrees to, or is told, on their own side while it is asked: large, in theirs."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.controls import PLAIN_WRAP
from kiosk.ui.theme import Theme

_TEXT, _QUESTION, _BETWEEN, _MARGIN = 40, 48, 28, 64
_SHRINKING = (1.0, 0.9, 0.8, 0.72, 0.64, 0.56, 0.5)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read on the visitor's side; nothing in it is anybody's.

    Attributes:
        text: what is kept, what for, how long, which rights; or the order that is followed.
        asked: each question with the answer that was entered, or "".
    """

    text: str
    asked: tuple[tuple[str, str], ...] = ()


class ConsentPanel(QWidget):
    """Fills its place with one reading, as large as it fits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.reading: Reading | None = None

    def show_reading(self, reading: Reading) -> None:
        """Show it."""
        self.reading = reading
        asked = " ".join(" ".join(part) for part in reading.asked)
        self.setAccessibleName(f"{reading.text} {asked}".strip())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The text, and below it what is asked."""
        if self.reading is None:
            return
        painter = QPainter(self)
        margin, gap = self._theme.px(_MARGIN), self._theme.px(_BETWEEN)
        room = self.height() - 2 * margin
        sizes = (self._laid_out(shrunk) for shrunk in _SHRINKING)
        lines = next((s for s in sizes if sum(h + gap for *_, h in s) <= room + gap), None)
        top = float(margin)
        for words, font, colour, height in lines or self._laid_out(_SHRINKING[-1]):
            painter.setFont(font)
            painter.setPen(self._theme.colour(colour))
            box = QRectF(margin, top, self.width() - 2 * margin, height)
            painter.drawText(box, int(PLAIN_WRAP), words)
            top += height + gap
        painter.end()

    def _laid_out(self, shrunk: float) -> list[tuple[str, QFont, str, int]]:
        """Words, font, colour and height of each paragraph, at this share of their size."""
        reading = self.reading or Reading("")
        parts = [(reading.text, _TEXT, QFont.Weight.Medium, "ink")]
        for question, answer in reading.asked:
            parts.append(
                (
                    " – ".join(filter(None, (question, answer))),
                    _QUESTION,
                    QFont.Weight.Bold,
                    "brand",
                )
            )
        room = QRect(0, 0, self.width() - 2 * self._theme.px(_MARGIN), 10_000)
        found = []
        for words, size, weight, colour in parts:
            font = self._theme.font(size * shrunk, weight)
            height = QFontMetrics(font).boundingRect(room, int(PLAIN_WRAP), words).height()
            found.append((words, font, colour, height))
        return found
