"""The words that are Qt's: its file dialog, the menu of a line; Qt brings no Vietnamese."""

from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QWidget

from kiosk.ui.wording import Words


def speak(window: QWidget, words: Words) -> None:
    """Have them, and the window's title, in the language of `words` from now on.

    They are compiled from `qt.ts` beside the sentences: Qt asks for some of them on threads of
    its own, where Python must not be called.
    """
    window.setWindowTitle(words("desk.window_title"))
    application = QCoreApplication.instance()
    spoken = application.findChild(QTranslator) if application else None
    if application is None or (spoken and spoken.objectName() == words.language):
        return
    translator = QTranslator(application)
    translator.setObjectName(words.language)
    if translator.load(str(words.folder / "qt.qm")):  # there is none of English: Qt speaks it
        QCoreApplication.installTranslator(translator)
    if spoken is not None:
        QCoreApplication.removeTranslator(spoken)
        spoken.setParent(None)
