"""The window itself: keys of every page, languages, light, the log page, and what goes wrong."""

from datetime import timedelta

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from kiosk.domain.desk import (
    Admitted,
    Departed,
    OutOfOrder,
    Refused,
    Remeasure,
    Screening,
    Waiting,
)
from kiosk.services.register import totals
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import ShortText
from kiosk.ui.theme import DARK, LIGHT
from kiosk.ui.wording import Language
from tests.desk_driver import DAT, HONG, QUIET, RESOURCES
from tests.qr_drawing import draw
from tests.ui.test_desk_guests import fill_in
from tests.ui.test_desk_passages import admit, button, put_to_rest

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def words_in_sight(desk) -> set[str]:
    """Every finished sentence that can be seen or is read aloud."""
    labels = {label.text() for label in desk.window.findChildren(QLabel) if label.isVisible()}
    buttons = [b for b in desk.window.findChildren(QAbstractButton) if b.isVisible()]
    return labels | {b.text() or b.accessibleName() for b in buttons}


def sentences(desk, language: Language, key: str) -> str:
    speech = desk.window.speech
    return (speech.words if speech.words.language is language else speech.second)(key)


# --- language and light


def test_the_language_changes_at_once_on_every_page_and_sheet(desk):
    both = ("desk.page_log", "desk.page_desk")
    for keys, key in (
        ([], "desk.guest"),
        (["F5"], "desk.log.print_register"),
        (["F1", "F2"], "form.title"),
        (["Escape", "F3"], "desk.sheet.typed_title"),
    ):
        for name in keys:
            desk.press(name)
        desk.settle()
        for language in (Language.VIETNAMESE, Language.ENGLISH):
            desk.press("F12")
            desk.settle()
            shown = words_in_sight(desk)
            for wanted in (key, *both):
                assert sentences(desk, language, wanted) in shown


