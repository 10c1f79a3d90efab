"""One group of the demonstration at work: each method is one act of one person, through the product's own flows.

The hour is the clock's, which the history holds; nothing here writes anything but through a flow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from dean06.charter.types import Obligation
from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.demo.presets import month_end
from dean06.demo.stages import Handing, Stage
from dean06.demo.workshop import Workshop
from dean06.flows import (
    agency_reporting,
    correcting,
    delegating,
    demo_day,
    duties,
    explaining,
    intake,
    measuring,
    ordering,
    register,
    reporting,
    scorecards,
    setup,
)
from dean06.flows.standing import WANTING, may_be_shown_done
from dean06.identity import service as identity
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Instrument, NewGroup
from dean06.reports.service import replies
from dean06.reports.service.replies import Said
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.work.service import tasks as work
from dean06.work.types import OPEN_STATES, Filters, Origin

_PAPER = "15/BC"
APPOINTED_BY = "01-TD/QĐ-UBND"  # a made-up number
DAMAGED = b"PK\x03\x04" + bytes(range(256))
MOST_TASKS = 500
_EXPLAINED = "Danh sách lấy từ phần mềm cũ, phải sửa tay từng người; cơ quan sẽ sửa xong trước kỳ nộp sau."
_WANTED = "Tổ trưởng yêu cầu các cơ quan gửi báo cáo tháng qua hệ thống."
_REPORTED = {
    "chi_dao": "Lãnh đạo cơ quan phân công một công chức phụ trách sửa dữ liệu, kiểm tra hằng tuần.",
    "du_lieu": "Đã đối chiếu hồ sơ gốc, sửa các trường hợp sai họ tên, ngày sinh; thiếu giấy tờ thì đang xác minh.",
    "ton_tai": "Phần mềm ngành chưa cho sửa hàng loạt, phải sửa từng người.",
    "thang_toi": "Sửa hết sai lệch nặng; nộp lại danh sách trước kỳ đối soát.",
}
_ON_PAPER = {"chi_dao": "Cơ quan đã quán triệt Quy chế.", "thang_toi": "Cử người dự tập huấn."}
_SCAN = b"\x89PNG"
# Figures that a one-stop office counts: in the first month, and how they move from month to month.
_MEASURED = {
    "a.ho_so_den_han": (1200, 60),
    "a.ho_so_dung_han": (1128, 75),
    "a.ho_so_qua_han": (72, -15),
    "a.khong_hai_long": (24, -4),
    "a.dich_vu": (180, 0),
    "a.dich_vu_truc_tuyen": (126, 9),
    "a.ho_so_tiep_nhan": (1300, 40),
    "a.ho_so_truc_tuyen": (520, 90),
    "b.dddt_duyet": (8200, 900),
    "b.dddt_kich_hoat": (5100, 1200),
    "d.kham": (4300, 100),
    "d.kham_can_cuoc": (2150, 400),
}
_ASKED = (
    "Đề nghị các cơ quan ưu tiên đưa người đã chết, người đã chuyển đi ra khỏi danh sách trước kỳ nộp sau; "
    "còn {sl.con_mo} sai lệch chưa được chứng minh đã sửa."
)


@dataclass(slots=True)
class Office:
    """A group, its people's accounts and its files."""

    stage: Stage
    admin: str
    workshop: Workshop
    folder: Path
    package: str
    accounts: dict[str, str] = field(default_factory=dict)
    waiting: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """Source and month to the delivery and the ticket of its reading."""
    received: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def group(self) -> GroupInfo:
        """Return the group as it is now."""
        return offices.group(self.stage.slug)

    def agency(self, user: str) -> str:
        """Return the agency of a part."""
        return next(part.agency for part in self.stage.cast if part.user == user)

    # ------------------------------------------------------------ setting up

    def found(self) -> None:
        """Set up the group under its charter and seat its people, each with an account who is to have one."""
        stage = self.stage
        new = NewGroup(
            slug=stage.slug,
            name=stage.name,
            short_name=stage.short_name,
            level=stage.level,
            unit_code=stage.place.unit,
            unit_on=stage.founded,
            charter_line=stage.line,
            is_demo=True,
            predecessors=stage.predecessors,
        )
        group = setup.found_group(self.admin, new, self.package)
        for part in stage.cast:
            account = self._account(stage.sign_in(part.user), part.holder) if part.user else None
            if account:
                self.accounts[part.user] = account
            member = setup.Member(
                role=part.role,
                agency=part.agency,
                holder=part.holder,
                post=part.post,
                account=account,
                since=stage.founded,
                instrument=Instrument(number=APPOINTED_BY, on=stage.founded),
            )
            setup.seat(self.admin, group, member)

    def _account(self, username: str, holder: str) -> str:
        made = setup.open_account(self.admin, username, identity.DEMO_PASSWORD, holder, is_demo=True)
        return made.public_id

    def confirm(self, user: str, instrument: tuple[str, date]) -> None:
        """Enter or confirm the made-up number and date of a text that came without them."""
        setup.confirm_instrument(self.accounts[user], self.group, *instrument)

    def agree(self, gap: str) -> None:
        """Let the leader set a local rule."""
        setup.set_local_rule(self.accounts["to-truong"], self.group, gap, dict(self.stage.local_rules[gap]))

    def assign(self, source: str) -> None:
        """Let the leader give a source to the agency that the charter makes answerable."""
        ordering.assign_source(self.accounts["to-truong"], self.group, source)

    # ------------------------------------------------------------ files

    def load_register(self, month: str) -> None:
        """Let the keeper load the register as of a month's end."""
        made = self.workshop.file()
        with self.workshop.alone():
            register.load(self.accounts["giu-so"], self.group, made.path, month_end(month))
        self.workshop.done(made)

    def hand_in(self, handing: Handing, month: str, again: str = "") -> None:
        """Let an agency hand in its list, or that of another month again; it is read while other work goes on."""
        if again:
            delivery = self._hand_in_again(handing, again, month)
        else:
            made = self.workshop.file()
            delivery = self._hand_in(handing, month, made.path, made.name)
            self.workshop.done(made)
        self.received[handing.source, month] = delivery
        self.waiting[handing.source, month] = (delivery, self.workshop.read(delivery, clock.now()))

    def _hand_in_again(self, handing: Handing, old: str, month: str) -> int:
        """Hand in what was delivered for another month, as the vault kept it."""
        known = sources.delivery_for_work(self.received[handing.source, old])
        return self._hand_in(handing, month, next(known.directory.glob("goc.*")), known.file_name)

    def _hand_in(self, handing: Handing, month: str, file: Path, name: str) -> int:
        given = intake.HandIn(
            source=handing.source,
            period=month,
            agency=self.agency(handing.user),
            file=file,
            file_name=name,
            complete=handing.complete,
        )
        return intake.hand_in(self.accounts[handing.user], self.group, given).id

    def process(self, handing: Handing, month: str) -> None:
        """Carry a list to its corrections."""
        delivery, ticket = self.waiting.pop((handing.source, month))
        self.workshop.wait(ticket)
        intake.process(self.accounts[handing.user], delivery)

    def hand_in_damaged(self, handing: Handing, month: str) -> None:
        """Hand in a workbook that was cut off on its way: it is refused, and kept as it came."""
        path = self.folder / f"{handing.source}_{month}_loi.xlsx"
        path.write_bytes(DAMAGED)
        delivery = self._hand_in(handing, month, path, path.name)
        intake.process(self.accounts[handing.user], delivery)
        path.unlink()

    def hand_in_by_mistake(self, handing: Handing, old: str, month: str) -> None:
        """Hand in the list of another month by mistake, see what it would reopen, and take it back."""
        delivery = self._hand_in_again(handing, old, month)
        intake.process(self.accounts[handing.user], delivery)
        intake.take_back(self.accounts[handing.user], delivery)

    # ------------------------------------------------------------ corrections

    def claim(self, user: str, handing: Handing) -> None:
        """Let an agency say what it fixed; of one task in three it says more than it did."""
        account, group = self.accounts[user], self.group
        viewer = offices.viewer(account, clock.today(group))
        mine = Filters(statuses=OPEN_STATES, agency=self.agency(user))
        open_ones = work.tasks(viewer, group.id, mine, size=MOST_TASKS).items
        for task in sorted(open_ones, key=lambda one: one.number):
            order = corrections.order_of_task(task.id)
            if order is None or order.source != handing.source or task.claimed or task.number % 4 == 3:
                continue
            said = task.total if task.number % 3 == 0 else round(task.total * min(1.0, handing.share + handing.said))
            correcting.claim(account, group, task.id, max(1, said))

    def take_home(self, handing: Handing) -> None:
        """Let an agency take out the correction file of its first open task."""
        account, group = self.accounts[handing.user], self.group
        viewer = offices.viewer(account, clock.today(group))
        mine = Filters(statuses=OPEN_STATES, agency=self.agency(handing.user), origin=Origin.FINDING)
        for task in work.tasks(viewer, group.id, mine, size=1).items:
            correcting.handover(viewer, group, task.id)

    def leave(self, since: datetime, until: datetime) -> None:
        """Record that the leader is away."""
        leader = offices.holders(self.group.id, clock.today(self.group), role="leader")[0]
        delegating.go_away(
            self.accounts["giup-viec"], self.group, leader, (since, until), ground="Tổ trưởng đi công tác"
        )

    def order_in_absence(self, source: str) -> None:
        """Let the standing deputy, acting for the absent leader, give out what waits of a source."""
        for waiting in corrections.groups_to_order(self.group.id, source):
            ordering.order_by_hand(self.accounts["pho-thuong-truc"], self.group, source, waiting.cause)

    # ------------------------------------------------------------ reports

    def report_own(self, user: str, month: str) -> None:
        """Let an agency write its monthly report on what the platform counted, and send it."""
        account, group, agency = self.accounts[user], self.group, self.agency(user)
        agency_reporting.begin(account, group, month, agency)
        agency_reporting.write(account, group, month, agency, _REPORTED, {})
        agency_reporting.send(account, group, month, agency, reason=_WANTED)

    def return_own(self, user: str, month: str) -> None:
        """Let the collector return a report for a reason."""
        account = self.accounts["pho-thuong-truc"]
        agency_reporting.return_it(account, self.group, month, self.agency(user), "Nêu rõ nguyên nhân chưa sửa xong.")

    def take_in(self, user: str, month: str) -> None:
        """Let the collector take an agency's report in."""
        account = self.accounts["pho-thuong-truc"]
        agency_reporting.receive(account, self.group, month, self.agency(user), reason=_WANTED)

    def enter_paper(self, month: str) -> None:
        """Let the collector enter the report of an agency without an account, which came on paper the day before."""
        account, group = self.accounts["pho-thuong-truc"], self.group
        agency = next(part.agency for part in self.stage.cast if part.role == "member" and not part.user)
        came = clock.now(group) - timedelta(days=1)
        scan = (_SCAN + f" {self.stage.slug} {month}".encode(), f"ban-quet-{month}.png")
        agency_reporting.enter_on_paper(account, group, month, agency, _ON_PAPER, scan, came, reason=_WANTED)

    def measure(self, month: str) -> None:
        """Let the support apparatus enter the figures of the indicators that others count."""
        turn = self.stage.months.index(month)
        given = {code: Decimal(first + turn * step) for code, (first, step) in _MEASURED.items()}
        measuring.enter(self.accounts["giup-viec"], self.group, month, given, note="Báo cáo của bộ phận một cửa")

    def draft(self, month: str) -> None:
        """Let the support apparatus make the month's report, or make it again."""
        reporting.make(self.accounts["giup-viec"], self.group, month)

    def edit(self, month: str) -> None:
        """Let it write the group's request in its own words."""
        reporting.edit(self.accounts["giup-viec"], self.group, month, {"v.1": _ASKED})

    def sign(self, month: str) -> None:
        """Let the leader sign the report."""
        reporting.issue(self.accounts["to-truong"], self.group, month)

    def send(self, month: str) -> None:
        """Let the clerk send it out."""
        reporting.send(self.accounts["van-thu"], self.group, month)

    # ------------------------------------------------------------ compliance

    def explain(self, user: str, month: str) -> None:
        """Let an agency explain the first of its duties of a month that was late or not done, or show it done."""
        account, group = self.accounts[user], self.group
        held = offices.capacities(account, group.id, clock.today(group))
        for one in duties.obligations(group, month):
            if one.status in WANTING and one.bearer != "group" and duties.bears(one, held):
                explaining.explain(account, group, [duties.duty_of(month, one)], _said(one))
                return

    def freeze(self, month: str) -> None:
        """Let the standing deputy take the first reply of a month and freeze its statement and its scores."""
        account, group = self.accounts["pho-thuong-truc"], self.group
        for reply in replies.replies(group.id, (month,))[:1]:
            explaining.weigh(account, group, [reply.id], accepted=True)
        duties.freeze(account, group, month)
        if scorecards.kept(group, month) is None:  # the report of the month after froze them when it was signed
            scorecards.freeze(account, group, month)

    def settle(self, day: date) -> None:
        """Give the group the day on which it lives from now on."""
        demo_day.move(self.accounts["to-truong"], self.group, day)


def assigned(stage: Stage) -> list[str]:
    """Return the sources that the stage's charter lets the leader give to an agency."""
    return [one.source for one in stage.handings if contracts.contract(one.source).system]


def _said(one: Obligation) -> Said:
    """Return what an agency says of a duty: the paper it sent where a paper can show it, else why it was late."""
    if one.due_before is None or not may_be_shown_done(one):
        return Said(text=_EXPLAINED)
    return Said(text="", done_on=(one.due_before - timedelta(days=2)).date(), paper=_PAPER)
