"""What the rules found, each with its clause; what comes of a ranking goes with the ranking."""

from tally import words
from tally.bulletins.asking import Answer, Source
from tally.bulletins.terms import SHOWN, Row
from tally.notices.content import Figure, Grid, Part

# These come from a ranking and would tell it (D2 to D6, D15, D16).
RANKED = ("D2", "D3", "D4", "D5", "D6", "D15", "D16")
LEVELS = {"red": "■ 红", "amber": "▲ 黄", "blue": "○ 蓝"}
ROWS_MAX = 15


def warned(source: Source, findings: Answer | None) -> Part:
    """Return the open findings that ask for something; `findings` are rows of `rule_findings`."""
    if findings is None:
        return Part()
    told = [row for row in findings.rows if _is_told(row, source.terms.ranking)]
    if not told:
        return Part()
    counts = {
        word[2:]: sum(row["level"] == level for row in told) for level, word in LEVELS.items()
    }
    shares = "、".join(f"{word}色{number}项" for word, number in counts.items() if number)
    return Part(
        (f"按规则预警、尚未办结的{len(told)}项，其中{shares}。",),
        (Figure("预警数", f"{len(told)}项", findings.query),),
        (_grid(told, findings.query),),
    )


def _is_told(row: Row, ranking: str) -> bool:
    return row["level"] in LEVELS and (ranking == SHOWN or row["mechanism"] not in RANKED)


def _grid(told: list[Row], query: str) -> Grid:
    """Return the most serious findings; of a clause its place, its words stand in the document."""
    order = list(LEVELS)
    rows = tuple(
        (
            LEVELS[row["level"]],
            words.text(row["unit"]),
            words.text(row["sentence"]),
            words.text(row["consequence"]),
            words.text(row["clause"]).partition("「")[0].strip(),
        )
        for row in sorted(told, key=lambda row: order.index(row["level"]))[:ROWS_MAX]
    )
    heads = ("等级", "责任单位", "情况", "规定的处置", "依据")
    more = f"只列{ROWS_MAX}项，共{len(told)}项。" if len(told) > ROWS_MAX else ""
    return Grid("表_预警", "规则预警", heads, rows, (0.9, 2.2, 5, 1.8, 2.4), query, more)
