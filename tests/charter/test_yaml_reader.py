"""A stranger's YAML is read to plain values; what is refused is told with its key, its line and its column."""

from __future__ import annotations

from pathlib import Path

import pytest

from dean06.charter import yaml_reader

DEEP = 24
BRACKETS = 100


def _places(text: str) -> list[tuple[str, int | None]]:
    return [(fault.path, fault.row) for fault in yaml_reader.read_bytes(text.encode(), "che.yaml")[1]]


# ------------------------------------------------------------------ what is read
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("OFF", "OFF"),
        ("yes", "yes"),
        ("!!bool yes", "yes"),
        ("'true'", "true"),
        ("null", None),
        ("~", None),
        ("7", 7),
        ("-7", -7),
        ("+7", 7),
        ("'7'", "7"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("999999999999999999", 999999999999999999),
        ("1000000000000000000", "1000000000000000000"),
        ("!!int ٣", "٣"),
        ("!!int +-7", "+-7"),
        ("!!int x7", "x7"),
        ("0", 0),
        ("1.5", "1.5"),
        ("2022-04-20", "2022-04-20"),
        ("chè xanh", "chè xanh"),
        ("<<", "<<"),
        ("[]", []),
        ("{}", {}),
        ("[a, [1, b], {c: d}]", ["a", [1, "b"], {"c": "d"}]),
    ],
)
def test_a_plain_value_is_read(text: str, value: object) -> None:
    read, faults = yaml_reader.read_bytes(f"- {text}".encode(), "")
    assert (read, faults) == ([value], [])
    assert isinstance(read, list)
    assert type(read[0]) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: {b: [x, y]}\nc:\n  - d: 1\n", {"a": {"b": ["x", "y"]}, "c": [{"d": 1}]}),
        ("1: a", {"1": "a"}),
        ("\ufeffa: b", {"a": "b"}),
        ("chè", "chè"),
    ],
)
def test_what_is_written_in_lines_is_read_too(text: str, value: object) -> None:
    assert yaml_reader.read_bytes(text.encode(), "") == (value, [])


# ------------------------------------------------------------------ what is refused, and where
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: 1\nb: 2\na: 3\n", [("a", 3)]),
        ("a:\n  b: 1\n  b: 2\n", [("a.b", 3)]),
        ("a:\n- b: 1\n- c: 1\n  c: 2\n", [("a[1].c", 4)]),
        ("a: &x 1\n", [("a", 1)]),
        ("a: &x 1\nb: &x 2\n", [("a", 1), ("b", 2)]),
        ("a:\n- x\n- &x 1\n- *x\n", [("a[1]", 3), ("a[2]", 3)]),
        ("a: !!python/object:os.system x\n", [("a", 1)]),
        ("a: 1\nb: !tea x\n", [("b", 2)]),
        ("a: 1\n'': 2\n", [("", 2)]),
        ("a: 1\n' ': 2\nb: &x 3\n", [("", 2), ("b", 3)]),
        ("b:\n  [1, 2]: 2\n", [("b", 2)]),
        ("b:\n  ? {a: 1}\n  : 2\n  c: &x 1\n", [("b", 2), ("b.c", 4)]),
        ("a: &x !tea 1\n", [("a", 1), ("a", 1)]),
        ('a: 1\nb: "x\\ud800"\n', [("b", 2)]),
        ('a: "\\ud7ff\\ue000"\nb: "\\udfff"\n', [("b", 2)]),
        ('a: 1\n"\\ud800": 1\n', [("", 2)]),
    ],
)
def test_each_fault_is_told_at_its_key_and_line(text: str, places: list[tuple[str, int]]) -> None:
    assert _places(text) == places


def test_what_is_left_beside_a_fault_is_still_read() -> None:
    value, faults = yaml_reader.read_bytes(b"a: 1\na: 2\n'': 3\nb: &x 4\nc: !tea 5\nd: 6\n", "che.yaml")
    assert value == {"a": 1, "b": 4, "c": None, "d": 6}
    assert [(fault.file, fault.path, fault.row, fault.column) for fault in faults] == [
        ("che.yaml", "a", 2, None),
        ("che.yaml", "", 3, None),
        ("che.yaml", "b", 4, None),
        ("che.yaml", "c", 5, None),
    ]


def test_each_fault_says_what_to_do() -> None:
    _, faults = yaml_reader.read_bytes(b"a: 1\na: 2\n'': 3\nb: &x 4\nc: !tea 5\n", "che.yaml")
    assert [fault.vi for fault in faults] == [
        "Khóa này viết hai lần: bỏ một.",
        "Khóa phải là một từ.",
        "Không dùng neo (&, *): viết lại.",
        "Không dùng nhãn kiểu !tea.",
    ]
    assert faults[3].en == "Tags such as !tea are refused."


