"""Figures of 专项台账: kinds against difficulties (A13), and who reported month by month (B13)."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from tally.charts.class_counts import class_counts
from tally.charts.submissions_due import submissions_due


def class_rows(*rows: tuple[str | None, str | None, str | None, int, int]) -> pd.DataFrame:
    """Return `class_counts` from (kind, difficulty, handling, items, overdue) and their cells."""
    kinds, levels = ("共性", "顽固", None), ("常规", "疑难", None)
    all_three = [("all three", *row) for row in rows]
    pairs = dict.fromkeys((row[0], row[1]) for row in rows)
    cells = [
        ("cell", kind, level, None, sum(r[3] for r in rows if r[:2] == (kind, level)),
         sum(r[4] for r in rows if r[:2] == (kind, level)))
        for kind, level in pairs
    ]  # fmt: skip
    return pd.DataFrame(
        [
            {
                "grouped_by": group, "kind": kind, "difficulty": level, "handling": handling,
                "item_count": items, "closed_count": items // 2,
                "closed_of_all_share": (items // 2) / items, "overdue_count": overdue,
                "kind_position": kinds.index(kind) + 1 if kind else None,
                "difficulty_position": levels.index(level) + 1 if level else None,
            }
            for group, kind, level, handling, items, overdue in [*all_three, *cells]
        ]
    )  # fmt: skip


def test_cell_says_how_many_how_far_and_how_handled(texts: Callable, faults: Callable) -> None:
    rows = class_rows(("共性", "疑难", "交办", 6, 0), ("共性", "疑难", "督办", 4, 2))
    figure = class_counts(rows, theme="light")
    assert faults(figure) == []
    assert {"10 项", "■ 逾期 2", "5 / 10", "销号 50.0%", "交办 6　督办 4"} <= set(texts(figure))


def test_classes_stand_in_the_packs_order_and_the_empty_ones_last(texts: Callable) -> None:
    rows = class_rows(
        ("顽固", "疑难", "督办", 4, 0), ("顽固", None, None, 2, 0), (None, "常规", "交办", 2, 0)
    )
    shown = texts(class_counts(rows, theme="light"))
    assert shown[:3] == ["常规", "疑难", "未分类"]
    assert [text for text in shown[3:] if text in ("顽固", "未分类")] == ["顽固", "未分类"]


def owed_rows(*rows: tuple[str, int, str, date | None, int]) -> pd.DataFrame:
    """Return `submissions_due` from (unit, month, status, day it came, version)."""
    return pd.DataFrame(
        [
            {"name": unit, "month": f"2022-{month:02}", "status": status, "came_on": came,
             "version": version}
            for unit, month, status, came, version in rows
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("甲部", 8, "sent", date(2022, 9, 3), 1), "● 9月3日"),
        (("甲部", 8, "sent", date(2022, 11, 3), 2), "● 11月3日更新"),
        (("甲部", 8, "late", date(2022, 9, 9), 1), "▲ 迟报 9月9日"),
        (("甲部", 8, "nil", date(2022, 9, 3), 1), "● 零报告 9月3日"),
        (("甲部", 8, "missing", None, 0), "■ 未报"),
        (("甲部", 8, "not yet due", None, 0), "○ 未到期"),
    ],
)
def test_each_way_of_reporting_has_its_own_word(texts: Callable, row: tuple, expected: str) -> None:
    assert texts(submissions_due(owed_rows(row), theme="light")) == ["8月", "甲部", expected]


def test_many_units_stay_legible_and_the_rest_is_counted(texts: Callable, faults: Callable) -> None:
    rows = [(f"第{n}管理办公室", month, "missing", None, 0) for n in range(60) for month in (8, 9)]
    figure = submissions_due(owed_rows(*rows), theme="dark")
    assert faults(figure) == []
    drawn = sum(text.startswith("第") for text in texts(figure))
    assert f"另有 {60 - drawn} 个未列出" in texts(figure)
