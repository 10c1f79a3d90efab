"""The end of a group on its pages: prepared, looked at, confirmed by two, read afterwards by who may."""

from __future__ import annotations

import hashlib
import io
import re

import openpyxl
import pytest

from dean06.adoption import service as adoption
from dean06.offices import service as offices
from dean06.reconcile.service import runs as matching
from dean06.work.service import tasks as work
from flows.conftest import Office, at, kept, own
from flows.successors import ended, ending, plan, prepared, successor
from harness.signing import credentials, phone
from web.neighbours import client

PLAN = {"cuoi": "30/06/2025", "so": "1680/NQ-UBTVQH15", "ngay": "16/06/2025"}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("ban-giao"), ending) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


@pytest.fixture
def heir(office) -> Office:
    return successor(office, "xa-moi", "456")


def text_of(answer) -> str:
    return answer.content.decode()


def pages(browser, group: str, path: str = "") -> str:
    return text_of(browser.get(f"/t/{group}/{path}", follow=True))


def test_a_plan_goes_from_an_empty_page_to_the_record(office, heir):
    with at(2025, 7, 1):
        for role in ("leader", "standing_deputy"):
            phone(office.account(role))
        clerk, leader, deputy = (client(office, role) for role in ("secretariat", "leader", "standing_deputy"))
        empty = pages(clerk, "qn", "ban-giao/")
        assert "Chưa có phương án kết thúc nào" in empty
        assert "Quy chế không quy định: Quy chế hết hiệu lực và kế thừa" in empty
        assert 'value="xa-moi"' in empty
        made = clerk.post("/t/qn/ban-giao/lap/", PLAN | {"ke_thua": ["xa-moi"]})
        address = made.headers["Location"]
        shown = text_of(leader.get(address))
        assert "không hoàn tác được" in shown
        assert f"{len(open_tasks(office))}" in re.sub(r"<[^>]*>", " ", shown)
        digest = re.search(r'name="ban" value="([0-9a-f]{64})"', shown)[1]
        assert leader.post(f"{address}xac-nhan/", {"ban": digest, "da_doc": "1"}).status_code == 422  # who signs?
        assert "bàn giao của tổ chờ người thứ hai xác nhận" not in pages(deputy, "qn")
        known = credentials(office.account("leader"))
        assert leader.post(f"{address}xac-nhan/", {"ban": digest} | known).status_code == 422
        assert leader.post(f"{address}xac-nhan/", {"ban": digest, "da_doc": "1"}).status_code == 302
        assert "bàn giao của tổ chờ người thứ hai xác nhận" in pages(deputy, "qn")
        assert "Đã xác nhận: Nguyễn Minh Tâm" in re.sub(r"\s+", " ", text_of(deputy.get(address)))
        known = credentials(office.account("standing_deputy"))
        assert deputy.post(f"{address}xac-nhan/", {"ban": digest, "da_doc": "1"} | known).status_code == 302
        record = text_of(deputy.get(address))
        assert "Biên bản bàn giao" in record
        file = deputy.get(f"{address}bien-ban.json").content
        assert hashlib.sha256(file).hexdigest() in record
        sheet = openpyxl.load_workbook(io.BytesIO(deputy.get(address, {"dang": "xlsx"}).content)).active
        assert sum(row[0] == "Nhiệm vụ" for row in sheet.iter_rows(values_only=True)) == len(
            work.tasks_of_group(office.group.id)
        )


def open_tasks(office: Office) -> list:
    return [one for one in work.tasks_of_group(office.group.id) if one.is_open]


def test_choices_are_saved_and_a_dropped_plan_gives_way_to_another(office, heir):
    task = open_tasks(office)[0]
    with at(2025, 6, 25):
        clerk = client(office, "secretariat")
        address = clerk.post("/t/qn/ban-giao/lap/", PLAN | {"ke_thua": ["xa-moi"]}).headers["Location"]
        chosen = {f"noi|task:{task.number}": "ket-thuc", "lan": "1", "ke_thua": ["xa-moi"]}
        assert clerk.post(f"{address}luu/", PLAN | chosen).status_code == 422
        chosen[f"ly_do|task:{task.number}"] = "Trùng nhiệm vụ"
        assert clerk.post(f"{address}luu/", PLAN | chosen).status_code == 302
        assert adoption.successions(office.group.id)[0].plan.choices == {
            f"task:{task.number}": {"reason": "Trùng nhiệm vụ"}
        }
        sheet = openpyxl.load_workbook(io.BytesIO(clerk.get(address, {"dang": "xlsx"}).content)).active
        assert "kết thúc: Trùng nhiệm vụ" in {row[3] for row in sheet.iter_rows(values_only=True)}
        assert "đến hết ngày 30/06/2025" in text_of(clerk.get(address))
        assert clerk.post(f"{address}bo/").status_code == 302
        again = pages(clerk, "qn", "ban-giao/")
        assert "Phương án đã bỏ" in again
        assert clerk.post(f"{address}luu/", PLAN | chosen).status_code == 422


def test_another_group_is_named_by_its_short_name(office, heir):
    far = successor(office, "xa-xa", "14089")
    with at(2025, 6, 25):
        clerk = client(office, "secretariat")
        assert far.group.name not in pages(clerk, "qn", "ban-giao/")
        given = PLAN | {"ke_thua": ["xa-moi"], "ke_thua_khac": "xa-xa"}
        shown = text_of(clerk.get(clerk.post("/t/qn/ban-giao/lap/", given).headers["Location"]))
        assert far.group.name in shown
        assert clerk.post("/t/qn/ban-giao/lap/", PLAN | {"ke_thua_khac": "khong-co"}).status_code == 422


