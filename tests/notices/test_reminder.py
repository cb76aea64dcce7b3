"""The reminder asks for what is missing, and for nothing else."""

from datetime import date

from tally.notices.reminder import reminder

MONTH = date(2022, 9, 1)
DUE_ON = date(2022, 10, 8)


def owed(unit: str, status: str, ledger: str = "problems", returned: str | None = None) -> dict:
    """Return a row of `submissions_due`."""
    row = {"unit": unit, "status": status, "ledger": ledger, "due_on": DUE_ON}
    return row | {"returned_reason": returned}


def test_reminder_names_the_missing_with_their_day_and_what_was_returned() -> None:
    back = owed("丙部", "missing", returned="缺时限")
    rows = [owed("甲部", "sent"), owed("乙部", "missing"), back]
    assert reminder("试点", MONTH, rows) == (
        "试点2022年9月问题台账应于10月8日前报送，尚未报送的有 2 个："
        "乙部、丙部（已退回：缺时限）。请尽快报送，没有事项的报零报告。"
    )


def test_reminder_in_january_names_the_year_of_the_day() -> None:
    december = [owed("乙部", "missing") | {"due_on": date(2023, 1, 5)}]
    assert "应于2023年1月5日前报送" in reminder("试点", date(2022, 12, 1), december)


def test_reminder_has_a_paragraph_for_each_ledger() -> None:
    rows = [owed("乙部", "missing"), owed("", "missing", "checks")]
    first, second = reminder("试点", MONTH, rows).splitlines()
    assert "问题台账" in first
    assert "核查台账" in second and "合并报送的台账" in second


def test_reminder_is_empty_when_nothing_is_missing() -> None:
    rows = [owed("甲部", "late"), owed("乙部", "nil"), owed("丙部", "not yet due")]
    assert reminder("试点", MONTH, rows) == ""
