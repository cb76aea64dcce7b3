"""The first sentence of each leader page, in every case it can meet."""

import pytest

from tally import verdicts, words
from tally.sentences import LONGEST_EM, Name, Verdict

TOTALS = {
    "item_count": 148,
    "due_count": 127,
    "closed_count": 118,
    "gap_share": -0.061,
    "state": "behind",
    "overdue_count": 20,
}
UNITS = [
    {"unit": "产业发展部", "overdue_count": 3},
    {"unit": "规划建设部", "overdue_count": 5},
    {"unit": "招商部", "overdue_count": 8},
    {"unit": "财政金融部", "overdue_count": 1},
    {"unit": "机关团委", "overdue_count": 0},
]
NONE_LATE = [{"unit": "招商部", "overdue_count": 0}]
REPORTING = [
    {"unit": "招商部", "is_reported": True, "last_month": "2022-10"},
    {"unit": "机关团委", "is_reported": False, "last_month": None},
]


def _said(verdict: Verdict) -> tuple[str, str]:
    return verdict.headline, verdict.detail_text


def test_progress_names_the_gap_and_the_three_with_most_overdue() -> None:
    assert _said(verdicts.progress(TOTALS, UNITS)) == (
        "■ 落后序时 6.1 个百分点",
        "拖后最多：招商部 逾期 8 项，规划建设部 5 项，产业发展部 3 项",
    )


@pytest.mark.parametrize(
    ("changed", "units", "expected"),
    [
        ({"gap_share": -0.021, "state": "low"}, UNITS[:1], "▲ 落后序时 2.1 个百分点"),
        (
            {"gap_share": 0.0, "state": "level", "overdue_count": 0},
            NONE_LATE,
            "● 与序时持平，无逾期",
        ),
        ({"gap_share": -0.0001, "state": "low", "overdue_count": 0}, [], "● 与序时持平，无逾期"),
        (
            {"gap_share": 0.034, "state": "level", "overdue_count": 0},
            [],
            "● 超前序时 3.4 个百分点，无逾期",
        ),
        (
            {"gap_share": 0.034, "state": "level", "overdue_count": 3},
            UNITS[:1],
            "▲ 超前序时 3.4 个百分点，逾期 3 项",
        ),
        (
            {"due_count": 0, "overdue_count": 0, "gap_share": 0.1, "state": "level"},
            [],
            "● 尚无到期事项",
        ),
        ({"item_count": 0, "due_count": 0, "gap_share": None, "state": None}, [], "○ 还没有事项"),
    ],
)
def test_progress_headline_follows_gap_and_overdue(
    changed: dict, units: list, expected: str
) -> None:
    assert verdicts.progress(TOTALS | changed, units).headline == expected


def test_progress_behind_without_overdue_says_so() -> None:
    verdict = verdicts.progress(TOTALS | {"overdue_count": 0}, NONE_LATE)
    assert verdict.detail_text == "无逾期事项"


@pytest.mark.parametrize(
    ("following", "expected"),
    [(13, "下月到期 13 项"), (0, "下月无到期事项"), (None, "")],
)
def test_progress_without_overdue_looks_ahead(following: int | None, expected: str) -> None:
    totals = TOTALS | {"gap_share": 0.0, "state": "level", "overdue_count": 0}
    assert verdicts.progress(totals, due_next_count=following).detail_text == expected


def test_unreported_units_follow_in_the_second_line() -> None:
    verdict = verdicts.progress(TOTALS, UNITS[2:3], reporting=REPORTING, month="2022-10")
    assert verdict.detail_text == "拖后最多：招商部 逾期 8 项；机关团委 10月未报，不计入"


def test_unreported_units_with_an_older_list_are_counted_by_it() -> None:
    stale = [{"unit": "机关团委", "is_reported": False, "last_month": "2022-09"}]
    said = "".join(verdicts.unreported(REPORTING + stale, "2022-10"))
    assert said == "机关团委 10月未报，不计入；机关团委 按最近一期计"


