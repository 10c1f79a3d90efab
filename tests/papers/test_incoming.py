"""The incoming register: numbers in order and never twice, urgent ones first, by hand and over the axis, printed."""

from __future__ import annotations

import threading
from datetime import date, datetime

import pytest
from django.db import connection
from pypdf import PdfReader

from dean06.charter.types import Ending
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.demo.service import DocumentExchange
from dean06.papers import models
from dean06.papers.edxml.codes import Business
from dean06.papers.edxml.types import Attachment
from dean06.papers.edxml.writing import write
from dean06.papers.errors import PaperRefused
from dean06.papers.post import exchange_client as client
from dean06.papers.printing.sheet import Head, Sheet, sheet_pdf
from dean06.papers.service import incoming, registers, withdrawing
from dean06.papers.service.addressing import Channel
from dean06.papers.service.incoming import NewIncoming
from dean06.papers.service.withdrawing import Kind, Withdraw
from papers.offices import NOON, Pair, group, office, permit, systems, viewer
from papers.packets import COMMUNE, PROVINCE, edoc
from papers.samples import CREATED, letter

YEAR = 2022
CLERKS = 6


def new(**changes: object) -> NewIncoming:
    told: dict[str, object] = {
        "channel": Channel.PAPER,
        "organ_name": "UBND xã Cồn Xanh",
        "label": "31/UBND-VP",
        "dated": date(2022, 8, 1),
        "kind": "Công văn",
        "abstract": "V/v rà soát số liệu",
    }
    return NewIncoming(**(told | changes))


def enter(group_id: int, slug: str, one: NewIncoming):
    return incoming.enter(permit(incoming.entry_ref(slug, one)), group_id, one)


@pytest.fixture
def pair(db, home):
    with clock.pinned(NOON):
        exchange = DocumentExchange(*systems(tinh=PROVINCE, xa=COMMUNE))
        with exchange.serving() as url:
            yield Pair(office("tinh", PROVINCE, url), office("xa", COMMUNE, url), exchange)


def put(pair: Pair, **changes: object) -> None:
    packet = write(edoc(day=date(2022, 8, 2), **changes))
    client.send(pair.province.axis, packet, message="edoc", sender=PROVINCE.code, to=[COMMUNE.code])


def test_urgent_papers_come_first_and_numbers_follow_the_clerk(pair):
    for number, priority in (("1", 0), ("2", 1), ("3", 3), ("4", 0)):
        put(pair, number=number, priority=priority)
    commune = pair.commune
    commune.take_in()
    waiting = incoming.inbox(commune.viewer, commune.group.id)
    assert [row.label for row in waiting] == ["3/BC-TCTĐA", "2/BC-TCTĐA", "1/BC-TCTĐA", "4/BC-TCTĐA"]
    numbers = [incoming.register(permit(incoming.ref(row.id, "register")), row.id).number for row in waiting]
    assert numbers == [1, 2, 3, 4]
    with pytest.raises(BadInput, match="đã vào sổ"):
        incoming.register(permit(incoming.ref(waiting[0].id, "register")), waiting[0].id)
    commune.deliver()
    assert {one.code for one in models.Answer.objects.all()} == {"01", "03"}
    assert {one.state for one in models.Answer.objects.all()} == {"sent"}
    assert all(one.at == NOON for one in models.Answer.objects.all())


def test_a_registered_paper_is_handed_on_and_finished(pair):
    put(pair)
    commune = pair.commune
    commune.take_in()
    (row,) = incoming.inbox(commune.viewer, commune.group.id)
    due = date(2022, 8, 10)
    ref = incoming.ref(row.id, "hand_on", to="Công an xã", answer_by=str(due))
    with pytest.raises(BadInput, match="chờ tiếp nhận"):
        incoming.hand_on(permit(ref), row.id, "Công an xã", due)
    incoming.register(permit(incoming.ref(row.id, "register")), row.id)
    handed = incoming.hand_on(permit(ref), row.id, "Công an xã", due)
    assert (handed.handed_to, handed.answer_by, handed.late(due), handed.late(date(2022, 8, 11))) == (
        "Công an xã",
        due,
        False,
        True,
    )
    done = incoming.finish(permit(incoming.ref(row.id, "finish")), row.id, "Đã báo cáo.")
    assert (done.status, [code for code, _ in done.told]) == ("done", ["01", "03", "04", "06"])


