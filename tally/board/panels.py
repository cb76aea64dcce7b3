"""Verdicts, panels, figures and tables, and what a page says when there is nothing to show."""

import logging
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st
from pandas.io.formats.style import Styler

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.narrowing import clear_filters, pick_count
from tally.board.page_style import write_style
from tally.board.projected import projected_px, projected_scale
from tally.board.sending import stop
from tally.board.ways import way_to
from tally.charts import Figure
from tally.charts.enlarging import enlarged
from tally.charts.theme import config as chart_config
from tally.palette import palette
from tally.registry import RegistryUnusable
from tally.sentences import Verdict
from tally.verdicts import nothing_matches
from tally.viewers import NotAllowed

Height = int | Literal["content", "stretch"]
LOG = logging.getLogger("tally")
UPLOAD_PAGE = Path(__file__).resolve().parents[2] / "pages" / "staff" / "upload.py"

COLORS = {"overdue": "red", "soon": "orange"}


def verdict(opening: Verdict) -> None:
    """Open the page with its sentence, in the colour of its state, and who is meant below."""
    shape, sentence = words.STATES[opening.state].shape, words.escape_markdown(opening.sentence)
    color = COLORS.get(opening.state)
    calm = f":green[{shape}] {sentence}" if opening.state == "normal" else f"{shape} {sentence}"
    st.title(f":{color}[{shape} {sentence}]" if color else calm, anchor=False)
    st.markdown(opening.detail_markdown or "&nbsp;")


@contextmanager
def panel(title: str, note: str = "", height: Height = "content") -> Iterator[None]:
    """Draw a bordered panel; a fault inside is logged under a number and the page goes on."""
    if isinstance(height, int):
        height = projected_px(height)
    with st.container(border=True, height=height, gap="small"):
        if title:
            heading(title, note)
        try:
            yield
        except NotAllowed as refusal:
            st.markdown(f":gray[○ {words.escape_markdown(str(refusal))}]")
        except RegistryUnusable as error:
            LOG.error("%s", error)
            st.error(f"没有做成，数据没有变化：{words.escape_markdown(str(error))}")
        except Exception:
            number = secrets.token_hex(3)
            LOG.exception("panel %s failed", title, extra={"fault": number})
            st.error(f"这一块暂时打不开，其余照常（编号 {number}）")


def heading(title: str, note: str = "") -> None:
    """Write a panel's title and its note on one line."""
    told = f"　:gray[:small[{words.escape_markdown(note)}]]" if note else ""
    st.markdown(f"#### {words.escape_markdown(title)}{told}")


def figure(chart: Figure, *, key: str, alt: str, is_selectable: bool = False) -> tuple | None:
    """Show a figure as drawn; a selectable one returns the chosen point's customdata."""
    chart = enlarged(chart, projected_scale())
    _keep_legible(chart, key)
    shown: Any = st.plotly_chart(
        chart,
        theme=None,
        key=key,
        alt=alt,
        config=chart_config(is_selectable),
        on_select="rerun" if is_selectable else "ignore",
        selection_mode="points",
    )
    points = shown["selection"]["points"] if is_selectable else []
    return tuple(points[0]["customdata"]) if points else None


def _keep_legible(chart: Figure, key: str) -> None:
    """Let a figure keep its width on a phone, where it is moved sideways: its text stays apart."""
    element = re.sub(r"[^a-zA-Z0-9_-]", "-", key)
    write_style(
        f"@media(max-width:640px){{.st-key-{element} [data-testid=stFullScreenFrame]"
        f"{{min-width:{chart.layout.width}px}}}}"
    )


def picking_figure(chart: Figure, *, key: str, alt: str, on_pick: Callable[..., None]) -> None:
    """Show a figure on which a click calls `on_pick` with the clicked point's customdata.

    It is called before the page is drawn again, as a button's callback is: it sets the filters.
    """
    chart = enlarged(chart, projected_scale())
    _keep_legible(chart, key)
    inner = f"{key}_picks_{pick_count()}"

    def picked() -> None:
        points = st.session_state[inner]["selection"]["points"]
        if points:
            on_pick(*points[0]["customdata"])

    with st.container(key=key):
        st.plotly_chart(
            chart,
            theme=None,
            key=inner,
            alt=alt,
            config=chart_config(True),
            on_select=picked,
            selection_mode="points",
        )


SHAPE_STATES = {state.shape: name for name, state in words.STATES.items()}
SHAPES = pa.array(list(SHAPE_STATES))


def _state_style(value: object) -> str:
    """Colour a word by the shape it begins with; a word without one stays as it is."""
    name = SHAPE_STATES.get(str(value)[:1])
    if name is None:
        return ""
    return f"color: {palette(theme()).states[name].text}; font-weight: 600"


def with_states(
    rows: pd.DataFrame, names: Iterable[str] | None = None
) -> pa.Table | pd.DataFrame | Styler:
    """Return these columns of rows (None: all) as a page sends them, a state's words coloured.

    Columns without a word that begins with a state's shape are sent as they stand: a frame takes
    four times as long, a styled one forty times. A column of unlike values is left to Streamlit.
    """
    listed = list(rows.columns if names is None else names)
    try:
        cells = {str(name): pa.array(rows[name]) for name in listed}
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return rows[listed]
    told = [name for name, column in cells.items() if _tells_states(column)]
    return rows[listed].style.map(_state_style, subset=told) if told else pa.table(cells)


def _tells_states(column: pa.Array | pa.ChunkedArray) -> bool:
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return False
    first = pc.utf8_slice_codeunits(column, 0, 1)
    return bool(pc.any(pc.is_in(first, SHAPES)).as_py())


def table(
    rows: pd.DataFrame,
    columns: Mapping[str, Any],
    *,
    key: str,
    row_px: int = 36,
    rows_max: int = 10,
) -> int | None:
    """Show rows under Chinese heads, `rows_max` high; return the position of the chosen row."""
    row_px = projected_px(row_px)
    shown = st.dataframe(
        with_states(rows, columns),
        hide_index=True,
        column_config=dict(columns),
        row_height=row_px,
        height=(min(len(rows), rows_max) + 1) * row_px + 2,
        on_select="rerun",
        selection_mode="single-row",
        placeholder=words.EMPTY,
        key=key,
    )
    chosen = shown["selection"]["rows"]
    return int(chosen[0]) if chosen and chosen[0] < len(rows) else None


def stop_without_data(chosen: Filters) -> None:
    """Say what is missing and where to bring it, instead of empty charts, and end the page."""
    if not ask("published_months", chosen).empty:
        return
    st.title("还没有这个专项行动的台账", anchor=False)
    st.markdown("上传第一份台账并发布后，这里就有数了。")
    way_to(UPLOAD_PAGE, "去上传")
    stop()


def stop_without_items(rows: pd.DataFrame) -> None:
    """End the page with a way out when the filters leave nothing."""
    if not rows.empty:
        return
    verdict(nothing_matches())
    st.button("清除筛选", key="show_all", on_click=clear_filters)
    stop()
