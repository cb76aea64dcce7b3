"""burn_down: what came in and went out each month, until nothing is left (B6)."""

import random

from tally.submissions import withdraw
from tests.office import Office, assert_answer

MONTHS = ("2022-07", "2022-08", "2022-09", "2022-10", "2022-11")


def test_items_in_and_out_add_up_to_what_remains(office: Office) -> None:
    office.send("2022-07", "item_no | state\nP1 | open\nP2 | open\nP3 | closed", unit="甲部")
    august = """
        item_no | state  | closed_on
        P1      | closed | 08-20
        P3      | open   | —
        P4      | closed | 08-25
        P5      | open   | —
        """
    upload = office.send("2022-08", august, unit="甲部")
    withdraw(office.database, upload, {"P2": "合并"})
    office.send(
        "",
        "item_no | title | checked_on | is_verified\nP1 | 核查 | 09-10 | no",
        kind="checks",
        unit="甲部",
    )
    # August: P4 came and was closed, P5 came, P3 came back; P1 closed, P2 merged. September:
    # the check takes P1 back.
    assert_answer(
        office.ask("burn_down", "09-30"),
        """
        month   | new_count | reopened_count | in_count | closed_count | withdrawn_count | out_count | remaining_count
        2022-07 | 3         | 0              | 3        | 1            | 0               | 1         | 2
        2022-08 | 2         | 1              | 3        | 2            | 1               | 3         | 2
        2022-09 | 0         | 1              | 1        | 0            | 0               | 0         | 3
        """,
    )


def test_burn_down_agrees_with_a_second_count(office: Office) -> None:
    chance, said = random.Random(6), {}
    for month in MONTHS:
        rows = []
        for number in range(30):
            if chance.random() < 0.25:
                continue
            state = chance.choice(["open", "open", "closed", "withdrawn"])
            said[month, number] = state
            rows.append(f"P{number} | {chr(0x4E00 + 97 * number) * 5} | {state}")
        office.send(month, "\n".join(["item_no | title | state", *rows]), unit="甲部")
    stands: dict[int, str] = {}
    for month, row in zip(MONTHS, office.ask("burn_down", "11-30"), strict=True):
        before = dict(stands)
        stands |= {number: state for (when, number), state in said.items() if when == month}
        now = {number: state for number, state in stands.items() if state != "withdrawn"}
        then = {number: state for number, state in before.items() if state != "withdrawn"}
        expected = {
            "new_count": len(now.keys() - then.keys()),
            "reopened_count": sum(now[n] == "open" and then.get(n) == "closed" for n in now),
            "closed_count": sum(now[n] == "closed" and then.get(n) != "closed" for n in now),
            "withdrawn_count": sum(then[n] == "open" and n not in now for n in then),
            "remaining_count": sum(state == "open" for state in now.values()),
        }
        assert {name: row[name] for name in expected} == expected, month
        open_before = sum(state == "open" for state in then.values())
        assert row["remaining_count"] == open_before + row["in_count"] - row["out_count"]
