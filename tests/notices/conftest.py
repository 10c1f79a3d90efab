"""Three people of one group, and a mail server that may fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dean06.notices.models import Mailbox
from flows.conftest import Office, at, found, own
from harness.mail import Server, served_by
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
    with served_by(settings) as told:
        yield told


def mailbox(office: Office, role: str, agency: str = "") -> str:
    """Give somebody a confirmed address; returns it."""
    from dean06.clock import service as clock

    address = f"{role}{agency}@xa-mau.example".lower()
    told = {"account": office.account(role, agency), "address": address}
    Mailbox.objects.create(**told, entered_at=clock.now(), confirmed_at=clock.now())
    return address
