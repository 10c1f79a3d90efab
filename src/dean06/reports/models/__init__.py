"""Storage of reports, one module a noun."""

from __future__ import annotations

from dean06.reports.models.agency_reports import AgencyFile, AgencyReport, AgencySending
from dean06.reports.models.figures import InputFigure
from dean06.reports.models.months import Figure, IssuedReport, MonthReport, Receipt
from dean06.reports.models.replies import DutyReply

__all__ = [
    "AgencyFile",
    "AgencyReport",
    "AgencySending",
    "DutyReply",
    "Figure",
    "InputFigure",
    "IssuedReport",
    "MonthReport",
    "Receipt",
]
