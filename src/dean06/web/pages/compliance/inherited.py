"""Duties taken over from ended groups: each cites the old clause and is judged by the old text."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.flows.inheritance import Inherited
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite
from dean06.web.pages.compliance import parts
from dean06.web.pages.titles import inherited_from
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader
from dean06.web.sheet import Cell

__all__ = ["table", "workbook_rows"]


def table(reader: Reader, found: Iterable[Inherited]) -> Table | None:
    """Return the duties taken over, with the clause of the group that owed them first."""
    rows = tuple(_row(reader, one) for one in found)
    if not rows:
        return None
    return Table(
        caption=words("Nghĩa vụ kế thừa", "Inherited duties"),
        columns=(
            Column(label=words("Nghĩa vụ", "Duty"), kind="text"),
            Column(label=words("Điều khoản của tổ trước", "Clause of the group before"), nowrap=True),
            Column(label=words("Kỳ, việc", "Period, event"), nowrap=True),
            Column(label=words("Hạn, trước", "Due before"), nowrap=True),
            Column(label=words("Kết quả", "Result"), nowrap=True),
        ),
        rows=rows,
    )


def _bearer(one: Inherited) -> str:
    return charters.party_name(one.text, one.obligation.bearer, current_language())


def _row(reader: Reader, one: Inherited) -> Row:
    owed = one.obligation
    title = format_html(
        '{}<br><span class="small-text quiet">{}, {}</span>',
        parts.duty_title(owed.action, owed.object_kind),
        _bearer(one),
        inherited_from(one.before),
    )
    cited: SafeString | str = cite(reader, owed.citations[0], group_id=one.before.id) if owed.citations else ""
    return Row(
        cells=(
            title,
            cited,
            writing.period(owed.period),
            writing.instant(owed.due_before) if owed.due_before else "",
            parts.state(owed.status),
        )
    )


def workbook_rows(found: Iterable[Inherited]) -> Iterable[tuple[Cell, ...]]:
    """Return the duties taken over as rows of the board's workbook."""
    language = current_language()
    for one in found:
        owed = one.obligation
        clause = "; ".join(charters.clause_label(cited, language) for cited in owed.citations)
        yield (
            writing.month(one.month),
            words(f"{clause} (quy chế {one.before.short_name})", f"{clause} (charter of {one.before.short_name})"),
            parts.duty_title(owed.action, owed.object_kind),
            _bearer(one),
            owed.period,
            writing.instant(owed.due_before) if owed.due_before else "",
            parts.state_words(owed.status),
            ", ".join(owed.satisfied_by),
            owed.reply,
            one.text.version,
        )
