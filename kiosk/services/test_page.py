"""The test page: every Vietnamese letter, and codes that get smaller."""

from collections.abc import Iterable, Iterator, Sequence

from kiosk.domain.ladder import LADDER, MODULES, Rung, Unit
from kiosk.ports.document import (
    Align,
    Block,
    Code,
    Columns,
    Document,
    Line,
    Paper,
    Rule,
    Simple,
    Space,
    Style,
    Together,
)
from kiosk.ports.words import Say

LETTERS = (
    "aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị",
    "oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ",
    "bcdđghklmnpqrstvx fjwz 0123456789",
)
"""Every letter of Vietnamese, row by row; the capitals follow from them."""

_ROOM_MM = {
    Paper.A4: 180.0,
    Paper.A6: 90.0,
    Paper.ROLL_80: 68.0,
    Paper.ROLL_58: 45.0,
}
"""The papers it can be printed on, and what is used of their width for codes side by side."""

PAPERS = tuple(_ROOM_MM)
_WITH_QUIET_ZONE = MODULES + 8
_GAP_MM = 5.0
_LEAST_MM = 13.6
_MEASURED_MM = 40.0


def test_page(paper: Paper, dpi: int, say: Say) -> Document:
    """Letters and ladder.

    Args:
        paper: one of `PAPERS`.
        dpi: dots in an inch of the printer it goes to.
        say: the sentences.
    """
    dots = [step for step in LADDER if step.unit is Unit.DOTS]
    sizes = [step for step in LADDER if step.unit is Unit.MM]
    room = _ROOM_MM[paper]
    blocks: tuple[Block, ...] = (
        Line(say("test_page.title"), Style.TITLE, Align.CENTRE),
        Line(say("test_page.made_for", dpi=dpi), Style.SMALL, Align.CENTRE),
        Space(3),
        Line(say("test_page.letters"), Style.STRONG),
        *_letters(),
        Space(3),
        Rule(),
        Space(2),
        Line(say("test_page.dots"), Style.STRONG),
        *_ladder(dots, room, dpi, say),
        Rule(),
        Space(2),
        Line(say("test_page.sizes"), Style.STRONG),
        *_ladder(sizes, room, dpi, say),
        Rule(),
        Space(2),
        Together(
            (
                Line(say("test_page.measure", side=f"{_MEASURED_MM:g}"), Style.STRONG),
                Code(
                    Rung(round(_MEASURED_MM / MODULES, 1), Unit.MM).text,
                    module_mm=_MEASURED_MM / MODULES,
                ),
            )
        ),
    )
    return Document(say("test_page.document"), paper, blocks)


def _letters() -> Iterator[Line]:
    for style in (Style.BODY, Style.SMALL):
        for row in LETTERS:
            yield Line(row, style)
            yield Line(row.upper(), style)


def _ladder(rungs: Sequence[Rung], room: float, dpi: int, say: Say) -> Iterator[Block]:
    for row in _rows(rungs, room, dpi):
        wides = [_wide(step, dpi) for step in row]
        columns = [_column(step, dpi, say) for step in row]
        yield Columns((*columns, ()), (*wides, max(0.1, room - sum(wides) - _GAP_MM * len(row))))
        yield Space(2)


def _rows(rungs: Iterable[Rung], room: float, dpi: int) -> Iterator[list[Rung]]:
    row: list[Rung] = []
    used = 0.0
    for step in rungs:
        wide = _wide(step, dpi) + _GAP_MM
        if row and used + wide > room:
            yield row
            row, used = [], 0.0
        row.append(step)
        used += wide
    yield row


def _wide(step: Rung, dpi: int) -> float:
    return max(_LEAST_MM, step.module_mm(dpi) * _WITH_QUIET_ZONE)


def _column(step: Rung, dpi: int, say: Say) -> tuple[Simple, ...]:
    code = Code(step.text, module_mm=step.module_mm(dpi))
    texts = [millimetres(step.module_mm(dpi), say)]
    if step.unit is Unit.DOTS:
        texts.insert(0, size_label(step, say))
    labels = (Line(text, Style.SMALL, Align.CENTRE) for text in texts)
    return (Space(0, grows=True), code, *labels)


def size_label(step: Rung, say: Say) -> str:
    """The size of a rung in words, e.g. "1,5 chấm"."""
    if step.unit is Unit.MM:
        return millimetres(step.size, say)
    whole, tenth = divmod(round(step.size * 10), 10)
    return say("test_page.dot", whole=whole, tenth=tenth)


def millimetres(size: float, say: Say) -> str:
    """A size in words, e.g. "0,25 mm"."""
    whole, hundredths = divmod(round(size * 100), 100)
    return say("test_page.mm", whole=whole, hundredths=f"{hundredths:02d}")
