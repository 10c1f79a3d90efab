"""What people are told of agencies' reports and of the group's money: what came, what was answered, what came back."""

from __future__ import annotations

from dean06.clock import service as clock
from dean06.flows import budget_clauses
from dean06.flows.bearers import overseeing, seats_with
from dean06.flows.news.passing_on import Story, number_of, pass_on, step_of
from dean06.flows.telling import Address, Said, To
from dean06.funds.service import spending
from dean06.funds.types import RequestInfo
from dean06.ledger.service import Followed
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

RECEIVE = "report.receive"
SECRETARIAT = "secretariat"
USING = "funds.use"

__all__ = ["tell_of_estimate", "tell_of_report", "tell_of_spending"]


def tell_of_report(group: GroupInfo, act: Followed) -> None:
    """Tell whoever collects an agency's report that it came, and the agency that it was taken in or returned."""
    _, month, agency = act.object_id.split(":", 2)
    name, read = offices.agency_name(group.id, agency), clock.as_read(month)
    step = step_of(act)
    if step == "sent":
        said = Said(vi=f"{name} đã gửi báo cáo tháng {read}.", en=f"{name} sent its report of {read}.")
        _tell_report(group, act, To(seats=seats_with(group, RECEIVE), roles=overseeing(group)), "report_arrived", said)
    elif step == "returned":
        said = Said(
            vi=f"Báo cáo tháng {read} của cơ quan bạn bị trả lại. Lý do ghi ở trang báo cáo.",
            en=f"Your agency's report of {read} is sent back. Its page has the reason.",
        )
        _tell_report(group, act, To(agencies=(agency,)), "report_returned", said)
    elif step == "received":
        said = Said(
            vi=f"Báo cáo tháng {read} của cơ quan bạn đã được nhận.", en=f"Your agency's report of {read} is taken in."
        )
        _tell_report(group, act, To(agencies=(agency,)), "report_received", said)


def _tell_report(group: GroupInfo, act: Followed, to: To, kind: str, said: Said) -> None:
    _, month, agency = act.object_id.split(":", 2)
    address = Address(route="agency-reports-one", args=(month, agency))
    pass_on(group, act, to, Story(kind=kind, said=said, address=address))


# ------------------------------------------------------------------ money

SPENDING = {
    "approved": ("được duyệt", "is approved"),
    "refused": ("không được duyệt, lý do ghi ở trang đề nghị", "is refused; its page has the reason"),
    "cancelled": ("bị hủy, lý do ghi ở trang đề nghị", "is taken off; its page has the reason"),
    "paid": ("đã có khoản chi", "has a payment"),
    "settled": ("đã quyết toán", "is settled"),
}


def tell_of_spending(group: GroupInfo, act: Followed) -> None:
    """Tell of a request to spend: whoever the charter lets use the funds, and whoever asked what came of it."""
    number = number_of(act.object_id)
    found = spending.numbered(group.id, number) if number is not None else None
    if found is None:
        return
    if step_of(act) == "asked":
        said = Said(
            vi=f"Đề nghị chi số {found.number} chờ duyệt: {found.title}.",
            en=f"Request {found.number} to spend waits for approval: {found.title}.",
        )
        _tell_request(group, act, found, To(seats=seats_with(group, USING)), "funds_asked", said)
        return
    words = SPENDING.get(step_of(act))
    if words is not None:
        said = Said(
            vi=f"Đề nghị chi số {found.number} {words[0]}: {found.title}.",
            en=f"Request {found.number} {words[1]}: {found.title}.",
        )
        _tell_request(group, act, found, To(accounts=(found.asked_by,)), "funds_answered", said)


def _tell_request(group: GroupInfo, act: Followed, found: RequestInfo, to: To, kind: str, said: Said) -> None:
    address = Address(route="funds-request", args=(found.id,))
    pass_on(group, act, to, Story(kind=kind, said=said, address=address))


def tell_of_estimate(group: GroupInfo, act: Followed) -> None:
    """Tell whoever puts estimates together that one came, and the agency that its own came back."""
    _, year, agency = act.object_id.partition(":")[2].split("-", 2)
    name = offices.agency_name(group.id, agency)
    address = Address(route="funds-estimate", args=(int(year), agency))
    match step_of(act):
        case "sent":
            said = Said(vi=f"{name} đã gửi dự toán năm {year}.", en=f"{name} sent its estimate of {year}.")
            to = To(roles=(SECRETARIAT,), agencies=tuple(sorted(budget_clauses.consolidators(group))))
            pass_on(group, act, to, Story(kind="estimate_sent", said=said, address=address))
        case "returned":
            said = Said(
                vi=f"Dự toán năm {year} của cơ quan bạn bị trả lại. Lý do ghi ở trang dự toán.",
                en=f"Your agency's estimate of {year} is sent back. Its page has the reason.",
            )
            pass_on(group, act, To(agencies=(agency,)), Story(kind="estimate_returned", said=said, address=address))
        case _:
            return
