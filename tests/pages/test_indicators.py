"""指标进度 from the frame: full, empty, by deep link; its verdict and its arithmetic (C1, C2)."""

import calendar
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tally import service
from tally.board.indicator_detail import contribution_sentence, growth_path
from tally.board.indicators import indicators_verdict
from tally.submissions import Terms, read_file, submit
from tally.submissions.staging import Given
from tests.pages.conftest import headline, opened

XIANGSHAN = "相山经开区“六找六强”"
CLUES = "线索编号,线索内容,承办单位,受理日期\nX1,演示线索,财政金融部,2022-10-08"
HEAD = "指标名称,责任单位,地区,口径,所属期,完成值,年度目标,是否初步数,发布单位"
OWN, PART, WHOLE = "相山经开区", "示例镇街A", "相山区"
# Of each indicator: what every month adds in our own area, and its target.
PLANS = {"一般公共预算收入": (1.0, 11.5), "固定资产投资": (6.0, 90.0)}
OCTOBER = date(2022, 10, 31)


def figures() -> str:
    """Return an indicator ledger of 2021 and 2022; June 2022 of revenue is missing."""
    lines = [HEAD]
    for name, (step, target) in PLANS.items():
        for place, factor in ((OWN, 1.0), (PART, 0.5), (WHOLE, 2.0)):
            for year, growth in ((2021, 1.0), (2022, 1.1 if place == OWN else 1.04)):
                for number in range(2, 13 if year == 2021 else 11):
                    ended = date(year, number, calendar.monthrange(year, number)[1])
                    value = round(number * step * factor * growth, 4)
                    if (name, year, number) != ("一般公共预算收入", 2022, 6):
                        lines.append(
                            f"{name},财政金融部,{place},累计,{ended},{value},"
                            f"{target if place == OWN and year == 2022 else ''},"
                            f"{'是' if ended == OCTOBER else '否'},区统计局"
                        )
    return "\n".join(lines)


def published(named: str, text: str) -> None:
    """Publish a file of the campaign."""
    content, database = text.encode("utf-8-sig"), service.database()
    reading = read_file(database, content, named, Given(campaign="xiangshan"), isolated=False)
    outcome = submit(database, reading, content, Terms(uploaded_by="办公室"))
    assert outcome.status == "published", (outcome.sentence, outcome.problems)


def said(app: AppTest) -> str:
    """Return everything the page says in words."""
    buttons = "".join(button.label for button in app.button)
    return ("".join(element.value for element in app.markdown) + buttons).replace("\\", "")


def test_page_tells_pace_months_contribution_and_cells(empty_home: Path) -> None:
    published("2022年10月问题线索台账.csv", CLUES)
    app = opened("indicators", campaign=XIANGSHAN)
    assert headline(app) == "○ 还没有指标台账"
    published("2022年10月指标台账.csv", figures())
    app = opened("indicators", campaign=XIANGSHAN)
    assert [element.value for element in (*app.exception, *app.error)] == []
    # 66 of 90 in 304/365 of the year is 0.88 of the pace, 9.96 points behind.
    assert (
        headline(app).replace("\\", "")
        == ":orange[▲ 2 项指标 1 项达序时，最慢固定资产投资差 10.0 点]"
    )
    text = said(app)
    assert app.selectbox(key="indicator").value == "固定资产投资"
    assert "每月还需]　**12 亿元**" in text
    assert "单位：亿元　口径：累计　来源：区统计局　截至2022年10月　▲ 初步数" in text
    assert "2022年10月出处：2022年10月指标台账.csv · F" in text
    assert "（相山经开区 66 − 上年同期 60）÷ 相山区上年同期 120 亿元 = +5.0 个百分点" in text
    # The link names another indicator; a name that nobody knows falls back.
    linked = opened("indicators", campaign=XIANGSHAN, indicator="一般公共预算收入")
    assert linked.selectbox(key="indicator").value == "一般公共预算收入"
    lost = opened("indicators", campaign=XIANGSHAN, indicator="没有的")
    assert len(lost.exception) + len(lost.error) == 0
    assert lost.selectbox(key="indicator").value == "固定资产投资"


def test_falling_total_and_undivided_mean_are_said_on_the_page(empty_home: Path) -> None:
    name = "城乡居民人均可支配收入"
    values = ("2021-06-30,100", "2021-09-30,150", "2022-06-30,110", "2022-09-30,90")
    rows = [f"{name},财政金融部,{OWN},累计,{value},,否,区统计局" for value in values]
    published("2022年10月指标台账.csv", "\n".join([HEAD, *rows]))
    app = opened("indicators", campaign=XIANGSHAN, indicator=name)
    assert [element.value for element in (*app.exception, *app.error)] == []
    text = said(app)
    assert "这是平均数，各地的数相加不等于整体，不算拉动" in text
    assert "▲ 存疑：累计比前一期少，2022年9月出处：2022年10月指标台账.csv · F5" in text


def test_target_of_growth_is_the_year_before_grown() -> None:
    months = pd.DataFrame(
        [
            {"period_end_on": date(2021, number, 28), "frequency": "月", "total": total}
            for number, total in ((2, 10.0), (3, None), (12, 100.0))
        ]
    )
    assert growth_path(months, 2022, 8) == pytest.approx({1: 10.8, 11: 108.0})


def judged(indicator: str, light: str | None, **more: Any) -> dict[str, Any]:
    """Return a latest row of `indicator_progress`."""
    return {
        "indicator": indicator, "light": light, "pace_share": 1.0, "gap_share": 0.0,
        "month": "2022-10", "frequency": "月", "is_provisional": False, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "said_first", "said_below"),
    [
        ([judged("投资", "green"), judged("税收", "green")], "● 2 项指标均达到序时进度", ""),
        (
            [judged("投资", "yellow", pace_share=0.9, gap_share=-0.062), judged("税收", "green")],
            "▲ 2 项指标 1 项达序时，最慢投资差 6.2 点",
            "偏慢：投资",
        ),
        (
            [
                judged("投资", "red", pace_share=0.5, gap_share=-0.3),
                judged("税收", "red", pace_share=None, gap_share=None),
            ],
            "■ 2 项指标中 0 项达到序时进度，最慢的是税收",
            "滞后：投资、税收",
        ),
        (
            [judged("客流", None, month="2022-09"), judged("增加值", None, frequency="季")],
            "○ 2 项指标都没有设目标，不判序时",
            "10月数未出：客流",
        ),
    ],
)
def test_verdict_counts_who_keeps_the_pace_and_names_the_slowest(
    rows: list[dict[str, Any]], said_first: str, said_below: str
) -> None:
    verdict = indicators_verdict(rows, OCTOBER)
    assert verdict.headline == said_first
    assert verdict.detail_text == said_below


def test_arithmetic_of_a_part_can_be_done_again_by_hand() -> None:
    part = {
        "part": "甲区", "whole": "全市", "value": 26.1234, "value_before": 20.0,
        "whole_before": 100.0,
        "unit_of_measure": "亿元", "contribution_share": 0.061234, "growth_share": 0.30617,
        "whole_growth_share": 0.1, "effect": "pulls", "is_rest": False,
    }  # fmt: skip
    assert contribution_sentence(part) == (
        "（甲区 26.1234 − 上年同期 20）÷ 全市上年同期 100 亿元 = +6.1 个百分点；"
        "增长 +30.6%，全市 +10.0%，作了贡献"
    )
