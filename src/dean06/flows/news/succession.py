"""What the successors of a group that ended are told of: software and addresses that wait for their word."""

from __future__ import annotations

from dean06.flows.bearers import seats_with
from dean06.flows.news.passing_on import Story, pass_on
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.machines.service import succession as machines
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

SET = "machine.set"

__all__ = ["tell_of_succession"]


def tell_of_succession(group: GroupInfo, act: Followed) -> None:
    """Tell each successor once what it was left: whoever looks after it there, and the agencies whose it is."""
    if group.ending is None:
        return
    for heir in offices.successors(group.id):
        left = machines.waiting(heir.id)
        if not left.agencies:
            continue
        said = Said(
            vi=f"Nhận bàn giao từ {group.short_name}: {left.accounts} tài khoản phần mềm chờ cấp mã, "
            f"{left.addresses} địa chỉ nhận tin chờ xác nhận. Tài khoản cũ đã hết dùng được.",
            en=f"Left by {group.short_name}: {left.accounts} accounts of software want a code, "
            f"{left.addresses} addresses want to be confirmed. The old accounts serve no more.",
        )
        story = Story(
            kind="connections_left", said=said, address=Address(route="machines"), key=f"succession:{group.slug}:left"
        )
        pass_on(heir, act, To(seats=seats_with(heir, SET), agencies=left.agencies), story)
