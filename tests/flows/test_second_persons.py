"""A file whose rows speak of two people: received once by one hand, matched for both, taken back as one."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from dean06.clock.errors import BadInput
from dean06.corrections.models import Finding
from dean06.demo import service as demo
from dean06.flows import feeding, intake, ordering
from dean06.flows.day.expected import expected
from dean06.flows.intake import HandIn
from dean06.jobs import service as jobs
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.reconcile.service import runs
from dean06.sources import receiving
from dean06.sources import service as sources
from dean06.sources.models import Delivery
from dean06.sources.service import feeds
from dean06.sources.service.feeds import NewFeed
from dean06.work.models import Task
from flows.conftest import Office, at, found, kept, own
from harness.paged import paged
from web.neighbours import client

pytestmark = pytest.mark.either_database  # matched by the engine over files

MARRIAGES = "STT,Số đăng ký,Họ tên chồng,Ngày sinh chồng,Số định danh chồng,Họ tên vợ,Ngày sinh vợ,Số định danh vợ"
BIRTHS = "STT,Số đăng ký,Họ tên trẻ,Ngày sinh trẻ,Số định danh trẻ,Họ tên mẹ,Ngày sinh mẹ,Số định danh mẹ"
NOBODY = ("", "", "")


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=200)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "ket-hon")
    for month in ("2022-06", "2022-07"):
        made.load_register(month)
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("hai-nguoi"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


@pytest.fixture
def people(office) -> list[tuple[str, str, str]]:
    """Give living people of the register: name, birth date, number."""
    path = office.folder / "so.csv"
    demo.write_register(office.world, "2022-06", path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["tinh_trang"] == "song" and len(row["ngay_sinh"]) == 10]
    return [(row["ho_ten"], "/".join(reversed(row["ngay_sinh"].split("-"))), row["so_dinh_danh"]) for row in rows][:8]


def written(office: Office, head: str, rows: Sequence[Sequence[str]]) -> Path:
    path = office.folder / "danh-sach.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head.split(","), *([str(n), f"{n:02}", *row] for n, row in enumerate(rows, 1))])
    return path


def given(path: Path, source: str = "ket-hon", month: str = "2022-06") -> HandIn:
    return HandIn(source=source, period=month, agency="BHXH", file=path, file_name=path.name)


def wrong(number: str) -> str:
    """Return the number with its last digit changed, as a clerk mistypes it."""
    return f"{number[:-1]}{(int(number[-1]) + 1) % 10}"


def couples(people: Sequence[tuple[str, str, str]]) -> list[tuple[str, ...]]:
    """Give three entries: a sound one, one with the wife's number mistyped, one that names no wife."""
    one, two, three, four, five, *_ = people
    return [(*one, *two), (*three, four[0], four[1], wrong(four[2])), (*five, *NOBODY)]


def faults(source: str) -> set[tuple[int, str, str]]:
    return {(one.dong, one.field, one.status) for one in Finding.objects.filter(source=source)}


def test_a_wrong_number_of_the_wife_is_found_and_a_row_without_one_is_held_against_nobody(office, people):
    office.hand_in("ket-hon", "BHXH", "2022-06", written(office, MARRIAGES, couples(people)))
    assert faults("ket-hon") == set()
    assert {(dong, field) for dong, field, _ in faults("ket-hon-vo")} == {(3, "so_dinh_danh")}
    husbands, wives = Delivery.objects.order_by("pk")
    assert (husbands.rows, wives.rows) == (3, 2)
    assert wives.beside == husbands
    same = ("file_sha256", "period", "agency_code", "received_by", "received_at", "complete", "partial")
    assert [getattr(wives, one) for one in same] == [getattr(husbands, one) for one in same]
    assert Entry.objects.filter(action="delivery.receive").count() == 2  # each receipt is an act of its own


def test_the_agency_that_answers_for_the_file_is_given_the_correction_and_its_next_list_proves_it(office, people):
    office.hand_in("ket-hon", "BHXH", "2022-06", written(office, MARRIAGES, couples(people)))
    assert [(one.lead, "người vợ" in one.title) for one in Task.objects.all()] == [("TP", True)]
    mended = couples(people)
    mended[1] = (*people[2], *people[3])
    office.hand_in("ket-hon", "BHXH", "2022-07", written(office, MARRIAGES, mended))
    assert {status for *_, status in faults("ket-hon-vo")} == {"proved"}


