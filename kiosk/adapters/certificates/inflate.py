"""Undoes compression, up to a limit: a certificate is small, and what is large is an attack."""

import zlib

MOST_BYTES = 64_000
ZLIB, RAW = zlib.MAX_WBITS, -zlib.MAX_WBITS


class DeflateError(Exception):
    """The bytes are no whole compressed stream, or more than `MOST_BYTES` come out."""


def inflate(data: bytes, form: int) -> bytes:
    """What was compressed. `form` is ZLIB or RAW (without header). Raises DeflateError."""
    machine = zlib.decompressobj(form)
    try:
        found = machine.decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise DeflateError from error
    if len(found) > MOST_BYTES or not machine.eof:
        raise DeflateError
    return found
