"""Before a signature the person is asked again: password and code on the page itself, for five minutes of a session."""

from __future__ import annotations

import html
import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from dean06.clock import service as clock
from dean06.flows import reporting
from dean06.identity import models, one_time_codes
from dean06.identity.service import second_factor
from dean06.reports.service import months as reports
from flows.conftest import at
from harness.signing import PASSWORD, code_of, credentials, phone
from web.neighbours import client, viewer

MONTH = "2022-09"
OWN = "/tai-khoan/hai-lop/"
WRONG = "Mật khẩu hoặc mã xác thực không đúng"


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def drafted(office_hours):
    """Our group, with the report of a month that waits for its leader's signature."""
    ours = office_hours.ours
    with at(2022, 9, 3):
        reporting.make(ours.account("secretariat"), ours.group, MONTH)
        yield ours


def page(office, month: str = MONTH) -> str:
    return reverse("reports-one", args=[office.group.slug, month])


def text_of(answer) -> str:
    return html.unescape(answer.content.decode())


def token(browser: Client, office, month: str = MONTH) -> dict[str, str]:
    return {"ban": re.search(r'name="ban" value="(\w+)"', text_of(browser.get(page(office, month))))[1], "da_doc": "1"}


def signed(office, month: str = MONTH) -> bool:
    return reports.report(viewer(office), office.group.id, month).issued


def test_who_has_no_second_factor_is_led_to_set_one_up_and_back(drafted):
    leader = client(drafted)
    shown = text_of(leader.get(page(drafted)))
    assert "Ký và cấp số" not in shown
    assert f'href="{OWN}?tiep=%2Ft%2Fto-a%2Fbao-cao%2F2022-09%2F"' in shown
    answer = leader.post(f"{page(drafted)}ky/", {"mat_khau": PASSWORD, "ma": "000000"})
    assert answer.status_code == 422
    assert "Cài xác thực hai lớp" in text_of(answer)
    assert not signed(drafted)
    asked = text_of(leader.get(f"{OWN}?tiep={page(drafted)}"))
    assert f'name="tiep" value="{page(drafted)}"' in asked
    away = text_of(leader.get(f"{OWN}?tiep=//ke-gian.example/"))
    assert "ke-gian" not in away.replace(f"{OWN}?tiep=//ke-gian", "")


def test_the_page_is_shown_again_with_the_sentence_and_what_was_typed(drafted):
    known = credentials(drafted.account("leader"))
    leader = client(drafted)
    for wrong in ({"ma": "000000"}, {"mat_khau": "mat-khau-khac"}, {"ma": ""}):
        answer = leader.post(f"{page(drafted)}ky/", token(leader, drafted) | known | wrong)
        shown = text_of(answer)
        assert answer.status_code == 422
        assert (WRONG in shown) is (wrong != {"ma": ""})
        assert '<a href="#xac-nhan-ma">' in shown
        assert 'id="xac-nhan-ma_error"' in shown
        assert re.search(r'name="da_doc" value="1" required checked', shown)
        assert known["ma"] not in shown
        assert PASSWORD not in shown
    assert not signed(drafted)
    done = leader.post(f"{page(drafted)}ky/", token(leader, drafted) | known, follow=True)
    assert "Đã phát hành số 02/BC-TCTĐA" in text_of(done)


def test_a_changed_draft_is_not_marked_as_read(drafted):
    leader = client(drafted)
    phone(drafted.account("leader"))
    leader = client(drafted)
    again = leader.post(f"{page(drafted)}ky/", {"ban": "0" * 64, "da_doc": "1", "mat_khau": "x", "ma": "1"})
    assert not re.search(r'name="da_doc" value="1" required checked', text_of(again))


def test_one_confirmation_serves_for_five_minutes_and_one_session(drafted):
    reporting.make(drafted.account("secretariat"), drafted.group, "2022-07")
    known = credentials(drafted.account("leader"))
    leader, elsewhere = client(drafted), client(drafted)
    with at(2022, 9, 4):
        known["ma"] = code_of(drafted.account("leader"))
        leader.post(f"{page(drafted)}ky/", token(leader, drafted) | known)
        assert signed(drafted)
        assert "không hỏi lại mật khẩu đến 09:05" in text_of(leader.get(page(drafted, "2022-07")))
        assert "Mật khẩu của bạn" in text_of(elsewhere.get(page(drafted, "2022-07")))
    shown = token(leader, drafted, "2022-07")
    with clock.pinned(clock.at_start_of(clock.today()).replace(day=4, hour=9, minute=5)):
        assert "Mật khẩu của bạn" in text_of(leader.get(page(drafted, "2022-07")))
        assert leader.post(f"{page(drafted, '2022-07')}ky/", shown).status_code == 422
        assert not signed(drafted, "2022-07")
    with clock.pinned(clock.at_start_of(clock.today()).replace(day=4, hour=9, minute=4, second=59)):
        assert elsewhere.post(f"{page(drafted, '2022-07')}ky/", shown).status_code == 422
        assert leader.post(f"{page(drafted, '2022-07')}ky/", shown).status_code == 302
    assert signed(drafted, "2022-07")


