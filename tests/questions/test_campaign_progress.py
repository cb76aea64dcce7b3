"""campaign_progress: counts and shares by dimension against the time schedule."""

from tests.office import Office, assert_answer


def test_campaign_progress_counts_each_dimension_in_the_packs_order(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit | dimension | due_on | state  | closed_on
        P1      | 甲部 | 民生      | 09-10  | closed | 09-09
        P2      | 甲部 | 经济      | 09-10  | closed | 09-20
        P3      | 乙部 | 经济      | 09-10  | open   | —
        P4      | 乙部 | 经济      | 10-20  | closed | 09-28
        P5      | 乙部 | 经济      | 10-20  | open   | —
        P6      | 丙部 | —         | 10-20  | open   | —
        """,
    )
    rows = office.ask("campaign_progress", "09-30")
    # 经济: due P2 P3, closed P2 P4; of the due P2 is closed, and late; P3 is overdue.
    assert_answer(
        rows,
        """
        dimension | item_count | due_count | closed_count | closed_due_count | on_time_count
        经济      | 4          | 2         | 2            | 1                | 0
        民生      | 1          | 1         | 1            | 1                | 1
        未注明    | 1          | 0         | 0            | 0                | 0
        """,
    )
    # 经济: 1/2 of the due, 2/4 of all, schedule 2/4. Nothing due gives no share of the due.
    assert_answer(
        rows,
        """
        dimension | closed_share | closed_of_all_share | on_time_share | schedule_share
        经济      | 1/2          | 2/4                 | 0/2           | 2/4
        民生      | 1/1          | 1/1                 | 1/1           | 1/1
        未注明    | —            | 0/1                 | —             | 0/1
        """,
    )
    assert_answer(rows, "overdue_count | gap_share\n1 | 0\n0 | 0\n0 | 0")


def test_item_is_due_on_its_deadline_and_overdue_the_day_after(office: Office) -> None:
    office.send("2022-09", "item_no | due_on\nP1 | 09-15\nP2 | —", unit="甲部")
    for as_of, due_count, overdue_count in (
        ("09-14", 0, 0),
        ("09-15", 1, 0),
        ("09-16", 1, 1),
    ):
        [row] = office.ask("campaign_progress", as_of)
        assert (row["due_count"], row["overdue_count"]) == (due_count, overdue_count), as_of


def test_state_says_behind_from_more_than_five_points_under_the_schedule(office: Office) -> None:
    def rows_of(dimension: str, item_count: int, due_count: int, closed_count: int) -> str:
        lines = [
            f"{dimension}{n} | {dimension} | {'09-01' if n < due_count else '12-01'}"
            f" | {'closed' if n < closed_count else 'open'} | {'08-31' if n < closed_count else '—'}"
            for n in range(item_count)
        ]
        return "\n".join(["item_no | dimension | due_on | state | closed_on", *lines])

    # 20 items: a point of 5 percent is one item.
    office.send(
        "2022-09",
        rows_of("甲类", 20, 10, 8),
        rows_of("乙类", 20, 10, 9),
        rows_of("丙类", 20, 10, 10),
        rows_of("丁类", 20, 10, 12),
        unit="甲部",
    )
    by_name = {row["dimension"]: row for row in office.ask("campaign_progress", "09-30")}
    # The gap is closed less due, over the items.
    assert_answer(
        [by_name[name] for name in ("甲类", "乙类", "丙类", "丁类")],
        """
        gap_share | state
        -2/20     | behind
        -1/20     | low
        0         | level
        2/20      | level
        """,
    )


def test_closed_on_time_means_by_the_deadline_in_force(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | due_on | extended_on | extended_to | state  | closed_on
        P1      | 09-10  | —           | —           | closed | 09-10
        P2      | 09-10  | —           | —           | closed | 09-11
        P3      | 09-10  | 09-09       | 09-20       | closed | 09-20
        P4      | 12-10  | —           | —           | closed | 09-20
        """,
        unit="甲部",
    )
    # On time P1 and, by its extension, P3. P4 is closed before it is due: not among the due.
    assert_answer(
        office.ask("campaign_progress", "09-30"),
        "due_count | closed_due_count | on_time_count | on_time_share\n3 | 3 | 2 | 2/3",
    )


def test_closed_without_a_date_counts_from_the_month_first_reported_closed(office: Office) -> None:
    for month, state in (
        ("2022-07", "closed"),
        ("2022-08", "open"),  # reopened
        ("2022-09", "closed"),
        ("2022-10", "closed"),
    ):
        office.send(month, f"item_no | due_on | state\nP1 | 09-15 | {state}", unit="甲部")
    closed = {
        as_of: office.ask("items", as_of)[0]["closed_at_on"]
        for as_of in ("07-31", "08-31", "09-30", "10-31")
    }
    days = {as_of: found and found.strftime("%m-%d") for as_of, found in closed.items()}
    assert days == {"07-31": "07-01", "08-31": None, "09-30": "09-01", "10-31": "09-01"}


