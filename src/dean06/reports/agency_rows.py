"""What every act on an agency's report does: hold it in its state, freeze what it says, record what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical
from dean06.reports.models import AgencyFile, AgencyReport, AgencySending
from dean06.reports.stored import sheet_in
from dean06.reports.types import AgencyReportInfo, AttachedFile, Correction, SendingInfo

State = AgencyReport.State
OPEN = (State.DRAFT, State.RETURNED)


def object_id(slug: str, month: str, agency: str) -> str:
    """Return the id under which permits and the ledger name a report."""
    return f"{slug}:{month}:{agency}"


def require_own(by: Permit, agency: str) -> None:
    """Refuse whoever acts for another agency than the report's."""
    if by.actor.agency != agency:
        raise BadInput(
            "Báo cáo này của cơ quan khác: chỉ người của cơ quan ấy viết, gửi, rút lại.",
            "This is another agency's report: only its own people write, send or take it back.",
        )


def locked(report_id: int) -> AgencyReport:
    """Return a report held for a change."""
    return AgencyReport.objects.select_for_update().get(pk=report_id)


def require_open(row: AgencyReport) -> None:
    """Refuse a change to a report that is sent."""
    if row.state not in OPEN:
        raise BadInput(
            f"Báo cáo tháng {clock.as_read(row.month)} đã gửi: rút lại, hoặc đợi nơi nhận trả lại, rồi sửa.",
            f"The report of {clock.as_read(row.month)} is sent: take it back, or wait until it is returned.",
        )


def counting(row: AgencyReport, *states: str) -> AgencySending:
    """Return the sending that counts, of a report in one of these states."""
    if row.state not in states:
        raise BadInput(
            "Báo cáo vừa đổi trạng thái: mở lại trang.", "The report has just changed its state: open the page again."
        )
    return row.sendings.select_for_update().get(version=row.version)


def move(row: AgencyReport, state: str, at: datetime) -> None:
    """Put a report in another state."""
    row.state, row.changed_at = state, at
    row.save(update_fields=["state", "changed_at"])


def content_of(row: AgencyReport) -> dict[str, object]:
    """Return everything that a report says, in plain values: what is frozen when it is sent."""
    files = row.files.filter(removed_at=None).order_by("pk").values_list("name", "sha256", "suffix", "scan")
    return {
        "format": "dean06-agency-report/1",
        "month": row.month,
        "agency": row.agency,
        "sheet": row.sheet,
        "corrected": row.corrected,
        "words": row.words,
        "files": [list(one) for one in files],
    }


def digest_of_content(content: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) of a content's bytes."""
    return hashlib.sha256(frozen(content)).hexdigest()


def frozen(content: Mapping[str, object]) -> bytes:
    """Return the bytes of a sending: the same content always gives the same, and their SHA-256 can be worked out."""
    return canonical(content).encode()


def enter(by: Permit, row: AgencyReport, *, digest: str, bound: str, **note: str | int) -> None:
    """Record an act on a report in the ledger."""
    slug = row.group.slug
    ledger.append(
        by,
        scope=slug,
        kind="agency_report",
        object_id=object_id(slug, row.month, row.agency),
        digest=digest,
        bound=bound,
        note=note,
    )


def whole() -> QuerySet[AgencyReport]:
    """Return the reports with their sendings and files, in three queries whatever their number."""
    return AgencyReport.objects.prefetch_related(
        Prefetch("sendings", AgencySending.objects.order_by("-version"), to_attr="told"),
        Prefetch("files", AgencyFile.objects.filter(removed_at=None).order_by("pk"), to_attr="kept"),
    )


def info(row: AgencyReport) -> AgencyReportInfo:
    """Return a report as other rooms know it."""
    sendings: Iterable[AgencySending] = getattr(row, "told", ())
    files: Iterable[AgencyFile] = getattr(row, "kept", ())
    return AgencyReportInfo(
        id=row.pk,
        group_id=row.group_id,
        month=row.month,
        agency=row.agency,
        state=row.state,
        version=row.version,
        sheet=sheet_in(row.sheet),
        corrected={code: Correction(**one) for code, one in row.corrected.items()},
        words=row.words,
        files=tuple(
            AttachedFile(id=one.pk, sha256=one.sha256, suffix=one.suffix, name=one.name, scan=one.scan) for one in files
        ),
        sendings=tuple(_sending_info(one) for one in sendings),
        changed_at=row.changed_at,
    )


def _sending_info(row: AgencySending) -> SendingInfo:
    return SendingInfo(
        version=row.version,
        digest=row.digest,
        channel=row.channel,
        to=row.to,
        arrived_at=row.arrived_at,
        account=str(row.account),
        entered_at=row.entered_at,
        received_at=row.received_at,
        received_by=str(row.received_by or ""),
        ended_at=row.ended_at,
        returned=row.returned,
        reason=row.reason,
        content=row.content,
    )
