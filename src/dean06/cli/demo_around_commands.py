"""What stands around a running demonstration: a trouble of the services, and the software of an agency."""

from __future__ import annotations

import argparse
import importlib
import json
from pathlib import Path
from typing import Any

from dean06.cli.occupancy import state_directory
from dean06.clock.errors import HouseError, Unavailable, UsageError

NONE = "none"

__all__ = ["add_parsers"]


class SoftwareRefused(HouseError):
    """The service did not do what the agency's software asked."""

    exit_code = 4


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare `demo fault` and `demo software`."""
    fault = commands.add_parser("fault", help="gây sự cố cho dịch vụ giả lập đang chạy (have the services fail)")
    fault.add_argument("kind", metavar="F", help=f"{NONE} · {' · '.join(_server().Fault)}")
    fault.add_argument("--after", type=int, default=0, metavar="N", help="sau N câu trả lời (after N answers)")
    fault.add_argument("--times", type=int, default=0, metavar="N", help="N lần; mặc định đến khi none (until none)")
    fault.set_defaults(run=run_fault)
    software = commands.add_parser("software", help="phần mềm của cơ quan: đọc đơn, trả lời (an agency's software)")
    software.add_argument("--order", type=int, metavar="SỐ", help="các sai lệch của một đơn (an order's findings)")
    software.add_argument("--answer", metavar="MÃ", help="ghi đã sửa một sai lệch (say that a finding was fixed)")
    software.add_argument("--bearer", action="store_true", help="mã truy cập không gắn khóa (a token without DPoP)")
    software.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    software.set_defaults(run=run_software)


def _server() -> Any:
    return importlib.import_module("dean06.demo.service_server")


def run_fault(args: argparse.Namespace) -> int:
    """Have the stand-ins of the running demonstration fail, or answer soundly again."""
    server, home = _server(), state_directory()
    kinds = {NONE: None} | {str(one): one for one in server.Fault}
    if args.kind not in kinds:
        raise UsageError(f"F phải là một trong: {', '.join(kinds)}.", f"F must be one of {', '.join(kinds)}.")
    if args.after < 0 or args.times < 0:
        raise UsageError("--after, --times phải từ 0.", "--after and --times must be from 0.")
    if server.noted(home) is None:
        raise _no_demonstration(home)
    server.trouble(home, kinds[args.kind], args.after, args.times)
    said = "trả lời bình thường" if args.kind == NONE else f"sự cố {args.kind}"
    print(f"Dịch vụ giả lập: {said}. Xem Đối soát → Kết nối, bấm Lấy ngay. (From the next answer on.)")
    return 0


def _no_demonstration(home: Path) -> Unavailable:
    return Unavailable(
        f"{home} không có dịch vụ giả lập: chạy `dean06 serve --demo`, hoặc đặt DEAN06_HOME tới bản trình diễn.",
        f"No stand-ins belong to {home}: run `dean06 serve --demo`, or point DEAN06_HOME at a demonstration.",
    )


def run_software(args: argparse.Namespace) -> int:
    """Be the software of an agency: read its orders or an order's findings, or answer on one."""
    module, home = importlib.import_module("dean06.demo.agency_software"), state_directory()
    key_file = home / _server().KEY_FILE
    if not key_file.is_file():
        raise _no_demonstration(home)
    software = module.Software(key_file, _address(home), bound=not args.bearer)
    try:
        software.sign_in()
        told = _asked(software, args)
    except module.Refused as refusal:
        raise SoftwareRefused(
            f"Giao diện lập trình trả lời {refusal.status}: {refusal.sentence}",
            f"The service answers {refusal.status}: {refusal.sentence}",
        ) from refusal
    except OSError as problem:
        raise Unavailable(
            "Bản trình diễn chưa chạy: chạy `dean06 serve --demo` ở cửa sổ khác.",
            "The demonstration is not running: run `dean06 serve --demo` in another window.",
        ) from problem
    print(json.dumps(told, ensure_ascii=False) if args.json else "\n".join(map(_line, told)) or "Không có gì. (None.)")
    return 0


def _address(home: Path) -> str:
    try:
        url: str = json.loads((home / "run" / "serve.json").read_text())["url"]
    except (OSError, ValueError, KeyError) as problem:
        raise _no_demonstration(home) from problem
    return url


def _asked(software: Any, args: argparse.Namespace) -> list[dict[str, Any]]:
    if args.answer:
        return [software.answer(args.answer)]
    found: list[dict[str, Any]] = software.findings(args.order) if args.order else software.orders()
    return found


def _line(one: dict[str, Any]) -> str:
    if "number" in one:
        count = f"{one['proved']}/{one['findings']}"
        return f"{one['number']:>5}  {one['state']:5}  hạn {one['due']}  {count:>9}  {one['source']}: {one['cause_vi']}"
    if "version" in one:
        return f"{one['finding']}  {one['kind']}, {one['outcome']}"
    said = one["disposition"]["kind"] or "chưa trả lời"
    return f"{one['finding']}  dòng {one['row']}  {one['field']}  {one['status']}  {said}"
