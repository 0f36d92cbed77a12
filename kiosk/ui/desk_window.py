"""The window: pages and keys, and what camera, desk and printer tell it."""

from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from kiosk.domain.desk import State
from kiosk.domain.log import Entry
from kiosk.domain.recognition import Recognised
from kiosk.ports.clock import Clock
from kiosk.services.back_office import BackOffice
from kiosk.services.scan_tracker import Scan
from kiosk.ui.camera_state import CameraOnScreen, CameraSigns
from kiosk.ui.capture_thread import Capture
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_keys import DeskKeys
from kiosk.ui.desk_words import Speech, shown_name
from kiosk.ui.errands import Errands
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.hush import Hush
from kiosk.ui.log_page import LogPage
from kiosk.ui.minute_timer import MinuteTimer
from kiosk.ui.notice import Notice
from kiosk.ui.pages import Pages
from kiosk.ui.print_desk import PrintDesk
from kiosk.ui.qt_words import speak
from kiosk.ui.second_screen import SecondScreen
from kiosk.ui.theme import DARK, LIGHT, Theme, Tone, base_size, scale_for, style_sheet
from kiosk.ui.worker import Worker

_REBUILD_MS = 120
_SCALE_STEP = 0.03


class DeskWindow(QWidget):
    """One desk on one screen.

    Everything that lasts lives in the controller; the pages are made anew when the window's
    scale or its light changes.

    Signals:
        closed: the receptionist has closed the desk.
    """

    closed = Signal()

    def __init__(
        self,
        controller: DeskController,
        capture: Capture | None,
        office: Worker[BackOffice],
        print_desk: PrintDesk,
        furnishing: Furnishing,
        clock: Clock,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._controller = controller
        self._furnishing = furnishing
        self._clock = clock
        self._dark = furnishing.dark
        self._page, self._closing = "desk", False
        self._shown_kind: type[State] | None = None
        self.second = SecondScreen(self, controller, furnishing)
        self._hush = Hush(clock, self)
        self.speech = Speech(furnishing.words, furnishing.words.in_other(), furnishing.zone)
        self.errands = Errands(self, controller, office, print_desk, furnishing, clock)
        switches = {
            Qt.Key.Key_F10.value: self.switch_light,
            Qt.Key.Key_F11.value: lambda: self.setWindowState(
                self.windowState() ^ Qt.WindowState.WindowFullScreen
            ),
            Qt.Key.Key_F12.value: self.switch_language,
        }
        self.camera = CameraOnScreen(capture, controller, self._camera_signs, self)
        self._keys = DeskKeys(controller, self.errands, self.show_page, switches)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._pages: Pages | None = None
        self.log: LogPage
        self.notice: Notice
        room = self.screen().availableSize()
        self._build(min(1.0, scale_for(room.width(), room.height())))
        self._rebuild = QTimer(self)
        self._rebuild.setSingleShot(True)
        self._rebuild.timeout.connect(self._fit)
        MinuteTimer(clock, self).ticked.connect(self._tick)
        self._connect(capture)
        self._tick()

    # --- building

    def _build(self, scale: float) -> None:
        """Make every page at this scale."""
        self.theme = Theme(DARK if self._dark else LIGHT, scale)
        self.setStyleSheet(style_sheet(self.theme))
        pages = Pages(self.theme, self._controller, self._furnishing, self._today())
        self.bar, self.desk, self.visitor = pages.bar, pages.desk, pages.visitor
        self.second.renew(dark=self._dark)
        notice = Notice(self.theme, self, lambda: pages.room(self._page), self.errands.headroom)
        if self._pages is not None:
            notice.go_on_from(self.notice)
            self.notice.deleteLater()
            pages.log.go_on_from(self.log)
            self._column.removeWidget(self._pages)
            self._pages.hide()
            self._pages.deleteLater()
        self.log, self._pages = pages.log, pages
        pages.serve(self.errands)
        self._column.addWidget(pages)
        self.notice = notice
        self.errands.theme, self.errands.speech = self.theme, self.speech
        self._connect_pages()
        self.bar.show_time(self._clock.now(), self.speech.zone)
        self.camera.show_state()
        self._show_page()
        self.errands.place.remake()

    def _connect_pages(self) -> None:
        self.bar.page_asked.connect(self.show_page)
        self.bar.language_asked.connect(self.switch_language)
        self.bar.theme_asked.connect(self.switch_light)
        self.visitor.back.held.connect(lambda: self.show_page("desk"))

    def _connect(self, capture: Capture | None) -> None:
        self._controller.changed.connect(self._desk_changed)
        self.second.changed.connect(lambda: self._build(self.theme.scale))
        self._controller.newest.changed.connect(self.render_all)
        self._controller.due.connect(self.take_scan)
        self._controller.held_up.connect(lambda: self.tell("desk.busy_scan"))
        self._controller.troubled.connect(lambda key: self.tell(key, Tone.REFUSE))
        self._controller.newest.undone.connect(self._after_undo)
        self._controller.stayed.connect(self._tell_stayed)
        self.errands.late.entered.connect(self._log_changed)
        self.errands.rights.changed.connect(self._log_changed)
        self.errands.told.connect(lambda key, tone, values: self.tell(key, tone, **values))
        self.errands.place.opening.connect(self._uncover)
        # whichever notice is there by then
        self.errands.place.opened.connect(lambda: self.notice.keep_above())  # noqa: PLW0108
        self.errands.place.cleared.connect(lambda: self.notice.place())  # noqa: PLW0108
        if capture is not None:
            capture.scanned.connect(self.take_scan)
            capture.gone.connect(self._controller.gone)

    # --- what comes from outside

    def take_scan(self, scan: Scan) -> None:
        """A code was read by camera or hand scanner."""
        typing = isinstance(QApplication.focusWidget(), QLineEdit)
        served = self.errands.take_scan(scan)
        if served and self._page in ("log", "print") and not self.errands.busy:
            self.show_page("desk")
        if typing and not isinstance(QApplication.focusWidget(), QLineEdit):
            self._hush.begin()

    def _camera_signs(self) -> CameraSigns:
        views = [self.desk.camera, self.visitor.camera]
        if self.second.view is not None:
            views.append(self.second.view.camera)
        return CameraSigns(self.bar.light, views, self.notice, self.speech.words)

    # --- showing

    def _desk_changed(self) -> None:
        if type(self._controller.state) is not self._shown_kind:
            self._shown_kind = type(self._controller.state)
            self.notice.go_on()
            if not self.errands.busy and not isinstance(QApplication.focusWidget(), QLineEdit):
                self.setFocus()  # a focused button that is hidden would hand Enter to another
        self.render_all()

    def render_all(self) -> None:
        """Show everything as it stands, in the language in force."""
        speak(self, self.speech.words)
        self.bar.render_bar(self._page, self.speech.words, dark=self._dark)
        self.desk.render_desk(self.speech)
        for side in (self.visitor, self.second.view):
            if side is not None:
                side.render_desk(self.speech)

    def show_page(self, name: str) -> None:
        """Turn to a page; asking for the visitor's side again leads back."""
        if self._page == "log" != name:
            self.log.forget_search()
        self._page = "desk" if name == self._page == "visitor" else name
        self.notice.hide()  # it was said of the page before
        if self._page == "log":
            self.log.open_on(self._today())
        self._show_page()

    def _show_page(self) -> None:
        if self._pages is not None:
            self._pages.turn_to(self._page)
        if self._page == "log":
            self.log.ask()
        self.notice.keep_quiet(quiet=self._page == "visitor")
        self.render_all()
        self.setFocus()

    def _uncover(self) -> None:
        """A question with a name in it is for the receptionist's eyes."""
        if self._page == "visitor":
            self.show_page("desk")

    def tell(self, key: str, tone: Tone = Tone.PLAIN, **values: str) -> None:
        """A sentence at the foot of the window; it is the receptionist's, never the visitor's."""
        self.notice.tell(tone, self.speech.words(key, **values))

    def _tell_stayed(self, who: Recognised) -> None:
        """Whoever looked away from the question finds for a minute what became of it."""
        words = self.speech.words
        said = words("desk.stayed_inside", name=shown_name(who, words, masked=False))
        self.notice.tell(Tone.PLAIN, said, lasting=True)

    def switch_language(self) -> None:
        """The other language, at once."""
        self.speech = Speech(self.speech.second, self.speech.words, self.speech.zone)
        self.errands.speech = self.speech
        self.camera.show_state()
        self._show_page()
        self.errands.place.remake()

    def switch_light(self) -> None:
        """Light or dark room."""
        self._dark = not self._dark
        self._build(self.theme.scale)

    def _after_undo(self, entry: Entry | None) -> None:
        self.tell("desk.undo_done" if entry else "desk.undo_refused")
        self._log_changed()

    def _log_changed(self) -> None:
        if self._page == "log":
            self.log.ask()

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Every key that is written on the screen."""
        if self.errands.keeps(event) or self._hush.swallows(event):
            return
        act = self._keys.act(event, self._page, self._pages) if self._pages else None
        if act is None:
            super().keyPressEvent(event)
            return
        act()
        event.accept()

    # --- the window itself

    def sizeHint(self) -> QSize:  # noqa: N802
        """The screen it is drawn for, or a smaller one that it is on."""
        return base_size().boundedTo(self.screen().availableSize())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The second screen comes with the first."""
        super().showEvent(event)
        self.second.show()
        self.second.follow(self.windowHandle())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A larger screen is drawn larger."""
        super().resizeEvent(event)
        self.notice.place()
        self._rebuild.start(_REBUILD_MS)

    def _fit(self) -> None:
        scale = scale_for(self.width(), self.height())
        if abs(scale - self.theme.scale) > _SCALE_STEP:
            self._build(scale)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask first: a desk is not closed by a slip of the finger."""
        if self._closing:
            self.second.close()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self.errands.quit(self.close_for_good)

    def close_for_good(self) -> None:
        """Close without asking."""
        self._closing = True
        self.close()

    def _tick(self) -> None:
        self.bar.show_time(self._clock.now(), self.speech.zone)
        if self.log.today != self._today():
            self.log.today = self._today()
            self._controller.newest.refresh()

    def _today(self) -> date:
        return self._clock.now().astimezone(self.speech.zone).date()
