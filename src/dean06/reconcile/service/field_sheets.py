"""Field sheets: the rows of an order by hamlet, for those who knock on doors; drawn up, split, merged, printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.places import service as places
from dean06.reconcile.errors import NotYours, SheetRefused
from dean06.reconcile.models import FieldAnswer, FieldPrint, FieldRow, FieldSheet
from dean06.reconcile.service import faulty_rows
from dean06.reconcile.types import FieldSheetInfo, PrintInfo, ToVisit

KIND = "field_sheet"
UNKNOWN = ""
MOST = 200  # rows of a sheet that one person walks
NO_ROLES: frozenset[str] = frozenset()
STANDING = Q(state__in=["claimed", "confirmed"])

__all__ = [
    "KIND",
    "MOST",
    "by_hamlet",
    "draw_up",
    "drawn",
    "drawn_digest",
    "drawn_one",
    "for_flow",
    "hand_on",
    "merge",
    "parted_digest",
    "print_out",
    "split",
    "void",
]


def by_hamlet(group_id: int, wanted: Sequence[ToVisit]) -> dict[str, list[ToVisit]]:
    """Return faults by the hamlet that each row's address names, those of none under an empty name.

    Rows in which two spellings name one hamlet stand together; nothing of a person is told.
    """
    addresses = faulty_rows.addresses(group_id, [one.fix for one in wanted])
    grouped: dict[str, list[ToVisit]] = defaultdict(list)
    names: dict[str, str] = {}
    for one in wanted:
        found = places.hamlet_of(addresses.get((one.fix.run, one.fix.stt), ""))
        key = found.key if found else UNKNOWN
        names.setdefault(key, found.name if found else UNKNOWN)
        grouped[key].append(one)
    order = sorted(grouped, key=lambda key: (key == UNKNOWN, key))
    return {names[key]: grouped[key] for key in order}


def drawn_digest(order: int, wanted: Iterable[ToVisit]) -> str:
    """Return the SHA-256 (hex) of the faults of an order that go on sheets, to which the permit is bound."""
    return digest_of(order=order, rows=sorted(one.fingerprint for one in wanted))


def draw_up(
    by: Permit, group_id: int, order: int, agency: str, source: str, wanted: Sequence[ToVisit]
) -> list[FieldSheetInfo]:
    """Draw up one sheet a hamlet for faults of an order that stand on none yet; returns the new sheets.

    A fault that the police had settled and a later list shows again is visited anew.

    The permit is for object kind `field_sheet`, id `<group>:<order>`, digest `drawn_digest`.
    """
    slug = offices.group_by_id(group_id).slug
    with transaction.atomic():
        prints = [one.fingerprint for one in wanted]
        held = FieldRow.objects.filter(group_id=group_id, open=True, fingerprint__in=prints)
        held.filter(answers__state=FieldAnswer.State.CONFIRMED).exclude(run__in={one.fix.run for one in wanted}).update(
            open=False
        )
        known = set(held.values_list("fingerprint", flat=True))
        fresh = [one for one in wanted if one.fingerprint not in known]
        if not fresh:
            raise SheetRefused(
                "Mọi dòng của đơn này đã ở trên phiếu: mở các phiếu đã lập.",
                "Every row of this order is on a sheet already: open those.",
            )
        made = []
        for name, some in by_hamlet(group_id, fresh).items():
            for start in range(0, len(some), MOST):
                head = FieldSheet(order=order, agency=agency, source=source, hamlet=name)
                made.append(_sheet(by, group_id, head, some[start : start + MOST]))
        digest = drawn_digest(order, wanted)
        note: dict[str, str | int] = {"sheets": len(made), "rows": len(fresh)}
        object_id = f"{slug}:{order}"
        ledger.append(by, scope=slug, kind=KIND, object_id=object_id, digest=digest, bound=digest, note=note)
    return _infos(FieldSheet.objects.filter(pk__in=[one.pk for one in made]).order_by("number"))


def _sheet(by: Permit, group_id: int, head: FieldSheet, wanted: Sequence[ToVisit]) -> FieldSheet:
    row = _numbered(by, group_id, head)
    FieldRow.objects.bulk_create(
        [
            FieldRow(
                group_id=group_id,
                sheet=row,
                place=place,
                fingerprint=one.fingerprint,
                run=one.fix.run,
                stt=one.fix.stt,
                field=one.fix.field,
                cause=one.fix.cause[:400],
                title=one.fix.title[:160],
            )
            for place, one in enumerate(wanted, 1)
        ],
        batch_size=200,
    )
    return row


def _numbered(by: Permit, group_id: int, head: FieldSheet) -> FieldSheet:
    last = FieldSheet.objects.filter(group_id=group_id).aggregate(last=Max("number"))["last"] or 0
    head.group_id, head.number = group_id, last + 1
    head.made_at, head.made_by, head.permit = by.at, by.actor.account, by.digest()
    head.save()
    return head


def parted_digest(what: str, sheets_: Iterable[int], parts: int = 1) -> str:
    """Return the SHA-256 (hex) of a split or a merge, to which the permit is bound."""
    return digest_of(what=what, sheets=sorted(sheets_), parts=parts)


def split(by: Permit, group_id: int, sheet_id: int, parts: int) -> list[FieldSheetInfo]:
    """Part a sheet into so many, in the order of its rows; the old sheet ends, its answers go with the rows.

    The permit is for object kind `field_sheet`, id the sheet's, digest `parted_digest`.
    """
    with transaction.atomic():
        old = _standing(group_id, [sheet_id])[0]
        rows = list(old.rows.order_by("place"))
        if not 2 <= parts <= len(rows):
            raise SheetRefused(
                f"Phiếu {old} có {len(rows)} dòng: chia làm 2 đến {len(rows)} phần.",
                f"Sheet {old} has {len(rows)} rows: part it into 2 to {len(rows)}.",
            )
        size = -(-len(rows) // parts)
        made = [_moved(by, old, rows[start : start + size], old.hamlet) for start in range(0, len(rows), size)]
        _end(by, [old])
        _enter(by, old, parted_digest("split", [sheet_id], parts), parts=len(made))
    return _infos(FieldSheet.objects.filter(pk__in=[one.pk for one in made]).order_by("number"))


def merge(by: Permit, group_id: int, sheet_ids: Sequence[int]) -> FieldSheetInfo:
    """Put sheets of one order together into a new one; the old ones end, their answers go with the rows.

    The permit is for object kind `field_sheet`, id the first sheet's, digest `parted_digest`.
    """
    with transaction.atomic():
        old = _standing(group_id, sheet_ids)
        rows = [row for one in old for row in one.rows.order_by("place")]
        if len(old) < 2 or len({one.order for one in old}) != 1 or len(rows) > MOST:
            raise SheetRefused(
                f"Chọn từ hai phiếu của cùng một đơn sửa, cộng lại không quá {MOST} dòng.",
                f"Choose two or more sheets of one order, at most {MOST} rows in all.",
            )
        names = dict.fromkeys(one.hamlet or "chưa rõ thôn" for one in old)
        made = _moved(by, old[0], rows, "; ".join(names)[:160])
        _end(by, old)
        _enter(by, old[0], parted_digest("merge", sheet_ids), rows=len(rows))
    return _infos(FieldSheet.objects.filter(pk=made.pk))[0]


def _standing(group_id: int, sheet_ids: Iterable[int]) -> list[FieldSheet]:
    wanted = sorted(set(sheet_ids))
    rows = FieldSheet.objects.select_for_update().select_related("group")
    found = list(rows.filter(pk__in=wanted, group_id=group_id, ended_at=None).order_by("number"))
    if len(found) != len(wanted):
        raise SheetRefused(
            "Có phiếu đã được chia, gộp hoặc hủy: mở lại danh sách phiếu.",
            "A sheet was split, merged or voided meanwhile: open the list again.",
        )
    return found


def _moved(by: Permit, like: FieldSheet, rows: Sequence[FieldRow], hamlet: str) -> FieldSheet:
    made = _numbered(
        by,
        like.group_id,
        FieldSheet(order=like.order, agency=like.agency, source=like.source, hamlet=hamlet),
    )
    for place, row in enumerate(rows, 1):
        row.sheet, row.place = made, place
    FieldRow.objects.bulk_update(rows, ["sheet", "place"], batch_size=200)
    return made


def _end(by: Permit, old: Iterable[FieldSheet]) -> None:
    FieldSheet.objects.filter(pk__in=[one.pk for one in old]).update(ended_at=by.at)


def _enter(by: Permit, row: FieldSheet, digest: str, **note: int) -> None:
    slug = row.group.slug
    ledger.append(by, scope=slug, kind=KIND, object_id=f"{slug}:{row}", digest=digest, bound=digest, note=dict(note))


def hand_on(by: Permit, group_id: int, old: int, new: int, agency: str, fingerprints: Iterable[str]) -> int:
    """Let the sheets of rows that went to another agency's order go there too; returns how many sheets that makes.

    A part of the act that moved the rows, whose entry stands already: answers go with their rows, a sheet of which
    nothing is left ends, and the paper that was printed of it is told from the new one by its number.
    """
    ledger.require_recorded(by, offices.group_by_id(group_id).slug)
    moved, made = set(fingerprints), 0
    sheets = FieldSheet.objects.select_for_update().filter(group_id=group_id, order=old, ended_at=None)
    for sheet in sheets.order_by("number"):
        rows = list(sheet.rows.order_by("place"))
        going = [row for row in rows if row.fingerprint in moved]
        if not going:
            continue
        like = FieldSheet(group_id=group_id, order=new, agency=agency, source=sheet.source)
        _moved(by, like, going, sheet.hamlet)
        made += 1
        if len(going) == len(rows):
            _end(by, [sheet])
    return made


def print_out(by: Permit, group_id: int, sheet_id: int) -> PrintInfo:
    """Number a printing of a sheet and record it; the paper in hand is told from the newest by that number.

    The permit is for object kind `field_sheet`, id `<sheet>:in`, digest `parted_digest("print", …)`.
    """
    with transaction.atomic():
        row = _standing(group_id, [sheet_id])[0]
        count, last = row.rows.count(), row.prints.aggregate(last=Max("edition"))["last"] or 0
        made = FieldPrint.objects.create(
            group_id=group_id,
            sheet=row,
            edition=last + 1,
            at=by.at,
            by=by.actor.account,
            rows=count,
            permit=by.digest(),
        )
        digest, slug = parted_digest("print", [sheet_id], last + 1), row.group.slug
        note: dict[str, str | int] = {"edition": made.edition, "rows": count}
        object_id = f"{slug}:{row}:in"
        ledger.append(by, scope=slug, kind=KIND, object_id=object_id, digest=digest, bound=digest, note=note)
    return _print(made)


def void(by: Permit, group_id: int, orders: Iterable[int]) -> int:
    """End the sheets of orders that are no more; a part of the act that voided them, whose entry stands already."""
    ledger.require_recorded(by, offices.group_by_id(group_id).slug)
    rows = FieldSheet.objects.filter(group_id=group_id, order__in=list(orders), ended_at=None)
    FieldRow.objects.filter(sheet__in=rows).update(open=False)
    return rows.update(ended_at=by.at)


def drawn(viewer: Viewer, group_id: int, *, see_all: frozenset[str] = NO_ROLES) -> list[FieldSheetInfo]:
    """Return the sheets that a reader may see, the newest first: of their agencies, or all."""
    rows = FieldSheet.objects.filter(group_id=group_id)
    if not any(held.group_id == group_id and held.role in see_all for held in viewer.capacities):
        rows = rows.filter(agency__in=sorted(viewer.agencies_in(group_id)))
    return _infos(rows.order_by("-number"))


def drawn_one(viewer: Viewer, group_id: int, sheet_id: int, *, see_all: frozenset[str] = NO_ROLES) -> FieldSheetInfo:
    """Return one sheet that the reader may see."""
    found = next((one for one in drawn(viewer, group_id, see_all=see_all) if one.id == sheet_id), None)
    if found is None:
        raise NotYours(
            "Không có phiếu xác minh này trong phạm vi của bạn.", "There is no such sheet within your reach."
        )
    return found


def for_flow(group_id: int, order: int) -> list[FieldSheetInfo]:
    """Return the sheets of an order that stand, for work."""
    return _infos(FieldSheet.objects.filter(group_id=group_id, order=order, ended_at=None).order_by("number"))


def _print(row: FieldPrint) -> PrintInfo:
    return PrintInfo(edition=row.edition, at=row.at, by=str(row.by), rows=row.rows)


def _infos(rows: QuerySet[FieldSheet]) -> list[FieldSheetInfo]:
    listed = list(rows.select_related("group").prefetch_related("prints"))
    rows_of = _counted(FieldRow.objects.filter(sheet__in=listed), "sheet_id")
    standing = FieldAnswer.objects.filter(STANDING, row__sheet__in=listed)
    answered, confirmed = (
        _counted(standing, "row__sheet_id"),
        _counted(standing.filter(state="confirmed"), "row__sheet_id"),
    )
    met = _counted(standing.exclude(code="khong_gap"), "row__sheet_id")
    return [
        FieldSheetInfo(
            id=row.pk,
            ref=f"{row.group.slug}:{row}",
            group_id=row.group_id,
            number=row.number,
            order=row.order,
            agency=row.agency,
            source=row.source,
            hamlet=row.hamlet,
            made_at=row.made_at,
            made_by=str(row.made_by),
            ended=row.ended_at is not None,
            rows=rows_of.get(row.pk, 0),
            answered=answered.get(row.pk, 0),
            confirmed=confirmed.get(row.pk, 0),
            met=met.get(row.pk, 0),
            prints=tuple(_print(one) for one in row.prints.all()),
        )
        for row in listed
    ]


def _counted(rows: QuerySet[FieldRow] | QuerySet[FieldAnswer], by: str) -> dict[int, int]:
    return {row[by]: row["n"] for row in rows.order_by().values(by).annotate(n=Count("pk"))}
