"""The pages of whoever opens an address: shown once, seen by its maker and the leaders, revoked by a button."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from dean06.reconcile.models import LookupAddress
from openrefine.conftest import WHY, Address, Groups, query

HOME = "/t/qn/openrefine/"
FORM = {"muc_dich": WHY, "nguon": "bhyt", "gio": "2", "truong": ["ngay_sinh", "ho_ten_cha"]}


def browser(groups: Groups, role: str) -> Client:
    made = Client()
    made.force_login(get_user_model().objects.get(public_id=groups.here.account(role)))
    return made


def page(client: Client, path: str = HOME) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_an_address_is_opened_on_the_page_shown_once_and_revoked(groups):
    member = browser(groups, "member")
    assert "Chưa mở địa chỉ nào" in page(member)
    shown = member.post(f"{HOME}lap/", FORM).content.decode()
    token = re.search(r"/openrefine/([A-Za-z0-9_-]{43})/0\.2/", shown)
    assert token
    row = LookupAddress.objects.get()
    assert (row.fields, row.source, row.purpose) == (["ngay_sinh", "ho_ten_cha"], "bhyt", WHY)
    address = Address(row, token[1])
    assert address.match(query("Nguyen Van An"))[0]
    one = f"{HOME}{row.public_id}/"
    for path in (HOME, one):
        told = page(member, path)
        assert WHY in told
        assert token[1] not in told
    assert re.search(r"Lượt người đã hiện</dt>\s*<dd>3<", page(member, one))
    assert member.post(f"{one}thu-hoi/").status_code == 302
    assert "Đã thu hồi" in page(member)
    assert "Thu hồi ngay" not in page(member, one)
    assert address.old().status_code == 404


def test_leaders_see_every_address_and_others_their_own(groups):
    member = browser(groups, "member")
    member.post(f"{HOME}lap/", FORM)
    one = f"{HOME}{LookupAddress.objects.get().public_id}/"
    assert WHY in page(browser(groups, "leader"))
    clerk = browser(groups, "clerk")
    assert clerk.get(one).status_code == 404
    assert "Mở địa chỉ</button>" not in page(clerk)
    assert clerk.post(f"{HOME}lap/", FORM).status_code == 403
    assert browser(groups, "leader").post(f"{one}thu-hoi/").status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"muc_dich": "xem"}, "Nêu mục đích"),
        ({"gio": "99"}, "sống từ 1 đến 12 giờ"),
        ({"gio": "hai"}, "số giờ bằng chữ số"),
        ({"nguon": "khong-co"}, "Không có nguồn"),
    ],
)
def test_a_form_that_cannot_be_taken_stands_there_again(groups, change, said):
    answer = browser(groups, "leader").post(f"{HOME}lap/", FORM | change)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert said in told
    assert "checked" in told
    assert LookupAddress.objects.count() == 0
