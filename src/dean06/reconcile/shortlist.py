"""Who is shown in answer to a question, from what the engine says of its rows, and namesakes where it says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dean06.reconcile import namesakes
from dean06.reconcile.small_batch import Answered, Asked

# From this posterior on anything may happen by itself (the file contract), and so may a match in somebody's tool.
CERTAIN = 0.9
WHOLE = 100.0
# The roles of a row, by the field of a result that says whether they agree.
COMPARED = {
    "ho_ten": ("ho_ten",),
    "ngay_sinh": ("ngay_sinh",),
    "gioi_tinh": ("gioi_tinh",),
    "so_dinh_danh": ("so_cccd", "so_cmnd"),
    "noi_o": ("ma_xa",),
    "khac": ("ho_ten_cha", "ho_ten_me"),
}
NAMESAKES, SHARE = "so_nguoi_cung_ten", "xac_suat"

__all__ = [
    "CERTAIN",
    "COMPARED",
    "NAMESAKES",
    "SHARE",
    "Hit",
    "Question",
    "known",
    "of_answers",
    "of_name",
    "wants_namesakes",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One person looked for. `rows` are the ways in which the question may be read: one, where nothing is said twice.

    Attributes:
        rows: the person as a list would write them, once for each of several values of a field.
        limit: how many are shown at most.
        known: an id that was given out before; that person is the answer.
        required: fields of a result that must agree.
    """

    rows: tuple[Asked, ...]
    limit: int
    known: str = ""
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A person who fits: how well, from 0 to 100, and what speaks for it.

    `fitted` says that the question knew a date or a number of theirs, or could mean nobody else: not a name alone.
    """

    number: str
    score: float
    certain: bool = False
    fitted: bool = False
    reasons: tuple[str, ...] = ()
    features: tuple[tuple[str, bool | float], ...] = ()


def known(number: str) -> Hit:
    """Return the person of an id."""
    return Hit(number=number, score=WHOLE, certain=True, features=((SHARE, 1.0),))


def of_answers(question: Question, answers: Sequence[Answered]) -> list[Hit]:
    """Return who fits by the engine, the likeliest first; two who are certain by two readings are both doubtful."""
    best: dict[str, Hit] = {}
    for row, answer in zip(question.rows, answers, strict=True):
        for hit in _hits(question, row, answer):
            if hit.number not in best or best[hit.number].score < hit.score:
                best[hit.number] = hit
    sure = [hit for hit in best.values() if hit.certain]
    found = list(best.values()) if len(sure) < 2 else [_doubtful(hit) for hit in best.values()]
    return sorted(found, key=lambda hit: (-hit.score, hit.number))


def _doubtful(hit: Hit) -> Hit:
    return replace(hit, certain=False)


def _hits(question: Question, row: Asked, answer: Answered) -> list[Hit]:
    if not answer.number:
        if question.required:
            return []  # of a candidate it is not said field by field what agrees
        return [
            Hit(
                number=one.number,
                score=WHOLE * one.share,
                fitted=not row.says_little(),
                reasons=one.reasons,
                features=((SHARE, one.share),),
            )
            for one in answer.choices
        ]
    asked = [name for name, roles in COMPARED.items() if any(getattr(row, role) for role in roles)]
    agree = {name: name not in answer.wrong for name in asked}
    if not all(agree.get(name, False) for name in question.required):
        return []
    sure = answer.share >= CERTAIN
    return [
        Hit(
            number=answer.number,
            score=WHOLE * answer.share,
            certain=sure,
            fitted=sure or not row.says_little(),
            features=((SHARE, answer.share), *agree.items()),
        )
    ]


def wants_namesakes(question: Question, found: Sequence[Hit]) -> bool:
    """Say whether a name stands alone: without number and date the engine names only people of a rare one."""
    alone = all(row.ho_ten and row.says_little() for row in question.rows)
    return alone and not question.required and not found


def of_name(prepared: Path, question: Question, found: Sequence[Hit]) -> list[Hit]:
    """Return namesakes, each as likely as the others: of a name alone nobody is certain."""
    there, hits = {hit.number for hit in found}, []
    for row in question.rows:
        same = namesakes.of_name(prepared, row.ho_ten, question.limit, row.ma_xa)
        share = round(1 / (same.total + 1), 4)
        hits += [
            Hit(
                number=number,
                score=WHOLE * share,
                reasons=("cùng họ tên, chưa so được gì khác",),
                features=((SHARE, share), (NAMESAKES, float(same.total))),
            )
            for number in same.numbers
            if number not in there
        ]
        there |= set(same.numbers)
    return hits
