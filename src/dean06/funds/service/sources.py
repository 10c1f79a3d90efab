"""The face of sources: where money comes from, under which paper, and what is left of it line by line."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.funds import posting
from dean06.funds.errors import FundsNotFound, FundsRefused
from dean06.funds.models import Line, Source, Year
from dean06.funds.posting import Rests
from dean06.funds.types import Kind, LineInfo, NewSource, Paper, Slot, SourceInfo, SourceKind
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer

FIRST_YEAR, LAST_YEAR = 2000, 2100

__all__ = [
    "allot",
    "allotment_digest",
    "enter",
    "entries_of",
    "for_flow",
    "line_for_flow",
    "of_flow",
    "reserve",
    "sources",
]


def reserve(group_id: int) -> Slot:
    """Keep the next number of a group for a source about to be entered, inside the caller's transaction."""
    with transaction.atomic():
        group = offices.group_by_id(group_id)
        if group.ending is not None:
            raise FundsRefused(
                f"«{group.name}» đã kết thúc: ghi kinh phí ở tổ kế thừa.",
                f"{group.name} has ended: money is entered in its successors.",
            )
        number = posting.next_number(posting.hold(group_id), "sources")
    return Slot(group_id=group_id, number=number, ref=f"{group.slug}:NKP-{number}")


def enter(by: Permit, new: NewSource) -> SourceInfo:
    """Enter a source and its first allotment; the permit is for kind `fund_source`, id `new.slot.ref`."""
    _check(new)
    with transaction.atomic():
        counter = posting.hold(new.slot.group_id)
        posting.require_open(new.slot.group_id, new.year)
        row = Source.objects.create(
            group_id=new.slot.group_id,
            number=new.slot.number,
            year=new.year,
            kind=new.kind.value,
            name=new.name,
            allotted_by=new.allotted_by,
            manager=new.manager,
            manager_by=new.manager_by,
            paper=new.paper.label,
            paper_on=new.paper.dated,
            sha256=new.paper.sha256,
            suffix=new.paper.suffix,
            file_name=new.paper.file_name,
            at=by.at,
            permit=by.digest(),
        )
        rests = Rests(on=new.paper.dated, paper=new.paper.label, paper_on=new.paper.dated)
        kind = Kind.CARRIED_IN if new.kind is SourceKind.CARRIED else Kind.ALLOTTED
        for name, amount in new.lines:
            line = Line.objects.create(group_id=row.group_id, source=row, name=name)
            posting.post(by, counter, line, kind, amount, rests)
        note: dict[str, str | int] = {"year": new.year, "total": sum(amount for _, amount in new.lines)}
        ledger.append(
            by,
            scope=row.group.slug,
            kind="fund_source",
            object_id=new.slot.ref,
            digest=new.digest(),
            bound=new.digest(),
            note=note,
        )
    return _info(row)


def _check(new: NewSource) -> None:
    if not (new.name and new.allotted_by and new.paper.label):
        raise FundsRefused(
            "Nguồn kinh phí cần tên, cơ quan cấp và số, ngày văn bản cấp.",
            "A source wants its name, who allots it, and number and date of the paper.",
        )
    if not FIRST_YEAR <= new.year <= LAST_YEAR:
        raise FundsRefused(f"Năm ngân sách {new.year} không hợp lệ.", f"The budget year {new.year} is not valid.")
    names = [name for name, _ in new.lines]
    if not names or not all(names) or len(set(names)) != len(names):
        raise FundsRefused(
            "Nguồn kinh phí cần ít nhất một khoản, mỗi khoản một tên riêng.",
            "A source wants at least one line, each under a name of its own.",
        )


def allotment_digest(line_name: str, amount: int, paper: Paper, made: int) -> str:
    """Return what the permit for a further allotment binds; `made` is how many entries the line had."""
    return digest_of(line=line_name, amount=amount, paper=paper.label, dated=paper.dated.isoformat(), after=made)


