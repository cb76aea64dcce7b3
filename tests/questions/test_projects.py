"""projects, project_stages, project_moves, project_numbers, project_admission (C5, C6, C11)."""

import random
from collections import Counter
from datetime import date

from tests.office import Office, assert_answer, last_day
from tests.questions.project_pack import STAGES
from tests.tables import day

HEADS = "item_no | title | unit | stage | stage_on"
AUGUST = f"""
    {HEADS}
    P1 | 甲厂 | 甲部 | 前期 | 03-01
    P2 | 乙厂 | 甲部 | 前期 | 08-20
    P3 | 丙厂 | 乙部 | 推进 | 03-01
    P4 | 丁厂 | 乙部 | 储备 | 01-05
    P5 | 戊厂 | 丙部 | 签约 | —
"""
SEPTEMBER = f"""
    {HEADS}
    P1 | 甲厂 | 甲部 | 前期 | 03-01
    P2 | 乙厂 | 甲部 | 开工 | 08-20
    P3 | 丙厂 | 乙部 | 竣工 | 09-12
    P4 | 丁厂 | 乙部 | 储备 | 01-05
    P6 | 己厂 | 丙部 | —    | —
"""


def test_project_is_in_its_stage_since_the_day_that_belongs_to_it(project_office: Office) -> None:
    project_office.send("2022-08", AUGUST, kind="projects")
    project_office.send("2022-09", SEPTEMBER, kind="projects")
    # P2 kept the day of its last stage: it is that stage's. P5 is left out and stays.
    assert_answer(
        project_office.ask("projects", "10-31"),
        """
        item_key | stage | before_stage | is_new | since_on | is_since_stated | days_in_stage | is_stuck | is_vanished | month
        P1       | 前期  | 前期         | no     | 03-01    | yes             | 244           | yes      | no          | 2022-09
        P5       | 签约  | 签约         | no     | 08-31    | no              | 61            | yes      | yes         | 2022-08
        P4       | 储备  | 储备         | no     | 01-05    | yes             | 299           | no       | no          | 2022-09
        P3       | 竣工  | 推进         | no     | 09-12    | yes             | 49            | no       | no          | 2022-09
        P2       | 开工  | 前期         | no     | 09-30    | no              | 31            | no       | no          | 2022-09
        P6       | —     | —            | yes    | 09-30    | no              | 31            | no       | no          | 2022-09
        """,
    )
    in_august = {row["item_key"]: row for row in project_office.ask("projects", "08-31")}
    first, building = in_august["P2"], in_august["P3"]
    assert (first["stage"], first["days_in_stage"], first["is_new"]) == ("前期", 11, True)
    # 推进 has a limit of its own.
    assert (building["days_in_stage"], building["is_stuck"]) == (183, False)


def test_stages_balance_from_the_list_before_to_this_one(project_office: Office) -> None:
    project_office.send("2022-08", AUGUST, kind="projects")
    project_office.send("2022-09", SEPTEMBER, kind="projects")
    rows = project_office.ask("project_stages", "09-30")
    # In the third quarter 推进 is due: P1 has been in 前期 since before it began.
    assert_answer(
        rows,
        """
        stage  | quarter | is_current | before_count | new_count | came_count | left_count | project_count | stuck_count | past_quarter_count
        储备   | 4       | no         | 1            | 0         | 0          | 0          | 1             | 0           | 0
        签约   | 0       | no         | 1            | 0         | 0          | 0          | 1             | 0           | 0
        前期   | 1       | no         | 2            | 0         | 0          | 1          | 1             | 1           | 1
        开工   | 2       | no         | 0            | 0         | 1          | 0          | 1             | 0           | 0
        推进   | 3       | yes        | 1            | 0         | 0          | 1          | 0             | 0           | 0
        竣工   | 0       | no         | 0            | 0         | 1          | 0          | 1             | 0           | 0
        终止   | 0       | no         | 0            | 0         | 0          | 0          | 0             | 0           | 0
        未注明 | —       | no         | 0            | 1         | 0          | 0          | 1             | 0           | 0
        """,
    )
    for row in rows:
        came = row["before_count"] + row["new_count"] + row["came_count"]
        assert came - row["left_count"] == row["project_count"], row["stage"]
    assert_answer(
        project_office.ask("project_moves", "09-30"),
        """
        from_stage | stage  | project_count | stuck_count | is_back | before_month | month
        储备       | 储备   | 1             | 0           | no      | 2022-08      | 2022-09
        签约       | 签约   | 1             | 0           | no      | 2022-08      | 2022-09
        前期       | 前期   | 1             | 1           | no      | 2022-08      | 2022-09
        前期       | 开工   | 1             | 0           | no      | 2022-08      | 2022-09
        推进       | 竣工   | 1             | 0           | no      | 2022-08      | 2022-09
        —          | 未注明 | 1             | 0           | no      | 2022-08      | 2022-09
        """,
    )


