"""What stands in for a mail server while none is set: it refuses every letter, so that none is taken for sent."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from typing_extensions import override

from dean06.clock.errors import Unavailable


class NoMail(BaseEmailBackend):
    """Refuses letters until the operator names a server."""

    @override
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise Unavailable(
            "Chưa khai máy chủ thư (DEAN06_MAIL): người vận hành khai xong thì thư tự đi.",
            "No mail server is set (DEAN06_MAIL): the letters leave once the operator names one.",
        )
