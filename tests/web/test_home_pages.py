"""Notices, search, the home and the chair's board, through their pages: each finds what is theirs and no more."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.test import Client

from dean06.adoption import service as adoption
from dean06.catalogue.service import entries
from dean06.catalogue.types import NewEntry, Readers
from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.flows import board, duties, telling
from dean06.flows.board import children as board_children
from dean06.flows.telling import Address, Said, To
from dean06.funds.service import sources as fund_sources
from dean06.notices.models import Choice, Notice
from dean06.notices.service import choices
from dean06.notices.types import Mail
from dean06.offices import service as offices
from dean06.offices.models import Appointment, Group, Seat
from dean06.work.models import Extension, Matter
from dean06.work.service import registers
from flows.conftest import at
from web.neighbours import client, tasks

DAY = date(2022, 8, 20)
HIDDEN = "Hồ sơ mật của ông Tùng"
HEADINGS = ((1, "Nhiệm vụ, kế hoạch"), (2, "Văn bản"), (3, "Họp và lấy ý kiến"))


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


def page(browser: Client, two, path: str) -> str:
    answer = browser.get(f"/t/{two.ours.group.slug}/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def seat_of(two, role: str) -> int:
    return offices.holders(two.ours.group.id, DAY, role=role)[0].seat_id


def restricted(two, role: str) -> None:
    """Enter something that one seat alone may find, and tell its holder of it."""
    group, seat = two.ours.group, seat_of(two, role)
    entries.put(
        [
            NewEntry(
                group_id=group.id,
                kind="meeting",
                key="mat",
                title=HIDDEN,
                at=clock.now(),
                route="tasks",
                readers=Readers(seats=frozenset({seat})),
            )
        ]
    )
    said = Said(vi=f"{HIDDEN} chờ bạn.", en=f"{HIDDEN} waits.", restricted=True)
    telling.tell(group, To(seats=(seat,)), "other", said, clause=None, address=Address(route="tasks"), key="mat")


@pytest.mark.parametrize("path", ["tim/?q=tung", "tim/goi-y/?q=ho+so", "tin-bao/", "", "dieu-hanh/"])
@pytest.mark.parametrize(("role", "agency"), [("leader", ""), ("member", "BHXH"), ("secretariat", "")])
def test_a_restricted_thing_is_seen_by_its_seat_alone(office_hours, path, role, agency):
    restricted(office_hours, "standing_deputy")
    shown = page(client(office_hours.ours, role, agency), office_hours, path)
    assert HIDDEN not in shown
    if path.startswith("tim/"):
        assert HIDDEN in page(client(office_hours.ours, "standing_deputy"), office_hours, path)


def test_a_foreign_account_finds_nothing_of_ours(office_hours):
    title = tasks(office_hours.ours)[0].title
    browser = client(office_hours.theirs)
    slug = office_hours.theirs.group.slug
    for path in (f"tim/?q={title[:6]}&to=tat-ca", f"tim/goi-y/?q={title[:6]}&to=tat-ca"):
        shown = browser.get(f"/t/{slug}/{path}").content.decode()
        assert f"/t/{office_hours.ours.group.slug}/" not in shown


@pytest.mark.parametrize("typed", ["sai họ tên", "sai ho ten", "SAI HO TE", "họ tên sai"])
def test_a_task_is_found_with_and_without_marks(office_hours, typed):
    wanted = next(one for one in tasks(office_hours.ours) if one.title.startswith("Sai họ tên"))
    browser = client(office_hours.ours)
    for path in (f"tim/?q={typed}", f"tim/goi-y/?q={typed}"):
        shown = page(browser, office_hours, path)
        assert wanted.title in shown
        assert f"/nhiem-vu/{wanted.id}/" in shown


def test_a_member_finds_what_its_agency_leads_and_another_does_not(office_hours):
    wanted = next(one for one in tasks(office_hours.ours) if one.lead == "BHXH")
    assert wanted.title in page(client(office_hours.ours, "member", "BHXH"), office_hours, f"tim/?q={wanted.number}")
    shown = page(client(office_hours.ours, "member", "GDDT"), office_hours, f"tim/?q={wanted.title[:12]}")
    assert f"/nhiem-vu/{wanted.id}/" not in shown


def test_results_stand_by_kind_and_can_be_narrowed(office_hours):
    browser = client(office_hours.ours)
    shown = page(browser, office_hours, "tim/?q=bao+hiem")
    heads = re.findall(r'<h2 id="nhom-\d+">([^<]+)', shown)
    assert {"Nhiệm vụ", "Điều khoản"} <= set(heads)
    narrowed = page(browser, office_hours, "tim/?q=bao+hiem&loai=clause")
    assert re.findall(r'<h2 id="nhom-\d+">([^<]+)', narrowed) == ["Điều khoản"]


def test_what_is_typed_is_shown_as_text(office_hours):
    shown = page(client(office_hours.ours), office_hours, "tim/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in shown


def test_a_notice_is_opened_read_and_leads_to_its_page(office_hours):
    browser, slug = client(office_hours.ours), office_hours.ours.group.slug
    shown = page(browser, office_hours, "tin-bao/")
    (address,) = re.findall(rf'action="(/t/{slug}/tin-bao/{office_hours.mine.notice}/mo/)"', shown)
    assert "Điều 7 khoản 1" in shown
    assert page(browser, office_hours, "tin-bao/?xem=moi") != ""
    answer = browser.post(address)
    assert (answer.status_code, answer.url) == (302, f"/t/{slug}/nhiem-vu/")
    assert Notice.objects.get(pk=office_hours.mine.notice).read_at is not None
    assert browser.post(f"/t/{slug}/tin-bao/{office_hours.foreign.notice}/mo/").status_code == 404


def test_new_notices_stand_under_the_headings_of_their_kinds(office_hours):
    Notice.objects.filter(account=office_hours.ours.account("leader")).delete()
    said = {"paper_to_sign": "Văn bản chờ", "task_escalated": "Nhiệm vụ quá hạn", "meeting": "Họp tuần"}
    for kind, words in said.items():
        to, address = To(roles=("leader",)), Address(route="tasks")
        telling.tell(office_hours.ours.group, to, kind, Said(vi=words, en=kind), clause=None, address=address, key=kind)
    browser = client(office_hours.ours)
    shown = page(browser, office_hours, "tin-bao/")
    places = [shown.index(f'<h2 id="tin-{number}">{title}</h2>') for number, title in HEADINGS]
    sentences = [shown.index(f">{words}</button>") for words in ("Nhiệm vụ quá hạn", "Văn bản chờ", "Họp tuần")]
    assert sorted(places + sentences) == [one for pair in zip(places, sentences, strict=True) for one in pair]
    of_papers = page(browser, office_hours, "tin-bao/?phan=papers")
    assert "Văn bản chờ" in of_papers
    assert "Họp tuần" not in of_papers
    assert "Họp tuần" in page(browser, office_hours, "tin-bao/?phan=khong-co")
    inbox = Notice.objects.get(key="meeting")
    browser.post(f"/t/{office_hours.ours.group.slug}/tin-bao/{inbox.pk}/mo/")
    assert "Đã đọc</h2>" in page(browser, office_hours, "tin-bao/")


def test_the_bell_counts_what_is_new_until_all_is_read(office_hours):
    browser, slug = client(office_hours.ours), office_hours.ours.group.slug
    count = re.compile(r"Tin báo mới: (\d+)")
    before = int(count.search(page(browser, office_hours, ""))[1])
    assert before >= 1
    browser.post(f"/t/{slug}/tin-bao/da-doc/")
    assert int(count.search(page(browser, office_hours, ""))[1]) == 0


def chosen(**given: str) -> dict[str, str]:
    kinds = choices.choices("00000000-0000-0000-0000-000000000000")
    return {f"thu-{code}": "daily" for code in kinds} | given


def test_how_one_is_told_is_chosen_and_a_duty_stays_shown(office_hours):
    browser, slug = client(office_hours.ours, "member", "BHXH"), office_hours.ours.group.slug
    shown = page(browser, office_hours, "tin-bao/cach-nhan/")
    assert 'type="hidden" name="hien-task_assigned"' in shown
    assert 'type="checkbox" id="hien-other"' in shown
    browser.post(f"/t/{slug}/tin-bao/cach-nhan/ghi/", chosen(**{"thu-other": "never"}))
    account = office_hours.ours.account("member", "BHXH")
    held = choices.choices(account)
    assert (held["other"].in_app, held["other"].mail, held["meeting"].mail) == (False, Mail.NEVER, Mail.DAILY)
    group, clause = office_hours.ours.group, Citation(article="7")
    for kind in ("task_assigned", "other"):
        said = Said(vi=f"tin {kind}", en=kind)
        to = To(agencies=("BHXH",))
        telling.tell(group, to, kind, said, clause=clause, address=Address(route="tasks"), key=kind)
    listed = page(browser, office_hours, "tin-bao/")
    assert ("tin task_assigned" in listed, "tin other" in listed) == (True, False)


def test_a_way_that_is_none_is_refused_in_a_sentence(office_hours):
    browser, slug = client(office_hours.ours), office_hours.ours.group.slug
    answer = browser.post(f"/t/{slug}/tin-bao/cach-nhan/ghi/", chosen(**{"thu-other": "chim bồ câu"}), follow=True)
    assert "Chọn cách gửi thư cho" in answer.content.decode()
    assert not Choice.objects.filter(account=office_hours.ours.account("leader")).exists()


def test_an_address_is_confirmed_by_a_button_not_by_a_look(office_hours, settings):
    settings.PUBLIC_URL = "https://dean06.xa-mau.example"
    browser, slug = client(office_hours.ours), office_hours.ours.group.slug
    account = office_hours.ours.account("leader")
    browser.post(f"/t/{slug}/tin-bao/cach-nhan/thu/", {"dia_chi": "truong@xa-mau.example"})
    here = f"/tin-bao/xac-nhan/{choices.token(account, 'truong@xa-mau.example')}/"
    assert browser.get(here).status_code == 200
    assert choices.mailbox(account).confirmed_at is None
    assert client(office_hours.ours, "deputy").post(here).status_code != 302
    assert choices.mailbox(account).confirmed_at is None
    browser.post(here)
    assert choices.mailbox(account).confirmed_at is not None


def test_what_i_asked_of_others_stands_on_my_home(office_hours):
    shown = page(client(office_hours.ours, "secretariat"), office_hours, "")
    assert "Tôi đã giao, đã trình" in shown
    assert "số liệu tháng 8" in shown


def test_what_changed_since_the_last_visit_stands_there(office_hours):
    browser = client(office_hours.ours)
    session = browser.session
    session["lan_truoc"] = "2022-07-01T00:00:00+00:00"
    session.save()
    changed = re.compile(r'(?s)id="thay-doi".*?</section>')
    assert "Việc cần quyết" in changed.search(page(browser, office_hours, ""))[0]
    session["lan_truoc"] = "2023-01-01T08:00:00+00:00"
    session.save()
    assert changed.search(page(browser, office_hours, "")) is None


def test_other_groups_stand_on_the_home_with_the_hat_worn_there(office_hours):
    ours, theirs = office_hours.ours, office_hours.theirs
    seat = Seat.objects.filter(group_id=theirs.group.id, role="leader").first()
    Appointment.objects.create(
        group_id=theirs.group.id, seat=seat, account=ours.account("leader"), holder="Người", since=date(2022, 5, 20)
    )
    shown = page(client(ours), office_hours, "")
    assert f"{theirs.group.short_name}: {seat.title}" in shown
    found = page(client(ours), office_hours, "tim/?q=sai&to=tat-ca")
    assert f"/t/{theirs.group.slug}/nhiem-vu/" in found
    assert f"/t/{theirs.group.slug}/nhiem-vu/" not in page(client(ours), office_hours, "tim/?q=sai")


def test_what_waits_for_a_word_leads_to_its_answer(office_hours):
    ours, slug = office_hours.ours, office_hours.ours.group.slug
    shown = page(client(ours), office_hours, "")
    waiting = Extension.objects.filter(group_id=ours.group.id, answer="").select_related("task").order_by("pk")
    assert f"Xin thêm thời gian: NV-{waiting[0].task.number}" in shown
    assert f"/t/{slug}/nhiem-vu/{waiting[0].task_id}/" in shown
    open_ = Matter.objects.filter(group_id=ours.group.id, settled_at=None).count()
    assert f"{open_} việc chờ quyết định" in shown
    assert f"/t/{slug}/nhiem-vu/can-quyet/?xem=cho" in shown
    assert "Xin thêm thời gian" not in page(client(ours, "member", "BHXH"), office_hours, "")


def test_a_meeting_that_comes_stands_on_the_home_with_its_day(office_hours):
    shown = page(client(office_hours.ours), office_hours, "")
    coming = re.search(r'(?s)aria-labelledby="sap-toi">(.*?)</section>', shown)
    assert f"/t/{office_hours.ours.group.slug}/hop/{office_hours.mine.running}/" in coming[1]
    assert re.search(r"\d\d/\d\d/2022", coming[1])
    stranger = page(client(office_hours.theirs), replace(office_hours, ours=office_hours.theirs), "")
    assert f"/hop/{office_hours.mine.running}/" not in stranger


def test_the_board_counts_what_the_lists_show(office_hours):
    ours = office_hours.ours
    found = board.board(offices.viewer(ours.account("leader"), DAY), ours.group)
    figures = {one.code: one for panel in found.panels for one in panel.figures}
    listed = tasks(ours)
    now = clock.now(ours.group)
    assert figures["tasks.open"].now == sum(one.is_open for one in listed)
    assert figures["tasks.overdue"].now == sum(one.is_overdue(now) for one in listed)
    shown = page(client(ours), office_hours, "dieu-hanh/")
    assert f"/t/{ours.group.slug}/nhiem-vu/?xem=qua-han" in shown
    assert f"/t/{ours.group.slug}/bang-diem/?nguon=bhyt" in shown


def test_the_board_tells_connections_obstacles_agencies_and_money(office_hours):
    ours = office_hours.ours
    viewer = offices.viewer(ours.account("leader"), DAY)
    figures = {one.code: one for panel in board.board(viewer, ours.group).panels for one in panel.figures}
    issues = registers.entries_of_group(ours.group.id, "vuong-mac")
    assert figures["obstacles.open"].now == sum(not one.closed_at for one in issues) > 0
    joined = registers.entries_of_group(ours.group.id, "tich-hop")
    live = sum(one.state == "van_hanh" for one in joined)
    assert (figures["connections.live"].now, figures["connections.open"].now) == (live, len(joined) - live)
    line = fund_sources.of_flow(ours.group.id, 2022)[0].lines[0]
    told = tuple(figures[f"funds.{one}"].now for one in ("left", "reserved", "spent"))
    assert told == (line.available, line.reserved, line.spent) == (4_400_000, 400_000, 200_000)
    owed = [one for one in duties.obligations(ours.group, "2022-08", tasks=False) if one.action == "report.submit"]
    stand = ("met", "late", "missed", "pending")
    assert sum(figures[f"agencies.{one}"].now for one in stand) == sum(one.status in stand for one in owed)
    shown = page(client(ours), office_hours, "dieu-hanh/")
    for door in ("so-theo-doi/vuong-mac/", "so-theo-doi/tich-hop/", "kinh-phi/so/", "bao-cao/co-quan/?thang=2022-08"):
        assert f"/t/{ours.group.slug}/{door}" in shown
    assert "4.400.000" in shown


def test_a_day_before_any_entry_has_none(office_hours):
    ours = office_hours.ours
    viewer = offices.viewer(ours.account("leader"), DAY)
    past = board.board(viewer, ours.group, date(2022, 1, 10))
    figures = {one.code: one.now for panel in past.panels for one in panel.figures}
    none = ("obstacles.open", "obstacles.oldest", "connections.live", "funds.left", "funds.spent")
    assert {code: figures[code] for code in none} == dict.fromkeys(none, 0)


def test_a_past_day_is_shown_as_it_was(office_hours):
    ours = office_hours.ours
    viewer = offices.viewer(ours.account("leader"), DAY)
    past = board.board(viewer, ours.group, date(2022, 6, 29))
    figures = {one.code: one for panel in past.panels for one in panel.figures}
    listed = [one for one in tasks(ours) if one.opened_at <= past.at]
    assert (past.past, figures["tasks.open"].now) == (True, len(listed))
    assert not next(panel for panel in past.panels if panel.code == "papers").told
    assert "không lưu tình trạng này" in page(client(ours), office_hours, "dieu-hanh/?ngay=29/06/2022")
    assert "như cuối ngày" not in page(client(ours), office_hours, "dieu-hanh/?ngay=29/06/2032")


def province(two, communes: int = 0):
    """Set a group above both, with its leader, and communes that froze nothing."""
    told = {"level": "province", "unit_code": "44", "unit_on": DAY, "charter_line": "quang-ninh-2022"}
    made = datetime(2022, 5, 20, tzinfo=clock.TZ)
    above = Group.objects.create(slug="tinh", name="Tổ cấp tỉnh", short_name="Tỉnh", created_at=made, **told)
    Group.objects.filter(pk__in=[two.ours.group.id, two.theirs.group.id]).update(parent=above)
    Group.objects.bulk_create(
        Group(
            slug=f"xa-{number}", name=f"Xã {number}", short_name=f"Xã {number}", created_at=made, parent=above, **told
        )
        for number in range(communes)
    )
    seat = Seat.objects.create(group=above, role="leader", title="Tổ trưởng", order=1)
    account = two.ours.account("leader")
    Appointment.objects.create(group=above, seat=seat, account=account, holder="Người", since=date(2022, 5, 20))
    return offices.group_by_id(above.pk)


def test_groups_below_stand_side_by_side_from_frozen_summaries(office_hours):
    above = province(office_hours, communes=3)
    viewer = offices.viewer(office_hours.ours.account("leader"), DAY)
    found = board_children.children(viewer, above, "2022-07", clock.now(above))
    assert {one.group.slug for one in found} == {"to-a", "to-b", "xa-0", "xa-1", "xa-2"}
    assert found[0].worst <= found[-1].worst
    ours = next(one for one in found if one.group.slug == "to-a")
    frozen = adoption.statements(office_hours.ours.group.id).get("2022-07")
    assert ours.frozen is (frozen is not None)
    items = [one for one in frozen.items if one["action"] != "task.carry_out"] if frozen else []
    judged = [one for one in items if one["status"] in ("met", "late", "missed")]
    assert ours.cells[0].of == len(judged)
    assert all(cell.state == "na" for one in found if one.group.slug.startswith("xa-") for cell in one.cells)
    stranger = offices.viewer(office_hours.theirs.account("leader"), DAY)
    assert board_children.children(stranger, above, "2022-07", clock.now(above)) == ()


def test_a_province_asks_as_much_of_150_communes_as_of_none(office_hours, django_assert_max_num_queries):
    above = province(office_hours, communes=150)
    browser = client(office_hours.ours)
    browser.get(f"/t/{above.slug}/dieu-hanh/")
    with django_assert_max_num_queries(60) as asked:
        shown = browser.get(f"/t/{above.slug}/dieu-hanh/").content.decode()
    assert shown.count('<th scope="row">') == 152
    before = len(asked)
    Group.objects.filter(parent_id=above.id, slug__startswith="xa-1").delete()
    with django_assert_max_num_queries(60) as asked:
        browser.get(f"/t/{above.slug}/dieu-hanh/")
    assert len(asked) == before


def test_the_board_of_a_province_shows_no_row_of_its_communes(office_hours):
    above = province(office_hours)
    shown = client(office_hours.ours).get(f"/t/{above.slug}/dieu-hanh/").content.decode()
    assert not [one.title for one in tasks(office_hours.theirs) if one.title in shown]
    assert "Tổ bên cạnh" in shown


def test_signing_in_remembers_the_time_before(office_hours):
    from django.contrib.auth import get_user_model

    person = get_user_model().objects.get(public_id=office_hours.ours.account("leader"))
    person.set_password("mot-mat-khau-du-dai")
    person.last_login = datetime(2022, 8, 1, tzinfo=clock.TZ)
    person.save()
    browser = Client()
    with at(2022, 8, 20):
        browser.post("/dang-nhap/", {"username": person.username, "password": "mot-mat-khau-du-dai"})
    assert browser.session["lan_truoc"].startswith("2022-07-31T17:00")
