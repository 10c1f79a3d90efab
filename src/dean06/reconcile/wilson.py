"""The Wilson score interval of a share, 95 % (Wilson, JASA 22, 1927). Pure."""

from __future__ import annotations

from math import sqrt

Z = 1.959963984540054


def interval(good: int, total: int) -> tuple[float, float]:
    """Return (low, high) of good/total; the whole span when nothing was measured."""
    if total == 0:
        return 0.0, 1.0
    share, square = good / total, Z * Z
    centre = share + square / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + square / (4 * total * total))
    scale = 1 + square / total
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
