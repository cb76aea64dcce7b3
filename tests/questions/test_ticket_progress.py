"""ticket_progress: answered, resolved and satisfied side by side, by channel (B9)."""

from tests.office import Office, assert_answer


def test_ticket_progress_counts_answered_resolved_and_satisfied_apart(office: Office) -> None:
    office.send(
        "",
        """
        ticket_no | channel | received_on | closed_on | state  | is_resolved | is_satisfied
        T1        | 热线    | 09-01       | 09-03     | closed | yes         | yes
        T2        | 热线    | 09-01       | 09-11     | closed | no          | no
        T3        | 热线    | 09-02       | —         | closed | —           | —
        T4        | 热线    | 09-03       | —         | open   | —           | —
        T5        | —       | 09-04       | 09-10     | closed | yes         | —
        """,
        kind="tickets",
        unit="甲部",
    )
    rows = office.ask("ticket_progress", "09-30")
    # 热线: T1 T2 T3 answered, of two ratings one satisfied; 2 and 10 days, median 6.
    assert_answer(
        rows,
        """
        channel | received_count | closed_count | resolved_count | satisfied_count | rated_count | closed_share
        未注明  | 1              | 1            | 1              | 0               | 0           | 1
        热线    | 4              | 3            | 1              | 1               | 2           | 3/4
        """,
    )
    assert_answer(rows, "satisfied_share | answer_days_median\n— | 6\n1/2 | 6")


def test_ticket_is_on_time_when_answered_by_its_deadline(office: Office) -> None:
    office.send(
        "",
        """
        ticket_no | received_on | due_on | closed_on | state
        T1        | 09-01       | 09-08  | 09-08     | closed
        T2        | 09-01       | 09-08  | 09-09     | closed
        T3        | 09-01       | 09-08  | —         | open
        T4        | 09-01       | 09-30  | —         | open
        T5        | 09-01       | 10-08  | 09-10     | closed
        T6        | 09-01       | —      | —         | open
        T7        | 09-01       | —      | 09-10     | closed
        """,
        kind="tickets",
        unit="甲部",
    )
    # Due T1 T2 T3 and, today, T4; on time only T1; overdue only T3. Without a deadline a
    # ticket is neither.
    assert_answer(
        office.ask("ticket_progress", "09-30"),
        "due_count | on_time_share | overdue_count\n4 | 1/4 | 1",
    )
    assert_answer(
        office.ask("ticket_progress", "09-07"),
        "due_count | on_time_share | overdue_count\n0 | — | 0",
    )


def test_each_ticket_lies_in_its_own_month_and_counts_from_its_day(office: Office) -> None:
    office.send(
        "",
        """
        ticket_no | received_on | closed_on | state
        T1        | 2021-12-30  | 01-14     | closed
        T2        | 08-31       | 09-02     | closed
        T3        | 09-01       | —         | open
        """,
        kind="tickets",
        unit="甲部",
    )
    assert [row["month"].isoformat() for row in office.ask("published_months")] == [
        "2022-09-01",
        "2022-08-01",
        "2021-12-01",
    ]
    # On 31 August T3 has not come, and T2 is not answered yet; T1 took 15 days.
    assert_answer(
        office.ask("ticket_progress", "08-31"),
        "received_count | closed_count | answer_days_median\n2 | 1 | 15",
    )
    assert_answer(office.ask("ticket_progress", "09-30", month="2022-08"), "received_count\n1")


def test_later_list_of_a_ticket_replaces_the_earlier_and_withdrawn_does_not_count(
    office: Office,
) -> None:
    office.send(
        "",
        "ticket_no | received_on | state\nT1 | 09-01 | open\nT2 | 09-02 | open",
        kind="tickets",
        unit="甲部",
    )
    office.send(
        "",
        """
        ticket_no | received_on | closed_on | state
        T1        | 09-01       | 09-05     | closed
        T2        | 09-02       | —         | withdrawn
        """,
        kind="tickets",
        unit="甲部",
    )
    assert_answer(office.ask("ticket_progress", "09-30"), "received_count | closed_count\n1 | 1")


def test_tickets_without_a_number_are_told_apart_by_title_unit_and_day(office: Office) -> None:
    office.send(
        "",
        """
        title  | received_on
        路灯坏 | 09-01
        路灯坏 | 09-01
        路灯坏 | 09-02
        """,
        kind="tickets",
        unit="甲部",
    )
    assert_answer(office.ask("ticket_progress", "09-30"), "received_count\n3")


def test_ticket_progress_keeps_to_the_units(office: Office) -> None:
    office.send(
        "",
        "ticket_no | unit | received_on\nT1 | 甲部 | 09-01\nT2 | 乙部 | 09-01",
        kind="tickets",
    )
    assert_answer(office.ask("ticket_progress", "09-30", unit=["乙部"]), "received_count\n1")
    assert office.ask("ticket_progress") == []
