"""What the papers room refuses."""

from __future__ import annotations

from dataclasses import dataclass

from dean06.clock.errors import BadInput


class PaperRefused(BadInput):
    """A paper cannot be made of these facts; `where` names the part of the paper, never what stands in it."""

    def __init__(self, where: str, vi: str, en: str) -> None:
        super().__init__(f"{where}: {vi}", f"{where}: {en}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing in an edited file that does not fit the structure of a paper."""

    code: str
    where: str
    vi: str
    en: str


class DocxRefused(BadInput):
    """An edited .docx cannot be taken back as sections; every reason is listed by name."""

    def __init__(self, misfits: tuple[Misfit, ...]) -> None:
        super().__init__(
            "Tệp .docx không nhận lại được: " + "; ".join(f"{m.where}: {m.vi}" for m in misfits),
            "The .docx cannot be taken back: " + "; ".join(f"{m.where}: {m.en}" for m in misfits),
        )
        self.misfits = misfits


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the facts or the words of a form; `at` is the fact or the part."""

    at: str
    vi: str
    en: str


class FormRefused(BadInput):
    """A form's facts or its words cannot be taken; every fault has its sentence."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            "Chưa nhận được: " + "; ".join(fault.vi for fault in faults) + ".",
            "Not taken: " + "; ".join(fault.en for fault in faults) + ".",
        )
        self.faults = faults


class SecretRefused(BadInput):
    """A text or file bears a mark of state secrets: it is refused by name, and nothing of it is kept."""
