"""The bar over every page: whose desk, which page, the camera's state, language, clock."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.office import Office
from kiosk.ui.button import Button
from kiosk.ui.controls import ShortText, StateLight, Text
from kiosk.ui.icons import paint_icon
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Language, Words, clock_time

PAGES = (("desk", "F1"), ("log", "F5"), ("print", "F7"), ("visitor", "F6"))


class Tab(Button):
    """A page's name with its key."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._key = key
        self.setCheckable(True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Words, key and some air."""
        px = self.theme.px
        words = QFontMetrics(self.theme.font(15, QFont.Weight.Medium)).horizontalAdvance(
            self.text()
        )
        return QSize(words + px(66), px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A pale ground where this page is open."""
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brand, soft = self.theme.colour("brand"), self.theme.colour("soft")
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(brand, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("brand_soft"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(8), px(8))
        colour = brand if self.isChecked() else soft
        painter.setPen(colour)
        painter.setFont(self.theme.font(15, QFont.Weight.Medium))
        words = self.rect().adjusted(px(14), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        box = self.rect().adjusted(self.width() - px(42), px(11), -px(12), -px(11))
        edge = self.theme.colour("line") if not self.isChecked() else colour
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(colour)
        painter.setFont(self.theme.font(12))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()


class LanguageSwitch(Button):
    """VI | EN: both written, the one in force marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.language = Language.VIETNAMESE
        self.setAccessibleName("Tiếng Việt / English (F12)")
        self.setToolTip("F12")

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two fields for two letters."""
        return QSize(self.theme.px(92), self.theme.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Two fields, one full."""
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self.theme.colour("brand" if self.hasFocus() else "line")
        box = self.rect().adjusted(1, px(6), -1, -px(6))
        painter.setPen(QPen(edge, 1))
        painter.setBrush(self.theme.colour("card"))
        painter.drawRoundedRect(box, px(8), px(8))
        half = box.width() // 2
        for number, language in enumerate(Language):
            field = box.adjusted(number * half, 0, -(1 - number) * half, 0)
            chosen = language is self.language
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.colour("ink"))
                painter.drawRoundedRect(field, px(8), px(8))
            painter.setPen(self.theme.colour("card" if chosen else "soft"))
            painter.setFont(self.theme.font(14, QFont.Weight.DemiBold))
            painter.drawText(field, Qt.AlignmentFlag.AlignCenter, language.value.upper())
        painter.end()


class ThemeSwitch(Button):
    """Light or dark room."""

    def __init__(self, theme: Theme, *, dark: bool) -> None:
        super().__init__()
        self.theme = theme
        self._dark = dark
        self.setToolTip("F10")

    def sizeHint(self) -> QSize:  # noqa: N802
        """A finger's size."""
        return QSize(self.theme.px(44), self.theme.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Sun in the dark, moon in the light: what a press brings."""
        px = self.theme.px
        painter = QPainter(self)
        colour = self.theme.colour("brand" if self.hasFocus() else "soft")
        box = self.rect().toRectF().adjusted(px(11), px(11), -px(11), -px(11))
        paint_icon(painter, "sun" if self._dark else "moon", box, colour)
        painter.end()


class TopBar(QFrame):
    """One bar.

    Signals:
        page_asked: a name of `PAGES`.
        language_asked, theme_asked: a switch was pressed.
    """

    page_asked = Signal(str)
    language_asked = Signal()
    theme_asked = Signal()

    def __init__(self, theme: Theme, office: Office, desk: str, *, dark: bool) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setFixedHeight(theme.px(56))
        px = theme.px
        self.light = StateLight(theme)
        self._tabs = {name: Tab(theme, key) for name, key in PAGES}
        self._language = LanguageSwitch(theme)
        self._theme = ThemeSwitch(theme, dark=dark)
        self._clock = Text("clock")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), 0, px(24), 0)
        row.setSpacing(px(8))
        titles = QVBoxLayout()
        titles.setSpacing(0)
        name, gate = ShortText("label", px(240)), ShortText("caption", px(240))
        name.say(office.name)
        gate.say(" · ".join(part for part in (office.gate, desk) if part))
        titles.addStretch(1)
        titles.addWidget(name)
        titles.addWidget(gate)
        titles.addStretch(1)
        row.addLayout(titles)
        row.addSpacing(px(12))
        for page, tab in self._tabs.items():
            tab.clicked.connect(lambda _=False, page=page: self.page_asked.emit(page))
            row.addWidget(tab)
        row.addStretch(1)
        row.addWidget(self.light)
        row.addSpacing(px(8))
        row.addWidget(self._theme)
        row.addWidget(self._language)
        row.addSpacing(px(8))
        row.addWidget(self._clock)
        self._language.clicked.connect(self.language_asked.emit)
        self._theme.clicked.connect(self.theme_asked.emit)

    def render_bar(self, page: str, words: Words, *, dark: bool) -> None:
        """Names of the pages in the language in force."""
        for name, tab in self._tabs.items():
            tab.setText(words(f"desk.page_{name}"))
            tab.setAccessibleName(tab.text())
            tab.setChecked(name == page)
            tab.updateGeometry()
        self._theme.setAccessibleName(words("desk.theme_light" if dark else "desk.theme_dark"))
        self._language.language = words.language
        self._language.update()

    def show_time(self, now: datetime, zone: tzinfo) -> None:
        """Hours and minutes."""
        self._clock.say(clock_time(now, zone))
