"""One indicator: its months, where its year will end, what is needed, and its cells (C1)."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import service, words
from tally.board.asking import Filters, ask, theme
from tally.board.indicators import standing_words
from tally.board.panels import figure
from tally.board.provenance import show_source
from tally.charts.indicator_months import Year, indicator_months
from tally.charts.indicator_progress import growth_words, standing_value
from tally.statistics import Projection, project_year_end, sums_since_march

PROJECTED_KEY = "_projected_indicators"
BADGE_COLORS = {"●": "green", "▲": "orange", "■": "red", "○": "gray"}
Row = Mapping[str, Any]


@st.cache_data(max_entries=256, show_spinner=False)
def _projected(
    home: Path, version: int, campaign: str, as_of: date, known: datetime | None, indicator: str
) -> Projection | None:
    """Return the year's end of an indicator's newest year; `home` and `version` are its data's."""
    asked = {"campaign": campaign, "as_of": as_of, "known_at": known, "indicator": indicator}
    months = ask("indicator_months", **asked)
    months = months[months["frequency"] != "年"]
    if months.empty or months["measure"].iloc[-1] not in ("累计", "当期", "期末"):
        return None
    is_level = months["measure"].iloc[-1] == "期末"
    figures = months.set_index("period_end_on")
    year = months["period_end_on"].iloc[-1].year
    published = figures["value" if is_level else "total"].dropna()
    if is_level or any(day.year == year for day in published.index):
        return project_year_end(published, year, is_cumulative=not is_level)
    if months["frequency"].iloc[-1] != "月":
        return None
    since_march = sums_since_march(figures["single_value"])
    return project_year_end(since_march, year, is_cumulative=True, first_month=3)


def projected(chosen: Filters, row: Row) -> Projection | None:
    """Return where the year of an indicator's newest figure will end, with its 80 % interval."""
    database = service.database()
    if row["measure"] not in ("累计", "当期", "期末") or row["unit_of_measure"] in ("%", "‰"):
        return None
    asked = chosen.campaign, chosen.as_of, chosen.known_at, str(row["indicator"])
    projection = _projected(database.home, database.version, *asked)
    st.session_state.setdefault(PROJECTED_KEY, set()).add((database.version, *asked))
    return projection


def is_projected(chosen: Filters, row: Row) -> bool:
    """Tell whether the viewer has seen this projection before: then it is there at once."""
    asked = chosen.campaign, chosen.as_of, chosen.known_at, str(row["indicator"])
    return (service.database().version, *asked) in st.session_state.get(PROJECTED_KEY, set())


def growth_path(months: pd.DataFrame, year: int, growth_percent: float) -> dict[int, float]:
    """Return what each period's total should be for a growth: last year's × (1 + growth).

    `months` are rows of `indicator_months` of one indicator; keys are the periods, 0 the first.
    """
    before = [row for row in months.to_dict("records") if row["period_end_on"].year == year - 1]
    return {
        (row["period_end_on"].month - 1) // (1 if row["frequency"] == "月" else 3): float(
            row["total"] * (1 + growth_percent / 100)
        )
        for row in before
        if row["frequency"] != "年" and not words.is_missing(row["total"])
    }


def targets_drawn(row: Row, months: pd.DataFrame) -> dict[str, Any]:
    """Return the targets of a row of `indicator_progress` as values of its months.

    A target of growth over what grows is a path of its own: the year before, grown.
    """
    target, stretch = (
        None if words.is_missing(row[name]) else float(row[name])
        for name in ("target", "stretch_target")
    )
    if not row["is_target_growth"] or row["measure"] in ("同比", "累计同比") or target is None:
        return {"target": target, "stretch_target": stretch}
    year = row["period_end_on"].year
    path = growth_path(months, year, target)
    last = 3 if row["frequency"] == "季" else 11
    stretched = {} if stretch is None else growth_path(months, year, stretch)
    ends = {"target": path.get(last), "stretch_target": stretched.get(last)}
    return {**ends, "ideal_path": path}


