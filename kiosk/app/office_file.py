"""Opens the desk's file, with the use cases over it."""

import secrets

from kiosk.adapters.certificates.issuers import FOLDER, load
from kiosk.adapters.certificates.judge import CertificateJudge
from kiosk.adapters.sqlite.store import Store, open_store
from kiosk.adapters.told_prints import FolderOfTold
from kiosk.app.equipment import Equipment
from kiosk.app.rules import same_version
from kiosk.services.back_office import BackOffice
from kiosk.services.credential_reader import CredentialReader
from kiosk.services.declaration import Declarations
from kiosk.services.issuing import Issuing
from kiosk.services.late_entry import LateEntries
from kiosk.services.reception import Reception
from kiosk.services.recogniser import Desk, Recogniser
from kiosk.services.retention import Retention
from kiosk.services.rights import Rights
from kiosk.services.staff_office import StaffOffice


def open_office(equipment: Equipment) -> BackOffice:
    """Open the file of a claimed folder, in the thread that will use it.

    Raises LogbookError, SettingsError (a rule card changed under its old version).
    """
    clock, rules = equipment.clock, equipment.rules
    store = open_store(equipment.data, clock, equipment.settings.gate.id)
    try:
        store.logbook.keep_rules(rules.card, rules.text, clock.now())
    except ValueError:
        store.close()
        raise same_version(rules) from None
    return back_office(store, equipment)


def back_office(store: Store, equipment: Equipment) -> BackOffice:
    """The use cases over an open file."""
    clock = equipment.clock
    desk = Desk(equipment.settings.gate.officer, equipment.rules.card, equipment.data.key())
    judge = CertificateJudge(load(equipment.data.path / FOLDER))
    reader = CredentialReader(judge, clock)
    key = equipment.data.key()
    issuing = Issuing(store.directory, store.staff, clock, secrets.token_bytes, key)
    units = equipment.settings.lists.units
    recogniser = Recogniser(store.logbook, store.directory, clock, desk, reader)
    late = LateEntries(store.logbook, store.directory, clock, secrets.token_bytes, desk)
    return BackOffice(
        logbook=store.logbook,
        print_jobs=store.print_jobs,
        told=FolderOfTold(equipment.data.path),
        recogniser=recogniser,
        reception=Reception(store.logbook, store.directory, clock, secrets.token_bytes, desk),
        consents=store.consents,
        declarations=Declarations(
            recogniser, store.directory, store.consents, clock, secrets.token_bytes, desk
        ),
        late=late,
        rights=Rights(
            store.logbook, store.directory, store.consents, clock, secrets.token_bytes, desk
        ),
        issuing=issuing,
        staff=StaffOffice(store.directory, store.staff, issuing, units, clock),
        retention=Retention(store.logbook, store.eraser, late, clock, equipment.settings.periods),
        clock=clock,
        close=store.close,
    )
