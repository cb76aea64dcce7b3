"""unit_rank_history: ranks from month to month, and whether a move is more than noise."""

from tests.office import Office, assert_answer, closed_of


def test_each_month_is_ranked_at_its_end_and_the_last_on_the_day_asked(office: Office) -> None:
    office.send("2022-08", closed_of({"甲部": (2, 2), "乙部": (1, 2)}, "08-15"))
    office.send("2022-09", closed_of({"甲部": (1, 2), "乙部": (2, 2)}, "08-15"))
    assert_answer(
        office.ask("unit_rank_history", "09-10"),
        """
        month   | unit | league | rank | closed_share | due_count | is_beyond_noise
        2022-08 | 甲部 | 部门   | 1    | 1            | 2         | no
        2022-08 | 乙部 | 部门   | 2    | 1/2          | 2         | no
        2022-09 | 乙部 | 部门   | 1    | 1            | 2         | no
        2022-09 | 甲部 | 部门   | 2    | 1/2          | 2         | no
        """,
    )
    assert {row["month"] for row in office.ask("unit_rank_history", "08-20")} == {"2022-08"}


def test_move_is_beyond_noise_when_first_and_last_interval_do_not_overlap(office: Office) -> None:
    office.send("2022-08", closed_of({"甲部": (4, 10), "乙部": (10, 10)}, "08-15"))
    office.send("2022-09", closed_of({"甲部": (29, 30), "乙部": (9, 10)}, "08-15"))
    # 甲部: 4/10 at most 0.69, 29/30 at least 0.83. 乙部: 10/10 at least 0.72, 9/10 at most 0.98.
    moved = {
        row["unit"]: row["is_beyond_noise"] for row in office.ask("unit_rank_history", "09-30")
    }
    assert moved == {"甲部": True, "乙部": False}


def test_fall_is_beyond_noise_too(office: Office) -> None:
    office.send("2022-08", closed_of({"甲部": (29, 30)}, "08-15"))
    office.send("2022-09", closed_of({"甲部": (10, 30)}, "08-15"))
    rows = office.ask("unit_rank_history", "09-30")
    assert [row["is_beyond_noise"] for row in rows] == [True, True]


def test_state_is_that_of_the_last_month_in_every_row(office: Office) -> None:
    office.send("2022-08", closed_of({"甲部": (30, 30), "乙部": (30, 30)}, "08-15"))
    office.send("2022-09", closed_of({"甲部": (30, 30), "乙部": (3, 30)}, "08-15"))
    states = {
        (row["month"], row["unit"]): row["state"]
        for row in office.ask("unit_rank_history", "09-30")
    }
    assert states[("2022-08", "乙部")] == states[("2022-09", "乙部")] == "behind"
    assert states[("2022-08", "甲部")] == "level"


def test_unit_filter_keeps_the_rank_among_all(office: Office) -> None:
    office.send("2022-08", closed_of({"甲部": (2, 2), "乙部": (1, 2)}, "08-15"))
    for filters in ({"unit": ["乙部"]}, {"unit": ["乙部"], "post": "第一副主任"}):
        assert_answer(office.ask("unit_rank_history", "08-31", **filters), "unit | rank\n乙部 | 2")
