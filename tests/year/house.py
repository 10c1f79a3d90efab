"""The groups of the scripts before their year begins: charter, agencies, seats, accounts. Nothing has happened yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dean06.clock import service as clock
from dean06.flows import setup
from dean06.flows.setup import Member
from dean06.offices.types import GroupInfo, NewGroup
from year.pages import Person
from year.script import Script

__all__ = ["House", "found"]


@dataclass
class House:
    """A group of a script, and the browsers of its people."""

    script: Script
    group: GroupInfo
    accounts: dict[str, str]
    admin: str
    open: dict[str, Person] = field(default_factory=dict)

    def person(self, who: str) -> Person:
        """Somebody of the group, signed in on first use."""
        if who not in self.open:
            self.open[who] = Person(self.accounts[who], self.group.slug)
        return self.open[who]


def found(script: Script, admin: str = "") -> House:
    """Set a script's group up, on the day before its people sit down."""
    told = script.told["group"]
    since = date.fromisoformat(told["since"])
    with clock.pinned(clock.at_start_of(since)):
        admin = admin or setup.found_installation("quan-tri", None, "Quản Trị").public_id
        new = NewGroup(
            slug=told["slug"],
            name=told["name"],
            short_name=told["short_name"],
            level=told["level"],
            unit_code=told["unit"],
            unit_on=since,
            charter_line=script.told["regulation"],
        )
        group = setup.found_group(admin, new, script.told["regulation"])
        accounts = {who: _seated(script, who, group, admin, since) for who in script.people}
        for who in told.get("confirmed_by", ()):
            setup.confirm_instrument(accounts[who], group, told["number"], since)
    return House(script=script, group=group, accounts=accounts, admin=admin)


def _seated(script: Script, who: str, group: GroupInfo, admin: str, since: date) -> str:
    person = script.people[who]
    account = setup.open_account(admin, f"{group.slug}-{who.lower().replace('_', '-')}", None, person["name"]).public_id
    role = person.get("seat", who)
    setup.seat(
        admin, group, Member(role=role, agency=person["agency"], holder=person["name"], account=account, since=since)
    )
    return account