def test_an_entry_stays_right_when_its_people_die_and_a_fault_in_it_is_still_one(office, people):
    path = office.folder / "so.csv"
    with path.open(encoding="utf-8", newline="") as file:
        dead = [row for row in csv.DictReader(file) if row["tinh_trang"] == "chet" and len(row["ngay_sinh"]) == 10][:2]
    gone = [(one["ho_ten"], "/".join(reversed(one["ngay_sinh"].split("-"))), one["so_dinh_danh"]) for one in dead]
    misspelt = ("Lê " + gone[1][0].split(" ", 1)[1] if gone[1][0].split()[0] != "Lê" else "Vũ", *gone[1][1:])
    rows = [(*people[0], *gone[0]), (*people[1], *misspelt)]
    office.hand_in("ket-hon", "BHXH", "2022-06", written(office, MARRIAGES, rows))
    said = {(one.dong, one.rule) for one in Finding.objects.filter(source="ket-hon-vo")}
    assert said == {(3, "KHOP_SAI_LECH")}
    wives = runs.latest_of_delivery(Delivery.objects.get(source="ket-hon-vo").pk)
    assert wives is not None
    assert wives.counts["DA_CHET"] == 2


def test_no_list_more_is_owed(office, people):
    office.hand_in("ket-hon", "BHXH", "2022-06", written(office, MARRIAGES, couples(people)))
    standing = sources.assignments(office.group.id)
    standing |= {"ket-hon-vo": sources.assignment(office.group.id, "ket-hon-vo")}
    viewer, day = offices.viewer(office.account("leader"), date(2022, 7, 20)), date(2022, 7, 20)
    delivered = sources.deliveries(viewer, office.group.id)
    owed = expected(standing, delivered, sources.contracts(office.group.id, day), day)
    assert [one.held.source for one in owed] == ["ket-hon"]


def test_the_same_file_again_makes_nothing_new(office, people):
    path = written(office, MARRIAGES, couples(people))
    office.hand_in("ket-hon", "BHXH", "2022-06", path)
    before = list(Delivery.objects.values())
    with at(2022, 7, 1), pytest.raises(BadInput, match="đã nộp"):
        intake.hand_in(office.account("member", "BHXH"), office.group, given(path))
    assert list(Delivery.objects.values()) == before


def test_it_is_not_handed_in_by_itself(office, people):
    path = written(office, MARRIAGES, couples(people))
    with at(2022, 7, 1), pytest.raises(BadInput, match="được đọc từ tệp của «Đăng ký kết hôn»"):
        intake.hand_in(office.account("member", "BHXH"), office.group, given(path, "ket-hon-vo"))
    assert not Delivery.objects.exists()


def test_what_was_cut_off_between_the_two_is_done_when_the_first_is_taken_up_again(office, people, monkeypatch):
    account, carried = office.account("member", "BHXH"), intake._process

    def killed(who, delivery_id, tell):
        if Delivery.objects.get(pk=delivery_id).beside_id:
            raise KeyboardInterrupt
        return carried(who, delivery_id, tell)

    with at(2022, 6, 30, 22):
        first = intake.hand_in(account, office.group, given(written(office, MARRIAGES, couples(people))))
        (second,) = sources.companions_of(first.id)
        with monkeypatch.context() as patched:
            patched.setattr(intake, "_process", killed)
            with pytest.raises(KeyboardInterrupt):
                intake.process(account, first.id)
        assert (runs.latest_of_delivery(first.id).state, runs.latest_of_delivery(second)) == ("done", None)
        told: list[float] = []
        intake.process(account, first.id, lambda _step, share: told.append(share))
    assert runs.latest_of_delivery(second).state == "done"
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert {(dong, field) for dong, field, _ in faults("ket-hon-vo")} == {(3, "so_dinh_danh")}


def test_one_that_could_not_be_received_leaves_neither(office, people, monkeypatch):
    made = receiving._create

    def full(*told, **also):
        if also.get("beside"):
            raise OSError("đầy ổ đĩa")
        return made(*told, **also)

    monkeypatch.setattr(receiving, "_create", full)
    with at(2022, 7, 1), pytest.raises(OSError, match="đầy"):
        intake.hand_in(
            office.account("member", "BHXH"), office.group, given(written(office, MARRIAGES, couples(people)))
        )
    assert not Delivery.objects.exists()


FED = ("ho_ten", "ngay_sinh", "so_giay_to", "ho_ten_vo", "ngay_sinh_vo", "so_gt_vo")


