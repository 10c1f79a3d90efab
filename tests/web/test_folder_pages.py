"""Work files in the browser: a list made and issued, a file filled and closed, handed in and received, and refusals."""

from __future__ import annotations

import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dean06.offices import service as offices
from dean06.papers.service import handing_in, keeping, pieces
from dean06.papers.types import FileState
from flows.conftest import at
from web.neighbours import DAY, client

YEAR = 2021  # the neighbours have issued the list of 2022


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.fixture
def desk(office_hours):
    ours = office_hours.ours
    return ours, offices.viewer(ours.account("leader"), DAY), f"/t/{ours.group.slug}/ho-so/"


def text_of(answer) -> str:
    return answer.content.decode()


def listed(desk) -> list:
    ours, seen, page = desk
    clerk, leader = client(ours, "clerk"), client(ours)
    assert clerk.post(f"{page}danh-muc/mau/", {"nam": YEAR}).url == f"{page}?nam={YEAR}"
    said = {"nam": YEAR, "so": "09/QĐ-TCTĐA", "ngay": "05/01/2021"}
    assert clerk.post(f"{page}danh-muc/ban-hanh/", said).status_code == 403
    assert leader.post(f"{page}danh-muc/ban-hanh/", said).status_code == 302
    return keeping.work_files(seen, ours.group.id, YEAR)


def test_a_list_is_filled_corrected_and_issued(desk):
    ours, seen, page = desk
    clerk = client(ours, "clerk")
    assert "Chưa có danh mục hồ sơ năm 2021" in text_of(clerk.get(f"{page}?nam={YEAR}"))
    clerk.post(f"{page}danh-muc/mau/", {"nam": YEAR})
    shown = text_of(clerk.get(f"{page}?nam={YEAR}"))
    assert "chưa đối chiếu với bảng của Thông tư 09/2011/TT-BNV" in shown
    first, second, *_ = keeping.work_files(seen, ours.group.id, YEAR)
    said = {"tieu_de": first.title, "nguoi_lap": "Văn thư", "loai": "giu", "ghi_chu": "đã tra"}
    assert clerk.post(f"{page}{first.id}/sua/", said).status_code == 302
    kept = keeping.work_file(seen, first.id)
    assert (kept.compared, kept.keeper, kept.term) == (True, "Văn thư", first.term)
    assert clerk.post(f"{page}{second.id}/bo/").status_code == 302
    assert keeping.work_file(seen, second.id) is None
    new = {"nam": YEAR, "de_muc": "", "de_muc_moi": "pa", "ten_de_muc": "Phản ánh", "tieu_de": "Phản ánh của dân"}
    wrong = clerk.post(f"{page}danh-muc/them/", new | {"nguoi_lap": "Văn thư", "loai": "", "so_nam": ""})
    assert wrong.status_code == 422
    assert "Chọn thời hạn lưu trữ" in text_of(wrong)
    clerk.post(f"{page}danh-muc/them/", new | {"nguoi_lap": "Văn thư", "loai": "", "so_nam": "5"})
    added = keeping.work_files(seen, ours.group.id, YEAR)[-1]
    assert (added.symbol, added.term.years, added.term_source) == ("01.PA", 5, "Tổ tự xác định")
    printed = clerk.get(f"{page}danh-muc.pdf?nam={YEAR}")
    assert printed.content.startswith(b"%PDF")


def opened(desk) -> tuple[int, str]:
    """Open a file of an issued list; returns its number and address."""
    file_id = listed(desk)[4].id
    here = f"{desk[2]}{file_id}/"
    client(desk[0], "secretariat").post(f"{here}mo/")
    return file_id, here


CAME = {"loai_van_ban": "in", "so_den": "31", "so_ky_hieu": "7/UBND", "ngay": "02/08/2022", "so_trang": "2"}
CAME |= {"tac_gia": "UBND huyện", "trich_yeu": "Công văn đôn đốc"}


