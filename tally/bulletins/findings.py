"""What the rules found, each with its clause; what comes of a ranking goes with the ranking."""

from tally import words
from tally.bulletins.asking import Answer, Source
from tally.bulletins.terms import SHOWN, Row
from tally.notices.content import Figure, Grid, Part
from tally.packs import RANKING_KINDS, Rule

LEVELS = {"red": "■ 红", "amber": "▲ 黄", "blue": "○ 蓝"}
ROWS_MAX = 15
PERSONAL_NOTE = "对人的处置按程序办理，不在通报中列出。"


def warned(source: Source, findings: Answer | None) -> Part:
    """Return the open findings that ask for something; `findings` are rows of `rule_findings`."""
    if findings is None:
        return Part()
    rules = {rule.name: rule for rule in source.pack.rules}
    told = [
        row for row in findings.rows
        if row["level"] in LEVELS and _is_told(rules.get(row["rule"]), source.terms.ranking)
    ]  # fmt: skip
    if not told:
        return Part()
    counts = {
        word[2:]: sum(row["level"] == level for row in told) for level, word in LEVELS.items()
    }
    shares = "、".join(f"{word}色{number}项" for word, number in counts.items() if number)
    return Part(
        (f"按规则预警、尚未办结的{len(told)}项，其中{shares}。",),
        (Figure("预警数", f"{len(told)}项", findings.query),),
        (_grid(source, told, findings.query),),
    )


def _is_told(rule: Rule | None, ranking: str) -> bool:
    return ranking == SHOWN or rule is None or rule.kind not in RANKING_KINDS


def _grid(source: Source, told: list[Row], query: str) -> Grid:
    """Return the most serious findings; of a clause its place, its words stand in the document."""
    order = list(LEVELS)
    personal = {rule.name for rule in source.pack.rules if rule.is_personal}
    if source.terms.has_personal_measures:
        personal = set()
    rows = tuple(
        (
            LEVELS[row["level"]],
            words.text(row["unit"]),
            words.text(row["sentence"]),
            words.EMPTY if row["rule"] in personal else words.text(row["consequence"]),
            words.text(row["clause"]).partition("「")[0].strip(),
        )
        for row in sorted(told, key=lambda row: order.index(row["level"]))[:ROWS_MAX]
    )
    heads = ("等级", "责任单位", "情况", "规定的处置", "依据")
    more = f"只列{ROWS_MAX}项，共{len(told)}项。" if len(told) > ROWS_MAX else ""
    if any(row["rule"] in personal for row in told):
        more += PERSONAL_NOTE
    return Grid("表_预警", "规则预警", heads, rows, (0.9, 2.2, 5, 1.8, 2.4), query, more)
