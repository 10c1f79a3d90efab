"""Names of sources, ended groups, causes and severities in the reader's language."""

from __future__ import annotations

from django.utils.safestring import SafeString

from dean06.corrections import service as corrections
from dean06.offices.types import GroupInfo
from dean06.reconcile.service import contradictions
from dean06.sources.live import Contracts
from dean06.web.language import words
from dean06.web.marks import chip

SEVERITY = {
    1: ("bad", "bang", "Nặng", "Grave"),
    2: ("warn", "dots", "Vừa", "Medium"),
    3: ("mute", "dots", "Nhẹ", "Light"),
}

COMPARED = {
    "ho_so": ("Cả bản ghi", "The whole record"),
    "so_dinh_danh": ("Số định danh", "Personal number"),
    "ho_ten": ("Họ và tên", "Name"),
    "ngay_sinh": ("Ngày sinh", "Birth date"),
    "gioi_tinh": ("Giới tính", "Sex"),
    "noi_o": ("Nơi ở", "Residence"),
}

__all__ = [
    "cause_title",
    "compared_title",
    "field_title",
    "inherited_from",
    "rule_title",
    "severity_chip",
    "severity_words",
    "source_title",
]


def source_title(code: str, known: Contracts) -> str:
    """Return the name of a source; `known` are the contracts of the group that reads."""
    contract = known.find(code)
    return words(contract.title.vi, contract.title.en) if contract else code


def field_title(source: str, code: str, known: Contracts) -> str:
    """Return the name of a field of a source."""
    contract = known.find(source)
    title = next((one.title for one in contract.fields if one.code == code), None) if contract else None
    return words(title.vi, title.en) if title else code


def compared_title(source: str, field: str, known: Contracts) -> str:
    """Return the name of a field that matching compares, of the whole record, or of a field of the source."""
    if field in COMPARED:
        return words(*COMPARED[field])
    return field_title(source, field, known)


def rule_title(source: str, rule: str, known: Contracts) -> str:
    """Return what a rule of a source says is wrong."""
    says = known.rule_words(source, rule) or contradictions.words(rule)
    return words(says.vi, says.en) if says else rule


def inherited_from(before: GroupInfo) -> str:
    """Say from which ended group something was taken over."""
    return words(f"kế thừa từ {before.short_name}", f"inherited from {before.short_name}")


def cause_title(code: str) -> str:
    """Return a cause as an office would say it."""
    cause = corrections.causes()[code]
    return words(cause.vi, cause.en)


def severity_words(level: int) -> str:
    """Return a severity in words."""
    _, _, vi, en = SEVERITY[level]
    return words(vi, en)


def severity_chip(level: int) -> SafeString:
    """Show a severity."""
    tone, sign, _, _ = SEVERITY[level]
    return chip(tone, severity_words(level), with_sign=sign)
