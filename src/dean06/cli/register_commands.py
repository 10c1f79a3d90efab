"""`dean06 register`: load a snapshot of the population register, and say what is held."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dean06.cli.progress import Bar
from dean06.clock.errors import UsageError

if TYPE_CHECKING:
    from dean06.population.live import SnapshotInfo

STANDALONE = Path("vault") / "registers" / "rieng"


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    register = subparsers.add_parser("register", help="sổ dân cư: nạp và xem (the population register)")
    commands = register.add_subparsers(dest="register_command", required=True, metavar="VIỆC")
    load = commands.add_parser("load", help="nạp một bản sổ, toàn bộ hoặc không gì cả (load a snapshot)")
    load.add_argument("file", type=Path, metavar="TỆP", help="sổ dân cư .csv, .xlsx hoặc .parquet (the register file)")
    load.add_argument("--as-of", required=True, metavar="NGÀY", help="sổ tính đến ngày nào, yyyy-mm-dd (its day)")
    add_register(load)
    load.add_argument("--group", metavar="TỔ", help="nạp cho một tổ của hệ thống (for a group of the installation)")
    load.add_argument("--as", dest="account", metavar="TÀI_KHOẢN", help="người giữ sổ nạp (who loads it)")
    load.add_argument(
        "--update",
        action="store_true",
        help="lấy khoá đối soát của bản sổ trước, chỉ làm lại những người đã đổi; dùng cùng «reconcile --carry»"
        " (bring up the keys of the snapshot before)",
    )
    load.set_defaults(run=run_load)
    info = commands.add_parser("info", help="các bản sổ đang giữ (snapshots held)")
    add_register(info)
    info.set_defaults(run=run_info)


def add_register(parser: argparse.ArgumentParser) -> None:
    """Offer the register directory on a command."""
    text = "thư mục sổ dân cư; mặc định dưới DEAN06_HOME (register directory)"
    parser.add_argument("--register", type=Path, metavar="THƯ_MỤC", help=text)


def register_dir(args: argparse.Namespace) -> Path:
    """Return the register directory named, or the one of this installation for standalone work."""
    if args.register is not None:
        return Path(args.register)
    home = os.environ.get("DEAN06_HOME")
    return (Path(home) if home else Path(__file__).resolve().parents[3] / "var") / STANDALONE


def run_load(args: argparse.Namespace) -> int:
    """Load a register file and make its matching keys."""
    try:
        as_of = date.fromisoformat(args.as_of)
    except ValueError:
        raise UsageError(
            f"--as-of «{args.as_of}» không phải ngày: viết yyyy-mm-dd.",
            f"--as-of {args.as_of!r} is no date: write yyyy-mm-dd.",
        ) from None
    if args.group and args.update:
        raise UsageError("--update không đi cùng --group.", "--update does not go with --group.")
    if args.group:
        return _load_for_group(args, as_of)
    from dean06.population import live as population
    from dean06.reconcile import live as matching

    bar = Bar(shown=not args.json)
    try:
        info = population.load_snapshot(
            args.file, as_of, register_dir(args), lambda share, what: bar(share * 0.8, 1, what)
        )
        bar(0.8, 1, "chuẩn bị khoá đối soát")
        (matching.bring_up if args.update else matching.ensure_prepared)(info.directory)
    finally:
        bar.close()
    if args.json:
        print(json.dumps(_document(info), ensure_ascii=False))
        return 0
    people = f"{info.rows:,}".replace(",", ".")
    print(f"Đã nạp {people} người, sổ ngày {info.as_of:%d/%m/%Y}, SHA-256 {info.sha256[:12]}…")
    if info.ignored_columns:
        print(f"Bỏ qua cột không có trong quy ước: {', '.join(info.ignored_columns)}. (Columns passed over.)")
    if info.late_days:
        late = f"{info.late_days:,}".replace(",", ".")
        print(f"{late} người có ngày sinh hoặc ngày chết sau ngày của sổ, giữ nguyên như trong tệp: xem lại --as-of.")
        print(f"{late} people have a birth or death after the register's day, kept as they are: check --as-of.")
    return 0


def _load_for_group(args: argparse.Namespace, as_of: date) -> int:
    """Load a snapshot into the installation, in the name of the register's keeper."""
    from dean06.cli import installed

    installed.ready(args.account)
    from dean06.flows import register as journey

    account, group = installed.actor(args.account), installed.group(args.group)
    bar = Bar(shown=not args.json)
    try:
        taken = journey.load(account, group, args.file, as_of, lambda share: bar(share, 1, "nạp sổ dân cư"))
        installed.seal()
    finally:
        bar.close()
    if args.json:
        told = {"group": group.slug, "rows": taken.rows, "as_of": taken.as_of.isoformat(), "sha256": taken.sha256}
        print(json.dumps(told, ensure_ascii=False))
        return 0
    people = f"{taken.rows:,}".replace(",", ".")
    print(f"Đã nạp {people} người cho {group.short_name}, sổ ngày {taken.as_of:%d/%m/%Y}.")
    return 0


def run_info(args: argparse.Namespace) -> int:
    """List the snapshots held and check that their bytes are those that were sealed."""
    from dean06.population import live as population

    held = population.snapshots(register_dir(args))
    faults = {info.directory.name: population.verify(info) for info in held}
    if args.json:
        found = [{**_document(info), "changed_files": list(faults[info.directory.name])} for info in held]
        print(json.dumps({"snapshots": found}, ensure_ascii=False))
    elif not held:
        print(f"Chưa có sổ dân cư nào trong {register_dir(args)}. (No register yet.)")
    else:
        for info in held:
            changed = faults[info.directory.name]
            state = f"BỊ ĐỔI: {', '.join(changed)}" if changed else "nguyên vẹn"
            people = f"{info.rows:,}".replace(",", ".")
            print(f"{info.as_of:%d/%m/%Y}  {people:>12} người  {info.sha256[:12]}  {state}")
    return 1 if any(faults.values()) else 0


def _document(info: SnapshotInfo) -> dict[str, object]:
    return {
        "rows": info.rows,
        "as_of": info.as_of.isoformat(),
        "sha256": info.sha256,
        "directory": str(info.directory),
        "columns": list(info.columns),
        "ignored_columns": list(info.ignored_columns),
        "late_days": info.late_days,
    }
