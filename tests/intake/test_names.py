"""How units, communities and dimensions are found in what offices write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.intake.cells import likeness
from tally.intake.cells.names import Dimensions, Named, Names, Places, Units, proposal, read_name
from tally.intake.cells.roster import MAX_JUDGED, NOT_LISTED, Roster
from tests.intake.samples import COMMUNITIES, DIMENSIONS, UNITS, XIANGSHAN

units = Units(XIANGSHAN)
places = Places(XIANGSHAN.communities)
dimensions = Dimensions(XIANGSHAN.dimensions)


@pytest.mark.parametrize(
    ("cell", "lead", "partners"),
    [
        ("产业发展部", "产业发展部", ()),
        ("产发部", "产业发展部", ()),
        ("产业 发展部", "产业发展部", ()),
        ("产业\n发展部", "产业发展部", ()),
        ("招商部（牵头）", "招商部", ()),
        ("产业发展部、招商部", "产业发展部", ("招商部",)),
        ("产业发展部,招商部；规建部", "产业发展部", ("招商部", "规划建设部")),
        ("产业发展部／招商部", "产业发展部", ("招商部",)),
        ("产业发展部 招商部", "产业发展部", ("招商部",)),
        ("产业发展部\n招商部", "产业发展部", ("招商部",)),
        ("产业发展\n部 招商部", "产业发展部", ("招商部",)),
        ("产业发展部和招商部", "产业发展部", ("招商部",)),
        ("产业发展部、招商部（牵头）", "招商部", ("产业发展部",)),
        ("招商部（牵头）、产业发展部（配合）", "招商部", ("产业发展部",)),
        ("招商部（牵头）产业发展部（配合）", "招商部", ("产业发展部",)),
        ("产业发展部(配合)招商部(牵头单位)", "招商部", ("产业发展部",)),
        ("牵头：招商部；配合：产发部、财金部", "招商部", ("产业发展部", "财政金融部")),
        ("配合单位：招商部", None, ("招商部",)),
        ("1.招商部\n2.产发部", "招商部", ("产业发展部",)),
        ("一、招商部 （二）、产发部", "招商部", ("产业发展部",)),
        ("招商部、招商部", "招商部", ()),
        ("招商部（分管负责人）", "招商部", ()),
        ("", None, ()),
        ("—", None, ()),
    ],
)
def test_units_cell_is_taken_apart_into_lead_and_partners(
    cell: str, lead: str | None, partners: tuple[str, ...]
) -> None:
    named = units.read(cell)
    assert (named.lead, named.partners, named.unknown) == (lead, partners, ())


def test_units_unknown_name_is_kept_apart_and_gets_proposals() -> None:
    assert units.read("招商部、招商局") == Named(lead="招商部", unknown=("招商局",))
    assert units.nearest("招商局") == ("招商部",)
    assert units.nearest("气象台") == ()


def test_units_all_departments_is_nobody_in_particular() -> None:
    named = units.read("招商部、各部门")
    assert (named.lead, named.everybody, named.unknown) == ("招商部", ("各部门",), ())


@given(st.text(alphabet="产业发展部招商、 \n（）牵头和1.", max_size=60))
def test_units_any_words_never_raise_and_never_invent(cell: str) -> None:
    assert set(units.read(cell).all) <= {name for name, _ in UNITS}


WORDS = st.sampled_from([(name, word) for name, aliases in UNITS for word in (name, *aliases)])
GAPS = st.lists(st.sampled_from(["", " ", "\n", "　", "\t"]), min_size=12, max_size=12)
MARKS = st.sampled_from(["", "（牵头）", "(牵头)", " （ 牵头 ）", "（牵头单位）"])


@given(WORDS, GAPS, MARKS)
def test_units_name_or_alias_is_found_through_blanks_and_marks(
    named: tuple[str, str], gaps: list[str], mark: str
) -> None:
    name, word = named
    cell = "".join(letter + gap for letter, gap in zip(word, gaps, strict=False)) + mark
    assert units.read(cell).lead == name


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from("、，,/；;\n "))
def test_units_several_names_keep_their_order(named: list[tuple[str, str]], mark: str) -> None:
    found = units.read(mark.join(word for _, word in named))
    assert found.all == tuple(dict.fromkeys(name for name, _ in named))


@pytest.mark.parametrize("core", [name.removesuffix("社区") for name in COMMUNITIES])
@pytest.mark.parametrize("ending", ["", "社区", "社区居委会", " 社区\n居民委员会"])
def test_places_are_found_with_any_ending(core: str, ending: str) -> None:
    assert places.find(core + ending) == f"{core}社区"


def test_places_unknown_word_is_none() -> None:
    assert places.find("社区") is None
    assert places.find("东街社区") is None


@pytest.mark.parametrize("name", DIMENSIONS)
@pytest.mark.parametrize(
    "rendering",
    [
        "{}",
        "一、{}方面（31项）",
        "（二）{}",
        "1.{}类",
        "第三、{}方面",
        "找{}方面的差距",
        " {} 领域",
    ],
)
def test_dimensions_are_found_through_numbering_and_counts(name: str, rendering: str) -> None:
    assert dimensions.find(rendering.format(name)) == name


def test_dimensions_unknown_word_is_none() -> None:
    assert dimensions.find("七、其他方面") is None


# No aliases: what remains to go by is the name itself.
BARE_UNITS = [(name, name) for name, _ in UNITS]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("产发部", "产业发展部"),
        ("产业部", "产业发展部"),
        ("规建局", "规划建设部"),
        ("财金部门", "财政金融部"),
        ("财政局", "财政金融部"),
        ("综合科", "党建综合部"),
        ("招商局", "招商部"),
        ("社服中心", "社会事务服务中心"),
        ("环保局", "应急环保部"),
        ("应急管理局", "应急环保部"),
        ("规划建没部", "规划建设部"),
        ("财政金容部", "财政金融部"),
        ("产业发展布", "产业发展部"),
    ],
)
def test_nearest_proposes_the_unit_behind_an_abbreviation_or_a_slip(word: str, name: str) -> None:
    assert likeness.nearest(word, BARE_UNITS, 3)[:1] == (name,)


@pytest.mark.parametrize("word", ["气象台", "公安局", "卫健委", "部", "局", "", "某" * 5000])
def test_nearest_of_a_stranger_proposes_nobody(word: str) -> None:
    assert likeness.nearest(word, BARE_UNITS, 3) == ()


ENDINGS = st.sampled_from(["部", "局", "办", "科", "委", "部门", ""])


@given(st.sampled_from(BARE_UNITS), st.data(), ENDINGS)
def test_nearest_finds_a_name_with_signs_left_out(
    unit: tuple[str, str], data: st.DataObject, ending: str
) -> None:
    core = likeness.core(unit[0])
    kept = data.draw(st.sets(st.integers(0, len(core) - 1), min_size=2))
    word = "".join(core[at] for at in sorted(kept)) + ending
    assert unit[0] in likeness.nearest(word, BARE_UNITS, 3)


def test_roster_alias_of_two_units_is_asked_about_with_both() -> None:
    roster = Roster([("党建综合部", ["综合科"]), ("社会事务服务中心", ["综合科"]), ("招商部", [])])
    assert roster.find("综合科") is None
    assert roster.nearest("综合科") == ("党建综合部", "社会事务服务中心")


def test_names_unknown_unit_is_asked_about_with_the_nearest_first() -> None:
    question = Names(XIANGSHAN).question("unit", "规建 局")
    assert question is not None
    assert (question.flag, question.key, question.is_required) == ("--answer", "unit:规建局", True)
    assert question.choices[0] == "规划建设部"
    assert question.choices[-1] == NOT_LISTED
    assert set(question.choices[:-1]) == {name for name, _ in UNITS}


def test_names_answer_is_an_alias_from_then_on() -> None:
    names = Names(XIANGSHAN, {"unit:规建 局": "规划建设部", "community:河北居": "河北社区"})
    assert names.units.read("规建局、招商部").all == ("规划建设部", "招商部")
    assert names.places.find("河北居") == "河北社区"
    assert names.units.find("河北居") is None


def test_names_answer_for_a_section_with_its_numbering_is_honoured() -> None:
    names = Names(XIANGSHAN, {"dimension:七、其他方面": "作风建设"})
    assert names.dimensions.find("七、其他 方面") == "作风建设"


def test_names_answer_decides_an_alias_that_two_share_but_never_renames_a_unit() -> None:
    entries = [("党建综合部", ["综合科"]), ("招商部", ["综合科"])]
    answered = {"综合科": "招商部", "党建综合部": "招商部"}
    roster = Roster(entries, answered)
    assert roster.find("综合科") == "招商部"
    assert roster.find("党建综合部") == "党建综合部"


def test_names_answer_that_is_in_no_roster_is_asked_again() -> None:
    names = Names(XIANGSHAN, {"unit:规建局": "早已撤销的部"})
    assert names.units.find("规建局") is None
    assert names.question("unit", "规建局") is not None


def test_names_answer_not_listed_is_not_asked_again() -> None:
    names = Names(XIANGSHAN, {"unit:气象台": NOT_LISTED})
    assert names.units.find("气象台") is None
    assert names.question("unit", "气象台") is None


def test_names_questions_speak_of_what_is_asked() -> None:
    names = Names(XIANGSHAN)
    sentences = {
        kind: names.question(kind, "某某").sentence for kind in ("unit", "community", "dimension")
    }
    assert sentences["community"] == "名册里没有“某某”，是哪个社区？"
    assert sentences["dimension"] == "名册里没有“某某”，是哪个维度？"


def test_read_name_error_value_is_no_name() -> None:
    assert read_name("#N/A", places, "社区").expected == "应为内容，不是错误值"
    assert read_name("河北居", places, "社区").remedy == "是否为“河北社区”？"
    assert "管理员" in proposal(places, "气象台")


def test_only_so_many_unknown_words_are_compared_with_the_roster() -> None:
    """A column of a hundred thousand strange words must not keep the server busy for minutes."""
    units = Names(XIANGSHAN).units
    words = [f"规划建设部{number}" for number in range(MAX_JUDGED + 1)]
    assert all(units.nearest(word) for word in words[:-1])
    assert units.nearest(words[-1]) == ()
