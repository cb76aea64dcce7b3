"""What the rules find in the samples: each somebody, none everybody."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tally.packs import Rule, packs
from tally.store import Database
from tally.store.rules import Making, found_by

# What finds nobody in the samples, and why.
SILENT = {
    ("nanyang", "全区连续三期落后"): "the unit that is last three times was not ranked once",
    ("nanyang", "专项整治结束未排序"): "the text gives the themes no days",
    ("nanyang", "指标落后于时序"): "the only figure is above its floor",
}
SLUGS = ("huludao", "nanyang", "xiangshan")
RULES = [(slug, rule) for slug in SLUGS for rule in packs()[slug].rules]


@pytest.fixture(scope="module")
def sampled(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the samples of every campaign."""
    home = tmp_path_factory.mktemp("found") / "home"
    shutil.copytree(sample_home, home)
    database = Database(home, packs())
    yield database
    database.close()


@pytest.mark.parametrize(("slug", "rule"), RULES, ids=[f"{slug} {one.name}" for slug, one in RULES])
def test_each_rule_finds_some_units_and_not_all(sampled: Database, slug: str, rule: Rule) -> None:
    found = found_by(sampled, rule, Making(slug, sampled.default_day(slug))).to_pylist()
    assert (found == []) is ((slug, rule.name) in SILENT)
    units = {row["unit"] for row in found}
    roster = {unit.name for unit in packs()[slug].units}
    assert units <= roster | {organ.name for organ in packs()[slug].organs}
    assert not roster <= units
    subjects = [(row["subject"], row["since_on"]) for row in found if row["upload"] is None]
    assert len(subjects) == len(set(subjects)), "what no row proves stands once"
