"""Three people of one group, and a mail server that may fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dean06.notices.models import Mailbox
from flows.conftest import Office, at, found, own
from harness.mail import Server, mail_server
from harness.settled import Settled, settled_once


def _settled(folder):
    return found("quang-ninh-2022", "qn", folder, persons=20)


settled_house = settled_once("notices", _settled)


@pytest.fixture
def house(settled_house: Settled[Office], db: None, home, tmp_path) -> Iterator[Office]:
    """Give a group on a Thursday of August 2022, at nine."""
    made = own(settled_house.again(home), tmp_path)
    with at(2022, 8, 18):
        yield made


@pytest.fixture
def server(settings) -> Iterator[Server]:
    """Give a mail server to which the house sends its letters."""
    with mail_server() as told:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", told.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.PUBLIC_URL = "https://dean06.xa-mau.example"
        yield told


def mailbox(office: Office, role: str, agency: str = "") -> str:
    """Give somebody a confirmed address; returns it."""
    from dean06.clock import service as clock

    address = f"{role}{agency}@xa-mau.example".lower()
    told = {"account": office.account(role, agency), "address": address}
    Mailbox.objects.create(**told, entered_at=clock.now(), confirmed_at=clock.now())
    return address
