"""Two charters side by side: text, norms by meaning, effect by the index, and the 44 declared differences."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.charter import declared, declaring, library, service
from dean06.charter.errors import CharterInvalid
from dean06.charter.text import from_raw
from dean06.charter.types import Charter
from dean06.cli.main import main

A, B = "quang-ninh-2022", "xuan-truong-2022"
REMEDY = "run `dean06 charter compile` on any package"


@pytest.fixture(scope="module")
def found() -> service.Comparison:
    return service.compare(service.load(A), service.load(B))


@pytest.fixture(scope="module")
def known() -> service.Differences:
    told = service.declared(A, B)
    assert told is not None
    return told


def _changed(tmp_path: Path, name: str, *changes: tuple[str, str, str]) -> Charter:
    folder = tmp_path / "goi"
    shutil.copytree(library.folder_of(name), folder)
    for file, old, new in changes:
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), "utf-8")
    return service.load(folder)


def _told(comparison: service.Comparison, language: str = "vi") -> list[str]:
    return [service.effect_text(comparison.a, comparison.b, one, language) for one in comparison.effects]


@pytest.mark.parametrize("name", service.packages())
def test_nothing_differs_from_itself(name: str) -> None:
    charter = service.load(name)
    assert service.compare(charter, charter).same


def test_a_deadline_that_moves(tmp_path: Path) -> None:
    later = _changed(tmp_path, B, ("charter.yaml", "version: 1", "version: 2"), ("dieu-07.yaml", "day: 12", "day: 20"))
    told = service.compare(service.load(B), later)
    assert [(one.a and one.a.key, [field.field for field in one.fields]) for one in told.norms] == [
        ("report.agency_monthly", ["deadline"])
    ]
    assert _told(told) == [
        "Cơ quan, đơn vị: gửi báo cáo tháng của cơ quan; hạn: trước ngày 12 hằng tháng → trước ngày 20 hằng tháng"
    ]
    assert not told.text  # our words still say 12: that is for the linter and the eye, not for the comparison
    assert not told.head


def test_a_power_that_goes_takes_its_delegation_along(tmp_path: Path) -> None:
    line = next(
        row
        for row in (library.folder_of(B) / "dieu-03.yaml").read_text("utf-8").splitlines()
        if "leader.handle_violations" in row
    )
    later = _changed(tmp_path, B, ("dieu-03.yaml", f"{line}\n", ""))
    told = service.compare(service.load(B), later)
    assert [(one.kind, one.a and one.a.key) for one in told.norms] == [("only_a", "leader.handle_violations")]
    assert [(one.change, one.way, one.parties) for one in told.effects] == [
        ("lost", "own", ("leader",)),
        ("lost", "delegated", ("standing_deputy",)),
    ]
    assert _told(told)[1] == "Tổ phó thường trực: mất quyền xử lý vi phạm, khi được ủy quyền"
    assert _told(told, "en")[0].startswith("leader: loses the power to ")


def test_a_condition_a_seal_and_a_prohibition(tmp_path: Path) -> None:
    either = "{any: [assignment.covers_document, delegation.covers_date_and_scope]}, enforcement"
    later = _changed(
        tmp_path,
        A,
        ("dieu-02.yaml", 'seal: "OFF"', "seal: PC"),
        ("dieu-04.yaml", either, "{all: [delegation.covers_date_and_scope]}, enforcement"),
        (
            "dieu-02.yaml",
            "bearer: [leader, member, group], action: agency.act_in_place",
            "bearer: [member], action: agency.act_in_place",
        ),
    )
    told = service.compare(service.load(A), later)
    seen = {(one.kind, one.change, one.parties) for one in told.effects}
    assert ("seal", "seal", ("deputy",)) in seen
    assert ("power", "conditions", ("standing_deputy",)) in seen
    assert ("prohibition", "lost", ("leader", "group")) in seen
    assert (
        "Tổ trưởng, Tổ công tác: không còn bị cấm làm thay phần việc của cơ quan hoặc người đứng đầu cơ quan"
        in _told(told)
    )


def test_clauses_are_aligned_by_words_before_place(found: service.Comparison) -> None:
    seen = {
        (one.kind, one.a.cite.dotted if one.a and one.a.cite else "", one.b.cite.dotted if one.b and one.b.cite else "")
        for one in found.text
    }
    assert {("moved", "2.1", "2.2"), ("only_a", "2.2", ""), ("only_b", "", "2.1"), ("changed", "9.6", "9.5")} <= seen
    assert ("only_a", "7.1.a", "") in seen


def test_norms_pair_by_meaning_not_by_key(found: service.Comparison) -> None:
    assert found.pairs["ldtbxh.labour"] == "ldtbxh.social"
    assert found.pairs["member.attend_8"] == "member.attend"
    assert "member.attend" not in found.pairs
    assert len(set(found.pairs.values())) == len(found.pairs)


def test_pairing_does_not_lean_on_the_order_of_norms() -> None:
    a, b = service.load(A), service.load(B)
    told = service.compare(a, replace(b, norms=tuple(reversed(b.norms))))
    assert told.pairs == service.compare(a, b).pairs


def test_the_other_way_round_gains_what_was_lost(found: service.Comparison) -> None:
    back = service.compare(found.b, found.a)
    turned = {"gained": "lost", "lost": "gained"}

    def spread(comparison: service.Comparison, names: dict[str, str]) -> set[tuple[str, str, str, str]]:
        return {
            (one.kind, names.get(one.change, one.change), one.action, party)
            for one in comparison.effects
            for party in one.parties
        }

    assert spread(back, turned) == spread(found, {})
    assert {other: mine for mine, other in found.pairs.items()} == back.pairs


def test_compiled_differences_are_those_of_the_source(known: service.Differences) -> None:
    assert service.declared_is_fresh(), REMEDY
    assert service.differences(A, B) == known


def test_the_44_are_all_there_with_their_clauses(found: service.Comparison, known: service.Differences) -> None:
    assert [item.code for item in known.items] == [f"D-{number:02d}" for number in range(1, 45)]
    for item in known.items:
        assert item.a or item.b
        for charter, side in ((found.a, item.a), (found.b, item.b)):
            for cite in side.cites if side else ():
                assert service.provision(charter, cite)


def test_each_of_the_44_is_borne_out_by_everything_it_names(
    found: service.Comparison, known: service.Differences
) -> None:
    for item in known.items:
        assert service.borne_out(found, item), item.code
        assert [name for name, holds in declared.proofs(found, item.shown).items() if not holds] == [], item.code


def test_every_norm_that_differs_belongs_to_one_of_the_44_or_says_why_not(
    found: service.Comparison, known: service.Differences
) -> None:
    assert service.rest(found, known).norms == ()
    for aside in known.asides:
        assert aside.reason.vi
        assert [name for name, holds in declared.proofs(found, aside.shown).items() if not holds] == []


def test_what_is_no_longer_so_is_seen(tmp_path: Path, known: service.Differences) -> None:
    words = (("theo dõi, đôn đốc", "đôn đốc"), ("follow, urge and", "urge and"))
    later = _changed(tmp_path, B, *(("dieu-11.yaml", old, new) for old, new in words))
    told = service.compare(service.load(A), later)
    gone = [item.code for item in known.items if not service.borne_out(told, item)]
    assert gone == ["D-26"]


def test_the_declared_turn_with_the_sides(known: service.Differences) -> None:
    turned = service.declared(B, A)
    assert turned == known.turned()
    back = service.compare(service.load(B), service.load(A))
    assert all(service.borne_out(back, item) for item in turned.items)
    assert service.rest(back, turned).norms == ()
    assert service.declared(A, "noi-quy") is None


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("code: D-02", "code: D-01", "differences"),
        ('cites: ["2.2"]', 'cites: ["2 2"]', "differences[5].a.cites[0]"),
        ("matter:", "mater:", "differences[0].matter"),
        ('    shown_by: {text_a: ["5.2"]}', "    shown_by: {}", "differences[14].shown_by"),
        ("format: dean06-differences/1", "format: other", "format"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, path: str) -> None:
    text = declaring.sources()[0].read_text("utf-8")
    assert old in text
    file = tmp_path / "khac.yaml"
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(CharterInvalid) as refused:
        declaring.compile_differences(file)
    assert path in {fault.path for fault in refused.value.faults}


def test_the_command_prints_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["charter", "diff", A, B, "--text"]) == 1
    told = capsys.readouterr().out
    assert "== Các khác biệt đã nêu (declared differences): 44" in told
    assert f"      {B}: Trước ngày 12 hằng tháng, qua Công an huyện.  [Điều 7]" in told
    assert "Tổ trưởng: thêm quyền xử lý vi phạm" in told
    assert "dời chỗ: khoản 1 Điều 2 ↔ khoản 2 Điều 2" in told
    assert main(["charter", "diff", "noi-quy", "noi-quy"]) == 0
    assert "Nothing differs" in capsys.readouterr().out
    assert main(["charter", "diff", A, "khong-co"]) == 3


def test_the_command_in_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["charter", "diff", A, B, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told.keys() == {
        "format", "a", "b", "same", "head", "text", "norms", "effects", "declared", "also_differs", "rest",
    }  # fmt: skip
    assert told["format"] == "dean06-charter-diff/1"
    assert {one["borne_out"] for one in told["declared"]} == {True}
    assert told["rest"]["norms"] == []
    moved = next(one for one in told["effects"] if one["action"] == "report.send_monthly")
    assert (moved["change"], moved["a"], moved["b"]) == ("recipients", ["pc_chair"], ["PPC"])
    _changed(tmp_path, B, ("charter.yaml", "version: 1", "version: 2"))
    assert main(["charter", "diff", B, str(tmp_path / "goi"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["b"]["version"] == 2


def test_no_django_is_loaded() -> None:
    script = (
        "import sys; from dean06.cli.main import main;"
        f"main(['charter','diff','{A}','{B}','--json']);"
        "sys.exit(any(name in sys.modules for name in ('django', 'pydantic', 'duckdb')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0


FULL = service.load(B)
TIED = {norm.seal_by for norm in FULL.norms} | {key for norm in FULL.norms for key in norm.after}
FREE = [number for number, norm in enumerate(FULL.norms) if norm.key not in TIED]


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(FREE), min_size=1, max_size=12))
def test_norms_taken_out_are_the_norms_found_missing(taken: set[int]) -> None:
    raw = {**FULL.raw, "norms": [row for number, row in enumerate(FULL.raw["norms"]) if number not in taken]}
    less = from_raw(raw)
    told = service.compare(FULL, less)
    gone = {FULL.norms[number].key for number in taken}
    assert {(one.kind, one.a.key if one.a else "") for one in told.norms} == {("only_a", key) for key in gone}
    assert not told.text
    assert not told.head
    assert all(gone & set(one.norms_a) for one in told.effects if one.change == "lost")  # nobody loses by accident
    assert not [one for one in told.effects if one.change == "gained" and one.way == "own"]
    back = service.compare(less, FULL)
    assert {(one.kind, one.b.key if one.b else "") for one in back.norms} == {("only_b", key) for key in gone}
