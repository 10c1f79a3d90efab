"""Words of the replacement of a member: the verb and clause of the charter, and where a procedure stands."""

from __future__ import annotations

from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation
from dean06.conduct.types import ReplacementInfo, Stage
from dean06.flows import replacing
from dean06.web.language import current_language, words
from dean06.web.marks import chip
from dean06.web.pages.clauses import cite
from dean06.web.parts.page import Notice
from dean06.web.reader import Reader

STATES = {
    Stage.OPEN: ("info", "pen", "Đã nêu, chưa có công văn", "Put forward"),
    Stage.ASKED: ("info", "clock", "Chờ cơ quan trả lời", "Asked"),
    Stage.ANSWERED: ("warn", "clock", "Đã trả lời, chờ đổi người", "Answered"),
    Stage.DONE: ("ok", "ok", "Đã thay", "Done"),
    Stage.REFUSED: ("bad", "no", "Cơ quan không cử", "Refused"),
    Stage.WITHDRAWN: ("mute", "end", "Đã rút", "Withdrawn"),
}
HAPPENED = {
    "opened": ("pen", "Nêu việc thay thành viên", "Put forward"),
    "answered": ("eye", "Cơ quan cử người thay", "The agency named somebody"),
    "refused": ("no", "Cơ quan không cử người thay", "The agency refused"),
    "done": ("ok", "Đổi người giữ vị trí", "The seat has its new holder"),
    "withdrawn": ("end", "Rút lại", "Withdrawn"),
}
PLACES = {Stage.OPEN: 2, Stage.ASKED: 3, Stage.ANSWERED: 4, Stage.DONE: 5, Stage.REFUSED: 3, Stage.WITHDRAWN: 1}

__all__ = ["HAPPENED", "PLACES", "basis", "clause_cited", "clause_of", "state", "verb"]


def verb(action: str) -> str:
    """Return the charter's own verb: to require, or to ask."""
    return words("yêu cầu", "require") if action == replacing.REQUIRE else words("đề nghị", "ask")


def clause_of(charter: Charter, action: str) -> Citation | None:
    """Return the clause that gives the act, or None where the charter is silent."""
    return next((norm.cite for norm in charter.norms if norm.action == action), None)


def state(one: ReplacementInfo) -> str:
    """Show where a procedure stands."""
    tone, sign, vi, en = STATES[one.stage]
    return chip(tone, words(vi, en), with_sign=sign)


def basis(reader: Reader) -> Notice:
    """Say what the charter lets the leader do: the verb, the clause; or that it is silent."""
    action = replacing.action_of(reader.charter)
    found = clause_of(reader.charter, action)
    if found is None:
        return Notice(
            text=words(
                "Quy chế không quy định việc thay thành viên: làm theo cách đề nghị, có lý do và ghi rõ.",
                "The charter does not speak of it: it is done by asking, for a reason that is recorded.",
            ),
            tone="warn",
            sign="law",
        )
    label = charters.clause_label(found, current_language())
    return Notice(
        text=words(
            f"Theo {label}, Tổ trưởng {verb(action)} cơ quan cử người khác khi nhiệm vụ không hoàn thành.",
            f"By {label} the leader may {verb(action)} the agency for another member where tasks are not done.",
        ),
        tone="law",
        sign="law",
    )


def clause_cited(reader: Reader, action: str) -> str:
    """Show the clause that gives the act, or that the charter is silent."""
    found = clause_of(reader.charter, action)
    return cite(reader, found) if found else chip("not_regulated")
