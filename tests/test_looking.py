"""The line that says what a page is looking at."""

from dataclasses import replace

import pytest

from tally.looking import Axis, View, looked_at
from tally.sentences import Name, markdown

UNITS, DIMENSIONS = Axis("单位", 11), Axis("维度", 6)
ALL = View("相山", "2022年10月", UNITS, DIMENSIONS)


@pytest.mark.parametrize(
    ("view", "line"),
    [
        (ALL, "正在看：相山，2022年10月，全部单位"),
        (replace(ALL, month=""), "正在看：相山，全部单位"),
        (replace(ALL, league="社区"), "正在看：相山，2022年10月，比较组 社区，全部单位"),
        (replace(ALL, post="副主任"), "正在看：相山，2022年10月，副主任 分管，全部单位"),
        (
            replace(ALL, units=replace(UNITS, chosen=("招商部", "财政金融部"))),
            "正在看：相山，2022年10月，单位 招商部、财政金融部",
        ),
        (
            replace(ALL, units=replace(UNITS, chosen=tuple("甲乙丙丁"))),
            "正在看：相山，2022年10月，单位 甲、乙、丙 等 4 个单位",
        ),
        (
            replace(ALL, units=replace(UNITS, chosen=("招商部",), picked="招商部")),
            "正在看：相山，2022年10月，单位 招商部（点图选定）",
        ),
        (
            replace(ALL, units=replace(UNITS, chosen=("甲",) * 10, left_out=("财政金融部",))),
            "正在看：相山，2022年10月，除 财政金融部 外的 10 个单位",
        ),
        (
            replace(ALL, dimensions=replace(DIMENSIONS, chosen=("经济发展",))),
            "正在看：相山，2022年10月，全部单位，维度 经济发展",
        ),
        (
            replace(ALL, dimensions=replace(DIMENSIONS, chosen=("甲",) * 5, left_out=("作风",))),
            "正在看：相山，2022年10月，全部单位，除 作风 外的 5 个维度",
        ),
    ],
)
def test_line_says_every_choice_in_words(view: View, line: str) -> None:
    assert "".join(looked_at(view)) == line


def test_unit_chosen_beside_the_picked_one_is_not_said_to_come_from_a_figure() -> None:
    units = replace(UNITS, chosen=("招商部", "财政金融部"), picked="招商部")
    assert "点图" not in "".join(looked_at(replace(ALL, units=units)))


def test_name_that_looks_like_markup_is_shown_and_does_nothing() -> None:
    line = looked_at(replace(ALL, campaign="<b>*甲*</b>"))
    assert Name("<b>*甲*</b>") in line
    assert "<b>" not in markdown(line)
    assert "\\*甲\\*" in markdown(line)
