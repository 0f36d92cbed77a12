"""What a desk is made of, read before anything is opened: settings, rules, texts."""

from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.data_folder import DataFolder
from kiosk.app.form_texts import load_form
from kiosk.app.rules import Rules, load_rules
from kiosk.app.settings import Settings, load_settings
from kiosk.domain.office import Office
from kiosk.ports.clock import Clock
from kiosk.ui.furnishing import FormFurnishing
from kiosk.ui.wording import Language, Words


@dataclass(frozen=True, slots=True)
class Equipment:
    """What was read before anything is opened.

    Attributes:
        data: the data folder.
        resources: the program's own files.
        settings, rules: as in force.
        form: what the guest's form offers and says.
        language: of the screen.
        clock: of the desk.
    """

    data: DataFolder
    resources: Path
    settings: Settings
    rules: Rules
    form: FormFurnishing
    language: Language
    clock: Clock

    @property
    def words(self) -> Words:
        """The sentences of the screen's language."""
        return Words(self.language, self.resources / "i18n")

    @property
    def office(self) -> Office:
        """Names as printed."""
        place, gate = self.settings.place, self.settings.gate
        return Office(place.parent, place.office, place.place, gate.name)

    def with_camera(self, source: str) -> "Equipment":
        """The same with another camera than the settings'."""
        camera = structs.replace(self.settings.camera, source=source)
        return replace(self, settings=structs.replace(self.settings, camera=camera))


def equip(data: Path, resources: Path, language: Language | None) -> Equipment:
    """Read settings and rules. Raises SettingsError."""
    settings = load_settings(data, resources)
    rules = load_rules(data, resources)
    return Equipment(
        DataFolder(data),
        resources,
        settings,
        rules,
        load_form(data, resources, settings),
        language or settings.screen.language,
        SystemClock(),
    )