def test_first_list_has_nothing_to_come_from_and_a_way_back_is_told(project_office: Office) -> None:
    project_office.send("2022-08", f"{HEADS}\nP1 | 甲厂 | 甲部 | 开工 | 08-03", kind="projects")
    assert_answer(
        project_office.ask("project_moves", "08-31"),
        "from_stage | stage | before_month | is_back\n— | 开工 | — | no",
    )
    project_office.send("2022-09", f"{HEADS}\nP1 | 甲厂 | 甲部 | 前期 | 09-03", kind="projects")
    assert_answer(project_office.ask("project_moves", "09-30"), "stage | is_back\n前期 | yes")


COUNTED = """
    item_no | unit | kind | stage | invested_total | funds_won | signed_on  | started_on | resumed_on
    P1      | 甲部 | 产业 | 推进  | 1.0            | 0.5       | 02-01      | 05-01      | —
    P2      | 甲部 | 城建 | 推进  | 0.9            | 1.5       | 03-01      | 10-01      | —
    P3      | 乙部 | 产业 | 推进  | 5              | —         | 2021-12-31 | 2021-08-01 | 03-05
    P4      | 乙部 | 产业 | 储备  | 2              | —         | —          | —          | —
    P5      | 乙部 | —    | 签约  | —              | —         | 09-30      | —          | —
"""


def test_numbers_are_counted_from_the_lists_beside_what_is_reported(project_office: Office) -> None:
    project_office.send("2022-08", COUNTED.replace("签约", "储备"), kind="projects")
    project_office.send("2022-09", COUNTED, kind="projects")
    upload = project_office.send(
        "2022-09", "indicator | value\n争取上级资金 | 50000\n签约项目 | 9", kind="indicators"
    )
    # P2 starts and P5 is signed around the day: 1 October is not yet, 30 September is. P3 was
    # signed and started last year and resumed this year; P5 was in the reserve in August.
    rows = project_office.ask("project_numbers", "09-30")
    assert_answer(
        rows,
        """
        number       | indicator    | value | project_count | among_count | unit_of_measure | target | state  | reported_value | reported_gap
        争取上级资金 | 上级资金     | 20000 | 2          | 5           | 万元            | 600000 | behind | 50000          | 30000
        签约项目     | 签约项目     | 3     | 3          | 5           | 个              | 4      | level  | 9              | 6
        落地开工项目 | —            | 1     | 1          | 5           | 个              | —      | —      | —              | —
        产业项目占比 | 产业项目占比 | 100/3 | 1          | 3           | %               | 80     | behind | —              | —
        亿元以上项目 | —            | 2     | 2          | 2           | 个              | —      | —      | —              | —
        开复工项目   | —            | 2     | 2          | 5           | 个              | —      | —      | —              | —
        谋划储备项目 | —            | 2     | 2          | 5           | 个              | —      | —      | —              | —
        """,
    )
    assert [rows[1][name] for name in ("upload", "row")] == [upload, 3]
    assert rows[1]["expected_value"] == 4 * 273 / 365
    flags = {row["item_key"]: row for row in project_office.ask("projects", "09-30")}
    assert sum(row["is_running"] for row in flags.values()) == rows[5]["value"]
    assert flags["P3"]["is_large"]
    # A project given up counts for nothing but what it won.
    project_office.send("2022-10", COUNTED.replace("推进", "终止"), kind="projects")
    given_up = [row["value"] for row in project_office.ask("project_numbers", "10-31")]
    assert given_up == [20000, 1, 0, 0, 0, 0, 2]
    # Next year nothing of this counts, and what was won stays with its year.
    after = project_office.ask("project_numbers", "2023-01-31")
    assert [row["value"] for row in after] == [0, 0, 0, None, 0, 0, 0]


