"""`dean06 doctor`, `backup` and `restore`: for the engineer who keeps an installation."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from dean06.cli import backup, doctor
from dean06.cli.occupancy import state_directory
from dean06.cli.progress import Bar
from dean06.cli.wording import Subparsers


def add_parsers(subparsers: Subparsers) -> None:
    """Add the three commands."""
    looking = subparsers.add_parser("doctor", help="kiểm tra máy và bản cài đặt (check this installation)")
    looking.set_defaults(run=run_doctor)
    saving = subparsers.add_parser(
        "backup", help="sao lưu toàn bộ dữ liệu, cả khi đang chạy (back up, also while running)"
    )
    saving.add_argument("directory", type=Path, metavar="DIR", help="thư mục mới sẽ chứa bản sao (a new directory)")
    saving.set_defaults(run=run_backup)
    restoring = subparsers.add_parser(
        "restore", help="khôi phục vào một DEAN06_HOME trống (restore into an empty home)"
    )
    restoring.add_argument("directory", type=Path, metavar="DIR", help="bản sao lưu (the backup)")
    restoring.set_defaults(run=run_restore)


def run_doctor(args: argparse.Namespace) -> int:
    """Say what is in order and what is not; 1 when something is not."""
    checks = doctor.examine(state_directory())
    sound = all(check.sound for check in checks)
    if args.json:
        print(json.dumps({"sound": sound, "checks": [asdict(check) for check in checks]}, ensure_ascii=False))
    else:
        for check in checks:
            print(f"{'đạt ' if check.sound else 'HỎNG'}  {check.vi} ({check.en})")
    return 0 if sound else 1


def run_backup(args: argparse.Namespace) -> int:
    """Copy everything into a new directory and say what it holds."""
    return _report(backup.save(state_directory(), args.directory.resolve(), _bar(args)), args, "Đã sao lưu", "Saved")


def run_restore(args: argparse.Namespace) -> int:
    """Put a backup into an empty home, after checking every byte of it."""
    return _report(
        backup.restore(args.directory.resolve(), state_directory(), _bar(args)), args, "Đã khôi phục", "Restored"
    )


def _bar(args: argparse.Namespace) -> Bar:
    return Bar(shown=not args.json)


def _report(kept: backup.Kept, args: argparse.Namespace, vi: str, en: str) -> int:
    if args.json:
        print(json.dumps({"directory": str(kept.directory), "files": kept.files, "bytes": kept.size}))
    else:
        print(f"{vi} {kept.files} tệp, {kept.size / 2**20:,.1f} MB: {kept.directory} ({en}.)")
    sys.stdout.flush()
    return 0
