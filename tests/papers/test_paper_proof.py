"""The proof of a paper: its code, what it shows a stranger, how a file compares with it, and the proof that travels."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from dean06.clock import service as clock
from dean06.flows import reporting
from dean06.ledger import live
from dean06.ledger import service as ledger
from dean06.papers import models
from dean06.papers.keeping.store import path_of
from dean06.papers.pdf.file import render_pdf
from dean06.papers.printing.proof_mark import QUIET, SIDE_MM, Modules, address, modules
from dean06.papers.service import proofs
from dean06.papers.service.withdrawing import Withdraw, ref, withdraw
from flows.conftest import at, found
from ledger.permits import Permit, Thing
from papers.samples import CREATED, decision, letter, monthly_report

BASE = "https://dean06.quan-mau.example"
ADDRESS = f"{BASE}/xac-thuc/0123456789abcdef0123456789abcdef/"
DOTS = 300


@dataclass(frozen=True)
class Picture:
    """A grey picture, one byte a dot."""

    width: int
    dots: bytes

    def at(self, x: float, y: float) -> int:
        return self.dots[int(y) * self.width + int(x)]

    def row(self, y: int, left: float, right: float) -> bytes:
        return self.dots[y * self.width + int(left) : y * self.width + int(right)]


def drawn(pdf: bytes, folder: Path, name: str) -> Picture:
    """Return the last page of a PDF as a picture."""
    path = folder / f"{name}.pdf"
    path.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-gray", path, folder / name], check=True)
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data := max(folder.glob(f"{name}-*.pgm")).read_bytes())
    return Picture(int(head[1]), data[head.end() :])


def differing(one: Picture, other: Picture) -> tuple[int, int, int, int]:
    """Return the box in which two pictures differ: left, top, right, bottom."""
    rows, left, right = [], one.width, 0
    for y in range(len(one.dots) // one.width):
        first, second = one.row(y, 0, one.width), other.row(y, 0, one.width)
        if first != second:
            places = [x for x, (here, there) in enumerate(zip(first, second, strict=True)) if here != there]
            rows, left, right = [*rows, y], min(left, places[0]), max(right, places[-1])
    return left, rows[0], right + 1, rows[-1] + 1


def shape_of(code: Modules) -> list[list[bool]]:
    found = [[False] * code.side for _ in range(code.side)]
    for row, first, length in code.runs:
        found[row][first : first + length] = [True] * length
    return found


@pytest.mark.parametrize("paper", [monthly_report(), decision(), letter()], ids=["report", "decision", "letter"])
def test_the_code_on_the_page_is_the_code_of_the_address_and_lies_over_nothing(paper, tmp_path):
    page = drawn(render_pdf(paper, CREATED, ADDRESS), tmp_path, "with")
    bare = drawn(render_pdf(paper, CREATED), tmp_path, "bare")
    code = modules(ADDRESS)
    unit = SIDE_MM / code.side / 25.4 * DOTS
    left, top, right, bottom = differing(page, bare)
    assert (right - left) / unit == pytest.approx(code.side - 2 * QUIET, abs=0.3)
    zone = [left - QUIET * unit, top - QUIET * unit, right + QUIET * unit, bottom + QUIET * unit]
    middles = [(place + 0.5) * unit for place in range(code.side)]
    seen = [[page.at(zone[0] + x, zone[1] + y) < 128 for x in middles] for y in middles]
    assert seen == shape_of(code)
    for y in range(int(top - unit * QUIET / 2), int(bottom + unit * QUIET)):
        assert set(bare.row(y, left - unit * QUIET, right + unit * QUIET)) == {255}
    assert bottom / DOTS * 25.4 < 297 - 2


def test_the_code_changes_no_word_and_no_page(tmp_path):
    for name, pdf in (
        ("a", render_pdf(monthly_report(), CREATED, ADDRESS)),
        ("b", render_pdf(monthly_report(), CREATED)),
    ):
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
        subprocess.run(["pdftotext", "-layout", tmp_path / f"{name}.pdf", tmp_path / f"{name}.txt"], check=True)
    assert (tmp_path / "a.txt").read_text() == (tmp_path / "b.txt").read_text()


def test_no_public_address_means_no_code():
    assert address("", models.Paper().token) == ""
    assert address(f"{BASE}/", models.Paper().token).startswith(f"{BASE}/xac-thuc/")
    assert render_pdf(letter(), CREATED, "") == render_pdf(letter(), CREATED)


@pytest.fixture
def office(home, tmp_path, settings):
    settings.PUBLIC_URL = BASE
    return found("quang-ninh-2022", "qn", tmp_path, persons=60)


def issued(office, month: str = "2022-08"):
    with at(2022, 8, 3, int(month[-2:])):
        reporting.make(office.account("secretariat"), office.group, month)
        return reporting.issue(office.account("leader"), office.group, month)


def code_of(paper) -> str:
    return models.Paper.objects.get(pk=paper.id).token.hex


@pytest.mark.django_db
def test_an_issued_paper_is_proved_against_the_signed_head_and_the_proof_travels(office, tmp_path):
    paper = issued(office)
    waiting = proofs.proof_of(code_of(paper))
    assert not waiting.proven
    assert proofs.as_file(waiting) is None
    ledger.sequence()
    proof = proofs.proof_of(code_of(paper))
    assert proof.proven
    assert (proof.label, proof.standing) == ("01/BC-TCTĐA", "in_force")
    assert {one.kind: one.sha256 for one in proof.files} == {
        "pdf": paper.pdf_sha256,
        "docx": paper.docx_sha256,
        "annex": paper.annex_sha256,
    }
    kept = tmp_path / "bang-chung.json"
    kept.write_text(json.dumps(proofs.as_file(proof)))
    pdf, docx = path_of(paper.pdf_sha256, "pdf"), path_of(paper.docx_sha256, "docx")
    assert live.verify_proof(kept, [pdf, docx]) == ("01/BC-TCTĐA", [])
    assert proofs.address_of(paper.id).encode() not in pdf.read_bytes()  # it is drawn, not written
    told = kept.read_text()
    for word in (paper.abstract, paper.signer, *paper.recipients):
        assert json.dumps(word)[1:-1] not in told
        assert word not in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", ["", "x", "0" * 32, "f" * 32, "g" * 32, "12345678-1234-1234-1234-123456789012", "0" * 99]
)
def test_an_unknown_code_and_none_at_all_are_alike(office, code):
    assert proofs.proof_of(code) is None


@pytest.mark.django_db
def test_a_draft_has_no_proof(office):
    with at(2022, 8, 3):
        report = reporting.make(office.account("secretariat"), office.group, "2022-08")
    assert proofs.proof_of(models.Paper.objects.get(pk=report.paper_id).token.hex) is None


@pytest.mark.django_db
def test_a_file_is_the_same_a_draft_another_paper_or_changed(office):
    with at(2022, 8, 3):
        report = reporting.make(office.account("secretariat"), office.group, "2022-08")
        draft = models.Paper.objects.get(pk=report.paper_id)
        paper = reporting.issue(office.account("leader"), office.group, "2022-08")
    other = issued(office, "2022-09")
    proof = proofs.proof_of(code_of(paper))
    told = {
        paper.pdf_sha256: "same",
        paper.docx_sha256: "same",
        draft.docx_sha256: "draft",
        draft.pdf_sha256: "draft",
        other.pdf_sha256: "other",
        hashlib.sha256(path_of(paper.pdf_sha256, "pdf").read_bytes() + b"\n").hexdigest(): "changed",
    }
    assert {sha256: proofs.likeness(proof, sha256) for sha256 in told} == told


def taken_back(paper, kind: str, by_paper: int | None = None) -> None:
    one = Withdraw(paper_id=paper.id, kind=models.Withdrawal.Kind(kind), reason="sai số liệu", by_paper_id=by_paper)
    permit = Permit(obj=Thing("paper", str(paper.id), ref(one).digest), action="document.recall")
    with at(2022, 9, 1):
        withdraw(dataclasses.replace(permit, at=clock.now()), one)


@pytest.mark.django_db
def test_a_recalled_paper_and_a_replaced_one_say_so(office):
    first, second, third = (issued(office, month) for month in ("2022-07", "2022-08", "2022-09"))
    taken_back(first, "recall")
    taken_back(second, "replacement", third.id)
    recalled, replaced = (proofs.proof_of(code_of(one)) for one in (first, second))
    assert (recalled.standing, recalled.standing_since.isoformat()) == ("recalled", "2022-09-01")
    assert (replaced.standing, replaced.replaced_by) == ("replaced", third.label)
    assert proofs.proof_of(code_of(third)).standing == "in_force"


@pytest.mark.django_db
def test_the_abstract_is_shown_of_a_published_paper_alone_and_not_once_it_is_recalled(office):
    paper = issued(office)
    assert proofs.proof_of(code_of(paper)).abstract == ""
    models.Dispatch.objects.create(
        group_id=office.group.id,
        paper_id=paper.id,
        recipient="Cổng thông tin",
        channel=models.Channel.PORTAL,
        sent_at=clock.now(),
    )
    assert proofs.proof_of(code_of(paper)).abstract == paper.abstract
    taken_back(paper, "recall")
    assert proofs.proof_of(code_of(paper)).abstract == ""


@pytest.mark.django_db
def test_a_number_that_was_voided_says_so_by_the_ledger(office):
    paper = issued(office)
    permit = Permit(obj=Thing("paper", str(paper.id)), action="document.void")
    with at(2022, 9, 1), transaction.atomic():
        ledger.append(permit, scope="qn", kind="paper", object_id=str(paper.id), digest=paper.pdf_sha256)
    proof = proofs.proof_of(code_of(paper))
    assert proof.standing == "void"
    assert proof.standing_since.isoformat() == "2022-09-01"


@pytest.mark.django_db
def test_a_group_may_do_without_the_code(office, tmp_path):
    assert proofs.qr_shown(office.group.id)
    permit = Permit(obj=Thing("template", "qn:qr", proofs.qr_digest(shown=False)), action="template.set")
    proofs.choose_qr(permit, office.group.id, shown=False)
    assert not proofs.qr_shown(office.group.id)
    paper = issued(office)
    assert proofs.address_of(paper.id) == ""
    assert proofs.proof_of(code_of(paper)).label == paper.label
    with pytest.raises(ObjectDoesNotExist):
        proofs.address_of(10**6)
