"""ledger_rows: every row of every list in force, as its file gave it."""

from tests.office import Office, assert_answer


def test_each_months_report_of_an_item_is_a_row_the_withdrawn_too(office: Office) -> None:
    office.send("2022-08", "item_no | title\nP1 | 路灯坏", unit="甲部")
    office.send("2022-09", "item_no | title | state\nP1 | 路灯坏 | withdrawn", unit="甲部")
    assert_answer(
        office.ask("ledger_rows", "09-30"),
        """
        ledger   | month   | item_key | state     | row
        problems | 2022-09 | P1       | withdrawn | 2
        problems | 2022-08 | P1       | open      | 2
        """,
    )


def test_rows_of_other_ledgers_are_found_by_words_ledger_and_day(office: Office) -> None:
    office.send("2022-09", "item_no | title | state | closed_on\nP1 | 路灯坏 | closed | 09-05")
    office.send("", "item_no | title | unit | checked_on | is_verified\nP1 | 路灯坏 | 甲部 | 09-20 | yes",
                kind="checks")  # fmt: skip
    office.send(
        "", "ticket_no | title | unit | received_on\nT1 | 噪声 | 甲部 | 09-03", kind="tickets"
    )
    assert_answer(office.ask("ledger_rows", "09-30", words="噪声"), "ledger\ntickets")
    assert_answer(
        office.ask("ledger_rows", "09-30", ledger="checks"), "ledger | state\nchecks | true"
    )
    assert_answer(office.ask("ledger_rows", "09-30", day_from="2022-09-10"), "ledger\nchecks")
    assert office.ask("ledger_rows", "08-31") == []


def test_rows_of_a_replaced_list_are_gone(office: Office) -> None:
    office.send("2022-09", "item_no\nP1", unit="甲部")
    office.send("2022-09", "item_no\nP2", unit="甲部")
    assert_answer(office.ask("ledger_rows", "09-30"), "item_key\nP2")
