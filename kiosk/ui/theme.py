"""One type scale, one spacing scale, one palette with a meaning for each colour."""

from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase

FAMILY = "Be Vietnam Pro"
BASE_WIDTH, BASE_HEIGHT = 1366, 768
"""The screen that everything is drawn for; on others it grows or shrinks as a whole."""
_SMALLEST_SCALE, _LARGEST_SCALE = 0.74, 2.2  # from 1024x768 on


@unique
class Tone(StrEnum):
    """What a coloured part says."""

    ADMIT = "admit"
    REFUSE = "refuse"
    REFER = "refer"
    BRAND = "brand"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by meaning (hex).

    `*_soft` are grounds, `*_deep` the areas of a verdict that is read from two metres (contrast
    7:1 and more), the others text, signs and full buttons (4.5:1 and more).
    """

    ink: str
    soft: str
    line: str
    paper: str
    card: str
    brand: str
    brand_soft: str
    admit: str
    admit_soft: str
    refer: str
    refer_soft: str
    refuse: str
    refuse_soft: str
    admit_deep: str
    refer_deep: str
    refuse_deep: str
    on_colour: str
    scrim: str

    def strong(self, tone: Tone) -> str:
        """The full colour of a tone."""
        return {
            Tone.ADMIT: self.admit,
            Tone.REFUSE: self.refuse,
            Tone.REFER: self.refer,
            Tone.BRAND: self.brand,
            Tone.PLAIN: self.soft,
        }[tone]

    def verdict(self, tone: Tone) -> str:
        """The area of a verdict."""
        deep = {
            Tone.ADMIT: self.admit_deep,
            Tone.REFUSE: self.refuse_deep,
            Tone.REFER: self.refer_deep,
        }
        return deep.get(tone, self.brand)

    def ground(self, tone: Tone) -> str:
        """The pale ground of a tone."""
        return {
            Tone.ADMIT: self.admit_soft,
            Tone.REFUSE: self.refuse_soft,
            Tone.REFER: self.refer_soft,
            Tone.BRAND: self.brand_soft,
            Tone.PLAIN: self.paper,
        }[tone]


LIGHT = Palette(
    ink="#14202B",
    soft="#51606E",
    line="#DCE3E9",
    paper="#F4F6F8",
    card="#FFFFFF",
    brand="#0B5C7A",
    brand_soft="#E3F0F5",
    admit="#14713F",
    admit_soft="#E2F3E9",
    refer="#8A5300",
    refer_soft="#FFF1D9",
    refuse="#B3261E",
    refuse_soft="#FBE7E5",
    admit_deep="#126337",
    refer_deep="#7F4C00",
    refuse_deep="#A8241C",
    on_colour="#FFFFFF",
    scrim="#8014202B",
)

DARK = Palette(
    ink="#EAF0F5",
    soft="#A3B1BD",
    line="#2C3A46",
    paper="#0E161D",
    card="#17222C",
    brand="#7CC4DF",
    brand_soft="#15394A",
    admit="#7BD9A2",
    admit_soft="#123524",
    refer="#F5C06A",
    refer_soft="#3D2C0C",
    refuse="#FF9C94",
    refuse_soft="#461A17",
    admit_deep="#7BD9A2",
    refer_deep="#F5C06A",
    refuse_deep="#FF9C94",
    on_colour="#0E161D",
    scrim="#B0000000",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Palette and scale of one window.

    Attributes:
        palette: colours.
        scale: 1.0 on a screen of 1366x768.
    """

    palette: Palette
    scale: float

    def px(self, size: float) -> int:
        """`size` of the 1366x768 drawing in pixels of this window."""
        return max(1, round(size * self.scale))

    def font(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The house font at a size of the type scale, with figures of equal width."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def colour(self, name: str) -> QColor:
        """A colour of the palette by its name."""
        return QColor(getattr(self.palette, name))


def scale_for(width: int, height: int) -> float:
    """How much larger, or smaller, than the base drawing a window of this size is drawn."""
    return max(_SMALLEST_SCALE, min(width / BASE_WIDTH, height / BASE_HEIGHT, _LARGEST_SCALE))


def base_size() -> QSize:
    """The smallest screen."""
    return QSize(BASE_WIDTH, BASE_HEIGHT)


def load_fonts(folder: Path) -> None:
    """Make the bundled family known to Qt. Needs the application object."""
    for path in sorted(folder.glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def style_sheet(theme: Theme) -> str:
    """The sheet for every standard widget; sizes in pixels of this window."""
    p, px = theme.palette, theme.px
    return f"""
    * {{ font-family: "{FAMILY}"; font-size: {px(15)}px; color: {p.ink}; outline: none; }}
    QWidget#window, QWidget#page {{ background: {p.paper}; }}
    QFrame#bar {{ background: {p.card}; border: none; border-bottom: 1px solid {p.line}; }}
    QFrame#card {{ background: {p.card}; border: 1px solid {p.line}; border-radius: {px(12)}px; }}
    QFrame#rule {{ background: {p.line}; border: none; }}
    QLabel {{ background: transparent; }}
    QLabel[role="caption"] {{ font-size: {px(12)}px; color: {p.soft}; }}
    QLabel[role="soft"] {{ font-size: {px(14)}px; color: {p.soft}; }}
    QLabel[role="label"] {{ font-size: {px(16)}px; font-weight: 600; }}
    QLabel[role="clock"] {{ font-size: {px(20)}px; font-weight: 600; }}
    QLabel[role="title"] {{ font-size: {px(22)}px; font-weight: 700; }}
    QLabel[role="fault_title"] {{ font-size: {px(22)}px; font-weight: 700; color: {p.refuse}; }}
    QLabel[role="name"] {{ font-size: {px(32)}px; font-weight: 700; }}
    QLabel[role="count"] {{ font-size: {px(44)}px; font-weight: 700; }}
    QLabel[role="invite"] {{ font-size: {px(60)}px; font-weight: 700; }}
    QLabel[role="invite_second"] {{ font-size: {px(40)}px; font-weight: 500; color: {p.soft}; }}
    QLabel[role="invite_hint"] {{ font-size: {px(28)}px; color: {p.soft}; }}
    QLabel[role="fault"] {{ font-size: {px(14)}px; color: {p.refuse}; font-weight: 500; }}
    QLabel[role="chip"] {{ font-size: {px(13)}px; font-weight: 500; color: {p.soft};
        background: {p.paper}; border-radius: {px(12)}px; padding: {px(3)}px {px(10)}px; }}
    QLabel[role="chip"][tone="brand"] {{ color: {p.brand}; background: {p.brand_soft}; }}
    QLabel[role="chip"][tone="refer"] {{ color: {p.refer}; background: {p.refer_soft}; }}
    QLabel[role="bar"] {{ font-size: {px(15)}px; font-weight: 600; color: {p.refuse};
        background: {p.refuse_soft}; border: {px(2)}px solid {p.refuse};
        border-radius: {px(8)}px; padding: {px(4)}px {px(12)}px; }}
    QLabel[role="notice"] {{ font-size: {px(16)}px; font-weight: 500; color: {p.card};
        background: {p.ink}; border-radius: {px(10)}px; padding: {px(12)}px {px(20)}px; }}
    QLabel[role="notice"][tone="refuse"] {{ color: {p.on_colour}; background: {p.refuse}; }}
    QPushButton {{ background: {p.card}; border: 1px solid {p.line}; border-radius: {px(8)}px;
        padding: {px(6)}px {px(14)}px; min-height: {px(32)}px; font-weight: 600; }}
    QPushButton:hover {{ border-color: {p.brand}; }}
    QPushButton:pressed {{ background: {p.brand_soft}; }}
    QPushButton:focus {{ border: 2px solid {p.brand}; }}
    QPushButton:disabled {{ color: {p.soft}; }}
    QPushButton[tone="choice"] {{ text-align: left; }}
    QPushButton[tone="choice"]:checked {{ background: {p.brand_soft}; color: {p.brand};
        border: 2px solid {p.brand}; }}
    QLineEdit {{ background: {p.card}; border: 1px solid {p.line}; border-radius: {px(8)}px;
        padding: {px(4)}px {px(12)}px; min-height: {px(36)}px; font-size: {px(16)}px;
        selection-background-color: {p.brand}; selection-color: {p.on_colour}; }}
    QPlainTextEdit {{ background: {p.card}; border: 1px solid {p.line};
        border-radius: {px(8)}px; padding: {px(4)}px {px(8)}px; font-size: {px(16)}px;
        selection-background-color: {p.brand}; selection-color: {p.on_colour}; }}
    QPlainTextEdit:focus {{ border: 2px solid {p.brand}; }}
    QLineEdit:focus {{ border: 2px solid {p.brand}; }}
    QLineEdit[fault="true"] {{ border: 2px solid {p.refuse}; }}
    QTableView {{ background: {p.card}; border: 1px solid {p.line}; border-radius: {px(12)}px;
        gridline-color: transparent; selection-background-color: {p.brand_soft};
        selection-color: {p.ink}; alternate-background-color: {p.paper}; }}
    QTableView::item {{ padding: {px(4)}px {px(10)}px; border-bottom: 1px solid {p.line}; }}
    QHeaderView::section {{ background: {p.card}; color: {p.soft}; font-size: {px(13)}px;
        font-weight: 600; border: none; border-bottom: 1px solid {p.line};
        padding: {px(8)}px {px(10)}px; }}
    QListView {{ background: {p.card}; border: 1px solid {p.line}; border-radius: {px(8)}px; }}
    QListView::item {{ min-height: {px(44)}px; padding: 0 {px(12)}px;
        border-bottom: 1px solid {p.line}; }}
    QListView::item:selected {{ background: {p.brand_soft}; color: {p.brand}; }}
    QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {p.line}; border-radius: {px(5)}px;
        min-height: {px(44)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar:horizontal {{ height: 0; }}
    """
