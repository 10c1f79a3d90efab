"""The pages of a group at work: each answers in both languages, asks a bounded number of questions, changes nothing."""

from __future__ import annotations

import io
import itertools
import logging
import re
import unicodedata
from datetime import date, datetime
from urllib.parse import urlencode, urlsplit

import openpyxl
import pypdf
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dean06.clock import service as clock
from dean06.corrections.models import Finding
from dean06.corrections.models import Run as Recorded
from dean06.flows import reporting
from dean06.jobs import service as jobs
from dean06.jobs.models import Job
from dean06.offices import service as offices
from dean06.work.models import Entry, Task
from flows.conftest import at
from harness.signing import credentials, phone
from web.neighbours import client, tasks

pytestmark = pytest.mark.long

PEOPLE = {"leader": "PC", "standing_deputy": "POL", "member": "BHXH", "secretariat": "TEAM", "register_keeper": "POL"}
LISTS = (
    "nhiem-vu/",
    "nhiem-vu/chi-dao/",
    "nhiem-vu/can-quyet/",
    "ke-hoach/?nam=2022",
    "ke-hoach/{plan}/",
    "so-theo-doi/vuong-mac/",
    "doi-soat/",
    "nguon-du-lieu/",
    "ket-noi/",
    "de-nghi-so/",
    "luat-bi-tranh-chap/",
    "sai-lech/",
    "sai-lech/?xem=don",
    "bang-diem/",
    "bang-diem/ban-do/",
    "bang-diem/thang/",
    "nguong/",
    "du-lieu-mo/",
    "van-ban/",
    "van-ban/den/?xem=tat-ca",
    "van-ban/so/den/?nam=2022",
    "hop/",
    "hop/ket-luan/",
    "hop/lay-y-kien/",
    "tin-bao/",
    "kinh-phi/",
    "kinh-phi/so/",
    "kinh-phi/de-nghi/",
    "kinh-phi/du-toan/?nam=2023",
    "khen-thuong/",
    "kinh-phi/tong-hop/2023/",
    "nhan-su/",
    "nhan-su/tai-khoan/",
    "nhan-su/co-quan/",
    "nhan-su/con-dau/",
    "nhan-su/da-doc/",
    "nhan-su/dieu-hanh/",
    "nhan-su/thay/",
    "bao-cao/",
    "bao-cao/co-quan/?thang=2022-08",
    "chi-tieu/?ky=2022-07",
    "tuan-thu/",
    "hop/{meeting}/",
    "so-theo-doi/tich-hop/",
)
# The most questions a page may put to the database, whatever the number of tasks, faults and runs it shows.
MOST = {
    "": 83,
    "?xem=vuong": 26,
    "nhiem-vu/": 15,
    "nhiem-vu/?xem=": 15,
    "nhiem-vu/{task}/": 48,
    "doi-soat/": 13,
    "doi-soat/nop/": 10,
    "doi-soat/lan-nop/{delivery}/": 11,
    "doi-soat/lan-nop/{delivery}/kiem-tra/": 14,
    "phai-sua/": 36,
    "phai-sua/cho-quyet/": 30,
    "phieu-xac-minh/": 30,
    "phieu-xac-minh/{sheet}/": 30,
    "sai-lech/{finding}/so-sai/": 25,
    "de-nghi-so/": 13,
    "de-nghi-so/?xem=tat-ca": 13,
    "de-nghi-so/{proposal}/": 22,
    "lam-giau/": 11,
    "lam-giau/moi/?nguon=chu-ky-so": 17,
    "lam-giau/tra-cuu/": 10,
    "lam-giau/{grant}/": 20,
    "nguon-du-lieu/": 12,
    "nguon-du-lieu/bhyt/": 13,
    "nguon-du-lieu/khai-sinh/": 13,
    "ket-noi/": 11,
    "ket-noi/dat/": 22,
    "ket-noi/dat/?loai=sql": 22,
    "ket-noi/{feed}/": 11,
    "ket-noi/{feed}/sua/": 23,
    "doi-soat/luot/{run}/": 18,
    "doi-soat/luot/{run}/tep-ket-qua/": 11,
    "doi-soat/luot/{run}/lan-xem/": 14,
    "ban-duyet/": 16,
    "doi-soat/luot/{reviewed}/ban-duyet/": 32,
    "doi-soat/luot/{reviewed}/chan-doan/": 20,
    "doi-soat/luot/{reviewed}/chan-doan.json": 20,
    "sai-lech/": 21,
    "sai-lech/?xem=don": 24,
    "bang-diem/": 21,
    "bang-diem/ban-do/": 16,
    "bang-diem/ban-do/?truc=du&do=C3": 14,
    "mau/": 25,
    "mau/{sample}/": 11,
    "mau/{field_check}/": 11,
    "bang-diem/thang/": 18,
    "bang-diem/thang/2022-07/": 17,
    "bang-diem/thang/2022-07/?kiem=1": 30,
    "nguong/": 16,
    "du-lieu-mo/": 15,
    "nguon-du-lieu/bhyt/bao-sai/?luat=sinh_the_tu.han_the_tu": 20,
    "nguon-du-lieu/bhyt/soan/": 22,
    "nguon-du-lieu/bhyt/soan/chung/": 12,
    "nguon-du-lieu/bhyt/soan/cot/?ma=ma_the_bhyt": 12,
    "nguon-du-lieu/bhyt/soan/luat/?ma=tre_em_6": 12,
    "nguon-du-lieu/bhyt/cac-ban/": 12,
    "nguon-du-lieu/bhyt/cac-ban/0/": 12,
    "nguon-du-lieu/hoi-rieng/": 12,
    "nguon-du-lieu/hoi-rieng/cac-ban/1/": 12,
    "nguon-du-lieu/lap/": 12,
    "luat-bi-tranh-chap/": 12,
    "luat-bi-tranh-chap/?xem=tat-ca": 12,
    "luat-bi-tranh-chap/{dispute}/": 21,
    "bao-cao/": 12,
    "bao-cao/2022-08/": 50,
    "bao-cao/2022-08/?xem=so-lieu": 49,
    "bao-cao/2022-07/": 44,
    "hop/": 13,
    "hop/moi/": 21,
    "hop/ket-luan/": 13,
    "hop/lich/": 9,
    "hop/lay-y-kien/": 10,
    "hop/lay-y-kien/moi/": 15,
    "hop/lay-y-kien/{round}/": 13,
    "hop/{meeting}/": 27,
    "hop/{running}/": 31,
    "hop/{running}/dieu-hanh/": 24,
    "hop/{running}/man-hinh/": 22,
    "van-ban/": 13,
    "van-ban/moi/": 8,
    "van-ban/moi/urging_letter/": 8,
    "van-ban/mau/": 9,
    "van-ban/mau/inspection_plan/": 24,
    "van-ban/mau/urging_letter/?ban=goc": 22,
    "van-ban/kiem-tra-the-thuc/": 8,
    "van-ban/cho-ky/": 10,
    "van-ban/khoa-ky/": 13,
    "van-ban/{letter}/": 30,
    "van-ban/{letter}/?xem=thong-tin": 31,
    "van-ban/{letter}/?xem=cau-chu": 30,
    "van-ban/{letter}/?xem=gop-y": 30,
    "van-ban/{letter}/?xem=cac-ban": 30,
    "van-ban/{letter}/?xem=kiem-tra": 35,
    "van-ban/{asked}/": 22,
    "van-ban/{sent}/": 32,
    "van-ban/chua-gui/": 9,
    "van-ban/so/di/?nam=2022": 15,
    "van-ban/so/den/?nam=2022": 12,
    "van-ban/dia-chi/": 19,
    "van-ban/den/?xem=tat-ca": 15,
    "van-ban/den/{incoming}/": 20,
    "van-ban/den/nhap/": 16,
    "ho-so/?nam=2022": 14,
    "ho-so/?nam=2021": 13,
    "ho-so/{file}/": 21,
    "ho-so/nop-luu/": 19,
    "tuan-thu/": 46,
    "tuan-thu/?xem=tat-ca&o=group.meet_monthly&thang=2022-07": 50,
    "tuan-thu/2022-07/": 46,
    "quy-che/de-ngo/": 11,
    "cai-dat/ngay-nghi/": 11,
    "quy-che/noi-quy/": 8,
    "quy-che/soan/": 12,
    "quy-che/soan/{draft}/": 49,
    "quy-che/soan/{draft}/?vai=leader&viec=meeting.convene": 49,
    "quy-che/soan/{draft}/vai/": 10,
    "quy-che/soan/{draft}/tep/dieu-07.yaml/": 11,
    "quy-che/soan/{draft}/tep/dieu-07.yaml/quy-pham/0/": 10,
    "quy-che/soan/{draft}/tep/dieu-07.yaml/quy-pham/moi/": 10,
    "ban-giao/{succession}/": 69,
    "quy-che/": 12,
    "quy-che/dieu/7/?khoan=7.2.k": 12,
    "so-ghi/": 22,
    "cai-dat/": 15,
    "ung-dung/": 26,
    "openrefine/": 26,
    "openrefine/{lookup}/": 22,
    "ung-dung/{machine}/": 22,
    "ung-dung/dia-chi/{hook}/": 23,
    "tim/?q=sai+ho+ten": 14,
    "tim/?q=sai&loai=task": 14,
    "dieu-hanh/": 54,
    "dieu-hanh/?ngay=01/08/2022": 52,
    "tin-bao/": 12,
    "tin-bao/?xem=moi&loai=task_assigned": 11,
    "tin-bao/cach-nhan/": 11,
    "nhiem-vu/bang/": 23,
    "nhiem-vu/lich/": 13,
    "nhiem-vu/moi/": 30,
    "nhiem-vu/nhap/": 12,
    "nhiem-vu/giao-lai/": 30,
    "nhiem-vu/chi-dao/": 12,
    "nhiem-vu/can-quyet/": 10,
    "nhiem-vu/can-quyet/{matter}/": 18,
    "ke-hoach/?nam=2022": 12,
    "ke-hoach/{plan}/": 13,
    "ke-hoach/{plan}/nhap/": 11,
    "ke-hoach/{plan}/dong/{line}/": 13,
    "ke-hoach/{plan}/dong/{line}/giao/": 13,
    "so-theo-doi/": 10,
    "so-theo-doi/vuong-mac/": 14,
    "so-theo-doi/vuong-mac/?xem=bang": 14,
    "so-theo-doi/tich-hop/": 18,
    "so-theo-doi/dich-vu/": 17,
    "so-theo-doi/vuong-mac/moi/": 19,
    "so-theo-doi/vuong-mac/nhap-bang/": 11,
    "so-theo-doi/vuong-mac/tuy-chon/": 12,
    "so-theo-doi/vuong-mac/{entry}/": 38,
    "so-theo-doi/vuong-mac/{entry}/sua/": 12,
    "so-theo-doi/vuong-mac/{entry}/chuyen/thao_go/": 19,
    "kinh-phi/": 19,
    "kinh-phi/so/": 14,
    "kinh-phi/de-nghi/": 15,
    "kinh-phi/de-nghi/moi/": 11,
    "kinh-phi/de-nghi/{spending}/": 18,
    "kinh-phi/du-toan/?nam=2023": 15,
    "kinh-phi/du-toan/2023/BHXH/": 27,
    "kinh-phi/tong-hop/2023/": 38,
    "kinh-phi/khoa-so/": 14,
    "khen-thuong/": 13,
    "khen-thuong/moi/?tu=01/07/2022&den=31/08/2022": 78,
    "khen-thuong/{commendation}/": 46,
    "vi-pham/": 23,
    "vi-pham/moi/": 10,
    "vi-pham/{violation}/": 12,
    "bao-cao/2022-H2/": 44,
    "bao-cao/co-quan/?thang=2022-08": 50,
    "bao-cao/co-quan/2022-08/BHXH/": 49,
    "bao-cao/co-quan/2022-08/GDDT/": 47,
    "chi-tieu/?ky=2022-07": 10,
    "chi-tieu/A.2.1/?ky=2022-07": 11,
    "chi-tieu/nhap/?ky=2022-07": 10,
    "tong-hop/": 8,
    "nhan-su/": 11,
    "nhan-su/so-do/": 11,
    "nhan-su/them/": 10,
    "nhan-su/nhap/": 8,
    "nhan-su/vi-tri/{seat}/": 17,
    "nhan-su/co-quan/": 16,
    "nhan-su/co-quan/BHXH/": 20,
    "nhan-su/con-dau/": 11,
    "nhan-su/dieu-hanh/": 31,
    "nhan-su/da-doc/": 16,
    "nhan-su/tai-khoan/": 12,
    "nhan-su/thay/": 18,
    "nhan-su/thay/moi/{seat}/": 16,
    "nhan-su/thay/{replacement}/": 14,
}

