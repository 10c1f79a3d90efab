"""The money and honours of a demonstration group: acts through the product's own flows, made-up sums and names."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from pypdf import PdfWriter

from dean06.clock import service as clock
from dean06.conduct.types import NewCommendation
from dean06.demo.office import Office
from dean06.demo.timetable import Event, at, office_day
from dean06.flows import budgeting, commending, funding, spending, violating
from dean06.funds.service import sources
from dean06.funds.service import spending as requests
from dean06.funds.types import EstimateLine, Item, NewPayment, Paper, SourceKind

LINES = (("Số hóa, làm sạch dữ liệu", 180_000_000), ("Tập huấn, tuyên truyền", 45_000_000), ("Thiết bị", 120_000_000))
ASKED = (
    (0, "Thuê nhập bổ sung dữ liệu hộ tịch", "trang", 4_000, 9_000),
    (1, "Tập huấn làm sạch dữ liệu cho công chức", "người", 60, 210_000),
    (2, "Mua máy quét tài liệu", "cái", 4, 11_500_000),
)
ESTIMATED = (("Đường truyền số liệu", "kênh", 1, 350_000, 12), ("Máy quét tài liệu", "cái", 2, 11_000_000, 1))
GROUND = "Kế hoạch thực hiện Đề án 06 và dự toán được giao"
CULPRIT = "Kiều Văn Lỡ"


@dataclass(frozen=True, slots=True)
class Treasury:
    """The money of one group."""

    office: Office

    def _by(self, user: str) -> str:
        return self.office.accounts[user]

    def _today(self) -> date:
        return clock.today(self.office.group)

    def _keeper(self) -> str:
        """Return somebody of the agency that manages the funds, whom the charter or the group's rule names."""
        named = funding.manager(self.office.group).agency
        held = [part.user for part in self.office.stage.cast if part.agency == named and part.user]
        return self._by(held[0] if held else "pho-thuong-truc")

    def name_manager(self) -> None:
        """Let the leader name the managing agency where the charter names nobody."""
        if not funding.manager(self.office.group).agency:
            police = self.office.agency("pho-thuong-truc")
            funding.set_manager(self._by("to-truong"), self.office.group, police)

    def allot(self) -> None:
        """Enter the year's money by the paper that allots it."""
        today, stage = self._today(), self.office.stage
        parent = "Ủy ban nhân dân xã" if stage.level == "commune" else "Ủy ban nhân dân huyện"
        asked = funding.Entered(
            year=today.year,
            kind=SourceKind.BUDGET,
            name=f"Ngân sách nhà nước năm {today.year}",
            allotted_by=parent,
            paper=Paper(label="1203-TD/QĐ-UBND", dated=today),
            lines=LINES,
        )
        funding.enter(self._keeper(), self.office.group, asked)

    def ask(self, place: int) -> None:
        """Let the support apparatus ask for money."""
        line, title, unit, count, price = ASKED[place]
        source = sources.of_flow(self.office.group.id, self._today().year)[0]
        items = (Item(content=title, quantity=count, unit=unit, price=price),)
        spending.ask_for(self._by("giup-viec"), self.office.group, source.lines[line].id, title, GROUND, items)

    def _request(self, place: int) -> int:
        return sorted(one.id for one in requests.of_flow(self.office.group.id))[place]

    def approve(self, place: int) -> None:
        """Let the leader approve a request."""
        spending.approve(self._by("to-truong"), self.office.group, self._request(place), by_law=True)

    def pay(self, place: int, share: float) -> None:
        """Let the managing agency pay a share of a request, with its document."""
        info = requests.for_flow(self.office.group.id, self._request(place))
        today = self._today()
        bill = spending.keep_document(_page(), "hoa-don.pdf", f"HĐ-TD {place + 1:04d}", today)
        new = NewPayment(amount=round(info.amount * share), on=today, content=info.title, document=bill)
        spending.pay(self._keeper(), self.office.group, info.id, new)

    def settle(self, place: int) -> None:
        """Let the managing agency settle a request."""
        spending.settle(self._keeper(), self.office.group, self._request(place))

    def estimate(self, user: str) -> None:
        """Let an agency send its estimate of the next year."""
        group, agency = self.office.group, self.office.agency(user)
        year = budgeting.next_year(group)
        lines = tuple(
            EstimateLine(content=what, ground=GROUND, quantity=count, unit=unit, price=price, months=months)
            for what, unit, count, price, months in ESTIMATED
        )
        budgeting.write(self._by(user), group, year, agency, lines)
        budgeting.send(self._by(user), group, year, agency)

    def honour(self) -> None:
        """Let the best agency of the last months be proposed, and submitted higher."""
        group, today = self.office.group, self._today()
        since = self.office.stage.founded
        best = [one for one in commending.results(group, since, today) if one.deeds][:1]
        if not best:
            return
        new = NewCommendation(
            group_id=group.id,
            ref="",
            title="Xuất sắc trong làm sạch dữ liệu dân cư",
            form="Bằng khen",
            ground=f"Kết quả thực hiện nhiệm vụ đến {today:%d/%m/%Y}",
            since=since,
            until=today,
            honoured=tuple(best),
            commitment="",
        )
        proposer = self.office.accounts.get("thuong-truc", self._by("giup-viec"))
        made = commending.propose(proposer, group, new, reason="Theo kết quả công việc")
        commending.submit(self._by("to-truong"), group, made.id, "21-TD/TTr", today)

    def note_violation(self) -> None:
        """Let the leader, where the charter lets one handle violations, record a made-up one and hear the person."""
        group, leader = self.office.group, self._by("to-truong")
        if not violating.handling_answer(leader, group).allowed:
            return
        told = violating.entered(
            group,
            name=CULPRIT,
            post="Chuyên viên",
            agency=self.office.agency("y-te"),
            acts="Cho người khác dùng tài khoản của mình để xem danh sách.",
            rules="Quy định về bảo vệ tài khoản",
            happened_on=self._today(),
        )
        number = violating.record(leader, group, told)
        violating.hear(leader, group, number, "Thừa nhận, đã đổi mật khẩu.", self._today())


def _page() -> bytes:
    written, file = PdfWriter(), io.BytesIO()
    written.add_blank_page(width=595, height=842)
    written.write(file)
    return file.getvalue()


def events(office: Office) -> Iterator[Event]:
    """Return what becomes of a group's money and honours, by the hour."""
    held, founded = Treasury(office), office.stage.founded

    def on(days: int) -> date:
        return office_day(founded + timedelta(days=days))

    yield Event(at(on(4), 8, 20), held.name_manager)
    yield Event(at(on(5), 9, 20), held.allot)
    for place, days in ((0, 8), (1, 11), (2, 15)):
        yield Event(at(on(days), 8, 50), partial(held.ask, place))
    yield Event(at(on(9), 15, 20), partial(held.approve, 0))
    yield Event(at(on(12), 15, 20), partial(held.approve, 1))
    yield Event(at(on(14), 10, 20), partial(held.pay, 0, 0.6))
    yield Event(at(on(16), 10, 20), partial(held.pay, 1, 0.9))
    yield Event(at(on(17), 10, 20), partial(held.settle, 1))
    for minute, user in enumerate(("bhxh", "y-te")):
        yield Event(at(on(18), 14, minute * 10), partial(held.estimate, user))
    yield Event(at(on(20), 8, 20), held.note_violation)
    if len(office.stage.months) > 1:
        yield Event(at(on(40), 8, 20), held.honour)