def _ranked(unit: str, closed: int, due: int, place: int | None, state: str = "level") -> dict:
    return {
        "unit": unit,
        "closed_share": closed / due,
        "rank": place,
        "state": state,
        "league_share": 0.838,
    }


FINE = [
    _ranked("党建综合部", 14, 14, 1),
    _ranked("应急环保部", 17, 18, 2),
    _ranked("财政金融部", 14, 15, 3),
    _ranked("社会事务服务中心", 14, 15, 3),
    _ranked("产业发展部", 16, 19, 5),
]
LOW = _ranked("规划建设部", 13, 18, 6, "low")
BEHIND = _ranked("招商部", 10, 18, 7, "behind")
SMALL = _ranked("退役军人服务站", 4, 5, None)


def _history(*places: int | None, unit: str = "招商部") -> list[dict]:
    return [
        {"month": f"2022-{7 + index:02}", "unit": unit, "rank": place}
        for index, place in enumerate(places)
    ]


def test_rankings_name_the_last_place_and_who_really_is_behind() -> None:
    assert _said(verdicts.rankings([*FINE, LOW, BEHIND, SMALL], _history(5, 7, 7))) == (
        "■ 招商部末位：到期销号率 55.6%，连续 2 个月第 7",
        "只有 招商部 明显低于全部单位 83.8%；其余 6 个单位区间重叠，名次仅供参考",
    )


@pytest.mark.parametrize(
    ("history", "tail"),
    [
        (_history(7, 7, 7, 7), "，连续 4 个月第 7"),
        (_history(7, 6, 7), ""),
        (_history(7, None, 7), ""),
        (_history(7), ""),
        ([], ""),
    ],
)
def test_rankings_count_only_an_unbroken_streak(history: list, tail: str) -> None:
    verdict = verdicts.rankings([*FINE, LOW, BEHIND], history)
    assert verdict.sentence == f"招商部末位：到期销号率 55.6%{tail}"


@pytest.mark.parametrize(
    ("rows", "headline", "detail"),
    [
        (
            [*FINE, LOW],
            "▲ 规划建设部末位：到期销号率 72.2%",
            "规划建设部 低于全部单位 83.8%，偏低但不显著；名次仅供参考",
        ),
        (FINE, "● 各单位销号率差别不显著", "全部单位 83.8%；5 个单位区间重叠，名次仅供参考"),
        (
            [
                *FINE,
                _ranked("规划建设部", 130, 180, 6, "behind"),
                _ranked("招商部", 7, 10, 7, "low"),
            ],
            "■ 规划建设部明显偏低：到期销号率 72.2%",
            "只有 规划建设部 明显低于全部单位 83.8%；其余 6 个单位区间重叠，名次仅供参考",
        ),
        (
            [*FINE, BEHIND | {"unit": "规划建设部"}, BEHIND],
            "■ 规划建设部、招商部并列末位：到期销号率 55.6%",
            "规划建设部、招商部 明显低于全部单位 83.8%；其余 5 个单位区间重叠，名次仅供参考",
        ),
        (
            [BEHIND, SMALL],
            "■ 只有招商部可排名：销号率 55.6%",
            "其余 1 个单位到期少于 10 项，不参与排名",
        ),
        ([SMALL], "○ 暂不排名", "1 个单位到期少于 10 项，不参与排名"),
        ([], "○ 没有可排名的单位", ""),
    ],
)
def test_rankings_cover_every_case(rows: list, headline: str, detail: str) -> None:
    assert _said(verdicts.rankings(rows)) == (headline, detail)


def _aged(unit: str, *ages: int) -> dict:
    keys = ("days_1_7_count", "days_8_30_count", "days_31_90_count", "days_over_90_count")
    return {"unit": unit, "overdue_count": sum(ages), **dict(zip(keys, ages, strict=True))}


