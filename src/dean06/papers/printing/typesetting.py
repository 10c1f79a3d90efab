"""Setting a page: a Typst template and plain values in, PDF/A out, in the vendored letters alone.

The words travel to the template as data, so nothing in them can act as markup. The same template, values and moment
give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from dean06.papers.errors import PaperRefused
from dean06.papers.printing.letters import FONT_DIR

_FOLDER = Path(__file__).parent / "typst"
_one_at_a_time = Lock()

__all__ = ["Place", "set_pdf", "set_piece", "set_places"]


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page (from 1), in points from its top left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


def set_pdf(template: str, data: Mapping[str, object], created: datetime) -> bytes:
    """Return PDF/A-2a and PDF/UA-1.

    Args:
        template: a file of the folder `typst`.
        data: what the template reads as `sys.inputs.data`, in JSON.
        created: the moment that the file states.

    Raises:
        PaperRefused: the values cannot be set under the standard.
    """
    with _one_at_a_time:
        return _set(template, data, created)


def set_places(template: str, data: Mapping[str, object], created: datetime) -> tuple[bytes, dict[str, Place]]:
    """Return what `set_pdf` returns, and the places that the template tells under the label `place`, by name."""
    with _one_at_a_time:
        pdf = _set(template, data, created)
        told = json.loads(_compiler(template).query("<place>", field="value"))
    return pdf, {each.pop("name"): Place(**each) for each in told}


def set_piece(template: str, data: Mapping[str, object]) -> bytes:
    """Return a page of PDF/A-2b without tags, to be drawn on a page of another file."""
    with _one_at_a_time:
        try:
            pdf = _compiler(template).compile(
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=["a-2b"],
                pdf_tags=False,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise PaperRefused("hình chữ ký", "không dựng được", "cannot be drawn") from error
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returns one PDF as bytes")
    return pdf


def _set(template: str, data: Mapping[str, object], created: datetime) -> bytes:
    if created.tzinfo is None:
        raise ValueError("the moment of creation needs an offset")
    try:
        pdf = _compiler(template).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(created.timestamp()),
        )
    except typst.TypstError as error:
        raise PaperRefused("bản PDF", "không dựng được theo chuẩn PDF/A", "cannot be set as PDF/A") from error
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returns one PDF as bytes")
    return pdf


@cache
def _compiler(template: str) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_DIR)])
    return typst.Compiler(str(_FOLDER / template), root=str(_FOLDER), font_paths=fonts)
