"""The page that a QR code leads to: what a stranger sees, how a file compares, no oracle, no haste, one way in."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dean06.ledger import live
from dean06.ledger import service as ledger
from dean06.papers import models
from dean06.papers.keeping.store import path_of
from dean06.papers.service import proofs
from dean06.web import pace
from web.neighbours import client


@pytest.fixture(autouse=True)
def rested():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def paper(office_hours):
    ledger.sequence()
    return models.Paper.objects.get(pk=office_hours.mine.paper)


def where(paper) -> str:
    return f"/xac-thuc/{paper.token.hex}/"


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_stranger_sees_number_date_issuer_and_proof_and_nothing_else(office_hours, paper, language):
    stranger = Client()
    stranger.post("/ngon-ngu/", {"language": language})
    answer = stranger.get(where(paper))
    shown = text_of(answer)
    assert answer.status_code == 200
    assert f'lang="{language}"' in shown
    for said in (
        f"{paper.number:02d}/{paper.symbol}",
        paper.pdf_sha256,
        paper.docx_sha256,
        office_hours.ours.group.name,
    ):
        assert said in shown
    for hidden in (paper.abstract, paper.signer, *paper.recipients, f"/van-ban/{paper.pk}/"):
        assert hidden not in shown
    assert "sessionid" not in answer.cookies or not answer.cookies["sessionid"].value
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_whoever_may_see_the_paper_is_led_to_it_and_others_are_not(office_hours, paper):
    assert f"/van-ban/{paper.pk}/tep.pdf" in text_of(client(office_hours.ours).get(where(paper)))
    assert f"/van-ban/{paper.pk}/" not in text_of(client(office_hours.theirs).get(where(paper)))


def test_an_unknown_code_a_malformed_one_and_a_draft_answer_alike(office_hours, paper):
    draft = models.Paper.objects.filter(number=None).first()
    codes = ["0" * 32, "f" * 32, "khong-phai-ma", "%00", str(paper.token), *([draft.token.hex] if draft else [])]
    stranger = Client()
    answers = {code: stranger.get(f"/xac-thuc/{code}/") for code in codes}
    assert {one.status_code for one in answers.values()} == {404}

    def bare(answer) -> str:
        return re.sub(r'value="[^"]*"|X-CSRFToken[^}]*', "", text_of(answer))

    assert len({bare(one) for one in answers.values()}) == 1
    posted = {stranger.post(f"/xac-thuc/{code}/", {"sha256": "0" * 64}).status_code for code in codes}
    assert posted == {404}
    assert {stranger.get(f"/xac-thuc/{code}/bang-chung.json").status_code for code in codes} == {404}


def test_a_file_is_compared_by_upload_and_by_checksum(office_hours, paper):
    stranger, page = Client(), where(paper)
    pdf = path_of(paper.pdf_sha256, "pdf").read_bytes()
    same = stranger.post(page, {"tep": SimpleUploadedFile("a.pdf", pdf)})
    assert "giống từng byte" in text_of(same)
    assert "giống từng byte" in text_of(stranger.post(page, {"sha256": paper.docx_sha256.upper()}))
    assert "Không khớp" in text_of(stranger.post(page, {"tep": SimpleUploadedFile("a.pdf", pdf + b"\n")}))
    theirs = models.Paper.objects.get(pk=office_hours.foreign.paper)
    other = text_of(stranger.post(page, {"sha256": theirs.pdf_sha256}))
    assert "văn bản khác" in other
    assert f"{theirs.number:02d}/{theirs.symbol}" not in other or theirs.symbol == paper.symbol
    draft = paper.versions.first()
    assert "bản dự thảo" in text_of(stranger.post(page, {"sha256": draft.docx_sha256}))
    assert "Chọn một tệp" in text_of(stranger.post(page, {"sha256": "x"}))


def test_the_proof_is_downloaded_and_holds_without_us(office_hours, paper, tmp_path):
    answer = Client().get(f"{where(paper)}bang-chung.json")
    assert answer.headers["Content-Type"] == "application/json"
    kept = tmp_path / "bang-chung.json"
    kept.write_bytes(answer.content)
    label = f"{paper.number:02d}/{paper.symbol}"
    assert live.verify_proof(kept, [path_of(paper.pdf_sha256, "pdf")]) == (label, [])
    told = json.dumps(json.loads(answer.content), ensure_ascii=False)
    for hidden in (paper.abstract, paper.signer, *paper.recipients):
        assert hidden not in told


def test_a_stranger_in_haste_is_asked_to_wait(office_hours, paper, monkeypatch):
    monkeypatch.setattr(pace, "MOST", 3)
    stranger = Client()
    answers = [stranger.get(where(paper)).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    slow = stranger.get(where(paper))
    assert slow.headers["Retry-After"] == "60"
    assert "Chờ một phút" in text_of(slow)
    assert stranger.get(where(paper), REMOTE_ADDR="203.0.113.9").status_code == 200


def test_an_act_on_the_page_wants_its_token(office_hours, paper):
    assert Client(enforce_csrf_checks=True).post(where(paper), {"sha256": "0" * 64}).status_code == 403
    assert Client().put(where(paper)).status_code == 405


def test_questions_to_the_database_are_few(office_hours, paper, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        Client().get(where(paper))


def test_a_group_chooses_whether_its_papers_bear_the_code(office_hours, settings):
    ours = office_hours.ours
    page = f"/t/{ours.group.slug}/cai-dat/"
    clerk, member = client(ours, "clerk"), client(ours, "member", "BHXH")
    assert 'id="ma-qr"' not in text_of(clerk.get(page))  # no public address: nothing to choose
    settings.PUBLIC_URL = "https://dean06.quan-mau.example"
    assert "Thôi in mã QR" in text_of(clerk.get(page))
    assert member.post(f"{page}ma-qr/", {"hien": "0"}).status_code == 403
    assert clerk.post(f"{page}ma-qr/", {"hien": "0"}).url == page
    assert "In mã QR" in text_of(clerk.get(page))
    assert not proofs.qr_shown(ours.group.id)
