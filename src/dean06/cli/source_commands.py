"""`dean06 source`: the sources there are, what one expects, and a file checked before it is delivered."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dean06.cli.days import parsed_day
from dean06.cli.feed_commands import add_pull
from dean06.cli.progress import Bar
from dean06.clock import service as clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dean06.sources.live import Batch, BrokenRow, Checked, Contract, FieldRule, Words

_SHOWN = 20


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    source = subparsers.add_parser("source", help="nguồn dữ liệu ngành (sector datasets)")
    commands = source.add_subparsers(dest="source_command", required=True, metavar="VIỆC")
    listing = commands.add_parser("list", help="liệt kê các nguồn (list the sources)")
    listing.set_defaults(run=run_list)
    check = commands.add_parser("check", help="đọc thử một tệp, nói rõ từng dòng có vấn đề (read a file and report)")
    check.add_argument("file", type=Path, metavar="TỆP", help=".xlsx, .xls, .csv, .parquet")
    check.add_argument("--source", required=True, metavar="NGUỒN", help="mã nguồn, xem `source list` (source id)")
    check.add_argument(
        "--on", type=parsed_day, metavar="NGÀY", help="ngày của dữ liệu, mặc định hôm nay (day of the data, yyyy-mm-dd)"
    )
    check.set_defaults(run=run_check)
    describe = commands.add_parser("describe", help="tả một nguồn: cột, mã, ngày, căn cứ (describe a source)")
    describe.add_argument("source", metavar="NGUỒN", help="mã nguồn, xem `source list` (source id)")
    describe.add_argument(
        "--package", action="store_true", help="in datapackage.json theo Frictionless (as a Data Package)"
    )
    describe.set_defaults(run=run_describe)
    pull = add_pull(commands)
    for parser in (listing, check, describe, pull):
        parser.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")


def run_list(args: argparse.Namespace) -> int:
    """Print the sources."""
    from dean06.sources import live

    contracts = live.contracts().values()
    if args.json:
        _print_json([_brief(contract) for contract in contracts])
        return 0
    for contract in contracts:
        print(f"{contract.id:<12} {contract.system or '·':<4} {contract.title.vi} ({contract.title.en})")
    return 0


def run_describe(args: argparse.Namespace) -> int:
    """Print one contract."""
    from dean06.sources import live

    contract = live.contract(args.source)
    if args.package:
        _print_json(live.data_package(contract, clock.today()))
        return 0
    if args.json:
        _print_json(contract.model_dump(mode="json"))
        return 0
    for line in _described(contract):
        print(line)
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Read a file as a delivery would and check it; exit 1 when rows were set aside or break a rule."""
    from dean06.sources import live

    contract = live.contract(args.source)
    bar = Bar(shown=not args.json)
    with tempfile.TemporaryDirectory(prefix="dean06-") as folder:
        try:
            batch = live.read_batch(
                args.file, contract, Path(folder), progress=lambda share: bar(share, 1.0, f"đọc {args.file.name}")
            )
            broken = Path(folder) / "trai-luat.parquet"
            checked = live.check(batch, contract, args.on or clock.today(), broken)
            places = live.broken_places(batch, broken)
        finally:
            bar.close()
    if args.json:
        _print_json(_read(batch) | _tested(checked, places))
    else:
        _print_check(batch, contract)
        _print_rules(args.source, checked, places)
    return 1 if batch.quarantined or checked.broken_rows else 0


# ---------------------------------------------------------------- words


def _print_json(document: Any) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    print()


def _brief(contract: Contract) -> dict[str, Any]:
    return {
        "id": contract.id,
        "system": contract.system,
        "title": contract.title.model_dump(),
        "version": contract.version,
        "valid_from": contract.valid_from.isoformat(),
        "layout": contract.layout.kind,
        "key": contract.key,
    }


def _described(contract: Contract) -> list[str]:
    layout = {"assumed": "dựng tạm, chờ mẫu của cơ quan", "documented": "theo tài liệu"}[contract.layout.kind]
    sexes = ", ".join(f"{raw} = {sex or 'khác'}" for raw, sex in contract.sex_codes.items())
    every = {"month": "hằng tháng", "quarter": "hằng quý", "year": "hằng năm", "once": "một lần"}[
        contract.cadence.every
    ]
    lines = [
        f"{contract.id}: {contract.title.vi} ({contract.title.en})",
        f"  bản {contract.version}, từ {contract.valid_from:%d/%m/%Y}",
        f"  hệ thống: {contract.system or 'không thuộc hệ thống nào'}",
        f"  cấu trúc: {layout}. {contract.layout.source.vi}",
        f"  nộp {every}, ngày thỏa thuận {contract.cadence.day}",
        f"  mục đích: {contract.legal.purpose.vi}",
        *(f"  căn cứ: {ground.vi}" for ground in contract.legal.basis),
        f"  lưu {contract.legal.retention_months} tháng; {_sensitivity(contract)}",
        f"  khóa: {contract.field(contract.key).title.vi if contract.key else 'không có, nhận theo người tìm được'}",
        f"  giới tính: {sexes}",
        "  cột:",
    ]
    return lines + [_field_line(rule) for rule in contract.fields if not rule.part_of and rule.headers]


