"""The meetings of a group of the demonstration: each month one, with its roll, a vote, conclusions and minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from dean06.clock import service as clock
from dean06.demo.office import Office
from dean06.demo.timetable import Event, at, office_day, own_day
from dean06.flows import (
    attending,
    concluding,
    convening,
    deciding_matters,
    minuting,
    overdue_orders,
    paper_house,
    paper_signing,
    paperwork,
    presiding,
    written_rounds,
)
from dean06.meetings.service import meetings
from dean06.meetings.types import Choice, ItemKind, Kind, NewConclusion, NewItem, NewMeeting
from dean06.offices import service as offices
from dean06.offices.types import Capacity

MEETS_ON = 22
CONVENED_BEFORE = 5
UNREGULATED = "Quy chế không quy định riêng; làm theo thẩm quyền chung."
# Who is away at each third meeting, and what is said of it.
QUESTION = "Thông qua phương án sửa sai lệch tại nguồn"
AWAY = "Dự lớp bồi dưỡng theo kế hoạch của tỉnh"
ITEMS = (
    ("Kết quả đối soát, sửa sai lệch dữ liệu tháng trước", ItemKind.REVIEW),
    ("Phương án sửa sai lệch dữ liệu tháng này", ItemKind.DECIDE),
    ("Khó khăn, vướng mắc của các cơ quan", ItemKind.ISSUE),
)

__all__ = ["MeetingRoom", "events"]


@dataclass(slots=True)
class MeetingRoom:
    """A group's meetings, by month."""

    office: Office
    held: dict[str, int] = field(default_factory=dict)

    def _by(self, user: str) -> str:
        return self.office.accounts[user]

    def _seat(self, role: str) -> Capacity:
        group = self.office.group
        return offices.holders(group.id, clock.today(group), role=role)[0]

    def _last(self) -> int | None:
        return next(reversed(self.held.values()), None)

    def convene(self, day: date) -> None:
        """Prepare the month's meeting, approve its agenda and convene it."""
        group, secretary, leader = self.office.group, self._by("giup-viec"), self._by("to-truong")
        new = NewMeeting(
            kind=Kind.REGULAR,
            title=f"Họp Tổ công tác tháng {day.month}/{day.year}",
            starts_at=at(day, 8),
            ends_at=at(day, 10),
            place="Phòng họp số 2, trụ sở Ủy ban nhân dân",
            chair_seat=self._seat("leader").seat_id,
            secretary_seat=self._seat("secretariat").seat_id,
            series="Họp hằng tháng",
            previous=self._last(),
        )
        made = convening.prepare(secretary, group, new)
        for title, kind in ITEMS:
            convening.add_item(secretary, group, made.id, NewItem(title=title, kind=kind))
        convening.approve_agenda(leader, group, made.id)
        convening.convene(leader, group, made.id)
        self.held[f"{day:%Y-%m}"] = made.id

    def report(self, day: date) -> None:
        """Let members file their reports; of every third meeting one says that they cannot come."""
        group, one = self.office.group, self.held[f"{day:%Y-%m}"]
        members = [user for user in ("bhxh", "y-te", "giao-duc") if user in self.office.accounts]
        for user in members:
            said = ("Đã sửa sai lệch được giao; phần còn lại xong trước kỳ nộp sau.", None)
            attending.file_report(self._by(user), group, one, said)
        if day.month % 3 == 0 and members:
            attending.report_absence(self._by(members[-1]), group, one, ("leader", AWAY))

    def hold(self, day: date) -> None:
        """Let the meeting take place: the roll, one vote, two conclusions."""
        group, one, secretary = self.office.group, self.held[f"{day:%Y-%m}"], self._by("giup-viec")
        presiding.open_meeting(secretary, group, one)
        people = meetings.invitees(one)
        for person in people:
            if person.absence.reported_at is None:
                attending.enter(secretary, group, one, person.id)
        first, second, *_ = (item for item in meetings.items(one) if not overdue_orders.is_own(item.title))
        presiding.begin_item(secretary, group, one, first.id)
        note = "Bộ phận giúp việc trình bày bảng điểm dữ liệu của từng cơ quan."
        presiding.note_item(secretary, group, one, first.id, note)
        presiding.begin_item(secretary, group, one, second.id)
        vote = deciding_matters.open_vote(
            secretary, group, one, second.id, "Thông qua phương án sửa sai lệch tại nguồn"
        )
        for elector in vote.electors:
            if elector.account and elector.on_roll:
                deciding_matters.cast(elector.account, group, one, vote.id, Choice.FAVOUR)

    def close(self, day: date) -> None:
        """Close the vote and the meeting; a conclusion becomes a task where somebody answers for it."""
        group, one, secretary = self.office.group, self.held[f"{day:%Y-%m}"], self._by("giup-viec")
        vote = meetings.votes(one)[0]
        deciding_matters.close_vote(secretary, group, one, vote.id)
        due = day + timedelta(days=20)
        agency = self.office.agency("bhxh")
        said = (
            NewConclusion(text="Báo cáo nguyên nhân sai lệch lặp lại và cách phòng", agency=agency, due=due),
            NewConclusion(text="Các cơ quan sửa sai lệch trước kỳ nộp sau."),
        )
        points = [presiding.conclude(secretary, group, one, point) for point in said]
        presiding.close(secretary, group, one)
        concluding.assign(self._by("to-truong"), group, one, points[0].id)

    def minutes(self, day: date) -> None:
        """Make the minutes from the record, and let whoever the charter lets sign them."""
        group, writer = self.office.group, self._by("giup-viec")
        paper = minuting.make(writer, group, self.held[f"{day:%Y-%m}"], "minutes").paper
        if paper_signing.GATE in paper_house.charter(group).index.tables:
            paperwork.appraise(self._by("to-pho"), group, paper.id, "Đúng diễn biến.", agrees=True)
        found = paper_signing.candidates(writer, group, paper_signing.of_group(group, paper.id))
        able = [one for one in found if one.answer.allowed and one.seat.account]
        signer = able[0].seat.account if able else self._by("to-truong")
        paper_signing.issue_by_hand(signer or "", group, paper.id, reason=None if able else UNREGULATED)

    def ask(self, day: date) -> None:
        """Ask the members in writing; two have answered."""
        group, leader = self.office.group, self._by("to-truong")
        seats = [one for one in convening.members(group, day) if one.role != "leader"]
        said = (
            "thống nhất thời hạn nộp danh sách trong tháng tới",
            "Ngày cuối tháng tới là ngày nghỉ; đề xuất nộp trước một ngày làm việc.",
            "việc nhỏ, không cần tổ chức họp",
        )
        until = clock.at_start_of(day + timedelta(days=4))
        made = written_rounds.open_round(leader, group, said, until, [one.seat_id for one in seats])
        for one in [seat for seat in seats if seat.account][:2]:
            written_rounds.answer(one.account or "", group, made.id, Choice.FAVOUR, ("", None))


