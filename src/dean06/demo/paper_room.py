"""The papers of a group of the demonstration: each method is one act of one person, through the product's own flows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from dean06.clock import service as clock
from dean06.demo import paper_words
from dean06.demo.office import MOST_TASKS, Office
from dean06.demo.pki import Pki
from dean06.demo.pki_server import PkiServer
from dean06.demo.signers import SECRET, give_keys
from dean06.demo.timetable import Event, at, office_day, own_day
from dean06.flows import digital_signing, keeping, paper_house, paper_signing, paperwork, signing
from dean06.flows.desk import overseers
from dean06.offices import service as offices
from dean06.offices.types import Capacity
from dean06.papers.service import keeping as files
from dean06.papers.types import PaperInfo
from dean06.work.service import tasks as work
from dean06.work.types import OPEN_STATES, Filters, TaskInfo

PLAN, URGING, MINUTES, NOTICE, DIRECTIVE, LETTER = (
    "plan",
    "urging_letter",
    "minutes",
    "conclusion_notice",
    "directive",
    "official_letter",
)
# Where the regulation is silent, whoever signs says why.
UNREGULATED = "Quy chế không quy định riêng; Tổ trưởng ký theo thẩm quyền chung."
FILES_DECIDED_BY = "02-TD/QĐ-TCTĐA"  # a made-up number
MEETING = 20

__all__ = ["PaperRoom", "events"]


@dataclass(slots=True)
class PaperRoom:
    """A group's papers, by the form that each was made from."""

    office: Office
    stamps: PkiServer
    made: dict[str, int] = field(default_factory=dict)
    files: list[int] = field(default_factory=list)

    def _by(self, user: str) -> str:
        return self.office.accounts[user]

    def _today(self) -> date:
        return clock.today(self.office.group)

    def _begin(self, code: str, facts: paper_words.Facts) -> None:
        self.made[code] = paperwork.begin(self._by("giup-viec"), self.office.group, code, facts).id

    def _signer(self, code: str) -> tuple[Capacity, str | None]:
        """Return who signs a paper under the charter, the leader where it is silent, with a reason there."""
        found = paper_signing.candidates(self._by("giup-viec"), self.office.group, self._known(code))
        able = [one for one in found if one.answer.allowed]
        led = [one for one in found if one.seat.role == signing.LEADING]
        chosen = next((one for one in led if one in able), (able or led)[0])
        return chosen.seat, None if chosen.answer.allowed else UNREGULATED

    @property
    def gated(self) -> bool:
        """Say whether the charter wants an appraisal before a paper lies before the leader."""
        return paper_signing.GATE in paper_house.charter(self.office.group).index.tables

    # ------------------------------------------------------------ keys, work files

    def keys(self) -> None:
        """Let signers and the clerk enter their keys."""
        made = self.stamps.pki
        if isinstance(made, Pki):
            give_keys(self.office.group, made)

    def list_files(self) -> None:
        """Let the clerk fill the list of the year's work files, and the leader decide it."""
        group, year = self.office.group, self._today().year
        keeping.propose(self._by("van-thu"), group, year)
        keeping.issue_list(self._by("to-truong"), group, year, FILES_DECIDED_BY, self._today())

    def open_files(self) -> None:
        """Let the clerk open the files for plans and for letters."""
        known = files.work_files(offices.viewer(self._by("van-thu"), self._today()), self.office.group.id)
        for one in known:
            if "kế hoạch" in one.title or "đôn đốc" in one.title:
                self.files.append(keeping.open_file(self._by("van-thu"), self.office.group, one.id).id)

    def put(self, code: str) -> None:
        """Let the clerk put an issued paper into its file."""
        wanted = "kế hoạch" if code == PLAN else "đôn đốc"
        for file_id in self.files:
            if wanted in files.file_for_work(file_id).title:
                keeping.put_paper(self._by("van-thu"), self.office.group, file_id, self.made[code])

    # ------------------------------------------------------------ drafts

    def plan(self) -> None:
        """Draft the year's plan."""
        self._begin(PLAN, paper_words.plan(self.office.stage, self.office.group, self._today()))

    def minutes(self) -> None:
        """Draft the minutes of the day's meeting."""
        self._begin(MINUTES, paper_words.minutes(self.office.stage, self.office.group, self._today()))

    def urging(self) -> None:
        """Draft the letter that urges what is overdue."""
        facts = paper_words.urging(self.office.stage, self.office.group, self._today(), self._late())
        self._begin(URGING, facts)
        paper = self.made[URGING]
        stated = paperwork.statable(
            paper_house.charter(self.office.group), paper_signing.signing_action(self._known(URGING))
        )
        urging = [word for word in stated if word.endswith(".is_urging")]
        paperwork.refill(self._by("giup-viec"), self.office.group, paper, facts, urging)

    def _known(self, code: str) -> PaperInfo:
        return paper_signing.of_group(self.office.group, self.made[code])

    def _late(self) -> list[TaskInfo]:
        group = self.office.group
        viewer = offices.viewer(self._by("to-truong"), self._today())
        seen = overseers(paper_house.charter(group))
        owed = work.tasks(viewer, group.id, Filters(statuses=OPEN_STATES), see_all=seen, size=MOST_TASKS).items
        return [one for one in owed if one.is_overdue(clock.now(group))]

    def notice(self, held: date) -> None:
        """Draft the notice of what was concluded at a meeting."""
        self._begin(NOTICE, paper_words.notice(self.office.stage, self.office.group, held, self._today()))

    def directive(self) -> None:
        """Draft a directive, on which others have something to say."""
        self._begin(DIRECTIVE, paper_words.directive(self.office.stage, self.office.group))

    def letter(self) -> None:
        """Draft a letter, which is appraised and then waits."""
        self._begin(LETTER, paper_words.reply(self.office.stage, self.office.group, self._today()))

    def comment(self, user: str, text: str) -> None:
        """Let somebody comment on the directive."""
        paperwork.comment(self._by(user), self.office.group, self.made[DIRECTIVE], text)

    # ------------------------------------------------------------ signatures

    def appraise(self, code: str) -> None:
        """Let the office appraise a draft, where the charter wants it."""
        if self.gated:
            said = "Đúng thẩm quyền, thể thức; đề nghị trình Tổ trưởng."
            paperwork.appraise(self._by("to-pho"), self.office.group, self.made[code], said, agrees=True)

    def object_to(self, code: str) -> None:
        """Let the office say why a draft is not ready, where the charter asks for its opinion."""
        if self.gated:
            said = "Đề nghị bổ sung thời hạn theo góp ý rồi trình lại."
            paperwork.appraise(self._by("to-pho"), self.office.group, self.made[code], said, agrees=False)

    def ask(self, code: str, note: str) -> None:
        """Put a draft before whoever signs it."""
        seat, _ = self._signer(code)
        paper_signing.ask_signature(self._by("giup-viec"), self.office.group, self.made[code], seat.seat_id, note=note)

    def ask_leader(self, code: str, note: str) -> None:
        """Put a draft before the leader, where nothing else lies there."""
        if self._signer(NOTICE)[0].role != signing.LEADING:
            self.ask(code, note)

    def sign_by_hand(self, code: str) -> None:
        """Let its signer sign on paper; the register numbers it at once."""
        seat, reason = self._signer(code)
        paper_signing.issue_by_hand(seat.account or "", self.office.group, self.made[code], reason=reason)

    def sign(self, code: str) -> None:
        """Let its signer sign digitally, and the clerk number it where the signer may not."""
        self.stamps.at = clock.now()
        seat, reason = self._signer(code)
        made = digital_signing.sign(seat.account or "", self.office.group, self.made[code], SECRET, reason=reason)
        if not made.issued:
            digital_signing.number(self._by("van-thu"), self.office.group, made.id)

    def seal(self, code: str) -> None:
        """Let the clerk seal it with the agency's key."""
        self.stamps.at = clock.now()
        digital_signing.seal(self._by("van-thu"), self.office.group, self.made[code], SECRET)


