"""Lists of happenings against a second implementation: any order of publications and undos."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tally.store import Database
from tally.submissions import CannotUndo, remove_campaign
from tests.office import SLUG, Office

MONTHS = ("2022-08", "2022-09", "2022-10")
Rows = dict[tuple[str, str], str]


@dataclass
class Publication:
    """A list: the month it is the whole list of ('' for all of its rows'), and its rows."""

    listed: str
    rows: Rows
    upload: int = 0
    is_undone: bool = False

    def months(self) -> set[str]:
        return {month for month, _ in self.rows}

    def replaces(self, month: str) -> bool:
        return self.listed in ("", month)


@dataclass
class Model:
    """The office as anybody would tell it: each list in its turn, as if the undone never came."""

    publications: list[Publication] = field(default_factory=list)

    @property
    def standing(self) -> list[Publication]:
        return [publication for publication in self.publications if not publication.is_undone]

    def rows(self) -> Rows:
        held: Rows = {}
        for publication in self.standing:
            for month in publication.months():
                if publication.replaces(month):
                    held = {key: title for key, title in held.items() if key[0] != month}
            held |= publication.rows
        return held

    def is_in_force(self, publication: Publication) -> bool:
        if publication.is_undone:
            return False
        later = self.standing[self.standing.index(publication) + 1 :]
        return any(
            not any(month in other.months() and other.replaces(month) for other in later)
            for month in publication.months()
        )

    def whole_months(self) -> set[str]:
        """Return the months of which a list stands that is the whole list of them."""
        return {month for each in self.standing for month in each.months() if each.replaces(month)}


months = st.sampled_from(MONTHS)
lists = st.tuples(
    st.sampled_from(("", *MONTHS)),
    st.dictionaries(
        st.tuples(months, st.sampled_from(("T1", "T2", "T3"))),
        st.sampled_from(("一", "二", "三")),
        min_size=1,
        max_size=5,
    ),
)
# A list, or the place of the publication that is taken back.
steps = st.lists(st.one_of(lists, st.integers(0, 5)), min_size=2, max_size=7)


def publish(office: Office, number: int, listed: str, rows: Rows) -> int:
    """Publish a list that is no file that came before."""
    text = "\n".join(
        f"{key} | {month[5:]}-{int(key[1]):02} | {title}" for (month, key), title in rows.items()
    )
    heads = "ticket_no | received_on | title"
    return office.send("", f"{heads}\n{text}", kind="tickets", listed=listed, note=f"{number}")


def assert_counts(office: Office, model: Model) -> None:
    """Fail unless the tickets that count, and the months that came, are those of the model."""
    rows = office.ask("tickets", "12-31")
    found = [((f"{row['received_on']:%Y-%m}", row["item_key"]), row["title"]) for row in rows]
    assert sorted(found) == sorted(model.rows().items())
    due = [row for row in office.ask("submissions_due", "12-31") if row["ledger"] == "tickets"]
    assert {row["month"] for row in due if row["upload"]} == model.whole_months()


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes
)
@given(taken=steps)
def test_any_order_of_lists_and_undos_counts_what_the_second_implementation_counts(
    trial_database: Database, taken: list[tuple[str, Rows] | int]
) -> None:
    office, model = Office(trial_database), Model()
    try:
        for step in taken:
            if isinstance(step, tuple):
                upload = publish(office, len(model.publications), *step)
                model.publications.append(Publication(*step, upload))
            elif step < len(model.publications):
                publication = model.publications[step]
                if model.is_in_force(publication):
                    office.take_back(publication.upload)
                    publication.is_undone = True
                else:
                    with pytest.raises(CannotUndo):
                        office.take_back(publication.upload)
        assert_counts(office, model)
    finally:
        remove_campaign(trial_database, SLUG)
