"""A group's indicators of a month: from figures entered by hand or file, and from what the platform counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.flows.authority import Act, permit
from dean06.offices.types import GroupInfo, Viewer
from dean06.papers.service import pieces
from dean06.reports.service import figures
from dean06.reports.service import months as reports
from dean06.reports.service.figures import Entered, FigureInfo, Origin
from dean06.reports.service.indicators import (
    MEASURED,
    Book,
    Indicator,
    Measured,
    Scored,
    books,
    indicator_code,
    inputs,
    measure,
    score,
)
from dean06.reports.service.periods import parse
from dean06.reports.types import Fact, FactSheet, Source, Table

TABLE = "chi_tieu"

__all__ = ["Month", "enter", "months", "with_indicators"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The indicators of a month: what was entered, what the platform counts, and what comes of both."""

    period: str
    entered: Mapping[str, FigureInfo]
    counted: Mapping[str, Fact]
    measured: Mapping[str, Measured]

    def scores(self, book: Book) -> tuple[Scored, ...]:
        """Return the points of a book's groups."""
        return score(book, self.measured)

    def value(self, code: str) -> Decimal | None:
        """Return an input's value, whoever gave it."""
        platform = inputs()[code].platform
        if platform:
            fact = self.counted.get(platform)
            return None if fact is None else Decimal(str(fact.value))
        figure = self.entered.get(code)
        return figure.value if figure else None


def enter(
    account: str,
    group: GroupInfo,
    period: str,
    entered: Entered,
    *,
    note: str = "",
    file: tuple[bytes, str] | None = None,
) -> int:
    """Keep figures of a month with their source; returns how many changed."""
    origin = Origin(note=" ".join(note.split())[:300])
    if file is not None:
        sha256, suffix, _ = pieces.keep_upload(*file)
        origin = replace(origin, sha256=sha256, suffix=suffix, file_name=file[1][:200])
    obj = ObjectRef(
        kind="indicator",
        id=figures.object_id(group.slug, period),
        digest=figures.digest(period, entered, origin),
    )
    by = permit(Act(account=account, group=group, action="indicator.enter", obj=obj))
    return figures.enter(by, group.id, period, entered, origin)


def months(viewer: Viewer, group: GroupInfo, periods: Sequence[str]) -> list[Month]:
    """Return the indicators of some months, as a reader in the group may see them.

    What the platform counted of a month is taken from the report due in the month after it.
    """
    entered = figures.figures(viewer, group.id, periods)
    counted: dict[str, Mapping[str, Fact]] = {}
    for report in reports.reports(viewer, group.id, [parse(period).after.code for period in periods]):
        counted[parse(report.month).before.code] = report.sheet.by_code()
    return [_month(period, entered.get(period, {}), counted.get(period, {})) for period in periods]


def _month(period: str, entered: Mapping[str, FigureInfo], counted: Mapping[str, Fact]) -> Month:
    values = {code: figure.value for code, figure in entered.items() if figure.value is not None}
    for one in inputs().values():
        if one.platform and one.platform in counted:
            values[one.code] = Decimal(str(counted[one.platform].value))
    told = {one.code: measure(one, values) for book in books() for one in book.indicators}
    return Month(period=period, entered=entered, counted=counted, measured=told)


def with_indicators(group: GroupInfo, sheet: FactSheet) -> FactSheet:
    """Return a month's facts with the indicators of the month before, each with the files and counts behind it."""
    period = parse(sheet.month).before.code
    entered = figures.figures_for_work(group.id, [period]).get(period, {})
    month = _month(period, entered, sheet.by_code())
    facts: list[Fact] = []
    rows = []
    for book in books(sheet.until):
        for one in book.indicators:
            told = month.measured[one.code]
            if told.state != MEASURED or not _is_news(one, month):
                continue
            facts += _facts(one, told, _sources(one, month))
            rows.append((one.code, one.vi, one.unit, f"{{{indicator_code(one.code)}}}"))
    if not rows:
        return sheet
    caption = f"Chỉ tiêu đo được của tháng {clock.as_read(period)}"
    table = Table(key=TABLE, caption=caption, header=("Mã", "Chỉ tiêu", "Đơn vị", "Giá trị"), rows=tuple(rows))
    return replace(sheet, facts=(*sheet.facts, *facts), tables=(*sheet.tables, table))


def _is_news(one: Indicator, month: Month) -> bool:
    """Say whether somebody entered a figure of it: what the platform counts alone stands in the report already."""
    return any(code in month.entered for code in one.inputs)


def _facts(one: Indicator, told: Measured, found: tuple[Source, ...]) -> list[Fact]:
    code = indicator_code(one.code)
    named = [(code, f"{one.code} {one.vi}", told.value)]
    if one.is_share:
        named += [(f"{code}.tu", f"{one.code} {one.vi}: tử số", told.top)]
        named += [(f"{code}.mau", f"{one.code} {one.vi}: mẫu số", told.bottom)]
    return [
        Fact(code=name, label=label, value=_plain(value), unit=one.unit, sources=found)
        for name, label, value in named
        if value is not None
    ]


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _sources(one: Indicator, month: Month) -> tuple[Source, ...]:
    found: list[Source] = []
    for code in one.inputs:
        figure, platform = month.entered.get(code), inputs()[code].platform
        if platform and platform in month.counted:
            found += month.counted[platform].sources
        elif figure is not None:
            found.append(
                Source(
                    kind="figure",
                    id=f"CT-{figure.id}",
                    label=f"{inputs()[code].vi}, nhập ngày {figure.at.astimezone(clock.TZ):%d/%m/%Y}"
                    + (f", {figure.origin.note}" if figure.origin.note else ""),
                    sha256=figure.origin.sha256,
                    file_name=figure.origin.file_name,
                )
            )
    return tuple(dict.fromkeys(found))