def test_a_file_is_filled_in_order_and_things_are_taken_out(office_hours, desk):
    ours, seen, _ = desk
    file_id, here = opened(desk)
    writer = client(ours, "secretariat")
    assert writer.post(f"{here}them/", {"loai_van_ban": "out", "van_ban": str(office_hours.mine.paper)}).url == here
    foreign = writer.post(f"{here}them/", {"loai_van_ban": "out", "van_ban": str(office_hours.foreign.paper)})
    assert foreign.status_code == 422
    writer.post(f"{here}them/", CAME)
    upload = {"loai_van_ban": "doc", "tac_gia": "Tổ", "trich_yeu": "Ảnh", "so_trang": "1"}
    writer.post(f"{here}them/", upload | {"tep": SimpleUploadedFile("a.png", b"\x89PNG")})
    wrong = writer.post(f"{here}them/", upload | {"tep": SimpleUploadedFile("a.exe", b"MZ")})
    assert wrong.status_code == 422
    lying = pieces.pieces(seen, file_id)
    assert [one.kind for one in lying] == ["out", "in", "doc"]
    writer.post(f"{here}thu-tu/", {"van_ban": str(lying[2].id), "den": "1"})
    writer.post(f"{here}rut/", {"van_ban": str(lying[1].id), "vi_sao": "bản trùng"})
    assert [one.kind for one in pieces.pieces(seen, file_id)] == ["doc", "out"]
    assert "bản trùng" in text_of(writer.get(here))
    given = writer.get(f"{here}tai-lieu/{lying[2].id}/")
    assert b"".join(given.streaming_content) == b"\x89PNG"
    assert writer.get(f"{here}tai-lieu/{lying[1].id}/").status_code == 404


def test_a_file_is_closed_handed_in_and_received_by_another(desk):
    ours, seen, page = desk
    file_id, here = opened(desk)
    writer, clerk = client(ours, "secretariat"), client(ours, "clerk")
    writer.post(f"{here}them/", CAME)
    writer.post(f"{here}ket-thuc/", {"ngay": "10/08/2022"})
    assert keeping.work_file(seen, file_id).state is FileState.CLOSED
    assert writer.get(f"{here}muc-luc.pdf").content.startswith(b"%PDF")
    archive = f"{page}nop-luu/"
    assert "Ký giao, lập biên bản" in text_of(writer.get(archive))
    writer.post(f"{archive}giao/", {"ho_so": [str(file_id)], "tinh_trang": "Đầy đủ"})
    one = handing_in.hand_ins(seen, ours.group.id)[0]
    alone = writer.post(f"{archive}{one.id}/nhan/")
    assert alone.status_code == 422
    assert "Người giao không tự nhận" in text_of(alone)
    assert clerk.post(f"{archive}{one.id}/nhan/").url == archive
    assert keeping.work_file(seen, file_id).state is FileState.ARCHIVED
    for name in ("muc-luc.pdf", "bien-ban.pdf"):
        assert writer.get(f"{archive}{one.id}/{name}").content.startswith(b"%PDF")


def test_late_files_and_files_past_their_term_are_shown(desk):
    ours, seen, page = desk
    file_id, here = opened(desk)
    writer, leader = client(ours, "secretariat"), client(ours)
    writer.post(f"{here}them/", CAME)
    writer.post(f"{page}{file_id}/ket-thuc/", {"ngay": "10/08/2022"})
    archive = f"{page}nop-luu/"
    with at(2023, 8, 11):
        shown = text_of(leader.get(archive))
        assert "Quá hạn nộp lưu" in shown
        assert "2 quá hạn" in shown  # and the one that the archive has not received
        assert "hồ sơ đã quá hạn nộp lưu" in text_of(leader.get(page))
    with at(2043, 1, 1):
        assert "Hết thời hạn lưu trữ, chờ quyết định" in text_of(leader.get(archive))
        said = {
            "ho_so": str(file_id),
            "ket_luan": "destroy",
            "so": "3/QĐ",
            "ngay": "01/01/2043",
            "vi_sao": "hết giá trị",
        }
        assert leader.post(f"{archive}het-han/", said).url == archive
        told = text_of(leader.get(archive))
        assert "3/QĐ" in told
        assert "giữ mãi" in told
        assert re.search(r"Có quyết định hủy", text_of(leader.get(f"{page}?nam={YEAR}")))
    assert pieces.pieces(seen, file_id)
