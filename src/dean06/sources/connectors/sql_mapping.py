"""Which column of a table is which field of the contract: as said, else by the field's code or its usual headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dean06.clock.errors import BadInput
from dean06.sources.contract import ORDINAL, Contract
from dean06.sources.headings import Headings

LINE = re.compile(r"\s*(?P<column>[^=]+?)\s*=\s*(?P<field>[a-z][a-z0-9_]*)\s*")
SELECT = re.compile(r"\s*(select|with)\b", re.IGNORECASE)

__all__ = ["SELECT", "columns_of", "mapping_of"]


def mapping_of(told: Mapping[str, str], there: Sequence[str], contract: Contract) -> dict[str, str]:
    """Return column → field, in the table's order; what is said that does not exist is refused."""
    said = _said(told["ghep"])
    fields = {one.code for one in contract.fields} - {ORDINAL}
    _require(said, _same(said, there), fields)
    given = {_same([column], there)[column]: field for column, field in said.items()}
    headings = Headings(contract)
    for column in there:
        if column in given:
            continue
        claim = headings.exact(column)
        field = column.lower() if column.lower() in fields else (claim.code if claim else "")
        if field in fields and field not in given.values():
            given[column] = field
    if not given:
        raise BadInput(
            "Không cột nào ghép được vào trường của hợp đồng: điền phần ghép cột.",
            "No column is a field of the contract: fill in columns and fields.",
        )
    return {column: given[column] for column in there if column in given}


def columns_of(told: Mapping[str, str], there: Sequence[str], fields: Mapping[str, str]) -> list[str]:
    """Return the columns that are asked for: those of fields, the key, and when a row was changed."""
    wanted = [told["khoa"], *([told["sua_luc"]] if told["sua_luc"] else [])]
    if lost := [one for one in wanted if one not in there]:
        raise _unknown(lost)
    return list(dict.fromkeys([*fields, *wanted]))


def _said(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        read = LINE.fullmatch(line)
        if read is None or read["column"] in found or read["field"] in found.values():
            raise BadInput(
                f"Phần ghép cột, dòng {number}: viết «TÊN_CỘT = ma_truong», mỗi cột và mỗi trường một lần.",
                f"Columns and fields, line {number}: write `COLUMN = field`, each column and field once.",
            )
        found[read["column"]] = read["field"]
    return found


def _same(said: Mapping[str, str] | Sequence[str], there: Sequence[str]) -> dict[str, str]:
    """Return the columns that are there, by how they were written; case is forgiven."""
    lower = {column.lower(): column for column in there}
    return {one: one if one in there else lower[one.lower()] for one in said if one in there or one.lower() in lower}


def _require(said: Mapping[str, str], known: Mapping[str, str], fields: set[str]) -> None:
    if lost := [one for one in said if one not in known]:
        raise _unknown(lost)
    if odd := sorted(set(said.values()) - fields):
        raise BadInput(
            f"Hợp đồng của nguồn không có trường {', '.join(odd)[:200]}: sửa phần ghép cột.",
            f"The contract has no field {', '.join(odd)[:200]}: correct columns and fields.",
        )


def _unknown(lost: Sequence[str]) -> BadInput:
    names = ", ".join(lost)[:200]
    return BadInput(
        f"Bảng hoặc câu SELECT không có cột {names}: kiểm tra tên cột của kết nối.",
        f"The table or SELECT has no column {names}: check the feed's columns.",
    )
