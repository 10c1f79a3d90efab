"""An agency's monthly report: counted beforehand by the platform, written by the agency, taken in by the collector."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dean06.adoption import service as adoption
from dean06.charter.types import Charter, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import facts
from dean06.flows.authority import Act, permit
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import pieces
from dean06.reports.service import agency_reports
from dean06.reports.types import AgencyReportInfo, AttachedFile, Correction

SUBMIT, RECEIVE = "report.submit", "report.receive"
GROUP = "group"

__all__ = [
    "attach",
    "begin",
    "collector",
    "copy_words",
    "detach",
    "enter_on_paper",
    "receive",
    "return_it",
    "send",
    "take_back",
    "write",
]


def collector(charter: Charter) -> str:
    """Return the agency through which a charter lets the reports come; empty where it names none."""
    return next((norm.via for norm in charter.norms if norm.action == SUBMIT and norm.via), "")


def _to(group: GroupInfo) -> str:
    return collector(adoption.charter_of(group.charter_line, clock.today(group))) or GROUP


def _obj(group: GroupInfo, month: str, agency: str, digest: str) -> ObjectRef:
    return ObjectRef(kind="agency_report", id=agency_reports.object_id(group.slug, month, agency), digest=digest)


def _drafting(account: str, group: GroupInfo, report: tuple[str, str], digest: str) -> Act:
    month, agency = report
    obj = _obj(group, month, agency, digest)
    return Act(account=account, group=group, agency=agency, in_its_name=True, action="report.draft", obj=obj)


def _known(group: GroupInfo, month: str, agency: str) -> AgencyReportInfo:
    report = agency_reports.for_work(group.id, month, agency)
    if report is None:
        name = offices.agency_name(group.id, agency)
        raise BadInput(
            f"{name} chưa lập báo cáo tháng {clock.as_read(month)}.",
            f"{name} has not begun its report of {clock.as_read(month)}.",
        )
    return report


def _require_agency(group: GroupInfo, agency: str) -> None:
    if agency not in offices.agency_names(group.id):
        raise BadInput(f"Tổ không có cơ quan «{agency}».", f"The group has no agency {agency!r}.")


def begin(account: str, group: GroupInfo, month: str, agency: str) -> AgencyReportInfo:
    """Make an agency's report from what the platform counts, or count it anew."""
    _require_agency(group, agency)
    sheet = facts.of_agency(facts.material_of(group, month), month, agency)
    by = permit(_drafting(account, group, (month, agency), sheet.digest()))
    return agency_reports.begin(by, agency, sheet)


def write(
    account: str,
    group: GroupInfo,
    month: str,
    agency: str,
    words: Mapping[str, str],
    corrected: Mapping[str, Correction],
) -> AgencyReportInfo:
    """Take the agency's words and its own figures."""
    report = _known(group, month, agency)
    digest = agency_reports.written_digest(words, corrected)
    by = permit(_drafting(account, group, (month, agency), digest))
    return agency_reports.write(by, report.id, words, corrected)


def copy_words(account: str, group: GroupInfo, month: str, agency: str) -> AgencyReportInfo:
    """Take over the agency's words of its last report where this one has none yet."""
    report = _known(group, month, agency)
    year, number = (int(part) for part in month.split("-"))
    before = f"{year - (number == 1)}-{(number - 2) % 12 + 1:02d}"
    last = agency_reports.for_work(group.id, before, agency)
    if last is None or not last.words:
        raise BadInput(
            f"Không có báo cáo tháng {clock.as_read(before)} để chép.",
            f"There is no report of {clock.as_read(before)} to copy.",
        )
    return write(account, group, month, agency, {**last.words, **report.words}, report.corrected)


def attach(
    account: str, group: GroupInfo, month: str, agency: str, file: tuple[bytes, str], *, scan: bool = False
) -> AgencyReportInfo:
    """Put a file beside a report that is still open."""
    report = _known(group, month, agency)
    kept = _kept(file, scan=scan)
    digest = digest_of(sha256=kept.sha256, name=kept.name)
    by = permit(_drafting(account, group, (month, agency), digest))
    return agency_reports.attach(by, report.id, kept)