def test_the_checklist_and_its_question_change_language_at_once(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("36x")
    desk.press("F12")
    assert sentences(desk, Language.VIETNAMESE, "desk.sheet.refuse_title") in words_in_sight(desk)
    desk.press("Escape")
    assert button(desk, "Đeo khẩu trang").ticked is False
    assert desk.controller.typed == "36", "what was typed stays"


def test_a_finger_changes_language_and_light(desk):
    bar = desk.window.bar
    desk.tap(bar._language)
    assert desk.window.speech.words.language is Language.VIETNAMESE
    desk.tap(desk.window.bar._theme)
    assert desk.window.theme.palette is DARK


def test_f10_changes_the_light_and_keeps_the_person_being_served(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("36")
    desk.press("F10")
    assert desk.window.theme.palette is DARK
    desk.type("6ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.press("F10")
    assert desk.window.theme.palette is LIGHT


class Shown(QObject):
    """Every window that is shown, however short."""

    def __init__(self):
        super().__init__()
        self.windows = []

    def eventFilter(self, watched, event):  # noqa: N802
        if isinstance(watched, QWindow) and event.type() is QEvent.Type.Show:
            self.windows.append(watched.objectName())
        return False


def test_no_part_of_a_new_drawing_is_a_window_for_a_moment(desk):
    shown = Shown()
    QApplication.instance().installEventFilter(shown)
    try:
        desk.press("F10")
        desk.window.resize(1024, 768)
        desk.wait(lambda: desk.window.theme.scale < 1)
    finally:
        QApplication.instance().removeEventFilter(shown)
    assert shown.windows == []
    assert desk.window.isActiveWindow()


def test_f1_f5_f6_turn_the_pages_and_f6_or_escape_leads_back(desk):
    for key, page in (
        ("F5", "log"),
        ("F1", "desk"),
        ("F6", "visitor"),
        ("F6", "desk"),
        ("F6", "visitor"),
        ("Escape", "desk"),
        ("F5", "log"),
        ("Escape", "desk"),
    ):
        desk.press(key)
        assert desk.window._page == page
    desk.settle()


def test_the_readme_names_every_key_that_is_written_on_a_page(desk):
    """It was silent about F2 on the page Log, which there is no guest's form."""
    readme = (RESOURCES.parent / "README.md").read_text("utf-8")
    table = readme.partition("## At the desk")[2].partition("\n\nEverything can be pressed")[0]
    at_desk, _, other_pages = table.partition("**on the page Log**")
    on_log, _, on_print = other_pages.partition("**on the page Print**")
    for page, said in (
        (desk.window.desk, at_desk),
        (desk.window.log, on_log),
        (desk.window._pages.print, on_print),
    ):
        keys = {b.key for b in page.findChildren(ActionButton) if b.key}
        numbered = {str(digit) for digit in range(1, 10)}
        assert keys, page
        assert {key for key in keys - numbered if f"`{key}`" not in said} == set(), page


def test_a_finger_finds_back_from_the_visitors_side_when_it_stays(desk):
    desk.press("F6")
    corner = desk.window.visitor.back
    desk.tap(corner)
    assert desk.window._page == "visitor", "a passing touch shows the visitor nothing"
    corner.pressed.emit()
    desk.wait(lambda: desk.window._page == "desk")


def test_f11_fills_the_screen_and_gives_it_back(desk):
    desk.press("F11")
    assert desk.window.isFullScreen()
    desk.press("F11")
    assert not desk.window.isFullScreen()


def test_the_visitors_side_masks_the_name_and_the_desk_does_not(desk):
    desk.press("F6")
    admit(desk)
    assert desk.window.visitor._verdict._shown.who.startswith("N. T. Hồng")
    assert desk.window.desk.verdict._shown.who.startswith("Nguyễn Thị Hồng")
    desk.press("F1")


# --- the log page


def shown_names(desk) -> list[str]:
    desk.settle()
    model = desk.window.log._model
    return [model.data(model.index(row, 2)) for row in range(model.rowCount())]


def test_the_search_needs_no_diacritics(desk):
    admit(desk)
    admit(desk, DAT)
    desk.press("F5")
    assert shown_names(desk) == ["Nguyễn Thị Hồng", "Đặng Văn Đạt"]
    desk.press("Ctrl+F")
    desk.type("dang")
    assert shown_names(desk) == ["Đặng Văn Đạt"]
    desk.type("zz")
    assert shown_names(desk) == []
    assert "Nobody found" in desk.window.log._empty.text()


def test_a_search_counts_the_whole_day_and_the_lines_that_match_beside_it(desk):
    admit(desk)
    admit(desk, DAT)
    desk.press("F5")
    desk.settle()
    day = desk.words("desk.log.summary", visits=2, inside=2, unknown=0)
    assert desk.window.log._summary.text() == day
    for typed, count in (("dang", 1), ("zz", 0)):
        desk.type(typed)
        desk.settle()
        matching = desk.words("desk.log.matching", count=count)
        assert desk.window.log._summary.text() == f"{day} · {matching}"


@pytest.mark.parametrize("by", ["F1", "F6", "F7", "a code"])
def test_whoever_leaves_the_log_page_comes_back_to_the_whole_day(desk, by):
    admit(desk)
    admit(desk, DAT)
    desk.press("F5")
    desk.type("zz")
    assert shown_names(desk) == []
    if by == "a code":
        desk.burst("https://example.org/")
    else:
        desk.press(by)
    assert desk.window._page != "log"
    desk.press("F5")
    assert desk.window.log.search.text() == ""
    assert shown_names(desk)[:2] == ["Nguyễn Thị Hồng", "Đặng Văn Đạt"]
    assert desk.words("desk.log.matching", count=0) not in desk.window.log._summary.text()


def test_escape_leaves_the_search_first_and_then_the_log_page(desk):
    admit(desk)
    admit(desk, DAT)
    desk.press("F5")
    desk.type("dang")
    assert shown_names(desk) == ["Đặng Văn Đạt"]
    desk.press("Escape")
    assert (desk.window._page, desk.window.log.search.text()) == ("log", "")
    assert shown_names(desk) == ["Nguyễn Thị Hồng", "Đặng Văn Đạt"]
    desk.press("Ctrl+F")
    desk.press("Escape")
    assert desk.window._page == "log", "out of the empty field"
    desk.press("Escape")
    assert desk.window._page == "desk"


@pytest.mark.parametrize("by", ["keys", "finger"])
def test_escape_leaves_the_marked_line_first_and_then_the_log_page(desk, by):
    admit(desk)
    admit(desk, DAT)
    desk.press("F5")
    desk.settle()
    table = desk.window.log.table
    if by == "keys":
        desk.press("Up")
        desk.press("Up")
    else:
        desk.tap(table.viewport(), table.visualRect(table.model().index(0, 2)).center())
    assert desk.window.log._marked().arrival.draft.identity.person.name == "Nguyễn Thị Hồng"
    desk.press("Escape")
    assert desk.window._page == "log"
    assert desk.window.log._marked().arrival.draft.identity.person.name == "Đặng Văn Đạt"
    desk.press("Escape")
    assert desk.window._page == "desk"


def test_escape_in_the_middle_of_a_correction_leaves_the_sheet_and_not_the_page(desk):
    admit(desk)
    desk.press("F5")
    desk.settle()
    desk.press("F8")
    desk.type("2")
    desk.type("x")
    desk.press("Escape")
    assert desk.window.errands.busy, "what is filled in is asked about"
    desk.press("Escape")
    assert (desk.window.errands.busy, desk.window._page) == (False, "log")
    desk.press("Escape")
    assert desk.window._page == "desk"


def test_whoever_types_on_the_log_page_searches(desk):
    admit(desk)
    admit(desk, DAT)
    desk.press("F5")
    desk.press("Up")
    assert desk.window.log.table.hasFocus()
    desk.type("dang v")
    assert desk.window.log.search.text() == "dang v"
    assert shown_names(desk) == ["Đặng Văn Đạt"]
    assert "Ctrl F" in desk.window.log.search.placeholderText()


def test_the_days_are_turned_by_keys_also_from_within_the_table(desk):
    admit(desk)
    desk.clock.leap_to_tomorrow()
    desk.press("F5")
    assert shown_names(desk) == []
    today = desk.window.log.day
    desk.press("PageUp")
    assert shown_names(desk) == ["Nguyễn Thị Hồng"]
    desk.press("Down")
    assert desk.window.log.table.hasFocus()
    desk.press("PageDown")
    assert desk.window.log.day == today
    desk.press("PageDown")
    assert desk.window.log.day == today, "no day that has not come"
    desk.settle()


def test_the_day_and_the_search_outlive_light_and_language(desk):
    admit(desk)
    admit(desk, DAT)
    desk.clock.leap_to_tomorrow()
    desk.press("F5")
    desk.press("PageUp")
    desk.press("Ctrl+F")
    desk.type("hong")
    desk.press("F10")
    desk.press("F12")
    assert shown_names(desk) == ["Nguyễn Thị Hồng"]


def test_the_register_of_the_day_becomes_a_pdf_with_the_names(desk):
    admit(desk)
    desk.press("F5")
    desk.press("Ctrl+P")
    desk.press("Return")
    desk.wait(lambda: desk.papers)
    page = pypdfium2.PdfDocument(desk.papers[0])[0]
    assert "Nguyễn Thị Hồng" in page.get_textpage().get_text_range()
    assert str(desk.papers[0]) in desk.window.notice.text()
    desk.settle()
    assert desk.rows("SELECT printed, state FROM print_job") == [("register", "confirmed")]


@pytest.mark.parametrize("paper", ["register", "closing"])
def test_papers_of_the_day_tell_how_many_lines_were_undone(desk, paper):
    admit(desk)
    admit(desk, DAT)
    desk.settle()  # the side list tells who came last
    desk.press("Ctrl+Z")
    desk.type("1")
    desk.settle()
    desk.press("F7")
    desk.type("2" if paper == "register" else "5")
    desk.press("Return")
    desk.wait(lambda: desk.papers)
    text = pypdfium2.PdfDocument(desk.papers[0])[0].get_textpage().get_text_range()
    key = {"register": "paper.register.undone", "closing": "closing.figure.undone"}[paper]
    assert desk.words(key, count=1) in " ".join(text.split())
    assert "Đặng Văn Đạt" not in text
    desk.settle()


def test_who_is_inside_becomes_a_pdf(desk):
    admit(desk)
    desk.press("F5")
    desk.press("Ctrl+I")
    desk.press("Return")
    desk.wait(lambda: desk.papers)
    page = pypdfium2.PdfDocument(desk.papers[0])[0]
    assert "Nguyễn Thị Hồng" in page.get_textpage().get_text_range()


def test_a_line_of_the_log_is_undone_from_its_page(desk):
    admit(desk)
    desk.press("F5")
    desk.settle()
    desk.press("F8")
    desk.type("1")
    assert desk.words("desk.sheet.undo_title") in words_in_sight(desk), "why, as after Ctrl Z"
    desk.settle()
    assert len(desk.rows("SELECT 1 FROM log_entry")) == 1, "nothing is undone without a reason"
    desk.type("2")
    desk.wait(lambda: len(desk.rows("SELECT 1 FROM log_entry")) == 2)
    assert desk.rows("SELECT reason FROM log_entry WHERE corrects IS NOT NULL") == [
        ("undo_not_through",)
    ]
    assert shown_names(desk) == ["Nguyễn Thị Hồng"], "it is still in the log"
    assert struck_through(desk, 0)


def struck_through(desk, row: int) -> bool:
    """The name of a row is struck through, and what is said of the undoing is not."""
    model, role = desk.window.log._model, Qt.ItemDataRole.FontRole
    name, verdict = (model.data(model.index(row, column), role) for column in (2, 7))
    return name is not None and name.strikeOut() and verdict is None


@pytest.mark.parametrize("by", ["Ctrl Z", "F8"])
def test_what_was_undone_stays_on_the_log_page_with_reason_and_time(desk, by):
    admit(desk)
    desk.press("Escape")
    desk.burst(DAT)
    desk.press("X")
    desk.type("1")
    desk.settle()
    if by == "F8":
        desk.press("F5")
        desk.settle()
    desk.press("F8" if by == "F8" else "Ctrl+Z")
    if by == "F8":
        desk.type("1")
    assert desk.words("desk.sheet.undo_title") in words_in_sight(desk)
    desk.type("3")
    desk.settle()
    desk.press("F5")
    assert shown_names(desk) == ["Nguyễn Thị Hồng", "Đặng Văn Đạt"]
    assert [struck_through(desk, row) for row in (0, 1)] == [False, True]
    model, log = desk.window.log._model, desk.window.log
    said = model.data(model.index(1, 7))
    at = f"{desk.clock.now().astimezone(desk.window.speech.zone):%H:}"
    assert said.startswith(f"Undone at {at}")
    assert desk.words("reasons.undo_wrong_key") in said
    counts = {"visits": 1, "inside": 1, "unknown": 0}
    assert log._summary.text() == desk.words("desk.log.summary", **counts)
    assert log._marked().arrival.draft.identity.person.name == "Nguyễn Thị Hồng"
    desk.type("dat")
    assert shown_names(desk) == ["Đặng Văn Đạt"], "a search finds it"
    desk.press("F8")
    assert not desk.window.errands.busy
    assert desk.window.notice.text() == desk.words("desk.log.undone_already")


def test_an_undone_departure_is_a_line_beside_the_visit_that_goes_on(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap(hours=1)
    desk.take_away(HONG)
    desk.show(HONG)
    desk.wait_for(Departed)
    desk.press("Ctrl+Z")
    desk.type("1")
    desk.settle()
    desk.press("F5")
    assert shown_names(desk) == ["Nguyễn Thị Hồng", "Nguyễn Thị Hồng"]
    assert [struck_through(desk, row) for row in (0, 1)] == [False, True]
    model = desk.window.log._model
    assert model.data(model.index(0, 1)) == desk.words("desk.log.still_inside")
    left = model.data(model.index(1, 1))
    assert (model.data(model.index(1, 0)), left[2]) == ("", ":")
    assert desk.window.log._marked().inside


def test_f8_says_whether_an_arrival_or_a_departure_is_undone(desk):
    admit(desk)
    desk.press("F5")
    desk.settle()
    desk.press("F8")
    assert desk.words("late.undo_arrival") in words_in_sight(desk)
    desk.press("Escape")
    desk.clock.leap(hours=1)
    desk.burst(HONG)
    desk.wait_for(Departed)
    desk.press("F5")
    desk.settle()
    desk.press("F8")
    assert desk.words("late.undo_departure") in words_in_sight(desk)
    desk.type("1")
    desk.type("3")
    desk.settle()
    assert desk.rows("SELECT direction, reason FROM log_entry WHERE corrects IS NOT NULL") == [
        ("out", "undo_wrong_key")
    ]


def test_side_log_and_register_count_the_same_arrivals(desk):
    admit(desk)
    for other in (DAT, "https://example.org/"):
        desk.press("Escape")
        desk.burst(other)
        desk.settle()
        if other is DAT:
            desk.press("X")
            desk.type("1")
            desk.settle()
    assert desk.window.desk._entries._today.text() == desk.words("desk.today", count=2)
    desk.press("F5")
    desk.settle()
    counts = {"visits": 2, "inside": 1, "unknown": 1}
    assert desk.window.log._summary.text() == desk.words("desk.log.summary", **counts)
    sums = totals(desk.window.log._model._lines)
    assert (sums.arrivals, sums.inside, sums.unknown) == (2, 1, 1)


# --- midnight


def test_after_midnight_the_day_is_empty_and_who_is_inside_still_is(desk):
    admit(desk)
    desk.settle()
    desk.press("F5")
    desk.clock.leap_to_tomorrow(hour=0)
    desk.window._tick()
    desk.settle()
    overview = desk.controller.newest.overview
    assert (overview.inside, overview.today) == (1, 0)
    desk.press("PageDown")
    assert desk.window.log.day == desk.window._today()
    desk.settle()


def test_a_second_reading_after_midnight_leaves_the_register_of_yesterday_as_it_was(desk):
    local = desk.clock.now().astimezone(desk.clock.zone())
    desk.clock.leap(minutes=(23 - local.hour) * 60 + 50 - local.minute)
    put_to_rest(desk)
    desk.burst(HONG)
    desk.wait_for(Remeasure)
    days = (desk.window._today(), desk.window._today() + timedelta(days=1))
    (before,) = day_log(desk, days[0]).visits
    desk.clock.leap(minutes=20)
    assert desk.window._today() == days[1]
    desk.type("369ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert day_log(desk, days[0]).visits == (before,)
    (came,) = day_log(desk, days[1]).visits
    assert came.arrival.draft.health.readings == (382, 369)
    assert desk.rows("SELECT verdict, reason FROM register ORDER BY came_in") == [
        ("refuse", "fever"),
        ("admit", "rules_met"),
    ]


def day_log(desk, day):
    found = []
    desk.parts.office.ask(lambda office: office.day(day), found.append, found.append)
    desk.wait(lambda: found)
    return found[0]


# --- the file does not answer


def close_file(desk) -> None:
    """From now on the file takes nothing, as on a disk that is full or pulled out."""
    desk.parts.office.ask(
        lambda office: office.logbook._db.execute("PRAGMA query_only = 1"), str, str
    )


def open_file(desk) -> None:
    desk.parts.office.ask(
        lambda office: office.logbook._db.execute("PRAGMA query_only = 0"), str, str
    )


def test_an_entry_that_the_file_does_not_take_is_shown_kept_and_tried_again(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("366ksh")
    close_file(desk)
    desk.press("Return")
    desk.wait_for(OutOfOrder)
    assert desk.window.desk.verdict._shown.words == "Not in the log yet"
    desk.press("Escape")
    desk.burst(DAT)
    desk.press("Return")
    desk.settle()
    assert isinstance(desk.controller.state, OutOfOrder), "nothing puts it aside"
    open_file(desk)
    desk.tap(button(desk, "Try again"))
    desk.wait_for(Admitted)
    assert desk.rows("SELECT name, verdict FROM register") == [("Nguyễn Thị Hồng", "admit")]
    assert desk.rows("SELECT count(*) FROM log_entry") == [(1,)]


def test_enter_tries_again_also_after_half_a_temperature(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("9")
    close_file(desk)
    desk.type("x")
    desk.type("1")
    desk.wait_for(OutOfOrder)
    open_file(desk)
    desk.press("Return")
    desk.wait_for(Refused)


def test_nothing_is_called_saved_while_an_entry_is_not(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("382")
    desk.window.close()
    assert "Finish with this person first" in desk.window.notice.text()
    close_file(desk)
    desk.type("x")
    desk.type("1")
    desk.wait_for(OutOfOrder)
    desk.window.close()
    assert any("NOT in the log yet" in said for said in words_in_sight(desk))
    desk.press("Escape")
    open_file(desk)
    desk.press("Return")
    desk.wait_for(Refused)


def forget_pages(office) -> None:
    """Let SQLite ask the disk for every page from now on."""
    for statement in ("wal_checkpoint(TRUNCATE)", "shrink_memory", "cache_size = 0"):
        office.logbook._db.execute(f"PRAGMA {statement}").fetchall()


def test_a_code_that_cannot_be_looked_up_says_what_to_do_and_can_be_scanned_again(desk):
    asked = []
    desk.parts.office.ask(forget_pages, asked.append, str)
    desk.wait(lambda: asked)
    file = desk.folder / "kiosk.db"
    kept = file.read_bytes()
    file.write_bytes(b"")  # the disk was pulled out
    desk.burst(HONG)
    desk.wait(desk.window.notice.isVisible)
    assert "does not answer" in desk.window.notice.text()
    assert isinstance(desk.controller.state, Waiting)
    file.write_bytes(kept)
    desk.burst(HONG)
    desk.wait_for(Screening)


def test_a_form_that_the_file_does_not_take_stays_open_as_it_was_filled_in(desk):
    close_file(desk)
    fill_in(desk)
    desk.settle()
    form = desk.window.errands.place.sheet.form()
    assert (form.name, form.phone, form.birth) == ("Tran Thi Mai", "0900000045", "1952")
    assert len(form.answers) == 5
    open_file(desk)
    desk.press("Ctrl+Return")
    desk.wait_for(Screening)


def test_a_clock_that_shows_a_wrong_day_loses_no_form(desk):
    desk.clock.leap(days=60 * 366)
    fill_in(desk)
    desk.wait(lambda: "clock shows a wrong day" in desk.window.notice.text())
    assert desk.window.errands.place.sheet.form().name == "Tran Thi Mai"
    assert desk.rows("SELECT count(*) FROM declaration") == [(0,)]


# --- the camera


def test_a_camera_that_cannot_be_opened_is_said_in_words_and_the_desk_goes_on(open_desk, tmp_path):
    desk = open_desk(camera=str(tmp_path / "card.png"))
    desk.wait(lambda: desk.window.bar.light._words.startswith("Camera lost"))
    assert desk.window.desk.camera._trouble[1] == "No picture from the camera"
    assert desk.window.desk._invite._words[0] == desk.words("desk.invite_blind")
    admit(desk)
    desk.press("Escape")
    Image.fromarray(draw(DAT.encode())).save(tmp_path / "card.png")
    assert desk.wait_for(Screening).who.person.name == "Đặng Văn Đạt"
    assert desk.window.desk.camera._trouble is None
    desk.wait(lambda: desk.window.bar.light._words == "Film is over")


def test_a_camera_that_is_there_again_is_offered_again(open_desk, tmp_path):
    desk = open_desk(camera=str(tmp_path / "film.mp4"))
    desk.wait(lambda: desk.window.desk._invite._words[0] == desk.words("desk.invite_blind"))
    assert "F3" in desk.window.desk.camera._trouble[2]
    assert not desk.window.visitor.camera._trouble[2], "no visitor is to look after its cable"
    (tmp_path / "film.mp4").symlink_to(RESOURCES / "demo" / "morning.mp4")
    desk.wait(lambda: desk.window.desk._invite._words[0] == desk.words("desk.invite"))
    assert isinstance(desk.controller.state, Waiting)


def test_a_desk_without_a_camera_says_so(desk):
    assert desk.window.bar.light._words == "No camera in use"
    assert desk.window.desk.camera._trouble[1] == "No camera in use"
    first, second, hint = desk.window.desk._invite._words
    assert first == "Please show your code or papers to the receptionist"
    assert second == "Xin đưa mã QR hoặc giấy tờ cho lễ tân"
    assert "F3" in hint
    desk.press("F6")
    assert desk.window.visitor._first.text() == first, "nobody holds a code to no camera"


# --- closing


def test_closing_asks_first_also_while_another_question_is_open(desk):
    desk.press("F3")
    desk.window.close()
    assert desk.window.isVisible()
    assert "Close the program?" in words_in_sight(desk)
    desk.press("Escape")
    assert desk.window.isVisible()
    desk.window.close()
    gone = []
    desk.window.closed.connect(lambda: gone.append(1))
    desk.press("Return")
    assert gone == [], "nothing is marked beforehand"
    desk.type("1")
    assert gone == [1]
    assert not desk.window.isVisible()


def test_a_rule_card_without_health_step_asks_for_nothing(open_desk):
    card = (RESOURCES / "rules.default.toml").read_text("utf-8")
    card = card.replace("health_step = true", "health_step = false").replace("2026-11", "off-1")
    desk = open_desk(rules=card)
    desk.burst(HONG)
    desk.wait_for(Screening)
    assert not desk.window.desk.screening._mask.isVisible()
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT verdict, reason FROM register") == [("admit", "no_health_step")]


def test_a_refused_person_may_come_again(desk):
    desk.burst(DAT)
    desk.wait_for(Screening)
    desk.type("x3")
    desk.wait_for(Refused)
    desk.burst(DAT)
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    desk.type("1")
    desk.wait_for(Admitted)
    assert len(desk.rows("SELECT * FROM inside")) == 1


# --- the end


def test_after_the_end_no_time_runs_out(desk):
    admit(desk)
    desk.controller._timer.start(1)
    desk.parts.stop()
    state = desk.controller.state
    desk.controller._timer.start(1)
    desk.qtbot.wait(30)
    assert desk.controller.state is state


# --- the visitor's side


def test_a_notice_is_never_shown_to_the_visitor(desk):
    desk.window.tell("desk.no_slip")
    assert desk.window.notice.isVisible()
    desk.press("F6")
    assert not desk.window.notice.isVisible()
    desk.window.tell("desk.no_slip")
    assert not desk.window.notice.isVisible()


def test_a_long_name_of_the_office_pushes_nothing_off_the_screen(open_desk):
    office = "BAN QUẢN LÝ KHU KINH TẾ DUNG QUẤT VÀ CÁC KHU CÔNG NGHIỆP QUẢNG NGÃI"
    desk = open_desk(settings=f'{QUIET}[place]\noffice = "{office}"\n')
    assert desk.window.width() == 1366
    clock = desk.window.bar._clock
    right = clock.mapTo(desk.window, clock.rect().topRight()).x()
    assert right <= desk.window.width()


def test_the_whole_name_of_the_office_is_told_as_it_is_written(open_desk):
    name = 'CÔNG TY "NAM & BẮC" QUẢN LÝ KHU KINH TẾ DUNG QUẤT VÀ CÁC KHU CÔNG NGHIỆP'
    desk = open_desk(settings=f"{QUIET}[place]\noffice = '{name}'\n")
    (short,) = [one for one in desk.window.bar.findChildren(ShortText) if one.toolTip()]
    tip, plain = QLabel(short.toolTip()), QLabel(name)
    plain.setTextFormat(Qt.TextFormat.PlainText)
    assert tip.sizeHint() == plain.sizeHint()
