"""One label, agency, place, title or day changed in a copy of a package changes every screen, task and paper."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from dean06.charter import service as charters
from dean06.flows import ordering, reporting, setup
from dean06.flows.setup import Member
from dean06.papers.service import documents
from dean06.reports.service import months as reports
from flows.conftest import SINCE, Office, at, found
from web.neighbours import client, tasks, viewer

MONTH = "2022-08"
CHANGES = {
    "dieu-07.yaml": (
        ('cite: "7.2.k"', 'cite: "7.2.n"'),
        ("{label: k,", "{label: n,"),
        ('cite: "7.2.n", type: duty, bearer: "member:BHXH"', 'cite: "7.2.n", type: duty, bearer: "member:YT"'),
    ),
    "dieu-09.yaml": (
        (
            "documents: [group_monthly_report], deadline: every_month,",
            "documents: [group_monthly_report], deadline: {form: every_month_before_day, day: 7},",
        ),
    ),
    "charter.yaml": (
        ("name: Trung tâm Y tế huyện", "name: Trung tâm Thử nghiệm huyện"),
        ("  place: Quảng Ninh\n", "  place: Bến Thử\n"),
        ("group_monthly_report: BC-TCTĐA", "group_monthly_report: BC-THU"),
        ("name_lines: [TỔ CÔNG TÁC TRIỂN KHAI, ĐỀ ÁN 06]", "name_lines: [TỔ THỬ NGHIỆM]"),
        ("pc_chair: {title: Chủ tịch UBND huyện,", "pc_chair: {title: Chủ tịch huyện Bến Thử,"),
        ("leader: {title: Tổ trưởng,", "leader: {title: Trưởng tổ thử,"),
    ),
}
OLD = ("điểm k", "Trung tâm Y tế", "BC-TCTĐA", "Bảo hiểm xã hội huyện")


def changed(folder: Path) -> Path:
    """Copy a shipped package and change a few words of it."""
    package = folder / "goi"
    shutil.copytree(charters.folder_of("quang-ninh-2022"), package)
    for name, pairs in CHANGES.items():
        text = (package / name).read_text("utf-8")
        for old, new in pairs:
            assert old in text, f"{name} has no {old!r} any more"
            text = text.replace(old, new)
        (package / name).write_text(text, "utf-8")
    return package


@pytest.fixture
def office(db: None, home: Path, tmp_path: Path) -> Office:
    made = found(str(changed(tmp_path)), "thu", tmp_path, persons=260, line="quang-ninh-2022")
    with at(2022, 5, 21):
        account = setup.open_account(made.admin, "thu-yt", None, "Lò Thị Mai").public_id
        seat = Member(role="member", agency="YT", holder="Lò Thị Mai", account=account, since=SINCE)
        setup.seat(made.admin, made.group, seat)
    made.accounts["member:YT"] = account
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    made.load_register("2022-06")
    made.load_register("2022-07")
    made.deliver("bhyt", "YT", "2022-07")
    return made


def screen(office: Office, path: str, role: str = "leader", agency: str = "") -> str:
    return client(office, role, agency).get(f"/t/thu/{path}").content.decode()


def test_screens_tasks_and_papers_follow_the_package(office):
    task = tasks(office)[0]
    assert (task.lead, task.basis.point) == ("YT", "n")
    with at(2022, 8, 2):
        follow_on_screens(office, task.id)
        reporting.make(office.account("secretariat"), office.group, MONTH)
        shown = screen(office, f"bao-cao/{MONTH}/")
        reporting.issue(office.account("leader"), office.group, MONTH)
        issued = screen(office, f"bao-cao/{MONTH}/")
    for page in (shown, issued):
        for words in ("BC-THU", "Bến Thử, ngày", "TỔ THỬ NGHIỆM", "TRƯỞNG TỔ THỬ", "Chủ tịch huyện Bến Thử"):
            assert words in page
    follow_in_files(office)


def follow_on_screens(office: Office, task_id: int) -> None:
    pages = {
        "desk": screen(office, ""),
        "agency's desk": screen(office, "", "member", "YT"),
        "tasks": screen(office, "nhiem-vu/"),
        "task": screen(office, f"nhiem-vu/{task_id}/"),
        "orders": screen(office, "sai-lech/?xem=don"),
        "settings": screen(office, "cai-dat/"),
        "deliveries": screen(office, "doi-soat/"),
        "clause": screen(office, "quy-che/dieu/7/?khoan=7.2.n"),
    }
    for name, shown in pages.items():
        assert "điểm n" in shown, name
        assert "điểm k" not in shown, name
        assert "Trung tâm Y tế" not in shown, name
        if name != "clause":
            assert "BC-TCTĐA" not in shown, name
    assert "trước 0 giờ 07/08" in pages["desk"]
    assert "Trung tâm Thử nghiệm huyện" in pages["task"]
    assert "Trung tâm Thử nghiệm huyện" in pages["settings"]
    assert "Lò Thị Mai" in pages["clause"]
    assert not tasks_of_the_old_agency(office)
    assert "trước ngày 7" in screen(office, "quy-che/dieu/9/?khoan=9.6")


def tasks_of_the_old_agency(office: Office) -> list:
    shown = screen(office, "nhiem-vu/", "member", "BHXH")
    return [one.title for one in tasks(office) if one.title in shown]


def follow_in_files(office: Office) -> None:
    seen = viewer(office)
    report = reports.report(seen, office.group.id, MONTH)
    word = docx.Document(documents.file(seen, report.paper_id, "docx"))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    written = "\n".join([*(one.text for one in word.paragraphs), *cells])
    pdf = PdfReader(io.BytesIO(documents.file(seen, report.paper_id, "pdf").read_bytes()))
    printed = "\n".join(page.extract_text() for page in pdf.pages)
    for text in (" ".join(written.split()), " ".join(printed.split())):
        for words in ("BC-THU", "Bến Thử", "TỔ THỬ NGHIỆM", "TRƯỞNG TỔ THỬ", "Trung tâm Thử nghiệm huyện"):
            assert words in text, words
        for words in OLD:
            assert words not in text, words


def test_the_shipped_package_says_the_other_words():
    shipped = charters.load("quang-ninh-2022")
    assert shipped.body.place != "Bến Thử"
    assert charters.answerable(shipped, "S11").agency == "BHXH"
