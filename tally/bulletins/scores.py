"""三、单位成绩: each league's ranking with what chance allows, ties, and who is not ranked (F3)."""

from collections.abc import Sequence

from tally import words
from tally.bulletins.asking import Answer, Source
from tally.bulletins.terms import ANONYMOUS, LEFT_OUT, Row
from tally.notices.content import Diagram, Grid, Part, Series
from tally.palette import LIGHT

CHART_UNITS_MAX = 24
CODE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Names = dict[tuple[str, str], str]


def scores(source: Source) -> Part:
    """Return the ranking of the units within their leagues; empty when it is left out."""
    if source.terms.ranking == LEFT_OUT:
        return Part()
    ranking = source.ask("unit_ranking")
    before = source.ask("unit_ranking", source.terms.before)
    names = _names(ranking.rows, source.terms.ranking == ANONYMOUS)
    leagues = list(dict.fromkeys(row["league"] for row in ranking.rows))
    lines = [
        "到期销号率＝到期已销号数÷到期数，只在同一组内比较；"
        "95%区间与全组平均重叠的，名次先后可能出于偶然，仅供参考。"
    ]
    for league in leagues:
        rows = [row for row in ranking.rows if row["league"] == league]
        lines += _league_lines(source, league, rows, names)
    return Part(
        tuple(lines),
        (),
        (_grid(ranking, before, names, len(leagues) > 1),),
        (_diagram(ranking, names),),
    )


def _names(rows: Sequence[Row], is_anonymous: bool) -> Names:
    """Return how each unit is called; without names, by a letter in the order of the table."""
    if not is_anonymous:
        return {(row["league"], row["unit"]): row["unit"] for row in rows}
    return {(row["league"], row["unit"]): f"单位{_code(place)}" for place, row in enumerate(rows)}


def _code(place: int) -> str:
    rounds, letter = divmod(place, len(CODE_LETTERS))
    return f"{CODE_LETTERS[letter]}{rounds or ''}"


def _name(row: Row, names: Names) -> str:
    return names[row["league"], row["unit"]]


def _league_lines(
    source: Source, league: str, rows: Sequence[Row], names: Names
) -> tuple[str, ...]:
    ranked = [row for row in rows if not words.is_missing(row["rank"])]
    lines = []
    if len(ranked) > 1:
        lines.append(
            f"{league}组{len(ranked)}个单位参加排名，全组到期销号率"
            f"{words.share(ranked[0]['league_share'])}。{_ends(ranked, names)}"
        )
        behind = [_name(row, names) for row in ranked if row["state"] == "behind"]
        if behind:
            lines.append(f"明显低于全组平均、不能用偶然解释的：{'、'.join(behind)}。")
    lines += _unranked_lines(source, league, rows, names)
    return tuple(lines)


def _ends(ranked: Sequence[Row], names: Names) -> str:
    """Say who stands first and who last; who did not report is neither."""
    sent = [row for row in ranked if row["is_reported"]]
    if not sent:
        return ""
    best = [row for row in sent if row["rank"] == sent[0]["rank"]]
    last = [row for row in sent if row["rank"] == sent[-1]["rank"]]
    if last[0]["rank"] == best[0]["rank"]:
        return f"{_places(best, names)}。"
    return f"{_places(best, names)}；{_places(last, names)}，为末位。"


def _places(rows: Sequence[Row], names: Names) -> str:
    called = "、".join(_name(row, names) for row in rows)
    place = words.rank(rows[0]["rank"], len(rows) > 1)
    return f"{place}：{called}（{words.share(rows[0]['closed_share'])}）"


def _unranked_lines(
    source: Source, league: str, rows: Sequence[Row], names: Names
) -> tuple[str, ...]:
    least = int(source.pack.threshold("minimum_due_items"))
    few = [
        f"{_name(row, names)}（到期{words.count(row['due_count'], '项').replace(' ', '')}）"
        for row in rows
        if words.is_missing(row["rank"]) and row["is_reported"]
    ]
    silent = [row for row in rows if not row["is_reported"]]
    stale = [_name(row, names) for row in silent if row["item_count"]]
    unknown = [_name(row, names) for row in silent if not row["item_count"]]
    lines = []
    if few:
        lines.append(f"{league}组到期不足{least}项、不参加排名的：{'、'.join(few)}。")
    if stale:
        lines.append(f"{league}组本期未报台账、按最近一期计的：{'、'.join(stale)}。")
    if unknown:
        lines.append(f"{league}组本期未报台账、没有数据的：{'、'.join(unknown)}。")
    return tuple(lines)


def _grid(ranking: Answer, before: Answer, names: Names, has_leagues: bool) -> Grid:
    earlier = {(row["league"], row["unit"]): row for row in before.rows}
    rows = tuple(
        (
            *((row["league"],) if has_leagues else ()),
            words.rank(row["rank"], row["is_tied"]),
            _name(row, names),
            words.count(row["due_count"]),
            words.count(row["closed_due_count"]),
            words.share(row["closed_share"]),
            words.interval(row["share_low"], row["share_high"]),
            _rank_before(earlier.get((row["league"], row["unit"]))),
        )
        for row in ranking.rows
    )
    heads: tuple[str, ...] = ("名次", "单位", "到期", "已销号", "到期销号率", "95%区间", "上期名次")
    widths: tuple[float, ...] = (1.5, 2.8, 0.9, 1.1, 1.7, 2.5, 1.6)
    if has_leagues:
        heads, widths = ("组", *heads), (1.9, *widths)
    return Grid("表_排名", "单位成绩", heads, rows, widths, ranking.query, "“—”为不参加排名。")


def _rank_before(row: Row | None) -> str:
    return words.rank(row["rank"], row["is_tied"]) if row else words.EMPTY


def _diagram(ranking: Answer, names: Names) -> Diagram:
    ranked = [row for row in ranking.rows if not words.is_missing(row["rank"])][:CHART_UNITS_MAX]
    return Diagram(
        "图_排名",
        "到期销号率",
        "bar",
        tuple(_name(row, names) for row in ranked),
        (
            Series(
                "到期销号率",
                tuple(row["closed_share"] for row in ranked),
                LIGHT.states["closed"].fill,
            ),
        ),
        "0.0%",
        ranking.query,
    )
