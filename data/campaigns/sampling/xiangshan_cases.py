"""Invented typical cases of 相山经开区, good and bad, chosen from its ledgers (G2)."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from data.campaigns.sampling.items import Row
from data.campaigns.sampling.pages import FORMS, Head, Page

SENT_ON = date(2022, 11, 7)
HEADS = (
    Head("row_number", "序号"),
    Head("kind", "案例性质"),
    Head("title", "案例标题"),
    Head("unit", "责任单位"),
    Head("content", "主要做法"),
    Head("item_no", "来源编号"),
    Head("published_on", "通报日期", forms=("chinese", "dotted")),
    Head("published_in", "刊发载体"),
)
CASES: Sequence[tuple[str, str, str, str, str, date, str]] = (
    ("正面典型", "倒排工期疏通断头路的第一步", "规划部", "两周内谈定征迁补偿", "XS-GJ-007",
     date(2022, 8, 30), "演示简报第2期"),
    ("正面", "老年助餐点开到楼下", "社服中心", "把闲置活动室改成助餐点", "XS-SF-003",
     date(2022, 9, 8), "演示简报第4期"),
    ("反面", "隐患整改销号后又反弹", "应急部", "佐证照片用的是旧照片", "XS-YJ-001",
     date(2022, 10, 14), "演示通报〔2022〕3号"),
    ("反面典型", "断头路假销号", "规划建设部", "道路没有通车就报了销号", "XS-GJ-003",
     date(2022, 10, 14), "演示通报〔2022〕3号"),
    ("正面典型", "楼道堆物一周一清", "河北社区居委会", "楼长、物业、社区三方巡查", "XS-HB-002",
     date(2022, 10, 26), "演示简报第7期"),
)  # fmt: skip
KEYS = ("kind", "title", "unit", "content", "item_no", "published_on", "published_in")


def files(folder: Path, campaign: str) -> Iterator[tuple[Path, list[Page]]]:
    """Yield the workbook of the cases since August."""
    rows: list[Row] = [dict(zip(KEYS, case, strict=True)) for case in CASES]
    title = f"{campaign}典型案例台账（2022年10月）（演示数据）"
    page = Page("典型案例", title, f"填报日期：{FORMS['chinese'](SENT_ON)}", HEADS, rows)
    yield folder / f"{SENT_ON:%Y%m%d} 2022年10月典型案例台账.xlsx", [page]
