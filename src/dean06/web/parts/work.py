"""Tasks, lists of conditions and facts, what happened, where a thing stands, and who may sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from dean06.web.parts.page import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How much of a task is done, in numbers and words."""

    done: int
    total: int
    text: str
    tone: str = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What somebody owes: until when, under which clause, how far it is, and the next step."""

    template: ClassVar[str] = "dean06/parts/task.html"
    title: str
    href: str
    due: date | datetime | None
    today: date
    clauses: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    progress: Progress | None = None
    action: Action | None = None
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGroup:
    """Tasks under one heading: overdue, this week, this month; `total` where not all are shown."""

    template: ClassVar[str] = "dean06/parts/task_group.html"
    title: str
    tasks: tuple[Task, ...]
    total: int | None = None

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.tasks) if self.total is None else self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of a checklist; `tone` is `ok`, `warn`, `bad`, `ask` or `mute`, `aside` safe HTML at its end."""

    text: str
    tone: str = "mute"
    sign: str = "dots"
    note: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Conditions or duties, each with its sign."""

    template: ClassVar[str] = "dean06/parts/checklist.html"
    items: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A term and what holds; `aside` is a link or a chip at the end of the line."""

    term: str
    value: str
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryList:
    """Terms and values."""

    template: ClassVar[str] = "dean06/parts/summary_list.html"
    facts: tuple[Fact, ...]
    narrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in a list: initials, name, seat, and a clause or state."""

    name: str
    note: str = ""
    aside: str = ""

    @property
    def initials(self) -> str:
        """The first letters of the family name and of the given name."""
        parts = self.name.split()
        return "".join(part[0] for part in ([parts[0], parts[-1]] if len(parts) > 1 else parts)).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A list of people."""

    template: ClassVar[str] = "dean06/parts/people.html"
    items: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened; `tone` is empty, `ok`, `warn`, `bad` or `now`."""

    text: str
    when: str
    iso: str = ""
    sign: str = "dots"
    tone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What happened, newest first."""

    template: ClassVar[str] = "dean06/parts/timeline.html"
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepper:
    """Where a paper or a file is; `current` counts from 1, one past the end means all done."""

    template: ClassVar[str] = "dean06/parts/stepper.html"
    steps: tuple[str, ...]
    current: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Long work in progress. `poll_href` answers with this part again, or sends the reader on when it is done.

    Without script the page asks again by itself: a page that shows a job adds `{% include "dean06/parts/again.html" %}`
    to its `head` block.
    """

    template: ClassVar[str] = "dean06/parts/job.html"
    id: str
    title: str
    done: int
    total: int
    line: str
    left: str = ""
    poll_href: str = ""
    stop_href: str = ""
    every_seconds: int = 1

    @property
    def share(self) -> int:
        """Percent done, never above 100."""
        return 0 if self.total <= 0 else max(0, min(100, self.done * 100 // self.total))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPanel:
    """Whether the reader may do it, and why: sentence first, then clause, form, seal, conditions, who can, next steps.

    `answer` is `yes` (allowed), `no` (not allowed, with what is missing and who can) or `open` (not regulated).
    `foot` is safe HTML, for an act that asks something of the reader (a box to tick, a reason).
    """

    template: ClassVar[str] = "dean06/parts/sign_panel.html"
    id: str
    answer: str
    sentence: str
    detail: str = ""
    facts: tuple[Fact, ...] = ()
    conditions_title: str = ""
    conditions: tuple[Check, ...] = ()
    who_title: str = ""
    who_can: tuple[Person, ...] = ()
    next_title: str = ""
    next_steps: tuple[Action, ...] = ()
    foot: str = ""

    def __post_init__(self) -> None:
        if self.answer not in {"yes", "no", "open"}:
            raise ValueError(f"no such answer: {self.answer}")

    @property
    def sign(self) -> str:
        """The sign of the answer."""
        return {"yes": "ok", "no": "bang", "open": "law"}[self.answer]

    @property
    def narrow_facts(self) -> SummaryList:
        """The facts as a list."""
        return SummaryList(facts=self.facts, narrow=True)

    @property
    def condition_list(self) -> Checklist:
        """The conditions as a list."""
        return Checklist(items=self.conditions)

    @property
    def people(self) -> People:
        """Those who can, as a list."""
        return People(items=self.who_can)
