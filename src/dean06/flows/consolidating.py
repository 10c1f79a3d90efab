"""The group's monthly report takes in the agencies': their words, who is missing, and where their figures differ."""

from __future__ import annotations

from dataclasses import replace

from dean06.clock import service as clock
from dean06.flows import collecting
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.reports.service import agency_reports
from dean06.reports.service.agency_reports import agency_form
from dean06.reports.types import AgencyReportInfo, Excerpt, Fact, FactSheet, Source, Table

DIFFERENCES = "khac_biet"

__all__ = ["report_source", "with_agencies"]


def report_source(report: AgencyReportInfo, name: str) -> Source:
    """Return an agency's report, as it was sent last, as the source of a number or a sentence."""
    return Source(
        kind="agency_report",
        id=f"BC-{report.agency}-{report.month}",
        label=f"Báo cáo tháng {clock.as_read(report.month)} của {name}",
        sha256=report.last.digest if report.last else "",
    )


def with_agencies(group: GroupInfo, sheet: FactSheet) -> FactSheet:
    """Return a month's facts with what the agencies' reports add to them; each sentence names its report."""
    board = collecting.board(group, sheet.month)
    taken = agency_reports.received_in(group.id, sheet.month)
    if not board.lines and not taken:
        return sheet
    names = offices.agency_names(group.id)
    found = {report.agency: report_source(report, names.get(report.agency, report.agency)) for report in taken}
    base = Source(kind="records", id=group.slug, label=f"Sổ theo dõi của tổ, tháng {clock.as_read(sheet.month)}")
    owed = {line.agency for line in board.lines if line.obligation}
    missing = [line.name for line in board.lines if line.agency in owed and line.agency not in found]
    own = [source for code, source in found.items() if code in owed]
    facts = [
        Fact(code="bccq.phai_gui", label="Cơ quan phải gửi báo cáo tháng", value=len(owed), sources=(base,)),
        Fact(
            code="bccq.da_nhan",
            label="Báo cáo của cơ quan đã tiếp nhận",
            value=len(own),
            sources=tuple(own) or (base,),
        ),
        *(_named(report, names, found) for report in taken),
    ]
    table, differing = _differences(taken, names, found)
    said = f"; chưa có báo cáo của {', '.join(missing)}" if missing else ""
    return replace(
        sheet,
        facts=(*sheet.facts, *facts, *differing),
        tables=(*sheet.tables, table) if table.rows else sheet.tables,
        words={**sheet.words, "agencies_missing": said},
        excerpts=tuple(one for report in taken for one in _excerpts(report, names)),
    )


def _named(report: AgencyReportInfo, names: dict[str, str], found: dict[str, Source]) -> Fact:
    name = names.get(report.agency, report.agency)
    at = report.last.arrived_at.astimezone(clock.TZ) if report.last else None
    return Fact(
        code=f"bccq.{report.agency.lower()}",
        label=f"Báo cáo tháng của {name}",
        value=f"báo cáo đến ngày {at:%d/%m/%Y}" if at else "báo cáo",
        sources=(found[report.agency],),
    )


def _excerpts(report: AgencyReportInfo, names: dict[str, str]) -> list[Excerpt]:
    """Return the agency's words, a paragraph a line, the first with its name, the last with its report."""
    code, name = report.agency.lower(), names.get(report.agency, report.agency)
    made = []
    for part in agency_form().parts:
        text = report.words.get(part.key, "").replace("{", "(").replace("}", ")")
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        for place, line in enumerate(lines):
            first = f"{name}: " if place == 0 else ""
            last = f" (theo {{bccq.{code}}})" if place == len(lines) - 1 else ""
            key = f"cq_{code}_{part.key}" + (f"_{place + 1}" if place else "")
            made.append(Excerpt(key=key, section=part.joins, text=f"{first}{line}{last}"))
    return made


def _differences(
    taken: list[AgencyReportInfo], names: dict[str, str], found: dict[str, Source]
) -> tuple[Table, list[Fact]]:
    """Lay what an agency says beside what the platform counts, where the two differ."""
    rows, facts = [], []
    for report in taken:
        known, name = report.sheet.by_code(), names.get(report.agency, report.agency)
        for code, own in report.corrected.items():
            counted, place = known[code], f"kb.{report.agency.lower()}.{code}"
            label = f"{name}: {counted.label}"
            facts += [
                Fact(code=f"{place}.ht", label=f"{label} (hệ thống đếm)", value=counted.value, sources=counted.sources),
                Fact(
                    code=f"{place}.bc",
                    label=f"{label} (cơ quan báo cáo)",
                    value=own.value,
                    sources=(found[report.agency],),
                ),
            ]
            rows.append((label, f"{{{place}.ht}}", f"{{{place}.bc}}", own.reason.replace("{", "(").replace("}", ")")))
    header = ("Số liệu", "Hệ thống đếm", "Cơ quan báo cáo", "Lý do cơ quan nêu")
    caption = "Số liệu cơ quan báo cáo khác số hệ thống đếm"
    return Table(key=DIFFERENCES, caption=caption, header=header, rows=tuple(rows)), facts
