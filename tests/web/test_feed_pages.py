"""Kết nối in the browser: set one up, see what is wrong with it, pull, change, switch off."""

from __future__ import annotations

import logging
import os
from urllib.parse import urlsplit

import pytest

from dean06.clock import service as clock
from dean06.flows import feeding
from dean06.jobs import service as jobs
from dean06.sources.service import feeds, pulls
from web.neighbours import client, viewer
from web.test_pages import text_of
from web.test_post_pages import posted

TYPED = {
    "loai": "folder",
    "ten": "BHYT qua thư mục",
    "nguon": "bhyt",
    "co_quan": "BHXH",
    "ch-thu_muc": "bhxh",
    "lich": "hours",
    "gio": "6",
    "luc": "02:00",
    "ngay": "5",
    "lay": "full",
    "du_ca": "1",
}
SQL = TYPED | {
    "loai": "sql",
    "ten": "CSDL BHXH",
    "ch-he": "postgresql",
    "ch-may": "10.0.0.5",
    "ch-csdl": "bhxh",
    "ch-bang": "the_bhyt",
    "ch-khoa": "id",
    "ch-ghep": "HO_TEN = ho_ten\r\nMA_THE = ma_the_bhyt",
    "bi_mat": "tep:bhxh",
}


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


def page(two, rest: str = "") -> str:
    return f"/t/{two.ours.group.slug}/ket-noi/{rest}"


def own_feed(two, name: str):
    return next(one for one in feeds.feeds(viewer(two.ours), two.ours.group.id) if one.name == name)


def test_a_feed_is_set_up_tried_pulled_and_switched_off(office_hours, settings):
    two, clerk = office_hours, client(office_hours.ours, "secretariat")
    assert "Tên thư mục" in text_of(clerk.get(page(two, "dat/")))
    shown = posted(clerk, page(two, "dat/"), **TYPED)
    feed = own_feed(two, "BHYT qua thư mục")
    assert (feed.whole, feed.schedule, feed.settings["thu_muc"]) == (True, feeds.Hours(hours=6), "bhxh")
    assert "mỗi 6 giờ" in shown
    assert "Chưa lấy được gì" in shown
    one = page(two, f"{feed.id}/")
    assert "người vận hành tạo" in posted(clerk, f"{one}thu/")
    (folder := settings.HOME / "nhan" / two.ours.group.slug / "bhxh").mkdir(parents=True)
    (folder / "2022-08.csv").write_text("Họ và tên,Ngày sinh\nLê Thị An,01/02/1980\n")
    written = clock.now().timestamp() - 600
    os.utime(folder / "2022-08.csv", (written, written))
    assert "đang có 1 tệp" in posted(clerk, f"{one}thu/")
    assert "Chờ đến lượt" in posted(clerk, f"{one}lay/")
    asked = []
    jobs.Pullers(ask=lambda *job: asked.append(job)).go_round()
    (pull,) = [one for one in pulls.of_feed(viewer(two.ours), feed.id) if one.delivery_id]
    shown = text_of(clerk.get(one))
    assert f"lần nộp {pull.delivery_id}" in shown
    assert "Đúng nhịp" in text_of(clerk.get(page(two)))
    assert asked
    shown = posted(clerk, f"{one}bat-tat/")
    assert "Đang tắt" in shown
    assert "Lấy ngay" not in shown
    assert "Lấy ngay" in posted(clerk, f"{one}bat-tat/")


def test_a_form_that_is_wrong_comes_back_with_everything_typed(office_hours):
    clerk, address = client(office_hours.ours, "secretariat"), page(office_hours, "dat/")
    answer = clerk.post(address, SQL | {"bi_mat": "mat-khau-that", "ch-khoa": "ma so"})
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "tham chiếu" in shown
    assert 'value="10.0.0.5"' in shown
    assert "MA_THE = ma_the_bhyt" in shown
    for wrong, says in (
        ({"ten": ""}, "Đặt tên kết nối"),
        ({"ch-bang": ""}, "Điền tên bảng hoặc câu SELECT"),
        ({"lich": "daily", "luc": "25:00"}, "Lịch lấy dữ liệu"),
        ({"lich": "monthly", "ngay": "31"}, "Lịch lấy dữ liệu"),
        ({"lay": "delta"}, "chỉ lấy được toàn bộ"),
        ({"ch-trang": "không"}, "Số dòng mỗi trang"),
        ({"co_quan": "XYZ"}, "không thuộc tổ"),
    ):
        answer = clerk.post(address, SQL | wrong)
        assert (answer.status_code, says in text_of(answer)) == (422, True), wrong


def test_a_feed_is_changed_and_its_secret_is_nowhere_on_the_page(office_hours, settings):
    two, clerk = office_hours, client(office_hours.ours, "secretariat")
    slug = two.ours.group.slug
    shown = posted(clerk, page(two, "dat/"), **SQL)
    feed = own_feed(two, "CSDL BHXH")
    assert f"DEAN06_HOME/secrets/{slug}/bhxh" in shown
    assert feed.settings["ghep"] == "HO_TEN = ho_ten\nMA_THE = ma_the_bhyt"
    (place := settings.HOME / "secrets" / slug).mkdir(parents=True)
    (place / "bhxh").write_text("doc:rat-bi-mat")
    (place / "bhxh").chmod(0o600)
    one = page(two, f"{feed.id}/")
    assert "DEAN06_FEEDS" in posted(clerk, f"{one}thu/")
    settings.FEED_HOSTS = ("127.0.0.1",)
    changed = SQL | {"ch-may": "127.0.0.1", "ch-cong": "1", "ch-sua_luc": "sua", "lay": "delta", "lich": "daily"}
    assert 'value="10.0.0.5"' in text_of(clerk.get(f"{one}sua/"))
    assert "hằng ngày lúc 02:00" in posted(clerk, f"{one}sua/", **changed)
    feeding.pull(feed.id)
    for address in (one, page(two), f"{one}sua/", f"{page(two)}?dang=csv"):
        shown = text_of(clerk.get(address))
        assert "rat-bi-mat" not in shown
        assert "doc:" not in shown
    assert "Có vướng mắc" in text_of(clerk.get(page(two)))
    assert "Không nối được" in text_of(clerk.get(one))


def test_who_may_not_set_one_up_is_told_who_can(office_hours):
    member = client(office_hours.ours, "member", "BHXH")
    shown = text_of(member.get(page(office_hours, "dat/")))
    assert "Người làm được ngay" in shown
    answer = member.post(page(office_hours, "dat/"), TYPED)
    assert answer.status_code == 403
    assert not [
        one for one in feeds.feeds(viewer(office_hours.ours), office_hours.ours.group.id) if one.name == TYPED["ten"]
    ]


def test_a_group_without_a_feed_is_told_what_one_does(office_hours):
    feed = own_feed(office_hours, f"Thư mục của {office_hours.ours.group.name}"[:60])
    clerk = client(office_hours.ours, "secretariat")
    assert "Chờ thử lại" not in text_of(clerk.get(page(office_hours)))  # trouble is told first
    assert "Có vướng mắc" in text_of(clerk.get(page(office_hours)))
    from dean06.sources.models import Feed, Pull

    Pull.objects.filter(feed_id=feed.id).delete()
    Feed.objects.filter(pk=feed.id).delete()
    assert "Chưa có kết nối nào" in text_of(clerk.get(page(office_hours)))
    assert urlsplit(page(office_hours, "dat/")).path in text_of(clerk.get(page(office_hours)))
