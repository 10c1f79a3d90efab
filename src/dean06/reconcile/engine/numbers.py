"""Identity numbers as lists write them: kept as integers, so that lost leading zeros cost nothing.

The first three of twelve digits name the province of birth registration, by the list of Circular 07/2016/TT-BCA,
appendix 1. Only a number that lost its zeros is held to that list: other sector numbers have ten or eleven digits too.
"""

from __future__ import annotations

from dean06.orthography import characters, sql

PROVINCES = (
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
)  # fmt: skip
_WHOLE = "[0-9]{12}|[0-9]{9}"
_LABEL = r"^ *(số|so|cccd|cmnd|cmt|cmtnd|đdcn|ddcn|căn cước|can cuoc)[ :.]*"
_NOISE = f"[{characters.SPACES}{characters.APOSTROPHES}{characters.INVISIBLE}{characters.DASHES}.,'\"_-]"


def whole(column: str) -> str:
    """Return SQL that says whether a cell is a number exactly as it should be written."""
    return f"regexp_full_match({column}, '{_WHOLE}')"


def digits(column: str) -> str:
    """Return SQL for the digits of a cell not written as it should be; null when something else stands there."""
    # A lone point before one or two zeros is a float's; three zeros after it may be a group of the number.
    bare = sql.replaced(sql.replaced(f"lower({column})", _LABEL), r"^([^.]*)[.]0{1,2} *$", r"\1")
    cleaned = f"nullif(regexp_extract({sql.replaced(bare, _NOISE)}, '^[0-9]{{8,12}}$'), '')"
    return f"case when regexp_full_match({column}, '[0-9]{{8,12}}') then {column} else {cleaned} end"


def twelve(text: str) -> str:
    """Return SQL for the personal number of twelve digits, null when the digits cannot be one."""
    value = f"try_cast({text} as bigint)"
    provinces = ", ".join(str(code) for code in PROVINCES)
    return (
        f"case when length({text}) = 12 and {value} >= 1000000000 and {value} % 111111111111 <> 0 then {value}"
        f" when length({text}) in (10, 11) and {value} // 1000000000 in ({provinces}) then {value} end"
    )


def nine(text: str) -> str:
    """Return SQL for the old number of nine digits, null when the digits cannot be one."""
    value = f"try_cast({text} as int)"
    return f"case when length({text}) in (8, 9) and {value} % 111111111 <> 0 then {value} end"


def fits(id12: str, dob: str, sex: str) -> str:
    """Return SQL that says whether a number's century, sex and year digits fit a date and a sex (1 male, 2 female).

    The structure is that of Decree 137/2015, article 13, no longer law: evidence, never a rule.
    """
    century = f"({id12} // 100000000 % 10)"
    year = f"(1900 + {century} // 2 * 100 + {id12} // 1000000 % 100)"
    return f"({year} = {dob} // 10000 and coalesce({century} % 2 = {sex} - 1, true))"
