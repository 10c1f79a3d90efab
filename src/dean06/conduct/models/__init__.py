"""Storage of conduct, one module a noun."""

from __future__ import annotations

from dean06.conduct.models.replacements import Replacement, ReplacementEvidence, ReplacementStep

__all__ = ["Replacement", "ReplacementEvidence", "ReplacementStep"]
