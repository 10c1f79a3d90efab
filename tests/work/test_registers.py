"""Registers as a room: definitions are checked, numbers never double, moves and undos keep the history."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dean06.charter.types import ObjectRef
from dean06.clock.service import TZ
from dean06.work.errors import EntryRefused, FieldRefused, RegisterInvalid
from dean06.work.models import Entry, EntryEvent
from dean06.work.registers import library
from dean06.work.registers.definition import CLOSED, Definition, StateKind
from dean06.work.registers.uptime import Interruption, months_up
from dean06.work.registers.values import Known, read
from dean06.work.service import registers
from dean06.work.service.registers import Change, NewEntry
from harness.threads import at_once
from work.conftest import START

DAY = date(2022, 6, 1)
ISSUES = "vuong-mac"
WRITTEN = {"ten": "Thiếu máy", "nguyen_nhan": "ha_tang", "co_quan": "BHXH"}


def known() -> Known:
    lists = {code: one.items for code, one in library.lists().items()}
    return Known(agencies={"BHXH": "Bảo hiểm xã hội", "POL": "Công an"}, lists=lists, today=DAY)


def opened(permit, group, values=WRITTEN, register=ISSUES):
    slot = registers.reserve(group.id, register, DAY)[0]
    opening = registers.definition(register).openings[0].code
    new = NewEntry(slot=slot, opening=opening, values=values)
    return registers.open_entry(permit("entry", slot.ref, registers.entry_digest(new)), new, known())


def moved(permit, entry, move, values):
    change = Change(revision=entry.revision, move=move, values=values)
    by = permit("entry", entry.ref, registers.change_digest(entry.ref, change))
    return registers.change(by, entry.id, change, known())


def undone(permit, entry):
    last = registers.last_for_flow(entry.id)
    return registers.undo(permit("entry", entry.ref, registers.undo_digest(entry.ref, last.id)), entry.id, last.id)


# ------------------------------------------------------------ definitions


def test_every_shipped_register_is_whole_and_can_be_left_and_reached():
    for code, one in registers.definitions().items():
        reached = {move.to for move in one.openings}
        for _ in one.states:
            reached |= {move.to for move in one.moves if set(move.since) & reached}
        assert reached == {state.code for state in one.states}, f"{code}: a state is never reached"
        ends = {state.code for state in one.states if state.kind in CLOSED}
        assert ends, f"{code}: nothing ever ends"
        assert all(rule.title.vi and rule.title.en for rule in one.fields)
        assert one.rows, f"{code}: carries no row of the requirements"


def plain(**changed):
    whole = {
        "format": "dean06-register/1",
        "code": "thu",
        "prefix": "TH",
        "order": 1,
        "section": {"vi": "a", "en": "a"},
        "title": {"vi": "a", "en": "a"},
        "one": {"vi": "a", "en": "a"},
        "about": {"vi": "a", "en": "a"},
        "heading": "ten",
        "fields": [{"code": "ten", "title": {"vi": "Tên", "en": "Name"}, "required": True}],
        "states": [{"code": "mo", "title": {"vi": "a", "en": "a"}, "kind": "open"}],
        "openings": [{"code": "ghi", "title": {"vi": "a", "en": "a"}, "actions": ["register.keep"], "to": "mo"}],
    }
    return whole | changed


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"heading": "la"}, "no field la"),
        ({"colour": "red"}, "colour"),
        ({"prefix": "x"}, "prefix"),
        ({"openings": [plain()["openings"][0] | {"to": "la"}]}, "no state la"),
        ({"openings": [plain()["openings"][0] | {"actions": ["no.such"]}]}, "no action no.such"),
        ({"openings": [plain()["openings"][0] | {"facts": {"no.fact": True}}]}, "no fact no.fact"),
        ({"openings": [plain()["openings"][0] | {"facts": {"task.system": "gio:x"}}]}, "read from nowhere"),
        ({"fields": [*plain()["fields"], *plain()["fields"]]}, "ten stands twice"),
        ({"states": [plain()["states"][0] | {"code": "rut"}]}, "rut"),
        ({"ordered": [["ten", "la"]]}, "no field la"),
        ({"deadline": "ten"}, "no field of type date"),
    ],
)
def test_a_wrong_definition_is_refused_with_every_fault(changed, told):
    Definition.model_validate(plain())
    with pytest.raises(ValueError, match=told):
        Definition.model_validate(plain(**changed))


def test_a_wrong_file_is_refused_by_its_name_and_path(tmp_path):
    path = tmp_path / "sai.yaml"
    path.write_text("format: dean06-register/1\ncode: SAI\n")
    with pytest.raises(RegisterInvalid) as refusal:
        library.read(path, Definition)
    assert "sai.yaml" in refusal.value.vi
    assert "code" in refusal.value.vi
    assert "fields" in refusal.value.vi
    field = {"code": "toi", "title": {"vi": "a", "en": "a"}, "type": "link", "to": "khong-co"}
    leaning = Definition.model_validate(plain(fields=[*plain()["fields"], field]))
    with pytest.raises(RegisterInvalid, match="no register khong-co"):
        library.checked([leaning])


# ------------------------------------------------------------ values


@pytest.mark.parametrize(
    ("field", "given_", "value"),
    [
        ("nguyen_nhan", "ha tang cong nghe", "ha_tang"),
        ("co_quan", "bảo hiểm xã hội", "BHXH"),
        ("phat_sinh", "5/10/2022", "2022-10-05"),
        ("phat_sinh", date(2022, 10, 5), "2022-10-05"),
        ("he_thong", "S11: bất kỳ", "S11"),
        ("ten", "  hai   khoảng ", "hai khoảng"),
    ],
)
def test_a_value_is_read_as_people_write_it(field, given_, value):
    assert read(registers.definition(ISSUES).field(field), given_, known()) == value


@pytest.mark.parametrize(("field", "wrong"), [("nguyen_nhan", "la"), ("phat_sinh", "31/2/2022"), ("ten", "x" * 301)])
def test_a_wrong_value_is_refused_at_its_field(field, wrong):
    with pytest.raises(FieldRefused) as refusal:
        read(registers.definition(ISSUES).field(field), wrong, known())
    assert refusal.value.field == field


@given(st.text(max_size=400), st.sampled_from(sorted(registers.definitions())))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_taken_or_refused_by_name(text, code):
    for rule in registers.definition(code).fields:
        try:
            value = read(rule, text, known())
        except FieldRefused as problem:
            told = (problem.field, problem.vi)
        else:
            told = (rule.code, rule.title.vi)
            if value is not None and not isinstance(value, list | dict):
                again = registers.written(rule, value, known())
                assert read(rule, again if rule.type.value not in ("link", "instant") else value, known()) == value
        assert told[0] == rule.code
        assert told[1].startswith(rule.title.vi)


# ------------------------------------------------------------ entries


def test_numbers_run_by_register_and_year(permit, group):
    labels = [opened(permit, group).label for _ in range(2)]
    labels.append(opened(permit, group, {"ten": "x", "loai": "nen_tang", "don_vi": "POL"}, "ha-tang").label)
    assert labels == ["VM-01/2022", "VM-02/2022", "HT-01/2022"]


@pytest.mark.django_db(transaction=True)
def test_many_hands_never_get_one_number(permit, make_group):
    group = make_group("nhieu-tay")
    count, numbers = 12, []
    raised = at_once(*(lambda: numbers.append(opened(permit, group).number) for _ in range(count)))
    assert raised == []
    assert sorted(numbers) == list(range(1, count + 1))
    assert Entry.objects.filter(group_id=group.id).count() == count


def test_a_stale_form_is_refused_and_changes_nothing(permit, group):
    entry = opened(permit, group)
    moved(permit, entry, "de_xuat", {"giai_phap": "mua"})
    with pytest.raises(EntryRefused, match="vừa được người khác"):
        moved(permit, entry, "thao_go", {"tra_loi": "xong"})
    assert Entry.objects.get(pk=entry.id).state == "da_de_xuat"


STEPS = st.lists(
    st.sampled_from(["de_xuat", "chi_dao", "thao_go", "chuyen_cap", "mo_lai", "sua", "hoan_tac"]), max_size=12
)


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_moves_and_undos_leave_a_history_that_tells_the_entry(permit, group, steps):
    """Replayed from its events, an entry is what is stored; each undo gives back what was before."""
    entry = opened(permit, group)
    stack = [(entry.state, dict(entry.values))]
    asked = {"de_xuat": "giai_phap", "chi_dao": "chi_dao", "thao_go": "tra_loi", "chuyen_cap": "tra_loi"}
    for turn, step in enumerate(steps):
        if step == "hoan_tac":
            if entry.state == registers.WITHDRAWN:
                continue
            entry = undone(permit, entry)
            stack.pop()
            if stack:
                assert (entry.state, dict(entry.values)) == stack[-1]
            else:
                assert entry.state == registers.WITHDRAWN
            continue
        values = {asked[step]: f"lần {turn}"} if step in asked else {"mo_ta": f"sửa {turn}"} if step == "sua" else {}
        try:
            entry = moved(permit, entry, "" if step == "sua" else step, values)
        except EntryRefused:
            continue
        stack.append((entry.state, dict(entry.values)))
    row = Entry.objects.get(pk=entry.id)
    events = list(EntryEvent.objects.filter(entry=row).order_by("pk"))
    replayed: dict = {}
    for one in events:
        for code, (old, new) in one.changed.items():
            assert replayed.get(code) == old
            replayed.pop(code, None)
            if new is not None:
                replayed[code] = new
        assert one.after
    assert replayed == row.values
    assert events[-1].state_after == row.state
    assert row.revision == len(events)
    assert row.closed is (registers.definition(ISSUES).state(row.state).kind in CLOSED)
    assert (row.closed_at is not None) is row.closed


def test_a_permit_for_other_values_serves_nothing(permit, group):
    slot = registers.reserve(group.id, ISSUES, DAY)[0]
    new = NewEntry(slot=slot, opening="bao_cao", values=WRITTEN)
    other = NewEntry(slot=slot, opening="bao_cao", values=WRITTEN | {"ten": "khác"})
    by = permit("entry", slot.ref, registers.entry_digest(other))
    with pytest.raises(Exception, match="nội dung khác"):
        registers.open_entry(by, new, known())
    assert not Entry.objects.exists()
    assert by.obj == ObjectRef(kind="entry", id=slot.ref, digest=registers.entry_digest(other))


# ------------------------------------------------------------ uptime


def hour(day: int, at: int = 0) -> datetime:
    return datetime(2022, 6, day, at, tzinfo=TZ)


def test_uptime_counts_overlaps_once_and_planned_work_not_at_all():
    told = [
        Interruption(since=hour(2), until=hour(3), planned=False),
        Interruption(since=hour(2, 12), until=hour(3, 12), planned=False),
        Interruption(since=hour(10), until=hour(11), planned=True),
        Interruption(since=hour(10, 12), until=hour(11, 12), planned=False),
    ]
    now = datetime(2022, 7, 1, tzinfo=TZ)
    (june,) = [one for one in months_up(told, date(2022, 6, 1), now) if one.month == "2022-06"]
    assert (june.down, june.planned, june.incidents) == (48.0, 24.0, 3)
    assert june.share == pytest.approx(1 - 48 / (30 * 24 - 24))


@given(
    st.lists(
        st.tuples(st.integers(0, 700), st.integers(1, 200), st.booleans()),
        max_size=12,
    )
)
@settings(max_examples=200, deadline=None)
def test_uptime_equals_a_count_hour_by_hour(spans):
    start = datetime(2022, 6, 1, tzinfo=TZ)
    told = [
        Interruption(since=start + timedelta(hours=at), until=start + timedelta(hours=at + length), planned=planned)
        for at, length, planned in spans
    ]
    out = {h for at, length, planned in spans if planned for h in range(at, at + length) if h < 720}
    down = {h for at, length, planned in spans if not planned for h in range(at, at + length) if h < 720}
    now = datetime(2022, 7, 1, tzinfo=TZ)
    (june,) = [one for one in months_up(told, date(2022, 6, 1), now) if one.month == "2022-06"]
    assert june.planned == len(out)
    assert june.down == len(down - out)
    assert june.served == 720 - len(out)


def test_a_state_that_is_gone_from_the_definition_is_dropped_and_named_by_its_code():
    gone = registers.definition(ISSUES).state("xua")
    assert (gone.kind, gone.title.vi) == (StateKind.DROPPED, "xua")
    assert START.tzinfo is not None
