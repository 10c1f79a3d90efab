"""A file that comes with a form: how large the request may be, its bytes and name, or a sentence on what is wrong."""

from __future__ import annotations

import re
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from dean06.clock.errors import BadInput
from dean06.web.views_errors import too_large, unmeasured

LIMIT_MB = 20
MEGABYTE = 1024 * 1024
LENGTH = re.compile(r"[0-9]{1,18}")

__all__ = ["LIMIT_MB", "chosen", "file_name", "unfit", "upload"]


def unfit(request: HttpRequest, limit_mb: int, back: str) -> HttpResponse | None:
    """Refuse an upload that is too large or does not say how large it is, before any of it is read.

    One megabyte is left for what a form weighs beside its file.
    """
    if request.method != "POST":
        return None
    said = request.headers.get("Content-Length", "")
    if not LENGTH.fullmatch(said):
        return unmeasured(request, 400 if said else 411, back)
    return too_large(request, limit_mb, back) if int(said) > (limit_mb + 1) * MEGABYTE else None


def chosen(request: HttpRequest, name: str, limit_mb: int = LIMIT_MB) -> UploadedFile[bytes]:
    """Return an uploaded file, or say that there is none or that it is too large."""
    given = request.FILES.get(name)
    if given is None or not given.size or not given.name:
        raise BadInput("Chọn một tệp rồi gửi lại.", "Choose a file, then send again.")
    if given.size > limit_mb * MEGABYTE:
        raise BadInput(f"Tệp lớn hơn {limit_mb} MB: gửi tệp nhỏ hơn.", f"The file is over {limit_mb} MB.")
    return given


def upload(request: HttpRequest, name: str, limit_mb: int = LIMIT_MB) -> bytes:
    """Return the bytes of an uploaded file, or say that there is none or that it is too large."""
    return bytes(chosen(request, name, limit_mb).read())


def file_name(given: UploadedFile[bytes]) -> str:
    """Return the bare name of an uploaded file, cut to what is kept."""
    return PurePath(given.name or "").name[:200]
