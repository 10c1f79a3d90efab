"""Two groups under the two districts' regulations, and a meeting taken to where a test wants it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from dean06.clock import service as clock
from dean06.flows import convening, presiding, setup
from dean06.flows.setup import Member
from dean06.meetings.service import meetings
from dean06.meetings.types import ItemKind, Kind, MeetingInfo, NewItem, NewMeeting
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, NewGroup

SINCE = date(2022, 5, 20)
SEATS = (
    ("leader", "PC", "Nguyễn Minh Tâm"),
    ("standing_deputy", "POL", "Trần Quốc Hải"),
    ("deputy", "OFF", "Phạm Thu Thủy"),
    ("member", "BHXH", "Lê Ngọc Hoa"),
    ("member", "GDDT", "Vũ Đình Khoa"),
    ("member", "TCKH", "Đặng Thị Én"),
    ("secretariat", "TEAM", "Đỗ Thanh Sáu"),
    ("clerk", "OFF", "Mai Thị Tám"),
)
START = datetime(2022, 6, 20, 8, 0, tzinfo=clock.TZ)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock."""
    with clock.pinned(moment):
        yield


@dataclass(frozen=True)
class Room:
    """A group and its accounts by role, or by agency for a member."""

    group: GroupInfo
    accounts: dict[str, str]
    admin: str = ""

    def seat(self, who: str) -> Capacity:
        held = offices.holders(self.group.id, SINCE + timedelta(days=1))
        return next(one for one in held if who in (one.role, one.agency) and one.account == self.accounts[who])


def room(package: str, slug: str, admin: str = "") -> Room:
    """Set a group up with its people."""
    with at(datetime(2022, 5, 20, 9, tzinfo=clock.TZ)):
        admin = admin or setup.found_installation(f"quan-tri-{slug}", None, "Quản Trị").public_id
        new = NewGroup(
            slug=slug,
            name=f"Tổ công tác {slug}",
            short_name=f"Tổ {slug}",
            level="district",
            unit_code="456",
            unit_on=SINCE,
            charter_line=package,
        )
        group = setup.found_group(admin, new, package)
        accounts = {}
        for role, agency, holder in SEATS:
            made = setup.open_account(admin, f"{slug}-{role}-{agency}", None, f"{holder}")
            accounts[agency if role == "member" else role] = made.public_id
            setup.seat(
                admin, group, Member(role=role, agency=agency, holder=holder, account=made.public_id, since=SINCE)
            )
        if package == "xuan-truong-2022":
            for role in ("leader", "standing_deputy"):
                setup.confirm_instrument(accounts[role], group, "06/QĐ-THU", SINCE)
    return Room(group=group, accounts=accounts, admin=admin)


def seat_standing_member(there: Room) -> str:
    """Seat the member who signs minutes and notices under the regulation of Quảng Ninh, and return the account."""
    with at(datetime(2022, 5, 21, 9, tzinfo=clock.TZ)):
        holder = "Lý Văn Chín"
        made = setup.open_account(there.admin, f"{there.group.slug}-thuong-truc", None, holder)
        member = Member(role="standing_member", agency="POL", holder=holder, account=made.public_id, since=SINCE)
        setup.seat(there.admin, there.group, member)
    return made.public_id


def prepared(room: Room, starts: datetime = START, kind: Kind = Kind.REGULAR, title: str = "") -> MeetingInfo:
    """A draft with an agenda of two items."""
    with at(starts - timedelta(days=6)):
        new = NewMeeting(
            kind=kind,
            title=title or f"Họp Tổ công tác tháng {starts:%-m/%Y}",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="Phòng họp tầng 2",
            chair_seat=room.seat("leader").seat_id,
            secretary_seat=room.seat("secretariat").seat_id,
            series="Họp tháng",
        )
        made = convening.prepare(room.accounts["secretariat"], room.group, new)
        for name, what in (
            ("Kết quả đối soát tháng trước", ItemKind.REVIEW),
            ("Phương án sửa dữ liệu", ItemKind.DECIDE),
        ):
            convening.add_item(room.accounts["secretariat"], room.group, made.id, NewItem(title=name, kind=what))
    return meetings.meeting_for_flow(made.id)


def convened(room: Room, starts: datetime = START, kind: Kind = Kind.REGULAR) -> MeetingInfo:
    """A meeting that the leader has approved and convened."""
    made = prepared(room, starts, kind)
    with at(starts - timedelta(days=5)):
        convening.approve_agenda(room.accounts["leader"], room.group, made.id)
        convening.convene(room.accounts["leader"], room.group, made.id)
    return meetings.meeting_for_flow(made.id)


def opened(room: Room, starts: datetime = START, kind: Kind = Kind.REGULAR, *, present: int = 6) -> MeetingInfo:
    """A meeting that is going on, so many members in the room, its second item current."""
    from dean06.flows import attending

    made = convened(room, starts, kind)
    secretary = room.accounts["secretariat"]
    with at(starts):
        presiding.open_meeting(secretary, room.group, made.id)
        for one in meetings.invitees(made.id)[:present]:
            attending.enter(secretary, room.group, made.id, one.id)
        first, second = meetings.items(made.id)
        presiding.begin_item(secretary, room.group, made.id, first.id)
        presiding.begin_item(secretary, room.group, made.id, second.id)
    return meetings.meeting_for_flow(made.id)


def invitee(meeting: MeetingInfo, account: str):
    """Whom an account is invited as."""
    return next(one for one in meetings.invitees(meeting.id) if one.account == account)


def home_of(folder: Path) -> Path:
    """A state directory."""
    (home := folder / "home").mkdir(exist_ok=True)
    return home
