"""A NUL character is no text, and PostgreSQL takes none: it is refused at the door, whatever page it was for."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("address", ["/?q=a%00b", "/kiem-tra-chu-ky/?ten=%00", "/t/qn/tim/?q=%00"])
def test_what_is_asked_with_a_nul_is_refused(db, client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "ký tự NUL" in answer.content.decode()


@pytest.mark.parametrize("address", ["/t/%00/", "/xac-thuc/%00/", "/khong-co-trang-nay%00"])
def test_no_page_stands_at_an_address_with_a_nul(db, client, address):
    assert client.get(address).status_code == 404


def test_a_form_with_a_nul_is_refused(db, client):
    answer = client.generic("POST", "/ngon-ngu/", "ngon_ngu=vi%00", "application/x-www-form-urlencoded")
    assert answer.status_code == 400
