"""Work files: a list of the year, papers in order, closing, the archive's two signatures, and what comes after."""

from __future__ import annotations

import io
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pypdf import PdfReader, PdfWriter

from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.clock.service import TZ
from dean06.flows import keeping as flow
from dean06.flows import reporting, setup
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import NewGroup
from dean06.papers import models
from dean06.papers.keeping.printed import in_words
from dean06.papers.service import handing_in, keeping, pieces, printing
from dean06.papers.types import FileState, Issuer, Letterhead, NewFate, NewFile, NewPiece, Outcome, PieceKind, Term
from flows.conftest import SINCE, Office, at

YEAR = 2022
DECIDED = date(2022, 6, 1)


def viewer(office: Office, role: str = "leader"):
    return offices.viewer(office.account(role), date(2022, 8, 1))


def listed(office: Office) -> list:
    """Give the group the proposed list, issued, and return its files."""
    with at(2022, 6, 2):
        flow.propose(office.account("clerk"), office.group, YEAR)
        flow.issue_list(office.account("leader"), office.group, YEAR, "07/QĐ-TCTĐA", DECIDED)
    return keeping.work_files(viewer(office), office.group.id, YEAR)


def issued(office: Office, month: str = "2022-08") -> int:
    with at(2022, 8, 3):
        reporting.make(office.account("secretariat"), office.group, month)
        return reporting.issue(office.account("leader"), office.group, month).id


def came_in(number: str, day: date, pages: int = 2) -> NewPiece:
    return NewPiece(
        kind=PieceKind.IN,
        ref=f"{number}/2022",
        symbol=f"{number}/UBND-VX",
        dated_on=day,
        title="Công văn về việc báo cáo số liệu",
        author="UBND huyện",
        pages=pages,
    )


def opened(office: Office) -> int:
    one = listed(office)[4]
    with at(2022, 6, 3):
        flow.open_file(office.account("secretariat"), office.group, one.id)
    return one.id


def closed(office: Office, day: date = date(2022, 12, 20)) -> int:
    file_id = opened(office)
    with at(2022, 8, 5):
        flow.put(office.account("secretariat"), office.group, file_id, came_in("12", date(2022, 8, 1)))
    with at(2022, 12, 21):
        flow.close(office.account("secretariat"), office.group, file_id, day)
    return file_id


def test_the_list_of_a_year_is_proposed_with_the_terms_of_its_day_and_issued_once(office):
    files = listed(office)
    assert [one.symbol for one in files[:2]] == ["01.TH", "02.TH"]
    assert {one.heading for one in files} == {"TH", "DL", "KT", "VT"}
    assert files[1].term == Term("permanent")  # the regulation of the group, under the table in force in 2022
    assert files[1].term_source == "Thông tư 09/2011/TT-BNV"
    assert {one.keeper for one in files} > {"Văn thư"} or all(one.keeper for one in files)
    with at(2022, 6, 3):
        with pytest.raises(BadInput, match="đã ban hành theo 07/QĐ-TCTĐA"):
            flow.propose(office.account("clerk"), office.group, YEAR)
        new = NewFile(
            heading="TH",
            heading_title="Tổng hợp",
            title="Hồ sơ đoàn công tác của tỉnh",
            term=Term("years", 10),
            term_source="Tổ tự xác định",
            keeper="Bộ máy giúp việc",
        )
        beside = flow.add(office.account("secretariat"), office.group, YEAR, new)
    assert (beside.symbol, beside.planned) == ("10.TH", False)


def test_a_later_year_takes_the_table_in_force_then(office):
    with at(2023, 3, 1):
        flow.propose(office.account("clerk"), office.group, 2023)
    files = keeping.work_files(viewer(office), office.group.id, 2023)
    assert files[1].term == Term("years", 20)
    assert files[1].term_source == "Thông tư 10/2022/TT-BNV"