def events(office: Office) -> list[Event]:
    """Return a group's meetings by the hour: held month by month, the next convened, a question asked in writing."""
    room, end = MeetingRoom(office), own_day(office.stage)
    found = [one for day in _days(office) for one in _of(room, day)]
    past = [one for one in found if one.at.date() < end]
    asked = office_day(end - timedelta(days=3))
    return [*past, Event(at(asked, 9), partial(room.ask, asked))]


def _days(office: Office) -> Iterator[date]:
    first, end = office.stage.founded + timedelta(days=12), own_day(office.stage)
    month = first.replace(day=1)
    while month <= end + timedelta(days=CONVENED_BEFORE):
        day = office_day(month.replace(day=MEETS_ON))
        if day >= first:
            yield day
        month = (month + timedelta(days=32)).replace(day=1)


def _of(room: MeetingRoom, day: date) -> Iterator[Event]:
    before = office_day(day - timedelta(days=CONVENED_BEFORE + 2))
    yield Event(at(before, 10), partial(room.convene, day))
    yield Event(at(day, 7), partial(room.report, day))
    yield Event(at(day, 8), partial(room.hold, day))
    yield Event(at(day, 9, 30), partial(room.close, day), 0.01)
    yield Event(at(day, 15), partial(room.minutes, day), 0.02)
