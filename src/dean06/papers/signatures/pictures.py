"""Taking in an image of a hand or a seal: a PNG is read to its last point, cut to its ink and written anew.

The decree asks for a transparent ground, the hand in blue and the seal in red (Decree 30/2020/NĐ-CP, Appendix I, part
I, II.7 and II.8). A scan with white paper around the ink would lie over the text, so it is refused, not kept.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from enum import StrEnum

from dean06.papers.signatures.errors import SigningRefused
from dean06.papers.signatures.stamps import MOST_BYTES

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_POINTS = 2_000_000
SEEN = 64
MOST_INK = 0.8
LEAST_LEAD = 24
_CHANNELS = {4: 2, 6: 4}

__all__ = ["Ink", "take_picture"]


class Ink(StrEnum):
    """The colour that the decree asks for."""

    BLUE = "blue"
    RED = "red"


def take_picture(png: bytes, ink: Ink) -> bytes:
    """Return the image cut to its ink, as a PNG with nothing else in it.

    Args:
        png: the file as it was uploaded.
        ink: blue for a hand, red for a seal.

    Raises:
        SigningRefused: it is no PNG of the usual kind, its ground is not transparent, or its ink has another colour.
    """
    wide, tall, channels, packed = _read(png)
    rows = [_coloured(row, channels) for row in _rows(packed, wide * channels, tall, channels)]
    alphas = [row[3::4] for row in rows]
    marked = [at for at, row in enumerate(alphas) if max(row) >= SEEN]
    if not marked:
        raise _refused("không có nét nào", "has no ink")
    left = min(_first(alphas[at]) for at in marked)
    right = max(wide - _first(alphas[at][::-1]) for at in marked)
    cut = [rows[at][4 * left : 4 * right] for at in range(marked[0], marked[-1] + 1)]
    _check(cut, ink)
    return _written(cut, right - left)


def _first(alphas: bytes) -> int:
    return next((at for at, alpha in enumerate(alphas) if alpha >= SEEN), len(alphas))


def _check(rows: list[bytes], ink: Ink) -> None:
    seen = [row[at : at + 3] for row in rows for at in range(0, len(row), 4) if row[at + 3] >= SEEN]
    if len(seen) > MOST_INK * sum(len(row) // 4 for row in rows):
        raise _refused(
            "phải có nền trong suốt: tách nền giấy ra khỏi nét mực", "needs a transparent ground: cut the paper away"
        )
    red, green, blue = (sum(point[at] for point in seen) / len(seen) for at in range(3))
    lead = blue - max(red, green) if ink is Ink.BLUE else red - max(green, blue)
    if lead < LEAST_LEAD:
        wanted = "xanh" if ink is Ink.BLUE else "đỏ"
        raise _refused(f"phải có nét màu {wanted}", f"must be drawn in {ink}")


def _read(png: bytes) -> tuple[int, int, int, bytes]:
    if len(png) > MOST_BYTES or not png.startswith(SIGNATURE):
        raise _refused("phải là tệp .png không quá 2 MB", "must be a .png of at most 2 MB")
    chunks = {b"IHDR": b"", b"IDAT": b""}
    for kind, data in _chunks(png):
        if kind in chunks:
            chunks[kind] += data
    if len(chunks[b"IHDR"]) != 13:
        raise _refused("bị hỏng", "is broken")
    wide, tall, depth, colour, _, _, laced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if depth != 8 or colour not in _CHANNELS or laced:
        raise _refused(
            "phải là PNG 8 bit có kênh trong suốt (RGBA), không xen dòng: lưu lại rồi tải lên",
            "must be an 8 bit PNG with a transparency channel, not interlaced: save it again",
        )
    if not 0 < wide * tall <= MOST_POINTS:
        raise _refused("quá lớn: không quá 2 triệu điểm ảnh", "is too large: at most 2 million pixels")
    channels = _CHANNELS[colour]
    size = tall * (wide * channels + 1)
    try:
        packed = zlib.decompressobj().decompress(chunks[b"IDAT"], size)
    except zlib.error as error:
        raise _refused("bị hỏng", "is broken") from error
    if len(packed) != size:
        raise _refused("bị hỏng", "is broken")
    return wide, tall, channels, packed


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at + 12 <= len(png):
        (size,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _rows(packed: bytes, width: int, tall: int, step: int) -> Iterator[bytes]:
    """Undo the filters of the rows (PNG, second edition, clause 9)."""
    above = bytes(width)
    for number in range(tall):
        start = number * (width + 1)
        row = bytearray(packed[start + 1 : start + 1 + width])
        _unfilter(packed[start], row, above, step)
        above = bytes(row)
        yield above


def _unfilter(kind: int, row: bytearray, above: bytes, step: int) -> None:
    if kind > 4:
        raise _refused("bị hỏng", "is broken")
    for at in range(len(row)) if kind else ():
        left, up = (row[at - step] if at >= step else 0), above[at]
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        else:
            guess = _paeth(left, up, above[at - step] if at >= step else 0)
        row[at] = (row[at] + guess) & 0xFF


def _paeth(left: int, up: int, corner: int) -> int:
    near = left + up - corner
    far_left, far_up, far_corner = abs(near - left), abs(near - up), abs(near - corner)
    if far_left <= far_up and far_left <= far_corner:
        return left
    return up if far_up <= far_corner else corner


def _coloured(row: bytes, channels: int) -> bytes:
    """Return a row as red, green, blue, alpha."""
    if channels == 4:
        return row
    grey, alpha = row[::2], row[1::2]
    return bytes(part for pair in zip(grey, grey, grey, alpha, strict=True) for part in pair)


def _written(rows: list[bytes], wide: int) -> bytes:
    head = struct.pack(">IIBBBBB", wide, len(rows), 8, 6, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _refused(vi: str, en: str) -> SigningRefused:
    return SigningRefused("image", f"Ảnh chữ ký hoặc ảnh dấu {vi}.", f"The image of the signature or seal {en}.")
