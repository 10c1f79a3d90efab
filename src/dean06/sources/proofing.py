"""What is wrong with a contract that somebody writes: every fault with its path, in a sentence a clerk can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
from pydantic import ValidationError

from dean06.sources import code_list
from dean06.sources.contract import Contract, FieldRule, shipped, shipped_ids
from dean06.sources.headings import words_of

# Columns of every batch and result, what is counted of a row, and the name by which a finding means the whole record.
RESERVED = frozenset({"trang_tinh", "dong", "cach_ly", "ket_qua", "sai_truong", "goi_y", "so_dinh_danh", "ho_so"})
RESERVED |= {"xa", "trai_luat", "o_hong"}
LONGEST_ID, MOST_FIELDS, MOST_RULES, MOST_HEADINGS = 40, 200, 200, 200

# What pydantic finds, by its kind: the sentence of this house, with what pydantic tells of it.
SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("còn thiếu: phải ghi", "is missing"),
    "extra_forbidden": ("hợp đồng không có mục này: bỏ đi", "is unknown: take it out"),
    "string_pattern_mismatch": (
        "chỉ gồm chữ thường không dấu, số và gạch nối, bắt đầu bằng chữ, không quá dài",
        "holds small letters without marks, digits and lines, begins with a letter, and is short",
    ),
    "string_too_short": ("để trống: phải ghi", "is empty"),
    "too_short": ("phải có ít nhất {min_length} mục", "needs at least {min_length}"),
    "too_long": ("chỉ được tối đa {max_length} mục", "holds at most {max_length}"),
    "literal_error": ("phải là một trong: {expected}", "must be one of: {expected}"),
    "enum": ("phải là một trong: {expected}", "must be one of: {expected}"),
    "int_parsing": ("phải là số nguyên", "must be a whole number"),
    "int_type": ("phải là số nguyên", "must be a whole number"),
    "float_parsing": ("phải là số", "must be a number"),
    "float_type": ("phải là số", "must be a number"),
    "finite_number": ("phải là số hữu hạn", "must be a finite number"),
    "bool_parsing": ("phải là có hoặc không", "must be true or false"),
    "greater_than_equal": ("phải từ {ge} trở lên", "must be at least {ge}"),
    "less_than_equal": ("không được quá {le}", "must be at most {le}"),
    "date_from_datetime_parsing": ("phải là một ngày, viết như 2026-01-31", "must be a day like 2026-01-31"),
    "date_parsing": ("phải là một ngày, viết như 2026-01-31", "must be a day like 2026-01-31"),
    "string_type": ("phải là chữ; đặt trong dấu nháy nếu là số", "must be text; quote it where it is a number"),
    "union_tag_invalid": ("dạng luật phải là một trong: {expected_tags}", "the form must be one of: {expected_tags}"),
    "union_tag_not_found": ("phải ghi dạng luật (kind)", "say the form of the rule (kind)"),
    "field_twice": ("cột khai hai lần: {names}", "fields declared twice: {names}"),
    "part_of_nothing": ("cột ghép vào một cột không có: {names}", "joined into an unknown field: {names}"),
    "key_unclear": (
        "khóa của dòng phải là đúng một cột, cột đó có vai trò «khoa»",
        "the key is exactly one field, whose role is `khoa`",
    ),
    "beside_itself": (
        "danh sách đi cùng một danh sách khác, không đi cùng chính nó và không có danh sách nào đi cùng nữa: {names}",
        "a list stands beside another, and no third one beside it: {names}",
    ),
    "rule_twice": ("luật khai hai lần: {names}", "rules declared twice: {names}"),
    "dated_by_no_date": ("danh mục theo ngày của cột không phải ngày: {names}", "codes dated by no date: {names}"),
    "rule_of_part": (
        "luật «{rule}» đọc cột đã ghép vào cột khác: {names}; đọc cột ghép",
        "rule {rule} reads what is joined into another field: {names}",
    ),
    "rule_of_nothing": (
        "luật «{rule}» đọc cột không còn: {names}; tắt luật hoặc giữ cột",
        "rule {rule} reads unknown fields: {names}; turn it off or keep them",
    ),
    "rule_of_no_date": (
        "luật «{rule}» so ngày với cột không phải ngày: {names}",
        "rule {rule} compares no date: {names}",
    ),
    "rule_of_no_number": ("luật «{rule}» đo cột không phải số: {names}", "rule {rule} measures no number: {names}"),
}
SHAPES = frozenset({"model_type", "model_attributes_type", "list_type", "tuple_type", "dict_type", "mapping_type"})
OF_NO_SHAPE = SHAPES | {"string_type"}
SENTENCES |= dict.fromkeys(
    SHAPES, ("phải là một nhóm mục hay một danh sách, không phải giá trị này", "has another shape")
)
PARTS: Mapping[str, tuple[str, str]] = {
    "id": ("mã nguồn", "the source's code"),
    "title": ("tên nguồn", "the title"),
    "layout": ("cấu trúc", "the layout"),
    "dates": ("cách ghi ngày", "the grammar of dates"),
    "sex_codes": ("mã giới tính", "the codes of sex"),
    "cadence": ("kỳ nộp", "the cadence"),
    "legal": ("mục đích, căn cứ, lưu giữ", "purpose, grounds, retention"),
    "target": ("diện đối tượng", "the programme's people"),
    "key": ("khóa của dòng", "the key"),
    "also": ("danh sách đọc cùng tệp", "the lists read from the same file"),
    "beside": ("danh sách mà nguồn này đi cùng", "the list it stands beside"),
    "keeps": ("ai đã chết, đã đi vẫn đúng", "who is rightly kept though dead or gone"),
}

__all__ = ["Fault", "faults", "proofed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a contract: where, as a path, and a whole sentence in both languages.

    `shape` says that it is no such thing at all there, a text where a list must be: nothing more can be read of it.
    """

    path: str
    vi: str
    en: str
    shape: bool = False


