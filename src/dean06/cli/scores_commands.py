"""`dean06 scores`: are the frozen months still what stored runs, files and thresholds give, to the byte?"""

from __future__ import annotations

import argparse
import json

from dean06.cli import installed
from dean06.clock import service as clock


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    scores = subparsers.add_parser("scores", help="bảng điểm đã chốt · frozen scores")
    commands = scores.add_subparsers(dest="scores_command", required=True, metavar="VIỆC")
    verify = commands.add_parser("verify", help="tính lại từng tháng đã chốt, so từng byte · make every month again")
    verify.add_argument("--group", default="", metavar="TỔ", help="chỉ một tổ · one group alone")
    verify.add_argument("--month", default="", metavar="THÁNG", help="chỉ một tháng, yyyy-mm · one month alone")
    verify.set_defaults(run=run_verify)


def run_verify(args: argparse.Namespace) -> int:
    """Make frozen months again and name each figure that differs; exit 0 when none does, 1 when some do."""
    installed.load()
    from dean06.flows import scorecards

    told = [
        {
            "group": group.slug,
            "month": one.month,
            "sha256": one.sha256,
            "same": not unlike,
            "unlike": [{"where": each.where, "frozen": each.frozen, "now": each.now} for each in unlike],
        }
        for group, one, unlike in scorecards.verify(args.group, args.month)
    ]
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        _say(told)
    return 0 if all(one["same"] for one in told) else 1


def _say(told: list[dict[str, object]]) -> None:
    for one in told:
        state = "giống từng byte" if one["same"] else "KHÁC"
        print(f"{one['group']} tháng {clock.as_read(str(one['month']))}, {str(one['sha256'])[:16]}…: {state}")
        for each in one["unlike"] if isinstance(one["unlike"], list) else ():
            print(f"  ✗ {each['where']}: {each['frozen'] or '–'} → {each['now'] or '–'}")
    if not told:
        print("Chưa có tháng nào được chốt. · No month is frozen yet.")
