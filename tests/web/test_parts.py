"""Parts: what they work out for themselves, and that each is drawn whole."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dean06.clock.service import TZ
from dean06.web import marks
from dean06.web.parts import charts, law, page, paper, tables, work

RATIOS = st.floats(0, 1, allow_nan=False)


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def drawn(it: object) -> str:
    return Template("{% load dean06 %}{% part it %}").render(Context({"it": it}))


def test_a_page_has_at_most_four_figures():
    one = page.Figure(value="3", label="lượt")
    assert drawn(page.Figures(items=(one,) * 4)).count("<li>") == 4
    with pytest.raises(ValueError, match="four"):
        page.Figures(items=(one,) * 5)


@pytest.mark.parametrize(
    ("at", "pages", "steps"),
    [
        (1, 1, (1,)),
        (1, 19, (1, 2, None, 19)),
        (3, 5, (1, 2, 3, 4, 5)),
        (10, 19, (1, None, 9, 10, 11, None, 19)),
        (4, 19, (1, 2, 3, 4, 5, None, 19)),
    ],
)
def test_pages_near_the_present_one_are_offered(at, pages, steps):
    assert tables.Pager(text="", page=at, pages=pages).steps == steps


@given(pages=st.integers(1, 400), data=st.data())
def test_the_pager_always_offers_first_last_and_present_in_order(pages, data):
    at = data.draw(st.integers(1, pages))
    steps = [step for step in tables.Pager(text="", page=at, pages=pages).steps if step is not None]
    assert steps == sorted(set(steps))
    assert {1, at, pages} <= set(steps)
    assert len(steps) <= 7


def test_the_pager_keeps_the_filters():
    shown = drawn(tables.Pager(text="Dòng 1–7 trên 131", page=2, pages=3, query="ket_qua=TRUNG&q=%C4%91"))
    assert 'href="?ket_qua=TRUNG&amp;q=%C4%91&amp;trang=3"' in shown
    assert 'rel="prev"' in shown


def _table(columns: int, **more: object) -> tables.Table:
    heads = tuple(tables.Column(label=f"c{place}") for place in range(columns))
    cells = tuple(f"<{place}>" for place in range(columns))
    return tables.Table(caption="Bảng thử", columns=heads, rows=(tables.Row(cells=cells),), **more)


def test_a_table_has_a_named_region_a_caption_and_row_heads():
    shown = drawn(_table(3))
    assert 'role="group" aria-label="Bảng thử" tabindex="0"' in shown
    assert "<caption" in shown
    assert '<th scope="row" class="">&lt;0&gt;</th>' in shown
    assert "tbl-wide" not in shown


def test_twelve_columns_make_a_wide_table_and_groups_a_second_head():
    groups = (tables.Group(label="", span=1), tables.Group(label="Bốn trục", span=4), tables.Group(label="", span=7))
    shown = drawn(_table(12, groups=groups))
    assert "tbl-wide" in shown
    assert shown.count('rowspan="2"') == 8
    assert 'colspan="4" scope="colgroup"' in shown


def test_a_row_with_a_cell_too_few_is_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        _ = tables.Table(caption="x", columns=(tables.Column(label="a"),) * 2, rows=(tables.Row(cells=("1",)),)).lines


def test_an_open_row_shows_its_detail():
    row = tables.Row(cells=("1",), open=True, detail=marks.chip("equal"))
    shown = drawn(tables.Table(caption="x", columns=(tables.Column(label="a"),), rows=(row,)))
    assert 'class="is-open"' in shown
    assert '<tr class="is-detail"><td colspan="1"><span class="chip' in shown


@given(counts=st.lists(st.integers(0, 10**6), min_size=9, max_size=9).filter(any))
def test_the_run_bar_fills_its_length_and_hides_nothing(counts):
    pieces = charts.RunBar(counts=tuple(zip(charts.VERDICT_ORDER, counts, strict=True))).pieces
    assert len(pieces) == sum(1 for count in counts if count)
    assert all(float(piece.width) >= 2 for piece in pieces)
    assert float(pieces[-1].x) + float(pieces[-1].width) == pytest.approx(1000, abs=0.3)


def test_the_run_bar_of_an_empty_run_is_empty():
    assert charts.RunBar(counts=()).pieces == ()


@given(values=st.lists(st.tuples(RATIOS, RATIOS), min_size=1, max_size=4))
def test_no_dot_of_an_axis_is_cut_off(values):
    axes = charts.Axes(items=tuple(charts.Axis(name="x", now=now, was=was, target=0.95) for now, was in values))
    assert axes.start in {0.70, 0.50, 0.0}
    for plot in axes.plots:
        assert all(6 <= float(x) <= 194 for x in (plot.now, plot.was, plot.target))
    assert drawn(axes).count("<circle") == 2 * len(values)


def test_an_axis_that_was_not_measured_has_no_dot_and_a_dash():
    shown = drawn(charts.Axes(items=(charts.Axis(name="Sống", now=None, target=0.95),)))
    assert "<circle" not in shown
    assert "–" in shown


def test_the_worst_axis_is_named_and_there_is_no_average():
    good = charts.Axis(name="Đúng", now=0.97, target=0.95)
    low = charts.Axis(name="Sạch", now=0.94, target=0.95)
    worst = charts.Axis(name="Sống", now=0.889, target=0.95)
    axes = charts.Axes(items=(good, low, worst))
    assert axes.worst is worst
    assert drawn(axes).count("Yếu nhất, thiếu 6,1 điểm") == 1
    assert charts.Axes(items=(good,)).worst is None


@given(values=st.lists(RATIOS, min_size=2, max_size=24), other=st.lists(RATIOS, min_size=2, max_size=24))
def test_a_trend_stays_inside_its_frame(values, other):
    line = charts.Trend(
        label="x", periods=("T1",) * len(values), name="a", values=tuple(values), other_name="b", other=tuple(other)
    )
    for point in line.line.split():
        assert 9 <= float(point.split(",")[1]) <= 176
    assert 2 <= len(line.ticks) <= 8


def test_a_tally_starts_at_zero_and_survives_nothing():
    shown = drawn(charts.Tally(items=(charts.TallyLine(label="a", count=50), charts.TallyLine(label="b", count=100))))
    assert 'width="50.0"' in shown
    assert 'width="0.0"' in drawn(charts.Tally(items=(charts.TallyLine(label="a", count=0),)))


def test_coordinates_never_take_a_decimal_comma():
    shown = drawn(charts.Spark(values=(93.3, 94.1, 95.0), label="Ba tháng"))
    assert re.search(r'points="4\.0,18\.0 44\.0,11\.4 84\.0,4\.0"', shown)


def test_a_heat_cell_of_one_state_shows_a_number_only_where_it_tells_something():
    part = tables.HeatPart
    shown = {
        state: part(state=state, count=2).short
        for state in ("met", "late", "missed", "excused", "unrecorded", "pending", "na", "nt")
    }
    assert shown == {
        "met": "",
        "late": "2 trễ",
        "missed": "2 thiếu",
        "excused": "2 miễn",
        "unrecorded": "chưa ghi",
        "pending": "chờ",
        "na": "",
        "nt": "",
    }


def test_a_heat_cell_tells_parties_from_times_and_hides_no_state():
    mixed = (tables.HeatPart(state="missed", count=2), tables.HeatPart(state="late", count=9))
    cell = tables.HeatCell(parts=mixed, parties=11)
    assert (cell.state, cell.times) == ("missed", 11)
    assert cell.spoken == "11 bên: 2 không thực hiện, 9 trễ hạn"
    assert tables.HeatCell(parts=mixed, parties=3).spoken == "11 lượt của 3 bên: 2 không thực hiện, 9 trễ hạn"
    assert tables.HeatCell(parts=mixed[:1], parties=1).spoken == "2 lượt của 1 bên: 2 không thực hiện"
    assert tables.HeatCell().state == "na"


def test_a_task_says_until_when_under_which_clause_and_what_next():
    task = work.Task(
        title="Nộp báo cáo tháng 10",
        href="/nhiem-vu/7/",
        due=datetime(2026, 11, 12, tzinfo=TZ),
        today=date(2026, 11, 10),
        clauses=(marks.clause("Điều 7 khoản 1", "/quy-che/#d7k1"),),
        progress=work.Progress(done=18, total=21, text="18 trên 21 mục"),
        action=page.Action(label="Điền 3 mục còn lại", href="/bao-cao/", post=True),
    )
    shown = drawn(work.TaskGroup(title="Trong 5 ngày", tasks=(task,)))
    for words in ("Còn 1 ngày", "trước 0 giờ 12/11", "Điều 7 khoản 1", "18 trên 21 mục", 'method="post"'):
        assert words in shown
    assert 'class="count">1<' in shown


def test_a_stepper_past_its_end_is_all_done():
    steps = ("Nhận tệp", "Đối soát")
    assert drawn(work.Stepper(steps=steps, current=3)).count("is-done") == 2
    assert drawn(work.Stepper(steps=steps, current=2)).count('aria-current="step"') == 1


@pytest.mark.parametrize(("done", "total", "share"), [(3080, 4812, 64), (5, 0, 0), (9, 4, 100), (0, 10, 0)])
def test_a_job_says_how_far_it_is(done, total, share):
    job = work.Job(id="j", title="Đang đối soát", done=done, total=total, line="", poll_href="/viec/1/")
    assert job.share == share
    assert 'hx-get="/viec/1/"' in drawn(job)


def test_a_finished_job_asks_no_more():
    assert "hx-get" not in drawn(work.Job(id="j", title="Xong", done=4, total=4, line="Xong"))


def test_a_refusal_names_what_is_missing_who_can_and_the_next_step():
    panel = work.SignPanel(
        id="p",
        answer="no",
        sentence="Bạn chưa thể ký",
        conditions_title="Điều kiện",
        conditions=(work.Check(text="Thiếu ủy quyền", tone="bad", sign="no"),),
        who_title="Ký được ngay",
        who_can=(work.Person(name="Trần Thu Hạnh", note="Tổ trưởng"),),
        next_title="Làm tiếp",
        next_steps=(page.Action(label="Trình Tổ trưởng ký", href="/trinh/", kind="primary", wide=True),),
    )
    shown = drawn(panel)
    for words in ("Bạn chưa thể ký", "Thiếu ủy quyền", "Trần Thu Hạnh", ">TH<", "Trình Tổ trưởng ký"):
        assert words in shown
    with pytest.raises(ValueError, match="no such answer"):
        work.SignPanel(id="p", answer="maybe", sentence="")


def test_a_paper_stands_in_the_order_of_the_decree():
    shown = drawn(
        paper.Paper(
            above=("UBND XÃ HÒA SƠN",),
            issuer=("TỔ CÔNG TÁC",),
            number="Số: 12/BC-TCTĐA",
            place_and_day="Hòa Sơn, ngày 10 tháng 11 năm 2026",
            kind="BÁO CÁO",
            subject="Kết quả tháng 10",
            lines=(paper.Line(text="I. KẾT QUẢ", keeps=True), paper.Line(text="Đã đối soát <4.812> người.")),
            recipients=("- Lưu: VT.",),
            sign_form=("KT. TỔ TRƯỞNG",),
            slot="chữ ký số",
            signer=("Ngô Minh Tuấn",),
        )
    )
    order = [
        "UBND XÃ",
        "TỔ CÔNG TÁC",
        "Số: 12",
        "CỘNG HÒA",
        "ngày 10",
        "BÁO CÁO",
        "I. KẾT",
        "Nơi nhận",
        "KT. TỔ",
        "Ngô",
    ]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)
    assert "&lt;4.812&gt;" in shown


def test_a_charter_page_marks_where_the_reader_is():
    toc = law.Toc(
        label="Các điều",
        entries=(
            law.TocEntry(label="Chương I"),
            law.TocEntry(label="Điều 4", title="Tổ phó", href="#d4", current=True),
        ),
    )
    assert '<a href="#d4" aria-current="true">' in drawn(toc)
    clause = law.Provision(id="d4k4", label="Khoản 4", text="Ký thay.", picked=True)
    assert 'class="provision is-picked" id="d4k4"' in drawn(clause)
    norm = law.Norm(sentence="Được ký thay.", who_title="Ai làm được", who_can=(work.Person(name="Ngô Minh Tuấn"),))
    assert ">NT<" in drawn(norm)
    assert drawn(norm).count('class="norm"') == 2


def test_words_of_a_part_are_escaped():
    hostile = "<img src=x onerror=alert(1)>"
    shown = "".join(
        drawn(part)
        for part in (
            page.PageHead(title=hostile, meta=(hostile,), crumb=page.Link(label=hostile, href="#")),
            page.Notice(text=hostile),
            work.SummaryList(facts=(work.Fact(term=hostile, value=hostile, aside=hostile),)),
            work.Checklist(items=(work.Check(text=hostile, note=hostile, aside=hostile),)),
            work.People(items=(work.Person(name=hostile, note=hostile),)),
            work.Timeline(events=(work.Event(text=hostile, when=hostile),)),
            tables.Facets(label=hostile, items=(tables.Facet(label=hostile, count="1", href="#"),)),
        )
    )
    assert "<img" not in shown