# Pages that not every seat sees, and what the others are told.
NOT_FOR_ALL = {
    "ung-dung/{machine}/": 404,
    "openrefine/{lookup}/": 404,
    "ung-dung/dia-chi/{hook}/": 404,
    "nhiem-vu/{task}/": 404,
    "doi-soat/luot/{run}/lan-xem/": 403,
    "kinh-phi/du-toan/2023/BHXH/": 404,
    "kinh-phi/tong-hop/2023/": 404,
    "vi-pham/": 404,
    "vi-pham/moi/": 404,
    "vi-pham/{violation}/": 404,
}

# A month or a day as machines write it; in the name of a file it may stand.
NOT_FOR_PEOPLE = re.compile(r"(?<![\w./-])20[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?(?![\w.-])")


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    caplog.set_level(logging.CRITICAL, logger="django.security.csrf")


def address(two, path: str) -> str:
    return f"/t/{two.ours.group.slug}/{path.format_map(vars(two.mine))}"


def text_of(answer) -> str:
    return answer.content.decode()


IN_ENGLISH = ("leader", "member")  # all that can be on a page, and the least


WALKS = [("leader", "vi"), *((role, "vi") for role in sorted(PEOPLE) if role != "leader")]
WALKS += [(role, "en") for role in IN_ENGLISH]


