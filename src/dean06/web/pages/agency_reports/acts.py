"""What is done with an agency's report: begun, written, sent, taken back, received, returned, entered from paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import agency_reporting as journey
from dean06.papers.service import pieces
from dean06.reports.service import agency_reports
from dean06.reports.service.agency_reports import agency_form
from dean06.reports.types import Correction
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.agency_reports.one import checked, page
from dean06.web.pages.days import day_given
from dean06.web.pages.numbers import number_given
from dean06.web.pages.slips import Misfilled
from dean06.web.pages.uploads import upload
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON

__all__ = [
    "attach",
    "begin",
    "copy",
    "detach",
    "file",
    "paper",
    "receive",
    "return_it",
    "sent",
    "take_back",
    "write",
]


def _back(request: HttpRequest, reader: Reader, month: str, agency: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reader.url("agency-reports-one", month, agency))


def _reason(request: HttpRequest) -> str | None:
    return " ".join(request.POST.get(REASON, "").split())[:1000] or None


@require_POST
@group_page
def begin(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Make the report from what the platform counts, or count anew."""
    checked(reader, month, agency)
    journey.begin(reader.account, reader.group, month, agency)
    said = words(
        "Đã điền số liệu của kỳ; viết phần lời rồi gửi.", "The figures are filled in; write the words, then send."
    )
    return _back(request, reader, month, agency, said)


def _typed(request: HttpRequest) -> tuple[dict[str, str], dict[str, Correction]]:
    said = {part.key: request.POST.get(f"phan-{part.key}", "").strip() for part in agency_form().parts}
    corrected = {}
    for code in agency_form().figures:
        text = request.POST.get(f"so-{code}", "").strip()
        if not text:
            continue
        try:
            value = number_given(text, code)
        except BadInput as problem:
            raise Misfilled(f"so-{code}", problem.vi, problem.en) from problem
        corrected[code] = Correction(value=value, reason=" ".join(request.POST.get(f"ly-{code}", "").split()))
    return {key: text for key, text in said.items() if text}, corrected


@require_POST
@group_page
def write(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Keep the agency's words and its own figures; with «gui» send it at once."""
    checked(reader, month, agency)
    try:
        said, corrected = _typed(request)
        journey.write(reader.account, reader.group, month, agency, said, corrected)
        if not request.POST.get("gui"):
            return _back(request, reader, month, agency, words("Đã lưu.", "Kept."))
        report = journey.send(reader.account, reader.group, month, agency, reason=_reason(request))
    except BadInput as problem:
        return page(request, reader, month, agency, problem)
    at = writing.instant(report.last.arrived_at) if report.last else ""
    return _back(request, reader, month, agency, words(f"Đã gửi lúc {at}.", f"Sent at {at}."))


@require_POST
@group_page
def copy(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Take over last month's words where this month has none."""
    checked(reader, month, agency)
    journey.copy_words(reader.account, reader.group, month, agency)
    said = words("Đã chép câu chữ tháng trước vào phần còn trống.", "Last month's words fill the empty parts.")
    return _back(request, reader, month, agency, said)


@require_POST
@group_page
def attach(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Put a file beside the report."""
    checked(reader, month, agency)
    journey.attach(reader.account, reader.group, month, agency, (upload(request, "tep"), _name(request, "tep")))
    return _back(request, reader, month, agency, words("Đã đính kèm tệp.", "The file is attached."))


def _name(request: HttpRequest, field: str) -> str:
    given = request.FILES.get(field)
    return PurePath(given.name).name if given is not None and given.name else "tep"


@require_POST
@group_page
def detach(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Take a file away from the report."""
    checked(reader, month, agency)
    given = request.POST.get("tep", "")
    if not given.isdecimal():
        raise BadInput("Chọn tệp cần bỏ.", "Choose the file to take away.")
    journey.detach(reader.account, reader.group, month, agency, int(given))
    return _back(request, reader, month, agency, words("Đã bỏ tệp.", "The file is taken away."))


@require_POST
@group_page
def take_back(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Take the report back while nobody has received it."""
    checked(reader, month, agency)
    journey.take_back(reader.account, reader.group, month, agency, reason=_reason(request))
    return _back(request, reader, month, agency, words("Đã rút lại; sửa rồi gửi.", "Taken back; mend and send."))


@require_POST
@group_page
def receive(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Take the report in."""
    checked(reader, month, agency)
    journey.receive(reader.account, reader.group, month, agency, reason=_reason(request))
    return _back(request, reader, month, agency, words("Đã tiếp nhận.", "Received."))


@require_POST
@group_page
def return_it(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Return the report for a reason."""
    checked(reader, month, agency)
    journey.return_it(reader.account, reader.group, month, agency, _reason(request) or "")
    said = words("Đã trả lại; cơ quan sửa rồi gửi lại.", "Returned; the agency mends it and sends it again.")
    return _back(request, reader, month, agency, said)


@require_POST
@group_page
def paper(request: HttpRequest, reader: Reader, month: str, agency: str) -> HttpResponse:
    """Enter a report that came on paper, with its scan and the time at which it came."""
    checked(reader, month, agency)
    day = day_given(request.POST.get("ngay", ""), words("Ngày đến", "Day of arrival"))
    try:
        hour = datetime.strptime(request.POST.get("gio", "").strip(), "%H:%M").time()  # noqa: DTZ007  an hour has no zone
    except ValueError as problem:
        raise BadInput("Giờ đến: ghi giờ:phút, ví dụ 16:30.", "Hour of arrival: write it like 16:30.") from problem
    arrived = datetime.combine(day, hour, tzinfo=clock.TZ)
    scan = (upload(request, "ban_quet"), _name(request, "ban_quet"))
    said, _ = _typed(request)
    journey.enter_on_paper(reader.account, reader.group, month, agency, said, scan, arrived, reason=_reason(request))
    return _back(request, reader, month, agency, words("Đã nhập báo cáo giấy.", "The paper report is entered."))


@group_page
def file(_request: HttpRequest, reader: Reader, month: str, agency: str, attached_id: int) -> HttpResponseBase:
    """Hand out a file beside the report, its checksum verified."""
    checked(reader, month, agency)
    found = agency_reports.attached_file(reader.viewer, reader.group.id, attached_id)
    if found is None:
        raise Http404
    path = pieces.kept_upload(found.sha256, found.suffix)
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.name)


@group_page
def sent(_request: HttpRequest, reader: Reader, month: str, agency: str, sending: int) -> HttpResponse:
    """Hand out the very bytes of a sending; their SHA-256 is the one on the page."""
    checked(reader, month, agency)
    report = agency_reports.one(reader.viewer, reader.group.id, month, agency)
    found = next((one for one in report.sendings if one.version == sending), None) if report else None
    if found is None:
        raise Http404
    response = HttpResponse(agency_reports.frozen(found.content), content_type="application/json")
    name = f"bao-cao-{agency.lower()}-{month}-lan-{sending}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
