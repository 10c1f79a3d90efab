"""The clerk's pages of sending and receiving: a paper sent, marked, taken back; another entered, found, handed on."""

from __future__ import annotations

import logging
import re
import time
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dean06.flows import addressing, sending
from dean06.jobs import service as jobs
from dean06.papers import models
from dean06.papers.service import dispatching, incoming
from dean06.papers.service.addressing import Address, Channel
from flows.conftest import SINCE, at
from web.neighbours import client, viewer
from web.test_pages import text_of

BY_HAND, NOWHERE = "Các thôn", "Đài Truyền thanh"


@pytest.fixture(autouse=True)
def quiet(caplog, monkeypatch):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)  # the axis of the fixture never answers


def page(two, rest: str = "") -> str:
    return f"/t/{two.ours.group.slug}/van-ban/{rest}"


def knows(two, name: str, channel: Channel, **told: str) -> None:
    one = Address(name=name, channel=channel, since=SINCE, **told)
    addressing.set_address(two.ours.account("clerk"), two.ours.group, one)


def recipients(two) -> dict[str, dispatching.DispatchInfo]:
    return {one.recipient: one for one in dispatching.of_paper(viewer(two.ours), two.mine.paper)}


def posted(browser: Client, address: str, **told: object) -> str:
    answer = browser.post(address, told)
    assert answer.status_code == 302, text_of(answer)[:2000]
    return text_of(browser.get(urlsplit(answer.url).path))


def test_a_clerk_sends_a_paper_prints_the_list_and_writes_down_how_far_it_came(office_hours):
    knows(office_hours, BY_HAND, Channel.PAPER, address="Nhà văn hóa")
    clerk, paper = client(office_hours.ours, "clerk"), page(office_hours, f"{office_hours.mine.paper}/")
    shown = posted(clerk, f"{paper}gui/", noi_nhan=[BY_HAND], them=f"{NOWHERE}\n\n")
    assert "Chờ giao bản giấy" in shown
    assert "Chưa có kênh gửi" in shown
    assert "?ten=%C4%90%C3%A0i%20Truy%E1%BB%81n%20thanh#ghi-dia-chi" in shown
    assert jobs.for_object(viewer(office_hours.ours), "post", str(office_hours.ours.group.id)).waiting
    printed = clerk.get(f"{paper}phieu-gui.pdf")
    assert printed.content.startswith(b"%PDF")
    assert NOWHERE in text_of(clerk.get(page(office_hours, "chua-gui/")))
    one = recipients(office_hours)[BY_HAND]
    posted(clerk, f"{paper}ghi-nhan/", noi_nhan=one.id, viec="giao")
    assert "Ghi đã ký nhận" in text_of(clerk.get(paper))
    posted(clerk, f"{paper}ghi-nhan/", noi_nhan=one.id, viec="nhan", ghi_chu="ký nhận 20/8")
    assert recipients(office_hours)[BY_HAND].state == "received"
    assert clerk.post(f"{paper}ghi-nhan/", {"noi_nhan": one.id, "viec": "giao"}).status_code == 422
    knows(office_hours, NOWHERE, Channel.PAPER)
    assert "Chờ giao bản giấy" in posted(clerk, f"{paper}gui-lai/", noi_nhan=recipients(office_hours)[NOWHERE].id)


def test_a_paper_is_taken_back_by_a_leader_with_a_reason_and_says_so_everywhere(office_hours):
    paper = page(office_hours, f"{office_hours.mine.paper}/")
    told = {"cach": "recall", "ly_do": "Sai số liệu mục 2"}
    assert client(office_hours.ours, "clerk").post(f"{paper}thu-hoi/", told).status_code == 403
    leader = client(office_hours.ours)
    assert "Thu hồi, thay thế" in text_of(leader.get(paper))
    assert leader.post(f"{paper}thu-hoi/", told | {"cach": "replacement"}).status_code == 422
    shown = posted(leader, f"{paper}thu-hoi/", **told)
    assert "Sai số liệu mục 2" in shown
    assert "Đã thu hồi" in shown
    assert "Gửi văn bản</button>" not in shown
    assert "Đã thu hồi" in text_of(leader.get(page(office_hours)))