def _sensitivity(contract: Contract) -> str:
    return "dữ liệu nhạy cảm" if contract.legal.sensitivity == "sensitive" else "dữ liệu cơ bản"


def _field_line(rule: FieldRule) -> str:
    wanted = " (bắt buộc)" if rule.required else ""
    return f"    {rule.column:<16} {rule.title.vi}{wanted}: {', '.join(rule.headers[:4])}…"


def _tested(checked: Checked, places: Sequence[BrokenRow]) -> dict[str, Any]:
    return {
        "as_of": checked.day.isoformat(),
        "contract": {"id": checked.contract, "version": checked.version},
        "broken_rows": checked.broken_rows,
        "rules": [
            {"rule": one.rule, "kind": one.kind, "field": one.field, "tested": one.tested, "broken": one.broken}
            for one in checked.rules
        ],
        "untested": list(checked.untested),
        "broken": [{"sheet": one.sheet, "row": one.row, "rule": one.rule, "field": one.field} for one in places],
    }


def _print_rules(source: str, checked: Checked, places: Sequence[BrokenRow]) -> None:
    from dean06.sources import live

    print(f"  trái luật kiểm tra: {_number(checked.broken_rows)} dòng (theo ngày {checked.day:%d/%m/%Y})")
    for one in checked.rules:
        if one.broken:
            said = _says(live.rule_words(source, one.rule), one.rule)
            print(f"    {said} (cột {one.field}): {_number(one.broken)} dòng")
    for place in places[:_SHOWN]:
        sheet = f"trang «{place.sheet}» " if place.sheet else ""
        print(
            f"    {sheet}dòng {place.row}, cột {place.field}: {_says(live.rule_words(source, place.rule), place.rule)}"
        )
    if len(places) > _SHOWN:
        print(f"    … và {_number(len(places) - _SHOWN)} lỗi nữa; dùng --json để xem đủ")


def _says(says: Words | None, rule: str) -> str:
    return says.vi if says else rule


def _read(batch: Batch) -> dict[str, Any]:
    return {
        "file": {"name": batch.file_name, "sha256": batch.file_sha256, "sheets": list(batch.sheets)},
        "source": batch.contract_id,
        "rows": batch.rows,
        "rows_in_file": batch.rows_in_file,
        "roles": {role: list(batch.role_columns.get(role, ())) for role in batch.roles},
        "encodings": dict(batch.encodings),
        "repairs": dict(batch.repairs),
        "quarantined": [
            {"sheet": item.sheet, "row": item.row, "reason": item.reason_code, "sentence": item.sentence}
            for item in batch.quarantined
        ],
        "skipped": [
            {
                "sheet": run.sheet,
                "row": run.row,
                "until": run.until,
                "reason": run.reason_code,
                "sentence": run.sentence,
            }
            for run in batch.skipped
        ],
    }


def _print_check(batch: Batch, contract: Contract) -> None:
    print(f"{batch.file_name}: {_number(batch.rows)} dòng dữ liệu trong {_number(batch.rows_in_file)} dòng.")
    titles = {rule.column: rule.title.vi for rule in contract.fields}
    for role in batch.roles:
        columns = ", ".join(f"«{name.removeprefix('goc_')}»" for name in batch.role_columns.get(role, ()))
        print(f"  {role:<12} {titles.get(role, role)}: cột {columns}")
    for reason, count in sorted(batch.repairs.items()):
        print(f"  đã chữa khi nhận: {_number(count)} ô ({reason})")
    passed: Counter[str] = Counter()
    for run in batch.skipped:
        passed[run.sentence] += run.count
    for sentence, count in passed.most_common():
        print(f"  bỏ qua {_number(count)} dòng: {sentence}")
    print(f"  trong đó để riêng {_number(len(batch.quarantined))} dòng không dùng được")
    for item in batch.quarantined[:_SHOWN]:
        place = f"trang «{item.sheet}» " if item.sheet else ""
        print(f"    {place}dòng {item.row}: {item.sentence}")
    if len(batch.quarantined) > _SHOWN:
        print(f"    … và {_number(len(batch.quarantined) - _SHOWN)} dòng nữa; dùng --json để xem đủ")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
