"""What a print holds, as text: kept beside it, so that it can be printed after a restart."""

import base64
import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kiosk.domain.screening import Destination
from kiosk.ports import document
from kiosk.ports.document import Document
from kiosk.services.slip import SlipContent

_IS = "is"


@dataclass(frozen=True, slots=True)
class SlipPage:
    """A slip that is laid out for the paper of the printer it goes to.

    Attributes:
        content: what stands on it.
        language: the visitor's, by its code.
    """

    content: SlipContent
    language: str


Page = Document | SlipPage
"""What is handed to the print desk."""

_CLASSES: dict[str, type] = {
    name: one
    for name, one in vars(document).items()
    if isinstance(one, type) and (dataclasses.is_dataclass(one) or issubclass(one, Enum))
} | {one.__name__: one for one in (SlipPage, SlipContent, Destination)}


def to_text(page: Page) -> str:
    """The page as JSON."""
    return json.dumps(_plain(page), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Page:
    """The page that `to_text` wrote.

    Raises ValueError where it is none: erased, damaged, or kept by another version.
    """
    try:
        page = _made(json.loads(text))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError(*error.args) from error
    if isinstance(page, Document | SlipPage):
        return page
    detail = "this is no page"
    raise ValueError(detail)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return {_IS: type(value).__name__, "value": value.value}
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return {_IS: type(value).__name__} | {
            field.name: _plain(getattr(value, field.name)) for field in fields
        }
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return {_IS: "date", "value": value.isoformat()}
    if isinstance(value, bytes):
        return {_IS: "bytes", "value": base64.b64encode(value).decode("ascii")}
    return value


def _made(value: object) -> object:
    if isinstance(value, list):
        return tuple(_made(one) for one in value)
    if not isinstance(value, dict):
        return value
    name, rest = value[_IS], {key: _made(one) for key, one in value.items() if key != _IS}
    if name == "date":
        return date.fromisoformat(str(rest["value"]))
    if name == "bytes":
        return base64.b64decode(str(rest["value"]), validate=True)
    return _CLASSES[name](**rest)
