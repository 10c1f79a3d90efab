"""What a signature shows on the page: set by Typst in the letters of the paper, drawn as a form of the PDF.

Sizes and wordings by Decree 30/2020/NĐ-CP, Appendix I, part I: person's image in blue, seal in red and real size,
information in upright 10 pt, time by ISO 8601 with the offset of Viet Nam.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Literal

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment as Axis
from pyhanko.pdf_utils.layout import BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import StaticStampStyle
from typing_extensions import override

from dean06.clock.service import TZ
from dean06.papers.errors import PaperRefused
from dean06.papers.printing.layout import FONT_DESCENT, SINGLE_LINE
from dean06.papers.printing.letters import FAMILY, MM_PER_PT, balanced, face
from dean06.papers.printing.typesetting import set_piece
from dean06.papers.signatures.errors import SigningRefused

TEMPLATE = "hinh-ky.typ"
NOTE_PT, PLAIN_PT = 10.0, 8.0
MOST_BYTES = 2_000_000
MOST_PIXELS = 16_000_000
TRANSPARENT = {4, 6}
Align = Literal["right", "center"]
_PNG = b"\x89PNG\r\n\x1a\n"

__all__ = [
    "NOTE_PT",
    "Picture",
    "as_form",
    "image_stamp",
    "note_stamp",
    "note_width",
    "plain_stamp",
    "signing_time",
    "stamp_style",
    "text_stamp",
]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with a transparent ground: of a person's handwriting, or of a seal with its real size."""

    png: bytes
    width_mm: float = 0
    height_mm: float = 0
    pixels: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pixels", _pixels(self.png))

    @property
    def size_pt(self) -> tuple[float, float]:
        """The real size in points, where one was given."""
        return self.width_mm / MM_PER_PT, self.height_mm / MM_PER_PT

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Return the largest size of the picture, undistorted, inside a room."""
        wide, tall = self.pixels
        scale = min(width / wide, height / tall)
        return wide * scale, tall * scale


def _pixels(png: bytes) -> tuple[int, int]:
    if len(png) > MOST_BYTES or len(png) < 33 or not png.startswith(_PNG) or png[12:16] != b"IHDR":
        raise SigningRefused(
            "image",
            "Ảnh chữ ký hoặc ảnh dấu phải là tệp .png không quá 2 MB.",
            "The image of the signature or seal must be a .png of at most 2 MB.",
        )
    wide, tall, _depth, colour = struct.unpack(">IIBB", png[16:26])
    if not 0 < wide * tall <= MOST_PIXELS:
        raise SigningRefused(
            "image",
            "Ảnh chữ ký hoặc ảnh dấu quá lớn: không quá 16 triệu điểm ảnh.",
            "The image of the signature or seal is too large: at most 16 million pixels.",
        )
    if colour not in TRANSPARENT and b"tRNS" not in png[:4096]:
        raise SigningRefused(
            "image",
            "Ảnh chữ ký hoặc ảnh dấu phải có nền trong suốt (Nghị định 30/2020/NĐ-CP, Phụ lục I).",
            "The image of the signature or seal needs a transparent ground (Decree 30/2020, Appendix I).",
        )
    return wide, tall


def signing_time(at: datetime) -> str:
    """Write a moment as the Decree asks: date, time to the second, offset of Viet Nam (ISO 8601)."""
    return at.astimezone(TZ).isoformat(timespec="seconds")


def text_stamp(lines: Sequence[str], size: tuple[float, float], points: float, *, italic: bool) -> bytes:
    """Return lines centred in a room, in the same place as the same lines of a paper."""
    return _piece(size, lines=list(lines), points=points, style="italic" if italic else "normal")


def note_stamp(lines: Sequence[str], size: tuple[float, float], align: Align) -> bytes:
    """Return lines of information, upright, 10 pt, black."""
    return _piece(size, lines=list(lines), points=NOTE_PT, align=align)


def plain_stamp(who: Sequence[str], at: datetime, size: tuple[float, float], room: float) -> bytes:
    """Return who signed and when, for a signature without an image: small, in a room at the left, half way up."""
    lines = [part for line in who for part in balanced(line, PLAIN_PT, room * MM_PER_PT - 1)]
    told = signing_time(at)
    fits = face().width(told, PLAIN_PT) < room * MM_PER_PT
    moment = [told] if fits else [told[:10], told[10:19], told[19:]]
    return _piece(size, lines=[*lines, *moment], points=PLAIN_PT, room=room)


def note_width(lines: Sequence[str]) -> float:
    """Return the width in points that lines of information need."""
    return max(face().width(line, NOTE_PT) for line in lines) / MM_PER_PT + 1


def image_stamp(picture: Picture, size: tuple[float, float], drawn: tuple[float, float], align: Align) -> bytes:
    """Return a picture of a size at the right edge or in the middle of a room, half way up."""
    try:
        return _piece(size, image=picture, drawn=drawn, align=align)
    except PaperRefused as broken:
        raise SigningRefused(
            "image", "Tệp ảnh chữ ký hoặc ảnh dấu bị hỏng.", "The image of the signature or seal is broken."
        ) from broken


def _piece(
    size: tuple[float, float],
    *,
    lines: list[str] | None = None,
    image: Picture | None = None,
    drawn: tuple[float, float] = (0, 0),
    points: float = NOTE_PT,
    style: str = "normal",
    align: str = "center",
    room: float = 0,
) -> bytes:
    data = {
        "width": size[0],
        "height": size[1],
        "font": {"family": FAMILY, "descent": FONT_DESCENT, "single": SINGLE_LINE},
        "lines": lines or [],
        "image": {"png": list(image.png), "width": drawn[0], "height": drawn[1]} if image else None,
        "size": points,
        "style": style,
        "align": align,
        "room": room,
    }
    return set_piece(TEMPLATE, data)


def as_form(writer: BasePdfFileWriter, stamp: bytes) -> generic.IndirectObject:
    """Bring a stamp into a file as a form and return its reference."""
    form = writer.import_page_as_xobject(PdfFileReader(BytesIO(stamp)))
    if not isinstance(form, generic.IndirectObject):
        raise TypeError("a form is an indirect object")
    return form


class _Stamp(PdfContent):
    """A stamp as the content of a signature's appearance."""

    def __init__(self, stamp: bytes) -> None:
        super().__init__()
        self._stamp = stamp

    @override
    def render(self) -> bytes:
        form = as_form(self._ensure_writer, self._stamp)
        self.resources.xobject[generic.pdf_name("/Hinh")] = form
        left, low, right, high = form.get_object()["/BBox"]
        self.box = BoxConstraints(width=right - left, height=high - low)
        return b"/Hinh Do"


def stamp_style(stamp: bytes) -> StaticStampStyle:
    """Return the appearance of a signature: the stamp alone, neither scaled nor framed."""
    return StaticStampStyle(
        background=_Stamp(stamp),
        background_opacity=1.0,
        border_width=0,
        background_layout=SimpleBoxLayoutRule(
            x_align=Axis.ALIGN_MID,
            y_align=Axis.ALIGN_MID,
            margins=Margins.uniform(0),
            inner_content_scaling=InnerScaling.NO_SCALING,
        ),
    )