def test_a_withdrawn_papers_copy_comes_back_and_is_written_down(office_hours):
    paper = page(office_hours, f"{office_hours.mine.sent}/")
    leader = client(office_hours.ours)
    notice = re.search(r'name="thong_bao" value="(\d+)"', text_of(leader.get(paper)))[1]
    assert "Đã xác nhận" in posted(leader, f"{paper}thu-hoi/ghi/", thong_bao=notice, ghi_chu="biên bản 20/8")


ENTRY = {
    "kenh": "paper",
    "co_quan": "Ủy ban nhân dân tỉnh",
    "so": "1520/UBND-NC",
    "ngay": "18/08/2022",
    "loai": "Công văn",
    "trich_yeu": "Rà soát, làm sạch dữ liệu dân cư",
    "nguoi_ky": "Nguyễn Văn Giả",
    "do_khan": "1",
    "han": "25/08/2022",
}


def test_a_paper_on_paper_is_entered_found_without_tone_marks_and_handed_on(office_hours):
    clerk, listed = client(office_hours.ours, "clerk"), page(office_hours, "den/")
    wrong = clerk.post(f"{listed}nhap/", ENTRY | {"ngay": "31/02/2022"})
    assert wrong.status_code == 422
    assert "Rà soát, làm sạch dữ liệu dân cư" in text_of(wrong)
    assert "Ngày văn bản: ghi ngày/tháng/năm" in text_of(wrong)
    scan = SimpleUploadedFile("1520.pdf", b"%PDF-1.7 scan")
    shown = posted(clerk, f"{listed}nhap/", **ENTRY, tep=scan)
    (one,) = [
        row for row in incoming.of_year(viewer(office_hours.ours), office_hours.ours.group.id, 2022) if row.urgent
    ]
    assert f"{one.number}/2022" in shown
    assert "Khẩn" in shown
    file = clerk.get(f"{listed}{one.id}/tep/{one.files[0].sha256}/")
    assert b"".join(file.streaming_content) == b"%PDF-1.7 scan"
    found = text_of(clerk.get(f"{listed}?xem=tat-ca&q=ra+soat+lam+sach"))
    assert f"/den/{one.id}/" in found
    assert f"/den/{office_hours.mine.incoming}/" not in found
    assert clerk.post(f"{listed}{one.id}/chuyen/", {"nguoi_nhan": "Công an", "han": "19/08/2022"}).status_code == 422
    assert "Đã chuyển xử lý" in posted(clerk, f"{listed}{one.id}/chuyen/", nguoi_nhan="Công an", han="22/08/2022")
    with at(2022, 8, 23):
        assert f"/den/{one.id}/" in text_of(clerk.get(f"{listed}?xem=qua-han"))
    assert "Đã xử lý xong" in posted(clerk, f"{listed}{one.id}/xong/", ket_qua="trả lời bằng 05/TCTĐA")
    assert "có trong sổ rồi" in posted(clerk, f"{listed}nhap/", **ENTRY)


def test_what_came_over_the_axis_is_registered_or_sent_back_by_those_who_may(office_hours):
    came = page(office_hours, f"den/{office_hours.mine.incoming}/")
    member = client(office_hours.ours, "member", "BHXH")
    assert "Vào sổ, cấp số đến" not in text_of(member.get(came))
    assert member.post(f"{came}vao-so/").status_code == 403
    clerk = client(office_hours.ours, "clerk")
    assert "Chưa vào sổ trong ngày" in text_of(clerk.get(page(office_hours, "den/")))
    assert clerk.post(f"{came}tra-lai/", {"ly_do": "  "}).status_code == 422
    shown = posted(clerk, f"{came}vao-so/")
    assert "Đã vào sổ, số đến 2" in shown
    assert clerk.post(f"{came}tra-lai/", {"ly_do": "gửi nhầm"}).status_code == 422  # it has its number
    assert "không đọc được" in text_of(clerk.get(page(office_hours, "den/?xem=hong")))


