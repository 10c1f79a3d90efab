"""Made-up images as offices scan them: a hand in blue ink, a round seal in red, both on a transparent ground."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BLUE, RED, CLEAR = (20, 50, 160, 255), (205, 20, 30, 235), (0, 0, 0, 0)


def png(wide: int, tall: int, pixel: Callable[[int, int], tuple[int, ...]], colour: int = 6) -> bytes:
    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(wide)) for y in range(tall))
    return framed(wide, tall, rows, colour)


def framed(wide: int, tall: int, rows: bytes, colour: int = 6) -> bytes:
    """A PNG of rows, each with its filter before it."""
    head = struct.pack(">IIBBBBB", wide, tall, 8, colour, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def hand() -> bytes:
    ink = set()
    for step in range(480):
        t = step / 4
        x, y = 20 + t * 2.6, 75 + 45 * math.sin(t / 9) * math.exp(-t / 130) + 18 * math.sin(t / 3.1)
        ink |= {(int(x) + dx, int(y) + dy) for dx in range(-3, 4) for dy in range(-3, 4) if dx * dx + dy * dy <= 7}
    return png(350, 150, lambda x, y: BLUE if (x, y) in ink else CLEAR)


def seal() -> bytes:
    def pixel(x: int, y: int) -> tuple[int, ...]:
        far, turn = math.hypot(x - 106, y - 106), math.atan2(y - 106, x - 106)
        rings = 100 <= far <= 105 or 94 <= far <= 96 or 59 <= far <= 61
        star = far < 23 + 15 * math.cos(5 * (turn + math.pi / 2))
        letters = 70 <= far <= 86 and int((turn + 4) * 14) % 3 != 0
        return RED if rings or star or letters else CLEAR

    return png(212, 212, pixel)
