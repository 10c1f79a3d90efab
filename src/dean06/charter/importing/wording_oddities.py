"""What is odd in a text's words: wrong marks, doubled words, sentences run together; names and levels beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dean06.charter.importing import set_phrases
from dean06.charter.importing.levels import other_levels
from dean06.charter.importing.nodes import COVERING
from dean06.charter.importing.results import Warned
from dean06.charter.importing.terms import unclear_terms
from dean06.charter.importing.warned import Passage, shown
from dean06.charter.norms import Words

_WORD = re.compile(r"\w+")
_LONGEST = 5  # words of a set phrase
_DOUBLED = re.compile(r"(?<!\w)(\w+(?:[^\S\n]+\w+){0,2})[^\S\n]+\1(?!\w)", re.IGNORECASE)
# one syllable twice is often two words that meet («phân công | công việc»); of these it never is
_NEVER_DOUBLED = frozenset(
    ("các", "của", "và", "với", "cho", "được", "trong", "theo", "tại", "là", "những", "do", "về", "để", "có", "phải")
)
_SENTENCE_STARTS = (
    "Kết nối|Chủ trì|Phối hợp|Tham mưu|Bảo đảm|Đảm bảo|Thực hiện|Triển khai|Đôn đốc|Tổng hợp|Chịu trách nhiệm|Giúp"
    "|Trường hợp|Định kỳ|Căn cứ|Kịp thời|Chuẩn bị|Ký thay|Đề xuất|Rà soát|Phân công|Hướng dẫn|Theo dõi|Xây dựng"
    "|Tiếp nhận|Cung cấp|Khi|Nếu"
)
_RUN = re.compile(rf"(?P<before>\b[^\W\d_A-ZĐ]\w*)\s+(?P<start>(?:{_SENTENCE_STARTS})\s+[a-zà-ỹđ]\w*)")
_NAMES_ONE = {"phòng", "ban", "tổ", "số", "đội", "chương", "mục", "cục", "sở", "bộ", "ngành", "vụ", "tại"}


def odd_words(texts: Sequence[Passage]) -> Iterator[Warned]:
    """Return the oddities of wording, in no order."""
    for passage in texts:
        yield from _doubtful(passage)
        yield from _run_together(passage)
    yield from unclear_terms(texts)
    yield from other_levels(texts)


def _doubtful(passage: Passage) -> Iterator[Warned]:
    if passage.kind == "signature":
        return
    found = [*_wrong_marks(passage.text), *_doubled(passage.text)]
    if found:
        pairs = ", ".join(f"«{printed}» (có lẽ «{meant}»)" for printed, meant in dict.fromkeys(found))
        english = ", ".join(f"«{printed}» (perhaps «{meant}»)" for printed, meant in dict.fromkeys(found))
        yield Warned(
            "doubtful_word",
            passage.where,
            Words(
                f"Chữ đáng ngờ: {pairs}; văn bản giữ nguyên.",
                f"A doubtful word: {english}; the text is kept as it is.",
            ),
        )


def _wrong_marks(text: str) -> Iterator[tuple[str, str]]:
    words = list(_WORD.finditer(text))
    known = set_phrases.known()
    done = 0
    for at in range(len(words)):
        if at < done:
            continue
        for length in range(_LONGEST, 1, -1):
            run = words[at : at + length]
            said = [word[0] for word in run]
            phrase = known.get(set_phrases.key(said))
            if phrase is None or not _adjacent(text, run):
                continue
            written = " ".join(map(set_phrases.marks, said))
            if written not in phrase[1] and not written.isascii():  # an address of the net has no marks at all
                yield " ".join(said), _in_case(said, phrase[0])
            done = at + length
            break


def _in_case(said: list[str], meant: str) -> str:
    """Write what is meant in the capitals of what is printed."""
    words = zip(said, meant.split(), strict=True)
    return " ".join(
        right.upper() if word.isupper() else right.capitalize() if word[0].isupper() else right for word, right in words
    )


def _adjacent(text: str, run: list[re.Match[str]]) -> bool:
    return all(text[left.end() : right.start()].isspace() for left, right in pairwise(run))


def _doubled(text: str) -> Iterator[tuple[str, str]]:
    for found in _DOUBLED.finditer(text):
        once = found[1]
        if " " in once or once.lower() in _NEVER_DOUBLED:
            yield " ".join(found[0].split()), once


def _run_together(passage: Passage) -> Iterator[Warned]:
    if passage.kind != "text" or (passage.where.startswith(f"{COVERING}-") and not passage.where[3:4].isdigit()):
        return
    found = [match[0] for match in _RUN.finditer(passage.text) if match["before"].lower() not in _NAMES_ONE]
    if found:
        yield Warned(
            "run_together",
            passage.where,
            Words(
                f"Hai câu dính liền, thiếu dấu chấm ở {shown(found)}.",
                f"Two sentences run on without a stop at {shown(found)}.",
            ),
        )
