"""`dean06 source pull`: a feed gone to at once, in the name of an account, and what came of it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from dean06.clock.errors import BadInput

if TYPE_CHECKING:
    from dean06.sources.service.feeds import FeedInfo
    from dean06.sources.service.pulls import PullInfo

UNAVAILABLE = 5


def add_pull(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Declare the command."""
    pull = commands.add_parser("pull", help="lấy ngay qua một kết nối của tổ (pull over a feed of a group at once)")
    pull.add_argument("feed", metavar="KẾT_NỐI", help="tên kết nối, như trên trang (the feed's name)")
    pull.add_argument("--group", required=True, metavar="TỔ", help="tên ngắn của tổ trong địa chỉ trang (slug)")
    pull.add_argument("--as", dest="account", metavar="TÀI_KHOẢN", help="người yêu cầu (who asks)")
    pull.set_defaults(run=run_pull)
    return pull


def run_pull(args: argparse.Namespace) -> int:
    """Go to a feed at once; what came is read and matched by the running service, or when it next starts."""
    from dean06.cli import installed

    installed.ready(args.account)
    from dean06.flows import feeding
    from dean06.jobs import service as jobs

    account, group = installed.actor(args.account), installed.group(args.group)
    feed = _named(args.feed, account, group.id)
    feeding.pull_now(account, group, feed)
    ended = feeding.pull(feed.id)
    if ended.state == "done" and ended.news and ended.delivery_id is not None:
        jobs.ask_intake(group.id, account, ended.delivery_id)
    print(json.dumps(_document(feed, ended), ensure_ascii=False) if args.json else _sentence(feed, ended))
    return 0 if ended.state == "done" else UNAVAILABLE


def _named(name: str, account: str, group_id: int) -> FeedInfo:
    from dean06.clock import service as clock
    from dean06.offices import service as offices
    from dean06.sources.service import feeds

    found = feeds.feeds(offices.viewer(account, clock.today()), group_id)
    for one in found:
        if one.name == name:
            return one
    names = "; ".join(f"«{one.name}»" for one in found) or "–"
    raise BadInput(
        f"Tổ không có kết nối «{name}», hoặc bạn không giữ vị trí trong tổ. Đang có: {names}.",
        f"The group has no feed {name!r}, or you hold no seat in it. There are: {names}.",
    )


def _document(feed: FeedInfo, ended: PullInfo) -> dict[str, object]:
    return {
        "feed": feed.name,
        "source": feed.source,
        "state": ended.state,
        "period": ended.period,
        "extent": ended.extent,
        "rows": ended.rows,
        "delivery": ended.delivery_id,
        "new": ended.news,
        "problem": ended.problem_vi,
        "next_try_at": ended.next_try_at.isoformat() if ended.waiting else None,
    }


def _sentence(feed: FeedInfo, ended: PullInfo) -> str:
    if ended.state != "done":
        return f"Chưa lấy được «{feed.name}»: {ended.problem_vi}"
    if ended.delivery_id is None:
        return f"«{feed.name}»: không có gì mới."
    if not ended.news:
        return f"«{feed.name}»: đúng danh sách đã có (lần nộp {ended.delivery_id}), không nộp lại."
    rows = f", {ended.rows} dòng" if ended.rows else ""
    return f"Đã lấy «{feed.name}»{rows}: lần nộp {ended.delivery_id}."
