"""Differences declared between two made-up lines: read, refused with their place, compiled, turned about."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from dean06.charter import declared, declaring, service
from dean06.charter.declared import Aside, Difference, Differences, Shown, Side
from dean06.charter.errors import CharterInvalid, Fault
from dean06.charter.types import Citation, Words, canonical_json

TEXT = """\
format: dean06-differences/1
a: dong-lua
b: dong-khac
differences:
  - code: D-1
    matter: {vi: Việc, en: matter}
    a: {vi: Lời một, en: words of one, cites: ["7.2.k", "9"]}
    b: null
    shown_by: {head: [title], text_a: ["7.2"], norms_a: [x.one], same: [x.two]}
  - code: D-2
    matter: {vi: Dấu, en: seal}
    a: null
    b: {vi: Lời hai, en: words of two}
    shown_by: {text_b: ["8"], norms_b: ["x.three#seal"]}
also_differs:
  - reason: {vi: Vì thế, en: for this}
    norms_a: [y.one]
    text_b: ["9"]
"""
READ = Differences(
    a="dong-lua",
    b="dong-khac",
    items=(
        Difference(
            code="D-1",
            matter=Words("Việc", "matter"),
            a=Side(Words("Lời một", "words of one"), (Citation("7", "2", "k"), Citation("9"))),
            b=None,
            shown=Shown(head=("title",), text_a=("7.2",), norms_a=("x.one",), same=("x.two",)),
        ),
        Difference(
            code="D-2",
            matter=Words("Dấu", "seal"),
            a=None,
            b=Side(Words("Lời hai", "words of two"), ()),
            shown=Shown(text_b=("8",), norms_b=("x.three#seal",)),
        ),
    ),
    asides=(Aside(Words("Vì thế", "for this"), Shown(norms_a=("y.one",), text_b=("9",))),),
)
TURNED = Differences(
    a="dong-khac",
    b="dong-lua",
    items=(
        Difference(
            code="D-1",
            matter=Words("Việc", "matter"),
            a=None,
            b=Side(Words("Lời một", "words of one"), (Citation("7", "2", "k"), Citation("9"))),
            shown=Shown(head=("title",), text_b=("7.2",), norms_b=("x.one",), same=("x.two",)),
        ),
        Difference(
            code="D-2",
            matter=Words("Dấu", "seal"),
            a=Side(Words("Lời hai", "words of two"), ()),
            b=None,
            shown=Shown(text_a=("8",), norms_a=("x.three#seal",)),
        ),
    ),
    asides=(Aside(Words("Vì thế", "for this"), Shown(norms_b=("y.one",), text_a=("9",))),),
)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay the differences of two pairs of lines in a folder of their own."""
    (tmp_path / "khac.yaml").write_text(TEXT, "utf-8")
    other = TEXT.replace("a: dong-lua", "a: an-loc").replace("b: dong-khac", "b: song-may")
    (tmp_path / "an.yaml").write_text(other, "utf-8")
    monkeypatch.setattr(declaring, "FOLDER", tmp_path)
    monkeypatch.setattr(declared, "FOLDER", tmp_path)
    return tmp_path


def test_a_file_is_read_with_everything_it_says(shelf: Path) -> None:
    assert declaring.compile_differences(shelf / "khac.yaml") == READ
    assert READ.turned() == TURNED
    assert TURNED.turned() == READ


