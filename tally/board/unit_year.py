"""One unit's year: what is asked about it, and what its file says of it in words (D19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from tally import words
from tally.board.asking import Filters, ask
from tally.board.ranking_use import ranking_mode
from tally.board.task_standing import Row, known_rows
from tally.finding_words import LEVELS, LIGHTS, MADE_UP

# As many findings as there is room for on the page.
FINDINGS_MAX = 9
LIGHT_COLORS = {"red": "red", "amber": "orange", "green": "green", "grey": "gray"}
STATES = {"behind": "■ 明显低于全部单位", "low": "▲ 偏低但不显著"}
KEPT = {"kept": "● 已兑现", "broken": "■ 未兑现", "overdue": "■ 逾期", "open": "○ 未到期"}
# What stands in a row only where the year has any of it.
SELDOM = {
    "积分": "points",
    "可表扬": "commended_count",
    "曝光承诺": "commitment_count",
    "会上交办": "instruction_count",
    "突击问责": "questioning_count",
}
SAID_MAX, TITLE_MAX = 3, 14
# With more months than these a light's word is one sign.
WIDE_MONTHS_MAX = 8
# Why the rank of a unit that is named is not told, by how the campaign shows its rankings.
HIDDEN_RANKS = {
    "off": "这个专项行动不公布排名",
    "anonymous": "排名不点单位，这里不列",
    "own": "只看本单位：先在“更多筛选”里只选它",
}


@dataclass(frozen=True)
class UnitFile:
    """One unit on the day asked, all of it: of the shared filters only campaign and day count."""

    chosen: Filters
    unit: str
    league: str
    leader_post: str | None

    @classmethod
    def of(cls, chosen: Filters, roster: pd.DataFrame, unit: str) -> "UnitFile":
        """Return the file of a unit of `unit_reporting`."""
        [row] = known_rows(roster[roster["unit"] == unit])
        return cls(chosen, unit, row["league"], row["leader_post"])

    def _asked(self, question: str, **named: Any) -> pd.DataFrame:
        return ask(question, campaign=self.chosen.campaign, as_of=self.chosen.as_of, **named)

    def _own(self, question: str, **named: Any) -> list[Row]:
        """Return the unit's rows of a question that is asked once for all units."""
        rows = self._asked(question, **named)
        return known_rows(rows[rows["unit"] == self.unit])

    @cached_property
    def months(self) -> list[Row]:
        """Its rows of `unit_year`."""
        return self._own("unit_year")

    @cached_property
    def lights(self) -> dict[str, Row]:
        """Its rows of `unit_lights` by month."""
        return {row["month"]: row for row in self._own("unit_lights")}

    @cached_property
    def ranks(self) -> dict[str, Row]:
        """Its rows of `unit_rank_history` by month; a month without a rank has none."""
        return {row["month"]: row for row in self._own("unit_rank_history")}

    @cached_property
    def ranking(self) -> Row:
        """Its row of `unit_ranking`."""
        return self._own("unit_ranking")[0]

    @property
    def hidden_rank(self) -> str | None:
        """Why its rank is not told here; None when it is."""
        mode = ranking_mode(self.chosen)
        is_own = mode == "own" and self.chosen.unit == (self.unit,)
        return None if is_own else HIDDEN_RANKS.get(mode)

    @cached_property
    def ranked_count(self) -> int:
        """How many units of its league have a rank."""
        rows = self._asked("unit_ranking")
        return int(rows.loc[rows["league"] == self.league, "rank"].notna().sum())

    @property
    def _year_of_it(self) -> dict[str, Any]:
        """What asks for its findings of the year: open ones, or begun in it and still counting."""
        return {"unit": [self.unit], "first_on": self.chosen.as_of.replace(month=1, day=1)}

    @cached_property
    def found(self) -> Row:
        """How many findings of the year it has: its row of `finding_totals`."""
        return self._asked("finding_totals", **self._year_of_it).iloc[0].to_dict()

    @cached_property
    def findings(self) -> list[Row]:
        """The first of its findings of the year."""
        rows = self._asked("rule_findings", at_most=FINDINGS_MAX, **self._year_of_it)
        # A cell that holds a list is neither missing nor not.
        return known_rows(rows.drop(columns="measures"))

    @cached_property
    def balance(self) -> Row:
        """Its row of `points_balance`."""
        return self._own("points_balance")[0]

    @cached_property
    def commitments(self) -> list[Row]:
        """What was exposed or committed this year, or is not kept yet."""
        year = self.chosen.as_of.year
        rows = self._own("commitments")
        return [row for row in rows if row["published_on"].year == year or row["status"] != "kept"]

    @cached_property
    def questionings(self) -> list[Row]:
        """This year's questionings, the newest first."""
        year = self.chosen.as_of.year
        return [row for row in self._own("questionings") if row["asked_on"].year == year]

    @cached_property
    def duties(self) -> list[Row]:
        """Its rows of `duty_totals` for this year up to the day."""
        day = self.chosen.as_of
        named = {"unit": [self.unit], "first_on": day.replace(month=1, day=1), "last_on": day}
        return known_rows(self._asked("duty_totals", **named))


def light_badge(light: Row | None, is_narrow: bool = False) -> str:
    """Return a month's light in Markdown, narrow with one sign of its word; none has no light."""
    if light is None:
        return words.EMPTY
    state = LIGHTS[light["light"]]
    label = f"{state.shape} {state.word[0]}" if is_narrow else state.label
    label = MADE_UP if light["is_made_up"] else label
    return f":{LIGHT_COLORS[light['light']]}-badge[{label}]"


def _pair(first: float, second: float) -> str:
    return f"{words.count(first)} / {words.count(second)}" if first or second else words.EMPTY


