"""The large button of the guest's form: what taking it will do, and what was not agreed to."""

from datetime import date

from kiosk.domain.admission import Decision, Verdict, decide
from kiosk.domain.person import PersonKind
from kiosk.domain.screening import Checklist, RuleCard, read_temperature
from kiosk.services.form_faults import Field, FormFault, faults
from kiosk.services.guest_form import GuestForm, outcome
from kiosk.ui.button import ActionButton
from kiosk.ui.desk_words import TONES
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words

_GO = {
    Verdict.ADMIT: "form.go_admit",
    Verdict.REFER: "form.go_refer",
    Verdict.REFUSE: "form.go",
}


class GuestGo(ActionButton):
    """Never looks as if all was in order where the guest said no to something."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, "Ctrl Enter")
        self._words = words

    def judge(self, form: GuestForm, today: date, rules: RuleCard) -> None:
        """Say what the rules will make of the form as it is filled in."""
        fault = faults(form, today, rules).get(Field.CONSENT)
        if fault is not None and fault.code is FormFault.NOT_AGREED:
            self.say(self._words("form.go_nowhere"), self._words("form.go_nowhere_words"))
            self.paint_as(Tone.REFER, full=False)
            return
        detail = self._words("form.go_unremembered") if form.agreed.remembered is False else ""
        read = read_temperature(form.reading) if form.reading else None
        readings = (read,) if isinstance(read, int) else ()
        checklist = Checklist(readings, form.mask, form.hands, outcome(form))
        decision = decide(PersonKind.VISITOR, checklist, form.destination, rules)
        if isinstance(decision, Decision):
            title, tone = _GO[decision.verdict], TONES[decision.verdict]
        else:
            title, tone = "form.go", Tone.BRAND
        self.say(self._words(title), detail)
        self.paint_as(tone, full=True)
