"""`dean06 ledger`: check the log, or write it out for a checker outside."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from dean06.ledger import live
from dean06.ledger.types import Report


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    ledger = subparsers.add_parser("ledger", help="sổ ghi: kiểm, xuất · the log: check, export")
    commands = ledger.add_subparsers(dest="ledger_command", required=True, metavar="VIỆC")
    verify = commands.add_parser("verify", help="tìm byte bị đổi · find any changed byte")
    verify.add_argument(
        "path", nargs="?", type=Path, metavar="ĐƯỜNG_DẪN", help="tệp đã xuất hoặc thư mục dữ liệu · export or home"
    )
    verify.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    verify.set_defaults(run=run_verify)
    export = commands.add_parser("export", help="xuất cho người kiểm bên ngoài · for an outside checker")
    export.add_argument("out", type=Path, metavar="TỆP", help="tệp JSON Lines sẽ ghi · the file to write")
    export.set_defaults(run=run_export)
    proof = commands.add_parser("check-proof", help="kiểm bằng chứng của một văn bản · check the proof of a paper")
    proof.add_argument("path", type=Path, metavar="BẰNG_CHỨNG", help="tệp bang-chung.json · the proof")
    proof.add_argument("files", nargs="*", type=Path, metavar="VĂN_BẢN", help="tệp PDF, .docx · files of the paper")
    proof.add_argument("--key", default="", metavar="HEX", help="khóa công khai đã công bố · the published key")
    proof.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    proof.set_defaults(run=run_check_proof)


def _home() -> Path:
    return Path(os.environ.get("DEAN06_HOME") or Path(__file__).resolve().parents[3] / "var").resolve()


def _as_json(report: Report) -> str:
    return json.dumps(
        {
            "origin": report.origin,
            "entries": report.entries,
            "sequenced": report.sequenced,
            "checkpoints": report.checkpoints,
            "root": report.root,
            "sound": report.sound,
            "faults": [{"where": fault.where, "vi": fault.vi, "en": fault.en} for fault in report.faults],
        },
        ensure_ascii=False,
    )


def run_verify(args: argparse.Namespace) -> int:
    """Check a log; exit 0 when sound, 1 when there are faults."""
    path = args.path or _home()
    report = live.verify_home(path) if path.is_dir() else live.verify_file(path)
    if args.json:
        print(_as_json(report))
    else:
        for fault in report.faults:
            print(f"✗ {fault.where}: {fault.vi} / {fault.en}")
        state = "không đứt" if report.sound else f"{len(report.faults)} lỗi"
        waiting = report.entries - report.sequenced
        later = f", {waiting} mục chưa vào cây" if waiting else ""
        counted = f"{report.entries} mục ghi{later}, {report.checkpoints} mốc, gốc {report.root[:16]}…"
        print(f"{report.origin}: {counted}: {state}")
    return 0 if report.sound else 1


def run_export(args: argparse.Namespace) -> int:
    """Write the log out as JSON lines."""
    count = live.export(_home(), args.out)
    print(f"{args.out}: {count} mục ghi.")
    return 0


def run_check_proof(args: argparse.Namespace) -> int:
    """Check the proof of a paper without any installation; exit 0 when it holds, 1 when it does not."""
    number, faults = live.verify_proof(args.path, args.files, key=args.key)
    if args.json:
        told = [{"where": fault.where, "vi": fault.vi, "en": fault.en} for fault in faults]
        print(json.dumps({"paper": number, "sound": not faults, "faults": told}, ensure_ascii=False))
    else:
        for fault in faults:
            print(f"✗ {fault.where}: {fault.vi} / {fault.en}")
        print(f"{number}: {'bằng chứng đúng' if not faults else f'{len(faults)} lỗi'}")
    return 0 if not faults else 1
