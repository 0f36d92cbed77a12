"""Coverage-guided fuzzing of everything that reads what strangers hold up.

    .venv/bin/pip install atheris==3.0.0        # Linux; for this run alone, in no lock
    .venv/bin/python -m tests.fuzz.parsers -max_total_time=600 -timeout=5 -rss_limit_mb=1024

The seeds are the vectors of the tests; what the run finds worth keeping lies in build/fuzz. An
input that raises, or is slow, is written to the folder the run was started in: it becomes a case
in tests/domain/test_payload.py or tests/adapters/test_certificates.py.
"""

import base64
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "data" / "payloads"
KEPT = ROOT / "build" / "fuzz"

with atheris.instrument_imports(include=["kiosk", "base45"]):
    from kiosk.adapters.certificates.issuers import Issuers, of_certificate
    from kiosk.adapters.certificates.judge import CertificateJudge
    from kiosk.domain.credential import Credential
    from kiosk.domain.payload import claimed, parse
    from kiosk.domain.person import one_line
    from kiosk.services.keyboard_damage import mended
    from kiosk.services.line_frames import is_open_card
    from kiosk.services.thermometer import reading_in

AT = datetime(2021, 6, 1, tzinfo=UTC)
EU = json.loads((VECTORS / "eu-dcc.json").read_text("utf-8"))
JUDGE = CertificateJudge(
    Issuers([of_certificate(base64.b64decode(vector["certificate"])) for vector in EU[::12]])
)


def seeds() -> dict[str, bytes]:
    """Every vector, and every one as a keyboard would have typed it."""
    found = {f"eu-{number}": vector["payload"].encode() for number, vector in enumerate(EU)}
    payloads = json.loads((VECTORS / "payloads.json").read_text("utf-8"))
    found |= {name: text.encode() for name, text in payloads.items()}
    cards = json.loads((VECTORS / "smart-health-cards.json").read_text("utf-8"))
    found |= {
        f"shc-{number}": str(text).encode()
        for number, text in enumerate(cards["numeric"].values())
    }
    return found


def judge_one(data: bytes) -> None:
    """No input raises, and the same input is always the same credential."""
    credential = claimed(data)
    assert isinstance(credential, Credential)
    assert parse(data) == credential
    JUDGE.judge(credential, AT)
    if credential.person is not None:
        assert one_line(credential.person.name) == credential.person.name
    is_open_card(data)
    reading_in(data)
    typed = data.decode("utf-8", "surrogateescape")
    mended(typed)


def main() -> None:
    """Write the seeds down and fuzz."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for name, content in seeds().items():
        (KEPT / name).write_bytes(content)
    atheris.Setup([*sys.argv, str(KEPT)], judge_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
