"""`dean06 reconcile`: match a list against a register, from any file to any file, with no database."""

from __future__ import annotations

import argparse
from pathlib import Path

from dean06.cli.register_commands import add_register
from dean06.clock.errors import UsageError

KINDS = (".parquet", ".csv", ".xlsx")
ABOUT = """Đối soát từng dòng của một danh sách với sổ dân cư mới nhất; không cần cơ sở dữ liệu. Kết quả có các dòng
theo đúng thứ tự nộp, kèm <kết quả>.provenance.json ghi cái gì được đối soát với cái gì. Mã kết thúc 0:
mọi dòng khớp; 1: có dòng cần xem.
(Match each row of a list with the newest register. Exit 0: all agree; 1: some rows want attention.)
Ví dụ: dean06 reconcile danh-sach.xlsx --source chung --register so --out ket-qua.xlsx"""


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "reconcile", help="đối soát một danh sách với sổ dân cư (match a list)", description=ABOUT
    )
    parser.add_argument("file", type=Path, metavar="TỆP", help="danh sách .xlsx, .xls, .csv hoặc .parquet (the list)")
    parser.add_argument(
        "--source",
        required=True,
        metavar="NGUỒN",
        help="quy ước của nguồn, xem «dean06 source list»; «chung» cho danh sách bất kỳ (source id)",
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="TỆP", help="kết quả .parquet, .csv hoặc .xlsx (the result)"
    )
    add_register(parser)
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="số luồng; không đổi kết quả (threads)")
    parser.add_argument(
        "--processes",
        type=int,
        default=0,
        metavar="N",
        help="số tiến trình tìm cặp, mỗi tiến trình một khoảng năm sinh; không đổi kết quả (processes)",
    )
    parser.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        default="duckdb",
        help="bộ máy đối soát, không đổi kết quả; mặc định duckdb (engine)",
    )
    parser.add_argument(
        "--accept",
        type=float,
        default=0.5,
        metavar="P",
        help="xác suất từ đó một người được gọi tên; mặc định 0.5 (posterior from which a person is named)",
    )
    parser.set_defaults(run=run_reconcile)


def run_reconcile(args: argparse.Namespace) -> int:
    """Match a list and write the result; exit 1 when some row needs attention."""
    _check(args)
    from dean06.cli import reconcile_job

    return reconcile_job.run(args)


def _check(args: argparse.Namespace) -> None:
    if not 0 < args.accept <= 1:
        raise UsageError("--accept phải lớn hơn 0 và không quá 1.", "--accept must be above 0 and at most 1.")
    if args.processes < 0 or (args.processes and args.engine == "spark"):
        raise UsageError(
            "--processes phải từ 0 trở lên và không đi cùng --engine spark.",
            "--processes must be at least 0, and does not go with --engine spark.",
        )
    if args.threads < 1:
        raise UsageError("--threads phải từ 1 trở lên.", "--threads must be at least 1.")
    _check_out(args.out, args.file)


def _check_out(out: Path, file: Path) -> None:
    kinds = ", ".join(KINDS)
    if out.suffix.lower() not in KINDS:
        raise UsageError(f"--out «{out}» phải có đuôi {kinds}.", f"--out {str(out)!r} must end in one of {kinds}.")
    if out.is_dir():
        raise UsageError(
            f"--out «{out}» là một thư mục: nêu tên tệp kết quả.", f"--out {str(out)!r} is a directory: name a file."
        )
    if not out.resolve().parent.is_dir():
        raise UsageError(
            f"Không có thư mục «{out.parent}» của --out: tạo trước.",
            f"There is no directory {str(out.parent)!r} for --out: make it first.",
        )
    if out.resolve() == file.resolve():
        raise UsageError(
            f"--out «{out}» chính là danh sách nộp: chọn tên khác để không mất tệp gốc.",
            f"--out {str(out)!r} is the list itself: choose another name, so that it is not lost.",
        )
