"""Modules short enough to be read in one sitting, that import each other by full name."""

import ast

import pytest

from tests.house.module_map import ROOT

LONGEST = 300
OURS = [
    path
    for folder in ("kiosk", "tests", "benchmarks")
    for path in sorted((ROOT / folder).glob("**/*.py"))
]
PROGRAM = [path for path in OURS if path.is_relative_to(ROOT / "kiosk")]
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "misc"}


def name_of(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PROGRAM, ids=name_of)
def test_a_module_is_read_in_one_sitting(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_imports_are_absolute(path):
    tree = ast.parse(path.read_text("utf-8"))
    relative = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]
    assert not relative


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_a_module_says_by_its_name_what_it_is(path):
    assert path.stem not in FORBIDDEN_NAMES
    assert path.parent.name not in FORBIDDEN_NAMES
