"""A made-up group with money, its readers, and permits that the ledger takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import count

import pytest

from dean06.charter import service as charters
from dean06.charter.types import ActorRef, ObjectRef, Permit, Question
from dean06.clock.service import TZ
from dean06.funds.service import closings, journal, sources, spending
from dean06.funds.types import (
    Close,
    Item,
    NewPayment,
    NewRequest,
    NewSource,
    Paper,
    RequestInfo,
    SourceInfo,
    SourceKind,
)
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, NewGroup, Viewer

START = datetime(2022, 6, 1, 8, 0, tzinfo=TZ)
DAY = START.date()
ONE, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
PAPER = Paper(label="1203/QĐ-UBND", dated=date(2022, 5, 30))
BILL = Paper(label="HĐ 0000123", dated=DAY, sha256="a" * 64, suffix="pdf", file_name="hoa-don.pdf")
serial = count()
installation = charters.load("noi-quy")


def permit(obj: ObjectRef, *, account: str = ONE, role: str = "leader", at: datetime = START) -> Permit:
    """Make a permit of the installation's own charter; two are never the same, as two decisions are not."""
    question = Question(role=role, action="run.start", on=at.date())
    return charters.permit(
        charters.decide(installation, question),
        actor=ActorRef(account=account, role=role, agency=None, seat="1"),
        obj=obj,
        at=at,
        reason=f"thử {next(serial)}",
    )


def make_group(slug: str) -> GroupInfo:
    new = NewGroup(
        slug=slug,
        name=f"Tổ công tác {slug}",
        short_name=slug,
        level="district",
        unit_code="00456",
        unit_on=date(2022, 1, 1),
        charter_line="thu-nghiem",
    )
    by = permit(ObjectRef(kind="group", id=slug, digest=new.digest()))
    return offices.create_group(by, new, [("POL", "Công an huyện", "CA"), ("TCKH", "Tài chính", "TC")])


@pytest.fixture
def group(db: None, home: object) -> GroupInfo:
    """Set up one made-up group."""
    return make_group("to-tien")


def reader(group: GroupInfo, role: str = "member", agency: str | None = None) -> Viewer:
    """Somebody who sits in one seat of a group."""
    seat = Capacity(
        seat_id=1,
        group_id=group.id,
        role=role,
        agency=agency,
        title="",
        post="",
        holder="",
        account=ONE,
        since=date(2022, 1, 1),
    )
    return Viewer(account=ONE, capacities=(seat,))


class Till:
    """The money of one group, acted on in the shortest words."""

    def __init__(self, group: GroupInfo) -> None:
        self.group = group

    def source(self, *lines: int, year: int = 2022, **changes: object) -> SourceInfo:
        new = NewSource(
            slot=sources.reserve(self.group.id),
            year=year,
            kind=SourceKind.BUDGET,
            name=f"Ngân sách huyện {year}",
            allotted_by="Ủy ban nhân dân huyện",
            manager="POL",
            manager_by="Điều 10 khoản 1",
            paper=PAPER,
            lines=tuple((f"Khoản {place}", amount) for place, amount in enumerate(lines, 1)),
        )
        new = replace(new, **changes)
        return sources.enter(permit(ObjectRef(kind="fund_source", id=new.slot.ref, digest=new.digest())), new)

    def ask(self, line_id: int, amount: int, account: str = ONE) -> RequestInfo:
        new = NewRequest(
            slot=spending.reserve(self.group.id),
            line_id=line_id,
            title="Tập huấn làm sạch dữ liệu",
            ground="Dự toán được giao tại Quyết định 1203/QĐ-UBND",
            items=(Item(content="Tài liệu", quantity=1, unit="bộ", price=amount),),
        )
        obj = ObjectRef(kind="spending", id=new.slot.ref, digest=new.digest())
        return spending.ask(permit(obj, account=account), new)

    def act(self, info: RequestInfo, act: str, note: str = "", account: str = OTHER) -> Permit:
        digest = spending.act_digest(info, act, note)
        return permit(ObjectRef(kind="spending", id=info.ref, digest=digest), account=account)

    def now(self, info: RequestInfo) -> RequestInfo:
        return spending.for_flow(self.group.id, info.id)

    def approve(self, info: RequestInfo, account: str = OTHER) -> RequestInfo:
        info = self.now(info)
        by, other = self.act(info, "approve", account=account), self.act(info, "another", account=account)
        return spending.approve(by, other, info.id)

    def refuse(self, info: RequestInfo, reason: str = "chưa có căn cứ") -> RequestInfo:
        return spending.refuse(self.act(self.now(info), "refuse", reason), info.id, reason)

    def cancel(self, info: RequestInfo, reason: str = "không còn cần") -> RequestInfo:
        return spending.cancel(self.act(self.now(info), "cancel", reason), info.id, reason)

    def pay(self, info: RequestInfo, amount: int, on: date = DAY, **changes: object) -> RequestInfo:
        new = replace(NewPayment(amount=amount, on=on, content="In tài liệu", document=BILL), **changes)
        made = len(spending.request(reader(self.group), self.group.id, info.id).payments)
        by = permit(ObjectRef(kind="spending", id=info.ref, digest=new.digest(info.ref, made)), account=OTHER)
        return spending.pay(by, info.id, new)

    def settle(self, info: RequestInfo) -> RequestInfo:
        return spending.settle(self.act(self.now(info), "settle"), info.id)

    def reverse(self, info: RequestInfo, payment_id: int, reason: str = "ghi nhầm hóa đơn") -> RequestInfo:
        info = self.now(info)
        return spending.reverse_payment(self.act(info, f"reverse {payment_id}", reason), info.id, payment_id, reason)

    def reverse_entry(self, movement_id: int, reason: str = "ghi nhầm số tiền") -> None:
        entry = journal.entry_for_flow(self.group.id, movement_id)
        obj = ObjectRef(
            kind="fund_entry",
            id=f"{self.group.slug}:BT-{entry.number}",
            digest=journal.reversal_digest(entry, reason),
        )
        journal.reverse(permit(obj), self.group.id, movement_id, reason, DAY)

    def close(self, year: int, *carry: int) -> None:
        asked = Close(year=year, paper=Paper(label="15/BB", dated=date(2022, 12, 31)), carry=frozenset(carry))
        obj = ObjectRef(
            kind="fund_year", id=closings.ref_of(self.group.slug, year), digest=asked.digest(self.group.slug)
        )
        closings.close(permit(obj), self.group.id, asked)

    def stands(self, line_id: int) -> tuple[int, int, int, int]:
        """What is allotted, reserved, spent and left of a line."""
        line = sources.line_for_flow(self.group.id, line_id)
        return line.allotted, line.reserved, line.spent, line.available

    def entries(self) -> tuple:
        return journal.movements(reader(self.group), self.group.id)[0]


@pytest.fixture
def till(group: GroupInfo) -> Till:
    """Give the made-up group's money."""
    return Till(group)


@pytest.fixture
def make() -> Callable[[str], GroupInfo]:
    """Set up groups by their slug."""
    return make_group
