"""What no other format claims: named by what it seems to be, never opened."""

import re

from kiosk.domain.credential import Credential, Scheme, Seeming
from kiosk.domain.payload.text import is_binary, tidy

_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}://"
    r"|(?:mailto|tel|sms|smsto|geo|javascript|data|shlink|intent|market):"
    r"|www\."
    r"|(?:[a-z0-9-]{1,63}\.){1,5}(?:vn|com|net|org|info|app|page|link|me|ly)(?:[/?#:]|$))\S*",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}://)?(?:[^/?#@\s]*@)?([a-z0-9.-]+)", re.IGNORECASE)
_EMV_PAYMENT = re.compile(r"000201[0-9]{2}")
_EMV_CHECKSUM = re.compile(r"6304[0-9A-F]{4}$", re.IGNORECASE)
_WIFI = re.compile(r"WIFI:(?=.*[STP]:)", re.IGNORECASE)
_OPAQUE = re.compile(r"[A-Za-z0-9+/=_.~-]{48,}")
_LICENCE = re.compile(r"GPLX|giấy phép lái xe", re.IGNORECASE)

_PLACES = ("qr.tokhaiyte.vn", "qr.pccovid.gov.vn")
_PLACES_BY_PATH = re.compile(
    r"https?://(?:www\.)?(?:tokhaiyte\.vn|pccovid\.gov\.vn)/(?:dd|dkdd|diem)", re.IGNORECASE
)


def parse(text: str) -> Credential:
    """A credential that identifies nobody.

    Source: payments EMVCo and VietQR, places domain.md 1.5, VNeID 1.6, driving licences 1.8. The
    content of VNeID's code is not published: an address of its host, or one long run of signs
    that says nothing, is taken for it.
    """
    plain = tidy(text)
    scheme = _scheme(text, plain)
    return Credential(scheme=scheme, text=text, seems=_seems(scheme, plain))


def _scheme(text: str, plain: str) -> Scheme:
    if is_binary(text):
        return Scheme.BINARY
    if _WIFI.match(plain):
        return Scheme.WIFI
    if _ADDRESS.match(plain):
        is_place = host(plain) in _PLACES or _PLACES_BY_PATH.match(plain)
        return Scheme.LOCATION if is_place else Scheme.URL
    if _EMV_PAYMENT.match(plain) and _EMV_CHECKSUM.search(plain):
        return Scheme.PAYMENT
    return Scheme.TEXT


def _seems(scheme: Scheme, plain: str) -> Seeming | None:
    if scheme is Scheme.URL:
        where = host(plain)
        if plain.lower().startswith("shlink:/") or "#shlink:/" in plain:
            return Seeming.HEALTH_LINK
        if _is_of(where, "vneid.gov.vn"):
            return Seeming.VNEID
        return Seeming.DRIVING_LICENCE if "gplx" in where.split(".") else None
    if scheme is Scheme.TEXT and _LICENCE.search(plain):
        return Seeming.DRIVING_LICENCE
    if scheme is Scheme.TEXT and _OPAQUE.fullmatch(plain) and not plain.isdigit():
        return Seeming.VNEID
    return None


def host(address: str) -> str:
    """The host that an address names, in small letters; "" where it names none."""
    found = _HOST.match(address)
    return found[1].lower().rstrip(".") if found else ""


def _is_of(where: str, domain: str) -> bool:
    return where == domain or where.endswith(f".{domain}")
