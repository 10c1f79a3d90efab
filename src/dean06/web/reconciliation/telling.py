"""What both versions answer with: fields, people and why they fit, in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.flows import looking_up
from dean06.flows.looking_up import Caller
from dean06.orthography.service import search_key
from dean06.reconcile.errors import LookupRefused
from dean06.reconcile.service import lookups
from dean06.reconcile.service.lookups import Candidate, Cell, LookupField
from dean06.web.language import words
from dean06.web.reconciliation.asking import TYPE, count_of
from dean06.web.reconciliation.door import bad

WIDTH, HEIGHT = 420, 380
MOST_SUGGESTED = 20
IN_DESCRIPTION = ("ngay_sinh", "noi_o", "so_dinh_danh")
# What a preview may load, and that a page of another origin may frame it: nothing on it can be acted on.
FRAMED = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "frame-ancestors": ["*"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}

__all__ = [
    "FRAMED",
    "HEIGHT",
    "WIDTH",
    "description",
    "features",
    "meta_name",
    "page",
    "preview",
    "properties",
    "shown",
    "suggested_people",
    "suggested_properties",
    "suggested_types",
    "type_of",
]


def type_of() -> dict[str, str]:
    """Return the one type there is."""
    return {"id": TYPE, "name": words("Người", "Person")}


def shown(cell: Cell) -> str:
    """Return a cell as it is read; a whole date stands as dd/mm/yyyy."""
    whole_day = cell.field.id == "ngay_sinh" and cell.how == "whole"
    return "/".join(reversed(cell.value.split("-"))) if whole_day else cell.value


def description(one: Candidate) -> str:
    """Tell namesakes apart: what is shown of birth, commune and number, then what speaks for the person."""
    said = [f"{_label(cell.field)}: {shown(cell)}" for cell in map(one.cell, IN_DESCRIPTION) if cell.value]
    return " · ".join([*said, *one.reasons])


def _label(one: LookupField) -> str:
    return words(one.vi, one.en)


def features(one: Candidate) -> list[tuple[str, str, bool | float]]:
    """Return the features of a candidate: id, name, value."""
    named = {
        "xac_suat": words("Xác suất là người này", "Probability of this person"),
        "so_nguoi_cung_ten": words("Số người cùng họ tên", "People of this name"),
        "khac": words("Cha, mẹ khớp", "Parents agree"),
    }
    found = lookups.fields()
    for key, of in found.items():
        named[key] = words(f"{of.vi} khớp", f"{of.en} agrees")
    return [(key, named[key], value) for key, value in one.features]


# ------------------------------------------------------------ suggestions


def page(request: HttpRequest, skip_name: str) -> tuple[str, int, int]:
    """Return the prefix asked for, how many at most, and how many to skip."""
    prefix = " ".join(request.GET.get("prefix", "").split())
    if len(prefix) > 100 or not prefix.isprintable():
        raise bad("Phần đầu của tên quá dài hoặc có ký tự lạ.", "The prefix is too long, or has odd characters.")
    most = count_of(request.GET.get("limit"), 10, MOST_SUGGESTED)
    skip = request.GET.get(skip_name, "0")
    if not skip.isascii() or not skip.isdecimal() or len(skip) > 6:
        raise bad("Chỗ bắt đầu phải là một số.", "The place to begin at must be a number.")
    return prefix, most, int(skip)


def suggested_people(request: HttpRequest, who: Caller, skip_name: str) -> dict[str, object]:
    """Suggest people by the beginning of their name; every suggestion is a look at them."""
    prefix, most, skip = page(request, skip_name)
    found = looking_up.suggest(who, prefix, min(most, lookups.limit("candidates")), skip)
    return {
        "result": [
            {"id": one.id, "name": one.name, "description": description(one), "notable": [type_of()]} for one in found
        ]
    }


def suggested_properties(request: HttpRequest, who: Caller, skip_name: str) -> dict[str, object]:
    """Suggest fields whose id or name begins so, or has a word that does."""
    prefix, most, skip = page(request, skip_name)
    wanted = search_key(prefix)
    found = [
        one
        for one in properties(who)
        if not wanted or one["id"].startswith(prefix) or f" {wanted}" in f" {search_key(one['name'])}"
    ]
    return {"result": found[skip : skip + most]}


def suggested_types(request: HttpRequest, skip_name: str) -> dict[str, object]:
    """Suggest the one type there is."""
    prefix, _, skip = page(request, skip_name)
    fits = f" {search_key(prefix)}" in f" {search_key(type_of()['name'])}" or TYPE.startswith(prefix)
    return {"result": [type_of()] if fits and not skip else []}


def properties(who: Caller) -> list[dict[str, str]]:
    """Return the fields there are, each saying how it is shown at this address."""
    how = {
        "whole": ("hiện đủ", "shown whole"),
        "masked": ("hiện dạng che", "shown masked"),
        "nothing": ("không cấp", "not given"),
    }
    return [
        {"id": one.id, "name": _label(one), "description": words(*how[lookups.told(one, who.address.fields)])}
        for one in lookups.fields().values()
    ]


def meta_name(who: Caller, name: str) -> str:
    """Return the heading of a fetched field, which says when it is masked or refused."""
    one = lookups.fields().get(name)
    if one is None:
        return words(f"{name} (không có trường này)", f"{name} (no such field)")
    how = lookups.told(one, who.address.fields)
    if how == "whole":
        return _label(one)
    said = (
        ("đã che", "masked")
        if how == "masked"
        else ("không cấp: ngoài hợp đồng dữ liệu", "refused: not in the contract")
    )
    return f"{_label(one)} ({words(*said)})"


# ------------------------------------------------------------ one person


def preview(request: HttpRequest, who: Caller, one: str) -> HttpResponse:
    """Show one person that this address gave out, masked, as a small page for a frame."""
    found = looking_up.cards(who, "preview", [one], one).get(one)
    if found is None:
        raise LookupRefused("not-found", "Địa chỉ này chưa đưa ra mã ấy.", "This address gave no such id out.")
    others = [cell for cell in found.cells if cell.field.id != "ho_ten"]
    told = {
        "person": found,
        "cells": [(_label(cell.field), shown(cell)) for cell in others if cell.value],
        "kept_back": ", ".join(_label(cell.field) for cell in others if cell.how == "nothing"),
    }
    return render(request, "dean06/pages/lookup_preview.html", told)


def proposed(request: HttpRequest, who: Caller) -> dict[str, object]:
    """Return the fields that may be fetched, as both versions tell them."""
    limit = count_of(request.GET.get("limit"), 100, 100)
    kind = request.GET.get("type", "")
    found = properties(who)[:limit] if kind in {"", TYPE} else []
    return {"properties": found, "type": kind or TYPE, "limit": limit}
