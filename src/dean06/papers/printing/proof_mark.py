"""The mark on a paper that leads to its proof: an address, and the modules of its QR code as shapes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

import qrcode
from qrcode.constants import ERROR_CORRECT_M

SIDE_MM = 17.0
QUIET = 4  # modules that stay white around a code (ISO/IEC 18004)
PATH = "/xac-thuc/"


@dataclass(frozen=True, slots=True)
class Modules:
    """A QR code: how many modules a side has with its quiet zone, and the dark runs as (row, first, length)."""

    side: int
    runs: tuple[tuple[int, int, int], ...]


def address(base: str, token: UUID) -> str:
    """Return where a paper's proof stands; empty where the installation has no public address."""
    return f"{base.rstrip('/')}{PATH}{token.hex}/" if base else ""


def modules(text: str) -> Modules:
    """Return the QR code of an address, at the level that still reads with 15 % of it lost."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    return Modules(side=len(matrix), runs=tuple(run for row, line in enumerate(matrix) for run in _runs(row, line)))


def _runs(row: int, line: list[bool]) -> list[tuple[int, int, int]]:
    found, at = [], 0
    for dark, group in groupby(line):
        length = len(list(group))
        if dark:
            found.append((row, at, length))
        at += length
    return found
