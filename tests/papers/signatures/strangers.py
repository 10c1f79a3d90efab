"""Asking the others: poppler's pdfsig, pdftotext and pyHanko as they come, without this product's own rules."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus

from dean06.papers.service.signatures import TrustStore
from harness.own_thread import in_own_thread


@dataclass(frozen=True)
class Pdfsig:
    """What pdfsig says: how many signatures, how many hold, whether the last covers the whole file."""

    count: int
    valid: int
    whole: bool


def pdfsig(pdf: bytes, folder: Path) -> Pdfsig:
    file = folder / "van-ban.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, timeout=60, check=False)
    told = done.stdout.decode(errors="replace")
    signatures = re.split(r"^Signature #", told, flags=re.MULTILINE)[1:]
    return Pdfsig(
        count=len(signatures),
        valid=sum("Signature is Valid." in each for each in signatures),
        whole=bool(signatures) and "Total document signed" in signatures[-1],
    )


def pdf_text(pdf: bytes, *options: str) -> str:
    asked = ["pdftotext", *options, "-enc", "UTF-8", "-", "-"]
    return subprocess.run(asked, input=pdf, capture_output=True, timeout=60, check=True).stdout.decode()


def word_boxes(pdf: bytes) -> list[tuple[str, tuple[float, ...]]]:
    """The words of page 1 with their rectangles, in points from the top left corner."""
    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>',
        pdf_text(pdf, "-bbox", "-l", "1"),
    )
    return [(text, tuple(map(float, box))) for *box, text in found]


def by_pyhanko(pdf: bytes, trust: TrustStore, at: datetime) -> list[PdfSignatureStatus]:
    """Validate each signature as pyHanko does by default, with what the file itself brings along."""
    reader = PdfFileReader(BytesIO(pdf))
    roots = [each.certificate for each in trust.authorities if each.anchor]
    facts = {"trust_roots": roots, "moment": at, "revocation_mode": "require"}
    store = DocumentSecurityStore.read_dss(reader)
    return [
        in_own_thread(partial(validate_pdf_signature, each, store.as_validation_context(dict(facts))))
        for each in reader.embedded_regular_signatures
    ]
