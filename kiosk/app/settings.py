"""The office's own settings: frozen, complete, and wrong in no key when the program starts."""

from enum import StrEnum, unique
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from kiosk.adapters.escpos_wire import ADDRESS
from kiosk.app import toml_file
from kiosk.app.toml_file import SettingsError, Table
from kiosk.domain.retention import Periods
from kiosk.ports.document import Paper
from kiosk.services.poster import LONGEST, Signs
from kiosk.ui.wording import Language

FILE = "settings.toml"
DEFAULT = "settings.default.toml"

_NO_CONTROLS = r"^[^\x00-\x1f\x7f\u2028\u2029]{%s}\Z"
Line = Annotated[str, Meta(pattern=_NO_CONTROLS % "1,120", extra={"expected": "line"})]
OptionalLine = Annotated[str, Meta(pattern=_NO_CONTROLS % "0,250", extra={"expected": "text"})]
ShortCode = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,15}\Z", extra={"expected": "short_code"})
]
Receipt = Annotated[
    str, Meta(pattern=rf"^(?:{ADDRESS})?\Z", extra={"expected": "receipt_printer"})
]

Days = Annotated[int, Meta(ge=1, le=3650)]
PosterText = Annotated[
    str, Meta(pattern=_NO_CONTROLS % f"0,{LONGEST}", extra={"expected": "text"})
]


@unique
class Theme(StrEnum):
    """How bright the room is."""

    LIGHT = "light"
    DARK = "dark"


@unique
class CameraSize(StrEnum):
    """Pixels of the webcam's picture."""

    AUTO = "auto"
    HD = "1280x720"
    FULL_HD = "1920x1080"


@unique
class SlipPaper(StrEnum):
    """What the slips' printer holds."""

    A6 = "a6"
    A5 = "a5"
    LABEL = "label"
    RECEIPT_80 = "receipt80"
    RECEIPT_58 = "receipt58"


SLIP_PAPERS = {
    SlipPaper.A6: Paper.A6,
    SlipPaper.A5: Paper.A5,
    SlipPaper.LABEL: Paper.LABEL,
    SlipPaper.RECEIPT_80: Paper.ROLL_80,
    SlipPaper.RECEIPT_58: Paper.ROLL_58,
}

ROLLS = {576: Paper.ROLL_80, 384: Paper.ROLL_58}
"""The paper of a receipt printer by the dots of its head."""


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """The heading of everything that is printed."""

    parent: OptionalLine
    office: Line
    place: OptionalLine


class Gate(Struct, frozen=True, forbid_unknown_fields=True):
    """This control point; `id` stands in every entry."""

    id: ShortCode
    name: Line
    desk: OptionalLine
    officer: Line


class Lists(Struct, frozen=True, forbid_unknown_fields=True):
    """What is offered to choose from; anything else can be typed."""

    units: tuple[Line, ...]
    hosts: tuple[Line, ...]
    purposes: tuple[Line, ...]


class CameraSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where pictures come from, and what the webcam is asked for.

    An empty source is a desk without a camera.
    """

    source: OptionalLine
    mirror: bool
    size: CameraSize
    rate: Annotated[int, Meta(ge=5, le=120)]
    exposure_ms: Annotated[int, Meta(ge=0, le=1000)]
    focus: Annotated[int, Meta(ge=-1, le=10_000)]
    mains: Literal[50, 60, 0]


class SerialSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A device on a serial port; an empty port is none."""

    port: OptionalLine
    baud: Annotated[int, Meta(ge=300, le=4_000_000)]


class Screen(Struct, frozen=True, forbid_unknown_fields=True):
    """How the window speaks and for how long."""

    language: Language
    theme: Theme
    verdict_seconds: Annotated[int, Meta(ge=2, le=120)]
    departing_seconds: Annotated[int, Meta(ge=1, le=30)]


class PrinterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Which printer; an empty name is the system's default one."""

    name: OptionalLine
    slip: bool
    slip_paper: SlipPaper
    slip_once: bool
    receipt: Receipt
    receipt_dots: Literal[576, 384]


class FormSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The form of a guest without a phone."""

    suggestions: bool
    keep_days: Days


class RetentionSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many days is kept what `form.keep_days` does not tell of, or less long."""

    health_days: Days
    directory_days: Days
    proof_days: Days


class PosterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The poster of the place; without a text there is none."""

    text: PosterText
    signs: Signs


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything an office can set, section by section as in the file."""

    place: Place
    gate: Gate
    lists: Lists
    camera: CameraSettings
    scanner: SerialSettings
    thermometer: SerialSettings
    screen: Screen
    printer: PrinterSettings
    form: FormSettings
    retention: RetentionSettings
    poster: PosterSettings

    @property
    def periods(self) -> Periods:
        """How long data is kept."""
        kept = self.retention
        return Periods(self.form.keep_days, kept.health_days, kept.directory_days, kept.proof_days)


def load_settings(data: Path, resources: Path) -> Settings:
    """What the office's file says, and the default for every key it does not name.

    Raises SettingsError.
    """
    default, own = resources / DEFAULT, data / FILE
    tables = toml_file.parse(toml_file.read_text(default), default)
    if not own.exists():
        return toml_file.fill(tables, Settings, default)
    said = toml_file.parse(toml_file.read_text(own), own)
    filled = toml_file.fill(_over(tables, said), Settings, own)
    return _promised(filled, said, own)


def office_language(data: Path, resources: Path) -> Language | None:
    """The language of the office's file, whatever else is wrong in it; None where it says none."""
    default, own = resources / DEFAULT, data / FILE
    try:
        if not own.exists():
            return None
        said = toml_file.parse(toml_file.read_text(own), own)
        tables = _over(toml_file.parse(toml_file.read_text(default), default), said)
    except (SettingsError, OSError):
        return None
    screen = tables.get("screen")
    language = screen.get("language") if isinstance(screen, dict) else None
    return Language(language) if language in set(Language) else None


def _promised(filled: Settings, said: Table, path: Path) -> Settings:
    """Health data is kept no longer than visitors are told; shorter where nobody says how long.

    Raises SettingsError.
    """
    promise, kept = filled.form.keep_days, filled.retention
    if kept.health_days > promise:
        section = said.get("retention")
        if isinstance(section, dict) and "health_days" in section:
            values = {"key": "retention.health_days", "keep_days": str(promise)}
            raise SettingsError(path, "settings.wrong_value", values, "settings.expected.promised")
        kept = structs.replace(kept, health_days=promise)
    return structs.replace(filled, retention=kept)


def _over(default: Table, said: Table) -> Table:
    """`default`, with what was said in place of it; tables are merged key by key."""
    merged = dict(default)
    for key, value in said.items():
        kept = merged.get(key)
        merged[key] = (
            _over(kept, value) if isinstance(kept, dict) and isinstance(value, dict) else value
        )
    return merged
