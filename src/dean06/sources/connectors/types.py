"""What every kind of connection keeps to: a reader opens what feeds a source and brings its pieces, one after another.

A pull is taken up again after a kill. So a piece has a key that never changes, and a reader is told which pieces are
kept already: it brings the others, in the same order, and never asks for those again where the other side allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Literal, Protocol

from dean06.clock.errors import Unavailable
from dean06.sources.contract import Contract
from dean06.sources.rule import Words

Extent = Literal["full", "delta"]
Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What one pull asks for; it is fixed when the pull begins and stays the same however often it is taken up again.

    Attributes:
        period: the delivery's period, `yyyy-mm`.
        extent: everything there is, or only what changed after `since` and not after `until`.
        since: the end of the last pull that was delivered; None where there was none.
        until: when this pull was begun.
        known: whole files that were delivered before, by key, each with the sentence why it was refused, if it was.
    """

    period: str
    extent: Extent
    since: datetime | None
    until: datetime
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A page, a window of days or a file, whole.

    Either `rows` (each a mapping from the contract's field codes to text, empty text for what is not said), or `file`
    with `file_name`; a reader of files brings one a pull, and the next pull follows at once. The texts are as the other
    side wrote them: nothing is healed here, intake does that.

    Attributes:
        key: names the piece within its pull, and is never the name of another. Not a person's value: it is shown.
        mark: where the next piece begins, for a reader that only learns it from this one; kept, never shown.
        period: the month a file is of where its name says so; else the window's.
    """

    key: str
    rows: Rows = ()
    file: Path | bytes | IO[bytes] | None = None
    file_name: str = ""
    mark: str = ""
    period: str = ""


class Reader(Protocol):
    """An open connection.

    Every failure is one of: `Unavailable` (try later), `TryLater` (not before some seconds), `AccessRefused` (the
    token ran out: opened anew and asked again once), `BadInput` (the answer does not keep its form: a page cut short,
    a code that nobody knows, a row without its key). What the other side said is never quoted in them.
    """

    def test(self) -> str:
        """Reach the other side, and ask for as little as can be; return a Vietnamese sentence of what was found."""
        ...

    def pieces(self, window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        """Bring what `window` asks for, except the pieces in `done`: key → mark, in the order they came."""
        ...

    def taken(self, keys: tuple[str, ...], problem: str) -> None:
        """The pieces are delivered: put away at the other side what is to be put away; it may be called again.

        `problem` is the sentence why the delivery was refused; empty where it was read.
        """
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


@dataclass(frozen=True, slots=True)
class Secret:
    """What proves who asks; never shown, never stored."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a reader is opened with; `settings` hold every setting of its kind, those left empty as their default.

    `group` is the slug of the group, whose own places on the server are named by it.
    """

    settings: Mapping[str, str]
    secret: Secret | None
    contract: Contract
    group: str = ""


class Form(StrEnum):
    """How a setting is written."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that is said of a connection of some kind; a line of its form. Never a secret."""

    code: str
    title: Words
    help: Words | None = None
    form: Form = Form.TEXT
    required: bool = True
    default: str = ""
    choices: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of connection: what is said of it, how it is opened, whether it can tell what changed or brings files.

    `delta_needs` is a setting without which it cannot tell what changed; `queue` says that its rows wait at the other
    side until they are put away. `check` looks at settings that are filled in and raises `BadInput` naming the one that
    is wrong. `open` may wait for the other side; it raises what a reader raises. `hosts` are the machines that it
    reaches, as `host:port` or the path of a socket: the operator has named them all, or it is not opened.
    """

    code: str
    title: Words
    settings: tuple[Setting, ...]
    secret: Words | None
    deltas: bool
    open: Callable[[Opening], Reader]
    check: Callable[[Mapping[str, str]], None] = lambda _settings: None
    files: bool = False
    hosts: Callable[[Mapping[str, str]], tuple[str, ...]] = lambda _settings: ()
    delta_needs: str = ""
    queue: bool = False


class TryLater(Unavailable):
    """The other side says when it will answer again."""

    def __init__(self, vi: str, en: str, seconds: int) -> None:
        super().__init__(vi, en)
        self.seconds = seconds


class AccessRefused(Unavailable):
    """The other side no longer takes the token or the password."""
