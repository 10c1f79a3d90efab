"""The charter beside another one, how it is carried out, and its files: pages that only show."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from pypdf import PdfReader

from dean06.charter import service as charters
from web.neighbours import client


def page(office_hours, path):
    return f"/t/{office_hours.ours.group.slug}/quy-che/{path}"


def shown(office_hours, path, *, language="vi"):
    browser = client(office_hours.ours)
    if language != "vi":
        browser.post("/ngon-ngu/", {"language": language})
    answer = browser.get(page(office_hours, path))
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("so-sanh/", 14),
        ("so-sanh/?voi=xuan-truong-2022", 14),
        ("so-sanh/?voi=xuan-truong-2022&phan=anh-huong", 14),
        ("thuc-thi/", 14),
        ("tep.pdf", 12),
        ("tep.xml", 12),
    ],
)
def test_a_page_asks_little(office_hours, django_assert_max_num_queries, path, most):
    browser = client(office_hours.ours)
    with django_assert_max_num_queries(most):
        assert browser.get(page(office_hours, path)).status_code == 200


def test_the_44_with_clauses_that_lead_to_our_own_text(office_hours):
    text = shown(office_hours, "so-sanh/?voi=xuan-truong-2022")
    assert text.count('id="d-') == 44
    assert "Chỉ đề nghị." in text
    assert "/quy-che/dieu/2/?khoan=2.2" in text
    assert "selected>Quy chế hoạt động của Tổ công tác Đề án 06 huyện Xuân Trường" in text


def test_the_other_parts(office_hours):
    effects = shown(office_hours, "so-sanh/?voi=xuan-truong-2022&phan=anh-huong")
    assert "Tổ trưởng: thêm quyền xử lý vi phạm" in effects
    assert "Vai «Thành viên thường trực» không có trong" in effects
    assert "nơi nhận: Chủ tịch UBND huyện → Ủy ban nhân dân tỉnh" in shown(
        office_hours, "so-sanh/?voi=xuan-truong-2022&phan=quy-pham"
    )
    assert "Điều 2 khoản 1 → Điều 2 khoản 2, dời chỗ" in shown(
        office_hours, "so-sanh/?voi=xuan-truong-2022&phan=dieu-khoan"
    )
    assert "leader: gains the power to handle a violation" in shown(
        office_hours, "so-sanh/?voi=xuan-truong-2022&phan=anh-huong", language="en"
    )


def test_without_declared_differences_the_effect_comes_first(office_hours):
    text = shown(office_hours, "so-sanh/?voi=cap-xa")
    assert "khác biệt đã nêu" not in text
    assert 'id="anh-huong-1"' in text
    assert "không khác nhau ở điểm nào" in shown(office_hours, "so-sanh/?voi=quang-ninh-2022")
    assert client(office_hours.ours).get(page(office_hours, "so-sanh/?voi=khong-co")).status_code == 404


def test_how_it_is_carried_out(office_hours):
    text = shown(office_hours, "thuc-thi/")
    rows = text.count("<tr>") - 1
    assert rows == len(charters.load("quang-ninh-2022").norms)
    assert "/bao-cao/" in text
    by_hand = shown(office_hours, "thuc-thi/?xem=lam-tay")
    assert 0 < by_hand.count("<tr>") - 1 < rows
    assert "?xem=cho" not in text  # no norm of this regulation waits for a screen
    assert "By hand" in shown(office_hours, "thuc-thi/?xem=lam-tay", language="en")


def test_the_files_are_the_charter(office_hours):
    browser, charter = client(office_hours.ours), charters.load("quang-ninh-2022")
    assert "tep.pdf" in shown(office_hours, "")
    pdf = browser.get(page(office_hours, "tep.pdf"))
    assert pdf.headers["Content-Disposition"].startswith("inline")
    assert charter.hash in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert browser.get(page(office_hours, "tep.xml")).content == charters.akoma_ntoso(charter)
    assert hashlib.sha256(browser.get(page(office_hours, "tep.json")).content).hexdigest() == charter.hash
    packed = zipfile.ZipFile(io.BytesIO(browser.get(page(office_hours, "tep.zip")).content))
    assert "quang-ninh-2022/charter.yaml" in packed.namelist()
    assert browser.get(page(office_hours, "tep.doc")).status_code == 404
    assert browser.post(page(office_hours, "tep.pdf")).status_code == 405
