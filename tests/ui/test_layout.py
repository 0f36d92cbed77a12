"""Nothing is clipped, too small for a finger or too pale to read: every state, size and language.

The third language is the first one with every sentence a third longer, as translations are.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from kiosk.app import equipment
from kiosk.domain.admission import Reason
from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.desk import (
    Admitted,
    Departed,
    Departing,
    OutOfOrder,
    Part,
    Recording,
    Refused,
    Remeasure,
    Screening,
    StillInside,
    Waiting,
)
from kiosk.domain.recognition import SentAway
from kiosk.domain.screening import Declared
from kiosk.ports.print_jobs import Printed
from kiosk.ports.printer import Condition
from kiosk.ports.printer import Trouble as PrinterTrouble
from kiosk.services.print_content import SlipPage
from kiosk.ui.desk_window import DeskWindow
from kiosk.ui.flow import FittedText
from kiosk.ui.list_words import ListLine
from kiosk.ui.print_desk import Errand
from kiosk.ui.screening_boxes import ChoiceBox
from kiosk.ui.theme import DARK, LIGHT, Tone
from kiosk.ui.wording import Language, Words
from tests import paper_samples as samples
from tests.desk_driver import HONG
from tests.ui.test_camera_check import WORST
from tests.ui.test_desk_passages import admit
from tests.ui.test_guest_passage import NO_ORDER, REMEMBERING

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

PICTURE = Path(__file__).parents[1] / "data/qr-images/neg-falsepositives-6e39c7d3f7.jpg"
SIZES = ((1024, 768), (1280, 720), (1366, 768), (1600, 900), (1920, 1080))
FINGER = 44
LONGER = 0.3


class LongWords(Words):
    """Every sentence goes on for a third of its length."""

    def __call__(self, key: str, /, **values: object) -> str:
        text = super().__call__(key, **values)
        return f"{text} {text[: round(len(text) * LONGER)]}".strip()

    def in_other(self) -> "LongWords":
        return LongWords(self.language.other, self.folder.parent)


@pytest.fixture
def drawn(monkeypatch) -> list[tuple[QRect, QRect, str]]:
    """What was painted with words: the room for them, the room they took, the words."""
    found: list[tuple[QRect, QRect, str]] = []
    draw_text = QPainter.drawText

    def noted(painter, *how):
        draw_text(painter, *how)
        if isinstance(how[0], QRect | QRectF) and isinstance(how[-1], str):
            room = QRectF(how[0])
            flags = how[1] if isinstance(how[1], int) else int(how[1].value)
            took = painter.boundingRect(room, flags, how[-1])
            found.append((room.toAlignedRect(), took.toAlignedRect(), how[-1]))

    monkeypatch.setattr(QPainter, "drawText", noted)
    return found


CHILD = "091312000036||Nguyễn Thị Hồng Đào|02032012|Nam|Ấp 3, Xã Vĩnh Lợi, Sóc Trăng|09052021"
CHILD_MAYBE = "C0000018|NGUYEN THI HONG DAO|2012-03-02|0|169000000000000999|<2<"


def collect_states(desk) -> dict[str, tuple[object, str]]:
    """One of every state, and what is typed in it."""
    states: dict[str, tuple[object, str]] = {"waiting": (Waiting(), "")}
    desk.burst(HONG.replace("|Nữ|", "|Nam|"))
    asked = desk.wait_for(Screening)
    for name, typed in (("asked", ""), ("typed", "366"), ("fault", "977"), ("fever", "379")):
        states[name] = (asked, typed)
    away = SentAway(desk.clock.now(), True, Reason.DECLARATION_MISSING, 379)
    again = replace(asked, who=replace(asked.who, sent_away=away))
    well = replace(asked.checklist, mask=True, hands=True, declared=Declared.CLEAR)
    states["sent away"] = (again, "")
    states["sent away, let in"] = (replace(again, checklist=well), "366")
    desk.type("c")
    states["signs"] = (desk.controller.state, "")
    desk.type("c379")
    desk.press("Return")
    states["remeasure"] = (desk.wait_for(Remeasure), "")
    states["early"] = (desk.controller.state, "366")
    desk.clock.leap(minutes=5)
    desk.type("ksh366")
    desk.press("Return")
    states["admitted"] = (desk.wait_for(Admitted), "")
    record = next(s for s in desk.past if isinstance(s, Recording)).record
    states["out_of_order"] = (OutOfOrder(Part.LOGBOOK, record), "")
    desk.burst(HONG)
    states["departing"] = (desk.wait_for(Departing), "")
    desk.press("Return")
    states["departed"] = (desk.wait_for(Departed), "")
    desk.clock.leap(minutes=1)
    admit(desk)
    desk.clock.leap(hours=24)
    desk.burst(HONG)
    asked = desk.wait_for(StillInside)
    states["still_inside"] = (asked, "")
    invited = replace(asked.who, credential=Credential(Scheme.INVITATION))
    states["invitation in use"] = (replace(asked, who=invited), "")
    desk.press("Escape")
    admit(desk, CHILD)
    desk.burst("https://example.org/")
    states["refused"] = (desk.wait_for(Refused), "")
    desk.press("Escape")
    desk.burst(CHILD_MAYBE)
    maybe = desk.wait_for(Screening)
    states["likely"] = (maybe, "")
    states["likely and hot"] = (maybe, "379")
    states["likely and sent away"] = (replace(maybe, who=replace(maybe.who, sent_away=away)), "")
    same = maybe.who.likely
    same = replace(same, then=replace(same.then, presence=None, sent_away=away))
    states["likely one sent away"] = (replace(maybe, who=replace(maybe.who, likely=same)), "")
    desk.press("Escape")
    desk.settle()
    return states


def arrangements(desk) -> Iterator[str]:
    """Every page, state and sheet, one after the other."""
    controller, window = desk.controller, desk.window
    states = collect_states(desk)

    def show(name: str) -> None:
        controller._timer.stop()
        controller.state, typed = states[name]
        controller.clear_temperature(typed)
        window.render_all()

    for name in states:
        show(name)
        yield name
    for name in ("waiting", "admitted", "refused", "departing", "still_inside", "remeasure"):
        show(name)
        desk.press("F6")
        yield f"visitor: {name}"
        desk.press("F6")
    for state, key in (
        ("remeasure", "Escape"),
        ("sent away, let in", "Return"),
        *(("asked", key) for key in "XDGV"),
    ):
        show(state)
        desk.press(key)
        yield f"sheet: {key}"
        desk.press("Escape")
    show("waiting")
    for key in ("F2", "F3"):
        desk.press(key)
        yield f"sheet: {key}"
        if key == "F2":
            desk.press("Return")
            desk.type("1")
            desk.press("Return")
            desk.type("1")
            desk.press("Ctrl+Return")
            yield "sheet: F2 with faults"
            desk.press("F7")
            desk.type("1")
            desk.press("Ctrl+Return")
            yield "sheet: F2, a group with faults"
        desk.press("Escape")
    desk.press("F5")
    desk.settle()
    yield "log"
    desk.press("Ctrl+P")
    yield "sheet: print"
    desk.press("Escape")
    desk.press("F8")
    yield "sheet: undo"
    desk.press("Escape")
    yield from print_page(desk)
    desk.press("F1")
    yield "a slip that did not come out"
    window.close()
    yield "sheet: quit"
    desk.press("Escape")


def print_page(desk) -> Iterator[str]:
    """Without printers, then with some that are in every trouble, and prints in every state."""
    desk.press("F7")
    desk.settle()
    yield "prints: none"
    desks = desk.parts.print_desk
    desks.target = "Canon"
    issued = desk.parts.print_desk.print
    page = SlipPage(samples.SLIP, "vi")
    issued(Errand(page, Printed.SLIP, "0012Q", "slip.pdf"), "Máy in ở tầng trệt, bên phải cửa")
    desk.wait(lambda: desks.unprinted)
    for number, trouble in enumerate(PrinterTrouble):
        desks.printers.note(Condition(f"Canon LBP {number}", troubles=(trouble,)))
    desks.printers.names = tuple(desks.printers.conditions)
    desk.press("F1")
    desk.press("F7")
    desk.settle()
    yield "prints: in trouble"
    for key in ("2", "6", "7", "8", "9", "T", "M"):
        desk.press(key)
        yield f"prints: sheet {key}"
        desk.press("Escape")


def clipped_labels(window: QWidget) -> list[str]:
    found = []
    for label in window.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        if isinstance(label, FittedText):
            whole = "…" not in "".join(label._lines(label.contentsRect().width()))
            fits = whole and label.heightForWidth(label.width()) <= label.height() + 1
        elif label.wordWrap():
            fits = label.heightForWidth(label.width()) <= label.height() + 1
        else:
            hint = label.sizeHint()
            fits = hint.width() <= label.width() and hint.height() <= label.height() + 1
        if not fits:
            found.append(f"clipped label: {label.text()!r}")
    return found


def small_targets(window: DeskWindow) -> list[str]:
    scale = window.theme.scale
    kinds = (QAbstractButton, QLineEdit, ChoiceBox)
    shown = [w for kind in kinds for w in window.findChildren(kind) if w.isVisible()]
    return [
        f"small: {w.accessibleName()!r} {w.width()}x{w.height()}"
        for w in shown
        if min(w.width(), w.height()) < int(FINGER * min(1.0, scale))
    ]


def clipped_paint(window: QWidget, drawn: list[tuple[QRect, QRect, str]]) -> list[str]:
    drawn.clear()
    window.grab()
    assert drawn
    return [
        f"clipped paint: {text!r} {took.width()}x{took.height()} in {room.width()}x{room.height()}"
        for room, took, text in drawn
        if text and not room.adjusted(-2, -3, 2, 3).contains(took)
    ]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["vi", "en", "long"])
def test_every_state_fits_its_window(open_desk, drawn, monkeypatch, size, language):
    if language == "long":
        monkeypatch.setattr(equipment, "Words", LongWords)
    desk = open_desk(
        language=Language.ENGLISH if language == "en" else Language.VIETNAMESE, size=size
    )
    desk.wait(lambda: abs(desk.window.theme.scale - min(size[0] / 1366, size[1] / 768)) < 0.01)
    wrong: list[str] = []
    for name in arrangements(desk):
        # the clock may have gone on: words that are wider than before
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        found = clipped_labels(desk.window) + small_targets(desk.window)
        found += clipped_paint(desk.window, drawn)
        least = desk.window.minimumSizeHint()
        if (desk.window.width(), desk.window.height()) != size:
            found.append(f"the window grew to {desk.window.size().toTuple()}")
        if least.width() > size[0] or least.height() > size[1]:
            found.append(f"needs {least.toTuple()}")
        wrong += [f"{name}: {what}" for what in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["vi", "en", "long"])
def test_every_reason_can_be_read_in_the_side_list(open_desk, drawn, monkeypatch, size, language):
    if language == "long":
        monkeypatch.setattr(equipment, "Words", LongWords)
    desk = open_desk(
        language=Language.ENGLISH if language == "en" else Language.VIETNAMESE, size=size
    )
    panel, words = desk.window.desk.lines, desk.window.speech.words
    title = "Nguyễn Thị Bích Phượng Hoàng Anh"
    found = []
    for reason in Reason:
        said = words(f"reasons.{reason}")
        for detail in (
            said,
            words("desk.entry_undo", reason=said),
            f"{words('late.mark')} · {said}",
        ):
            line = ListLine(Tone.REFUSE, "circle-x", title, detail, "22/11 09:00")
            panel.show_lines([line] * 20, "")
            found += clipped_paint(panel, drawn)
            painted = " ".join(text for _, _, text in drawn)
            found += [f"cut off: {cut}" for cut in (title, detail) if cut not in painted]
            found += [text for _, _, text in drawn if "…" in text]
    assert not found, "\n".join(found)


def test_the_side_list_ends_with_a_whole_line(open_desk, drawn):
    panel = open_desk().window.desk.lines
    line = ListLine(Tone.REFUSE, "circle-x", "Nguyễn Văn Tám", "lý do dài " * 9, "09:00")
    short = ListLine(Tone.ADMIT, "arrow-down", "Lê An", "khách", "09:01")
    panel.show_lines([short, line] * 20, "")
    drawn.clear()
    panel.grab()
    rows = [text for _, _, text in drawn if text in {line.title, short.title}]
    assert rows[:2] == [short.title, line.title]
    assert 6 <= len(rows) < 10
    assert all(took.bottom() <= panel.height() for _, took, _ in drawn)
    assert any(took.bottom() > panel.height() * 0.8 for _, took, _ in drawn)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["vi", "en", "long"])
def test_the_longest_form_is_whole(open_desk, drawn, monkeypatch, size, language):
    """A child in a group where everything is asked and everything is wrong."""
    if language == "long":
        monkeypatch.setattr(equipment, "Words", LongWords)
    desk = open_desk(
        language=Language.ENGLISH if language == "en" else Language.VIETNAMESE,
        size=size,
        rules=NO_ORDER.replace("destination = false", "destination = true"),
        settings=REMEMBERING,
    )
    desk.wait(lambda: abs(desk.window.theme.scale - size[0] / 1366) < 0.01)
    desk.press("F2")
    sheet = desk.window.errands.place.sheet
    sheet.who.lines["phone"].setText("01681234567")
    sheet.who.lines["id_number"].setText("!")
    sheet.who.lines["birth"].setText("2015")
    sheet.checks.reading.setText("1")
    desk.press("F7")
    desk.type("1")
    desk.press("Ctrl+Return")
    found = clipped_labels(sheet) + small_targets(sheet) + clipped_paint(sheet, drawn)
    parts = [*sheet.findChildren(QAbstractButton), *sheet.who.lines.values(), sheet.who.others]
    found += [
        f"covered: {part.accessibleName()!r}"
        for part in parts
        if part.isVisible() and part.visibleRegion().boundingRect().size() != part.size()
    ]
    if sheet.card.height() > sheet.height():
        found.append(f"too high: {sheet.card.height()}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["vi", "en", "long"])
def test_the_camera_check_fits_whatever_it_finds(open_desk, drawn, monkeypatch, size, language):
    if language == "long":
        monkeypatch.setattr(equipment, "Words", LongWords)
    desk = open_desk(
        language=Language.ENGLISH if language == "en" else Language.VIETNAMESE,
        size=size,
        camera=str(PICTURE),
    )
    desk.wait(lambda: abs(desk.window.theme.scale - min(size[0] / 1366, size[1] / 768)) < 0.01)
    found: list[str] = []
    desk.press("F7")
    desk.press("0")
    sheet = desk.window.errands.place.sheet
    for number, look in enumerate(WORST):
        for _ in range(16):
            sheet._take(look)
        sheet._tick()
        desk.qtbot.wait(20)
        wrong = clipped_labels(sheet) + small_targets(sheet) + clipped_paint(sheet, drawn)
        if sheet.card.height() > sheet.height() or sheet.card.width() > sheet.width():
            wrong.append(f"too large: {sheet.card.size().toTuple()}")
        found += [f"look {number}: {what}" for what in wrong]
    assert not found, "\n".join(found)


# --- contrast


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = QColor(colour).getRgbF()[:3]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How well the one is read on the other, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PALETTES = {"light": LIGHT, "dark": DARK}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_words_can_be_read_on_every_ground_they_stand_on(palette):
    tones = [tone for tone in Tone if tone is not Tone.PLAIN]
    pairs = [
        *product((palette.ink, palette.soft), (palette.paper, palette.card)),
        *((palette.strong(tone), palette.ground(tone)) for tone in tones),
        *((palette.strong(tone), palette.card) for tone in tones),
        *((palette.ink, palette.ground(tone)) for tone in tones),
        (palette.soft, palette.brand_soft),
    ]
    weak = {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5}
    assert not weak


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("tone", [tone for tone in Tone if tone is not Tone.PLAIN])
def test_a_verdict_can_be_read_from_two_metres(palette, tone):
    assert contrast(palette.on_colour, palette.verdict(tone)) >= 7


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_full_buttons_can_be_read(palette):
    for tone in Tone:
        assert contrast(palette.on_colour, palette.strong(tone)) >= 4.5, tone
