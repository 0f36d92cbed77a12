"""Where things lie, in a checkout, an installed wheel and a frozen program."""

import shutil
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

from kiosk.app import paths

ROOT = Path(__file__).parents[2]


def test_a_checkout_uses_its_own_resources():
    assert paths.resources() == ROOT / "resources"


def test_a_frozen_program_uses_the_folder_it_was_unpacked_to(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    shutil.copy(ROOT / "resources" / "settings.default.toml", tmp_path / "resources")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


def test_an_installed_wheel_finds_its_resources_in_the_share_folder(tmp_path, monkeypatch):
    share = tmp_path / "share" / "kiosk" / "resources"
    share.mkdir(parents=True)
    shutil.copy(ROOT / "resources" / "settings.default.toml", share)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "lib" / "kiosk" / "app" / "paths.py"))
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    assert paths.resources() == share


def test_a_copy_without_resources_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "lib" / "kiosk" / "app" / "paths.py"))
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    with pytest.raises(paths.ResourcesMissingError, match="share"):
        paths.resources()


def test_the_wheel_carries_every_folder_of_resources():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    carried = project["tool"]["setuptools"]["data-files"]
    folders = [ROOT / "resources", *(p for p in (ROOT / "resources").rglob("*") if p.is_dir())]
    folders.remove(ROOT / "resources" / "screenshots")  # the README's
    for folder in folders:
        if any(path.is_file() for path in folder.iterdir()) and folder.name != "__pycache__":
            name = folder.relative_to(ROOT).as_posix()
            assert f"share/kiosk/{name}" in carried, f"add {name} to data-files in pyproject.toml"


def test_the_command_line_names_the_data_folder_before_all_else(tmp_path):
    environment = {paths.DATA_VARIABLE: "/elsewhere"}
    assert paths.data_folder(tmp_path, environment) == tmp_path


def test_the_environment_names_the_data_folder():
    named = paths.data_folder(None, {paths.DATA_VARIABLE: "elsewhere"})
    assert named == Path.cwd() / "elsewhere"


def test_otherwise_data_lies_where_the_system_keeps_it():
    assert paths.data_folder(None, {paths.DATA_VARIABLE: " "}).name == "entrance-kiosk"
