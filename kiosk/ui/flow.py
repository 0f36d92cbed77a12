"""Sets words and small parts into the room there is: in lines, in rows, and "…" at the end."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QStylePainter,
    QWidget,
)

from kiosk.ui.controls import Text

_SPACE_AND_UNIT, _JOINED = " °C", "\u00a0°C"
"""A reading is not torn from its unit; as long as each other, so that places stay the same."""


class FlowLayout(QLayout):
    """As words are set in a paragraph; never wider than its widest part."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def clear(self) -> None:
        """Take every part away."""
        for item in self._items:
            if isinstance(widget := item.widget(), QWidget):
                widget.hide()
                widget.deleteLater()
        self._items.clear()
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Set a part after the last one."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """One of them; Qt asks until there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """A narrower place needs more rows."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of all rows."""
        return self._set(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place the parts."""
        super().setGeometry(rect)
        self._set(rect, place=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the widest part; more width is welcome."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest and the highest part."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _set(self, rect: QRect, *, place: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        for item in self._items:
            wanted = item.sizeHint()
            size = QSize(min(wanted.width(), rect.width()), wanted.height())
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, row = rect.x(), y + row + self.spacing(), 0
            if place:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x += size.width() + self.spacing()
            row = max(row, size.height())
        return y + row - rect.y()


class FittedText(Text):
    """A label that never makes its window larger: so many lines at most, then "…"."""

    def __init__(self, role: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(role, parent)
        self._most = lines
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:  # noqa: N802
        """One line, as long as it is."""
        self.ensurePolished()
        around = self._around()
        words = self.fontMetrics().horizontalAdvance(self.text()) + 1
        return QSize(words + around.width(), self.fontMetrics().height() + around.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A few letters of one line."""
        hint = self.sizeHint()
        letters = self.fontMetrics().averageCharWidth() * 6 + self._around().width()
        return QSize(min(hint.width(), letters), hint.height())

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """More lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of the lines that are needed."""
        self.ensurePolished()
        around = self._around()
        lines = self._lines(width - around.width())
        return max(1, len(lines)) * self.fontMetrics().height() + around.height()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground and words."""
        painter = QStylePainter(self)
        option = QStyleOption()
        option.initFrom(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option)
        painter.setPen(self.palette().color(self.foregroundRole()))
        box, height = self.contentsRect(), self.fontMetrics().height()
        for number, line in enumerate(self._lines(box.width())):
            place = QRect(box.left(), box.top() + number * height, box.width(), height)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), line)
        painter.end()

    def _around(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lines(self, width: int) -> list[str]:
        return fitted_lines(self.text(), self.font(), width, self._most)


def fitted_lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """The text in lines of this width in pixels, the last one ending in "…" where there is more.

    Args:
        text: in one line.
        font: of all lines.
        width: a word that is wider is broken.
        most: so many lines at most.
    """
    layout = QTextLayout(text.replace(_SPACE_AND_UNIT, _JOINED), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        rest = text[line.textStart() :]
        if len(found) + 1 == most:
            found.append(QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        found.append(rest[: line.textLength()].rstrip())
    layout.endLayout()
    return found
