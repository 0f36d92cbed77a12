"""A table to be read, not pressed: each row is as high as its words, and no higher."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QStyle, QTableView

from kiosk.ui.line_table import LineTable
from kiosk.ui.theme import Theme

_ROW, _AROUND = 30, 10
_BESIDE = 10  # the style sheet's padding, of which Qt's own measure of wrapped words knows nothing
_ROOM = 10_000


class DenseTable(LineTable):
    """Rows are measured when they come into sight: a list may have thousands.

    Its model does not change.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._measured: set[int] = set()
        self._measuring = self._changed = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.verticalScrollBar().valueChanged.connect(self._measure)
        self.horizontalHeader().sectionResized.connect(self._measure_anew)

    def show_model(self, model: QAbstractItemModel, theme: Theme, widths: Sequence[int]) -> None:
        """Show the lines of a model; the last column takes what `widths` leave."""
        super().show_model(model, theme, widths)
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(theme.px(_ROW))
        rows.setDefaultSectionSize(theme.px(_ROW))
        self._measure_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More rows may be in sight, and the last column is wider."""
        super().resizeEvent(event)
        self._measure_anew()

    def _measure_anew(self) -> None:
        """A column has another width, and its words other lines."""
        self._measured.clear()
        self._measure()

    def _measure(self) -> None:
        """Every row in sight; who has scrolled to the end stays there.

        A row that grows may bring a scroll bar, which takes its width from the last column.
        """
        self._changed = True
        if self._measuring or self.model() is None:
            return
        bar = self.verticalScrollBar()
        at_end = bar.value() > 0 and bar.value() == bar.maximum()
        self._measuring = True
        while self._changed:
            self._changed = False
            self._measure_in_sight()
        self._measuring = False
        if at_end and bar.value() < bar.maximum():
            bar.setValue(bar.maximum())

    def _measure_in_sight(self) -> None:
        row = max(0, self.rowAt(0))
        while row < self.model().rowCount() and self.rowViewportPosition(row) < self.height():
            if row not in self._measured:
                self._measured.add(row)
                self.setRowHeight(row, self._height(row))
            row += 1

    def _width(self, column: int) -> int:
        """Qt gives the last column what the others leave, and tells of it before it does so."""
        last = column == self.model().columnCount() - 1
        left = self.viewport().width() - self.columnViewportPosition(column)
        return left if last else self.columnWidth(column)

    def _height(self, row: int) -> int:
        """Of a row, in pixels, for the column that needs most lines."""
        px, metrics = self._theme.px, QFontMetrics(self.font())
        beside = self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self) + 1
        highest = 0
        for column in range(self.model().columnCount()):
            words = str(self.model().index(row, column).data() or "")
            width = self._width(column) - 2 * (px(_BESIDE) + beside)
            took = metrics.boundingRect(0, 0, width, _ROOM, Qt.TextFlag.TextWordWrap, words)
            highest = max(highest, took.height())
        return max(px(_ROW), highest + px(_AROUND))