def test_overdue_says_where_most_of_it_sits_and_how_old_it_is() -> None:
    ageing = [
        _aged("招商部", 3, 3, 1, 1),
        _aged("规划建设部", 1, 1, 3, 0),
        _aged("产业发展部", 1, 1, 1, 0),
        *(_aged(f"单位{index}", 0, 0, 1, 0) for index in range(4)),
    ]
    assert _said(verdicts.overdue(ageing, REPORTING, month="2022-10")) == (
        "■ 逾期 20 项，13 项集中在招商部、规划建设部",
        "超 30 天 10 项，其中超 90 天 1 项；机关团委 10月未报，不计入",
    )


@pytest.mark.parametrize(
    ("ageing", "headline", "detail"),
    [
        ([_aged("招商部", 0, 0, 0, 0)], "● 无逾期", "下月到期 13 项"),
        ([], "● 无逾期", "下月到期 13 项"),
        ([_aged("招商部", 8, 0, 0, 0)], "■ 逾期 8 项，全部在招商部", "均未超 30 天"),
        ([_aged("招商部", 0, 1, 0, 0)], "■ 逾期 1 项，在招商部", "均未超 30 天"),
        (
            [_aged("招商部", 0, 0, 3, 0), _aged("机关团委", 1, 0, 0, 0)],
            "■ 逾期 4 项，3 项集中在招商部",
            "超 30 天 3 项",
        ),
        (
            [_aged(f"单位{index}", 2, 0, 0, 0) for index in range(5)],
            "■ 逾期 10 项，分散在 5 个单位",
            "均未超 30 天",
        ),
    ],
)
def test_overdue_covers_every_case(ageing: list, headline: str, detail: str) -> None:
    assert _said(verdicts.overdue(ageing, due_next_count=13)) == (headline, detail)


def _community(name: str, late: int, street: str = "曲阳街道", is_reported: bool = True) -> dict:
    return {"community": name, "overdue_count": late, "street": street, "is_reported": is_reported}


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        ([_community("河北社区", 5), _community("任井社区", 6)], "■ 2 个社区逾期 4 项及以上"),
        (
            [
                _community(f"第{index}社区", 4, "曲阳街道" if index else "东街道")
                for index in range(4)
            ],
            "■ 4 个社区逾期 4 项及以上，3 个在曲阳街道",
        ),
        ([_community("河北社区", 5), _community("任井社区", 1)], "■ 河北社区逾期 5 项"),
        ([_community("河北社区", 2), _community("任井社区", 1)], "▲ 2 个社区有逾期，最多 2 项"),
        ([_community("河北社区", 0)], "● 各社区无逾期"),
        ([_community("河北社区", 9, is_reported=False)], "○ 各社区均未报"),
        ([], "○ 没有社区数据"),
    ],
)
def test_communities_cover_every_case(rows: list, headline: str) -> None:
    assert verdicts.communities(rows).headline == headline


def test_communities_say_who_is_grey_and_what_dark_means() -> None:
    rows = [_community("河北社区", 0), _community("任井社区", 0, is_reported=False)]
    verdict = verdicts.communities(rows, measure="closed")
    assert verdict.detail_text == "2 个社区：1 个已报，1 个未报（灰色，不计入）；颜色越深销号率越低"


def test_names_are_bold_and_the_data_cannot_act_as_markdown() -> None:
    verdict = Verdict("overdue", "逾期", (Name("招商部*]("), " 逾期 8 项 :red[x]"))
    # The empty element parts what Streamlit would join to a colour.
    assert verdict.detail_markdown.startswith(r"**招商部\*\]\(** 逾期 8 项 ")
    assert ":red[" not in verdict.detail_markdown


@pytest.mark.parametrize("unit", ["招商部", "社会事务服务中心", "综合执法与安全生产监督管理局"])
def test_sentences_fit_their_line_with_long_names(unit: str) -> None:
    rows = [*FINE, LOW, BEHIND | {"unit": unit}]
    ageing = [
        _aged(unit, 6, 0, 0, 0),
        _aged(unit + "二", 6, 0, 0, 0),
        _aged("机关团委", 5, 0, 0, 0),
    ]
    said = [
        verdicts.rankings(rows, _history(7, 7, unit=unit)).sentence,
        verdicts.overdue(ageing).sentence,
    ]
    assert [text for text in said if words.width_em(text) > LONGEST_EM] == []