def test_a_code_that_signed_in_one_session_signs_in_no_other(drafted):
    reporting.make(drafted.account("secretariat"), drafted.group, "2022-07")
    known = credentials(drafted.account("leader"))
    leader, elsewhere = client(drafted), client(drafted)
    assert leader.post(f"{page(drafted)}ky/", token(leader, drafted) | known).status_code == 302
    again = elsewhere.post(f"{page(drafted, '2022-07')}ky/", token(elsewhere, drafted, "2022-07") | known)
    assert again.status_code == 422
    assert not signed(drafted, "2022-07")


def test_another_s_confirmation_is_nobody_else_s(drafted):
    known = credentials(drafted.account("standing_deputy"))
    credentials(drafted.account("leader"))
    leader = client(drafted)
    assert leader.post(f"{page(drafted)}ky/", token(leader, drafted) | known).status_code == 422
    assert not signed(drafted)


def test_a_demonstration_shows_its_code_beside_the_field_and_it_signs(drafted):
    person = models.Account.objects.get(public_id=drafted.account("leader"))
    person.is_demo = True
    person.set_password(PASSWORD)
    person.save()
    second_factor.set_up_demo(person)
    leader = client(drafted)
    shown = text_of(leader.get(page(drafted)))
    code = re.search(r'id="ma-trinh-dien"[^>]*>(\d{6})<', shown)[1]
    assert leader.get(f"{OWN}ma-trinh-dien/").content.decode() == code
    done = leader.post(f"{page(drafted)}ky/", token(leader, drafted) | {"mat_khau": PASSWORD, "ma": code})
    assert done.status_code == 302
    assert signed(drafted)
    assert client(drafted, "standing_deputy").get(f"{OWN}ma-trinh-dien/").status_code == 204
    assert "Bỏ xác thực hai lớp" not in text_of(leader.get(OWN))


def set_up(browser: Client, account: str) -> tuple[bytes, str]:
    """Set a factor up as the page asks; returns the secret and the answer with the recovery codes."""
    browser.post(f"{OWN}cai/")
    shown = text_of(browser.get(OWN))
    secret = second_factor._secret(models.SecondFactor.objects.get(account__public_id=account))
    assert one_time_codes.typed(secret) in shown
    assert '<svg class="qr"' in shown
    assert "style=" not in shown
    code = one_time_codes.code_at(secret, clock.now())
    return secret, text_of(browser.post(f"{OWN}xac-nhan/", {"mat_khau": PASSWORD, "ma": code}))


def test_the_owner_sets_up_renews_and_removes_and_the_secret_is_seen_no_more(drafted, caplog):
    caplog.set_level(logging.DEBUG)
    account = drafted.account("leader")
    person = models.Account.objects.get(public_id=account)
    person.set_password(PASSWORD)
    person.save()
    leader = client(drafted)
    leader.post(f"{OWN}cai/")
    wrong = leader.post(f"{OWN}xac-nhan/", {"mat_khau": PASSWORD, "ma": "000000"})
    assert wrong.status_code == 422
    assert WRONG in text_of(wrong)
    secret, shown = set_up(leader, account)
    codes = re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", shown)
    assert len(codes) == 10
    later = text_of(leader.get(OWN))
    told = one_time_codes.typed(secret)
    assert "Mã dự phòng còn lại: <b>10</b>" in later
    for hidden in (told, told.replace(" ", ""), *codes):
        assert hidden not in later
        assert hidden not in caplog.text
    assert PASSWORD not in caplog.text
    fresh = leader.post(f"{OWN}ma-du-phong/", {"mat_khau": PASSWORD, "ma": codes[0]})
    assert "Mã dự phòng mới" in text_of(fresh)
    spent = leader.post(f"{OWN}bo/", {"mat_khau": PASSWORD, "ma": codes[1]})
    assert spent.status_code == 422
    code = re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", text_of(fresh))[0]
    assert "Đã bỏ xác thực hai lớp" in text_of(
        leader.post(f"{OWN}bo/", {"mat_khau": PASSWORD, "ma": code}, follow=True)
    )
    assert not second_factor.has_second_factor(account)


def test_a_removed_factor_ends_what_was_confirmed(drafted):
    account = drafted.account("leader")
    known = credentials(account)
    leader = client(drafted)
    assert leader.post(f"{page(drafted)}ky/", token(leader, drafted) | known).status_code == 302
    models.SecondFactor.objects.filter(account__public_id=account).update(last_step=0)
    leader.post(f"{OWN}bo/", credentials(account))
    assert "xac_nhan" not in leader.session


@pytest.mark.parametrize("act", ["cai/", "xac-nhan/", "ma-du-phong/", "bo/"])
def test_own_acts_are_posts_with_a_token_of_somebody_signed_in(drafted, act):
    assert client(drafted).get(f"{OWN}{act}").status_code == 405
    assert client(drafted, csrf=True).post(f"{OWN}{act}").status_code == 403
    assert Client().post(f"{OWN}{act}").url.startswith("/dang-nhap/")


def test_own_pages_answer_in_english_and_without_a_group(drafted):
    leader = client(drafted)
    leader.post("/ngon-ngu/", {"language": "en"})
    assert "Second factor" in text_of(leader.get(OWN))
    alone = Client()
    person = models.Account.objects.get(public_id=drafted.admin)
    alone.force_login(person, "django.contrib.auth.backends.ModelBackend")
    assert "Xác thực hai lớp" in text_of(alone.get(OWN))
