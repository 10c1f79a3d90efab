"""The words of a score: fields, their levels, and the sentence that tells what a candidate's probability is made of."""

from __future__ import annotations

from collections.abc import Mapping

from dean06.reconcile.service.desk_reading import Candidate
from dean06.web import writing
from dean06.web.language import words
from dean06.web.parts.weights import Waterfall, bits

TERMS = {
    "start": ("Khởi điểm", "Start"),
    "li": ("Số định danh", "Number"),
    "ln": ("Họ tên", "Name"),
    "ld": ("Ngày sinh", "Birth date"),
    "lx": ("Xã", "Commune"),
    "ls": ("Giới tính", "Sex"),
    "lc": ("Tên cha", "Father"),
    "lm": ("Tên mẹ", "Mother"),
    "la": ("Địa chỉ", "Address"),
    "together": ("Trùng cả hai", "Both alike"),
}
LEVELS: Mapping[str, Mapping[int, tuple[str, str]]] = {
    "ln": {
        9: ("cùng họ tên", "same name"),
        8: ("chỉ khác dấu", "marks differ"),
        7: ("đảo thứ tự chữ", "another order"),
        6: ("thiếu hoặc thừa chữ", "a word less or more"),
        5: ("lệch một chữ cái", "one letter off"),
        4: ("đọc gần giống", "sounds alike"),
        3: ("cùng họ và tên, khác đệm", "another middle name"),
        2: ("gần giống", "alike"),
        1: ("hơi giống", "a little alike"),
        0: ("tên khác", "another name"),
    },
    "ld": {
        8: ("cùng ngày sinh", "same date"),
        7: ("cùng phần đã biết", "same as far as known"),
        6: ("đảo ngày và tháng", "day and month swapped"),
        5: ("cùng năm, một bên 01/01", "same year, one 1 January"),
        4: ("lệch một năm", "a year off"),
        3: ("lệch ngày hoặc tháng", "day or month off"),
        2: ("cùng ngày tháng, khác năm", "another year"),
        1: ("cùng năm", "same year"),
        0: ("ngày khác", "another date"),
    },
    "lx": {1: ("cùng xã", "same commune"), 0: ("khác xã", "another commune")},
    "ls": {1: ("cùng giới tính", "same sex"), 0: ("khác giới tính", "another sex")},
    "lc": {
        3: ("cùng tên cha", "same father"),
        2: ("chỉ khác dấu", "marks differ"),
        1: ("cùng tên gọi", "same given name"),
        0: ("khác tên cha", "another father"),
    },
    "lm": {
        3: ("cùng tên mẹ", "same mother"),
        2: ("chỉ khác dấu", "marks differ"),
        1: ("cùng tên gọi", "same given name"),
        0: ("khác tên mẹ", "another mother"),
    },
    "la": {1: ("cùng địa chỉ", "same address"), 0: ("khác địa chỉ", "another address")},
}
SAID = 2  # how many terms for and against a sentence names

__all__ = ["LEVELS", "TERMS", "sentence", "waterfall"]


def _told(candidate: Candidate) -> list[tuple[str, float]]:
    return [(words(*TERMS[name]), value / 1000) for name, value in candidate.terms.items() if value or name == "start"]


def waterfall(candidate: Candidate, place: int) -> Waterfall | None:
    """Return the picture of a candidate's score; None where it was never weighed."""
    if candidate.score is None:
        return None
    label = words(f"Điểm của ứng viên {place}: ", f"Score of candidate {place}: ") + sentence(candidate)
    return Waterfall(label=label, terms=tuple(_told(candidate)))


def sentence(candidate: Candidate) -> str:
    """Return in one sentence what a candidate's probability is made of."""
    share = writing.percent(candidate.posterior)
    if candidate.score is None:
        return words(
            f"Xác suất {share}; lượt này chưa giữ trọng số nên chưa phân tích được điểm.",
            f"Probability {share}; the run kept no weights, so its score is not taken apart.",
        )
    (_, start), *rest = _told(candidate)
    plus = sorted((one for one in rest if one[1] > 0), key=lambda one: -one[1])[:SAID]
    minus = sorted((one for one in rest if one[1] < 0), key=lambda one: one[1])[:SAID]
    said = [words(f"khởi điểm {bits(start)} bit", f"starts at {bits(start)} bits")]
    if plus:
        said.append(words("cộng nhiều nhất ", "most for it ") + _listed(plus))
    if minus:
        said.append(words("trừ nhiều nhất ", "most against it ") + _listed(minus))
    total = bits(candidate.score / 1000)
    said.append(
        words(
            f"tổng {total} bit; chia với các ứng viên khác và khả năng không có trong sổ còn {share}",
            f"{total} bits in all; shared with the others and with “not in the register”, {share}",
        )
    )
    text = ", ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def _listed(terms: list[tuple[str, float]]) -> str:
    return words(" và ", " and ").join(f"{label.lower()} ({bits(value)})" for label, value in terms)