def test_a_paper_that_came_is_answered_in_one_gesture_and_each_leads_to_the_other(office_hours):
    came = page(office_hours, f"den/{office_hours.mine.incoming}/")
    clerk = client(office_hours.ours, "secretariat")
    assert "tra-loi/" not in clerk.get(came).content.decode()  # it is registered first
    assert clerk.post(f"{came}tra-loi/", follow=True).status_code in {400, 422}
    assert not models.Paper.objects.filter(reply_to=office_hours.mine.incoming).exists()
    clerk.post(f"{came}vao-so/")
    row = models.Incoming.objects.get(pk=office_hours.mine.incoming)
    told = clerk.post(f"{came}tra-loi/", follow=True)
    made = models.Paper.objects.get(reply_to=row)
    assert told.redirect_chain[0][0].startswith(page(office_hours, f"{made.pk}/"))
    assert made.form == "official_letter"
    assert made.recipients[0] == row.organ_name
    assert f"số {row.label} ngày {row.dated:%d}" in made.facts["basis"]
    assert row.abstract in made.facts["basis"]
    assert f'href="{came}"' in told.content.decode()
    assert f'href="{page(office_hours, f"{made.pk}/")}"' in clerk.get(came).content.decode()
    facts = {"addressees": row.organ_name, "subject": "trả lời", "request": "xin trả lời như sau:"}
    clerk.post(page(office_hours, f"{made.pk}/thong-tin/"), facts)
    assert models.Paper.objects.get(pk=made.pk).reply_to_id == row.pk  # other words, the same answer


@pytest.mark.parametrize("answer", ["dong-y", "giu"])
def test_what_its_sender_wants_back_is_given_or_kept(office_hours, answer):
    row = models.Incoming.objects.get(pk=office_hours.mine.incoming)
    row.recall_asked_at, row.recall_reason = row.arrived_at, "gửi nhầm nơi nhận"
    row.save()
    clerk, came = client(office_hours.ours, "clerk"), page(office_hours, f"den/{row.pk}/")
    assert "gửi nhầm nơi nhận" in text_of(clerk.get(came))
    shown = posted(clerk, f"{came}lay-lai/", tra_loi=answer, ly_do="đã thi hành")
    assert ("tệp đã hủy" in shown, "Báo giữ lại" in shown) == (answer == "dong-y", False)


def test_the_address_book_is_the_clerks_and_the_key_of_the_axis_is_never_shown(office_hours, settings):
    settings.AXES = ("https://truc.example",)
    book, clerk = page(office_hours, "dia-chi/"), client(office_hours.ours, "clerk")
    member = client(office_hours.ours, "member", "BHXH")
    assert "Ghi địa chỉ" not in text_of(member.get(book))
    one = {"ten": "Công an huyện;", "kenh": "email", "dia_chi": "vanthu@cong-an.example", "tu": "20/08/2022"}
    assert member.post(f"{book}ghi/", one).status_code == 403
    assert "địa chỉ thư điện tử viết sai" in text_of(clerk.post(f"{book}ghi/", one | {"dia_chi": "sai"}))
    assert "vanthu@cong-an.example" in posted(clerk, f"{book}ghi/", **one)
    assert "đến 21/08/2022" in posted(clerk, f"{book}thoi/", ten="Công an huyện", den="21/08/2022")
    assert "Công an huyện; Thôn Một" in posted(
        clerk, f"{book}danh-sach/", ten="Các nơi", noi_nhan="Công an huyện\n\nThôn Một"
    )
    assert (
        "Các nơi"
        not in posted(clerk, f"{book}danh-sach/", ten="Các nơi", noi_nhan="")
        .partition("<main")[2]
        .partition("Danh sách nơi nhận</h2>")[2]
    )
    key = "khoa-moi-cua-to-a"
    axis = {"truc": "https://truc.example", "ma_co_quan": "H99.7", "ten": "Tổ A", "he_thong": "may-moi", "khoa": key}
    assert "DEAN06_AXIS" in text_of(clerk.post(f"{book}truc/", axis | {"truc": "http://127.0.0.1:1"}))
    shown = posted(clerk, f"{book}truc/", **axis)
    assert "may-moi" in shown
    assert key not in shown
    assert (settings.HOME / "keys" / f"axis-{office_hours.ours.group.slug}.key").read_text() == key


