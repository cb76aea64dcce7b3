"""Statistics that no one here wrote, on the page of a test campaign: from a value to its cell."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from tally import service, words
from tally.board.asking import forget_answers
from tally.packs import packs, reading
from tally.submissions import Terms, read_file, submit
from tally.submissions.staging import Given
from tests.intake.samples import REAL
from tests.pages.conftest import ROOT, opened

TABLES = REAL / "indicators"
pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="shared/real is not here")
# National downloads name no place: they are the own figures of a campaign of the whole country.
NATION, PROVINCE = "nation", "province"
CHOICE = ("固定资产投资.xlsx", "社零.xlsx", "财政.xlsx")
SHOWN = {
    "固定资产投资.xlsx": "固定资产投资完成额",
    "社零.xlsx": "社会消费品零售总额",
    "财政.xlsx": "一般公共预算收入",
    "一般公共预算等.xls": "一般公共预算支出",
    "分省年度数据.csv": "地区生产总值",
    "分省年度数据 (1).csv": "人口数(人口抽样调查)",
    "分省年度数据 (2).csv": "65岁及以上人口数(人口抽样调查)",
    "分省年度数据 (3).csv": "城镇单位就业人员",
    "分省年度数据 (4).csv": "私营企业和个体就业人员",
    "分省年度数据 (5).csv": "固定资产投资(不含农户)实际到位资金",
    "分省年度数据 (6).csv": "公有经济企事业单位专业技术人员数",
    "分省年度数据_整合.csv": "GDP_当年价",
}


@pytest.fixture(scope="module")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the two test campaigns with every real file of figures."""
    home = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALLY_HOME", str(home))
        patch.setattr(reading, "CAMPAIGNS_FOLDER", ROOT / "tests" / "packs")
        packs.cache_clear()
        st.cache_data.clear()
        forget_answers()
        # What stands in two files is shown from the one published last.
        for path in sorted(TABLES.iterdir(), key=lambda path: ("整合" not in path.name, path.name)):
            publish(path, NATION if path.name in CHOICE else PROVINCE)
        yield home
        service.close()
    packs.cache_clear()


def publish(path: Path, slug: str) -> None:
    """Publish a file as it is."""
    content, database = path.read_bytes(), service.database()
    read = read_file(database, content, path.name, Given(campaign=slug), isolated=False)
    outcome = submit(database, read, content, Terms(uploaded_by="统计部门"))
    assert outcome.status == "published", (path.name, outcome.sentence, outcome.problems)


def content_of(file: str, cell: str) -> str:
    """Return what a file has in a cell, read by other means than the import's."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    path = TABLES / file
    if path.suffix == ".csv":
        text = path.read_bytes()
        lines = list(csv.reader(text.decode("utf-8-sig" if "整合" in file else "gbk").splitlines()))
    else:
        book = CalamineWorkbook.from_path(path)
        lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return str(lines[int(row) - 1][column - 1])


def shown_source(app: AppTest) -> tuple[str, str]:
    """Open the first figure's source; return its cell and what the page says stands there."""
    [button, *_] = [one for one in app.button if re.match(r"\d{4}年\d+月出处：", one.label)]
    cell = button.label.rsplit(" ", 1)[-1]
    button.click().run()
    assert [element.value for element in (*app.exception, *app.error)] == []
    sides = next(table.value for table in app.table if "原表内容" in table.value)
    [content] = sides.loc[sides["单元格"] == cell, "原表内容"]
    return cell, content.replace("\\", "")


def assert_same_number(found: str, expected: str) -> None:
    """Fail unless both say the same number."""
    assert float(found.replace(",", "")) == pytest.approx(float(expected), rel=1e-12)


@pytest.mark.parametrize("file", SHOWN)
def test_value_on_the_page_leads_to_its_cell_of_the_real_file(real_home: Path, file: str) -> None:
    slug = NATION if file in CHOICE else PROVINCE
    name, indicator = packs()[slug].campaign.name, SHOWN[file]
    app = opened("indicators", campaign=name, indicator=indicator)
    assert [element.value for element in (*app.exception, *app.error)] == []
    assert app.selectbox(key="indicator").value == indicator
    day = service.database().default_day(slug)
    asked = {"campaign": slug, "as_of": day, "indicator": indicator, "is_newest": True}
    [row] = service.database().ask("indicator_progress", asked).to_pylist()
    cell, content = shown_source(app)
    assert_same_number(content, content_of(file, cell))
    assert row["value"] == pytest.approx(float(content_of(file, cell)), rel=1e-12)
    said = "".join(text.value for text in app.markdown)
    assert words.amount(row["value"]) in said.replace("\\", "")
    assert file in "".join(text.value for text in app.markdown).replace("\\", "")


def test_city_among_its_peers_leads_to_its_cell_of_the_real_file(real_home: Path) -> None:
    name = packs()[PROVINCE].campaign.name
    app = opened("standing", campaign=name, peers_of="国内生产总值", scope="主要城市")
    assert [element.value for element in (*app.exception, *app.error)] == []
    cell, content = shown_source(app)
    assert_same_number(content, content_of("A_主要城市年度数据.xls", cell))


def test_retail_without_january_and_february_is_projected_from_march_on(real_home: Path) -> None:
    name = packs()[NATION].campaign.name
    app = opened("indicators", campaign=name, indicator="社会消费品零售总额")
    said = "".join(text.value for text in app.markdown).replace("\\", "")
    assert "预计3–12月" in said
    assert "1–2 月的数没有公布，全年推不出，只推 3–12 月" in said
    assert re.search(r"回测 \d+ 次，\d+(\.\d)?%落在八成区间内", said)
