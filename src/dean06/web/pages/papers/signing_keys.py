"""Khóa ký số: with what the reader signs, and with what the agencies seal: a file, a token, a signing service."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.flows import entering_keys
from dean06.papers.service import keys, signatures
from dean06.papers.service.keys import NewKey
from dean06.web.language import current_language, words
from dean06.web.pages.papers.acts import secret
from dean06.web.pages.uploads import upload
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page

KINDS = (
    ("pkcs12", "Tệp .p12, .pfx", "A .p12 or .pfx file"),
    ("pkcs11", "Thiết bị (USB token, thẻ, HSM)", "A token (USB, card, HSM)"),
    ("csc", "Dịch vụ ký từ xa (CSC)", "A remote signing service (CSC)"),
)
PLACES = {
    "pkcs11": ("library", "token", "label"),
    "csc": ("url", "credential"),
}
LIMIT_MB = 2

__all__ = ["enter", "keys_page", "retire"]


def _sealing(reader: Reader) -> list[dict[str, object]]:
    """Return the agencies whose seals the charter's signers use, with the key of each."""
    codes = dict.fromkeys(reader.charter.seals)
    return [
        {
            "code": code,
            "name": charters.agency_name(reader.charter, code, current_language()),
            "key": keys.in_use(reader.group.id, agency=code),
        }
        for code in codes
    ]


@group_page
def keys_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the keys in use and the form that enters another."""
    own = any(seat.role for seat in reader.seats)
    shown = {
        "head": PageHead(
            title=words("Khóa ký số", "Signing keys"),
            crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
        ),
        "mine": keys.in_use(reader.group.id, account=reader.account) if own else None,
        "agencies": _sealing(reader),
        "kinds": [(code, words(vi, en)) for code, vi, en in KINDS],
        "href": reader.url("papers-key-enter"),
        "retire_href": reader.url("papers-key-retire"),
        "libraries": keys.libraries(),
        "services": keys.services(),
        "seal_mm": signatures.SEAL_MM[0],
    }
    return render(request, "dean06/pages/signing_keys.html", shown)


def _millimetres(text: str) -> float:
    try:
        size = float(text.replace(",", ".") or 0)
    except ValueError as problem:
        raise BadInput(
            "Đường kính dấu: ghi số milimét, ví dụ 36.", "Diameter of the seal: write millimetres."
        ) from problem
    if not 0 <= size <= 60:
        raise BadInput("Đường kính dấu phải từ 0 đến 60 mm.", "The diameter of a seal is 0 to 60 mm.")
    return size


def _picture(request: HttpRequest, *, seal: bool) -> signatures.Picture | None:
    if not request.FILES.get("anh"):
        return None
    size = _millimetres(request.POST.get("duong_kinh", "")) if seal else 0
    return signatures.Picture(upload(request, "anh", LIMIT_MB), size, size)


@sensitive_post_parameters("khoa", "khoa_phien", "khoa_otp")
@require_POST
@group_page
def enter(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter a key: one's own, or an agency's."""
    agency, kind = request.POST.get("co_quan", ""), request.POST.get("loai", "")
    new = NewKey(
        kind=kind,
        place={name: request.POST.get(name, "").strip()[:300] for name in PLACES.get(kind, ())},
        file=upload(request, "tep", LIMIT_MB) if kind == "pkcs12" else b"",
        picture=_picture(request, seal=bool(agency)),
    )
    given = secret(request)
    made = (
        entering_keys.enter_agency(reader.account, reader.group, agency, new, given)
        if agency
        else entering_keys.enter_own(reader.account, reader.group, new, given)
    )
    messages.success(request, words(f"Đã khai khóa của {made.holder}.", f"The key of {made.holder} is entered."))
    return HttpResponseRedirect(reader.url("papers-keys"))


@require_POST
@group_page
def retire(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Use a key no longer."""
    entering_keys.retire(reader.account, reader.group, agency=request.POST.get("co_quan", ""))
    messages.success(request, words("Đã thôi dùng khóa.", "The key is used no longer."))
    return HttpResponseRedirect(reader.url("papers-keys"))
