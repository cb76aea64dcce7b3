"""公示 (F4): commitments and progress for everybody to read, with nothing of any person."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from tally import clock, words
from tally.bulletins.asking import Source
from tally.bulletins.composing import version_words
from tally.bulletins.terms import MONTH, Row, Terms
from tally.intake.cells.masking import masked
from tally.intake.cells.persons import HAN, HOME, SURNAMES
from tally.notices.content import Grid, Notice, Part
from tally.notices.workbook import workbook
from tally.packs import Pack
from tally.store import Database

# Who reports is protected by what is reported, too: nothing of it is published.
REPORTED = re.compile("举报|检举|控告|揭发")
NOT_PUBLISHED = "（举报事项，内容不公开）"
# What masking leaves: a surname, the last digits, the estate before a door.
LEFT_OF_HOME = re.compile(rf"{HOME}[^，。；;\s]*\*{{4}}")
LEFT_OF_NAME = re.compile(rf"[{HAN}]\*{{1,3}}(?!\*)")
LEFT_OF_PLATE = re.compile(rf"[{HAN}]?[A-Z]\*{{4}}[A-Z0-9]?")
LEFT_OF_NUMBER = re.compile(r"[A-Za-z0-9@._-]*\*{2,}[A-Za-z0-9@._-]*")
TITLED = re.compile(f"[{SURNAMES}](?=先生|女士|小姐|某)")
STATES = {"kept": "已兑现", "overdue": "到期未兑现", "broken": "核查不实", "open": "办理中"}
COMMITTED = ("序号", "方式", "内容", "单位", "公开日期", "时限", "兑现情况")
PROGRESS = ("类别", "事项", "已到期", "已销号", "销号率")


def public_text(text: str) -> str:
    """Return a text as it may be published: no name, number, home or plate, not even masked."""
    if REPORTED.search(text):
        return NOT_PUBLISHED
    text = LEFT_OF_HOME.sub("住址略", masked(text))
    text = LEFT_OF_NAME.sub("某某", TITLED.sub("某", text))
    text = LEFT_OF_PLATE.sub("车牌略", text)
    return LEFT_OF_NUMBER.sub("＊＊＊", text)


def disclosure_file(database: Database, pack: Pack, as_of: date) -> bytes:
    """Return the publication (.xlsx) of a campaign as of a day, from what is known now."""
    return workbook(disclosure(database, pack, as_of, clock.now()))


def disclosure(database: Database, pack: Pack, as_of: date, moment: datetime) -> Notice:
    """Return what is published of a campaign: its commitments, kept or not, and its progress.

    Posts, notes and media are left out: where a list names persons, they stand there.
    """
    terms = Terms(pack.slug, MONTH, as_of.replace(day=1), moment, as_of)
    source = Source(database, pack, terms)
    parts = {"承诺": Part(grids=(_committed(source),)), "进展": Part(grids=(_progress(source),))}
    name = pack.campaign.full_name
    given = {"标题": f"{pack.campaign.name}公示", "行动": name}
    return Notice(given["标题"], given, parts, version_words(terms), moment, as_of)


def _committed(source: Source) -> Grid:
    answer = source.ask("commitments")
    rows = tuple(
        (str(number), *_committed_row(row)) for number, row in enumerate(answer.rows, start=1)
    )
    widths = (0.6, 1, 5, 2, 1.4, 1.4, 1.4)
    return Grid("表_承诺", "公开承诺兑现情况", COMMITTED, rows, widths, answer.query)


def _committed_row(row: Row) -> Iterator[str]:
    yield row["kind"] or words.EMPTY
    yield public_text(row["title"] or words.EMPTY)
    yield row["unit"] or words.EMPTY
    yield words.iso_day(row["published_on"])
    yield words.iso_day(row["due_on"])
    yield STATES[row["status"]]


def _progress(source: Source) -> Grid:
    answer = source.ask("campaign_progress")
    rows = tuple(
        (
            row["dimension"],
            *(str(row[name]) for name in ("item_count", "due_count", "closed_count")),
            words.share(row["closed_of_all_share"]),
        )
        for row in answer.rows
    )
    return Grid("表_进展", "分类进展", PROGRESS, rows, (4, 1, 1, 1, 1), answer.query)
