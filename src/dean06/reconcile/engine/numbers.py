"""Identity numbers as lists write them: kept as integers, so that lost leading zeros cost nothing.

The first three of twelve digits name the province of birth registration, by the list of Circular 07/2016/TT-BCA,
appendix 1. Only a number that lost its zeros is held to that list: other sector numbers have ten or eleven digits too.
"""

from __future__ import annotations

from dean06.orthography import characters, sql

PROVINCES = (
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45, 46,
    48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94,
    95, 96,
)  # fmt: skip
_WHOLE = "[0-9]{12}|[0-9]{9}"
_LABEL = r"^ *(số|so|cccd|cmnd|cmt|cmtnd|đdcn|ddcn|căn cước|can cuoc)[ :.]*"
_NOISE = f"[{characters.SPACES}{characters.APOSTROPHES}{characters.INVISIBLE}{characters.DASHES}.,'\"_-]"


def digits(column: str) -> str:
    """Return SQL for the digits of a cell; null when something else than a number stands there."""
    bare = sql.replaced(sql.replaced(f"lower({column})", _LABEL), r"[.]0+ *$")
    bare = sql.replaced(bare, _NOISE)
    return (
        f"case when regexp_full_match({column}, '{_WHOLE}') then {column}"
        f" when regexp_full_match({bare}, '[0-9]{{8,12}}') then {bare} end"
    )


def twelve(digits_column: str) -> str:
    """Return SQL for the personal number of twelve digits, null when the digits cannot be one."""
    value = f"try_cast({digits_column} as bigint)"
    provinces = ", ".join(str(code) for code in PROVINCES)
    return (
        f"case when length({digits_column}) = 12 and {value} >= 1000000000 and not {_same_digit(digits_column)} then {value}"
        f" when length({digits_column}) in (10, 11) and {value} // 1000000000 in ({provinces}) then {value} end"
    )


def nine(digits_column: str) -> str:
    """Return SQL for the old number of nine digits, null when the digits cannot be one."""
    value = f"try_cast({digits_column} as int)"
    return f"case when length({digits_column}) in (8, 9) and not {_same_digit(digits_column)} then {value} end"


def _same_digit(column: str) -> str:
    return f"({column} = repeat(substr({column}, 1, 1), length({column})::int))"