def test_only_those_whom_the_rules_name_issue_the_list(office):
    with at(2022, 6, 2):
        flow.propose(office.account("clerk"), office.group, YEAR)
        with pytest.raises(RefusedByCharter):
            flow.issue_list(office.account("clerk"), office.group, YEAR, "07/QĐ-TCTĐA", DECIDED)


def test_a_file_opens_only_from_an_issued_list(office):
    with at(2022, 6, 2):
        flow.propose(office.account("clerk"), office.group, YEAR)
        one = keeping.work_files(viewer(office), office.group.id, YEAR)[0]
        with pytest.raises(BadInput, match="chưa ban hành"):
            flow.open_file(office.account("clerk"), office.group, one.id)
        flow.drop(office.account("clerk"), office.group, one.id)
    assert keeping.work_file(viewer(office), one.id) is None


def test_papers_lie_in_order_and_what_is_taken_out_stays_on_record(office):
    file_id, paper_id = opened(office), issued(office)
    by = office.account("secretariat")
    with at(2022, 8, 5):
        flow.put_paper(by, office.group, file_id, paper_id)
        flow.put(by, office.group, file_id, came_in("12", date(2022, 8, 1)))
        flow.put(by, office.group, file_id, came_in("13", date(2022, 8, 2), pages=3))
        with pytest.raises(BadInput, match="đã nằm trong hồ sơ"):
            flow.put(by, office.group, file_id, came_in("12", date(2022, 8, 1)))
        lying = pieces.pieces(viewer(office), file_id)
        flow.move(by, office.group, file_id, lying[2].id, 1)
    lying = pieces.pieces(viewer(office), file_id)
    assert [(one.number, one.symbol) for one in lying] == [(1, "13/UBND-VX"), (2, "01/BC-TCTĐA"), (3, "12/UBND-VX")]
    assert lying[1].title.startswith("Báo cáo: ")
    assert lying[1].pages >= 1
    with at(2022, 8, 6):
        info = flow.take_out(by, office.group, file_id, lying[0].id, "bản trùng")
    assert [one.number for one in pieces.pieces(viewer(office), file_id)] == [1, 2]
    assert [(one.symbol, one.taken_out_why) for one in pieces.taken_out(viewer(office), file_id)] == [
        ("13/UBND-VX", "bản trùng")
    ]
    assert (info.pieces, info.from_on, info.to_on) == (2, date(2022, 8, 1), date(2022, 8, 3))
    acts = [one.action for one in ledger.acts_on(office.group.slug, "work_file", info.ref)]
    assert acts.count("document.archive") == 1
    assert acts.count("work_file.fill") == 4
    with at(2022, 8, 7):
        flow.put(by, office.group, file_id, came_in("13", date(2022, 8, 2)))  # what was taken out may come back


def test_an_uploaded_document_is_kept_by_its_checksum(office):
    file_id = opened(office)
    blank = PdfWriter()
    for _ in range(3):
        blank.add_blank_page(200, 200)
    blank.write(page := io.BytesIO())
    said = NewPiece(kind=PieceKind.UPLOAD, ref="-", title="Ảnh chụp bảng ký nhận", author="Tổ công tác", pages=1)
    with at(2022, 8, 5):
        flow.put_upload(office.account("member"), office.group, file_id, (page.getvalue(), "ky-nhan.PDF"), said)
        (one,) = pieces.pieces(viewer(office), file_id)
        assert (one.pages, one.suffix) == (3, "pdf")
        path, suffix = pieces.document(viewer(office), file_id, one.id)
        assert path.read_bytes() == page.getvalue()
        assert suffix == "pdf"
        for data, name, told in (
            (b"MZ", "a.exe", "không nhận được"),
            (b"", "a.pdf", "rỗng"),
            (b"%PDF-1.7 x", "a.pdf", "hỏng"),
        ):
            with pytest.raises(BadInput, match=told):
                flow.put_upload(office.account("member"), office.group, file_id, (data, name), said)


