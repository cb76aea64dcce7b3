"""履职日历 over the samples: the calendar, the cell behind a link, the quarter, empty and wrong."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import headline, opened
from tests.pages.test_pages import faults

NANYANG = "南阳职教园区“观念能力作风提升年”"
HUAIHUA = "怀化高新区“三整顿两提升”"
NINGGUO = "宁国市“四季竞赛、五大比拼”"


def shown(app: AppTest) -> str:
    return "".join(text.value for text in app.markdown)


def rows(app: AppTest, column: str) -> list[str]:
    """Return a column of the first table that has it."""
    tables = [frame.value for frame in app.dataframe]
    found = next(table for table in tables if column in table.columns)
    return [str(value) for value in found[column]]


@pytest.mark.parametrize(
    ("campaign", "view"),
    [
        (NANYANG, "履职日历"),
        (NANYANG, "季度节奏"),
        (HUAIHUA, "主题与成果"),
        ("葫芦岛市“争先创优”", "季度节奏"),
    ],
)
def test_view_opens_with_a_verdict(full_home: Path, campaign: str, view: str) -> None:
    app = opened("rhythm", campaign=campaign, view=view)
    assert faults(app) == []
    assert "履职" in headline(app) or "到期" in headline(app)


def test_summary_puts_what_is_missing_first(full_home: Path) -> None:
    app = opened("rhythm", campaign=NANYANG)
    missing = [int(count) for count in rows(app, "missing_count")]
    assert missing == sorted(missing, reverse=True)
    assert len(missing) > 20


def test_address_chooses_a_duty_and_a_cell_and_shows_its_proof(full_home: Path) -> None:
    """A joint discussion held too late leads to its row."""
    app = opened(
        "rhythm", campaign=NANYANG, duty="大讨论｜双月一讨论", line="城管部门", window="1-1"
    )
    assert faults(app) == []
    assert "#### 城管部门，4月3–7日" in shown(app)
    assert "▲ 迟" in shown(app)
    assert any(button.label.startswith("看原表第") for button in app.button)


def test_cell_of_a_unit_lists_its_enterprises(full_home: Path) -> None:
    """E6: 138 objects are gathered by the unit that answers for them."""
    duty = "包保走访｜每周一走访"
    app = opened("rhythm", campaign=HUAIHUA, duty=duty, line="招商合作局", window="6-6")
    assert faults(app) == []
    assert "招商合作局，7月11–17日" in shown(app)
    assert len(rows(app, "met")) > 10
    back = next(button for button in app.button if button.label == "返回")
    back.click().run()
    assert "招商合作局，7月11–17日" not in shown(app)


def test_quarter_narrows_to_the_section_of_the_stock_taking(full_home: Path) -> None:
    """A9: quarterly stock-taking, with the units side by side."""
    app = opened("rhythm", campaign=NINGGUO, view="季度节奏", section="四季竞赛、五大比拼")
    assert faults(app) == []
    assert "2021年四季度" in shown(app)
    assert len(rows(app, "change_words")) == 7


def test_topics_and_what_is_to_be_issued_stand_beside_each_other(full_home: Path) -> None:
    """E3, E10, E11: the sixth topic found no window, the plan having come in March."""
    app = opened("rhythm", campaign=NANYANG, view="主题与成果")
    assert rows(app, "topic")[0].startswith("如何以马克思主义中国化")
    assert "另有规定主题未排入" in shown(app)
    assert "容错事项事前备案办法" in rows(app, "title")
    assert "领导小组办公室" in "".join(rows(app, "who"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"line": "没有的", "window": "1-1"},
        {"line": "城管部门", "window": "x"},
        {"line": "城管部门", "window": "9-" + "9" * 30},
        {"duty": "没有的", "view": "没有的", "section": "没有的", "span_months": "没有的"},
    ],
)
def test_wrong_address_falls_back(full_home: Path, wrong: dict[str, str]) -> None:
    app = opened("rhythm", campaign=NANYANG, **wrong)
    assert faults(app) == []
    assert headline(app) == headline(opened("rhythm", campaign=NANYANG))
