"""Made-up images as offices scan them: a hand in blue ink, a round seal in red, both on a transparent ground.

The seal bears no letters of any agency: nobody can take it for a real one.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BLUE, RED, CLEAR = (20, 50, 160, 255), (205, 20, 30, 235), (0, 0, 0, 0)
SEAL_MM = 36.0

__all__ = ["BLUE", "CLEAR", "RED", "SEAL_MM", "SIGNATURE", "framed", "hand", "png", "seal"]


def png(wide: int, tall: int, pixel: Callable[[int, int], tuple[int, ...]], colour: int = 6) -> bytes:
    """Return a PNG of so many pixels; `colour` 6 is red, green, blue and how opaque."""
    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(wide)) for y in range(tall))
    return framed(wide, tall, rows, colour)


def framed(wide: int, tall: int, rows: bytes, colour: int = 6) -> bytes:
    """Return a PNG of rows, each with its filter before it."""
    head = struct.pack(">IIBBBBB", wide, tall, 8, colour, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def hand(name: str = "") -> bytes:
    """Return somebody's signature: another name has another swing."""
    swing = 0.8 + zlib.crc32(name.encode()) % 9 / 10 if name else 1.0
    ink = set()
    for step in range(480):
        t = step / 4
        x, y = 20 + t * 2.6, 75 + 45 * math.sin(t * swing / 9) * math.exp(-t / 130) + 18 * math.sin(t * swing / 3.1)
        ink |= {(int(x) + dx, int(y) + dy) for dx in range(-3, 4) for dy in range(-3, 4) if dx * dx + dy * dy <= 7}
    return png(350, 150, lambda x, y: BLUE if (x, y) in ink else CLEAR)


def _star(turn: float) -> float:
    """Return how far the edge of a five-pointed star is from its middle, at an angle from one of its tips."""
    half, tip, notch = math.pi / 5, 40.0, 15.3
    off = abs((turn + half) % (2 * half) - half)
    return tip * notch * math.sin(half) / (notch * math.sin(half - off) + tip * math.sin(off))


def seal() -> bytes:
    """Return a round seal: rings, a star, and strokes where letters would stand."""

    def pixel(x: int, y: int) -> tuple[int, ...]:
        far, turn = math.hypot(x - 106, y - 106), math.atan2(y - 106, x - 106)
        rings = 100 <= far <= 105 or 94 <= far <= 96 or 59 <= far <= 61
        star = far < _star(turn + math.pi / 2)
        letters = 70 <= far <= 86 and int((turn + 4) * 14) % 3 != 0
        return RED if rings or star or letters else CLEAR

    return png(212, 212, pixel)
