"""地图边界: upload, preview, in force, taken back; the tile server; the map page drawn on it."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.campaigns.sampling.places import rings
from tally import service
from tally.submissions import tile_server
from tests.boundaries.test_boundaries import feature, file_of, square
from tests.pages.conftest import headline, opened

XIANGSHAN = "相山经开区“六找六强”"
NANYANG = "南阳职教园区“观念能力作风提升年”"


def faults(app: AppTest) -> list[str]:
    """Return what a viewer would see of our own mistakes."""
    return [element.value for element in (*app.exception, *app.error)]


def said(app: AppTest) -> str:
    """Return all running text of the page."""
    return "\n".join(text.value for text in app.markdown)


def uploaded(content: bytes, campaign: str = XIANGSHAN, datum: str = "CGCS2000") -> AppTest:
    """Open the page, upload a file and say its datum."""
    app = opened("boundaries", campaign=campaign)
    app.file_uploader(key="boundary-0").upload("村界.geojson", content).run()
    if datum and not app.error:
        app.selectbox(key="boundary_datum").set_value(datum).run()
    return app


def test_file_is_previewed_put_in_force_drawn_and_taken_back(empty_home: Path) -> None:
    ring = rings("xiangshan.geojson")["河北社区"]
    app = uploaded(file_of(feature(ring, name="河北村", 电话="13800000000"), feature(square())))
    assert faults(app) == []
    assert "2 块，对上名册 **1** 个" in said(app)
    assert "名册里没有：东社区" in said(app)
    assert "没有边界：" in said(app)
    app.text_input(key="boundary_approval").set_value("示例审图号 1 号")
    app.button(key="boundary_put").click().run()
    assert faults(app) == []
    assert "地图用的是上传的边界" in headline(app)
    [row] = service.database().ask("map_boundary").to_pylist()
    assert row["approval_number"] == "示例审图号 1 号"
    assert {known for f in json.loads(row["geojson"])["features"] for known in f["properties"]} == {
        "name",
        "code",
    }
    app.button(key="boundary_back").click().run()
    assert "方案自带" in headline(app)


@pytest.mark.parametrize(
    ("content", "reason"), [(b"{}", "要素集"), (file_of(feature(square(2.0, 48.0))), "中国境内")]
)
def test_unusable_file_is_refused_in_words(empty_home: Path, content: bytes, reason: str) -> None:
    app = uploaded(content)
    assert reason in app.error[0].value
    assert not app.exception


def test_nothing_is_previewed_before_the_datum_is_said(empty_home: Path) -> None:
    app = uploaded(file_of(feature(square())), datum="")
    assert "选好坐标基准后显示预览" in said(app)
    assert not [button for button in app.button if button.key == "boundary_put"]


def test_tile_server_is_set_refused_and_turned_off(empty_home: Path) -> None:
    app = opened("boundaries", campaign=XIANGSHAN)
    for address, kept in (("javascript:1//{z}{x}{y}", ""), ("http://10.0.0.8/{z}/{x}/{y}",) * 2):
        app.text_input(key="tile_address").set_value(address).run()
        app.button(key="tile_save").click().run()
        assert tile_server(service.database()) == kept
        assert bool(app.error) == (not kept)
    assert service.tile_origin() == "http://10.0.0.8"
    app.button(key="tile_off").click().run()
    assert service.tile_origin() == ""


def test_campaign_without_a_map_has_one_once_boundaries_are_uploaded(full_home: Path) -> None:
    assert "没有地图" in headline(opened("communities", campaign=NANYANG))
    app = uploaded(file_of(feature(square())), campaign=NANYANG)
    app.button(key="boundary_put").click().run()
    page = opened("communities", campaign=NANYANG)
    assert faults(page) == []
    assert "界线由管理员上传" in said(page)
    app.button(key="boundary_back").click().run()
    assert "没有地图" in headline(opened("communities", campaign=NANYANG))


def test_map_follows_layer_and_month_of_the_address(full_home: Path) -> None:
    earlier = opened("communities", campaign=XIANGSHAN, layer="气泡", map_month="2022年8月")
    assert faults(earlier) == []
    assert "截至 2022-08-31" in said(earlier)
    wrong = opened("communities", campaign=XIANGSHAN, layer="没有的", map_month="没有的")
    assert faults(wrong) == []
    assert "截至 2022-10-31" in said(wrong)
    assert headline(wrong) == headline(opened("communities", campaign=XIANGSHAN))
    assert headline(wrong) != headline(earlier)
