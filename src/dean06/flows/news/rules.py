"""What people are told of rules that are said to be wrong, and of contracts that change."""

from __future__ import annotations

from dean06.clock import service as clock
from dean06.flows.bearers import seats_with
from dean06.flows.disputing import SUSPEND
from dean06.flows.news.passing_on import Story, number_of, pass_on, step_of
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.offices.types import GroupInfo
from dean06.sources import service as sources

__all__ = ["tell_of_contract", "tell_of_rule"]


def tell_of_rule(group: GroupInfo, act: Followed) -> None:
    """Tell whoever may decide that a rule is disputed, and its source's agency what was decided."""
    number = number_of(act.object_id)
    one = sources.dispute_of_number(group.id, number) if number is not None else None
    if one is None:
        return
    title = sources.contracts(group.id, clock.today(group)).contract(one.source).title
    address = Address(route="disputes-one", args=(one.id,))
    if step_of(act) == "made":
        said = Said(
            vi=f"Luật kiểm tra của nguồn {title.vi} bị báo sai ({one.label}), chờ quyết định.",
            en=f"A rule of {title.en} is disputed ({one.label}) and waits for a decision.",
        )
        pass_on(
            group, act, To(seats=seats_with(group, SUSPEND)), Story(kind="rule_disputed", said=said, address=address)
        )
        return
    until = f"{one.until:%d/%m/%Y}" if one.until else ""
    words = {
        "suspended": (f"tạm dừng đến ngày {until}, ngày đó tự chạy lại", f"rests until {until}"),
        "refused": ("bác, luật giữ nguyên", "is refused: the rule stands"),
        "ended": ("luật chạy lại trước hạn", "the rule works again early"),
    }.get(step_of(act))
    if words is None:
        return
    said = Said(
        vi=f"Báo sai luật {one.label} của nguồn {title.vi}: {words[0]}.",
        en=f"Dispute {one.label} of {title.en}: {words[1]}.",
    )
    standing = sources.assignment(group.id, one.source)
    to = To(accounts=(one.made_by,), agencies=(standing.agency,) if standing else ())
    pass_on(group, act, to, Story(kind="rule_answered", said=said, address=address))


def tell_of_contract(group: GroupInfo, act: Followed) -> None:
    """Tell the agency of a source that its lists will be read by another version of the contract."""
    _, source, version = act.object_id.rsplit(":", 2)
    if "version" not in act.note:
        return
    standing = sources.assignment(group.id, source)
    known = sources.contract_adopted(group.id, source, int(version.removeprefix("v")))
    if standing is None or known is None:
        return
    since = f"{known.in_force_from:%d/%m/%Y}"
    contract = sources.contracts(group.id, known.in_force_from).contract(source)
    said = Said(
        vi=f"Hợp đồng dữ liệu {contract.title.vi} có bản {known.version}, đọc các lần nộp từ ngày {since}.",
        en=f"The contract of {contract.title.en} has version {known.version}: lists are read by it from {since}.",
    )
    address = Address(route="contracts-version", args=(source, known.version))
    pass_on(group, act, To(agencies=(standing.agency,)), Story(kind="contract_changed", said=said, address=address))
