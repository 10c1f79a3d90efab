"""The face of budgets: the estimates of a year put together with the provenance of each line, and submitted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.funds import posting
from dean06.funds.errors import FundsNotFound, FundsRefused
from dean06.funds.models import Budget
from dean06.funds.service import estimates
from dean06.funds.types import BudgetInfo, BudgetLine, EstimateInfo, EstimateState
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer

__all__ = [
    "attach_paper",
    "budgets",
    "consolidate",
    "digest",
    "for_flow",
    "next_version",
    "of_flow",
    "put_together",
    "submission_digest",
    "submit",
]


def put_together(found: tuple[EstimateInfo, ...]) -> tuple[BudgetLine, ...]:
    """Return the lines of sent estimates, agency by agency, each with the estimate it comes from."""
    return tuple(
        BudgetLine(
            agency=one.agency,
            content=line.content,
            ground=line.ground,
            quantity=line.quantity,
            unit=line.unit,
            price=line.price,
            months=line.months,
            amount=line.amount,
            estimate_id=one.id,
            estimate_sha256=one.digest(),
        )
        for one in found
        if one.state is EstimateState.SENT
        for line in one.lines
    )


def digest(lines: tuple[BudgetLine, ...]) -> str:
    """Return what the permit to consolidate binds."""
    return digest_of(lines="\n".join(f"{one.estimate_id} {one.estimate_sha256} {one.amount}" for one in lines))


def ref_of(row: Budget) -> str:
    """Return the id under which permits and the ledger name a budget."""
    return f"{row.group.slug}:NS-{row.year}.{row.version}"


def next_version(group_id: int, year: int) -> int:
    """Return the number of the version that would be made next."""
    last = _last(group_id, year)
    if last is None:
        return 1
    return last.version if _may_be_replaced(last) else last.version + 1


def _last(group_id: int, year: int) -> Budget | None:
    return Budget.objects.filter(group_id=group_id, year=year).order_by("-version").first()


def _may_be_replaced(row: Budget) -> bool:
    """Say whether nobody has put a version on paper yet: then it is made anew under its own number."""
    return row.submitted_at is None and row.paper_id is None


def consolidate(by: Permit, group_id: int, year: int) -> BudgetInfo:
    """Put the sent estimates of a year together; the permit is for kind `budget` and binds `digest` of the lines."""
    with transaction.atomic():
        posting.hold(group_id)
        lines = put_together(estimates.of_flow(group_id, [year]))
        if not lines:
            raise FundsRefused(
                f"Chưa có cơ quan nào gửi dự toán năm {year}: nhắc các cơ quan gửi rồi tổng hợp.",
                f"No agency has sent its estimate of {year} yet.",
            )
        last, version = _last(group_id, year), next_version(group_id, year)
        if last is not None and last.version == version:
            last.delete()
        row = Budget.objects.create(
            group_id=group_id,
            year=year,
            version=version,
            lines=[asdict(one) for one in lines],
            total=sum(one.amount for one in lines),
            made_at=by.at,
            made_agency=by.actor.agency or "",
            permit=by.digest(),
        )
        _entered(by, row, digest(lines), act="consolidated", lines=len(lines))
    return _info(row)


def attach_paper(budget_id: int, paper_id: int) -> None:
    """Remember the paper drafted from a budget; the draft has an entry of its own."""
    Budget.objects.filter(pk=budget_id).update(paper_id=paper_id)


def submission_digest(info: BudgetInfo, label: str, at: datetime) -> str:
    """Return what the permit to submit binds."""
    return digest_of(ref=info.ref, total=info.total, paper=label, at=at.isoformat())


def submit(by: Permit, budget_id: int, label: str, at: datetime) -> BudgetInfo:
    """Record that a budget was submitted, by which paper, when; it is not put together anew afterwards."""
    with transaction.atomic():
        row = Budget.objects.select_for_update(of=("self",)).select_related("group").filter(pk=budget_id).first()
        if row is None:
            raise not_found()
        if row.submitted_at is not None or not label:
            raise FundsRefused(
                "Dự toán đã trình, hoặc chưa có số văn bản trình.",
                "The budget was submitted already, or the paper that submits it has no number.",
            )
        bound = submission_digest(_info(row), label, at)
        row.submitted_at, row.submitted_as = at, label
        row.save(update_fields=["submitted_at", "submitted_as"])
        _entered(by, row, bound, act="submitted", total=row.total)
    return _info(row)


def _entered(by: Permit, row: Budget, bound: str, **note: str | int) -> None:
    ledger.append(by, scope=row.group.slug, kind="budget", object_id=by.obj.id, digest=bound, bound=bound, note=note)


def not_found() -> FundsNotFound:
    """Return the one answer for a budget that is not there or not for the reader."""
    return FundsNotFound("Không có bản dự toán tổng hợp này.", "There is no such consolidated budget.")


def _info(row: Budget, now: dict[int, str] | None = None) -> BudgetInfo:
    lines = tuple(BudgetLine(**one) for one in row.lines)
    stands = {one.estimate_id: one.estimate_sha256 for one in lines}
    return BudgetInfo(
        id=row.pk,
        ref=ref_of(row),
        group_id=row.group_id,
        year=row.year,
        version=row.version,
        lines=lines,
        total=row.total,
        made_at=row.made_at,
        made_agency=row.made_agency,
        paper_id=row.paper_id,
        submitted_at=row.submitted_at,
        submitted_as=row.submitted_as,
        stale=now is not None and row.submitted_at is None and now != stands,
    )


def _rows(group_id: int) -> QuerySet[Budget]:
    return Budget.objects.filter(group_id=group_id).select_related("group").order_by("-year", "-version")


def budgets(viewer: Viewer, group_id: int, year: int) -> tuple[BudgetInfo, ...]:
    """Return the versions of a year's budget, newest first, to those who sit in the group."""
    if not viewer.sits_in(group_id):
        return ()
    now = {
        one.id: one.digest()
        for one in estimates.of_flow(group_id, [year])
        if one.state is EstimateState.SENT and one.lines
    }
    return tuple(_info(row, now) for row in _rows(group_id).filter(year=year))


def of_flow(group_id: int) -> tuple[BudgetInfo, ...]:
    """Return every budget of a group for the house's own work."""
    return tuple(_info(row) for row in _rows(group_id))


def for_flow(group_id: int, budget_id: int) -> BudgetInfo:
    """Return one budget of a group for a flow."""
    row = _rows(group_id).filter(pk=budget_id).first()
    if row is None:
        raise not_found()
    return _info(row)
