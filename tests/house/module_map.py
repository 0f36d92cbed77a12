"""Writes the map of the modules into the README: `python -m tests.house.module_map`."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN, END = "<!-- map -->", "<!-- /map -->"
PACKAGES = (
    *("domain", "domain/payload", "ports", "services"),
    *("adapters", "adapters/sqlite", "adapters/certificates", "ui", "app"),
)
"""From the inside out, as one reads them first."""


def caption(path: Path) -> str:
    """The first line of a module's docstring."""
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return said.split("\n", 1)[0]


def packages() -> tuple[str, ...]:
    """Every package in the order of the map; one that PACKAGES forgot comes last."""
    folders = {p.parent.relative_to(ROOT / "kiosk") for p in ROOT.glob("kiosk/**/__init__.py")}
    found = {folder.as_posix() for folder in folders} - {"."}
    kept = [name for name in PACKAGES if name in found]
    return (*kept, *sorted(found - set(kept)))


def module_map() -> str:
    """The map as it stands between the two marks: folded, package by package."""
    lines = []
    for package in packages():
        folder = ROOT / "kiosk" / package
        said = caption(folder / "__init__.py")
        lines += ["", f"<details><summary><code>kiosk/{package}</code> {said}</summary>", ""]
        lines += ["| module | what it is for |", "|---|---|"]
        for path in sorted(folder.glob("*.py")):
            if path.name != "__init__.py":
                link = f"[`{path.stem}`](kiosk/{package}/{path.name})"
                lines.append(f"| {link} | {caption(path).replace('|', '&#124;')} |")
        lines += ["", "</details>"]
    return "\n".join([*lines, ""])


def between_marks(readme: str) -> str | None:
    """What stands between the marks, or None where there are none."""
    found = re.search(f"{re.escape(BEGIN)}\n(.*){re.escape(END)}", readme, re.DOTALL)
    return found[1] if found else None


def update() -> None:
    """Write the map of today into the README."""
    readme = README.read_text("utf-8")
    before, _, rest = readme.partition(f"{BEGIN}\n")
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{module_map()}{END}{after}", "utf-8")


if __name__ == "__main__":
    update()
