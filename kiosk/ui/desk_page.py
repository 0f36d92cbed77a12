"""The desk: camera and errands, the person being served, the newest lines."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from kiosk.domain.admission import Reason
from kiosk.domain.desk import (
    Admitted,
    Departed,
    Departing,
    Leaving,
    OutOfOrder,
    Recording,
    Refused,
    Remeasure,
    Screening,
    StillInside,
    Waiting,
)
from kiosk.domain.screening import RuleCard
from kiosk.ui.button import ActionButton
from kiosk.ui.camera_view import CameraView
from kiosk.ui.controls import PLAIN_WRAP, Card, Text
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_words import Speech, verdict_shown
from kiosk.ui.entries_panel import EntriesPanel
from kiosk.ui.icons import paint_icon
from kiosk.ui.number_card import NumberCard, Unprinted
from kiosk.ui.screening_panel import ScreeningPanel
from kiosk.ui.theme import Theme
from kiosk.ui.verdict_panel import VerdictPanel
from kiosk.ui.wording import Words, degrees

_CAMERA, _SMALLER_CAMERA = 300, 256


class InvitePanel(Card):
    """Nobody is being served: what to hold up."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._words = ("", "", "")

    def say(self, first: str, second: str, hint: str) -> None:
        """Invitation in both languages, and what counts."""
        self._words = (first, second, hint)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A sign and three lines, in the middle."""
        super().paintEvent(event)
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = px(104)
        top = self.height() // 2 - px(170)
        sign = self.rect().adjusted(0, top, 0, 0)
        sign.setHeight(size)
        sign.setLeft((self.width() - size) // 2)
        sign.setWidth(size)
        paint_icon(painter, "qr-code", sign.toRectF(), self.theme.colour("brand"), "1.25")
        top += size + px(24)
        fonts = (
            (self.theme.font(32, QFont.Weight.Bold), "ink", 12),
            (self.theme.font(20, QFont.Weight.Medium), "soft", 18),
            (self.theme.font(15), "soft", 0),
        )
        for text, (font, colour, gap) in zip(self._words, fonts, strict=True):
            painter.setFont(font)
            painter.setPen(self.theme.colour(colour))
            box = self.rect().adjusted(px(32), top, -px(32), 0)
            flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | PLAIN_WRAP)
            needed = painter.boundingRect(box, flags, text)
            painter.drawText(box, flags, text)
            top += needed.height() + px(gap)
        painter.end()


class DeskPage(QWidget):
    """Three columns.

    Signals:
        guest_asked, typed_asked, reprint_asked, undo_asked: an errand was pressed.
    """

    guest_asked = Signal()
    typed_asked = Signal()
    reprint_asked = Signal()
    undo_asked = Signal()

    def __init__(self, theme: Theme, controller: DeskController, *, mirrored: bool) -> None:
        super().__init__()
        self.setObjectName("page")
        self.theme = theme
        self._controller = controller
        self.camera = CameraView(theme, mirrored=mirrored)
        self.screening = ScreeningPanel(theme, controller)
        self._invite = InvitePanel(theme)
        self.verdict = VerdictPanel(theme, enlarged=False)
        self._entries = EntriesPanel(theme)
        self.lines = self._entries.lines
        self._guest = ActionButton(theme, "F2")
        self._typed = ActionButton(theme, "F3")
        self._reprint = ActionButton(theme, "F4")
        self._rules = Text("soft")
        self._rules_title = Text("label")
        self._rules_card = self._rule_card()
        self.number = NumberCard(theme)
        self._middle = QStackedLayout()
        self._lay_out()
        self._guest.clicked.connect(self.guest_asked.emit)
        self._typed.clicked.connect(self.typed_asked.emit)
        self._reprint.clicked.connect(self.reprint_asked.emit)
        self._entries.undo.clicked.connect(self.undo_asked.emit)
        self.verdict.go.clicked.connect(controller.confirm)
        self.verdict.leave.clicked.connect(lambda: controller.send(Leaving()))
        self.verdict.refuse.clicked.connect(lambda: controller.turn_away(Reason.INVITATION_USED))
        self.verdict.back.clicked.connect(controller.dismiss)

    def _lay_out(self) -> None:
        px = self.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), px(16), px(24), px(16))
        row.setSpacing(px(16))
        left = QWidget()
        left.setFixedWidth(px(400))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.camera.setFixedHeight(px(_CAMERA))
        column.addWidget(self.camera)
        for button, icon in (
            (self._guest, "phone-off"),
            (self._typed, "keyboard"),
            (self._reprint, "printer"),
        ):
            button.icon_name = icon
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(self.number)
        column.addWidget(self._rules_card)
        middle = QWidget()
        middle.setLayout(self._middle)  # first: a panel of no window would be shown as its own
        for panel in (self._invite, self.screening, self.verdict):
            self._middle.addWidget(panel)
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._entries.setFixedWidth(px(320))
        row.addWidget(left)
        row.addWidget(middle, 1)
        row.addWidget(self._entries)

    def _rule_card(self) -> Card:
        px = self.theme.px
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(2))
        self._rules.setWordWrap(True)
        column.addWidget(self._rules_title)
        column.addWidget(self._rules)
        return card

    def show_unprinted(self, slips: Unprinted) -> None:
        """The numbers of slips that did not come out: what may shrink makes room for them."""
        self.camera.setFixedHeight(self.theme.px(_SMALLER_CAMERA if slips.number else _CAMERA))
        self._rules_card.setVisible(not slips.number)
        self.number.show_slips(slips)

    def render_desk(self, speech: Speech) -> None:
        """Show the state of the desk in the language of `speech`."""
        words, controller = speech.words, self._controller
        self._guest.say(words("desk.guest"))
        self._typed.say(words("desk.typed"))
        self._reprint.say(words("desk.reprint"))
        self._rules_title.say(words("desk.rules", version=controller.rules.version))
        self._rules.say(rules_in_words(controller.rules, words))
        self._entries.render_overview(controller.newest.overview, speech)
        self._render_middle(speech)

    def _render_middle(self, speech: Speech) -> None:
        words, state = speech.words, self._controller.state
        match state:
            case Screening() | Remeasure():
                self.screening.render_state(state, speech)
                self._middle.setCurrentWidget(self.screening)
            case Admitted() | Refused() | Departed() | Departing() | StillInside() | OutOfOrder():
                shown = verdict_shown(state, speech, masked=False, rest=self._controller.rest)
                self.verdict.show_verdict(shown)
                self._middle.setCurrentWidget(self.verdict)
            case Waiting() | Recording():
                busy = isinstance(state, Recording)
                invite, hint = "desk.invite", "desk.invite_hint"
                if self.camera.is_blind:
                    invite, hint = "desk.invite_blind", "desk.invite_blind_hint"
                first = words("desk.saving" if busy else invite)
                if self._controller.looking_up:
                    first = words("desk.looking_up")
                second = "" if busy else speech.second(invite)
                self._invite.say(first, second, words(hint))
                self._middle.setCurrentWidget(self._invite)


def rules_in_words(rules: RuleCard, words: Words) -> str:
    """The rule card in one line."""
    if not rules.health_step:
        return words("desk.rules_off")
    asked = [
        words(f"desk.asked_{name}")
        for name, wanted in (
            ("mask", rules.mask),
            ("hands", rules.hands),
            ("declaration", rules.declaration),
        )
        if wanted
    ]
    fever = degrees(rules.fever_from, words.language)
    return words("desk.rules_health", fever=fever, asked=" · ".join(asked))
