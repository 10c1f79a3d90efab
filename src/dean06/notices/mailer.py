"""The line to the mail server, step by step, so that a letter the server may have is told from one it cannot have."""

from __future__ import annotations

import smtplib
from collections.abc import Callable

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from dean06.clock.errors import BadInput, Unavailable

REFUSED_FOR_GOOD = range(500, 600)
AWAY = Unavailable(
    "Máy chủ thư không trả lời: thư chờ, sẽ gửi lại.", "The mail server does not answer: letters wait and go later."
)


class Later(Unavailable):
    """The server did not take the letter this time (4xx, or it went away): it goes later."""


class Never(BadInput):
    """The server refuses the letter for good (5xx)."""


class NoSuchBox(Never):
    """The server refuses the address itself for good."""


class Unsure(Unavailable):
    """The line broke while the server had the letter: it is not sent again, for it may have arrived."""


class Line:
    """A connection to the mail server for one round; opened at the first letter."""

    def __init__(self) -> None:
        self.backend: BaseEmailBackend = get_connection()

    def open(self) -> None:
        """Reach the server, or say that it is away; without one set, every letter waits."""
        try:
            self.backend.open()
        except (smtplib.SMTPException, OSError) as problem:
            raise AWAY from problem

    def close(self) -> None:
        """Leave the server."""
        try:
            self.backend.close()
        except (smtplib.SMTPException, OSError):  # it is gone already
            return

    def send(self, mail: EmailMultiAlternatives, begin: Callable[[], None]) -> None:
        """Hand a letter over; `begin` is called when the server is about to get its text, and not before."""
        session = getattr(self.backend, "connection", None)
        if not isinstance(session, smtplib.SMTP):  # a backend that writes letters down instead of sending them
            begin()
            self.backend.send_messages([mail])
            return
        self._envelope(session, mail)
        begin()
        try:
            code, _ = session.data(mail.message().as_bytes().replace(b"\n", b"\r\n"))
        except smtplib.SMTPDataError as problem:  # refused at the word DATA: the text was not sent
            code = problem.smtp_code
        except (smtplib.SMTPException, OSError) as problem:
            raise Unsure("Đường truyền đứt khi đang gửi: không gửi lại.", "The line broke while sending.") from problem
        _judge(code)

    def _envelope(self, session: smtplib.SMTP, mail: EmailMultiAlternatives) -> None:
        try:
            session.rset()
            code, _ = session.mail(_bare(mail.from_email))
            if code >= 300:  # our own sender is not welcome: the operator's trouble, never the reader's
                raise Later(
                    f"Máy chủ thư không nhận người gửi ({code}).", f"The mail server minds the sender ({code})."
                )
            for address in mail.to:
                _judge(session.rcpt(address)[0], NoSuchBox)
        except (smtplib.SMTPServerDisconnected, OSError) as problem:
            self.close()
            raise AWAY from problem


def _bare(sender: str) -> str:
    return sender.rpartition("<")[2].rstrip(">")


def _judge(code: int, never: type[Never] = Never) -> None:
    """Judge an answer of the server by its code; its words may name an address and are not kept."""
    if 200 <= code < 300:
        return
    if code in REFUSED_FOR_GOOD:
        raise never(f"Máy chủ thư từ chối ({code}).", f"The mail server refuses ({code}).")
    raise Later(f"Máy chủ thư hẹn lại ({code}).", f"The mail server says later ({code}).")
