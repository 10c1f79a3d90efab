"""A second group in the same installation, whose people are strangers to the first."""

from __future__ import annotations

from datetime import date

from dean06.flows import setup
from dean06.flows.setup import Member
from dean06.offices.types import GroupInfo, NewGroup
from flows.conftest import SINCE, Office, at


def neighbour(office: Office, slug: str = "ben-canh", *, own_day: date | None = None) -> tuple[GroupInfo, str]:
    """Set up a group under the same charter; return it with its leader's account."""
    with at(2022, 5, 21):
        new = NewGroup(
            slug=slug,
            name=f"Tổ công tác {slug}",
            short_name=f"Tổ {slug}",
            level="district",
            unit_code="456",
            unit_on=SINCE,
            charter_line=office.group.charter_line,
            own_day=own_day,
            is_demo=own_day is not None,
        )
        group = setup.found_group(office.admin, new, office.group.charter_line)
        made = setup.open_account(office.admin, f"{slug}-truong", None, "Đào Thị Chín")
        for role, agency in (("leader", "PC"), ("member", "BHXH"), ("secretariat", "TEAM"), ("standing_deputy", "POL")):
            setup.seat(
                office.admin,
                group,
                Member(role=role, agency=agency, holder="Đào Thị Chín", account=made.public_id, since=SINCE),
            )
    return group, made.public_id
