"""What must hold of a duty: who owes it, when, and that something can prove it."""

from collections.abc import Iterator

from tally.contracts import contracts
from tally.packs.duties import LONGEST_DAYS, PROVING, RHYTHMS, SUBJECTS, Duty, Proof
from tally.packs.model import Pack
from tally.packs.shapes import listed, names
from tally.packs.windows import MONTHS_OF


def duty_faults(pack: Pack, duty: Duty) -> Iterator[str]:
    """Yield what is wrong with a duty, each with its remedy."""
    if duty.subjects not in SUBJECTS:
        yield f"的 subjects「{duty.subjects}」不认识；可选 {listed(SUBJECTS)}"
        return
    if duty.every not in RHYTHMS:
        yield f"的 every「{duty.every}」不认识；可选 {listed(RHYTHMS)}"
        return
    yield from _who(pack, duty)
    yield from _when(pack, duty)
    if not duty.met_by:
        yield '没有写 met_by；请写明哪种台账能证明，如 [{ ledger = "activities", kind = "…" }]'
    for proof in duty.met_by:
        yield from _proof(pack, duty, proof)


def _who(pack: Pack, duty: Duty) -> Iterator[str]:
    units, leagues = names(pack.units), names(pack.leagues)
    choices = {
        "units": [*units, *leagues],
        "posts": [*names(pack.posts), *units],
        "tasks": names(pack.dimensions),
        "objects": names(pack.object_kinds),
        "organs": [*names(pack.organs), *units],
        "fields": sorted({unit.leader_post for unit in pack.units if unit.leader_post}),
    }[duty.subjects]
    if unknown := [name for name in duty.who if name not in choices]:
        yield f"的 who「{unknown[0]}」不在可选范围内：{listed(choices)}"
    if duty.subjects == "organs" and not duty.who:
        yield f"是办公室、工作组自己的事，要写 who；可选 {listed(choices)}"
    if duty.times < 1 or duty.at_least_days < 0:
        yield "的 times 至少是 1，at_least_days 不能是负数"
    if duty.at_least_days and duty.times > 1:
        yield "的 times 和 at_least_days 只能写一个：按次数，或按天数"


def _when(pack: Pack, duty: Duty) -> Iterator[str]:
    if duty.clock and duty.clock not in names(pack.clocks):
        yield f"的 clock「{duty.clock}」不在 clocks 中；可选 {listed(names(pack.clocks))}"
    if duty.every == "once" and not (duty.start_on and duty.end_on):
        yield '只做一次（every = "once"），要写 start_on 和 end_on'
    if any(not 1 <= month <= 12 for month in duty.months):
        yield "的 months 只能是 1 至 12"
    if duty.months and duty.every not in MONTHS_OF:
        yield f"的 months 只用于 {listed(MONTHS_OF)}；这里 every 是 {duty.every}"
    if duty.days:
        yield from _days(duty)


def _days(duty: Duty) -> Iterator[str]:
    longest = LONGEST_DAYS.get(duty.every)
    if longest is None:
        yield f"的 days 不能用于 every = {duty.every!r}；请删去，或改 every"
        return
    if len(duty.days) != 2 or 0 in duty.days:
        yield "的 days 要写两个数：首日和末日，如 [1, 5]；倒数的写负数，如 [-5, -1]"
        return
    if any(abs(number) > longest for number in duty.days):
        yield f"的 days 超出了 {duty.every} 的天数；只能是 1 至 {longest}，或 -1 至 -{longest}"
    first, last = (number if number > 0 else longest + number + 1 for number in duty.days)
    if last < first:
        yield "的 days 末日早于首日；请先写首日，再写末日"


def _proof(pack: Pack, duty: Duty, proof: Proof) -> Iterator[str]:
    """Yield why rows of a ledger cannot prove the duty."""
    proving = PROVING.get(proof.ledger)
    if proving is None:
        yield f"的 met_by 台账「{proof.ledger}」不能作证明；可选 {listed(PROVING)}"
        return
    if duty.subjects not in proving.subjects:
        able = listed(name for name, one in PROVING.items() if duty.subjects in one.subjects)
        yield f"的 met_by 台账「{proof.ledger}」证明不了 {duty.subjects}；可选 {able}"
    if proof.filled and proof.filled not in proving.filled:
        choices = listed(proving.filled)
        yield f"的 met_by filled「{proof.filled}」不可用；{proof.ledger} 可选 {choices}"
    if proving.is_report:
        yield from _report(pack, duty, proof)
    yield from _kind(pack, proof)


def _report(pack: Pack, duty: Duty, proof: Proof) -> Iterator[str]:
    """A monthly list is in time when it came by the list's own day."""
    kind = proof.kind if proof.ledger == "submissions" else proof.ledger
    if kind not in [entry.kind for entry in pack.ledgers]:
        yield f"靠「{kind}」台账的报送证明，但 ledgers 里没有它；请加一条 [[ledgers]]"
    if duty.every not in (*MONTHS_OF, "once"):
        yield f"靠月报证明，every 应是 {listed(MONTHS_OF)} 之一；这里是 {duty.every}"
    if duty.days:
        yield "靠月报证明，报送日写在 ledgers 的 due_day；请删去 days"


def _kind(pack: Pack, proof: Proof) -> Iterator[str]:
    kinds = PROVING[proof.ledger].kinds
    choices = _found(pack) if kinds == "class" else _choices(proof)
    if proof.kind and not kinds:
        yield f"的 met_by 写了 kind「{proof.kind}」，但 {proof.ledger} 不分种类；请删去"
    elif not proof.kind and proof.ledger in ("activities", "submissions"):
        yield f"的 met_by 没有写 kind；{proof.ledger} 要写明是哪一种"
    elif proof.kind and kinds in ("class", "choice") and proof.kind not in choices:
        yield f"的 met_by kind「{proof.kind}」不认识；可选 {listed(choices)}"


def _found(pack: Pack) -> list[str]:
    """Return how a problem can have come up: channels, ways of finding, dimensions."""
    classes = [one.name for one in pack.classes if one.axis in ("channel", "found_by")]
    return [*classes, *names(pack.dimensions)]


def _choices(proof: Proof) -> list[str]:
    column = PROVING[proof.ledger].kind_column
    return list(contracts()[proof.ledger].column(column).choices) if column else []
