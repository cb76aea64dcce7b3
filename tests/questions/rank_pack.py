"""A pack with peers, an index, goals, three lines and multiples."""

from dataclasses import replace

from tally.packs import DEMO, Indicator, Pack
from tally.packs.indicators import Goal, GrowthLine, IndexPart, Multiple, Place, Scope
from tests.office import trial_pack

PEERS = ("甲区", "乙区", "丙区", "丁区", "戊区")


def _line(line: str, place: str, growth: float | None = None) -> GrowthLine:
    past_years = None if growth is not None else 4
    return GrowthLine("财政", line, place, 2030, DEMO, growth_share=growth, past_years=past_years)


def rank_pack() -> Pack:
    """Return the trial campaign (2022) of 甲区 among five places."""
    return replace(
        trial_pack(),
        indicators=(
            Indicator("税收", "亿元", "up", DEMO),
            Indicator("能耗", "万吨", "down", DEMO, measure="当期"),
            Indicator("财政", "亿元", "up", DEMO, frequency="年"),
            Indicator("企业", "家", "up", DEMO, measure="期末"),
            Indicator("考核", "位", "down", DEMO, measure="位次", frequency="年"),
        ),
        places=tuple(Place(name, DEMO, is_own=name == "甲区") for name in PEERS),
        scopes=(Scope("全市", PEERS, DEMO), Scope("周边", ("甲区", "乙区"), DEMO)),
        index_parts=(
            IndexPart("运行", "税收", 3, DEMO),
            IndexPart("运行", "能耗", 1, DEMO),
        ),
        goals=(
            Goal("税收", "全市", 12, DEMO, rank=1),
            Goal("税收", "全市", 8, DEMO, rank=3),
            Goal("税收", "全市", 12, DEMO),
            Goal("运行", "全市", 12, DEMO, rank=2),
            Goal("考核", "全市", 12, DEMO, rank=2),
        ),
        growth_lines=(
            _line("低线", "甲区"),
            _line("高线", "甲区", 0.2),
            _line("低线", "乙区"),
            _line("低线", "丙区", 0.05),
        ),
        multiples=(Multiple("企业倍增", "企业", 2021, 100, 2026, 2, DEMO),),
    )
