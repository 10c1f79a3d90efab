"""A contract as others read it: a Data Package with one Table Schema (Frictionless, Data Package 1.0 and Table Schema).

What the standard has no word for stands under `dean06`, so that nothing of the contract is lost on the way. A field is
`string` where lists write it in several ways; its pattern, its codes and whether it is required are constraints.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from dean06.sources.contract import Contract, FieldRule, FieldType

PROFILE = "tabular-data-package"
ORDERS = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "ymd": "%Y-%m-%d"}

__all__ = ["data_package"]


def data_package(contract: Contract, day: date) -> dict[str, Any]:
    """Return the descriptor of a source's lists as of a day, ready to be written as `datapackage.json`."""
    schema: dict[str, Any] = {
        "fields": [_field(contract, one, day) for one in contract.own_fields],
        "missingValues": [""],
    }
    if contract.key:
        schema["primaryKey"] = [contract.key]
    return {
        "profile": PROFILE,
        "name": contract.id,
        "title": contract.title.vi,
        "version": f"{contract.version}.0.0",
        "created": f"{contract.valid_from.isoformat()}T00:00:00+07:00",
        "description": contract.legal.purpose.vi,
        "sources": [{"title": ground.vi} for ground in contract.legal.basis],
        "resources": [
            {
                "name": contract.id,
                "path": f"{contract.id}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema,
            }
        ],
        "dean06": _rest(contract),
    }


def _field(contract: Contract, one: FieldRule, day: date) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.code, "title": one.title.vi, "description": one.title.en, "type": "string"}
    if one.role == "ngay_sinh" and contract.dates.precision == ("day",):  # a parent's year of birth is no day
        told |= {"type": "date", "format": ORDERS[contract.dates.order]}
    if one.type is FieldType.NUMBER:
        told |= {"type": "number", "groupChar": ".", "decimalChar": ","}
    constraints: dict[str, Any] = {}
    if one.required or one.code == contract.key:
        constraints["required"] = True
    if one.pattern:
        constraints["pattern"] = one.pattern
    if listed := contract.spellings(one, day):
        constraints["enum"] = list(listed)  # lists write the code, or what it stands for
    if constraints:
        told["constraints"] = constraints
    if one.sensitive:
        told["dean06:sensitive"] = True
    return told


def _rest(contract: Contract) -> dict[str, Any]:
    told = contract.model_dump(mode="json", exclude={"id", "title", "fields"})
    headings = {one.code: list(one.headers) for one in contract.fields if one.headers}
    return told | {"headings": headings}
