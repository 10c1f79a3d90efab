"""A sum of đồng in words, as papers write it beside the figures: một trăm linh năm nghìn đồng chẵn."""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", "nghìn", "triệu")
BILLION = 10**9
ROUND = 1000

__all__ = ["amount_in_words"]


def amount_in_words(amount: int) -> str:
    """Return whole đồng in words, the first letter large; a round sum of thousands ends in `chẵn`.

    After tens of two and more 1, 4 and 5 are read mốt, tư, lăm; after ten 5 is lăm; an empty ten inside a number is
    linh; an empty hundred inside a number is read.
    """
    said = " ".join(_number(abs(amount))) or DIGITS[0]
    said = f"âm {said}" if amount < 0 else said
    round_ = " chẵn" if amount and amount % ROUND == 0 else ""
    return f"{said[:1].upper()}{said[1:]} đồng{round_}"


def _number(value: int, *, inside: bool = False) -> list[str]:
    """Read a number; `inside` says that something larger stands before it."""
    billions, rest = divmod(value, BILLION)
    said: list[str] = []
    if billions:
        said += [*_number(billions, inside=inside), "tỷ"]
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            said += _group(group, inside=inside or bool(said))
            said += [GROUPS[power]] if power else []
    return said


def _group(value: int, *, inside: bool) -> list[str]:
    """Read one to three digits."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    said = [DIGITS[hundreds], "trăm"] if hundreds or inside else []
    if tens > 1:
        said += [DIGITS[tens], "mươi"]
    elif tens == 1:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    return said + ([_ones(tens, ones)] if ones else [])


def _ones(tens: int, ones: int) -> str:
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return "lăm" if tens and ones == 5 else DIGITS[ones]
