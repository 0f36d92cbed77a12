"""Where the program's own files lie, and where a desk keeps its data."""

import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import platformdirs

DATA_VARIABLE = "KIOSK_DATA"
"""Environment variable that names the data folder where the command line does not."""

_DATA_NAME = "entrance-kiosk"
_MARK = "settings.default.toml"

PRINTS = "prints"
"""The folder in the data folder for papers that are saved as files."""


class ResourcesMissingError(Exception):
    """The program was copied without its folder `resources`."""


class NoSuchHomeError(Exception):
    """A path begins with the home folder of somebody whom this computer does not know."""


def resources() -> Path:
    """The folder of fonts, sentences, icons and defaults. Raises ResourcesMissingError."""
    for folder in _resource_folders():
        if (folder / _MARK).is_file():
            return folder
    tried = ", ".join(map(str, _resource_folders()))
    raise ResourcesMissingError(tried)


def data_folder(asked: Path | None, environment: Mapping[str, str]) -> Path:
    """Where this desk keeps log, settings and key; it is not made here. Raises NoSuchHomeError.

    Args:
        asked: what the command line says, or None.
        environment: variables of the process.
    """
    if asked is not None:
        return _whole(asked)
    if named := environment.get(DATA_VARIABLE, "").strip():
        return _whole(Path(named))
    return platformdirs.user_data_path(_DATA_NAME, appauthor=False)


def _whole(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        raise NoSuchHomeError(str(path)) from None


def _resource_folders() -> tuple[Path, ...]:
    """Frozen program, checkout, installed wheel: in the order of looking."""
    frozen = getattr(sys, "_MEIPASS", None)
    beside = (Path(frozen) / "resources",) if frozen else ()
    checkout = Path(__file__).parents[2] / "resources"
    installed = Path(sysconfig.get_path("data")) / "share" / "kiosk" / "resources"
    return (*beside, checkout, installed)
