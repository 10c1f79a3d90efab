"""A meeting through its pages: prepared, convened, opened, voted on, concluded, closed; and looked at."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dean06.flows import attending
from dean06.meetings.service import meetings
from dean06.meetings.types import State
from dean06.work.service import tasks as work
from meetings.rooms import START, at, convened, invitee, opened, room

pytestmark = pytest.mark.django_db
LIST = "1. NGUYEN MINH TAM\ntran quoc hai\nLê Ngọc Hoa, BHXH\nPham Thu Thuy\nNgười Lạ"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def qn(home):
    return room("quang-ninh-2022", "qn")


def signed_in(there, who: str) -> Client:
    browser = Client()
    person = get_user_model().objects.get(public_id=there.accounts[who])
    browser.force_login(person, BACKEND)
    return browser


def text_of(answer) -> str:
    return answer.content.decode()


def page(there, path: str) -> str:
    return f"/t/{there.group.slug}/hop/{path}"


def looked(browser, address: str) -> str:
    """Open a page and check what every page keeps."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    shown = text_of(answer)
    assert not re.search(r"\{\{|\{%|None</|&lt;(span|a|div) ", shown), address
    assert len(re.findall(r"<h1", shown)) == 1, address
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert sorted(ids) == sorted(set(ids)), address
    return shown


def test_the_main_road_of_a_meeting_goes_through_its_pages(qn):  # noqa: PLR0915  one road, step by step
    secretary, leader, member = (signed_in(qn, who) for who in ("secretariat", "leader", "BHXH"))
    with at(START - timedelta(days=6)):
        looked(secretary, page(qn, "moi/"))
        said = {
            "loai": "regular",
            "ten": "Họp Tổ công tác tháng 6/2022",
            "ngay": "20/06/2022",
            "tu_gio": "08:00",
            "den_gio": "10 giờ",
            "dia_diem": "Phòng họp số 2",
            "chu_tri": str(qn.seat("leader").seat_id),
            "thu_ky": str(qn.seat("secretariat").seat_id),
            "moi": "ca-to",
        }
        wrong = secretary.post(page(qn, "moi/"), said | {"tu_gio": "sáng"})
        assert wrong.status_code == 422
        assert "ghi giờ như 08:00" in text_of(wrong)
        one = secretary.post(page(qn, "moi/"), said).url
        secretary.post(
            f"{one}noi-dung/", {"viec": "them", "ten": "Sửa dữ liệu bảo hiểm", "loai": "decide", "phut": "30"}
        )
        shown = looked(secretary, one)
        assert "Sửa dữ liệu bảo hiểm" in shown
        asked = secretary.post(f"{one}trieu-tap/")
        assert asked.status_code == 403
        assert "Điều 3 khoản 3" in text_of(asked)
        assert "Nguyễn Minh Tâm" in text_of(asked)
        assert leader.post(f"{one}duyet/").status_code == 302
        leader.post(f"{one}trieu-tap/")
        assert "Họp Tổ công tác tháng 6/2022" in text_of(member.get(f"/t/{qn.group.slug}/"))
        assert "20220620T" in text_of(member.get(f"{one}lich.ics"))
    with at(START - timedelta(days=1)):
        member.post(f"{one}bao-cao/", {"noi_dung": "Đã sửa 120 dòng."})
        assert "Đã nộp báo cáo phần việc" in looked(member, one)
    with at(START):
        secretary.post(f"{one}khai-mac/")
        told = secretary.post(
            f"{one}diem-danh/",
            {
                "viec": "dan",
                "danh_sach": LIST,
            },
            follow=True,
        )
        assert "4 người vào họp" in text_of(told)
        assert "Người Lạ" in text_of(told)
        meeting = meetings.meetings_of_group(qn.group.id)[0]
        item = meetings.items(meeting.id)[0]
        secretary.post(f"{one}muc/", {"viec": "sang", "muc": item.id, "tu": "dieu-hanh"})
        secretary.post(f"{one}bieu-quyet/", {"muc": item.id, "noi_dung": "Thông qua phương án", "tu": "dieu-hanh"})
        (vote,) = meetings.votes(meeting.id)
        assert "Thông qua phương án" in looked(member, f"{one}dieu-hanh/")
        for who in (leader, member, signed_in(qn, "standing_deputy"), signed_in(qn, "deputy")):
            who.post(f"{one}phieu/", {"bieu_quyet": vote.id, "phieu": "favour"})
        part = secretary.get(f"{one}man-hinh/", headers={"HX-Request": "true"})
        assert "<html" not in text_of(part)
        assert "Thông qua phương án" in looked(secretary, f"{one}man-hinh/")
        secretary.post(f"{one}bieu-quyet/", {"viec": "chot", "bieu_quyet": vote.id, "tu": "dieu-hanh"})
        done = looked(secretary, f"{one}dieu-hanh/")
        assert "Được thông qua" in done
        assert "mặc định của phần mềm" in looked(secretary, one)
        point = {"noi_dung": "BHXH sửa xong", "chu_tri": "BHXH", "han": "15/07/2022", "muc": item.id}
        secretary.post(f"{one}ket-luan/", point)
    with at(START + timedelta(hours=2)):
        secretary.post(f"{one}be-mac/")
        (concluded,) = meetings.conclusions(meeting.id)
        leader.post(f"{one}giao-viec/", {"ket_luan": concluded.id})
        (task,) = work.tasks_of_group(qn.group.id)
        assert task.title == "BHXH sửa xong"
        made = secretary.post(f"{one}van-ban/", {"mau": "minutes"})
        assert made.status_code == 302
        draft = text_of(secretary.get(made.url))
        assert "Thông qua phương án" in draft
        assert f"NV {task.number}" in looked(leader, one)
        assert "BHXH sửa xong" in looked(leader, page(qn, "ket-luan/"))
        assert meetings.meeting_for_flow(meeting.id).state is State.CLOSED


