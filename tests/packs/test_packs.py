"""The packs as their documents describe them, and how a broken pack is refused."""

from datetime import date
from pathlib import Path

import pytest

from tally.packs import PackError, class_entries, packs, read_pack, windows

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


def test_packs_are_the_five_campaigns() -> None:
    assert sorted(packs()) == ["huaihua", "huludao", "nanyang", "ningguo", "xiangshan"]


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
        ("huludao", "leagues", ["市直单位", "地区", "乡镇街道"]),
        (
            "ningguo",
            "dimensions",
            ["经济发展", "城乡统筹", "民生福祉", "风险防控", "和谐稳定", "党的建设"],
        ),
        ("ningguo", "phases", ["三季度竞赛", "四季度竞赛"]),
        ("ningguo", "leagues", ["各单位"]),
        ("nanyang", "leagues", ["区直单位", "皇路店镇"]),
        ("nanyang", "dimensions", ["更新观念", "提升能力", "优化作风", "查堵破难"]),
        ("nanyang", "phases", []),
    ],
)
def test_list_of_a_pack_is_as_the_text_has_it(slug: str, list_name: str, names: list[str]) -> None:
    """A1 dimensions, A2 phases, A3 and A14 leagues, A9 the six improvements."""
    assert [entry.name for entry in getattr(packs()[slug], list_name)] == names


def test_huaihua_has_five_channels_each_with_an_owner() -> None:
    """B2: each channel's list is kept by one office."""
    owners = [channel.owner for channel in packs()["huaihua"].dimensions]
    assert owners == ["纪工委监工委", "平安办", "优化办", "宣传部", "督查室"]


def test_huaihua_feedback_belongs_to_the_channel_of_the_inspection_office() -> None:
    channels = {alias: c.owner for c in packs()["huaihua"].dimensions for alias in c.aliases}
    for word in ("包保反映", "会议议定", "一日一盯一周一结"):
        assert channels[word] == "督查室"


def test_huludao_classes_state_137_tasks() -> None:
    counts = [kind.stated_count for kind in packs()["huludao"].dimensions if kind.stated_count]
    assert counts == [13, 6, 9, 67, 29, 13]
    assert sum(counts) == 137


def test_huludao_indicators_are_the_seven_numbers_of_six_tasks() -> None:
    indicators = packs()["huludao"].indicators
    numbers = [one for one in indicators if one.group == "项目"]
    assert [indicator.target for indicator in numbers] == [60, 300, 200, 80, 200, 350, 300]
    assert {indicator.task for indicator in numbers} == {f"ZD-{i:02d}" for i in range(1, 7)}


@pytest.mark.parametrize(
    ("slug", "days"), [("huaihua", [("problems", 5)]), ("huludao", []), ("xiangshan", [])]
)
def test_deadline_is_derived_only_where_the_document_sets_a_rhythm(
    slug: str, days: list[tuple[str, int]]
) -> None:
    assert [(entry.kind, entry.working_days) for entry in packs()[slug].deadlines] == days


def test_trips_of_ningguo_are_attended_monthly_appraised_quarterly_reported_yearly() -> None:
    """E9: attendance each month, an appraisal each quarter, a report at the year's end."""
    trips = {duty.name: duty.every for duty in packs()["ningguo"].duties if "招商" in duty.name}
    assert trips == {"外出招商": "month", "招商季度考核": "quarter", "招商年终述职": "year"}


def test_xiangshan_phases_can_be_current_at_once() -> None:
    phases = packs()["xiangshan"].phases

    def current(day: date) -> list[str]:
        return [phase.name for phase in phases if phase.start_on <= day <= phase.end_on]

    assert current(date(2022, 7, 15)) == ["交流研讨", "找准差距"]
    assert current(date(2022, 10, 31)) == ["积极争先"]
    assert current(date(2022, 12, 15)) == ["积极争先", "结果运用"]


@pytest.mark.parametrize("slug", sorted(packs()))
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


def windows_of(name: str) -> list[tuple[str, str]]:
    """Return the windows of a duty of nanyang as pairs of month and day."""
    (duty,) = [duty for duty in packs()["nanyang"].duties if duty.name == name]
    return [(f"{w.start_on:%m-%d}", f"{w.end_on:%m-%d}") for w in windows(packs()["nanyang"], duty)]


def test_debate_of_nanyang_is_held_in_even_months_moved_past_holidays_once_issued() -> None:
    """E3: February was over when the plan was issued; in October the holidays come first."""
    moved = [("04-03", "04-07"), ("06-01", "06-05"), ("08-01", "08-05"), ("10-07", "10-11")]
    assert windows_of("双月一讨论") == [*moved, ("12-01", "12-05")]


