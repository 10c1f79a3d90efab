"""The month's report, from facts to a signed, numbered paper sent to each recipient of the group's charter."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Fact, Permit, ReportRule
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import drafting, facts
from dean06.flows.authority import Act, Answer, ask, bind, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers import service as papers
from dean06.papers.types import PaperInfo, Signature, SignForm
from dean06.reports import service as reports
from dean06.reports.types import ReportInfo

# The duties under which a month's report leaves the group; a charter may have one, both or neither.
DUTIES = ("report.send_monthly", "report.consolidate_and_send")
# The seat whose title stands under a draft until somebody signs; the charter says who may.
LEADING = "leader"
LEADING_TITLE = "Tổ trưởng"

__all__ = ["edit", "issue", "make", "rules", "send", "signing_answer"]


def rules(group: GroupInfo) -> tuple[ReportRule, ...]:
    """Return the rules of the group's charter under which its monthly report goes out."""
    charter = adoption.charter_of(group.charter_line)
    return tuple(rule for action in DUTIES for rule in charters.report_rules(charter, action))


def _first_rule(group: GroupInfo) -> ReportRule:
    known = rules(group)
    if not known:
        raise BadInput(
            "Quy chế của tổ không có điều khoản nào về báo cáo tháng: đặt quy ước của tổ trước.",
            "The group's charter has no clause on a monthly report: set a local rule first.",
        )
    return known[0]


def recipients(group: GroupInfo) -> dict[str, str]:
    """Return every recipient, by code and name, of the duties that the report answers."""
    return {code: name for rule in rules(group) for code, name in rule.recipients}


def make(account: str, group: GroupInfo, month: str) -> ReportInfo:
    """Gather the facts, make or remake the report, and keep its draft paper and annex."""
    _first_rule(group)
    sheet = facts.gather(group, month)
    obj = bind("report", f"{group.slug}:{month}", facts=[(fact.code, fact.value) for fact in sheet.facts])
    by = permit(Act(account=account, group=group, action="report.draft", obj=obj))
    return _with_paper(account, group, reports.make(by, sheet))


def edit(account: str, group: GroupInfo, month: str, words: Mapping[str, str]) -> ReportInfo:
    """Take the clerk's words, and draft the paper anew from them."""
    report = _known(group, month)
    obj = bind("report", f"{group.slug}:{month}", words=sorted(words.items()))
    by = permit(Act(account=account, group=group, action="report.draft", obj=obj))
    return _with_paper(account, group, reports.edit(by, report.id, words))


def _known(group: GroupInfo, month: str) -> ReportInfo:
    report = reports.for_work(group.id, month)
    if report is None:
        raise BadInput(
            f"Chưa lập báo cáo tháng {month}: bấm «Lập báo cáo» trước.",
            f"The report of {month} is not made yet: make it first.",
        )
    return report


def _with_paper(account: str, group: GroupInfo, report: ReportInfo) -> ReportInfo:
    leader = next(iter(offices.holders(group.id, clock.today(group), role=LEADING)), None)
    by_whom = Signature(title=leader.title if leader else LEADING_TITLE, post=leader.post if leader else "")
    annex_sha256 = papers.keep_annex(drafting.annex(group, report))
    archive = adoption.charter_of(group.charter_line).body.archive
    kept_by = tuple(part.strip() for part in archive.split(",") if part.strip()) or ("VT",)
    document = drafting.document(report, rules(group), by_whom, annex_sha256, kept_by=kept_by)
    words = [one.text for section in report.sections for one in section.paragraphs]
    obj = bind("paper", f"{group.slug}:bao-cao:{report.month}:v{report.version}", annex=annex_sha256, words=words)
    by = permit(Act(account=account, group=group, action="document.draft", obj=obj))
    kept = papers.draft(by, group.id, document, annex_sha256=annex_sha256, paper_id=report.paper_id)
    reports.attach_paper(report.id, kept.id)
    return _known(group, report.month)


def signing_answer(account: str, group: GroupInfo, month: str) -> Answer:
    """Return whether this account may sign the month's report now; the signing screen shows it either way."""
    report = _known(group, month)
    return ask(_signing_act(account, group, report))


def _signing_act(account: str, group: GroupInfo, report: ReportInfo, reason: str | None = None) -> Act:
    if report.paper_id is None:
        raise BadInput("Báo cáo chưa có bản dự thảo.", "The report has no draft paper yet.")
    obj = bind("paper", str(report.paper_id), version=report.version, month=report.month)
    facts_: dict[str, Fact] = {"document.kind": "group_monthly_report", "document.serves_group_task": True}
    return Act(account=account, group=group, action="document.sign", obj=obj, facts=facts_, reason=reason)


def _signature(group: GroupInfo, answer: Answer) -> Signature:
    capacity, decision = answer.capacity, answer.decision
    if capacity is None:
        raise BadInput("Người ký phải giữ một vị trí trong tổ.", "A signer needs a seat in the group.")
    charter = adoption.charter_of(group.charter_line)
    form = SignForm(decision.sign_form or "own")
    behalf = decision.on_behalf_of or ""
    return Signature(
        form=form,
        collective=" ".join(charter.body.name_lines) if form is SignForm.TM else "",
        signed_for=charter.roles[behalf].title if form is SignForm.KT and behalf in charter.roles else "",
        title=capacity.title,
        post=capacity.post,
        name=capacity.holder,
    )


def issue(account: str, group: GroupInfo, month: str, *, reason: str | None = None) -> PaperInfo:
    """Sign, number and archive the month's report: under the clause that lets this person sign, or not at all."""
    report = _known(group, month)
    act = _signing_act(account, group, report, reason)
    by: Permit = permit(act)
    signature = _signature(group, ask(act))
    with transaction.atomic():
        issued = papers.issue(by, int(act.obj.id), signature)
        reports.mark_issued(report.id)
    return issued


def send(account: str, group: GroupInfo, month: str) -> list[dict[str, object]]:
    """Record the dispatch of the issued report to each recipient of the charter; returns the receipts."""
    report = _known(group, month)
    to = recipients(group)
    obj = bind("report", f"{group.slug}:{month}", to=sorted(to))
    facts_ = {"document.is_numbered": report.issued}
    by = permit(Act(account=account, group=group, action="document.dispatch", obj=obj, facts=facts_))
    reports.sent(by, report.id, to)
    return reports.receipts(report.id)
