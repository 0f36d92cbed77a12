"""The person just read and the checklist: one question at a time, one large button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.desk import Remeasure, Screening, Tick, Ticked
from kiosk.domain.desk_checklist import lets_in_after_all
from kiosk.domain.person import PersonKind
from kiosk.domain.recognition import Recognised
from kiosk.domain.screening import Declared, TemperatureFault
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import Card, Text
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_words import Speech, chips, person_fields, shown_name
from kiosk.ui.flow import FittedText, FlowLayout
from kiosk.ui.large_button import large_button
from kiosk.ui.likely_words import likely_words
from kiosk.ui.screening_boxes import ChoiceBox, TemperatureBox
from kiosk.ui.sent_away_words import sent_away_words
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import degrees

_PLACES = (("unit", "D"), ("host", "G"), ("purpose", "V"))
_KEYPAD = "12345⌫67890,"
_KEYPAD_COLUMNS = 6
_SHORTEST_READING = 3


class ScreeningPanel(Card):
    """Everything that is asked of an arrival.

    Signals:
        place_asked: "unit", "host" or "purpose" is to be chosen.
        refuse_asked: the receptionist wants to turn the person away.
        aside_asked: the person is to be put aside.
        same_asked: this is who was offered.
        confirm_asked: the large button was pressed.
    """

    place_asked = Signal(str)
    refuse_asked = Signal()
    aside_asked = Signal()
    same_asked = Signal()
    confirm_asked = Signal()

    def __init__(self, theme: Theme, controller: DeskController) -> None:
        super().__init__()
        self.theme = theme
        self._controller = controller
        self._name = FittedText("name", 2)
        self._about: tuple[Recognised, Speech] | None = None
        self._chips = FlowLayout(theme.px(8))
        self._fields = QHBoxLayout()
        self._sent_away = FittedText("bar", 2)
        self._same = ActionButton(theme, "N")
        self._places = {name: ChoiceBox(theme, key) for name, key in _PLACES}
        self._temperature = TemperatureBox(theme)
        self._mask = ActionButton(theme, "K")
        self._hands = ActionButton(theme, "S")
        self._declared = ActionButton(theme, "H")
        self._signs = ActionButton(theme, "C")
        self._signs.takes_enter = False
        self._staff = ActionButton(theme, "B")
        self._staff.takes_enter = False
        self._confirm = ActionButton(theme, "Enter")
        self._refuse = ActionButton(theme, "X")
        self._cancel = ActionButton(theme, "Esc")
        self._keypad = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(16), px(24), px(16))
        column.setSpacing(px(8))
        column.addWidget(self._name)
        self._fields.setSpacing(px(24))
        column.addLayout(self._chips)
        column.addLayout(self._fields)
        column.addWidget(self._sent_away)
        self._same.icon_name = "circle-help"
        self._same.paint_as(Tone.REFER, full=False)
        column.addWidget(self._same)
        places = QHBoxLayout()
        places.setSpacing(px(12))
        for box in self._places.values():
            places.addWidget(box)
        column.addLayout(places)
        ticks = QVBoxLayout()
        ticks.setSpacing(px(8))
        for button in (self._mask, self._hands, self._declared):
            ticks.addWidget(button)
        checks = QHBoxLayout()
        checks.setSpacing(px(12))
        checks.addWidget(self._temperature)
        checks.addLayout(ticks)
        column.addLayout(checks)
        self._confirm.title_size = 28
        self._confirm.side_by_side = True
        self._confirm.setFixedHeight(px(64))
        column.addWidget(self._confirm)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        for button in (self._refuse, self._signs, self._staff, self._cancel):
            foot.addWidget(button)
        column.addLayout(foot)
        column.addWidget(self._keypad)
        column.addStretch(1)
        self._lay_out_keypad()

    def _lay_out_keypad(self) -> None:
        """Digits for fingers, in two rows."""
        grid = QGridLayout(self._keypad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.theme.px(6))
        for place, sign in enumerate(_KEYPAD):
            button = ActionButton(self.theme)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.title_size = 18
            button.centred = True
            button.say(sign)
            button.clicked.connect(lambda _=False, sign=sign: self._keypad_pressed(sign))
            grid.addWidget(button, *divmod(place, _KEYPAD_COLUMNS))

    def _keypad_pressed(self, sign: str) -> None:
        if sign == "⌫":
            self._controller.erase_temperature()
        else:
            self._controller.type_temperature(sign)

    def _connect(self) -> None:
        for name, box in self._places.items():
            box.pressed.connect(lambda name=name: self.place_asked.emit(name))
        self._mask.clicked.connect(lambda: self._controller.send(Ticked(Tick.MASK)))
        self._hands.clicked.connect(lambda: self._controller.send(Ticked(Tick.HANDS)))
        self._declared.clicked.connect(lambda: self._controller.answer(Declared.CLEAR))
        self._same.clicked.connect(self.same_asked.emit)
        self._signs.clicked.connect(lambda: self._controller.answer(Declared.SIGNS))
        self._staff.clicked.connect(self._controller.swap_kind)
        self._confirm.clicked.connect(self.confirm_asked.emit)
        self._refuse.clicked.connect(self.refuse_asked.emit)
        self._cancel.clicked.connect(self.aside_asked.emit)

    # --- showing

    def render_state(self, state: Screening | Remeasure, speech: Speech) -> None:
        """Show the arrival as it stands."""
        words, rules = speech.words, self._controller.rules
        self._show_name(shown_name(state.who, words, masked=False))
        self._show_person(state.who, speech)
        for name, box in self._places.items():
            value = getattr(state.destination, name)
            box.show_value(words(f"desk.{name}"), value, words("desk.choose"))
        self._show_temperature(state, speech)
        checklist = state.checklist
        self._mask.say(words("desk.mask"))
        self._mask.tick(checklist.mask)
        self._mask.setVisible(rules.asks_mask)
        self._hands.say(words("desk.hands"))
        self._hands.tick(checklist.hands)
        self._hands.setVisible(rules.asks_hands)
        self._declared.say(words("desk.declared"))
        self._declared.tick(checklist.declared is Declared.CLEAR)
        self._declared.setVisible(rules.asks_declaration)
        self._signs.say(words("desk.signs"))
        signs = checklist.declared is Declared.SIGNS
        self._signs.paint_as(Tone.REFER if signs else Tone.PLAIN, full=False)
        self._signs.setVisible(rules.asks_declaration)
        self._staff.say(words("desk.staff"))
        staff = state.who.kind is PersonKind.STAFF
        self._staff.paint_as(Tone.BRAND if staff else Tone.PLAIN, full=False)
        self._temperature.setVisible(rules.health_step)
        self._keypad.setVisible(rules.health_step)
        self._show_buttons(speech)

    def _show_name(self, name: str) -> None:
        """Large; a name that is too long for one line is written smaller."""
        self._name.say(name)
        width = QFontMetrics(self.theme.font(32, QFont.Weight.Bold)).horizontalAdvance(name)
        role = "name" if width <= self.contentsRect().width() - self.theme.px(48) else "title"
        if self._name.property("role") != role:
            self._name.setProperty("role", role)
            self._name.style().unpolish(self._name)
            self._name.style().polish(self._name)

    def _show_person(self, who: Recognised, speech: Speech) -> None:
        if self._about == (who, speech):
            return
        self._about = (who, speech)
        question = who.likely and likely_words(who.likely, speech.words, speech.zone)
        if question is None and self._same.hasFocus():
            self.window().setFocus()  # the next button must not get the next Space
        self._same.setVisible(question is not None)
        self._same.say(*(question or ("",)))
        away = who.sent_away and sent_away_words(who.sent_away, speech.words, speech.zone)
        self._sent_away.setVisible(away is not None)
        self._sent_away.say(" · ".join(away or ()))
        self._chips.clear()
        for tone, said in chips(who, speech.words):
            chip = FittedText("chip", 1)
            chip.setProperty("tone", tone.value)
            chip.say(said)
            self._chips.addWidget(chip)
        _clear(self._fields)
        # they make room for what somebody has to look at now
        shown = who.person if question is None and away is None else None
        fields = person_fields(shown, speech.words) if shown else ()
        for label, value in fields:
            column = QVBoxLayout()
            column.setSpacing(0)
            caption, text = Text("caption"), FittedText("", 2)
            caption.say(label)
            text.say(value)
            column.addWidget(caption)
            column.addWidget(text)
            column.addStretch(1)
            # the last one is the address: it may take what room there is
            self._fields.addLayout(column, int(label == fields[-1][0]))

    def _show_temperature(self, state: Screening | Remeasure, speech: Speech) -> None:
        words, readings = speech.words, state.checklist.readings
        typed = self._controller.typed
        reading = self._controller.reading()
        second = isinstance(state, Remeasure) or len(readings) > 1
        caption = words("desk.temperature_second" if second else "desk.temperature_label")
        before = readings[0] if second and readings else None
        note = ""
        tone = Tone.BRAND
        figure = typed
        if isinstance(reading, int):
            figure = degrees(reading, words.language) if len(typed) >= _SHORTEST_READING else typed
            tone = self._tone_of(reading)
        elif not typed and readings and isinstance(state, Screening):
            figure = degrees(readings[-1], words.language)
            tone = self._tone_of(readings[-1])
        if before is not None:
            note = words("desk.temperature_before", reading=degrees(before, words.language))
        if isinstance(reading, TemperatureFault) and len(typed) >= _SHORTEST_READING:
            tone = Tone.REFUSE
        self._temperature.show_reading(caption, figure, note, tone)

    def _tone_of(self, tenths: int) -> Tone:
        return Tone.REFER if tenths >= self._controller.rules.fever_from else Tone.BRAND

    def _show_buttons(self, speech: Speech) -> None:
        controller, words = self._controller, speech.words
        rests = isinstance(controller.preview(), Remeasure)
        button = large_button(
            *(controller.reading(), rests, controller.judged(), controller.rules, words),
            controller.rest.minutes_left,
            after_all=lets_in_after_all(controller.state, controller.judged()) is not None,
        )
        self._confirm.say(button.title, button.detail)
        self._confirm.paint_as(button.tone, full=button.active)
        self._refuse.say(words("desk.refuse"))
        self._refuse.paint_as(Tone.REFUSE, full=False)
        self._cancel.say(words("desk.clear"))


def _clear(layout: QHBoxLayout) -> None:
    """Empty a row that is written anew."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QVBoxLayout):
            while (part := inner.takeAt(0)) is not None:
                if widget := part.widget():
                    widget.hide()
                    widget.deleteLater()
