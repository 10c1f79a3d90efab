"""What the sectors say of people stands beside the register: granted, read for its purpose, taken back whole."""

from __future__ import annotations

import csv
import hashlib
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput, RefusedByCharter, Unavailable
from dean06.demo import service as demo
from dean06.flows import enriching, intake, looking, ordering
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.population import service as population
from dean06.reconcile.errors import FeedRefused
from dean06.reconcile.models import Feed, Filling, Look, Score
from dean06.reconcile.service import feeds, looks, statements
from dean06.reconcile.service.feeds import FeedInfo, NewFeed
from dean06.reconcile.service.statements import Asked
from dean06.sources import live as contracts
from flows.conftest import SINCE, Office, at, found, kept, own
from flows.neighbours import neighbour
from web.neighbours import client

pytestmark = pytest.mark.either_database  # statements are kept in files

PHONES = ["STT", "Số thuê bao", "Họ và tên", "Ngày sinh", "Số CCCD", "Ngày kích hoạt", "Ngày xác thực", "Đối tượng"]
SIGNING = ["STT", "Số hiệu chứng thư", "Họ và tên", "Ngày sinh", "Số CCCD", "Email", "Điện thoại", "Hiệu lực đến"]
CASE = "Hồ sơ 15/2022, một cửa"


def people(office: Office) -> list[dict[str, str]]:
    path = office.folder / "nguoi.csv"
    demo.write_register(office.world, "2022-06", path)
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["tinh_trang"] == "song" and len(row["ngay_sinh"]) == 10][:40]


