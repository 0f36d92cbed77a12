"""The commands: each imports what it needs, and none waits for another's libraries."""

import argparse
import os
from pathlib import Path

from kiosk.app import diagnostics, paths
from kiosk.ui.wording import Language, Words

WRONG_USE = 2


def run(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Open the desk."""
    from kiosk.app import run  # noqa: PLC0415
    from kiosk.app.equipment import equip  # noqa: PLC0415

    data = _data(given)
    diagnostics.start(data, words)
    language = Language(given.lang) if given.lang else None
    equipment = equip(data, resources, language)
    return run.run(equipment, given.camera, full_screen=given.fullscreen, new_key=given.new_key)


def demo(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Play the demonstration."""
    from kiosk.app import demo  # noqa: PLC0415

    language = Language(given.lang) if given.lang else None
    return demo.demo(given.data, given.pictures, resources, words, language)


def decode(given: argparse.Namespace, _resources: Path, words: Words) -> int:
    """Read the codes in pictures."""
    from kiosk.app import decode  # noqa: PLC0415

    try:
        trusted = decode.trust(given.issuers, given.at, given.data, words)
    except decode.WrongUseError as error:
        diagnostics.say(str(error))
        return WRONG_USE
    return decode.decode(given.images, words, trusted, as_json=given.json)


def verify(given: argparse.Namespace, _resources: Path, words: Words) -> int:
    """Check the whole log."""
    from kiosk.app import verify  # noqa: PLC0415

    return verify.verify(_data(given), words, as_json=given.json, signed=given.fingerprint)


def register(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """The register of a day."""
    from kiosk.app import reports  # noqa: PLC0415

    data = _data(given)
    return reports.register(given, data, resources, words)


def inside(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Who is in the building."""
    from kiosk.app import reports  # noqa: PLC0415

    data = _data(given)
    return reports.inside(given, data, resources, words)


def closing(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """The closing sheet of a day."""
    from kiosk.app import reports  # noqa: PLC0415

    return reports.closing(given, _data(given), resources, words)


def poster(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """The poster of the place."""
    from kiosk.app import poster  # noqa: PLC0415

    return poster.poster(given, _data(given), resources, words)


def test_page(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """The test page of a printer."""
    from kiosk.app import print_record  # noqa: PLC0415

    return print_record.test_page(given, resources, words)


def doctor(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Look at every part."""
    from kiosk.app import doctor  # noqa: PLC0415

    data = _data(given)
    return doctor.doctor(data, resources, words, as_json=given.json)


def camera_check(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Look through the camera for a minute."""
    from kiosk.app import camera_check  # noqa: PLC0415

    if not 1 <= given.seconds <= camera_check.LONGEST:
        diagnostics.say(words("command.camera_check.seconds", longest=camera_check.LONGEST))
        return WRONG_USE
    return camera_check.camera_check(given, _data(given), resources, words)


def import_staff(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Keep a staff list and print its cards."""
    from kiosk.app import import_staff  # noqa: PLC0415

    return import_staff.import_staff(given, _data(given), resources, words)


def prints(given: argparse.Namespace, _resources: Path, words: Words) -> int:
    """What waits for paper."""
    from kiosk.app import prints  # noqa: PLC0415

    return prints.prints(_data(given), words, as_json=given.json)


def issue(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Mint codes of our own."""
    from kiosk.app import issue  # noqa: PLC0415

    return issue.issue(given, _data(given), resources, words)


def revoke(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Take codes of our own back."""
    from kiosk.app import issue  # noqa: PLC0415

    return issue.revoke(given, _data(given), resources, words)


def forget(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Erase whoever asks for it."""
    from kiosk.app import forget  # noqa: PLC0415

    return forget.forget(given, _data(given), resources, words)


def retention(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Erase what is over, or count it."""
    from kiosk.app import retention  # noqa: PLC0415

    return retention.retention(given, _data(given), resources, words)


def _data(given: argparse.Namespace) -> Path:
    return paths.data_folder(given.data, os.environ)
