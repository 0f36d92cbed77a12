"""`kiosk decode`: reads the QR codes in picture files and prints what they say."""

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.adapters.certificates import issuers as trusted_issuers
from kiosk.adapters.certificates.judge import CertificateJudge
from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.pictures import PictureError, load
from kiosk.adapters.reading import LadderReader
from kiosk.adapters.reading_apart import ReaderApart, open_reader_apart
from kiosk.domain import issued
from kiosk.domain.credential import Credential, Verified
from kiosk.domain.issued import IssuedKind
from kiosk.domain.payload import parse
from kiosk.domain.person import Person
from kiosk.ports.decoder import DecodersEndedError, Symbol
from kiosk.ports.logbook import LogbookError
from kiosk.services.credential_reader import CredentialReader
from kiosk.ui.wording import Words

DONE, NOT_FOUND = 0, 1

AnyReader = ReaderApart | LadderReader


@dataclass(frozen=True, slots=True)
class Trust:
    """By what certificates are judged.

    Attributes:
        issuers: folder of trusted issuers' certificates and key sets; None trusts nobody.
        at: judge as of this moment, aware; None is now.
        key: of the office whose own codes are to be judged; b"" judges none.
    """

    issuers: Path | None = None
    at: datetime | None = None
    key: bytes = b""


_NOBODY = Trust()


def trust(issuers: Path | None, at: str | None, data: Path | None, words: Words) -> Trust:
    """What was asked for on the command line. Raises WrongUseError with a sentence."""
    moment = None
    if at is not None:
        try:
            moment = datetime.fromisoformat(at).astimezone()
        except (ValueError, OverflowError, OSError):
            raise WrongUseError(words("command.decode.no_time", time=repr(at))) from None
    if issuers is not None and not issuers.is_dir():
        raise WrongUseError(words("command.decode.no_folder", folder=issuers))
    folder = DataFolder(data) if data is not None else None
    try:
        key = folder.key() if folder is not None else b""
    except LogbookError as error:
        raise WrongUseError(words(f"trouble.{error.trouble}", folder=data)) from None
    return Trust(issuers, moment, key)


class WrongUseError(Exception):
    """The command line asks for what cannot be; the text is a sentence."""


def decode(
    paths: Sequence[str],
    words: Words,
    trusted: Trust = _NOBODY,
    *,
    as_json: bool,
    reader: AnyReader | None = None,
) -> int:
    """Print what each picture holds; the exit code.

    A picture that cannot be read is told in one sentence on standard error, and the others go on.
    A card in several pictures is judged with its last one.
    """
    folder = trusted.issuers
    known = trusted_issuers.load(folder) if folder else trusted_issuers.Issuers()
    credentials = CredentialReader(CertificateJudge(known), _clock(trusted.at))
    today = _clock(trusted.at).now().astimezone().date()
    found, failed = 0, 0
    with closing(reader or open_reader_apart(SystemClock())) as opened:
        for sentence in opened.missing:
            print(f"kiosk: {_printable(sentence)}", file=sys.stderr)
        for path in paths:
            try:
                symbols, milliseconds = _read(path, opened)
            except (PictureError, DecodersEndedError) as error:
                print(f"kiosk: {_printable(path)}: {_sentence(error, words)}", file=sys.stderr)
                failed += 1
                if as_json:
                    print(_as_json(path, 0.0, ()))
                continue
            found += bool(symbols)
            codes = [_Code(s, _own(credentials.read(s.payload), trusted, today)) for s in symbols]
            print(_as_json(path, milliseconds, codes) if as_json else _as_line(path, codes, words))
    return DONE if found and not failed else NOT_FOUND


def _sentence(error: PictureError | DecodersEndedError, words: Words) -> str:
    fault = error.fault if isinstance(error, PictureError) else "crashed"
    return words(f"command.decode.fault.{fault}")


def _read(path: str, reader: AnyReader) -> tuple[tuple[Symbol, ...], float]:
    clock = SystemClock()
    picture = load(Path(path))
    began = clock.steady()
    symbols = reader.study(picture.data)
    return symbols, (clock.steady() - began) * 1000


class _StoppedClock(SystemClock):
    """A clock that always shows one moment."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """That moment."""
        return self._at


def _clock(at: datetime | None) -> SystemClock:
    return SystemClock() if at is None else _StoppedClock(at)


def _own(credential: Credential, trusted: Trust, today: date) -> Credential:
    """A code of our own with what its proof is worth, where the office's key is there."""
    code = issued.read(credential.stable) if trusted.key else None
    if code is None:
        return credential
    late = today > code.day and code.kind is IssuedKind.SLIP
    verified = Verified.EXPIRED if late or today < code.day else Verified.VALID
    if issued.check(code, trusted.key) is not None:
        verified = Verified.BROKEN
    return replace(credential, verified=verified)


class _Code(NamedTuple):
    symbol: Symbol
    credential: Credential

    @property
    def text(self) -> str:
        """All that the symbol says, health content included: whoever asks holds the picture."""
        return parse(self.symbol.payload).text


def _as_json(path: str, milliseconds: float, codes: Sequence[_Code]) -> str:
    payloads = [_described(code) for code in codes]
    return json.dumps({"file": path, "ms": round(milliseconds, 2), "payloads": payloads})


def _described(code: _Code) -> dict[str, Any]:
    symbol, credential = code
    return {
        "text": code.text,
        "hex": symbol.payload.hex(),
        "scheme": credential.scheme.value,
        "verified": credential.verified.value,
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
        "organisation": person.organisation,
    }
    return {name: value for name, value in fields.items() if value}


def _as_line(path: str, codes: Sequence[_Code], words: Words) -> str:
    if not codes:
        return f"{_printable(path)}: {words('command.decode.no_code')}"
    return "\n".join(f"{_printable(path)}: {_in_words(code, words)}" for code in codes)


def _in_words(code: _Code, words: Words) -> str:
    content = code.text or words("command.decode.bytes", count=len(code.symbol.payload))
    verified = code.credential.verified
    judged = "" if verified is Verified.NONE else f" ({verified})"
    return f"{code.credential.scheme.value}{judged}: {_printable(content)}"


def _printable(text: str) -> str:
    """`text` with everything escaped that a terminal would act upon: ANSI, NUL, RTL marks."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
