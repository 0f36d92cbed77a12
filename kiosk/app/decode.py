"""`kiosk decode`: reads the QR codes in picture files and prints what they say."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.pictures import PictureError, PictureFault, load
from kiosk.adapters.reading import LadderReader, open_reader
from kiosk.domain.credential import Credential
from kiosk.domain.payload import parse
from kiosk.domain.person import Person
from kiosk.ports.decoder import Symbol

DONE, NOT_FOUND = 0, 1

_SENTENCES = {
    PictureFault.MISSING: "there is no such file",
    PictureFault.UNREADABLE: "it cannot be read; check that it is a picture, and yours to read",
    PictureFault.EMPTY: "the file is empty; copy it again",
    PictureFault.BROKEN: "this is no picture, or a damaged one; save it again as PNG or JPEG",
    PictureFault.HUGE: "the picture is too large; make it smaller than 64 megapixels",
}


def decode(paths: Sequence[str], *, as_json: bool, reader: LadderReader | None = None) -> int:
    """Print what each picture holds; the exit code.

    A picture that cannot be read is told in one sentence on standard error, and the others go on.
    """
    reader = reader or open_reader()
    for sentence in reader.missing:
        print(f"kiosk: {_printable(sentence)}", file=sys.stderr)
    found, failed = 0, 0
    for path in paths:
        try:
            symbols, milliseconds = _read(path, reader)
        except PictureError as error:
            print(f"kiosk: {_printable(path)}: {_SENTENCES[error.fault]}", file=sys.stderr)
            failed += 1
            if as_json:
                _say(_as_json(path, 0.0, ()))
            continue
        found += bool(symbols)
        _say(_as_json(path, milliseconds, symbols) if as_json else _as_line(path, symbols))
    return DONE if found and not failed else NOT_FOUND


def _read(path: str, reader: LadderReader) -> tuple[tuple[Symbol, ...], float]:
    clock = SystemClock()
    picture = load(Path(path))
    began = clock.steady()
    symbols = reader.study(picture.data)
    return symbols, (clock.steady() - began) * 1000


def _as_json(path: str, milliseconds: float, symbols: tuple[Symbol, ...]) -> str:
    payloads = [_described(symbol) for symbol in symbols]
    return json.dumps({"file": path, "ms": round(milliseconds, 2), "payloads": payloads})


def _described(symbol: Symbol) -> dict[str, Any]:
    credential = parse(symbol.payload)
    return {
        "text": credential.text,
        "hex": symbol.payload.hex(),
        "scheme": credential.scheme.value,
        "fields": _fields(credential.person),
        "decoder": symbol.decoder,
    }


def _fields(person: Person | None) -> dict[str, str]:
    """What the credential says of its holder, without what it leaves out."""
    if person is None:
        return {}
    fields = {
        "name": person.name,
        "id_number": person.id_number,
        "old_id_number": person.old_id_number,
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "sex": person.sex.value,
        "address": person.address,
        "issued_on": person.issued_on.isoformat() if person.issued_on else "",
        "phone": person.phone,
        "health_insurance_number": person.health_insurance_number,
    }
    return {name: value for name, value in fields.items() if value}


def _as_line(path: str, symbols: tuple[Symbol, ...]) -> str:
    if not symbols:
        return f"{_printable(path)}: no code read"
    return "\n".join(f"{_printable(path)}: {_in_words(parse(s.payload), s)}" for s in symbols)


def _in_words(credential: Credential, symbol: Symbol) -> str:
    content = credential.text or f"{len(symbol.payload)} bytes"
    return f"{credential.scheme.value}: {_printable(content)}"


def _printable(text: str) -> str:
    """`text` with everything escaped that a terminal would act upon: ANSI, NUL, RTL marks."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _say(line: str) -> None:
    """Print `line`, with escapes where the terminal's code page lacks a letter."""
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, "backslashreplace").decode(encoding))
