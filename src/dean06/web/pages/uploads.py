"""A file that comes with a form: its bytes, or a sentence that says what is wrong with it."""

from __future__ import annotations

from django.http import HttpRequest

from dean06.clock.errors import BadInput

LIMIT_MB = 20

__all__ = ["LIMIT_MB", "upload"]


def upload(request: HttpRequest, name: str, limit_mb: int = LIMIT_MB) -> bytes:
    """Return the bytes of an uploaded file, or say that there is none or that it is too large."""
    given_ = request.FILES.get(name)
    if given_ is None or not given_.size:
        raise BadInput("Chọn một tệp rồi gửi lại.", "Choose a file, then send again.")
    if given_.size > limit_mb * 1024 * 1024:
        raise BadInput(f"Tệp lớn hơn {limit_mb} MB: gửi tệp nhỏ hơn.", f"The file is over {limit_mb} MB.")
    return bytes(given_.read())