@pytest.mark.parametrize(
    ("role", "language"),
    [
        WALKS[0],
        *(pytest.param(*one, marks=pytest.mark.either_database) for one in (*WALKS[1:3], WALKS[-1])),
        *(pytest.param(*one, marks=pytest.mark.proof) for one in WALKS[3:-1]),
    ],
)
def test_every_page_answers_in_both_languages(office_hours, role, language):
    browser = client(office_hours.ours, role, PEOPLE[role])
    browser.post("/ngon-ngu/", {"language": language})
    for path in MOST:
        answer = browser.get(address(office_hours, path))
        if answer.status_code == 302:
            assert path.startswith("doi-soat/lan-nop/")  # a delivery that is done leads to its run
            continue
        assert answer.status_code == 200 or answer.status_code == NOT_FOR_ALL.get(path), path
        if answer["Content-Type"].startswith("application/json"):
            continue  # for machines, in one language
        shown = text_of(answer)
        assert f'lang="{language}"' in shown
        assert not re.search(r"\{\{|\{%|None</|&lt;(span|a|div) ", shown), path
        assert len(re.findall(r"<h1", shown)) == 1, path
        # A file that is edited as YAML stands in its text area as it is written.
        read = re.sub(r"(?s)<textarea .*?</textarea>", " ", shown)
        assert not NOT_FOR_PEOPLE.findall(re.sub(r"<[^>]*>", " ", read)), path
        ids = re.findall(r'\sid="([^"]+)"', shown)
        assert len(ids) == len(set(ids)), path


@pytest.mark.either_database
def test_questions_to_the_database_do_not_grow_with_what_is_shown(office_hours):
    browser = client(office_hours.ours)
    for path in MOST:
        browser.get(address(office_hours, path))  # what is read once and kept
    before = {path: counted(browser, address(office_hours, path)) for path in MOST}
    assert {path: asked for path, asked in before.items() if asked > MOST[path]} == {}
    grow(office_hours.ours.group.id)
    after = {path: counted(browser, address(office_hours, path)) for path in MOST}
    assert after == before


