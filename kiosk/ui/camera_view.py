"""The camera's picture, mirrored like a looking-glass, with a frame to aim at."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ports.camera import Frame
from kiosk.ports.decoder import Symbol
from kiosk.ui.controls import PLAIN_WRAP, printable
from kiosk.ui.icons import paint_icon
from kiosk.ui.theme import Theme

_GROUND = QColor("#1B2730")
_FOUND = QColor("#35E081")
_CARD = QColor("#FFFFFF")
_CARD_HEIGHT = 53.98 / 85.6  # of its width: ISO/IEC 7810
_AIM_SHARE = 0.74


def to_image(frame: Frame) -> QImage:
    """The frame as a picture of its own: QImage does not own the bytes it is given."""
    bytes_a_row = frame.width * 3
    return QImage(
        frame.pixels,
        frame.width,
        frame.height,
        bytes_a_row,
        QImage.Format.Format_BGR888,
    ).copy()


OPENING = "camera"
"""The sign while a camera is being opened: a picture is on its way."""


class CameraView(QWidget):
    """Shows frames as they come, or in words why there are none.

    Attributes:
        mirrored: whether it is a looking-glass.
        advises: whether it says what to do where there is no picture; that is no visitor's.
    """

    def __init__(self, theme: Theme, *, mirrored: bool, advises: bool = True) -> None:
        super().__init__()
        self.theme = theme
        self.mirrored = mirrored
        self.advises = advises
        self._image: QImage | None = None
        self._outlines: list[QPolygonF] = []
        self._caption = ""
        self._trouble: tuple[str, str, str] | None = None
        self._card_share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802
        """4:3, as webcams see."""
        return QSize(self.theme.px(400), self.theme.px(300))

    def show_frame(self, image: QImage, symbols: Sequence[Symbol]) -> None:
        """Show a frame and outline what was read in it."""
        self._trouble = None
        self._image = image
        self._outlines = [
            QPolygonF([QPointF(x, y) for x, y in symbol.corners]) for symbol in symbols
        ]
        self.update()

    def show_trouble(self, icon: str, words: str, advice: str) -> None:
        """No picture: say so and what to do. The last frame is forgotten."""
        self._image = None
        self._outlines = []
        self._trouble = (icon, words, advice if self.advises else "")
        self.update()

    def expect_picture(self) -> None:
        """A picture is on its way: whatever was wrong is over."""
        self._trouble = None
        self.update()

    def aim_at(self, share: float) -> None:
        """A citizen card's outline to aim at, that fills `share` of the picture's width."""
        self._card_share = share
        self.update()

    @property
    def is_blind(self) -> bool:
        """Whether nothing can be held up: there is no picture, and none is on its way."""
        return self._trouble is not None and self._trouble[0] != OPENING

    def caption(self, words: str) -> None:
        """A few words over the picture's lower edge; "" takes them away."""
        self._caption = printable(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Picture or words, aim frame, outlines, caption."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), self.theme.px(12), self.theme.px(12))
        painter.setClipPath(path)
        painter.fillRect(self.rect(), _GROUND)
        if self._trouble is not None:
            self._paint_trouble(painter, *self._trouble)
        elif self._image is not None:
            self._paint_picture(painter, self._image)
        if self._trouble is None:
            if self._card_share:
                self._paint_card(painter)
            else:
                self._paint_aim(painter)
            self._paint_caption(painter)
        painter.end()

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        scale = max(self.width() / image.width(), self.height() / image.height())
        painter.save()
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(-scale if self.mirrored else scale, scale)
        painter.translate(-image.width() / 2, -image.height() / 2)
        painter.drawImage(QPointF(0, 0), image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_FOUND, self.theme.px(5) / scale))
        for outline in self._outlines:
            painter.drawPolygon(outline)
        painter.restore()

    def _paint_aim(self, painter: QPainter) -> None:
        side = min(self.width(), self.height()) * _AIM_SHARE
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        corner = side * 0.16
        painter.setPen(
            QPen(
                QColor(255, 255, 255, 200),
                self.theme.px(3),
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
            )
        )
        for x, dx in ((box.left(), 1), (box.right(), -1)):
            for y, dy in ((box.top(), 1), (box.bottom(), -1)):
                painter.drawLine(QPointF(x, y), QPointF(x + dx * corner, y))
                painter.drawLine(QPointF(x, y), QPointF(x, y + dy * corner))

    def _paint_card(self, painter: QPainter) -> None:
        width, height = (self._image.width(), self._image.height()) if self._image else (16, 9)
        across = max(self.width(), width * self.height() / height) * self._card_share
        box = QRectF(0, 0, across, across * _CARD_HEIGHT)
        box.moveCenter(QRectF(self.rect()).center())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, line in ((_GROUND, Qt.PenStyle.SolidLine), (_CARD, Qt.PenStyle.DashLine)):
            painter.setPen(QPen(colour, self.theme.px(3), line))
            painter.drawRoundedRect(box, self.theme.px(10), self.theme.px(10))

    def _paint_caption(self, painter: QPainter) -> None:
        if not self._caption:
            return
        px = self.theme.px
        font = self.theme.font(13)
        metrics = QFontMetrics(font)
        words = metrics.elidedText(
            self._caption, Qt.TextElideMode.ElideRight, self.width() - px(48)
        )
        box = QRectF(
            px(12), self.height() - px(40), metrics.horizontalAdvance(words) + px(16), px(28)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(10, 16, 22, 210))
        painter.drawRoundedRect(box, px(6), px(6))
        painter.setPen(QColor("#FFFFFF"))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_trouble(self, painter: QPainter, icon: str, words: str, advice: str) -> None:
        px = self.theme.px
        size = px(44)
        middle = self.height() / 2
        sign = QRectF((self.width() - size) / 2, middle - px(86), size, size)
        paint_icon(painter, icon, sign, QColor("#F5C06A"))
        painter.setPen(QColor("#FFFFFF"))
        painter.setFont(self.theme.font(16, QFont.Weight.DemiBold))
        box = QRectF(px(24), middle - px(34), self.width() - px(48), px(30))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | PLAIN_WRAP), words)
        painter.setPen(QColor("#C9D4DC"))
        painter.setFont(self.theme.font(14))
        box = QRectF(px(24), middle + px(2), self.width() - px(48), px(110))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | PLAIN_WRAP
        painter.drawText(box, int(flags), advice)
