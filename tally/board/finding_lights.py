"""红绿灯: the light of each unit in each month, never whitewashed (D8, F5)."""

import pandas as pd

from tally import words
from tally.board.asking import Filters, ask, theme
from tally.board.closing import View
from tally.board.docket_parts import WHOLE_PX
from tally.board.panels import figure, panel
from tally.charts.unit_lights import unit_lights
from tally.sentences import Verdict, clauses, listed


def lights_view(chosen: Filters) -> View:
    """Return the view of the months' lights."""
    lights = ask("unit_lights", chosen)
    opening = lights_verdict(lights)
    return View(opening, lambda: _draw(lights, opening))


def lights_verdict(lights: pd.DataFrame) -> Verdict:
    """Judge rows of `unit_lights` by the newest month."""
    if lights.empty:
        return Verdict("unreported", "还没有可以亮灯的月份")
    newest = lights[lights["month"] == lights["month"].max()]
    month = words.month(newest["month"].iloc[0])
    units = {light: newest[newest["light"] == light]["unit"].tolist() for light in LIGHT_ORDER}
    detail = clauses(
        ("红灯：", *listed(units["red"])) if units["red"] else (),
        ("未报：", *listed(units["grey"])) if units["grey"] else (),
        (f"全年事后补上 {int(lights['is_made_up'].sum())} 个单位月",),
    )
    if units["red"]:
        return Verdict("overdue", f"{month}亮红灯 {len(units['red'])} 个单位", detail)
    if units["amber"] or units["grey"]:
        return Verdict("soon", f"{month}没有红灯，黄灯 {len(units['amber'])} 个单位", detail)
    return Verdict("normal", f"{month}全部绿灯", detail)


LIGHT_ORDER = ("red", "amber", "green", "grey")


def _draw(lights: pd.DataFrame, opening: Verdict) -> None:
    with panel("单位 × 月份", "移到格子上看原因", WHOLE_PX):
        figure(unit_lights(lights, theme=theme()), key="unit_lights", alt=opening.spoken)
