"""Tasks and plans in the browser: given, reported, accepted, filtered, done many at once; plans from Excel to tasks."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dean06.flows import tasking
from dean06.flows.tasking import Wanted
from dean06.work.acts import _made
from dean06.work.errors import TaskRefused
from dean06.work.models import Matter, Plan, SavedFilter, Task
from dean06.work.types import Origin
from web.neighbours import client

HEAD = ("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm")


def page(two, path: str = "nhiem-vu/") -> str:
    return f"/t/{two.ours.group.slug}/{path}"


def text(answer) -> str:
    return answer.content.decode()


def given(two, **changes) -> Task:
    plain = {"title": "Rà soát thẻ bảo hiểm", "lead": "BHXH", "due": date(2022, 9, 10), "origin": Origin.DIRECTIVE}
    made = tasking.assign(two.ours.account("leader"), two.ours.group, Wanted(**(plain | changes)))
    return Task.objects.get(pk=made.id)


FORM = {"viec": "Số hóa hồ sơ hộ tịch", "chu_tri": "GDDT", "nguon": "directive", "so_ngay": "10", "phoi_hop": ["POL"]}


def test_a_task_is_given_under_its_clause_and_shows_what_is_not_clear(office_hours):
    leader = client(office_hours.ours)
    made = leader.post(page(office_hours, "nhiem-vu/moi/"), FORM, follow=True)
    shown = text(made)
    assert "Đã giao nhiệm vụ" in shown
    assert "Điều 3 khoản 1" in shown
    assert "chưa cử người chịu trách nhiệm" in shown
    row = Task.objects.order_by("-pk").first()
    assert (row.lead, row.due) == ("GDDT", date(2022, 9, 6))  # ten working days, the National Day holidays left out


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"viec": " "}, "viec"), ({"chu_tri": ""}, "chu_tri"), ({"so_ngay": ""}, "han"), ({"han": "01/01/2022"}, "han"),
     ({"han": "hôm nay"}, "han")],
)  # fmt: skip
def test_what_is_missing_is_named_at_its_field_and_nothing_typed_is_lost(office_hours, wrong, field):
    before = Task.objects.count()
    answer = client(office_hours.ours).post(page(office_hours, "nhiem-vu/moi/"), FORM | {"ket_qua": "Sổ số"} | wrong)
    shown = text(answer)
    assert answer.status_code == 422
    assert f'href="#{field}"' in shown
    assert "Sổ số" in shown
    assert Task.objects.count() == before


def test_a_member_who_gives_a_task_is_told_who_can(office_hours):
    member = client(office_hours.ours, "member", "BHXH")
    answer = member.post(page(office_hours, "nhiem-vu/moi/"), FORM)
    assert answer.status_code == 403
    assert "Nguyễn Minh Tâm" in text(answer)


def test_a_task_goes_its_way_from_the_agency_to_acceptance_and_back(office_hours):
    task = given(office_hours)
    member, leader = client(office_hours.ours, "member", "BHXH"), client(office_hours.ours)
    one = page(office_hours, f"nhiem-vu/{task.pk}/")
    file = SimpleUploadedFile("ket-qua.png", b"anh chup")
    sent = member.post(f"{one}bao-cao/", {"xong": "1", "loi": "Đã rà soát đủ", "tep": file}, follow=True)
    assert "chờ nghiệm thu" in text(sent)
    assert 'id="nghiem-thu"' in text(leader.get(one))
    assert "ket-qua.png" in text(leader.get(one))
    link = re.search(r'href="([^"]+/minh-chung/\d+/)"', text(leader.get(one)))[1]
    assert b"".join(leader.get(link).streaming_content) == b"anh chup"
    accepted = leader.post(f"{one}nghiem-thu/", {"tra_loi": "nhan"}, follow=True)
    assert "nhiệm vụ hoàn thành" in text(accepted)
    event = re.search(r'name="viec" value="(\d+)"', text(accepted))[1]
    assert "Đã hoàn tác" in text(leader.post(f"{one}hoan-tac/", {"viec": event}, follow=True))
    assert Task.objects.get(pk=task.pk).status == "reported"
    assert leader.post(f"{one}hoan-tac/", {"viec": event}).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "field"), [({"phan_tram": "nhiều"}, "bc-phan-tram"), ({"tep": b"%PDF-1.7 hong"}, "bc-tep")]
)
def test_a_report_that_cannot_be_taken_stands_in_its_form_again(office_hours, wrong, field):
    task = given(office_hours)
    form: dict[str, object] = {"phan_tram": "40", "loi": "Đã lập danh sách 40 thẻ."} | wrong
    if "tep" in form:
        form["tep"] = SimpleUploadedFile("danh-sach.pdf", form["tep"])
    agency = client(office_hours.ours, "member", "BHXH")
    answer = agency.post(page(office_hours, f"nhiem-vu/{task.pk}/bao-cao/"), form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in text(answer)
    assert "Đã lập danh sách 40 thẻ.</textarea>" in text(answer)
    assert Task.objects.get(pk=task.pk).percent == 0


def test_time_is_asked_for_and_granted_on_the_page(office_hours):
    task = given(office_hours)
    one = page(office_hours, f"nhiem-vu/{task.pk}/")
    member, leader = client(office_hours.ours, "member", "BHXH"), client(office_hours.ours)
    member.post(f"{one}gia-han/", {"den_ngay": "30/09/2022", "loi": "chờ số liệu"})
    assert "Đề nghị gia hạn đang chờ" in text(leader.get(one))
    leader.post(f"{one}gia-han/tra-loi/", {"den_ngay": "25/09/2022", "tra_loi": "co", "loi": "đồng ý"})
    shown = text(member.get(one))
    assert "Đồng ý đến 25/09/2022" in shown
    assert "đã gia hạn, hạn đầu 10/09/2022" in shown


def test_the_list_is_narrowed_by_part_source_day_and_words_and_the_filter_is_kept(office_hours):
    given(office_hours)
    leader = client(office_hours.ours)
    kept = "nhiem-vu/?xem=mo&co_quan=BHXH&vai=chu_tri&nguon=directive&tu=01%2F09%2F2022&q=ra+soat+the"
    assert "Rà soát thẻ bảo hiểm" in text(leader.get(page(office_hours, kept)))
    for other in ("vai=phoi_hop", "nguon=plan", "den=01%2F09%2F2022&tu=", "q=khac+hẳn"):
        assert "Rà soát thẻ bảo hiểm" not in text(leader.get(page(office_hours, f"{kept}&{other}")))
    query = "xem=mo&co_quan=BHXH&vai=chu_tri"
    leader.post(page(office_hours, "nhiem-vu/bo-loc/"), {"ten": "Của bảo hiểm", "loc": query, "chung": "1"})
    member = client(office_hours.ours, "member", "BHXH")
    assert "Của bảo hiểm" in text(member.get(page(office_hours)))
    row = SavedFilter.objects.get(name="Của bảo hiểm")
    assert member.post(page(office_hours, f"nhiem-vu/bo-loc/{row.pk}/bo/")).status_code == 404
    leader.post(page(office_hours, f"nhiem-vu/bo-loc/{row.pk}/bo/"))
    assert not SavedFilter.objects.filter(pk=row.pk).exists()


def test_the_board_moves_a_card_and_the_calendar_shows_its_day(office_hours):
    task = given(office_hours)
    member = client(office_hours.ours, "member", "BHXH")
    assert "Bắt đầu" in text(member.get(page(office_hours, "nhiem-vu/bang/")))
    moved = member.post(page(office_hours, f"nhiem-vu/{task.pk}/bat-dau/"), follow=True)
    assert "Đang làm" in text(moved)
    assert Task.objects.get(pk=task.pk).percent == 1
    shown = text(member.get(page(office_hours, "nhiem-vu/lich/?thang=09-2022")))
    assert "Rà soát thẻ bảo hiểm" in shown
    assert "Rà soát thẻ bảo hiểm" not in text(member.get(page(office_hours, "nhiem-vu/lich/?thang=12-2022")))


def test_many_at_once_tells_what_was_refused_row_by_row(office_hours):
    task = given(office_hours)
    finding = office_hours.mine.task
    leader = client(office_hours.ours)
    many = page(office_hours, "nhiem-vu/cung-luc/")
    told = text(leader.post(many, {"chon": [task.pk, finding], "viec": "dong", "loi": "15/BC-BHXH"}))
    assert "1 trên 2 nhiệm vụ đã làm" in told
    assert "lần gửi dữ liệu sau" in told
    out = leader.post(many, {"chon": [task.pk, finding], "viec": "xuat"})
    rows = list(openpyxl.load_workbook(io.BytesIO(out.content)).active.iter_rows(values_only=True))
    assert sum(isinstance(row[0], int) for row in rows) == 2
    assert leader.post(many, {"viec": "dong"}).status_code == 422
    member = client(office_hours.ours, "member", "GDDT")
    told = text(member.post(many, {"chon": [task.pk], "viec": "gia_han", "den_ngay": "01/12/2022", "loi": "x"}))
    assert "0 trên 0" in told  # what a reader does not see is not there


def test_overdue_tasks_become_drafts_of_letters(office_hours):
    late = Task.objects.filter(group_id=office_hours.ours.group.id, status="open").first()
    Task.objects.filter(pk=late.pk).update(due=date(2022, 8, 1), bound="2022-08-02T00:00:00+07:00")
    secretariat = client(office_hours.ours, "secretariat", "TEAM")
    made = secretariat.post(
        page(office_hours, "nhiem-vu/cung-luc/"), {"chon": [late.pk], "viec": "don_doc"}, follow=True
    )
    assert "đôn đốc" in text(made)
    assert str(late.number) in text(made)


# ------------------------------------------------------------ directives, matters


def test_a_directive_becomes_a_task_in_one_gesture(office_hours):
    leader = client(office_hours.ours)
    said = {"noi_dung": "Rà soát ngay dữ liệu thẻ", "nguoi": "Nguyễn Minh Tâm, Tổ trưởng", "ngay": "19/08/2022"}
    listed = text(leader.post(page(office_hours, "nhiem-vu/chi-dao/"), said, follow=True))
    assert "Rà soát ngay dữ liệu thẻ" in listed
    link = re.search(r'href="([^"]+nhiem-vu/moi/\?tu=[^"]+)"', listed)[1]
    form = text(leader.get(link.replace("&amp;", "&")))
    assert "Rà soát ngay dữ liệu thẻ" in form
    ref = re.search(r'name="tu" value="([^"]+)"', form)[1]
    leader.post(page(office_hours, "nhiem-vu/moi/"), FORM | {"tu": ref})
    assert text(leader.get(page(office_hours, "nhiem-vu/chi-dao/"))).count("1 việc, 1 đang mở") == 2
    late = leader.post(page(office_hours, "nhiem-vu/chi-dao/"), said | {"ngay": "19/08/2023"})
    assert late.status_code == 422


def test_an_important_matter_goes_to_the_leader_before_the_standing_deputy_may_say_anything(office_hours):
    deputy, leader = client(office_hours.ours, "standing_deputy", "POL"), client(office_hours.ours)
    raised = deputy.post(
        page(office_hours, "nhiem-vu/can-quyet/"), {"viec": "Mua máy chủ", "quan_trong": "1"}, follow=True
    )
    one = raised.request["PATH_INFO"]
    assert "Báo cáo Tổ trưởng" in text(raised)
    assert "Ghi quyết định" not in text(raised)
    said = {"loi": "Mua 2 máy", "ly_do": "gấp"}
    refused = deputy.post(f"{one}quyet/", said)
    assert refused.status_code == 403
    assert "Điều 4 khoản 3" in text(refused)
    assert Matter.objects.order_by("-pk").first().settled_at is None
    deputy.post(f"{one}bao-cao/", {"loi": "Xin ý kiến"})
    settled = text(leader.post(f"{one}quyet/", {"loi": "Đồng ý mua"}, follow=True))
    assert "Đồng ý mua" in settled
    assert Matter.objects.order_by("-pk").first().power == "own"


def test_a_routine_matter_is_the_standing_deputys(office_hours):
    deputy = client(office_hours.ours, "standing_deputy", "POL")
    raised = deputy.post(page(office_hours, "nhiem-vu/can-quyet/"), {"viec": "Lịch trực tuần"}, follow=True)
    one = raised.request["PATH_INFO"]
    settled = text(deputy.post(f"{one}quyet/", {"loi": "Trực theo ca"}, follow=True))
    assert "Điều 4 khoản 2" in settled


# ------------------------------------------------------------ plans


def workbook(*rows) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("ke-hoach-67.xlsx", file.getvalue())


ROWS = (
    ("KẾ HOẠCH 67/KH-UBND",),
    HEAD,
    ("I", "NHIỆM VỤ CHUNG"),
    (1, "Kết nối dữ liệu bảo hiểm", "Bảo hiểm xã hội huyện", "Công an huyện", "Quý III/2022", "Báo cáo"),
    (2, "Số hóa học bạ", "Phòng Giáo dục và Đào tạo", "", date(2022, 10, 31), ""),
    (3, "Việc của cơ quan lạ", "Sở Không Tên", "", "khi cần", ""),
    (4, "Số hóa học bạ", "Phòng Giáo dục và Đào tạo", "", "31/10/2022", ""),
)


def begun(two, browser) -> str:
    said = {"loai": "plan", "nam": "2022", "ten": "Kế hoạch triển khai Đề án 06 năm 2022", "cap_tren": "Kế hoạch 67",
            "ly_do": "bộ máy giúp việc soạn"}  # fmt: skip
    return browser.post(page(two, "ke-hoach/"), said, follow=True).request["PATH_INFO"]


def imported(browser, one: str, rows, chosen=None, **more) -> str:
    shown = text(browser.post(f"{one}nhap/", {"tep": workbook(*rows)}))
    packed = re.search(r'name="da_doc" value="([^"]+)"', shown)[1]
    ticked = chosen or re.findall(r'name="chon" value="(\d+)"', shown)
    browser.post(f"{one}nhap/", {"da_doc": packed, "chon": ticked} | more)
    return shown


def test_a_list_is_shown_row_by_row_before_anything_is_kept_and_a_second_import_doubles_nothing(office_hours):
    browser = client(office_hours.ours, "secretariat", "TEAM")
    one = begun(office_hours, browser)
    shown = imported(browser, one, ROWS)
    assert "không nhận ra cơ quan «Sở Không Tên»" in shown
    assert "không đọc được thời hạn «khi cần»" in shown
    assert "trùng dòng 5" in shown
    plan = Plan.objects.order_by("-pk").first()
    assert [(line.lead, line.due) for line in plan.lines.all()] == [
        ("BHXH", date(2022, 9, 30)),
        ("GDDT", date(2022, 10, 31)),
        ("", None),
    ]
    changed = [list(row) for row in ROWS]
    changed[4][4] = "30/11/2022"
    changed[3][1] = "Kết nối dữ liệu bảo hiểm y tế"
    imported(browser, one, changed[:6])
    assert [(line.content, line.due) for line in plan.lines.all()][:2] == [
        ("Kết nối dữ liệu bảo hiểm y tế", date(2022, 9, 30)),
        ("Số hóa học bạ", date(2022, 11, 30)),
    ]
    assert plan.lines.count() == 3
    imported(browser, one, changed[:5], tron_ven="1")
    assert plan.lines.count() == 2


def test_a_file_that_is_no_list_is_refused_at_its_field(office_hours):
    browser = client(office_hours.ours, "secretariat", "TEAM")
    one = begun(office_hours, browser)
    answer = browser.post(f"{one}nhap/", {"tep": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 hong")})
    assert answer.status_code == 422
    assert "đã hỏng" in text(answer)
    answer = browser.post(f"{one}nhap/", {"da_doc": "gia:mao", "chon": ["1"]})
    assert answer.status_code == 422


def test_a_plan_is_approved_by_another_issued_as_a_paper_and_its_lines_become_tasks(office_hours):
    browser, leader = client(office_hours.ours, "secretariat", "TEAM"), client(office_hours.ours)
    one = begun(office_hours, browser)
    imported(browser, one, ROWS[:5])
    browser.post(f"{one}trinh/")
    assert browser.post(f"{one}duyet/").status_code in {403, 422}
    assert "Đã duyệt kế hoạch" in text(leader.post(f"{one}duyet/", follow=True))
    early = leader.post(f"{one}giao/")
    assert "chưa ban hành" in text(early)
    assert not Task.objects.filter(origin="plan").exists()
    paper = browser.post(f"{one}van-ban/", follow=True)
    assert "Đã lập dự thảo văn bản" in text(paper)
    assert "Kết nối dữ liệu bảo hiểm" in text(paper)
    leader.post(f"{one}so/", {"so": "15/KH-TCTĐA"})
    given_out = text(leader.post(f"{one}giao/", follow=True))
    assert "Đã giao 2 nhiệm vụ" in given_out
    tasks = list(Task.objects.filter(origin="plan").order_by("pk"))
    assert [(row.lead, row.expected, row.source) for row in tasks] == [
        ("BHXH", "Báo cáo", "Kế hoạch triển khai Đề án 06 năm 2022, số 15/KH-TCTĐA"),
        ("GDDT", "", "Kế hoạch triển khai Đề án 06 năm 2022, số 15/KH-TCTĐA"),
    ]
    assert "Kế hoạch chi tiết của các cơ quan" in given_out
    assert "Điều 7 khoản 1 điểm d" in given_out
    assert (
        "Đã giao 0" in text(leader.post(f"{one}giao/", follow=True)) or Task.objects.filter(origin="plan").count() == 2
    )


def test_whoever_drafted_a_plan_does_not_approve_it(office_hours):
    leader = client(office_hours.ours)
    one = begun(office_hours, leader)
    leader.post(f"{one}dong/", {"noi_dung": "Họp giao ban", "chu_tri": "POL", "han": "30/09/2022"})
    leader.post(f"{one}trinh/")
    refused = leader.post(f"{one}duyet/")
    assert refused.status_code == 422
    assert "do chính bạn soạn" in text(refused)


def test_an_agency_files_its_detailed_plan(office_hours):
    leader, member = client(office_hours.ours), client(office_hours.ours, "member", "BHXH")
    said = {"loai": "subplan", "nam": "2022", "ten": "Kế hoạch chi tiết của bảo hiểm", "co_quan": "BHXH", "ly_do": "x"}
    one = member.post(page(office_hours, "ke-hoach/"), said, follow=True).request["PATH_INFO"]
    assert client(office_hours.ours, "member", "GDDT").get(one).status_code == 404
    assert leader.get(one).status_code == 200
    member.post(f"{one}dong/", {"noi_dung": "Rà soát từng xã", "chu_tri": "BHXH", "han": "30/09/2022"})
    assert "Đã nộp kế hoạch chi tiết" in text(member.post(f"{one}nop/", follow=True))
    assert Plan.objects.order_by("-pk").first().state == "filed"


# ------------------------------------------------------------ a list of tasks in one gesture


TASK_ROWS = (
    (1, "Rà soát thẻ bảo hiểm y tế", "Bảo hiểm xã hội huyện", "Công an huyện", "30/9/2022", "Danh sách"),
    (2, "Số hóa học bạ năm học mới", "GDDT", "", "tháng 10/2022", ""),
    (3, "Việc không ai chủ trì", "", "", "30/9/2022", ""),
    (4, "Việc đã quá hạn", "GDDT", "", "01/02/2022", ""),
)
ASKED = {"nguon": "directive", "nguon_ghi": "Công văn 12/UBND"}


def packed(answer) -> str:
    return re.search(r'name="da_doc" value="([^"]+)"', text(answer))[1]


def ticked(answer) -> list[str]:
    return re.findall(r'name="chon" value="(\d+)" checked', text(answer))


def test_a_list_out_of_excel_is_shown_row_by_row_before_any_task_is_given_and_can_be_taken_back(office_hours):
    leader, page_ = client(office_hours.ours), page(office_hours, "nhiem-vu/nhap/")
    before = Task.objects.count()
    read = leader.post(page_, {"tep": workbook(HEAD, *TASK_ROWS)})
    shown = text(read)
    for said in ("chưa ghi cơ quan chủ trì", "thời hạn đã qua", "2 dòng giao được"):
        assert said in shown
    assert Task.objects.count() == before
    assert ticked(read) == ["2", "3"]
    given_ = leader.post(page_, ASKED | {"da_doc": packed(read), "chon": ticked(read)})
    made = Task.objects.order_by("-pk")[:2]
    assert {(one.title, one.lead, one.due, one.source) for one in made} == {
        ("Rà soát thẻ bảo hiểm y tế", "BHXH", date(2022, 9, 30), "Công văn 12/UBND"),
        ("Số hóa học bạ năm học mới", "GDDT", date(2022, 10, 31), "Công văn 12/UBND"),
    }
    batch = leader.get(given_.url)
    assert "Đã giao 2 nhiệm vụ" in text(batch)
    twice = leader.post(page_, ASKED | {"da_doc": packed(read), "chon": ticked(read)})
    assert "Danh sách này đã được giao" in text(twice)
    back = leader.post(f"{given_.url}rut/", follow=True)
    assert "Đã rút 2 nhiệm vụ" in text(back)
    assert {one.status for one in Task.objects.filter(pk__in=[one.pk for one in made])} == {"cancelled"}


def test_a_list_is_not_taken_back_once_something_happened_to_one_of_its_tasks(office_hours):
    leader, page_ = client(office_hours.ours), page(office_hours, "nhiem-vu/nhap/")
    read = leader.post(page_, {"tep": workbook(HEAD, *TASK_ROWS)})
    where = leader.post(page_, ASKED | {"da_doc": packed(read), "chon": ticked(read)}).url
    task = Task.objects.get(title="Số hóa học bạ năm học mới", status="open")
    client(office_hours.ours, "member", "GDDT").post(page(office_hours, f"nhiem-vu/{task.pk}/bat-dau/"))
    assert "Rút cả danh sách</button>" not in text(leader.get(where))
    refused = leader.post(f"{where}rut/")
    assert refused.status_code == 422
    assert f"nhiệm vụ số {task.number} đã có việc khác" in text(refused)
    assert not Task.objects.filter(title="Rà soát thẻ bảo hiểm y tế", status="cancelled").exists()


def test_where_one_row_of_a_list_is_refused_no_task_is_given_and_the_row_is_named(office_hours, monkeypatch):
    leader, page_ = client(office_hours.ours), page(office_hours, "nhiem-vu/nhap/")
    read = leader.post(
        page_, {"tep": workbook(HEAD, *TASK_ROWS[:2], (5, "Việc tự phối hợp", "BHXH", "BHXH", "30/9/2022", ""))}
    )
    before = Task.objects.count()
    with monkeypatch.context() as patched:
        patched.setattr("dean06.work.acts._made", _fails_at("Số hóa học bạ năm học mới"))
        answer = leader.post(page_, ASKED | {"da_doc": packed(read), "chon": ticked(read)})
    assert answer.status_code == 422
    assert "Dòng 3:" in text(answer)
    assert "Chưa giao nhiệm vụ nào" in text(answer)
    assert Task.objects.count() == before


def _fails_at(title: str):
    def made(by, new):
        if new.title == title:
            raise TaskRefused("Không ghi được.", "It cannot be written.")
        return _made(by, new)

    return made


def test_the_tasks_of_a_month_are_given_again_with_a_day_to_come(office_hours):
    given(office_hours, title="Báo cáo số liệu thẻ", due=date(2022, 9, 10), clause="7.2.k", accountable="Lê Ngọc Hoa")
    leader = client(office_hours.ours)
    page_ = page(office_hours, "nhiem-vu/giao-lai/?thang=09-2022")
    shown = leader.get(page_)
    row = re.search(r'name="han-(\d+)" value="([^"]+)"', text(shown))
    assert row[2] in {"10/09/2022", "10/10/2022"}
    sent = {"da_doc": packed(shown), "chon": [row[1]], f"han-{row[1]}": "05/10/2022"}
    wrong = leader.post(page_, sent | {f"han-{row[1]}": "05/01/2022"})
    assert wrong.status_code == 422
    assert "hạn phải từ hôm nay" in text(wrong)
    answer = leader.post(page_, sent, follow=True)
    assert "Đã giao 1 nhiệm vụ" in text(answer)
    made = Task.objects.order_by("-pk").first()
    assert (made.title, made.due, made.clause, made.point) == ("Báo cáo số liệu thẻ", date(2022, 10, 5), "2", "k")
    assert (made.accountable, made.source) == ("Lê Ngọc Hoa", f"Như nhiệm vụ số {row[1]}")
    member = client(office_hours.ours, "member", "GDDT")
    assert member.get(page(office_hours, f"nhiem-vu/dot/{made.origin_ref}/")).status_code == 404


def test_a_list_of_findings_and_requests_is_not_given_again(office_hours):
    leader = client(office_hours.ours)
    finding = Task.objects.get(pk=office_hours.mine.task)
    shown = text(leader.get(page(office_hours, f"nhiem-vu/giao-lai/?thang={finding.due:%m-%Y}")))
    assert finding.title not in shown


@pytest.mark.parametrize(("path", "form"), [
    ("nhiem-vu/chi-dao/", {"noi_dung": "Ý kiến số {}", "nguoi": "Nguyễn Minh Tâm", "ngay": "19/08/2022"}),
    ("nhiem-vu/can-quyet/", {"viec": "Việc cần quyết số {}"}),
])  # fmt: skip
def test_long_lists_of_directives_and_matters_have_pages(office_hours, path, form):
    leader, where = client(office_hours.ours), page(office_hours, path)
    for place in range(30):
        leader.post(where, {name: said.format(place) for name, said in form.items()})
    first, second = text(leader.get(where)), text(leader.get(f"{where}?trang=2&q=so"))
    assert first.count("<tr") == 26  # the head and 25 rows
    assert "số 29" in first
    assert "số 0<" in second
    assert "q=so&amp;trang=1" in second
