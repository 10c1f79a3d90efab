"""Read a register file of any kind into one table of text, each row with the number a person counts it by."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from dean06.orthography.sql import quoted
from dean06.population.columns import NAMES, REQUIRED
from dean06.population.errors import RegisterRefused


def read(link: duckdb.DuckDBPyConnection, file: Path, work: Path) -> tuple[str, ...]:
    """Make the table `given` (dong and the known columns as text) and return the columns that were passed over."""
    source = _source(link, file, work)
    header = [(str(row[0]), str(row[1])) for row in link.execute(f"describe select * from {source}").fetchall()]
    known = {name.strip().lower(): (name, kind) for name, kind in header}
    missing = [name for name in REQUIRED if name not in known]
    if missing:
        names = ", ".join(missing)
        raise RegisterRefused(file, [(f"thiếu cột {names}.", f"column {names} is missing.")])
    chosen = ", ".join(
        f"{_text(name, *known[name])} as {name}" if name in known else f"null::varchar as {name}" for name in NAMES
    )
    header_rows = 0 if file.suffix.lower() == ".parquet" else 1
    link.execute(
        f"""create table given as select * from (
  select (row_number() over () + {header_rows})::int as dong, {chosen} from {source})
where coalesce({", ".join(NAMES)}) is not null"""
    )
    return tuple(name for name, _ in header if name.strip().lower() not in NAMES)


def _text(name: str, column: str, kind: str) -> str:
    """Return a column as trimmed text; a number typed as an integer gets its leading zeros back."""
    cell = '"' + column.replace('"', '""') + '"'
    widths = {"so_dinh_danh": 12, "so_cmnd": 9, "thuong_tru_xa": 5, "dan_toc": 2}
    if kind.endswith("INT") or kind == "INTEGER":
        width = widths.get(name, 0)
        cell = f"lpad({cell}::varchar, greatest({width}, length({cell}::varchar))::int, '0')"
    elif kind != "VARCHAR":
        cell = f"{cell}::varchar"
    return f"nullif(trim(regexp_replace(nfc_normalize({cell}), '[\\s\\x{{00A0}}]+', ' ', 'g')), '')"


def _source(link: duckdb.DuckDBPyConnection, file: Path, work: Path) -> str:
    match file.suffix.lower():
        case ".parquet":
            return _tried(link, file, f"read_parquet({quoted(str(file))})")
        case ".xlsx" | ".xls":
            return _csv(link, file, _from_workbook(file, work))
        case ".csv" | ".txt" | ".tsv":
            return _csv(link, file, file)
        case _:
            raise RegisterRefused(
                file, [("chỉ nhận tệp .csv, .xlsx hoặc .parquet.", "only .csv, .xlsx and .parquet are taken.")]
            )


def _csv(link: duckdb.DuckDBPyConnection, file: Path, text: Path) -> str:
    if text.stat().st_size == 0:
        raise RegisterRefused(file, [("tệp rỗng.", "the file is empty.")])
    with text.open("rb") as handle:
        first = handle.readline().decode("utf-8-sig", errors="replace")
    delimiter = max(",;\t|", key=first.count)
    return _tried(
        link,
        file,
        f"read_csv({quoted(str(text))}, all_varchar = true, header = true, delim = {quoted(delimiter)}, quote = '\"',"
        " escape = '\"', null_padding = false, strict_mode = true, nullstr = '', max_line_size = 1000000)",
    )


def _tried(link: duckdb.DuckDBPyConnection, file: Path, source: str) -> str:
    """Read the whole source once, so that a damaged file is one sentence and not a fault half-way."""
    try:
        link.execute(f"select count(*) from (select columns(*)::varchar from {source})").fetchall()
    except duckdb.Error as problem:
        if source.startswith("read_csv"):
            raise RegisterRefused(file, [_where(str(problem))]) from None
        raise RegisterRefused(
            file, [("tệp hỏng hoặc không đúng loại.", "the file is damaged or of another kind.")]
        ) from None
    return source


def _where(message: str) -> tuple[str, str]:
    """Keep the line number of the reader's complaint and none of its quotation."""
    line = next((part.split(":")[1].split()[0].strip(".,") for part in message.splitlines() if "Line:" in part), "")
    if not line:
        return ("tệp không phải UTF-8 hoặc sai cấu trúc cột.", "the file is not UTF-8, or its columns are broken.")
    return (
        f"dòng {line} không phải UTF-8 hoặc sai số cột.",
        f"line {line} is not UTF-8 or has another number of columns.",
    )


def _from_workbook(file: Path, work: Path) -> Path:
    """Write the first sheet that has cells as CSV."""
    try:
        book = CalamineWorkbook.from_path(str(file))
        sheets = (book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names)
        rows = next((rows for rows in sheets if rows), None)
    except PasswordError:
        raise RegisterRefused(
            file, [("tệp đặt mật khẩu: bỏ mật khẩu.", "the workbook has a password: remove it.")]
        ) from None
    except (CalamineError, OSError, ValueError):
        raise RegisterRefused(file, [("tệp hỏng.", "the workbook is damaged.")]) from None
    if rows is None:
        raise RegisterRefused(file, [("bảng tính không có dữ liệu.", "the workbook is empty.")])
    text = work / "sheet.csv"
    with text.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([_cell(value) for value in row] for row in rows)
    return text


def _cell(value: object) -> object:
    match value:
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return int(value)
        case _:
            return value
