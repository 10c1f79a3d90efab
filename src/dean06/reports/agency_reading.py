"""Reading the agencies' reports: what a reader may see, and what the group's report and its records are made of."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from dean06.offices.types import Viewer
from dean06.reports.agency_rows import State, info, whole
from dean06.reports.models import AgencyFile, AgencyReport, AgencySending
from dean06.reports.types import AgencyReportInfo, Arrival, AttachedFile


def _seen_by(viewer: Viewer, group_id: int) -> QuerySet[AgencyReport]:
    """Narrow a group's agency reports to those a reader may see: their own agency's, and what others have sent."""
    rows = whole().filter(group_id=group_id)
    if not viewer.sits_in(group_id):
        return rows.none()
    return rows.filter(version__gt=0) | rows.filter(agency__in=viewer.agencies_in(group_id))


def seen_reports(viewer: Viewer, group_id: int, ids: Iterable[int]) -> frozenset[int]:
    """Return which of these reports a reader may see."""
    rows = _seen_by(viewer, group_id).filter(pk__in=list(ids)).prefetch_related(None)
    return frozenset(rows.order_by().values_list("pk", flat=True))


def listed(viewer: Viewer, group_id: int, month: str) -> list[AgencyReportInfo]:
    """Return the agencies' reports of a month that a reader may see."""
    return [info(row) for row in _seen_by(viewer, group_id).filter(month=month)]


def one(viewer: Viewer, group_id: int, month: str, agency: str) -> AgencyReportInfo | None:
    """Return an agency's report of a month, if it was begun and the reader may see it."""
    row = _seen_by(viewer, group_id).filter(month=month, agency=agency).first()
    return info(row) if row else None


def attached_file(viewer: Viewer, group_id: int, file_id: int) -> AttachedFile | None:
    """Return a file beside a report that the reader may see."""
    seen = _seen_by(viewer, group_id).values("pk")
    row = AgencyFile.objects.filter(pk=file_id, report__in=seen).first()
    if row is None:
        return None
    return AttachedFile(id=row.pk, sha256=row.sha256, suffix=row.suffix, name=row.name, scan=row.scan)


def for_work(group_id: int, month: str, agency: str) -> AgencyReportInfo | None:
    """Return an agency's report for the journeys, which check the actor themselves."""
    row = whole().filter(group_id=group_id, month=month, agency=agency).first()
    return info(row) if row else None


def every(group_id: int) -> list[AgencyReportInfo]:
    """Return every report of a group's agencies, for the house's own work."""
    return [info(row) for row in whole().filter(group_id=group_id).order_by("pk")]


def received_in(group_id: int, month: str) -> list[AgencyReportInfo]:
    """Return the reports of a month that the group's own report is made from: those taken in, by agency."""
    return [info(row) for row in whole().filter(group_id=group_id, month=month, state=State.RECEIVED)]


def arrivals(group_id: int) -> list[Arrival]:
    """Return every arrival that counts, for the records of the group's duties."""
    rows = AgencySending.objects.filter(group_id=group_id, ended_at=None).select_related("report")
    return [
        Arrival(
            id=row.report_id,
            month=row.report.month,
            agency=row.report.agency,
            to=row.to,
            at=row.arrived_at,
            version=row.version,
            digest=row.digest,
            channel=row.channel,
            received_at=row.received_at,
        )
        for row in rows.defer("content", "report__sheet", "report__words", "report__corrected").order_by("arrived_at")
    ]
