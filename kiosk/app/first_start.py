"""Puts the office's own copies of settings and rules where the IT helper will look for them.

Until somebody writes the office's names into them, paper bears those of the sample: that is said.
"""

import logging
from pathlib import Path

from kiosk.app import diagnostics, rules, settings
from kiosk.domain.screening import RuleCard
from kiosk.ui.wording import Words

_log = logging.getLogger(__name__)

_FORMER_NAMES = (settings.Place("UBND TỈNH KIÊN GIANG", "SỞ XÂY DỰNG", "Kiên Giang"),)
_FORMER_ORDER = "568/UBND-KGVX"
"""What copies hold that were made when the sample still said so."""


def write_copies(data: Path, resources: Path) -> tuple[Path, ...]:
    """The files that were made now; one that is there stays as it is.

    A folder that cannot be written to is no fault here: the defaults serve, the log will tell.
    """
    made = []
    for name, default in ((settings.FILE, settings.DEFAULT), (rules.FILE, rules.DEFAULT)):
        try:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (data / name).open("xb") as copy:
                copy.write((resources / default).read_bytes())
        except FileExistsError:
            continue
        except OSError as error:
            _log.warning("no copy of %s: %s", default, error.strerror)
            continue
        made.append(data / name)
    return tuple(made)


def tell_of_sample_names(data: Path, resources: Path, words: Words) -> None:
    """A sentence where the names on paper are the sample's. Raises SettingsError."""
    place = settings.load_settings(data, resources).place
    if place in (settings.load_settings(resources, resources).place, *_FORMER_NAMES):
        file = data / settings.FILE
        diagnostics.say(words("command.sample_names", office=place.office, file=file))


def holds_former_order(card: RuleCard) -> bool:
    """Whether an order of 2021 that is suspended keeps guests from being asked to agree.

    It stood in the sample; nobody wrote it down who has one in force.
    """
    return _FORMER_ORDER in card.legal_basis
