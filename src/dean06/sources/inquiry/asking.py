"""Asking about many people: each distinct question once, in turn, patient with what goes wrong, and stoppable anywhere.

A failure is waited out, twice as long each time, with chance so that many who were turned away do not come back as one.
Three kinds of end: all is asked; the day's questions are used up; the service refuses, or cannot be reached.
"""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Callable, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from dean06.clock import service as clock
from dean06.sources.connectors.population_service import Answered, Asked, Outcome, PopulationService
from dean06.sources.inquiry.book import Answer, Book
from dean06.sources.inquiry.described import Fallback, Operation, PurposeFile, ServiceFile
from dean06.sources.inquiry.pace import DayFull, Pace
from dean06.sources.rule import Words

GIVEN_UP_IN_A_ROW = 3
Tell = Callable[[int, int], None]

__all__ = ["Ask", "Asking", "End", "Ended", "Step", "Told"]


class End(StrEnum):
    """Why asking came to an end."""

    DONE = "xong"
    DAY_FULL = "het_han_muc"
    REFUSED = "bi_tu_choi"
    UNAVAILABLE = "gian_doan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How it ended: what to say of it, and when to go on, where that is known."""

    end: End
    sentence: Words | None = None
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question about a person; `fallback` says what it is put for after a no."""

    asked: Asked
    fallback: Fallback | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What may be asked about one person, in order: the next only after a no."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one person: `answer` with the step it answers, or why there is none."""

    answer: Answer | None
    step: Step | None
    state: str
    """`dap` answered · `chua_hoi` not asked · `mat` the answer is lost · `khong_doc_duoc` no answer can be read."""
    calls: tuple[tuple[Answer, Step], ...] = ()
    lost: tuple[str, datetime] | None = None


