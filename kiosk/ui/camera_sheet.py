"""The camera check over the window: the picture, what is wrong with it, how near a card goes."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.camera_check import Aspect, Grade, Judged, Look
from kiosk.ports.clock import Clock
from kiosk.services.camera_check import EACH, SECONDS, CameraCheck
from kiosk.services.camera_words import advice, sentence
from kiosk.services.scan_loop import CameraState
from kiosk.ui.button import ActionButton
from kiosk.ui.camera_state import show_trouble
from kiosk.ui.camera_view import CameraView
from kiosk.ui.capture_thread import Capture
from kiosk.ui.controls import Text
from kiosk.ui.icons import paint_icon
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words

_TICK_MS = 250
_PICTURE = (496, 279)
_SIGNS = {
    Grade.UNKNOWN: ("circle-help", Tone.PLAIN),
    Grade.GOOD: ("circle-check", Tone.ADMIT),
    Grade.FAIR: ("triangle-alert", Tone.REFER),
    Grade.POOR: ("circle-x", Tone.REFUSE),
}
_MOST_ADVICE = 3


@dataclass(slots=True)
class Minute:
    """One check, which goes on when its sheet is made anew.

    Attributes:
        check: what was seen.
        began_at: steady seconds of the first look; None before it.
        looked_at: of the last one.
        looks: how many there were.
        size: of the pictures, width first.
        over: it is kept.
    """

    check: CameraCheck
    began_at: float | None = None
    looked_at: float = 0.0
    looks: int = 0
    size: tuple[int, int] = (0, 0)
    over: bool = False

    def take(self, look: Look, now: float) -> None:
        """One more look."""
        if self.began_at is None:
            self.began_at = now
        self.check.take(look)
        self.looks += 1
        self.looked_at = now

    @property
    def rate(self) -> float:
        """Pictures a second; 0.0 before there are two looks."""
        passed = self.looked_at - (self.began_at or 0.0)
        return EACH * (self.looks - 1) / passed if self.looks > 1 and passed > 0 else 0.0


class CameraSheet(Sheet):
    """Lasts a minute, or until Enter; then what was found is kept."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        capture: Capture,
        clock: Clock,
        keep: Callable[[Minute], None],
    ) -> None:
        super().__init__(theme, over, 1090)
        self._words = words
        self._capture = capture
        self._clock = clock
        self._keep = keep
        self._minute = Minute(CameraCheck())
        self.camera = CameraView(theme, mirrored=True)
        self.camera.setFixedSize(theme.px(_PICTURE[0]), theme.px(_PICTURE[1]))
        self._left, self._step = Text("soft"), _wrapped("label")
        self._signs = {aspect: _Sign(theme) for aspect in Aspect}
        self._said = {aspect: _wrapped("soft") for aspect in Aspect}
        self._advice = [_wrapped() for _ in range(_MOST_ADVICE)]
        self._on = ActionButton(theme, "Enter")
        self._lay_out()
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start(_TICK_MS)
        capture.shown.connect(self._show)
        capture.looked.connect(self._take)
        capture.camera_changed.connect(self._camera_changed)
        capture.inspecting = True
        self._camera_changed(capture.state, "")
        self._tick()

    def _lay_out(self) -> None:
        px, words = self.theme.px, self._words
        head = QHBoxLayout()
        title = Text("title")
        title.say(words("camera.title"))
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._left)
        self.column.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(px(20))
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addWidget(self.camera)
        left.addWidget(self._step)
        left.addStretch(1)
        body.addLayout(left)
        right = QGridLayout()
        right.setHorizontalSpacing(px(12))
        right.setVerticalSpacing(px(2))
        right.setColumnStretch(1, 1)
        for row, aspect in enumerate(Aspect):
            name = Text("label")
            name.say(words(f"camera.aspect.{aspect}"))
            self._said[aspect].setContentsMargins(0, 0, 0, px(8))
            right.addWidget(self._signs[aspect], 2 * row, 0, 2, 1)
            right.addWidget(name, 2 * row, 1)
            right.addWidget(self._said[aspect], 2 * row + 1, 1)
        right.setRowStretch(2 * len(Aspect), 1)
        body.addLayout(right, 1)
        self.column.addLayout(body)
        for line in self._advice:
            self.column.addWidget(line)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        back = ActionButton(self.theme, "Esc")
        back.say(words("camera.close"))
        back.clicked.connect(self.dismiss)
        self._on.paint_as(Tone.BRAND, full=True)
        self._on.clicked.connect(self._finish)
        foot.addWidget(back)
        foot.addWidget(self._on)
        self.column.addLayout(foot)

    # --- what comes in

    def _show(self, image: QImage, symbols: object) -> None:
        self._minute.size = (image.width(), image.height())
        if isinstance(symbols, tuple):
            self.camera.show_frame(image, symbols)

    def _take(self, look: Look) -> None:
        if not self._minute.over:
            self._minute.take(look, self._clock.steady())

    def _camera_changed(self, state: CameraState, _detail: str) -> None:
        if state is not CameraState.READY:
            show_trouble(self._capture, (self.camera,), self._words)

    # --- showing

    def _tick(self) -> None:
        minute = self._minute
        now = self._clock.steady()
        rest = SECONDS if minute.began_at is None else minute.began_at + SECONDS - now
        if rest <= 0 and not minute.over:
            self._finish()
        check, words = minute.check, self._words
        left = (
            words("camera.over") if minute.over else words("camera.seconds", seconds=round(rest))
        )
        self._left.say(left)
        judged = check.judged()
        for one in judged:
            sign, tone = _SIGNS[one.grade]
            self._signs[one.aspect].show_sign(sign, tone)
            self._said[one.aspect].say(sentence(one, check, words))
        self._step.say(words(_step(check, judged)))
        self.camera.aim_at(check.share if check.share <= 1 else 0.0)
        told = advice(check, words) if minute.looks else ()
        for number, line in enumerate(self._advice):
            line.say(told[number] if number < len(told) else "")
            line.setVisible(number < len(told))
        self._on.say(words("camera.keep"))
        self._on.setVisible(bool(minute.looks) and not minute.over)

    def _finish(self) -> None:
        """Keep what was found; the sheet stays until it is closed."""
        if self._minute.looks and not self._minute.over:
            self._minute.over = True
            self._keep(self._minute)
            self._tick()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter keeps, or closes once it is kept."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if self._minute.over:
            self.dismiss()
        else:
            self._finish()
        event.accept()

    def dismiss(self) -> None:
        """Go away; frames are not measured any more."""
        self._capture.inspecting = False
        self._ticks.stop()
        super().dismiss()

    def kept(self) -> object:
        """The minute as it stands."""
        return self._minute

    def put_back(self, kept: object) -> None:
        """Go on with it."""
        if isinstance(kept, Minute):
            self._minute = kept
            self._tick()


def _step(check: CameraCheck, judged: tuple[Judged, ...]) -> str:
    """The key of what to do next."""
    if check.read_other:
        return "camera.step.read"
    if check.smallest is None:
        return "camera.step.hold"
    return "camera.step.card" if judged[-1].grade is Grade.GOOD else "camera.step.closer"


def _wrapped(role: str = "") -> Text:
    line = Text(role)
    line.setWordWrap(True)
    return line


class _Sign(QWidget):
    """How one aspect stands: a sign and its colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._name, self._tone = _SIGNS[Grade.UNKNOWN]
        self.setFixedSize(theme.px(28), theme.px(44))

    def show_sign(self, name: str, tone: Tone) -> None:
        """Set it."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The sign."""
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, px(2), px(26), px(26))
        paint_icon(painter, self._name, box, QColor(self.theme.palette.strong(self._tone)))
        painter.end()
