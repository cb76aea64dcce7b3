"""service_obstacles, clue_progress, monthly_returns, institution_progress (B7, B8, B18, B19, E11)."""

from collections.abc import Callable

from tally.packs import DEMO, Deliverable, ExpectedLedger, Threshold
from tests.office import Office, assert_answer
from tests.tables import day


def test_service_obstacles_show_level_result_and_age(office: Office) -> None:
    office.send(
        "2022-08",
        """
        item_no | title  | unit | received_on | raised_on | raised_to | is_upheld | closed_on | state
        S1      | 开证明 | 甲部 | 08-01       | —         | —         | —         | —         | open
        S2      | 办执照 | 乙部 | 08-10       | 08-16     | 管委会    | no        | 08-30     | closed
        """,
        kind="refusals",
    )
    office.send(
        "2022-08",
        """
        item_no | title | unit | received_on | channel | is_satisfied | closed_on | state
        B1      | 通水  | 甲部 | 08-05       | 窗口    | yes          | 08-09     | closed
        """,
        kind="failures",
    )
    assert_answer(
        office.ask("service_obstacles", "08-31"),
        """
        ledger   | title  | is_closed | age_days | raised_to | days_to_raise | is_upheld | is_satisfied
        refusals | 开证明 | no        | 30       | —         | —             | —         | —
        refusals | 办执照 | yes       | 20       | 管委会    | 6             | no        | —
        failures | 通水   | yes       | 4        | —         | —             | —         | yes
        """,
    )
    # On the 20th nothing but B1 was closed; the raising on the 16th was known.
    assert_answer(
        office.ask("service_obstacles", "08-20", unit=["乙部"]),
        "is_closed | age_days | raised_on\nno | 10 | 08-16",
    )


def test_matter_missing_from_the_next_list_stays_as_last_reported(office: Office) -> None:
    lists = "item_no | title | unit | received_on | state\nS1 | 开证明 | 甲部 | 08-01 | open"
    office.send("2022-08", lists, kind="refusals")
    office.send("2022-09", lists.replace("S1", "S2"), kind="refusals")
    rows = office.ask("service_obstacles", "09-30")
    assert sorted(row["item_key"] for row in rows) == ["S1", "S2"]


def test_complex_clue_has_its_months_from_receipt(office_of: Callable[..., Office]) -> None:
    office = office_of(thresholds=(Threshold("clue_limit_months", 3, DEMO),))
    office.send(
        "2022-11",
        """
        item_no | title | unit | received_on | is_complex | matter_settled_on | people_settled_on
        X1      | 推诿  | 甲部 | 07-31       | yes        | 10-20             | —
        X2      | 拖延  | 甲部 | 07-31       | yes        | 10-20             | 11-02
        X3      | 慢办  | 乙部 | 07-31       | yes        | 10-20             | 10-31
        X4      | 态度  | 乙部 | 07-01       | no         | —                 | —
        """,
        kind="clues",
    )
    # Three months from 31 July end on 31 October. One completion alone is not done.
    assert_answer(
        office.ask("clue_progress", "11-30"),
        """
        item_key | due_on | is_done | is_overdue | is_late | age_days
        X1       | 10-31  | no      | yes        | no      | 122
        X4       | —      | no      | no         | no      | 152
        X2       | 10-31  | yes     | no         | yes     | 94
        X3       | 10-31  | yes     | no         | no      | 92
        """,
    )


def test_clue_has_no_limit_where_the_pack_sets_none(office: Office) -> None:
    office.send(
        "2022-09",
        "item_no | title | unit | received_on | is_complex\nX1 | 推诿 | 甲部 | 03-01 | yes",
        kind="clues",
    )
    assert_answer(office.ask("clue_progress", "09-30"), "due_on | is_overdue\n— | no")


def test_monthly_returns_tell_unsent_from_nothing_to_count(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(ledgers=(ExpectedLedger("returns", "unit", DEMO, units=("甲部", "乙部")),))
    heads = "unit | clue_count | case_count | persons_count | rectified_count | reform_count\n"
    office.send("2022-08", f"{heads}甲部 | 3 | 1 | 2 | 1 | 0", kind="returns", unit="甲部")
    office.send("2022-08", f"{heads}乙部 | 4 | 0 | 0 | 0 | 0", kind="returns", unit="乙部")
    office.send("2022-09", f"{heads}甲部 | 0 | 0 | 0 | 0 | 0", kind="returns", unit="甲部")
    assert_answer(
        office.ask("monthly_returns", "09-30"),
        """
        unit | is_reported | clue_count | clue_total | persons_total | month_count
        乙部 | no          | —          | 4          | 0             | 1
        甲部 | yes         | 0          | 3          | 2             | 2
        """,
    )


def test_institutions_are_met_with_what_the_document_asks_for(
    office_of: Callable[..., Office],
) -> None:
    office = office_of(
        deliverables=(
            Deliverable("《“三单”管理办法》", "甲部", "制度", DEMO, day("08-31")),
            Deliverable("工作规则", "乙部", "制度", DEMO, day("09-15")),
            Deliverable("清单", "", "清单", DEMO),
        )
    )
    office.send(
        "2022-09",
        """
        title          | unit | due_on | issued_on | document_no
        “三单”管理办法 | 甲部 | 08-20  | 09-09     | 1号
        三 单 目录     | 乙部 | 09-10  | —         | —
        考评办法       | 乙部 | 12-31  | 09-20     | 2号
        """,
        kind="institutions",
    )
    # The document's day goes before the list's; 三单目录 is another name than 三单管理办法.
    assert_answer(
        office.ask("institution_progress", "09-30"),
        """
        title          | status  | due_on | is_deliverable | is_due_by_pack | overdue_days | document_no
        三 单 目录     | overdue | 09-10  | no             | no             | 20           | —
        工作规则       | overdue | 09-15  | yes            | yes            | 15           | —
        清单           | open    | —      | yes            | no             | —            | —
        《“三单”管理办法》 | late    | 08-31  | yes            | yes            | 9            | 1号
        考评办法       | issued  | 12-31  | no             | no             | —            | 2号
        """,
    )
    statuses = {r["title"]: r["status"] for r in office.ask("institution_progress", "09-08")}
    assert statuses["《“三单”管理办法》"] == "overdue"
    assert statuses["考评办法"] == "waiting"
