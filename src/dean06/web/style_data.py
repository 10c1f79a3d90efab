"""Made-up people, places and numbers for the style guide. Nothing here comes from any register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from dean06.clock.service import TZ
from dean06.web import marks
from dean06.web.frame import Checkpoint, Choice, DemoDay, Frame, Section, Switch
from dean06.web.parts import charts, page, work

TODAY = date(2026, 11, 10)
NOW = datetime(2026, 11, 10, 7, 30, tzinfo=TZ)
LAW = "/kieu-mau/"
SECTIONS = (
    "Việc của tôi",
    "Đối soát",
    "Sai lệch",
    "Nhiệm vụ",
    "Văn bản",
    "Báo cáo",
    "Bảng điểm",
    "Tuân thủ",
    "Quy chế",
)


def frame(current: str = "") -> Frame:
    """The frame of a member of a made-up commune's group."""
    counts = {"Việc của tôi": 8, "Sai lệch": 212}
    return Frame(
        home="/kieu-mau/viec/",
        group=Switch(
            label="Tổ công tác",
            value="Đề án 06 xã Hòa Sơn",
            choices=(
                Choice(label="Đề án 06 xã Hòa Sơn", note="Bạn là thành viên", href="#", current=True),
                Choice(label="Tổ công tác tỉnh Lam Giang", note="Chỉ xem kết luận và bảng điểm", href="#"),
            ),
        ),
        hat=_hat(),
        sections=tuple(
            Section(label=name, href="/kieu-mau/viec/", count=counts.get(name), current=name == current)
            for name in SECTIONS
        ),
        search_href="/kieu-mau/",
        notices_href="/kieu-mau/",
        notices=3,
        person="Đinh Hải Yến",
        account_href="/kieu-mau/",
        sign_out_href="/kieu-mau/",
        as_of=NOW,
        checkpoint=Checkpoint(number=18204, href="/kieu-mau/", whole=True),
    )


def _hat() -> Switch:
    member = "Thành viên, Phòng Văn hóa – Xã hội"
    officer = "Cán bộ dữ liệu của cơ quan"
    since = "Điều 6 khoản 1; từ 15/8/2025"
    return Switch(
        label="Vai",
        value=member,
        choices=(
            Choice(label=member, note=since, href="/kieu-mau/", name="vai", value="1", current=True),
            Choice(label=officer, note="Điều 6 khoản 3", href="/kieu-mau/", name="vai", value="2"),
        ),
    )


def demo_frame() -> Frame:
    """A frame whose group carries its own day."""
    return Frame(person="Đinh Hải Yến", demo_day=DemoDay(today=TODAY, href="#"))


def _clause(label: str) -> str:
    return marks.clause(label, LAW)


def work_head() -> page.PageHead:
    """Head of the page of work."""
    return page.PageHead(
        title="Việc của tôi",
        meta=("Thứ Ba, 10/11/2026", "Phòng Văn hóa – Xã hội", "8 việc đang mở, mỗi việc có khoản giao"),
        actions=(
            page.Action(label="Báo vắng mặt", href="#"),
            page.Action(label="Nêu vướng mắc", href="#"),
            page.Action(label="Nộp dữ liệu", href="#"),
        ),
    )


def _task(title: str, due: date | datetime, clause: str, fact: str, act: str, kind: str = "second") -> work.Task:
    return work.Task(
        title=title,
        href="#",
        due=due,
        today=TODAY,
        clauses=(_clause(clause),),
        facts=(fact,),
        action=page.Action(label=act, href="#", kind=kind),
    )


def task_groups() -> tuple[work.TaskGroup, ...]:
    """Tasks that are late, near and far."""
    late = _task(
        "Sửa 98 sai lệch trong danh sách người cao tuổi, thôn Đồng Cạn",
        date(2026, 11, 8),
        "Điều 6 khoản 3",
        "Tổ phó thường trực giao ngày 20/10",
        "Sửa tiếp 37 dòng",
        "primary",
    )
    report = _task(
        "Nộp báo cáo tháng 10",
        datetime(2026, 11, 12, tzinfo=TZ),
        "Điều 7 khoản 1",
        "Nghĩa vụ hằng tháng, gửi qua Công an xã",
        "Điền 3 mục còn lại",
    )
    resend = _task(
        "Nộp lại danh sách bảo trợ xã hội để kiểm kết quả sửa",
        date(2026, 11, 14),
        "Điều 6 khoản 3",
        "142 dòng báo đã sửa, chưa có chứng minh",
        "Nộp tệp",
    )
    choose = "Chọn người đúng cho 12 dòng nghi vấn, danh sách hộ nghèo"
    far = _task(choose, date(2026, 11, 20), "Điều 6 khoản 3", "Phối hợp Công an xã", "Mở 12 dòng")
    proved = work.Progress(done=61, total=98, text="61 trên 98 dòng đã có chứng minh", tone="warn")
    filled = work.Progress(done=18, total=21, text="18 trên 21 mục đã điền sẵn từ số liệu")
    return (
        work.TaskGroup(title="Quá hạn", tasks=(replace(late, progress=proved),)),
        work.TaskGroup(title="Trong 5 ngày", tasks=(replace(report, progress=filled), resend)),
        work.TaskGroup(title="Trong tháng 11", tasks=(far,)),
    )


def duties() -> work.Checklist:
    """What November asks for."""
    return work.Checklist(
        items=(
            work.Check(
                text="Cử cán bộ dữ liệu", note="Xong 03/11", tone="ok", sign="ok", aside=_clause("Điều 6 khoản 1")
            ),
            work.Check(
                text="Báo cáo tháng",
                note="Trước 0 giờ 12/11",
                tone="warn",
                sign="clock",
                aside=_clause("Điều 7 khoản 1"),
            ),
            work.Check(text="Dự họp tháng", note="18/11, chưa trả lời", aside=_clause("Điều 8 khoản 1")),
            work.Check(text="Nộp dữ liệu đối soát", note="Đến hết 30/11", aside=_clause("Điều 6 khoản 3")),
        )
    )


def axes(*, wide: bool = False) -> charts.Axes:
    """Four axes of one agency."""
    hints = ("Khớp sổ dân cư", "Đủ trường, đủ người", "Đúng định dạng, không trùng", "Cập nhật sinh, tử, chuyển đi")
    values = (("Đúng", 0.964, 0.941), ("Đủ", 0.982, 0.982), ("Sạch", 0.937, 0.910), ("Sống", 0.889, 0.903))
    return charts.Axes(
        wide=wide,
        items=tuple(
            charts.Axis(name=name, now=now, was=was, target=0.95, hint=hint)
            for (name, now, was), hint in zip(values, hints, strict=True)
        ),
    )