def year_of(row: Row, projection: Projection | None, months: pd.DataFrame) -> Year:
    """Return what the year of a row of `indicator_progress` is drawn against."""
    starts = {"flow": 0.0, "way": row["start_value"]}
    start = starts.get(str(row["kind"]))
    is_ahead = (
        projection is not None
        and projection.low < projection.high
        # A sum since March is no point on the way of the year.
        and projection.first_month == 1
    )
    return Year(
        **targets_drawn(row, months),
        ideal_start=None if words.is_missing(start) else start,
        projected=projection.value if projection and is_ahead else None,
        low=projection.low if projection and is_ahead else None,
        high=projection.high if projection and is_ahead else None,
    )


def _unit(row: Row) -> str | None:
    return None if words.is_missing(row["unit_of_measure"]) else str(row["unit_of_measure"])


def facts(row: Row, projection: Projection | None) -> list[tuple[str, str]]:
    """Return what is said of an indicator above its months: name and words."""
    unit = _unit(row)
    value = words.amount(standing_value(row), unit)
    measure = row["measure"] if words.is_missing(row["total"]) else "累计"
    period = words.period(row["period_end_on"], str(row["frequency"]))
    told = [(f"{period}{measure}", value), ("同比", growth_words(row))]
    if not words.is_missing(row["required_rate"]):
        per_month = words.amount(row["required_rate"], unit)
        is_made = not row["required_rate"]
        told.append(("每月还需", "已完成" if is_made else per_month))
    if projection and projection.low < projection.high:
        span = f"{words.amount(projection.low)}–{words.amount(projection.high)}"
        whole = "预计全年" if projection.first_month == 1 else "预计3–12月"
        told.append((whole, f"{words.amount(projection.value)}（八成 {span}）"))
    if not words.is_missing(row["start_value"]):
        since = words.iso_day(row["start_on"])
        told.append((f"起点 {since}", words.amount(row["start_value"], unit)))
    return told


def badges(row: Row) -> None:
    """Say how an indicator stands against its floor and what is striven for (C12)."""
    said = [
        f":{BADGE_COLORS.get(text[0], 'gray')}-badge[{words.escape_markdown(text)}]"
        for text in standing_words(row)
    ]
    st.markdown(" ".join(said), width="content")


def facts_line(row: Row, projection: Projection | None) -> None:
    """Say an indicator's figures on one line."""
    told = [
        f":gray[{words.escape_markdown(name)}]　**{words.escape_markdown(value)}**"
        for name, value in facts(row, projection)
    ]
    st.markdown("　　".join(told))


def stated(row: Row) -> list[str]:
    """Return an indicator's unit, measure, source, newest period, and what is provisional."""
    is_grown = not words.is_missing(row["growth_share"]) and "*" not in growth_words(row)
    parts = [
        f"单位：{row['unit_of_measure']}" if _unit(row) else "",
        f"口径：{row['measure']}",
        f"来源：{words.text(row['publisher'])}",
        f"截至{words.period(row['period_end_on'], str(row['frequency']))}",
        "▲ 初步数" if row["is_provisional"] else "",
        "累计由各月相加" if row["is_total_derived"] else "",
        f"按数值推算同比 {words.growth(row['growth_share'])}" if is_grown else "",
    ]
    return [words.escape_markdown(part) for part in parts if part]


def months_panel(chosen: Filters, row: Row, height: float) -> Projection | None:
    """Draw an indicator's figures and months, with the year's end as soon as it is reckoned."""
    slot = st.empty()
    if not is_projected(chosen, row):
        with slot.container():
            facts_line(row, None)
            _months_figure(chosen, row, None, height, key="waiting_for_projection")
    projection = projected(chosen, row)
    with slot.container():
        facts_line(row, projection)
        _months_figure(chosen, row, projection, height, key=f"months_of_{row['indicator']}")
    return projection


