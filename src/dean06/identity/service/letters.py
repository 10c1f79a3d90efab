"""Short letters to the owners of accounts, through the installation's mail server; without one nothing is sent."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from dean06.clock.errors import Unavailable

NO_MAIL = ".NoMail"  # the backend of an installation without a mail server

__all__ = ["configured", "send"]


def configured() -> bool:
    """Say whether the installation has a mail server."""
    return not settings.EMAIL_BACKEND.endswith(NO_MAIL)


def send(address: str, subject: str, lines: Sequence[str]) -> bool:
    """Send a letter; returns whether the server took it. Where it did not, its matter is handed over on paper."""
    mail = EmailMessage(subject=" ".join(subject.split())[:200], body="\n".join((*lines, "")), to=[address])
    try:
        return bool(mail.send())
    except (Unavailable, SMTPException, OSError):
        return False
