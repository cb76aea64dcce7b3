"""How closely held a column or a file is: the classes of columns, and the labels people read."""

from enum import StrEnum


class ColumnClass(StrEnum):
    """What a column holds: who may see it is in `tally.viewers.SEEN_BY`.

    Open ones everybody sees who may look. Personal ones stand in no ledger: they are kept apart,
    encrypted, and shown masked. Sensitive ones are in the ledgers, for some roles alone: who
    reported whom, what was said of persons, remarks on rankings.
    """

    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Label(StrEnum):
    """What stands on a column or a file that is offered (等保 安全标记)."""

    PUBLIC = "公开"
    INTERNAL = "内部"
    SENSITIVE = "敏感"


LABELS = {
    ColumnClass.OPEN: Label.INTERNAL,
    ColumnClass.PERSONAL: Label.SENSITIVE,
    ColumnClass.SENSITIVE: Label.SENSITIVE,
}
# What stands in the place of a text that the viewer may not see.
WITHHELD = "（敏感，不显示）"
