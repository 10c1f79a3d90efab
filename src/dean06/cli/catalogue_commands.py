"""`dean06 catalogue`: how much can be found, and the whole of it made anew from what stands."""

from __future__ import annotations

import argparse
import json

from dean06.cli import installed
from dean06.cli.progress import Bar


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    catalogue = subparsers.add_parser("catalogue", help="mục lục để tìm: xem, lập lại · what can be found")
    commands = catalogue.add_subparsers(dest="catalogue_command", required=True, metavar="VIỆC")
    told = commands.add_parser("info", help="có bao nhiêu mục, còn chậm bao nhiêu mục ghi · how much, how far behind")
    told.set_defaults(run=run_info)
    anew = commands.add_parser("rebuild", help="lập lại từ dữ liệu đang có · make it anew from what stands")
    anew.add_argument("--group", default="", metavar="TỔ", help="chỉ một tổ · one group alone")
    anew.add_argument(
        "--again", action="store_true", help="bỏ phần đã lập dở, làm từ đầu · begin once more from the start"
    )
    anew.set_defaults(run=run_rebuild)


def _tell(args: argparse.Namespace, told: dict[str, int], vi: str, en: str) -> int:
    print(json.dumps(told, ensure_ascii=False) if args.json else f"{vi}\n{en}")
    return 0


def run_info(args: argparse.Namespace) -> int:
    """Say how many things are entered, and how many acts have still to be followed."""
    installed.load()
    from dean06.catalogue.service import entries
    from dean06.flows import cataloguing
    from dean06.ledger import service as ledger

    size, behind = entries.size(), ledger.behind(cataloguing.NAME)
    left = cataloguing.left()
    vi = f"Mục lục có {size} mục; còn {behind} mục ghi chưa theo tới."
    en = f"{size} things; {behind} acts to be followed."
    if left:
        vi += f" Việc lập lại còn dở {left} phần: chạy `dean06 catalogue rebuild` để làm tiếp."
        en += f" {left} parts are still to be made anew: run `dean06 catalogue rebuild`."
    return _tell(args, {"entries": size, "behind": behind, "left": left}, vi, en)


def run_rebuild(args: argparse.Namespace) -> int:
    """Make the catalogue anew, or go on where that was broken off; nothing else is touched."""
    installed.load()
    from dean06.flows import cataloguing

    bar = Bar(shown=not args.json, stages=True)
    try:
        if args.group:
            counted = cataloguing.rebuild(installed.group(args.group), told=lambda count: bar(0, 0, f"{count} mục"))
        else:
            if cataloguing.left() and not args.again and not args.json:
                print("Lập tiếp phần đã làm dở. · Going on where it was broken off.")
            counted = cataloguing.rebuild_all(bar, again=args.again)
    finally:
        bar.close()
    listed = ", ".join(f"{kind} {count}" for kind, count in counted.items())
    return _tell(args, counted, f"Đã lập lại mục lục: {listed}.", f"The catalogue is made anew: {listed}.")