def test_a_closed_file_changes_no_more_and_an_empty_one_does_not_close(office):
    file_id = opened(office)
    by = office.account("secretariat")
    with at(2022, 12, 21):
        with pytest.raises(BadInput, match="chưa có văn bản"):
            flow.close(by, office.group, file_id, date(2022, 12, 20))
        flow.put(by, office.group, file_id, came_in("12", date(2022, 12, 19)))
        for wrong in (date(2022, 12, 18), date(2022, 12, 22)):
            with pytest.raises(BadInput, match="không sau hôm nay"):
                flow.close(by, office.group, file_id, wrong)
        done = flow.close(by, office.group, file_id, date(2022, 12, 20))
        assert (done.state, done.pages) == (FileState.CLOSED, 2)
        assert done.due_before == date(2023, 12, 21)
        assert done.kept_until == date(2042, 12, 31)
        (piece,) = pieces.pieces(viewer(office), file_id)
        for act in (
            lambda: flow.put(by, office.group, file_id, came_in("14", date(2022, 12, 1))),
            lambda: flow.take_out(by, office.group, file_id, piece.id, "nhầm"),
            lambda: flow.close(by, office.group, file_id, date(2022, 12, 20)),
        ):
            with pytest.raises(BadInput, match="đã kết thúc"):
                act()


def test_a_draft_does_not_go_into_a_file(office):
    file_id = opened(office)
    with at(2022, 8, 3):
        report = reporting.make(office.account("secretariat"), office.group, "2022-08")
        with pytest.raises(BadInput, match="Dự thảo"):
            flow.put_paper(office.account("secretariat"), office.group, file_id, report.paper_id)


def test_late_files_are_computed_and_two_people_sign_at_the_archive(office):
    file_id = closed(office)
    seen = viewer(office)
    assert handing_in.late(seen, office.group.id, date(2023, 12, 20)) == []
    assert [one.id for one in handing_in.late(seen, office.group.id, date(2023, 12, 21))] == [file_id]
    with at(2023, 12, 22):
        offer = flow.hand_in(office.account("secretariat"), office.group, [file_id], "Đủ, không rách nát")
        assert offer.giver.name == "Đỗ Thanh Sáu"
        with pytest.raises(BadInput, match="Người giao không tự nhận"):
            flow.take_over(office.account("secretariat"), office.group, offer.id)
        with pytest.raises(RefusedByCharter):
            flow.take_over(office.account("member"), office.group, offer.id)
        flow.send_back(office.account("clerk"), office.group, offer.id, "thiếu tờ 2")
        again = flow.hand_in(office.account("secretariat"), office.group, [file_id], "Đã bổ sung")
        done = flow.take_over(office.account("clerk"), office.group, again.id)
    assert (offer.number, again.number) == (1, 2)
    assert done.receiver.name == "Mai Thị Tám"
    assert keeping.work_file(seen, file_id).state is FileState.ARCHIVED
    assert handing_in.late(seen, office.group.id, date(2030, 1, 1)) == []
    (one,) = handing_in.files_of_hand_in(seen, again.id)
    assert one.id == file_id
    with at(2023, 12, 23), pytest.raises(BadInput, match="đã xong"):
        flow.take_over(office.account("clerk"), office.group, again.id)


