"""How long signatures take: a report of two pages made ready, signed, numbered, sealed, verified.

Keys are of the made-up certification service of the demonstration; the time stamp service answers inside this process.

    python benchmarks/bench_signatures.py
"""

from __future__ import annotations

import dataclasses
import statistics
import struct
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench_papers import report

from dean06.demo.pki import PASSWORD, Holder, make
from dean06.papers.signatures.fields import render_for_signing
from dean06.papers.signatures.report import Verdict
from dean06.papers.signatures.sealing import Means, fill_number, seal, sign_person
from dean06.papers.signatures.signers import Pkcs12File
from dean06.papers.signatures.stamps import Picture
from dean06.papers.signatures.trust import Validation, load_trust
from dean06.papers.signatures.verification import verify
from dean06.papers.writing.document import Paper
from dean06.papers.writing.wording import head

VERIFY_MS = 60.0
AT = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
ROUNDS = 20


def picture(wide: int, tall: int, colour: tuple[int, int, int, int]) -> bytes:
    """Make a plain PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * wide) * tall
    ends = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, tall, 8, 6, 0, 0, 0)) + ends


def lines(paper: Paper) -> tuple[str, str]:
    """Return the lines of number and date."""
    top = head(paper)
    return top.number, top.place_date


def middle(act: Callable[[], object]) -> float:
    """Return the middle time of an act, in milliseconds of this process's work."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def main() -> int:
    """Print the table; 1 when a bar does not hold."""
    with tempfile.TemporaryDirectory() as home:
        pki = make(Path(home), [Holder("nguoi", "Người Ký Thử", "UBND xã mẫu")], [Holder("xa", "UBND xã mẫu")])
        trust = load_trust(pki.trust)
        person, agency = (
            Means(
                signer=Pkcs12File(pki.key_file(slug).read_bytes(), PASSWORD),
                tsa=pki.time_stamps(AT),
                validation=Validation(trust=trust),
            )
            for slug in ("nguoi", "xa")
        )
        hand = Picture(picture(350, 150, (20, 50, 160, 255)))
        stamp = Picture(picture(400, 400, (205, 20, 30, 230)), 36, 36)
        final = report(4)
        waiting = dataclasses.replace(final, number=None, issued_on=None)
        ready = render_for_signing(waiting, AT).pdf
        signed = sign_person(ready, person, hand, AT)
        numbered = fill_number(signed, *lines(final))
        sealed = seal(numbered, agency, stamp, AT)
        assert verify(sealed, trust, AT).verdict is Verdict.VALID
        rows = {
            "made ready": middle(lambda: render_for_signing(waiting, AT)),
            "signed by a person (key file)": middle(lambda: sign_person(ready, person, hand, AT)),
            "numbered": middle(lambda: fill_number(signed, *lines(final))),
            "sealed by the agency (key file)": middle(lambda: seal(numbered, agency, stamp, AT)),
        }
        verified = middle(lambda: verify(sealed, trust, AT))
    print("| work | time | bar |\n| --- | --- | --- |")
    for name, took in rows.items():
        print(f"| {name} | {took:.1f} ms | |")
    print(f"| verified, two signatures | {verified:.1f} ms | {VERIFY_MS:g} ms |")
    print(f"| the sealed file | {len(sealed) / 1000:.0f} kB | |")
    return 0 if verified < VERIFY_MS else 1


if __name__ == "__main__":
    sys.exit(main())
