"""The six numbers above 活动进度: what they say, how a change is judged, what the line shows."""

import re
from base64 import b64decode
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tally.palette import LIGHT

TOTALS = {
    "item_count": 148,
    "due_count": 127,
    "closed_count": 118,
    "closed_of_all_share": 118 / 148,
    "closed_due_count": 107,
    "closed_share": 107 / 127,
    "on_time_count": 92,
    "on_time_share": 92 / 127,
    "overdue_count": 20,
    "overdue_30_count": 8,
    "verified_count": 96,
    "reported_closed_count": 118,
}
STEADY = {
    "is_reported": True,
    "item_count": 140,
    "closed_count": 93,
    "closed_share": 0.8635,
    "on_time_share": 0.7,
    "overdue_count": 14,
    "verified_count": 77,
}
COLUMNS = [name for name in STEADY if name != "is_reported"]


def row_of(*months: dict[str, Any]) -> list[str]:
    """Return the six cards as HTML, drawn for these months."""

    def page(totals: dict, months: list) -> None:  # type: ignore[type-arg]
        from tally.board.metrics import metric_row

        metric_row(totals, months)

    app = AppTest.from_function(page, kwargs={"totals": TOTALS, "months": list(months)}).run()
    body = app.get("html")[0].proto.body
    return body.split("</style>")[1].split("<div><div>")[1:]


def plain(card: str) -> str:
    return " ".join(re.sub(r"<[^>]*>?", " ", card).split())


def line_of(card: str) -> str:
    """Return the picture of a card's line, '' where it has none."""
    found = re.search(r"base64,([^\"]+)", card)
    return b64decode(found.group(1)).decode() if found else ""


def test_numbers_follow_the_life_of_an_item_with_what_they_are_part_of() -> None:
    assert [plain(card) for card in row_of(STEADY)] == [
        "台账总数（项） 其中到期 127 148",
        "累计销号（项） 占总数 79.7% 118",
        "到期销号率 107 / 127 84.3%",
        "按期销号率 92 / 127 72.4%",
        "逾期未销（项） 超 30 天 8 20",
        "核实销号（项） 占自报 81.4% 96",
    ]


@pytest.mark.parametrize(
    ("column", "before", "now", "told", "state"),
    [
        ("item_count", 140, 148, "+8", "unreported"),
        ("item_count", 148, 140, "−8", "unreported"),
        ("closed_count", 93, 118, "+25", "normal"),
        ("closed_share", 0.8635, 0.8425, "−2.1 个百分点", "overdue"),
        ("on_time_share", 0.7, 0.7001, "0.0 个百分点", "unreported"),
        ("overdue_count", 14, 20, "+6", "overdue"),
        ("overdue_count", 20, 14, "−6", "normal"),
        ("verified_count", 77, 77, "0", "unreported"),
    ],
)
def test_attention_goes_to_what_got_worse(
    column: str, before: float, now: float, told: str, state: str
) -> None:
    card = row_of(STEADY | {column: before}, STEADY | {column: now})[COLUMNS.index(column)]
    colors = LIGHT.states[state]
    assert f'color:{colors.text};background:{colors.ground}">{told}</span>较上月' in card
    assert colors.fill in line_of(card)


def test_a_line_rises_to_its_highest_month_and_ends_in_a_dot() -> None:
    months = [STEADY | {"overdue_count": count} for count in (10, 30, 20)]
    drawn = line_of(row_of(*months)[COLUMNS.index("overdue_count")])
    assert 'd="M0.0 30.0 L50.0 0.0 L100.0 15.0"' in drawn
    assert 'd="M100.0 15.0 h0"' in drawn


def test_a_level_line_lies_in_the_middle() -> None:
    assert "M0.0 15.0 L100.0 15.0" in line_of(row_of(STEADY, STEADY)[0])


def test_one_reported_month_has_neither_change_nor_line() -> None:
    cards = row_of(STEADY | {"is_reported": False, "overdue_count": 9}, STEADY)
    assert not any("较上月" in card or line_of(card) for card in cards)


def test_a_month_without_a_share_is_left_out_of_its_line() -> None:
    cards = row_of(STEADY | {"closed_share": None}, STEADY)
    assert not line_of(cards[COLUMNS.index("closed_share")])
    assert line_of(cards[COLUMNS.index("closed_count")])
