"""A stranger's file is safe to load: every fault has its place, and no bytes crash the reader."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.charter import library, service, yaml_reader
from dean06.charter.compiling import compile_package
from dean06.charter.errors import CharterInvalid, Fault
from dean06.clock.errors import HouseError

SHIPPED = library.folder_of("noi-quy")
ARTICLE = (SHIPPED / "dieu-04.yaml").read_text("utf-8")


def _package(tmp_path: Path, file: str, text: str | bytes) -> Path:
    folder = tmp_path / "goi"
    if not folder.exists():
        shutil.copytree(SHIPPED, folder)
    (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def _faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(CharterInvalid) as refused:
        compile_package(folder)
    assert refused.value.exit_code == 3
    return refused.value.faults


FAULTY = {
    "twice the same key": (ARTICLE.replace("heading:", "article: '4'\nheading:", 1), "article (dòng 2)"),
    "an anchor": (ARTICLE.replace("heading: Sổ", "heading: &x Sổ", 1), "heading (dòng 2)"),
    "an alias": (ARTICLE.replace("norms:", "norms: &n", 1) + "more: *n\n", "norms (dòng 8)"),
    "an empty key": (ARTICLE.replace("heading:", "'': x\nheading:", 1), "dòng 2"),
    "an unknown key": (ARTICLE.replace("bearer:", "bearers:", 1), "norms[0].bearers"),
    "an unknown action": (ARTICLE.replace("action: register.load", "action: register.lode", 1), "norms[0].action"),
    "an unknown fact": (ARTICLE.replace("register.file_verified", "register.file_seen", 1), "norms[0].when.all"),
    "an unknown evidence": (
        ARTICLE.replace("action: register.load", "action: register.load, evidence: [hearsay]", 1),
        "norms[0].evidence",
    ),
    "an unknown role": (
        ARTICLE.replace("bearer: [register_keeper, standing_deputy]", "bearer: [keeper]", 1),
        "norms[1].bearer",
    ),
    "an unknown clause": (ARTICLE.replace('cite: "4.1"', 'cite: "4.9"', 1), "norms[0].cite"),
    "a label that is a number": (ARTICLE.replace('article: "4"', "article: 4", 1), "article"),
    "a day that no calendar has": (
        ARTICLE.replace('last_checked: "2026-11-24"', 'last_checked: "2026-13-40"', 1),
        "last_checked",
    ),
    "a wrong type": (ARTICLE.replace("type: power", "type: might", 1), "norms[0].type"),
    "a power without a bearer": (
        ARTICLE.replace(", bearer: [register_keeper, standing_deputy]", "", 1),
        "norms[1].bearer",
    ),
    "a key used elsewhere": (ARTICLE.replace("key: register.load", "key: account.create", 1), "norms[0].key"),
    "a clause twice": (ARTICLE.replace('{label: "2"', '{label: "1"', 1), "clauses[1].label"),
    "an article number used elsewhere": (ARTICLE.replace('article: "4"', 'article: "5"', 1), "article"),
    "an article in no chapter": (ARTICLE.replace('article: "4"', 'article: "44"', 1), "article"),
    "a circle": (ARTICLE.replace("source: noi-quy 4.1", "after: [register.load], source: x", 1), "norms[0].after"),
    "a deadline without its day": (
        ARTICLE.replace("source: noi-quy 4.1", "deadline: every_month_before_day, source: x", 1),
        "norms[0].deadline",
    ),
    "a custom tag": (ARTICLE.replace("heading: Sổ", "heading: !!python/object:os.system Sổ", 1), "heading (dòng 2)"),
    "broken syntax": (ARTICLE.replace("norms:", "norms: [", 1), "dòng"),
    "not UTF-8": (ARTICLE.encode("utf-16"), "byte 0"),
    "nothing": ("", ""),
    "a list": ("[1, 2]", ""),
    "ten megabytes": ("#" * 10_000_000, ""),
    "a very deep nest": ("a: " + "[" * 1500, ""),
}


@pytest.mark.parametrize("name", FAULTY)
def test_fault_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    text, place = FAULTY[name]
    faults = _faults(_package(tmp_path, "dieu-04.yaml", text))
    told = [fault for fault in faults if place in fault.place() and fault.file.startswith("dieu-0")]
    assert told, [(fault.file, fault.path, fault.en) for fault in faults]
    assert all(fault.vi and fault.en for fault in faults)


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = ARTICLE.replace("type: power", "type: might").replace("bearer:", "bearers:")
    assert len(_faults(_package(tmp_path, "dieu-04.yaml", text))) >= 6


def test_circle_of_two_norms_is_told_at_both(tmp_path: Path) -> None:
    tied = ARTICLE.replace("source: noi-quy 4.1", "after: [register.retire], source: x", 1)
    tied = tied.replace("source: noi-quy 4.2", "after: [register.load], source: x")
    circles = [fault for fault in _faults(_package(tmp_path, "dieu-04.yaml", tied)) if fault.path.endswith(".after")]
    assert len(circles) >= 2
    assert all("vòng tròn" in fault.vi for fault in circles)


def test_power_and_prohibition_on_the_same_ground_contradict(tmp_path: Path) -> None:
    never = (
        "key: no.retire, cite: '4.2', type: prohibition, bearer: register_keeper, action: register.retire, source: x"
    )
    paths = [fault.path for fault in _faults(_package(tmp_path, "dieu-04.yaml", f"{ARTICLE}  - {{{never}}}\n"))]
    assert paths == ["norms[3].type"]


def test_administrator_of_accounts_holds_no_norm_of_a_regulation(tmp_path: Path) -> None:
    folder = _package(tmp_path, "dieu-04.yaml", ARTICLE)
    head = folder / "charter.yaml"
    head.write_text(head.read_text("utf-8").replace("kind: installation\n", "kind: regulation\n", 1), "utf-8")
    assert any("account_admin" in fault.en for fault in _faults(folder))


def test_missing_head(tmp_path: Path) -> None:
    (tmp_path / "dieu-01.yaml").write_text(ARTICLE, "utf-8")
    assert _faults(tmp_path)[0].path == "charter.yaml"


def test_changed_source_is_never_served_from_the_compiled_form(tmp_path: Path) -> None:
    folder = _package(
        tmp_path, "dieu-04.yaml", ARTICLE.replace("bearer: [register_keeper, standing_deputy]", "bearer: operator")
    )
    assert library.compiled(folder) is None
    norm = service.load(folder).index.norms["register.retire"]
    assert [bearer.role for bearer in norm.bearers] == ["operator"]


@settings(max_examples=120)
@given(raw=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore"))))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    value, faults = yaml_reader.read_bytes(raw, "tệp")
    assert value is not None or faults or raw.strip() in (b"null", b"~")


@settings(max_examples=60)
@given(
    plain=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["format", "as_of", "meetings", "reports", "tasks", "id", "kind", "attendance", "x"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_facts_are_read_or_refused(plain: object) -> None:
    charter = service.load("quang-ninh-2022")
    try:
        facts = service.facts_from_plain(plain, charter)
    except HouseError as refused:
        assert refused.vi  # noqa: PT017  either way out is right
    else:
        assert service.obligations(charter, facts, month="2022-06") is not None