def events(office: Office, stamps: PkiServer) -> list[Event]:
    """Return what becomes of a group's papers, by the hour: two are issued at the start, the others come of late."""
    room, end = PaperRoom(office, stamps), own_day(office.stage)
    return [*_at_the_start(room), *_of_late(room, end)]


def _at_the_start(room: PaperRoom) -> Iterator[Event]:
    founded = room.office.stage.founded
    first, second = (office_day(founded + timedelta(days=days)) for days in (3, 8))
    yield Event(at(first, 8), room.keys, 0.05)
    yield Event(at(first, 14), room.list_files)
    yield Event(at(first, 14, 30), room.open_files)
    yield Event(at(first, 15), room.plan)
    yield Event(at(first, 16), partial(room.appraise, PLAN))
    yield Event(at(second, 9), partial(room.sign_by_hand, PLAN))
    yield Event(at(second, 10), partial(room.put, PLAN))
    met = office_day(founded.replace(day=MEETING) + timedelta(days=14))
    yield Event(at(met, 14), room.minutes)
    yield Event(at(met, 15), partial(room.appraise, MINUTES))
    yield Event(at(met, 16), partial(room.sign_by_hand, MINUTES))


def _of_late(room: PaperRoom, end: date) -> Iterator[Event]:
    last, urged = office_day(end - timedelta(days=5)), office_day(end - timedelta(days=2))
    yield Event(at(urged, 8), room.urging)
    yield Event(at(urged, 9), partial(room.appraise, URGING))
    yield Event(at(urged, 9, 10), partial(room.ask, URGING, "Việc quá hạn, đề nghị ký sớm."))
    yield Event(at(urged, 15), partial(room.sign, URGING), 0.02)
    yield Event(at(urged, 16), partial(room.seal, URGING), 0.02)
    yield Event(at(urged, 16, 30), partial(room.put, URGING))
    yield Event(at(last, 8), room.directive)
    yield Event(at(last, 10), partial(room.comment, "pho-thuong-truc", "Nêu rõ việc gửi qua ứng dụng nhắn tin bị cấm."))
    yield Event(at(last, 11), partial(room.comment, "bhxh", "Đề nghị ghi thời hạn thu hồi tài khoản cũ."))
    yield Event(at(last, 13), room.letter)
    yield Event(at(last, 14), partial(room.appraise, LETTER))
    yield Event(at(last, 14, 10), partial(room.object_to, DIRECTIVE))
    yield Event(at(last, 15), partial(room.notice, last - timedelta(days=1)))
    yield Event(at(last, 15, 30), partial(room.appraise, NOTICE))
    yield Event(at(last, 16), partial(room.ask, NOTICE, "Kết luận phiên họp hôm trước."))
    yield Event(at(last, 16, 10), partial(room.ask_leader, LETTER, "Các cơ quan đã thống nhất."))