def test_the_link_of_a_letter_confirms_by_a_button_alone_and_cannot_be_made_up(office_hours, settings):
    settings.PUBLIC_URL = "https://to.example"
    knows(office_hours, "Công an huyện", Channel.EMAIL, address="vanthu@cong-an.example")
    ours, paper_id = office_hours.ours, office_hours.mine.paper
    sending.queue(ours.account("clerk"), ours.group, paper_id, ["Công an huyện"])
    sending.carry(ours.group)
    link = urlsplit(re.search(r"https://to\.example\S+", mail.outbox[-1].body)[0]).path
    stranger = Client(enforce_csrf_checks=True)
    assert "Đã nhận văn bản" in text_of(stranger.get(link))
    assert recipients(office_hours)["Công an huyện"].state == "sent"
    assert stranger.post(link).status_code == 403
    done = Client().post(link)
    assert "Đã xác nhận" in text_of(done)
    assert recipients(office_hours)["Công an huyện"].state == "received"
    assert "Báo cáo" not in text_of(done)  # no word of what the paper says
    assert Client().get(link[:-3] + "xx/").status_code == 404


def test_published_papers_are_for_everybody_and_nothing_else_of_the_folder_is(office_hours):
    slug = office_hours.ours.group.slug
    assert Client().get(f"/cong/{slug}/").status_code == 404
    knows(office_hours, "Trang của tổ", Channel.PORTAL)
    clerk = office_hours.ours.account("clerk")
    sending.queue(clerk, office_hours.ours.group, office_hours.mine.paper, ["Trang của tổ"])
    sending.carry(office_hours.ours.group)
    shown = text_of(Client().get(f"/cong/{slug}/"))
    file = re.search(rf"/cong/{slug}/([0-9a-f]{{64}}\.pdf)", shown)[1]
    assert b"".join(Client().get(f"/cong/{slug}/{file}").streaming_content).startswith(b"%PDF")
    assert Client().get(f"/cong/{slug}/feed.json").status_code == 200
    for name in ("index.html", "..%2f..%2fdean06.sqlite3", f"{'0' * 64}.pdf"):
        assert Client().get(f"/cong/{slug}/{name}").status_code == 404
    assert Client().post(f"/cong/{slug}/").status_code == 405


def test_a_register_is_printed_with_the_papers_that_went_and_came(office_hours):
    leader = client(office_hours.ours)
    for which, named in (("di", "Thu hồi"), ("den", "15/UBND")):
        shown = text_of(leader.get(page(office_hours, f"so/{which}/?nam=2022")))
        assert named.lower() in shown.lower()
        assert leader.get(page(office_hours, f"so/{which}/in.pdf?nam=2022")).content.startswith(b"%PDF")
    assert leader.get(page(office_hours, "so/khac/")).status_code == 404


def test_a_day_without_papers_says_what_to_do(office_hours):
    with at(2023, 1, 5):
        shown = text_of(client(office_hours.ours, "clerk").get(page(office_hours, "so/den/")))
    assert "năm 2023 chưa có dòng nào" in shown
