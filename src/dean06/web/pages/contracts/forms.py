"""The forms of a contract's draft on the contract itself and on one field, and what they say put into its body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from dean06.sources import live
from dean06.web.language import words
from dean06.web.pages.contracts.boxes import (
    Body,
    area,
    choices,
    fields_of,
    given_words,
    number,
    pick,
    put,
    two,
    without_nothing,
)
from dean06.web.pages.contracts.words import (
    lines,
    name_of,
    pairs,
    sets,
    text_of_lines,
    text_of_pairs,
    text_of_sets,
)
from dean06.web.parts.forms import Field
from dean06.web.reader import Reader

EVERY = (
    ("month", "hằng tháng", "monthly"),
    ("quarter", "hằng quý", "quarterly"),
    ("year", "hằng năm", "yearly"),
    ("once", "một lần", "once"),
)
ORDERS = (
    ("dmy", "ngày/tháng/năm", "day/month/year"),
    ("mdy", "tháng/ngày/năm", "month/day/year"),
    ("ymd", "năm-tháng-ngày", "year-month-day"),
)
EXACT = (
    ("day", "đủ ngày", "whole days"),
    ("month", "chỉ tháng và năm", "month and year"),
    ("year", "chỉ năm", "the year alone"),
)
ABSENT = (
    ("proves_nothing", "không chứng minh gì", "proves nothing"),
    ("proves_if_complete", "đã ra khỏi danh sách, nếu nộp đủ", "removed, where the list is whole"),
)
SENSITIVE = (("basic", "dữ liệu cơ bản", "basic data"), ("sensitive", "dữ liệu nhạy cảm", "sensitive data"))
TYPES = (
    ("name", "họ tên", "name"),
    ("text", "chữ", "text"),
    ("date", "ngày", "date"),
    ("sex", "giới tính", "sex"),
    ("number", "số", "number"),
    ("code", "mã", "code"),
    ("mark", "dấu chọn", "mark"),
)

__all__ = ["field_form", "general_form", "read_field", "read_general"]


# ------------------------------------------------------------ the contract itself


def general_form(reader: Reader, body: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the fields of the form on the contract as a whole."""
    cadence = body.get("cadence", {})
    agencies = tuple((code, name) for code, name in reader.agencies.items())
    return (
        *two(body, "title", words("Tên nguồn", "Title (Vietnamese)"), words("Tên bằng tiếng Anh", "Title in English")),
        pick(
            "owner",
            words("Cơ quan trả lời, khi quy chế không nêu", "Who answers, where the charter names nobody"),
            body.get("owner") or "",
            (("", words("theo quy chế", "as the charter says")), *agencies),
        ),
        pick("every", words("Nộp", "Delivered"), cadence.get("every", "month"), choices(EVERY)),
        Field(
            name="day",
            label=words("Chậm nhất ngày (1 đến 28)", "By day (1 to 28)"),
            kind="number",
            value=str(cadence.get("day", "")),
        ),
        *_legal(body.get("legal", {})),
        *_writing(body),
    )


def _legal(legal: Mapping[str, Any]) -> tuple[Field, ...]:
    basis = legal.get("basis", ())
    return (
        *two(legal, "purpose", words("Mục đích", "Purpose (Vietnamese)"), words("Mục đích, tiếng Anh", "In English")),
        area(
            "basis",
            words("Căn cứ", "Grounds"),
            text_of_lines(one.get("vi", "") for one in basis),
            words("Mỗi dòng một căn cứ.", "One a line."),
            required=True,
        ),
        Field(
            name="retention",
            label=words("Lưu giữ (tháng)", "Kept (months)"),
            kind="number",
            value=str(legal.get("retention_months", "")),
        ),
        pick("sensitivity", words("Loại dữ liệu", "Kind of data"), legal.get("sensitivity", ""), choices(SENSITIVE)),
    )


def _writing(body: Mapping[str, Any]) -> tuple[Field, ...]:
    dates = body.get("dates", {})
    exact = dates.get("precision", [code for code, _, _ in EXACT])
    return (
        pick("order", words("Ngày ghi theo", "Dates are written"), dates.get("order", "dmy"), choices(ORDERS)),
        Field(
            name="precision",
            label=words("Ngày được ghi", "Dates may be"),
            kind="checks",
            value=",".join(exact),
            choices=choices(EXACT),
        ),
        pick(
            "absence", words("Vắng tên ở lần nộp nghĩa là", "Absence means"), body.get("absence", ""), choices(ABSENT)
        ),
        area(
            "sex_codes",
            words("Mã giới tính", "Codes of sex"),
            text_of_pairs(body.get("sex_codes", {})),
            words("Mỗi dòng: mã = Nam, mã = Nữ, hoặc mã = (để trống).", "One a line: code = Nam, Nữ or nothing."),
        ),
    )


