"""Groups that succeed another: communes of July 2025, each with its people and its charter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from dean06.adoption.service import Plan, SuccessionInfo
from dean06.corrections import service as corrections
from dean06.flows import handing_over, ordering, setup, succession
from dean06.offices import service as offices
from dean06.offices.types import NewGroup
from flows.conftest import Office, at, found, seated

LAST_DAY = date(2025, 6, 30)
PAPER = "1680/NQ-UBTVQH15"
SIGNED = date(2025, 6, 16)


def ending(folder: Path) -> Office:
    """Set up a group that is about to end: its corrections are ordered and not done."""
    made = found("quang-ninh-2022", "qn", folder, persons=160)
    made.load_register("2022-06")
    made.deliver("bhyt", "BHXH", "2022-06")
    with at(2025, 6, 20):
        for one in corrections.groups_to_order(made.group.id, "bhyt"):
            ordering.order_by_hand(made.account("leader"), made.group, "bhyt", one.cause)
    return made


def successor(office: Office, slug: str, unit: str, package: str = "quang-ninh-2022") -> Office:
    """Set up a group of another unit in the same installation, with its seats filled."""
    with at(2025, 6, 20):
        new = NewGroup(
            slug=slug,
            name=f"Tổ công tác {slug}",
            short_name=f"Tổ {slug}",
            level="commune",
            unit_code=unit,
            unit_on=date(2025, 7, 1),
            charter_line=package,
        )
        group = setup.found_group(office.admin, new, package)
        accounts = seated(office.admin, group, slug)
    return replace(office, group=group, accounts=accounts, delivered={})


def plan(*heirs: Office, **choices: dict[str, str]) -> Plan:
    return Plan(
        last_day=LAST_DAY,
        instrument=PAPER,
        signed_on=SIGNED,
        successors=tuple(one.group.slug for one in heirs),
        choices=choices,
    )


def prepared(office: Office, made: Plan) -> SuccessionInfo:
    return succession.begin(office.account("secretariat"), office.group, made)


def confirmed(office: Office, kept: SuccessionInfo, *roles: str) -> SuccessionInfo:
    """Let people of the group confirm what stands now, one after the other."""
    for role in roles or ("leader", "standing_deputy"):
        seen = succession.draw_up(office.group, kept.plan).digest
        kept = handing_over.confirm(office.account(role), office.group, kept, seen=seen)
    return kept


def ended(office: Office, *heirs: Office, **choices: dict[str, str]) -> SuccessionInfo:
    """End a group on 30 June 2025 and hand it over the next day."""
    with at(2025, 7, 1):
        return confirmed(office, prepared(office, plan(*heirs, **choices)))


def now(office: Office):
    """The group as it stands now."""
    return offices.group_by_id(office.group.id)
