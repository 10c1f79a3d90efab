"""Accounts: the first one opens an installation, the others are made by whoever the installation's charter allows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput
from dean06.flows import setup
from dean06.identity import service as identity
from flows.conftest import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def test_the_first_account_opens_an_installation_and_only_the_first():
    setup.found_installation("quan-tri", "mat-khau-rat-dai", "Quản Trị")
    with pytest.raises(BadInput, match="Đã có"):
        setup.found_installation("khac", "mat-khau-rat-dai", "Khác")


def test_only_an_administrator_of_accounts_makes_accounts():
    first = setup.found_installation("quan-tri", None, "Quản Trị").public_id
    made = setup.open_account(first, "can-bo", None, "Cán Bộ")
    with pytest.raises(Refused):
        setup.open_account(made.public_id, "ke-khac", None, "Kẻ Khác")
    with pytest.raises(BadInput, match="can-bo"):
        setup.open_account(first, "can-bo", None, "Trùng Tên")


def test_an_unknown_account_is_named():
    with pytest.raises(BadInput, match="khong-co"):
        identity.account("khong-co")


def test_a_language_that_is_not_spoken_here_is_refused():
    first = setup.found_installation("quan-tri", None, "Quản Trị")
    identity.set_language(first.public_id, "en")
    assert identity.account("quan-tri").language == "en"
    with pytest.raises(BadInput):
        identity.set_language(first.public_id, "fr")


def test_the_page_of_signing_in_asks_as_much_however_many_accounts_a_demonstration_has(tmp_path):
    office = found("quang-ninh-2022", "qn", tmp_path)

    def opened(number: int) -> tuple[int, str]:
        for place in range(number):
            setup.open_account(office.admin, f"them-{number}-{place}", None, "Người Xem", is_demo=True)
        with CaptureQueriesContext(connection) as asked:
            shown = Client().get("/dang-nhap/").content.decode()
        return len(asked), shown

    few, _ = opened(1)
    many, shown = opened(20)
    assert many == few
    assert shown.count("Người Xem") == 21
