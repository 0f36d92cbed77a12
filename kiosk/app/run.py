"""`kiosk run`: the desk on the screen."""

import os
import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.app import bootstrap, desk_camera, diagnostics, first_start, form_texts, paths
from kiosk.app.bootstrap import Parts
from kiosk.app.equipment import Equipment
from kiosk.app.folder_trouble import told
from kiosk.app.toml_file import EXIT_CODE, SettingsError
from kiosk.ports.logbook import LogbookError
from kiosk.ui.trouble_window import TroubleWindow

REFUSED = 1


def application() -> QApplication:
    """The one application object; without a screen it draws into memory."""
    screenless = sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if screenless:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(["kiosk"])
    app.setApplicationName("Entrance kiosk")
    return app


def run(
    equipment: Equipment, source: str | None, *, full_screen: bool, new_key: bool = False
) -> int:
    """Open the desk and stay until it is closed; the exit code.

    Args:
        equipment: settings and rules as read.
        source: a camera instead of the settings' one, or None.
        full_screen: without frame and bar of the system.
        new_key: somebody knows that the office's key was lost.
    """
    diagnostics.listen_to_qt()
    app = application()
    bootstrap.dress(app, equipment.resources)
    try:
        equipment.data.claim()
        if new_key:
            equipment.data.replace_lost_key()
    except LogbookError as problem:
        return _trouble(app, problem, equipment)
    first_start.write_copies(equipment.data.path, equipment.resources)
    form_texts.keep_texts(
        equipment.data.path, equipment.form, equipment.rules.card, equipment.office.name
    )
    if source is not None:
        equipment = equipment.with_camera(source)
    wanted = equipment.settings.camera
    wish = desk_camera.wishes(wanted, equipment.data.path)
    camera = bootstrap.camera_maker(wanted.source, equipment.clock, wish)
    parts = bootstrap.furnish(app, equipment, camera, equipment.data.path / paths.PRINTS)
    try:
        return _stay(app, parts, equipment, full_screen=full_screen)
    finally:
        equipment.data.release()


def _stay(app: QApplication, parts: Parts, equipment: Equipment, *, full_screen: bool) -> int:
    problems: list[Exception] = []

    def opened() -> None:
        parts.controller.newest.refresh()
        if parts.capture is not None:
            parts.capture.start()
        for line in parts.lines:
            line.start()

    def not_opened(problem: Exception) -> None:
        problems.append(problem)
        app.exit(REFUSED)

    parts.office.opened.connect(opened)
    parts.office.closed_by.connect(not_opened)
    parts.window.closed.connect(app.quit)
    _close_when_told(app, parts)
    parts.office.start()
    parts.printing.start()
    if full_screen:
        parts.window.showFullScreen()
    else:
        parts.window.resize(parts.window.screen().availableSize())
        parts.window.showMaximized()
    code = app.exec()
    if not parts.stop() and not problems:
        equipment.data.release()
        diagnostics.end_at_once(code)
    if problems:
        parts.window.hide()
        return _trouble(app, problems[0], equipment)
    return code


def _close_when_told(app: QApplication, parts: Parts) -> None:
    """SIGINT and SIGTERM close the desk in order; a timer lets Python look for them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: parts.window.close_for_good())
    beat = QTimer(app)
    beat.timeout.connect(lambda: None)
    beat.start(200)


def _trouble(app: QApplication, problem: Exception, equipment: Equipment) -> int:
    """Say what is wrong: on standard error, and in a window where somebody sees it."""
    words = equipment.words
    first = told(problem, equipment.data.path, words)
    diagnostics.say(first)
    if app.platformName() not in ("offscreen", "minimal"):
        second = told(problem, equipment.data.path, words.in_other())
        window: QWidget = TroubleWindow((first, second), words, app.quit)
        for number in (signal.SIGINT, signal.SIGTERM):  # the window's seconds let Python look
            signal.signal(number, lambda *_: app.quit())
        window.show()
        app.exec()
    return EXIT_CODE if isinstance(problem, SettingsError) else REFUSED
