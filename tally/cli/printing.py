"""Answers and outcomes as a terminal shows them."""

import csv
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from tally import words
from tally.contracts import Problem
from tally.desk import Reply
from tally.formulas import plain_cell
from tally.repairs import LEVEL_WORDS, column_titles, repairs


def import_words(reply: Reply) -> str:
    if "error" in reply:
        return str(reply["error"])
    lines = [f"{words.UPLOAD_STATUS_WORDS[reply['status']]}　{reply['file']}　{reply['message']}"]
    if reply["upload"] is not None:
        lines.append(
            f"　编号 {reply['upload']}　{reply['rows']} 行：新增 {reply['added']}、"
            f"变化 {reply['changed']}、消失 {reply['vanished']}、倒退 {reply['reversed']}"
        )
    lines += [f"　请用 {_flag(asked)} 说明：{asked['sentence']}" for asked in reply["questions"]]
    titles = column_titles(sheet["ledger"] for sheet in reply["sheets"])
    found = repairs([Problem(**problem) for problem in reply["problems"]], titles)
    lines += [f"　{LEVEL_WORDS[repair.level]}　{repair.line}" for repair in found]
    return "\n".join(lines)


def _flag(asked: Mapping[str, Any]) -> str:
    """Return what answers a question: its flag, and for `--answer` its key and choices."""
    if not asked["key"]:
        return str(asked["flag"])
    return f"{asked['flag']} '{asked['key']}={'|'.join(asked['choices'])}'"


def print_answer(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> None:
    if form == "json":
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        print(json.dumps(records, ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([plain_cell(value) for value in row] for row in rows)
    else:
        print(table(columns, rows))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _cell(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:.4g}" if isinstance(value, float) else str(value).replace("\n", " ")


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    cells = [list(columns), *([_cell(value) for value in row] for row in rows)]
    widths = [max(_width(row[place]) for row in cells) for place in range(len(columns))]
    return "\n".join(
        "  ".join(text + " " * (widths[place] - _width(text)) for place, text in enumerate(row))
        for row in cells
    )
