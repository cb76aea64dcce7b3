"""When a light turns red and what follows (family D): a rule is data plus one SQL file.

`queries/rules/<kind>.sql` says what is found; a pack's `[[rules]]` gives the limits it is
found with, how grave it is, what follows, the sentence shown and the clause that says so (F5).
"""

from dataclasses import dataclass, field

LEVELS = ("red", "amber", "blue", "good")
# What a sentence may name; a share is written `{measured:share}`.
SENTENCE_FIELDS = ("subject", "detail", "unit", "measured", "threshold", "since")
SLIP_LEVELS = ("blue", "amber", "red")
# What these kinds find tells a unit's place among the others; where a campaign does not show its
# rankings openly, what they found is told to whoever acts on it and to nobody else.
RANKING_KINDS = frozenset(
    {"ranked_first", "ranked_last", "rank_gained", "behind_periods", "unit_ranked_last"}
    | {"appraisal_last"}
)


@dataclass(frozen=True)
class Rule:
    """One rule of a campaign.

    - `kind`: the SQL file; `limits` are that file's own parameters, each by its name.
    - `level`: `red`, `amber`, `blue` (to be looked at) or `good` (to be commended).
    - `consequence`: what follows, in a word; `measures` are the ways the text gives for it.
    - `sentence`: what is shown, with the `SENTENCE_FIELDS` in braces.
    - `source`: the clause; `limit_source` where the number is from, when the clause has none.
    - `is_light`: it turns the light of the unit that answers for it.
    - `is_personal`: what follows is done to a person; a notice tells it only when asked to.
    - `is_on`: off, it can only be tried on past months.
    """

    name: str
    kind: str
    mechanism: str
    level: str
    consequence: str
    sentence: str
    source: str
    limits: dict = field(default_factory=dict, hash=False)
    limit_source: str = ""
    measures: tuple[str, ...] = ()
    is_light: bool = False
    is_personal: bool = False
    is_on: bool = True


@dataclass(frozen=True)
class Slip:
    """One step of the escalation ladder: what its slip is called and how long it gives.

    `level` is `blue`, `amber` or `red`; the next one may go out when `working_days` are over.
    """

    name: str
    level: str
    working_days: int
    source: str


@dataclass(frozen=True)
class RankingUse:
    """How a campaign shows its rankings: `open`, `anonymous`, `own` unit only, or `off`."""

    shown: str
    source: str


RANKINGS = ("open", "anonymous", "own", "off")
