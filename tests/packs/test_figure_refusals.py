"""What is wrong with a pack's indicators, places, goals and lines is said with file and remedy."""

from pathlib import Path

import pytest

from tests.packs.test_refusals import entry, refusal

RATE = ('name = "税收"', 'unit_of_measure = "亿元"', 'direction = "up"')
COUNT = ('name = "信访量"', 'unit_of_measure = "件"', 'direction = "down"')
GOAL = ('subject = "产值"', 'scope = "周边"', "month = 12")
PART = ('index = "经济"', 'indicator = "产值"')
LINE = ('indicator = "产值"', 'line = "低线"', 'place = "本县"', "horizon_year = 2030")
MULTIPLE = ('name = "倍增"', 'indicator = "产值"', "base_year = 2020", "multiple = 2")
BROKEN_FIGURES = {
    "direction": (
        entry("indicators", *RATE[:2], 'direction = "多"'),
        "indicators「税收」的 direction「多」不认识；可选 up、down",
    ),
    "measure": (
        entry("indicators", *RATE, 'measure = "总量"'),
        "indicators「税收」的 measure「总量」不认识；可选 累计、当期",
    ),
    "frequency": (
        entry("indicators", *RATE, 'frequency = "周"'),
        "indicators「税收」的 frequency「周」不认识；可选 月、季、年",
    ),
    "mean that is said to be a sum": (
        entry("indicators", 'name = "人均收入"', *RATE[1:]),
        "indicators「人均收入」名称里有「人均」，各地的数相加不等于整体；请写 is_sum = false",
    ),
    "unit of measure left empty": (
        entry("indicators", RATE[0], RATE[2], 'unit_of_measure = ""'),
        "indicators「税收」的 unit_of_measure 是空的；请填写",
    ),
    "start without a day": (
        entry("indicators", *RATE, "start_value = 3"),
        "indicators「税收」起点值要同时写 start_value 和 start_on",
    ),
    "stretch without a floor": (
        entry("indicators", *RATE, "stretch_target = 9"),
        "indicators「税收」没有写 target；写了 stretch_target",
    ),
    "growth without a target": (
        entry("indicators", *RATE, "is_target_growth = true"),
        "indicators「税收」没有写 target",
    ),
    "stretch below the floor": (
        entry("indicators", *RATE, "target = 9", "stretch_target = 8"),
        "indicators「税收」的 stretch_target 应比 target 大；请核对两个目标和 direction",
    ),
    "stretch above what is to fall": (
        entry("indicators", *COUNT, "target = 8", "stretch_target = 9"),
        "indicators「信访量」的 stretch_target 应比 target 小",
    ),
    "word of another indicator": (
        entry("indicators", *RATE, 'aliases = ["产值"]'),
        "indicators「产值」指向不止一条：产值、税收；请改名称或 aliases",
    ),
    "whole": (
        entry("places", 'name = "河东"', 'whole = "河西"'),
        "places「河东」的 whole「河西」不在 places 中；请先写上一级",
    ),
    "whole of itself": (
        entry("places", 'name = "河东"', 'whole = "河东"'),
        "places「河东」的上级绕回了它自己；请改正 whole",
    ),
    "second own place": (
        entry("places", 'name = "河东"', "is_own = true"),
        "places「河东」和 本县 都写了 is_own；本地区只能有一个",
    ),
    "word of another place": (
        entry("places", 'name = "河东"', 'aliases = ["邻县"]'),
        "places「邻县」指向不止一条：邻县、河东",
    ),
    "place of a scope": (
        entry("scopes", 'name = "全市"', 'places = ["本县", "远县"]'),
        "scopes「全市」的 places「远县」不在 places 中；请先写这个地区",
    ),
    "place twice in a scope": (
        entry("scopes", 'name = "全市"', 'places = ["本县", "邻县", "本县"]'),
        "scopes「全市」的 places「本县」写了两次；请只留一个",
    ),
    "scope of one": (
        entry("scopes", 'name = "全市"', 'places = ["本县"]'),
        "scopes「全市」的 places 不到两个，排不了位次",
    ),
    "subject of a goal": (
        entry("goals", 'subject = "人口"', *GOAL[1:]),
        "goals「人口／周边／12」的 subject「人口」不是指标，也不是指数；可选 产值",
    ),
    "scope of a goal": (
        entry("goals", GOAL[0], 'scope = "全国"', GOAL[2]),
        "的 scope「全国」不在 scopes 中；可选 周边",
    ),
    "month of a goal": (entry("goals", *GOAL[:2], "month = 13"), "的 month 只能是 1 至 12"),
    "rank of a goal": (
        entry("goals", *GOAL, "rank = 0"),
        "goals「产值／周边／12」的 rank 至少是 1；文件没有写名次的，不写 rank",
    ),
    "goal twice": (
        entry("goals", *GOAL) + entry("goals", *GOAL, "rank = 2"),
        "goals「产值／周边／12」写了两次；请只留一条",
    ),
    "indicator of an index": (
        entry("index_parts", PART[0], 'indicator = "人口"', "weight = 1"),
        "index_parts「经济／人口」的 indicator「人口」不在 indicators 中；可选 产值",
    ),
    "index named as an indicator": (
        entry("index_parts", 'index = "产值"', PART[1], "weight = 1"),
        "的 index「产值」和指标同名；请换一个名称",
    ),
    "weight of nothing": (
        entry("index_parts", *PART, "weight = 0"),
        "index_parts「经济／产值」的 weight 应大于 0",
    ),
    "weight in words": (entry("index_parts", *PART, 'weight = "高"'), "的 weight 应是数，不加引号"),
    "line without a growth": (
        entry("growth_lines", *LINE),
        "growth_lines「产值／低线／本县」的 growth_share 和 past_years 要写一个",
    ),
    "line with two growths": (
        entry("growth_lines", *LINE, "growth_share = 0.08", "past_years = 5"),
        "的 growth_share 和 past_years 要写一个，也只能写一个",
    ),
    "growth in percent": (
        entry("growth_lines", *LINE, "growth_share = 8"),
        "的 growth_share 是份额，年增长8%写作 0.08",
    ),
    "no past year": (entry("growth_lines", *LINE, "past_years = 0"), "的 past_years 至少是 1"),
    "line": (
        entry("growth_lines", LINE[0], 'line = "红线"', *LINE[2:], "past_years = 5"),
        "的 line「红线」不认识；可选 低线、中线、高线",
    ),
    "place of a line": (
        entry("growth_lines", *LINE[:2], 'place = "远县"', LINE[3], "past_years = 5"),
        "的 place「远县」不在 places 中；可选 本县、邻县",
    ),
    "indicator of a line": (
        entry("growth_lines", 'indicator = "人口"', *LINE[1:], "past_years = 5"),
        "growth_lines「人口／低线／本县」的 indicator「人口」不在 indicators 中",
    ),
    "horizon that is past": (
        entry("growth_lines", *LINE[:3], "horizon_year = 2023", "past_years = 5"),
        "的 horizon_year 应晚于专项行动开始的年份",
    ),
    "indicator of a multiple": (
        entry(
            *("multiples", MULTIPLE[0], 'indicator = "人口"', *MULTIPLE[2:]),
            *("base_value = 5", "horizon_year = 2025"),
        ),
        "multiples「倍增」的 indicator「人口」不在 indicators 中",
    ),
    "multiple turned round": (
        entry("multiples", *MULTIPLE, "base_value = 5", "horizon_year = 2020"),
        "multiples「倍增」的 horizon_year 应晚于 base_year；请核对两个年份",
    ),
    "multiple of nothing": (
        entry("multiples", *MULTIPLE, "base_value = 0", "horizon_year = 2025"),
        "multiples「倍增」的 base_value 和 multiple 应大于 0",
    ),
    "quarter of a stage": (
        entry("stages", 'name = "开工"', "quarter = 5"),
        "stages「开工」的 quarter 只能是 1 至 4，0 表示不分季度",
    ),
}


@pytest.mark.parametrize("case", BROKEN_FIGURES)
def test_broken_entry_is_refused_with_file_key_and_remedy(tmp_path: Path, case: str) -> None:
    text, said = BROKEN_FIGURES[case]
    message = refusal(tmp_path, text)
    assert ".toml" in message
    assert said in message
