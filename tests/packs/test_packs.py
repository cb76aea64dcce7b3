"""The packs as their documents describe them, and how a broken pack is refused."""

from datetime import date
from pathlib import Path

import pytest

from tally.packs import PackError, packs, read_pack

CAMPAIGN = """
[campaign]
name = "试点"
full_name = "试点行动"
document = "试〔2022〕1号"
issuer = "试点办"
issued_on = 2022-01-01
start_on = 2022-01-01
end_on = 2022-12-31
dimension_word = "维度"
source = "演示数据"
"""
TASKS = '[[ledgers]]\nkind = "tasks"\nsubmitted_by = "all"\nsource = "演示数据"\n'


def test_packs_are_the_three_campaigns() -> None:
    assert sorted(packs()) == ["huaihua", "huludao", "xiangshan"]


@pytest.mark.parametrize(
    ("slug", "list_name", "names"),
    [
        (
            "xiangshan",
            "dimensions",
            ["经济发展", "改革创新", "为民办实事", "为企优环境", "风险防范", "作风建设"],
        ),
        ("xiangshan", "phases", ["交流研讨", "找准差距", "积极争先", "结果运用"]),
        ("xiangshan", "leagues", ["部门、中心", "社区"]),
        ("xiangshan", "communities", ["河北社区", "王店社区", "小集社区", "凤凰山社区"]),
        ("huaihua", "leagues", ["各部门"]),
        ("huludao", "leagues", ["市直单位", "地区"]),
    ],
)
def test_list_of_a_pack_is_as_the_text_has_it(slug: str, list_name: str, names: list[str]) -> None:
    assert [entry.name for entry in getattr(packs()[slug], list_name)] == names


def test_huaihua_has_five_channels_each_with_an_owner() -> None:
    owners = [channel.owner for channel in packs()["huaihua"].dimensions]
    assert owners == ["纪工委监工委", "平安办", "优化办", "宣传部", "督查室"]


def test_huaihua_feedback_belongs_to_the_channel_of_the_inspection_office() -> None:
    channels = {alias: c.owner for c in packs()["huaihua"].dimensions for alias in c.aliases}
    for word in ("包保反映", "会议议定", "一日一盯一周一结"):
        assert channels[word] == "督查室"


def test_huludao_classes_state_137_tasks() -> None:
    counts = [kind.stated_count for kind in packs()["huludao"].dimensions]
    assert counts == [13, 6, 9, 67, 29, 13]
    assert sum(counts) == 137


def test_huludao_indicators_are_the_seven_numbers_of_six_tasks() -> None:
    indicators = packs()["huludao"].indicators
    assert [indicator.target for indicator in indicators] == [60, 300, 200, 80, 200, 350, 300]
    assert {indicator.task for indicator in indicators} == {f"ZD-{i:02d}" for i in range(1, 7)}


@pytest.mark.parametrize(
    ("slug", "days"), [("huaihua", [("problems", 5)]), ("huludao", []), ("xiangshan", [])]
)
def test_deadline_is_derived_only_where_the_document_sets_a_rhythm(
    slug: str, days: list[tuple[str, int]]
) -> None:
    assert [(entry.kind, entry.working_days) for entry in packs()[slug].deadlines] == days


def test_xiangshan_phases_can_be_current_at_once() -> None:
    phases = packs()["xiangshan"].phases

    def current(day: date) -> list[str]:
        return [phase.name for phase in phases if phase.start_on <= day <= phase.end_on]

    assert current(date(2022, 7, 15)) == ["交流研讨", "找准差距"]
    assert current(date(2022, 10, 31)) == ["积极争先"]
    assert current(date(2022, 12, 15)) == ["积极争先", "结果运用"]


@pytest.mark.parametrize("slug", ["xiangshan", "huaihua", "huludao"])
def test_names_and_aliases_of_a_pack_point_to_one_entry(slug: str) -> None:
    for entries in (packs()[slug].units, packs()[slug].dimensions, packs()[slug].communities):
        words = [word for entry in entries for word in (entry.name, *entry.aliases)]
        assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("[wrong]\nvalue = 1", ("campaign.toml", "wrong", "可用")),
        ('[[leagues]]\nname = "甲"', ("campaign.toml leagues[1]", "source", "请补上")),
        (
            '[[leagues]]\nname = "甲"\nsource = "演示数据"\ncolour = "红"',
            ("campaign.toml leagues[1]", "colour", "可用的键"),
        ),
        (
            '[[units]]\nname = "办公室"\nleague = "乙"\nsource = "演示数据"',
            ("办公室", "league", "不在 leagues 中"),
        ),
        ("[[leagues]", ("campaign.toml", "不是正确的 TOML")),
        (f'{TASKS}due_day = 32\ndue_source = "本级自定"', ("tasks", "due_day", "1 至 31 日")),
        (f"{TASKS}due_day = 5", ("tasks", "due_source", "本级自定")),
        ("is_reviewed = 1", ("is_reviewed", "true 或 false")),
    ],
)
def test_broken_pack_is_refused_with_place_key_and_remedy(
    tmp_path: Path, added: str, said: tuple[str, ...]
) -> None:
    (tmp_path / "campaign.toml").write_text(CAMPAIGN + added, "utf-8")
    with pytest.raises(PackError) as refusal:
        read_pack(tmp_path)
    for words in said:
        assert words in str(refusal.value)


def test_pack_without_campaign_says_where_it_goes(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"没有 \[campaign\]；请在 campaign.toml 中写明"):
        read_pack(tmp_path)


def test_list_written_in_two_files_names_both(tmp_path: Path) -> None:
    league = '[[leagues]]\nname = "甲"\nsource = "演示数据"\n'
    (tmp_path / "campaign.toml").write_text(CAMPAIGN + league, "utf-8")
    (tmp_path / "units.toml").write_text(league, "utf-8")
    with pytest.raises(PackError, match=r"units.toml: leagues 已在 campaign.toml 中写过"):
        read_pack(tmp_path)


def test_campaign_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    text = CAMPAIGN.replace("end_on = 2022-12-31", "end_on = 2021-12-31")
    (tmp_path / "campaign.toml").write_text(text, "utf-8")
    with pytest.raises(PackError, match="end_on 早于 start_on"):
        read_pack(tmp_path)
