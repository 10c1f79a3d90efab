"""Figures of indicators: entered with their source, one act a batch; every entry stays, the newest counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical, digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.reports.indicators.catalogue import inputs
from dean06.reports.models import InputFigure
from dean06.reports.periods import MONTH, parse

MOST = Decimal(10) ** 15
PLACES = Decimal("0.0001")

__all__ = [
    "Entered",
    "FigureInfo",
    "Origin",
    "digest",
    "enter",
    "figure_file",
    "figures",
    "figures_for_work",
    "history",
    "object_id",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where figures come from: a file that lies in the archive, and a note."""

    note: str = ""
    sha256: str = ""
    suffix: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureInfo:
    """A figure as screens and flows know it."""

    id: int
    period: str
    code: str
    value: Decimal | None
    origin: Origin
    account: str
    at: datetime


Entered = Mapping[str, Decimal | None]


def object_id(slug: str, period: str) -> str:
    """Return the id under which permits and the ledger name the figures of a period."""
    return f"{slug}:chi-tieu:{period}"


def digest(period: str, entered: Entered, origin: Origin) -> str:
    """Return the SHA-256 (hex) of figures with their source, to which their permit is bound."""
    told = {code: "" if value is None else str(value) for code, value in sorted(entered.items())}
    return digest_of(period=period, figures=canonical(told), note=origin.note, sha256=origin.sha256)


def enter(by: Permit, group_id: int, period: str, entered: Entered, origin: Origin) -> int:
    """Keep figures of a month, all or none; None takes a figure back. Returns how many changed."""
    _require(period, entered)
    with transaction.atomic():
        held = InputFigure.objects.select_for_update().filter(
            group_id=group_id, period=period, code__in=entered, counts=True
        )
        before = {row.code: row for row in held}
        changed = [code for code, value in entered.items() if _differs(before.get(code), value, origin)]
        InputFigure.objects.filter(pk__in=[before[code].pk for code in changed if code in before]).update(counts=False)
        InputFigure.objects.bulk_create(
            InputFigure(
                group_id=group_id,
                period=period,
                code=code,
                value=None if (value := entered[code]) is None else value.quantize(PLACES),
                note=origin.note,
                sha256=origin.sha256,
                suffix=origin.suffix,
                file_name=origin.file_name,
                account=by.actor.account,
                at=by.at,
            )
            for code in changed
        )
        slug = offices.group_by_id(group_id).slug
        bound = digest(period, entered, origin)
        ledger.append(
            by,
            scope=slug,
            kind="indicator",
            object_id=object_id(slug, period),
            digest=bound,
            bound=bound,
            note={"changed": len(changed)},
        )
    return len(changed)


def _require(period: str, entered: Entered) -> None:
    if parse(period).kind != MONTH:
        raise BadInput("Số liệu chỉ tiêu nhập theo tháng.", "Figures of indicators are entered by the month.")
    if not entered:
        raise BadInput("Chưa nhập số liệu nào.", "No figure was entered.")
    known = inputs()
    for code, value in entered.items():
        if code not in known or known[code].platform:
            raise BadInput(f"Không nhập tay được số liệu «{code}».", f"The figure {code!r} is not entered by hand.")
        if value is not None and not (0 <= value < MOST):
            raise BadInput(
                f"{known[code].vi}: số phải từ 0 trở lên.", f"{known[code].en}: the figure must not be negative."
            )


def _differs(row: InputFigure | None, value: Decimal | None, origin: Origin) -> bool:
    if row is None:
        return value is not None
    return row.value != (None if value is None else value.quantize(PLACES)) or bool(
        origin.sha256 and origin.sha256 != row.sha256
    )


def _info(row: InputFigure) -> FigureInfo:
    return FigureInfo(
        id=row.pk,
        period=row.period,
        code=row.code,
        value=row.value,
        origin=Origin(note=row.note, sha256=row.sha256, suffix=row.suffix, file_name=row.file_name),
        account=str(row.account),
        at=row.at,
    )


def _seen_by(viewer: Viewer, group_id: int) -> QuerySet[InputFigure]:
    rows = InputFigure.objects.filter(group_id=group_id)
    return rows if viewer.sits_in(group_id) else rows.none()


def figures(viewer: Viewer, group_id: int, periods: Iterable[str]) -> dict[str, dict[str, FigureInfo]]:
    """Return the figures that count, by period and input, to those who sit in the group."""
    return _by_period(_seen_by(viewer, group_id), periods)


def figures_for_work(group_id: int, periods: Iterable[str]) -> dict[str, dict[str, FigureInfo]]:
    """Return the figures that count for the journeys, which check the actor themselves."""
    return _by_period(InputFigure.objects.filter(group_id=group_id), periods)


def _by_period(rows: QuerySet[InputFigure], periods: Iterable[str]) -> dict[str, dict[str, FigureInfo]]:
    found: dict[str, dict[str, FigureInfo]] = {}
    for row in rows.filter(counts=True, period__in=list(periods), value__isnull=False):
        found.setdefault(row.period, {})[row.code] = _info(row)
    return found


def history(viewer: Viewer, group_id: int, codes: Iterable[str], most: int) -> list[FigureInfo]:
    """Return the entries of some inputs, newest first, replaced ones too."""
    rows = _seen_by(viewer, group_id).filter(code__in=list(codes))
    return [_info(row) for row in rows.order_by("-at", "-pk")[:most]]


def figure_file(viewer: Viewer, group_id: int, figure_id: int) -> Origin | None:
    """Return the file behind a figure that the reader may see."""
    row = _seen_by(viewer, group_id).filter(pk=figure_id).exclude(sha256="").first()
    return _info(row).origin if row else None
