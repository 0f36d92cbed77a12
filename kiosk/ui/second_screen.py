"""The visitor's side on a screen of its own, for as long as there is a second one."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen, QWindow
from PySide6.QtWidgets import QWidget

from kiosk.ui.desk_controller import DeskController
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.theme import DARK, LIGHT, Theme, scale_for, style_sheet
from kiosk.ui.visitor_view import VisitorView


class SecondScreen(QObject):
    """Follows the screens that are plugged in and out.

    Signals:
        changed: a screen was plugged in or out; `renew` follows it. Sent before Qt moves the
            windows of a screen that has gone: onto the desk's.

    Attributes:
        view: what is shown there; None with one screen.
    Thread: the screen's.
    """

    changed = Signal()

    def __init__(self, desk: QWidget, controller: DeskController, furnishing: Furnishing) -> None:
        super().__init__(desk)
        self.view: VisitorView | None = None
        self._desk = desk
        self._controller = controller
        self._furnishing = furnishing
        screens = QGuiApplication.instance()
        if isinstance(screens, QGuiApplication):
            screens.screenAdded.connect(self._screens_changed)
            screens.screenRemoved.connect(self._screens_changed)

    def renew(self, *, dark: bool) -> None:
        """Make the view anew, in this light."""
        self.close()
        other = other_screen(self._desk)
        if other is not None:
            self.view = _fill(other, self._controller, self._furnishing, dark=dark)
            if self._desk.isVisible():
                self.show()

    def follow(self, window: QWindow) -> None:
        """Change sides when the desk's own window is moved to the other screen."""
        window.screenChanged.connect(self._screens_changed, Qt.ConnectionType.UniqueConnection)

    def _screens_changed(self, _screen: QScreen) -> None:
        self.changed.emit()
        QTimer.singleShot(0, self, self.changed.emit)  # and once Qt has moved its windows

    def show(self) -> None:
        """Show the view, if there is one."""
        if self.view is not None and not self.view.isVisible():
            self.view.setWindowState(Qt.WindowState.WindowFullScreen)
            self.view.show()  # and not showFullScreen: that would take the keys

    def close(self) -> None:
        """Take the view away."""
        if self.view is not None:
            self.view.close()
            self.view.deleteLater()
            self.view = None


def other_screen(desk: QWidget) -> QScreen | None:
    """A screen that does not show the desk; None while the desk's own is being taken away."""
    shows_desk, screens = desk.screen(), QGuiApplication.screens()
    if shows_desk not in screens:
        return None
    return next((screen for screen in screens if screen is not shows_desk), None)


def _fill(
    screen: QScreen, controller: DeskController, furnishing: Furnishing, *, dark: bool
) -> VisitorView:
    """The visitor's side as a window that fills this screen; not shown yet."""
    place = screen.geometry()
    theme = Theme(DARK if dark else LIGHT, scale_for(place.width(), place.height()))
    view = VisitorView(theme, controller, mirrored=furnishing.mirrored)
    view.setStyleSheet(style_sheet(theme))
    view.back.hide()  # there the desk is on the other screen
    view.setGeometry(place)
    view.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    # the receptionist's keys belong to the desk, whatever is touched or shown over there
    view.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
    view.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    return view
