"""What the papers of a demonstration say: facts of forms, from the group's own people, sources and overdue tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dean06.clock import service as clock
from dean06.demo.stages import Stage
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.sources import live as contracts
from dean06.work.types import TaskInfo

Facts = dict[str, object]
MOST_ROWS = 6

__all__ = ["directive", "minutes", "notice", "plan", "reply", "urging"]


def _said(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _in_words(day: date) -> str:
    return f"ngày {day.day} tháng {day.month} năm {day.year}"


def _month(day: date) -> str:
    return f"Tổ công tác tháng {day.month} năm {day.year}"


def _name(group: GroupInfo, agency: str) -> str:
    return offices.agency_name(group.id, agency)


def _lists(stage: Stage, group: GroupInfo) -> list[tuple[str, str]]:
    """Return the lists that a group compares, each with the agency that hands it in."""
    agency = {part.user: part.agency for part in stage.cast}
    return [(contracts.contract(one.source).title.vi.lower(), _name(group, agency[one.user])) for one in stage.handings]


def plan(stage: Stage, group: GroupInfo, today: date) -> Facts:
    """Return the facts of the year's plan."""
    due = _said(date(today.year, 12, 15))
    police = _name(group, next(part.agency for part in stage.cast if part.role == "standing_deputy"))
    tasks = [
        {
            "task": f"Đối soát {title} với Cơ sở dữ liệu quốc gia về dân cư, sửa sai lệch tại nguồn",
            "lead": agency,
            "others": police,
            "due": due,
            "product": "Bảng điểm hằng tháng",
        }
        for title, agency in _lists(stage, group)
    ]
    return {
        "subject": f"triển khai thực hiện Đề án 06 năm {today.year}",
        "basis": "Quyết định số 06/QĐ-TTg ngày 06 tháng 01 năm 2022 của Thủ tướng Chính phủ",
        "aims": [
            "Cụ thể hóa các nhiệm vụ của Đề án 06 trên địa bàn, rõ người, rõ việc, rõ thời hạn.",
            "Đưa dữ liệu chuyên ngành về đúng, đủ, sạch, sống so với dữ liệu dân cư.",
        ],
        "demands": ["Sai lệch được sửa tại nguồn; kết quả được chứng minh bằng lần nộp sau."],
        "tasks": tasks,
        "solutions": ["Công khai bảng điểm dữ liệu của từng cơ quan hằng tháng."],
        "carrying_out": [
            "Mỗi cơ quan nộp danh sách của mình trước ngày cuối tháng.",
            f"{police} tổng hợp khó khăn, vướng mắc, báo cáo Tổ trưởng.",
        ],
    }


def urging(stage: Stage, group: GroupInfo, today: date, late: Sequence[TaskInfo]) -> Facts:
    """Return the facts of a letter that urges what is overdue."""
    rows = [
        {"agency": _name(group, one.lead), "task": one.title, "due": _said(one.due), "left": one.total - one.done}
        for one in late[:MOST_ROWS]
    ]
    urged = list(dict.fromkeys(str(row["agency"]) for row in rows)) or [agency for _, agency in _lists(stage, group)]
    situation = (
        f"Đến nay còn {len(late)} nhiệm vụ sửa sai lệch dữ liệu đã quá hạn."
        if late
        else "Đến nay một số sai lệch dữ liệu đã giao còn chưa được chứng minh là đã sửa."
    )
    due = today + timedelta(days=10)
    return {
        "addressees": urged,
        "subject": "chỉnh sửa sai lệch dữ liệu chuyên ngành",
        "basis": f"Kế hoạch triển khai thực hiện Đề án 06 năm {today.year}",
        "situation": situation,
        "overdue": rows,
        "demands": [
            f"Hoàn thành việc chỉnh sửa tại nguồn trước ngày {_said(due)}, nộp lại danh sách để chứng minh.",
            "Báo cáo nguyên nhân chậm và trách nhiệm của cá nhân có liên quan.",
        ],
        "due": due.isoformat(),
    }


