"""What the five documents say of numbers (family C), and what the samples show of them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from tally.packs import Goal, Indicator, packs
from tests.packs.test_samples import reading

Row = dict[str, Any]
OWN = {
    "huludao": "葫芦岛市", "ningguo": "宁国市", "xiangshan": "相山经开区",
}  # fmt: skip
PEERS = ("全区", "全市", "全省", "长三角")
SEPTEMBER = date(2022, 9, 30)


def indicators(slug: str, group: str) -> list[Indicator]:
    """Return the indicators shown in a group."""
    return [one for one in packs()[slug].indicators if one.group == group]


def goals(slug: str) -> dict[tuple[str, str, int], int | None]:
    """Return the rank to be reached by subject, scope and month."""
    told: tuple[Goal, ...] = packs()[slug].goals
    return {(one.subject, one.scope, one.month): one.rank for one in told}


@cache
def figures(slug: str) -> tuple[Row, ...]:
    """Return every row of figures among a pack's samples, in the order sent."""
    return tuple(
        row
        for path in packs()[slug].sample_files
        for ledger in reading(path).ledgers
        if ledger.kind == "indicators"
        for row in ledger.rows
    )


def of(slug: str, **told: Any) -> Iterator[Row]:
    """Yield the rows of figures of which this holds."""
    for row in figures(slug):
        if all(row[key] == value for key, value in told.items()):
            yield row


@pytest.mark.parametrize("slug", sorted(OWN))
def test_own_place_is_the_one_the_campaign_answers_for(slug: str) -> None:
    assert [one.name for one in packs()[slug].places if one.is_own] == [OWN[slug]]


def test_xiangshan_is_held_against_seven_indicators_without_targets() -> None:
    """C1: the text names them and sets no number."""
    named = indicators("xiangshan", "主要经济指标")
    assert len(named) == 7
    assert {one.target for one in packs()["xiangshan"].indicators} == {None}
    assert "年度目标" in {one.about for one in packs()["xiangshan"].open_points}


def test_xiangshan_is_to_be_second_in_the_city_and_to_move_up_elsewhere() -> None:
    """C4, C13: 三季度、全年; a rank where the text has one."""
    assert goals("xiangshan") == {
        ("经济运行", "全区", 9): None,
        ("经济运行", "全区", 12): None,
        ("为企优环境", "全市", 9): 2,
        ("为企优环境", "全市", 12): 2,
        ("园区生产总值", "全市", 12): None,
        ("园区生产总值", "全省", 12): None,
        ("园区生产总值", "长三角", 12): None,
    }
    parts = Counter(part.index for part in packs()["xiangshan"].index_parts)
    assert parts == {"经济运行": 7, "为企优环境": 18}


def test_xiangshan_counts_projects_enterprises_and_funds_and_ten_and_one_actions() -> None:
    """C14, C10."""
    assert {one.name: one.measure for one in indicators("xiangshan", "数量指标")} == {
        "5亿元以上项目": "累计",
        "10亿元以上项目": "累计",
        "新增项目": "累计",
        "“四上”企业": "期末",
        "高新技术企业": "期末",
        "上级资金": "累计",
    }
    actions = [one for one in packs()["xiangshan"].classes if one.axis == "action"]
    assert len(actions) == 10 + 1


def test_a_quarter_of_huludao_is_for_each_stage() -> None:
    """C6."""
    stages = {one.name: one.quarter for one in packs()["huludao"].stages if one.quarter}
    assert stages == {"前期": 1, "开工": 2, "推进": 3, "储备": 4}


def test_huludao_and_ningguo_name_who_appraises_them() -> None:
    """C9: 30项督查激励, and six appraisals of which four give a rank."""
    assert [one.name for one in indicators("huludao", "考评")] == ["督查激励"]
    ranked = {one.name: one.measure == "位次" for one in indicators("ningguo", "考评")}
    assert len(ranked) == 6
    assert sum(ranked.values()) == 4
    assert all(
        one.direction == "down" for one in indicators("ningguo", "考评") if one.measure == "位次"
    )