def test_an_ended_group_is_read_by_its_people_and_its_successors_and_by_nobody_else(office, heir):
    stranger = successor(office, "xa-la", "19207")
    task = open_tasks(office)[0]
    kept_ = ended(office, heir)
    line = "Tổ đã kết thúc ngày 30/06/2025 theo 1680/NQ-UBTVQH15 ngày 16/06/2025; kế thừa: Tổ công tác xa-moi."
    paths = (
        "",
        "nhiem-vu/?xem=",
        f"nhiem-vu/{task.id}/",
        "quy-che/",
        "tuan-thu/",
        "bao-cao/",
        "ban-giao/",
        "doi-soat/",
    )
    with at(2025, 7, 2):
        for reader in (office, heir):
            browser = client(reader, "leader")
            for path in paths:
                answer = browser.get(f"/t/qn/{path}", follow=True)
                assert answer.status_code == 200, path
                assert line in text_of(answer), path
        assert "chỉ đọc" in pages(client(heir, "leader"), "qn")
        for path in paths:
            assert client(stranger, "leader").get(f"/t/qn/{path}").status_code == 404
        assert client(stranger, "leader").get(f"/t/qn/ban-giao/{kept_.id}/bien-ban.json").status_code == 404
        member = client(heir, "member", "GDDT")
        assert member.get(f"/t/qn/nhiem-vu/{task.id}/").status_code == 404
        assert member.get(f"/t/qn/ban-giao/{kept_.id}/bien-ban.json").status_code == 404
        assert client(heir, "leader").get("/", follow=True).redirect_chain[-1][0] == "/t/xa-moi/"


def test_no_act_is_done_on_the_pages_of_an_ended_group(office, heir):
    task = open_tasks(office)[0]
    ended(office, heir)
    with at(2025, 7, 2):
        for browser in (client(office, "member", "BHXH"), client(heir, "member", "BHXH")):
            answer = browser.post(f"/t/qn/nhiem-vu/{task.id}/bao-sua/", {"so_dong": "1"})
            assert answer.status_code == 403
            assert "kế thừa: Tổ công tác xa-moi" in text_of(answer)
        leader = client(office, "leader")
        assert leader.post("/t/qn/cai-dat/ky-so-lieu/", {"ky": "15"}).status_code == 403
        assert leader.post("/t/qn/ban-giao/lap/", PLAN | {"ke_thua": ["xa-moi"]}).status_code == 403
        run = matching.latest_of_delivery(next(iter(office.delivered.values()))).id
        said = leader.post(f"/t/qn/doi-soat/luot/{run}/muc-dich/", {"muc_dich": "xem", "khac": ""})
        assert said.status_code == 302
        shown = pages(leader, "qn", f"doi-soat/luot/{run}/")
        assert 'id="tom-tat"' in shown
        assert "data-row" not in shown


def test_a_task_says_where_it_came_from_and_where_it_went(office, heir):
    old = open_tasks(office)[0]
    ended(office, heir)
    new = next(one for one in work.tasks_of_group(heir.group.id) if one.came_from == old.id)
    with at(2025, 7, 2):
        for browser in (client(heir, "leader"), client(heir, "member", "BHXH")):
            shown = pages(browser, "xa-moi", f"nhiem-vu/{new.id}/")
            assert f'href="/t/qn/nhiem-vu/{old.id}/"' in shown
            assert "nhận từ" in pages(browser, "xa-moi", "nhiem-vu/")
            assert re.search(r'class="clause" href="/t/qn/quy-che/dieu/7/', shown)
            assert browser.get(f"/t/xa-moi/nhiem-vu/{new.id}/bang-sua.xlsx").status_code == 200
        before = pages(client(heir, "leader"), "qn", f"nhiem-vu/{old.id}/")
        assert f'href="/t/xa-moi/nhiem-vu/{new.id}/"' in before
        assert "Bàn giao cho tổ kế thừa" in before
        former = pages(client(office, "leader"), "qn", f"nhiem-vu/{old.id}/")
        assert heir.group.name in former
        assert f"/t/xa-moi/nhiem-vu/{new.id}/" not in former


def test_the_board_of_a_successor_shows_inherited_duties_by_the_old_clause(office, heir):
    ended(office, heir)
    with at(2025, 7, 2):
        browser = client(heir, "leader")
        shown = pages(browser, "xa-moi", "tuan-thu/")
        assert "Nghĩa vụ kế thừa từ tổ đã kết thúc" in shown
        assert "kế thừa từ Tổ qn" in shown
        assert "/t/qn/quy-che/dieu/" in shown
        book = browser.get("/t/xa-moi/tuan-thu/", {"dang": "xlsx"}).content
        clauses = {str(row[1]) for row in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)}
        assert any("quy chế Tổ qn" in one for one in clauses)
        assert "kế thừa từ Tổ qn" in pages(browser, "xa-moi")


def test_the_plan_shows_each_reader_only_the_tasks_he_may_see(office, heir):
    with at(2025, 6, 25):
        kept_ = prepared(office, plan(heir))
        titles = {one.title for one in open_tasks(office)}
        whole = pages(client(office, "leader"), "qn", f"ban-giao/{kept_.id}/")
        part = pages(client(office, "member", "GDDT"), "qn", f"ban-giao/{kept_.id}/")
    assert all(title in whole for title in titles)
    assert not any(title in part for title in titles)
    assert offices.ending(office.group.id) is None
