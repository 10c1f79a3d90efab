"""The page on which anybody looks at a PDF's signatures: verdict, signers, changes, what is ours; nothing is kept."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfWriter

from dean06.clock import service as clock
from dean06.clock.service import TZ
from dean06.demo.pki import PASSWORD, Holder, make
from dean06.demo.pki_server import TSA, PkiServer
from dean06.papers import models
from dean06.papers.keeping.store import path_of
from dean06.papers.service import keys, signatures
from dean06.web import pace
from papers.samples import letter

PAGE = "/kiem-tra-chu-ky/"
AT = datetime(2022, 8, 3, 9, tzinfo=TZ)


@pytest.fixture(autouse=True)
def rested():
    cache.clear()
    yield
    cache.clear()


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def brought(data: bytes, name: str = "cong-van.pdf", browser: Client | None = None):
    return (browser or Client()).post(PAGE, {"tep": SimpleUploadedFile(name, data)})


@pytest.fixture
def signed(home) -> bytes:
    """Return a letter signed by somebody whose certificate this installation believes."""
    with PkiServer(at=AT) as server, clock.pinned(AT):
        server.pki = make(home, [Holder("ky", "Lê Thị Thử", "Ủy ban nhân dân xã Mẫu")], [])
        means = signatures.Means(
            signer=signatures.Pkcs12File(server.pki.key_file("ky").read_bytes(), PASSWORD),
            tsa=signatures.time_stamps(f"{server.address}{TSA}"),
            validation=keys.trust(),
        )
        prepared = signatures.prepare(letter(number=None, issued_on=None), AT)
        return signatures.sign_person(prepared.pdf, means, None, AT)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", ["Lê Thị Thử", "Ủy ban nhân dân xã Mẫu", "dấu thời gian tin cậy", "Chứng thư có hiệu lực"]),
        ("en", ["Lê Thị Thử", "trusted time stamp", "The certificate was valid", "Verify another file"]),
    ],
)
def test_a_signed_file_tells_who_when_and_whether_it_changed(db, signed, language, said):
    browser = Client()
    browser.post("/ngon-ngu/", {"language": language})
    shown = text_of(brought(signed, browser=browser))
    for words in said:
        assert words in shown
    assert "09:00:00" in shown


def test_a_byte_changed_after_signing_is_told(db, signed):
    answer = brought(signed.replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    assert "KHÔNG hợp lệ: chữ ký không khớp với nội dung" in text_of(answer)
    assert "sign-panel--bad" in answer.content.decode()


def test_a_stranger_to_this_installation_is_not_believed(db, signed, home):
    for path in (home / "tin-cay").iterdir():
        path.unlink()
    shown = text_of(brought(signed))
    assert "có chứng thư không tin cậy được" in shown
    assert "KHÔNG rõ nơi cấp" in shown


def test_a_paper_of_ours_leads_to_its_proof_and_another_does_not(office_hours):
    paper = models.Paper.objects.get(pk=office_hours.mine.paper)
    pdf = path_of(paper.pdf_sha256, "pdf").read_bytes()
    answer = brought(pdf)
    assert f"/xac-thuc/{paper.token.hex}/" in answer.content.decode()
    assert "Tệp không có chữ ký số nào" in text_of(answer)
    assert paper.abstract not in text_of(answer)
    assert "/xac-thuc/" not in brought(pdf + b"\n").content.decode()


def encrypted() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("mat-khau", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 khong phai pdf", "không phải là PDF"),
        (b"%PDF-1.7\n rong", "bị hỏng"),
        (encrypted(), "có mật khẩu"),
        (b"", "Chọn một tệp"),
    ],
    ids=["not-a-pdf", "broken", "encrypted", "empty"],
)
def test_what_cannot_be_verified_is_said_in_a_sentence(db, home, data, said):
    answer = brought(data)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "error-summary" in answer.content.decode()


def test_a_file_over_the_limit_is_refused_before_it_is_read(db):
    answer = Client().post(PAGE, {"x": "1"}, CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 413


def test_nothing_is_kept_and_nobody_asks_in_haste(db, signed, monkeypatch, home):
    before = sorted(path for path in home.rglob("*") if path.is_file())
    browser = Client()
    brought(signed, browser=browser)
    assert sorted(path for path in home.rglob("*") if path.is_file()) == before
    monkeypatch.setattr(pace, "MOST", 2)
    cache.clear()
    assert [browser.get(PAGE).status_code for _ in range(3)] == [200, 200, 429]


def test_it_wants_a_token_and_is_linked_from_the_sign_in_page(db):
    assert Client(enforce_csrf_checks=True).post(PAGE, {}).status_code == 403
    assert Client().put(PAGE).status_code == 405
    assert f'href="{PAGE}"' in Client().get("/dang-nhap/").content.decode()
