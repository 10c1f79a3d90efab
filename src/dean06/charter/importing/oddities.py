"""What is odd in a text's structure: skipped labels, dangling references, blanks, stray text, a wrong scope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dean06.charter.importing import labels
from dean06.charter.importing.nodes import COVERING, REGULATION, Node, addressed, walk
from dean06.charter.importing.results import Warned
from dean06.charter.importing.segmenting import Stray
from dean06.charter.importing.warned import Passage, first_words, passages, shown
from dean06.charter.importing.wording_oddities import odd_words
from dean06.charter.norms import Words


def look_over(nodes: tuple[Node, ...], stray: Sequence[Stray]) -> tuple[Warned, ...]:
    """Return every oddity in the order of the text; one code is said once an address."""
    texts = passages(nodes)
    found = [
        *_gaps(nodes),
        *_dangling(nodes, texts),
        *_blanks(texts),
        *_scope(nodes),
        *odd_words(texts),
        *_stray(stray),
    ]
    order = list(dict.fromkeys(passage.where for passage in texts))
    rank = {where: at for at, where in enumerate([COVERING, *order, REGULATION])}
    once = {(warned.code, warned.where): warned for warned in reversed(found)}
    return tuple(sorted(once.values(), key=lambda warned: (rank.get(warned.where, len(rank)), warned.code)))


# ---------------------------------------------------------------- labels


def _gaps(nodes: tuple[Node, ...]) -> Iterator[Warned]:
    for part in (part for part in nodes if part.label in (COVERING, REGULATION)):
        articles = [node.label for node in walk((part,)) if node.kind == "article"]
        chapters = [str(labels.roman(node.label)) for node in part.children if node.kind == "chapter"]
        yield from _gap(part.label, "Điều", "Article", articles)
        yield from _gap(part.label, "Chương", "Chapter", chapters)
        for node in walk((part,)):
            if node.cite is not None:
                yield from _gap(node.cite, "khoản", "clause", _labels(node, "clause"))
                yield from _gap(node.cite, "điểm", "point", _labels(node, "point"))


def _labels(node: Node, kind: str) -> list[str]:
    return [child.label for child in node.children if child.kind == kind]


def _gap(where: str, vi: str, en: str, given: list[str]) -> Iterator[Warned]:
    skipped, twice = _skipped(given), [label for at, label in enumerate(given) if label in given[:at]]
    if skipped:
        named = ", ".join(skipped)
        yield Warned(
            "label_gap",
            where,
            Words(
                f"Nhãn {vi} nhảy cóc, không có {named}: giữ như bản in, đối chiếu bản gốc xem có thiếu không.",
                f"The {en} labels skip {named}: kept as printed; compare with the original for a loss.",
            ),
        )
    if twice:
        named = ", ".join(dict.fromkeys(twice))
        yield Warned(
            "label_gap",
            where,
            Words(
                f"Nhãn {vi} {named} có hai lần: giữ như bản in, đối chiếu bản gốc.",
                f"The {en} label {named} is there twice: kept as printed; compare with the original.",
            ),
        )


def _skipped(given: list[str]) -> list[str]:
    if not given:
        return []
    if given[0][0].isdigit():
        numbers = [int(found[0]) for label in given if "." not in label and (found := re.match(r"\d+", label))]
        before = [0, *numbers]
        return [str(n) for low, high in zip(before, numbers, strict=False) for n in range(low + 1, high)]
    unused = labels.FOREIGN if not set(labels.FOREIGN) & {label[0] for label in given} else "đ"
    first = [] if given[0][0] == "a" else ["a", *(labels.letters_between("a", given[0]) or "")]
    steps = [letter for low, high in pairwise(given) for letter in labels.letters_between(low, high) or ""]
    return [letter for letter in [*first, *steps] if letter not in unused]


# ---------------------------------------------------------------- references

_AND = r"(?:\s*,\s*(?:và\s+)?|\s*;\s*|\s+(?:và|hoặc)\s+)"
_POINTS = rf"[đĐ]iểm\s+(?P<points>[a-zđ]\b(?:{_AND}(?:điểm\s+)?[a-zđ]\b)*),?\s+"
_CLAUSES = rf"[kK]hoản\s+(?P<clauses>\d+(?:{_AND}(?:khoản\s+)?\d+)*),?\s+"
_ARTICLES = rf"(?<!\w)Điều\s+(?P<articles>này|\d+[a-zđ]?\b(?:{_AND}(?:Điều\s+)?\d+[a-zđ]?\b(?!/))*)"
_REFERENCE = re.compile(
    rf"(?:{_POINTS})?(?:{_CLAUSES})?(?:của\s+)?(?:các\s+)?{_ARTICLES}(?=(?P<after>[^.;\n]{{0,70}}))"
)
_ELSEWHERE = re.compile(
    r"^\s*,?\s*(?:của\s+)?(?:Bộ luật|Luật|Nghị định|Thông tư|Nghị quyết|Pháp lệnh|Hiến pháp|Chỉ thị|Kế hoạch"
    r"|(?:Quyết định|Quy chế|Quy định|Điều lệ)(?!\s+này))\b"
)
_CHAPTER = re.compile(r"(?<!\w)Chương\s+([IVXLC]+|\d{1,2})\b(?=(?P<after>[^.;\n]{0,40}))")


def _dangling(nodes: tuple[Node, ...], texts: Sequence[Passage]) -> Iterator[Warned]:
    known = set(addressed(nodes))
    chapters = {labels.roman(node.label) for node in walk(nodes) if node.kind == "chapter"}
    for passage in texts:
        if passage.where == f"{COVERING}-basis" or passage.kind in ("title", "signature"):
            continue
        missing = [text for text in _targets(passage) if _address(text) not in known]
        named = [_named(text) for text in missing] + [
            found[0]
            for found in _CHAPTER.finditer(passage.text)
            if labels.roman(found[1]) not in chapters and chapters and not _ELSEWHERE.match(found["after"])
        ]
        if named:
            yield Warned(
                "dangling_reference",
                passage.where,
                Words(
                    f"Dẫn tới {', '.join(named)} nhưng văn bản không có: ghi cách hiểu, hoặc hỏi nơi ban hành.",
                    f"It refers to {', '.join(named)}, which is not in the text: note a reading, or ask the issuer.",
                ),
            )


def _targets(passage: Passage) -> Iterator[tuple[str, str, str, str]]:
    """Give what a passage refers to within the same file: part, article, clause, point."""
    for found in _REFERENCE.finditer(passage.text):
        if _ELSEWHERE.match(found["after"]):
            continue
        prefix = "" if passage.part == REGULATION else f"{COVERING}-"
        if re.match(r"\s*,?\s*(?:của\s+)?Quyết định này", found["after"]):
            prefix = f"{COVERING}-"
        elif re.match(r"\s*,?\s*(?:của\s+)?Quy chế này", found["after"]):
            prefix = ""
        own = passage.where.removeprefix(f"{COVERING}-").split(".")[0]
        articles = [own] if found["articles"] == "này" else re.findall(r"\d+[a-zđ]?", found["articles"])
        clauses = re.findall(r"\d+", found["clauses"] or "") or [""]
        points = re.findall(r"(?<!\w)[a-zđ](?!\w)", found["points"] or "") or [""]
        for article in articles[:-1]:
            yield prefix, article, "", ""
        for clause in clauses[:-1]:
            yield prefix, articles[-1], clause, ""
        for point in points:
            yield prefix, articles[-1], clauses[-1], point


def _address(target: tuple[str, str, str, str]) -> str:
    prefix, article, clause, point = target
    return prefix + ".".join(piece for piece in (article, clause, point) if piece)


def _named(target: tuple[str, str, str, str]) -> str:
    _, article, clause, point = target
    pieces = [f"điểm {point}" if point else "", f"khoản {clause}" if clause else "", f"Điều {article}"]
    return " ".join(piece for piece in pieces if piece)


# ---------------------------------------------------------------- blanks

_BLANK_NUMBER = re.compile(r"\b[Ss]ố\s*:?\s*(?:[.…_\s]*/\s*(?:\d{4}\s*/\s*|[.…_]+\s*/\s*)?[A-ZĐ]{2}|\.{3,}|…+|_{3,})")
_DAY = re.compile(
    r"ngày\s*(?P<day>[\d.…_ ]*?)\s*tháng\s*(?P<month>[\d.…_ ]*?)\s*năm\s*(?P<year>[\d.…_]*)(?P<after>\s*\w*)"
)
_DAY_OF_SLASHES = re.compile(r"ngày\s*(?P<day>[\d.…_ ]*?)\s*/\s*(?P<month>[\d.…_ ]*?)\s*/\s*(?P<year>[\d.…_]*)")
_DAY_OF_DOTS = re.compile(r"ngày\s*(?:\.{3,}|…+|_{3,})")


def _blanks(texts: Sequence[Passage]) -> Iterator[Warned]:
    for passage in texts:
        number = _BLANK_NUMBER.search(passage.text)
        if number:
            yield Warned(
                "blank_number",
                passage.where,
                Words(
                    f"Số để trống ở {shown([number[0]])}: văn bản chưa ký cho tới khi nhập số.",
                    f"A number is left open at {shown([number[0]])}: an unsigned text until it is entered.",
                ),
            )
        day = _blank_day(passage.text)
        if day:
            yield Warned(
                "blank_date",
                passage.where,
                Words(
                    f"Ngày để trống ở {shown([day])}: nhập ngày theo bản đã ký.",
                    f"A date is left open at {shown([day])}: enter it from the signed copy.",
                ),
            )


def _blank_day(text: str) -> str | None:
    for found in _DAY.finditer(text):
        filled = [bool(re.search(r"\d", found[name])) for name in ("day", "month")]
        year = found["year"].rstrip(".")
        marked = any(re.search(r"[….…_]{2,}|…", found[name]) for name in ("day", "month", "year"))
        if not year and not marked and found["after"].strip():
            continue  # «ngày tháng năm sinh» names a field
        if not all(filled) or len(re.findall(r"\d", year)) < 4:
            return found[0].removesuffix(found["after"])
    for found in _DAY_OF_SLASHES.finditer(text):
        if not all(re.search(r"\d", found[name]) for name in ("day", "month", "year")):
            return found[0]
    dots = _DAY_OF_DOTS.search(text)
    return dots[0] if dots else None


# ---------------------------------------------------------------- stray text, scope


def _stray(stray: Sequence[Stray]) -> Iterator[Warned]:
    for where in dict.fromkeys(piece.where for piece in stray):
        named = shown([piece.text for piece in stray if piece.where == where])
        yield Warned(
            "stray_text",
            where,
            Words(
                f"Chữ lạc, không thuộc điều khoản nào: {named}.",
                f"Stray text that belongs to no clause: {named}.",
            ),
        )


_SCOPE = re.compile(r"(?:quy định|điều chỉnh)\s+(?:về\s+|việc\s+)?(?P<topics>.+)", re.IGNORECASE | re.DOTALL)
_OWNER = re.compile(
    r"\s+(?:của|đối với|giữa|tại|cho|trong)\s+(?=(?:các\s+)?(?:tổ|ban|hội đồng|thành viên|cơ quan)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_TOPIC = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+", re.IGNORECASE)
_GENERAL = {"quy định", "tổ chức", "điều khoản", "thi hành", "hiệu lực", "những quy"}
_OUTSIDE = {"phạm vi", "đối tượng", "hoạt động"}


def _scope(nodes: tuple[Node, ...]) -> Iterator[Warned]:
    regulation = next((part for part in nodes if part.label == REGULATION), None)
    clause = _scope_clause(regulation) if regulation else None
    if regulation is None or clause is None or clause.cite is None:
        return
    found = _SCOPE.search(clause.text)
    said = _OWNER.sub("", found["topics"]) if found else ""
    topics = [topic for topic in map(_start, _TOPIC.split(said)) if topic]
    chapters = [node.heading for node in regulation.children if node.kind == "chapter"]
    if not topics or not chapters:
        return
    headings = " | ".join(
        node.heading.lower() for node in walk((regulation,)) if node.kind in ("chapter", "section", "article")
    )
    unsaid = [heading for heading in chapters if not _is_said(heading, said.lower())]
    undone = [topic for topic in topics if topic not in headings and topic not in _OUTSIDE and len(topic.split()) == 2]
    if unsaid or undone:
        parts = [f"phạm vi không nhắc tới {shown(unsaid)}"] if unsaid else []
        parts += [f"không chương, điều nào mang tên {shown(undone)}"] if undone else []
        english = [f"the scope does not name {shown(unsaid)}"] if unsaid else []
        english += [f"no chapter or article is about {shown(undone)}"] if undone else []
        yield Warned(
            "scope_mismatch",
            clause.cite,
            Words(
                f"Phạm vi điều chỉnh và các chương không khớp: {'; '.join(parts)}.",
                f"The scope and the chapters do not agree: {'; '.join(english)}.",
            ),
        )


def _scope_clause(regulation: Node) -> Node | None:
    for article in walk((regulation,)):
        if article.kind == "article" and "phạm vi" in article.heading.lower():
            clauses = [article, *article.children]
            return next((node for node in clauses if _SCOPE.search(node.text)), None)
    return None


def _start(topic: str) -> str:
    return first_words(re.sub(r"^\s*(?:các|những|về)\s+", "", topic.lower()), 2)


def _is_said(heading: str, said: str) -> bool:
    """Tell whether the scope names what a chapter is about; general and closing chapters need no naming."""
    starts = [start for topic in _TOPIC.split(_OWNER.sub("", heading)) if (start := _start(topic))]
    if starts and starts[0] in _GENERAL:
        return True
    return any(start in said for start in starts)
