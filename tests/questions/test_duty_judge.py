"""duty_compliance against a slow and obvious judge, over happenings nobody would think of."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.questions.duty_judge import Happening, judged
from tests.questions.duty_pack import DUTIES, duty_pack
from tests.tables import day

JUDGED = ("月会", "反思", "上稿", "周结", "调研")
WHO = {"月会": "甲部", "反思": "乙部", "上稿": "办公室", "周结": "东社区", "调研": "甲部负责人"}
HAPPENINGS = st.builds(
    lambda kinds, names, on, length, covers: Happening(
        tuple(sorted(kinds)),
        tuple(sorted(names)),
        on,
        on + timedelta(days=length),
        None
        if covers is None
        else (on.replace(day=1) + timedelta(days=31 * covers)).replace(day=1),
    ),
    st.sets(st.sampled_from(JUDGED), min_size=1, max_size=2),
    st.sets(st.sampled_from(sorted(WHO.values())), min_size=1, max_size=3),
    st.dates(day("06-20"), day("12-31")),
    st.integers(0, 4),
    st.one_of(st.none(), st.sampled_from((0, 0, -1, 1))),
)


def written(happened: list[Happening]) -> str:
    """Return happenings as rows of an activity ledger."""
    lines = ["activity | held_on | ended_on | unit | partners | post | covers | object"]
    for number, one in enumerate(happened):
        units = [name for name in one.names if name != "甲部负责人"] or ["丁部"]
        post = "甲部负责人" if "甲部负责人" in one.names else "—"
        covers = f"{one.covers:%Y-%m}" if one.covers else "—"
        lines.append(
            f"{'、'.join(one.kinds)} | {one.first_on} | {one.last_on} | {units[0]} | "
            f"{'、'.join(units[1:]) or '—'} | {post} | {covers} | 对象{number}"
        )
    return "\n".join(lines)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(HAPPENINGS, min_size=15, max_size=40), st.dates(day("07-01"), day("12-31")))
def test_answer_is_that_of_a_slow_and_obvious_judge(
    duty_office: Office, happened: list[Happening], as_of: date
) -> None:
    upload = duty_office.send("2022-12", written(happened), kind="activities")
    rows = duty_office.ask("duty_compliance", str(as_of))
    by_name = {duty.name: duty for duty in DUTIES}
    for name in JUDGED:
        found = [
            row["status"]
            for row in rows
            if row["duty"] == name
            and row["subject"] == WHO[name]
            and row["window_start_on"] <= date(2022, 12, 31)
        ]
        expected = judged(duty_pack(), by_name[name], WHO[name], happened, as_of)
        assert found == expected, name
    duty_office.take_back(upload)
