"""`dean06 catalogue`: how much can be found, and the whole of it made anew from what stands."""

from __future__ import annotations

import argparse
import json

from dean06.cli import installed


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    catalogue = subparsers.add_parser("catalogue", help="mục lục để tìm: xem, lập lại · what can be found")
    commands = catalogue.add_subparsers(dest="catalogue_command", required=True, metavar="VIỆC")
    told = commands.add_parser("info", help="có bao nhiêu mục, còn chậm bao nhiêu mục ghi · how much, how far behind")
    told.set_defaults(run=run_info)
    anew = commands.add_parser("rebuild", help="lập lại từ dữ liệu đang có · make it anew from what stands")
    anew.add_argument("--group", default="", metavar="TỔ", help="chỉ một tổ · one group alone")
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
    vi = f"Mục lục có {size} mục; còn {behind} mục ghi chưa theo tới."
    return _tell(args, {"entries": size, "behind": behind}, vi, f"{size} things; {behind} acts to be followed.")


def run_rebuild(args: argparse.Namespace) -> int:
    """Make the catalogue anew; nothing else is touched, so nobody needs to answer for it."""
    installed.load()
    from dean06.flows import cataloguing

    counted = cataloguing.rebuild(installed.group(args.group)) if args.group else cataloguing.rebuild_all()
    listed = ", ".join(f"{kind} {count}" for kind, count in counted.items())
    return _tell(args, counted, f"Đã lập lại mục lục: {listed}.", f"The catalogue is made anew: {listed}.")
