"""Opens the desk's file for what is issued or taken back from the command line."""

import secrets
from collections.abc import Callable

from kiosk.adapters.sqlite.store import Store, open_store
from kiosk.adapters.told_prints import FolderOfTold
from kiosk.app import diagnostics
from kiosk.app.bootstrap import Equipment
from kiosk.app.run import told
from kiosk.ports.logbook import LogbookError
from kiosk.services.back_office import take_in
from kiosk.services.issuing import Issuing
from kiosk.ui.wording import Words

REFUSED = 1


def with_issuing(equipment: Equipment, words: Words, work: Callable[[Store, Issuing], int]) -> int:
    """Do `work` on the file, which no desk may have open; the exit code."""
    folder, clock = equipment.data, equipment.clock
    try:
        folder.claim()
        try:
            store = open_store(folder, clock, equipment.settings.gate.id)
            try:
                issuing = Issuing(
                    store.directory, store.staff, clock, secrets.token_bytes, folder.key()
                )
                return work(store, issuing)
            finally:
                take_in(FolderOfTold(folder.path), store.print_jobs, clock.now())
                store.close()
        finally:
            folder.release()
    except LogbookError as error:
        diagnostics.say(told(error, folder.path, words))
        return REFUSED