def test_differences_are_found_in_either_order(shelf: Path) -> None:
    assert [path.name for path in declaring.sources()] == ["an.yaml", "khac.yaml"]
    assert service.differences("dong-lua", "dong-khac") == READ
    assert service.differences("dong-khac", "dong-lua") == TURNED
    for pair in (("dong-lua", "dong-lua"), ("an-loc", "dong-khac"), ("dong-lua", "song-may"), ("x", "y")):
        assert service.differences(*pair) is None
    assert service.declared("dong-lua", "dong-khac") is None  # not compiled yet
    service.write_differences()
    assert service.declared("dong-lua", "dong-khac") == READ
    assert service.declared("dong-khac", "dong-lua") == TURNED
    for pair in (("dong-lua", "dong-lua"), ("an-loc", "dong-khac"), ("dong-lua", "song-may"), ("x", "y")):
        assert service.declared(*pair) is None
    found = service.declared("song-may", "an-loc")
    assert found is not None
    assert (found.a, found.b, found.items) == ("song-may", "an-loc", TURNED.items)
    assert sorted(path.name for path in shelf.iterdir()) == ["an.json", "an.yaml", "khac.json", "khac.yaml"]


def test_the_compiled_form_is_known_to_be_of_its_source(shelf: Path) -> None:
    assert not service.declared_is_fresh()
    service.write_differences()
    assert service.declared_is_fresh()
    written = (shelf / "khac.json").read_text("utf-8")
    body = json.loads(written)
    assert written == canonical_json(body) + "\n"
    assert body.pop("digest") == sha256(TEXT.encode()).hexdigest()
    nothing: dict[str, list[str]] = {name: [] for name in ("head", "text_a", "text_b", "norms_a", "norms_b", "same")}
    assert body == {
        "format": "dean06-differences/1",
        "a": "dong-lua",
        "b": "dong-khac",
        "differences": [
            {
                "code": "D-1",
                "matter": {"vi": "Việc", "en": "matter"},
                "a": {"vi": "Lời một", "en": "words of one", "cites": ["7.2.k", "9"]},
                "b": None,
                "shown_by": {
                    **nothing,
                    "head": ["title"],
                    "text_a": ["7.2"],
                    "norms_a": ["x.one"],
                    "same": ["x.two"],
                },
            },
            {
                "code": "D-2",
                "matter": {"vi": "Dấu", "en": "seal"},
                "a": None,
                "b": {"vi": "Lời hai", "en": "words of two", "cites": []},
                "shown_by": {**nothing, "text_b": ["8"], "norms_b": ["x.three#seal"]},
            },
        ],
        "also_differs": [
            {**nothing, "text_b": ["9"], "norms_a": ["y.one"], "reason": {"vi": "Vì thế", "en": "for this"}}
        ],
    }
    (shelf / "an.json").write_text("{}", "utf-8")
    assert not service.declared_is_fresh()
    service.write_differences()
    with (shelf / "an.yaml").open("a") as source:
        source.write("# more\n")
    assert not service.declared_is_fresh()


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("dean06-differences/1", "dean06-differences/2", "format"),
        ("a: dong-lua", "a: Đồng Lúa", "a"),
        ("a: dong-lua", "xem: them\na: dong-lua", "xem"),
        ("a: dong-lua", f"a: {'a' * 81}", "a"),
        ("code: D-2", "code: d-2", "differences[1].code"),
        ("code: D-2", "code: D-12345678901", "differences[1].code"),
        ("matter: {vi: Dấu, en: seal}", "matter: {vi: Dấu}", "differences[1].matter.en"),
        ("matter: {vi: Dấu, en: seal}", "matter: {vi: '', en: seal}", "differences[1].matter.vi"),
        ("en: words of two}", "en: words of two, lang: vi}", "differences[1].b.lang"),
        ('"7.2.k", "9"', '"7.2.k.1", "9"', "differences[0].a.cites[0]"),
        ('"7.2.k", "9"', '"7.2.k", "."', "differences[0].a.cites[1]"),
        ('"7.2.k", "9"', f'"7.2.k", "{"9" * 31}"', "differences[0].a.cites[1]"),
        ("[x.one]", "[X.one]", "differences[0].shown_by.norms_a[0]"),
        ("x.three#seal", "x.three#", "differences[1].shown_by.norms_b[0]"),
        ("x.three#seal", f"x.{'e' * 119}", "differences[1].shown_by.norms_b[0]"),
        ('{text_b: ["8"], norms_b: ["x.three#seal"]}', "{same: [x.two]}", "differences[1].shown_by"),
        ("    b: null\n", "", "differences[0].b"),
        ('    norms_a: [y.one]\n    text_b: ["9"]\n', "", "also_differs[0]"),
    ],
)
def test_what_is_not_in_the_form_is_refused_with_its_path(shelf: Path, old: str, new: str, path: str) -> None:
    assert old in TEXT
    (shelf / "khac.yaml").write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(CharterInvalid) as refused:
        service.differences("dong-lua", "dong-khac")
    (fault,) = refused.value.faults
    assert (fault.file, fault.path) == ("khac.yaml", path)
    assert fault.vi == f"Giá trị không đúng mẫu ({fault.en.removesuffix('.')})."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: dong-lua", f"a: {'a' * 80}"),
        ("code: D-2", "code: D-1234567890"),
        ('"7.2.k", "9"', f'"7.2.k", "{"9" * 30}"'),
        ("x.three#seal", f"x.{'e' * 118}"),
        ('    text_b: ["9"]\n', ""),
        ('text_b: ["8"], norms_b: ["x.three#seal"]', "head: [kind]"),
        ('text_b: ["8"], norms_b: ["x.three#seal"]', 'text_a: ["8"]'),
        ('text_b: ["8"], norms_b: ["x.three#seal"]', 'text_b: ["8"]'),
        ('text_b: ["8"], norms_b: ["x.three#seal"]', "norms_a: [x.three]"),
        ('text_b: ["8"], norms_b: ["x.three#seal"]', "norms_b: [x.three]"),
    ],
)
def test_what_is_just_in_the_form_is_taken(shelf: Path, old: str, new: str) -> None:
    assert old in TEXT
    (shelf / "khac.yaml").write_text(TEXT.replace(old, new, 1), "utf-8")
    assert len(declaring.compile_differences(shelf / "khac.yaml").items) == 2


