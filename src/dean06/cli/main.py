"""The command line: `dean06 COMMAND …`.

A command lives in one module named in `COMMANDS` and is imported only when it is asked for, so that a command that
needs no database starts without Django. Such a module offers `add_parsers(subparsers)`, which adds the parser of each
of its commands and binds `set_defaults(run=function)`; `function(args) -> int` returns the exit code. `args.json` is
there on every command.

Exit codes: 0 done · 1 done, and there are findings · 2 usage · 3 bad input, nothing changed · 4 refused by the
charter · 5 a component is unavailable · 70 a fault of the program itself · 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from dean06.cli.trouble import trouble
from dean06.cli.wording import Subparsers, VietnameseParser
from dean06.clock.errors import HouseError

FAULT = 70
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of the table: where the command lives, and what `--help` says of it."""

    module: str
    vi: str
    en: str


COMMANDS: dict[str, Command] = {
    "serve": Command("dean06.cli.serve_commands", "chạy toàn bộ hệ thống trong một cửa sổ", "run everything"),
    "doctor": Command("dean06.cli.admin_commands", "kiểm tra máy và bản cài đặt", "check this installation"),
    "backup": Command("dean06.cli.admin_commands", "sao lưu toàn bộ dữ liệu", "back up all state"),
    "restore": Command("dean06.cli.admin_commands", "khôi phục từ bản sao lưu", "restore a backup"),
    "init": Command("dean06.cli.first_run_commands", "quản trị viên và tổ đầu tiên", "first administrator and group"),
    "account": Command("dean06.cli.setup_commands", "tài khoản", "accounts"),
    "group": Command("dean06.cli.setup_commands", "tổ công tác và người của tổ", "groups and their people"),
    "demo": Command("dean06.cli.demo_commands", "tạo dữ liệu trình diễn", "make demonstration data"),
    "charter": Command("dean06.cli.charter_commands", "quy chế dưới dạng dữ liệu", "the regulation as data"),
    "register": Command("dean06.cli.register_commands", "sổ dân cư: nạp và xem", "the population register"),
    "source": Command("dean06.cli.source_commands", "nguồn dữ liệu ngành", "sector datasets"),
    "reconcile": Command("dean06.cli.reconcile_commands", "đối soát một danh sách", "match a list"),
    "ledger": Command("dean06.cli.ledger_commands", "sổ ghi: kiểm chứng", "verify the ledger"),
    "catalogue": Command("dean06.cli.catalogue_commands", "mục lục để tìm", "what can be found"),
    "scores": Command("dean06.cli.scores_commands", "bảng điểm đã chốt", "frozen scores"),
    "report": Command("dean06.cli.report_commands", "báo cáo", "reports"),
    "paper": Command("dean06.cli.paper_commands", "văn bản: kiểm tra thể thức", "papers: check the layout"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _tell(INTERRUPTED, "Đã dừng theo yêu cầu.", "Stopped.", arguments)
    except BrokenPipeError:  # the reader (`| head`) has gone; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  the door turns every fault into a sentence
        return _explain(error, arguments)


def _explain(error: Exception, arguments: Sequence[str]) -> int:
    told = error if isinstance(error, HouseError) else trouble(error)
    if told is not None:
        code = _tell(told.exit_code, told.vi, told.en, arguments)
    else:
        kind = type(error).__name__
        code = _tell(
            FAULT,
            f"Chương trình gặp lỗi ngoài dự kiến ({kind}); đặt DEAN06_DEBUG=1 để xem chi tiết.",
            f"The program met an unexpected fault ({kind}); set DEAN06_DEBUG=1 to see it in full.",
            arguments,
        )
    if os.environ.get("DEAN06_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    return code


def _tell(code: int, vi: str, en: str, arguments: Sequence[str]) -> int:
    print(vi, en, sep="\n", file=sys.stderr)
    if "--json" in arguments:
        print(json.dumps({"error": {"code": code, "vi": vi, "en": en}}, ensure_ascii=False))
    return code


def _run(arguments: list[str]) -> int:
    chosen = next((word for word in arguments if not word.startswith("-")), None)
    parser = parser_for(chosen)
    args = parser.parse_args(arguments)
    if args.version:
        print(f"dean06 {_version()}")
        return 0
    if not hasattr(args, "run"):
        parser.print_help(sys.stderr)
        return 2
    return int(args.run(args))


def parser_for(chosen: str | None) -> argparse.ArgumentParser:
    """Build the parser with the chosen command in full and all others by name only."""
    parser = VietnameseParser(prog="dean06", description="dean06: nền tảng làm việc của Tổ công tác Đề án 06.")
    parser.add_argument("--version", action="store_true", help="in phiên bản (print the version)")
    subparsers = parser.add_subparsers(title="các lệnh (commands)", metavar="LỆNH", parser_class=VietnameseParser)
    wanted = COMMANDS[chosen].module if chosen in COMMANDS else None
    if wanted is not None and find_spec(wanted) is not None:
        importlib.import_module(wanted).add_parsers(subparsers)
    for name, command in COMMANDS.items():
        if name not in subparsers.choices and find_spec(command.module) is not None:
            subparsers.add_parser(name, help=f"{command.vi} ({command.en})")
    _offer_json(subparsers)
    return parser


def _offer_json(subparsers: Subparsers) -> None:
    for parser in subparsers.choices.values():
        nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001  argparse has no public walk
        for group in nested:
            _offer_json(group)
        taken = "--json" in parser._option_string_actions  # noqa: SLF001  argparse has no public walk
        if not nested and not taken:
            parser.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")


def _version() -> str:
    from importlib.metadata import version

    return version("dean06")


if __name__ == "__main__":
    sys.exit(main())