def minutes(stage: Stage, group: GroupInfo, today: date) -> Facts:
    """Return the facts of the minutes of a meeting that day, over which the leader presided."""
    chair = next(part for part in stage.cast if part.role == "leader")
    secretary = next(part for part in stage.cast if part.role == "secretariat")
    present = [f"Đồng chí {part.holder}, {part.post or _name(group, part.agency)}" for part in stage.cast if part.user][
        :8
    ]
    starts = datetime(today.year, today.month, today.day, 8, tzinfo=clock.TZ)
    first = _lists(stage, group)[0]
    return {
        "meeting": _month(today),
        "starts": starts.isoformat(),
        "place": "Phòng họp số 2, trụ sở Ủy ban nhân dân",
        "present": present,
        "chair": {"name": chair.holder, "title": "Tổ trưởng"},
        "secretary": {"name": secretary.holder, "title": secretary.post or "Bộ phận giúp việc"},
        "proceedings": "Bộ phận giúp việc trình bày bảng điểm dữ liệu của từng cơ quan.\n"
        "Các cơ quan thống nhất: phần lớn sai lệch do nhập tay, thiếu ngày, tháng sinh.",
        "votes": [
            {"matter": f"Phương án sửa {first[0]} tại nguồn", "favour": len(present), "against": 0, "abstained": 0}
        ],
        "conclusions": [
            f"{first[1]} hoàn thành sửa sai lệch trước kỳ nộp sau.",
            "Người đã chết, đã chuyển đi phải được đưa ra khỏi danh sách trước tiên.",
        ],
        "ends": (starts + timedelta(hours=2, minutes=30)).isoformat(),
    }


def notice(stage: Stage, group: GroupInfo, held: date, today: date) -> Facts:
    """Return the facts of the notice of what was concluded at a meeting."""
    chair = next(part for part in stage.cast if part.role == "leader")
    due = _said(today + timedelta(days=21))
    return {
        "person": {"name": chair.holder, "title": "Tổ trưởng Tổ công tác"},
        "meeting": _month(held),
        "day": held.isoformat(),
        "attended": "các thành viên Tổ công tác và bộ phận giúp việc",
        "assessment": "Các cơ quan đã nộp danh sách đều đặn, số sai lệch giảm so với tháng trước.\n"
        "Tuy nhiên còn nhiệm vụ quá hạn, có sai lệch báo đã sửa nhưng lần nộp sau chưa chứng minh được.",
        "tasks": [
            {"task": f"Sửa hết sai lệch về số định danh trong {title}", "lead": agency, "due": due}
            for title, agency in _lists(stage, group)
        ],
    }


def directive(stage: Stage, group: GroupInfo) -> Facts:
    """Return the facts of a directive on the safety of data."""
    return {
        "addressees": [agency for _, agency in _lists(stage, group)],
        "subject": "bảo đảm an toàn khi khai thác dữ liệu dân cư",
        "reason": "Qua kiểm tra, một số cơ quan còn gửi danh sách có thông tin của người dân qua ứng dụng nhắn tin.",
        "orders": [
            "Chỉ nộp danh sách qua hệ thống của Tổ công tác, không gửi qua ứng dụng nhắn tin, hộp thư cá nhân.",
            "Thu hồi ngay tài khoản khai thác dữ liệu của người đã chuyển công tác.",
        ],
    }


def reply(stage: Stage, group: GroupInfo, today: date) -> Facts:
    """Return the facts of a letter on the dates of the lists."""
    return {
        "addressees": [agency for _, agency in _lists(stage, group)],
        "subject": "thống nhất ngày nộp danh sách đối soát",
        "basis": f"Thực hiện kết luận của Tổ trưởng tại cuộc họp {_month(today)}",
        "request": "đề nghị các cơ quan, đơn vị phối hợp:",
        "items": [
            "Nộp danh sách trước 17 giờ ngày cuối tháng.",
            f"Cử một đầu mối, báo về bộ phận giúp việc trước {_in_words(today + timedelta(days=7))}.",
        ],
    }