def test_who_scans_the_code_of_the_room_is_on_the_roll_by_one_tap(qn):
    meeting = convened(qn)
    with at(START):
        code = attending.code_of(meeting)
        address = page(qn, f"{meeting.id}/vao/{code}/")
        member = signed_in(qn, "GDDT")
        assert "Tôi có mặt" in looked(member, address)
        assert invitee(meeting, qn.accounts["GDDT"]).present is None
        assert "Đã điểm danh" in text_of(member.post(address, follow=True))
        assert invitee(meeting, qn.accounts["GDDT"]).present is not None
        forged = member.post(page(qn, f"{meeting.id}/vao/{code[:-2]}xx/"))
        assert forged.status_code == 422
        assert "quét lại mã" in text_of(forged)
        assert signed_in(qn, "clerk").post(address).status_code == 404


def test_a_written_round_goes_through_its_pages(qn):
    leader, member = signed_in(qn, "leader"), signed_in(qn, "BHXH")
    with at(START):
        looked(leader, page(qn, "lay-y-kien/moi/"))
        seats = [str(qn.seat(who).seat_id) for who in ("standing_deputy", "BHXH")]
        said = {
            "viec_hoi": "thông qua phương án",
            "vi_sao": "việc gấp",
            "ngay": "24/06/2022",
            "gio": "17:00",
            "ghe": seats,
            "tep": SimpleUploadedFile("du-thao.pdf", b"khong phai pdf"),
        }
        refused = leader.post(page(qn, "lay-y-kien/moi/"), said)
        assert refused.status_code == 422
        said.pop("tep")
        one = leader.post(page(qn, "lay-y-kien/moi/"), said).url
        assert "thông qua phương án" in text_of(member.get(f"/t/{qn.group.slug}/"))
        member.post(f"{one}tra-loi/", {"phieu": "against", "noi_dung": "chưa đủ số liệu"})
        signed_in(qn, "standing_deputy").post(f"{one}tra-loi/", {"phieu": "favour"})
        shown = looked(leader, one)
        assert "chưa đủ số liệu" in shown
        assert "mặc định của phần mềm" in shown
        leader.post(f"{one}chot/")
        assert "Phiếu ngang nhau" in looked(leader, one)
        assert "thông qua phương án" in looked(leader, page(qn, "lay-y-kien/"))


def test_next_months_meeting_is_prepared_like_this_one_with_what_it_left(qn):
    meeting = opened(qn)
    secretary = signed_in(qn, "secretariat")
    with at(START + timedelta(hours=2)):
        item = meetings.items(meeting.id)[1]
        secretary.post(page(qn, f"{meeting.id}/muc/"), {"viec": "hoan", "muc": item.id})
        secretary.post(page(qn, f"{meeting.id}/be-mac/"))
        secretary.post(page(qn, f"{meeting.id}/chep/"))
    again = meetings.meetings_of_group(qn.group.id)[-1]
    assert (again.title, again.previous, again.series) == ("Họp Tổ công tác tháng 7/2022", meeting.id, "Họp tháng")
    first, second = meetings.items(again.id)
    assert (first.title, first.carried_from, second.carried_from) == ("Phương án sửa dữ liệu", item.id, None)
    assert len(meetings.invitees(again.id)) == len(meetings.invitees(meeting.id))


def test_lists_are_workbooks_and_calendars_are_made_on_a_page(qn):
    opened(qn)
    leader = signed_in(qn, "leader")
    with at(START):
        for path in ("?dang=xlsx", "ket-luan/?dang=xlsx", "lay-y-kien/?dang=xlsx"):
            assert leader.get(page(qn, path)).content.startswith(b"PK"), path
        made = text_of(leader.post(page(qn, "lich/lap/"), {"cua": "to"}, follow=True))
        address = re.search(r"http://testserver(/lich/[^<]+\.ics)", made)[1]
        assert "BEGIN:VEVENT" in text_of(Client().get(address))
        refused = signed_in(qn, "BHXH").post(page(qn, "lich/lap/"), {"cua": "to"})
        assert refused.status_code == 403