def test_syntax_is_told_by_line_and_column() -> None:
    value, (fault,) = yaml_reader.read_bytes(b"a: 1\nb: [1\n", "che.yaml")
    assert value is None
    assert (fault.file, fault.path, fault.row, fault.column) == ("che.yaml", "", 3, 1)
    assert fault.vi.startswith("Sai cú pháp YAML: expected ',' or ']'")
    assert fault.en.startswith("YAML syntax: expected ',' or ']'")
    _, (fault,) = yaml_reader.read_bytes(b"a: b: c\n", "che.yaml")
    assert (fault.row, fault.column) == (1, 5)


def test_letters_that_yaml_does_not_take_have_no_line() -> None:
    value, (fault,) = yaml_reader.read_bytes(b"a: \0\n", "che.yaml")
    assert value is None
    assert (fault.file, fault.path, fault.row, fault.column) == ("che.yaml", "", None, None)
    assert fault.vi == "Sai cú pháp YAML: YAML."


@pytest.mark.parametrize(("letter", "kind"), [("\\U00110000", "ValueError"), ("\\UFFFFFFFF", "OverflowError")])
def test_a_letter_that_there_is_not_cannot_be_read(letter: str, kind: str) -> None:
    value, (fault,) = yaml_reader.read_bytes(f'a: "{letter}"'.encode(), "che.yaml")
    assert (value, fault.file, fault.path, fault.row) == (None, "che.yaml", "", None)
    assert fault.vi == f"Không đọc được YAML ({kind})."


# ------------------------------------------------------------------ bounds
def test_a_nest_of_24_levels_is_read_and_of_25_refused() -> None:
    value, faults = yaml_reader.read_bytes(("a: " + "[" * (DEEP - 1) + "x" + "]" * (DEEP - 1)).encode(), "")
    assert faults == []
    assert str(value).count("[") == DEEP - 1
    assert _places("a: " + "[" * DEEP + "x" + "]" * DEEP) == [("a" + "[0]" * DEEP, 1)]
    maps = "".join(f"{' ' * at}a:\n" for at in range(DEEP)) + " " * DEEP
    assert _places(f"{maps}a: x\n") == [("a" + ".a" * DEEP, DEEP + 1)]
    assert _places(f"{maps}x\n") == []


def test_a_hundred_brackets_are_parsed_and_one_more_is_refused_before() -> None:
    (told,) = yaml_reader.read_bytes(("[" * (BRACKETS + 1) + "]" * (BRACKETS + 1)).encode(), "che.yaml")[1]
    assert (told.file, told.path, told.row) == ("che.yaml", "", None)
    assert _places("[" * BRACKETS + "]" * BRACKETS) == [("[0]" * (DEEP + 1), 1)]
    assert _places("{" * (BRACKETS + 1)) == [("", None)]
    assert _places("[[]" * (BRACKETS + 1)) == [("", None)]


def test_brackets_that_close_again_are_no_depth() -> None:
    pairs = ", ".join(["[{}]"] * (BRACKETS + 1))
    assert _places(f"a: [{pairs}]") == []
    assert _places("a: ']]]]'\nb: '" + "[" * BRACKETS + "'") == []
    assert _places("a: ']]]]'\nb: '" + "[" * (BRACKETS + 1) + "'") == [("", None)]


def test_a_file_of_a_million_bytes_is_looked_into_and_one_more_is_refused() -> None:
    whole = b"\xff" + b"." * 999_999
    assert yaml_reader.read_bytes(whole, "")[1][0].path == "byte 0"
    value, (fault,) = yaml_reader.read_bytes(whole + b".", "che.yaml")
    assert (value, fault.file, fault.path) == (None, "che.yaml", "")
    assert fault.vi == "Tệp lớn hơn 1000 kB: chia nhỏ."


def test_bytes_that_are_not_utf_8_are_told_by_their_number() -> None:
    value, (fault,) = yaml_reader.read_bytes(b"a: \xff", "che.yaml")
    assert (value, fault.file, fault.path) == (None, "che.yaml", "byte 3")


@pytest.mark.parametrize("raw", [b"", b"# chi co loi\n", b"\n\n"])
def test_an_empty_file_is_refused(raw: bytes) -> None:
    value, (fault,) = yaml_reader.read_bytes(raw, "che.yaml")
    assert (value, fault.file, fault.path, fault.vi) == (None, "che.yaml", "", "Tệp trống.")


# ------------------------------------------------------------------ files
def test_a_file_is_named_as_it_is_or_as_one_wishes(tmp_path: Path) -> None:
    file = tmp_path / "che.yaml"
    for told, named in ((None, "che.yaml"), ("goi/che.yaml", "goi/che.yaml")):
        assert yaml_reader.read(file, told)[1][0].file == named
    value, (fault,) = yaml_reader.read(file)
    assert (value, fault.path) == (None, "")
    assert fault.en == "No such file, or unreadable: check the path."
    file.write_text("a: 1\na: 2\n", "utf-8")
    for told, named in ((None, "che.yaml"), ("goi/che.yaml", "goi/che.yaml")):
        assert [fault.file for fault in yaml_reader.read(file, told)[1]] == [named]
    assert yaml_reader.read(file)[0] == {"a": 1}