def counted(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code in {200, 302}
    return len(asked)


def grow(group_id: int) -> None:
    """Twice as many open tasks and faults as before."""
    for row in list(Task.objects.filter(group_id=group_id, status="open")):
        row.pk, row.number = None, row.number + 1000
        row.save()
    for row in list(Entry.objects.filter(group_id=group_id)):
        row.pk, row.number, row.origin = None, row.number + 1000, ""
        row.save()
    for row in list(Finding.objects.filter(group_id=group_id)):
        row.pk, row.fingerprint = None, row.fingerprint[::-1]
        row.save()


def test_looking_changes_nothing(office_hours):
    browser = client(office_hours.ours)
    browser.get(address(office_hours, ""))
    own = [model for model in apps.get_models() if model.__module__.startswith("dean06.")]
    before = {model._meta.label: sorted(map(str, model.objects.values_list())) for model in own}
    session = dict(browser.session)
    for path in (*MOST, *(f"{one}{'&' if '?' in one else '?'}dang=xlsx" for one in LISTS)):
        browser.get(address(office_hours, path))
    assert {model._meta.label: sorted(map(str, model.objects.values_list())) for model in own} == before
    assert dict(browser.session) == session


ACTS = (
    "tin-bao/da-doc/",
    "tin-bao/{notice}/mo/",
    "tin-bao/cach-nhan/ghi/",
    "tin-bao/cach-nhan/thu/",
    "nhiem-vu/{task}/bao-sua/",
    "nhiem-vu/cung-luc/",
    "nhiem-vu/dot/dot-0/rut/",
    "nhiem-vu/bo-loc/",
    "nhiem-vu/bo-loc/{filter}/bo/",
    "nhiem-vu/can-quyet/{matter}/bao-cao/",
    "nhiem-vu/can-quyet/{matter}/quyet/",
    "nhiem-vu/can-quyet/{matter}/rut/",
    "nhiem-vu/{task}/bao-cao/",
    "nhiem-vu/{task}/bat-dau/",
    "nhiem-vu/{task}/nghiem-thu/",
    "nhiem-vu/{task}/gia-han/",
    "nhiem-vu/{task}/gia-han/tra-loi/",
    "nhiem-vu/{task}/phoi-hop/",
    "nhiem-vu/{task}/nguoi/",
    "nhiem-vu/{task}/mo-lai/",
    "nhiem-vu/{task}/huy/",
    "nhiem-vu/{task}/dong/",
    "nhiem-vu/{task}/hoan-tac/",
    "ke-hoach/{plan}/dong/",
    "ke-hoach/{plan}/giao/",
    "ke-hoach/{plan}/trinh/",
    "ke-hoach/{plan}/duyet/",
    "ke-hoach/{plan}/tra-lai/",
    "ke-hoach/{plan}/van-ban/",
    "ke-hoach/{plan}/so/",
    "ke-hoach/{plan}/nop/",
    "ke-hoach/{plan}/bo/",
    "so-theo-doi/dich-vu/lap-san/",
    "so-theo-doi/vuong-mac/nhap-bang/ghi/",
    "so-theo-doi/vuong-mac/{entry}/hoan-tac/",
    "so-theo-doi/vuong-mac/{entry}/lien-ket/",
    "so-theo-doi/vuong-mac/{entry}/lien-ket/bo/",
    "so-theo-doi/vuong-mac/{entry}/giao-viec/",
    "so-theo-doi/vuong-mac/{entry}/tep/",
    "so-theo-doi/vuong-mac/{entry}/tep/rut/",
    "doi-soat/lan-nop/{delivery}/rut/",
    "ket-noi/{feed}/thu/",
    "ket-noi/{feed}/lay/",
    "ket-noi/{feed}/bat-tat/",
    "doi-soat/lan-nop/{delivery}/kiem-tra/chay-lai/",
    "phai-sua/tep/",
    "phieu-xac-minh/lap/",
    "phieu-xac-minh/gop/",
    "phieu-xac-minh/{sheet}/muc-dich/",
    "phieu-xac-minh/{sheet}/ghi/",
    "phieu-xac-minh/{sheet}/in/",
    "phieu-xac-minh/{sheet}/chia/",
    "phieu-xac-minh/{sheet}/xac-nhan/",
    "phai-sua/ban-giao/",
    "phai-sua/bang-ban-giao/",
    "mau/lap/",
    "mau/{sample}/muc-dich/",
    "mau/{sample}/doc/1/",
    "mau/{field_check}/xa/{commune}/ghi/",
    "bang-diem/thang/2022-06/chot/",
    "bang-diem/thang/2022-07/cong-bo/",
    "nguon-du-lieu/bhyt/soan/bat-dau/",
    "nguon-du-lieu/bhyt/soan/luat/doi/",
    "nguon-du-lieu/bhyt/soan/ban-hanh/",
    "nguon-du-lieu/bhyt/soan/bo/",
    "nguon-du-lieu/bhyt/cac-ban/0/soan-lai/",
    "luat-bi-tranh-chap/{dispute}/quyet/",
    "luat-bi-tranh-chap/{dispute}/chay-lai/",
    "de-nghi-so/{proposal}/quyet/",
    "de-nghi-so/{proposal}/rut/",
    "lam-giau/{grant}/thu-hoi/",
    "lam-giau/{grant}/ghi/",
    "doi-soat/lan-nop/{delivery}/chay-lai/",
    "doi-soat/luot/{run}/muc-dich/",
    "doi-soat/luot/{reviewed}/ban-duyet/mo/",
    "doi-soat/luot/{reviewed}/ban-duyet/doc/0/",
    "doi-soat/luot/{reviewed}/ban-duyet/hoan-tac/",
    "doi-soat/luot/{run}/tim/",
    "doi-soat/luot/{run}/tep-ket-qua/lap/",
    "sai-lech/giao/",
    "bao-cao/2022-08/lap/",
    "bao-cao/2022-08/sua/",
    "bao-cao/2022-08/ky/",
    "bao-cao/2022-08/gui/",
    "bao-cao/2022-08/mo-lai/",
    "bao-cao/2022-08/da-nhan/",
    "bao-cao/co-quan/2022-08/BHXH/lap/",
    "bao-cao/co-quan/2022-08/BHXH/ghi/",
    "bao-cao/co-quan/2022-08/BHXH/chep/",
    "bao-cao/co-quan/2022-08/BHXH/tep/",
    "bao-cao/co-quan/2022-08/BHXH/tep/bo/",
    "bao-cao/co-quan/2022-08/BHXH/rut/",
    "bao-cao/co-quan/2022-08/BHXH/nhan/",
    "bao-cao/co-quan/2022-08/BHXH/tra-lai/",
    "bao-cao/co-quan/2022-08/BHXH/ban-giay/",
    "chi-tieu/nhap/ghi/",
    "chi-tieu/nhap/bang/",
    "ung-dung/lap/",
    "openrefine/lap/",
    "openrefine/{lookup}/thu-hoi/",
    "ung-dung/{machine}/ma/",
    "ung-dung/{machine}/thu-hoi/",
    "ung-dung/dia-chi/lap/",
    "ung-dung/dia-chi/{hook}/gui-lai/",
    "ung-dung/dia-chi/{hook}/hoi-lai/",
    "ung-dung/dia-chi/{hook}/dung/",
    "cai-dat/giao-nguon/",
    "cai-dat/ky-so-lieu/",
    "cai-dat/han-sua/",
    "cai-dat/ma-qr/",
    "quy-che/xac-nhan/",
    "quy-che/de-ngo/dat/",
    "cai-dat/ngay-nghi/ghi/",
    "cai-dat/ngay-nghi/bo/",
    "quy-che/soan/lap/",
    "quy-che/soan/tu-tep/",
    "quy-che/soan/{draft}/dong-y/",
    "quy-che/soan/{draft}/thong-qua/",
    "quy-che/soan/{draft}/to-trinh/lap/",
    "quy-che/soan/{draft}/to-trinh/sua/",
    "quy-che/soan/{draft}/to-trinh/ky/",
    "quy-che/soan/{draft}/to-trinh/gui/",
    "quy-che/soan/{draft}/to-trinh/rut/",
    "quy-che/soan/{draft}/chuyen/",
    "quy-che/soan/{draft}/bo/",
    "quy-che/soan/{draft}/tinh-huong/",
    "quy-che/soan/{draft}/tinh-huong/bo/",
    "quy-che/soan/{draft}/tep/dieu-07.yaml/nhan/",
    "quy-che/soan/{draft}/them-dieu/",
    "quy-che/soan/{draft}/tep/dieu-07.yaml/yaml/",
    "quy-che/soan/{draft}/tep/dieu-07.yaml/quy-pham/0/bo/",
    "hop/lich/lap/",
    "hop/lich/thu-hoi/",
    "hop/lay-y-kien/{round}/tra-loi/",
    "hop/lay-y-kien/{round}/nhac/",
    "hop/lay-y-kien/{round}/chot/",
    "hop/lay-y-kien/{round}/van-ban/",
    "hop/{running}/noi-dung/",
    "hop/{running}/duyet/",
    "hop/{running}/san-sang/",
    "hop/{running}/trieu-tap/",
    "hop/{running}/huy/",
    "hop/{running}/chep/",
    "hop/{running}/thanh-phan/",
    "hop/{running}/tai-lieu/",
    "hop/{running}/bao-cao/",
    "hop/{running}/bao-vang/",
    "hop/{running}/dong-y-vang/",
    "hop/{running}/ket-luan/",
    "hop/{running}/giao-viec/",
    "hop/{running}/van-ban/",
    "hop/{running}/khai-mac/",
    "hop/{running}/be-mac/",
    "hop/{running}/muc/",
    "hop/{running}/diem-danh/",
    "hop/{running}/bieu-quyet/",
    "hop/{running}/phieu/",
    "hop/{running}/phieu-giay/",
    "hop/{running}/quyet-dinh/",
    "ban-giao/lap/",
    "ban-giao/{succession}/luu/",
    "ban-giao/{succession}/xac-nhan/",
    "ban-giao/{succession}/bo/",
    "van-ban/mau/urging_letter/ve-goc/",
    "van-ban/khoa-ky/khai-khoa/",
    "van-ban/khoa-ky/thoi/",
    "van-ban/cho-ky/ky/",
    "van-ban/dia-chi/ghi/",
    "van-ban/dia-chi/thoi/",
    "van-ban/dia-chi/danh-sach/",
    "van-ban/dia-chi/truc/",
    "van-ban/den/lay/",
    "van-ban/den/{incoming}/vao-so/",
    "van-ban/den/{incoming}/tra-lai/",
    "van-ban/den/{incoming}/chuyen/",
    "van-ban/den/{incoming}/xong/",
    "van-ban/den/{incoming}/tra-loi/",
    "van-ban/den/{incoming}/lay-lai/",
    "van-ban/{sent}/thong-tin/",
    "van-ban/{sent}/cau-chu/",
    "van-ban/{sent}/docx/",
    "van-ban/{sent}/ban/1/lay-lai/",
    "van-ban/{sent}/gop-y/",
    "van-ban/{sent}/gop-y/{comment}/",
    "van-ban/{sent}/tham-dinh/",
    "van-ban/{sent}/trinh-ky/",
    "van-ban/{sent}/rut-ve/",
    "van-ban/{sent}/tra-lai/",
    "van-ban/{sent}/ky/",
    "van-ban/{sent}/ky-cung/",
    "van-ban/{sent}/bo-chu-ky/",
    "van-ban/{sent}/cap-so/",
    "van-ban/{sent}/dong-dau/",
    "van-ban/{sent}/ban-quet/",
    "van-ban/{sent}/bo/",
    "van-ban/{sent}/nguoi-doc/",
    "van-ban/{sent}/gui/",
    "van-ban/{sent}/gui-lai/",
    "van-ban/{sent}/ghi-nhan/",
    "van-ban/{sent}/thu-hoi/",
    "van-ban/{sent}/thu-hoi/ghi/",
    "ho-so/danh-muc/mau/",
    "ho-so/danh-muc/them/",
    "ho-so/danh-muc/ban-hanh/",
    "ho-so/{file}/mo/",
    "ho-so/{file}/sua/",
    "ho-so/{file}/bo/",
    "ho-so/{file}/them/",
    "ho-so/{file}/thu-tu/",
    "ho-so/{file}/rut/",
    "ho-so/{file}/ket-thuc/",
    "ho-so/nop-luu/giao/",
    "ho-so/nop-luu/het-han/",
    "ho-so/nop-luu/{hand_in}/nhan/",
    "ho-so/nop-luu/{hand_in}/tra/",
    "kinh-phi/nguon/ghi/",
    "kinh-phi/nguon/{source}/cap/",
    "kinh-phi/quan-ly/",
    "kinh-phi/so/{entry}/dao/",
    "kinh-phi/de-nghi/{spending}/duyet/",
    "kinh-phi/de-nghi/{spending}/tu-choi/",
    "kinh-phi/de-nghi/{spending}/huy/",
    "kinh-phi/de-nghi/{spending}/chi/",
    "kinh-phi/de-nghi/{spending}/quyet-toan/",
    "kinh-phi/de-nghi/{spending}/dao-chi/",
    "kinh-phi/de-nghi/{spending}/cong-van/",
    "kinh-phi/du-toan/2023/BHXH/ghi/",
    "kinh-phi/du-toan/2023/BHXH/tep/",
    "kinh-phi/du-toan/2023/BHXH/chep/",
    "kinh-phi/du-toan/2023/BHXH/gui/",
    "kinh-phi/du-toan/2023/BHXH/tra-lai/",
    "kinh-phi/tong-hop/2023/lap/",
    "kinh-phi/tong-hop/ban/{budget}/to-trinh/",
    "kinh-phi/tong-hop/ban/{budget}/trinh/",
    "kinh-phi/co-che/",
    "kinh-phi/khoa-so/ghi/",
    "khen-thuong/{commendation}/khen/",
    "khen-thuong/{commendation}/trinh/",
    "khen-thuong/{commendation}/ket-qua/",
    "khen-thuong/{commendation}/rut/",
    "khen-thuong/{commendation}/van-ban/",
    "vi-pham/nguoi-xem/",
    "vi-pham/{violation}/muc-dich/",
    "vi-pham/{violation}/trinh-bay/",
    "vi-pham/{violation}/xu-ly/",
    "vi-pham/{violation}/chuyen/",
    "vi-pham/{violation}/ket-thuc/",
    "vi-pham/{violation}/bien-ban/",
    "vai/",
    "nhan-su/them/ghi/",
    "nhan-su/nhap/xem/",
    "nhan-su/nhap/ghi/",
    "nhan-su/vi-tri/{seat}/thoi/",
    "nhan-su/vi-tri/{seat}/gan/",
    "nhan-su/vi-tri/{seat}/moi/",
    "nhan-su/vi-tri/{seat}/vang/",
    "nhan-su/co-quan/them/",
    "nhan-su/co-quan/BHXH/chuc-vu/",
    "nhan-su/co-quan/BHXH/ten/",
    "nhan-su/co-quan/BHXH/ket-thuc/",
    "nhan-su/chuc-vu/{post}/",
    "nhan-su/con-dau/ghi/",
    "nhan-su/con-dau/{seal}/thoi/",
    "nhan-su/dieu-hanh/uy-quyen/",
    "nhan-su/uy-quyen/{delegation}/thu-hoi/",
    "nhan-su/uy-quyen/{delegation}/giay/",
    "nhan-su/vang-mat/{absence}/ve/",
    "nhan-su/da-doc/xac-nhan/",
    "nhan-su/da-doc/tren-giay/",
    "nhan-su/da-doc/nhac/",
    "nhan-su/tai-khoan/{owner}/gui-lai/",
    "nhan-su/tai-khoan/{owner}/thu-hoi/",
    "nhan-su/thay/moi/{seat}/neu/",
    "nhan-su/thay/{replacement}/cong-van/",
    "nhan-su/thay/{replacement}/tra-loi/",
    "nhan-su/thay/{replacement}/xong/",
    "nhan-su/thay/{replacement}/rut/",
    "tuan-thu/giai-trinh/",
    "tuan-thu/giai-trinh/{reply}/",
    "tuan-thu/2022-07/chot/",
)


@pytest.mark.either_database
@pytest.mark.parametrize("path", ACTS)
def test_an_act_is_a_post_with_a_token(office_hours, path):
    browser = client(office_hours.ours, csrf=True)
    assert browser.get(address(office_hours, path)).status_code == 405
    assert browser.post(address(office_hours, path)).status_code == 403


def test_every_act_is_tried():
    from dean06.web.urls import urlpatterns

    of_a_group = [one for one in urlpatterns if "<slug:to>" in str(one.pattern)]
    acting = [one.name for one in of_a_group if getattr(one.callback, "__closure__", None) and refuses_get(one)]
    assert len(acting) == len(ACTS)


def refuses_get(pattern) -> bool:
    from django.test import RequestFactory

    try:
        return pattern.callback(RequestFactory().get("/"), to="x").status_code == 405
    except AttributeError:  # the page looks for the reader first: it can be looked at
        return False


def test_somebody_whose_session_ended_is_led_to_sign_in(office_hours):
    stranger = Client()
    page = address(office_hours, "nhiem-vu/")
    assert stranger.get(page).url == f"/dang-nhap/?next={page}"
    part = stranger.get(
        address(office_hours, "doi-soat/lan-nop/{delivery}/"),
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"},
    )
    assert part.status_code == 204
    assert part.headers["HX-Redirect"] == f"/dang-nhap/?next={page.replace('/', '%2F')}"


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_a_workbook_too(office_hours, path):
    ours = office_hours.ours
    page = address(office_hours, path)
    browser = client(ours)
    assert "dang=xlsx" in text_of(browser.get(page))
    answer = browser.get(f"{page}{'&' if '?' in path else '?'}dang=xlsx")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ours.group.name in f"{rows[0][0]}\n{rows[1][0]}" or path == "bang-diem/"
    assert len(rows) > 3
    written = " ".join(str(cell) for row in rows for cell in row)
    listed = [line.split(",") for line in (ours.folder / "so-2022-07.csv").read_text().splitlines()]
    names = {line[listed[0].index("ho_ten")] for line in listed[1:]}
    assert len(names) > 100
    assert not [name for name in names if name in written]


@pytest.mark.either_database
@pytest.mark.parametrize("path", [one for one in LISTS if not one.startswith(("so-theo-doi/", "van-ban/so/"))])
def test_a_list_is_printed_on_a4_with_the_group_the_title_and_the_day(office_hours, path):
    browser, page = client(office_hours.ours), address(office_hours, path)
    assert "dang=pdf" in text_of(browser.get(page))
    answer = browser.get(f"{page}{'&' if '?' in path else '?'}dang=pdf")
    assert answer.headers["Content-Disposition"].startswith("inline")
    first = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0]
    shown = " ".join(first.extract_text().split())
    assert sorted(round(float(one) / 72 * 25.4) for one in first.mediabox[2:]) == [210, 297]
    assert office_hours.ours.group.name in shown
    assert "In ngày 20/08/2022" in shown