def test_withdrawn_items_are_counted_nowhere(office: Office) -> None:
    office.send("2022-08", "item_no | due_on\nP1 | 08-31\nP2 | 08-31", unit="甲部")
    office.send(
        "2022-09",
        "item_no | due_on | state\nP1 | 08-31 | withdrawn\nP2 | 08-31 | open",
        unit="甲部",
    )
    assert office.ask("campaign_progress", "08-31")[0]["item_count"] == 2
    assert_answer(office.ask("campaign_progress", "09-30"), "item_count | overdue_count\n1 | 1")


def test_verified_is_counted_apart_from_reported_closed(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | state  | closed_on
        P1      | closed | 09-10
        P2      | closed | 09-10
        P3      | closed | 09-10
        P4      | closed | 09-10
        P5      | open   | —
        """,
        unit="甲部",
    )
    office.send(
        "",
        """
        item_no | checked_on | is_verified
        P1      | 09-20      | yes
        P2      | 09-20      | yes
        P2      | 09-25      | no
        P3      | 09-05      | yes
        P5      | 09-20      | yes
        """,
        kind="checks",
        title="核查",
    )
    # P1 true; P2 found false by the last check, and so open again; P3 checked before it was
    # closed; P4 not checked; P5 not closed. Before 20 September nothing was checked.
    assert_answer(office.ask("campaign_progress", "09-30"), "closed_count | verified_count\n3 | 1")
    assert_answer(office.ask("campaign_progress", "09-24"), "closed_count | verified_count\n4 | 2")
    assert_answer(office.ask("campaign_progress", "09-19"), "closed_count | verified_count\n4 | 0")


def test_check_counts_for_what_was_closed_before_it_in_the_files_order(office: Office) -> None:
    office.send("2022-09", "item_no | state | closed_on\nP1 | closed | 09-05", unit="甲部")
    office.send(
        "2022-09", "item_no | state | closed_on\nP1 | closed | 09-25", kind="tasks", unit="甲部"
    )

    def check(*results: str) -> None:
        rows = [f"P1 | 09-10 | {result}" for result in results]
        text = "\n".join(["item_no | checked_on | is_verified", *rows])
        office.send("", text, kind="checks", title="核查")

    # The task of the same number was closed only after the check.
    check("yes")
    assert_answer(office.ask("campaign_progress", "09-30"), "closed_count | verified_count\n2 | 1")
    # Of two results on one day the one written last holds: the problem is open again.
    check("yes", "no")
    assert_answer(office.ask("campaign_progress", "09-30"), "closed_count | verified_count\n1 | 0")


def test_known_at_gives_the_state_before_a_correction_and_before_its_undo(office: Office) -> None:
    office.send("2022-09", "item_no | state\nP1 | open\nP2 | open", unit="甲部")
    before_correction = office.now()
    correction = office.send("2022-09", "item_no | state\nP1 | closed", unit="甲部")
    before_undo = office.now()
    office.take_back(correction)

    def counts(known_at: object) -> tuple[int, int]:
        [row] = office.ask("campaign_progress", "09-30", known_at=known_at)
        return row["item_count"], row["closed_count"]

    assert counts(before_correction) == (2, 0)
    assert counts(before_undo) == (1, 1)
    assert counts(None) == (2, 0)


def test_campaign_progress_keeps_to_the_filters(office: Office) -> None:
    office.send(
        "2022-09",
        """
        item_no | unit   | dimension
        P1      | 甲部   | 经济
        P2      | 丙部   | 经济
        P3      | 东社区 | 民生
        """,
    )
    for filters, counts in (
        ({}, {"经济": 2, "民生": 1}),
        ({"unit": ["甲部", "东社区"]}, {"经济": 1, "民生": 1}),
        ({"league": "社区"}, {"民生": 1}),
        ({"dimension": ["经济"]}, {"经济": 2}),
        ({"post": "第二副主任"}, {"经济": 1, "民生": 1}),
        ({"league": "部门", "dimension": ["民生"]}, {}),
    ):
        rows = office.ask("campaign_progress", "09-30", **filters)
        assert {row["dimension"]: row["item_count"] for row in rows} == counts, filters


def test_tasks_count_as_items_and_tickets_do_not(office: Office) -> None:
    office.send("2022-09", "item_no\nP1", unit="甲部")
    office.send("2022-09", "item_no\nP1", kind="tasks", unit="乙部")
    office.send("", "ticket_no | received_on\nT1 | 09-01", kind="tickets", unit="丙部")
    assert_answer(office.ask("campaign_progress", "09-30"), "dimension | item_count\n未注明 | 2")


def test_no_day_asked_gives_no_rows(office: Office) -> None:
    office.send("2022-09", "item_no\nP1", unit="甲部")
    assert office.ask("campaign_progress") == []