def feed_of(path: Path, source: str) -> NewFeed:
    return NewFeed(
        name="Kết hôn hằng ngày",
        source=source,
        agency="BHXH",
        kind="thu",
        settings={"tep": str(path)},
        secret="",
        schedule=feeds.Daily(at="02:00"),
        extent="full",
        whole=False,
    )


def test_what_comes_by_itself_is_received_and_carried_for_both_under_whoever_set_that_up(office, people):
    path = office.folder / "ben-kia.json"
    rows = [dict(zip(FED, one, strict=True)) for one in couples(people)]
    path.write_text(json.dumps({"rows": rows, "size": 2, "faults": {}}))
    secretary = office.account("secretariat")
    with paged(), at(2022, 7, 10):
        with pytest.raises(BadInput, match="nộp tệp đó"):
            feeding.set_up(secretary, office.group, feed_of(path, "ket-hon-vo"))
        feed = feeding.set_up(secretary, office.group, feed_of(path, "ket-hon"))
        asked: list[tuple[int, str, int]] = []
        for _ in range(2):
            jobs.Pullers(ask=lambda *job: asked.append(job)).go_round()
        ((_, account, delivery),) = asked
        intake.process(account, delivery)
    assert list(Delivery.objects.order_by("pk").values_list("source", "state", "rows")) == [
        ("ket-hon", "read", 3),
        ("ket-hon-vo", "read", 2),
    ]
    assert account == feed.set_up_by
    acts = Entry.objects.filter(action__in=["delivery.receive", "run.start"])
    assert {json.loads(one.body)["actor"]["role"] for one in acts} == {"system"}
    assert {(dong, field) for dong, field, _ in faults("ket-hon-vo")} == {(3, "so_dinh_danh")}


def test_both_are_taken_back_with_the_first_and_neither_alone(office, people):
    path, account = written(office, MARRIAGES, couples(people)), office.account("member", "BHXH")
    office.hand_in("ket-hon", "BHXH", "2022-06", path)
    first, second = Delivery.objects.order_by("pk").values_list("pk", flat=True)
    with at(2022, 7, 1):
        with pytest.raises(BadInput, match="rút lần nộp đó"):
            intake.take_back(account, second)
        intake.take_back(account, first)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"undone"}
    assert not Finding.objects.filter(source="ket-hon-vo", status="open").exists()
    with at(2022, 7, 2):
        again = intake.hand_in(account, office.group, given(path))  # rightly this time
    assert len(sources.companions_of(again.id)) == 1


def test_a_list_that_names_no_wives_is_matched_as_ever(office, people):
    head = ",".join(MARRIAGES.split(",")[:5])
    office.hand_in("ket-hon", "BHXH", "2022-06", written(office, head, people[:3]))
    first, second = Delivery.objects.order_by("pk")
    assert (first.state, second.state) == ("read", "refused")
    assert "không ghi người vợ ở dòng nào" in second.problem_vi


def test_a_mother_of_two_is_no_duplicate(office, people):
    mother, *children = people[:3]
    office.hand_in("khai-sinh", "BHXH", "2022-06", written(office, BIRTHS, [(*one, *mother) for one in children]))
    mothers = Delivery.objects.get(source="khai-sinh-me")
    counts = {code: n for code, n in runs.latest_of_delivery(mothers.pk).counts.items() if n}
    assert sum(counts.values()) == 2
    assert "TRUNG" not in counts
    assert faults("khai-sinh-me") == set()
    assert Delivery.objects.get(source="khai-sinh-cha").state == "refused"


def test_the_pages_lead_from_one_to_the_other(office, people):
    run = office.hand_in("ket-hon", "BHXH", "2022-06", written(office, MARRIAGES, couples(people)))
    second = Delivery.objects.get(source="ket-hon-vo").pk
    with at(2022, 7, 1):
        browser = client(office)
        page = browser.get(f"/t/{office.group.slug}/doi-soat/luot/{run}/").content.decode()
        assert "Cùng tệp này còn đối soát:" in page
        assert f"/lan-nop/{second}/" in page
        own_page = browser.get(f"/t/{office.group.slug}/nguon-du-lieu/ket-hon-vo/").content.decode()
        form = browser.get(f"/t/{office.group.slug}/doi-soat/nop/").content.decode()
    assert f'href="/t/{office.group.slug}/nguon-du-lieu/ket-hon/"' in own_page
    assert "Phòng Tư pháp" in own_page  # as for the list it stands beside
    assert "Đăng ký kết hôn" in form
    assert "người vợ" not in form