def test_by_hand_the_same_paper_is_noticed(pair):
    commune = pair.commune
    scan = Attachment(name="cong-van.pdf", content=b"%PDF-1.4 quet")
    first = enter(commune.group.id, "xa", new(files=(scan,)))
    second = enter(commune.group.id, "xa", new(channel=Channel.EMAIL, organ_name="UBND xã Cồn xanh"))
    other = enter(commune.group.id, "xa", new(label="32/UBND-VP"))
    unnumbered = enter(commune.group.id, "xa", new(label="", dated=None, kind="Thư"))
    assert [row.number for row in (first, second, other, unnumbered)] == [1, 2, 3, 4]
    assert (second.duplicate_of, other.duplicate_of, unnumbered.duplicate_of) == (first.id, None, None)
    assert incoming.file(commune.viewer, first.id, scan.sha256).read_bytes() == scan.content
    assert incoming.file(commune.viewer, second.id, scan.sha256) is None
    assert models.Answer.objects.count() == 0
    with clock.pinned(datetime(2023, 1, 3, 8, tzinfo=clock.TZ)):
        assert enter(commune.group.id, "xa", new(label="1/UBND", dated=date(2023, 1, 2))).number == 1


def test_a_group_that_has_ended_takes_no_numbers(pair, monkeypatch):
    put(pair)
    commune = pair.commune
    commune.take_in()
    (row,) = incoming.inbox(commune.viewer, commune.group.id)
    assert (row.overdue(NOON.date()), row.overdue(date(2022, 8, 4))) == (False, True)
    over = Ending(last_day=date(2022, 8, 2), instrument="1/QĐ", signed_on=date(2022, 8, 1), successors=("Tổ mới",))
    monkeypatch.setattr(incoming.offices, "ending", lambda _group: over)
    with pytest.raises(BadInput, match="vào sổ của Tổ mới"):
        incoming.register(permit(incoming.ref(row.id, "register")), row.id)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"abstract": "  "}, "trích yếu: đang để trống"),
        ({"organ_name": ""}, "cơ quan ban hành: đang để trống"),
        ({"priority": 9}, "độ khẩn"),
        ({"channel": Channel.EDXML}, "kênh đến"),
    ],
)
def test_a_useless_entry_is_refused(changes, told):
    with pytest.raises(PaperRefused, match=told):
        new(**changes)


def test_a_recall_of_an_unknown_paper_is_an_incoming_paper_all_the_same(pair):
    put(pair, business=Business.RECALL, answers=(edoc(number="99").paper,), reason="nhầm")
    assert pair.commune.take_in().papers == 1
    (row,) = incoming.inbox(pair.commune.viewer, pair.commune.group.id)
    assert (row.business, row.reason, row.recall_asked_at) == (1, "nhầm", None)
    with pytest.raises(BadInput, match="không yêu cầu lấy lại"):
        incoming.agree_recall(permit(incoming.ref(row.id, "agree_recall")), row.id)


