"""What is done to a paper from its page: facts, words, comments, opinions, its way to signature, number and seal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import digital_signing, paper_signing, paperwork
from dean06.papers.service import forms
from dean06.papers.service.keys import Secret
from dean06.web import confirming
from dean06.web.language import words
from dean06.web.pages.papers.facts import given
from dean06.web.pages.papers.one import FACTS, SAID, VERSIONS, WORDS, found, one
from dean06.web.pages.uploads import upload
from dean06.web.reader import Reader, group_page

WORD, TITLE, TEXT = "muc-", "-ten", "-chu"

__all__ = [
    "appraise",
    "ask",
    "comment",
    "countersign",
    "decline",
    "drop",
    "facts",
    "number",
    "restore",
    "reword",
    "scan",
    "seal",
    "secret",
    "settle",
    "sign",
    "take",
    "take_back",
    "unsign",
]


def _back(reader: Reader, paper_id: int, view: str = "") -> HttpResponseRedirect:
    page = reader.url("papers-one", paper_id)
    return HttpResponseRedirect(f"{page}?xem={view}" if view else page)


@require_POST
@group_page
def facts(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Take other facts, and what the drafter says of the paper."""
    paper = found(reader, paper_id)
    form = forms.form(paper.form)
    paperwork.refill(
        reader.account, reader.group, paper_id, given(form, request.POST), request.POST.getlist("dieu-kien")
    )
    messages.success(request, words("Đã lưu thông tin; dự thảo được làm lại.", "Kept; the draft is made anew."))
    return _back(reader, paper_id, FACTS)