def test_nothing_is_destroyed_by_itself_and_a_decision_leaves_the_papers(office, home):
    file_id = closed(office)
    seen = viewer(office)
    with at(2042, 12, 31):
        assert handing_in.run_out(seen, office.group.id, date(2042, 12, 31)) == []
    after = date(2043, 1, 1)
    assert [one.id for one in handing_in.run_out(seen, office.group.id, after)] == [file_id]
    kept = sorted(path.name for path in (home / "papers").rglob("*.*"))
    longer = NewFate(
        outcome=Outcome.LONGER, instrument="3/QĐ-UBND", signed_on=after, reason="còn tra cứu", more_years=5
    )
    destroy = NewFate(outcome=Outcome.DESTROY, instrument="9/QĐ-UBND", signed_on=date(2048, 1, 5), reason="hết giá trị")
    with at(2043, 1, 2):
        assert flow.decide_fate(office.account("leader"), office.group, file_id, longer).kept_until == date(
            2047, 12, 31
        )
        with pytest.raises(BadInput, match="chưa hết thời hạn"):
            flow.decide_fate(office.account("leader"), office.group, file_id, destroy)
    with at(2048, 1, 6):
        with pytest.raises(RefusedByCharter):
            flow.decide_fate(office.account("clerk"), office.group, file_id, destroy)
        gone = flow.decide_fate(office.account("leader"), office.group, file_id, destroy)
    assert gone.destroyed_by.instrument == "9/QĐ-UBND"
    assert handing_in.run_out(seen, office.group.id, date(2099, 1, 1)) == []
    assert [one.id for one in handing_in.fate_decided(seen, office.group.id)] == [file_id]
    assert sorted(path.name for path in (home / "papers").rglob("*.*")) == kept
    assert pieces.pieces(seen, file_id)


def test_files_pass_to_the_successors_with_the_one_entry_of_the_hand_over(office):
    file_id = closed(office)
    new = NewGroup(
        slug="ke-thua", name="Tổ kế thừa", short_name="Tổ kế thừa", level="commune", unit_code="19225",
        unit_on=SINCE, charter_line="quang-ninh-2022",
    )  # fmt: skip
    with at(2022, 12, 22):
        heir = setup.found_group(office.admin, new, "quang-ninh-2022")
        by = flow._of_list(office.account("leader"), office.group, "work_file.plan", 2031, "0" * 64)
        to = {one.id: "ke-thua" for one in handing_in.live_files(office.group.id)}
        with pytest.raises(Exception, match="chưa có mục ghi"), transaction.atomic():
            handing_in.pass_on(by, office.group.id, to)
        with transaction.atomic():
            ledger.append(
                by, scope=office.group.slug, kind="file_list", object_id=f"{office.group.slug}:2031", digest="0" * 64
            )
            with pytest.raises(BadInput, match="vừa đổi"):
                handing_in.pass_on(by, office.group.id, {file_id: "ke-thua"})
            handing_in.pass_on(by, office.group.id, to)
    assert {one.id for one in handing_in.live_files(heir.id)} == set(to)
    assert keeping.work_file(viewer(office), file_id).holder_id == heir.id
    with at(2022, 12, 23), pytest.raises(BadInput, match="do tổ khác giữ"):
        flow.hand_in(office.account("secretariat"), office.group, [file_id], "đủ")


def test_a_stranger_sees_no_file(office):
    file_id = closed(office)
    stranger = offices.viewer("00000000-0000-4000-8000-000000000009", SINCE)
    assert keeping.work_file(stranger, file_id) is None
    assert keeping.work_files(stranger, office.group.id) == []
    assert pieces.pieces(stranger, file_id) == []
    assert handing_in.late(stranger, office.group.id, date(2099, 1, 1)) == []
    assert models.WorkFile.objects.filter(pk=file_id).exists()