def test_a_workbook_holds_every_task_as_numbers_and_days(office_hours):
    answer = client(office_hours.ours).get(address(office_hours, "nhiem-vu/?xem=&dang=xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    head = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "Số")
    listed = [row for row in sheet.iter_rows(min_row=head + 1, values_only=True) if row[0]]
    assert len(listed) == len(tasks(office_hours.ours))
    assert all(isinstance(row[0], int) and row[6].year == 2022 and isinstance(row[9], int) for row in listed)


def test_a_row_opens_in_its_place_once_the_purpose_is_stated(office_hours):
    browser = client(office_hours.ours)
    page = address(office_hours, "doi-soat/luot/{run}/")
    row = f"{page}dong/0/"
    asked = {"HX-Request": "true"}
    assert "data-row" not in text_of(browser.get(page))
    assert browser.get(row, headers=asked).headers["HX-Redirect"].startswith(page)
    assert browser.get(f"{page}ket-qua.csv").status_code == 422
    stated = browser.post(f"{page}muc-dich/?ket_qua=KHOP_SAI_LECH", {"muc_dich": "Kiểm tra kết quả đối soát"})
    assert stated.url == f"{page}?ket_qua=KHOP_SAI_LECH"
    shown = text_of(browser.get(stated.url))
    assert "data-row" in shown
    assert "d-from" in shown
    opened = text_of(browser.get(row, headers=asked))
    assert opened.lstrip().startswith("<tr")
    assert 'class="is-detail"' in opened
    assert "<html" not in opened
    assert browser.get(row).url == f"{page}?dong=0"
    assert browser.get(f"{page}dong/999999/", headers=asked).status_code == 404
    assert b"ket_qua" in b"".join(browser.get(f"{page}ket-qua.csv").streaming_content)


def test_codes_of_the_file_are_shown_in_words(office_hours):
    browser = client(office_hours.ours)
    page = address(office_hours, "doi-soat/luot/{run}/")
    browser.post(f"{page}muc-dich/", {"muc_dich": "Kiểm tra kết quả đối soát"})
    opened = text_of(browser.get(f"{page}dong/0/", headers={"HX-Request": "true"}))
    assert re.search(r"<td>(Nam|Nữ) <span class=\"quiet\">\(tệp ghi [12]\)", opened)
    assert re.search(r"<td>\D+ <span class=\"quiet\">\(tệp ghi \d{5}\)", opened)


def test_a_refusal_names_the_clause_what_is_missing_and_who_can(office_hours):
    ours = office_hours.ours
    with at(2022, 9, 3):
        reporting.make(ours.account("secretariat"), ours.group, "2022-09")
        phone(ours.account("leader"))
        known = credentials(ours.account("standing_deputy"))
        deputy = client(ours, "standing_deputy", "POL")
        page = address(office_hours, "bao-cao/2022-09/")
        shown = text_of(deputy.get(page))
        assert "Bạn chưa thể ký báo cáo này" in shown
        assert "Nguyễn Minh Tâm" in shown
        token = re.search(r'name="ban" value="(\w+)"', text_of(client(ours).get(page)))[1]
        refused = deputy.post(f"{page}ky/", {"ban": token} | known)
        assert refused.status_code == 403
        assert "Điều 4 khoản 4" in text_of(refused)
        assert "Nguyễn Minh Tâm" in text_of(refused)


def test_only_the_draft_that_was_read_is_signed(office_hours):
    ours = office_hours.ours
    with at(2022, 9, 3):
        reporting.make(ours.account("secretariat"), ours.group, "2022-09")
        page = address(office_hours, "bao-cao/2022-09/")
        known = credentials(ours.account("leader"))
        leader, clerk = client(ours), client(ours, "secretariat")
        read = re.search(r'name="ban" value="(\w+)"', text_of(leader.get(page)))[1]
        clerk.post(f"{page}sua/", {"doan-v.1": "Đề nghị cấp thêm máy quét."})
        stale = leader.post(f"{page}ky/", {"ban": read} | known)
        assert stale.status_code == 422
        assert "Báo cáo vừa đổi sau khi bạn mở trang" in text_of(stale)
        again = re.search(r'name="ban" value="(\w+)"', text_of(leader.get(page)))[1]
        signed = leader.post(f"{page}ky/", {"ban": again}, follow=True)
        assert "Đã phát hành số 02/BC-TCTĐA" in text_of(signed)
        for kind, begins in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
            assert b"".join(leader.get(f"{page}tep.{kind}").streaming_content).startswith(begins)


def test_an_act_the_charter_only_warns_of_asks_for_a_reason_and_then_goes_on(office_hours):
    held, browser = office_hours.mine, client(office_hours.ours, "deputy")
    page = address(office_hours, "nhan-su/thay/moi/{seat}/neu/")
    said = {"nhiem_vu": str(held.task), "can_cu": "chậm sửa"}
    with at(2022, 12, 30):
        client(office_hours.ours).post(
            address(office_hours, "nhan-su/thay/{replacement}/rut/"), {"ly_do": "làm lại từ đầu"}
        )
        asked = browser.post(page, said)
        shown = text_of(asked)
        assert asked.status_code == 403
        assert 'name="ly_do"' in shown
        assert 'name="can_cu" value="chậm sửa"' in shown
        done = browser.post(page, {**said, "ly_do": "Tổ trưởng giao miệng"}, follow=True)
    assert "Đã nêu việc thay thành viên" in text_of(done)


def test_an_absence_recorded_for_another_wants_its_ground(office_hours):
    leader = offices.holders(office_hours.ours.group.id, date(2022, 8, 20), role="leader")[0]
    page = f"/t/{office_hours.ours.group.slug}/nhan-su/vi-tri/{leader.seat_id}/vang/"
    said = {"tu": "01/09/2022", "gio_tu": "07:30", "den": "02/09/2022", "gio_den": "17:00"}
    browser = client(office_hours.ours, "secretariat")
    refused = browser.post(page, said)
    assert refused.status_code == 403
    assert "lý do vắng mặt" in text_of(refused)
    done = browser.post(page, {**said, "ly_do": "đi công tác"}, follow=True)
    assert "Đã ghi vắng mặt" in text_of(done)


@pytest.mark.parametrize("wrong", ["32/01/2022", "hôm nay", "", "2022-02-30"])
def test_a_day_that_is_none_is_said_in_one_sentence(office_hours, wrong):
    page = address(office_hours, "nhan-su/vi-tri/{seat}/vang/")
    said = {"tu": wrong, "gio_tu": "07:30", "den": wrong, "gio_den": "17:00"}
    answer = client(office_hours.ours).post(page, said)
    assert answer.status_code == 422
    assert "ghi ngày/tháng/năm" in text_of(answer)


def test_a_file_is_received_and_asked_for(office_hours):
    browser = client(office_hours.ours, "member", "BHXH")
    page = address(office_hours, "doi-soat/nop/")
    said = {"nguon": "bhyt", "ky": "2022-08", "co_quan": "BHXH"}
    empty = browser.post(page, said)
    assert empty.status_code == 422
    assert "error-summary" in text_of(empty)
    part = browser.post(page, said, headers={"HX-Request": "true"})
    assert part.status_code == 422
    assert "<html" not in text_of(part)
    answer = browser.post(page, {**said, "tep": SimpleUploadedFile("thang-8.csv", b"ho_ten\nA\n")})
    where = urlsplit(answer.url).path
    assert where.startswith(address(office_hours, "doi-soat/lan-nop/"))
    assert Job.objects.filter(object_id=where.rstrip("/").rpartition("/")[2], state="waiting").exists()
    waiting = browser.get(where, headers={"HX-Request": "true"})
    assert 'id="xu-ly"' in text_of(waiting)
    twice = browser.post(page, {**said, "tep": SimpleUploadedFile("thang-8.csv", b"ho_ten\nA\n")})
    assert "đã nộp cho kỳ 08/2022" in text_of(twice)


@pytest.mark.parametrize(
    ("length", "status"), [("abc", 400), ("-1", 400), ("²", 400), ("9" * 30, 400), ("", 411), ("999999999", 413)]
)
def test_an_upload_that_does_not_say_how_large_it_is_is_refused_in_a_sentence(office_hours, length, status):
    browser = client(office_hours.ours, "member", "BHXH")
    answer = browser.post(address(office_hours, "doi-soat/nop/"), {"nguon": "bhyt"}, CONTENT_LENGTH=length)
    assert answer.status_code == status
    assert "Chưa có gì được ghi" in text_of(answer)
    assert address(office_hours, "doi-soat/nop/") in text_of(answer)


def test_a_run_whose_discrepancies_were_never_recorded_can_be_taken_up_again(office_hours):
    browser = client(office_hours.ours)
    run, delivery = address(office_hours, "doi-soat/luot/{run}/"), address(office_hours, "doi-soat/lan-nop/{delivery}/")
    assert browser.get(delivery).url == run
    assert f'href="{delivery}"' not in text_of(browser.get(run))
    browser.post(f"{delivery}chay-lai/")
    assert not Job.objects.filter(object_id=str(office_hours.mine.delivery), state="waiting").exists()
    Recorded.objects.filter(group_id=office_hours.ours.group.id, run_id=f"L{office_hours.mine.run}").update(run_id="L0")
    assert f'href="{delivery}"' in text_of(browser.get(run))
    shown = text_of(browser.get(delivery))
    assert "Đã đối soát xong, nhưng sai lệch chưa được ghi" in shown
    assert f'action="{delivery}chay-lai/"' in shown
    browser.post(f"{delivery}chay-lai/")
    assert Job.objects.filter(object_id=str(office_hours.mine.delivery), state="waiting").exists()


def test_numbers_of_pages_and_ids_without_measure_are_no_fault(office_hours):
    browser = client(office_hours.ours)
    for path in (
        "nhiem-vu/?trang=999999999999999999999",
        "nhiem-vu/?trang=abc",
        "nhiem-vu/?trang=²",
        "sai-lech/?trang=0&nguon=khong-co",
        "bang-diem/?nguon=khong-co&ky=x",
        "doi-soat/?nguon=khong-co",
        "quy-che/dieu/7/?khoan=99.99",
        "tim/?q=" + "a" * 3000,
    ):
        assert browser.get(address(office_hours, path)).status_code == 200, path
    for path in ("nhiem-vu/99999999999999999999999/", "quy-che/dieu/99/", "bao-cao/2022-13/", "van-ban/1/tep.exe"):
        assert browser.get(address(office_hours, path)).status_code == 404, path


def test_the_supporting_body_sees_the_work_that_it_prepares_meetings_from(office_hours):
    """Quảng Ninh, Điều 6 khoản 2: the supporting bodies prepare what meetings discuss."""
    leader, support = client(office_hours.ours), client(office_hours.ours, "secretariat", "TEAM")
    for path in ("nhiem-vu/?xem=", "sai-lech/"):
        page = address(office_hours, path)
        listed = re.findall(r'href="[^"]+/(?:nhiem-vu/\d+/|luot/\d+/[^"]*)"', text_of(leader.get(page)))
        assert re.findall(r'href="[^"]+/(?:nhiem-vu/\d+/|luot/\d+/[^"]*)"', text_of(support.get(page))) == listed != []


def test_who_looked_at_rows_is_shown_to_those_who_answer_for_the_group(office_hours):
    leader, member = client(office_hours.ours), client(office_hours.ours, "member", "BHXH")
    page = on_run_page(member, office_hours)
    name = re.search(r'class="pair"><span>(\w+ \w+ [^<]+)</span>', looked(member, page))[1]
    with clock.pinned(datetime(2022, 8, 22, 14, 5, tzinfo=clock.TZ)):
        assert member.get(f"{page}ket-qua.csv").status_code == 200
    refused = member.get(f"{page}lan-xem/")
    assert refused.status_code == 403
    assert "chịu trách nhiệm về cả tổ" in text_of(refused)
    shown = text_of(leader.get(f"{page}lan-xem/"))
    assert f'href="{page}lan-xem/"' in text_of(leader.get(page))
    newest, before = re.findall(r"<tr.*?</tr>", shown, re.DOTALL)[1:3]
    for said in ("22/08/2022 14:05", "Lê Ngọc Hoa", "Kiểm tra kết quả đối soát", "Tải tệp", "mọi dòng"):
        assert said in newest
    assert "1–25" in before
    assert name not in shown


def on_run_page(browser: Client, two) -> str:
    """State the purpose for our run, and return its address."""
    page = address(two, "doi-soat/luot/{run}/")
    browser.post(f"{page}muc-dich/", {"muc_dich": "Kiểm tra kết quả đối soát"})
    return page


TICKS = itertools.count(1)


def looked(browser: Client, where: str) -> str:
    """Look at rows; each look is recorded under its own instant."""
    with clock.pinned(datetime(2022, 8, 21, 9, next(TICKS), tzinfo=clock.TZ)):
        return text_of(browser.get(where))


def test_rows_of_a_run_are_found_by_name_number_and_place(office_hours):
    browser = client(office_hours.ours)
    page = on_run_page(browser, office_hours)

    def shown(where: str) -> list[str]:
        return re.findall(r'id="dong-(\d+)"', looked(browser, where))

    def found(text: str) -> list[str]:
        return shown(browser.post(f"{page}tim/", {"q": text}).url)

    first = looked(browser, page)
    everything = shown(page)
    assert everything == [str(place) for place in range(len(everything))]
    assert shown(f"{page}?trang=2")[0] == str(len(everything))
    name = re.search(r'class="pair"><span>(\w+ \w+ [^<]+)</span>', first)[1]
    plain = "".join(one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one))
    assert set(found(plain.replace("đ", "d").replace("Đ", "D").upper())) >= set(found(name))
    number = "".join(re.search(r'class="idno"><span>(\d+)</span><span>(\d+)</span><span>(\d+)', first).groups())
    assert found(f"{number[:3]} {number[3:6]} {number[6:]}") == found(number) != []
    row = re.search(r'id="dong-3".*?>(\d+)<span class="visually-hidden"', first, re.DOTALL)[1]
    assert browser.post(f"{page}tim/", {"q": row}).url == f"{page}?dong_so={row}"
    assert found(row) == shown(f"{page}?dong_so={row}") == ["3"]
    assert len(shown(f"{page}?xep=tin_cay_giam")) == len(everything)
    assert found("không có ai tên này") == []


def test_words_typed_on_a_run_stand_in_no_address(office_hours):
    browser = client(office_hours.ours)
    page = on_run_page(browser, office_hours)
    typed = "Nguyễn 0382"
    asked = {"q": "Nguyễn", "xep": "tin_cay", "truong": "", "ket_qua": "KHOP_SAI_LECH"}
    answer = browser.post(f"{page}tim/", asked)
    assert answer.url == f"{page}?ket_qua=KHOP_SAI_LECH&xep=tin_cay&tim=1"
    shown = looked(browser, answer.url)
    assert 'name="q" value="Nguyễn"' in shown
    carried = re.findall(r'(?:href|action|hx-get|hx-post|src)="([^"]*)"', shown)
    assert f"{page}tim/" in carried
    assert any("tim=1" in one and "ket_qua=" in one for one in carried)
    assert not [one for one in carried if "q=" in one or "Nguy" in one or "%E1%BB%85" in one]
    assert browser.post(f"{page}tim/", {"q": typed}).url.endswith("?tim=2")
    assert 'value="Nguyễn"' in looked(browser, f"{page}?tim=1")  # each search keeps its own words: Back works
    old = looked(browser, f"{page}?{urlencode({'q': typed})}")  # an old bookmark is carried no further
    assert not [one for one in re.findall(r'(?:href|action|hx-get)="([^"]*)"', old) if "Nguy" in one or "q=" in one]


def test_words_typed_end_with_the_session_and_are_seen_by_nobody_else(office_hours):
    browser = client(office_hours.ours)
    page = on_run_page(browser, office_hours)
    where = browser.post(f"{page}tim/", {"q": "Nguyễn"}).url
    other = client(office_hours.ours, "secretariat", "TEAM")
    on_run_page(other, office_hours)
    assert 'name="q" value=""' in looked(other, where)
    for place in range(12):
        browser.post(f"{page}tim/", {"q": f"Trần {place}"})
    kept = next(value for key, value in browser.session.items() if key.startswith("tim_"))
    assert len(kept) == 8
    session, left = browser.session.session_key, other.session.session_key
    browser.post("/dang-xuat/")
    assert not Session.objects.filter(pk=session).exists()
    Session.objects.filter(pk=left).update(expire_date=datetime(2022, 1, 1, tzinfo=clock.TZ))
    jobs.take_up()
    assert not Session.objects.filter(pk=left).exists()


def test_a_discrepancy_leads_to_its_row_by_the_rows_number(office_hours):
    browser = client(office_hours.ours)
    listed = text_of(browser.get(address(office_hours, "sai-lech/")))
    where, row = re.search(r'href="([^"]+\?dong_so=(\d+))"', listed).groups()
    run = where.partition("?")[0]
    asked = browser.get(where)
    assert f'action="{run}muc-dich/?dong_so={row}"' in text_of(asked)
    stated = browser.post(f"{run}muc-dich/?dong_so={row}", {"muc_dich": "Kiểm tra kết quả đối soát"})
    assert stated.url == where
    assert f'name="q" value="{row}"' in looked(browser, where)