def test_nothing_need_be_left_over(shelf: Path) -> None:
    (shelf / "khac.yaml").write_text(TEXT.partition("also_differs")[0], "utf-8")
    assert declaring.compile_differences(shelf / "khac.yaml").asides == ()


def test_there_are_at_most_five_hundred_differences(shelf: Path) -> None:
    one = "  - {code: D-AT, matter: {vi: a, en: b}, a: null, b: null, shown_by: {head: [title]}}\n".replace(
        "D-AT", "D-%d"
    )
    start = TEXT.partition("  - code")[0]
    (shelf / "khac.yaml").write_text(start + "".join(one % at for at in range(500)), "utf-8")
    assert len(declaring.compile_differences(shelf / "khac.yaml").items) == 500
    (shelf / "khac.yaml").write_text(start + "".join(one % at for at in range(501)), "utf-8")
    with pytest.raises(CharterInvalid) as refused:
        declaring.compile_differences(shelf / "khac.yaml")
    assert [fault.path for fault in refused.value.faults] == ["differences"]


def test_a_code_stands_once(shelf: Path) -> None:
    (shelf / "khac.yaml").write_text(TEXT.replace("D-2", "D-1"), "utf-8")
    with pytest.raises(CharterInvalid) as refused:
        declaring.compile_differences(shelf / "khac.yaml")
    assert refused.value.faults == (
        Fault("khac.yaml", "differences", "Mã D-1 viết hai lần.", "The code D-1 stands twice."),
    )


def test_a_file_that_cannot_be_read_says_where(shelf: Path) -> None:
    (shelf / "khac.yaml").write_text(TEXT.replace("a: dong-lua", "a: x\na: y"), "utf-8")
    with pytest.raises(CharterInvalid) as refused:
        declaring.compile_differences(shelf / "khac.yaml")
    assert [(fault.file, fault.path) for fault in refused.value.faults] == [("khac.yaml", "a")]
