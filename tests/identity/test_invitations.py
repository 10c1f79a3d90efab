"""Invitations: a link serves once and for a time, its digest alone is kept, a disabled account is out at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import inviting, own_account, setup
from dean06.identity import service as identity
from dean06.identity.models import Invitation
from dean06.identity.service import invitations
from dean06.ledger import service as ledger
from flows.conftest import Office, at, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

PASSWORD = "sáng mai trời đẹp"  # noqa: S105  of made-up people
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """What is tried here is not how slowly a password is hashed."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def admin() -> str:
    return setup.found_installation("quan-tri", PASSWORD, "Quản Trị").public_id


def link(token: str) -> str:
    return f"http://testserver/tai-khoan/loi-moi/{token}/"


def invited(admin: str, name: str = "tam.nm", address: str = "") -> inviting.Handed:
    return inviting.invite(admin, None, (name, "Nguyễn Minh Tâm", address), link)


def token_of(handed: inviting.Handed) -> str:
    return handed.link.rstrip("/").rpartition("/")[2]


def test_a_link_serves_once_and_its_words_are_kept_nowhere(admin):
    handed = invited(admin)
    token = token_of(handed)
    assert token not in str(list(Invitation.objects.values()))
    made = own_account.take_up(token, PASSWORD)
    assert get_user_model().objects.get(username="tam.nm").check_password(PASSWORD)
    with pytest.raises(BadInput, match="đã dùng"):
        own_account.take_up(token, "mật khẩu khác dài")
    told = [one["action"] for one in ledger.entries_for("account", made.public_id)]
    assert told == ["account.invite", "account.take_up"]


def test_a_link_runs_out_is_taken_back_and_is_followed_by_another(admin):
    first = token_of(invited(admin))
    with clock.pinned(clock.now() + invitations.JOIN_FOR + timedelta(minutes=1)), pytest.raises(BadInput):
        invitations.opened(first)
    owner = invitations.opened(first).public_id
    again = token_of(inviting.renew(admin, None, owner, link))
    with pytest.raises(BadInput):
        invitations.opened(first)
    inviting.withdraw(admin, None, owner)
    with pytest.raises(BadInput):
        invitations.opened(again)


def test_a_weak_password_uses_no_link_up(admin):
    token = token_of(invited(admin))
    with pytest.raises(BadInput, match="12 ký tự"):
        own_account.take_up(token, "ngắn")
    assert own_account.take_up(token, PASSWORD)


def test_the_letter_goes_by_the_server_or_the_slip_is_handed_over(admin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    handed = invited(admin, address="tam@coquan.example")
    assert handed.sent
    assert handed.link in mail.outbox[0].body
    settings.EMAIL_BACKEND = "dean06.papers.post.no_mail.NoMail"
    assert not invited(admin, "tam.khac", "tam2@coquan.example").sent


def test_who_may_invite_disable_and_open_again(home, tmp_path):
    office: Office = found("quang-ninh-2022", "qn", tmp_path, persons=60)
    said = ("moi.nguoi", "Người Được Mời", "")
    with at(2022, 7, 1):
        for by in ("leader", "secretariat"):
            handed = inviting.invite(office.account(by), office.group, (f"{by[:6]}.moi", *said[1:]), link)
        with pytest.raises(Refused):
            inviting.invite(office.account("member", "BHXH"), office.group, said, link)
        owner = handed.made.account.public_id
        with pytest.raises(Refused):
            inviting.disable(office.account("leader"), owner, "nghỉ việc")
        inviting.disable(office.admin, owner, "nghỉ việc")
        with pytest.raises(BadInput):
            inviting.disable(office.admin, office.admin, "tự khóa")
        inviting.enable(office.admin, owner, "trở lại")
    told = [one["action"] for one in ledger.entries_for("account", owner)]
    assert told == ["account.invite", "account.disable", "account.enable"]


def test_a_group_renews_the_links_of_its_own_people_alone(home, tmp_path):
    office: Office = found("quang-ninh-2022", "qn", tmp_path, persons=60)
    with at(2022, 7, 1):
        stranger = inviting.invite(office.admin, None, ("nguoi.la", "Người Lạ", ""), link).made.account.public_id
        with pytest.raises(BadInput, match="Không có tài khoản"):
            inviting.renew(office.account("secretariat"), office.group, stranger, link)


def test_disabling_ends_every_session_and_opening_again_revives_none(admin):
    owner = own_account.take_up(token_of(invited(admin)), PASSWORD)
    browser = Client()
    browser.force_login(get_user_model().objects.get(username=owner.username), BACKEND)
    assert browser.get("/tai-khoan/hai-lop/").status_code == 200
    inviting.disable(admin, owner.public_id, "nghỉ việc")
    assert browser.get("/tai-khoan/hai-lop/").status_code == 302
    inviting.enable(admin, owner.public_id, "trở lại")
    assert browser.get("/tai-khoan/hai-lop/").status_code == 302
    assert identity.account(owner.username).is_active


def test_the_page_of_a_link_sets_the_password_and_signs_in(admin):
    token = token_of(invited(admin))
    browser = Client()
    page = link(token).removeprefix("http://testserver")
    assert "Nguyễn Minh Tâm" in browser.get(page).content.decode()
    wrong = browser.post(page, {"mot": PASSWORD, "hai": "khác hẳn đi"})
    assert wrong.status_code == 422
    assert browser.post(page, {"mot": PASSWORD, "hai": PASSWORD}).url == "/"
    assert browser.get("/tai-khoan/hai-lop/").status_code == 200
    assert Client().get(page).status_code == 404
    assert Client().get("/tai-khoan/loi-moi/doan-mo/").status_code == 404


def test_pages_of_the_administration_are_for_administrators_alone(admin):
    owner = own_account.take_up(token_of(invited(admin)), PASSWORD)
    people = {name: Client() for name in ("quan-tri", owner.username)}
    for name, browser in people.items():
        browser.force_login(get_user_model().objects.get(username=name), BACKEND)
    for page in ("/quan-tri/tai-khoan/", f"/quan-tri/tai-khoan/{owner.public_id}/"):
        assert people["quan-tri"].get(page).status_code == 200
        assert people[owner.username].get(page).status_code == 404
    unknown = "/quan-tri/tai-khoan/00000000-0000-4000-8000-00000000ffff/"
    assert people["quan-tri"].get(unknown).status_code == 404
    given = {"ho_ten": "Người Mới Tinh", "thu": ""}
    slip = people["quan-tri"].post("/quan-tri/tai-khoan/moi/", given)
    assert "/tai-khoan/loi-moi/" in slip.content.decode()
    assert people[owner.username].post("/quan-tri/tai-khoan/moi/", given).status_code == 404
