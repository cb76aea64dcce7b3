"""The packs of 怀化 and 宁国: what finds, what follows, and by which words (D10–D12, D18–D22)."""

import pytest

from tally.packs import Rule, packs

HUAIHUA, NINGGUO = packs()["huaihua"].rules, packs()["ningguo"].rules


def named(rules: tuple[Rule, ...], mechanism: str) -> list[Rule]:
    """Return the rules of one mechanism."""
    return [rule for rule in rules if rule.mechanism == mechanism]


def test_seven_red_lines_are_seven_and_treated_alike() -> None:
    """D10: three computed, four of entered events with a finding."""
    lines = named(HUAIHUA, "D10")
    assert [rule.kind for rule in lines] == [
        *("duty_missing", "problem_unreported", "false_closing"),
        *("incident_caused", "incident_caused", "incident", "incident_caused"),
    ]
    assert {(rule.level, rule.consequence) for rule in lines} == {("red", "从严处理")}
    assert all("一律从严处理」" in rule.source for rule in lines)


def test_dissatisfied_enterprise_is_one_sides_doing_or_the_others() -> None:
    """D18: who is called to account depends on the cause found."""
    sides = {rule.limits["causes"][0]: rule.measures for rule in named(HUAIHUA, "D18")}
    assert sides == {
        "包保责任": ("追究包保领导责任", "追究部门责任", "追究个人责任"),
        "行业部门": ("追究行业部门责任",),
    }


@pytest.mark.parametrize("mechanism", ["D11", "D12", "D20", "D21", "D22"])
def test_each_institution_of_the_speech_has_its_rules(mechanism: str) -> None:
    assert named(NINGGUO, mechanism)


def test_limit_without_a_number_in_the_text_says_that_it_is_our_own() -> None:
    silent = [
        rule.name
        for rule in (*HUAIHUA, *NINGGUO)
        for limit in rule.limits.values()
        if isinstance(limit, int) and limit > 1 and "本级自定" not in rule.limit_source
    ]
    assert silent == []
