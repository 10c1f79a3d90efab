"""The pages of agencies' software: a code shown once, what was called, refused and given up, and who sees it."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from dean06.clock import service as clock
from dean06.flows import machine_accounts
from dean06.machines.models import Hook, Machine, Parcel
from dean06.machines.service import hooks
from dean06.machines.types import NewHook
from flows.conftest import Office
from flows.test_answering import wrong
from machines.software import Software, installed

HOME = "/t/qn/ung-dung/"
FORM = {
    "ten": "Phần mềm bảo hiểm",
    "co_quan": "BHXH",
    "pham_vi": ["orders.read", "dispositions.write"],
    "muc_dich": "Nhận đơn sửa",
    "den": "31/12/2022",
}


def browser(office: Office, role: str, agency: str = "") -> Client:
    person = get_user_model().objects.get(public_id=office.account(role, agency))
    made = Client()
    made.force_login(person)
    return made


@pytest.fixture
def leader(office: Office) -> Client:
    return browser(office, "leader")


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_whoever_may_make_accounts_sees_those_of_every_agency(office):
    _, made = installed(office)
    hook = entered(office)
    secretary = browser(office, "secretariat")
    told = page(secretary, HOME)
    assert made.name in told
    assert hook.url in told
    assert "Cấp mã ghi danh mới" in page(secretary, f"{HOME}{made.public_id}/")
    assert "Dừng địa chỉ này" in page(secretary, f"{HOME}dia-chi/{hook.public_id}/")


def entered(office: Office) -> Hook:
    new = NewHook(public_id=hooks.new_id(), agency="BHXH", url="https://93.184.216.34/tin")
    machine_accounts.make_hook(office.account("leader"), office.group, new)
    return Hook.objects.get()


def dead(office: Office, hook: Hook) -> Parcel:
    return Parcel.objects.create(
        group_id=office.group.id,
        hook=hook,
        event_id="a" * 32,
        kind="dean06.order.overdue",
        subject="qn:1",
        at=clock.now(),
        data={"order": 1},
        state="dead",
        tries=15,
        free_at=clock.now(),
        note="Bên nhận trả lời 500. Đã thử 15 lần, không tự gửi nữa.",
    )


def test_a_code_is_shown_once_and_serves(office, leader):
    assert "Chưa có phần mềm nào được kết nối" in page(leader, HOME)
    answer = leader.post(f"{HOME}lap/", FORM)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    code = re.findall(r'<code class="wrap">([\w-]{40,})</code>', answer.content.decode())[0]
    machine = Machine.objects.get()
    for path in (HOME, f"{HOME}{machine.public_id}/"):
        assert code not in page(leader, path)
        assert "Chờ ghi danh" in page(leader, path)
    assert Software().enrol(code).status_code == 200
    assert "Đang dùng" in page(leader, HOME)


def test_a_form_that_says_too_little_makes_nothing(office, leader):
    for changed in ({"pham_vi": []}, {"den": "mai"}, {"co_quan": "KHONG"}, {"pham_vi": ["all"]}, {"muc_dich": " "}):
        answer = leader.post(f"{HOME}lap/", FORM | changed)
        assert answer.status_code == 422
        assert 'value="Phần mềm bảo hiểm"' in answer.content.decode()  # what was typed is still there
    assert not Machine.objects.exists()


def test_the_page_says_what_was_called_and_what_was_refused(office, leader):
    software, made = installed(office)
    software.call("GET", "/orders")
    software.ask_token("x.y.z")
    software.ask_token(software.assertion(exp=1))
    shown = page(leader, f"{HOME}{made.public_id}/")
    assert "Danh sách đơn sửa" in shown
    assert "sửa sai lệch" in shown  # the purpose, as it was given
    assert "1: không nhận ra khóa" in shown


def test_a_key_in_doubt_is_revoked_by_the_agency_itself(office):
    software, made = installed(office)
    own = browser(office, "member", "BHXH")
    shown = page(own, f"{HOME}{made.public_id}/")
    assert "Thu hồi ngay" in shown
    assert "Cấp mã ghi danh mới" not in shown
    assert own.post(f"{HOME}{made.public_id}/ma/").status_code == 403
    assert own.post(f"{HOME}{made.public_id}/thu-hoi/").status_code == 302
    assert software.call("GET", "/orders").status_code == 401
    assert "Đã thu hồi" in page(own, f"{HOME}{made.public_id}/")


def test_a_new_code_takes_the_place_of_the_key(office, leader):
    _, made = installed(office)
    answer = leader.post(f"{HOME}{made.public_id}/ma/").content.decode()
    code = re.findall(r'<code class="wrap">([\w-]{40,})</code>', answer)[0]
    assert Software().enrol(code).status_code == 200


def test_what_was_given_up_stands_first_and_goes_again_by_a_button(office, leader):
    hook = entered(office)
    parcel = dead(office, hook)
    at = f"{HOME}dia-chi/{hook.public_id}/"
    assert "Không gửi được" in page(leader, at)
    assert "Quá hạn" in page(leader, at)
    assert leader.post(f"{at}gui-lai/").status_code == 302
    parcel.refresh_from_db()
    assert (parcel.state, parcel.tries) == ("queued", 0)
    assert leader.post(f"{at}gui-lai/").status_code == 422
    assert leader.post(f"{at}dung/").status_code == 302
    assert "Đã dừng" in page(leader, at)


def test_an_address_is_entered_asked_again_and_refused_where_it_leads_inside(office, leader):
    form = {"co_quan": "BHXH", "dia_chi": "https://93.184.216.34/tin"}
    assert leader.post(f"{HOME}dia-chi/lap/", form).status_code == 302
    refused = leader.post(f"{HOME}dia-chi/lap/", form | {"dia_chi": "https://10.0.0.8/"})
    assert (refused.status_code, "mạng riêng" in refused.content.decode()) == (422, True)
    assert leader.post(f"{HOME}dia-chi/lap/", form).status_code == 422  # it is there already
    hook = Hook.objects.get()
    Hook.objects.update(state="gone")
    assert "Hỏi lại bên nhận" in page(leader, f"{HOME}dia-chi/{hook.public_id}/")
    assert leader.post(f"{HOME}dia-chi/{hook.public_id}/hoi-lai/").status_code == 302
    assert Hook.objects.get().state == "waiting"


def test_another_agency_sees_none_of_it(office):
    _, made = installed(office)
    hook = entered(office)
    other = browser(office, "member", "GDDT")
    assert "Máy BHXH" not in page(other, HOME)
    assert "93.184" not in page(other, HOME)
    for path in (f"{HOME}{made.public_id}/", f"{HOME}dia-chi/{hook.public_id}/"):
        assert other.get(path).status_code == 404
    assert other.post(f"{HOME}{made.public_id}/thu-hoi/").status_code == 404
    assert other.post(f"{HOME}lap/", FORM).status_code == 403


def test_who_looked_at_a_run_names_the_software(office, leader):
    software, _ = installed(office)
    assert software.call("GET", f"/findings/{wrong().fingerprint}/values").status_code == 200
    shown = page(leader, f"/t/qn/doi-soat/luot/{wrong().last_run.run_id.removeprefix('L')}/lan-xem/")
    assert "Phần mềm «Máy BHXH»" in shown
    assert "sửa sai lệch" in shown
