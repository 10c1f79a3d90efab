"""`dean06 paper check`: any .docx or PDF against the layout of Decree 30/2020, Appendix I. No Django, no database."""

from __future__ import annotations

import argparse
import json
from hashlib import sha256
from pathlib import Path

from dean06.papers import live


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    paper = subparsers.add_parser("paper", help="văn bản: kiểm tra thể thức (papers: check the layout)")
    commands = paper.add_subparsers(dest="paper_command", required=True, metavar="VIỆC")
    check = commands.add_parser(
        "check",
        help="so tệp .docx, .pdf với Phụ lục I Nghị định 30/2020 (check a file against Decree 30, Appendix I)",
        description="Mã kết thúc 0 khi không sai gì, 1 khi có sai thể thức, 3 khi tệp không đo được. "
        "(Exit code 0 for none, 1 for departures, 3 for a file that cannot be measured.)",
    )
    check.add_argument("file", type=Path, metavar="TỆP", help="tệp .docx hoặc .pdf, của mình hay nơi khác (any file)")
    check.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    check.set_defaults(run=run_check)


def run_check(args: argparse.Namespace) -> int:
    """Check a file; exit 1 when it departs from the layout."""
    with args.file.open("rb") as file:
        data = file.read(live.MOST_BYTES + 1)
    found = live.check_file(args.file.name, data)
    if args.json:
        print(json.dumps(_as_json(found, data), ensure_ascii=False, indent=2))
    else:
        _tell(found)
    return 1 if found.departures else 0


def _as_json(found: live.Checked, data: bytes) -> dict[str, object]:
    return {
        "file": {"name": found.name, "sha256": sha256(data).hexdigest()},
        "kind": found.kind,
        "departures": [
            {
                "rule": each.rule,
                "part": each.part,
                "found": each.found,
                "asked": each.asked,
                "where": each.where,
                "sentence": each.sentence(),
            }
            for each in found.departures
        ],
        "warnings": [{"vi": each.vi, "en": each.en} for each in found.warnings],
    }


def _tell(found: live.Checked) -> None:
    for each in found.departures:
        print(f"✗ {each.sentence()}")
    for warned in found.warnings:
        print(f"! {warned.vi}\n  {warned.en}")
    count = len(found.departures)
    if count:
        print(f"\n{found.name}: {count} chỗ sai thể thức (departures from the layout).")
    else:
        print(f"{found.name}: đúng thể thức (the layout departs in nothing).")
