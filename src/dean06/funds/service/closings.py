"""The face of the year's end: what is left goes back or is carried over, and the year takes no entry any more."""

from __future__ import annotations

from django.db import transaction

from dean06.charter.types import Permit
from dean06.funds import posting
from dean06.funds.errors import FundsRefused
from dean06.funds.models import Counter, Line, Source, SpendingRequest, Year
from dean06.funds.posting import Rests
from dean06.funds.types import Close, Closing, Kind, Paper, SourceKind, State
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import Viewer

OPEN = (State.REQUESTED.value, State.APPROVED.value)
CARRIED = "Kinh phí chuyển nguồn từ năm {year}"

__all__ = ["close", "closings", "ref_of"]


def ref_of(slug: str, year: int) -> str:
    """Return the id under which permits and the ledger name the closing of a year."""
    return f"{slug}:KSNS-{year}"


def close(by: Permit, group_id: int, asked: Close) -> Closing:
    """Close a year: of the lines named the rest is carried into the next year, of the others it goes back."""
    if not asked.paper.label:
        raise FundsRefused("Ghi số, ngày văn bản khóa sổ.", "Give number and date of the paper that closes the year.")
    slug = offices.group_by_id(group_id).slug
    with transaction.atomic():
        counter = posting.hold(group_id)
        posting.require_open(group_id, asked.year)
        _require_done(group_id, asked.year)
        rows = Line.objects.select_for_update(of=("self",)).select_related("source")
        lines = list(rows.filter(group_id=group_id, source__year=asked.year).order_by("pk"))
        rests = Rests(on=asked.paper.dated, paper=asked.paper.label, paper_on=asked.paper.dated)
        left = [(line, line.available) for line in lines if line.available]
        for line, amount in left:
            kind = Kind.CARRIED_OUT if line.pk in asked.carry else Kind.RETURNED
            posting.post(by, counter, line, kind, amount, rests)
        carried = [(line.name, amount) for line, amount in left if line.pk in asked.carry]
        if carried:
            _carry(by, counter, asked, carried, rests)
        total = sum(amount for _, amount in carried)
        row = Year.objects.create(
            group_id=group_id,
            year=asked.year,
            paper=asked.paper.label,
            paper_on=asked.paper.dated,
            returned=sum(amount for _, amount in left) - total,
            carried=total,
            at=by.at,
            permit=by.digest(),
        )
        bound, name = asked.digest(slug), ref_of(slug, asked.year)
        note: dict[str, str | int] = {"year": asked.year, "returned": row.returned, "carried": total}
        ledger.append(by, scope=slug, kind="fund_year", object_id=name, digest=bound, bound=bound, note=note)
    return _info(row)


def _require_done(group_id: int, year: int) -> None:
    waiting = SpendingRequest.objects.filter(group_id=group_id, line__source__year=year, state__in=OPEN)
    numbers = ", ".join(str(one) for one in waiting.order_by("number").values_list("number", flat=True)[:20])
    if numbers:
        raise FundsRefused(
            f"Còn đề nghị chi chưa xong: số {numbers}. Quyết toán, từ chối hoặc hủy rồi khóa sổ năm {year}.",
            f"Requests {numbers} are not done: settle, refuse or cancel them, then close {year}.",
        )
    if not Source.objects.filter(group_id=group_id, year=year).exists():
        raise FundsRefused(f"Năm {year} chưa có nguồn kinh phí nào.", f"There is no source of money in {year}.")


def _carry(by: Permit, counter: Counter, asked: Close, carried: list[tuple[str, int]], rests: Rests) -> None:
    group_id = counter.group_id
    posting.require_open(group_id, asked.year + 1)
    first = Source.objects.filter(group_id=group_id, year=asked.year).order_by("number")[0]
    source = Source.objects.create(
        group_id=group_id,
        number=posting.next_number(counter, "sources"),
        year=asked.year + 1,
        kind=SourceKind.CARRIED.value,
        name=CARRIED.format(year=asked.year),
        allotted_by=first.allotted_by,
        manager=first.manager,
        manager_by=first.manager_by,
        paper=asked.paper.label,
        paper_on=asked.paper.dated,
        at=by.at,
        permit=by.digest(),
    )
    sums: dict[str, int] = {}
    for name, amount in carried:
        sums[name] = sums.get(name, 0) + amount
    for name, amount in sums.items():
        line = Line.objects.create(group_id=group_id, source=source, name=name)
        posting.post(by, counter, line, Kind.CARRIED_IN, amount, rests)


def _info(row: Year) -> Closing:
    return Closing(
        year=row.year,
        paper=Paper(label=row.paper, dated=row.paper_on),
        at=row.at,
        returned=row.returned,
        carried=row.carried,
    )


def closings(viewer: Viewer, group_id: int) -> tuple[Closing, ...]:
    """Return the closed years of a group, newest first, to those who sit in it."""
    if not viewer.sits_in(group_id):
        return ()
    return tuple(_info(row) for row in Year.objects.filter(group_id=group_id).order_by("-year"))
