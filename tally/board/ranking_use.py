"""Whether and how a campaign shows its units side by side: `[rankings] shown` of its pack.

Everything is done to frames already asked for; no question knows of it.
"""

from dataclasses import replace

import pandas as pd

from tally import words
from tally.board.asking import Filters
from tally.board.leagues import one_league
from tally.board.panels import verdict
from tally.board.sending import stop
from tally.sentences import Verdict, clauses

RELIEF = "《整治形式主义为基层减负若干规定》"
# What would tell who a unit without its name is.
TELLING = ("leader_post", "subject", "sentence")


def ranking_mode(chosen: Filters) -> str:
    """Return `open`, `anonymous`, `own` or `off`; a pack that does not say is open."""
    use = chosen.pack.rankings
    return use.shown if use else "open"


def no_ranking(chosen: Filters) -> Verdict | None:
    """Return why no ranking can be shown here; None when one can."""
    use, mode = chosen.pack.rankings, ranking_mode(chosen)
    if use and mode == "off":
        detail = clauses((f"已按{RELIEF}关闭单位排名",), (f"依据：{use.source}",))
        return Verdict("unreported", "这个专项行动不公布排名", detail)
    if mode == "own" and len(chosen.unit) != 1:
        detail = ("请在“更多筛选”的责任单位里选一个，只选一个",)
        return Verdict("unreported", "排名只看本单位：先选单位", detail)
    return None


def stop_without_ranking(chosen: Filters) -> None:
    """End the page with the reason where no ranking can be shown."""
    refused = no_ranking(chosen)
    if refused:
        verdict(refused)
        stop()


def ranking_filters(chosen: Filters) -> Filters:
    """Return whom a ranking is asked about: all, where a filter would tell who a row is."""
    mode = ranking_mode(chosen)
    if mode == "anonymous":
        return replace(chosen, unit=(), post=None)
    if mode == "own":
        return replace(chosen, unit=(), post=None, league=None)
    return chosen


def league_filters(chosen: Filters) -> Filters:
    """Return `ranking_filters` of one league; of all, where one's own unit says which."""
    asked = ranking_filters(chosen)
    return asked if ranking_mode(chosen) == "own" else one_league(asked)


def as_shown(chosen: Filters, *frames: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """Return frames with a column `unit`, best first, as the campaign shows them.

    Without names a unit is called by the same number in all of them, and a ranking leaves out
    the unit that is alone in its league: the league would name it.
    """
    mode = ranking_mode(chosen)
    if mode == "own":
        return tuple(rows[rows["unit"] == chosen.unit[0]] for rows in frames)
    return without_names(*map(_with_others, frames)) if mode == "anonymous" else frames


def _with_others(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a ranking's rows of leagues that have more than one unit; other frames as they are."""
    if not {"league", "rank"} <= set(rows.columns):
        return rows
    return rows[rows.groupby("league")["unit"].transform("nunique") > 1]


def without_names(*frames: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """Return frames whose units are 单位一, 单位二 … in the order in which they first appear."""
    units = dict.fromkeys(unit for rows in frames for unit in rows["unit"])
    numbered = {unit: f"单位{words.numeral(place)}" for place, unit in enumerate(units, start=1)}
    return tuple(_renamed(rows, numbered) for rows in frames)


def _renamed(rows: pd.DataFrame, numbered: dict[str, str]) -> pd.DataFrame:
    changed: dict[str, object] = {"unit": rows["unit"].map(numbered)}
    changed |= {column: None for column in TELLING if column in rows}
    if "remark" in rows:
        changed["remark"] = [_without(remark, numbered) for remark in rows["remark"]]
    return rows.assign(**changed)


def _without(remark: object, numbered: dict[str, str]) -> str | None:
    """Return a remark with each unit by its number, the longest name first."""
    if words.is_missing(remark):
        return None
    said = str(remark)
    for unit in sorted(numbered, key=len, reverse=True):
        said = said.replace(unit, numbered[unit])
    return said


def own_verdict(unit: str, ranking: pd.DataFrame) -> Verdict:
    """Judge one's own row of `unit_ranking` (all leagues): its rank, its league's spread."""
    rows = ranking[ranking["unit"] == unit].to_dict("records")
    if not rows:
        return Verdict("unreported", "没有可排名的单位")
    own = rows[0]
    league = ranking[(ranking["league"] == own["league"]) & ranking["closed_share"].notna()]
    low, high = league["closed_share"].min(), league["closed_share"].max()
    spread = f"{own['league']}各单位在 {words.share(low)} 到 {words.share(high)} 之间"
    detail = clauses((spread,), (f"全部单位 {words.share(own['league_share'])}",))
    share = words.share(own["closed_share"])
    if words.is_missing(own["rank"]):
        return Verdict("unreported", f"到期太少，暂不排名：销号率 {share}", detail)
    state = words.state_name(own["state"])
    place = words.rank(own["rank"], bool(own["is_tied"]))
    return Verdict(state, f"本单位{place}：到期销号率 {share}", detail)
