"""What is wrong with the data folder, in a sentence."""

from pathlib import Path

from kiosk.app.toml_file import SettingsError
from kiosk.ports.logbook import LogbookError
from kiosk.ui.wording import Words


def told(problem: Exception, folder: Path, words: Words) -> str:
    """The sentence for what is wrong with the data folder or a file in it."""
    if isinstance(problem, SettingsError):
        return problem.told(words)
    if isinstance(problem, LogbookError):
        return words(f"trouble.{problem.trouble}", folder=folder)
    raise problem
