"""`dean06 report month`: make the report due in a month and write its files out."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from dean06.cli.progress import Bar
from dean06.clock import service as clock
from dean06.reports.types import ReportInfo


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    report = subparsers.add_parser("report", help="báo cáo (reports)")
    commands = report.add_subparsers(dest="report_command", required=True, metavar="VIỆC")
    month = commands.add_parser("month", help="lập báo cáo tháng, ghi .docx, .pdf, phụ lục .xlsx (the month's report)")
    month.add_argument("--group", required=True, metavar="TỔ", help="tên ngắn của tổ trong địa chỉ trang (slug)")
    month.add_argument(
        "--month", required=True, metavar="THÁNG", help="tháng đến hạn, yyyy-mm (the month it is due in)"
    )
    month.add_argument("--out", required=True, type=Path, metavar="THƯ_MỤC", help="nơi ghi tệp (where files go)")
    month.add_argument("--as", dest="account", metavar="TÀI_KHOẢN", help="người lập (who makes it)")
    month.set_defaults(run=run_month)


def run_month(args: argparse.Namespace) -> int:
    """Make or remake the report under the charter, and copy its draft, PDF and annex to a directory."""
    from dean06.cli import installed

    installed.ready(args.account)
    from dean06.flows import reporting

    account, group = installed.actor(args.account), installed.group(args.group)
    bar = Bar(shown=not args.json)
    try:
        bar(0.1, 1, "gom số liệu")
        report = reporting.make(account, group, args.month)
        installed.seal()
        bar(0.9, 1, "ghi tệp")
        written = _write(account, report.paper_id, args.out, f"bao-cao-{group.slug}-{args.month}")
    finally:
        bar.close()
    if args.json:
        print(json.dumps(_document(group.slug, report, written), ensure_ascii=False))
        return 0
    print(f"Báo cáo tháng {clock.as_read(report.month)}, lần lập {report.version}: {', '.join(written.values())}")
    for one in report.changes:
        print(f"  {one.label}: {one.before or '–'} → {one.after or '–'}")
    return 0


def _write(account: str, paper_id: int | None, out: Path, name: str) -> dict[str, str]:
    from dean06.offices import service as offices
    from dean06.papers.service import documents

    out.mkdir(parents=True, exist_ok=True)
    viewer = offices.viewer(account, clock.today())
    written: dict[str, str] = {}
    kinds: tuple[documents.FileKind, ...] = ("docx", "pdf", "xlsx")
    for kind in kinds:
        path = documents.file(viewer, paper_id, kind) if paper_id else None
        if path is not None:
            target = out / f"{name}.{kind}"
            target.unlink(missing_ok=True)
            shutil.copyfile(path, target)
            written[kind] = str(target)
    return written


def _document(group: str, report: ReportInfo, written: dict[str, str]) -> dict[str, object]:
    return {
        "group": group,
        "month": report.month,
        "version": report.version,
        "since": report.since.isoformat(),
        "until": report.until.isoformat(),
        "span_rule": report.sheet.span_rule,
        "files": written,
        "facts": {fact.code: fact.value for fact in report.sheet.facts},
        "changes": [{"code": one.code, "before": one.before, "after": one.after} for one in report.changes],
    }
