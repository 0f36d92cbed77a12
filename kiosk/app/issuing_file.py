"""Opens the desk's file for commands: those that write into it, and those that only look."""

import secrets
from collections.abc import Callable

from kiosk.adapters.sqlite.store import Store, open_store, open_store_read_only
from kiosk.adapters.told_prints import FolderOfTold
from kiosk.app import diagnostics
from kiosk.app.equipment import Equipment
from kiosk.app.folder_trouble import told
from kiosk.ports.logbook import LogbookError
from kiosk.services.back_office import take_in
from kiosk.services.issuing import Issuing
from kiosk.ui.wording import Words

REFUSED = 1


def with_store(equipment: Equipment, words: Words, work: Callable[[Store], int]) -> int:
    """Do `work` on the file, which no desk may have open; the exit code."""
    folder = equipment.data
    try:
        folder.claim()
        try:
            store = open_store(folder, equipment.clock, equipment.settings.gate.id)
            try:
                return work(store)
            finally:
                take_in(FolderOfTold(folder.path), store.print_jobs, equipment.clock.now())
                store.close()
        finally:
            folder.release()
    except LogbookError as error:
        diagnostics.say(told(error, folder.path, words))
        return REFUSED


def with_store_to_look(equipment: Equipment, words: Words, work: Callable[[Store], int]) -> int:
    """Do `work`, which writes nothing, while a desk may have the file open; the exit code."""
    folder = equipment.data
    try:
        store = open_store_read_only(folder, equipment.clock, equipment.settings.gate.id)
        try:
            return work(store)
        finally:
            store.close()
    except LogbookError as error:
        diagnostics.say(told(error, folder.path, words))
        return REFUSED


def with_issuing(equipment: Equipment, words: Words, work: Callable[[Store, Issuing], int]) -> int:
    """Issue or take back codes in the file, which no desk may have open; the exit code."""

    def with_codes(store: Store) -> int:
        issuing = Issuing(
            *(store.directory, store.staff, equipment.clock, secrets.token_bytes),
            equipment.data.key(),
        )
        return work(store, issuing)

    return with_store(equipment, words, with_codes)
