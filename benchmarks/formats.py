"""Milliseconds to recognise each format, and to check the signature of a certificate.

    python -m benchmarks.formats [--rounds N] [--json]

The payloads are the tests' vectors. What a code holds is at least decoded strictly and looked at
once, so the baseline is that: strict UTF-8, normalised, one regular expression over it.
"""

import argparse
import base64
import json
import re
import statistics
import time
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from kiosk.adapters.certificates.issuers import Issuers, of_certificate
from kiosk.adapters.certificates.judge import CertificateJudge
from kiosk.domain.payload import parse

VECTORS = Path(__file__).parents[1] / "tests" / "data" / "payloads"
LOOK = re.compile(r"[|;:]")
AT = datetime(2021, 6, 1, tzinfo=UTC)


def baseline(payload: bytes) -> None:
    """The least that any reader does."""
    LOOK.findall(unicodedata.normalize("NFC", payload.decode("utf-8")))


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    """How long each of `rounds` calls took."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return took


def measured(
    name: str, work: Callable[[], object], payload: bytes, rounds: int
) -> dict[str, object]:
    """One row; both sides in turn."""
    ours = milliseconds(work, rounds)
    base = milliseconds(lambda: baseline(payload), rounds)
    median = statistics.median(ours)
    return {
        "payload": name,
        "bytes": len(payload),
        "p50_ms": round(median, 4),
        "p95_ms": round(sorted(ours)[int(0.95 * rounds)], 4),
        "to_baseline": round(median / statistics.median(base), 1),
    }


def texts(rounds: int) -> Iterator[dict[str, object]]:
    """Every format that needs no key."""
    for name, text in json.loads((VECTORS / "payloads.json").read_text("utf-8")).items():
        payload = text.encode()
        yield measured(name, partial(parse, payload), payload, rounds)


def certificates(rounds: int) -> Iterator[dict[str, object]]:
    """Recognised, unwrapped, its signature checked."""
    vectors = json.loads((VECTORS / "eu-dcc.json").read_text("utf-8"))
    for vector in vectors[:: max(1, len(vectors) // 8)]:
        judge = CertificateJudge(
            Issuers([of_certificate(base64.b64decode(vector["certificate"]))])
        )
        payload = vector["payload"].encode()

        def work(judge: CertificateJudge = judge, payload: bytes = payload) -> object:
            return judge.judge(parse(payload), AT)

        yield measured(f"hc1 {vector['path']}", work, payload, rounds // 4)
    cards = json.loads((VECTORS / "payloads.json").read_text("utf-8"))
    nobody, card = CertificateJudge(Issuers()), cards["shc_selfsigned"].encode()
    unwrapped = measured(
        "shc, unwrapped, issuer unknown", lambda: nobody.judge(parse(card), AT), card, rounds // 4
    )
    yield unwrapped


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    for rows in (texts(given.rounds), certificates(given.rounds)):
        medians = []
        for row in rows:
            medians.append(float(str(row["p50_ms"])))
            if given.json:
                print(json.dumps(row))
            else:
                print(
                    f"{row['payload']:36} {row['bytes']:6} bytes  p50 {row['p50_ms']:8} ms"
                    f"  p95 {row['p95_ms']:8} ms  {row['to_baseline']:8} x"
                )
        if not given.json:
            print(f"{'the slowest of these, at its median':36} {max(medians):29} ms")


if __name__ == "__main__":
    main()
