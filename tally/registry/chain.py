"""Whether the audit records are all there, in order and as they were written.

Records are taken out only by archiving, from the first one on; the record of that names the last
one taken out and its hash, and the chain begins there.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from tally.registry.audit import AUDIT_EVENT, FIRST_HASH, hash_of
from tally.registry.keyed import Stretch, stretches
from tally.registry.opening import Registry
from tally.registry.seals import AUDIT_FOLDER, read_seals

ARCHIVED = "审计归档"
# Of a log that was tampered with, more than so many sentences tell nothing new.
SENTENCES_MAX = 20


@dataclass
class Chain:
    """What was found while walking the records; `wrong` says what is wrong, in Chinese.

    The first `keyless_count` records are from before a key was in use.
    """

    first_number: int = 0
    last_number: int = 0
    last_hash: str = FIRST_HASH
    record_count: int = 0
    keyless_count: int = 0
    wrong: list[str] = field(default_factory=list)


def verify_audit(registry: Registry) -> list[str]:
    """Return what is wrong with the audit records, in Chinese sentences; none when all is well."""
    with registry.reading() as connection:
        return walk(connection, registry).wrong


def walk(connection: Connection, registry: Registry) -> Chain:
    """Walk all records against their hashes and the seals that this home has of them."""
    home = registry.home
    chain, sealed = Chain(), read_seals(home)
    anchors = {anchor(0, FIRST_HASH)}
    begins_at, keyed = "", stretches(connection, home)
    for row in _records(connection):
        if not chain.record_count:
            chain.first_number = row["number"]
            begins_at = anchor(row["number"] - 1, row["hash_before"])
        else:
            _check_place(chain, row)
        _check_words(chain, row, keyed, (sealed or {}).get(row["number"]))
        if row["thing"] == ARCHIVED and row["is_success"]:
            anchors.add(row["name"])
            _check_archive(chain, home, row)
        chain.last_number, chain.last_hash = row["number"], row["hash"]
        chain.record_count += 1
    if begins_at and begins_at not in anchors:
        chain.wrong.append(f"第 {chain.first_number} 条之前的记录不见了，没有归档记录说明去向")
    if sealed is not None or registry.has_sealed(connection):
        _check_end(chain, sealed)
    _check_keys(chain, keyed)
    del chain.wrong[SENTENCES_MAX:]
    return chain


def anchor(number: int, digest: str) -> str:
    """Return how an archiving names the last record that it took out."""
    return f"{number} {digest}"


def archive_path(home: Path, first: int, last: int) -> Path:
    """Return the file in which records were put away."""
    return home / AUDIT_FOLDER / f"records-{first}-{last}.jsonl"


def _check_archive(chain: Chain, home: Path, row: RowMapping) -> None:
    """Compare the file of an archiving, where it still lies there, with what the record says."""
    last = row["name"].partition(" ")[0]
    for path in (home / AUDIT_FOLDER).glob(f"records-*-{last}.jsonl"):
        if hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            chain.wrong.append(f"归档文件 audit/{path.name} 被改动过")


def _records(connection: Connection) -> Iterator[RowMapping]:
    asked = select(AUDIT_EVENT).order_by(AUDIT_EVENT.c.number)
    return iter(connection.execute(asked, execution_options={"yield_per": 1000}).mappings())


def _check_place(chain: Chain, row: RowMapping) -> None:
    if row["number"] != chain.last_number + 1:
        gone = f"{chain.last_number + 1} 至 {row['number'] - 1}"
        chain.wrong.append(f"第 {gone} 条记录不见了")
    elif row["hash_before"] != chain.last_hash:
        chain.wrong.append(f"第 {row['number']} 条与前一条接不上，有记录被改动、插入或调换")


def _check_words(
    chain: Chain, row: RowMapping, keyed: Sequence[Stretch], seals: set[str] | None
) -> None:
    own = next((one for one in reversed(keyed) if one.first_number <= row["number"]), None)
    chain.keyless_count += own is None
    # Of a stretch of another key it is told once, that it cannot be checked.
    is_shut = own is not None and own.key is None
    if not is_shut and hash_of(row, own.key if own else None) != row["hash"]:
        chain.wrong.append(f"第 {row['number']} 条记录的内容被改动过")
    elif seals and seals != {row["hash"]}:
        chain.wrong.append(f"第 {row['number']} 条记录与封条不符，记录或封条被换过")


def _check_keys(chain: Chain, keyed: Sequence[Stretch]) -> None:
    """Say which records the key of this machine did not close: anybody may have written them."""
    if chain.record_count and not keyed:
        chain.wrong.append("审计记录没有密钥校验的标记")
    ends = [*(one.first_number - 1 for one in keyed[1:]), chain.last_number]
    for one, last in zip(keyed, ends, strict=False):
        first = max(one.first_number, chain.first_number)
        if one.key is None and first <= last:
            whose = "是用另一把密钥校验的" if one.mark else "写时没有密钥"
            chain.wrong.append(f"第 {first} 至 {last} 条{whose}，内容无法核对")


def _check_end(chain: Chain, sealed: Mapping[int, set[str]] | None) -> None:
    if sealed is None:
        if chain.record_count:
            chain.wrong.append("封条文件 audit/seals.txt 不见了")
        return
    if -1 in sealed:
        chain.wrong.append("封条文件 audit/seals.txt 被改动过")
    if (last := max(sealed, default=0)) > chain.last_number:
        chain.wrong.append(f"第 {chain.last_number + 1} 至 {last} 条记录不见了（有封条，无记录）")
