"""What an import gives back: the tree with its warnings, norm candidates, the alignment with a package."""

from __future__ import annotations

from dataclasses import dataclass

from dean06.charter.importing.nodes import Node
from dean06.charter.norms import Deadline, Words


@dataclass(frozen=True, slots=True)
class Warned:
    """One oddity: its code, the dotted address, and a sentence in both languages."""

    code: str
    where: str
    sentence: Words

    def as_json(self) -> dict[str, object]:
        """Return the three fields of the contract."""
        return {"code": self.code, "where": self.where, "sentence": self.sentence.as_json()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A regulation as it was printed: nothing of it is in force, and nothing is corrected."""

    file: str
    sha256: str
    provisions: tuple[Node, ...]
    warnings: tuple[Warned, ...]

    def as_json(self) -> dict[str, object]:
        """Return the two keys of the contract."""
        return {
            "provisions": [node.as_json() for node in self.provisions],
            "warnings": [warned.as_json() for warned in self.warnings],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A norm that a clause may hold: who, what, by when, to whom, and the words that say so."""

    cite: str
    type: str
    bearer_text: str
    bearer: tuple[str, ...]
    action: str | None
    deadline: Deadline | None
    recipients: tuple[str, ...]
    triggers: tuple[str, ...]
    via: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the candidate as plain values; it is marked as a draft."""
        return {
            "cite": self.cite,
            "status": "draft",
            "type": self.type,
            "bearer_text": self.bearer_text,
            "bearer": list(self.bearer),
            "action": self.action,
            "deadline": _plain(self.deadline),
            "recipients": list(self.recipients),
            "triggers": list(self.triggers),
        }


def _plain(deadline: Deadline | None) -> dict[str, object] | None:
    return None if deadline is None else {"form": deadline.form, "day": deadline.day}


BOTH, ONLY_TEXT, ONLY_PACKAGE = "both", "only_text", "only_package"


@dataclass(frozen=True, slots=True)
class Aligned:
    """One address: where it stands, and the SHA-256 of its text where the text has it.

    Attributes:
        likeness: the share (0 to 1) of the syllables of the package's summary that the clause's text has; None where
            one side has no words. An equal address alone says nothing of the words.
    """

    cite: str
    where: str
    sha256: str | None
    likeness: float | None = None

    def as_json(self) -> dict[str, object]:
        """Return the row as plain values."""
        return {"cite": self.cite, "where": self.where, "sha256": self.sha256, "likeness": self.likeness}


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every address of text and package, in the order of the text, the package's own ones behind."""

    package: str
    rows: tuple[Aligned, ...]

    def count(self, where: str) -> int:
        """Return how many addresses stand in both, or in one only."""
        return sum(row.where == where for row in self.rows)

    @property
    def is_whole(self) -> bool:
        """Text and package have the same addresses."""
        return self.count(BOTH) == len(self.rows)

    def as_json(self) -> dict[str, object]:
        """Return the alignment as the command line prints it."""
        return {
            "package": self.package,
            **{where: self.count(where) for where in (BOTH, ONLY_TEXT, ONLY_PACKAGE)},
            "rows": [row.as_json() for row in self.rows],
        }
