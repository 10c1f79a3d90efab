"""Write the command reference, docs/lenh.md, from the parsers themselves: `python tools/command_reference.py`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from dean06.cli.main import COMMANDS, parser_for

PAGE = Path(__file__).resolve().parent.parent / "docs" / "lenh.md"
HEAD = """# Các lệnh của dean06 (command reference)

Trang này được tạo bằng `make docs`; đừng sửa tay. (Generated; do not edit.)

Mã kết thúc (exit codes): 0 xong · 1 xong, có phát hiện · 2 dùng sai · 3 dữ liệu vào không dùng được, không có gì thay
đổi · 4 quy chế không cho phép · 5 thiếu một thành phần · 70 lỗi của chương trình · 130 dừng bằng Ctrl-C.

Mọi lệnh đều nhận `--json`: in đúng một tài liệu JSON ra stdout, cả khi có lỗi. (Every command takes `--json`.)

## Chỉ cần đối soát (only the matcher)

`make prepare-run` cài chương trình mà không chạy trang web; lệnh nằm ở `.venv/bin/dean06`. Không cần cơ sở dữ liệu:

```
dean06 demo create thu --persons 3000                    # dữ liệu bịa để thử: sổ dân cư, tệp ngành, đáp án
dean06 register load thu/registers/so_dan_cu_2022-06-30.csv --as-of 2022-06-30 --register so
dean06 reconcile thu/sector-files/bhyt_2022-06.csv --source bhyt --register so --out ket-qua.xlsx
```

Kết quả có đuôi `.xlsx`, `.csv` hoặc `.parquet`, cùng nội dung; mỗi dòng nộp một dòng kết quả, theo thứ tự nộp. Dòng
không dùng được (ký tự hỏng, công thức lỗi, lệch cột) vẫn đứng đúng chỗ, là `SAI_DINH_DANG`, `ly_do` nói hỏng gì.
Kèm theo là `ket-qua.xlsx.provenance.json`, ghi tệp nào được đối soát với sổ nào.
`dean06 source list` liệt kê các nguồn; `chung` nhận danh sách bất kỳ có cột họ tên. (Install without the web site,
make made-up data, load a register, match a list.)
"""


def leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Give the parsers that run something, in the order they were added."""
    nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001  argparse has no public walk
    if not nested:
        yield parser
    for group in nested:
        for child in dict.fromkeys(group.choices.values()):
            yield from leaves(child)


def label(action: argparse.Action) -> str:
    """Write an argument as one types it."""
    value = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
    shown = value if isinstance(value, str) else " ".join(value)
    if action.choices is not None and not action.metavar:
        shown = "|".join(map(str, action.choices))
    if not action.option_strings:
        return shown
    return f"{', '.join(action.option_strings)} {shown}".strip()


def section(parser: argparse.ArgumentParser) -> str:
    """Write one command: what it is, then its arguments."""
    rows = [
        f"| `{label(action)}` | {' '.join((action.help or '').split())} |"
        for action in parser._actions  # noqa: SLF001  argparse has no public walk
        if not isinstance(action, argparse._HelpAction) and action.help != argparse.SUPPRESS and action.dest != "json"  # noqa: SLF001  argparse has no public name
    ]
    about = f"\n{parser.description}\n" if parser.description else ""
    table = "\n| tham số | nghĩa |\n| --- | --- |\n" + "\n".join(rows) + "\n" if rows else ""
    return f"### `{parser.prog}`\n{about}{table}"


def reference() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for name, command in COMMANDS.items():
        if find_spec(command.module) is None:
            continue
        subparsers = next(
            action
            for action in parser_for(name)._actions  # noqa: SLF001  argparse has no public walk
            if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001  argparse has no public walk
        )
        parts.append(f"## {name}: {command.vi} ({command.en})\n")
        parts.extend(section(leaf) for leaf in leaves(subparsers.choices[name]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(reference())
    print("docs/lenh.md")