def _kept(file: tuple[bytes, str], *, scan: bool) -> AttachedFile:
    data, name = file
    sha256, suffix, _ = pieces.keep_upload(data, name)
    return AttachedFile(id=0, sha256=sha256, suffix=suffix, name=name[:200], scan=scan)


def detach(account: str, group: GroupInfo, month: str, agency: str, file_id: int) -> AgencyReportInfo:
    """Take a file away from a report that is still open."""
    report = _known(group, month, agency)
    by = permit(_drafting(account, group, (month, agency), digest_of(detach=file_id)))
    return agency_reports.detach(by, report.id, file_id)


def send(account: str, group: GroupInfo, month: str, agency: str, *, reason: str | None = None) -> AgencyReportInfo:
    """Send the report to whoever collects them under the charter; it arrives now."""
    report = _known(group, month, agency)
    obj = _obj(group, month, agency, agency_reports.sending_digest(report.id))
    act = Act(
        account=account, group=group, agency=agency, in_its_name=True, action=SUBMIT, obj=obj, reason=reason or None
    )
    return agency_reports.send(permit(act), report.id, _to(group))


def take_back(
    account: str, group: GroupInfo, month: str, agency: str, *, reason: str | None = None
) -> AgencyReportInfo:
    """Take a report back that nobody has received yet."""
    report = _known(group, month, agency)
    obj = _obj(group, month, agency, digest_of(take_back=report.version))
    act = Act(
        account=account, group=group, agency=agency, in_its_name=True, action=SUBMIT, obj=obj, reason=reason or None
    )
    return agency_reports.take_back(permit(act), report.id)


def _sent(group: GroupInfo, month: str, agency: str) -> AgencyReportInfo:
    report = _known(group, month, agency)
    if report.last is None:
        raise BadInput(
            "Báo cáo chưa gửi hoặc đã rút, đã trả.", "The report is not sent, or was taken back or returned."
        )
    return report


def receive(account: str, group: GroupInfo, month: str, agency: str, *, reason: str | None = None) -> AgencyReportInfo:
    """Take a sent report in, as whoever collects them under the charter."""
    report = _sent(group, month, agency)
    digest = digest_of(receive=report.last.digest if report.last else "")
    act = _receiving(account, group, _obj(group, month, agency, digest), reason)
    return agency_reports.receive(permit(act), report.id)


def _receiving(account: str, group: GroupInfo, obj: ObjectRef, reason: str | None) -> Act:
    return Act(account=account, group=group, in_its_name=True, action=RECEIVE, obj=obj, reason=reason or None)


def return_it(account: str, group: GroupInfo, month: str, agency: str, reason: str) -> AgencyReportInfo:
    """Return a report for a reason, as whoever collects them under the charter."""
    report = _sent(group, month, agency)
    digest = digest_of(returned=report.last.digest if report.last else "", reason=reason)
    act = _receiving(account, group, _obj(group, month, agency, digest), reason)
    return agency_reports.return_it(permit(act), report.id, reason)


def enter_on_paper(
    account: str,
    group: GroupInfo,
    month: str,
    agency: str,
    words: Mapping[str, str],
    scan: tuple[bytes, str],
    arrived_at: datetime,
    *,
    reason: str | None = None,
) -> AgencyReportInfo:
    """Enter the report of an agency that sent it on paper, with its scan and the time at which it came."""
    _require_agency(group, agency)
    sheet = facts.of_agency(facts.material_of(group, month), month, agency)
    kept = _kept(scan, scan=True)
    digest = agency_reports.paper_digest(agency, sheet, words, kept.sha256, arrived_at)
    act = _receiving(account, group, _obj(group, month, agency, digest), reason)
    return agency_reports.enter_on_paper(permit(act), agency, sheet, words, kept, to=_to(group), arrived_at=arrived_at)
