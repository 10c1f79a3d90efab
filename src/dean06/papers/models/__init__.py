"""Storage of papers, one module a noun."""

from __future__ import annotations

from dean06.papers.models.documents import Dispatch, Paper, Series

__all__ = ["Dispatch", "Paper", "Series"]