def written(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def phone(place: int) -> str:
    return f"09120000{place:02d}"


def phone_rows(office: Office, numbers: Mapping[int, str] | None = None) -> list[list[str]]:
    return [
        [
            (numbers or {}).get(place, phone(place)),
            row["ho_ten"],
            written(row["ngay_sinh"]),
            row["so_dinh_danh"],
            "01/03/2021",
            "15/05/2022",
            "Tổ chức" if place == 5 else "Cá nhân",
        ]
        for place, row in enumerate(people(office)[:30])
    ]


def signing_rows(office: Office) -> list[list[str]]:
    return [
        [
            f"5404{place:08X}",
            row["ho_ten"],
            written(row["ngay_sinh"]),
            row["so_dinh_danh"],
            f"Nguoi{place}@Example.vn",
            f"+84 98 765 43{place:02d}",
            "31/12/2024",
        ]
        for place, row in enumerate(people(office)[:10])
    ]


def deliver(office: Office, source: str, month: int, head: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    path = office.folder / f"{source}-{month}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *([str(number), *row] for number, row in enumerate(rows, 1))])
    return office.hand_in(source, "BHXH", f"2022-{month:02d}", path)


def viewer(office: Office, role: str = "leader", agency: str = ""):
    return offices.viewer(office.account(role, agency), SINCE.replace(month=7))


def granted(office: Office, source: str, since: date = date(2022, 6, 1), role: str = "leader") -> FeedInfo:
    new = NewFeed(
        group_id=office.group.id,
        source=source,
        basis="Thỏa thuận số 3/TT-DEAN06 ngày 01/6/2022",
        purposes=feeds.granted_purposes(contracts.contract(source)),
        since=since,
    )
    return enriching.grant(viewer(office, role), office.group, new)


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=150)
    with at(2022, 6, 1):
        for source in ("thue-bao", "chu-ky-so"):
            ordering.assign_source(made.account("leader"), made.group, source)
            granted(made, source)
    made.load_register("2022-06")
    made.delivered["phones"] = deliver(made, "thue-bao", 6, PHONES, phone_rows(made))
    made.delivered["signing"] = deliver(made, "chu-ky-so", 6, SIGNING, signing_rows(made))
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("lam-giau"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


@pytest.fixture
def spare(made, db, tmp_path):
    """Give the office, and put the files that a test destroys back: a transaction undoes rows, not files."""
    before = files()
    yield own(made, tmp_path)
    for path in set(files()) - set(before):
        path.unlink()
    for path, content in before.items():
        if not path.exists():
            path.write_bytes(content)
            path.chmod(0o400)


def files(pattern: str = "runs/**/*.F*.parquet") -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(population.vault().glob(pattern)) if path.is_file()}


def feed_of(office: Office, source: str) -> FeedInfo:
    return next(one for one in feeds.feeds(viewer(office), office.group.id) if one.source == source)


def ask(office: Office, number: str, purpose: str = "bao_ho_so", *who: str, hour: int = 10):
    with at(2022, 7, 5, hour):
        asked = Asked(number=number, purpose=purpose, case=CASE)
        return enriching.read(viewer(office, *(who or ("leader",))), office.group, asked)


def number_of(office: Office, place: int) -> str:
    return people(office)[place]["so_dinh_danh"]


def test_a_run_speaks_under_its_feed_and_says_where_from_when_and_how_sure(office):
    one = ask(office, number_of(office, 20))
    assert [(told.predicate, told.value, told.source) for told in one] == [("dien_thoai", phone(20), "thue-bao")]
    assert (one[0].said, one[0].since, one[0].until) == (date(2022, 5, 15), date(2021, 3, 1), date(2023, 5, 15))
    assert one[0].confidence >= statements.CERTAIN
    assert "163/2024" not in one[0].basis[0]
    assert "Luật Viễn thông" in one[0].basis[0]
    assert one[0].granted.startswith("Thỏa thuận số 3")
    assert one[0].rows == ((office.delivered["phones"], 20),)


def test_two_sources_that_differ_stand_side_by_side(office):
    told = ask(office, number_of(office, 3))
    assert {(one.predicate, one.value, one.source) for one in told} == {
        ("dien_thoai", phone(3), "thue-bao"),
        ("dien_thoai", "0987654303", "chu-ky-so"),
        ("thu_dien_tu", "nguoi3@example.vn", "chu-ky-so"),
    }
    assert [one.said for one in told if one.source == "chu-ky-so"] == [date(2022, 6, 30)] * 2


def test_a_later_list_that_says_otherwise_replaces_nothing(spare):
    deliver(spare, "thue-bao", 7, PHONES, phone_rows(spare, {20: "0333333333"}))
    with at(2022, 8, 1):
        asked = Asked(number=number_of(spare, 20), purpose="bao_ho_so", case=CASE)
        told = enriching.read(viewer(spare), spare.group, asked)
        same = enriching.read(viewer(spare), spare.group, Asked(**{**_plain(asked), "number": number_of(spare, 21)}))
    assert sorted(one.value for one in told) == ["0333333333", phone(20)]
    assert [len(one.rows) for one in same] == [2]


def _plain(asked: Asked) -> dict[str, str]:
    return {"number": asked.number, "purpose": asked.purpose, "case": asked.case}


def test_what_is_an_organisation_s_or_past_its_validity_is_not_said(office):
    assert ask(office, number_of(office, 5), "ra_soat_thue_bao") == ()
    with at(2023, 5, 16):
        asked = Asked(number=number_of(office, 20), purpose="bao_ho_so", case=CASE)
        assert enriching.read(viewer(office), office.group, asked) == ()


def test_a_wrong_purpose_shows_nothing_and_is_recorded(office):
    run, me = office.delivered["phones"], viewer(office)
    entries = Entry.objects.count()
    assert ask(office, number_of(office, 20), "ky_so") == ()
    assert Entry.objects.count() == entries + 1
    (look,) = looks.at_run(me, run)
    assert (look.account, look.action, look.rows, look.stts) == (me.account, "person.read", 0, ())
    assert "ký số" in look.purpose
    assert CASE in look.purpose


def test_a_read_is_a_look_at_each_row_shown_and_the_person_is_told_of_it(office):
    number, me = number_of(office, 3), viewer(office)
    ask(office, number)
    told = {run: looks.at_run(me, run) for run in (office.delivered["phones"], office.delivered["signing"])}
    assert [[one.stts for one in some] for some in told.values()] == [[(3,)], [(3,)]]
    with at(2022, 7, 6):
        readers = looking.who_read(me, office.group, number, purpose="Công dân hỏi")
    assert [[one.account for one in by] for _, by in readers] == [[me.account], [me.account]]
    assert number not in "".join(Entry.objects.values_list("body", flat=True))


def test_a_number_nobody_speaks_of_is_recorded_in_the_ledger(office):
    entries = Entry.objects.count()
    assert ask(office, "000000000000") == ()
    assert Entry.objects.count() == entries + 1
    assert Look.objects.count() == 0


def test_no_purpose_no_seat_no_answer(office):
    number, entries = number_of(office, 3), Entry.objects.count()
    _, account = neighbour(office)
    stranger = offices.viewer(account, SINCE.replace(month=7))
    entries = Entry.objects.count()
    with at(2022, 7, 5):
        with pytest.raises(RefusedByCharter):
            enriching.read(viewer(office), office.group, Asked(number=number, purpose="bao_ho_so", case=" "))
        with pytest.raises(RefusedByCharter):
            enriching.read(stranger, office.group, Asked(number=number, purpose="bao_ho_so", case=CASE))
        for number_, purpose in (("12345", "bao_ho_so"), (number, "tiep_thi")):
            with pytest.raises(BadInput):
                enriching.read(viewer(office), office.group, Asked(number=number_, purpose=purpose, case=CASE))
    assert Entry.objects.count() == entries
    assert feeds.feeds(stranger, office.group.id) == []
    assert feeds.feed(stranger, office.group.id, feed_of(office, "thue-bao").id) is None


def test_withdrawing_destroys_exactly_the_feed_s_own_within_a_minute(spare):
    phones, signing = feed_of(spare, "thue-bao"), feed_of(spare, "chu-ky-so")
    before, scores = files(), sorted(Score.objects.values_list("run", "commune", "measure", "good", "total"))
    assert (phones.statements, signing.statements) == (29, 30)
    began = time.monotonic()
    with at(2022, 7, 5):
        gone = enriching.withdraw(viewer(spare), spare.group, phones, "Nhà mạng rút  thỏa thuận")
    assert time.monotonic() - began < 60
    assert (gone.removed, gone.statements, gone.reason) == (29, 0, "Nhà mạng rút thỏa thuận")
    after = files()
    assert {path.name for path in set(before) - set(after)} == {f"L{spare.delivered['phones']}.F{phones.id}.parquet"}
    assert all(before[path] == content for path, content in after.items())
    assert feed_of(spare, "chu-ky-so") == signing
    assert sorted(Score.objects.values_list("run", "commune", "measure", "good", "total")) == scores
    entry = Entry.objects.order_by("-pk")[0].body
    assert '"destroyed":29' in entry.replace(" ", "")
    assert {one.source for one in ask(spare, number_of(spare, 3))} == {"chu-ky-so"}
    with at(2022, 7, 6), pytest.raises(FeedRefused, match="trước đó"):
        enriching.withdraw(viewer(spare), spare.group, phones, "Lần nữa")


def test_a_new_grant_starts_empty_and_fills_on_asking_or_with_the_next_run(spare):
    phones = feed_of(spare, "thue-bao")
    with at(2022, 7, 5):
        enriching.withdraw(viewer(spare), spare.group, phones, "Rà soát lại")
        again = granted(spare, "thue-bao", since=date(2022, 7, 5))
        assert again.fillings == ()
        assert ask(spare, number_of(spare, 20)) == ()
        filled = enriching.fill_from_last(viewer(spare, "secretariat"), spare.group, again)
        assert enriching.fill_from_last(viewer(spare, "secretariat"), spare.group, again) == filled
    assert filled.statements == 29
    assert len(ask(spare, number_of(spare, 20), hour=11)) == 1
    deliver(spare, "thue-bao", 7, PHONES, phone_rows(spare))
    assert [one.period for one in feed_of(spare, "thue-bao").standing] == ["2022-07", "2022-06"]


def test_a_feed_says_nothing_before_its_first_day(spare):
    with at(2022, 7, 5):
        enriching.withdraw(viewer(spare), spare.group, feed_of(spare, "thue-bao"), "Rà soát lại")
        later = granted(spare, "thue-bao", since=date(2022, 12, 1))
        with pytest.raises(FeedRefused, match="01/12/2022"):
            enriching.fill_from_last(viewer(spare), spare.group, later)
    deliver(spare, "thue-bao", 7, PHONES, phone_rows(spare))
    assert feed_of(spare, "thue-bao").fillings == ()


def test_taking_a_delivery_back_takes_back_what_it_said(spare):
    delivery = spare.delivered["2022-06"]  # the last handed in: the certificates
    with at(2022, 7, 5):
        intake.take_back(spare.account("member", "BHXH"), delivery)
    assert feed_of(spare, "chu-ky-so").statements == 0
    assert feed_of(spare, "chu-ky-so").active
    assert feed_of(spare, "thue-bao").statements == 29
    assert {one.source for one in ask(spare, number_of(spare, 3))} == {"thue-bao"}


def test_nothing_of_it_reaches_the_register(spare):
    register = files("registers/**/*")
    assert register
    stamps = {path: path.stat().st_mtime_ns for path in register}
    with at(2022, 7, 5):
        told = feed_of(spare, "thue-bao")
        enriching.withdraw(viewer(spare), spare.group, told, "Rút")
        enriching.fill_from_last(viewer(spare), spare.group, granted(spare, "thue-bao"))
        ask(spare, number_of(spare, 3))
    assert files("registers/**/*") == register
    assert {path: path.stat().st_mtime_ns for path in register} == stamps


def test_the_file_of_a_run_is_the_same_whenever_it_is_made(spare):
    (path,) = (path for path in files() if path.name.startswith(f"L{spare.delivered['phones']}."))
    first = duckdb.sql(f"select * from '{path}'").fetchall()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.stat().st_mode & 0o222 == 0
    with at(2022, 7, 5):
        enriching.withdraw(viewer(spare), spare.group, feed_of(spare, "thue-bao"), "Rút")
        filled = enriching.fill_from_last(viewer(spare), spare.group, granted(spare, "thue-bao"))
    assert filled.sha256 == digest
    assert len(first) == 29
    assert all(row[0] for row in first)


def test_a_file_that_is_gone_is_told_and_its_feed_may_still_be_withdrawn(spare):
    (path,) = (path for path in files() if path.name.startswith(f"L{spare.delivered['phones']}."))
    path.unlink()
    with pytest.raises(Unavailable, match="không còn trong kho"):
        ask(spare, number_of(spare, 3))
    with at(2022, 7, 5):
        enriching.withdraw(viewer(spare), spare.group, feed_of(spare, "thue-bao"), "Rút")
    assert {one.source for one in ask(spare, number_of(spare, 3))} == {"chu-ky-so"}


@pytest.mark.parametrize(
    ("who", "may"),
    [(("leader",), True), (("standing_deputy",), True), (("secretariat",), False), (("member", "BHXH"), False)],
)
def test_who_may_grant(spare, who, may):
    with at(2022, 7, 5):
        enriching.withdraw(viewer(spare), spare.group, feed_of(spare, "thue-bao"), "Rút")
        assert enriching.may_grant(viewer(spare, *who), spare.group).allowed is may
        if may:
            assert granted(spare, "thue-bao", role=who[0]).active
        else:
            with pytest.raises(Refused):
                granted(spare, "thue-bao", role=who[0])


def test_a_grant_names_its_basis_and_purposes_of_the_contract(spare):
    with at(2022, 7, 5):
        enriching.withdraw(viewer(spare), spare.group, feed_of(spare, "thue-bao"), "Rút")
        good = {"group_id": spare.group.id, "source": "thue-bao", "basis": "Thỏa thuận 3", "since": SINCE}
        for bad in (
            {"purposes": ()},
            {"purposes": ("ky_so",)},
            {"purposes": ("bao_ho_so",), "source": "bhyt"},
            {"purposes": ("bao_ho_so",), "basis": "x" * 401},
        ):
            with pytest.raises(FeedRefused):
                enriching.grant(viewer(spare), spare.group, NewFeed(**(good | bad)))
        with pytest.raises(Refused):
            enriching.grant(viewer(spare), spare.group, NewFeed(**(good | {"basis": " ", "purposes": ("huong_dan",)})))
        only = enriching.grant(viewer(spare), spare.group, NewFeed(**good, purposes=("huong_dan",)))
        with pytest.raises(FeedRefused, match="đã có luồng"):
            enriching.grant(viewer(spare), spare.group, NewFeed(**good, purposes=("huong_dan",)))
        enriching.fill_from_last(viewer(spare), spare.group, only)
    assert {one.source for one in ask(spare, number_of(spare, 3))} == {"chu-ky-so"}
    assert {one.source for one in ask(spare, number_of(spare, 3), "huong_dan")} == {"thue-bao"}
    assert Feed.objects.count() == 3
    assert Filling.objects.filter(destroyed_at=None).count() == 2


def test_the_forms_do_it_all(spare):
    page, leader = f"/t/{spare.group.slug}/lam-giau/", client(spare, "leader", "PC")
    number = number_of(spare, 3)
    with at(2022, 7, 5):
        listed = leader.get(page).content.decode()
        assert "2 luồng đang hiệu lực" in listed
        phones = feed_of(spare, "thue-bao")
        gone = leader.post(f"{page}{phones.id}/thu-hoi/", {"ly_do": "Nhà mạng rút"}, follow=True).content.decode()
        assert "hủy 29 thông tin" in gone
        assert "Nhà mạng rút" in gone
        form = f"{page}moi/?nguon=thue-bao"
        assert "Điều 7 khoản 2 điểm a" in leader.get(form).content.decode()
        assert leader.post(form, {"nguon": "thue-bao", "can_cu": "x", "tu_ngay": "05/07/2022"}).status_code == 422
        said = {"nguon": "thue-bao", "can_cu": "Thỏa thuận 9", "muc_dich": ["huong_dan"], "tu_ngay": "05/07/2022"}
        made = leader.post(form, said, follow=True)
        assert "Luồng bắt đầu từ số không" in made.content.decode()
        filled = leader.post(f"{made.redirect_chain[-1][0]}ghi/", follow=True).content.decode()
        assert "Đã ghi 29 thông tin" in filled
        asked = {"so": number, "muc_dich": "bao_ho_so", "vu_viec": CASE}
        told = leader.post(f"{page}tra-cuu/", asked)
        shown = told.content.decode()
        assert told["Cache-Control"] == "no-store"
        assert "nguoi3@example.vn" in shown
        assert phone(3) not in shown  # the new feed was granted for another purpose
        clerk = client(spare, "clerk", "OFF").post(f"{page}tra-cuu/", asked)
        assert clerk.status_code == 403
    with at(2022, 7, 5, 10):
        other = leader.post(f"{page}tra-cuu/", asked | {"muc_dich": "ra_soat_thue_bao"})
        assert "Không có thông tin nào cho mục đích này" in other.content.decode()
        assert leader.post(f"{page}tra-cuu/", asked | {"so": "12"}).status_code == 422