def _rank(file: UnitFile, month: Row) -> str:
    if not month["is_reported"]:
        return words.EMPTY
    rank = file.ranks.get(month["month"])
    return words.rank(rank["rank"]) if rank else "不排名"


def year_rows(file: UnitFile) -> list[list[str]]:
    """Return the table of the year in Markdown: a row a measure, a column a month."""
    months = file.months
    is_narrow = len(months) > WIDE_MONTHS_MAX
    lights = [light_badge(file.lights.get(month["month"]), is_narrow) for month in months]
    rows = {
        "灯": lights,
        "事项": [_items(month) for month in months],
        "已销号 / 到期": [_closed(month) for month in months],
        "逾期": [_bad(month["overdue_count"]) for month in months],
        "名次": [_rank(file, month) for month in months] if file.hidden_rank is None else [],
        "核实 真 / 假": [_pair(month["true_count"], month["false_count"]) for month in months],
        "预警 新增 / 了结": [_pair(month["found_count"], month["ended_count"]) for month in months],
    }
    for title, column in SELDOM.items():
        if any(month[column] for month in months):
            rows[title] = [words.change(month[column]) if column == "points" else
                           words.count(month[column] or None) for month in months]  # fmt: skip
    return [[title, *cells] for title, cells in rows.items() if cells]


def _items(month: Row) -> str:
    return words.count(month["item_count"]) if month["is_reported"] else ":gray[未报]"


def _closed(month: Row) -> str:
    if not month["is_reported"]:
        return words.EMPTY
    return words.ratio(month["closed_due_count"], month["due_count"])


def _bad(count: float | None) -> str:
    return f":red[■ {words.count(count)}]" if count else words.count(count)


def standing_words(file: UnitFile, minimum: int) -> dict[str, str | None]:
    """Return the closing share with its interval, and the rank or why there is none."""
    row = file.ranking
    counted = words.ratio(row["closed_due_count"], row["due_count"])
    share = f"{words.share(row['closed_share'])}（{counted}）"
    if row["due_count"]:
        share += f"，95% 区间 {words.interval(row['share_low'], row['share_high'])}"
    return {
        "到期销号率": share if row["due_count"] else "尚无到期事项",
        "名次": _place(file, minimum),
    }


def _place(file: UnitFile, minimum: int) -> str:
    row = file.ranking
    if file.hidden_rank:
        return file.hidden_rank
    if row["rank"] is None:
        return f"不排名：到期少于 {minimum} 项"
    if file.ranked_count == 1:
        return f"只有它可排名（{file.league}）"
    moved = words.rank_change(row["rank_change"])
    change = {words.EMPTY: "与上月相同", "新进": "上月没有名次"}.get(moved, f"比上月 {moved}")
    state = STATES.get(str(row["state"]), "与全部单位差别不显著")
    place = f"{words.rank(row['rank'], bool(row['is_tied']))} / {file.ranked_count}"
    return f"{place}（{file.league}），{change}；{state}"


def _listed(said: Sequence[str], measure: str) -> str:
    """Join what is said; beyond the most that is shown tell how many more there are."""
    rest = f"；另有 {len(said) - SAID_MAX} {measure}" if len(said) > SAID_MAX else ""
    return "；".join(said[:SAID_MAX]) + rest


def _short(text: str) -> str:
    return text if len(text) <= TITLE_MAX else f"{text[:TITLE_MAX]}…"


def points_words(row: Row) -> str:
    """Return a row of `points_balance` in words."""
    if not row["entry_count"]:
        return "没有记分"
    parts = f"加 {words.amount(row['given'])}，扣 {words.amount(row['taken'])}"
    return f"{words.amount(row['balance'])} 分（{parts}）"


def commitment_words(row: Row) -> str:
    """Return a row of `commitments` in words."""
    if row["status"] == "open" and row["due_on"] is None:
        return f"{row['kind']}“{_short(row['title'])}”○ 未办结"
    late = f" {words.days(row['overdue_days'])}" if row["status"] == "overdue" else ""
    return f"{row['kind']}“{_short(row['title'])}”{KEPT[row['status']]}{late}"


def questioning_words(row: Row) -> str:
    """Return a row of `questionings` in words."""
    marks = {"情况": row["situation"], "措施": row["measures"], "成效": row["effect"]}
    said = "、".join(f"{what}{mark}" for what, mark in marks.items() if mark)
    return f"{words.day(row['asked_on'])} {said or '未评价'}"


def missed_words(row: Row) -> str:
    """Return a row of `duty_totals` that was missed or late in words."""
    missed = (("缺", row["missing_count"]), ("迟", row["late_count"]))
    return f"{row['duty']} " + " ".join(f"{what} {count} 次" for what, count in missed if count)


def record_words(file: UnitFile) -> dict[str, str]:
    """Return points, commitments, marks and missed duties in words."""
    missed = [row for row in file.duties if row["missing_count"] or row["late_count"]]
    missed.sort(key=lambda row: -row["missing_count"])
    exposed = [commitment_words(row) for row in file.commitments]
    marks = [questioning_words(row) for row in file.questionings]
    return {
        "积分": points_words(file.balance),
        "曝光承诺": _listed(exposed, "项") or "没有",
        "突击问责": _listed(marks, "次") or "没有",
        "履职欠账": _listed([missed_words(row) for row in missed], "项制度") or _no_misses(file),
    }


def _no_misses(file: UnitFile) -> str:
    is_owed = any(row["done_count"] for row in file.duties)
    return "没有缺、没有迟" if is_owed else "还没有到期的"


def level_badge(row: Row) -> str:
    """Return how grave a finding is in Markdown."""
    colors = {"red": "red", "amber": "orange", "blue": "gray", "good": "green"}
    return f":{colors[row['level']]}-badge[{LEVELS[row['level']].label}]"
