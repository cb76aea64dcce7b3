"""The screens of the wall: what each asks and what it draws."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tally import verdicts
from tally.board.asking import Filters, ask
from tally.board.indicators import indicators_verdict, latest_rows
from tally.board.items import LISTED_MAX
from tally.board.leagues import reporting, standing
from tally.board.ranking_use import (
    as_shown,
    league_filters,
    no_ranking,
    own_verdict,
    ranking_mode,
)
from tally.board.supervision import findings_verdict
from tally.board.wall_map import around_map, has_map, lay_map
from tally.charts import Figure
from tally.charts.wall import Heading, Sheet
from tally.charts.wall.findings import findings
from tally.charts.wall.indicators import indicators
from tally.charts.wall.overdue import overdue
from tally.charts.wall.overview import overview
from tally.charts.wall.ranking import ranking
from tally.intake.cells.personal import without_personal


def on_wall(question: str, chosen: Filters, **more: Any) -> pd.DataFrame:
    """Return an answer as it may be projected."""
    return projected(ask(question, chosen, **more))


def projected(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with no personal number in any of their texts."""
    texts = rows.select_dtypes(include=["object", "str"]).columns
    return rows.assign(**{name: [_hidden(value) for value in rows[name]] for name in texts})


def _hidden(value: object) -> object:
    if isinstance(value, np.ndarray):
        return [_hidden(part) for part in value]
    return without_personal(value) if isinstance(value, str) else value


def _overview(chosen: Filters, sheet: Sheet, heading: Heading) -> Figure:
    totals = on_wall("campaign_totals", chosen).iloc[0].to_dict()
    late_units = on_wall("overdue_ageing", chosen).to_dict("records")
    reports = reporting(chosen)
    # A campaign that does not show its units side by side does not name the slow ones either.
    is_open = ranking_mode(chosen) == "open"
    return overview(
        sheet,
        heading,
        verdicts.progress(totals, late_units if is_open else (), **standing(chosen)),
        totals=totals,
        months=on_wall("campaign_months", chosen),
        dimensions=on_wall("campaign_progress", chosen),
        units=on_wall("unit_ranking", chosen) if is_open else None,
        unreported_count=int((~reports["is_reported"]).sum()),
        dimension_word=chosen.pack.campaign.dimension_word,
    )


def _ranking(chosen: Filters, sheet: Sheet, heading: Heading) -> Figure:
    asked = league_filters(chosen)
    everyone = on_wall("unit_ranking", asked)
    units, history = as_shown(chosen, everyone, on_wall("unit_rank_history", asked))
    if ranking_mode(chosen) == "own":
        verdict = own_verdict(chosen.unit[0], everyone)
    else:
        verdict = verdicts.rankings(
            units.to_dict("records"),
            history.to_dict("records"),
            minimum_due_count=int(chosen.pack.threshold("minimum_due_items")),
        )
    return ranking(sheet, heading, verdict, units=units)


def _overdue(chosen: Filters, sheet: Sheet, heading: Heading) -> Figure:
    ageing = on_wall("overdue_ageing", chosen)
    return overdue(
        sheet,
        heading,
        verdicts.overdue(ageing.to_dict("records"), **standing(chosen)),
        cells=on_wall("overdue_by_unit", chosen),
        ageing=ageing,
        reporting=projected(reporting(chosen)),
        as_of=chosen.as_of,
    )


def _findings(chosen: Filters, sheet: Sheet, heading: Heading) -> Figure:
    totals = on_wall("finding_totals", chosen).iloc[0].to_dict()
    found = on_wall("rule_findings", chosen, is_open=True, at_most=LISTED_MAX)
    verdict = findings_verdict(totals, has_rules=True)
    return findings(sheet, heading, verdict, totals=totals, found=found)


def _indicators(chosen: Filters, sheet: Sheet, heading: Heading) -> Figure:
    latest = projected(latest_rows(chosen))
    verdict = indicators_verdict(latest.to_dict("records"), chosen.as_of)
    return indicators(sheet, heading, verdict, latest=latest)


def _has_items(chosen: Filters) -> bool:
    return not on_wall("campaign_totals", chosen).empty


def _has_ranking(chosen: Filters) -> bool:
    return _has_items(chosen) and no_ranking(chosen) is None


def _has_findings(chosen: Filters) -> bool:
    return any(rule.is_on for rule in chosen.pack.rules)


def _has_indicators(chosen: Filters) -> bool:
    return not latest_rows(chosen).empty


@dataclass(frozen=True)
class Screen:
    """A screen by its name: whether the campaign has anything for it, and how it is drawn.

    `lay_over` puts a map on the room that the figure leaves.
    """

    name: str
    is_filled: Callable[[Filters], bool]
    draw: Callable[[Filters, Sheet, Heading], Figure]
    lay_over: Callable[[Filters, Sheet], None] | None = None


SCREENS = (
    Screen("总览", _has_items, _overview),
    Screen("单位排名", _has_ranking, _ranking),
    Screen("逾期热力", _has_items, _overdue),
    Screen("社区地图", has_map, around_map, lay_map),
    Screen("指标进度", _has_indicators, _indicators),
    Screen("预警督办", _has_findings, _findings),
)
