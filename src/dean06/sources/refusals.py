"""The sentences with which intake refuses a file: each names the file, the sheet, the row, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.contract import Contract
from dean06.sources.header import TwoClaims, likeliest
from dean06.sources.table import Record


def _place(sheet: str) -> tuple[str, str]:
    return (f" trang «{sheet}»", f" sheet {sheet!r}") if sheet else ("", "")


def known_headings(contract: Contract) -> str:
    """Return one usual heading of each field that intake looks for."""
    wanted = [rule for rule in contract.fields if rule.role and rule.headers]
    return ", ".join(rule.headers[0] for rule in wanted)


def unknown_header(path: Path, sheet: str, preview: Sequence[Record], contract: Contract) -> BadInput:
    """No row is a header that the contract knows."""
    row = preview[likeliest([cells for _, cells, _ in preview])][0] if preview else 1
    vi, en = _place(sheet)
    if contract.beside:
        return nobody(path, contract)
    known = known_headings(contract)
    return BadInput(
        f"Tệp «{path.name}»{vi}: không nhận ra dòng tên cột (gần nhất là dòng {row}); cần cột Họ và tên cùng ít "
        f"nhất một cột khác trong các cột: {known}. Sửa tên cột theo danh sách này hoặc chọn nguồn khác.",
        f"File {path.name!r}{en}: no header row is recognised (row {row} is the nearest); a full name and at least one "
        f"other of these columns are needed: {known}. Rename the columns or choose another source.",
    )


def two_claims(path: Path, sheet: str, row: int, problem: TwoClaims, contract: Contract) -> BadInput:
    """Two columns say that they are one field."""
    title = contract.field(problem.code).title
    vi, en = _place(sheet)
    return BadInput(
        f"Tệp «{path.name}»{vi} dòng {row}: hai cột «{problem.first}» và «{problem.second}» cùng là {title.vi}; "
        f"giữ một cột, đổi tên cột kia.",
        f"File {path.name!r}{en} row {row}: the columns {problem.first!r} and {problem.second!r} both say they are "
        f"{title.en.lower()}; keep one and rename the other.",
    )


def empty(path: Path) -> BadInput:
    """The file has no cell with content."""
    return BadInput(
        f"Tệp «{path.name}» không có ô nào có nội dung: kiểm tra lại tệp trước khi gửi.",
        f"The file {path.name!r} has no cell with content: check it before sending.",
    )


def nobody(path: Path, contract: Contract) -> BadInput:
    """No row names the second person, or no column does."""
    vi, en = contract.person.vi.lower(), contract.person.en.lower()
    return BadInput(
        f"Tệp «{path.name}» không ghi {vi} ở dòng nào: không có ai để đối soát thêm, không phải nộp lại.",
        f"The file {path.name!r} names the {en} in no row: nobody more is matched, nothing to be handed in again.",
    )


def no_rows(path: Path, sheets: Sequence[str], contract: Contract) -> BadInput:
    """A header stands there and no row of data under it."""
    if contract.beside:
        return nobody(path, contract)
    named = ", ".join(f"«{sheet}»" for sheet in sheets if sheet)
    vi, en = (f" (trang {named})", f" (sheets {named})") if named else ("", "")
    return BadInput(
        f"Tệp «{path.name}»{vi} có dòng tên cột nhưng không có dòng dữ liệu nào: kiểm tra lại tệp.",
        f"The file {path.name!r}{en} has a header and no row of data: check it.",
    )


def too_wide(path: Path, most: int) -> BadInput:
    """More columns than any list has."""
    return BadInput(
        f"Tệp «{path.name}» có hơn {most} cột: bỏ các cột thừa rồi gửi lại.",
        f"The file {path.name!r} has more than {most} columns: remove what is not needed and send it again.",
    )


def too_spread(path: Path, sheet: str, rows: int, columns: int) -> BadInput:
    """A forgotten cell far from the table makes the sheet billions of cells wide."""
    return BadInput(
        f"Tệp «{path.name}» trang «{sheet}»: có ô nằm rất xa bảng (dòng {rows}, cột {columns}); xóa các dòng, cột thừa "
        f"bên phải và bên dưới bảng rồi gửi lại.",
        f"File {path.name!r} sheet {sheet!r}: a cell stands far from the table (row {rows}, column {columns}); delete "
        f"the rows and columns beyond the table and send it again.",
    )


def too_large(path: Path) -> BadInput:
    """The machine has not the memory for the file."""
    return BadInput(
        f"Tệp «{path.name}» quá lớn so với bộ nhớ của máy: chia thành nhiều tệp.",
        f"The file {path.name!r} is too large for this machine's memory: split it.",
    )


def cannot_write(folder: Path, path: Path) -> Unavailable:
    """The disk is full or does not take the batch."""
    return Unavailable(
        f"Không ghi được dữ liệu đọc từ «{path.name}» vào «{folder}»: ổ đĩa đầy hoặc không cho ghi; giải phóng chỗ rồi "
        f"chạy lại, không có gì bị ghi dở.",
        f"What was read from {path.name!r} cannot be written to {str(folder)!r}: the disk is full or read-only; free "
        f"some space and run again, nothing was left half-written.",
    )
