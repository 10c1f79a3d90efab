"""What a clerk should know of a .docx before it is used: changes and comments left in it, fonts that nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from dean06.clock.errors import BadInput
from dean06.papers.checks.measured import Sheet
from dean06.papers.docx.cascade import W, value
from dean06.papers.docx.lines import runs, text_of
from dean06.papers.docx.opening import Package

# Fonts that come with Windows and Office on the machines of the offices, and the twins that we print with.
KNOWN_FONTS = frozenset(
    """
    Times New Roman|Arial|Arial Narrow|Arial Unicode MS|Aptos|Aptos Display|Book Antiqua|Bookman Old Style|Calibri
    Calibri Light|Cambria|Cambria Math|Candara|Century|Century Gothic|Consolas|Constantia|Corbel|Courier New|Garamond
    Georgia|Liberation Sans|Liberation Serif|Microsoft Sans Serif|MS Gothic|Palatino Linotype|Segoe UI
    Segoe UI Symbol|Symbol|Tahoma|Tinos|Trebuchet MS|Verdana|Webdings|Wingdings|Wingdings 2|Wingdings 3
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
_INSTEAD = {"roman": "Times New Roman", "swiss": "Arial", "modern": "Courier New"}
_REVISED = "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange trPrChange tcPrChange"
_REVISIONS = {f"{W}{name}" for name in _REVISED.split()}
_COMMENTS = {f"{W}commentReference", f"{W}commentRangeStart"}
_QUOTED = 6
MOST_PLACES = 3
Said = tuple[str, str]


def _named(paragraph: ET.Element, place: str) -> str:
    words = "".join(text_of(run) for run in runs(paragraph)).split()
    more = " …" if len(words) > _QUOTED else ""
    return f"{place}, “{' '.join(words[:_QUOTED])}{more}”" if words else place


def refuse_revisions(package: Package) -> None:
    """Refuse a file whose changes are still followed: nobody can tell which words it will have."""
    places = _places(package, _REVISIONS)
    if places:
        where = _listed(places)
        raise BadInput(
            f"Tệp .docx còn sửa đổi đang theo dõi ở {where}; hãy chấp nhận hoặc bỏ hết rồi lưu lại.",
            f"The .docx has tracked changes left in {len(places)} places; accept or reject them all, then save.",
        )


def remarks(package: Package, sheet: Sheet) -> tuple[Said, ...]:
    """Return what to know of the file, Vietnamese and English."""
    return (*_comments(package), *_fonts(package, sheet))


def _comments(package: Package) -> Iterator[Said]:
    places = _places(package, _COMMENTS)
    if places:
        yield (
            f"Tệp còn bình luận ở {_listed(places)}; hãy xử lý và xóa trước khi phát hành.",
            f"The file has comments left in {len(places)} places; settle and delete them before issuing.",
        )


def _fonts(package: Package, sheet: Sheet) -> Iterator[Said]:
    used = {font for line in sheet.lines for run in line.runs for font in run.fonts if run.text.strip()}
    table = package.tree("word/fontTable.xml")
    known = {value(font, "name"): font for font in table.findall(f"{W}font")} if table is not None else {}
    for name in sorted(used - KNOWN_FONTS):
        font = known.get(name)
        if font is not None and any(child.tag.startswith(f"{W}embed") for child in font):
            continue
        instead = _instead(font)
        yield (
            f"Phông “{name}” không có trên máy thông thường; Word sẽ thay bằng “{instead}” và chữ có thể xô dòng.",
            f'The font "{name}" is on no usual machine; Word will use "{instead}" and lines may move.',
        )


def _instead(font: ET.Element | None) -> str:
    if font is None:
        return "Times New Roman"
    other = value(font.find(f"{W}altName"))
    first = next((name.strip() for name in other.split(",") if name.strip() in KNOWN_FONTS), "")
    return first or _INSTEAD.get(value(font.find(f"{W}family")), "Times New Roman")


def _places(package: Package, tags: Iterable[str]) -> list[str]:
    """Name the places that hold one of the tags: paragraphs and tables counted as the layout checker counts them."""
    root = package.tree("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    wanted, found = frozenset(tags), []
    counts = {f"{W}p": 0, f"{W}tbl": 0}
    for block in body if body is not None else ():
        counts[block.tag] = counts.get(block.tag, 0) + 1
        if not any(each.tag in wanted for each in block.iter()):
            continue
        number = counts[block.tag]
        if block.tag == f"{W}p":
            found.append(_named(block, f"đoạn {number}"))
        else:
            found.append(f"bảng {number}" if block.tag == f"{W}tbl" else "một khối điều khiển nội dung")
    return found


def _listed(places: list[str]) -> str:
    more = f" và {len(places) - MOST_PLACES} chỗ khác" if len(places) > MOST_PLACES else ""
    return "; ".join(places[:MOST_PLACES]) + more
