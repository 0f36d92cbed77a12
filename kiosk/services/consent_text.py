"""What visitors are asked to agree to, or told where an order of the law is followed."""

from dataclasses import dataclass

from kiosk.domain.screening import RuleCard


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The text of one language.

    Attributes:
        version: another text, or another number of days, has another one.
        version_without_health: of the texts where nothing is asked about health.
        borrowed: whether these are the program's: the office's own file has none of its own.
        language: "vi" or "en".
        visit: what is kept, what for, how long, which rights: to be agreed to.
        order: the same, where an order of the law is followed.
        visit_without_health, order_without_health: where nothing is asked about health.
        visit_question, group_question: what a guest is asked, alone or for those who come along.
        guardian_question, child_question, remembered_question: what else is asked.
    """

    version: str
    version_without_health: str
    borrowed: bool
    language: str
    visit: str
    order: str
    visit_without_health: str
    order_without_health: str
    visit_question: str
    group_question: str
    guardian_question: str
    child_question: str
    remembered_question: str

    def shown(self, rules: RuleCard, office: str, days: int) -> str:
        """What the visitor reads, with the names filled in."""
        if rules.health_step:
            text = self.visit if rules.asks_consent else self.order
        else:
            text = self.visit_without_health if rules.asks_consent else self.order_without_health
        return text.format(office=office, days=days, basis=rules.legal_basis)

    def version_under(self, rules: RuleCard) -> str:
        """The version, and which of its texts is shown."""
        return self.version if rules.health_step else self.version_without_health

    def whole(self, rules: RuleCard, office: str, days: int) -> str:
        """All that may be read under one version, to be kept as proof: the text, the questions."""
        questions = (
            *(self.visit_question, self.group_question, self.guardian_question),
            *(self.child_question, self.remembered_question),
        )
        return "\n".join(dict.fromkeys((self.shown(rules, office, days), *questions)))
