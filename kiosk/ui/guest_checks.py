"""The last row of the guest's form: temperature, mask and hands, with the keys of the desk."""

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kiosk.domain.screening import RuleCard
from kiosk.services.form_faults import Fault, Field
from kiosk.services.guest_form import GuestForm
from kiosk.ui.button import ActionButton
from kiosk.ui.fault_caption import FaultCaption
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words

_LONGEST = 5
_DIGITS = frozenset("0123456789.,")


class GuestChecks(QWidget):
    """What the receptionist measures and sees. Nothing is ticked by the program.

    Attributes:
        caption: of the temperature; a fault is told in it.
        reading: the temperature as it is typed.
        worn, clean: mask and hands, as they were seen.
    """

    def __init__(self, theme: Theme, words: Words, rules: RuleCard, keys: QObject) -> None:
        super().__init__()
        self._words = words
        self._rules = rules
        self.reading = QLineEdit()
        self.reading.setMaxLength(_LONGEST)
        self.reading.setFixedSize(theme.px(110), theme.px(48))
        self.reading.setAccessibleName(words("desk.temperature_label"))
        self.reading.installEventFilter(keys)
        self.worn, self.clean = ActionButton(theme, "K"), ActionButton(theme, "S")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self.caption = FaultCaption(words("desk.temperature_label"), "label")
        self.caption.setFixedWidth(theme.px(110))
        self.caption.setBuddy(self.reading)
        row.addWidget(self.caption)
        row.addWidget(self.reading)
        seen = ((self.worn, "mask", rules.asks_mask), (self.clean, "hands", rules.asks_hands))
        for button, name, asked in seen:
            button.say(words(f"desk.{name}"))
            button.tick(ticked=False)
            button.setFixedHeight(theme.px(48))
            button.clicked.connect(lambda _=False, button=button: button.tick(not button.ticked))
            row.addWidget(button, 1)
            button.setVisible(asked)  # within the row: on its own it would be a window
        self.caption.setVisible(rules.health_step)
        self.reading.setVisible(rules.health_step)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key of the desk ticked something here, as in the checklist."""
        ticks = {"k": self.worn, "s": self.clean}
        button = ticks.get(event.text().casefold())
        if button is None or button.isHidden() or event.isAutoRepeat():
            return False
        button.click()
        return True

    def refuses(self, event: QKeyEvent) -> bool:
        """Whether this key writes something that no temperature has."""
        text = event.text()
        return bool(text) and text.isprintable() and text not in _DIGITS

    def into(self, form: GuestForm) -> GuestForm:
        """`form` with what was measured and seen."""
        return replace(
            form,
            reading=self.reading.text() if self._rules.health_step else "",
            mask=bool(self.worn.ticked) and self._rules.asks_mask,
            hands=bool(self.clean.ticked) and self._rules.asks_hands,
        )

    def put(self, form: GuestForm) -> None:
        """Enter it again."""
        self.reading.setText(form.reading)
        self.worn.tick(form.mask)
        self.clean.tick(form.hands)

    def tell(self, found: dict[Field, Fault]) -> None:
        """Say what is wrong with the temperature."""
        fault = found.get(Field.TEMPERATURE)
        self.caption.tell(self._words(f"form.fault.{fault.code}") if fault else "")
