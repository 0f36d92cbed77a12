"""The import contracts are kept, and each of them bites when it is broken on purpose."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

LAYERS = "Imports run one way; adapters and ui do not know each other"
PURE = "The core is pure"
UI_IO = "The screen reaches devices and storage only through ports"
ACYCLIC = "No cycles"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def whole_copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "kiosk", folder / "kiosk", ignore=ignored)
    return folder


def test_every_contract_is_kept():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("contract", "modules"),
    [
        (LAYERS, {"domain/extra.py": "import kiosk.ports.clock"}),
        (LAYERS, {"ports/extra.py": "import kiosk.services.reception"}),
        (LAYERS, {"services/extra.py": "import kiosk.adapters.clock_system"}),
        (LAYERS, {"ui/extra.py": "import kiosk.adapters.clock_system"}),
        (LAYERS, {"adapters/extra.py": "import kiosk.ui.wording"}),
        (LAYERS, {"ui/extra.py": "import kiosk.app.settings"}),
        (LAYERS, {"utils/__init__.py": ""}),
        (PURE, {"domain/extra.py": "import time"}),
        (PURE, {"ports/extra.py": "import numpy"}),
        (PURE, {"services/extra.py": "import sqlite3"}),
        (PURE, {"services/extra.py": "from PySide6.QtCore import QObject"}),
        (UI_IO, {"ui/extra.py": "import cv2"}),
        (UI_IO, {"ui/extra.py": "import sqlite_utils"}),
        (
            ACYCLIC,
            {
                "domain/extra.py": "import kiosk.domain.extra2",
                "domain/extra2.py": "import kiosk.domain.extra",
            },
        ),
    ],
)
def test_a_contract_that_is_broken_on_purpose_bites(whole_copy, contract, modules):
    files = [whole_copy / "kiosk" / name for name in modules]
    for file, text in zip(files, modules.values(), strict=True):
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{text}\n", "utf-8")
    try:
        done = lint(whole_copy)
    finally:
        for file in files:
            file.unlink()
        shutil.rmtree(whole_copy / "kiosk" / "utils", ignore_errors=True)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