def test_admission_tells_which_checks_fail_and_holds_taxes_to_the_floor(
    project_office: Office,
) -> None:
    project_office.send(
        "2022-09",
        """
        item_no | stage | supply   | land_mu | tax_wan | started_on | check_industry | check_tax | check_environment | check_labour | check_safety | check_energy | check_fit
        P1      | 前期  | 新供地   | 40      | 300     | 09-01      | 通过           | 通过      | 通过              | 通过         | 通过         | 通过         | 通过
        P2      | 前期  | 盘活     | 40      | 480     | —          | 通过           | —         | 不通过            | 通过         | 通过         | 不通过       | 通过
        P3      | 前期  | 租赁厂房 | —       | 480     | —          | 通过           | 通过      | 通过              | 通过         | 通过         | 通过         | —
        P4      | 前期  | 新供地   | 0       | —       | —          | 通过           | 通过      | 通过              | 通过         | 通过         | 通过         | 通过
        P5      | 前期  | —        | 30      | 900     | —          | —              | —         | —                 | —            | —            | —            | —
        """,
        kind="projects",
    )  # fmt: skip
    rows = project_office.ask("project_admission", "09-30")
    # P5 names neither land nor check: it is not under admission.
    assert_answer(
        rows,
        """
        item_key | tax_per_mu | tax_floor | unreviewed_count | is_tax_contrary | result     | is_landed
        P2       | 12         | 12        | 0                | no              | failed     | no
        P1       | 7.5        | 12        | 0                | yes             | failed     | yes
        P3       | —          | 12        | 1                | no              | unreviewed | no
        P4       | —          | 12        | 0                | no              | passed     | no
        """,
    )
    assert [row["failed"] for row in rows] == [["环保", "能耗"], ["亩均税收"], [], []]
    assert rows[0]["checks"] == ["通过", "通过", "不通过", "通过", "通过", "不通过", "通过"]
    leased = project_office.ask("project_admission", "09-30", supply="租赁厂房")
    assert [row["item_key"] for row in leased] == ["P3"]
    assert project_office.ask("project_admission", "09-30", unit=["甲部"]) == []


def test_stages_and_days_agree_with_a_plain_walk_through_the_lists(project_office: Office) -> None:
    chance = random.Random(6)
    told: dict[str, list[tuple[date, str]]] = {}
    for month in range(1, 10):
        lines = ["item_no | title | stage"]
        for number in range(30):
            key, held = f"P{number}", told.get(f"P{number}")
            if chance.random() < 0.25:
                continue
            stays = held and chance.random() < 0.6
            stage = held[-1][1] if held and stays else chance.choice(list(STAGES))
            told.setdefault(key, []).append((date(2022, month, 1), stage))
            lines.append(f"{key} | {key}厂 | {stage}")
        project_office.send(f"2022-{month:02}", "\n".join(lines), kind="projects")
    moves: Counter[tuple[str | None, str]] = Counter()
    rows = {row["item_key"]: row for row in project_office.ask("projects", "10-15")}
    assert rows.keys() == told.keys()
    for key, reports in told.items():
        since, stage = reports[-1]
        for month, named in reversed(reports):
            if named != stage:
                break
            since = month
        before = [named for month, named in reports if month < date(2022, 9, 1)]
        moves[before[-1] if before else None, stage] += 1
        days = (day("10-15") - last_day(since)).days
        rests, limit = stage in ("储备", "竣工", "终止"), 365 if stage == "推进" else 60
        found = [rows[key][name] for name in ("stage", "days_in_stage", "is_stuck", "is_vanished")]
        vanished = reports[-1][0] < date(2022, 9, 1)
        assert found == [stage, days, not rests and days >= limit, vanished], key
    answer = project_office.ask("project_moves", "10-15")
    assert {(r["from_stage"], r["stage"]): r["project_count"] for r in answer} == moves
