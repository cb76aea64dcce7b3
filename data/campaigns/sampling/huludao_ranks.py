"""Invented ranks of 葫芦岛: departments in the province, counties and districts in the city."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Head, Page

QUARTERS = (date(2021, 6, 30), date(2021, 9, 30))
SENT_ON = date(2021, 10, 9)
IN_PROVINCE, IN_CITY = 14, 6
HEADS = (
    Head("row_number", "序号"),
    Head("unit", "单位"),
    Head("work", "工作事项"),
    Head("scope", "范围", "排名"),
    Head("rank", "位次", "排名"),
    Head("of_count", "参排总数", "排名"),
    Head("ranked_on", "公布日期", "排名", ("excel", "chinese", "dotted")),
    Head("published_by", "公布单位"),
)
# Work, department, place in the province at the half-year and after the third quarter; None: not
# published. The first places, the last ones, a fall, a rise, and the middle.
PROVINCE: Sequence[tuple[str, str, int | None, int | None]] = (
    ("固定资产投资增速", "市发改委", 6, 2), ("规上工业增加值增速", "市工信局", 12, 14),
    ("一般公共预算收入增速", "财政局", 1, 1), ("实际利用外资", "市商务局", 13, 13),
    ("老旧小区改造", "市住房城乡建设局", 7, 8), ("空气质量改善", "市生态环境局", 3, 9),
    ("粮食播种面积", "市农业农村局", 9, None), ("城镇新增就业", "市人力资源社会保障局", 5, 5),
    ("营商环境评价", "市营商局", None, 11),
)  # fmt: skip
# Place of each in the city; two share one after the third quarter, one was not ranked then.
CITY: Sequence[tuple[str, int | None, int | None]] = (
    ("连山区政府", 2, 1), ("龙港区", 1, 2), ("南票区", 6, 6), ("兴城市人民政府", 3, 4),
    ("绥中县", 4, 4), ("建昌县", 5, None),
)  # fmt: skip


def _rows() -> list[Row]:
    rows: list[Row] = []
    for quarter, day in enumerate(QUARTERS):
        for work, unit, *places in PROVINCE:
            row: Row = {"work": work, "unit": unit, "scope": "省", "rank": places[quarter]}
            rows.append({**row, "of_count": IN_PROVINCE, "published_by": "省直主管部门"})
        for unit, *places in CITY:
            row = {"work": "高质量发展绩效考核", "unit": unit, "scope": "市"}
            row |= {"rank": places[quarter], "of_count": IN_CITY}
            rows.append({**row, "published_by": "市政府办公室"})
        for row in rows:
            row.setdefault("ranked_on", day)
    return [row for row in rows if row["rank"]]


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield the workbook of both quarters."""
    title = f"{campaign}工作名次台账（2021年9月）（演示数据）"
    page = Page("工作名次", title, f"填报日期：{FORMS['chinese'](SENT_ON)}", HEADS, _rows())
    yield folder / f"{SENT_ON:%Y%m%d} 2021年9月工作名次台账.xlsx", [page]
