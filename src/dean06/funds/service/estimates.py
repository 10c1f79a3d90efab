"""The face of estimates: an agency's lines of a year, sent, sent back, copied from the year before."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from dean06.charter.types import Permit
from dean06.funds import posting
from dean06.funds.errors import FundsNotFound, FundsRefused
from dean06.funds.models import Estimate, EstimateEvent
from dean06.funds.models import EstimateLine as Row
from dean06.funds.types import MOST, EstimateInfo, EstimateLine, EstimateState, EventInfo, lines_digest
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer

MOST_LINES, MOST_MONTHS = 500, 12
OPEN = (EstimateState.DRAFT, EstimateState.RETURNED)
NO_ROLES: frozenset[str] = frozenset()

__all__ = [
    "copied",
    "estimate",
    "for_work",
    "lines_digest",
    "of_flow",
    "of_year",
    "ref_of",
    "return_digest",
    "send",
    "send_back",
    "send_digest",
    "write",
    "years",
]


def ref_of(slug: str, year: int, agency: str) -> str:
    """Return the id under which permits and the ledger name an estimate."""
    return f"{slug}:DT-{year}-{agency}"


def _lines(row: Estimate) -> tuple[EstimateLine, ...]:
    return tuple(
        EstimateLine(
            content=one.content,
            ground=one.ground,
            quantity=one.quantity,
            unit=one.unit,
            price=one.price,
            months=one.months,
            origin=one.origin,
            id=one.pk,
        )
        for one in row.lines.all()
    )


def _info(row: Estimate, *, whole: bool = False) -> EstimateInfo:
    return EstimateInfo(
        id=row.pk,
        ref=ref_of(row.group.slug, row.year, row.agency),
        group_id=row.group_id,
        year=row.year,
        agency=row.agency,
        state=EstimateState(row.state),
        sent_at=row.sent_at,
        reason=row.reason,
        lines=_lines(row),
        events=tuple(_event(one) for one in row.events.all()) if whole else (),
    )


def _event(row: EstimateEvent) -> EventInfo:
    return EventInfo(
        at=row.at,
        kind=row.kind,
        account=row.account,
        role=row.role,
        agency=row.agency,
        note=row.note,
        amount=row.amount,
        clauses=tuple((line, label) for line, label in row.clauses),
    )


def write(by: Permit, group_id: int, year: int, agency: str, lines: tuple[EstimateLine, ...]) -> EstimateInfo:
    """Write the lines of an agency's estimate anew; the permit binds `lines_digest` of them."""
    _check(lines)
    with transaction.atomic():
        posting.hold(group_id)
        row, _ = Estimate.objects.get_or_create(group_id=group_id, year=year, agency=agency)
        _require(row, *OPEN)
        row.lines.all().delete()
        Row.objects.bulk_create(
            Row(
                group_id=group_id,
                estimate=row,
                content=one.content,
                ground=one.ground,
                quantity=one.quantity,
                unit=one.unit,
                price=one.price,
                months=one.months,
                origin=one.origin,
            )
            for one in lines
        )
        ref = ref_of(row.group.slug, year, agency)
        _record(by, row, "written", bound=lines_digest(ref, lines))
    return for_work(group_id, year, agency)


def _check(lines: tuple[EstimateLine, ...]) -> None:
    if len(lines) > MOST_LINES:
        raise FundsRefused(f"Dự toán quá {MOST_LINES} dòng.", f"An estimate has at most {MOST_LINES} lines.")
    for number, one in enumerate(lines, 1):
        if not (one.content and one.ground and one.unit):
            raise FundsRefused(
                f"Dòng {number}: cần nội dung chi, căn cứ và đơn vị tính.",
                f"Line {number}: content, ground and unit are needed.",
            )
        if one.quantity <= 0 or one.price <= 0 or not 1 <= one.months <= MOST_MONTHS or one.amount > MOST:
            raise FundsRefused(
                f"Dòng {number} («{one.content}»): số lượng, đơn giá là số nguyên lớn hơn 0; số tháng từ 1 đến 12.",
                f"Line {number} ({one.content!r}): quantity and price are whole numbers above 0; months are 1 to 12.",
            )


def send(by: Permit, group_id: int, year: int, agency: str) -> EstimateInfo:
    """Send an estimate to whoever consolidates."""
    with transaction.atomic():
        row = _locked(group_id, year, agency)
        _require(row, *OPEN)
        if not row.lines.exists():
            raise FundsRefused("Dự toán chưa có dòng nào: nhập rồi gửi.", "The estimate has no line yet.")
        bound = send_digest(_info(row))
        row.state, row.sent_at, row.reason = EstimateState.SENT.value, by.at, ""
        row.save(update_fields=["state", "sent_at", "reason"])
        _record(by, row, "sent", bound=bound)
    return for_work(group_id, year, agency)


def send_digest(info: EstimateInfo) -> str:
    """Return what the permit to send an estimate binds."""
    return digest_of(lines=info.digest(), sent=True)


def return_digest(info: EstimateInfo, reason: str) -> str:
    """Return what the permit to send an estimate back binds."""
    return digest_of(lines=info.digest(), returned=reason)


