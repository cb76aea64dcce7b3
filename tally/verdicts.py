"""The sentence a leader's page opens with, computed from its rows (visual rule 1).

Rows are mappings with the columns of the question named, as
`frame.to_dict("records")` gives them. A verdict never raises on missing rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tally import words
from tally.sentences import Name, Verdict, clauses, listed, shortest_fitting

Rows = Iterable[Mapping[str, Any]]
MANY_OVERDUE = 4
ROSTER = ("sent", "late", "missing", "nil", "not yet due")
DARKER_MEANS = {
    "overdue": "逾期越多",
    "closed": "销号率越低",
    "satisfied": "满意率越低",
    "tickets": "工单越多",
}


def _number(row: Mapping[str, Any], key: str) -> int:
    value = row.get(key)
    return 0 if words.is_missing(value) else int(value)


def nothing_matches() -> Verdict:
    """Say that the filters leave no item."""
    return Verdict("unreported", "筛选后没有事项", ("放宽或清除筛选后再看",))


def unreported(reporting: Rows, month: str | None) -> tuple[str, ...]:
    """Say which units of `unit_reporting` have not reported a month, and what stands for them."""
    missing = [row for row in reporting if not row["is_reported"]]
    never = [row["unit"] for row in missing if words.is_missing(row.get("last_month"))]
    stale = [row["unit"] for row in missing if not words.is_missing(row.get("last_month"))]
    silent = f"{'' if month is None else words.month(month)}未报"
    return clauses(
        (*listed(never), f" {silent}，不计入") if never else (),
        # Said once, or the line breaks in two and pushes the page off the screen.
        (*listed(stale), " 按最近一期计" if never else f" {silent}，按最近一期计") if stale else (),
    )


def _most_overdue(units: Rows, at_most: int = 3) -> list[tuple[str, int]]:
    counted = [(row["unit"], _number(row, "overdue_count")) for row in units]
    late = sorted((pair for pair in counted if pair[1]), key=lambda pair: (-pair[1], pair[0]))
    return late[:at_most]


def _who_is_late(units: Rows, at_most: int = 3) -> tuple[str, ...]:
    parts: list[str] = []
    for position, (unit, number) in enumerate(_most_overdue(units, at_most)):
        lead = "，" if position else "拖后最多："
        parts += [lead, Name(unit), f" {'' if position else '逾期 '}{words.count(number, '项')}"]
    return tuple(parts)


def _gap_words(gap_share: float | None) -> str:
    gap = words.schedule(gap_share)
    return "与序时持平" if gap == "持平" else gap.replace(" ", "序时 ") + " 个百分点"


def progress(
    totals: Mapping[str, Any],
    units: Rows = (),
    *,
    reporting: Rows = (),
    month: str | None = None,
    due_next_count: int | None = None,
) -> Verdict:
    """Judge a row of `campaign_totals`; `units` carry unit and overdue_count.

    `due_next_count` is what falls due in the next month, said when nothing is late.
    """
    items, overdue = _number(totals, "item_count"), _number(totals, "overdue_count")
    missing = unreported(reporting, month)
    if not items:
        return Verdict("unreported", "还没有事项", missing)
    if not _number(totals, "due_count"):
        closed = words.count(totals.get("closed_count"), "项")
        counts = f"台账 {words.count(items, '项')}，已销号 {closed}"
        return Verdict("normal", "尚无到期事项", clauses((counts,), missing))
    latest = _who_is_late(units, 2 if missing else 3)
    gap = _gap_words(totals.get("gap_share"))
    state = words.state_name(totals.get("state"))
    if gap.startswith("落后"):
        late = latest or (() if overdue else ("无逾期事项",))
        return Verdict("overdue" if state == "overdue" else "soon", gap, clauses(late, missing))
    if overdue:
        sentence = f"{gap}，逾期 {words.count(overdue, '项')}"
        return Verdict("soon", sentence, clauses(latest, missing))
    return Verdict("normal", f"{gap}，无逾期", clauses(_next_due(due_next_count), missing))


def _next_due(due_next_count: int | None) -> tuple[str, ...]:
    if words.is_missing(due_next_count):
        return ()
    return (
        f"下月到期 {words.count(due_next_count, '项')}" if due_next_count else "下月无到期事项",
    )


def _streak(history: Rows, unit: str) -> int:
    """Return for how many months up to the last a unit has held the same rank."""
    ranks = {row["month"]: row["rank"] for row in history if row["unit"] == unit}
    newest_first = [ranks[month] for month in sorted(ranks, reverse=True)]
    same = 0
    for rank in newest_first:
        if words.is_missing(rank) or rank != newest_first[0]:
            break
        same += 1
    return same


def _rank_sentence(worst: Sequence[Mapping[str, Any]], history: Rows) -> str:
    """Return the sentence on the last-placed units, the streak left out where it does not fit."""
    first = worst[0]
    rate = words.share(first["closed_share"])
    if len(worst) > 1:
        names = words.names([row["unit"] for row in worst], at_most=2)
        return shortest_fitting(
            [
                f"{names}并列末位：到期销号率 {rate}",
                f"{len(worst)} 个单位并列末位：到期销号率 {rate}",
            ]
        )
    base = f"{first['unit']}末位：到期销号率 {rate}"
    months = _streak(history, first["unit"])
    tail = f"，连续 {months} 个月第 {int(first['rank'])}" if months > 1 else ""
    return shortest_fitting([base + tail, base, f"{first['unit']}末位：销号率 {rate}"])


def _rank_detail(ranked: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    league = f"全部单位 {words.share(ranked[0]['league_share'])}"
    behind = [row["unit"] for row in ranked if row["state"] == "behind"]
    low = [row["unit"] for row in ranked if row["state"] == "low"]
    others = len(ranked) - len(behind)
    overlap = f"其余 {others} 个单位区间重叠，名次仅供参考" if others else ""
    if behind:
        only = "只有 " if len(behind) == 1 else ""
        return clauses(
            (only, *listed(behind), f" 明显低于{league}") if only else
            (*listed(behind), f" 明显低于{league}"),
            (overlap,) if overlap else (),
        )  # fmt: skip
    if low:
        return clauses((*listed(low), f" 低于{league}，偏低但不显著"), ("名次仅供参考",))
    return (f"{league}；{len(ranked)} 个单位区间重叠，名次仅供参考",)


def rankings(rows: Rows, history: Rows = (), *, minimum_due_count: int = 10) -> Verdict:
    """Judge rows of `unit_ranking` of one league, with `unit_rank_history` for the streak."""
    units = list(rows)
    ranked = [row for row in units if not words.is_missing(row["rank"])]
    too_few = f"到期少于 {minimum_due_count} 项，不参与排名"
    if not units:
        return Verdict("unreported", "没有可排名的单位")
    if not ranked:
        return Verdict("unreported", "暂不排名", (f"{len(units)} 个单位{too_few}",))
    levels = {row["state"] for row in ranked}
    state = "overdue" if "behind" in levels else "soon" if "low" in levels else "normal"
    if len(ranked) == 1:
        only = ranked[0]
        rest = len(units) - 1
        sentence = f"只有{only['unit']}可排名：销号率 {words.share(only['closed_share'])}"
        return Verdict(state, sentence, (f"其余 {rest} 个单位{too_few}",) if rest else ())
    last = max(row["rank"] for row in ranked)
    worst = [row for row in ranked if row["rank"] == last]
    if state == "normal":
        return Verdict(state, "各单位销号率差别不显著", _rank_detail(ranked))
    if state == "overdue" and worst[0]["state"] != "behind":
        worst = [max((row for row in ranked if row["state"] == "behind"), key=lambda r: r["rank"])]
        share = words.share(worst[0]["closed_share"])
        sentence = f"{worst[0]['unit']}明显偏低：到期销号率 {share}"
        return Verdict(state, sentence, _rank_detail(ranked))
    return Verdict(state, _rank_sentence(worst, history), _rank_detail(ranked))


def _concentration(units: Rows, total: int) -> list[str]:
    """Return endings of the overdue sentence, the fullest first."""
    top = _most_overdue(units, at_most=10**6)
    if not top:
        return [""]
    if len(top) == 1:
        return [f"，{'全部' if total > 1 else ''}在{top[0][0]}", ""]
    for size in (1, 2):
        held = sum(number for _, number in top[:size])
        if held * 2 > total and held < total:
            names = "、".join(unit for unit, _ in top[:size])
            share = words.count(held, "项")
            return [f"，{share}集中在{names}", f"，{share}在{names}", f"，{size} 个单位占 {share}"]
    return [f"，分散在 {len(top)} 个单位", ""]


def overdue(
    ageing: Rows,
    reporting: Rows = (),
    *,
    month: str | None = None,
    due_next_count: int | None = None,
) -> Verdict:
    """Judge rows of `overdue_ageing`, with `unit_reporting` for who is not counted."""
    units = list(ageing)
    total = sum(_number(row, "overdue_count") for row in units)
    missing = unreported(reporting, month)
    if not total:
        return Verdict("normal", "无逾期", clauses(_next_due(due_next_count), missing))
    over_90 = sum(_number(row, "days_over_90_count") for row in units)
    over_30 = over_90 + sum(_number(row, "days_31_90_count") for row in units)
    base = f"逾期 {words.count(total, '项')}"
    sentence = shortest_fitting([base + ending for ending in _concentration(units, total)])
    older = f"，其中超 90 天 {words.count(over_90, '项')}" if over_90 else ""
    age = f"超 30 天 {words.count(over_30, '项')}{older}" if over_30 else "均未超 30 天"
    return Verdict("overdue", sentence, clauses((age,), missing))


def _where(many: Sequence[Mapping[str, Any]], streets: set[str]) -> str:
    """Return which street holds the most of them, where that is more than chance of one."""
    held = [street for row in many if not words.is_missing(street := row.get("street"))]
    if len(streets) < 2 or len(held) < 3:
        return ""
    street = max(sorted(set(held)), key=held.count)
    return f"，{held.count(street)} 个在{street}" if held.count(street) > 1 else ""


def communities(rows: Rows, *, measure: str = "overdue", place: str = "社区") -> Verdict:
    """Judge rows of `community_progress`; `measure` is what the map's colour says."""
    known = list(rows)
    reported = [row for row in known if row["is_reported"]]
    if not known:
        return Verdict("unreported", f"没有{place}数据")
    absent = len(known) - len(reported)
    said = f"：{len(reported)} 个已报" if absent else "均已报"
    counts = f"{len(known)} 个{place}{said}"
    grey = ("，", Name(f"{absent} 个未报"), "（灰色，不计入）") if absent else ()
    detail = (counts, *grey, f"；颜色越深{DARKER_MEANS[measure]}")
    if not reported:
        return Verdict("unreported", f"各{place}均未报", (f"{len(known)} 个{place}",))
    numbers = [_number(row, "overdue_count") for row in reported]
    many = [row for row in reported if _number(row, "overdue_count") >= MANY_OVERDUE]
    if len(many) == 1:
        late = words.count(many[0]["overdue_count"], "项")
        return Verdict("overdue", f"{many[0]['community']}逾期 {late}", detail)
    if many:
        base = f"{len(many)} 个{place}逾期 {MANY_OVERDUE} 项及以上"
        streets = {street for row in known if not words.is_missing(street := row.get("street"))}
        return Verdict("overdue", shortest_fitting([base + _where(many, streets), base]), detail)
    if max(numbers):
        late_count = sum(number > 0 for number in numbers)
        return Verdict(
            "soon", f"{late_count} 个{place}有逾期，最多 {words.count(max(numbers), '项')}", detail
        )
    return Verdict("normal", f"各{place}无逾期", detail)


def roster(rows: Rows, month: date) -> Verdict:
    """Judge a month of `submissions_due`: what is missing first, then what is yet to come."""
    owed = list(rows)
    if not owed:
        return Verdict("unreported", f"{words.year_month(month)}没有要报的台账")
    by_status = {status: [row for row in owed if row["status"] == status] for status in ROSTER}
    missing, waiting = by_status["missing"], by_status["not yet due"]
    late, nil = len(by_status["late"]), len(by_status["nil"])
    said = clauses(
        ("未报：", *listed([row["unit"] or "合并报送" for row in missing])) if missing else (),
        (f"已报 {len(owed) - len(missing) - len(waiting)} / {len(owed)} 份",),
        (f"迟报 {late} 份",) if late else (),
        (f"零报告 {nil} 份",) if nil else (),
    )
    name = words.month(month)
    if missing:
        return Verdict("overdue", f"{name}有 {len(missing)} 份台账到期未报", said)
    if waiting:
        return Verdict("soon", f"{name}还有 {len(waiting)} 份台账未报，未到期", said)
    return Verdict("normal", f"{name}台账已报齐", said)