def allot(by: Permit, source_id: int, line_name: str, amount: int, paper: Paper) -> SourceInfo:
    """Enter a further allotment to a line of a source, or to a new line of it, under the paper that gives it.

    A negative sum is money that the authority takes back: it goes from what is left to the budget.
    """
    with transaction.atomic():
        row = _row(source_id)
        counter = posting.hold(row.group_id)
        line = Line.objects.select_for_update(of=("self",)).select_related("source").filter(
            source=row, name=line_name
        ).first() or Line(group_id=row.group_id, source=row, name=line_name)
        if not line_name:
            raise FundsRefused("Ghi tên khoản được cấp.", "Give the name of the line.")
        made = line.movements.count() if line.pk else 0
        if not line.pk:
            line.save()
        rests = Rests(on=paper.dated, paper=paper.label, paper_on=paper.dated)
        posting.post(by, counter, line, Kind.ALLOTTED if amount > 0 else Kind.RETURNED, abs(amount), rests)
        ledger.append(
            by,
            scope=row.group.slug,
            kind="fund_source",
            object_id=ref_of(row),
            digest=by.obj.digest,
            bound=allotment_digest(line_name, amount, paper, made),
            note={"allotted": amount},
        )
    return _info(row)


def entries_of(source: SourceInfo, line_name: str) -> int:
    """Return how many entries a line of a source has; none where there is no such line yet."""
    line = Line.objects.filter(source_id=source.id, name=line_name).first()
    return line.movements.count() if line else 0


def ref_of(row: Source) -> str:
    """Return the id under which permits and the ledger name a source."""
    return f"{row.group.slug}:NKP-{row.number}"


def _row(source_id: int) -> Source:
    row = Source.objects.select_related("group").filter(pk=source_id).first()
    if row is None:
        raise not_found()
    return row


def not_found() -> BadInput:
    """Return the one answer for what is not there or not for the reader."""
    return FundsNotFound(
        "Không có nguồn hoặc khoản kinh phí này trong phạm vi của bạn: mở lại trang kinh phí.",
        "There is no such source or line within your reach: open the page of funds again.",
    )


def _lines(rows: Iterable[Line]) -> tuple[LineInfo, ...]:
    return tuple(
        LineInfo(
            id=one.pk,
            source_id=one.source_id,
            name=one.name,
            allotted=one.allotted,
            reserved=one.reserved,
            spent=one.spent,
            available=one.available,
        )
        for one in rows
    )


def _info(row: Source, closed: frozenset[int] | None = None) -> SourceInfo:
    if closed is None:
        closed = frozenset(Year.objects.filter(group_id=row.group_id).values_list("year", flat=True))
    return SourceInfo(
        id=row.pk,
        ref=ref_of(row),
        group_id=row.group_id,
        number=row.number,
        year=row.year,
        kind=SourceKind(row.kind),
        name=row.name,
        allotted_by=row.allotted_by,
        manager=row.manager,
        manager_by=row.manager_by,
        paper=Paper(label=row.paper, dated=row.paper_on, sha256=row.sha256, suffix=row.suffix, file_name=row.file_name),
        at=row.at,
        lines=_lines(row.lines.all()),
        closed=row.year in closed,
    )


def _all(group_id: int, year: int | None) -> tuple[SourceInfo, ...]:
    rows = Source.objects.filter(group_id=group_id).select_related("group").prefetch_related("lines")
    if year is not None:
        rows = rows.filter(year=year)
    closed = frozenset(Year.objects.filter(group_id=group_id).values_list("year", flat=True))
    return tuple(_info(row, closed) for row in rows.order_by("-year", "number"))


def sources(viewer: Viewer, group_id: int, year: int | None = None) -> tuple[SourceInfo, ...]:
    """Return the sources of a group with what is left of each, to those who sit in it; three queries."""
    return _all(group_id, year) if viewer.sits_in(group_id) else ()


def of_flow(group_id: int, year: int | None = None) -> tuple[SourceInfo, ...]:
    """Return the sources of a group for the house's own work: facts of a report, the chair's board."""
    return _all(group_id, year)


def for_flow(group_id: int, source_id: int) -> SourceInfo:
    """Return one source of a group for a flow."""
    row = Source.objects.select_related("group").filter(pk=source_id, group_id=group_id).first()
    if row is None:
        raise not_found()
    return _info(row)


def line_for_flow(group_id: int, line_id: int) -> LineInfo:
    """Return one line of a group for a flow."""
    found = _lines(Line.objects.filter(pk=line_id, group_id=group_id))
    if not found:
        raise not_found()
    return found[0]
