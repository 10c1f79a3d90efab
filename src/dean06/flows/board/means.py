"""What the group's work runs on and against, on its board: agencies' reports, connections, obstacles, money."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from dean06.clock import service as clock
from dean06.flows.agency_reporting import SUBMIT
from dean06.flows.board.shapes import Asked, Door, Figure, Panel
from dean06.flows.board.work import duties_of
from dean06.funds.service import journal, sources
from dean06.funds.types import Account
from dean06.work.service import registers
from dean06.work.service.registers import RegisterCount

CONNECTIONS, ISSUES = "tich-hop", "vuong-mac"
EVER = clock.at_start_of(date(2000, 1, 1))  # before any entry

__all__ = ["of_agencies", "of_connections", "of_funds", "of_obstacles"]


def of_agencies(asked: Asked) -> Panel:
    """Count the agencies by how they stand with the report that the charter asks of them this month."""
    found = Counter(one.status for one in duties_of(asked) if one.action == SUBMIT)
    door = Door(route="agency-reports", query={"thang": asked.month})
    named = (
        ("met", "đã nhận đúng hạn", "in time", False),
        ("late", "đã nhận, trễ hạn", "late", True),
        ("missed", "quá hạn, chưa nhận", "overdue", True),
        ("pending", "chưa đến hạn", "not due yet", None),
    )
    return Panel(
        code="agencies",
        vi="Báo cáo của cơ quan",
        en="Agencies' reports",
        figures=tuple(
            Figure(
                code=f"agencies.{status}", vi=vi, en=en, now=found[status], door=door, less=less,
                bad=less is True and found[status] > 0,
            )
            for status, vi, en, less in named
        ),
    )  # fmt: skip


def _register(asked: Asked, register: str, until: datetime) -> RegisterCount:
    """Return how a register stood at an instant, by all that ever happened in it."""
    counted = registers.counts(asked.group.id, (EVER, until))
    return next(one for one in counted if one.register == register)


def of_connections(asked: Asked) -> Panel:
    """Count the connections that are live and those that are being worked on, as their register tells."""
    now, was = (_register(asked, CONNECTIONS, at) for at in (asked.at, asked.earlier))
    door = Door(route="tracking-list", args=(CONNECTIONS,))
    return Panel(
        code="connections",
        vi="Kết nối, chia sẻ dữ liệu",
        en="Connections",
        figures=(
            Figure(
                code="connections.live", vi="kết nối đang vận hành", en="live", now=len(now.settled),
                was=len(was.settled), door=door, less=False,
            ),
            Figure(
                code="connections.open", vi="kết nối chưa vận hành", en="not live yet", now=len(now.open),
                was=len(was.open), door=door, less=True,
            ),
        ),
    )  # fmt: skip


def of_obstacles(asked: Asked) -> Panel:
    """Count the issues without an answer, and say for how long the oldest has stood."""
    now, was = (_register(asked, ISSUES, at) for at in (asked.at, asked.earlier))
    door = Door(route="tracking-list", args=(ISSUES,))
    days = max(0, (asked.day - now.oldest_since).days) if now.oldest_since else 0
    return Panel(
        code="obstacles",
        vi="Vướng mắc",
        en="Obstacles",
        figures=(
            Figure(
                code="obstacles.open", vi="chưa tháo gỡ", en="open", now=len(now.open), was=len(was.open), door=door,
                less=True,
            ),
            Figure(
                code="obstacles.oldest", vi="ngày, vướng mắc lâu nhất", en="days, the oldest", now=days, door=door,
                kind="days",
            ),
            Figure(
                code="obstacles.settled", vi="đã tháo gỡ, từ trước đến nay", en="settled so far",
                now=len(now.settled), was=len(was.settled), door=door, less=False,
            ),
        ),
    )  # fmt: skip


def of_funds(asked: Asked) -> Panel:
    """Add up the journal of this year's money up to the board's day: what is left, reserved and spent."""
    year = asked.day.year
    lines = {line.id for one in sources.of_flow(asked.group.id, year) for line in one.lines}
    entries = journal.of_flow(asked.group.id, date(year - 1, 1, 1), asked.day) if lines else ()
    moved = [one for one in entries if one.line_id in lines]
    sums = journal.recount(moved).values()
    left, reserved, spent = (
        sum(of_line[account] for of_line in sums) for account in (Account.AVAILABLE, Account.RESERVED, Account.SPENT)
    )
    book, requests = Door(route="funds-journal"), Door(route="funds-requests")
    return Panel(
        code="funds",
        vi=f"Kinh phí năm {year}",
        en=f"Funds of {year}",
        figures=(
            Figure(
                code="funds.left", vi="đồng còn lại", en="đồng left", now=left, door=Door(route="funds"), kind="money",
            ),
            Figure(
                code="funds.reserved", vi="đồng đã duyệt, chưa chi", en="đồng approved, not spent", now=reserved,
                door=requests, kind="money",
            ),
            Figure(code="funds.spent", vi="đồng đã chi", en="đồng spent", now=spent, door=book, kind="money"),
        ),
    )  # fmt: skip
