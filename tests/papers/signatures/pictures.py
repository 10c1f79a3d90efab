"""Made-up images as offices scan them, as the demonstration draws them."""

from __future__ import annotations

from dean06.demo.pictures import BLUE, CLEAR, RED, SIGNATURE, framed, hand, png, seal

__all__ = ["BLUE", "CLEAR", "RED", "SIGNATURE", "framed", "hand", "png", "seal"]
