"""A charter through time in the browser: its versions, and old duties under the old text."""

from __future__ import annotations

import copy
import io
import itertools
import json
import re
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader

from dean06.adoption import service as adoption
from dean06.adoption.service import Adoption
from dean06.charter import service as charters
from dean06.flows import adopting, chartering, duties, ordering
from flows.conftest import Office, at, found, kept, own
from web.neighbours import client

OURS = "/t/to-a/"
REASONS = itertools.count(1)
NEW = "Họp mỗi tháng hai lần (lời mới)"


def amend(office, *, on: date, signed: date, number: str, text: str = NEW, clause: str = "1"):
    """Let the group amend a clause of its Điều 8, which is a monthly duty, from a day on."""
    with at(signed.year, signed.month, signed.day):
        writer, why = office.account("secretariat"), f"Đề nghị {next(REASONS)}"
        draft = chartering.begin(writer, office.group, chartering.CURRENT, "8.1", why)
        article = copy.deepcopy(draft.files["dieu-08.yaml"])
        next(one for one in article["clauses"] if one["label"] == clause)["vi"] = text
        draft = chartering.save(writer, office.group, draft, "dieu-08.yaml", article, seen=draft.revision)
        draft = adopting.agree(office.account("leader"), office.group, draft, seen=draft.revision)
        adopted = Adoption(instrument=number, signed_on=signed, in_force_from=on)
        for role in ("leader", "standing_deputy"):
            adopting.confirm(office.account(role), office.group, draft, adopted)
    return draft


def build(folder) -> Office:
    ours = found("quang-ninh-2022", "to-a", folder, persons=120)
    with at(2022, 6, 1):
        ordering.assign_source(ours.account("leader"), ours.group, "bhyt")
    ours.load_register("2022-06")
    ours.deliver("bhyt", "BHXH", "2022-06")
    amend(ours, on=date(2022, 8, 15), signed=date(2022, 8, 10), number="120/QĐ-TCTĐA")
    amend(ours, on=date(2022, 10, 1), signed=date(2022, 8, 16), number="130/QĐ-TCTĐA", text="Lời sắp có.")
    return ours


@pytest.fixture(scope="module")
def amended(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("phien-ban"), build) as office:
        yield office


@pytest.fixture
def twice(amended, db, tmp_path):
    """Give a group whose charter was amended from 15 August on, and will be again from 1 October on."""
    with at(2022, 8, 20):
        yield own(amended, tmp_path)