def send_back(by: Permit, group_id: int, year: int, agency: str, reason: str) -> EstimateInfo:
    """Send an estimate back to its agency, with a reason."""
    if not reason:
        raise FundsRefused("Ghi lý do trả lại.", "Give the reason for sending it back.")
    with transaction.atomic():
        row = _locked(group_id, year, agency)
        _require(row, EstimateState.SENT)
        bound = return_digest(_info(row), reason)
        row.state, row.reason = EstimateState.RETURNED.value, reason[:400]
        row.save(update_fields=["state", "reason"])
        _record(by, row, "returned", bound=bound, note=reason)
    return for_work(group_id, year, agency)


def copied(group_id: int, year: int, agency: str) -> tuple[EstimateLine, ...]:
    """Return the lines of the year before as lines of this one; each says which line it was copied from."""
    before = for_work(group_id, year - 1, agency)
    return tuple(
        EstimateLine(
            content=one.content,
            ground=one.ground,
            quantity=one.quantity,
            unit=one.unit,
            price=one.price,
            months=one.months,
            origin=f"{year - 1}:{number}",
        )
        for number, one in enumerate(before.lines, 1)
    )


def _require(row: Estimate, *states: EstimateState) -> None:
    if row.state not in states:
        raise FundsRefused(
            f"Dự toán {row.year} của {row.agency} không còn ở bước này: mở lại trang.",
            f"The estimate {row.year} of {row.agency} is not at this step any more: open the page again.",
        )


def _locked(group_id: int, year: int, agency: str) -> Estimate:
    posting.hold(group_id)
    row = Estimate.objects.select_related("group").filter(group_id=group_id, year=year, agency=agency).first()
    if row is None:
        raise _not_found(year, agency)
    return row


def _not_found(year: int, agency: str) -> FundsNotFound:
    return FundsNotFound(
        f"Không có dự toán năm {year} của cơ quan {agency} trong phạm vi của bạn.",
        f"There is no estimate of {year} of the agency {agency} within your reach.",
    )


def _record(by: Permit, row: Estimate, kind: str, *, bound: str, note: str = "") -> None:
    ref, lines = ref_of(row.group.slug, row.year, row.agency), _lines(row)
    total, digest = sum(one.amount for one in lines), lines_digest(ref, lines)
    EstimateEvent.objects.create(
        group_id=row.group_id,
        estimate=row,
        at=by.at,
        kind=kind,
        account=by.actor.account,
        role=by.actor.role,
        agency=by.actor.agency or "",
        note=note[:400],
        amount=total,
        clauses=posting.clauses_of(by),
        sha256=digest,
        permit=by.digest(),
    )
    told: dict[str, str | int] = {"act": kind, "lines": len(lines), "total": total}
    ledger.append(by, scope=row.group.slug, kind="estimate", object_id=ref, digest=digest, bound=bound, note=told)


def _rows(group_id: int) -> QuerySet[Estimate]:
    return Estimate.objects.filter(group_id=group_id).select_related("group").prefetch_related("lines")


def for_work(group_id: int, year: int, agency: str) -> EstimateInfo:
    """Return an agency's estimate of a year for a flow; an empty draft where nothing was written yet."""
    row = _rows(group_id).filter(year=year, agency=agency).first()
    if row is not None:
        return _info(row)
    return EstimateInfo(
        id=0,
        ref=ref_of(offices.group_by_id(group_id).slug, year, agency),
        group_id=group_id,
        year=year,
        agency=agency,
        state=EstimateState.DRAFT,
        sent_at=None,
        reason="",
        lines=(),
    )


def of_flow(group_id: int, years: Iterable[int]) -> tuple[EstimateInfo, ...]:
    """Return every estimate of some years for the house's own work; two queries."""
    return tuple(_info(row) for row in _rows(group_id).filter(year__in=list(years)).order_by("year", "agency"))


def of_year(
    viewer: Viewer, group_id: int, years: Iterable[int], *, see_all: frozenset[str] = NO_ROLES
) -> tuple[EstimateInfo, ...]:
    """Return the estimates of some years that a reader may see: those of their agencies, or all by their role."""
    if not viewer.sits_in(group_id):
        return ()
    rows = _rows(group_id).filter(year__in=list(years))
    if not any(one.role in see_all for one in viewer.capacities if one.group_id == group_id):
        rows = rows.filter(Q(agency__in=viewer.agencies_in(group_id)))
    return tuple(_info(row) for row in rows.order_by("year", "agency"))


def estimate(
    viewer: Viewer, group_id: int, year: int, agency: str, *, see_all: frozenset[str] = NO_ROLES
) -> EstimateInfo:
    """Return one estimate with its history; an empty draft where the agency has written none."""
    held = [one for one in viewer.capacities if one.group_id == group_id]
    if not any(one.role in see_all or one.agency == agency for one in held):
        raise _not_found(year, agency)
    row = _rows(group_id).prefetch_related("events").filter(year=year, agency=agency).first()
    return _info(row, whole=True) if row is not None else for_work(group_id, year, agency)


def years(group_id: int) -> tuple[int, ...]:
    """Return the years for which anything was estimated, newest first."""
    found = Estimate.objects.filter(group_id=group_id).values_list("year", flat=True)
    return tuple(sorted(set(found), reverse=True))
