"""How units, communities and dimensions are found in what offices write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.intake.names import Dimensions, Named, Places, Units
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