@dataclass(slots=True)
class Asking:
    """A service that is asked for one purpose, with its book and its pace."""

    service: ServiceFile
    purpose: PurposeFile
    book: Book
    pace: Pace
    line: Callable[[], PopulationService]
    calls: int = 0
    """Questions that were put to the service now, repetitions among them."""
    fresh: int = 0
    """Answers that came now."""
    unreadable: set[str] = field(default_factory=set)
    _ended: Ended | None = None
    _given_up: int = 0
    _stopped: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, people: Sequence[Ask], tell: Tell | None = None) -> Ended:
        """Ask about everybody, in order, as far as it goes; what was asked before is not asked again."""
        for at in range(max((len(one.steps) for one in people), default=0)):
            wanted = self._wanted(people, at)
            if wanted and not self._stopped.is_set():
                self._round(wanted, tell or (lambda _done, _total: None))
        return self._ended or Ended(end=End.DONE)

    def told(self, one: Ask) -> Told:
        """Return what is known of one person."""
        calls: list[tuple[Answer, Step]] = []
        for step in one.steps:
            question = self._name(step)
            answer = self.book.answer(question)
            if answer is None:
                return self._open(question, step, tuple(calls))
            calls.append((answer, step))
            if answer.outcome != Outcome.NOT_FOUND.value:
                break
        if not calls:
            return Told(answer=None, step=None, state="chua_hoi")
        found = calls[-1] if calls[-1][0].outcome != Outcome.NOT_FOUND.value else calls[0]
        return Told(answer=found[0], step=found[1], state="dap", calls=tuple(calls))

    def _open(self, question: str, step: Step, calls: tuple[tuple[Answer, Step], ...]) -> Told:
        if self.book.is_lost(question):
            return Told(answer=None, step=step, state="mat", calls=calls, lost=self.book.request_of_lost(question))
        state = "khong_doc_duoc" if question in self.unreadable else "chua_hoi"
        return Told(answer=None, step=step, state=state, calls=calls)

    def _name(self, step: Step) -> str:
        return self.book.name_of(step.asked, self.service.operation.value, self.service.names.of(step.asked.name))

    def _wanted(self, people: Sequence[Ask], at: int) -> Mapping[str, Asked]:
        """Return the distinct questions of a round: those whose steps before all said no."""
        wanted: dict[str, Asked] = {}
        for one in people:
            if at < len(one.steps) and all(self._said_no(step) for step in one.steps[:at]):
                question = self._name(one.steps[at])
                if self.book.answer(question) is None and not self.book.is_lost(question):
                    wanted.setdefault(question, one.steps[at].asked)
        return wanted

    def _said_no(self, step: Step) -> bool:
        answer = self.book.answer(self._name(step))
        return answer is not None and answer.outcome == Outcome.NOT_FOUND.value

    def _round(self, wanted: Mapping[str, Asked], tell: Tell) -> None:
        waiting: queue.SimpleQueue[tuple[str, Asked]] = queue.SimpleQueue()
        for one in wanted.items():
            waiting.put(one)
        done: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        count = min(self.service.at_once, len(wanted))
        contexts = [copy_context() for _ in range(count)]  # each with the clock as it stands here
        workers = [threading.Thread(target=one.run, args=(self._work, waiting, done), daemon=True) for one in contexts]
        for worker in workers:
            worker.start()
        try:
            self._watch(workers, done, len(wanted), tell)
        finally:  # also on Ctrl-C: the questions that are on their way are waited for, and their answers kept
            if any(worker.is_alive() for worker in workers):
                self._stopped.set()
            for worker in workers:
                worker.join()

    def _watch(
        self,
        workers: Sequence[threading.Thread],
        done: queue.SimpleQueue[BaseException | None],
        total: int,
        tell: Tell,
    ) -> None:
        answered = 0
        while True:
            going = any(worker.is_alive() for worker in workers)
            try:
                problem = done.get(timeout=0.1)
            except queue.Empty:
                if not going:
                    return
                tell(answered, total)
                continue
            if problem is not None:
                self._stopped.set()
                raise problem
            answered += 1
            tell(answered, total)

    def _work(
        self, waiting: queue.SimpleQueue[tuple[str, Asked]], done: queue.SimpleQueue[BaseException | None]
    ) -> None:
        line = self.line()
        try:
            while not self._stopped.is_set():
                try:
                    question, asked = waiting.get_nowait()
                except queue.Empty:
                    return
                self._put(line, question, asked)
                done.put(None)
        except BaseException as problem:  # noqa: BLE001  it is raised again where the others are waited for
            done.put(problem)
        finally:
            line.close()

    def _put(self, line: PopulationService, question: str, asked: Asked) -> None:
        """Put one question until it is answered, or asking is over."""
        refused = False
        answered = Answered(outcome=Outcome.UNAVAILABLE)
        for attempt in range(self.service.tries):
            if not self._turn():
                return
            request, before = self.book.intend(question)
            answered = self._asked(line, asked, request)
            if answered.settled:
                self.book.settle(question, answered)
                with self._lock:
                    self.fresh += 1
                    self._given_up = 0
                return
            if answered.rejected:
                self._rejected(question, answered, before=before)
                return
            if answered.outcome is Outcome.REFUSED:
                if refused:
                    self._end(End.REFUSED, answered)
                    return
                refused = True
                line.close()  # a token or a line that ran out is renewed once
            elif answered.wait > self.service.longest_wait:
                self.pace.hold(answered.wait)
                self._end(End.UNAVAILABLE, answered)
                return
            elif answered.wait:
                self.pace.hold(answered.wait)
            if attempt + 1 < self.service.tries:
                self._stopped.wait(self._pause(attempt))
        self._give_up(question, answered)

    def _rejected(self, question: str, answered: Answered, *, before: bool) -> None:
        """Part the question that the service took before, and will not take again, from the one that it never takes."""
        if before:
            self.book.lose(question)
        else:
            self.book.drop(question)
            self._give_up(question, answered)

    def _turn(self) -> bool:
        """Wait for the turn of a question; False when asking is over."""
        try:
            while not self._stopped.is_set():
                wait = self.pace.turn()
                if not wait:
                    return True
                self._stopped.wait(wait)
        except DayFull as full:
            self._over(Ended(end=End.DAY_FULL, sentence=Words(vi=full.vi, en=full.en), again_at=full.again_at))
        return False

    def _asked(self, line: PopulationService, asked: Asked, request: str) -> Answered:
        with self._lock:
            self.calls += 1
        said = self.purpose.said()
        if self.service.operation is Operation.LOOKUP:
            return line.lookup(asked, said, request)
        return line.verify(asked, said, request)

    def _pause(self, attempt: int) -> float:
        longest: float = min(self.service.longest_wait, self.service.first_wait * 2**attempt)
        return random.uniform(longest / 2, longest)  # noqa: S311  chance keeps callers apart, it guards nothing

    def _give_up(self, question: str, answered: Answered) -> None:
        """Leave one question aside; three in a row without an answer between them are the service's own trouble."""
        with self._lock:
            self.unreadable.add(question)
            self._given_up += 1
            over = self._given_up >= GIVEN_UP_IN_A_ROW
        if over:
            self._end(End.UNAVAILABLE, answered)

    def _end(self, end: End, answered: Answered) -> None:
        again = clock.now() + timedelta(seconds=answered.wait) if answered.wait else None
        self._over(Ended(end=end, sentence=answered.sentence, again_at=again))

    def _over(self, ended: Ended) -> None:
        with self._lock:
            self._ended = self._ended or ended
        self._stopped.set()
