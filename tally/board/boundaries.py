"""地图边界: boundaries uploaded, looked at, put in force and taken back; the intranet's tiles."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from tally import clock, geodesy, maps, service, words
from tally.board.asking import Filters, ask, theme
from tally.board.ground import PLACE_WORDS, ground_of, tiles
from tally.board.handler import handler, handler_field
from tally.board.panels import heading, panel
from tally.board.projected import projected_px, projected_scale
from tally.board.tables import table
from tally.boundaries import (
    Known,
    Matched,
    Source,
    UnreadableBoundary,
    matched,
    read_source,
    repaired,
)
from tally.sentences import Name, Verdict, clauses
from tally.submissions import (
    CannotDraw,
    put_in_force,
    set_tile_server,
    take_boundary_back,
    tile_server,
)
from tally.submissions.originals import sha256_of

DATUMS = {
    "CGCS2000": "CGCS2000（国家基准、天地图）",
    "WGS-84": "WGS-84（卫星定位）",
    "GCJ-02": "GCJ-02（高德、腾讯）",
    "BD-09": "BD-09（百度）",
}
LEVELS = {"社区、村": "community", "镇街": "street"}
STATUS_WORDS = {"in force": "● 现用", "replaced": "○ 已替换", "taken back": "○ 已撤回"}
NO_FIELD = "（没有）"
LONGEST_NUMBER, LONGEST_NOTE = 40, 60
NAMES_SHOWN = 8
PREVIEW_PX, LEFT_PX, LIST_PX, TILES_PX = 272, 794, 400, 377
ROUND_KEY = "_boundary_round"
DROPZONE = """<style>
.st-key-boundary_drop [data-testid="stFileUploaderDropzoneInstructions"]::after{
  content:"GeoJSON，10 MB 以内"}
</style>"""
LIST = {
    "status_words": ("状态", 84),
    "file": ("文件", 160),
    "areas": ("对上 / 共", 84),
    "approval": ("审图号", 130),
    "set_on": ("启用日期", 100),
    "entered_by": ("经办岗位", 110),
}


@dataclass(frozen=True)
class Chosen:
    """How a file is to be understood, as the administrator said."""

    datum: str
    level: str
    name_field: str
    code_field: str


def boundaries_verdict(chosen: Filters) -> Verdict:
    """Say what the campaign's map is drawn on."""
    rows = ask("boundaries", campaign=chosen.campaign)
    in_force = rows[rows["status"] == "in force"].to_dict("records")
    if in_force:
        row = in_force[0]
        detail = (
            (Name(row["file"]), f"，{row['area_count']} 块，对上名册 {row['matched_count']} 个"),
            (f"审图号 {row['approval_number']}",) if row["approval_number"] else ("未填审图号",),
        )
        return Verdict("normal", "地图用的是上传的边界", clauses(*detail))
    if ground_of(chosen):
        return Verdict("normal", "地图用的是方案自带的边界", ("上传后用上传的；撤回后恢复",))
    return Verdict("unreported", "还没有边界，地图打不开", ("请上传乡镇或社区级边界",))


def upload_panel(chosen: Filters) -> None:
    """Draw the uploader, what the file is to be understood as, a preview, and the way in force."""
    with panel("上传边界", "先看预览，再启用", LEFT_PX):
        st.html(DROPZONE)
        with st.container(key="boundary_drop"):
            given = st.file_uploader(
                "边界文件", type=["geojson", "json"], label_visibility="collapsed",
                key=f"boundary-{st.session_state.get(ROUND_KEY, 0)}",
            )  # fmt: skip
        if given is None:
            st.markdown(
                ":gray[:small[在制图软件中导出 GeoJSON（乡镇或社区级、经纬度）。"
                "只保留名称和代码，其余属性不入库]]"
            )
            return
        content = given.getvalue()
        try:
            _understood(chosen, given.name, content, read_source(content))
        except (UnreadableBoundary, CannotDraw) as refusal:
            st.error(words.escape_markdown(str(refusal)))


def _understood(chosen: Filters, file: str, content: bytes, source: Source) -> None:
    said = _questions(chosen, source)
    if said is None:
        return
    mended = repaired(source.areas, said.datum)
    places = ask("community_progress", chosen, level=said.level)
    found = matched(mended, said.name_field, said.code_field, _known(chosen, places))
    remarks = (*source.remarks, *mended.remarks, *found.remarks)
    _told(found, remarks)
    _preview(found, places)
    _put(chosen, file, content, said, found, remarks)


def _questions(chosen: Filters, source: Source) -> Chosen | None:
    """Ask what only the administrator knows; None until the datum is said."""
    streets = ask("community_progress", chosen, level="street")
    left, right = st.columns(2)
    datum = left.selectbox(
        "坐标基准", list(DATUMS), index=None, format_func=DATUMS.__getitem__, key="boundary_datum",
        placeholder="请选择，错选会偏几百米",
    )  # fmt: skip
    level = right.selectbox(
        "每一块是", list(LEVELS)[: 1 if streets.empty else 2], key="boundary_level"
    )
    name_field = left.selectbox(
        "名称在哪个属性", source.fields, index=source.fields.index(source.name_field),
        key="boundary_name",
    )  # fmt: skip
    codes = [NO_FIELD, *source.fields]
    code_field = right.selectbox(
        "区划代码在哪个属性", codes, index=codes.index(source.code_field or NO_FIELD),
        key="boundary_code",
    )  # fmt: skip
    if datum not in geodesy.DATUMS:
        st.markdown(":gray[选好坐标基准后显示预览]")
        return None
    code = "" if code_field in (None, NO_FIELD) else str(code_field)
    return Chosen(datum, LEVELS[level or "社区、村"], str(name_field), code)


