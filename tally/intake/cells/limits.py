"""Numbers that cannot be right: a count below nothing, a place outside the country."""

from tally.contracts import Column
from tally.intake.cells.answers import Answer, unreadable


def within_limits(answer: Answer, column: Column) -> Answer:
    """Return the answer of a number, unreadable where the column's limits rule it out."""
    low, high = column.at_least, column.at_most
    if not isinstance(answer.value, int | float):
        return answer
    if low is not None and high is not None and not low <= answer.value <= high:
        return unreadable(
            f"{column.title}应在 {low:g} 至 {high:g} 之间", "请核对，经度、纬度不要填反"
        )
    if low is not None and answer.value < low:
        return unreadable(f"{column.title}不能小于 {low:g}", "请核对后改正")
    return answer
