"""How long papers take.

A two-page monthly report as PDF/A and as .docx, read back, checked, and 150 of them in a row.

    python benchmarks/bench_papers.py
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from dean06.papers.checks.checklist import check_docx
from dean06.papers.docx.file import render_docx
from dean06.papers.docx.reading import read_docx
from dean06.papers.pdf.file import render_pdf
from dean06.papers.writing.document import Issuer, Paper, Signature
from dean06.papers.writing.sections import Align, Column, Paragraph, Ref, Run, Section, Table, cell, prose

PDF_MS, DOCX_MS, ALL_S = 40.0, 60.0, 60.0
CREATED = datetime(2026, 11, 1, tzinfo=UTC)
TEXT = "Các cơ quan, đơn vị đã rà soát, đối chiếu dữ liệu chuyên ngành với Cơ sở dữ liệu quốc gia về dân cư. " * 4


def report(number: int) -> Paper:
    """Make a report of two pages; each has numbers of its own, so that nothing is taken from a cache."""
    columns = (Column("Xã", 2), *(Column(f"Chỉ tiêu {at}", 1, Align.RIGHT) for at in range(5)))
    rows = tuple(
        (
            cell(f"Xã thứ {row}"),
            *((Ref(f"{number * 100 + row * at:,}".replace(",", "."), f"S{row}{at}"),) for at in range(5)),
        )
        for row in range(12)
    )
    counted = Paragraph((Run("Đã đối soát "), Ref(str(10_000 + number), "S99"), Run(" bản ghi. " + TEXT)))
    titles = ("CÔNG TÁC CHỈ ĐẠO", "KẾT QUẢ", "TỒN TẠI", "NHIỆM VỤ", "KIẾN NGHỊ")
    sections = [Section(f"m{at}", title, (prose(f"{number}. {TEXT}"),)) for at, title in enumerate(titles)]
    sections[1] = Section("m1", titles[1], (counted, Table("Kết quả đối soát", columns, rows)))
    return Paper(
        kind="BC",
        issuer=Issuer(parent=("UBND xã mẫu",), body=("Tổ công tác", "triển khai Đề án 06")),
        symbol="BC-TCTĐA",
        place="Xã mẫu",
        abstract="Kết quả triển khai Đề án 06",
        body=(prose(TEXT), *sections),
        closing=prose("Trên đây là báo cáo của Tổ công tác"),
        signature=Signature(title="Tổ trưởng", name="Người Ký Thử"),
        recipients=("UBND tỉnh",),
        number=number + 1,
        issued_on=date(2026, 11, 1),
    )


def middle(task: Callable[[Paper], object], papers: list[Paper]) -> float:
    """Return the middle time of the runs, in milliseconds of this process's work."""
    times = []
    for paper in papers:
        start = time.process_time()
        task(paper)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def main() -> int:
    """Print the table; 1 when a bar does not hold."""
    papers = [report(number) for number in range(150)]
    render_pdf(papers[0], CREATED)
    start = time.perf_counter()
    pdf = middle(lambda paper: render_pdf(paper, CREATED), papers)
    docx = middle(render_docx, papers)
    both = time.perf_counter() - start
    files = {paper.number: render_docx(paper) for paper in papers[:40]}
    back = middle(lambda paper: read_docx(files[paper.number], paper), papers[:40])
    checked = middle(lambda paper: check_docx(files[paper.number]), papers[:40])
    print("| work | time | bar |\n| --- | --- | --- |")
    print(f"| PDF/A of two pages, warm | {pdf:.1f} ms | {PDF_MS:g} ms |")
    print(f"| .docx | {docx:.1f} ms | {DOCX_MS:g} ms |")
    print(f"| .docx read back | {back:.1f} ms | |")
    print(f"| .docx checked | {checked:.1f} ms | |")
    print(f"| 150 reports, both files | {both:.1f} s | {ALL_S:g} s |")
    return 0 if pdf < PDF_MS and docx < DOCX_MS and both < ALL_S else 1


if __name__ == "__main__":
    sys.exit(main())
