"""What the tests of templates have in common: a month of each campaign, each kind once."""

from datetime import timedelta

from tally.contracts import contracts
from tally.packs import packs

XIANGSHAN = packs()["xiangshan"]
# The second month of each campaign: all its days lie inside.
MONTHS = {
    slug: (pack.campaign.start_on.replace(day=1) + timedelta(days=31)).replace(day=1)
    for slug, pack in packs().items()
}
KINDS = sorted(contracts())
# Every kind once, every campaign several times.
EACH_KIND = [(kind, sorted(MONTHS)[at % len(MONTHS)]) for at, kind in enumerate(KINDS)]
