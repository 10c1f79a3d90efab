"""A report's sections as a paper, and its facts as the annex that leads each number to a file's checksum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dean06.charter.types import ReportRule
from dean06.clock.errors import BadInput
from dean06.offices.types import GroupInfo
from dean06.papers.types import (
    Align,
    Annex,
    AnnexNote,
    AnnexTable,
    Column,
    Issuer,
    Paper,
    Paragraph,
    Ref,
    Reference,
    Run,
    Section,
    Signature,
    Table,
)
from dean06.reports.service import months as reports
from dean06.reports.service.periods import HALF_YEAR, MONTH, YEAR, parse
from dean06.reports.types import Fact, FactSheet, ReportInfo, Source
from dean06.reports.types import Section as Part
from dean06.reports.types import Table as Laid

PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")

__all__ = ["annex", "document"]


def _codes(sheet: FactSheet) -> dict[str, str]:
    """Return short reference codes S1, S2 … of the facts, in the order of the sheet."""
    return {fact.code: f"S{place}" for place, fact in enumerate(sheet.facts, start=1)}


def _words(text: str, sheet: FactSheet, codes: Mapping[str, str]) -> tuple[Run | Ref, ...]:
    """Turn a text with fact codes into words in which each number carries its reference."""
    known = sheet.by_code()
    made: list[Run | Ref] = []
    for place, piece in enumerate(PLACEHOLDER.split(text)):
        if place % 2:
            made.append(Ref(reports.number(known[piece].value), codes[piece]))
        elif piece:
            made.append(Run(piece))
    return tuple(made)


def _table(laid: Laid, sheet: FactSheet, codes: Mapping[str, str]) -> Table:
    first, *rest = laid.header
    return Table(
        laid.caption,
        (Column(first, 2.4), *(Column(title, 1.0, Align.RIGHT) for title in rest)),
        tuple(tuple(_words(cell, sheet, codes) for cell in row) for row in laid.rows),
    )


def _sections(parts: Iterable[Part], sheet: FactSheet) -> tuple[Section, ...]:
    codes = _codes(sheet)
    laid = {table.key: table for table in sheet.tables}

    def made(part: Part, children: tuple[Section, ...] = ()) -> Section:
        paragraphs = [Paragraph(_words(one.text, sheet, codes), _key(one.key)) for one in part.paragraphs]
        tables = [_table(laid[key], sheet, codes) for key in part.tables]
        return Section(_key(part.key), part.title, (*paragraphs, *tables), children)

    ordered = list(parts)
    return tuple(
        made(top, tuple(made(part) for part in ordered if part.level == 2 and part.key.startswith(f"{top.key}.")))
        for top in ordered
        if top.level == 1
    )


def _key(key: str) -> str:
    return key.replace(".", "_")


def document(
    report: ReportInfo,
    rules: Sequence[ReportRule],
    signature: Signature,
    annex_sha256: str,
    *,
    kept_by: tuple[str, ...] = ("VT",),
    replaces: str = "",
) -> Paper:
    """Return the draft paper of a month's report, under the first rule of the charter that sends it out."""
    if not rules:
        raise BadInput(
            "Quy chế của tổ không có điều khoản nào về báo cáo tháng: đặt quy ước của tổ trước.",
            "The group's charter has no clause on a monthly report: set a local rule first.",
        )
    rule = rules[0]
    to = {code: name for each in rules for code, name in each.recipients}
    period = parse(report.month)
    done = {MONTH: "Kết quả triển khai", HALF_YEAR: "Sơ kết", YEAR: "Tổng kết"}[period.kind]
    instead = f" (thay thế Báo cáo số {replaces})" if replaces else ""
    return Paper(
        kind="BC",
        issuer=Issuer(parent=(rule.parent,) if rule.parent else (), body=rule.name_lines),
        symbol=rule.symbol,
        place=rule.place,
        abstract=f"{done} thực hiện Đề án 06 {period.vi}{instead}",
        addressees=tuple(to.values()),
        body=_sections(report.sections, report.sheet),
        signature=signature,
        recipients=tuple(name for name in rule.distribution if not name.startswith(tuple(to.values()))),
        kept_by=kept_by,
        annexes=(
            AnnexNote(
                title="Số liệu và nguồn của từng số liệu",
                file_name=f"phu-luc-bao-cao-{report.month}.xlsx",
                sha256=annex_sha256,
            ),
        ),
        draft=True,
    )


def _reference(code: str, fact: Fact, source: Source) -> Reference:
    own = {"run": "run", "delivery": "delivery", "task": "task"}.get(source.kind)
    named = f"{source.id} ({source.label})"
    return Reference(
        code=code,
        meaning=fact.label if own else f"{fact.label}; nguồn: {named}",
        value=fact.value,
        run=source.id if own == "run" else "",
        delivery=named if own == "delivery" else "",
        task=named if own == "task" else "",
        file_name=source.file_name,
        sha256=source.sha256,
    )


def annex(group: GroupInfo, report: ReportInfo) -> Annex:
    """Return the workbook that lists, for each number of the report, the runs, files and tasks behind it."""
    sheet, codes = report.sheet, _codes(report.sheet)
    known = sheet.by_code()

    def value(cell: str) -> int | float | str:
        named = PLACEHOLDER.fullmatch(cell)
        return known[named.group(1)].value if named else cell

    return Annex(
        title=f"Phụ lục báo cáo {parse(report.month).read}",
        issuer=group.name,
        subtitle=f"Số liệu từ {sheet.since:%d/%m/%Y} đến hết {sheet.until:%d/%m/%Y} ({sheet.span_rule})",
        references=tuple(_reference(codes[fact.code], fact, source) for fact in sheet.facts for source in fact.sources),
        tables=tuple(
            AnnexTable(
                title=table.caption,
                header=table.header,
                rows=tuple(tuple(value(cell) for cell in row) for row in table.rows),
            )
            for table in sheet.tables
        ),
    )