def test_lines_and_multiples_of_ningguo_are_marked_as_invented() -> None:
    """C7, C8: every number is X in the text."""
    pack = packs()["ningguo"]
    assert {one.line for one in pack.growth_lines} == {"低线", "中线", "高线"}
    assert {one.name for one in pack.multiples} == {
        f"{word}倍增" for word in ("上市", "规企", "创新", "创业", "商贸")
    }
    assert all("演示数据" in one.source for one in (*pack.growth_lines, *pack.multiples))
    assert {"三条线", "倍增指标"} <= {one.about for one in pack.open_points}


def test_ningguo_is_to_be_first_in_its_city_and_admits_by_seven_criteria() -> None:
    """C13, C11."""
    ranks = {(scope, rank) for (_, scope, _), rank in goals("ningguo").items()}
    assert ranks == {("全市", 1), ("全省", None)}
    criteria = [one.name for one in packs()["ningguo"].classes if one.axis == "admission"]
    assert len(criteria) == 7


def test_nanyang_has_a_floor_and_strives_for_more() -> None:
    """C12: 保8争9."""
    [growth] = packs()["nanyang"].indicators
    assert (growth.target, growth.stretch_target, growth.is_target_growth) == (8, 9, True)


def test_huaihua_starts_from_what_it_said_of_july() -> None:
    """C15: the samples' July is the pack's start."""
    stated = {one.name: one.start_value for one in packs()["huaihua"].indicators}
    assert stated["签约招商项目"] == 33
    assert stated["合同引资额"] == 43.7
    july = {row["indicator"]: row["value"] for row in of("huaihua", period=date(2022, 7, 1))}
    assert july == stated


@pytest.mark.parametrize("slug", sorted(packs()))
def test_every_figure_of_a_sample_is_of_a_known_indicator_and_place(slug: str) -> None:
    pack = packs()[slug]
    assert figures(slug)
    assert {row["indicator"] for row in figures(slug)} <= {one.name for one in pack.indicators}
    named = {row["place"] for row in figures(slug)} - {None}
    assert named <= {one.name for one in pack.places}


def test_district_of_xiangshan_is_the_sum_of_its_parts() -> None:
    """C2: what is contributed adds up; the town that is silent in September is what is missing."""
    parts = packs()["xiangshan"].scopes[0].places
    june = {"indicator": "一般公共预算收入", "period_end_on": date(2022, 6, 30)}
    held = {row["place"]: row["value"] for row in of("xiangshan", **june)}
    assert held["相山区"] == pytest.approx(sum(held[part] for part in parts), abs=0.005)


def test_january_is_published_with_february_and_one_month_never() -> None:
    rows = list(of("xiangshan", indicator="外贸进出口总额", place="相山经开区"))
    months = [row["period_end_on"].month for row in rows if row["period_end_on"].year == 2022]
    assert months == [2, 3, 4, 6, 7, 8, 9]


@pytest.mark.parametrize("scope", PEERS)
def test_every_circle_of_xiangshan_has_a_peer_that_is_silent_on_the_newest_quarter(
    scope: str,
) -> None:
    """C3: who has not published is not ranked as zero."""
    [circle] = [one for one in packs()["xiangshan"].scopes if one.name == scope]
    rows = of("xiangshan", indicator="园区生产总值", period_end_on=SEPTEMBER)
    published = {row["place"] for row in rows} & set(circle.places)
    assert len(circle.places) >= 7
    assert len(published) == len(circle.places) - 1


def test_provisional_figures_of_xiangshan_are_settled_but_one() -> None:
    told: dict[str, list[bool | None]] = {}
    for row in of("xiangshan", place="相山经开区", period_end_on=SEPTEMBER):
        told.setdefault(row["indicator"], []).append(row["is_provisional"])
    assert told["固定资产投资"] == [True, False]
    assert told["园区生产总值"] == [True]


def test_neighbour_of_ningguo_grows_faster_and_is_behind() -> None:
    """C7: there is a year in which it overtakes."""
    held = {
        (row["place"], row["period_end_on"].year): row["value"]
        for row in of("ningguo", indicator="财政收入")
    }
    own, other = ((held[place, 2015], held[place, 2020]) for place in ("宁国市", "郎溪县"))
    assert other[1] < own[1]
    assert other[1] / other[0] > own[1] / own[0]
