"""What people of a group were told, and whether the pages to which they are led open to them."""

from __future__ import annotations

import logging

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from typing_extensions import override

from dean06.flows import news
from dean06.jobs import service as jobs
from dean06.ledger import service as ledger
from dean06.notices.models import Notice
from dean06.offices.types import GroupInfo

BACKEND = "django.contrib.auth.backends.ModelBackend"


class _Listening(logging.Handler):
    """Keeps what is said; a rule that cannot be followed is only told in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def followed() -> int:
    """Let the house follow what was done; no rule may fail."""
    listening = _Listening()
    news.LOG.addHandler(listening)
    try:
        ledger.sequence()
        count = jobs.follow()
    finally:
        news.LOG.removeHandler(listening)
    assert listening.said == []
    return count


def told(account: str, kind: str = "") -> list[tuple[str, str]]:
    """Return (kind, sentence) of what an account was told, the oldest first."""
    rows = Notice.objects.filter(account=account).order_by("pk")
    return [(one.kind, one.vi) for one in (rows.filter(kind=kind) if kind else rows)]


def of_kind(kind: str) -> dict[str, str]:
    """Return the sentence of a kind by account; nobody has two."""
    rows = list(Notice.objects.filter(kind=kind).order_by("pk"))
    found = {str(one.account): one.vi for one in rows}
    assert len(found) == len(rows), [one.vi for one in rows]
    return found


def forget() -> None:
    """Begin anew with what people are told."""
    Notice.objects.all().delete()


def shut(group: GroupInfo) -> list[str]:
    """Return the notices whose page does not open to whoever was told, as status, kind and sentence."""
    browsers: dict[str, Client] = {}
    wrong = []
    for one in Notice.objects.filter(group_id=group.id).order_by("pk"):
        account = str(one.account)
        if account not in browsers:
            browsers[account] = Client()
            browsers[account].force_login(get_user_model().objects.get(public_id=account), BACKEND)
        page = browsers[account].get(reverse(one.route, args=[group.slug, *one.args]))
        if page.status_code != 200:
            wrong.append(f"{page.status_code} {one.kind}: {one.vi}")
    return wrong
