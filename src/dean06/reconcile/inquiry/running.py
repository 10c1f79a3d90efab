"""One run without a register: ask about every row, lay what was answered beside the list, let the engine judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dean06.clock import service as clock
from dean06.population import live as population
from dean06.reconcile import engine
from dean06.reconcile.engine.options import Options, RunReport
from dean06.reconcile.inquiry.answers import write_register
from dean06.reconcile.inquiry.questions import Row, questions
from dean06.reconcile.inquiry.speaking import STATES, Said, put_aside, said_of, speak
from dean06.sources.live.inquiry import Answer, Asking, Deletion, Ended, Outcome, Step, Told

Tell = Callable[[int, int], None]

__all__ = ["Call", "InquiryReport", "match_by_asking"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One question that was put about one row; it says who was read, when, and what came of it, by place alone."""

    stt: int
    """Its place in the file, from 0."""
    sheet: str
    dong: int
    request: str
    at: datetime
    outcome: str
    number: str
    """The number that was asked with: for a commitment, never for a record."""

    def told(self) -> dict[str, object]:
        """Return the call for a record."""
        at = self.at.astimezone(clock.TZ).isoformat(timespec="seconds")
        return {"sheet": self.sheet, "row": self.dong, "request": self.request, "at": at, "outcome": self.outcome}


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryReport:
    """What came of the asking.

    Attributes:
        by_state: rows by what the service said of them, or why it said nothing.
        people: distinct people whom the service confirmed.
        questions: questions that this list needs and that were ever put; `calls` those put now, `fresh` answered now.
        register: the private register that was made of the answers; it goes with the folder it lies in.
        register_sha256: of that file.
        made: every question put about a row, now or before.
        deleted: answers of this purpose that were deleted because their time was over.
    """

    ended: Ended
    by_state: Mapping[str, int]
    people: int
    questions: int
    calls: int
    fresh: int
    register: Path
    register_sha256: str
    made: Sequence[Call]
    deleted: Deletion | None

    @property
    def open_rows(self) -> int:
        """Return how many rows have no answer that could still come."""
        return sum(self.by_state.get(state, 0) for state in ("chua_hoi", "mat_tra_loi", "khong_doc_duoc"))


def match_by_asking(
    asking: Asking, batch: Path, out: Path, options: Options, tell: Tell | None = None
) -> tuple[RunReport, InquiryReport]:
    """Match a batch by asking, and write the result file whole, also when asking came to no end.

    Args:
        asking: the service, open for one purpose.
        batch: the Parquet file that intake made.
        out: the result; what is made on the way lies in the folder `options.temp` and goes with it.
        options: how to match.
        tell: called with how many questions of a round are answered, of how many.
    """
    if options.temp is None:
        raise ValueError("options.temp")
    rows = questions(batch, options.date_order, options.year, asking.service.fallbacks)
    wanted = [one.ask for one in rows if one.ask is not None]
    ended = asking.ask(wanted, tell)
    known = [None if one.ask is None else asking.told(one.ask) for one in rows]
    said = [said_of(row, told, asking.service, ended) for row, told in zip(rows, known, strict=True)]
    work = options.temp
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    people = write_register([one for one in known if one is not None], options.units, work / "nguoi.parquet")
    put_aside(batch, said, work / "danh-sach.parquet")
    prepared = engine.prepare(work / "nguoi.parquet", work / "so", threads=options.threads)
    report = speak(out, said, engine.run(prepared, work / "danh-sach.parquet", out, options))
    return report, _report(asking, ended, work / "nguoi.parquet", rows, known, said, people)


def _report(
    asking: Asking,
    ended: Ended,
    register: Path,
    rows: Sequence[Row],
    known: Sequence[Told | None],
    said: Sequence[Said | None],
    people: int,
) -> InquiryReport:
    counts = Counter(one.state for one in said if one is not None)
    made = list(_calls(rows, known))
    return InquiryReport(
        ended=ended,
        by_state={state: counts[state] for state in STATES},
        people=people,
        questions=len({one.request for one in made}),
        calls=asking.calls,
        fresh=asking.fresh,
        register=register,
        register_sha256=population.sha256_of(register),
        made=made,
        deleted=asking.book.deleted,
    )


def _calls(rows: Sequence[Row], known: Sequence[Told | None]) -> Iterator[Call]:
    for stt, (row, told) in enumerate(zip(rows, known, strict=True)):
        if told is None:
            continue
        for answer, step in told.calls:
            yield _call(stt, row, answer, step)
        if told.lost is not None and told.step is not None:
            request, at = told.lost
            number = told.step.asked.number
            yield Call(stt=stt, sheet=row.sheet, dong=row.dong, request=request, at=at, outcome="mat", number=number)


def _call(stt: int, row: Row, answer: Answer, step: Step) -> Call:
    return Call(
        stt=stt,
        sheet=row.sheet,
        dong=row.dong,
        request=answer.request,
        at=answer.at,
        outcome=Outcome(answer.outcome).value,
        number=step.asked.number,
    )
