"""What a window is made with: names, lists, language, light."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from kiosk.domain.office import Office
from kiosk.domain.screening import RuleCard
from kiosk.ports.document import Paper
from kiosk.services.consent_text import ConsentText
from kiosk.services.offers import Offer
from kiosk.services.poster import Sign
from kiosk.ui.wording import Language, Words


@dataclass(frozen=True, slots=True)
class Offers:
    """The office's own lists, offered while typing."""

    units: Sequence[str] = ()
    hosts: Sequence[str] = ()
    purposes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FormFurnishing:
    """What the guest's form offers and says.

    Attributes:
        provinces, countries: to choose from.
        consent: what is kept of a visitor, in each language.
        keep_days: how long.
        suggests: whether people who agreed to that are found by name.
    """

    provinces: Sequence[Offer]
    countries: Sequence[Offer]
    consent: Mapping[Language, ConsentText]
    keep_days: int
    suggests: bool

    @property
    def home(self) -> str:
        """The nationality that stands there at first."""
        return self.countries[0].value if self.countries else ""

    def shown(self, language: Language, rules: RuleCard, office: str) -> tuple[ConsentText, str]:
        """The text of a language, and how it reads here."""
        text = self.consent[language]
        return text, text.shown(rules, office, self.keep_days)


@dataclass(frozen=True, slots=True)
class Furnishing:
    """Chosen once, at the start.

    Attributes:
        office: names on screen and paper.
        desk: this desk's name.
        offers: the office's lists.
        words: the language to begin with.
        zone: of the desk.
        mirrored: whether the picture is a looking-glass.
        dark: for a dark room.
        prints_slip: whether a slip is printed as soon as a form is taken.
        slip_paper: what slips are printed on.
        rolls: receipt printers that the settings name, and the paper in each.
        poster_text: what the code on the poster of the place says; "" where there is none.
        poster_signs: the signs below it.
        form: what the guest's form offers and says.
    """

    office: Office
    desk: str
    offers: Offers
    words: Words
    zone: tzinfo
    mirrored: bool
    dark: bool
    prints_slip: bool
    slip_paper: Paper
    rolls: Mapping[str, Paper]
    poster_text: str
    poster_signs: Sequence[Sign]
    form: FormFurnishing

    def offered(self, name: str) -> Sequence[Offer]:
        """What is offered in this line of the guest's form."""
        lists = {
            "unit": self.offers.units,
            "host": self.offers.hosts,
            "purpose": self.offers.purposes,
        }
        places = {"province": self.form.provinces, "nationality": self.form.countries}
        return places.get(name) or [Offer(value) for value in lists.get(name, ())]