def doubts(months: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the doubtful rows of `indicator_months` of the newest two years, newest first."""
    since = months["period_end_on"].iloc[-1].year - 1
    doubtful = months[months["is_doubtful"].astype(bool)]
    return [row for row in doubtful.to_dict("records")[::-1] if row["period_end_on"].year >= since]


def _doubt_buttons(months: pd.DataFrame, key: str) -> None:
    """Name the newest total that fell, with the way to its cell, and how many more there are."""
    found = doubts(months)
    if found:
        more = f"等 {len(found)} 处" if len(found) > 1 else ""
        said = f"▲ 存疑{more}：累计比前一期少，"
        source_button(found[0], key=f"doubt_{key}", said=said)


def _months_figure(
    chosen: Filters, row: Row, projection: Projection | None, height: float, *, key: str
) -> None:
    """Draw an indicator's months; a month that is chosen shows where its figure stands."""
    indicator = str(row["indicator"])
    months = ask(
        "indicator_months", campaign=chosen.campaign, as_of=chosen.as_of, indicator=indicator
    )
    picked = figure(
        indicator_months(months, year_of(row, projection, months), theme=theme(), height=height),
        key=key,
        alt=f"{indicator}逐月数和全年预计",
        is_selectable=True,
    )
    known = dict(zip(months["month"], months.to_dict("records"), strict=True))
    month = picked[0] if picked else row["month"]
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.markdown(f":gray[:small[{'　'.join(stated(row))}]]", width="content")
        _doubt_buttons(months, key)
        source_button(known.get(month, row), key=f"source_{key}")


def source_button(row: Row, *, key: str, said: str = "") -> None:
    """Draw the way from a figure to its cell: file, sheet, cell; then the row as it was written.

    `said` is what stands before it.
    """
    if words.is_missing(row["upload"]):
        return
    column = None if words.is_missing(row["value_column"]) else str(row["value_column"])
    place = int(row["upload"]), str(row["sheet"]), int(row["row"])
    found = ask(
        "indicator_source", upload=place[0], sheet=place[1], row=place[2], value_column=column
    )
    if found.empty:
        return
    source = found.iloc[0]
    cell = source["cell"] if not words.is_missing(source["cell"]) else f"第 {place[2]} 行"
    label = (
        f"{said}{words.year_month(row['period_end_on'])}出处：{place[1] or source['file']} · {cell}"
    )
    file = words.escape_markdown(f"看原表《{source['file']}》")
    if st.button(words.escape_markdown(label), type="tertiary", key=key, help=file):
        show_source(*place, "indicators", str(source["item_key"]))


def _exact(value: float) -> str:
    """Return a value with all its digits, so that the sum can be done again by hand."""
    return f"{value:,.4f}".rstrip("0").rstrip(".").replace("-", words.MINUS)


def contribution_sentence(part: Row) -> str:
    """Return the exact arithmetic of one part's contribution (C2)."""
    unit = _unit(part) or ""
    if words.is_missing(part["contribution_share"]):
        return f"{part['part']}没有同期数，不能算拉动；它在“其他/未报”里。"
    now, before, whole = (
        _exact(float(part[name])) for name in ("value", "value_before", "whole_before")
    )
    said = (
        f"（{part['part']} {now} − 上年同期 {before}）÷ {part['whole']}上年同期 {whole} {unit}"
        f" = {words.points(part['contribution_share'])}"
    )
    if part["is_rest"] or words.is_missing(part["growth_share"]):
        return said
    own, all_of = words.growth(part["growth_share"]), words.growth(part["whole_growth_share"])
    effects = {"pulls": "作了贡献", "drags": "拖了后腿", "level": "与整体同步"}
    effect = effects.get(str(part["effect"]), "")
    return f"{said}；增长 {own}，{part['whole']} {all_of}，{effect}"


def contribution_rows(chosen: Filters, indicator: str) -> pd.DataFrame:
    """Return `indicator_contribution` of one indicator: of the whole its own place is a part of.

    Else of its own place where parts of that are known, else of another whole.
    """
    parts = ask(
        "indicator_contribution",
        campaign=chosen.campaign,
        as_of=chosen.as_of,
        indicator=indicator,
    )
    told = parts[~parts["is_rest"].astype(bool) & parts["value"].notna()]
    own = [place.name for place in chosen.pack.places if place.is_own]
    wholes = [
        *told.loc[told["is_own"].astype(bool), "whole"],
        *told.loc[told["whole"].isin(own), "whole"],
        *told["whole"],
    ]
    return parts[parts["whole"].isin(wholes[:1])].reset_index(drop=True)
