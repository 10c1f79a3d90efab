"""References that lead nowhere: clauses, parts, annexes and tables that the paper has not, papers never issued."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dean06.papers.proofreading.passages import Address, Body, Kind, Passage, Pieces
from dean06.papers.proofreading.remarks import Finding, Remark, Surroundings, days
from dean06.papers.writing.sections import Outline

_AND = r"(?:\s*,\s*(?:và\s+)?|\s*;\s*|\s+(?:và|hoặc)\s+)"
_POINTS = rf"[đĐ]iểm\s+(?P<points>[a-zđ]\b(?:{_AND}(?:điểm\s+)?[a-zđ]\b)*),?\s+"
_CLAUSES = rf"[kK]hoản\s+(?P<clauses>này|\d+(?:{_AND}(?:khoản\s+)?\d+)*),?\s+"
_ARTICLES = rf"(?<!\w)Điều\s+(?P<articles>này|\d+[a-zđ]?\b(?:{_AND}(?:Điều\s+)?\d+[a-zđ]?\b(?!/))*)"
_REFERENCE = re.compile(
    rf"(?:{_POINTS})?(?:{_CLAUSES})?(?:của\s+)?(?:các\s+)?{_ARTICLES}(?=(?P<after>[^.;\n]{{0,70}}))"
)
_POINT_HERE = re.compile(r"[đĐ]iểm\s+(?P<point>[a-zđ])\s+khoản\s+này\b")
_LAWS = "Bộ luật|Luật|Nghị định|Thông tư|Nghị quyết|Pháp lệnh|Hiến pháp|Chỉ thị|Kế hoạch|Hợp đồng|Thông báo|Hướng dẫn"
_OTHERS = rf"{_LAWS}|(?:Quyết định|Quy chế|Quy định|Điều lệ)(?!\s+này)"
_ELSEWHERE = re.compile(rf"^\s*,?\s*(?:của\s+|trong\s+|kèm theo\s+)?(?:{_OTHERS})\b")
_ELSEWHERE_BEFORE = re.compile(
    rf"(?:{_LAWS}|(?:Quyết định|Quy chế)(?: số)?)\b[^.;]{{0,90}}[,(:]\s*(?:quy định )?(?:tại )?$"
)
_AMENDED = re.compile(r"(?:^|\W)(?:sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính)\b[^.;]{0,60}$", re.IGNORECASE)
_CHAPTER = re.compile(r"(?<!\w)Chương\s+(?P<number>[IVXLC]+)\b(?=(?P<after>[^.;\n]{0,40}))")
_PART = re.compile(
    r"(?<!\w)(?:(?:tiểu mục|mục|điểm|khoản)\s+(?P<inner>\d+),?\s+)?(?:mục|phần|Mục|Phần)\s+(?P<number>[IVXLC]+)\b"
    r"(?=(?P<after>[^.;\n]{0,40}))"
)
_ANNEX = re.compile(r"(?<!\w)[Pp]hụ lục\s+(?:số\s+)?(?P<number>[IVX]+|\d+)\b(?=(?P<after>[^.;\n]{0,40}))")
_ANY_ANNEX = re.compile(
    r"(?<!\w)(?:phụ lục|danh sách|biểu(?: mẫu)?)\s+(?:chi tiết\s+|này\s+)?(?:gửi\s+)?kèm theo"
    r"|(?:kèm theo|đính kèm)\s+(?:\w+\s+)?phụ lục(?!\s+(?:số\s+)?[IVX\d])",
    re.IGNORECASE,
)
_TABLE = re.compile(r"(?<!\w)Bảng\s+(?P<number>\d{1,3})\b")
_PAPER = re.compile(r"(?<![\w/])(?P<number>\d{1,5})/(?P<symbol>[^\W\d_][\w]*(?:-[\w.&]+)+)")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_CITED_DAY = 60


def reference_remarks(found: Pieces, house: Surroundings) -> Iterator[Remark]:
    """Return the references that lead nowhere."""
    for passage in found.passages:
        if passage.kind is Kind.CELL:
            continue
        named = [*_clauses(passage, found), *_parts(passage, found), *_behind(passage, found)]
        for name, lacks in dict.fromkeys(named):
            yield _dangling(name, lacks).at(passage)
        yield from (finding.at(passage) for finding in _papers(passage.text, house))


def _dangling(name: str, lacks: str) -> Finding:
    return Finding(
        "dangling_reference",
        "must",
        f"dẫn tới {name} nhưng {lacks}",
        f"it refers to {name}, which is not there",
        "sửa số dẫn chiếu, hoặc ghi rõ văn bản được dẫn",
        "correct the reference, or name the text that it means",
    )


# ---------------------------------------------------------------- clauses

Named = tuple[str, str]


def _clauses(passage: Passage, found: Pieces) -> Iterator[Named]:
    for match in _REFERENCE.finditer(passage.text):
        before = passage.text[: match.start()]
        if _ELSEWHERE.match(match["after"]) or _ELSEWHERE_BEFORE.search(before) or _AMENDED.search(before):
            continue
        body = _meant(passage, match["after"], found)
        if not body.has_articles:
            yield f"Điều {match['articles']}", "văn bản không chia thành điều"
            continue
        for address in _addresses(match, passage):
            if address not in body.addresses:
                yield _name(address), f"văn bản chỉ có {_has(body, address)}"
    for match in _POINT_HERE.finditer(passage.text):
        body = found.bodies[passage.body]
        address = (*passage.address[:2], match["point"])
        if len(passage.address) >= 2 and address not in body.addresses:
            yield _name(address), f"văn bản chỉ có {_has(body, address)}"


def _meant(passage: Passage, after: str, found: Pieces) -> Body:
    """Return the text that is meant: `Quyết định này` is the paper itself, `Quy chế này` the text behind it."""
    if re.match(r"\s*,?\s*(?:của\s+)?Quyết định này", after):
        return found.bodies[0]
    own = found.bodies[passage.body]
    if re.match(r"\s*,?\s*(?:của\s+)?(?:Quy chế|Quy định) này", after) and passage.body == 0:
        return next((body for body in found.bodies[1:] if body.has_articles), own)
    return own


def _addresses(match: re.Match[str], passage: Passage) -> Iterator[Address]:
    own = passage.address[:1]
    articles = list(own) if match["articles"] == "này" else re.findall(r"\d+[a-zđ]?", match["articles"])
    clauses = re.findall(r"\d+", match["clauses"] or "")
    points = re.findall(r"(?<!\w)[a-zđ](?!\w)", match["points"] or "")
    if not articles:
        return
    for article in articles[:-1]:
        yield (article,)
    last = articles[-1]
    for clause in clauses[:-1]:
        yield last, clause
    if not clauses:
        yield (last,)
    elif not points:
        yield last, clauses[-1]
    for point in points if clauses else ():
        yield last, clauses[-1], point


def _name(address: Address) -> str:
    names = ("Điều", "khoản", "điểm")
    return " ".join(f"{name} {number}" for name, number in reversed(list(zip(names, address, strict=False))))


def _has(body: Body, address: Address) -> str:
    """Say what there is instead, at the first step that leads nowhere."""
    for depth in range(1, len(address) + 1):
        if address[:depth] in body.addresses:
            continue
        above = address[: depth - 1]
        count = sum(len(each) == depth and each[: depth - 1] == above for each in body.addresses)
        name = ("điều", "khoản", "điểm")[depth - 1]
        return f"{count} {name}" + (f" ở {_name(above)}" if above else "")
    return "các điều khác"


# ---------------------------------------------------------------- parts, annexes, tables


def _parts(passage: Passage, found: Pieces) -> Iterator[Named]:
    body = found.bodies[passage.body]
    if body.outline is Outline.CHUONG:
        for match in _CHAPTER.finditer(passage.text):
            if match["number"] not in body.parts and not _ELSEWHERE.match(match["after"]):
                yield f"Chương {match['number']}", "văn bản không có chương đó"
    if body.outline is Outline.MUC:
        for match in _PART.finditer(passage.text):
            if _ELSEWHERE.match(match["after"]) or _ELSEWHERE_BEFORE.search(passage.text[: match.start()]):
                continue
            address = (match["number"], match["inner"]) if match["inner"] else (match["number"],)
            if address not in body.addresses:
                yield match[0], "văn bản không có mục đó"


def _behind(passage: Passage, found: Pieces) -> Iterator[Named]:
    for match in _ANNEX.finditer(passage.text):
        if _value(match["number"]) > found.annexes and not _ELSEWHERE.match(match["after"]):
            yield f"Phụ lục {match['number']}", f"văn bản có {found.annexes} phụ lục"
    if found.annexes == 0 and passage.kind is not Kind.GROUND:
        for match in _ANY_ANNEX.finditer(passage.text):
            yield match[0], "văn bản không có phụ lục"
    tables = found.bodies[passage.body].tables
    for match in _TABLE.finditer(passage.text):
        if int(match["number"]) > tables:
            yield match[0], f"văn bản có {tables} bảng"


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    values = [_ROMAN[letter] for letter in text]
    return sum(-value if any(value < later for later in values[at + 1 :]) else value for at, value in enumerate(values))


# ---------------------------------------------------------------- papers of the group


def _papers(text: str, house: Surroundings) -> Iterator[Finding]:
    for match in _PAPER.finditer(text):
        symbol = match["symbol"].rstrip(".")
        if symbol not in house.series:
            continue
        number = f"{int(match['number'])}/{symbol}"
        issued = house.papers.get(number, ())
        near = text[match.end() : match.end() + _CITED_DAY]
        cited = next((day for _, day in days(near)), None)
        if not issued:
            yield _unknown(match[0], "tổ chưa ban hành văn bản nào mang số này", "the group has issued no such paper")
        elif cited is not None and cited not in issued:
            day = issued[-1]
            yield _unknown(
                match[0],
                f"văn bản số này ban hành ngày {day:%d/%m/%Y}",
                f"the paper of this number was issued on {day:%d/%m/%Y}",
            )


def _unknown(cited: str, vi: str, en: str) -> Finding:
    return Finding(
        "unknown_paper",
        "must",
        f"dẫn văn bản số {cited} nhưng {vi}",
        f"it cites paper {cited}, yet {en}",
        "đối chiếu sổ văn bản đi và sửa số, ngày",
        "look it up in the outgoing register and correct number or date",
    )
