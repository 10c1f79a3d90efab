"""A forgotten password: a link for an hour, once; the page says the same to everybody and takes its time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import inviting, own_account, setup
from dean06.identity.service import recovering
from dean06.jobs import tasks
from dean06.ledger import service as ledger

pytestmark = pytest.mark.django_db
ASK, PASSWORD, OTHER = "/tai-khoan/quen-mat-khau/", "con trâu đi trước cái cày", "cái cày đi sau con trâu"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def owner(home, settings):
    cache.clear()
    settings.EMAIL_BACKEND = LOCMEM
    admin = setup.found_installation("quan-tri", None, "Quản Trị").public_id
    handed = inviting.invite(admin, None, ("tam.nm", "Nguyễn Minh Tâm", "tam@coquan.example"), "/{0}/".format)
    made = own_account.take_up(handed.link.strip("/"), PASSWORD)
    mail.outbox.clear()
    return made.public_id


def asked(name: str, browser: Client | None = None):
    """Ask for a link, and let the worker send what is to be sent."""
    DBTaskResult.objects.all().delete()
    answer = (browser or Client()).post(ASK, {"ten": name})
    for row in DBTaskResult.objects.all():
        tasks.ways_back.func(*row.args_kwargs["args"])
    return answer


def link() -> str:
    return re.search(r"https?://\S+?(/tai-khoan/quen-mat-khau/\S+)", mail.outbox[-1].body)[1]


@pytest.mark.parametrize("name", ["tam.nm", "TAM.NM", " tam@coquan.example "])
def test_a_link_goes_to_the_owner_and_sets_another_password_once(owner, name):
    old = Client()
    old.post("/dang-nhap/", {"username": "tam.nm", "password": PASSWORD})
    asked(name)
    where = link()
    assert "Nguyễn Minh Tâm" in mail.outbox[-1].body
    assert "tam.nm" in Client().get(where).content.decode()
    weak = Client().post(where, {"mot": "ngắn", "hai": "ngắn"})
    assert weak.status_code == 422
    done = Client().post(where, {"mot": OTHER, "hai": OTHER})
    assert done.url == "/dang-nhap/"
    assert get_user_model().objects.get(username="tam.nm").check_password(OTHER)
    again = Client().post(where, {"mot": PASSWORD, "hai": PASSWORD})
    assert again.status_code == 404
    assert "đã dùng hoặc quá một giờ" in again.content.decode()
    assert old.get("/chua-co-vi-tri/").status_code == 302  # every old session ended
    assert [one["action"] for one in ledger.entries_for("account", owner)][-1] == "account.take_up"


def test_a_link_is_good_for_an_hour_and_not_after_the_password_changed(owner):
    token = recovering.token_of(owner)
    with clock.pinned(clock.now() + timedelta(minutes=59)):
        assert recovering.opened(owner, token)
    with clock.pinned(clock.now() + timedelta(minutes=61)), pytest.raises(BadInput, match="quá một giờ"):
        recovering.opened(owner, token)
    with pytest.raises(BadInput):
        recovering.opened(owner, token[:-1] + ("a" if token[-1] != "a" else "b"))
    own_account.recover(owner, token, OTHER)
    with pytest.raises(BadInput):
        own_account.recover(owner, token, PASSWORD)


def test_nobody_learns_whether_an_account_is_there(owner):
    pages = [
        re.sub(r'value="[^"]+"|CSRFToken": "\w+"', "", asked(name).content.decode())
        for name in ("tam.nm", "khong.co", "a@b.vn")
    ]
    assert pages[0] == pages[1] == pages[2]
    assert [one.to for one in mail.outbox] == [["tam@coquan.example"]]
    assert DBTaskResult.objects.count() == 1  # as much is asked of the worker for a name that nobody has


def test_asking_again_and_again_is_held_up_and_the_door_stays_open(owner):
    answers = [asked("tam.nm").status_code for _ in range(12)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert asked("nguoi.khac").status_code == 200
    entered = Client().post("/dang-nhap/", {"username": "tam.nm", "password": PASSWORD})
    assert entered.status_code == 302


def test_without_a_mail_server_the_page_says_whom_to_ask(owner, settings):
    settings.EMAIL_BACKEND = "dean06.papers.post.no_mail.NoMail"
    shown = Client().get(ASK).content.decode()
    assert "Hỏi quản trị tài khoản" in shown
    assert 'name="ten"' not in shown
    asked("tam.nm")
    assert mail.outbox == []
    assert ASK in Client().get("/dang-nhap/").content.decode()
