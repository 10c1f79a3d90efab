"""The people of a group of the demonstration: seals, who read the charter, a delegation, a member to be replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from dean06.clock import service as clock
from dean06.demo.office import Office
from dean06.demo.timetable import Event, at, office_day, own_day
from dean06.flows import acknowledging, delegating, inviting, paper_house, replacing, seating
from dean06.offices import service as offices
from dean06.offices.types import Capacity, NewDelegation, NewSeal

READERS = ("to-pho", "bhxh", "y-te")  # the others still have to
LETTERS = "Chưa sửa xong dữ liệu theo các nhiệm vụ đã giao, đã đôn đốc hai lần."
OWN = "own_agency"

__all__ = ["events"]


@dataclass(frozen=True, slots=True)
class PeopleRoom:
    """Acts on people, each by one person, through the product's own flows."""

    office: Office

    def _by(self, user: str) -> str:
        return self.office.accounts[user]

    def _seat(self, role: str) -> Capacity:
        group = self.office.group
        return offices.holders(group.id, clock.today(group), role=role)[0]

    def seals(self) -> None:
        """Let the clerk enter the seals that the charter gives to roles."""
        group, charter = self.office.group, paper_house.charter(self.office.group)
        given = {rule.seal for rule in charter.index.seals.values()} - {OWN}
        served = offices.agency_names(group.id)
        own = {role.agency for role in charter.roles.values() if role.agency in charter.seals}
        keeper = next(part.holder for part in self.office.stage.cast if part.role == "clerk")
        for code in sorted(one for one in given | own if one in served):
            name = charter.seals.get(code, f"Con dấu của {served[code]}")
            new = NewSeal(agency=code, name=name, custodian=keeper, since=self.office.stage.founded)
            seating.enter_seal(self._by("van-thu"), group, new)

    def read(self, user: str) -> None:
        """Let somebody acknowledge the charter, where it is addressed to them."""
        group = self.office.group
        if acknowledging.owed_by(offices.viewer(self._by(user), clock.today(group)), group):
            acknowledging.acknowledge(self._by(user), group, paper_house.charter(group).hash)

    def remind(self) -> None:
        """Let the support apparatus remind those who have not."""
        acknowledging.remind(self._by("giup-viec"), self.office.group, ())

    def delegate(self, since: datetime, until: datetime) -> None:
        """Let the leader delegate for some days."""
        new = NewDelegation(
            from_seat=self._seat("leader").seat_id,
            to_seat=self._seat("standing_deputy").seat_id,
            since=since,
            until=until,
            ground="Tổ trưởng dự lớp bồi dưỡng",
        )
        delegating.grant(self._by("to-truong"), self.office.group, new)

    def invite(self) -> None:
        """Let the support apparatus invite the first member who does not sign in yet."""
        group = self.office.group
        seat = next(one for one in offices.holders(group.id, clock.today(group), role="member") if not one.account)
        name = f"{self.office.stage.letters}-{inviting.proposed(seat.holder)}".replace(".", "-")
        inviting.invite_holder(self._by("giup-viec"), group, seat.seat_id, (name, ""), lambda token: token)

    def replace(self) -> None:
        """Let the leader ask for another member where an agency let tasks run over; the letter is begun."""
        group, leader = self.office.group, self._by("to-truong")
        late = replacing.not_done(offices.viewer(leader, clock.today(group)), group)
        for seat in offices.holders(group.id, clock.today(group), role="member"):
            tasks = [one.id for one in late.get(seat.agency or "", [])]
            if tasks:
                made = replacing.put_forward(leader, group, seat.seat_id, tasks[:6], LETTERS)
                replacing.write_letter(self._by("giup-viec"), group, made.id)
                return


def events(office: Office) -> Iterator[Event]:
    """Return the acts on people by the hour; what would fall after the group's own day did not happen yet."""
    room, stage, end = PeopleRoom(office), office.stage, own_day(office.stage)
    found = [Event(at(office_day(stage.founded + timedelta(days=3)), 8, 10), room.seals)]
    read_on = office_day(stage.founded + timedelta(days=4))
    users = [user for user in READERS if user in {part.user for part in stage.cast}]
    found += [Event(at(read_on, 9, 5 * place), partial(room.read, user)) for place, user in enumerate(users)]
    found.append(Event(at(office_day(stage.founded + timedelta(days=14)), 15, 5), room.remind))
    away = office_day(end - timedelta(days=9))
    found.append(Event(at(away, 8, 5), partial(room.delegate, at(away, 13), at(away + timedelta(days=4), 17))))
    found.append(Event(at(office_day(end - timedelta(days=3)), 9, 25), room.invite))
    found.append(Event(at(_last(end), 10, 20), room.replace))
    yield from sorted((one for one in found if one.at.date() <= end), key=lambda one: one.at)


def _last(end: date) -> date:
    """Return the last working day before a group's own day ends."""
    day = end
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day
