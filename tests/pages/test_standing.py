"""位次与指数 and 三条线与倍增 from the frame: full, empty, by deep link, by slider (C3-C9, C13)."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pandas.testing import assert_frame_equal

from tally import service, words
from tally.board.composite_index import weighed
from tally.packs import DEMO, packs
from tally.submissions import Terms, read_file, submit
from tally.submissions.staging import Given
from tests.pages.conftest import headline, opened

XIANGSHAN = "相山经开区“六找六强”"
NINGGUO = packs()["ningguo"].campaign.name


@pytest.fixture(scope="module")
def figures_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with the figures of two campaigns and nothing else."""
    home = tmp_path_factory.mktemp("figures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALLY_HOME", str(home))
        for slug in ("xiangshan", "ningguo"):
            for path in packs()[slug].sample_files:
                if "指标" in path.name:
                    published(path)
        yield home
        service.close()
    shutil.rmtree(home)


def published(path: Path) -> None:
    """Publish a sample file."""
    content, database = path.read_bytes(), service.database()
    reading = read_file(database, content, path.name, Given(), isolated=False)
    outcome = submit(database, reading, content, Terms(uploaded_by=DEMO, reason=DEMO))
    assert outcome.status == "published", outcome.sentence


def faults(app: object) -> list[str]:
    """Return what went wrong on a page."""
    return [element.value for element in (*app.exception, *app.error)]  # type: ignore[attr-defined]


def own(question: str, **asked: Any) -> dict[str, Any]:
    """Return our row of an answer on what the samples say at the end of September 2022."""
    given = {"campaign": "xiangshan", "as_of": date(2022, 9, 30), **asked}
    return next(row for row in service.database().ask(question, given).to_pylist() if row["is_own"])


def test_peers_open_by_address_and_lead_to_the_cell(figures_home: Path) -> None:
    address = {"campaign": XIANGSHAN, "month": "2022年9月", "peers_of": "园区生产总值"}
    app = opened("standing", **address, scope="全市")
    assert faults(app) == []
    row = own("peer_ranking", indicator="园区生产总值", scope="全市")
    assert f"园区生产总值全市第{row['rank']}" in headline(app)
    said = "".join(text.value for text in app.markdown).replace("\\", "")
    gap = words.amount(row["gap_above"], "亿元")
    assert f"再增 {gap} 可升一位（{row['above_place']}）" in said
    assert any(button.label.startswith("2022年9月出处：") for button in app.button)
    lost = opened("standing", campaign=XIANGSHAN, peers_of="没有的", scope="没有的")
    assert faults(lost) == []
    assert lost.selectbox(key="peers_of").value == "园区生产总值"


def test_index_answers_to_changed_weights_and_goals_are_counted(figures_home: Path) -> None:
    address = {"campaign": XIANGSHAN, "month": "2022年9月"}
    app = opened("standing", **address, standing="综合指数", index="为企优环境")
    assert faults(app) == []
    asked = {"index": "为企优环境", "scope": "全市"}
    assert f"为企优环境全市第{own('index_ranking', **asked)['rank']}" in headline(app)
    app.number_input(key="weight_xiangshan_为企优环境_开办企业").set_value(100.0).run()
    assert faults(app) == []
    changed = own("index_ranking", weight=["开办企业=100"], **asked)
    assert f"为企优环境全市第{changed['rank']}" in headline(app)
    assert any("权重已改" in text.value for text in app.markdown)
    linked = opened(
        "standing", **address, standing="综合指数", index="为企优环境",
        weight_xiangshan_为企优环境_开办企业="100",
    )  # fmt: skip
    assert headline(linked) == headline(app)
    goals = opened("standing", campaign=NINGGUO, standing="目标与考评")
    assert faults(goals) == []
    assert "4 个目标位次达到" in headline(goals)


def test_changed_weights_say_of_the_parts_what_the_question_would(figures_home: Path) -> None:
    asked = {"index": "为企优环境", "scope": "全市"}
    given = {"campaign": "xiangshan", "as_of": date(2022, 9, 30), **asked}
    own, changed = (
        service.database().ask("index_parts", {**given, "weight": words}).to_pandas()
        for words in (None, ["开办企业=7.5", "办理建筑许可=0"])
    )
    found = weighed(own, ["开办企业=7.5", "办理建筑许可=0"])
    assert_frame_equal(found, changed, check_dtype=False, rtol=1e-12)


def test_lines_answer_to_a_slider_and_multiples_to_the_address(figures_home: Path) -> None:
    app = opened("lines", campaign=NINGGUO)
    assert faults(app) == []
    lost = "按低线走，2023 年被示例县A超过"
    assert lost in headline(app)
    app.slider(key="growth_财政收入_宁国市_低线").set_value(12.0).run()
    assert faults(app) == []
    assert lost not in headline(app)
    app.button(key="reset_growth").click().run()
    assert lost in headline(app)
    linked = opened("lines", campaign=NINGGUO, growth_财政收入_宁国市_低线="12")
    assert faults(linked) == []
    assert linked.slider(key="growth_财政收入_宁国市_低线").value == 12
    assert lost not in headline(linked)
    multiples = opened("lines", campaign=NINGGUO, lines="倍增")
    assert faults(multiples) == []
    assert "5 个倍增目标" in headline(multiples)


def test_pages_say_what_is_missing(figures_home: Path) -> None:
    assert "○ 还没有三条线和倍增目标" in headline(opened("lines", campaign=XIANGSHAN))
    app = opened("standing", campaign=packs()["huludao"].campaign.name)
    assert "还没有这个专项行动的台账" in headline(app)