def read_general(body: Mapping[str, Any], post: QueryDict) -> Body:
    """Return a body with what the form on the contract says."""
    english = {one.get("vi"): one.get("en") for one in body.get("legal", {}).get("basis", ())}
    dates = {**body.get("dates", {}), "order": post.get("order", ""), "precision": post.getlist("precision")}
    told = {
        "title": given_words(post, "title"),
        "owner": post.get("owner") or None,
        "cadence": {"every": post.get("every", ""), "day": number(post.get("day", ""))},
        "legal": {
            "purpose": given_words(post, "purpose"),
            "basis": [{"vi": one, "en": english.get(one) or one} for one in lines(post.get("basis", ""))],
            "retention_months": number(post.get("retention", "")),
            "sensitivity": post.get("sensitivity", ""),
        },
        "dates": dates,
        "absence": post.get("absence", ""),
        "sex_codes": pairs(post.get("sex_codes", "")),
    }
    return without_nothing({**body, **told})


# ------------------------------------------------------------ one field


def field_form(body: Mapping[str, Any], one: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the fields of the form on one column of the lists."""
    return (
        *two(one, "title", words("Tên cột", "Title (Vietnamese)"), words("Tên bằng tiếng Anh", "Title in English")),
        pick("type", name_of("type"), one.get("type", "text"), choices(TYPES)),
        area(
            "headers",
            name_of("headers"),
            text_of_lines(one.get("headers", ())),
            words("Mỗi dòng một cách ghi, như cơ quan ghi.", "One a line, as the office writes it."),
        ),
        Field(
            name="required",
            label=words("Bắt buộc có", "Required"),
            kind="check",
            value=_tick(one, "required"),
            required=False,
        ),
        Field(
            name="sensitive",
            label=words("Dữ liệu nhạy cảm", "Sensitive"),
            kind="check",
            value=_tick(one, "sensitive"),
            required=False,
        ),
        *_holding(body, one),
        *_finding(body, one),
    )


def _holding(body: Mapping[str, Any], one: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the boxes on what a field may hold."""
    lists = tuple((code, words(told.title.vi, told.title.en)) for code, told in live.code_lists().items())
    return (
        Field(
            name="pattern",
            label=words("Mẫu phải theo (biểu thức chính quy)", "Pattern (regular expression)"),
            value=one.get("pattern") or "",
            required=False,
            placeholder="[0-9]{10}",
        ),
        area(
            "codes",
            name_of("codes"),
            text_of_pairs(one.get("codes", {})),
            words("Mỗi dòng: mã = nghĩa. Để trống nếu ghi tự do.", "One a line: code = meaning. None where free."),
        ),
        pick("catalogue", name_of("catalogue"), one.get("catalogue") or "", (("", words("không", "none")), *lists)),
        pick(
            "dated_by",
            name_of("dated_by"),
            one.get("dated_by") or "",
            (("", words("ngày của dữ liệu", "the data's day")), *fields_of(body, "date")),
        ),
    )


def _finding(body: Mapping[str, Any], one: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the boxes on how a field is found, and what it is matched as."""
    roles = tuple((role, role) for role in live.ROLES)
    return (
        area(
            "contains",
            name_of("contains"),
            text_of_sets(one.get("contains", ())),
            words("Mỗi dòng một bộ chữ, cách nhau dấu phẩy: «ngày, sinh».", "One set of words a line: “ngày, sinh”."),
        ),
        Field(
            name="lacks", label=name_of("lacks"), value=", ".join(one.get("lacks", ())), required=False, longest=2000
        ),
        pick("role", name_of("role"), one.get("role") or "", (("", words("không dùng", "not matched")), *roles)),
        pick(
            "part_of",
            name_of("part_of"),
            one.get("part_of") or "",
            (("", words("đứng riêng", "by itself")), *fields_of(body)),
        ),
    )


def _tick(one: Mapping[str, Any], name: str) -> str:
    return "1" if one.get(name) else ""


def read_field(body: Mapping[str, Any], code: str, post: QueryDict) -> Body:
    """Return a body with what the form on one field says; the key follows the field whose role it is."""
    told = without_nothing(
        {
            "code": code,
            "title": given_words(post, "title"),
            "type": post.get("type", ""),
            "headers": lines(post.get("headers", "")),
            "required": bool(post.get("required")),
            "sensitive": bool(post.get("sensitive")),
            "pattern": post.get("pattern", "").strip(),
            "codes": pairs(post.get("codes", "")),
            "catalogue": post.get("catalogue", ""),
            "dated_by": post.get("dated_by", ""),
            "contains": sets(post.get("contains", "")),
            "lacks": [one.strip() for one in post.get("lacks", "").split(",") if one.strip()],
            "role": post.get("role", ""),
            "part_of": post.get("part_of", ""),
        }
    )
    fields = put(body.get("fields", ()), code, told)
    keys = [one["code"] for one in fields if one.get("role") == "khoa"]
    return without_nothing({**body, "fields": fields, "key": keys[0] if keys else None})
