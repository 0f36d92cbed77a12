"""The map in the README is the one that the modules draw of themselves."""

import pytest

from tests.house.module_map import BEGIN, END, README, ROOT, between_marks, caption, module_map

MODULES = sorted(ROOT.glob("kiosk/**/*.py"))


def test_the_readme_shows_the_modules_as_they_are():
    shown = between_marks(README.read_text("utf-8"))
    assert shown is not None, f"put {BEGIN} and {END} into README.md, each on its line"
    assert shown == module_map(), "run: python -m tests.house.module_map"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_caption_is_one_line_that_ends_as_a_sentence(path):
    said = caption(path)
    assert said.endswith((".", "?")), said
    assert len(said) >= 15, said


def test_every_benchmark_is_listed_with_its_command():
    listed = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    for path in ROOT.glob("benchmarks/[a-z]*.py"):
        assert f"`python -m benchmarks.{path.stem}`" in listed
