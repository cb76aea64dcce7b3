"""The sentence the roster opens with: what is missing goes before what is yet to come."""

from datetime import date

import pytest

from tally.verdicts import roster

MONTH = date(2022, 9, 1)


def owed(*statuses: str) -> list[dict[str, str]]:
    """Return rows of `submissions_due`, one a status; the first unit is a list of all."""
    units = ("", "甲部", "乙部", "丙部", "丁部")
    return [{"unit": unit, "status": status} for unit, status in zip(units, statuses, strict=False)]


@pytest.mark.parametrize(
    ("statuses", "headline", "detail"),
    [
        (
            ("missing", "missing", "late", "not yet due"),
            "■ 9月有 2 份台账到期未报",
            "未报：合并报送、甲部；已报 1 / 4 份；迟报 1 份",
        ),
        (
            ("sent", "nil", "not yet due"),
            "▲ 9月还有 1 份台账未报，未到期",
            "已报 2 / 3 份；零报告 1 份",
        ),
        (("sent", "late"), "● 9月台账已报齐", "已报 2 / 2 份；迟报 1 份"),
        ((), "○ 2022年9月没有要报的台账", ""),
    ],
)
def test_roster_opens_with_what_the_office_must_do(
    statuses: tuple[str, ...], headline: str, detail: str
) -> None:
    said = roster(owed(*statuses), MONTH)
    assert (said.headline, said.detail_text) == (headline, detail)
