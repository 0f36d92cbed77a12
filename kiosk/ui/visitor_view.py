"""The visitor's side: an invitation and a looking-glass, that one is seen to, or the verdict."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kiosk.domain.desk import (
    Admitted,
    Departed,
    Departing,
    OutOfOrder,
    Recording,
    Refused,
    Remeasure,
    Screening,
    StillInside,
)
from kiosk.domain.recognition import Recognised
from kiosk.ui.camera_view import CameraView
from kiosk.ui.consent_panel import ConsentPanel
from kiosk.ui.controls import Text
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_words import Speech, verdict_shown, waiting_shown
from kiosk.ui.icons import paint_icon
from kiosk.ui.theme import Theme
from kiosk.ui.verdict_panel import VerdictPanel

_HELD_MS = 1_200


class HeldCorner(QAbstractButton):
    """A way back for fingers that stay on it; a visitor who touches it in passing sees nothing.

    Signals:
        held: the finger has stayed.
    """

    held = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(theme.px(48), theme.px(48))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_HELD_MS)
        self._timer.timeout.connect(self.held.emit)
        self.pressed.connect(self._timer.start)
        self.released.connect(self._timer.stop)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A pale sign, no words."""
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.45)
        box = self.rect().toRectF().adjusted(px(13), px(13), -px(13), -px(13))
        paint_icon(painter, "chevron-left", box, self.theme.colour("soft"))
        painter.end()


class VisitorView(QWidget):
    """Large words for two metres away; nothing of the last visitor stays on it."""

    def __init__(self, theme: Theme, controller: DeskController, *, mirrored: bool) -> None:
        super().__init__()
        self.setObjectName("page")
        self._controller = controller
        self.camera = CameraView(theme, mirrored=mirrored, advises=False)
        self._verdict = VerdictPanel(theme, enlarged=True)
        self._first = Text("invite")
        self._second = Text("invite_second")
        self._hint = Text("invite_hint")
        self._stack = QStackedLayout(self)
        invite = QWidget()
        invite.setObjectName("page")
        row = QHBoxLayout(invite)
        row.setContentsMargins(theme.px(64), theme.px(48), theme.px(64), theme.px(48))
        row.setSpacing(theme.px(48))
        column = QVBoxLayout()
        column.setSpacing(theme.px(16))
        column.addStretch(1)
        for text in (self._first, self._second, self._hint):
            text.setWordWrap(True)
            text.setAlignment(Qt.AlignmentFlag.AlignLeft)
            column.addWidget(text)
        column.addStretch(1)
        row.addLayout(column, 1)
        row.addWidget(self.camera, 1)
        self._stack.addWidget(invite)
        self._stack.addWidget(self._verdict)
        self._consent = ConsentPanel(theme)
        self._stack.addWidget(self._consent)
        self._invite = invite
        self.back = HeldCorner(theme, self)
        self.back.move(theme.px(8), theme.px(8))
        self.back.raise_()

    def render_desk(self, speech: Speech) -> None:
        """Show the state of the desk to the visitor."""
        asked = "desk.invite_blind" if self.camera.is_blind else "desk.invite"
        self._first.say(speech.words(asked))
        self._second.say(speech.second(asked))
        self._hint.say(f"{speech.words('desk.invite_hint')} · {speech.second('desk.invite_hint')}")
        state, rest = self._controller.state, self._controller.rest
        if (reading := self._controller.for_visitor) is not None:
            self._consent.show_reading(reading)
            self._stack.setCurrentWidget(self._consent)
            return
        match state:
            case Admitted() | Refused() | Departed() | Departing() | StillInside() | Remeasure():
                shown = verdict_shown(state, speech, masked=True, rest=rest)
                self._verdict.show_verdict(shown)
                self._stack.setCurrentWidget(self._verdict)
            case Screening():
                self._let_wait(state.who, speech)
            case Recording() | OutOfOrder():
                self._let_wait(state.record.who, speech)
            case _:
                self._stack.setCurrentWidget(self._invite)

    def _let_wait(self, who: Recognised, speech: Speech) -> None:
        self._verdict.show_verdict(waiting_shown(who, speech))
        self._stack.setCurrentWidget(self._verdict)
