"""The one Plotly template, and the settings every figure is shown with."""

from functools import cache
from typing import Any

import plotly.graph_objects as go

from tally.palette import palette

FONTS = (
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei UI', 'Microsoft YaHei', "
    "'PingFang SC', sans-serif"
)
SMALLEST_TEXT = 13
NOTE_TEXT = 15
NAME_TEXT = 17


def config(is_selectable: bool = False) -> dict[str, Any]:
    """Return Plotly's config: no tool bar, Chinese, and dead to the mouse unless selectable."""
    return {"displayModeBar": False, "locale": "zh-CN", "staticPlot": not is_selectable}


@cache
def template(theme: str, scale: float = 1.0) -> go.layout.Template:
    """Return the template of 'light' or 'dark'; `scale` multiplies its text (1 at a desk)."""
    tokens = palette(theme)
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "showticklabels": False,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONTS, "size": NOTE_TEXT * scale, "color": tokens.text},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": tokens.bg2,
                "bordercolor": tokens.line,
                "font": {"family": FONTS, "size": NOTE_TEXT * scale, "color": tokens.text},
            },
            "colorway": tokens.categorical,
            "separators": ".,",
            "transition": {"duration": 0},
            "xaxis": axis,
            "yaxis": axis,
        }
    )
