"""A table of plain lines: marked one by one, by arrows, by touch or by mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from kiosk.ui.theme import Theme

_ROW = 52
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})


class LineTable(QTableView):
    """Only the keys that move in it are its own; the rest is for the page and the window.

    Attributes:
        by_hand: whether somebody has marked a line since that was last set back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.by_hand = False

    def show_model(self, model: QAbstractItemModel, theme: Theme, widths: Sequence[int]) -> None:
        """Show the lines of a model; the last column takes what `widths` leave."""
        self.setModel(model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(True)  # a reason in two lines
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for section, width in enumerate(widths):
            self.setColumnWidth(section, theme.px(width))

    @property
    def is_used(self) -> bool:
        """Whether the keys are in it, or somebody has marked a line."""
        return self.by_hand or self.window().focusWidget() is self

    def leave(self, row: int) -> None:
        """The keys go back to the window, and the page's own line is marked again."""
        self.by_hand = False
        self.selectRow(row)
        self.window().setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A press marks a line."""
        self.by_hand = True
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows, Home and End move."""
        if event.key() in _MOVES:
            self.by_hand = True
            super().keyPressEvent(event)
        else:
            event.ignore()
