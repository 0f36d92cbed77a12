"""What people hold up in the demonstration film: a card, three telephones and a notice.

Everything is drawn here, looks like no real document, and carries made-up people. Each drawing is
a premultiplied BGRA picture of known density, so that the film can put it at a true size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import qrcode
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

Floats = NDArray[np.float32]
Align = Qt.AlignmentFlag

FONTS = Path(__file__).parents[1] / "fonts"
CARD_MM = (85.6, 54.0)
PHONE_MM = (73.0, 152.0)
NOTICE_MM = (148.0, 210.0)
TEAL = "#0f5b78"
INK = "#13212b"
GREY = "#5b6b76"


@dataclass(frozen=True)
class Prop:
    """A flat thing: its picture, its size and the density of the picture."""

    picture: Floats
    size_mm: tuple[float, float]
    per_mm: float


class Sheet:
    """A canvas measured in millimetres."""

    def __init__(self, size_mm: tuple[float, float], per_mm: float) -> None:
        self.size_mm = size_mm
        self.per_mm = per_mm
        wide, high = (round(side * per_mm) for side in size_mm)
        self.image = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
        self.image.fill(Qt.GlobalColor.transparent)
        self.painter = QPainter(self.image)
        self.painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        self.painter.scale(per_mm, per_mm)

    def done(self) -> Prop:
        """The finished picture."""
        self.painter.end()
        image = self.image
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
        return Prop(rows.astype(np.float32) / 255, self.size_mm, self.per_mm)

    def fill(self, place: QRectF, brush: QBrush | QColor | str, round_mm: float = 0.0) -> None:
        """A plain or rounded rectangle."""
        paint = brush if isinstance(brush, QBrush) else QBrush(QColor(brush))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(paint)
        self.painter.drawRoundedRect(place, round_mm, round_mm)

    def text(
        self,
        place: QRectF,
        words: str,
        style: tuple[float, int, str],
        align: Align = Align.AlignLeft,
    ) -> None:
        """Words in a style of height (mm), weight and colour."""
        high, weight, colour = style
        font = QFont("Be Vietnam Pro")
        font.setPixelSize(100)
        font.setWeight(QFont.Weight(weight))
        grow = high / 100
        self.painter.save()
        self.painter.translate(place.topLeft())
        self.painter.scale(grow, grow)
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        box = QRectF(0, 0, place.width() / grow, place.height() / grow)
        self.painter.drawText(box, align | Align.AlignVCenter | Qt.TextFlag.TextWordWrap, words)
        self.painter.restore()

    def code(self, place: QRectF, payload: str, dark: str, light: str | None) -> None:
        """A QR symbol that fills the place; ``light`` paints a quiet zone of four modules."""
        symbol = modules(payload)
        side = len(symbol)
        step = place.width() / side
        if light:
            edge = step * 4
            self.fill(place.adjusted(-edge, -edge, edge, edge), light, step * 2)
        self.painter.setPen(Qt.PenStyle.NoPen)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for y, x in zip(*np.nonzero(symbol), strict=True):
            corner = place.topLeft() + QPointF(x * step, y * step)
            path.addRect(QRectF(corner.x(), corner.y(), step * 1.003, step * 1.003))
        self.painter.setBrush(QColor(dark))
        self.painter.drawPath(path)


def load_fonts() -> None:
    """Make the program's own letters known."""
    for path in sorted(FONTS.glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def modules(payload: str) -> NDArray[np.bool_]:
    """The dark modules of a symbol without its quiet zone."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(payload.encode(), optimize=0)
    code.make(fit=True)
    return np.array(code.get_matrix(), bool)


def guilloche(sheet: Sheet, place: QRectF, colour: str, count: int) -> None:
    """The fine wavy lines of printed cards."""
    pen = QPen(QColor(colour))
    pen.setWidthF(0.09)
    sheet.painter.setPen(pen)
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    xs = np.linspace(place.left(), place.right(), 160)
    for k in range(count):
        share = k / count
        path = QPainterPath()
        for step, x in enumerate(xs):
            swing = np.sin(x * 0.11 + share * 5) * 6 + np.sin(x * 0.31 - share * 9) * 1.7
            point = QPointF(x, place.top() + place.height() * share + swing)
            if step:
                path.lineTo(point)
            else:
                path.moveTo(point)
        sheet.painter.drawPath(path)


def card(payload: str) -> Prop:
    """The back of a citizen card of our own drawing, marked as a sample."""
    sheet = Sheet(CARD_MM, 20)
    whole = QRectF(0, 0, *CARD_MM)
    clip = QPainterPath()
    clip.addRoundedRect(whole, 3.2, 3.2)
    sheet.painter.setClipPath(clip)
    wash = QLinearGradient(0, 0, CARD_MM[0], CARD_MM[1])
    for stop, colour in ((0, "#d5e6e2"), (0.45, "#f3ead6"), (0.75, "#eddccb"), (1, "#cfe0e6")):
        wash.setColorAt(stop, QColor(colour))
    sheet.fill(whole, QBrush(wash))
    guilloche(sheet, QRectF(0, -8, CARD_MM[0], 70), "#5c6fb0a5", 46)
    guilloche(sheet, QRectF(-7, -4, CARD_MM[0] + 14, 66), "#40c08a5a", 40)
    sun = QRadialGradient(38, 26, 24)
    sun.setColorAt(0, QColor("#66ffffff"))
    sun.setColorAt(1, QColor("#00ffffff"))
    sheet.fill(whole, QBrush(sun))
    for y, label, value in (
        (4.2, "Nơi cư trú / Place of residence", "Tổ 2, Rạch Giá, An Giang"),
        (12.0, "Nơi đăng ký khai sinh / Place of birth", "Rạch Giá, An Giang"),
    ):
        sheet.text(QRectF(4.5, y, 56, 3), label, (1.75, 500, "#3f5663"))
        sheet.text(QRectF(4.5, y + 2.7, 56, 4), value, (2.75, 600, "#16222a"))
    sheet.text(QRectF(24, 21.3, 34, 3), "Ngày cấp / Date of issue", (1.75, 500, "#3f5663"))
    sheet.text(QRectF(24, 24.0, 34, 4), "06/08/2024", (2.75, 600, "#16222a"))
    sheet.text(QRectF(24, 28.6, 34, 3), "Bản mẫu · không có giá trị", (1.9, 600, "#9b2f2a"))
    chip(sheet, QRectF(5.2, 21.6, 13.5, 11))
    sheet.code(QRectF(62.2, 5.8, 18, 18), payload, "#10161a", "#f6f4ee")
    sheet.text(
        QRectF(59.5, 27.3, 23.4, 3), "Quét để đọc thẻ", (1.7, 500, "#3f5663"), Align.AlignHCenter
    )
    sheet.fill(QRectF(0, 37.2, CARD_MM[0], 17), "#b3ffffff")
    for row, words in enumerate(
        (
            "IDVNM<<MAU<THU<<0911850000361<",
            "8508124F0000000VNM<<<<<<<<<<<0",
            "DUONG<<BICH<SON<<<<<<<<<<<<<<<",
        )
    ):
        machine_line(sheet, 39.4 + row * 4.5, words)
    rim = QPen(QColor("#90ffffff"))
    rim.setWidthF(0.5)
    sheet.painter.setPen(rim)
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.drawRoundedRect(whole.adjusted(0.2, 0.2, -0.2, -0.2), 3.1, 3.1)
    return sheet.done()


def machine_line(sheet: Sheet, y: float, words: str) -> None:
    """A row of evenly spaced letters."""
    step = 76.5 / len(words)
    for k, letter in enumerate(words):
        place = QRectF(4.5 + k * step, y, step, 3.6)
        sheet.text(place, letter, (2.9, 500, "#1a2227"), Align.AlignHCenter)


def chip(sheet: Sheet, place: QRectF) -> None:
    """Golden contacts."""
    shine = QLinearGradient(place.topLeft(), place.bottomRight())
    for stop, colour in ((0, "#e9d396"), (0.4, "#c9a558"), (0.6, "#f0dfa8"), (1, "#b08a3f")):
        shine.setColorAt(stop, QColor(colour))
    sheet.fill(place, QBrush(shine), 1.6)
    pen = QPen(QColor("#7a5c22"))
    pen.setWidthF(0.22)
    sheet.painter.setPen(pen)
    x, y, w, h = place.getRect()
    for share in (0.33, 0.66):
        sheet.painter.drawLine(QPointF(x, y + h * share), QPointF(x + w * 0.33, y + h * share))
        sheet.painter.drawLine(QPointF(x + w * 0.67, y + h * share), QPointF(x + w, y + h * share))
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.drawRoundedRect(QRectF(x + w * 0.33, y + h * 0.2, w * 0.34, h * 0.6), 1.2, 1.2)


@dataclass(frozen=True)
class Screen:
    """What a telephone shows, and how bright it is."""

    paint: Callable[[Sheet, QRectF], None]
    ground: str
    light: float = 1.0


def phone(screen: Screen) -> Prop:
    """The front of a telephone with a lit screen."""
    sheet = Sheet(PHONE_MM, 14)
    whole = QRectF(0, 0, *PHONE_MM)
    metal = QLinearGradient(0, 0, PHONE_MM[0], 0)
    for stop, colour in ((0, "#6f757b"), (0.03, "#2a2d31"), (0.97, "#2f3337"), (1, "#8b9197")):
        metal.setColorAt(stop, QColor(colour))
    sheet.fill(whole, QBrush(metal), 10.5)
    sheet.fill(whole.adjusted(0.7, 0.7, -0.7, -0.7), "#08090b", 9.9)
    glass = whole.adjusted(2.6, 2.6, -2.6, -2.6)
    clip = QPainterPath()
    clip.addRoundedRect(glass, 8.2, 8.2)
    sheet.painter.setClipPath(clip)
    sheet.fill(glass, screen.ground)
    screen.paint(sheet, glass)
    if screen.light < 1:
        veil = QColor(2, 3, 5)
        veil.setAlphaF(1 - screen.light)
        sheet.fill(glass, veil)
    sheet.painter.setClipping(False)
    sheet.fill(QRectF(PHONE_MM[0] / 2 - 1.9, 5.0, 3.8, 3.8), "#050607", 1.9)
    sheet.fill(QRectF(PHONE_MM[0] / 2 - 0.7, 6.2, 1.4, 1.4), "#15202e", 0.7)
    return sheet.done()


def status_bar(sheet: Sheet, glass: QRectF, clock: str, colour: str) -> None:
    """Time, reception and battery."""
    y = glass.top() + 2.4
    sheet.text(QRectF(glass.left() + 6, y, 14, 4), clock, (3.0, 600, colour))
    right = glass.right() - 6
    for k in range(4):
        high = 0.8 + 0.55 * k
        sheet.fill(QRectF(right - 14 + k * 0.95, y + 3.2 - high, 0.6, high), colour, 0.2)
    sheet.fill(QRectF(right - 6, y + 0.9, 5.2, 2.4), colour, 0.8)
    sheet.fill(QRectF(right - 0.5, y + 1.6, 0.45, 1.0), colour, 0.2)


def home_bar(sheet: Sheet, glass: QRectF, colour: str) -> None:
    """The bar one swipes."""
    sheet.fill(QRectF(glass.center().x() - 11, glass.bottom() - 3.4, 22, 0.9), colour, 0.45)


def soft_card(sheet: Sheet, place: QRectF, colour: str, shade: str) -> None:
    """A panel with a faint shadow."""
    for k in range(6):
        veil = QColor(shade)
        veil.setAlpha(7)
        sheet.fill(place.adjusted(-k * 0.28, -k * 0.1, k * 0.28, k * 0.5), veil, 4 + k * 0.25)
    sheet.fill(place, colour, 4)


def icon(sheet: Sheet, middle: QPointF, colour: str, kind: int) -> None:
    """A tick in a box, a clock or a person, in thin lines."""
    pen = QPen(QColor(colour))
    pen.setWidthF(0.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    sheet.painter.save()
    sheet.painter.setPen(pen)
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.translate(middle)
    path = QPainterPath()
    if kind == 0:
        path.addRoundedRect(QRectF(-2.4, -2.4, 4.8, 4.8), 1.1, 1.1)
        path.moveTo(-1.1, 0.1)
        path.lineTo(-0.3, 0.9)
        path.lineTo(1.2, -0.8)
    elif kind == 1:
        path.addEllipse(QPointF(0, 0), 2.5, 2.5)
        path.moveTo(0, -1.5)
        path.lineTo(0, 0.1)
        path.lineTo(1.1, 0.8)
    else:
        path.addEllipse(QPointF(0, -1.2), 1.3, 1.3)
        path.moveTo(-2.4, 2.5)
        path.cubicTo(-2.2, 0.2, 2.2, 0.2, 2.4, 2.5)
    sheet.painter.drawPath(path)
    sheet.painter.restore()


def personal_code(payload: str) -> Callable[[Sheet, QRectF], None]:
    """The national personal QR in an app of our own drawing."""

    def paint(sheet: Sheet, glass: QRectF) -> None:
        x, y, w = glass.left(), glass.top(), glass.width()
        head = QLinearGradient(0, y, 0, y + 54)
        head.setColorAt(0, QColor("#0b4f6a"))
        head.setColorAt(1, QColor("#1683a3"))
        sheet.fill(QRectF(x, y, w, 54), QBrush(head))
        for radius, cx, cy in ((26, 62, 8), (17, 6, 40)):
            sheet.fill(
                QRectF(x + cx - radius, y + cy - radius, 2 * radius, 2 * radius),
                "#12ffffff",
                radius,
            )
        status_bar(sheet, glass, "07:41", "#ffffff")
        sheet.text(QRectF(x + 6, y + 11.5, w - 12, 6), "Mã QR cá nhân", (4.6, 700, "#ffffff"))
        sheet.text(
            QRectF(x + 6, y + 17.6, w - 12, 4.4),
            "Đưa mã này cho bàn tiếp đón",
            (2.75, 400, "#d6ecf3"),
        )
        panel = QRectF(x + 4.5, y + 25.5, w - 9, 90)
        soft_card(sheet, panel, "#ffffff", "#0b3040")
        sheet.text(
            QRectF(panel.left(), panel.top() + 4.2, panel.width(), 5),
            "TRẦN VĂN DŨNG",
            (4.1, 700, INK),
            Align.AlignHCenter,
        )
        sheet.text(
            QRectF(panel.left(), panel.top() + 9.8, panel.width(), 4),
            "••••••000027   ••/••/2003",
            (2.7, 500, GREY),
            Align.AlignHCenter,
        )
        side = 45.0
        sheet.code(
            QRectF(glass.center().x() - side / 2, panel.top() + 19.0, side, side),
            payload,
            "#0a1116",
            "#ffffff",
        )
        sheet.fill(
            QRectF(panel.left() + 8, panel.top() + 73.5, panel.width() - 16, 0.25), "#d9e2e6"
        )
        pill = QRectF(glass.center().x() - 19, panel.top() + 77, 38, 7.4)
        sheet.fill(pill, "#e1f3ea", 3.7)
        sheet.text(pill, "Đã khai báo hôm nay", (2.75, 600, "#14713f"), Align.AlignHCenter)
        for k, words in enumerate(("Khai báo", "Lịch sử", "Cá nhân")):
            cell = QRectF(x + k * w / 3, y + 124, w / 3, 14)
            tint = TEAL if k == 0 else "#8c9aa3"
            icon(sheet, QPointF(cell.center().x(), cell.top() + 3.5), tint, k)
            sheet.text(
                QRectF(cell.left(), cell.top() + 7.2, cell.width(), 4),
                words,
                (2.4, 600 if k == 0 else 500, tint),
                Align.AlignHCenter,
            )
        home_bar(sheet, glass, "#22303a")

    return paint


def dark_wallet(payload: str) -> Callable[[Sheet, QRectF], None]:
    """A wallet in the dark style whose code is light on dark."""

    def paint(sheet: Sheet, glass: QRectF) -> None:
        x, y, w = glass.left(), glass.top(), glass.width()
        status_bar(sheet, glass, "07:42", "#e8eef2")
        sheet.text(QRectF(x + 6, y + 12, w - 12, 6), "Ví giấy tờ", (4.8, 700, "#f1f5f8"))
        panel = QRectF(x + 4, y + 22, w - 8, 98)
        wash = QLinearGradient(panel.topLeft(), panel.bottomRight())
        for stop, colour in ((0, "#16303d"), (0.6, "#11202b"), (1, "#0e1a24")):
            wash.setColorAt(stop, QColor(colour))
        sheet.fill(panel, QBrush(wash), 5)
        sheet.text(
            QRectF(panel.left() + 5, panel.top() + 4, 40, 4), "Thẻ căn cước", (2.8, 500, "#7fb7cd")
        )
        sheet.text(
            QRectF(panel.left() + 5, panel.top() + 8.6, 52, 6), "Lê Anh Sơn", (4.8, 700, "#f1f5f8")
        )
        sheet.text(
            QRectF(panel.left() + 5, panel.top() + 15.2, 52, 4),
            "0910 •••• 0045",
            (2.9, 500, "#a9bac4"),
        )
        side = 46.0
        sheet.code(
            QRectF(glass.center().x() - side / 2, panel.top() + 26, side, side),
            payload,
            "#f4f8fa",
            "#0a141c",
        )
        sheet.text(
            QRectF(panel.left(), panel.top() + 83, panel.width(), 4),
            "Chạm để phóng to mã",
            (2.6, 500, "#8aa0ad"),
            Align.AlignHCenter,
        )
        button = QRectF(x + 4, y + 125, w - 8, 11)
        sheet.fill(button, "#1c86a8", 5.5)
        sheet.text(button, "Xuất trình", (3.5, 600, "#ffffff"), Align.AlignHCenter)
        home_bar(sheet, glass, "#e8eef2")

    return paint


def saved_card(payload: str) -> Callable[[Sheet, QRectF], None]:
    """A saved code in a plain reader app, for the dim telephone."""

    def paint(sheet: Sheet, glass: QRectF) -> None:
        x, y, w = glass.left(), glass.top(), glass.width()
        status_bar(sheet, glass, "07:42", "#22303a")
        sheet.text(QRectF(x + 6, y + 12, w - 12, 6), "Căn cước của tôi", (4.4, 700, INK))
        panel = QRectF(x + 4, y + 23, w - 8, 84)
        soft_card(sheet, panel, "#ffffff", "#20303a")
        sheet.fill(QRectF(panel.left(), panel.top(), panel.width(), 8), "#c9403a", 4)
        sheet.fill(QRectF(panel.left(), panel.top() + 4, panel.width(), 4.5), "#c9403a")
        sheet.text(
            QRectF(panel.left() + 5, panel.top() + 2, 50, 4.6),
            "Mã trên thẻ",
            (3.1, 600, "#ffffff"),
        )
        side = 46.0
        sheet.code(
            QRectF(glass.center().x() - side / 2, panel.top() + 14.0, side, side),
            payload,
            "#0a1116",
            "#ffffff",
        )
        sheet.text(
            QRectF(panel.left(), panel.top() + 71, panel.width(), 5),
            "Vũ Bích Sơn",
            (4.0, 700, INK),
            Align.AlignHCenter,
        )
        sheet.text(
            QRectF(panel.left(), panel.top() + 76.6, panel.width(), 4),
            "Tô Châu, Tây Ninh",
            (2.8, 400, GREY),
            Align.AlignHCenter,
        )
        for k, (label, value) in enumerate(
            (("Ngày sinh", "02/09/1990"), ("Ngày cấp", "15/04/2024"))
        ):
            row = y + 112 + k * 9
            sheet.text(QRectF(x + 8, row, 25, 5), label, (2.9, 400, GREY))
            sheet.text(QRectF(x + 30, row, w - 38, 5), value, (2.9, 600, INK), Align.AlignRight)
            sheet.fill(QRectF(x + 8, row + 7, w - 16, 0.25), "#c8d2d8")
        home_bar(sheet, glass, "#22303a")

    return paint


def notice(payload: str) -> Prop:
    """A printed sheet that asks visitors to answer questions on the web."""
    sheet = Sheet(NOTICE_MM, 8)
    w, h = NOTICE_MM
    sheet.fill(QRectF(0, 0, w, h), "#f5f4f0")
    sheet.fill(QRectF(0, 0, w, 50), TEAL)
    sheet.fill(QRectF(0, 50, w, 2.2), "#e0a83a")
    sheet.text(QRectF(11, 9, w - 22, 11), "KHẢO SÁT", (6.6, 500, "#bfe0ea"))
    sheet.text(QRectF(11, 22, w - 18, 16), "Bạn thấy phục vụ thế nào?", (8.9, 700, "#ffffff"))
    side = 70.0
    sheet.code(QRectF((w - side) / 2, 71, side, side), payload, "#111a20", None)
    sheet.text(
        QRectF(10, 149, w - 20, 9),
        "Quét mã để góp ý · 1 phút",
        (6.8, 600, INK),
        Align.AlignHCenter,
    )
    sheet.text(
        QRectF(10, 159, w - 20, 8), "example.com/khao-sat", (5.4, 500, TEAL), Align.AlignHCenter
    )
    for k in range(5):
        x = w / 2 + (k - 2) * 17
        sheet.fill(QRectF(x - 5.5, 177, 11, 11), "#e0a83a" if k < 4 else "#d8dcdc", 5.5)  # noqa: PLR2004
        sheet.text(
            QRectF(x - 5.5, 177, 11, 11), str(k + 1), (5, 700, "#ffffff"), Align.AlignHCenter
        )
    prop = sheet.done()
    return Prop(worn(prop.picture), prop.size_mm, prop.per_mm)


def worn(picture: Floats) -> Floats:
    """Paper's own grain, a soft fold across the middle and uneven light."""
    high, wide = picture.shape[:2]
    rng = np.random.default_rng(11)
    grain = rng.normal(0, 1, (high // 2, wide // 2)).astype(np.float32)
    grain = cv2.resize(cv2.GaussianBlur(grain, (0, 0), 0.8), (wide, high))
    ys = np.linspace(0, 1, high, dtype=np.float32)[:, None]
    xs = np.linspace(0, 1, wide, dtype=np.float32)[None]
    fold = -0.05 * np.exp(-(((ys - 0.285) / 0.004) ** 2)) + 0.03 * np.tanh((0.285 - ys) / 0.012)
    shade = 1 + grain * 0.012 + fold + 0.035 * np.sin(xs * 3.4 + ys * 1.6)
    out = picture.copy()
    out[..., :3] = np.clip(out[..., :3] * shade[..., None], 0, 1)
    return out