@require_POST
@group_page
def reword(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Take the clerk's titles and texts."""
    found(reader, paper_id)
    keys_ = [key[len(WORD) : -len(TEXT)] for key in request.POST if key.startswith(WORD) and key.endswith(TEXT)]
    typed = {
        key: (str(request.POST.get(f"{WORD}{key}{TITLE}", "")), str(request.POST[f"{WORD}{key}{TEXT}"]))
        for key in keys_
    }
    paperwork.reword(reader.account, reader.group, paper_id, typed)
    messages.success(request, words("Đã lưu câu chữ.", "Your words are kept."))
    return _back(reader, paper_id, WORDS)


@require_POST
@group_page
def take(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Take an edited .docx back as the text of the sections, and show what it changed."""
    found(reader, paper_id)
    paperwork.take_docx(reader.account, reader.group, paper_id, upload(request, "tep"))
    messages.success(request, words("Đã nhận lời văn từ tệp .docx; chỗ đổi ở dưới.", "The words of the file are in."))
    return _back(reader, paper_id, VERSIONS)


@require_POST
@group_page
def restore(request: HttpRequest, reader: Reader, paper_id: int, number: int) -> HttpResponse:
    """Take an earlier version up again."""
    found(reader, paper_id)
    paperwork.restore(reader.account, reader.group, paper_id, number)
    messages.success(request, words(f"Đã lấy lại bản {number}.", f"Version {number} is taken up again."))
    return _back(reader, paper_id, VERSIONS)


@require_POST
@group_page
def comment(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Say something of a draft."""
    found(reader, paper_id)
    text, section = request.POST.get("gop_y", ""), request.POST.get("muc", "")
    paperwork.comment(reader.account, reader.group, paper_id, text, section=section)
    messages.success(request, words("Đã ghi góp ý.", "Your comment is kept."))
    return _back(reader, paper_id, SAID)


@require_POST
@group_page
def settle(_request: HttpRequest, reader: Reader, paper_id: int, comment_id: int) -> HttpResponse:
    """Mark a comment as dealt with."""
    found(reader, paper_id)
    paperwork.settle(reader.account, reader.group, paper_id, comment_id)
    return _back(reader, paper_id, SAID)


@require_POST
@group_page
def appraise(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Give the opinion that the charter wants before the leader signs."""
    found(reader, paper_id)
    agrees = request.POST.get("dong_y") == "1"
    paperwork.appraise(reader.account, reader.group, paper_id, request.POST.get("y_kien", ""), agrees=agrees)
    messages.success(request, words("Đã ghi ý kiến thẩm định.", "The opinion is kept."))
    return _back(reader, paper_id)


@require_POST
@group_page
def ask(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Put a paper before a signer."""
    found(reader, paper_id)
    seat = request.POST.get("nguoi_ky", "")
    if not seat.isdecimal():
        raise BadInput("Chọn người ký rồi trình lại.", "Choose a signer, then send again.")
    lies = paper_signing.ask_signature(
        reader.account, reader.group, paper_id, int(seat), note=request.POST.get("ghi_chu", "")
    )
    messages.success(request, words(f"Đã trình {lies.title}.", f"Put before {lies.title}."))
    return _back(reader, paper_id)


@require_POST
@group_page
def take_back(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Take a paper back from its signer."""
    found(reader, paper_id)
    paper_signing.take_back(reader.account, reader.group, paper_id)
    messages.success(request, words("Đã rút về để sửa.", "Taken back to be changed."))
    return _back(reader, paper_id)


@require_POST
@group_page
def decline(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Return a paper unsigned, with a reason."""
    found(reader, paper_id)
    paper_signing.decline(reader.account, reader.group, paper_id, request.POST.get("ly_do_tra", ""))
    messages.success(request, words("Đã trả lại người soạn.", "Returned to its drafter."))
    return _back(reader, paper_id)


@require_POST
@group_page
def drop(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Drop a draft."""
    found(reader, paper_id)
    paperwork.drop(reader.account, reader.group, paper_id)
    messages.success(request, words("Đã bỏ dự thảo.", "The draft is dropped."))
    return HttpResponseRedirect(reader.url("papers"))


def secret(request: HttpRequest) -> Secret:
    """Return what was typed to open a key; it is used and forgotten."""
    return Secret(
        text=request.POST.get("khoa", ""),
        token=request.POST.get("khoa_phien", ""),
        otp=request.POST.get("khoa_otp", ""),
    )


@sensitive_post_parameters("khoa", "khoa_phien", "khoa_otp")
@confirming.signs(one)
def sign(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Sign the very draft that was read: digitally with one's key, or by hand; numbered at once where one may."""
    found(reader, paper_id)
    reason, seen = request.POST.get("ly_do") or None, request.POST.get("ban", "")
    if request.POST.get("cach") == "so":
        made = digital_signing.sign(reader.account, reader.group, paper_id, secret(request), reason=reason, seen=seen)
    else:
        made = paper_signing.issue_by_hand(reader.account, reader.group, paper_id, reason=reason, seen=seen)
    told = (
        (f"Đã ký, cấp số {made.label}.", f"Signed and numbered {made.label}.")
        if made.issued
        else ("Đã ký số; văn thư cấp số.", "Signed; the clerk numbers it.")
    )
    messages.success(request, words(*told))
    return _back(reader, paper_id)


@sensitive_post_parameters("khoa", "khoa_phien", "khoa_otp")
@confirming.signs(one)
def countersign(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Sign one's own part of a signed paper, as its secretary does."""
    found(reader, paper_id)
    made = digital_signing.countersign(reader.account, reader.group, paper_id, secret(request))
    told = (
        (f"Đã ký, cấp số {made.label}.", f"Signed and numbered {made.label}.")
        if made.issued
        else ("Đã ký phần của bạn.", "Your part is signed.")
    )
    messages.success(request, words(*told))
    return _back(reader, paper_id)


@require_POST
@group_page
def number(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Give a signed paper its number and date."""
    found(reader, paper_id)
    made = digital_signing.number(reader.account, reader.group, paper_id)
    messages.success(request, words(f"Đã cấp số {made.label}.", f"Numbered {made.label}."))
    return _back(reader, paper_id)


@require_POST
@group_page
def unsign(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Take a signature off a paper that has no number yet."""
    found(reader, paper_id)
    digital_signing.unsign(reader.account, reader.group, paper_id)
    messages.success(request, words("Đã bỏ chữ ký; văn bản trở lại dự thảo.", "The signature is off; a draft again."))
    return _back(reader, paper_id)


@sensitive_post_parameters("khoa", "khoa_phien", "khoa_otp")
@confirming.signs(one)
def seal(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Seal a numbered paper with the agency's key."""
    found(reader, paper_id)
    digital_signing.seal(reader.account, reader.group, paper_id, secret(request))
    messages.success(request, words("Đã đóng dấu (ký số của cơ quan).", "Sealed, by the agency's signature."))
    return _back(reader, paper_id)


@require_POST
@group_page
def scan(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Keep the scan of a paper signed by hand."""
    found(reader, paper_id)
    paper_signing.attach_scan(reader.account, reader.group, paper_id, upload(request, "tep", 50))
    messages.success(request, words("Đã lưu bản quét.", "The scan is kept."))
    return _back(reader, paper_id)