def shown(office, path: str, role: str = "leader") -> str:
    answer = client(office, role).get(f"/t/{office.group.slug}/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_every_version_is_listed_with_its_decision_days_draft_and_difference(twice):
    page = shown(twice, "quy-che/")
    for number in (1, 2, 3):
        assert f"Phiên bản {number}</a>" in page
    assert "Quyết định số 120/QĐ-TCTĐA ngày 10/08/2022, sửa đổi, bổ sung Quyết định số 91/QĐ-TCTĐA" in page
    assert "từ 15/08/2022 đến hết 30/09/2022" in page
    assert "?ban=3&amp;voi=v2" in page
    assert re.search(r"quy-che/soan/\d+/", page)
    for one in adoption.versions(twice.group.charter_line):
        assert one.hash in page


def test_a_version_that_is_to_come_is_announced(twice):
    page = shown(twice, "quy-che/")
    assert "Phiên bản 3 (Quyết định số 130/QĐ-TCTĐA ngày 16/08/2022) đã thông qua, có hiệu lực từ 01/10/2022." in page
    assert "?ban=3" in page


def test_an_older_version_is_read_with_all_its_articles(twice):
    page = shown(twice, "quy-che/?ban=1")
    assert "không còn hiệu lực" in page
    assert "/quy-che/dieu/8/?ban=1" in page
    assert "tep.pdf?ban=1" in page
    old, new = shown(twice, "quy-che/dieu/8/?ban=1&khoan=8.1"), shown(twice, "quy-che/dieu/8/?khoan=8.1")
    assert NEW in new
    assert NEW not in old
    assert "?ban=1&amp;khoan=8.2" in old
    assert "Lời sắp có." in shown(twice, "quy-che/dieu/8/?ban=3")
    assert client(twice).get(f"{OURS}quy-che/?ban=9").status_code == 404


def test_the_covering_decision_bears_its_own_number(twice):
    page = shown(twice, "quy-che/")
    assert "Quyết định số 91/QĐ-TCTĐA ngày 05/05/2022</span>" in page
    text = pdf(client(twice).get(f"{OURS}quy-che/tep.pdf"))
    assert "Quyết định số 120/QĐ-TCTĐA ngày 10/08/2022" in text
    assert "Quyết định số 91/QĐ-TCTĐA ngày 05/05/2022 (phiên bản 1)" in text
    assert "Quyết định ban hành số 91/QĐ-TCTĐA" in text


def pdf(answer) -> str:
    assert answer.status_code == 200
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_all_versions_can_be_compared(twice):
    page = shown(twice, "quy-che/so-sanh/")
    assert 'value="v1"' in page
    assert 'value="v3"' in page
    assert NEW in shown(twice, "quy-che/so-sanh/?voi=v1&phan=dieu-khoan")
    later = shown(twice, "quy-che/so-sanh/?ban=3&voi=v2&phan=dieu-khoan")
    assert "Lời sắp có." in later
    assert NEW in later


def test_the_file_of_a_version_states_the_number_under_which_it_is_kept(twice):
    for number in (1, 2, 3):
        file = client(twice).get(f"{OURS}quy-che/tep.json?ban={number}")
        assert json.loads(file.content)["version"] == number
        assert f"-v{number}.json" in file["Content-Disposition"]


def test_an_old_duty_is_shown_with_the_text_that_judged_it(twice):
    july = shown(twice, "tuan-thu/?nam=2022&o=group.meet_monthly&thang=2022-07")
    august = shown(twice, "tuan-thu/?nam=2022&o=group.meet_monthly&thang=2022-08")
    quote = re.compile(r'class="quote">(.*?)</p>')
    assert quote.search(august)[1] == NEW
    assert quote.search(july)[1] != NEW
    assert "/quy-che/dieu/8/?ban=1&amp;khoan=8.1" in july
    assert "Xét theo phiên bản 1 của quy chế." in july
    assert "Xét theo phiên bản" not in august


def test_the_workbook_names_every_text_with_its_hash(twice):
    answer = client(twice).get(f"{OURS}tuan-thu/", {"dang": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    told = " ".join(str(cell) for row in rows for cell in row if cell)
    texts = adoption.versions(twice.group.charter_line)
    assert all(f"Phiên bản {one.number}: SHA-256 {one.hash}" in told for one in texts[:2])
    versions_ = {(row[0], row[9]) for row in rows if row[0] in ("07/2022", "08/2022")}
    assert ("07/2022", 1) in versions_
    assert ("07/2022", 2) not in versions_
    assert ("08/2022", 2) in versions_


def test_tasks_lead_to_the_version_they_were_given_under(twice):
    assert re.search(r"/quy-che/dieu/[^\"]+\?ban=1", shown(twice, "nhiem-vu/?xem="))


def test_a_statement_names_the_text_of_its_month(twice):
    texts = adoption.versions(twice.group.charter_line)
    with at(2022, 9, 2):
        frozen = duties.freeze(twice.account("standing_deputy"), twice.group, "2022-06")
        page = shown(twice, "tuan-thu/2022-06/", "standing_deputy")
    assert frozen.charter_hash == texts[0].hash
    assert {item.get("text") for item in frozen.items} == {texts[0].hash}
    assert "phiên bản 1 của quy chế" in page
    assert "?ban=1&amp;khoan=" in page


def test_earlier_years_stay_after_an_amendment_in_a_later_year(twice):
    amend(twice, on=date(2024, 2, 1), signed=date(2024, 1, 10), number="7/QĐ-TCTĐA", text="Lời năm 2024.")
    with at(2024, 3, 5):
        page = shown(twice, "tuan-thu/?nam=2022")
    for year in (2022, 2023, 2024):
        assert f'<option value="{year}"' in page
    assert "hm--missed" in page


def test_a_draft_that_was_overtaken_is_moved_by_a_button(twice):
    with at(2022, 8, 20):
        writer = twice.account("secretariat")
        draft = chartering.begin(writer, twice.group, chartering.CURRENT, "8.1", "Đề nghị sau cùng")
    amend(twice, on=date(2022, 11, 1), signed=date(2022, 8, 21), number="140/QĐ-TCTĐA", text="Lời thứ tư.")
    with at(2022, 8, 22):
        page = shown(twice, f"quy-che/soan/{draft.id}/", "secretariat")
        assert "Chuyển sang bản mới nhất" in page
        assert "?ban=4&amp;voi=v3" in page
        address = f"{OURS}quy-che/soan/{draft.id}/chuyen/"
        browser = client(twice, "secretariat")
        assert browser.post(address, {"lan": "9"}).status_code == 422
        assert browser.post(address, {"lan": "1"}).status_code == 302
        moved = adoption.draft(twice.group.id, draft.id)
        assert moved.follows == charters.from_canonical(_newest(twice)).hash
        assert "Chuyển sang bản mới nhất" not in shown(twice, f"quy-che/soan/{draft.id}/", "secretariat")


def _newest(office) -> str:
    return charters.to_canonical(adoption.latest(office.group.charter_line))