def _known(chosen: Filters, places: pd.DataFrame) -> list[Known]:
    """Return the campaign's places with the other names that the pack gives them."""
    aliases = {place.name: place.aliases for place in chosen.pack.communities}
    return [
        Known(
            row["community"],
            "" if words.is_missing(row["code"]) else str(row["code"]),
            aliases.get(row["community"], ()),
        )
        for row in places.to_dict("records")
    ]


def _told(found: Matched, remarks: tuple[str, ...]) -> None:
    """Say how many areas found their place, which did not, and what was mended."""
    lines = [f"{len(found.features['features'])} 块，对上名册 **{found.matched_count}** 个"]
    if found.strange:
        named = words.escape_markdown(words.names(found.strange, NAMES_SHOWN))
        lines.append(f":orange[▲ 名册里没有：{named}]（照画，没有数据）")
    if found.absent:
        named = words.escape_markdown(words.names(found.absent, NAMES_SHOWN))
        lines.append(f":orange[▲ 没有边界：{named}]（图上看不到）")
    lines += [words.escape_markdown(remark) for remark in remarks]
    st.markdown("；".join(lines))


def _preview(found: Matched, places: pd.DataFrame) -> None:
    # Over the tiles one sees at once whether the datum was said right.
    deck = maps.community_map(
        places, found.features, theme=theme(), layer=maps.AREAS, tiles=tiles(),
        width_px=projected_px(maps.DESK_WIDTH_PX), height_px=projected_px(PREVIEW_PX),
        scale=projected_scale(),
    )  # fmt: skip
    st.pydeck_chart(
        deck, height=projected_px(PREVIEW_PX), key="boundary_preview", alt="上传边界的预览"
    )


def _put(
    chosen: Filters,
    file: str,
    content: bytes,
    said: Chosen,
    found: Matched,
    remarks: tuple[str, ...],
) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.text_input(
            "审图号（没有就空着）", key="boundary_approval", max_chars=LONGEST_NUMBER
        )
        note = st.text_input("来源", key="boundary_note", max_chars=LONGEST_NOTE,
                             placeholder="如 自然资源局提供")  # fmt: skip
        handler_field("boundary_handler")
        is_clicked = st.button("启用", type="primary", key="boundary_put")
    is_schematic = st.checkbox(
        "界线是示意的，不作为行政区划依据", value=True, key="boundary_sketch"
    )
    if not is_clicked:
        return
    put_in_force(
        service.database(), chosen.campaign, found.features, file=file, sha256=sha256_of(content),
        datum=said.datum, level=said.level, approval_number=number, is_schematic=is_schematic,
        note=note, matched_count=found.matched_count, remarks="；".join(remarks),
        entered_by=handler(),
    )  # fmt: skip
    # A new key empties the uploader, and the file's other properties leave the memory.
    st.session_state[ROUND_KEY] = st.session_state.get(ROUND_KEY, 0) + 1
    st.rerun()


def history_panel(chosen: Filters) -> None:
    """Draw the boundaries that were uploaded, and the way back from the one in force."""
    rows = ask("boundaries", campaign=chosen.campaign)
    with panel("上传过的边界", "都保留着", LIST_PX):
        if rows.empty:
            st.markdown(":gray[还没有上传过]")
            return
        shown = rows.assign(
            status_words=rows["status"].map(STATUS_WORDS),
            areas=[
                f"{row['matched_count']} / {row['area_count']} {PLACE_WORDS[row['level']]}"
                for row in rows.to_dict("records")
            ],
            approval=[number or words.EMPTY for number in rows["approval_number"]],
            set_on=[words.iso_day(clock.in_shanghai(moment)) for moment in rows["from_at"]],
        )
        columns: dict[str, Any] = {
            name: st.column_config.TextColumn(title, width=width)
            for name, (title, width) in LIST.items()
        }
        table(shown, columns, key="boundaries", rows_max=6)
        is_drawn = (rows["status"] == "in force").any()
        if st.button("撤回现用边界", disabled=not is_drawn, key="boundary_back"):
            _take_back(chosen)
        st.markdown(":gray[:small[撤回后恢复上一份；都撤回后用方案自带的]]")


def _take_back(chosen: Filters) -> None:
    try:
        take_boundary_back(service.database(), chosen.campaign)
    except CannotDraw as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.rerun()


def tiles_panel() -> None:
    """Draw the field of the intranet's tile server: off while it is empty."""
    with panel("内网底图", "不填就不用，也不访问任何外部地址", TILES_PX):
        set_now = tile_server(service.database())
        typed = st.text_input(
            "瓦片地址", value=set_now, key="tile_address", placeholder="http://地图主机/{z}/{x}/{y}.png",
        )  # fmt: skip
        with st.container(horizontal=True):
            is_saved = st.button("保存", key="tile_save", disabled=typed.strip() == set_now)
            is_off = st.button("停用", key="tile_off", disabled=not set_now)
        if is_saved or is_off:
            _set_tiles("" if is_off else typed)
        heading("说明")
        st.markdown(
            ":gray[:small[天地图一类的瓦片服务：网页墨卡托投影，坐标基准 CGCS2000，允许跨域读取。"
            "浏览器只被允许访问这一个主机；保存后刷新页面生效。地址里的密钥看图的人都能看到]]"
        )


def _set_tiles(address: str) -> None:
    try:
        set_tile_server(service.database(), address)
    except CannotDraw as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.session_state.pop("tile_address", None)
    st.rerun()
