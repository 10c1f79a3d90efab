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
    _add_service(parser)
    _add_engine(parser)
    parser.add_argument(
        "--accept",
        type=float,
        default=0.5,
        metavar="P",
        help="xác suất từ đó một người được gọi tên; mặc định 0.5 (posterior from which a person is named)",
    )
    parser.add_argument(
        "--carry",
        type=Path,
        metavar="TỆP",
        help="tệp để lại cho lần sau: có rồi thì chỉ đối soát lại những dòng đã đổi, cùng trọng số; chứa dữ liệu người,"
        " giữ như kết quả (what a run leaves to the next)",
    )
    parser.add_argument(
        "--one-to-one",
        action="store_true",
        help="người gửi cam đoan mỗi dòng là một người trong sổ, mỗi người nhiều nhất một dòng: ghép từng đôi (pairs)",
    )
    parser.set_defaults(run=run_reconcile)


def _add_engine(parser: argparse.ArgumentParser) -> None:
    """Offer what changes the time of a run and no byte of its result."""
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


def _add_service(parser: argparse.ArgumentParser) -> None:
    asking = parser.add_argument_group(
        "khi không có sổ dân cư (without a register)",
        "Hỏi dịch vụ dân cư từng dòng, cho một mục đích; bị ngắt thì chạy lại đúng lệnh cũ để hỏi tiếp. Mã kết thúc 5:"
        " chưa hỏi xong, phần đã hỏi còn nguyên. (Ask the population service; run the same command again to go on.)",
    )
    asking.add_argument(
        "--service",
        metavar="DỊCH_VỤ",
        help="địa chỉ https://…, tệp .yaml, hoặc tên trong DEAN06_HOME/dan-cu/ (address, file or name)",
    )
    asking.add_argument(
        "--purpose",
        type=Path,
        metavar="TỆP",
        help="tệp .yaml nêu mục đích: thủ tục, hồ sơ, căn cứ, cán bộ; bắt buộc cùng --service (the purpose)",
    )
    asking.add_argument(
        "--account",
        type=Path,
        metavar="TỆP",
        help="tài khoản dịch vụ, JSON, quyền 0600; không nêu thì lấy biến DEAN06_DAN_CU (the service's account)",
    )
    asking.add_argument(
        "--ask-lost",
        action="store_true",
        help="hỏi lại những người đã hỏi mà câu trả lời bị mất (ask anew where an answer was lost)",
    )


def run_reconcile(args: argparse.Namespace) -> int:
    """Match a list and write the result; exit 1 when some row needs attention."""
    _check(args)
    if args.service is not None:
        from dean06.cli import inquiry_job

        return inquiry_job.run(args)
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
    if args.carry is not None and (args.service is not None or args.one_to_one):
        raise UsageError(
            "--carry chỉ dùng cùng --register, không cùng --one-to-one.",
            "--carry goes with --register and without --one-to-one.",
        )
    if args.carry is not None and args.carry.resolve() in (args.out.resolve(), args.file.resolve()):
        raise UsageError(
            "--carry phải là một tệp khác danh sách và kết quả.", "--carry must be another file than list and result."
        )
    if args.one_to_one and args.engine == "spark":
        raise UsageError("--one-to-one không đi cùng --engine spark.", "--one-to-one does not go with --engine spark.")
    if args.threads < 1:
        raise UsageError("--threads phải từ 1 trở lên.", "--threads must be at least 1.")
    _check_service(args)
    _check_out(args.out, args.file)


def _check_service(args: argparse.Namespace) -> None:
    if args.service is None and (args.purpose is not None or args.account is not None or args.ask_lost):
        raise UsageError(
            "--purpose, --account và --ask-lost chỉ dùng cùng --service.",
            "--purpose, --account and --ask-lost go with --service.",
        )
    if args.service is not None and args.register is not None:
        raise UsageError(
            "Chọn một trong --register (sổ dân cư) và --service (hỏi dịch vụ).",
            "Choose one of --register (a snapshot) and --service (asking).",
        )
    if args.service is not None and (args.processes or args.engine != "duckdb" or args.one_to_one):
        raise UsageError(
            "--processes, --engine và --one-to-one chỉ dùng cùng --register.",
            "--processes, --engine and --one-to-one go with --register.",
        )
    if args.service is not None and args.purpose is None:
        raise UsageError(
            "Hỏi dịch vụ dân cư phải nêu mục đích: --purpose TỆP (thủ tục, hồ sơ, căn cứ, cán bộ).",
            "Asking the population service needs a purpose: --purpose FILE (procedure, case, basis, officer).",
        )


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
