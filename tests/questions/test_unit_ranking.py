"""unit_ranking: who closed the largest share of what was due, within one league (A3, A14)."""

from collections.abc import Callable

import pytest

from tests.office import Office, assert_answer, closed_of


def test_units_with_equal_shares_share_a_rank_and_the_next_is_skipped(office: Office) -> None:
    office.send(
        "2022-09",
        closed_of({"甲部": (14, 15), "乙部": (28, 30), "丙部": (5, 5), "丁部": (1, 2)}),
    )
    # 14/15 = 28/30: ranks 2, 2, then 4. The league: 48 of 52.
    assert_answer(
        office.ask("unit_ranking", "09-30", league="部门"),
        """
        unit | league | item_count | due_count | closed_due_count | rank | is_tied | closed_share | league_share
        丙部 | 部门   | 5          | 5         | 5                | 1    | no      | 1            | 48/52
        甲部 | 部门   | 15         | 15        | 14               | 2    | yes     | 14/15        | 48/52
        乙部 | 部门   | 30         | 30        | 28               | 2    | yes     | 28/30        | 48/52
        丁部 | 部门   | 2          | 2         | 1                | 4    | no      | 1/2          | 48/52
        """,
    )


def test_each_league_is_ranked_within_itself(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (1, 4), "乙部": (0, 4), "东社区": (4, 4)}))
    ranks = {row["unit"]: row["rank"] for row in office.ask("unit_ranking", "09-30")}
    assert ranks == {"甲部": 1, "乙部": 2, "丙部": None, "丁部": None, "东社区": 1, "西社区": None}
    shares = {row["league"]: row["league_share"] for row in office.ask("unit_ranking", "09-30")}
    assert shares == {"部门": 1 / 8, "社区": 1.0}


def test_unit_below_the_packs_minimum_of_due_items_has_no_rank(
    office_with: Callable[..., Office],
) -> None:
    office = office_with(minimum_due_items=3)
    office.send("2022-09", closed_of({"甲部": (2, 3), "乙部": (2, 2), "丙部": (1, 3)}))
    # 乙部 closed all, but only two were due: no rank, and it takes nobody's place.
    assert_answer(
        office.ask("unit_ranking", "09-30", league="部门"),
        """
        unit | due_count | closed_share | rank | is_tied | share_low
        甲部 | 3         | 2/3          | 1    | no      | 0.20765960080204776
        丙部 | 3         | 1/3          | 2    | no      | 0.06149194472039626
        乙部 | 2         | 1            | —    | no      | 0.3423802275066531
        丁部 | 0         | —            | —    | no      | —
        """,
    )


def test_rank_change_is_against_the_end_of_the_month_before(office: Office) -> None:
    office.send("2022-08", closed_of({"甲部": (3, 4), "乙部": (2, 4), "丙部": (1, 4)}, "08-15"))
    office.send(
        "2022-09",
        closed_of({"甲部": (3, 4), "乙部": (4, 4), "丙部": (1, 4), "丁部": (0, 4)}, "08-15"),
    )
    # 乙部 from 2 to 1 gains a place, 甲部 from 1 to 2 loses one, 丁部 is new.
    assert_answer(
        office.ask("unit_ranking", "09-30", league="部门"),
        "unit | rank | rank_change\n乙部 | 1 | 1\n甲部 | 2 | -1\n丙部 | 3 | 0\n丁部 | 4 | —",
    )
    # Asked within September the month before is still August.
    changes = {row["unit"]: row["rank_change"] for row in office.ask("unit_ranking", "09-02")}
    assert changes["乙部"] == 1


def test_state_says_behind_only_when_the_whole_interval_is_under_the_league(
    office: Office,
) -> None:
    office.send(
        "2022-09", closed_of({"甲部": (60, 60), "乙部": (10, 30), "丙部": (1, 2), "丁部": (28, 30)})
    )
    # League 99/122 = 0.811. 乙部 1/3, at most 0.512: behind. 丙部 1/2, at most 0.905: low.
    states = {row["unit"]: row["state"] for row in office.ask("unit_ranking", "09-30")}
    assert {name: states[name] for name in ("甲部", "乙部", "丙部", "丁部")} == {
        "甲部": "level",
        "乙部": "behind",
        "丙部": "low",
        "丁部": "level",
    }
    assert states["东社区"] is None


def test_unit_that_did_not_report_the_month_is_marked(office: Office) -> None:
    office.send("2022-08", closed_of({"甲部": (1, 2)}, "08-15"), unit="甲部")
    office.send("2022-08", closed_of({"乙部": (1, 2)}, "08-15"), unit="乙部")
    office.send("2022-09", closed_of({"乙部": (2, 2)}, "08-15"), unit="乙部")
    reported = {
        row["unit"]: (row["is_reported"], row["closed_due_count"])
        for row in office.ask("unit_ranking", "09-30", unit=["甲部", "乙部"])
    }
    assert reported == {"甲部": (False, 1), "乙部": (True, 2)}


@pytest.mark.parametrize(
    ("filters", "ranks"),
    [
        ({"unit": ["乙部"]}, {"乙部": 2}),  # shown alone, still second of its league
        (
            {"post": "第二副主任", "league": "部门"},
            {"丙部": 3, "丁部": None},
        ),  # so is a post's unit
        (
            {"dimension": ["民生"], "league": "部门"},
            {"甲部": None, "乙部": 1, "丙部": 1, "丁部": None},
        ),
    ],
)
def test_units_and_posts_narrow_what_is_shown_and_dimensions_what_is_ranked(
    office: Office, filters: dict[str, object], ranks: dict[str, int | None]
) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | dimension | due_on | state
        P1      | 甲部 | 经济      | 09-15  | closed
        P2      | 乙部 | 经济      | 09-15  | closed
        P3      | 乙部 | 民生      | 09-15  | open
        P4      | 丙部 | 民生      | 09-15  | open
        """,
    )
    rows = office.ask("unit_ranking", "09-30", **filters)
    assert {row["unit"]: row["rank"] for row in rows} == ranks


def test_known_at_gives_the_rank_as_it_was_known_then(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (1, 2), "乙部": (2, 2)}))
    before = office.now()
    office.send("2022-09", closed_of({"甲部": (2, 2), "乙部": (1, 2)}))
    first = office.ask("unit_ranking", "09-30", league="部门", known_at=before)[0]["unit"]
    now = office.ask("unit_ranking", "09-30", league="部门")[0]["unit"]
    assert (first, now) == ("乙部", "甲部")


def test_no_day_asked_gives_no_rows(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (1, 2)}))
    assert office.ask("unit_ranking") == []
