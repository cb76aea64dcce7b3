"""community_points: what carries both coordinates."""

from tests.office import Office, assert_answer


def test_items_and_tickets_with_both_coordinates_are_points(office: Office) -> None:
    items = office.send(
        "2022-09",
        """
        item_no | longitude | latitude | community | due_on | state  | closed_on
        P1      | 116.80    | 33.95    | 东社区    | 09-10  | open   | —
        P2      | 116.81    | 33.96    | —         | 09-10  | closed | 09-20
        P3      | 116.82    | —        | —         | 09-10  | open   | —
        """,
        unit="甲部",
    )
    tickets = office.send(
        "",
        """
        ticket_no | longitude | latitude | received_on | due_on
        T1        | 116.90    | 33.90    | 09-05       | 09-12
        T2        | —         | —        | 09-05       | —
        """,
        kind="tickets",
        unit="乙部",
    )
    assert_answer(
        office.ask("community_points", "09-30"),
        f"""
        ledger   | item_key | unit | community | longitude | latitude | is_overdue | is_closed | upload
        problems | P1       | 甲部 | 东社区    | 116.80    | 33.95    | yes        | no        | {items}
        problems | P2       | 甲部 | —         | 116.81    | 33.96    | no         | yes       | {items}
        tickets  | T1       | 乙部 | —         | 116.90    | 33.90    | yes        | no        | {tickets}
        """,
    )
    assert_answer(office.ask("community_points", "09-30", unit=["乙部"]), "item_key\nT1")
    assert office.ask("community_points", "09-30", league="社区") == []
