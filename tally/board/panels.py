"""Verdicts, panels and figures, and what a page says when there is nothing to show."""

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.narrowing import clear_filters, pick_count
from tally.board.page_style import write_style
from tally.board.projected import projected_px, projected_scale
from tally.board.sending import stop
from tally.board.ways import way_to
from tally.charts import Figure
from tally.charts.enlarging import enlarged
from tally.charts.theme import config as chart_config
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