def words_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_four_forms_are_printed_as_the_decree_draws_them(office):
    file_id, paper_id = opened(office), issued(office)
    by = office.account("secretariat")
    with at(2022, 8, 5):
        flow.put_paper(by, office.group, file_id, paper_id)
        flow.put(by, office.group, file_id, came_in("12", date(2022, 8, 1), pages=3))
    with at(2022, 12, 21):
        flow.close(by, office.group, file_id, date(2022, 12, 20))
        offer = flow.hand_in(by, office.group, [file_id], "Đủ, không rách nát")
        flow.take_over(office.account("clerk"), office.group, offer.id)
    head = Letterhead(issuer=Issuer(parent=("UBND huyện Mẫu",), body=("Tổ công tác Đề án 06",)), place="Mẫu")
    seen, now = viewer(office), datetime(2022, 12, 22, 9, tzinfo=TZ)
    listed_ = words_of(printing.list_of_files(seen, office.group.id, YEAR, head, now))
    assert "(Kèm theo Quyết định số 07/QĐ-TCTĐA ngày 01 tháng 6 năm 2022)" in listed_
    assert "I. TỔNG HỢP" in listed_
    assert "IV. VĂN THƯ" in listed_
    assert "Danh mục hồ sơ này có 19 hồ sơ" in listed_
    contents = words_of(printing.contents_of_file(seen, file_id, head, now))
    pages = pieces.pieces(seen, file_id)[0].pages
    assert "Số, ký hiệu hồ sơ: 05.TH" in contents
    assert f"{pages + 1:02d}-{pages + 3:02d}" in contents
    assert "từ ngày 01/08/2022 đến ngày 03/08/2022" in contents
    handed = words_of(printing.list_handed_in(seen, offer.id, head, now))
    assert "Viết bằng chữ: một hồ sơ" in handed
    record = words_of(printing.record_of_hand_in(seen, offer.id, head, now))
    for said in ("Ông (bà): Đỗ Thanh Sáu", "Ông (bà): Mai Thị Tám", "Tổng số tệp tin trong hồ sơ: 02"):
        assert said in record
    stranger = offices.viewer("00000000-0000-4000-8000-000000000009", SINCE)
    assert printing.record_of_hand_in(stranger, offer.id, head, now) is None
    assert printing.list_of_files(stranger, office.group.id, YEAR, head, now) is None
    if folder := os.environ.get("DEAN06_SHOTS"):
        for name, pdf in (
            ("danh-muc", printing.list_of_files(seen, office.group.id, YEAR, head, now)),
            ("muc-luc", printing.contents_of_file(seen, file_id, head, now)),
            ("nop-luu", printing.list_handed_in(seen, offer.id, head, now)),
            ("bien-ban", printing.record_of_hand_in(seen, offer.id, head, now)),
        ):
            (Path(folder) / f"{name}.pdf").write_bytes(pdf)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "không"), (5, "năm"), (10, "mười"), (15, "mười lăm"), (21, "hai mươi mốt"), (105, "một trăm lẻ năm"),
     (40, "bốn mươi"), (55, "năm mươi lăm"), (111, "một trăm mười một"), (300, "ba trăm"), (1000, "1000")],
)  # fmt: skip
def test_a_number_in_words(number, said):
    assert in_words(number) == said


def test_a_paper_of_the_incoming_register_goes_into_a_file_as_the_register_describes_it(office):
    file_id = opened(office)
    arrived = models.Incoming.objects.create(
        group_id=office.group.id,
        channel=models.Channel.PAPER,
        arrived_at=datetime(2022, 8, 3, 9, tzinfo=TZ),
        organ_name="UBND huyện Mẫu",
        label="15/UBND-NC",
        dated=date(2022, 8, 1),
        kind="Công văn",
        abstract="đôn đốc rà soát dữ liệu",
        pages=2,
    )
    with at(2022, 8, 5):
        with pytest.raises(BadInput, match="chưa vào sổ"):
            flow.put_incoming(office.account("clerk"), office.group, file_id, arrived.pk)
        models.Incoming.objects.filter(pk=arrived.pk).update(number=7, year=2022, status="registered")
        flow.put_incoming(office.account("clerk"), office.group, file_id, arrived.pk)
    (one,) = pieces.pieces(viewer(office), file_id)
    assert (one.ref, one.symbol, one.author, one.pages) == ("07/2022", "15/UBND-NC", "UBND huyện Mẫu", 2)
    assert one.title == "Công văn: đôn đốc rà soát dữ liệu"
