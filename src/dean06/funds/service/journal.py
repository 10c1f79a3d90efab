"""The face of the journal: its entries, what they add up to, and the reversal of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.funds import posting
from dean06.funds.errors import FundsRefused
from dean06.funds.models import Line, Movement
from dean06.funds.posting import Rests
from dean06.funds.service.sources import not_found
from dean06.funds.types import Account, Filters, Kind, LineInfo, MovementInfo
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer

NO_FILTERS = Filters()
# What belongs to a request is undone where the request stands.
BY_ITSELF = frozenset({Kind.ALLOTTED, Kind.RETURNED})

__all__ = ["entry_for_flow", "movements", "of_flow", "recount", "reversal_digest", "reverse", "unsound"]


def _info(row: Movement) -> MovementInfo:
    undone = getattr(row, "reversed_by", None)
    return MovementInfo(
        id=row.pk,
        number=row.number,
        line_id=row.line_id,
        line=row.line.name,
        source_id=row.line.source_id,
        source=row.line.source.name,
        year=row.line.source.year,
        kind=Kind(row.kind),
        taken_from=Account(row.taken_from),
        given_to=Account(row.given_to),
        amount=row.amount,
        on=row.on,
        at=row.at,
        paper=row.paper,
        paper_on=row.paper_on,
        note=row.note,
        request=row.request.number if row.request else None,
        request_id=row.request_id,
        reverses=row.reverses.number if row.reverses else None,
        reversed_by=undone.number if undone else None,
        account=row.account,
        role=row.role,
        permit=row.permit,
    )


def _rows(group_id: int, filters: Filters) -> QuerySet[Movement]:
    rows = Movement.objects.filter(group_id=group_id)
    if filters.year is not None:
        rows = rows.filter(line__source__year=filters.year)
    if filters.line_id is not None:
        rows = rows.filter(line_id=filters.line_id)
    if filters.kinds:
        rows = rows.filter(kind__in=[one.value for one in filters.kinds])
    return rows.select_related("line__source", "request", "reverses", "reversed_by").order_by("number")


def movements(
    viewer: Viewer, group_id: int, filters: Filters = NO_FILTERS, *, start: int = 0, size: int | None = None
) -> tuple[tuple[MovementInfo, ...], int]:
    """Return the entries of a group's journal, oldest first, and how many there are, to those who sit in it."""
    if not viewer.sits_in(group_id):
        return (), 0
    rows = _rows(group_id, filters)
    total = rows.count()
    shown = rows[start:] if size is None else rows[start : start + size]
    return tuple(_info(row) for row in shown), total


def of_flow(group_id: int, since: date, until: date) -> tuple[MovementInfo, ...]:
    """Return the entries of a group that count for days, both included, for the house's own work."""
    return tuple(_info(row) for row in _rows(group_id, NO_FILTERS).filter(on__gte=since, on__lte=until))


def entry_for_flow(group_id: int, movement_id: int) -> MovementInfo:
    """Return one entry of a group for a flow."""
    row = _rows(group_id, NO_FILTERS).filter(pk=movement_id).first()
    if row is None:
        raise not_found()
    return _info(row)


def reversal_digest(entry: MovementInfo, reason: str) -> str:
    """Return what the permit to reverse an entry binds."""
    return digest_of(entry=entry.number, amount=entry.amount, reason=reason)


def reverse(by: Permit, group_id: int, movement_id: int, reason: str, on: date) -> MovementInfo:
    """Undo an allotment or a return by an entry of its own, with a reason; what was entered stays."""
    if not reason:
        raise FundsRefused("Ghi lý do đảo bút toán.", "Give the reason for the reversal.")
    with transaction.atomic():
        counter = posting.hold(group_id)
        found = entry_for_flow(group_id, movement_id)
        if found.kind not in BY_ITSELF:
            raise FundsRefused(
                f"Bút toán số {found.number} thuộc một đề nghị chi: đảo ở trang của đề nghị ấy.",
                f"Entry {found.number} belongs to a request: undo it on the request's page.",
            )
        line = posting.locked_line(group_id, found.line_id)
        entry = Movement.objects.get(pk=movement_id)
        made = posting.reverse(by, counter, line, entry, Rests(on=on, note=reason))
        ledger.append(
            by,
            scope=line.group.slug,
            kind="fund_entry",
            object_id=f"{line.group.slug}:BT-{found.number}",
            digest=by.obj.digest,
            bound=reversal_digest(found, reason),
            note={"reversed": found.number, "amount": found.amount},
        )
    return entry_for_flow(group_id, made.pk)


def recount(entries: Iterable[MovementInfo]) -> dict[int, dict[Account, int]]:
    """Add up a journal line by line: what stands in each account, by the entries alone."""
    sums: dict[int, dict[Account, int]] = {}
    for one in entries:
        of_line = sums.setdefault(one.line_id, dict.fromkeys(Account, 0))
        of_line[one.taken_from] -= one.amount
        of_line[one.given_to] += one.amount
    return sums


def unsound(group_id: int) -> tuple[LineInfo, ...]:
    """Return the lines whose accounts are not the sums of their entries; always none, and worth checking."""
    sums = recount(_info(row) for row in _rows(group_id, NO_FILTERS))
    empty = dict.fromkeys(Account, 0)
    wrong = []
    for line in Line.objects.filter(group_id=group_id):
        of_line = sums.get(line.pk, empty)
        stands = {
            Account.AVAILABLE: line.available,
            Account.RESERVED: line.reserved,
            Account.SPENT: line.spent,
        }
        if any(of_line[account] != sum_ for account, sum_ in stands.items()):
            wrong.append(
                LineInfo(
                    id=line.pk,
                    source_id=line.source_id,
                    name=line.name,
                    allotted=line.allotted,
                    reserved=line.reserved,
                    spent=line.spent,
                    available=line.available,
                )
            )
    return tuple(wrong)
