"""What visitors are asked to agree to, or told where an order of the law is followed."""

from dataclasses import dataclass

from kiosk.domain.screening import RuleCard


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The text of one language.

    Attributes:
        version: what an answer names; another text, or another number of days, has another one.
        language: "vi" or "en".
        visit: what is kept, what for, how long, which rights: to be agreed to.
        order: the same, where an order of the law is followed.
        visit_question, group_question: what a guest is asked, alone or for those who come along.
        guardian_question, child_question, remembered_question: what else is asked.
    """

    version: str
    language: str
    visit: str
    order: str
    visit_question: str
    group_question: str
    guardian_question: str
    child_question: str
    remembered_question: str

    def shown(self, rules: RuleCard, office: str, days: int) -> str:
        """What the visitor reads, with the names filled in."""
        text = self.visit if rules.asks_consent else self.order
        return text.format(office=office, days=days, basis=rules.legal_basis)
