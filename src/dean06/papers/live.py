"""The Django-free face of papers: check a file against the layout of Decree 30."""

from __future__ import annotations

from dean06.papers.checks.checked import Checked, Warned, check_file
from dean06.papers.checks.decree30 import Departure
from dean06.papers.pdf.opening import MOST_BYTES

__all__ = ["MOST_BYTES", "Checked", "Departure", "Warned", "check_file"]
