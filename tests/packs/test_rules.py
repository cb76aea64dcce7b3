"""A pack's rules: a broken one is refused with file and remedy; each limit says who set it (F5)."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tally.packs import PackError, Rule, packs, read_pack
from tally.store import Database, rule_kinds
from tests.office import SLUG, trial_pack
from tests.packs.test_refusals import CAMPAIGN, entry, refusal

RULE = (
    'name = "久拖"',
    'kind = "overdue_long"',
    "limits = { days = 30 }",
    'mechanism = "D7"',
    'level = "red"',
    'consequence = "必访"',
    'sentence = "{subject}已超期{measured}天"',
)


def rule(**changed: str) -> str:
    """Return a pack's entry of a rule with these keys written in another way, or added."""
    lines = {line.split(" = ")[0]: line for line in RULE}
    lines |= {key: f"{key} = {value}" for key, value in changed.items()}
    return entry("rules", *lines.values())


BROKEN = {
    "level": (
        rule(level='"black"'),
        "rules「久拖」的 level「black」不认识；可选 red、amber、blue、good",
    ),
    "light of a good finding": (
        rule(level='"good"', is_light="true"),
        "rules「久拖」写了 is_light，level 就只能是 red 或 amber",
    ),
    "field of a sentence": (
        rule(sentence='"{who}超期"'),
        "的 sentence 里 {who} 不认识；可用 subject、detail、unit、measured、threshold、since",
    ),
    "form of a field": (
        rule(sentence='"{measured:percent}"'),
        "的 sentence 里 {measured:percent} 写得不对；份额写作 {measured:share}",
    ),
    "braces of a sentence": (rule(sentence='"{subject超期"'), "的 sentence 花括号不成对"),
    "a rule twice": (rule() + rule(), "rules「久拖」写了两次；请只留一条"),
    "limits as a number": (rule(limits="30"), "的 limits 应是一组键值，如 { count = 5 }"),
    "measures as a word": (rule(measures='"约谈"'), "的 measures 应是列表，写在方括号里"),
    "key that is unknown": (rule(threshold="30"), "不认识的键 threshold"),
    "no sentence": (rule().replace('sentence = "{subject}已超期{measured}天"\n', ""), "'sentence'"),
    "level of a slip": (
        entry("slips", 'name = "提醒"', 'level = "green"', "working_days = 3"),
        "slips「提醒」的 level「green」不认识；可选 blue、amber、red",
    ),
    "days of a slip": (
        entry("slips", 'name = "提醒"', 'level = "blue"', "working_days = 0"),
        "slips「提醒」的 working_days 至少是 1",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_rule_is_refused_with_file_key_and_remedy(tmp_path: Path, case: str) -> None:
    text, said = BROKEN[case]
    message = refusal(tmp_path, text)
    assert "broken.toml" in message
    assert said in message


def test_rule_of_the_cases_is_whole_without_them(tmp_path: Path) -> None:
    (tmp_path / "campaign.toml").write_text(CAMPAIGN + rule(), "utf-8")
    assert [one.limits for one in read_pack(tmp_path).rules] == [{"days": 30}]


def refused_at_opening(home: Path, **changed: object) -> str:
    """Return why a database does not open with a pack whose rule has these changes."""
    whole = Rule("久拖", "overdue_long", "D7", "red", "必访", "{subject}", "演示数据", {"days": 30})
    with pytest.raises(PackError) as refused:
        Database(home, {SLUG: replace(trial_pack(), rules=(replace(whole, **changed),))})  # type: ignore[arg-type]
    return str(refused.value)


def test_kind_without_a_file_is_refused_with_the_kinds_there_are(tmp_path: Path) -> None:
    said = refused_at_opening(tmp_path, kind="overdue_short")
    assert "rules「久拖」的 kind「overdue_short」不认识；可选 " in said
    assert "overdue_long" in said


def test_missing_and_unknown_limits_are_refused_by_name(tmp_path: Path) -> None:
    assert "的 limits 缺少 days；这种规则要写 days" in refused_at_opening(tmp_path, limits={})
    assert "的 limits 里 weeks 不认识；这种规则可写 days" in refused_at_opening(
        tmp_path, limits={"days": 30, "weeks": 4}
    )


RULES = [(slug, rule) for slug, pack in packs().items() for rule in pack.rules]
CITED = re.compile(r"S[1-5] .*「[^」]+」")


@pytest.mark.parametrize(("slug", "one"), RULES, ids=[f"{slug} {one.name}" for slug, one in RULES])
def test_every_rule_of_our_campaigns_has_its_clause_and_its_mechanism(slug: str, one: Rule) -> None:
    assert CITED.match(one.source) or one.source == "本级自定"
    assert one.limit_source == "" or "本级自定" in one.limit_source
    assert re.fullmatch(r"[A-G]\d+", one.mechanism), slug


def test_every_campaign_finds_something_and_every_kind_is_used() -> None:
    assert {slug for slug, _ in RULES} == set(packs())
    assert rule_kinds() - {one.kind for _, one in RULES} == set()