def proofed(body: Mapping[str, Any]) -> tuple[Contract | None, tuple[Fault, ...]]:
    """Return the contract that a body tells, if it can be one, and everything that is wrong with it."""
    try:
        contract = Contract.model_validate(body)
    except ValidationError as problem:
        return None, tuple(_told(body, error) for error in problem.errors(include_url=False, include_input=False))
    return contract, tuple(_beyond(contract, body))


def faults(body: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Return everything that is wrong with a contract."""
    return proofed(body)[1]


def _told(body: Mapping[str, Any], error: Mapping[str, Any]) -> Fault:
    loc = tuple(error["loc"])
    vi, en = SENTENCES.get(error["type"], ("không hợp lệ ({msg})", "{msg}"))
    known = {"msg": error["msg"], **{name: str(value) for name, value in error.get("ctx", {}).items()}}
    return replace(_fault(body, loc, vi.format(**known), en.format(**known)), shape=error["type"] in OF_NO_SHAPE)


def _fault(body: Mapping[str, Any], loc: Sequence[str | int], vi: str, en: str) -> Fault:
    path = ".".join(map(str, loc))
    where_vi, where_en = _place(body, loc)
    tail = f" ({path})" if path else ""
    return Fault(path=path, vi=f"{where_vi}{tail}: {vi}.", en=f"{where_en}{tail}: {en}.")


def _place(body: Mapping[str, Any], loc: Sequence[str | int]) -> tuple[str, str]:
    if len(loc) > 1 and loc[0] in ("fields", "rules", "rules_off") and isinstance(loc[1], int):
        listed = body.get(str(loc[0]), ())
        one = listed[loc[1]] if isinstance(listed, list | tuple) and loc[1] < len(listed) else {}
        code = str(one.get("code", loc[1])) if isinstance(one, Mapping) else str(loc[1])
        return (f"Cột «{code}»", f"Field {code!r}") if loc[0] == "fields" else (f"Luật «{code}»", f"Rule {code!r}")
    if loc and str(loc[0]) in PARTS:
        vi, en = PARTS[str(loc[0])]
        return vi[:1].upper() + vi[1:], en[:1].upper() + en[1:]
    return "Hợp đồng", "The contract"


def _beyond(contract: Contract, body: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what a shape alone does not show: patterns that cannot be read, columns and headings that collide."""
    if len(contract.id) > LONGEST_ID:
        yield _fault(body, ("id",), f"dài quá {LONGEST_ID} chữ", f"is longer than {LONGEST_ID} letters")
    if len(contract.fields) > MOST_FIELDS or len(contract.rules) + len(contract.rules_off) > MOST_RULES:
        yield _fault(
            body,
            (),
            f"quá {MOST_FIELDS} cột hoặc quá {MOST_RULES} luật",
            f"over {MOST_FIELDS} fields or {MOST_RULES} rules",
        )
    columns: dict[str, str] = {}
    for at, one in enumerate(contract.fields):
        yield from (_fault(body, ("fields", at, part), vi, en) for part, vi, en in _of_field(one))
        if one.part_of:
            continue
        first = columns.setdefault(one.column, one.code)
        reserved = one.column in RESERVED or one.column.startswith("goc_")
        if first != one.code or (reserved and not _came(contract, one.code)):
            vi = f"tên cột «{one.column}» đã dùng cho việc khác: đổi mã cột"
            yield _fault(body, ("fields", at, "code"), vi, f"the column {one.column!r} is taken: choose another code")
    yield from _headings(contract, body)


def _of_field(one: FieldRule) -> Iterator[tuple[str, str, str]]:
    if one.pattern is not None and not _readable(one.pattern):
        yield "pattern", "mẫu không đọc được như một biểu thức", "the pattern cannot be read"
    if one.catalogue and one.catalogue not in code_list.shipped_ids():
        listed = ", ".join(code_list.shipped_ids())
        yield (
            "catalogue",
            f"không có danh mục này; có: {listed}",
            f"there is no such list of codes; there are: {listed}",
        )
    if len(one.headers) > MOST_HEADINGS:
        yield "headers", f"quá {MOST_HEADINGS} cách ghi tiêu đề", f"over {MOST_HEADINGS} headings"


def _readable(pattern: str) -> bool:
    try:
        with duckdb.connect() as db:
            db.execute("select regexp_full_match('', $1)", [pattern]).fetchall()
    except duckdb.Error:
        return False
    return True


def _headings(contract: Contract, body: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield headings that a field says and that an earlier field has already: no column would ever be this one."""
    known: dict[str, str] = {}
    for at, one in enumerate(contract.fields):
        for heading in one.headers:
            first = known.setdefault(words_of(heading), one.code)
            if first != one.code:
                vi = f"tiêu đề «{heading}» đã là của cột «{first}»: bỏ ở một bên"
                en = f"the heading {heading!r} is that of {first!r} already"
                yield _fault(body, ("fields", at, "headers"), vi, en)


def _came(contract: Contract, code: str) -> bool:
    """Say whether a field came with the product's own contract of the source."""
    return contract.id in shipped_ids() and any(field.code == code for field in shipped(contract.id).fields)
