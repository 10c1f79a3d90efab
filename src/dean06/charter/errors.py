"""What the charter room refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from dean06.clock.errors import BadInput, RefusedByCharter


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a source file: which file, where in it, and what to do.

    Attributes:
        path: the keys that lead to it (`norms[3].action`); empty where no key is at fault.
        row: its line in the file, counted from 1, where the reader knows it.
        column: its column in that line, counted from 1, where syntax is at fault.
    """

    file: str
    path: str
    vi: str
    en: str
    row: int | None = None
    column: int | None = None

    def place(self, language: str = "vi") -> str:
        """Return the path with the line, for a person."""
        line, column = ("line", "column") if language == "en" else ("dòng", "cột")
        at = f"{line} {self.row}" if self.row else ""
        at += f", {column} {self.column}" if at and self.column else ""
        return f"{self.path} ({at})" if self.path and at else at or self.path

    def line(self, language: str = "vi") -> str:
        """Return the fault as one line with its place."""
        said = self.en if language == "en" else self.vi
        return ": ".join(part for part in (self.file, self.place(language), said) if part)

    def as_json(self) -> dict[str, object]:
        """Return the fault with path and line apart."""
        place: dict[str, object] = {"file": self.file, "path": self.path, "line": self.row, "column": self.column}
        return place | {"vi": self.vi, "en": self.en}


class CharterInvalid(BadInput):
    """A charter or facts file cannot be taken; it lists every fault with its place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            "\n".join(fault.line() for fault in faults),
            "\n".join(fault.line("en") for fault in faults),
        )
        self.faults = faults


class UnknownCharter(BadInput):
    """No shipped package and no path has this name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        listed = ", ".join(known)
        super().__init__(
            f"Không có gói quy chế hay thư mục «{name}»: dùng một trong {listed}, hoặc đường dẫn tới một gói.",
            f"There is no charter package or folder {name!r}: use one of {listed}, or the path of a package.",
        )


class NoHead(BadInput):
    """A path that is there and is no package: a folder without its head file, or another file."""

    def __init__(self, name: str, *, is_file: bool) -> None:
        if is_file:
            super().__init__(
                f"«{name}» không phải gói quy chế: đưa thư mục có tệp charter.yaml, hoặc chính tệp đó.",
                f"{name!r} is no charter package: give the folder that holds charter.yaml, or that file.",
            )
        else:
            super().__init__(
                f"Thư mục «{name}» thiếu tệp charter.yaml: thêm tệp đầu gói, hoặc đưa đúng thư mục gói.",
                f"The folder {name!r} has no charter.yaml: add the head file, or give the package's own folder.",
            )


class BadAddress(BadInput):
    """An address that names no clause."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"Địa chỉ điều khoản «{address}» không đúng hoặc không có: viết như 7, 7.2 hoặc 7.2.k.",
            f"The clause address {address!r} is wrong or missing: write it as 7, 7.2 or 7.2.k.",
        )


class BadPeriod(BadInput):
    """A month or year that cannot be read."""

    def __init__(self, text: str, form: str) -> None:
        super().__init__(
            f"Kỳ «{text}» không đúng: viết theo dạng {form}.", f"The period {text!r} is wrong: write it as {form}."
        )


class BadFact(BadInput):
    """A fact whose value is not of its type."""

    def __init__(self, name: str, text: str, wanted: str) -> None:
        super().__init__(
            f"Dữ kiện {name} không nhận giá trị «{text}»: dùng {wanted}.",
            f"The fact {name} does not take {text!r}: use {wanted}.",
        )


class UnknownWord(BadInput):
    """A word that the vocabulary does not have."""

    def __init__(self, kind: tuple[str, str], word: str, offered: tuple[str, ...]) -> None:
        listed = ", ".join(offered)
        super().__init__(
            f"{kind[0]} «{word}» không có trong bảng từ: dùng một từ như {listed}.",
            f"The {kind[1]} {word!r} is not in the vocabulary: use a word such as {listed}.",
        )


class HasDecision(Protocol):
    """A decision as an error shows it."""

    @property
    def outcome(self) -> str: ...
    @property
    def missing(self) -> tuple[str, ...]: ...
    @property
    def who_can(self) -> tuple[str, ...]: ...
    def sentence(self, language: str = "vi") -> str: ...


class Refused(RefusedByCharter):
    """The charter does not allow the act; the decision says what is missing and who can."""

    def __init__(self, decision: HasDecision) -> None:
        super().__init__(decision.sentence(), decision.sentence("en"))
        self.decision = decision


class NeedsReason(RefusedByCharter):
    """The act may go on once a reason is given: the charter is silent, or only warns."""

    advice: ClassVar[tuple[str, str]] = (
        "Ghi lý do rồi làm tiếp; lý do được lưu cùng việc làm.",
        "Give a reason and go on; it is kept with the act.",
    )

    def __init__(self, decision: HasDecision) -> None:
        super().__init__(
            f"{decision.sentence()} {self.advice[0]}",
            f"{decision.sentence('en')} {self.advice[1]}",
        )
        self.decision = decision


class RuleNeedsReason(NeedsReason):
    """The charter allows the act and the group's own rule does not: it may go on once a reason is given."""

    def __init__(self, decision: HasDecision, vi: str, en: str) -> None:
        super().__init__(decision)
        self.vi, self.en = f"{vi} {self.advice[0]}", f"{en} {self.advice[1]}"
        self.args = (self.vi,)


class PermitMismatch(RefusedByCharter):
    """A permit was asked for another actor than the one decided upon."""

    def __init__(self, asked: str, decided: str) -> None:
        super().__init__(
            f"Quyết định dành cho {decided}, không cấp phép cho {asked} được: hỏi lại với đúng vai.",
            f"The decision is for {decided} and cannot permit {asked}: decide again for that role.",
        )
