"""Storage of reports, one module a noun."""

from __future__ import annotations

from dean06.reports.models.months import MonthReport, Receipt
from dean06.reports.models.replies import DutyReply

__all__ = ["DutyReply", "MonthReport", "Receipt"]
