"""Images of hands and seals as offices upload them."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.papers.service.signatures import Ink, Picture, SigningRefused, take_picture
from papers.signatures import pictures
from papers.signatures.pictures import BLUE, CLEAR, RED, png

WHITE, BLACK, GREY = (255, 255, 255, 255), (10, 10, 10, 255), (90, 90, 90, 255)


def spot(colour: tuple[int, ...], ground: tuple[int, ...] = CLEAR, wide: int = 30, tall: int = 20) -> bytes:
    """A cross of ink from (8, 5) to (18, 15) on a ground."""
    return png(wide, tall, lambda x, y: colour if 8 <= x < 18 and 5 <= y < 15 and (x + y) % 2 else ground)


def test_an_image_is_cut_to_its_ink() -> None:
    taken = take_picture(spot(BLUE), Ink.BLUE)
    assert Picture(taken).pixels == (10, 10)
    assert take_picture(taken, Ink.BLUE) == taken


def test_both_samples_are_taken() -> None:
    wide, tall = Picture(take_picture(pictures.hand(), Ink.BLUE)).pixels
    assert wide < 350
    assert tall < 150
    assert Picture(take_picture(pictures.seal(), Ink.RED)).pixels[0] == pytest.approx(211, abs=2)


def test_what_else_the_file_carries_is_left_out() -> None:
    told = spot(BLUE)
    noted = (
        told[:33]
        + struct.pack(">I", 9)
        + b"tEXtTen\0nguoi"
        + struct.pack(">I", zlib.crc32(b"tEXtTen\0nguoi"))
        + told[33:]
    )
    assert take_picture(noted, Ink.BLUE) == take_picture(told, Ink.BLUE)


@pytest.mark.parametrize(
    ("image", "ink", "word"),
    [
        (spot(BLUE, WHITE), Ink.BLUE, "nền trong suốt"),
        (spot(BLACK), Ink.BLUE, "màu xanh"),
        (spot(RED), Ink.BLUE, "màu xanh"),
        (spot(BLUE), Ink.RED, "màu đỏ"),
        (spot(CLEAR), Ink.RED, "không có nét"),
        (png(4, 4, lambda x, y: (9, 9, 200), colour=2), Ink.BLUE, "RGBA"),
        (png(5, 5, lambda x, y: (90, 255 if x == y else 0), colour=4), Ink.BLUE, "màu xanh"),
        (b"GIF89a", Ink.BLUE, ".png"),
        (pictures.SIGNATURE, Ink.BLUE, "hỏng"),
        (spot(BLUE)[:60], Ink.BLUE, "hỏng"),
        (pictures.framed(40_000, 40_000, b"\0"), Ink.BLUE, "quá lớn"),
    ],
    ids=["paper", "black", "red hand", "blue seal", "empty", "opaque", "grey", "gif", "head", "cut", "bomb"],
)  # fmt: skip
def test_an_image_against_the_decree_is_refused_by_name(image: bytes, ink: Ink, word: str) -> None:
    with pytest.raises(SigningRefused) as refused:
        take_picture(image, ink)
    assert refused.value.code == "image"
    assert word in refused.value.vi


def test_every_filter_of_the_format_is_undone() -> None:
    """The same picture written with each filter by a writer of its own."""
    plain = spot(BLUE)
    expected = take_picture(plain, Ink.BLUE)
    for kind in range(5):
        assert take_picture(filtered(kind), Ink.BLUE) == expected


def filtered(kind: int) -> bytes:
    wide, tall = 30, 20
    rows = [
        b"".join(bytes(BLUE if 8 <= x < 18 and 5 <= y < 15 and (x + y) % 2 else CLEAR) for x in range(wide))
        for y in range(tall)
    ]
    packed = b""
    above = bytes(4 * wide)
    for row in rows:
        packed += bytes([kind]) + bytes((row[at] - _guess(kind, row, above, at)) % 256 for at in range(len(row)))
        above = row
    return pictures.framed(wide, tall, packed)


def _guess(kind: int, row: bytes, above: bytes, at: int) -> int:
    left, up, corner = (row[at - 4], above[at], above[at - 4]) if at >= 4 else (0, above[at], 0)
    nearest = min((left, up, corner), key=lambda each: abs(left + up - corner - each))
    return (0, left, up, (left + up) // 2, nearest)[kind]


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    for image in (data, spot(BLUE)[:50] + data):
        try:
            take_picture(image, Ink.BLUE)
        except SigningRefused as refused:
            code = refused.code
            assert code == "image"


def test_the_sample_of_a_seal_is_no_larger_than_it_says(tmp_path: Path) -> None:
    wide, tall = Picture(pictures.seal(), 36, 36).size_pt
    assert wide == tall == pytest.approx(36 * 72 / 25.4)