@pytest.mark.django_db(transaction=True)
def test_clerks_registering_at_once_never_share_a_number(home):
    with clock.pinned(NOON):
        made = group("xa", "Tổ công tác xã Cồn Xanh")
    failures: list[BaseException] = []

    def clerk(at: int) -> None:
        try:
            with clock.pinned(NOON):
                enter(made.id, "xa", new(label=f"{at}/UBND-VP"))
        except BaseException as problem:  # noqa: BLE001  told to the test below
            failures.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=clerk, args=(at,)) for at in range(CLERKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sorted(models.Incoming.objects.values_list("number", flat=True)) == list(range(1, CLERKS + 1))


def text_of(sheet: Sheet, folder) -> str:
    path = folder / "so.pdf"
    path.write_bytes(sheet_pdf(sheet, CREATED))
    reader = PdfReader(path)
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == ((842, 595) if sheet.turn == "across" else (595, 842))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_the_incoming_register_is_printed_with_the_decrees_columns(pair, tmp_path):
    commune = pair.commune
    first = enter(commune.group.id, "xa", new(priority=1))
    enter(commune.group.id, "xa", new())
    ref = incoming.ref(first.id, "hand_on", to="Công an xã", answer_by="2022-08-10")
    incoming.hand_on(permit(ref), first.id, "Công an xã", date(2022, 8, 10))
    sheet = registers.incoming(commune.viewer, commune.group.id, YEAR)
    assert sheet.header == (
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung",
        "Đơn vị, người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    )  # fmt: skip
    assert sheet.rows[0] == (
        "03/08/2022", "1", "UBND xã Cồn Xanh", "31/UBND-VP", "01/08/2022", "Công văn: V/v rà soát số liệu",
        "Công an xã", "03/08/2022", "", "Khẩn. Hạn xử lý 10/08/2022.",
    )  # fmt: skip
    assert sheet.rows[1][-1] == "Trùng số đến 1."
    text = text_of(sheet, tmp_path)
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN" in text
    assert "Trùng số đến 1." in text
    assert registers.incoming(viewer(), commune.group.id, YEAR) is None


def test_the_outgoing_register_tells_of_holes_and_withdrawals(pair, tmp_path):
    province = pair.province
    province.knows("UBND xã Cồn Xanh", Channel.PAPER)
    first, second = province.issue(), province.issue()
    third = province.issue(letter())
    province.queue(first, "UBND xã Cồn Xanh", "Công an xã")
    one = Withdraw(paper_id=first.id, kind=Kind.REPLACEMENT, reason="sót biểu", by_paper_id=second.id)
    withdrawing.withdraw(permit(withdrawing.ref(one)), one)
    models.Series.objects.filter(symbol=second.symbol).update(last=3)
    sheet = registers.outgoing(province.viewer, province.group.id, YEAR)
    assert sheet.header == (
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
        "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ghi chú",
    )  # fmt: skip
    told = {row[0]: row for row in sheet.rows}
    assert list(told) == [first.label, second.label, "03/BC-TCTĐA", third.label]
    assert told[first.label][1] == "03/08/2022"
    assert told[first.label][3:5] == ("Nguyễn Minh Tâm", "UBND xã Cồn Xanh; Công an xã")
    assert told[first.label][6:] == ("2", f"Đã thay thế bằng {second.label} ngày 03/08/2022: sót biểu.")
    assert told[second.label][-1] == f"Thay thế văn bản {first.label}."
    assert "sổ không có văn bản" in told["03/BC-TCTĐA"][-1]
    assert sheet.notes[0] == "Tổng số: 3 văn bản, 1 số không có văn bản."
    assert "03/BC-TCTĐA" in text_of(sheet, tmp_path)
    hand = registers.hand_list(province.viewer, first.id)
    assert [row[1] for row in hand.rows] == ["UBND xã Cồn Xanh", "Công an xã"]
    assert "DANH SÁCH GỬI BẢN GIẤY" in text_of(hand, tmp_path)
    assert registers.hand_list(viewer(), first.id) is None


def test_a_number_is_voided_only_while_nobody_has_the_paper(pair):
    province = pair.province
    province.knows("UBND xã Cồn Xanh", Channel.EDXML, organ=COMMUNE.code)
    first, second = province.issue(), province.issue()
    province.queue(first, "UBND xã Cồn Xanh")
    province.send(second, "UBND xã Cồn Xanh")
    third = province.issue()
    province.queue(third, "UBND xã Cồn Xanh")
    for paper, sent in ((first, True), (second, True), (third, False)):
        one = Withdraw(paper_id=paper.id, kind=Kind.VOID, reason="in sai")
        if sent:
            with pytest.raises(BadInput, match="thu hồi hoặc thay thế"):
                withdrawing.withdraw(permit(withdrawing.ref(one)), one)
        else:
            withdrawing.withdraw(permit(withdrawing.ref(one)), one)
    province.deliver()
    assert len(pair.exchange.held) == 2
    sheet = registers.outgoing(province.viewer, province.group.id, YEAR)
    assert sheet.rows[-1][0] == third.label
    assert sheet.rows[-1][-1] == "Bỏ số ngày 03/08/2022: in sai."
    assert province.issue().number == third.number + 1


def test_a_long_register_runs_over_pages_and_strange_signs_do_not_stop_it(tmp_path):
    long_word = "x" * 90
    sheet = Sheet(
        owner=("Tổ công tác thử",),
        title="SỔ",
        about="Năm 2022",
        columns=(Head(title="Số", share=1), Head(title="Việc", share=3)),
        rows=tuple((str(at), f"việc 📄 thứ {at} {long_word}") for at in range(120)),
    )
    text = text_of(sheet, tmp_path)
    assert "thứ 119" in text
    assert "□" in text
    assert text.count("Việc") > 2
    with pytest.raises(ValueError, match="as many cells"):
        Sheet(owner=(), title="", about="", columns=(Head(title="a", share=1),), rows=(("a", "b"),))
