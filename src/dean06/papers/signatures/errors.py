"""What signing refuses: each with a code that a screen or a test can tell apart."""

from __future__ import annotations

from dean06.clock.errors import BadInput, Unavailable

__all__ = ["ServiceSilent", "SigningRefused"]


class SigningRefused(BadInput):
    """Nothing was signed: the key, the certificate, the image or the file is not fit for it."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.code = code


class ServiceSilent(Unavailable):
    """Nothing was signed: a token, a signing service or a time stamp service did not do its part."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.code = code