def test_reflection_of_nanyang_is_due_monthly_in_the_same_days_as_the_debate() -> None:
    """E4: so that one merged event can meet both."""
    monthly = windows_of("一月一反思、一月一整改")
    assert [start[:2] for start, _ in monthly] == [f"{month:02d}" for month in range(4, 13)]
    assert set(windows_of("双月一讨论")) <= set(monthly)


def test_forms_of_nanyang_are_owed_by_posts_and_the_fifth_stays_open() -> None:
    """E5: 进社区 has neither a lead nor a frequency in the text."""
    forms = [duty for duty in packs()["nanyang"].duties if duty.subjects == "posts"]
    assert {duty.name: duty.owner for duty in forms} == {
        "亲身办": "党政办公室",
        "进企业": "招商发展局",
        "进农村": "乡村振兴服务中心",
        "督执法": "司法分局",
    }
    assert "进社区" in [point.about for point in packs()["nanyang"].open_points]


def test_visit_of_nanyang_meets_the_form_without_a_second_entry() -> None:
    (duty,) = [duty for duty in packs()["nanyang"].duties if duty.name == "进企业"]
    assert {(proof.ledger, proof.kind) for proof in duty.met_by} == {
        ("activities", "进企业"),
        ("visits", "走访"),
    }


def test_six_themes_of_nanyang_have_four_leads_and_no_dates() -> None:
    """A8: two leads and every window are open in the text."""
    themes = [theme for theme in packs()["nanyang"].themes if theme.kind == "6+N专项整治"]
    assert len(themes) == 6
    assert [theme.name for theme in themes if not theme.lead] == ["基础能力提升", "民生实事"]
    assert {theme.start_on for theme in themes} == {None}


def test_clues_of_nanyang_are_owed_by_the_eighteen_departments() -> None:
    """B13: the ledger and the duty name the same."""
    pack = packs()["nanyang"]
    (owed,) = [entry.units for entry in pack.ledgers if entry.kind == "clues"]
    (duty,) = [duty for duty in pack.duties if duty.name == "职能部门问题线索月报"]
    assert len(set(owed)) == 18
    assert duty.who == owed


def test_dated_deliverables_of_nanyang_are_the_four_of_the_text() -> None:
    """E11: two at the end of March, one of June, one of September."""
    days = [entry.due_on for entry in packs()["nanyang"].deliverables if entry.due_on]
    assert days == [date(2023, 3, 31), date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30)]


def test_nanyang_takes_over_the_campaign_of_the_year_before() -> None:
    assert packs()["nanyang"].campaign.continues == "南阳市职教园区“观念能力作风建设年”"


def test_ningguo_names_two_of_five_contests_and_leaves_the_rest_open() -> None:
    """A9: of the four key tasks the speech names none; where its number is X the pack has none."""
    pack = packs()["ningguo"]
    contests = [theme.name for theme in pack.themes if theme.kind == "五大比拼"]
    assert contests == ["招商引资", "财税工作"]
    assert {"五大比拼", "四项重点任务", "三条线"} <= {point.about for point in pack.open_points}
    lines = [theme for theme in pack.themes if theme.kind == "三条线"]
    assert [line.name for line in lines] == ["低线", "中线", "高线"]
    assert not any(character.isdigit() for line in lines for character in line.note)


def test_six_institutions_of_ningguo_are_duties_or_stay_open() -> None:
    """A9: four say how often; of two the text does not, and nothing is due for them."""
    pack = packs()["ningguo"]
    institutions = [theme.name for theme in pack.themes if theme.kind == "六项制度"]
    sections = {duty.section for duty in pack.duties}
    kept = [name for name in institutions if any(section in name for section in sections)]
    assert kept == [
        "“四季竞赛、五大比拼”调度机制",
        "不定期抽查制度",
        "成效述职制度",
        "总结表彰制度",
    ]
    left_open = [name for name in institutions if name not in kept]
    assert left_open == ["督查问责、跟踪问效制度", "检讨反思制度"]
    assert set(left_open) <= {point.about for point in pack.open_points}


def test_forms_of_activity_are_those_of_the_activity_ledger_alone() -> None:
    """What visits and lists prove is not offered as a form: nobody could enter it there."""
    forms = {name for name, _ in class_entries(packs()["nanyang"], "activity")}
    # 进社区 is named, without a lead and a frequency: no duty, and a form all the same.
    assert {"双月一讨论", "进企业", "部门自评", "进社区"} <= forms
    assert not {"走访", "activities", "problems", "clues"} & forms
