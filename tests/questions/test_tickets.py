"""tickets: every ticket as last reported, the overdue first (B9)."""

from tests.office import Office, assert_answer

FOUR = """
    ticket_no | title      | channel | received_on | due_on | closed_on | state  | is_satisfied
    T1        | 路灯不亮   | 热线    | 09-01       | 09-08  | 09-05     | closed | yes
    T2        | 下水道堵塞 | 热线    | 09-02       | 09-09  | —         | open   | —
    T3        | 噪声       | 信访    | 09-03       | —      | —         | open   | —
    T4        | 停车难     | 信访    | 09-04       | 09-11  | 09-20     | closed | no
    """


def test_overdue_tickets_come_first_then_the_newest(office: Office) -> None:
    office.send("", FOUR, kind="tickets", unit="甲部")
    # T2 passed its deadline unanswered; T3 has none and is never overdue.
    assert_answer(
        office.ask("tickets", "09-30"),
        """
        item_key | is_overdue | is_closed | answer_days
        T2       | yes        | no        | —
        T4       | no         | yes       | 16
        T3       | no         | no        | —
        T1       | no         | yes       | 4
        """,
    )


def test_tickets_are_found_by_words_state_and_day_of_receipt(office: Office) -> None:
    office.send("", FOUR, kind="tickets", unit="甲部")
    assert_answer(office.ask("tickets", "09-30", words="下水道"), "item_key\nT2")
    assert_answer(office.ask("tickets", "09-30", words="信访"), "item_key\nT4\nT3")
    assert_answer(office.ask("tickets", "09-30", state="unsatisfied"), "item_key\nT4")
    assert_answer(office.ask("tickets", "09-30", state="open"), "item_key\nT2\nT3")
    assert_answer(office.ask("tickets", "09-02"), "item_key\nT2\nT1")


def test_tickets_are_turned_in_pages_and_counted_whole(office: Office) -> None:
    office.send("", FOUR, kind="tickets", unit="甲部")
    [third, fourth] = office.ask("tickets", "09-30", at_most=2, skip=2)
    assert (third["item_key"], fourth["item_key"]) == ("T3", "T1")
    counts = ("found_count", "closed_count", "overdue_count", "rated_count", "satisfied_count")
    whole = office.ask("tickets", "09-30")
    rated = [row["is_satisfied"] for row in whole if row["is_satisfied"] is not None]
    assert [third[name] for name in counts] == [4, 2, 1, len(rated), sum(rated)]


def test_ticket_answered_after_the_day_is_open_on_it(office: Office) -> None:
    office.send("", FOUR, kind="tickets", unit="甲部")
    assert_answer(
        office.ask("tickets", "09-15", item_key="T4"),
        "item_key | is_closed | is_overdue\nT4 | no | yes",
    )
